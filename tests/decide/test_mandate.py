"""A delegate's open vote beside the mandate."""

import pytest

from comitia.decide import mandate
from comitia.decide.mandate import Comparison
from comitia.decide.verdict import Choice

SEAT = "seat 1 of the mill"


@pytest.mark.parametrize(
    ("instruction", "vote", "standing", "said"),
    [
        ("for", "for", "kept", "was instructed to vote for and voted for: the mandate is kept"),
        ("for", "against", "broken", "was instructed to vote for and voted against: the mandate is broken"),
        ("against", "abstain", "broken", "was instructed to vote against and abstained: the mandate is broken"),
        ("abstain", None, "not_voted", "was instructed to abstain and has not voted"),
        (None, None, "not_voted", "has not voted"),
        (None, "for", "free", "had no instruction and voted for"),
    ],
)
def test_an_imperative_mandate_is_kept_or_broken(
    instruction: Choice | None, vote: Choice | None, standing: mandate.Standing, said: str
) -> None:
    found = mandate.compare(SEAT, instruction, vote=vote, kind="imperative")
    assert found == Comparison(SEAT, instruction, vote, standing, f"{SEAT} {said}")


def test_a_free_mandate_may_depart_from_advice() -> None:
    found = mandate.compare(SEAT, "for", vote="against", kind="free")
    said = f"{SEAT} was advised to vote for and voted against: the advice was not followed, as a free mandate allows"
    assert found == Comparison(SEAT, "for", "against", "departed", said)


def test_votes_as_instructed_show_whether_broken_mandates_decided() -> None:
    cast: list[tuple[Choice | None, Choice | None]] = [("for", "against"), (None, "against"), ("for", None)]
    comparisons = [mandate.compare(SEAT, told, vote=vote, kind="imperative") for told, vote in cast]
    assert mandate.as_instructed(comparisons) == {"for": 1, "against": 1, "abstain": 0}
