"""Pegging: from each shortage down the chain of products and activities to the limits that bind, and who owns them.

Works from the plan's own prices, so it needs no solver. The price of a product is made up, at the cheapest way to make
one more unit, of the prices of what is used up on the way; the chain follows the largest shares of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from comitia.plan import model as models, variants
from comitia.plan.economy import Economy, owner_of
from comitia.plan.model import Model
from comitia.plan.rows import decimal_text
from comitia.plan.solution import Plan
from comitia.plan.variants import Posed

Terminal = tuple[str, str]
Prices = Mapping[tuple[str, str], float]
# A limit with a smaller part in the price of what is short is left out.
LEAST_SHARE = 0.005
# A row counts as used up when less than this share of it is left: rounding leaves crumbs.
SLACK = 1e-6
TIERS = (0, *variants.TIERS)
# How many limits the sentence of a shortage names.
SAID = 3


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit at the end of a chain, and whose number it is.

    ``kind`` is hours, machine, runs, limit, cash, product (its stock: nobody makes it) or labour (nothing binds: it
    takes more hours than it is worth). ``chain`` leads from the product that is short to it, products and activities in
    turn. ``share`` is its part in the price of what is short, ``price`` what one more unit of it brings at most, in
    worth: where several limits bind together, more of one alone may bring less (``ranging`` says how much).
    """

    kind: str
    key: str
    unit: str
    chain: tuple[str, ...]
    share: float
    price: Fraction
    body: str
    act: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shortage:
    """An unmet need (or, with tier 0 and no council, a closing stock not reached), with what binds, largest part first.

    ``quantity`` is what is short of the ``needed``; ``price`` what one more unit of it brings at most, in worth.
    """

    council: str
    product: str
    tier: int
    unit: str
    quantity: Fraction
    needed: Fraction
    price: Fraction
    bindings: tuple[Binding, ...]
    sentence: str

    @property
    def share(self) -> Fraction:
        """What part of the need is short."""
        return self.quantity / self.needed


@dataclass(frozen=True)
class _Ground:
    """An economy with its plan at one level of prices: what every part of the explanation looks at."""

    economy: Economy
    built: Model
    values: list[Fraction]
    prices: Prices
    direct: Mapping[str, float]
    recipes: "_Recipes"


@dataclass(frozen=True)
class _Recipes:
    """Who makes what, what a run uses up and makes, and what of every limit it takes: looked up, not searched for."""

    makers: Mapping[str, list[tuple[str, Fraction]]]
    flows: Mapping[str, list[tuple[str, Fraction]]]
    uses: Mapping[str, dict[Terminal, Fraction]]
    rows: Mapping[Terminal, models.Row]


def explain(economy: Economy, plan: Plan) -> tuple[Shortage, ...]:
    """Return every shortage of a plan with its chain to the binding limits, essential needs first."""
    levels = plan.certificate.levels
    posed = variants.pose(economy, plan.variant, [(v.tier, v.worst) for v in levels if v.worst])
    values = variants.values(economy, posed, plan)
    recipes = _recipes(economy, posed.built)
    grounds = {tier: _ground(economy, posed, values, (plan, variants.level_of(posed, tier), recipes)) for tier in TIERS}
    bound: dict[tuple[str, int], tuple[Binding, ...]] = {}
    found = []
    # Below 0 stands what in-proportion delivers beyond a need.
    for u in (one for one in plan.unmet if one.quantity > 0):
        needed = (
            economy.needs[u.council, u.product, u.tier].quantity
            if u.tier
            else economy.products[u.product].closing_stock
        )
        unit = economy.products[u.product].unit
        ground = grounds[u.tier]
        if (u.product, u.tier) not in bound:
            bound[u.product, u.tier] = _bindings(ground, u.product)
        bindings = bound[u.product, u.tier]
        price = Fraction(ground.prices.get(("product", u.product), 0.0)).limit_denominator(10**9)
        amount = f"{_figure(u.quantity)} of {_figure(needed)} {unit} of {u.product}"
        part = f"{float(100 * u.quantity / needed):.3g} %"
        if u.tier:
            said = f"{u.council} goes short of {amount} ({part} of a need of tier {u.tier})."
        else:
            said = f"The closing stock misses {amount} ({part})."
        reasons = " ".join(b.sentence for b in bindings[:SAID]) or "No limit binds: the need was given no worth."
        found.append(
            Shortage(u.council, u.product, u.tier, unit, u.quantity, needed, price, bindings, f"{said} {reasons}")
        )
    return tuple(sorted(found, key=lambda s: (s.tier or 4, -s.share, s.product, s.council)))


