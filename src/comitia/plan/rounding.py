"""The published plan: a solver's floats brought to the declared decimals so that every row holds exactly.

The solver leaves a margin in every row as wide as rounding the runs can disturb it; then runs are rounded to the
nearest step, trade and overtime follow, and needs take exactly what is left over. ``certificate.check_feasible`` has
the last word.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor, log10

from comitia.plan import model as models
from comitia.plan.economy import Economy
from comitia.plan.model import ZERO, Model

# Empty decimals: 1e-9 of the largest figure.
FINE = 9
# Decimals of a proportion.
PROPORTION = 12
# Margins are floats: a little more room than they say.
ROOM = 1 + 1e-9
CRUMB = Fraction(1, 10**6)


def step(decimals: int | None, largest: float) -> Fraction:
    """Return the step of a figure: 10 ** -decimals, or 1e-9 of the largest figure, as a power of ten."""
    if decimals is not None:
        return Fraction(1, 10**decimals)
    return Fraction(1, 10 ** max(0, FINE - ceil(log10(max(largest, 1.0)))))


def steps(economy: Economy, built: Model, z: Mapping[int, float]) -> dict[int, Fraction]:
    """Return the step of every variable that runs or is traded."""
    largest = max((z[i] for i, v in enumerate(built.variables) if v.kind == "runs"), default=1.0)
    found: dict[int, Fraction] = {}
    for i, variable in enumerate(built.variables):
        match variable.kind:
            case "runs":
                found[i] = step(economy.activities[variable.key[0]].decimals, largest)
            case "bought" | "sold":
                found[i] = step(economy.products[variable.key[0]].decimals, z[i])
            case _:
                found[i] = ZERO
    return found


def margins(built: Model, grid: Mapping[int, Fraction], running: frozenset[int]) -> list[float]:
    """Return how far rounding can disturb each row: runs by half a step each, trade by a whole one."""
    width = {i: float(grid[i]) * (0.5 if built.variables[i].kind == "runs" else 1.0) for i in running}
    return [
        sum(abs(float(a)) * width[i] for i, a in row.coefficients.items() if i in running) * ROOM for row in built.rows
    ]


def exact(economy: Economy, built: Model, z: Mapping[int, float], grid: Mapping[int, Fraction]) -> list[Fraction]:
    """Return exact values of all variables near a solver's, rows kept wherever needs can give way."""
    found = [ZERO] * len(built.variables)
    for i, variable in enumerate(built.variables):
        if variable.kind in ("runs", "bought", "sold") and z[i] > 0:
            found[i] = _whole_steps(variable.kind, Fraction(z[i]) / grid[i]) * grid[i]
            if variable.upper is not None:
                found[i] = min(found[i], floor(variable.upper / grid[i]) * grid[i])
        elif variable.kind in ("carried", "closing"):
            # As the solver has it, until its row is looked at.
            found[i] = Fraction(max(z[i], 0.0))
    for row in built.rows:
        if row.kind == "product":
            _in_proportion(built, row, (found, z))
            _give_way(economy, built, row, (found, z))
            _carry(built, row, found)
        elif row.kind == "hours":
            _overtime(built, row, found)
    for row in built.rows:
        if row.kind == "product":
            _buy_no_more(built, row, found, grid)
    return found


def _in_proportion(built: Model, row: models.Row, plan: tuple[list[Fraction], Mapping[int, float]]) -> None:
    """Set the proportion in which the needs of this row are met to what every row with it can give."""
    found, z = plan
    for i in row.coefficients:
        if built.variables[i].kind == "proportion" and not found[i]:
            rows = [other for other in built.rows if i in other.coefficients]
            least = min((models.left_side(other, found) - other.rhs) / -other.coefficients[i] for other in rows)
            found[i] = Fraction(floor(min(least, Fraction(z[i])) * 10**PROPORTION), 10**PROPORTION)


