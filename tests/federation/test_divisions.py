import dataclasses
from fractions import Fraction

import pytest
from deciding import (
    assembled,
    ballot,
    close,
    closing,
    decide,
    move,
    open_,
    opening,
    published,
    sitting,
    vote,
)
from hypothesis import given, settings, strategies as st
from small import Small, publish, refusal, refused

from comitia.federation import acts, divisions, moment, standing, tallies
from comitia.federation.rulebook import replay

HOUSE, MILL = "committees-house", "committee/mill"


@pytest.fixture
def small() -> Small:
    return assembled()


@pytest.fixture
def weighed() -> Small:
    return assembled(weights=True)


def seat_vote(small: Small, name: str, body: str, number: int, choice: str, **more: object) -> acts.VoteCast:
    """Return the open vote of a body's seat, by number from 0."""
    term = standing.filled(small.state, body, small.at)[number]
    fields = {"by": term.member, "body": body, "seat": term.seat, **more}
    return acts.VoteCast(at=small.at, motion=name, choice=choice, **fields)  # type: ignore[arg-type]


def casting(small: Small, name: str, body: str, choice: str, by: str) -> acts.CastingVoteGiven:
    """Return a casting vote for a body."""
    return acts.CastingVoteGiven(at=small.at, by=by, body=body, motion=name, choice=choice)  # type: ignore[arg-type]


