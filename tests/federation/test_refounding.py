import copy

import pytest
from people import CHARTER, begun, carried, elected, of, opened, vote
from small import Small, refusal, refused
from test_candidacy import stands
from test_elections import board_elected

from comitia.federation import acts, awaiting, moment, refounding, standing
from comitia.federation.rulebook import replay

# The new charter has no screeners, one seat less in each committee, and nothing else is changed.
NEW = CHARTER.replace(
    'seats = 2\nelection = "plain"\nterm_days = 360\nterm_limit = 2',
    'seats = 1\nelection = "plain"\nterm_days = 360\nterm_limit = 2',
)
_A = NEW.index("[kind.screeners]")
NEW = NEW[:_A] + NEW[NEW.index("[kind.conference]") :]
NEW = NEW.replace('gate = "screeners"\n', "").replace('by = ["screeners", "committee"]', 'by = ["committee"]')
NEW = NEW.replace('by = ["committee", "screeners"]', 'by = ["committee"]')


def call(small: Small, *, by: str = "m-0001", charter: str = NEW, name: str = "anew") -> acts.RefoundingCalled:
    return acts.RefoundingCalled(at=small.at, by=by, refounding=name, charter=small.blob(charter))


def sign(small: Small, by: str) -> acts.RefoundingSigned:
    return acts.RefoundingSigned(at=small.at, by=by, refounding="anew")


def opening(small: Small, by: str = "m-0002", days: int = 3) -> acts.RefoundingOpened:
    return acts.RefoundingOpened(at=small.at, by=by, refounding="anew", closes_at=moment.after(small.at, days=days))


@pytest.fixture(scope="module")
def _old() -> Small:
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    elected(small, "house", "assembly/mill", of("mill")[:4])
    return small


@pytest.fixture
def old(_old: Small) -> Small:
    """A federation in which screeners, a committee and some of the house sit."""
    return copy.deepcopy(_old)


def called(small: Small) -> Small:
    """Let enough members call and sign, and open their vote."""
    small.do(call(small))
    for by in ("m-0002", "m-0003"):
        small.do(sign(small, by))
    small.do(opening(small))
    return small


def test_what_the_members_carry_is_in_force_at_once_and_officers_are_carried_over(old: Small) -> None:
    small = called(old)
    vote(small, "anew", ['"for"'] * 8 + ['"against"'] * 7)
    found = small.state.refoundings["anew"]
    name = small.blob(NEW)

    assert found.verdict is not None
    assert (found.outcome, found.verdict.sentence) == (
        "carried",
        "carried: all members 8 for, 7 against, 0 abstaining of 15 members; more than 1/2 of all members needed "
        "(article 6), quorum 8 present 15",
    )
    assert small.state.charter_hash == name
    assert small.state.charters[-1] == (name, small.at, small.state.size - 1)
    assert standing.find_body(small.state, "screeners") is None
    until = moment.after(small.at, days=60)
    held = {s: (t[-1].member, t[-1].origin, t[-1].ended_by, t[-1].until) for s, t in small.state.terms.items()}
    ended = [held.pop(s) for s in ("screeners:1", "screeners:2", "committee/mill:2")]
    assert [e[2] for e in ended] == ["dissolved"] * 3
    assert set(held) == {"committee/mill:1", *(f"house:mill:{n}" for n in range(1, 5))}
    assert {h[1:] for h in held.values()} == {("carried over", "", until)}
    assert replay(small.done, small.blobs).state.charters == small.state.charters


def test_more_than_half_of_all_members_found_anew_and_nobody_less(old: Small) -> None:
    small = called(old)
    vote(small, "anew", ['"for"'] * 7)

    assert small.state.refoundings["anew"].outcome == "lost"
    assert len(small.state.charters) == 1
    assert standing.find_body(small.state, "screeners") is not None


def test_members_alone_call_sign_and_open(old: Small) -> None:
    small = old
    assert "members alone found anew" in refused(small, call(small, by="clerk"))
    small.do(call(small))
    assert "members alone found anew" in refused(small, sign(small, "clerk"))
    assert refusal(small, sign(small, "m-0099")).article == "6"
    assert "has signed anew already" in refused(small, sign(small, "m-0001"))
    assert "1 of 15 members have signed; 3 are needed" in refused(small, opening(small))
    small.do(sign(small, "m-0002"))
    small.do(sign(small, "m-0003"))
    assert "members alone found anew" in refused(small, opening(small, by="clerk"))
    assert "voting lasts 3 days" in refused(small, opening(small, days=2))
    small.do(opening(small))
    assert "has been opened already" in refused(small, opening(small))
    assert "signing is over" in refused(small, sign(small, "m-0004"))
    assert "there is no call to found anew 'x'" in refused(
        small, acts.RefoundingSigned(at=small.at, by="m-0004", refounding="x")
    )
    ballot = small.state.ballots["anew"]
    assert (ballot.purpose, ballot.body, len(ballot.electorate)) == ("refounding", "everybody", 15)
    small.at = ballot.closes_at
    assert (
        refusal(
            small, acts.BallotsPublished(at=small.at, by="m-0001", ballot="anew", choices="", number=0, seed="")
        ).article
        == "2"
    )


