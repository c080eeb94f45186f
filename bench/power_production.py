"""How long it takes to find the fewest workplaces whose refusal leaves essential needs short, of 500.

An invented economy: a hundred products, each made by five workplaces from three others, with so much more capacity than
needed. The peer is the same search with each plan met as HiGHS gives it, not pared to the workplaces it cannot do
without (Moreno-Centeno and Karp's turns as published), stopped after as many plans.

    .venv/bin/python bench/power_production.py [--spare 1.2 1.6]
"""

import argparse
import random
import time
from unittest import mock

from comitia.drill import production
from comitia.plan import economy as economies
from comitia.plan.economy import Economy

PRODUCTS, MAKERS = 100, 5


def economy(spare: float) -> Economy:
    """Return the economy, whose workplaces together can make ``spare`` times what is needed of each product."""
    chance = random.Random(1921)
    inputs = {p: sorted(chance.sample(range(p), min(3, p))) for p in range(PRODUCTS)}
    needed = {p: float(chance.randint(50, 150)) for p in range(PRODUCTS)}
    gross = dict(needed)
    for p in reversed(range(PRODUCTS)):
        for q in inputs[p]:
            gross[q] += 0.1 * gross[p]
    products = [
        {
            "product": f"p{p}", "unit": "t", "decimals": "", "stock": "0", "closing_stock": "0", "worth": "1",
            "buy_price": "", "sell_price": "",
        }
        for p in range(PRODUCTS)
    ]  # fmt: skip
    activities, flows = [], []
    for p in range(PRODUCTS):
        shares = [0.9 + 0.2 * chance.random() for _ in range(MAKERS)]
        for n, share in enumerate(shares):
            name = f"a{p}-{n}"
            runs = f"{spare * gross[p] * share / sum(shares):.3f}"
            activities.append({"activity": name, "workplace": f"w{p}-{n}", "runs": runs, "decimals": ""})
            flows.append({"activity": name, "product": f"p{p}", "quantity": "1"})
            flows += [{"activity": name, "product": f"p{q}", "quantity": "-0.1"} for q in inputs[p]]
    needs = [
        {"council": f"c{p % 7}", "product": f"p{p}", "tier": "1", "quantity": f"{needed[p]:g}", "worth": "1"}
        for p in range(PRODUCTS)
    ]
    return economies.from_rows({"products": products, "activities": activities, "flows": flows, "needs": needs})


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spare", type=float, nargs="+", default=[1.2, 1.6])
    for spare in parser.parse_args().spare:
        of = economy(spare)
        begun = time.process_time()
        found = production.fewest(of, turns=10_000)
        took = time.process_time() - begun
        begun = time.process_time()
        turns = max(200, 4 * len(found.plans))
        with mock.patch.object(production, "_pared", lambda _shop, used, *, enough: used):
            try:
                peer = f"{len(production.fewest(of, turns=turns).workplaces)}"
            except production.Unsettled as open_:
                peer = f"open after {turns} plans, no fewer than {open_.bound}"
        peer_took = time.process_time() - begun
        print(
            f"spare {spare:g}: {len(found.workplaces)} of {PRODUCTS * MAKERS} workplaces, {len(found.plans)} plans: "
            f"{took:.1f} s; plans not pared: {peer}, {peer_took:.1f} s; ratio {peer_took / took:.2f}",
            flush=True,
        )
    begun = time.process_time()
    losses = production.losses(of)
    print(f"losses of each of {len(losses)} workplaces: {time.process_time() - begun:.2f} s")


if __name__ == "__main__":
    main()
