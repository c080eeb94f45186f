"""What each variant makes least, level by level, and what it adds to the model for that (DESIGN section 7).

Every level is linear, so that one price vector bounds it. *fairest* is lexicographic max-min: with g_c the unfulfilled
share of council c in a tier, it makes the sum of the k largest g_c least for k = 1, 2, 3 ... in turn, which is the same
(W. Ogryczak and T. Sliwinski, On solving linear programs with the ordered weighted averaging objective, 2003). That sum
is the least value of k t + sum_c d_c over t + d_c >= g_c, t >= 0, d >= 0.

Notation: g is a variable of kind ``share`` (council, tier), t ``mark`` and d ``above`` of one (tier, k).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comitia.plan import model as models
from comitia.plan.economy import Economy
from comitia.plan.model import ZERO, Model, Row, Variable
from comitia.plan.solution import Plan

VARIANTS: dict[str, str] = {
    "fullest": "the least worth unmet, tier by tier, then the fewest hours",
    "fairest": "the poorest council as rich as can be, then the next poorest, tier by tier, then the fewest hours",
    "lightest": "the fewest hours, counting what is unmet at its worth",
    "leanest": "no more unmet than in fullest, then the least purchases (leanest|LIMIT: the least use of that limit)",
    "in-proportion": "for study: all needs in one proportion, the sum of the proportions over the periods the largest",
}
ADOPTABLE = ("fullest", "fairest", "lightest", "leanest")
TIERS = (1, 2, 3)
# Shares are figures of twelve decimals, rounded up: a share is never better than the plan.
SHARE_DIGITS = 12


class UnknownVariant(Exception):
    """A variant that there is not, or one that names no limit of the economy."""

    def __init__(self, variant: str, expected: str) -> None:
        self.variant = variant
        super().__init__(f"there is no variant {variant!r}; choose {expected}")


class NotInProportion(Exception):
    """A plan that delivers needs of one period in different proportions."""

    def __init__(self, council: str, product: str) -> None:
        self.council, self.product = council, product
        super().__init__(f"{product} of {council} is delivered in another proportion than the needs before it")


@dataclass(frozen=True, slots=True)
class Aim:
    """What one level makes least: cost by variable; with ``worst`` the sum of so many largest shares of a tier."""

    name: str
    cost: Mapping[int, Fraction]
    tier: int = 0
    worst: int = 0


@dataclass(frozen=True)
class Posed:
    """A variant posed: the model with what the variant adds, and the levels in their order."""

    variant: str
    built: Model
    aims: tuple[Aim, ...]


def check(variant: str, economy: Economy | None = None) -> None:
    """Raise unless there is such a variant, for that economy where one is given.

    Raises:
        UnknownVariant: there is not.
    """
    name, bar, limit = variant.partition("|")
    if name not in VARIANTS or (bar and name != "leanest"):
        raise UnknownVariant(variant, ", ".join(VARIANTS))
    if bar and economy is not None and limit not in economy.limits:
        raise UnknownVariant(variant, ", ".join(f"leanest|{key}" for key in economy.limits) or "leanest alone")


def pose(economy: Economy, variant: str, worst: Sequence[tuple[int, int]] = ()) -> Posed:
    """Return a variant posed for an economy.

    Args:
        economy: as declared.
        variant: a key of ``VARIANTS``, or ``leanest|LIMIT``.
        worst: of *fairest* the levels as (tier, how many shares), as a solver found them and a certificate lists them.

    Raises:
        UnknownVariant: there is no such variant.
        ValueError: levels that are no levels of this economy in rising order.
    """
    check(variant, economy)
    posed = opening(economy, variant)
    if variant == "fairest":
        if list(worst) != sorted(set(worst)):
            raise ValueError("the levels of fairest rise by tier and by how many councils they count")
        for tier, count in worst:
            posed = with_worst(posed, tier, count)
        posed = with_hours(economy, posed)
    return posed


def opening(economy: Economy, variant: str) -> Posed:
    """Return a variant posed; of *fairest* only the model with its shares and the level before tier 1."""
    built = models.build(economy)
    closing = Aim(
        "closing stocks",
        {i: economy.products[v.key[0]].worth for i, v in enumerate(built.variables) if v.kind == "closing"},
    )
    tiers = tuple(Aim(f"tier {tier}", _worth_unmet(economy, built, tier)) for tier in TIERS)
    hours = Aim("hours", _hours(economy, built))
    match variant.partition("|"):
        case ("lightest", _, _):
            parts = (hours, closing, *tiers)
            merged = {i: c for aim in parts for i, c in aim.cost.items()}
            return Posed(variant, built, (Aim("hours and worth unmet", merged),))
        case ("fairest", _, _):
            return Posed(variant, _with_shares(economy, built), (closing,))
        case ("leanest", _, limit):
            built, least = _with_least(economy, built, limit)
            return Posed(variant, built, (closing, *tiers, least, hours))
        case ("in-proportion", _, _):
            built, proportions = _in_proportion(economy, built)
            return Posed(variant, built, (closing, proportions) if closing.cost else (proportions,))
        case _:
            return Posed(variant, built, (closing, *tiers, hours))


def _hours(economy: Economy, built: Model) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for (activity, _), per_run in economy.labour.items():
        at = built.index["runs", (activity,)]
        found[at] = found.get(at, ZERO) + per_run
    return found


def _worth_unmet(economy: Economy, built: Model, tier: int) -> dict[int, Fraction]:
    of = [n for n in economy.needs.values() if n.tier == tier]
    return {built.index["unmet", (n.council, n.product, str(n.tier))]: n.worth for n in of}


def _widened(built: Model, variables: Sequence[Variable], rows: Sequence[Row]) -> Model:
    index = dict(built.index)
    for i, variable in enumerate(variables, len(built.variables)):
        index[variable.kind, variable.key] = i
    return Model((*built.variables, *variables), (*built.rows, *rows), index)


def _with_shares(economy: Economy, built: Model) -> Model:
    """Add g of each council and tier: (measure) g >= measure - worth delivered; see ``measures``."""
    variables: list[Variable] = []
    rows: dict[tuple[str, int], Row] = {}
    for (council, tier), measure in measures(economy).items():
        at = len(built.variables) + len(variables)
        variables.append(Variable("share", (council, str(tier)), Fraction(1)))
        rows[council, tier] = Row("share", f"{council}|{tier}", measure, {at: measure})
    for n in economy.needs.values():
        if (n.council, n.tier) in rows:
            row = rows[n.council, n.tier]
            row.rhs -= n.worth * n.quantity
            if n.worth:
                row.coefficients[built.index["unmet", (n.council, n.product, str(n.tier))]] = -n.worth
    return _widened(built, variables, list(rows.values()))


def measures(economy: Economy) -> dict[tuple[str, int], Fraction]:
    """Return what the fulfilment of each council and tier is a share of: its claim, or without one its worth in needs.

    Measured by the claim that the houses adopted, a council that doubles its needs is no poorer for it; measured by
    what it declares itself, it would be.
    """
    found: dict[tuple[str, int], Fraction] = {}
    for n in economy.needs.values():
        found[n.council, n.tier] = found.get((n.council, n.tier), ZERO) + n.worth * n.quantity
    claims: dict[str, Fraction] = {}
    for key, hours in economy.claims.items():
        council = key.partition("@")[0] if economy.periods else key
        claims[council] = claims.get(council, ZERO) + hours
    order = sorted(found.items(), key=lambda of: of[0][1])
    return {key: claims.get(key[0]) or worth for key, worth in order if worth}


def councils(built: Model, tier: int) -> list[int]:
    """Return the variables g of a tier."""
    return [i for i, v in enumerate(built.variables) if v.kind == "share" and v.key[1] == str(tier)]


def with_worst(posed: Posed, tier: int, count: int) -> Posed:
    """Add a level: the sum of the ``count`` largest shares of a tier.

    Raises:
        ValueError: the tier has no so many councils.
    """
    built = posed.built
    shares = councils(built, tier)
    if not 1 <= count <= len(shares):
        raise ValueError(f"{count} councils of tier {tier} are no level; it has {len(shares)}")
    one = Fraction(1)
    mark = len(built.variables)
    variables = [Variable("mark", (str(tier), str(count)), one)]
    rows: list[Row] = []
    for g in shares:
        council = built.variables[g].key[0]
        above = mark + len(variables)
        variables.append(Variable("above", (str(tier), str(count), council), one))
        rows.append(Row("above", f"{tier}|{count}|{council}", ZERO, {mark: one, above: one, g: -one}))
    cost = {mark: Fraction(count), **{mark + 1 + n: one for n in range(len(shares))}}
    name = f"tier {tier}, the {count} poorest" if count > 1 else f"tier {tier}, the poorest"
    return Posed(posed.variant, _widened(built, variables, rows), (*posed.aims, Aim(name, cost, tier, count)))


def with_hours(economy: Economy, posed: Posed) -> Posed:
    """Add the last level: the fewest hours."""
    return Posed(posed.variant, posed.built, (*posed.aims, Aim("hours", _hours(economy, posed.built))))


def _with_least(economy: Economy, built: Model, limit: str) -> tuple[Model, Aim]:
    """Return the aim of *leanest*: purchases at their prices, or the net use of a limit, 0 where more is given back."""
    if not limit:
        prices = {p.id: p.buy_price for p in economy.products.values()}
        bought = {i: prices[v.key[0]] or ZERO for i, v in enumerate(built.variables) if v.kind == "bought"}
        return built, Aim("purchases", bought)
    at = len(built.variables)
    row = Row("net_use", limit, ZERO, {at: Fraction(1)})
    for (activity, key), quantity in economy.limit_use.items():
        if key == limit and quantity:
            row.coefficients[built.index["runs", (activity,)]] = -quantity
    variable = Variable("net_use", (limit,), economy.limits[limit].quantity)
    return _widened(built, [variable], [row]), Aim(f"use of {limit}", {at: Fraction(1)})


def _in_proportion(economy: Economy, built: Model) -> tuple[Model, Aim]:
    """Put z_s x need in place of need - unmet, z_s of one period without a limit."""
    first = len(built.variables)
    periods = sorted({economy.products[n.product].period for n in economy.needs.values() if n.quantity})
    at = {period: first + i for i, period in enumerate(periods)}
    gone = {i for i, v in enumerate(built.variables) if v.kind == "unmet"}
    rows = {
        row.key: Row(row.kind, row.key, row.rhs, {i: a for i, a in row.coefficients.items() if i not in gone})
        for row in built.rows
        if row.kind == "product"
    }
    for n in economy.needs.values():
        if n.quantity:
            row, z = rows[n.product], at[economy.products[n.product].period]
            row.rhs -= n.quantity
            row.coefficients[z] = row.coefficients.get(z, ZERO) - n.quantity
    variables = [Variable(v.kind, v.key, ZERO) if i in gone else v for i, v in enumerate(built.variables)]
    others = [row for row in built.rows if row.kind != "product"]
    changed = Model(tuple(variables), (*rows.values(), *others), built.index)
    added = [Variable("proportion", (str(period or ""),), None) for period in periods]
    aim = Aim("proportions, negative", {z: Fraction(-1) for z in at.values()})
    return _widened(changed, added, []), aim


def values(economy: Economy, posed: Posed, plan: Plan) -> list[Fraction]:
    """Return the plan's exact value of every variable of the model as posed.

    Raises:
        NotInTheEconomy: a figure of something that the economy does not have.
        TwiceInThePlan: two figures of the same thing.
        NotInProportion: *in-proportion* where needs of one period are delivered in different proportions.
    """
    z = models.values(posed.built, plan)
    if posed.variant == "in-proportion":
        seen: set[int] = set()
        for n in economy.needs.values():
            u = posed.built.index["unmet", (n.council, n.product, str(n.tier))]
            if not n.quantity:
                continue
            at = posed.built.index["proportion", (str(economy.products[n.product].period or ""),)]
            proportion = 1 - z[u] / n.quantity
            if at in seen and z[at] != proportion:
                raise NotInProportion(n.council, n.product)
            seen.add(at)
            z[at], z[u] = proportion, ZERO
    return completed(economy, posed, z)


def completed(economy: Economy, posed: Posed, z: list[Fraction]) -> list[Fraction]:
    """Fill in what a plan does not name: what is carried over, shares and what orders them, net use; return ``z``."""
    built = posed.built
    for p, row in zip(economy.products.values(), built.rows, strict=False):
        if p.later:
            # Whatever is left over is carried: more in store never hurts.
            at = built.index["carried", (p.id,)]
            z[at] += max(models.left_side(row, z) - row.rhs, -z[at])
    for row in built.rows:
        if row.kind == "share":
            [g, *_] = (i for i in row.coefficients if built.variables[i].kind == "share")
            rest = row.rhs - models.left_side(Row("", "", ZERO, {**row.coefficients, g: ZERO}), z)
            z[g] = _rounded_up(rest / row.coefficients[g])
        elif row.kind == "net_use":
            [use] = (i for i in row.coefficients if built.variables[i].kind == "net_use")
            z[use] = ZERO
            z[use] = max(-models.left_side(row, z), ZERO)
    for aim in posed.aims:
        if aim.worst:
            shares = councils(built, aim.tier)
            mark = built.index["mark", (str(aim.tier), str(aim.worst))]
            z[mark] = sorted((z[g] for g in shares), reverse=True)[aim.worst - 1]
            for n, g in enumerate(shares, mark + 1):
                z[n] = max(z[g] - z[mark], ZERO)
    return z


def _rounded_up(share: Fraction) -> Fraction:
    return Fraction(ceil(share * 10**SHARE_DIGITS), 10**SHARE_DIGITS)


def level_of(posed: Posed, tier: int) -> int:
    """Return the level whose prices explain a shortage of a tier (0: of closing stocks): the last that looks at it."""
    if len(posed.aims) == 1:
        return 0
    names = [aim.name for aim in posed.aims]
    ordered = [level for level, aim in enumerate(posed.aims) if aim.worst and aim.tier == tier]
    return ordered[-1] if ordered else names.index(f"tier {tier}") if f"tier {tier}" in names else 0
