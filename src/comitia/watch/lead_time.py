"""I27, lead time: how long a motion was known before voting on it opened, and whether all currents reach the members.

Source: Mountain Equipment Co-op 2012, where polls opened as the leaflet arrived. A division opened within a day of its
motion was opened before any debate; instructions to delegates on a motion that is known are left out. Platforms are
what a current puts to all members.
"""

from fractions import Fraction
from statistics import median

from comitia.federation import moment
from comitia.watch import answers, effective_currents
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

LEAD = Indicator(
    "I27", "lead time", "median hours from moving a motion to opening the first division on it, in a term", "0 and up",
    "Mountain Equipment Co-op 2012", "what was talked over before it was moved is not seen", "hours",
)  # fmt: skip
BEFORE = Indicator(
    "I27", "opened before debate", "first divisions opened within a day of the motion / first divisions, in a term",
    "0 to 1", "Mountain Equipment Co-op 2012", "urgent matters may have short notice by the charter", "share",
)  # fmt: skip
ACCESS = Indicator(
    "I27", "currents that reached the members", "currents that published a platform / currents with members", "0 to 1",
    "pre-congress rules of 1921", "a current may have nothing to say yet", "share",
)  # fmt: skip

_DEBATE_HOURS = 24


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for the federation."""
    firsts = [
        row
        for row in view.decided
        if row.division is row.motion.divisions[0] and not row.motion.amends and row.motion.on.effect != "mandate"
    ]
    hours = [(hours_between(row.motion.at, row.division.opens_at), row.act) for row in firsts]
    soon = tuple(act for lead, act in hours if lead < _DEBATE_HOURS)
    articles = tuple(dict.fromkeys(row.motion.on.article for row in firsts)) or answers.acts(
        view.rules, "division_opened"
    )
    value = float(median(lead for lead, _ in hours)) if hours else None
    said = (
        f"Half of {len(hours)} motions were known {value:.0f} hours or more before voting opened."
        if value is not None
        else f"Nothing was put to a vote in the last {view.days()} days."
    )
    return (
        Reading(LEAD, "", value, len(hours), len(hours), said, (), articles),
        share(
            BEFORE, "", (len(soon), len(hours)),
            f"Voting on {len(soon)} of {len(hours)} motions opened within a day of their being moved.",
            acts=soon, articles=articles,
        ),
        _access(view),
    )  # fmt: skip


def hours_between(first: str, second: str) -> float:
    """Return the hours from one moment to a later one."""
    return (moment.parse(second) - moment.parse(first)).total_seconds() / 3600


def _access(view: View) -> Reading:
    currents = effective_currents.members_of_currents(view)
    told = {row.what: row.act for row in view.happened(view.ledger.platforms) if row.what in currents}
    silent = [name for name in currents if name not in told]
    sentence = f"{len(told)} of {len(currents)} currents put a platform to all members"
    sentence += f"; not: {', '.join(silent[:6])}." if silent else "."
    articles = answers.acts(view.rules, "platform_published") or answers.motions(view.rules)
    value = Fraction(len(told), len(currents)) if currents else None
    return Reading(ACCESS, "", value, len(told), len(currents), sentence, tuple(told.values()), articles)
