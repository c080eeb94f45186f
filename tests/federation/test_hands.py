import msgspec
import pytest
from deciding import assembled, ballot, close, closing, move, open_, published, sitting
from small import Small, elect, publish, refusal, refused

from comitia.federation import acts
from comitia.federation.state import Division

ASSEMBLY = "assembly/mill"
TELLERS = ("m-0020", "m-0021")


@pytest.fixture
def small() -> Small:
    small = assembled()
    taken = set(sitting(small, "board")) | set(sitting(small, "secretary"))
    free = [m for m in sorted(small.state.members) if m not in taken]
    elect(small, "tellers", "congress", free[-3:])
    move(small, "m", "plain-assembly", "x\n", body=ASSEMBLY)
    return small


def counting(small: Small, *numbers: int, **fields: object) -> acts.HandVoteCounted:
    """Return a count of hands in the mill's assembly: present, for, against, abstaining."""
    present, in_favour, against, abstaining = numbers
    tellers = tuple(sitting(small, "tellers")[:2])
    given: dict[str, object] = {"by": tellers[0], "body": ASSEMBLY, "tellers": tellers, **fields}
    return acts.HandVoteCounted(
        at=small.at,
        motion="m",
        present=present,
        in_favour=in_favour,
        against=against,
        abstaining=abstaining,
        **given,  # type: ignore[arg-type]
    )


def running(small: Small) -> Division:
    """Return the division on the motion."""
    return small.state.motions["m"].divisions[-1]


def test_hands_take_the_place_of_the_secret_ballot(small: Small) -> None:
    open_(small, "m")
    name = running(small).ballots[ASSEMBLY]
    small.do(counting(small, 6, 4, 1, 1))
    member = sitting(small, ASSEMBLY)[0]
    vote = acts.VoteTaken(at=small.at, by=member, ballot=name, member=member)
    assert f"voting in {name} closed at" in refused(small, vote)

    assert close(small, "m") == "carried"
    found = running(small).verdict
    assert found is not None
    tally = found.verdicts[0].tally
    assert (tally.members, tally.present, tally.for_, tally.against, tally.abstaining) == (8, 6, 4, 1, 1)


def test_a_ballot_replaced_by_hands_is_not_published(small: Small) -> None:
    open_(small, "m")
    name = running(small).ballots[ASSEMBLY]
    small.do(counting(small, 6, 4, 1, 1))
    act = acts.BallotsPublished(at=small.at, by="clerk", ballot=name, choices=small.blob(""), number=0, seed="")

    assert "hands were counted in assembly/mill" in refused(small, act)


def test_hands_are_vouched_for_by_two_different_tellers(small: Small) -> None:
    open_(small, "m")
    one, two = sitting(small, "tellers")[:2]
    other = next(m for m in sorted(small.state.members) if m not in sitting(small, "tellers"))

    assert "two different tellers" in refused(small, counting(small, 6, 4, 1, 1, tellers=(one,)))
    assert "two different tellers" in refused(small, counting(small, 6, 4, 1, 1, tellers=(one, one)))
    assert "two different tellers" in refused(small, counting(small, 6, 4, 1, 1, by=sitting(small, "tellers")[2]))
    found = refusal(small, counting(small, 6, 4, 1, 1, tellers=(one, other)))
    assert (found.article, f"{other} is no teller" in found.reason) == ("49", True)
    small.do(counting(small, 6, 4, 1, 1))
    assert "hands were counted in act" in refused(small, counting(small, 6, 4, 1, 1))
    assert running(small).hands[ASSEMBLY].tellers == (one, two)


def test_no_more_hands_than_present_and_no_more_present_than_members(small: Small) -> None:
    open_(small, "m")

    for numbers in ((3, 4, 0, 0), (9, 4, 0, 0), (3, -1, 0, 0)):
        assert "no more hands than present" in refused(small, counting(small, *numbers))


def test_one_secret_vote_keeps_the_ballot_secret(small: Small) -> None:
    open_(small, "m")
    ballot(small, "m", ASSEMBLY, "against")

    assert "1 have voted in m in secret; it stays secret" in refused(small, counting(small, 6, 4, 1, 1))
    published(small, "m")
    small.do(closing(small, "m"))
    assert small.state.motions["m"].outcome == "lost"


def test_hands_are_counted_in_an_assembly_that_votes_now(small: Small) -> None:
    assert "no division on m" in refused(small, counting(small, 6, 4, 1, 1))
    open_(small, "m")
    assert "committee/mill is no assembly that votes on m" in refused(
        small, counting(small, 6, 4, 1, 1, body="committee/mill")
    )
    small.wait(5)
    assert "the division was open from" in refused(small, counting(small, 6, 4, 1, 1))
    publish(small, running(small).ballots[ASSEMBLY], [])


def test_hands_are_not_counted_where_positions_are_taken_or_texts_are_ranked(small: Small) -> None:
    move(small, "c", "consensus-assembly", "x\n", body=ASSEMBLY)
    open_(small, "c")
    act = msgspec.structs.replace(counting(small, 6, 4, 1, 1), motion="c")
    assert "hands are counted in a vote for and against; consensus is open" in refused(small, act)
