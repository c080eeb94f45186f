"""Two plans side by side: who works more, what becomes short, whose orders change."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.plan import orders
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

ZERO = Fraction(0)
# Who is named in a sentence; the tables have all.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in the first plan and in the second; ``key`` says whose or of what."""

    key: tuple[str, ...]
    before: Fraction
    after: Fraction

    @property
    def more(self) -> Fraction:
        """By how much the second is larger."""
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """What differs between two plans; figures that are alike are left out, the largest changes come first.

    ``hours`` by (trade, workplace); ``unmet`` by (council, product, tier as text), closing stocks with an empty council
    and tier 0; ``runs`` by (workplace, activity); ``trade`` by (product, "bought" or "sold"). ``whole`` are the hours
    of each plan in all.
    """

    hours: tuple[Change, ...]
    unmet: tuple[Change, ...]
    runs: tuple[Change, ...]
    trade: tuple[Change, ...]
    whole: Change

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The workplaces whose orders change."""
        return tuple(sorted({change.key[0] for change in self.runs}))


def compare(one: tuple[Economy, Plan], other: tuple[Economy, Plan]) -> Comparison:
    """Return what differs between two plans, of one economy or of two."""
    hours = _changes(_hours(*one), _hours(*other))
    whole = Change((), sum(_hours(*one).values(), ZERO), sum(_hours(*other).values(), ZERO))
    # Essential needs first, closing stocks last.
    unmet = sorted(_changes(_unmet(one[1]), _unmet(other[1])), key=lambda c: int(c.key[2]) or 4)
    runs, trade = _changes(_runs(*one), _runs(*other)), _changes(_trade(one[1]), _trade(other[1]))
    return Comparison(hours, tuple(unmet), runs, trade, whole)


def _changes(
    before: Mapping[tuple[str, ...], Fraction], after: Mapping[tuple[str, ...], Fraction]
) -> tuple[Change, ...]:
    keys = dict.fromkeys([*before, *after])
    found = [Change(key, before.get(key, ZERO), after.get(key, ZERO)) for key in keys]
    return tuple(sorted((c for c in found if c.more), key=lambda c: (-abs(c.more), c.key)))


def _hours(economy: Economy, plan: Plan) -> dict[tuple[str, ...], Fraction]:
    given = orders.orders(economy, plan)
    return {(trade, name): hours for name, order in given.items() for trade, hours in order.hours.items()}


def _unmet(plan: Plan) -> dict[tuple[str, ...], Fraction]:
    return {(u.council, u.product, str(u.tier)): u.quantity for u in plan.unmet}


def _runs(economy: Economy, plan: Plan) -> dict[tuple[str, ...], Fraction]:
    return {(economy.activities[r.activity].workplace, r.activity): r.runs for r in plan.runs}


def _trade(plan: Plan) -> dict[tuple[str, ...], Fraction]:
    bought: dict[tuple[str, ...], Fraction] = {(t.product, "bought"): t.bought for t in plan.trade}
    return {**bought, **{(t.product, "sold"): t.sold for t in plan.trade}}


def sentences(of: Comparison) -> tuple[str, ...]:
    """Return what differs, in words: hours in all, who works more, what becomes short and what no longer is."""
    before, after = _text(of.whole.before), _text(of.whole.after)
    said = [f"In all {after} hours are worked instead of {before} ({_signed(of.whole)})."]
    for word, sign in (("more", 1), ("less", -1)):
        changes = [c for c in of.hours if c.more * sign > 0]
        if changes:
            who = ", ".join(f"{c.key[0]} at {c.key[1]} {_signed(c)}" for c in changes[:NAMED])
            rest = f", and {len(changes) - NAMED} more" if len(changes) > NAMED else ""
            said.append(f"Who works {word}: {who}{rest}.")
    for c in of.unmet:
        who = f"{c.key[0]}: {c.key[1]} (tier {c.key[2]})" if c.key[0] else f"The closing stock of {c.key[1]}"
        match bool(c.before), bool(c.after):
            case False, True:
                said.append(f"{who} becomes short of {_text(c.after)}.")
            case True, False:
                said.append(f"{who} is no longer short (it was, of {_text(c.before)}).")
            case _:
                worse = "more" if c.more > 0 else "less"
                said.append(f"{who} is short of {_text(c.after)}, {worse} than {_text(c.before)}.")
    if of.workplaces:
        said.append(f"Orders change at {', '.join(of.workplaces)}.")
    return tuple(said)


def _text(number: Fraction) -> str:
    return f"{float(number):,.6g}"


def _signed(change: Change) -> str:
    return f"{float(change.more):+,.6g}"