def test_the_verdict_of_a_motion_says_its_whole_sum(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    assert decide(small, "m", {MILL: ("for", "for", "against", "abstain")}) == "carried"

    assert of.divisions[0].verdict is not None
    assert of.divisions[0].verdict.sentence == (
        "carried: committee of Mill 2 for, 1 against, 1 abstaining of 5 seats filled; more than 1/2 of votes for and "
        "against needed (article 23)"
    )
    assert tallies.decision_of(small.state, of, of.divisions[0], small.at) == of.divisions[0].verdict


def test_a_replay_computes_the_same_verdicts(small: Small) -> None:
    move(small, "m", "mixed", "x\n")
    decide(small, "m", {HOUSE: ("for",) * 2, "general-assembly": ("for",) * 9 + ("against",) * 3})

    again = replay(small.done, small.blobs).state
    assert [d.verdict for d in again.motions["m"].divisions] == [d.verdict for d in small.state.motions["m"].divisions]
    assert again.motions["m"].outcome == "carried"


def test_a_vote_without_the_seat_after_the_close_or_for_another_body_is_refused(small: Small) -> None:
    move(small, "m", "plain", "x\n", body=MILL)
    assert "no division on m" in refused(small, seat_vote(small, "m", MILL, 0, "for"))
    open_(small, "m")
    other = sitting(small, MILL)[-1]
    taken = seat_vote(small, "m", MILL, 0, "for", by=other)
    assert "does not hold the seat" in refused(small, taken)
    assert "does not vote in the open on m" in refused(small, seat_vote(small, "m", "committee/farm", 0, "for"))
    small.wait(5)
    late = refusal(small, seat_vote(small, "m", MILL, 0, "for"))
    assert (late.article, "the division was open from" in late.reason) == ("23", True)


def test_the_last_vote_of_a_seat_counts(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    open_(small, "m")
    small.do(seat_vote(small, "m", MILL, 0, "against"))
    small.do(seat_vote(small, "m", MILL, 0, "for"))

    assert close(small, "m") == "carried"
    assert [v[0] for v in of.divisions[0].votes.values()] == ["for"]


def test_a_division_lasts_as_long_as_the_charter_says_and_is_closed_once(small: Small) -> None:
    move(small, "m", "plain", "x\n", body=MILL)
    assert "voting lasts 3 days" in refused(small, opening(small, "m", days=2))
    assert "no division on m" in refused(small, closing(small, "m"))
    open_(small, "m")
    assert "is open until" in refused(small, closing(small, "m"))
    close(small, "m")

    assert "closed already" in refused(small, closing(small, "m"))


def test_the_ballots_of_an_assembly_are_published_before_the_close_is_noted(small: Small) -> None:
    move(small, "m", "plain-assembly", "x\n", body="assembly/mill")
    open_(small, "m")
    small.wait(5)

    assert "assembly/mill must be published first" in refused(small, closing(small, "m"))


def test_notice_comes_before_the_vote(small: Small) -> None:
    move(small, "m", "resolution-board", "x\n", body="board")

    assert "3 days of notice" in refused(small, opening(small, "m"))


def test_a_seat_weighs_the_members_of_its_constituency_when_the_division_opened(weighed: Small) -> None:
    small = weighed
    of = move(small, "m", "resolution-committees-house", "x\n", body=HOUSE)
    small.wait(3)
    running = open_(small, "m")
    assert running.weights == {f"{HOUSE}:{g}:1": Fraction(8) for g in ("bakery", "farm", "mill")}
    small.do(
        acts.MemberJoined(
            at=small.at,
            by=sitting(small, "secretary")[0],
            body="secretary",
            member="m-0099",
            commitment="0" * 64,
            groups={"workplace": "mill", "trade": "bakers", "locality": "hilltown"},
        )
    )
    vote(small, "m", HOUSE, "for", "for", "against")

    assert close(small, "m") == "carried"
    assert of.divisions[0].verdict is not None
    found = of.divisions[0].verdict.verdicts[0].tally
    assert (found.for_, found.against, found.filled, found.seats) == (16, 8, 24, 24)


def split(small: Small, name: str, *parts: str, number: int = 0, body: str = HOUSE) -> acts.VoteSplit:
    """Return a divided vote of a seat of a house."""
    term = standing.filled(small.state, body, small.at)[number]
    in_favour, against, abstaining = parts
    return acts.VoteSplit(
        at=small.at,
        by=term.member,
        body=body,
        motion=name,
        seat=term.seat,
        in_favour=in_favour,
        against=against,
        abstaining=abstaining,
    )


def test_a_seat_divides_its_weight_as_its_electors_were_divided(weighed: Small) -> None:
    small = weighed
    of = move(small, "m", "resolution-committees-house", "x\n", body=HOUSE)
    small.wait(3)
    running = open_(small, "m")
    vote(small, "m", HOUSE, "for", "against")
    assert "add up to 7; the seat" in refused(small, split(small, "m", "3", "7/2", "1/2"))
    assert "no part of a vote" in refused(small, split(small, "m", "-3", "11", "0"))
    small.do(split(small, "m", "3", "9/2", "1/2"))
    seat = standing.seats(small.state, HOUSE)[0]
    assert divisions.choices_of(of, running, standing.seats(small.state, HOUSE)[:2]) == {
        seat.id: "against",
        f"{HOUSE}:farm:1": "against",
    }

    assert close(small, "m") == "lost"
    assert of.divisions[0].verdict is not None
    found = of.divisions[0].verdict.verdicts[0].tally
    assert (found.for_, found.against, found.abstaining) == (3, Fraction(25, 2), Fraction(1, 2))


def test_a_whole_vote_takes_the_place_of_a_divided_one(weighed: Small) -> None:
    small = weighed
    move(small, "m", "resolution-committees-house", "x\n", body=HOUSE)
    small.wait(3)
    running = open_(small, "m")
    small.do(split(small, "m", "3", "4", "1"))
    small.do(seat_vote(small, "m", HOUSE, 0, "for"))

    assert (running.splits, [v[0] for v in running.votes.values()]) == ({}, ["for"])


def test_where_the_charter_does_not_allow_it_no_vote_is_divided(small: Small) -> None:
    move(small, "m", "resolution-committees-house", "x\n", body=HOUSE)
    small.wait(3)
    open_(small, "m")

    found = refusal(small, split(small, "m", "1", "0", "0"))
    assert (found.article, "undivided" in found.reason) == ("10", True)


def test_a_seat_added_after_the_opening_has_no_weight_in_the_division(weighed: Small) -> None:
    small = weighed
    move(small, "m", "resolution-committees-house", "x\n", body=HOUSE)
    small.wait(3)
    running = open_(small, "m")
    seat = standing.filled(small.state, HOUSE, small.at)[0].seat
    del running.weights[seat]

    assert "added after the division opened" in refused(small, seat_vote(small, "m", HOUSE, 0, "for"))


def test_the_chair_breaks_a_tie_after_the_close_and_before_the_result_is_noted(small: Small) -> None:
    of = move(small, "m", "chaired", "x\n")
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "against", "abstain")
    chair, delegate = sitting(small, "secretary")[0], sitting(small, HOUSE)[0]
    assert "is given after" in refused(small, casting(small, "m", HOUSE, "for", chair))
    small.wait(5)
    awaited = refusal(small, closing(small, "m"))
    until = moment.after(of.divisions[0].closes_at, days=3)
    assert awaited.reason == f"a tie in {HOUSE}; the chair's casting vote is awaited until {until}"
    assert "does not chair" in refused(small, casting(small, "m", HOUSE, "for", delegate))
    assert "does not decide m" in refused(small, casting(small, "m", "board", "for", chair))
    small.do(casting(small, "m", HOUSE, "for", chair))
    assert "was given in act" in refused(small, casting(small, "m", HOUSE, "against", chair))
    small.do(closing(small, "m"))

    assert of.outcome == "carried"
    assert of.divisions[0].verdict is not None
    assert "the chair's casting vote was for" in of.divisions[0].verdict.sentence


def test_the_chair_has_no_second_vote_where_there_is_no_tie(small: Small) -> None:
    move(small, "m", "chaired", "x\n")
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "for", "against")
    small.wait(5)

    assert "no tie that its chair could break" in refused(
        small, casting(small, "m", HOUSE, "against", sitting(small, "secretary")[0])
    )
    assert close(small, "m") == "carried"