def _recipes(economy: Economy, built: Model) -> _Recipes:
    makers: dict[str, list[tuple[str, Fraction]]] = {}
    flows: dict[str, list[tuple[str, Fraction]]] = {a: [] for a in economy.activities}
    uses: dict[str, dict[Terminal, Fraction]] = {a: {} for a in economy.activities}
    for (activity, product), quantity in economy.flows.items():
        flows[activity].append((product, quantity))
        if quantity > 0:
            makers.setdefault(product, []).append((activity, quantity))
    for (activity, trade), hours in economy.labour.items():
        for key in ((trade, ""), (trade, economy.activities[activity].workplace)):
            if hours and key in economy.hours:
                uses[activity]["hours", "|".join(k for k in key if k)] = hours
    for kind, use in (("machine", economy.machine_use), ("limit", economy.limit_use)):
        for (activity, key_), quantity in use.items():
            if quantity:
                uses[activity][kind, key_] = quantity
    for a in economy.activities.values():
        if a.runs is not None:
            uses[a.id]["runs", a.id] = Fraction(1)
    return _Recipes(makers, flows, uses, {(row.kind, row.key): row for row in built.rows})


def _ground(economy: Economy, posed: Posed, values: list[Fraction], of: tuple[Plan, int, _Recipes]) -> _Ground:
    (plan, level, recipes), built = of, posed.built
    prices = {(p.kind, p.key): float(p.price) for p in plan.prices if p.level == level}
    cost = posed.aims[level].cost
    direct = {built.variables[i].key[0]: float(c) for i, c in cost.items() if built.variables[i].kind == "runs"}
    return _Ground(economy, built, values, prices, direct, recipes)


def _bindings(ground: _Ground, product: str) -> tuple[Binding, ...]:
    """Follow the largest shares of the price from a product down; the best chain to each limit wins."""
    found: dict[Terminal, tuple[float, tuple[str, ...]]] = {}
    done: set[str] = set()
    heap: list[tuple[float, str, tuple[str, ...]]] = [(-1.0, product, ())]
    while heap:
        minus, at, chain = heappop(heap)
        if at in done or -minus < LEAST_SHARE:
            continue
        done.add(at)
        way, parts = _cheapest_way(ground, at)
        here = (*chain, at, *((way,) if way else ()))
        total = sum(parts.values())
        if not way and ground.prices.get(("product", at), 0.0) > 0:
            parts, total = {("product", at): 1.0}, 1.0
        for (kind, key), part in parts.items():
            if total <= 0 or part <= 0:
                continue
            share = -minus * part / total
            if kind == "product" and way:
                heappush(heap, (-share, key, here))
            elif share >= LEAST_SHARE and share > found.get((kind, key), (0.0, ()))[0]:
                found[kind, key] = (share, here)
    ordered = sorted(found.items(), key=lambda f: (-f[1][0], f[0]))
    # That work is needed as well explains a shortage only where nothing is used up.
    if any(kind != "labour" for kind, _ in found):
        ordered = [one for one in ordered if one[0][0] != "labour"]
    bindings = [_binding(ground, terminal, share, chain) for terminal, (share, chain) in ordered]
    last = [chain[-1] for (kind, _), (_, chain) in ordered if kind in ("hours", "machine", "runs", "limit")]
    together = [t for way in last for t in _used_up(ground, way) if t not in found]
    bindings += [_binding(ground, terminal, 0.0, (product,)) for terminal in dict.fromkeys(together)]
    return tuple(bindings)


