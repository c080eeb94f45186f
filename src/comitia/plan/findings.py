"""What is odd in an economy that makes sense row by row: named with file and key, what was expected, what to change.

Nothing here is refused: what cannot be met shows as unmet. But a body should hear of it before a plan tells it.
"""

from dataclasses import dataclass
from fractions import Fraction

from comitia.plan import labour, periods
from comitia.plan.economy import Economy, owner_of
from comitia.plan.rows import decimal_text

# Solvers drop coefficients below the first of these and take nothing above the second.
SMALLEST, LARGEST = Fraction(1, 10**9), Fraction(10**15)
# So many digits a float has: figures of one recipe that lie further apart do not see each other.
APART = Fraction(10**12)
# Beyond so many flows the search for an unproductive cycle takes too long to be made unasked; ``labour`` names it.
MOST_FLOWS = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd: file and key of the row, what is so, what was expected and what to change; whose number it is.

    ``is_absurd``: figures that no float arithmetic can hold, so that no plan can be computed with them.
    """

    file: str
    key: tuple[str, ...]
    reason: str
    body: str = ""
    is_absurd: bool = False

    @property
    def sentence(self) -> str:
        """The finding without its line."""
        whose = f" It is a number of {self.body}." if self.body else ""
        where = f"{self.file}, {'|'.join(self.key)}" if self.key else self.file
        return f"{where}: {self.reason}.{whose}"


def find(economy: Economy) -> tuple[Finding, ...]:
    """Return everything odd: absurd figures, products that nobody can have, recipes that use up what they make."""
    return (*_scales(economy), *_out_of_reach(economy), *_unproductive(economy))


def _scales(economy: Economy) -> list[Finding]:
    found: list[Finding] = []
    amounts = (
        ("flows", economy.flows),
        ("labour", economy.labour),
        ("machine_use", economy.machine_use),
        ("limit_use", economy.limit_use),
    )
    for file, figures in amounts:
        for key, figure in figures.items():
            if abs(figure) > LARGEST or 0 < abs(figure) < SMALLEST:
                found.append(_absurd(economy, file, key, figure))
    for file, place, figure in _whole_figures(economy):
        if figure > LARGEST:
            found.append(_absurd(economy, file, place, figure))
    absurd = {(f.file, f.key) for f in found}
    ends: dict[str, list[tuple[Fraction, tuple[str, str]]]] = {}
    for flow, q in economy.flows.items():
        if q and ("flows", flow) not in absurd:
            ends.setdefault(flow[0], []).append((abs(q), flow))
    for of in ends.values():
        (least, small), (most, _) = min(of), max(of)
        if most / least > APART:
            both = f"{decimal_text(least)} stands beside {decimal_text(most)} in one recipe"
            reason = f"{both}: count the products in units that are less far apart"
            found.append(Finding("flows", small, reason, owner_of(economy, "flows", *small)[0]))
    return found


def _whole_figures(economy: Economy) -> list[tuple[str, tuple[str, ...], Fraction]]:
    found: list[tuple[str, tuple[str, ...], Fraction]] = []
    for p in economy.products.values():
        prices = [price for price in (p.buy_price, p.sell_price) if price is not None]
        found.append(("products", (p.id,), max([p.stock, p.closing_stock, p.worth, *prices])))
    found += [("activities", (a.id,), a.runs) for a in economy.activities.values() if a.runs is not None]
    found += [("hours", (h.trade, h.workplace), max(h.hours, h.overtime)) for h in economy.hours.values()]
    found += [("machines", (m.id,), m.hours) for m in economy.machines.values()]
    found += [("limits", (g.id,), g.quantity) for g in economy.limits.values()]
    found += [("needs", (n.council, n.product, str(n.tier)), max(n.quantity, n.worth)) for n in economy.needs.values()]
    return found


def _absurd(economy: Economy, file: str, key: tuple[str, ...], figure: Fraction) -> Finding:
    end = "larger than the 1e15" if abs(figure) > 1 else "smaller than the 1e-9"
    said = f"{float(figure):.3g} is {end} that a plan can be computed with"
    reason = f"{said}: correct it, or count in another unit"
    return Finding(file, key, reason, owner_of(economy, file, *key)[0], is_absurd=True)


def _out_of_reach(economy: Economy) -> list[Finding]:
    # What is there in one period can be carried into the next.
    made = {_name(economy, p) for (_, p), q in economy.flows.items() if q > 0}
    made |= {_name(economy, p.id) for p in economy.products.values() if p.stock or p.buy_price is not None}
    recipes: dict[str, int] = {}
    needs: dict[str, int] = {}
    for (_, p), q in economy.flows.items():
        recipes[p] = recipes.get(p, 0) + (q < 0)
    for n in economy.needs.values():
        needs[n.product] = needs.get(n.product, 0) + 1
    found = []
    for product in economy.products.values():
        asked = [f"recipes that use it up: {recipes[product.id]}"] if recipes.get(product.id) else []
        asked += [f"needs for it: {needs[product.id]}"] if needs.get(product.id) else []
        if _name(economy, product.id) not in made and asked:
            reason = f"nobody makes it, nobody sells it and none is there ({', '.join(asked)})"
            change = "add a recipe that makes it, a buy_price (and cash), or a stock"
            body, _ = owner_of(economy, "products", product.id)
            found.append(Finding("products", (product.id,), f"{reason}: {change}", body))
    return found


def _name(economy: Economy, product: str) -> str:
    return periods.without_mark(product)[0] if economy.periods else product


def _unproductive(economy: Economy) -> list[Finding]:
    # Over several periods what is used up may come from an earlier one.
    if len(economy.flows) > MOST_FLOWS or economy.periods:
        return []
    try:
        labour.of_economy(economy)
    except labour.NotProductive as fault:
        return [Finding("flows", (), str(fault))]
    return []
