"""Weighed votes: what a seat weighs by the roll at a snapshot, and a tally of weighed and split votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.decide import verdict


class WeightWrong(Exception):
    """A seat whose weight is not known, or whose split vote does not add up; ``seat`` and ``reason``."""

    def __init__(self, seat: str, reason: str) -> None:
        super().__init__(f"the vote of the seat {seat} cannot be weighed: {reason}")
        self.seat = seat
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Split:
    """A seat's vote divided as its electors were divided; the three parts add up to the seat's weight."""

    for_: Fraction
    against: Fraction
    abstaining: Fraction


Vote = verdict.Choice | Split


def seat_weights(members: Mapping[str, int], seats: Mapping[str, int]) -> dict[str, Fraction]:
    """Return what each seat of every body weighs: its members on the roll at the snapshot, divided by its seats.

    Args:
        members: of each electing body, by body.
        seats: of each electing body, by body, 1 or more.

    Raises:
        WeightWrong: a body with members and no seat.
    """
    without = sorted(body for body in members if seats.get(body, 0) < 1)
    if without:
        raise WeightWrong(without[0], "its body has no seat to carry its members' votes")
    return {body: Fraction(number, seats[body]) for body, number in members.items()}


def weighed_tally(votes: Mapping[str, Vote], weights: Mapping[str, Fraction], *, members: int) -> verdict.Tally:
    """Return the tally of a house whose seats weigh what they represent.

    Args:
        votes: by seat; a seat that is missing did not vote.
        weights: by filled seat.
        members: of the house's base.

    Raises:
        WeightWrong: a vote of a seat without weight, or a split that does not add up to it.
    """
    sums = {"for": Fraction(0), "against": Fraction(0), "abstain": Fraction(0)}
    for seat, vote in sorted(votes.items()):
        if seat not in weights:
            raise WeightWrong(seat, "it has no weight at this snapshot")
        match vote:
            case Split(for_, against, abstaining):
                if for_ + against + abstaining != weights[seat] or min(for_, against, abstaining) < 0:
                    raise WeightWrong(seat, f"the parts of its vote do not add up to {weights[seat]}")
                sums["for"] += for_
                sums["against"] += against
                sums["abstain"] += abstaining
            case _:
                sums[vote] += weights[seat]
    filled = sum(weights.values(), Fraction(0))
    return verdict.Tally(members, filled, filled, sums["for"], sums["against"], sums["abstain"])
