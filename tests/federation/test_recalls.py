import copy
import dataclasses
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from people import CHARTER, begun, elected, of, published, vote
from small import Small, refusal, refused
from test_elections import board_elected

from comitia.federation import acts, awaiting, ballots, moment, recalls, standing
from comitia.federation.refusal import Refused

PARTS = st.integers(0, 8)


def petition(small: Small, seat: str, by: str) -> acts.RecallPetitioned:
    return acts.RecallPetitioned(at=small.at, by=by, recall="r", seat=seat, reason="no report")


def opened(small: Small, by: str, days: int = 3) -> acts.RecallOpened:
    return acts.RecallOpened(at=small.at, by=by, recall="r", closes_at=moment.after(small.at, days=days))


def voting(small: Small, seat: str, signing: list[str]) -> Small:
    """Petition against the holder of a seat, with these signatures, and open the vote."""
    small.do(petition(small, seat, signing[0]))
    for member in signing[1:]:
        small.do(acts.PetitionSigned(at=small.at, by=member, recall="r"))
    small.do(opened(small, signing[0]))
    return small


def decided(small: Small, for_: int, against: int, abstaining: int = 0) -> tuple[str, bool]:
    """Return the outcome of the vote, and whether the holder sits on."""
    choices = ['"for"'] * for_ + ['"against"'] * against + ['"abstain"'] * abstaining
    trial = copy.deepcopy(small)
    vote(trial, "r", choices)
    made = trial.state.recalls["r"]
    assert made.verdict is not None and "electors of " in made.verdict.sentence
    return made.outcome, standing.term(trial.state, made.seat, trial.at) is not None


@pytest.fixture(scope="module")
def quota() -> Small:
    """A federation in which the recall of one of the mill's four delegates, by her own quota, is voted on."""
    small = begun()
    elected(small, "house", "assembly/mill", of("mill")[:4])
    return voting(small, "house:mill:1", of("mill")[:2])


@pytest.fixture(scope="module")
def confidence() -> Small:
    """A federation in which the board's first seat is asked for confidence."""
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    board_elected(small, ["m-0001", "m-0002"])
    return voting(small, "board:1", ["m-0003", "m-0004", "m-0005"])


@pytest.fixture(scope="module")
def ordinary() -> Small:
    """A federation in which the recall of a committee's first seat is voted on."""
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    return voting(small, "committee/mill:1", ["m-0010", "m-0011"])


def test_a_droop_quota_of_her_own_electors_keeps_a_minoritys_delegate(quota: Small) -> None:
    # Eight votes for four seats: a quota is two.
    assert decided(quota, 6, 2) == ("lost", True)
    assert decided(quota, 7, 1) == ("carried", False)


def test_asked_for_confidence_an_equal_vote_does_not_protect_her(confidence: Small) -> None:
    assert decided(confidence, 7, 7) == ("carried", False)
    assert decided(confidence, 8, 7) == ("lost", True)


def test_a_vote_of_confidence_without_its_quorum_changes_nothing(confidence: Small) -> None:
    assert decided(confidence, 0, 4) == ("lost", True)


def test_where_the_charter_says_that_a_tie_protects_it_does(ordinary: Small) -> None:
    assert decided(ordinary, 4, 4) == ("lost", True)
    assert decided(ordinary, 5, 3) == ("carried", False)


def test_where_the_charter_says_that_a_tie_does_not_protect_she_goes() -> None:
    small = begun(CHARTER.replace("tie_protects = true", "tie_protects = false"))
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    voting(small, "committee/mill:1", ["m-0010", "m-0011"])

    assert decided(small, 4, 4) == ("carried", False)


