"""The certificate: is a plan feasible, exactly, and how far from the best possible? Checked without a solver.

With rows Gz >= r, 0 <= z <= U and prices p >= 0, no plan costs less than r.p + sum min(0, c - G'p) U (weak duality).
Every sum is in rational arithmetic; the bound is rounded down and the gap up, so that what is written is never better
than what holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from comitia.plan import model as models, variants
from comitia.plan.economy import Economy, decimal_text, economy_hash
from comitia.plan.model import ZERO, Model, Row
from comitia.plan.solution import Certificate, Level, Plan, Price
from comitia.plan.variants import Aim, Posed

DIGITS = 12


class DoesNotHold(Exception):
    """What of a plan or its certificate does not hold: a row with its figures, or a figure of the certificate."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"{what}: {reason}")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was recomputed: the variant, each level's value and bound, the relative gap, how many rows hold exactly."""

    variant: str
    levels: tuple[Level, ...]
    gap: Fraction
    rows: int

    @property
    def objective(self) -> Fraction:
        """The value of the last level."""
        return self.levels[-1].value


def check(economy: Economy, plan: Plan) -> Checked:
    """Return what holds of a plan, or raise with the first thing that does not.

    Raises:
        DoesNotHold: another economy, a row violated, a figure out of its bounds or finer than its declared decimals, an
            allocation that does not add up, or a certificate whose figures differ from the recomputed ones.
    """
    said = plan.certificate
    if said.economy != economy_hash(economy):
        raise DoesNotHold(
            "hash of the economy",
            f"the plan is for {said.economy[:16]}, these figures are {economy_hash(economy)[:16]}",
        )
    try:
        posed = variants.pose(economy, said.variant, [(v.tier, v.worst) for v in said.levels if v.worst])
        z = variants.values(economy, posed, plan)
    except (
        models.NotInTheEconomy,
        models.TwiceInThePlan,
        variants.NotInProportion,
        variants.UnknownVariant,
        ValueError,
    ) as fault:
        raise DoesNotHold("plan", str(fault)) from fault
    built = posed.built
    check_feasible(built, z)
    check_decimals(economy, plan)
    check_allocation(economy, plan)
    found = levels(posed, bounds(built, posed.aims, (z, plan.prices)))
    check_levels(found, said.levels)
    check_gap(said, gap(posed, z, said.levels))
    sizes = (len(economy.products), len(economy.activities), built.nonzeros)
    if sizes != (said.products, said.activities, said.nonzeros):
        raise DoesNotHold(
            "certificate", f"the economy has {sizes} products, activities and nonzeros; written is another number"
        )
    return Checked(said.variant, said.levels, said.gap, len(built.rows))


def check_gap(said: Certificate, due: Fraction) -> None:
    """Raise unless the gap that a certificate writes is the one due to its levels.

    Raises:
        DoesNotHold: it is another.
    """
    if due != said.gap:
        raise DoesNotHold("certificate", f"the gap is {float(due):.3g}, written is {float(said.gap):.3g}")


