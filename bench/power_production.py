"""The fewest of 500 workplaces whose refusal leaves essential needs short: an economy of ten branches, made at random.

Every product is made at several workplaces out of products before it; a town needs the last ones. The peer is the naive
proof of the same number: trying every set that is smaller, at the seconds that one plan takes here.

    .venv/bin/python bench/power_production.py [--workplaces 500]
"""

import argparse
import random
import time
from math import comb

from comitia.drill import production
from comitia.plan import economy as economies
from comitia.plan.economy import Economy


def made(workplaces: int) -> Economy:
    """Return an economy of so many workplaces, the same each time."""
    chance = random.Random(1921)
    products = max(10, workplaces // 5)
    activities, flows = [], []
    for number in range(workplaces):
        product = number % products
        activities.append(
            {"activity": f"a{number}", "workplace": f"w{number}", "runs": str(chance.randint(20, 60)), "decimals": ""}
        )
        flows.append({"activity": f"a{number}", "product": f"p{product}", "quantity": "1"})
        for used in chance.sample(range(product), min(product, 3)) if product >= products // 2 else []:
            flows.append({"activity": f"a{number}", "product": f"p{used}", "quantity": "-0.2"})
    goods = [
        {
            "product": f"p{p}",
            "unit": "t",
            "decimals": "",
            "stock": "0",
            "closing_stock": "0",
            "worth": "1",
            "buy_price": "",
            "sell_price": "",
        }
        for p in range(products)
    ]
    needs = [
        {"council": "town", "product": f"p{p}", "tier": "1", "quantity": str(chance.randint(20, 60)), "worth": "1"}
        for p in range(products // 2, products)
    ]
    return economies.from_rows({"products": goods, "activities": activities, "flows": flows, "needs": needs})


def main() -> None:
    """Print the fewest, the turns and the seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workplaces", type=int, default=500)
    workplaces = parser.parse_args().workplaces
    economy = made(workplaces)
    begun = time.process_time()
    found = production.fewest(economy, turns=2000)
    took = time.process_time() - begun
    fewest = len(found.workplaces)
    print(
        f"{workplaces} workplaces: {fewest} refuse ({', '.join(found.workplaces)}), {found.plans} plans, {took:.1f} s"
    )
    tried = sum(comb(workplaces, size) for size in range(fewest))
    print(f"trying all smaller sets: {tried} plans, {tried / max(1, found.plans):.1e} times as many")


if __name__ == "__main__":
    main()
