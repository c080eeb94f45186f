"""I6, a-priori power of those who fill a house's seats: Penrose-Banzhaf, Shapley-Shubik, Coleman.

A player is whoever filled seats in practice: a constituency, or the body that appointed or put up the only names; its
weight is how many of the filled seats it filled, and more than half of them carries. Sources: Penrose 1946, Banzhaf
1965, Shapley and Shubik 1954, Coleman 1971.
"""

from collections import Counter
from functools import lru_cache

from comitia.drill import power
from comitia.drill.power import Power
from comitia.drill.swings import TooLarge
from comitia.watch import answers, appointment_reach
from comitia.watch.indicator import Indicator, Reading, percent
from comitia.watch.view import View

ABSOLUTE = Indicator(
    "I6", "strongest absolute power", "Penrose-Banzhaf psi of whoever filled most seats: swings / 2^(n-1)", "0 to 1",
    "Penrose 1946; Banzhaf 1965", "a priori: says nothing of who agrees with whom", "number",
)  # fmt: skip
SHAPLEY = Indicator(
    "I6", "strongest Shapley-Shubik share", "share of the orders in which whoever filled most seats is pivotal",
    "0 to 1",
    "Shapley and Shubik 1954", "a priori: says nothing of who agrees with whom", "number",
)  # fmt: skip
ACT = Indicator(
    "I6", "power to act", "Coleman: winning coalitions / 2^n", "0 to 1", "Coleman 1971",
    "a priori; half where a simple majority decides among many", "number",
)  # fmt: skip


@lru_cache(maxsize=64)
def _power(weights: tuple[int, ...]) -> Power | None:
    try:
        return power.power(weights, sum(weights) // 2 + 1)
    except TooLarge:
        return None


def players(view: View, body: str) -> dict[str, int]:
    """Return who filled the seats of a body, by how many of its filled seats, the most first."""
    held = [f for f in view.by_kind.get(body, []) if f.body == body]
    counted = Counter(f.above or ", ".join(f.electing) or "carried over" for f in held)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def power_of(view: View, body: str) -> Power | None:
    """Return the power of the players in a body, the one with most seats first; None where nobody sits."""
    weights = tuple(players(view, body).values())
    return _power(weights) if weights else None


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for each of the highest deciding bodies with a filled seat."""
    return tuple(reading for body in appointment_reach.highest(view) for reading in _body(view, body))


def _body(view: View, body: str) -> tuple[Reading, ...]:
    own, found = players(view, body), power_of(view, body)
    if found is None:
        return ()
    first, seats = next(iter(own.items()))
    whole = sum(own.values())
    articles = answers.seats(view.rules, body)
    acts = tuple(sorted({f.act for f in view.by_kind[body] if (f.above or ", ".join(f.electing)) == first}))
    most = found.members[0]
    where = view.plural(body)
    psi, phi = float(most.banzhaf_absolute), float(most.shapley_shubik)
    return (
        Reading(
            ABSOLUTE, body, most.banzhaf_absolute, seats, whole,
            f"{first} filled {seats} of {whole} seats of {where}; decisive in {percent(psi)} of coalitions.",
            acts, articles,
        ),
        Reading(
            SHAPLEY, body, most.shapley_shubik, seats, whole,
            f"In {percent(phi)} of all orders {first} turns losing into winning in {where}.", acts, articles,
        ),
        Reading(
            ACT, body, found.act, len(own), whole,
            f"{percent(found.act)} of the coalitions of the {len(own)} who filled seats of {where} can carry a vote.",
            (), articles,
        ),
    )  # fmt: skip
