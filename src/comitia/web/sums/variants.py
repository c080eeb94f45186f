"""Drafts side by side: needs met by council and tier, hours by trade, purchases, certificate; and from round to round.

Shares are of worth: what is met, weighed by the worth that the council gave it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.federation.state import Draft, Season, State
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

ZERO = Fraction(0)
Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Met:
    """Needs of a council and tier: how many are met in full, of how many, and the share of worth that is met."""

    full: int
    of: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours of a trade in a plan, the overtime among them, and what its union offers (overtime included)."""

    hours: Fraction
    overtime: Fraction
    offered: Fraction


@dataclass(frozen=True)
class Variant:
    """A draft as a column of the comparison; ``met`` by (council, tier), ``worked`` by trade; money as traded."""

    draft: Draft
    met: Mapping[Cell, Met]
    worked: Mapping[str, Worked]
    bought: Fraction
    sold: Fraction
    short: int
    is_adopted: bool

    @property
    def hours(self) -> Fraction:
        """All hours worked."""
        return sum((w.hours for w in self.worked.values()), ZERO)

    @property
    def overtime(self) -> Fraction:
        """All overtime worked."""
        return sum((w.overtime for w in self.worked.values()), ZERO)


@dataclass(frozen=True, slots=True)
class Change:
    """A body's rows that differ between two drafts: in which files, how many rows, and its latest act among them."""

    body: str
    files: tuple[str, ...]
    rows: int
    act: str

    @property
    def number(self) -> int:
        """The act's number."""
        return int(self.act or 0)


@dataclass(frozen=True, slots=True)
class Round:
    """A draft in the order of time: its first level that is not met in full, value and bound, and who changed what."""

    draft: Draft
    level: str
    value: Fraction
    bound: Fraction
    short: int
    changes: tuple[Change, ...]


def needs_met(economy: Economy, plan: Plan) -> dict[Cell, Met]:
    """Return what is met of the needs of every council and tier that has any."""
    short = {(u.council, u.product, u.tier): u.quantity for u in plan.unmet if u.tier}
    sums: dict[Cell, tuple[int, int, Fraction, Fraction]] = {}
    for key, need in economy.needs.items():
        missing = short.get(key, ZERO)
        full, of, met, all_ = sums.get((need.council, need.tier), (0, 0, ZERO, ZERO))
        worth = need.worth * need.quantity
        sums[need.council, need.tier] = (
            full + (not missing),
            of + 1,
            met + worth - need.worth * missing,
            all_ + worth,
        )
    return {
        cell: Met(full, of, met / all_ if all_ else Fraction(full, of))
        for cell, (full, of, met, all_) in sorted(sums.items())
    }


def hours_by_trade(economy: Economy, plan: Plan) -> dict[str, Worked]:
    """Return hours worked and offered by each trade; where a trade has a row for all, that row is what it offers."""
    runs = {r.activity: r.runs for r in plan.runs}
    worked: dict[str, Fraction] = {}
    for (activity, trade), hours in economy.labour.items():
        worked[trade] = worked.get(trade, ZERO) + hours * runs.get(activity, ZERO)
    found: dict[str, Worked] = {}
    for trade in sorted({t for t, _ in economy.hours}):
        rows = [h for (t, _), h in economy.hours.items() if t == trade]
        # A row for the whole federation limits all places together; rows of workplaces lie within it.
        over_all = [h for h in rows if not h.workplace] or rows
        offered = sum((h.hours + h.overtime for h in over_all), ZERO)
        over = [o for o in plan.overtime if o.trade == trade]
        whole = [o.hours for o in over if not o.workplace] or [o.hours for o in over]
        found[trade] = Worked(worked.get(trade, ZERO), sum(whole, ZERO), offered)
    return found


def variant(state: State, draft: Draft) -> Variant:
    """Return a draft as a column."""
    economy, plan = draft.on, draft.solution
    prices = economy.products
    return Variant(
        draft,
        needs_met(economy, plan),
        hours_by_trade(economy, plan),
        sum((t.bought * (prices[t.product].buy_price or ZERO) for t in plan.trade), ZERO),
        sum((t.sold * (prices[t.product].sell_price or ZERO) for t in plan.trade), ZERO),
        sum(u.quantity > 0 for u in plan.unmet),
        state.seasons[draft.season].adopted == draft.id,
    )


def rounds(state: State, season: Season) -> tuple[Round, ...]:
    """Return the drafts of a season in the order of time, each with what changed since the one before."""
    found: list[Round] = []
    before: Draft | None = None
    for name in season.drafts:
        draft = state.drafts[name]
        levels = draft.checked.levels
        shown = next((level for level in levels if level.value), levels[-1])
        short = sum(u.quantity > 0 for u in draft.solution.unmet)
        changes = changed(before.on, draft.on) if before else ()
        found.append(Round(draft, shown.name, shown.value, shown.bound, short, changes))
        before = draft
    return tuple(found)


def changed(before: Economy, after: Economy) -> tuple[Change, ...]:
    """Return whose numbers differ between two economies, in the order of their bodies."""
    files: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    acts: dict[str, str] = {}
    for file in sorted({*before.files, *after.files} - {"owners", "claims"}):
        old, new = set(before.files.get(file, ())), set(after.files.get(file, ()))
        for row in new - old or old - new:
            body, act = _whose(after if row in new else before, file, row)
            files.setdefault(body, set()).add(file)
            rows[body] = rows.get(body, 0) + 1
            acts[body] = max(acts.get(body, ""), act, key=lambda text: int(text or -1))
    return tuple(Change(body, tuple(sorted(files[body])), rows[body], acts[body]) for body in sorted(files))


def _whose(economy: Economy, file: str, row: tuple[str, ...]) -> tuple[str, str]:
    """Return the body and the act of a row; the key is the row's first columns, which every file writes first."""
    for length in range(len(row), -1, -1):
        found = economy.owners.get((file, "|".join(row[:length])))
        if found:
            return found
    return "", ""
