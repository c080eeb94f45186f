"""What is under way when the charter changes: nasty cases of an amendment that takes effect in the middle of things."""

import dataclasses

import pytest
from deciding import assembled, ballot, close, move as moved, open_, sitting, vote
from small import CHARTER, Small, refused
from test_effects import a_day, amended

from comitia.charter import parse
from comitia.federation import acts, effects, moment, road, standing, tallies, transition, under_way

HOUSE, OTHER, BOARD = "committees-house", "unions-house", "board"
NOTICE = '[way.seats]\nprocedure = "vote"\nreadings = 1\nnotice_days = 3'
SHARES = ("shared equally, by head", "shared by head, and equally")


@pytest.fixture
def small() -> Small:
    return assembled()


def put_in_force(small: Small, *edits: tuple[str, str]) -> str:
    """Put another charter in force at this moment, as its motion would when the delay is over; return its text."""
    text = small.blobs[small.state.charter_hash].decode()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    effects.adopt_charter(small.state, small.blob(text), at=small.at)
    return text


def without(text: str, table: str) -> str:
    """Return a charter without one of its tables."""
    head, _, rest = text.partition(f"[{table}]\n")
    return head + rest[rest.index("\n\n") + 2 :]


def without_board() -> str:
    """Return the charter under which the federation stands, without its board and all that speaks of it."""
    text = small_charter()
    for name in ("resolution-board", "admissibility-board"):
        text = without(text, f"matter.{name}")
    text = without(text, "kind.board")
    text = text.replace('movers = ["board"]', 'movers = ["committees-house"]').replace('"board", ', "")
    text = text.replace(', "board"]', "]").replace('["board"]', '["secretary"]').replace('"board",\n', "\n")
    return text.replace('owner = "board"', 'owner = "committees-house"')


def small_charter() -> str:
    small = assembled()
    return small.blobs[small.state.charter_hash].decode()


def test_a_body_that_is_struck_takes_its_terms_and_its_open_motions_with_it(small: Small) -> None:
    of = moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    other = moved(small, "plough", "plain", "We plough.\n", body="committee/mill")
    small.wait(3)
    running = open_(small, "paint")
    vote(small, "paint", BOARD, "for", "for", "for")
    new = without_board()
    told = transition.transition(small.state, parse.parse(new, file="new"), small.at)
    effects.adopt_charter(small.state, small.blob(new), at=small.at)

    assert (of.outcome, running.closed, running.verdict, other.outcome) == ("inadmissible", True, None, "")
    assert [t.seat for t in told.ending] == [f"board:{n}" for n in range(1, 8)]
    assert told.falling == ("the motion paint, 'paint': board is no more",)
    assert told.under_way == ("the motion plough, 'plough': under article 23 as it was",)
    assert "With its body ends the motion paint, 'paint': board is no more." in transition.sentences(told)
    assert road.road(small.state, of, small.at).stage == "decided"
    assert road.road(small.state, of, small.at).verdict is None
    assert {t.ended_by for terms in small.state.terms.values() for t in terms if t.seat.startswith("board:")} == {
        "dissolved"
    }


def test_an_amendment_under_vote_falls_with_the_motion_whose_body_is_struck(small: Small) -> None:
    of = moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    mover = sitting(small, BOARD)[0]
    small.do(
        acts.AmendmentMoved(
            at=small.at, by=mover, amendment="blue", motion="paint", first=1, last=1, lines=("We paint it blue.",)
        )
    )
    effects.adopt_charter(small.state, small.blob(without_board()), at=small.at)

    assert (of.outcome, small.state.amendments["blue"].outcome) == ("inadmissible", "withdrawn")


def test_a_motion_falls_when_the_way_out_of_its_deadlock_is_struck(small: Small) -> None:
    of = moved(small, "m", "mediated", "Text.\n", body=HOUSE)
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "for", "for")
    vote(small, "m", OTHER, "against", "against", "against")
    assert close(small, "m") == "deadlock"
    text = small_charter().replace('body = "conciliation"', 'body = "congress"')
    text = without(text, "kind.conciliation")
    told = transition.transition(small.state, parse.parse(text, file="new"), small.at)
    effects.adopt_charter(small.state, small.blob(text), at=small.at)

    assert told.falling == ("the motion m, 'm': conciliation is no more",)
    assert of.outcome == "inadmissible"


def test_a_motion_of_a_kind_that_each_group_now_has_falls_too(small: Small) -> None:
    moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    head, board, rest = small_charter().partition("[kind.board]\n")
    rest = rest.replace('each = ""', 'each = "workplace"', 1).replace('"congress"', '"assembly"', 1)
    after = dataclasses.replace(small.state, charter=parse.parse(head + board + rest, file="new"))

    assert under_way.gone(after, small.state.motions["paint"]) == ("board",)


def test_an_open_division_is_summed_over_the_seats_with_which_it_began(small: Small) -> None:
    """Striking the seats of those who are against, in the middle of the vote, does not carry the motion."""
    of = moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    small.wait(3)
    running = open_(small, "paint")
    vote(small, "paint", BOARD, "for", "for", "for", "abstain", "abstain", "against", "against")
    before = tallies.decision_of(small.state, of, running, small.at)
    put_in_force(small, ("seats = 7", "seats = 5"))

    assert [t.seat for t in standing.filled(small.state, BOARD, small.at)] == [f"board:{n}" for n in range(1, 6)]
    assert tallies.decision_of(small.state, of, running, small.at) == before
    assert close(small, "paint") == "carried"
    assert of.divisions[-1].verdict == before