def test_a_chair_who_does_not_vote_cannot_keep_the_result_open(small: Small) -> None:
    of = move(small, "m", "chaired", "x\n")
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "against")
    small.wait(8)
    small.do(closing(small, "m"))

    assert of.outcome == "lost"
    assert of.divisions[0].verdict is not None
    assert "the chair gave no casting vote" in of.divisions[0].verdict.sentence


def test_where_nobody_holds_the_chair_nobody_is_awaited(small: Small) -> None:
    move(small, "m", "chaired", "x\n")
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "against")
    small.do(acts.SeatResigned(at=small.at, by=sitting(small, "secretary")[0], seat="secretary:1"))

    assert close(small, "m") == "lost"


def test_a_body_without_a_chair_has_no_casting_vote(small: Small) -> None:
    move(small, "m", "chaired-union", "x\n")
    open_(small, "m")
    vote(small, "m", "unions-house", "for", "against")
    small.wait(5)

    chair = sitting(small, "secretary")[0]
    assert f"{chair} does not chair unions-house; nobody does" in refused(
        small, casting(small, "m", "unions-house", "for", chair)
    )
    assert close(small, "m") == "lost"


def test_an_assembly_is_chaired_by_the_office_of_the_same_group(small: Small) -> None:
    of = move(small, "m", "chaired-assembly", "x\n", body="assembly/mill")
    open_(small, "m")
    ballot(small, "m", "assembly/mill", "for", "for", "against", "against")
    small.wait(5)
    miller = sitting(small, MILL)[0]
    assert "must be published first" in refused(small, casting(small, "m", "assembly/mill", "for", miller))
    published(small, "m")
    farmer = sitting(small, "committee/farm")[0]
    assert f"{farmer} does not chair assembly/mill; {MILL} does" in refused(
        small, casting(small, "m", "assembly/mill", "for", farmer)
    )
    small.do(casting(small, "m", "assembly/mill", "against", miller))
    small.do(closing(small, "m"))

    assert of.outcome == "lost"


