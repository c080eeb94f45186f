"""Mandates: what a seat's electors instructed, beside how its holder voted in the open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from comitia.decide import verdict

Standing = Literal["kept", "broken", "departed", "free", "not_voted"]

_VOTED = {"for": "voted for", "against": "voted against", "abstain": "abstained"}
_TOLD = {"for": "to vote for", "against": "to vote against", "abstain": "to abstain"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A vote beside its mandate.

    Attributes:
        standing: ``kept``; ``broken`` (an imperative mandate); ``departed`` (from advice under a free mandate);
            ``free`` (no instruction); ``not_voted`` (instructed or not, no vote was cast).
    """

    seat: str
    instruction: verdict.Choice | None
    vote: verdict.Choice | None
    standing: Standing
    sentence: str


def _standing(
    instruction: verdict.Choice | None, vote: verdict.Choice | None, kind: Literal["imperative", "free"]
) -> Standing:
    if vote is None:
        return "not_voted"
    if instruction is None:
        return "free"
    if vote == instruction:
        return "kept"
    return "broken" if kind == "imperative" else "departed"


def compare(
    seat: str,
    instruction: verdict.Choice | None,
    *,
    vote: verdict.Choice | None,
    kind: Literal["imperative", "free"],
) -> Comparison:
    """Return how a seat's open vote stands to what its electors instructed.

    Args:
        seat: as it shall appear in the sentence.
        instruction: None where the electors gave none on this motion.
        vote: None where the seat has not voted.
        kind: of the seat's mandate, as the charter says.
    """
    standing = _standing(instruction, vote, kind)
    told = (
        "" if instruction is None else f"was {'instructed' if kind == 'imperative' else 'advised'} {_TOLD[instruction]}"
    )
    did = "" if vote is None else _VOTED[vote]
    match standing:
        case "kept":
            sentence = f"{seat} {told} and {did}: the mandate is kept"
        case "broken":
            sentence = f"{seat} {told} and {did}: the mandate is broken"
        case "departed":
            sentence = f"{seat} {told} and {did}: the advice was not followed, as a free mandate allows"
        case "free":
            sentence = f"{seat} had no instruction and {did}"
        case "not_voted":
            sentence = f"{seat} {told} and has not voted" if told else f"{seat} has not voted"
        case _:
            assert_never(standing)
    return Comparison(seat, instruction, vote, standing, sentence)


def as_instructed(comparisons: Sequence[Comparison]) -> dict[verdict.Choice, int]:
    """Return the votes as they would have been had every seat that voted followed its instruction."""
    votes: dict[verdict.Choice, int] = {"for": 0, "against": 0, "abstain": 0}
    for one in comparisons:
        choice = one.vote if one.instruction is None else one.instruction
        if one.vote is not None and choice is not None:
            votes[choice] += 1
    return votes
