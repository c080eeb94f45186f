"""What each body would gain by misdeclaring, in each variant and in rounds, over random economies; prints a table.

Run: .venv/bin/python bench/plan_truthfulness.py [ECONOMIES]. Every economy has three councils whose needs compete in
three tiers, six workplaces with two techniques each, and two trades that are scarce; each claim is spent to the last
hour. Gains are shares: a council's of the worth of its true needs, a workplace's and a trade's of its true hours.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from statistics import mean

from comitia.plan import economy as economies, truthfulness
from comitia.plan.economy import Economy
from comitia.plan.truthfulness import NOTHING, ROUNDS, Body, ClaimSpent, Gain, Lie, Outcome
from comitia.plan.variants import ADOPTABLE

ECONOMIES = 12
MECHANISMS = (*ADOPTABLE, ROUNDS)
F = Fraction
LIES = {
    "council": [
        (what, factor) for what in ("needs", "needs at the same claim") for factor in (F(2), F(11, 10), F(9, 10))
    ],
    "workplace": [
        (what, factor)
        for what in ("capacity", "hours a run", "material a run", "output a run")
        for factor in (F(9, 10), F(11, 10))
    ],
    "trade": [("hours", F(9, 10)), ("hours", F(11, 10))],
}
WITHOUT = "needs, no claims"


def random_economy(seed: int) -> Economy:
    """Return an economy whose needs compete for two scarce trades and for machines."""
    rng = Random(seed)
    products = [f"p{i}" for i in range(6)]
    rows: dict[str, list[dict[str, str]]] = {
        "products": [{"product": p, "unit": "kg"} for p in products],
        **{file: [] for file in ("activities", "flows", "labour", "machines", "machine_use", "needs")},
    }
    for i, p in enumerate(products):
        rows["machines"].append({"machine": f"m{i}", "workplace": f"w{i}", "hours": f"{rng.uniform(30, 90):.3f}"})
        for way in range(2):
            a = f"{p}-{way}"
            rows["activities"].append({"activity": a, "workplace": f"w{i}"})
            rows["flows"].append({"activity": a, "product": p, "quantity": f"{rng.uniform(1, 2):.3f}"})
            for used in rng.sample([q for q in products if q != p], 2):
                rows["flows"].append({"activity": a, "product": used, "quantity": f"-{rng.uniform(0.02, 0.2):.3f}"})
            for trade in ("t0", "t1"):
                hours = f"{rng.uniform(0.3, 1.5):.3f}"
                rows["labour"].append({"activity": a, "trade": trade, "hours": hours})
            rows["machine_use"].append({"activity": a, "machine": f"m{i}", "hours": f"{rng.uniform(0.5, 1.5):.3f}"})
    rows["hours"] = [{"trade": t, "hours": f"{rng.uniform(120, 260):.3f}", "overtime": "10"} for t in ("t0", "t1")]
    for council in ("north", "south", "west"):
        for p in products:
            need = {"council": council, "product": p, "tier": str(rng.randint(1, 3))}
            rows["needs"].append(
                {**need, "quantity": f"{rng.uniform(5, 40):.3f}", "worth": f"{rng.uniform(2, 12):.3f}"}
            )
    economy = economies.from_rows(rows)
    claims: dict[str, Fraction] = {}
    for n in economy.needs.values():
        claims[n.council] = claims.get(n.council, F(0)) + n.worth * n.quantity
    return replace(economy, claims=claims)


def gains(economy: Economy, mechanism: str) -> Iterator[tuple[str, str, Fraction, Gain | None]]:
    """Yield kind, lie, factor and what it brings; None where the claim refuses it."""
    without = replace(economy, claims={})
    truth = truthfulness.outcome(economy, mechanism)
    free = truthfulness.outcome(without, mechanism)
    for body in truthfulness.bodies(economy):
        for what, factor in LIES[body.kind]:
            yield body.kind, what, factor, _gain(economy, mechanism, body, Lie(what, factor), truth)
            if what == "needs" and factor > 1:
                yield body.kind, WITHOUT, factor, _gain(without, mechanism, body, Lie(what, factor), free)


def _gain(economy: Economy, mechanism: str, body: Body, lie: Lie, truth: Outcome) -> Gain | None:
    try:
        return truthfulness.gain(economy, mechanism, body, lie, truth)
    except ClaimSpent:
        return None


def cell(found: list[Gain | None]) -> str:
    """Return the share of cases that gain, the mean and the largest gain; or that all were refused."""
    told = [g for g in found if g is not None]
    if not told:
        return "refused"
    won = sum(g.share > NOTHING for g in told) / len(told)
    most = max(g.share for g in told)
    return f"{won:.0%}; {mean(g.share for g in told):+.1%}; {most if abs(most) > NOTHING else 0:+.1%}"


def main() -> None:
    """Print the table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else ECONOMIES
    found: dict[tuple[str, str, Fraction], dict[str, list[Gain | None]]] = {}
    for seed in range(many):
        economy = random_economy(seed)
        for mechanism in MECHANISMS:
            for kind, what, factor, one in gains(economy, mechanism):
                found.setdefault((kind, what, factor), {}).setdefault(mechanism, []).append(one)
        print(f"economy {seed + 1} of {many}", file=sys.stderr)
    print(f"{many} economies. In each cell: how many gain; the mean gain; the largest gain.\n")
    print("| who | declares | " + " | ".join(MECHANISMS) + " | others lose, hours a case |")
    print("|---|---|" + "---|" * (len(MECHANISMS) + 1))
    for (kind, what, factor), by in found.items():
        cells = [cell(by[m]) for m in MECHANISMS]
        lost = [g.others_lose for of in by.values() for g in of if g is not None]
        losing = f"{mean(lost):,.1f}" if lost else ""
        print(f"| {kind} | {what} x {float(factor):g} | {' | '.join(cells)} | {losing} |")


if __name__ == "__main__":
    main()