def test_a_call_lapses_with_its_window(old: Small) -> None:
    small = old
    small.do(call(small))
    small.do(sign(small, "m-0002"))
    small.do(sign(small, "m-0003"))
    small.wait(10)

    assert "could be signed until" in refused(small, sign(small, "m-0004"))
    assert "lapsed at" in refused(small, opening(small))


def test_a_member_who_left_has_signed_for_nobody(old: Small) -> None:
    small = old
    small.do(call(small))
    for by in ("m-0002", "m-0003"):
        small.do(sign(small, by))
        small.do(acts.MemberLeft(at=small.at, by=by, member=by))

    assert refounding.progress(small.state, small.state.refoundings["anew"]).have == 1


def test_a_call_brings_another_charter_that_can_be_carried_out(old: Small) -> None:
    small = old
    missing = acts.RefoundingCalled(at=small.at, by="m-0001", refounding="anew", charter="0" * 64)

    assert "is missing" in refused(small, missing)
    assert "in force already" in refused(small, call(small, charter=CHARTER))
    assert "cannot be carried out" in refused(small, call(small, charter="name = 1"))
    small.do(call(small))
    assert "there is a call 'anew' already" in refused(small, call(small))


def test_without_refounding_in_the_charter_there_is_no_call() -> None:
    start = CHARTER.index("[refounding]")
    small = begun(CHARTER[:start] + CHARTER[CHARTER.index("[procedures]") :])

    assert "has no [refounding]" in refused(small, call(small))


def test_the_call_goes_by_the_rule_under_which_it_was_made(old: Small) -> None:
    small = called(old)
    assert small.state.charter is not None
    object.__setattr__(small.state.charter.procedures, "refounding", None)
    vote(small, "anew", ['"for"'] * 8)

    assert small.state.refoundings["anew"].outcome == "carried"


def test_motions_that_would_bring_the_old_charter_back_end_with_it(old: Small) -> None:
    small = old
    amended = CHARTER.replace('text = "How it works."', 'text = "How it all works."')
    carried(small, "old", "charter", "everybody", figures=small.blob(amended))
    assert small.state.pending == ["old"]
    small.do(moved(small, "open", small.blob(amended)))
    closes = moment.after(small.at, days=3)
    small.do(acts.DivisionOpened(at=small.at, by="m-0001", motion="open", closes_at=closes))
    small.do(moved(small, "waiting", small.blob(amended)))
    carried(small, "song", "resolution", "everybody")
    called(small)
    vote(small, "anew", ['"for"'] * 15)

    assert small.state.pending == []
    assert small.state.motions["song"].outcome == "carried"
    assert {m: small.state.motions[m].outcome for m in ("old", "open", "waiting")} == dict.fromkeys(
        ("old", "open", "waiting"), "inadmissible"
    )
    small.wait(100)
    small.do(moved(small, "new", small.blob(NEW.replace("How it works.", "How it all works."))))
    assert small.state.charter_hash == small.blob(NEW)


def moved(small: Small, motion: str, figures: str) -> acts.MotionMoved:
    text = small.blob(f"{motion}\n")
    return acts.MotionMoved(
        at=small.at,
        by="m-0001",
        body="everybody",
        motion=motion,
        matter="charter",
        title=motion,
        text=text,
        figures=figures,
    )


def test_somebody_who_acts_is_not_carried_over(old: Small) -> None:
    small = old
    board_elected(small, ["m-0001", "m-0002"])
    small.do(acts.SeatResigned(at=small.at, by="m-0001", seat="board:1"))
    small.do(acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="board:1", member="m-0003"))
    called(small)
    vote(small, "anew", ['"for"'] * 15)

    assert [t.origin for t in small.state.terms["board:1"]] == ["elected", "acting"]
    assert standing.term(small.state, "board:1", small.at) is not None


def test_a_call_and_its_vote_await_every_member(old: Small) -> None:
    small = old
    small.do(call(small))
    assert [a.task for a in awaiting.awaits(small.state, "m-0005", small.at)] == ["refounding"]
    assert awaiting.awaits(small.state, "m-0001", small.at) == ()
    for by in ("m-0002", "m-0003"):
        small.do(sign(small, by))
    small.do(opening(small))
    found = awaiting.awaits(small.state, "m-0005", small.at)
    assert [(a.task, a.text) for a in found] == [
        ("ballot", "vote on founding the federation anew under another charter")
    ]


def test_an_election_that_runs_ends_under_its_rules_and_seats_nobody_where_the_body_is_gone(old: Small) -> None:
    small = old
    small.do(acts.SeatResigned(at=small.at, by="m-0015", seat="screeners:2"))
    opening_ = opened(small, "screeners", "everybody")
    small.do(opening_)
    small.do(stands(small, opening_.election, "m-0001"))
    called(small)
    vote(small, "anew", ['"for"'] * 15)

    asked = [a.text for a in awaiting.awaits(small.state, "m-0002", small.at) if a.task == "ballot"]
    assert asked == ["elect screeners"]
    vote(small, opening_.election, ['["m-0001"]'] * 9)
    assert small.state.elections[opening_.election].elected == ("m-0001",)
    assert [t.member for t in small.state.terms["screeners:2"]] == ["m-0015"]
