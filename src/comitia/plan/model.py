"""The model: rows Gz >= r and variables 0 <= z <= U (DESIGN section 7); ``variants.py`` says what is made least.

Notation: activity j runs x_j; unmet u; closing shortfall v; bought m; sold s; overtime o; carried into the next period
q. Exact (``Fraction``), sparse, in pure Python: the certificate and the explanation read the same rows as the solver,
and need no solver for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

Key = tuple[str, str]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: kind (runs, unmet, closing, carried, bought, sold, overtime), key, largest value (None: no limit).

    A variant may add variables and rows of its own kinds; see ``variants.py``.
    """

    kind: str
    key: tuple[str, ...]
    upper: Fraction | None


@dataclass(slots=True)
class Row:
    """A row: sum of coefficient x variable >= rhs. Kinds: product, hours, machine, limit, cash."""

    kind: str
    key: str
    rhs: Fraction
    coefficients: dict[int, Fraction]


@dataclass(frozen=True)
class Model:
    """All variables and rows of an economy; ``index`` finds a variable by (kind, key)."""

    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
    index: Mapping[tuple[str, tuple[str, ...]], int]

    @property
    def nonzeros(self) -> int:
        """How many coefficients are not zero."""
        return sum(len(row.coefficients) for row in self.rows)


def build(economy: Economy) -> Model:
    """Return the model of an economy."""
    variables = _variables(economy)
    index = {(v.kind, v.key): i for i, v in enumerate(variables)}
    rows = [*_balances(economy, index), *_capacities(economy, index)]
    return Model(tuple(variables), tuple(rows), index)


def _variables(economy: Economy) -> list[Variable]:
    found = [Variable("runs", (a.id,), a.runs) for a in economy.activities.values()]
    found += [Variable("unmet", (n.council, n.product, str(n.tier)), n.quantity) for n in economy.needs.values()]
    for p in economy.products.values():
        if p.closing_stock:
            found.append(Variable("closing", (p.id,), p.closing_stock))
        if p.buy_price is not None:
            found.append(Variable("bought", (p.id,), None))
        if p.sell_price is not None:
            found.append(Variable("sold", (p.id,), None))
        if p.later:
            found.append(Variable("carried", (p.id,), None))
    found += [Variable("overtime", (h.trade, h.workplace), h.overtime) for h in economy.hours.values() if h.overtime]
    return found


def _balances(economy: Economy, index: Mapping[tuple[str, tuple[str, ...]], int]) -> list[Row]:
    # b + Bx - Ax + m - s - (n - u) >= closing - v + q, and closing - v + q is there in the next period.
    rows = {p.id: Row("product", p.id, p.closing_stock - p.stock, {}) for p in economy.products.values()}
    for p in economy.products.values():
        row = rows[p.id]
        for kind, sign in (("closing", 1), ("bought", 1), ("sold", -1), ("carried", -1)):
            at = index.get((kind, (p.id,)))
            if at is not None:
                row.coefficients[at] = Fraction(sign)
                if p.later and kind in ("closing", "carried"):
                    rows[p.later].coefficients[at] = Fraction(-sign)
        if p.later:
            rows[p.later].rhs -= p.closing_stock
    for (activity, product), quantity in economy.flows.items():
        if quantity:
            rows[product].coefficients[index["runs", (activity,)]] = quantity
    for n in economy.needs.values():
        rows[n.product].rhs += n.quantity
        rows[n.product].coefficients[index["unmet", (n.council, n.product, str(n.tier))]] = Fraction(1)
    return list(rows.values())


