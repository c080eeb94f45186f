"""Faults of elections: turnouts never met, rotations that renew nothing, tiers of single delegates, weights."""

from collections.abc import Iterator, Mapping

from comitia.charter.fault import Fault, at, electors_above, roots
from comitia.charter.structure import Candidacy, Charter, Kind

_MOST_TIERS = 2
"""Tiers of single delegates that a charter may stack: each lets half of a half decide (1/4 at two, 1/8 at three)."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of how seats are filled, renewed and weighed."""
    stacked = _stacked(charter)
    for kind in charter.kinds.values():
        if kind.candidacy:
            yield from _election(kind, kind.candidacy)
            yield from _rotation(kind, kind.candidacy)
        yield from _tiers(kind, stacked[kind.id])
        yield from _weights(charter, kind)


def _election(kind: Kind, rule: Candidacy) -> Iterator[Fault]:
    if rule.turnout == 1:
        yield at(
            kind,
            "quorum-never-met",
            reason=f"An election of the {kind.name} holds only if every single elector votes.",
            harm="One elector is ill, or stays away on purpose, and the seats stay vacant.",
            repair='Set turnout to a share that comes to votes, for instance turnout = "1/3", or "0" for none.',
        )
    if kind.nomination_days == 0:
        yield at(
            kind,
            "no-time-to-stand",
            reason=f"Nominations for the {kind.name} may close at the moment at which they open.",
            harm="Those who opened the election stand alone in it; the others read of it when voting has begun.",
            repair="Set nomination_days to 7.",
        )


def _rotation(kind: Kind, rule: Candidacy) -> Iterator[Fault]:
    if rule.pause_days and not kind.term_limit:
        yield at(
            kind,
            "rotation-idle",
            reason=f"Who has served her terms in the {kind.name} stands back for {rule.pause_days} days, but there "
            "is no "
            "limit of terms.",
            harm="The article promises rotation, and the same people sit for twenty years.",
            repair="Set term_limit to the number of terms in a row, for instance 2, or pause_days = 0.",
        )
    seats = kind.seats.fixed if kind.seats else None
    if seats is not None and rule.renewed_in > seats:
        yield at(
            kind,
            "rotation-idle",
            reason=f"The {kind.name} is renewed in {rule.renewed_in} parts, but has {seats} seats.",
            harm="In some years an election is called in which there is no seat to fill.",
            repair=f"Set renewed_in to {seats} or less.",
        )


def _single(kind: Kind) -> bool:
    """Return whether each of its electing bodies sends one delegate."""
    seats = kind.seats
    return kind.constituencies and seats is not None and (seats.fixed == 1 or seats.most == 1)


def _stacked(charter: Charter) -> Mapping[str, int]:
    """Return by kind how many tiers of single delegates lie from the members up to it; a circle counts for none."""
    tiers = dict.fromkeys(charter.kinds, 0)
    chains = [k for k in charter.kinds.values() if k.id not in electors_above(charter, k)]
    changed = True
    while changed:
        changed = False
        for kind in chains:
            found = max((tiers.get(name, 0) for name in roots(kind)), default=0) + (1 if _single(kind) else 0)
            changed = changed or found != tiers[kind.id]
            tiers[kind.id] = found
    return tiers


def _tiers(kind: Kind, tiers: int) -> Iterator[Fault]:
    if _single(kind) and tiers > _MOST_TIERS:
        yield at(
            kind,
            "delegates-in-tiers",
            reason=f"Between the members and the {kind.name} lie {tiers} tiers of single delegates.",
            harm=f"Half of a half, {tiers} times over: one member in {2**tiers} can be enough to hold it.",
            repair="Let each body elect several delegates by transferable vote (seats = 5), or let a lower tier "
            "elect it.",
        )


def _weights(charter: Charter, kind: Kind) -> Iterator[Fault]:
    if kind.split_votes and not kind.constituencies:
        yield at(
            kind,
            "split-without-constituency",
            reason=f"A seat of the {kind.name} may divide its vote as its electors were divided, but no seat has "
            "electors of its own.",
            harm="Everybody divides her vote as she likes, and says that her electors were of two minds.",
            repair="Set split_votes = false, or constituencies = true.",
        )
    if kind.weights == "members" and not kind.constituencies:
        yield at(
            kind,
            "weights-idle",
            reason=f"A seat of the {kind.name} weighs the members of its constituency, but there is only one.",
            harm="Members believe that large workplaces weigh more; every seat weighs the same.",
            repair='Set weights = "equal", or constituencies = true.',
        )
    houses = tuple(charter.kinds[h] for h in kind.houses if h in charter.kinds)
    if len({house.weights for house in houses}) > 1:
        heavy = next(house for house in houses if house.weights == "members")
        light = next(house for house in houses if house.weights == "equal")
        yield at(
            kind,
            "weights-mixed",
            reason=f"In the {kind.name}, seats of the {heavy.name} weigh their members, those of the {light.name} "
            "one each.",
            harm=f"A delegate of the {heavy.name} has three hundred votes beside one of the {light.name}; the joint "
            "sitting "
            f"is a sitting of the {heavy.name}.",
            repair=f'Set the same weights for both, for instance weights = "members" for “{light.id}”.',
        )
