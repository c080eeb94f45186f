"""A real input-output table times regions, as a programme: for measuring and testing, never for planning.

Every industry of the table stands in every region with two techniques, the table's own and one that saves labour; what
it makes beside its product and how large regions are is drawn from a seed. Regions send products to a common pool, at
the cost of labour, and take them from it (H. B. Chenery, 1953; L. N. Moses, 1955); the pool buys and sells outside
under cash; unmet needs cost five times their labour value.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from comitia.plan import labour
from comitia.plan.large.programme import Programme, Vector

Places = NDArray[np.int64]
Entries = tuple[Places, Places, Vector]
TRADES = 8
# The second technique: less labour, more of everything else, each input drawn around that.
SAVES, USES_MORE, SPREAD = 0.7, 1.15, 0.15
JOINT, JOINT_SHARE = 0.2, 0.1
REGION_SIZES, MEAN_CAPACITY, CAPACITIES = 0.5, 1.15, 0.3
SPARE_HOURS, WORTH, MOVING = 1.05, 5.0, 0.03
DEARER, CHEAPER, CASH = 1.3, 0.8, 0.01


@dataclass(frozen=True)
class Table:
    """Input coefficients, (n, n), labour per unit, (n,), gross output, (n,), all above 0 where there is output."""

    A: NDArray[np.float64]
    labour: Vector
    output: Vector


@dataclass(frozen=True)
class _Parts:
    """Columns as they are added: entries by row and column, costs, limits; rows are products, hours, cash."""

    entries: list[Entries]
    cost: list[Vector]
    upper: list[Vector]

    @property
    def width(self) -> int:
        return sum(len(part) for part in self.cost)

    def add(self, columns: tuple[Vector, Vector], entries: list[Entries]) -> None:
        """Add columns of these costs and limits; entries name them from 0."""
        first = self.width
        self.entries.extend((row, first + column, figure) for row, column, figure in entries)
        self.cost.append(columns[0])
        self.upper.append(columns[1])


def regional_economy(table: Table, regions: int, seed: int) -> Programme:
    """Return the programme of the variant ``lightest`` for a table times regions.

    Rows are products (all of the first region, then of the next, then the pool), hours by region and trade, cash;
    columns activities (the first technique of each, then the second), sent, taken, needs unmet, bought and sold.

    Args:
        table: the table, productive.
        regions: how many.
        seed: of the draw.

    Raises:
        NotProductive: the table uses up as much as it makes.
    """
    rng = np.random.default_rng(seed)
    n = len(table.output)
    value = labour.labour_values(table.A, table.labour)
    size = rng.lognormal(0.0, REGION_SIZES, regions)
    people = size / size.sum()
    made = rng.lognormal(0.0, REGION_SIZES, (regions, n)) * people[:, np.newaxis]
    made *= table.output / made.sum(axis=0)
    final = np.maximum(table.output - table.A @ table.output, 0.0)
    needs = (people[:, np.newaxis] * final * rng.lognormal(0.0, 0.2, (regions, n))).ravel()
    products = regions * n
    parts = _Parts([], [], [])
    worked = _activities(parts, table, (made, value), rng)
    worked = worked + _moves(parts, (regions, n), (made, value), products + n)
    prices = np.tile(value, regions)
    at = np.arange(products)
    parts.add((WORTH * prices, needs), [(at, at, np.ones(products))])
    cash, pool, endless = products + n + regions * TRADES, np.arange(n), np.full(n, np.inf)
    for sign, price in ((1.0, DEARER * value), (-1.0, CHEAPER * value)):
        paid = (np.full(n, cash), pool, -sign * price)
        parts.add((np.zeros(n), endless), [(products + pool, pool, np.full(n, sign)), paid])
    row, column, figure = (np.concatenate([entry[k] for entry in parts.entries]) for k in range(3))
    matrix = csr_array(coo_array((figure, (row.astype(np.int32), column.astype(np.int32))), (cash + 1, parts.width)))
    right = np.concatenate([needs, np.zeros(n), -SPARE_HOURS * worked, [-CASH * float(needs @ prices)]])
    return Programme(np.concatenate(parts.cost), matrix, right, np.concatenate(parts.upper), products + n)


def _activities(
    parts: _Parts, table: Table, plan: tuple[NDArray[np.float64], Vector], rng: np.random.Generator
) -> Vector:
    """Add the industries of every region, and return the hours worked if each makes its own by the first technique."""
    made, value = plan
    regions, n = made.shape
    used, maker = np.nonzero(table.A)
    figure = table.A[used, maker]
    region = np.repeat(np.arange(regions), len(used))
    used, maker, figure = np.tile(used, regions), np.tile(maker, regions), np.tile(figure, regions)
    own = np.arange(regions * n)
    trade = np.asarray(rng.integers(0, TRADES, size=(n,)))
    hours = np.tile(table.labour, regions)
    place = (own // n) * TRADES + trade[own % n]
    row = (regions + 1) * n + place
    nearest: Places = np.argmax(table.A * value[:, np.newaxis] * (1 - np.eye(n)), axis=0)
    beside = np.flatnonzero(rng.random(regions * n) < JOINT)
    other = nearest[beside % n]
    joint = (beside - beside % n + other, beside, JOINT_SHARE * value[beside % n] / value[other])
    for saved, more in ((1.0, 1.0), (SAVES, USES_MORE)):
        spread = rng.lognormal(0.0, SPREAD, len(figure)) if more > 1 else 1.0
        spent = hours * saved
        capacity = made.ravel() * MEAN_CAPACITY * rng.lognormal(0.0, CAPACITIES, regions * n) * (0.7 if more > 1 else 1)
        parts.add(
            (spent, capacity),
            [
                (own, own, np.ones(regions * n)),
                (region * n + used, region * n + maker, -figure * more * spread),
                (row, own, -spent),
                joint,
            ],
        )
    worked = np.bincount(place, hours * made.ravel(), regions * TRADES)
    return worked.astype(np.float64)


def _moves(parts: _Parts, shape: tuple[int, int], plan: tuple[NDArray[np.float64], Vector], hours_from: int) -> Vector:
    """Add what sends each product from a region to the pool and takes it from there; return the hours for moving."""
    regions, n = shape
    made, value = plan
    at = np.arange(regions * n)
    spent = MOVING * value[at % n]
    pool = hours_from - n + at % n
    # The first trade of each region moves what leaves it.
    hours = (hours_from + (at // n) * TRADES, at, -spent)
    parts.add((spent, made.ravel()), [(pool, at, np.ones(len(at))), (at, at, -np.ones(len(at))), hours])
    parts.add(
        (np.zeros(len(at)), np.tile(made.sum(axis=0), regions)),
        [(at, at, np.ones(len(at))), (pool, at, -np.ones(len(at)))],
    )
    worked = np.zeros(regions * TRADES)
    worked[::TRADES] = np.bincount(at // n, spent * made.ravel() / 2, regions)
    return worked
