import pytest
from deciding import amendment, assembled, close, closing, decide, move, open_, opening, sitting, vote
from small import Small, refusal, refused

from comitia.federation import acts, blocks, tallies
from comitia.federation.rulebook import replay
from comitia.federation.state import Hands

MILL = "committee/mill"


@pytest.fixture
def small() -> Small:
    small = assembled()
    for name in ("heating", "lamps", "paint"):
        move(small, name, "plain", f"{name}\n", body=MILL)
    return small


def forming(small: Small, *names: str, block: str = "repairs") -> acts.BlockFormed:
    """Return the forming of a block by a member of the mill's committee."""
    return acts.BlockFormed(at=small.at, by=sitting(small, MILL)[0], block=block, motions=names)


def splitting(small: Small, name: str, *, by: str = "", block: str = "repairs") -> acts.BlockSplit:
    """Return the demand that a motion be voted on by itself."""
    return acts.BlockSplit(at=small.at, by=by or sitting(small, MILL)[1], block=block, motion=name)


def test_one_division_decides_all_motions_of_a_block(small: Small) -> None:
    small.do(forming(small, "heating", "lamps", "paint"))
    found = refusal(small, opening(small, "lamps"))
    assert (found.article, found.reason) == (
        "23",
        "lamps is voted on in the block repairs; open and close the division on heating",
    )
    assert decide(small, "heating", {MILL: ("for", "for", "against")}) == "carried"

    running = {id(d) for m in ("heating", "lamps", "paint") for d in small.state.motions[m].divisions}
    assert len(running) == 1
    assert [small.state.motions[m].outcome for m in ("heating", "lamps", "paint")] == ["carried"] * 3
    assert [m.outcome for m in replay(small.done, small.blobs).state.motions.values()] == ["carried"] * 3


def test_a_vote_on_one_motion_of_a_block_is_a_vote_on_all(small: Small) -> None:
    small.do(forming(small, "heating", "lamps"))
    open_(small, "heating")
    vote(small, "lamps", MILL, "against", "against")
    small.wait(5)
    assert "open and close the division on heating" in refused(small, closing(small, "lamps"))

    assert close(small, "heating") == "lost"
    assert small.state.motions["lamps"].outcome == "lost"


def test_whoever_may_vote_gets_a_motion_voted_on_by_itself(small: Small) -> None:
    small.do(forming(small, "heating", "lamps", "paint"))
    farmer = sitting(small, "committee/farm")[0]
    assert "does not vote on heating" in refused(small, splitting(small, "heating", by=farmer))
    small.do(splitting(small, "heating"))
    assert "is not in the block" in refused(small, splitting(small, "heating"))
    assert list(small.state.blocks["repairs"].split) == ["heating"]

    assert [m.id for m in blocks.together(small.state, small.state.motions["paint"])] == ["lamps", "paint"]
    assert decide(small, "heating", {MILL: ("against",) * 3}) == "lost"
    assert decide(small, "lamps", {MILL: ("for",) * 3}) == "carried"
    assert small.state.motions["paint"].outcome == "carried"


def test_once_the_vote_is_open_a_block_stays_whole(small: Small) -> None:
    small.do(forming(small, "heating", "lamps"))
    open_(small, "heating")

    assert "has opened" in refused(small, splitting(small, "lamps"))
    assert "there is no block 'none'" in refused(small, splitting(small, "lamps", block="none"))


def test_a_block_waits_for_the_amendments_of_each_of_its_motions(small: Small) -> None:
    small.do(forming(small, "heating", "lamps"))
    small.do(amendment(small, "brighter", "lamps", 1, 1, "brighter lamps"))

    assert "amendments come first: brighter" in refused(small, opening(small, "heating"))


def test_a_motion_that_is_taken_back_leaves_its_block(small: Small) -> None:
    small.do(forming(small, "heating", "lamps"))
    of = small.state.motions["heating"]
    small.do(acts.MotionWithdrawn(at=small.at, by=of.by, motion="heating"))

    assert (of.block, of.outcome) == ("", "withdrawn")
    assert decide(small, "lamps", {MILL: ("for",) * 3}) == "carried"


