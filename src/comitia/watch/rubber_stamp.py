"""I8, who sets the agenda, and what becomes of it: rubber-stamp rate, agenda concentration, success of initiatives.

Source: legislative viscosity (Blondel 1970): how much resistance a body offers to what the executive puts to it. The
last division on each motion counts. The agenda's concentration is the Herfindahl-Hirschman index over the bodies for
which motions were moved.
"""

from fractions import Fraction

from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.ledger import Decided
from comitia.watch.view import View

STAMP = Indicator(
    "I8", "rubber-stamp rate", "motions of executive bodies carried / those put to a vote in a term",
    "0 to 1", "Blondel 1970, legislative viscosity", "what would be lost is often not moved", "share",
)  # fmt: skip
AGENDA = Indicator(
    "I8", "agenda concentration", "sum of the squared shares of motions by the body that moved them (HHI)",
    "1/n to 1", "Herfindahl-Hirschman", "one body may move what many asked it to", "number",
)  # fmt: skip
SUCCESS = Indicator(
    "I8", "initiative success ratio", "share carried of all other motions / share carried of those of executive bodies",
    "0 and up", "Blondel 1970, legislative viscosity", "few motions make it jump", "ratio",
)  # fmt: skip


def last_votes(view: View) -> tuple[Decided, ...]:
    """Return the last division in the window on each motion; votes on amendments are left out."""
    return tuple({row.motion.id: row for row in view.decided if not row.motion.amends}.values())


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for the federation."""
    rows = last_votes(view)
    executive, others = [r for r in rows if r.executive], [r for r in rows if not r.executive]
    stamped, passed = ([r for r in part if r.carried] for part in (executive, others))
    articles = answers.motions(view.rules)
    acts = tuple(r.act for r in stamped)
    return (
        share(
            STAMP, "", (len(stamped), len(executive)),
            f"{len(stamped)} of {len(executive)} motions of executive bodies were carried in the last {view.days()} "
            "days.",
            acts=acts, articles=articles,
        ),
        _agenda(view, rows),
        _success(view, (len(stamped), len(executive)), (len(passed), len(others))),
    )  # fmt: skip


def _agenda(view: View, rows: tuple[Decided, ...]) -> Reading:
    by: dict[str, int] = {}
    for row in rows:
        by[row.motion.body] = by.get(row.motion.body, 0) + 1
    articles = answers.acts(view.rules, "motion_moved")
    if not rows:
        return Reading(
            AGENDA, "", None, 0, 0, f"Nothing was put to a vote in the last {view.days()} days.", (), articles
        )
    value = sum((Fraction(n, len(rows)) ** 2 for n in by.values()), Fraction(0))
    first = max(by, key=lambda body: (by[body], body))
    sentence = (
        f"{len(by)} {'body' if len(by) == 1 else 'bodies'} moved what was put to a vote; {first} moved {by[first]} of "
        f"{len(rows)}."
    )
    return Reading(AGENDA, "", value, by[first], len(rows), sentence, (), articles)


def _success(view: View, executive: tuple[int, int], others: tuple[int, int]) -> Reading:
    articles = answers.motions(view.rules)
    said = f"Of other motions {others[0]} of {others[1]} were carried, of those of executive bodies {executive[0]} of "
    said += f"{executive[1]}."
    if not (others[1] and executive[0]):
        return Reading(SUCCESS, "", None, others[0], others[1], said, (), articles)
    value = Fraction(others[0], others[1]) / Fraction(executive[0], executive[1])
    return Reading(SUCCESS, "", value, others[0], others[1], said, (), articles)