def test_a_seat_that_a_change_adds_has_no_vote_in_a_division_that_was_open(small: Small) -> None:
    moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    small.wait(3)
    running = open_(small, "paint")
    put_in_force(small, ("seats = 7", "seats = 9"))
    put_in_force(small, ("seats = 9", "seats = 11"))
    newcomer = sorted(standing.all_members(small.state) - set(sitting(small, BOARD)))[0]
    until = moment.after(small.at, days=30)
    small.state.terms["board:8"] = [
        dataclasses.replace(small.state.terms["board:1"][-1], seat="board:8", member=newcomer, until=until)
    ]
    small.state.holders.setdefault(newcomer, []).append("board:8")
    late = acts.VoteCast(at=small.at, by=newcomer, body=BOARD, motion="paint", seat="board:8", choice="for")

    assert running.seats == {BOARD: tuple(f"board:{n}" for n in range(1, 8))}
    assert "was added after the division opened" in refused(small, late)


def test_an_open_ballot_of_an_assembly_goes_on_through_a_change(small: Small) -> None:
    of = moved(small, "m", "plain-assembly", "x\n", body="assembly/mill")
    running = open_(small, "m")
    ballot(small, "m", "assembly/mill", "for", "for", "against")
    put_in_force(small, ("seats = 7", "seats = 5"))

    assert (close(small, "m"), running.seats, of.outcome) == ("carried", {}, "carried")


def test_no_vote_is_cast_in_a_division_that_ended_with_its_motion(small: Small) -> None:
    of = moved(small, "paint", "resolution-board", "We paint.\n", body=BOARD)
    small.wait(3)
    open_(small, "paint")
    of.divisions[-1].closed = True
    term = standing.filled(small.state, BOARD, small.at)[0]
    late = acts.VoteCast(at=small.at, by=term.member, body=BOARD, motion="paint", seat=term.seat, choice="for")

    assert "the division was open from" in refused(small, late)


def test_a_change_in_its_delay_is_not_undone_by_one_that_was_moved_before_it_was_in_force(small: Small) -> None:
    """Two changes of two articles, each written into the text in force: the second does not take the first back."""
    first = amended(small, "notice", NOTICE, NOTICE.replace("notice_days = 3", "notice_days = 2"))
    old = small.blobs[small.state.charter_hash].decode()
    told = transition.transition(small.state, parse.parse(old.replace(*SHARES), file="new"), small.at)
    # What else waits for its day is nobody's charter.
    delayed = moved(small, "delayed", "delayed", "x\n", body="committee/mill", affects=("workplace/mill",))
    small.state.pending.append(delayed.id)
    assert [of.id for of, _ in transition.transition(small.state, parse.parse(old.replace(*SHARES), file="new"),
                                                     small.at).undoing] == ["notice"]  # fmt: skip
    small.state.pending.remove(delayed.id)
    second = amended(small, "overtime", *SHARES)
    assert old == small.blobs[small.state.charter_hash].decode()
    small.wait(28)
    a_day(small)

    assert told.undoing != ()
    assert f"The change notice is carried and takes effect on {first.effect_at}; this text would undo article" in (
        "\n".join(transition.sentences(told))
    )
    assert (first.outcome, second.outcome) == ("carried", "inadmissible")
    assert small.state.charter_hash == first.figures


def test_a_second_change_into_which_the_first_is_written_takes_effect_after_it(small: Small) -> None:
    first = amended(small, "notice", NOTICE, NOTICE.replace("notice_days = 3", "notice_days = 2"))
    text = small.blobs[first.figures].decode()
    both = parse.parse(text.replace(*SHARES), file="new")

    assert transition.transition(small.state, both, small.at).undoing == ()
    small.blobs[small.state.charter_hash], kept = text.encode(), small.blobs[small.state.charter_hash]
    second = amended(small, "overtime", *SHARES)
    small.blobs[small.state.charter_hash] = kept
    small.wait(28)
    a_day(small)

    assert small.state.charter_hash == second.figures
    assert [c[0] for c in small.state.charters[-2:]] == [first.figures, second.figures]


def test_who_sits_in_two_bodies_that_a_change_holds_apart_is_told_and_stays_to_the_end(small: Small) -> None:
    double = standing.filled(small.state, "committee/mill", small.at)[0].member
    seat = next(t.seat for t in standing.seats_of(small.state, double, small.at) if not t.seat.startswith("committee/"))
    kind = seat.partition(":")[0].partition("/")[0]
    head, table, rest = small_charter().partition("[kind.committee]\n")
    new = parse.parse(head + table + rest.replace("incompatible = []", f'incompatible = ["{kind}"]', 1), file="new")
    told = transition.transition(small.state, new, small.at)

    assert (double, seat) in {(one.member, other.seat) for one, other in told.apart}
    assert told.ending == ()
    assert any(line.endswith("which are held apart; both terms run on.") for line in transition.sentences(told))


def test_a_charter_of_language_1_that_is_in_force_lets_the_later_text_hold(small: Small) -> None:
    first = amended(small, "notice", NOTICE, NOTICE.replace("notice_days = 3", "notice_days = 2"))
    second = amended(small, "overtime", *SHARES)
    small.state.pending.remove(first.id)
    put_in_force(small, (NOTICE, NOTICE.replace("notice_days = 3", "notice_days = 2")))
    assert small.state.charter is not None
    small.state.charter = dataclasses.replace(small.state.charter, language=1)
    small.wait(28)
    a_day(small)

    assert small.state.charter_hash == second.figures


def test_the_shipped_charter_is_the_one_that_these_tests_change() -> None:
    assert NOTICE in CHARTER
    assert SHARES[0] in CHARTER
