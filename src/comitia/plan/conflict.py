"""Whose numbers conflict when a floor is demanded: the smallest set of bodies, proven to conflict and to be smallest.

The techniques always hold; a body's limits (hours, machine hours, runs, limits, cash, a stock that nobody makes) hold
or not as a whole. That the limits of a set of bodies rule the floor out is proven by prices (Farkas), in fractions.
That no smaller set does is proven by ways out: sets of bodies who, giving way together, make the floor possible. A set
that conflicts has a body in each of them, so a smallest set that has is a smallest conflict as soon as it is one
(Ignatiev, Previti, Liffiton and Marques-Silva, Smallest MUS Extraction with Minimal Hitting Set Dualization, 2015).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np
from scipy.sparse import csr_array

from comitia.plan import certificate, fitting, highs, model as models
from comitia.plan.economy import Economy, owner_of
from comitia.plan.highs import Programme, Vector
from comitia.plan.model import ZERO, Model, Row, Variable
from comitia.plan.ranging import MOST_NONZEROS, TooLarge
from comitia.plan.solution import Plan

Limit = tuple[str, str]
NeedKey = tuple[str, str, int]
# A floor counts as met when a smaller share of it is missing.
MET = 1e-7
# Smaller gives are a solver's last digits.
CRUMB = 1e-6
DIGITS = 15
# Decimals of the prices that prove it.
DECIMALS = 30
FLOOR = "floor"
FILES = {"hours": "hours", "machine": "machines", "limit": "limits", "runs": "activities", "cash": "trade_limit"}


@dataclass(frozen=True)
class Floor:
    """Deliveries that are demanded, by need, and what to call them in a sentence."""

    name: str
    quantities: Mapping[NeedKey, Fraction]


def essentials(economy: Economy) -> Floor:
    """Return the floor of all essential needs, in full."""
    return Floor("all essential needs", {k: n.quantity for k, n in economy.needs.items() if n.tier == 1})


def without_taking(economy: Economy, plan: Plan, wanted: NeedKey) -> Floor:
    """Return the floor of one need in full, with all that the plan delivers of its tier and of those before it."""
    unmet = {(u.council, u.product, u.tier): u.quantity for u in plan.unmet}
    kept = {k: n.quantity - unmet.get(k, ZERO) for k, n in economy.needs.items() if n.tier <= wanted[2]}
    council, product, tier = wanted
    name = f"{product} for {council} (tier {tier}) in full, with nothing taken from needs of that tier or before it"
    return Floor(name, {**kept, wanted: economy.needs[wanted].quantity})


@dataclass(frozen=True, slots=True)
class Give:
    """How much more of a limit a way out takes."""

    kind: str
    key: str
    body: str
    more: float


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: bodies who, giving way together, make the floor possible while all others hold to their numbers."""

    bodies: tuple[str, ...]
    gives: tuple[Give, ...]


@dataclass(frozen=True)
class Conflict:
    """The smallest set of bodies whose limits, with the techniques, rule a floor out.

    ``limits`` are those of their limits that the proof needs; ``missing`` is how many needs are missing at least while
    they hold (a need half missing counts a half), proven in fractions, or 0 where no proof came of the solver's prices;
    ``ways`` are the ways out that prove that no smaller set conflicts.
    """

    bodies: tuple[str, ...]
    limits: tuple[tuple[str, str, str], ...]
    missing: Fraction
    ways: tuple[Way, ...]
    sentence: str


def smallest(economy: Economy, demanded: Floor) -> Conflict | None:
    """Return the smallest conflict with a floor, or None where all can hold to their numbers and the floor is met.

    Args:
        economy: as declared. Without owners every limit is a body of its own.
        demanded: deliveries that must be reached; all else may go unmet.

    Raises:
        TooLarge: an economy too large to be solved dozens of times.
    """
    asked = _Asked(economy, demanded)
    everybody = frozenset(asked.bodies)
    if asked.missing(everybody)[0] <= MET:
        return None
    ways: list[frozenset[str]] = []
    while True:
        held = _least_hitting(ways)
        missing, prices = asked.missing(held)
        if missing > MET:
            return asked.told(held, prices, ways)
        ways.append(everybody - asked.most_held(held))


