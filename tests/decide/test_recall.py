"""Petitions and recalls by a seat's own electors."""

from fractions import Fraction

import pytest

from comitia.decide import recall
from comitia.decide.recall import Petition
from comitia.decide.verdict import Rule, Tally


@pytest.mark.parametrize(
    ("signatures", "electors", "share", "needed", "reached"),
    [
        (4, 20, "1/5", 4, True),
        (3, 20, "1/5", 4, False),
        (5, 21, "1/5", 5, True),
        (0, 0, "1/5", 1, False),
        (7, 20, "1/3", 7, True),
    ],
)
def test_a_petition_needs_its_exact_share_rounded_up(
    signatures: int, electors: int, share: str, needed: int, reached: bool
) -> None:
    said = f"{signatures} of {electors} electors have signed, {needed} needed (at least {share}): "
    expected = Petition(
        signatures, needed, electors, Fraction(share), reached, said + ("reached" if reached else "not reached")
    )
    assert recall.petition_reached(signatures, electors, Fraction(share)) == expected


def test_only_the_seats_own_electors_within_the_window_count() -> None:
    signed = {
        "m-0001": "2026-05-01T00:00:00Z",
        "m-0002": "2026-05-15T00:00:00Z",
        "m-0003": "2026-05-15T00:00:01Z",
        "m-0004": "2026-04-30T23:59:59Z",
        "m-0009": "2026-05-02T00:00:00Z",
    }
    electors = {"m-0001", "m-0002", "m-0003", "m-0004"}
    found = recall.valid_signatures(signed, electors, opened="2026-05-01T00:00:00Z", until="2026-05-15T00:00:00Z")
    assert found == frozenset({"m-0001", "m-0002"})


@pytest.mark.parametrize(("tie", "outcome"), [("carries", "recalled"), ("fails", "not recalled")])
def test_an_equal_vote_protects_only_where_the_article_says_so(tie: str, outcome: str) -> None:
    rule = Rule(
        "9", "for_against", Fraction(1, 2), True, None, "members", "not_counted",
        "carries" if tie == "carries" else "fails", "absent", True, True,
    )  # fmt: skip
    found = recall.recall_verdict("seat 1 of the mill", Tally(20, 0, 20, 8, 8, 1), rule)
    assert found.carried is (outcome == "recalled")
    assert found.sentence == (
        f"{outcome}: electors of seat 1 of the mill: 8 for the recall, 8 for her to stay, 1 abstaining of 20 members; "
        "more than 1/2 of votes for and against needed (article 9); a tie, and a tie "
        f"{'recalls her' if tie == 'carries' else 'keeps her in her seat'} (article 9)"
    )