def levels(posed: Posed, pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[Level, ...]:
    """Return the levels of a variant with their values and bounds, as a certificate writes them."""
    return tuple(Level(aim.name, v, b, aim.tier, aim.worst) for aim, (v, b) in zip(posed.aims, pairs, strict=True))


def check_levels(recomputed: tuple[Level, ...], written: tuple[Level, ...]) -> None:
    """Raise unless the levels that a certificate writes are those recomputed, or claim a lower bound.

    Raises:
        DoesNotHold: the first level that differs, with both figures.
    """
    if len(recomputed) != len(written):
        raise DoesNotHold("certificate", f"{len(written)} levels are written, the variant has {len(recomputed)}")
    for one, other in zip(recomputed, written, strict=True):
        if replace(one, bound=other.bound) != other or other.bound > one.bound:
            raise DoesNotHold("certificate", f"recomputed {_level_text(one)}, written {_level_text(other)}")


def check_decimals(economy: Economy, plan: Plan) -> None:
    """Raise unless runs and trade keep to the decimals that their activity or product declares.

    Raises:
        DoesNotHold: the figure that is finer.
    """
    figures = [(f"runs of {r.activity}", r.runs, economy.activities[r.activity].decimals) for r in plan.runs]
    for t in plan.trade:
        figures += [(f"trade in {t.product}", q, economy.products[t.product].decimals) for q in (t.bought, t.sold)]
    for name, quantity, decimals in figures:
        if decimals is not None and (quantity * 10**decimals).denominator != 1:
            raise DoesNotHold(name, f"{decimal_text(quantity)} is finer than the {decimals} decimals declared")


def _level_text(level: Level) -> str:
    return f"{level.name} {decimal_text(level.value)} (bound {decimal_text(level.bound)})"


def check_feasible(built: Model, z: list[Fraction]) -> None:
    """Raise unless every variable lies in its bounds and every row holds exactly.

    Raises:
        DoesNotHold: the variable or row, with how much it misses.
    """
    for variable, value in zip(built.variables, z, strict=True):
        name = f"{variable.kind} of {'|'.join(variable.key)}"
        if value < 0:
            raise DoesNotHold(name, f"{decimal_text(value)} is below 0")
        if variable.upper is not None and value > variable.upper:
            raise DoesNotHold(name, f"{decimal_text(value)} is above its limit of {decimal_text(variable.upper)}")
    for row in built.rows:
        missing = row.rhs - models.left_side(row, z)
        if missing > 0:
            raise DoesNotHold(f"{row.kind} {row.key}", f"the row is violated by {decimal_text(missing)}")


def holds(built: Model, z: list[Fraction]) -> bool:
    """Say whether every variable lies in its bounds and every row holds exactly."""
    try:
        check_feasible(built, z)
    except DoesNotHold:
        return False
    return True


def check_allocation(economy: Economy, plan: Plan) -> None:
    """Raise unless the allocation of each product adds up to what is made, used, delivered, bought and sold.

    Raises:
        DoesNotHold: the product and the side that differs.
    """
    given: dict[tuple[str, str, str], Fraction] = {}
    for a in plan.allocation:
        if a.quantity <= 0:
            raise DoesNotHold(f"allocation of {a.product}", "a quantity of 0 or less is listed")
        for side in ((a.product, f"from {a.from_kind}", a.from_), (a.product, f"to {a.to_kind}", a.to)):
            given[side] = given.get(side, ZERO) + a.quantity
    wanted = sides(economy, plan)
    for side in sorted(wanted.keys() | given.keys()):
        if wanted.get(side, ZERO) != given.get(side, ZERO):
            product, way, name = side
            listed, due = decimal_text(given.get(side, ZERO)), decimal_text(wanted.get(side, ZERO))
            raise DoesNotHold(f"allocation of {product}", f"{listed} {way} {name}, but the balance has {due}")


def sides(economy: Economy, plan: Plan) -> dict[tuple[str, str, str], Fraction]:
    """Return what each balance says: (product, "from workplace", mill) and so on; what is left is closing stock."""
    found: dict[tuple[str, str, str], Fraction] = {}

    def add(product: str, way: str, name: str, quantity: Fraction) -> None:
        if quantity:
            found[product, way, name] = found.get((product, way, name), ZERO) + quantity

    runs = {r.activity: r.runs for r in plan.runs}
    for (activity, product), quantity in economy.flows.items():
        amount = quantity * runs.get(activity, ZERO)
        way = "from workplace" if amount > 0 else "to workplace"
        add(product, way, economy.activities[activity].workplace, abs(amount))
    unmet = {(u.council, u.product, u.tier): u.quantity for u in plan.unmet}
    for n in economy.needs.values():
        add(n.product, "to council", n.council, n.quantity - unmet.get((n.council, n.product, n.tier), ZERO))
    for t in plan.trade:
        add(t.product, "from outside", "outside", t.bought)
        add(t.product, "to outside", "outside", t.sold)
    for p in economy.products.values():
        add(p.id, "from stock", "stock", p.stock)
    left: dict[str, Fraction] = {}
    for (product, way, _), quantity in found.items():
        left[product] = left.get(product, ZERO) + (quantity if way.startswith("from") else -quantity)
    for p in economy.products.values():
        quantity = left.get(p.id, ZERO)
        add(p.id, "to stock", "stock", quantity)
        if p.later:
            add(p.later, "from stock", "stock", quantity)
            left[p.later] = left.get(p.later, ZERO) + quantity
    return found


def bounds(
    built: Model, aims: Sequence[Aim], plan: tuple[list[Fraction], tuple[Price, ...]]
) -> list[tuple[Fraction, Fraction]]:
    """Return the exact value and the bound, rounded down, of each level; earlier levels keep the plan's own values."""
    z, prices = plan
    by_level: list[dict[tuple[str, str], Fraction]] = [{} for _ in aims]
    for p in prices:
        if p.price < 0 or not 0 <= p.level < len(aims):
            raise DoesNotHold(f"price of {p.kind} {p.key}", "prices are 0 or more, of a level of the variant")
        if (p.kind, p.key) in by_level[p.level]:
            raise DoesNotHold(f"price of {p.kind} {p.key}", f"two prices are written for level {p.level}")
        by_level[p.level][p.kind, p.key] = p.price
    known = {(row.kind, row.key) for row in built.rows} | {
        ("runs", v.key[0]) for v in built.variables if v.kind == "runs"
    }
    known |= {("level", str(level)) for level in range(len(aims))}
    for p in prices:
        if (p.kind, p.key) not in known:
            raise DoesNotHold(f"price of {p.kind} {p.key}", "the economy has no such row")
    rows = list(built.rows)
    found: list[tuple[Fraction, Fraction]] = []
    for level, aim in enumerate(aims):
        value = models.total(aim.cost, z)
        bound = rounded_down(dual_bound(built, rows, aim.cost, by_level[level]))
        # Nothing of cost 0 or more costs less than 0.
        found.append((value, bound if any(c < 0 for c in aim.cost.values()) else max(bound, ZERO)))
        # The next level keeps this one's value: -cost.z >= -value.
        rows.append(Row("level", str(level), -value, {i: -c for i, c in aim.cost.items()}))
    return found


def dual_bound(
    built: Model, rows: list[Row], cost: Mapping[int, Fraction], price: Mapping[tuple[str, str], Fraction]
) -> Fraction:
    """Return r.p + sum min(0, c - G'p) U, exactly; a price of kind ``runs`` is that of the row -x >= -runs.

    Raises:
        DoesNotHold: a variable without limit has a reduced cost below 0, so that the prices bound nothing.
    """
    columns: dict[int, list[tuple[Fraction, Fraction]]] = {i: [(c, Fraction(1))] for i, c in cost.items()}
    priced = [(row, price[row.kind, row.key]) for row in rows if price.get((row.kind, row.key))]
    for row, p in priced:
        for i, a in row.coefficients.items():
            columns.setdefault(i, []).append((-p, a))
    reduced = {i: models.sum_of_products(column) for i, column in columns.items()}
    bound = models.sum_of_products((p, row.rhs) for row, p in priced)
    for (kind, key), p in price.items():
        # The row runs: -x >= -(largest number of runs).
        if kind != "runs" or not p:
            continue
        of = built.index["runs", (key,)]
        most = built.variables[of].upper
        if most is None:
            raise DoesNotHold(f"price of runs {key}", "the activity has no largest number of runs")
        bound -= p * most
        reduced[of] = reduced.get(of, ZERO) + p
    for i, r in reduced.items():
        if r >= 0:
            continue
        upper = implied_upper(built, i)
        if upper is None:
            variable = built.variables[i]
            raise DoesNotHold(
                f"prices at {variable.kind} of {'|'.join(variable.key)}",
                "they bound nothing: its reduced cost is below 0 and nothing limits it",
            )
        bound += r * upper
    return bound


def implied_upper(built: Model, i: int) -> Fraction | None:
    """Return the largest value of a variable: its own limit, or the least that a row of capacities alone implies."""
    own = built.variables[i].upper
    if own is not None or built.variables[i].kind != "runs":
        return own
    found: Fraction | None = None
    for row in built.rows:
        a = row.coefficients.get(i)
        if row.kind not in ("hours", "machine", "limit") or a is None or a >= 0:
            continue
        helped = ZERO
        for k, b in row.coefficients.items():
            if b > 0:
                # Overtime helps the row, up to its own limit; what helps it without limit implies nothing.
                limit = built.variables[k].upper
                if limit is None:
                    break
                helped += b * limit
        else:
            least = (-row.rhs + helped) / -a
            found = least if found is None or least < found else found
    return found


def rounded_down(number: Fraction) -> Fraction:
    """Return a number cut downwards to twelve digits that count."""
    if not number:
        return number
    scale = Fraction(10) ** (DIGITS - len(str(abs(floor(number)))))
    return Fraction(floor(number * scale)) / scale


def gap(posed: Posed, z: Sequence[Fraction], levels: Sequence[Level]) -> Fraction:
    """Return the largest (value - bound) / |value| of the levels, rounded up to twelve decimals; 0 where a value is 0.

    In *fairest* the levels that are not listed count too, each with the bound that its neighbours imply.
    """
    pairs = [(v.value, v.bound) for v in levels]
    for tier in variants.TIERS:
        pairs += _between(posed, z, [v for v in levels if v.worst and v.tier == tier])
    return widest(pairs)


def widest(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the largest (value - bound) / |value|, rounded up to twelve decimals; 0 where a value is 0."""
    largest = max(((value - bound) / abs(value) for value, bound in pairs if value), default=ZERO)
    return Fraction(ceil(largest * 10**DIGITS), 10**DIGITS)


def _between(posed: Posed, z: Sequence[Fraction], listed: Sequence[Level]) -> list[tuple[Fraction, Fraction]]:
    """Return value and bound of the levels of a tier between those listed.

    The sum of the k largest shares is concave in k and never falls: between two k it is at least what the straight line
    between their bounds says, beyond the last at least the last bound.
    """
    if not listed:
        return []
    shares = sorted((z[g] for g in variants.councils(posed.built, listed[0].tier)), reverse=True)
    found: list[tuple[Fraction, Fraction]] = []
    before, low = 0, ZERO
    for level in listed:
        for k in range(before + 1, level.worst):
            bound = low + (level.bound - low) * Fraction(k - before, level.worst - before)
            found.append((sum(shares[:k], ZERO), bound))
        before, low = level.worst, level.bound
    found += [(sum(shares[:k], ZERO), low) for k in range(before + 1, len(shares) + 1)]
    return found