def _least_hitting(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return a smallest set that has something of each: by depth, branching on the smallest set not yet hit."""
    depth = 0
    while True:
        found = _hitting(sets, frozenset(), depth)
        if found is not None:
            return found
        depth += 1


def _hitting(sets: Sequence[frozenset[str]], chosen: frozenset[str], more: int) -> frozenset[str] | None:
    missed = [one for one in sets if not one & chosen]
    if not missed:
        return chosen
    if not more:
        return None
    narrowest = min(missed, key=_order)
    for body in sorted(narrowest):
        found = _hitting(sets, chosen | {body}, more - 1)
        if found is not None:
            return found
    return None


def _with_floor(built: Model, economy: Economy, demanded: Floor) -> tuple[Model, dict[int, Fraction]]:
    """Return the model with a row for each delivery demanded, and what each missing unit is as a share of it.

    -u + m >= -(need - demanded): what goes unmet beyond what the floor leaves is missing, m.
    """
    variables, rows, index = list(built.variables), list(built.rows), dict(built.index)
    short: dict[int, Fraction] = {}
    wanted = {key: quantity for key, quantity in demanded.quantities.items() if quantity > 0}
    for (council, product, tier), quantity in wanted.items():
        key = (council, product, str(tier))
        at = index[FLOOR, key] = len(variables)
        variables.append(Variable(FLOOR, key, quantity))
        left = economy.needs[council, product, tier].quantity - quantity
        unmet = index["unmet", key]
        rows.append(Row(FLOOR, "|".join(key), -left, {unmet: Fraction(-1), at: Fraction(1)}))
        short[at] = 1 / quantity
    return Model(tuple(variables), tuple(rows), index), short


def _order(one: frozenset[str]) -> tuple[int, list[str]]:
    return len(one), sorted(one)


class _Asked:
    """An economy with a floor: which limit belongs to whom, and one linear programme in which any of them can give.

    To every limit belongs a variable of what it gives; who holds to his numbers has an upper limit of 0 on it.
    """

    def __init__(self, economy: Economy, demanded: Floor) -> None:
        self.economy, self.demanded = economy, demanded
        self.built, self.short = _with_floor(models.build(economy), economy, demanded)
        if self.built.nonzeros > MOST_NONZEROS:
            raise TooLarge(self.built.nonzeros)
        self.rows, self.limits = self._rows()
        self.body = {limit: self._body(limit) for limit in self.limits}
        self.bodies = tuple(dict.fromkeys(self.body.values()))
        entries = [(r, i, float(a)) for r, row in enumerate(self.rows) for i, a in row.coefficients.items()]
        width = len(self.built.variables)
        entries += [(r, width + n, 1.0) for n, r in enumerate(self.limits.values())]
        r_, i_, a_ = zip(*entries, strict=True)
        shape = (len(self.rows), width + len(self.limits))
        self.matrix = csr_array((np.array(a_), (np.array(r_), np.array(i_))), shape=shape)
        self.right = np.array([float(row.rhs) for row in self.rows])
        self.upper = np.array([inf if v.upper is None else float(v.upper) for v in self.built.variables])
        for kind, key in self.limits:
            if kind == "runs":
                self.upper[self.built.index["runs", (key,)]] = inf

    def _rows(self) -> tuple[list[Row], dict[Limit, int]]:
        """Return all rows, the largest runs as rows of their own, and which of them are limits that can give."""
        rows = list(self.built.rows)
        made = {p for (_, p), q in self.economy.flows.items() if q > 0}
        limits: dict[Limit, int] = {}
        for r, row in enumerate(rows):
            bought = row.kind == "product" and self.economy.products[row.key].buy_price is not None
            if row.kind not in ("product", FLOOR) or (row.kind == "product" and row.key not in made and not bought):
                limits[row.kind, row.key] = r
        for i, variable in enumerate(self.built.variables):
            if variable.kind == "runs" and variable.upper is not None:
                limits["runs", variable.key[0]] = len(rows)
                rows.append(Row("runs", variable.key[0], -variable.upper, {i: Fraction(-1)}))
        return rows, limits

    def _body(self, limit: Limit) -> str:
        kind, key = limit
        parts = key.split("|") if kind != "hours" or "|" in key else [key, ""]
        parts = [] if kind == "cash" else parts
        body, _ = owner_of(self.economy, FILES.get(kind, "products"), *parts)
        return body or f"{kind} {key}".strip()

    def missing(self, held: frozenset[str]) -> tuple[float, Vector]:
        """Return how many needs are missing at least while these hold, and the price of each row."""
        cost = np.zeros(self.matrix.shape[1])
        for i, share in self.short.items():
            cost[i] = float(share)
        z, price = highs.least(Programme(cost, self.matrix, self.right, self._upper(held)))
        return float(cost @ z), price

    def _upper(self, held: frozenset[str]) -> Vector:
        gives = [0.0 if self.body[limit] in held else inf for limit in self.limits]
        return np.concatenate([self.upper, np.array(gives)])

    def gives(self, held: frozenset[str]) -> tuple[Give, ...]:
        """Return what the others must give while these hold, as little as can be against what each has."""
        width = len(self.built.variables)
        cost = np.zeros(self.matrix.shape[1])
        have = [max(abs(float(self.rows[r].rhs)), 1.0) for r in self.limits.values()]
        cost[width:] = 1 / np.array(have)
        upper = self._upper(held)
        for i in self.short:
            # As exactly met as the solver judged it: the last digit must not make this one infeasible.
            upper[i] = min(upper[i], MET * upper[i])
        z, _ = highs.least(Programme(cost, self.matrix, self.right, upper))
        limits = zip(self.limits, z[width:], have, strict=True)
        return tuple(Give(*limit, self.body[limit], float(g)) for limit, g, h in limits if g > CRUMB * h)

    def most_held(self, held: frozenset[str]) -> frozenset[str]:
        """Return a largest set of bodies, these among them, who can all hold to their numbers."""
        giving = {give.body for give in self.gives(held)}
        kept = held | (frozenset(self.bodies) - giving)
        for body in sorted(giving - kept):
            if self.missing(kept | {body})[0] <= MET:
                kept |= {body} | (frozenset(self.bodies) - {give.body for give in self.gives(kept | {body})})
        return frozenset(kept)

    def told(self, held: frozenset[str], prices: Vector, ways: Sequence[frozenset[str]]) -> Conflict:
        """Return the conflict with its proof in fractions and its ways out."""
        everybody = frozenset(self.bodies)
        ordered = sorted(ways, key=_order)
        out = [Way(tuple(sorted(way)), self.gives(everybody - way)) for way in ordered]
        limits = tuple(
            (*limit, self.body[limit])
            for limit, r in self.limits.items()
            if self.body[limit] in held and prices[r] > MET * max(float(prices.max()), 1e-300)
        )
        missing = self._proven(held, prices)
        return Conflict(tuple(sorted(held)), limits, missing, tuple(out), self._sentence(held, missing, out))

    def _proven(self, held: frozenset[str], prices: Vector) -> Fraction:
        """Return the share that is missing at least, in fractions, whatever the solver's last digits."""
        kept = [
            row
            for row in self.rows
            if row.kind != "runs" and ((row.kind, row.key) not in self.limits or self.body[row.kind, row.key] in held)
        ]
        relaxed = Model(tuple(self._relaxed(v, held) for v in self.built.variables), tuple(kept), self.built.index)
        by_row = {(row.kind, row.key): prices[r] for r, row in enumerate(self.rows) if prices[r] > 0}
        price = {key: Fraction(f"{p:.{DIGITS}g}") for key, p in by_row.items() if key[0] != "runs"}
        if not fitting.are_settled(price, self.short, fitting.unlimited(relaxed), digits=DECIMALS):
            return ZERO
        return certificate.dual_bound(relaxed, kept, self.short, price)

    def _relaxed(self, variable: Variable, held: frozenset[str]) -> Variable:
        limit = ("runs", variable.key[0])
        if variable.kind != "runs" or limit not in self.limits or self.body[limit] in held:
            return variable
        return Variable(variable.kind, variable.key, None)

    def _sentence(self, held: frozenset[str], missing: Fraction, ways: Sequence[Way]) -> str:
        what = self.demanded.name
        if not held:
            least = f"{float(missing):.3%} of a need would be missing"
            return f"No technique reaches {what}: even if every body gave way, at least {least}."
        names = ", ".join(sorted(held))
        together = "The numbers of" if len(held) == 1 else "Together, the numbers of"
        # Where the solver's prices bound nothing in fractions, it is said whose word it is.
        least = f"at least {float(missing):.3%} of a need is missing while they hold"
        least = least if missing else "by the solver's word, not proven in fractions"
        said = f"{together} {names} rule out {what}: {least}"
        said += "; no smaller set of bodies does." if len(held) > 1 else "."
        for way in ways:
            who = " and ".join(way.bodies)
            more = ", ".join(f"{g.more:.6g} more of {g.kind} {g.key}".rstrip() for g in way.gives)
            said += f" It is possible if {who} {'give' if len(way.bodies) > 1 else 'gives'} way: {more}."
        return said
