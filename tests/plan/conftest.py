"""Two small economies, a village that lacks baking hours and Leontief's wheat and cloth; and random ones."""

from collections.abc import Callable
from random import Random

import pytest

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def village() -> Rows:
    """A farm, a mill and a bakery; the bakers' hours do not suffice, salt is bought."""
    return {
        "products": [
            {"product": "wheat", "unit": "kg", "decimals": "1", "stock": "100", "closing_stock": "80", "worth": "0.05"},
            {"product": "flour", "unit": "kg", "decimals": "1"},
            {"product": "bread", "unit": "kg", "decimals": "1"},
            {"product": "salt", "unit": "kg", "decimals": "2", "buy_price": "0.5"},
        ],
        "activities": [
            {"activity": "grow", "workplace": "farm", "runs": "20", "decimals": "2"},
            {"activity": "grind", "workplace": "mill", "runs": "", "decimals": "2"},
            {"activity": "bake", "workplace": "bakery", "runs": "", "decimals": "2"},
        ],
        "flows": [
            {"activity": "grow", "product": "wheat", "quantity": "100", "unit": "kg"},
            {"activity": "grind", "product": "wheat", "quantity": "-10", "unit": "kg"},
            {"activity": "grind", "product": "flour", "quantity": "9", "unit": "kg"},
            {"activity": "bake", "product": "flour", "quantity": "-7", "unit": "kg"},
            {"activity": "bake", "product": "salt", "quantity": "-0.2", "unit": "kg"},
            {"activity": "bake", "product": "bread", "quantity": "10", "unit": "kg"},
        ],
        "labour": [
            {"activity": "grow", "trade": "growers", "hours": "4"},
            {"activity": "grind", "trade": "growers", "hours": "0.5"},
            {"activity": "bake", "trade": "bakers", "hours": "2"},
        ],
        "hours": [
            {"trade": "growers", "workplace": "", "hours": "200", "overtime": "0"},
            {"trade": "bakers", "workplace": "bakery", "hours": "100", "overtime": "10"},
        ],
        "machines": [{"machine": "oven", "workplace": "bakery", "hours": "90"}],
        "machine_use": [{"activity": "bake", "machine": "oven", "hours": "1"}],
        "needs": [
            {"council": "hilltown", "product": "bread", "tier": "1", "quantity": "400", "worth": "2"},
            {"council": "riverbend", "product": "bread", "tier": "2", "quantity": "300", "worth": "1"},
        ],
        "limits": [{"limit": "arable", "unit": "ha", "quantity": "15"}],
        "limit_use": [{"activity": "grow", "limit": "arable", "quantity": "1"}],
        "trade_limit": [{"cash": "20"}],
        "owners": [
            {"file": "hours", "key": "bakers|bakery", "body": "union/bakers", "act": "17"},
            {"file": "needs", "key": "hilltown|bread|1", "body": "council/hilltown", "act": "18"},
        ],
    }


@pytest.fixture
def wheat_and_cloth() -> Rows:
    """Leontief's economy: labour values 2 and 5, outputs 100 and 50, labour 260."""
    return {
        "products": [{"product": "wheat", "unit": "kg"}, {"product": "cloth", "unit": "m"}],
        "activities": [{"activity": "farm", "workplace": "farm"}, {"activity": "weave", "workplace": "weavers"}],
        "flows": [
            {"activity": "farm", "product": "wheat", "quantity": "0.75"},
            {"activity": "farm", "product": "cloth", "quantity": "-0.14"},
            {"activity": "weave", "product": "wheat", "quantity": "-0.4"},
            {"activity": "weave", "product": "cloth", "quantity": "0.88"},
        ],
        "labour": [
            {"activity": "farm", "trade": "people", "hours": "0.8"},
            {"activity": "weave", "trade": "people", "hours": "3.6"},
        ],
        "hours": [{"trade": "people", "workplace": "", "hours": "300"}],
        "needs": [
            {"council": "all", "product": "wheat", "tier": "1", "quantity": "55", "worth": "10"},
            {"council": "all", "product": "cloth", "tier": "1", "quantity": "30", "worth": "10"},
        ],
    }


@pytest.fixture(scope="session")
def drawn() -> Callable[[int], Rows]:
    """What draws a random economy from a seed."""
    return draw


@pytest.fixture(scope="session")
def workplaces() -> Callable[[int], Rows]:
    """What draws an economy of several workplaces from a seed."""
    return lambda seed: several_workplaces(Random(seed))


def several_workplaces(random: Random) -> Rows:
    """Return several workplaces with two techniques each, their own hours and machines, and needs of two councils."""
    products = [f"p{i}" for i in range(random.randint(2, 4))]
    rows: Rows = {name: [] for name in ("activities", "flows", "labour", "machine_use", "machines", "hours", "needs")}
    rows["products"] = [
        {"product": p, "unit": "kg", "stock": str(random.randint(0, 9)), "buy_price": random.choice(["", "2"])}
        for p in products
    ]
    rows["trade_limit"] = [{"cash": str(random.randint(0, 20))}]
    for n, made in enumerate(products):
        place = f"w{n}"
        rows["hours"].append({"trade": "t", "workplace": place, "hours": str(random.randint(5, 60)), "overtime": "5"})
        rows["machines"].append({"machine": f"m{n}", "workplace": place, "hours": str(random.randint(5, 40))})
        for way in range(2):
            a = f"a{n}{way}"
            rows["activities"].append({"activity": a, "workplace": place})
            rows["flows"].append({"activity": a, "product": made, "quantity": str(random.randint(1, 4))})
            used = random.choice([p for p in products if p != made])
            rows["flows"].append({"activity": a, "product": used, "quantity": f"-{random.uniform(0, 1):.1f}"})
            rows["labour"].append({"activity": a, "trade": "t", "hours": str(random.randint(1, 3))})
            rows["machine_use"].append({"activity": a, "machine": f"m{n}", "hours": str(random.randint(0, 2))})
    rows["hours"].append({"trade": "t", "workplace": "", "hours": str(random.randint(20, 120)), "overtime": "0"})
    for council in ("hill", "town"):
        for p in products:
            need = {"council": council, "product": p, "tier": str(random.randint(1, 3))}
            rows["needs"].append({**need, "quantity": str(random.randint(1, 40)), "worth": str(random.randint(1, 9))})
    return rows