def test_a_block_is_of_motions_of_one_body_on_one_matter_not_opened_yet(small: Small) -> None:
    move(small, "farming", "plain", "x\n", body="committee/farm")
    move(small, "ordered", "ordered", "x\n", body=MILL)
    move(small, "agreed", "consensus", "x\n", body=MILL)
    move(small, "agreed-too", "consensus", "x\n", body=MILL)
    small.do(amendment(small, "brighter", "lamps", 1, 1, "brighter lamps"))
    small.do(amendment(small, "darker", "lamps", 1, 1, "darker lamps"))

    assert "two motions or more" in refused(small, forming(small, "heating"))
    assert "two motions or more" in refused(small, forming(small, "heating", "heating"))
    assert "not of one body on one matter" in refused(small, forming(small, "heating", "farming"))
    assert "not of one body on one matter" in refused(small, forming(small, "heating", "ordered"))
    assert "must be able to say something" in refused(small, forming(small, "agreed", "agreed-too"))
    assert "is an amendment" in refused(small, forming(small, "brighter", "darker"))
    small.do(forming(small, "heating", "lamps"))
    assert "is in the block repairs already" in refused(small, forming(small, "lamps", "paint", block="two"))
    assert "there is a block 'repairs' already" in refused(small, forming(small, "lamps", "paint"))
    open_(small, "paint")
    move(small, "roof", "plain", "x\n", body=MILL)
    assert "has opened, or it is decided" in refused(small, forming(small, "roof", "paint", block="two"))


def test_a_block_of_an_assembly_has_one_secret_ballot_or_one_show_of_hands(small: Small) -> None:
    for name in ("song", "dance"):
        move(small, name, "plain-assembly", f"{name}\n", body="assembly/mill")
    by = sitting(small, "assembly/mill")[0]
    small.do(acts.BlockFormed(at=small.at, by=by, block="feast", motions=("song", "dance")))
    running = open_(small, "song")
    assert running.ballots == {"assembly/mill": "song"}
    dance = small.state.motions["dance"]
    assert tallies.decision_of(small.state, dance, running, small.at).verdicts[0].tally.members == 8
    running.ballots.clear()
    running.hands["assembly/mill"] = Hands(5, 3, 1, 1, ("m-0001", "m-0002"), small.state.size)
    small.wait(5)
    small.do(closing(small, "song"))

    found = tallies.decision_of(small.state, dance, running, small.at)
    assert (found, dance.outcome) == (running.verdict, "carried")


def test_a_motion_struck_by_a_challenge_leaves_its_block(small: Small) -> None:
    for name in ("song", "diary"):
        move(small, name, "plain-assembly", f"{name}\n", body="assembly/mill")
    by, other = sitting(small, "assembly/mill")[:2]
    small.do(acts.BlockFormed(at=small.at, by=by, block="feast", motions=("diary", "song")))
    challenge = {"subject": "diary", "figures": "39", "by": other}
    move(small, "private", "admissibility-assembly", "x\n", body="assembly/mill", **challenge)
    assert "rests until private is decided" in refused(small, opening(small, "diary"))
    decide(small, "private", {"assembly/mill": ("for",) * 3})

    assert (small.state.motions["diary"].outcome, small.state.motions["diary"].block) == ("inadmissible", "")
    assert decide(small, "song", {"assembly/mill": ("for",) * 3}) == "carried"
    assert small.state.motions["diary"].outcome == "inadmissible"


def test_a_motion_with_alternatives_is_not_put_in_a_block(small: Small) -> None:
    for name in ("a", "b"):
        move(small, name, "choice-plurality", f"{name}\n", body=MILL)
    other = small.blob("c\n")
    act = acts.AlternativeMoved(
        at=small.at, by=sitting(small, MILL)[0], alternative="c", motion="a", title="C", text=other
    )
    small.do(act)

    assert "alternatives to choose among first" in refused(small, forming(small, "b", "a"))