def _carry(built: Model, row: models.Row, found: list[Fraction]) -> None:
    """Carry all that is left over into the next period."""
    for i, a in row.coefficients.items():
        if built.variables[i].kind == "carried" and a < 0:
            found[i] += max(models.left_side(row, found) - row.rhs, -found[i])


def _buy_no_more(built: Model, row: models.Row, found: list[Fraction], grid: Mapping[int, Fraction]) -> None:
    """Take back what is bought of a product and left over: cash has no cost of its own in any variant."""
    i = next((i for i in row.coefficients if built.variables[i].kind == "bought" and found[i]), None)
    if i is not None:
        left = models.left_side(row, found) - row.rhs
        found[i] -= max(min(floor(left / grid[i]) * grid[i], found[i]), ZERO)


def upwards(built: Model, z: Mapping[int, float], grid: Mapping[int, Fraction]) -> dict[int, float]:
    """Return a solver's values with every run raised to the next step, as DESIGN section 7 offers along the flows."""
    return {
        i: float(ceil(Fraction(value) / grid[i] - CRUMB) * grid[i]) if built.variables[i].kind == "runs" else value
        for i, value in z.items()
    }


def downwards(built: Model, z: Mapping[int, float], grid: Mapping[int, Fraction]) -> dict[int, float]:
    """Return a solver's values with every run cut down to the step below: no hours and no machine it takes run out."""
    return {
        i: float(floor(Fraction(value) / grid[i] + CRUMB) * grid[i]) if built.variables[i].kind == "runs" else value
        for i, value in z.items()
    }


def crumbs(built: Model, values: list[Fraction]) -> int:
    """Return how many needs are short by less than a millionth: shortages that only rounding made."""
    return sum(
        0 < value < CRUMB * (variable.upper or ZERO)
        for variable, value in zip(built.variables, values, strict=True)
        if variable.kind in ("unmet", "closing")
    )


def _whole_steps(kind: str, near: Fraction) -> int:
    """Return runs to the nearest step, purchases up, sales down; a solver's last digit is no step."""
    if kind == "runs" or abs(near - round(near)) < CRUMB:
        return round(near)
    return ceil(near) if kind == "bought" else floor(near)


def _overtime(built: Model, row: models.Row, found: list[Fraction]) -> None:
    for i in row.coefficients:
        if built.variables[i].kind == "overtime":
            upper = built.variables[i].upper or ZERO
            found[i] = ZERO
            found[i] = min(max(row.rhs - models.left_side(row, found), ZERO), upper)


def _give_way(
    economy: Economy, built: Model, row: models.Row, plan: tuple[list[Fraction], Mapping[int, float]]
) -> None:
    """Let the needs of a product take what is missing, no more: wished first, essential, then the closing stock."""
    found, z = plan
    givers = [i for i, a in row.coefficients.items() if a > 0 and built.variables[i].kind in ("unmet", "closing")]
    fine = step(economy.products[row.key].decimals, 1.0)
    for i in givers:
        upper = built.variables[i].upper or ZERO
        found[i] = min(floor(Fraction(max(z[i], 0.0)) / fine) * fine, upper)
        if found[i] < CRUMB * upper:
            # What a solver's last digits leave short is not short.
            found[i] = ZERO
    missing = row.rhs - models.left_side(row, found)

    def rank(i: int) -> tuple[bool, int, float]:
        # A crumb goes to a need that is short anyway: it makes no new shortage.
        variable, crumb = built.variables[i], found[i] > 0 and abs(missing) < CRUMB * (built.variables[i].upper or ZERO)
        if variable.kind == "closing":
            return (crumb, 0, 0.0)
        council, product, tier = variable.key
        return (crumb, int(tier), -float(economy.needs[council, product, int(tier)].worth))

    for i in sorted(givers, key=rank, reverse=missing > 0):
        upper = built.variables[i].upper or ZERO
        moved = max(min(missing, upper - found[i]), -found[i])
        found[i] += moved
        missing -= moved
