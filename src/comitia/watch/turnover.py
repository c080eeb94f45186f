"""I10, turnover and tenure: how many who came are new, how long people sit, how unequally, how far lists moved.

Tenure is estimated by Kaplan and Meier (1958), those who still sit being censored. Volatility between the last two
elections by lists is half the sum of the changes of their shares of seats (Pedersen 1979). No turnover and a complete
one are both alarms: one is a purge.
"""

from dataclasses import dataclass
from fractions import Fraction

from comitia.federation import moment
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, percent, share
from comitia.watch.last_refusal import days_between
from comitia.watch.ledger import Filling, upto
from comitia.watch.view import View

TURNOVER = Indicator(
    "I10", "turnover", "seats filled with people new to the body / seats filled again in a term", "0 to 1",
    "union democracy, Edelstein and Warner 1975", "0 and 1 are both alarms; rotation by rule makes it high", "share",
)  # fmt: skip
MEDIAN = Indicator(
    "I10", "median tenure", "days after which half have left, those who still sit being censored", "days",
    "Kaplan and Meier 1958", "nothing is said while more than half still sit", "days",
)  # fmt: skip
GINI = Indicator(
    "I10", "tenure inequality", "Gini coefficient of the days for which present holders have sat", "0 to 1",
    "Gini 1912", "a new body is equal by birth", "number",
)  # fmt: skip
VOLATILITY = Indicator(
    "I10", "volatility", "half the sum of changes of the lists' shares of seats from one election to the next",
    "0 to 1",
    "Pedersen 1979", "only where seats are filled by lists", "number",
)  # fmt: skip

_GAP_DAYS = 31
"""Whoever is elected again within a month after her term sat without a break."""


@dataclass(slots=True)
class Spell:
    """One person's time in a body without a break; ``over`` says whether it is."""

    since: str
    until: str
    over: bool

    @property
    def days(self) -> int:
        """How long it has lasted."""
        return days_between(self.since, self.until)


def spells(view: View) -> tuple[Spell, ...]:
    """Return everybody's time in every body so far."""
    open_: dict[tuple[str, str], Spell] = {}
    found: list[Spell] = []
    for filling in view.ledger.fillings[: upto(view.ledger.fillings, view.at)]:
        term = filling.term
        ended = term.ended if term.ended and term.ended <= view.at else term.until
        over = ended <= view.at
        before = open_.get((filling.body, term.member))
        if before is not None and term.since <= moment.after(before.until, days=_GAP_DAYS if before.over else 0):
            before.until, before.over = min(ended, view.at), over
            continue
        spell = Spell(term.since, min(ended, view.at), over)
        open_[filling.body, term.member] = spell
        found.append(spell)
    return tuple(found)


def median_tenure(of: tuple[Spell, ...]) -> int | None:
    """Return the days after which half have left by Kaplan and Meier; None while more than half still sit."""
    left = Fraction(1)
    for days in sorted({s.days for s in of if s.over}):
        at_risk = sum(s.days >= days for s in of)
        left *= 1 - Fraction(sum(s.over and s.days == days for s in of), at_risk)
        if left <= Fraction(1, 2):
            return days
    return None


def gini(values: list[int]) -> Fraction | None:
    """Return the Gini coefficient of values that are not negative, 0 where all are equal; None of nothing."""
    whole, n = sum(values), len(values)
    if not whole:
        return None
    return Fraction(sum((2 * place - n - 1) * value for place, value in enumerate(sorted(values), start=1)), n * whole)


def readings(view: View) -> tuple[Reading, ...]:
    """Return turnover, tenure and its inequality for the federation, and volatility where lists stood twice."""
    found = spells(view)
    sitting = [s.days for s in found if not s.over]
    median, unequal = median_tenure(found), gini(sitting)
    over = sum(s.over for s in found)
    articles = answers.seats(view.rules)
    mean = f"{sum(sitting) / len(sitting):.0f} days on average" if sitting else "for no time"
    tenure = f"Half have left after {median} days." if median is not None else "More than half still sit."
    return (
        _turnover(view),
        Reading(
            MEDIAN, "", None if median is None else float(median), over, len(found),
            f"{tenure} {len(sitting)} sit at present, {mean}.", (), articles,
        ),
        Reading(
            GINI, "", unequal, len(sitting), len(sitting),
            f"The Gini coefficient of present tenures is {float(unequal or 0):.2f}.", (), articles,
        ),
        *_volatility(view),
    )  # fmt: skip


def _turnover(view: View) -> Reading:
    window = view.since()
    seen: dict[str, set[str]] = {}
    filled: list[tuple[Filling, bool]] = []
    # Everybody who is seated by one act is new or not by what was before it.
    for filling in view.ledger.fillings[: upto(view.ledger.fillings, view.at)]:
        people = seen.setdefault(filling.body, set())
        if filling.at > window and any(f.term.seat == filling.term.seat for f in _before(view, filling)):
            filled.append((filling, filling.term.member not in people))
        people.add(filling.term.member)
    new = [f for f, is_new in filled if is_new]
    sentence = f"{len(new)} of {len(filled)} seats filled again in the last {view.days()} days went to new people."
    acts = tuple(dict.fromkeys(f.act for f in new))
    return share(TURNOVER, "", (len(new), len(filled)), sentence, acts=acts, articles=answers.seats(view.rules))


def _before(view: View, filling: Filling) -> list[Filling]:
    return [f for f in view.by_seat[filling.term.seat] if f.act < filling.act]


def _volatility(view: View) -> tuple[Reading, ...]:
    by_body: dict[str, list[dict[str, int]]] = {}
    for row in view.ledger.counted[: upto(view.ledger.counted, view.at)]:
        if row.lists:
            by_body.setdefault(row.body, []).append(dict(row.lists))
    found = []
    for body, counts in by_body.items():
        if len(counts) < 2:
            continue
        old, new = counts[-2:]
        lists = dict.fromkeys((*old, *new))
        moved = (
            abs(Fraction(new.get(x, 0), sum(new.values())) - Fraction(old.get(x, 0), sum(old.values()))) for x in lists
        )
        value = sum(moved, Fraction(0)) / 2
        sentence = f"Between the last two elections of {body} the lists' shares of seats moved by {percent(value)}."
        found.append(Reading(VOLATILITY, body, value, len(lists), len(lists), sentence, (), answers.seats(view.rules)))
    return tuple(found)
