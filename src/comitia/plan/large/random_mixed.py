"""Random economies with all that the model has: joint products, capacities by workplace, trade outside under cash.

Made from ``random_economy``: one activity in ten makes a second product besides, five activities share the capacity of
a workplace, one product in ten is bought and one sold, at a third more and a fifth less than its value.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from comitia.plan.large.programme import Programme, Vector
from comitia.plan.large.random_economy import TECHNIQUES, WORTH, random_economy

Indices = NDArray[np.int64]
Entries = tuple[Indices, Indices, Vector]
JOINT, JOINT_SHARE = 0.1, 0.2
PER_WORKPLACE = 5
TRADED, DEARER, CHEAPER = 0.1, 1.3, 0.8
CASH_PER_PRODUCT = 0.01


def mixed_economy(products: int, seed: int) -> Programme:
    """Return the programme of the variant ``lightest`` for a random economy with joint products and outside trade.

    Rows are the products, the trades, the workplaces, and the cash; columns the activities, the needs unmet, what is
    bought (without limit) and what is sold (without limit).

    Args:
        products: how many, 20 or more.
        seed: of the draw.
    """
    plain = random_economy(products, seed)
    rng = np.random.default_rng([seed, 1])
    activities = products * TECHNIQUES
    value = plain.cost[activities:] / WORTH
    worth = _worth(plain, value)
    rows, columns = plain.matrix.shape
    second = np.flatnonzero(rng.random(activities) < JOINT)
    beside = rng.integers(0, products, len(second))
    workplace = rng.permutation(activities) // PER_WORKPLACE
    room = np.bincount(workplace, worth * plain.upper[:activities]) * rng.uniform(0.5, 0.9, workplace.max() + 1)
    cash = rows + len(room)
    bought, sold = (np.flatnonzero(rng.random(products) < TRADED) for _ in range(2))
    outside = columns + np.arange(len(bought) + len(sold))
    own = plain.matrix.tocoo()
    entries: list[Entries] = [
        (own.coords[0].astype(np.int64), own.coords[1].astype(np.int64), own.data),
        (beside, second, JOINT_SHARE * worth[second] / value[beside]),
        (rows + workplace, np.arange(activities), -worth),
        (bought, outside[: len(bought)], np.ones(len(bought))),
        (np.full(len(bought), cash), outside[: len(bought)], -DEARER * value[bought]),
        (sold, outside[len(bought) :], -np.ones(len(sold))),
        (np.full(len(sold), cash), outside[len(bought) :], CHEAPER * value[sold]),
    ]
    at, of, figures = (np.concatenate([entry[k] for entry in entries]) for k in range(3))
    return Programme(
        cost=np.concatenate([plain.cost, np.zeros(len(outside))]),
        matrix=csr_array(coo_array((figures, (at, of)), shape=(cash + 1, columns + len(outside)))),
        right=np.concatenate([plain.right, -room, [-CASH_PER_PRODUCT * products]]),
        upper=np.concatenate([plain.upper, np.full(len(outside), np.inf)]),
        products=products,
    )


def _worth(of: Programme, value: Vector) -> Vector:
    """Return the value of what each activity makes per run."""
    activities = len(value) * TECHNIQUES
    made = of.matrix[: len(value), :activities].maximum(0.0)
    return np.asarray(made.T @ value, dtype=np.float64)
