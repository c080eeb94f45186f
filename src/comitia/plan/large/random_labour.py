"""Random economies in which labour is the only scarce factor, from a seed: for measuring, never for planning.

As ``random_economy``, but two techniques a product, each of about seven inputs, no limit on any run, and in every trade
as many hours as all trades together work in a reference plan.
"""

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array

from comitia.plan.large.programme import Programme, Vector

TECHNIQUES = 2
INPUTS = 7
TRADES = 20
WORTH = 5.0
# Sizes of units and runs, and spread of techniques: standard deviations of logarithms.
SIZES = 2.0
EFFICIENCY = 0.15
SWEEPS = 40


def labour_economy(products: int, seed: int) -> Programme:
    """Return the programme of the variant ``lightest`` for a random economy without capacities.

    Columns are the activities (technique by technique of each product), then what is unmet of each need; rows are the
    products, then the trades.

    Args:
        products: how many, 20 or more.
        seed: of the draw; the same seed gives the same economy.
    """
    rng = np.random.default_rng(seed)
    activities = products * TECHNIQUES
    made = np.repeat(np.arange(products), TECHNIQUES)
    labour = rng.uniform(0.3, 0.7, products)[made]
    inputs = _inputs(rng, made, 1 - labour)
    hours = labour * rng.lognormal(0.0, EFFICIENCY, activities)
    needs = rng.lognormal(0.0, 1.0, products)
    output, value = needs, np.ones(products)
    for _ in range(SWEEPS):
        output = needs + inputs @ (output[made] / TECHNIQUES)
        value = np.asarray((hours + inputs.T @ value).reshape(-1, TECHNIQUES).mean(axis=1))
    return _programme(inputs, (hours, needs, output, value), rng)


def _inputs(rng: np.random.Generator, made: np.ndarray, share: Vector) -> csc_array:
    """Return inputs per unit of output in value units, one column for each activity, no product its own input."""
    products, activities = len(made) // TECHNIQUES, len(made)
    popularity = rng.pareto(1.2, products) + 1.0
    counts = 1 + rng.poisson(INPUTS - 1, activities)
    column = np.repeat(np.arange(activities), counts)
    row = rng.choice(products, size=len(column), p=popularity / popularity.sum())
    keep = row != made[column]
    column, row = column[keep], row[keep]
    weight = rng.exponential(1.0, len(column))
    sums = np.bincount(column, weight, activities)
    weight *= (share * rng.lognormal(0.0, EFFICIENCY, activities) / np.maximum(sums, 1e-9))[column]
    return csc_array(coo_array((weight, (row, column)), shape=(products, activities)))


def _programme(inputs: csc_array, plan: tuple[Vector, Vector, Vector, Vector], rng: np.random.Generator) -> Programme:
    hours, needs, output, value = plan
    products, activities = inputs.shape
    made, at = np.repeat(np.arange(products), TECHNIQUES), np.arange(products)
    unit, run = rng.lognormal(0.0, SIZES, products), rng.lognormal(0.0, SIZES, activities)
    trade = rng.integers(0, TRADES, activities)
    used = inputs.tocoo()
    row, column = used.coords
    matrix = coo_array(
        (
            np.concatenate([run * unit[made], -used.data * run[column] * unit[row], -hours * run, np.ones(products)]),
            (
                np.concatenate([made, row, products + trade, at]),
                np.concatenate([np.arange(activities), column, np.arange(activities), activities + at]),
            ),
        ),
        shape=(products + TRADES, activities + products),
    )
    coords = tuple(axis.astype(np.int32) for axis in matrix.coords)
    matrix = coo_array((matrix.data, coords), shape=matrix.shape)
    worked = float(hours @ output[made]) / TECHNIQUES
    return Programme(
        cost=np.concatenate([hours * run, WORTH * value / unit]),
        matrix=csr_array(matrix),
        right=np.concatenate([needs * unit, np.full(TRADES, -worked)]),
        upper=np.concatenate([np.full(activities, np.inf), needs * unit]),
        products=products,
    )