def test_the_ballots_of_a_second_division_have_ids_of_their_own(small: Small) -> None:
    of = move(small, "m", "mixed", "x\n")
    small.do(
        acts.AlternativeMoved(at=small.at, by="m-0001", alternative="n", motion="m", title="N", text=small.blob("y\n"))
    )
    open_(small, "m")
    close(small, "m")
    open_(small, "m")

    assert [d.ballots for d in of.divisions] == [
        {"general-assembly": "m@general-assembly"},
        {"general-assembly": "m@2-general-assembly"},
    ]


CHOICES = st.lists(st.sampled_from(("for", "against", "abstain", "silent")), min_size=5, max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    choices=CHOICES,
    seat=st.integers(0, 4),
    base=st.sampled_from(("members", "seats", "filled", "present", "cast", "for_against")),
    share=st.sampled_from((Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))),
    strict=st.booleans(),
    quorum=st.sampled_from((Fraction(0), Fraction(1, 2), 3)),
    rest=st.tuples(
        st.sampled_from(("fails", "chair", "carries", "stands")),
        st.sampled_from(("absent", "abstains", "consents")),
        st.sampled_from(("counted", "not_counted")),
        st.booleans(),
        st.booleans(),
    ),
)
def test_one_more_vote_for_never_turns_carried_into_lost(
    choices: list[str],
    seat: int,
    base: str,
    share: Fraction,
    strict: bool,
    quorum: Fraction | int,
    rest: tuple[str, str, str, bool, bool],
) -> None:
    small = assembled()
    of = move(small, "m", "plain", "x\n", body=MILL)
    tie, silence, abstentions, counts, abstaining = rest
    of.on = dataclasses.replace(
        of.on,
        base=base,  # type: ignore[arg-type]
        threshold=share,
        strict=strict and share < 1,
        quorum=quorum,
        quorum_base="filled",
        tie=tie,  # type: ignore[arg-type]
        silence=silence,  # type: ignore[arg-type]
        abstentions=abstentions,  # type: ignore[arg-type]
        no_counts_to_quorum=counts,
        abstentions_count_to_quorum=abstaining,
    )
    running = open_(small, "m")
    for number, choice in enumerate(choices):
        if choice != "silent":
            small.do(seat_vote(small, "m", MILL, number, choice))
    before = tallies.decision_of(small.state, of, running, small.at).carried
    small.do(seat_vote(small, "m", MILL, seat, "for"))
    after = tallies.decision_of(small.state, of, running, small.at).carried

    assert after or not before


def test_an_empty_ballot_is_published_as_empty(small: Small) -> None:
    move(small, "m", "plain-assembly", "x\n", body="assembly/mill")
    running = open_(small, "m")
    small.wait(5)
    publish(small, running.ballots["assembly/mill"], [])
    small.do(closing(small, "m"))

    assert small.state.motions["m"].outcome == "lost"


def test_whoever_votes_and_gives_up_her_seat_does_not_make_the_majority_smaller(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    of.on = dataclasses.replace(of.on, base="filled")
    running = open_(small, "m")
    for number in (0, 1):
        small.do(seat_vote(small, "m", MILL, number, "for"))
    for term in standing.filled(small.state, MILL, small.at)[:2]:
        small.do(acts.SeatResigned(at=small.at, by=term.member, body=MILL, seat=term.seat))

    found = tallies.decision_of(small.state, of, running, small.at).verdicts[0]

    # Two of five, and not two of the three who are left.
    assert (found.tally.filled, found.base, found.carried) == (5, 5, False)
    # A record under a charter of language 1 replays as it was decided then.
    small.state.charter = dataclasses.replace(standing.charter(small.state), language=1)
    then = tallies.decision_of(small.state, of, running, small.at).verdicts[0]
    assert (then.tally.filled, then.carried) == (3, True)
