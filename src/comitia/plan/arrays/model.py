"""The model as exact arrays: the rows and variables of ``plan/model.py``, in the same order, for any size.

What a row asks for stands in it as the entries of a last column, the constant, whose value is 1: a row holds when the
sum of its entries x values is 0 or more. So no figure is ever added to another before the check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comitia.plan.arrays import figures
from comitia.plan.arrays.figures import Figures, Vector, Whole

Index = NDArray[np.int32]
# No limit, or no decimals declared.
NONE = -1
KINDS = ("runs", "unmet", "closing", "bought", "sold", "overtime")


@dataclass(frozen=True)
class Pairs:
    """Figures of pairs, per run: the activity's place, the other's place, the figure."""

    activity: Index
    other: Index
    amount: Figures


@dataclass(frozen=True)
class Some:
    """Figures of those that have one: their places, (n,), and the figures."""

    at: Index
    amount: Figures


@dataclass(frozen=True)
class Needs:
    """Needs: product, tier 1 to 3, quantity, worth of a unit."""

    product: Index
    tier: NDArray[np.int8]
    quantity: Figures
    worth: Figures


@dataclass(frozen=True)
class Hours:
    """Hours offered: place of the trade, of the workplace (-1: the whole federation), hours, overtime."""

    trade: Index
    workplace: Index
    hours: Figures
    overtime: Figures


@dataclass(frozen=True)
class Declared:
    """An economy as arrays. ``ids`` are the texts, by file (and ``councils``, of each need); the rest speaks of places.

    ``stock`` and the prices are of products, ``runs`` and ``workplace`` of activities, ``decimals`` -1 where none are
    declared; ``closing`` has the products with a closing stock and ``missing`` its worth a unit.
    """

    ids: Mapping[str, Sequence[str]]
    hash: str
    workplace: Index
    runs: Some
    run_decimals: NDArray[np.int8]
    trade_decimals: NDArray[np.int8]
    stock: Some
    closing: Some
    missing: Figures
    buy: Some
    sell: Some
    flows: Pairs
    labour: Pairs
    hours: Hours
    machine_hours: Figures
    machine_use: Pairs
    needs: Needs
    limits: Figures
    limit_use: Pairs
    cash: Figures
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entries:
    """Coefficients: row, variable, figure."""

    row: Index
    column: Index
    figure: Figures


@dataclass(frozen=True)
class Model:
    """Rows and variables by kind, in this order; entries, the constant's last; largest values; costs of ``lightest``.

    ``members`` is for each kind of variable which product, need or row of hours each speaks of; ``limit_of`` the
    largest value by variable, where ``limited``. ``decimals`` are the declared ones, by variable. ``urgency`` orders
    needs: what has less of it goes unmet first (wished before essential, then what is worth least).
    """

    rows: Mapping[str, int]
    members: Mapping[str, Index]
    entries: Entries
    limited: NDArray[np.bool_]
    limit: Figures
    decimals: NDArray[np.int8]
    cost: Some
    urgency: Vector

    @property
    def width(self) -> int:
        """How many variables; the constant's column has this number."""
        return len(self.limited)

    @property
    def height(self) -> int:
        """How many rows."""
        return sum(self.rows.values())

    @cached_property
    def nonzeros(self) -> int:
        """How many coefficients, the constants aside."""
        return int(np.count_nonzero(self.entries.column < self.width))

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """At which variable each kind begins."""
        sizes = [len(self.members[k]) for k in KINDS]
        return dict(zip(KINDS, np.concatenate([[0], np.cumsum(sizes)])[:-1].tolist(), strict=True))

    def part(self, kind: str) -> slice:
        """Return which variables are of a kind."""
        return slice(self.starts[kind], self.starts[kind] + len(self.members[kind]))

    @cached_property
    def row_starts(self) -> Mapping[str, int]:
        """At which row each kind begins."""
        return dict(zip(self.rows, np.cumsum([0, *self.rows.values()])[:-1].tolist(), strict=True))

    def where(self, row: int) -> tuple[str, int]:
        """Return the kind of a row and its place among its kind."""
        kind = next(k for k in reversed(list(self.rows)) if row >= self.row_starts[k] and self.rows[k])
        return kind, row - self.row_starts[kind]


def build(of: Declared) -> Model:
    """Return the model of an economy, for the variant ``lightest``."""
    products, activities = len(of.ids["products"]), len(of.ids["activities"])
    overtime = np.flatnonzero(of.hours.overtime.whole).astype(np.int32)
    members: dict[str, Index] = {
        "runs": np.arange(activities, dtype=np.int32),
        "unmet": np.arange(len(of.needs.product), dtype=np.int32),
        "closing": of.closing.at,
        "bought": of.buy.at,
        "sold": of.sell.at,
        "overtime": overtime,
    }
    traded = len(of.buy.at) + len(of.sell.at)
    rows = {
        "product": products,
        "hours": len(of.hours.trade),
        "machine": len(of.machine_hours),
        "limit": len(of.limits),
        "cash": int(traded > 0),
    }
    sizes = {k: len(m) for k, m in members.items()}
    start = dict(zip(KINDS, np.concatenate([[0], np.cumsum(list(sizes.values()))])[:-1].tolist(), strict=True))
    limited = np.ones(sum(sizes.values()), np.bool_)
    limited[start["bought"] : start["bought"] + traded] = False
    limited[:activities] = False
    limited[of.runs.at] = True
    limit = Figures(np.zeros(len(limited), np.int64), np.zeros(len(limited), np.int8))
    for at, amount in (
        (of.runs.at, of.runs.amount),
        (start["unmet"] + members["unmet"], of.needs.quantity),
        (start["closing"] + np.arange(sizes["closing"]), of.closing.amount),
        (start["overtime"] + np.arange(sizes["overtime"]), of.hours.overtime[overtime]),
    ):
        limit.whole[at], limit.places[at] = amount.whole, amount.places
    decimals = np.full(len(limited), NONE, np.int8)
    decimals[:activities] = of.run_decimals
    decimals[start["bought"] : start["bought"] + traded] = of.trade_decimals[np.concatenate([of.buy.at, of.sell.at])]
    urgency = np.zeros(len(limited))
    worth = of.needs.worth.floats()
    part = slice(start["unmet"], start["unmet"] + len(worth))
    urgency[part] = 4.0 - of.needs.tier + worth / (2 * max(float(worth.max(initial=0.0)), 1e-300))
    return Model(rows, members, _entries(of, rows, start), limited, limit, decimals, _costs(of, start), urgency)