def _cheapest_way(ground: _Ground, product: str) -> tuple[str, dict[Terminal, float]]:
    """Return the activity that makes one more unit at the least shadow cost, and what that cost is made of.

    Buying outside is a way too, named "outside"; where there is no way at all the name is empty.
    """
    economy, prices = ground.economy, ground.prices
    best: tuple[float, str, dict[Terminal, float]] | None = None
    for activity, quantity in ground.recipes.makers.get(product, ()):
        parts, credit = _parts(ground, activity, product)
        cost = (sum(parts.values()) - credit) / float(quantity)
        if best is None or cost < best[0]:
            best = (cost, activity, parts)
    buy = economy.products[product].buy_price
    if buy is not None:
        cash = prices.get(("cash", ""), 0.0) * float(buy)
        if best is None or cash < best[0]:
            best = (cash, "outside", {("cash", ""): cash})
    return (best[1], best[2]) if best else ("", {})


def _parts(ground: _Ground, activity: str, product: str) -> tuple[dict[Terminal, float], float]:
    """Return the shadow cost of one run by what is used up, and the credit for what else it makes."""
    prices = ground.prices
    parts: dict[Terminal, float] = {}
    credit = 0.0
    for other, quantity in ground.recipes.flows[activity]:
        if other != product:
            value = float(quantity) * prices.get(("product", other), 0.0)
            if value < 0:
                parts["product", other] = -value
            credit += max(value, 0.0)
    for terminal, use in ground.recipes.uses[activity].items():
        parts[terminal] = float(use) * prices.get(terminal, 0.0)
    parts["labour", activity] = ground.direct.get(activity, 0.0)
    return parts, credit


def _used_up(ground: _Ground, activity: str) -> list[Terminal]:
    """Return the limits of an activity of which nothing is left."""
    found: list[Terminal] = []
    for terminal in ground.recipes.uses[activity]:
        row = ground.recipes.rows.get(terminal)
        if row is not None:
            left = models.left_side(row, ground.values) - row.rhs
            if left <= Fraction(SLACK) * abs(row.rhs):
                found.append(terminal)
    most = ground.economy.activities[activity].runs
    if most is not None and ground.values[ground.built.index["runs", (activity,)]] >= most * (1 - Fraction(SLACK)):
        found.append(("runs", activity))
    return found


def _binding(ground: _Ground, terminal: Terminal, share: float, chain: tuple[str, ...]) -> Binding:
    kind, key = terminal
    economy = ground.economy
    unit, name, file, owner_key = _named(economy, kind, key)
    body, act = owner_of(economy, file, *owner_key) if file else ("", "")
    price = Fraction(ground.prices.get(terminal, 0.0)).limit_denominator(10**9)
    steps = [step for step, before in zip(chain, ("", *chain), strict=False) if step != before]
    by_way = f", by way of {' < '.join(steps)}" if len(chain) > 2 else ""
    whose = f" It is a number of {body}." if body else ""
    if kind == "labour":
        said = f"One more unit takes more hours (of {key}) than it is worth{by_way}."
    elif share:
        said = f"{name} binds{by_way}: one more {unit} brings a worth of {float(price):.3g} hours at most.{whose}"
    else:
        said = f"{name} is used up as well and would have to give with it.{whose}"
    return Binding(kind, key, unit, chain, share, price, body, act, said)


def _named(economy: Economy, kind: str, key: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a limit's unit, its name in a sentence, the file it is declared in and its key there."""
    match kind:
        case "hours":
            trade, _, workplace = key.partition("|")
            where = f" at {workplace}" if workplace else " in the whole federation"
            return "hour", f"The working time of {trade}{where}", "hours", (trade, workplace)
        case "machine":
            return "hour", f"The machine time of {key}", "machines", (key,)
        case "runs":
            return "run", f"The largest number of runs of {key}", "activities", (key,)
        case "limit":
            return economy.limits[key].unit, f"The limit on {key}", "limits", (key,)
        case "cash":
            return "unit", "The cash for purchases", "trade_limit", ()
        case "product":
            return economy.products[key].unit, f"The stock of {key}, which no activity makes,", "products", (key,)
        case _:
            return "hour", f"The work of {key}", "", ()


def _figure(number: Fraction) -> str:
    text = decimal_text(number)
    return text if len(text) <= 12 else f"{float(number):.9g}"
