"""Random capacitated economies of any size, from a seed: for measuring and testing, never for planning.

Each product has three techniques of about ten inputs, drawn with heavy-tailed popularity; units and runs have
log-normal sizes, every technique a log-normal capacity; twenty trades have 2 per cent more hours than a reference plan
works; a unit unmet costs five times its labour value. One product in ten or so is short of capacity.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from comitia.plan.large.programme import Programme, Vector

Indices = NDArray[np.int64]
TECHNIQUES = 3
INPUTS = 10
TRADES = 20
SPARE_HOURS = 1.02
WORTH = 5.0
# Sizes of units and runs, spread of techniques and of capacities: standard deviations of logarithms.
SIZES = 2.0
EFFICIENCY = 0.15
CAPACITIES = 0.5
MEAN_CAPACITY = 1.25
SWEEPS = 200


@dataclass(frozen=True)
class _Network:
    """Uses of inputs and hours per unit of output, all in value units; ``share`` of each technique in the output."""

    inputs: csr_array
    hours: csr_array
    made: Indices
    share: Vector


def random_economy(products: int, seed: int) -> Programme:
    """Return the programme of the variant ``lightest`` for a random economy.

    Columns are the activities (technique by technique of each product), then what is unmet of each need; rows are the
    products, then the trades.

    Args:
        products: how many, 20 or more.
        seed: of the draw; the same seed gives the same economy.
    """
    rng = np.random.default_rng(seed)
    network = _network(products, rng)
    needs = rng.lognormal(0.0, 1.0, products)
    output = _reference(network, needs)
    runs = network.share * output[network.made]
    value = _values(network)
    return _programme(network, (needs, runs, value), rng)


def _network(products: int, rng: np.random.Generator) -> _Network:
    activities = products * TECHNIQUES
    made = np.repeat(np.arange(products), TECHNIQUES)
    popularity = rng.pareto(1.2, products) + 1.0
    counts = 1 + rng.poisson(INPUTS - 1, activities)
    column = np.repeat(np.arange(activities), counts)
    row = rng.choice(products, size=len(column), p=popularity / popularity.sum())
    keep = row != made[column]
    column, row = column[keep], row[keep]
    weight = rng.exponential(1.0, len(column))
    labour = rng.uniform(0.3, 0.7, products)[made]
    spread = rng.lognormal(0.0, EFFICIENCY, activities)
    sums = np.bincount(column, weight, activities)
    weight *= ((1 - labour) * spread / np.maximum(sums, 1e-9))[column]
    inputs = csr_array(coo_array((weight, (row, column)), shape=(products, activities)))
    second = np.flatnonzero(rng.random(activities) < 0.2)
    worker = np.concatenate([np.arange(activities), second])
    trade = rng.integers(0, TRADES, len(worker))
    part = np.ones(len(worker))
    part[second] = part[activities:] = 0.5
    time = (labour * rng.lognormal(0.0, EFFICIENCY, activities))[worker] * part
    hours = csr_array(coo_array((time, (trade, worker)), shape=(TRADES, activities)))
    share = rng.dirichlet(np.ones(TECHNIQUES), products).ravel()
    return _Network(inputs, hours, made, share)


def _reference(network: _Network, needs: Vector) -> Vector:
    """Return the outputs that meet the needs when every product is made by its techniques in their shares."""
    output = needs.copy()
    for _ in range(SWEEPS):
        output = needs + network.inputs @ (network.share * output[network.made])
    return output


def _values(network: _Network) -> Vector:
    labour = np.asarray(network.hours.sum(axis=0)).ravel()
    value: Vector = np.ones(network.inputs.shape[0])
    for _ in range(SWEEPS):
        spent = labour + network.inputs.T @ value
        value = np.bincount(network.made, network.share * spent, len(value)).astype(np.float64)
    return value


def _programme(network: _Network, plan: tuple[Vector, Vector, Vector], rng: np.random.Generator) -> Programme:
    needs, runs, value = plan
    products, activities = network.inputs.shape
    unit = rng.lognormal(0.0, SIZES, products)
    run = rng.lognormal(0.0, SIZES, activities)
    capacity = runs * rng.lognormal(np.log(MEAN_CAPACITY), CAPACITIES, activities)
    outputs = coo_array((np.ones(activities), (network.made, np.arange(activities))), shape=(products, activities))
    flows = coo_array((csr_array(outputs) - network.inputs) * run[np.newaxis, :] * unit[:, np.newaxis])
    work = coo_array(network.hours * run[np.newaxis, :])
    at = np.arange(products)
    matrix = coo_array(
        (
            np.concatenate([flows.data, -work.data, np.ones(products)]),
            (
                np.concatenate([flows.row, products + work.row, at]),
                np.concatenate([flows.col, work.col, activities + at]),
            ),
        ),
        shape=(products + TRADES, activities + products),
    )
    labour = np.asarray(work.sum(axis=0)).ravel()
    return Programme(
        cost=np.concatenate([labour, WORTH * value / unit]),
        matrix=csr_array(matrix),
        right=np.concatenate([needs * unit, -SPARE_HOURS * (network.hours @ runs)]),
        upper=np.concatenate([capacity / run, needs * unit]),
        products=products,
    )
