import dataclasses
from fractions import Fraction

import pytest
from deciding import assembled, ballot, close, closing, decide, move, open_, opening, sitting, vote
from hypothesis import given, settings, strategies as st
from small import Small, refusal, refused

from comitia.federation import acts, divisions, positions, standing, tallies
from comitia.federation.state import Division, Motion

MILL, ASSEMBLY = "committee/mill", "assembly/mill"

WORDS = ("for", "against", "abstain", "silent")


@pytest.fixture
def small() -> Small:
    return assembled()


def taking(small: Small, position: str, number: int = 0, *, name: str = "m", reason: str = "") -> acts.PositionTaken:
    """Return a position of a seat of the mill's committee, by number from 0."""
    term = standing.filled(small.state, MILL, small.at)[number]
    return acts.PositionTaken(
        at=small.at, by=term.member, body=MILL, motion=name, seat=term.seat, position=position, reason=reason
    )


def objecting(small: Small, number: int = 1, *, name: str = "m", reason: str = "It is unsafe.") -> acts.ObjectionRaised:
    """Return an objection by a member of the mill's committee, by number from 0."""
    by = sitting(small, MILL)[number]
    return acts.ObjectionRaised(at=small.at, by=by, body=MILL, objection=f"o-{number}", motion=name, reason=reason)


def advising(small: Small, number: int, **fields: object) -> acts.AdviceGiven:
    """Return advice by a member of the mill's committee, by number from 0."""
    given = {"by": sitting(small, MILL)[number], "text": small.blob("Do it in May.\n"), "motion": "m", **fields}
    return acts.AdviceGiven(at=small.at, **given)  # type: ignore[arg-type]


def sentence(of: Motion) -> str:
    """Return the sentence of the last verdict on a motion."""
    found = of.divisions[-1].verdict
    assert found is not None
    return found.sentence


