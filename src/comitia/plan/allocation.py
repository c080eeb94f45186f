"""Who hands what to whom: each product's sources shared out over its users, exactly.

A workplace keeps what it makes for its own use first; then sources serve users in the order council, workplace,
outside, stock. The sums are those of the balance rows (``certificate.sides``).
"""

from collections.abc import Mapping
from fractions import Fraction

from comitia.plan.solution import Allocation

Side = tuple[str, str, str]
ORDER = {"workplace": 0, "stock": 1, "outside": 2}
USERS = {"council": 0, "workplace": 1, "outside": 2, "stock": 3}


def allocate(sides: Mapping[Side, Fraction]) -> tuple[Allocation, ...]:
    """Return an allocation of every product from its sources to its users."""
    sources: dict[str, list[tuple[str, str, Fraction]]] = {}
    users: dict[str, list[tuple[str, str, Fraction]]] = {}
    for (product, way, name), quantity in sides.items():
        direction, kind = way.split(" ")
        (sources if direction == "from" else users).setdefault(product, []).append((kind, name, quantity))
    found: list[Allocation] = []
    for product in sorted(sources):
        found += _share(product, sources[product], users.get(product, []))
    return tuple(sorted(found, key=lambda a: (a.product, a.from_kind, a.from_, a.to_kind, a.to)))


def _share(
    product: str, sources: list[tuple[str, str, Fraction]], users: list[tuple[str, str, Fraction]]
) -> list[Allocation]:
    have = {(k, n): q for k, n, q in sorted(sources, key=lambda s: (ORDER[s[0]], s[1]))}
    want = {(k, n): q for k, n, q in sorted(users, key=lambda u: (USERS[u[0]], u[1]))}
    found: list[Allocation] = []

    def hand(source: tuple[str, str], user: tuple[str, str]) -> None:
        quantity = min(have[source], want[user])
        if quantity > 0:
            found.append(Allocation(product, *source, *user, quantity))
            have[source] -= quantity
            want[user] -= quantity

    for source in have:
        if source in want and source[0] == "workplace":
            hand(source, source)
    for user in want:
        for source in have:
            hand(source, user)
    return found
