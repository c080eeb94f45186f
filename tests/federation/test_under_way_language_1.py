"""What was under way when a body merged, in a record of language 1: it replays as it was, motion by motion.

The first version of the rule book let a motion outlive its body. Nobody could vote on it any more; but its mover could
still take amendments in, and such an act may stand in a record.
"""

import copy
from functools import cache
from pathlib import Path

import pytest
import small as small_federation
from deciding import amendment, close, move, open_, sitting, vote
from small import Small, elect, publish, seated

from comitia.charter.structure import Charter
from comitia.federation import acts, effects, moment, rulebook, standing

FIRST = (Path(__file__).parents[1] / "charter" / "fixtures" / "co-op-federation-1.toml").read_text(encoding="utf-8")
BAKERY, MILL, VALLEY = "committee/bakery", "committee/mill", "district/valley"


@cache
def _under(text: str) -> Small:
    """Return a federation under a charter, with a delegate of each committee in the board of its district."""
    before = small_federation.CHARTER
    small_federation.CHARTER = text
    try:
        small = seated()
    finally:
        small_federation.CHARTER = before
    for workplace in small_federation.WORKPLACES:
        committee = f"committee/{workplace}"
        elect(small, VALLEY, committee, sitting(small, committee)[:1])
    return small


def first() -> Small:
    """Return a federation of one's own under the charter of the first season."""
    return copy.deepcopy(_under(FIRST))


def second() -> Small:
    """Return the same under the charter that is shipped now."""
    return copy.deepcopy(_under(small_federation.CHARTER))


def merged(small: Small) -> None:
    """Merge the bakery's committee into the mill's, as both assemblies have decided."""
    secretary = sitting(small, "secretary")[0]
    small.do(
        acts.BodyMerged(
            at=small.at, by=secretary, body="secretary", bodies=(BAKERY, MILL), into=MILL, decisions=("merge",)
        )
    )


def agreed(small: Small) -> None:
    """Let the assemblies of mill and bakery decide that their committees merge."""
    subject = "assembly/mill assembly/bakery"
    move(small, "merge", "merger", "One committee for both.\n", body="assembly/mill", subject=subject)
    small.wait(14)
    small.do(
        acts.DivisionOpened(
            at=small.at,
            by=small.state.motions["merge"].by,
            motion="merge",
            closes_at=moment.after(small.at, days=7),
        )
    )
    running = small.state.motions["merge"].divisions[0]
    for ballot in running.ballots.values():
        for member in sorted(small.state.ballots[ballot].electorate):
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = running.closes_at
    for ballot in running.ballots.values():
        publish(small, ballot, ['"for"'] * len(small.state.ballots[ballot].electorate))
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="merge"))


def test_a_motion_outlived_its_body_and_its_mover_took_an_amendment_in() -> None:
    small = first()
    agreed(small)
    of = move(small, "paint", "resolution-committee", "We paint.\n", body=BAKERY)
    small.do(amendment(small, "blue", "paint", 1, 1, "We paint it blue."))
    merged(small)
    small.do(acts.AmendmentAccepted(at=small.at, by=of.by, amendment="blue"))
    again = rulebook.replay(small.done, small.blobs).state

    assert (of.outcome, of.lines, small.state.amendments["blue"].outcome) == ("", ("We paint it blue.",), "accepted")
    assert (again.motions, again.amendments) == (small.state.motions, small.state.amendments)


@pytest.mark.parametrize(("begin", "seats", "against"), [(first, 2, 0), (second, 3, 1)])
def test_an_open_division_was_summed_over_the_seats_that_were_left(begin: object, seats: int, against: int) -> None:
    assert callable(begin)
    small = begin()
    agreed(small)
    affects = {"affects": ("workplace/mill", "workplace/bakery")} if begin is second else {}
    of = move(small, "road", "resolution-district", "We mend the road.\n", body=VALLEY, **affects)
    small.wait(3)
    running = open_(small, "road")
    by_bakery = [s.id for s in standing.seats(small.state, VALLEY)].index(f"{VALLEY}:bakery:1")
    vote(small, "road", VALLEY, *("against" if n == by_bakery else "for" for n in range(3)))
    merged(small)
    outcome = close(small, "road")
    again = rulebook.replay(small.done, small.blobs).state

    assert running.verdict is not None
    tally = running.verdict.verdicts[0].tally
    assert (outcome, of.outcome, tally.seats, tally.for_, tally.against) == ("carried", "carried", seats, 2, against)
    assert again.motions == small.state.motions


def without_board(text: str) -> str:
    """Return a charter whose board has another id, so that the old one is no more."""
    return text.replace("[kind.board]", "[kind.presidium]").replace('"board"', '"presidium"')


@pytest.mark.parametrize(("into", "outcome"), [(FIRST, ""), (small_federation.CHARTER, "inadmissible")])
def test_a_charter_of_language_1_lets_a_motion_go_on_and_one_of_language_2_ends_it(into: str, outcome: str) -> None:
    small = first()
    of = move(small, "paint", "resolution-board", "We paint.\n", body="board")
    small.wait(3)
    running = open_(small, "paint")
    effects.adopt_charter(small.state, small.blob(without_board(into)), at=small.at)
    charter = small.state.charter

    assert isinstance(charter, Charter)
    assert standing.find_body(small.state, "board") is None
    assert (of.outcome, running.closed) == (outcome, outcome != "")
    assert running.seats == ({} if charter.language == 1 else {"board": tuple(f"board:{n}" for n in range(1, 8))})