def test_the_question_of_confidence_may_be_put_to_her_own_quota_too() -> None:
    old = 'question = "recall"\nby = "own_quota"'
    small = begun(CHARTER.replace(old, 'question = "confidence"\nby = "own_quota"'))
    elected(small, "house", "assembly/mill", of("mill")[:4])
    voting(small, "house:mill:1", of("mill")[:2])

    assert decided(small, 2, 6) == ("lost", True)
    assert decided(small, 1, 7) == ("carried", False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(for_=PARTS, against=PARTS, abstaining=PARTS, which=st.sampled_from(("quota", "ordinary")))
def test_one_more_vote_for_the_recall_never_turns_recalled_into_kept(
    request: pytest.FixtureRequest, for_: int, against: int, abstaining: int, which: str
) -> None:
    small: Small = request.getfixturevalue(which)
    if for_ + against + abstaining >= 8:
        return
    before, after = decided(small, for_, against, abstaining), decided(small, for_ + 1, against, abstaining)

    assert before == ("lost", True) or after == ("carried", False)
    if for_ + against + abstaining < 8 and against:
        changed = decided(small, for_ + 1, against - 1, abstaining)
        assert before == ("lost", True) or changed == ("carried", False)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stay=st.integers(0, 7), go=st.integers(0, 7))
def test_one_more_vote_to_go_never_turns_no_confidence_into_confidence(confidence: Small, stay: int, go: int) -> None:
    before, after = decided(confidence, stay, go), decided(confidence, stay, go + 1)

    assert before == ("lost", True) or after == ("carried", False)


def test_a_majority_elsewhere_can_never_unseat_a_minoritys_delegate() -> None:
    small = begun()
    elected(small, "house", "assembly/farm", ["m-0005"])
    others = sorted(standing.all_members(small.state) - set(of("farm")))

    assert {refusal(small, petition(small, "house:farm:1", by)).article for by in others} == {"4"}
    small.do(petition(small, "house:farm:1", "m-0006"))
    signing = [acts.PetitionSigned(at=small.at, by=by, recall="r") for by in others]
    assert {refusal(small, act).article for act in signing} == {"4"}
    small.do(opened(small, "m-0006"))
    small.at = small.state.ballots["r"].opens_at
    voting_ = [acts.VoteTaken(at=small.at, by=by, ballot="r", member=by) for by in others]
    assert {refusal(small, act).article for act in voting_} == {"2"}


def test_a_petition_runs_under_the_rule_of_its_opening() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    small.do(petition(small, "committee/mill:1", "m-0010"))
    assert small.state.charter is not None
    object.__setattr__(small.state.charter.kinds["committee"], "recall", None)

    assert recalls.needed(small.state, small.state.recalls["r"]) == 2
    small.do(acts.PetitionSigned(at=small.at, by="m-0011", recall="r"))
    small.do(opened(small, "m-0010"))
    assert decided(small, 6, 2) == ("carried", False)


def test_a_petition_names_a_holder_whom_the_charter_lets_be_recalled(ordinary: Small) -> None:
    small = copy.deepcopy(ordinary)
    assert "is still open" in refused(
        small, acts.RecallPetitioned(at=small.at, by="m-0010", recall="s", seat="committee/mill:1", reason="x")
    )
    vacant = acts.RecallPetitioned(at=small.at, by="m-0005", recall="s", seat="committee/farm:1", reason="x")
    assert "is vacant; there is nobody to recall" in refused(small, vacant)
    small.wait(30)
    again = acts.RecallPetitioned(at=small.at, by="m-0010", recall="s", seat="committee/mill:1", reason="x")
    small.do(again)
    assert small.state.charter is not None
    object.__setattr__(small.state.charter.kinds["committee"], "recall", None)
    never = acts.RecallPetitioned(at=small.at, by="m-0010", recall="t", seat="committee/mill:2", reason="x")
    assert "gives committee no recall" in refused(small, never)


def test_signing_ends_with_the_window_and_with_the_vote() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    small.do(petition(small, "committee/mill:1", "m-0010"))
    sign = acts.PetitionSigned(at=small.at, by="m-0011", recall="r")
    assert "there is no petition 's'" in refused(small, acts.PetitionSigned(at=small.at, by="m-0011", recall="s"))
    assert "has signed r already" in refused(small, acts.PetitionSigned(at=small.at, by="m-0010", recall="r"))
    assert "1 of 8 electors have signed; 2 are needed" in refused(small, opened(small, "m-0010"))
    assert [a.task for a in awaiting.awaits(small.state, "m-0011", small.at)] == ["petition"]
    late = copy.deepcopy(small)
    late.wait(10)
    assert "could be signed until" in refused(late, acts.PetitionSigned(at=late.at, by="m-0011", recall="r"))
    small.do(sign)
    assert "voting lasts 3 days" in refused(small, opened(small, "m-0010", days=2))
    small.do(opened(small, "m-0010"))
    assert "is open already" in refused(small, opened(small, "m-0010"))
    assert "signing is over" in refused(small, acts.PetitionSigned(at=small.at, by="m-0012", recall="r"))