def draw(seed: int) -> Rows:
    """Return the rows of a random economy; the seed decides its shape as well as its figures."""
    rng = Random(seed)
    n = rng.randint(1, 12)
    spread = rng.choice([0.0, 1.0, 4.0])
    products = [f"p{i}" for i in range(n)]
    trades = [f"t{i}" for i in range(rng.randint(1, 3))]
    workplaces = [f"w{i}" for i in range(rng.randint(1, 4))]
    unit = {p: 10 ** rng.uniform(-spread, spread) for p in products}
    rows: Rows = {
        "products": [_product(rng, p, unit[p]) for p in products],
        "activities": [],
        "flows": [],
        "labour": [],
        "hours": [{"trade": t, "workplace": "", "hours": _text(rng.choice([0, 5, 20, 100]))} for t in trades],
        "needs": [],
    }
    if rng.random() < 0.5:
        rows["hours"].append(
            {"trade": trades[0], "workplace": workplaces[0], "hours": _text(rng.uniform(0, 20)), "overtime": "3"}
        )
    if rng.random() < 0.5:
        rows["trade_limit"] = [{"cash": _text(rng.choice([0, 10, 100]))}]
    rows["machines"] = [{"machine": "m", "workplace": workplaces[0], "hours": _text(rng.uniform(0, 50))}]
    rows["limits"] = [{"limit": "water", "unit": "m3", "quantity": _text(rng.choice([0, 10, 1000]))}]
    rows["machine_use"], rows["limit_use"] = [], []
    for p in products:
        for k in range(rng.choice([0, 1, 1, 2, 3])):
            _technique(rng, rows, (f"{p}-{k}", p), (products, unit, trades, workplaces))
        if rng.random() < 0.7:
            for c in range(rng.randint(1, 2)):
                rows["needs"].append(_need(rng, f"c{c}", p, unit[p]))
    return {file: found for file, found in rows.items() if found}


def _text(figure: float) -> str:
    return f"{figure:.6g}" if 1e-4 < abs(figure) < 1e9 else f"{figure:.15f}"


def _product(rng: Random, product: str, unit: float) -> dict[str, str]:
    found = {"product": product, "unit": "kg"}
    if rng.random() < 0.3:
        found["stock"] = _text(unit * rng.uniform(0, 5))
    if rng.random() < 0.3:
        found |= {"closing_stock": _text(unit * rng.uniform(0, 5)), "worth": _text(rng.uniform(0, 3) / unit)}
    price = rng.uniform(0.5, 2) / unit
    if rng.random() < 0.2:
        found["buy_price"] = _text(price)
    if rng.random() < 0.2:
        found["sell_price"] = _text(price * 0.9)
    return found


def _technique(
    rng: Random, rows: Rows, named: tuple[str, str], among: tuple[list[str], dict[str, float], list[str], list[str]]
) -> None:
    activity, product = named
    products, unit, trades, workplaces = among
    size = 10 ** rng.uniform(-1, 1)
    runs = rng.choice(["", "0", _text(rng.uniform(0, 20) / size)])
    rows["activities"].append({"activity": activity, "workplace": rng.choice(workplaces), "runs": runs})
    made = {product: size * unit[product]}
    others = [p for p in products if p != product]
    for p in rng.sample(others, min(len(others), rng.randint(0, 4))):
        # Mostly used up; now and then a joint product.
        sign = 1 if rng.random() < 0.15 else -1
        made[p] = sign * size * unit[p] * rng.choice([0.05, 0.1, 0.2, 0.2])
    rows["flows"] += [{"activity": activity, "product": p, "quantity": _text(q)} for p, q in made.items()]
    for t in rng.sample(trades, rng.randint(1, len(trades))):
        rows["labour"].append({"activity": activity, "trade": t, "hours": _text(size * rng.choice([0.5, 1, 1, 2]))})
    if rng.random() < 0.3:
        rows["machine_use"].append({"activity": activity, "machine": "m", "hours": _text(size)})
    if rng.random() < 0.3:
        rows["limit_use"].append(
            {"activity": activity, "limit": "water", "quantity": _text(size * rng.choice([1, -1]))}
        )


def _need(rng: Random, council: str, product: str, unit: float) -> dict[str, str]:
    return {
        "council": council,
        "product": product,
        "tier": str(rng.randint(1, 3)),
        "quantity": _text(unit * rng.choice([0, 1, 5, rng.uniform(0, 20)])),
        "worth": _text(rng.choice([0, 1, 5, rng.uniform(0, 9)]) / unit),
    }