def _entries(of: Declared, rows: Mapping[str, int], start: Mapping[str, int]) -> Entries:
    row_start = dict(zip(rows, np.cumsum([0, *rows.values()])[:-1].tolist(), strict=True))
    constant = start["overtime"] + int(np.count_nonzero(of.hours.overtime.whole))
    parts = [
        (of.flows.other, of.flows.activity, of.flows.amount),
        *_ones(of.needs.product, start["unmet"], 1),
        *_ones(of.closing.at, start["closing"], 1),
        *_ones(of.buy.at, start["bought"], 1),
        *_ones(of.sell.at, start["sold"], -1),
        *_hours(of, row_start["hours"], start["overtime"]),
        (row_start["machine"] + of.machine_use.other, of.machine_use.activity, _less(of.machine_use.amount)),
        (row_start["limit"] + of.limit_use.other, of.limit_use.activity, _less(of.limit_use.amount)),
    ]
    cash = row_start["cash"]
    if rows["cash"]:
        for some, kind, sign in ((of.buy, "bought", -1), (of.sell, "sold", 1)):
            amount = some.amount if sign > 0 else _less(some.amount)
            parts.append((np.full(len(some.at), cash), start[kind] + np.arange(len(some.at)), amount))
    asked = [
        (of.stock.at, of.stock.amount),
        (of.closing.at, _less(of.closing.amount)),
        (of.needs.product, _less(of.needs.quantity)),
        (row_start["hours"] + np.arange(rows["hours"]), of.hours.hours),
        (row_start["machine"] + np.arange(rows["machine"]), of.machine_hours),
        (row_start["limit"] + np.arange(rows["limit"]), of.limits),
        *([(np.array([cash]), of.cash)] if rows["cash"] else []),
    ]
    parts += [(at, np.full(len(at), constant), amount) for at, amount in asked]
    found = Entries(
        np.concatenate([p[0] for p in parts]).astype(np.int32),
        np.concatenate([p[1] for p in parts]).astype(np.int32),
        figures.joined([p[2] for p in parts]),
    )
    if found.figure.whole.all():
        return found
    kept = np.flatnonzero(found.figure.whole)
    return Entries(found.row[kept], found.column[kept], found.figure[kept])


def _ones(row: Index, first: int, sign: int) -> list[tuple[Whole | Index, Whole | Index, Figures]]:
    count = len(row)
    return [(row, first + np.arange(count), figures.whole_numbers(np.full(count, sign)))]


def _less(amount: Figures) -> Figures:
    return Figures(-amount.whole, amount.places)


def _hours(of: Declared, first: int, overtime: int) -> list[tuple[Whole | Index, Whole | Index, Figures]]:
    """Return the entries of the rows of hours: each use under the federation's row and the workplace's, if any."""
    trade, place = of.labour.other.astype(np.int64), of.workplace[of.labour.activity].astype(np.int64)
    spread = int(max(of.workplace.max(initial=0), of.hours.workplace.max(initial=0))) + 2
    keys = of.hours.trade.astype(np.int64) * spread + of.hours.workplace + 1
    order = np.argsort(keys)
    found: list[tuple[Whole | Index, Whole | Index, Figures]] = []
    for wanted in (trade * spread, trade * spread + place + 1):
        at = np.minimum(np.searchsorted(keys, wanted, sorter=order), max(len(keys) - 1, 0))
        here = np.flatnonzero(keys[order[at]] == wanted) if len(keys) else np.zeros(0, np.int64)
        amount = of.labour.amount[here]
        found.append((first + order[at[here]], of.labour.activity[here], _less(amount)))
    more = np.flatnonzero(of.hours.overtime.whole)
    found.append((first + more, overtime + np.arange(len(more)), figures.whole_numbers(np.ones(len(more), np.int64))))
    return found


def _costs(of: Declared, start: Mapping[str, int]) -> Some:
    parts = [
        (of.labour.activity, of.labour.amount),
        (start["unmet"] + np.arange(len(of.needs.product)), of.needs.worth),
        (start["closing"] + np.arange(len(of.closing.at)), of.missing),
    ]
    return Some(np.concatenate([p[0] for p in parts]).astype(np.int32), figures.joined([p[1] for p in parts]))


def floats_by(at: Index | Whole, amount: Figures, count: int) -> Vector:
    """Return the sums of figures by place, as floats."""
    return np.bincount(at, amount.floats(), minlength=count).astype(np.float64)