def test_a_motion_is_carried_by_consent_when_no_objection_stands(small: Small) -> None:
    of = move(small, "m", "consent-committee", "x\n", body=MILL)
    small.wait(3)
    open_(small, "m")
    small.do(objecting(small))
    vote(small, "m", MILL, "for", "for", "abstain")
    assert positions.standing_objections(small.state, of) == (small.state.objections["o-1"],)
    small.do(acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1"))

    assert close(small, "m") == "carried"
    assert "no objection stands" in sentence(of)
    assert small.state.objections["o-1"].withdrawn > 0


def test_a_motion_is_lost_by_consent_while_an_objection_stands(small: Small) -> None:
    of = move(small, "m", "consent-committee", "x\n", body=MILL)
    small.do(objecting(small))
    small.wait(3)
    open_(small, "m")
    vote(small, "m", MILL, "for", "for", "for", "for", "for")

    assert close(small, "m") == "lost"
    assert "1 objection stands" in sentence(of)


def test_an_objection_needs_a_reason_and_the_right_to_vote(small: Small) -> None:
    of = move(small, "m", "consent-committee", "x\n", body=MILL)
    move(small, "plain", "plain", "x\n", body=MILL)
    farmer = sitting(small, "committee/farm")[0]
    stranger = acts.ObjectionRaised(at=small.at, by=farmer, objection="f", motion="m", reason="no")

    assert refusal(small, objecting(small, reason=" ")).reason == "an objection needs a reason, so that it can be met"
    assert f"{farmer} sits in none of {MILL}" in refused(small, stranger)
    assert "does not go by consent; vote decides it" in refused(small, objecting(small, name="plain"))
    small.do(objecting(small))
    assert "there is an objection 'o-1' already" in refused(small, objecting(small))
    back = acts.ObjectionWithdrawn(at=small.at, by=of.by, objection="o-1")
    assert "who raised the objection" in refused(small, back)
    assert "there is no objection 'none'" in refused(
        small, acts.ObjectionWithdrawn(at=small.at, by=of.by, objection="none")
    )
    small.do(acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1"))
    assert "was taken back in act" in refused(
        small, acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1")
    )


def test_objections_are_raised_until_voting_closes_and_not_after_the_result(small: Small) -> None:
    move(small, "m", "consent-committee", "x\n", body=MILL)
    small.wait(3)
    open_(small, "m")
    small.do(objecting(small))
    small.wait(5)
    assert "until voting closes" in refused(small, objecting(small, 2))
    small.do(closing(small, "m"))

    assert "is decided already: lost" in refused(small, objecting(small, 2))
    assert "is decided already: lost" in refused(
        small, acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1")
    )


def test_by_consent_nobody_votes_against_but_objects(small: Small) -> None:
    move(small, "m", "consent-committee", "x\n", body=MILL)
    small.wait(3)
    open_(small, "m")
    term = standing.filled(small.state, MILL, small.at)[0]
    act = acts.VoteCast(at=small.at, by=term.member, body=MILL, motion="m", seat=term.seat, choice="against")

    assert refusal(small, act).reason == "consent decides m; say for, abstain, or object with a reason"


def test_an_assembly_consents_when_enough_take_part(small: Small) -> None:
    for name, voters, outcome in (("few", 3, "lost"), ("enough", 4, "carried")):
        move(small, name, "consent-assembly", "x\n", body=ASSEMBLY)
        open_(small, name)
        ballot(small, name, ASSEMBLY, *(["for"] * (voters - 1)), "abstain")
        assert close(small, name) == outcome


def test_a_consensus_is_stopped_by_a_block_with_its_reason(small: Small) -> None:
    of = move(small, "m", "consensus", "x\n", body=MILL)
    running = open_(small, "m")
    for number in range(3):
        small.do(taking(small, "for", number))
    assert "whoever blocks says why" in refused(small, taking(small, "block", 3))
    small.do(taking(small, "block", 3, reason="It breaks article 5."))
    assert "is one of for, aside, block, abstain" in refused(small, taking(small, "against"))
    seats = standing.seats(small.state, MILL)
    assert divisions.choices_of(of, running, seats) == {
        seats[0].id: "for",
        seats[1].id: "for",
        seats[2].id: "for",
        seats[3].id: "against",
    }

    assert close(small, "m") == "lost"
    assert "3 agreeing, 0 standing aside, 1 blocking" in sentence(of)


def test_a_consensus_bears_so_many_who_stand_aside(small: Small) -> None:
    for name, aside, outcome in (("few", 1, "carried"), ("many", 2, "lost")):
        move(small, name, "consensus", "x\n", body=MILL)
        open_(small, name)
        for number in range(3):
            small.do(taking(small, "aside" if number < aside else "for", number, name=name))
        assert close(small, name) == outcome


def test_an_assembly_comes_to_a_consensus_in_secret(small: Small) -> None:
    of = move(small, "m", "consensus-assembly", "x\n", body=ASSEMBLY)
    running = open_(small, "m")
    ballot(small, "m", ASSEMBLY, "for", "for", "aside", "abstain")

    assert close(small, "m") == "carried"
    assert running.counted == {ASSEMBLY: {"for": 2, "aside": 1, "block": 0, "abstain": 1}}
    assert "1 standing aside" in sentence(of) and "of the 4 taking part" in sentence(of)


def test_gradients_ask_for_a_level_and_bear_few_who_are_opposed(small: Small) -> None:
    for name, levels, outcome in (("good", "12345", "carried"), ("cool", "55512", "lost"), ("torn", "11118", "lost")):
        of = move(small, name, "gradients", "x\n", body=MILL)
        running = open_(small, name)
        for number, level in enumerate(levels):
            small.do(taking(small, level, number, name=name))
        said = divisions.choices_of(of, running, standing.seats(small.state, MILL))
        assert list(said.values()) == ["for" if c <= "4" else "against" if c >= "7" else "abstain" for c in levels]
        assert close(small, name) == outcome


def test_an_assembly_says_its_gradients_in_secret(small: Small) -> None:
    of = move(small, "m", "gradients-assembly", "x\n", body=ASSEMBLY)
    open_(small, "m")
    ballot(small, "m", ASSEMBLY, "1", "3", "5")

    assert close(small, "m") == "carried"
    assert "2 of 3 at level 4 or better" in sentence(of)


def test_positions_are_taken_where_the_charter_asks_for_them_by_who_holds_the_seat(small: Small) -> None:
    move(small, "m", "plain", "x\n", body=MILL)
    move(small, "c", "consensus", "x\n", body=MILL)
    open_(small, "m")
    open_(small, "c")
    assert "seats do not take positions; vote decides it" in refused(small, taking(small, "for"))
    term = standing.filled(small.state, MILL, small.at)[0]
    cast = acts.VoteCast(at=small.at, by=term.member, body=MILL, motion="c", seat=term.seat, choice="for")
    assert "consensus decides c; say for, aside, block, abstain" in refused(small, cast)
    other = sitting(small, MILL)[-1]
    stolen = acts.PositionTaken(at=small.at, by=other, body=MILL, motion="c", seat=term.seat, position="for")

    assert f"{other} does not hold the seat" in refused(small, stolen)


def test_a_vote_is_not_divided_where_positions_are_taken() -> None:
    small = assembled(weights=True)
    of = move(small, "m", "chaired", "x\n")
    of.on = dataclasses.replace(of.on, procedure="consent")
    open_(small, "m")
    term = standing.filled(small.state, "committees-house", small.at)[0]
    act = acts.VoteSplit(
        at=small.at,
        by=term.member,
        body="committees-house",
        motion="m",
        seat=term.seat,
        in_favour="3",
        against="4",
        abstaining="1",
    )

    assert "consent decides m; nothing is split" in refused(small, act)


def test_a_sense_check_is_heard_and_decides_nothing(small: Small) -> None:
    of = move(small, "m", "sense-assembly", "x\n", body=ASSEMBLY)
    open_(small, "m")
    ballot(small, "m", ASSEMBLY, "for", "for", "for")

    assert close(small, "m") == "heard"
    assert (of.effect_at, small.state.pending) == ("", [])
    assert "a sense check decides nothing" in sentence(of)
    assert "is decided already: heard" in refused(small, opening(small, "m"))


def test_the_mover_decides_when_enough_have_advised_her(small: Small) -> None:
    of = move(small, "m", "advice-committee", "x\n", body=MILL)
    small.do(advising(small, 1))
    running = open_(small, "m")
    small.do(advising(small, 1, text=small.blob("Better in June.\n")))
    small.wait(5)
    assert running.ballots == {}
    assert f"{of.by} asked for advice and decides herself" in refused(small, closing(small, "m"))
    found = refusal(small, closing(small, "m", by=of.by))
    assert (found.article, "1 advising of 5 members; the mover decides after advice from 2" in found.reason) == (
        "48",
        True,
    )
    small.do(advising(small, 2))
    small.do(closing(small, "m", by=of.by))

    assert of.outcome == "carried"
    assert [who for who, _, _ in of.advice] == [sitting(small, MILL)[1], sitting(small, MILL)[2]]
    assert "is decided already: carried" in refused(small, advising(small, 3))


def test_the_mover_may_drop_what_she_was_advised_against(small: Small) -> None:
    of = move(small, "m", "advice-committee", "x\n", body=MILL)
    running = open_(small, "m")
    small.do(advising(small, 1))
    small.do(acts.MotionWithdrawn(at=small.at, by=of.by, motion="m"))

    assert (of.outcome, running.closed) == ("withdrawn", True)


def test_advice_is_by_those_concerned_and_not_by_the_mover(small: Small) -> None:
    move(small, "m", "advice-committee", "x\n", body=MILL)
    move(small, "plain", "plain", "x\n", body=MILL)
    farmer = sitting(small, "committee/farm")[0]

    assert "she does not advise herself" in refused(small, advising(small, 0))
    assert f"{farmer} does not sit in a body that m concerns" in refused(small, advising(small, 0, by=farmer))
    assert "does not go by advice; vote decides it" in refused(small, advising(small, 1, motion="plain"))
    assert "no blob" in refused(small, advising(small, 1, text="0" * 64))
    open_(small, "m")
    term = standing.filled(small.state, MILL, small.at)[1]
    cast = acts.VoteCast(at=small.at, by=term.member, body=MILL, motion="m", seat=term.seat, choice="for")
    assert "advice decides m; say what you advise" in refused(small, cast)


def test_in_a_way_out_that_sets_a_share_the_body_votes(small: Small) -> None:
    of = move(small, "m", "mediated", "x\n")
    of.on = dataclasses.replace(of.on, procedure="consent", exits=of.on.exits[1:2])
    running = open_(small, "m")
    vote(small, "m", "committees-house", "for", "for", "for")
    assert positions.present(of) == "consent"
    assert close(small, "m") == "deadlock"
    small.wait(2)
    again = open_(small, "m", stage="exit")

    assert (positions.present(of), positions.procedure(of, running)) == ("vote", "consent")
    assert positions.allowed(of) == ("for", "against", "abstain")
    assert tallies.rule_of(of, again).threshold == Fraction(1, 2)


def test_by_groups_the_members_and_a_share_of_the_groups_must_approve(small: Small) -> None:
    votes = {
        "all": (("for",) * 6, ("for",) * 4, ("against",) * 5, "carried"),
        "one": (("for",) * 8, ("against",) * 4, ("against",) * 3, "lost"),
        "idle": (("for",) * 8, ("for",) * 3, ("against",) * 2, "lost"),
    }
    for name, (bakery, farm, mill, outcome) in votes.items():
        of = move(small, name, "by-groups", "x\n")
        given_votes = {"assembly/bakery": bakery, "assembly/farm": farm, "assembly/mill": mill}
        assert decide(small, name, given_votes) == outcome
        assert of.divisions[0].bodies == ("assembly/bakery", "assembly/farm", "assembly/mill")
    assert "1 of 3 groups approve" in sentence(small.state.motions["idle"])


def _divided(running: Division) -> list[str]:
    return [v[0] for v in running.positions.values()]


@settings(max_examples=40, deadline=None)
@given(
    taken=st.lists(st.sampled_from(("for", "aside", "block", "abstain", "silent")), min_size=5, max_size=5),
    seat=st.integers(0, 4),
    blocks=st.integers(0, 2),
    aside=st.sampled_from((Fraction(0), Fraction(1, 3), Fraction(1, 2))),
    silence=st.sampled_from(("absent", "abstains", "consents")),
)
def test_one_more_for_never_breaks_a_consensus(
    taken: list[str], seat: int, blocks: int, aside: Fraction, silence: str
) -> None:
    small = assembled()
    of = move(small, "m", "consensus", "x\n", body=MILL)
    demand = dataclasses.replace(of.on.demand, blocks=blocks, aside=aside)  # type: ignore[type-var,arg-type]
    of.on = dataclasses.replace(of.on, demand=demand, silence=silence)  # type: ignore[arg-type]
    running = open_(small, "m")
    for number, position in enumerate(taken):
        if position != "silent":
            small.do(taking(small, position, number, reason="because"))
    before = tallies.decision_of(small.state, of, running, small.at).carried
    small.do(taking(small, "for", seat))
    after = tallies.decision_of(small.state, of, running, small.at).carried

    assert after or not before
    assert "for" in _divided(running)


def test_an_objection_is_taken_back_before_voting_closes_and_not_until_the_result_is_noted(small: Small) -> None:
    move(small, "m", "consent-committee", "x\n", body=MILL)
    small.wait(3)
    running = open_(small, "m")
    vote(small, "m", MILL, "for", "for", "for")
    small.do(objecting(small))
    small.at = running.closes_at

    late = acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1")
    assert f"voting on m closed at {running.closes_at}; an objection is taken back before" in refused(small, late)
    assert close(small, "m") == "lost"


@settings(max_examples=25, deadline=None)
@given(
    said=st.lists(st.lists(st.sampled_from(WORDS), min_size=8, max_size=8), min_size=3, max_size=3),
    who=st.tuples(st.integers(0, 2), st.integers(0, 7)),
    rule=st.tuples(
        st.sampled_from(("members", "filled", "present", "cast", "for_against")),
        st.sampled_from(("absent", "abstains", "consents")),
        st.sampled_from((Fraction(0), Fraction(1, 2))),
    ),
    share=st.tuples(st.sampled_from((Fraction(0), Fraction(1, 2))), st.sampled_from((Fraction(1, 3), Fraction(2, 3)))),
)
def test_one_more_for_never_loses_what_members_and_groups_carried(
    said: list[list[str]], who: tuple[int, int], rule: tuple[str, str, Fraction], share: tuple[Fraction, Fraction]
) -> None:
    def outcome(said: list[list[str]]) -> str:
        small = assembled()
        of = move(small, "m", "by-groups", "x\n", by="m-0001")
        base, silence, quorum = rule
        groups = dataclasses.replace(of.on.groups, turnout=share[0], groups=share[1])  # type: ignore[type-var]
        of.on = dataclasses.replace(
            of.on, base=base, silence=silence, quorum=quorum, quorum_base="members", groups=groups,
        )  # type: ignore[arg-type]  # fmt: skip
        running = open_(small, "m")
        for body, choices in zip(running.bodies, said, strict=True):
            ballot(small, "m", body, *(choice for choice in choices if choice != "silent"))
        return close(small, "m")

    body, member = who
    more = [list(choices) for choices in said]
    more[body][member] = "for"
    assert outcome(said) != "carried" or outcome(more) == "carried"