def _capacities(economy: Economy, index: Mapping[tuple[str, tuple[str, ...]], int]) -> list[Row]:
    rows: list[Row] = []
    for h in economy.hours.values():
        row = Row("hours", f"{h.trade}|{h.workplace}" if h.workplace else h.trade, -h.hours, {})
        for (activity, trade), hours in economy.labour.items():
            if trade == h.trade and hours and h.workplace in ("", economy.activities[activity].workplace):
                row.coefficients[index["runs", (activity,)]] = -hours
        if h.overtime:
            row.coefficients[index["overtime", (h.trade, h.workplace)]] = Fraction(1)
        rows.append(row)
    for file, use, amount in (
        ("machine", economy.machine_use, {m.id: m.hours for m in economy.machines.values()}),
        ("limit", economy.limit_use, {g.id: g.quantity for g in economy.limits.values()}),
    ):
        found = {key: Row(file, key, -have, {}) for key, have in amount.items()}
        for (activity, key), quantity in use.items():
            if quantity:
                found[key].coefficients[index["runs", (activity,)]] = -quantity
        rows += found.values()
    return rows + _cash(economy, index)


def _cash(economy: Economy, index: Mapping[tuple[str, tuple[str, ...]], int]) -> list[Row]:
    """Return the rows of cash, one a period: what was bought until then is paid by what was sold and had until then."""
    rows: list[Row] = []
    have = ZERO
    for period in range(1, economy.periods + 1) if economy.periods else (0,):
        have += economy.cash.get(period, ZERO)
        row = Row("cash", str(period or ""), -have, {})
        for p in economy.products.values():
            if p.period <= period:
                if p.buy_price is not None:
                    row.coefficients[index["bought", (p.id,)]] = -p.buy_price
                if p.sell_price is not None:
                    row.coefficients[index["sold", (p.id,)]] = p.sell_price
        if row.coefficients:
            rows.append(row)
    return rows


def values(built: Model, plan: Plan) -> list[Fraction]:
    """Return the exact values that a plan names, 0 for all other variables; closing shortfalls are unmet of tier 0.

    Raises:
        NotInTheEconomy: a figure of something that the economy does not have.
        TwiceInThePlan: two figures of the same thing.
    """
    z = [ZERO] * len(built.variables)
    given: set[tuple[str, tuple[str, ...]]] = set()
    entries: list[tuple[str, tuple[str, ...], Fraction]] = [("runs", (r.activity,), r.runs) for r in plan.runs]
    for u in plan.unmet:
        entries.append(
            ("unmet", (u.council, u.product, str(u.tier)), u.quantity)
            if u.tier
            else ("closing", (u.product,), u.quantity)
        )
    for t in plan.trade:
        entries += [("bought", (t.product,), t.bought), ("sold", (t.product,), t.sold)]
    entries += [("overtime", (o.trade, o.workplace), o.hours) for o in plan.overtime]
    for kind, key, amount in entries:
        if (kind, key) in given:
            raise TwiceInThePlan(kind, key)
        given.add((kind, key))
        at = built.index.get((kind, key))
        if at is None:
            if amount:
                raise NotInTheEconomy(kind, key)
            continue
        z[at] = amount
    return z


class NotInTheEconomy(Exception):
    """A figure of a plan that speaks of something the economy does not have."""

    def __init__(self, kind: str, key: tuple[str, ...]) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"the plan has {kind} of {'|'.join(key)}, which the economy does not have")


class TwiceInThePlan(Exception):
    """Two figures of a plan that speak of the same thing."""

    def __init__(self, kind: str, key: tuple[str, ...]) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"the plan has two figures of {kind} of {'|'.join(key)}; one is expected")


def total(cost: Mapping[int, Fraction], z: list[Fraction]) -> Fraction:
    """Return the exact value of a level."""
    return sum_of_products((c, z[i]) for i, c in cost.items())


def left_side(row: Row, z: list[Fraction]) -> Fraction:
    """Return the exact left side of a row."""
    return sum_of_products((a, z[i]) for i, a in row.coefficients.items())


def sum_of_products(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the exact sum of the products, brought to lowest terms once at the end and not at every step."""
    top, bottom = 0, 1
    for one, other in pairs:
        over, under = one.numerator * other.numerator, one.denominator * other.denominator
        if not over:
            continue
        if bottom % under:
            common = lcm(bottom, under)
            top, bottom = top * (common // bottom), common
        top += over * (bottom // under)
    return Fraction(top, bottom)
