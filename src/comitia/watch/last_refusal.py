"""I7b, days since an executive last lost a vote in a house: the simplest alarm for docility.

A house that never says no to the board may agree with it, or may have stopped deciding. Compare with its own past.
"""

from comitia.federation import moment
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.ledger import Decided, upto
from comitia.watch.view import View

DAYS = Indicator(
    "I7b", "days since a house last refused the executive",
    "moment asked - close of the last division that an executive body lost; since its first motion where it lost none",
    "0 and up", "our own; docility", "a house may agree; read it beside how often it was asked", "days",
)  # fmt: skip


def days_between(first: str, second: str) -> int:
    """Return the whole days from one moment to a later one."""
    return (moment.parse(second) - moment.parse(first)).days


def readings(view: View) -> tuple[Reading, ...]:
    """Return one reading for each body without groups that executive bodies asked to decide."""
    houses = [k.id for k in view.rules.kinds.values() if not k.each and k.form != "joint" and _asked(view, k.id)]
    return tuple(_house(view, house) for house in dict.fromkeys((*view.rules.houses, *houses)))


def _asked(view: View, house: str) -> list[tuple[Decided, bool]]:
    rows = view.ledger.decided[: upto(view.ledger.decided, view.at)]
    return [
        (row, row.division.verdict.verdicts[row.division.bodies.index(house)].carried)
        for row in rows
        if row.executive and row.mover != house and house in row.division.bodies and row.division.verdict is not None
    ]


def _house(view: View, house: str) -> Reading:
    asked = _asked(view, house)
    lost = [row for row, carried in asked if not carried]
    name = view.plural(house)
    articles = answers.seats(view.rules, house)
    if not asked:
        sentence = f"{name.capitalize()} has not yet voted on anything that an executive body moved."
        return Reading(DAYS, house, None, 0, 0, sentence, (), articles)
    days = days_between(lost[-1].at if lost else asked[0][0].at, view.at)
    if lost:
        sentence = (
            f"{name.capitalize()} last refused an executive body {days} days ago; it has refused {len(lost)} of "
            f"{len(asked)} of their motions."
        )
    else:
        sentence = (
            f"{name.capitalize()} has never refused an executive body, in {len(asked)} "
            f"motion{'s' if len(asked) > 1 else ''} over {days} days."
        )
    return Reading(DAYS, house, float(days), len(lost), len(asked), sentence, tuple(r.act for r in lost), articles)
