"""I4, hold and recovery, written against practised: how few hold a body, and who could take it back.

The charter in force and the practised one (``watch/practised.py``) are drilled on the same members. Source: the case of
one body is the Nakamoto coefficient of public ledgers; here all bodies are joined by who fills whose seats. The numbers
say what is possible, not what is likely.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf

from comitia.charter.structure import Charter
from comitia.drill import calendars, hold as holding
from comitia.drill.bodies import Federation
from comitia.drill.cells import Cells
from comitia.drill.hold import Calendar
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading

HOLD = Indicator(
    "I4", "hold, practised of written", "fewest people who become unremovable, practised / written", "0 and up",
    "hold number; Nakamoto coefficient for one body", "says what is possible, not what is likely", "ratio",
)  # fmt: skip
RECOVERY = Indicator(
    "I4", "recovery as practised", "fewest members who take a body back against everybody in office",
    "1 and up, or without end",
    "recovery number, our own", "says what is possible, not what is likely", "number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """The hold (nobody looking) and recovery number of a body; ``inf``: nobody can; None: not settled, or no body."""

    hold: float | None
    recovery: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A body's numbers by the charter's words and as practised."""

    body: str
    name: str
    written: Numbers
    practised: Numbers
    members: int


def gaps(
    written: Charter, practised: Charter, cells: Cells, *, seconds: float, progress: Callable[[str], None] | None = None
) -> tuple[Gap, ...]:
    """Return the gap of each body without groups whose seats are filled, in the charter's order.

    Args:
        practised: the charter as practised; where it is the written one, its numbers are not reckoned again.
        seconds: longest time for one number.
    """
    say = progress or (lambda _body: None)
    before = calendars.of(Federation(written, cells))
    after = before if practised is written else calendars.of(Federation(practised, cells))
    found = []
    for kind in written.kinds.values():
        if kind.each or kind.form not in ("elected", "appointed"):
            continue
        say(kind.name)
        own = _numbers(before, kind.id, seconds)
        other = own if after is before else _numbers(after, kind.id, seconds)
        found.append(Gap(kind.id, kind.name, own, other, cells.members))
    return tuple(found)


def _numbers(calendar: Calendar, body: str, seconds: float) -> Numbers:
    if body not in {post.id for post in calendar.posts}:
        return Numbers(None, None)
    try:
        held: float | None = holding.hold(calendar, body, mode="stealth", seconds=seconds).people
    except holding.Open:
        held = None
    try:
        back: float | None = holding.recover(calendar, body, seconds=seconds).people
    except holding.Open:
        back = None
    return Numbers(held, back)


def readings(found: tuple[Gap, ...], charter: Charter) -> tuple[Reading, ...]:
    """Return the hold as a share of what is written, and the recovery as practised, for each body."""
    return tuple(reading for gap in found for reading in (_hold(gap, charter), _recovery(gap, charter)))


def _hold(gap: Gap, charter: Charter) -> Reading:
    before, after = gap.written.hold, gap.practised.hold
    said = f"The {gap.name} is held by {people(after)} as practised, by {people(before)} as written."
    articles = answers.seats(charter, gap.body)
    if before is None or after is None or isinf(before):
        return Reading(HOLD, gap.body, None, 0, 0, said, (), articles)
    value = inf if isinf(after) else Fraction(int(after), int(before)) if before else None
    return Reading(HOLD, gap.body, value, 0 if isinf(after) else int(after), int(before), said, (), articles)


def _recovery(gap: Gap, charter: Charter) -> Reading:
    before, after = gap.written.recovery, gap.practised.recovery
    said = (
        f"Against everybody in office the {gap.name} is taken back by {people(after)} as practised, by "
        f"{people(before)} as written."
    )
    articles = answers.recalls(charter) or answers.seats(charter, gap.body)
    if after is None:
        return Reading(RECOVERY, gap.body, None, 0, 0, said, (), articles)
    return Reading(RECOVERY, gap.body, after, 0 if isinf(after) else int(after), gap.members, said, (), articles)


def people(of: float | None) -> str:
    """Return a number of people in words: ``nobody`` where no number is enough."""
    return "a number not settled" if of is None else "nobody" if isinf(of) else f"{of:.0f} people"
