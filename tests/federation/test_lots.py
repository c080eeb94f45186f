"""Lots drawn by hand in an election: a witnessed act, asked for by a tie and by nothing else."""

import msgspec
import pytest
from people import begun, opened, published
from small import Small, refusal, refused
from test_candidacy import stands
from test_elections import formed, listed

from comitia.federation import acts
from comitia.federation.rulebook import Federation, replay

THREE = ("m-0005", "m-0006", "m-0007")


def closed(small: Small, choices: list[str]) -> acts.BallotsPublished:
    """Let the electors vote and return the act that publishes the choices at the close."""
    ballot = small.state.ballots["e-1"]
    small.at = ballot.opens_at
    for member in sorted(ballot.electorate)[: len(choices)]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="e-1", member=member))
    small.at = ballot.closes_at
    return published(small, "e-1", choices)


def by_hand(*, lot: str = "", candidates: tuple[str, ...] = THREE) -> Small:
    """Return a federation in which the farm elects its committee of two and lots are drawn by hand."""
    small = begun()
    small.do(msgspec.structs.replace(opened(small, "committee/farm", "assembly/farm"), lot=lot))
    for candidate in candidates:
        small.do(stands(small, "e-1", candidate))
    return small


def tied() -> tuple[Small, acts.BallotsPublished]:
    """Return a federation in which three of the farm have a vote each for two seats, and what publishes the votes."""
    small = by_hand()
    return small, closed(small, [f'["{one}"]' for one in THREE])


def with_lot(
    act: acts.BallotsPublished, *drawn: str, witnesses: tuple[str, ...] = ("m-0008", "m-0009")
) -> acts.BallotsPublished:
    return msgspec.structs.replace(act, drawn=drawn, witnesses=witnesses)


def test_a_tie_waits_for_a_lot_and_the_act_says_on_whom_it_fell_and_who_saw_it() -> None:
    small, act = tied()
    waits = refusal(small, act)

    assert (waits.article, waits.facts) == ("2", {"tied": list(THREE), "given": 0})
    assert waits.reason == (
        "m-0005, m-0006 and m-0007 tie and no rule parts them: draw one of them before two members who do not stand, "
        "and publish the choices with whom the lot fell on and who saw it (lots given so far: 0)"
    )
    small.do(with_lot(act, "m-0006"))
    election, ballot = small.state.elections["e-1"], small.state.ballots["e-1"]
    assert election.sheet is not None
    tie = next(stage.tie for stage in election.sheet.stages if stage.tie)
    # The lot excludes; the other two are elected.
    assert (tie.broken_by, tie.chosen, election.elected) == ("hand", (1,), ("m-0005", "m-0007"))
    assert (ballot.drawn, ballot.witnesses) == (("m-0006",), ("m-0008", "m-0009"))


def test_who_replays_the_record_counts_with_the_same_lots() -> None:
    small, act = tied()
    small.do(with_lot(act, "m-0007"))
    again: Federation = replay(small.done, blobs=small.blobs)

    assert again.state.elections["e-1"].sheet == small.state.elections["e-1"].sheet
    assert again.state.elections["e-1"].elected == ("m-0005", "m-0006")


@pytest.mark.parametrize(
    ("drawn", "witnesses", "said"),
    [
        (("m-0006",), ("m-0008",), "two different members who do not stand in e-1"),
        (("m-0006",), ("m-0008", "m-0008"), "two different members who do not stand in e-1"),
        (("m-0006",), ("m-0008", "m-0005"), "two different members who do not stand in e-1"),
        (("m-0006",), ("m-0008", "m-0099"), "two different members who do not stand in e-1"),
        ((), ("m-0008", "m-0009"), "nobody where no lot was drawn"),
        (("m-0009",), ("m-0008", "m-0010"), "a lot fell on m-0009, who stands on no paper"),
        (("m-0006", "m-0005"), ("m-0008", "m-0009"), "fewer than the 2 lots given: leave out the last"),
    ],
)
def test_a_lot_that_nobody_saw_or_asked_for_is_refused(
    drawn: tuple[str, ...], witnesses: tuple[str, ...], said: str
) -> None:
    small, act = tied()
    assert said in refused(small, with_lot(act, *drawn, witnesses=witnesses))


def test_a_lot_falls_on_one_of_those_who_tie() -> None:
    small = begun()
    small.do(msgspec.structs.replace(opened(small, "committee/mill", "assembly/mill"), lot=""))
    for candidate in ("m-0008", "m-0009", "m-0010"):
        small.do(stands(small, "e-1", candidate))
    act = closed(small, ['["m-0008"]'] * 4 + ['["m-0009"]', '["m-0010"]'] * 2)
    assert "lot 1 fell on m-0008, but those who tie there are m-0009 and m-0010" in refused(
        small, with_lot(act, "m-0008", witnesses=("m-0001", "m-0015"))
    )


def test_where_nobody_ties_no_lot_is_asked_for() -> None:
    small = by_hand()
    act = closed(small, ['["m-0005"]', '["m-0006"]', '["m-0006"]'])
    assert "fewer than the 1 lots given" in refused(small, with_lot(act, "m-0005"))
    small.do(act)
    assert small.state.elections["e-1"].elected == ("m-0006", "m-0005")


def test_where_a_seed_was_committed_no_lot_is_drawn_by_hand() -> None:
    small = by_hand(lot=opened(by_hand(), "committee/farm", "assembly/farm").lot)
    act = closed(small, [f'["{one}"]' for one in THREE])
    assert "no lot of e-1 is drawn by hand" in refused(small, with_lot(act, "m-0006"))
    small.do(act)


def test_lists_that_tie_over_the_last_seat_are_drawn_by_hand_too() -> None:
    small = begun()
    formed(small, "north", ("m-0001", "m-0002", "m-0003"))
    formed(small, "south", ("m-0008", "m-0009", "m-0010"))
    small.do(msgspec.structs.replace(opened(small, "conference", "everybody"), lot=""))
    for candidate, current in (("m-0001", "north"), ("m-0002", "north"), ("m-0003", "north"), ("m-0008", "south")):
        small.do(listed(small, candidate, current))
    small.do(listed(small, "m-0009", "south"))
    small.do(listed(small, "m-0010", "south"))
    act = closed(small, ['["north"]', '["south"]'])
    assert "north and south tie" in refused(small, with_lot(act, witnesses=()))
    small.do(with_lot(act, "south", witnesses=("m-0004", "m-0011")))
    assert small.state.elections["e-1"].elected == ("m-0001", "m-0002", "m-0008", "m-0009", "m-0010")


def test_an_election_by_hand_in_which_nobody_stood_ends_without_a_lot() -> None:
    small = by_hand(candidates=())
    small.do(closed(small, ["[]"]))
    assert small.state.elections == {}
