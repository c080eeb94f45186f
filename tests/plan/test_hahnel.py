"""Hahnel's procedure (ACCEPTANCE A2): the published round counts, prices, supply and demand; and a small economy."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from comitia.plan import hahnel
from comitia.plan.hahnel import Councils, NoAnswer
from comitia.plan.tables import pequod

DATA = Path(__file__).parents[3] / "shared" / "data" / "plan" / "pequod"
# Rounds until every imbalance is below 10, 5 and 3 per cent (ACCEPTANCE A2).
PUBLISHED = [(7, 11, 19), (8, 12, 19), (8, 10, 18), (8, 12, 20), (6, 10, 18)]
# Kinds as the published tables name them, in our order.
NAMES = ("private-goods", "intermediate-goods", "public-goods", "nature", "labor")


def published(number: int) -> list[dict[str, str]]:
    """Return the rounds of the first year of an experiment."""
    with gzip.open(DATA / f"dep1ex0{number}_published_rounds.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return rows[: next(at for at, row in enumerate(rows) if row[":iteration"] == "exponent-sum")]


def column(row: dict[str, str], kind: str) -> list[float]:
    """Return what a published row says of every good, kind ``supply`` or ``demand``; of ``prices`` the names differ."""
    if kind == "prices":
        named = [f":{name.removesuffix('s') if name.endswith('goods') else name}-prices" for name in NAMES]
    else:
        named = [f":{kind}-{name}" for name in NAMES]
    return [float(row[f"{name}-{n}"]) for name in named for n in range(1, 11)]


@pytest.mark.parametrize("number", range(1, 6))
def test_the_published_rounds_come_out(number: int) -> None:
    if not DATA.exists():
        pytest.skip("the experiments are not here")
    course = list(hahnel.rounds(pequod.read(DATA / f"dep1ex0{number}.clj.gz")))

    assert tuple(hahnel.first_below(course, limit) for limit in (0.1, 0.05, 0.03)) == PUBLISHED[number - 1]
    for one, row in zip(course, published(number), strict=True):
        np.testing.assert_allclose(one.following, column(row, "prices"), rtol=1e-9)
        np.testing.assert_allclose(one.supply, column(row, "supply"), rtol=1e-9)
        np.testing.assert_allclose(one.demand, column(row, "demand"), rtol=1e-9)


def bakery(effort: float = 0.5) -> Councils:
    """Return one worker council that makes bread from labour, and one consumer council that eats it."""
    return Councils(
        goods=("bread", "labour"),
        endowment=np.array([0.0, 10.0]),
        product=np.array([0]),
        scale=np.array([2.0]),
        effort=np.array([effort]),
        disutility=np.array([[1.0], [2.0]]),
        inputs=csr_array(np.array([[0.0, 0.5]])),
        income=np.array([30.0]),
        tastes=np.array([[1.0, 0.0]]),
    )


def test_a_worker_council_chooses_what_is_best_for_it() -> None:
    prices = np.array([3.0, 1.5])
    supply, demand = hahnel.answers(bakery(), prices)

    made, labour = float(supply[0]), float(demand[1])
    assert demand[0] == pytest.approx(10.0)
    # p Q b / w of labour, and the effort with which so much labour makes so much bread.
    assert labour == pytest.approx(0.5 * 3 * made / 1.5)

    def gain(hours: float, toil: float) -> float:
        return float(3 * 2 * toil**0.5 * hours**0.5 - 1.5 * hours - toil**2)

    toil = (made / (2 * labour**0.5)) ** 2
    best = gain(labour, toil)
    around = [gain(labour * x, toil * y) for x in (0.9, 1.0, 1.1) for y in (0.9, 1.0, 1.1)]
    assert max(around) == pytest.approx(best)


def test_prices_move_until_what_is_made_is_what_is_asked_for() -> None:
    course = list(hahnel.rounds(bakery(), price=5.0, tolerance=0.01, most=500))

    assert float(course[-1].imbalance.max()) <= 0.01
    assert [one.number for one in course] == list(range(1, len(course) + 1))
    assert hahnel.first_below(course, 1e-9) is None


def test_a_council_that_would_promise_without_end_is_named() -> None:
    with pytest.raises(NoAnswer) as found:
        bakery(effort=1.0)

    assert (found.value.council, found.value.returns) == (1, 1.0)
