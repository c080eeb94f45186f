"""I11, the effective number of currents: 1 / sum of squared shares of the members organised in currents.

Source: Laakso and Taagepera 1979. Where the charter in force lets nobody form a current, one line is left: 1.
"""

from fractions import Fraction

from comitia.charter.structure import Charter
from comitia.watch import answers
from comitia.watch.indicator import LEAST_VOTERS, Indicator, Reading
from comitia.watch.view import View

EFFECTIVE = Indicator(
    "I11", "effective number of currents", "1 / sum of squared shares of the members who are in a current", "1 and up",
    "Laakso and Taagepera 1979", "currents that nobody registered are not seen", "number",
)  # fmt: skip
FORBIDDEN = Indicator(
    "I11", "currents that may no longer be formed", "currents with members that nobody may form any more",
    "0 and up", "Laakso and Taagepera 1979: 1 after a ban", "a charter that never knew currents forbids none", "count",
)  # fmt: skip


def may_form(charter: Charter) -> bool:
    """Return whether members may form a current under a charter."""
    forbidden = any("current_formed" in never.acts for never in charter.never.values())
    return charter.currents is not None and "current_formed" in charter.permissions and not forbidden


def members_of_currents(view: View) -> dict[str, set[str]]:
    """Return who is in each current, by number or by commitment; a current that all have left is gone."""
    found: dict[str, set[str]] = {}
    for row in view.happened(view.ledger.currents):
        people = found.setdefault(row.what, set())
        if row.body == "joined":
            people.add(row.by)
        else:
            people.discard(row.by)
    return {current: people for current, people in found.items() if people}


def readings(view: View) -> tuple[Reading, ...]:
    """Return the effective number, and the currents that the charter in force no longer allows."""
    found = members_of_currents(view)
    allowed = may_form(view.rules)
    articles = answers.motions(view.rules)
    ban = () if allowed else tuple(row.act for row in view.charters[-1:])
    gone = 0 if allowed else len(found)
    said = (
        f"{gone} currents with members could not be formed under the charter in force."
        if gone
        else "No current with members is forbidden by the charter in force."
    )
    forbidden = Reading(FORBIDDEN, "", float(gone), gone, len(found), said, ban if gone else (), articles)
    sizes = [len(people) for people in found.values()]
    organised = sum(sizes)
    acts = tuple(dict.fromkeys(row.act for row in view.in_window(view.ledger.currents)))
    if not allowed:
        sentence = "Nobody may form a current; one line is left."
        return (Reading(EFFECTIVE, "", Fraction(1), 0, 0, sentence, ban, articles), forbidden)
    if organised < LEAST_VOTERS:
        sentence = f"Fewer than {LEAST_VOTERS} members are in currents; nothing is reckoned of them."
        return (Reading(EFFECTIVE, "", None, len(sizes), 0, sentence, (), articles), forbidden)
    value = 1 / sum((Fraction(size, organised) ** 2 for size in sizes), Fraction(0))
    sentence = f"{organised} members in {len(sizes)} currents stand as evenly as {float(value):.1f} equal ones would."
    return (Reading(EFFECTIVE, "", value, len(sizes), organised, sentence, acts, articles), forbidden)
