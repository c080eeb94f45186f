"""How many seats each constituency of a body has, from its numbers of members and the article that says how.

Where two constituencies have an equal claim to the last seats, no article says whose they are: nobody gets them, until
the rolls differ.
"""

from collections.abc import Mapping
from functools import lru_cache

from comitia.charter.structure import Apportionment, Seats
from comitia.decide import apportionment
from comitia.decide.count.list_proportional import Apportioning

RULES: Mapping[Apportionment, Apportioning] = {
    "sainte_lague": apportionment.sainte_lague,
    "dhondt": apportionment.dhondt,
    "largest_remainder": apportionment.largest_remainder,
    "droop_remainder": apportionment.droop_remainder,
    "huntington_hill": apportionment.huntington_hill,
    "adams": apportionment.adams,
}


@lru_cache(maxsize=1024)
def seats_for(how: Seats, members: tuple[int, ...]) -> tuple[int, ...]:
    """Return the seats of each constituency.

    A total is shared by the charter's rule; a constituency that this leaves below its least, or above its most, gets
    just that, and the others share what remains by the same rule.

    Args:
        members: of each constituency, in their order.
    """
    if how.fixed is not None:
        return (how.fixed,) * len(members)
    if how.per_members is not None:
        # One seat for each started number of members, so that the smallest constituency has a seat.
        return tuple(_bounded(how, -(-number // how.per_members)) for number in members)
    assert how.total is not None
    settled: dict[int, int] = {}
    while True:
        left = {str(place): number for place, number in enumerate(members) if place not in settled}
        given = {int(p): n for p, n in _shared(how, left, how.total - sum(settled.values())).items()}
        beyond = {p: how.least for p, n in given.items() if n < how.least}
        beyond = beyond or {p: how.most for p, n in given.items() if n > how.most > 0}
        if not beyond:
            found = settled | given
            return tuple(found[place] for place in range(len(members)))
        settled |= beyond


def _bounded(how: Seats, number: int) -> int:
    number = max(number, how.least)
    return min(number, how.most) if how.most else number


def _shared(how: Seats, members: dict[str, int], seats: int) -> dict[str, int]:
    if seats <= 0 or not any(members.values()):
        return dict.fromkeys(members, 0)
    assert how.apportionment is not None
    return RULES[how.apportionment](members, seats=seats).seats