def test_who_no_longer_holds_the_seat_is_not_voted_on() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    small.do(petition(small, "committee/mill:1", "m-0010"))
    small.do(acts.PetitionSigned(at=small.at, by="m-0011", recall="r"))
    gone = copy.deepcopy(small)
    gone.do(acts.SeatResigned(at=gone.at, by="m-0008", seat="committee/mill:1"))
    assert "no longer holds" in refused(gone, opened(gone, "m-0010"))
    small.do(opened(small, "m-0010"))
    small.do(acts.SeatResigned(at=small.at, by="m-0008", seat="committee/mill:1"))
    vote(small, "r", ['"for"'] * 8)

    assert [t.ended_by for t in small.state.terms["committee/mill:1"]] == ["resigned"]


def test_a_vote_of_confidence_is_asked_in_those_words(confidence: Small) -> None:
    asked = [a.text for a in awaiting.awaits(confidence.state, "m-0006", confidence.at) if a.task == "ballot"]

    assert asked == ["say whether m-0001 keeps your confidence in board:1"]


def test_a_vote_on_a_recall_is_for_against_or_abstain(ordinary: Small) -> None:
    small = copy.deepcopy(ordinary)
    asked = [a.text for a in awaiting.awaits(small.state, "m-0012", small.at) if a.task == "ballot"]
    assert asked == ["vote on the recall from committee/mill:1"]
    ballots.check_choice(small.state, small.state.ballots["r"], "abstain")
    with pytest.raises(Refused, match="is one of for, against, abstain"):
        ballots.check_choice(small.state, small.state.ballots["r"], "maybe")
    small.do(acts.VoteTaken(at=small.at, by="m-0010", ballot="r", member="m-0010"))
    small.at = small.state.ballots["r"].closes_at

    assert "is one of for, against, abstain" in refused(small, published(small, "r", ['"yes"']))
    assert "one line of JSON" in refused(small, published(small, "r", ["yes"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    votes=st.tuples(PARTS, PARTS, PARTS),
    asked=st.tuples(
        st.sampled_from(("recall", "confidence")),
        st.sampled_from(("electors", "own_quota")),
        st.sampled_from(("members", "present", "cast", "for_against")),
        st.booleans(),
        st.booleans(),
    ),
    share=st.sampled_from((Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))),
    quorum=st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(1))),
)
def test_under_every_rule_one_more_vote_to_go_never_keeps_her(
    ordinary: Small,
    votes: tuple[int, int, int],
    asked: tuple[str, str, str, bool, bool],
    share: Fraction,
    quorum: Fraction,
) -> None:
    question, by, base, strict, tie = asked
    go, stay, abstaining = votes
    electors = len(ordinary.state.recalls["r"].electorate)
    if go + stay + abstaining > electors:
        return
    trial = copy.deepcopy(ordinary)
    made = trial.state.recalls["r"]
    assert made.rule is not None
    made.rule = dataclasses.replace(
        made.rule, question=question, by=by, base=base, strict=strict and share < 1, tie_protects=tie, threshold=share,
        quorum=quorum,
    )  # type: ignore[arg-type]  # fmt: skip

    def gone(go: int, stay: int, abstaining: int) -> bool:
        sides = (stay, go) if question == "confidence" else (go, stay)
        return decided(trial, *sides, abstaining)[0] == "carried"

    more = [(go + 1, stay, abstaining)] if go + stay + abstaining < electors else []
    more += [(go + 1, stay - 1, abstaining)] if stay else []
    more += [(go + 1, stay, abstaining - 1)] if abstaining else []
    assert not gone(*votes) or all(gone(*one) for one in more)
