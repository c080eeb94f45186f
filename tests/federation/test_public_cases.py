"""What people asked of other systems in public, or what went wrong there, tried in a federation; with the sources."""

from fractions import Fraction

import pytest
from deciding import amendment, assembled, close, move, open_, vote
from people import begun, elected, of as people
from small import Small, publish, refusal, refused, seated

from comitia.decide import recall, verdict, weights
from comitia.decide.verdict import Rule, Tally
from comitia.federation import acts, moment, standing, tallies

MILL, HOUSE = "committee/mill", "committees-house"
MAJORITY = Rule(
    article="1", base="for_against", threshold=Fraction(1, 2), strict=True, quorum=None, quorum_base="filled",
    abstentions="counted", tie="fails", silence="absent",
    against_counts=True, abstaining_counts=True,
)  # fmt: skip


@pytest.fixture
def small() -> Small:
    return seated()


def test_decidim_an_amendment_is_accepted_by_the_mover_and_by_nobody_else(small: Small) -> None:
    # CVE-2026-40869: in decidim 0.19.0 to 0.30.4 and 0.31.0 any registered user could accept or reject any amendment,
    # and became a co-author of the proposal. Everybody who is not the mover is tried here.
    mover, stranger = sorted(standing.sitting(small.state, MILL, small.at))[:2]
    text = small.blob("We mend the roof.\n")
    small.do(acts.MotionMoved(at=small.at, by=mover, body=MILL, motion="roof", matter="resolution-committee",
                              title="Roof", text=text, affects=("workplace/mill",)))  # fmt: skip
    small.do(acts.AmendmentMoved(at=small.at, by=stranger, amendment="sell", motion="roof", first=1, last=1,
                                 lines=("We sell the roof.",)))  # fmt: skip
    everybody = [*sorted(standing.all_members(small.state) - {mover}), "clerk", "m-9999"]

    refusals = {refusal(small, acts.AmendmentAccepted(at=small.at, by=by, amendment="sell")).article
                for by in everybody}  # fmt: skip

    assert refusals == {"20", "23"}
    of = small.state.motions["roof"]
    assert (of.by, of.lines, small.state.amendments["sell"].outcome) == (mover, ("We mend the roof.",), "")
    small.do(acts.AmendmentAccepted(at=small.at, by=mover, amendment="sell"))
    assert (of.by, of.lines) == (mover, ("We sell the roof.",))


def test_nixos_the_electors_of_one_seat_recall_its_holder_without_asking_those_who_sit_beside_her() -> None:
    # NixOS/SC-election-2025 issue 482: members of the committee can be voted out by one another alone, or all at once;
    # asked for is a way for the voters to recall one of them. Here: a quarter of the seat's eight electors call the
    # vote, and a majority of those who vote for and against decides it.
    small = begun()
    elected(small, MILL, "assembly/mill", ["m-0008", "m-0009"])
    electors = people("mill")
    small.do(acts.RecallPetitioned(at=small.at, by=electors[2], recall="r", seat=f"{MILL}:1", reason="no report"))
    closes = moment.after(small.at, days=3)
    opened = acts.RecallOpened(at=small.at, by=electors[2], recall="r", closes_at=closes)
    assert "1 of 8 electors have signed; 2 are needed" in refused(small, opened)
    beside = acts.RecallPetitioned(at=small.at, by="m-0001", recall="q", seat=f"{MILL}:1", reason="x")
    assert refusal(small, beside).article == "4"
    small.do(acts.PetitionSigned(at=small.at, by=electors[3], recall="r"))
    small.do(opened)
    for member in electors:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r", member=member))
    small.at = closes
    publish(small, "r", ['"for"'] * 5 + ['"against"'] * 3)

    assert [t.member for t in standing.filled(small.state, MILL, small.at)] == ["m-0009"]
    found = small.state.recalls["r"].verdict
    assert found is not None
    assert found.sentence == (
        "recalled: electors of committee of Mill, seat 1: 5 for the recall, 3 for her to stay, 0 abstaining of 8 "
        "members; more than 1/2 of votes for and against needed (article 4), quorum 3 present 8"
    )


def test_openslides_two_votes_of_a_subdivision_go_one_to_each_side() -> None:
    # OpenSlides/OpenSlides issue 6587, closed as not planned: a subdivision has two votes and may be of two minds.
    # Weights that are no whole numbers, which stopped it there, are exact fractions here.
    asked = {"north": Fraction(2), "south": Fraction(2), "isles": Fraction(5, 2)}
    votes: dict[str, weights.Vote] = {
        "north": weights.Split(Fraction(1), Fraction(1), Fraction(0)),
        "south": "for",
        "isles": weights.Split(Fraction(1, 2), Fraction(3, 2), Fraction(1, 2)),
    }

    tally = weights.weighed_tally(votes, asked, members=100)
    found = verdict.verdict("assembly", tally, MAJORITY)

    assert (tally.for_, tally.against, tally.abstaining) == (Fraction(7, 2), Fraction(5, 2), Fraction(1, 2))
    assert found.sentence == (
        "carried: assembly 3.5 for, 2.5 against, 0.5 abstaining of 6.5 seats filled; more than 1/2 of votes for and "
        "against needed (article 1)"
    )


def test_openslides_in_the_open_a_delegate_divides_the_weight_of_her_seat() -> None:
    small = assembled(weights=True)
    of = move(small, "m", "chaired", "x\n")
    running = open_(small, "m")
    seat = standing.filled(small.state, HOUSE, small.at)[0]
    whole = running.weights[seat.seat]
    small.do(acts.VoteSplit(at=small.at, by=seat.member, body=HOUSE, motion="m", seat=seat.seat,
                            in_favour=str(whole - 1), against="1", abstaining="0"))  # fmt: skip

    tally = tallies.decision_of(small.state, of, running, small.at).verdicts[0].tally
    assert (tally.for_, tally.against) == (whole - 1, 1)


def test_helios_the_vote_of_a_representative_weighs_the_members_whom_she_represents() -> None:
    # benadida/helios-server issue 409: a union's convention of no more than thirty representatives, each for three to
    # 35 members. By heads twenty small sections outvote three large ones; by members they do not.
    members = {f"small-{n}": 3 for n in range(20)} | {f"large-{n}": 35 for n in range(3)}
    weighed = weights.seat_weights(members, dict.fromkeys(members, 1))
    votes: dict[str, weights.Vote] = {name: "for" if name.startswith("small") else "against" for name in members}

    by_members = verdict.verdict("convention", weights.weighed_tally(votes, weighed, members=165), MAJORITY)
    by_heads = verdict.verdict("convention", Tally(23, 23, 23, 20, 3, 0), MAJORITY)

    assert (by_heads.carried, by_members.carried) == (True, False)
    assert (by_members.tally.for_, by_members.tally.against, by_members.needed) == (60, 105, 83)


def test_loomio_nobody_votes_for_another_but_two_tellers_enter_the_paper_of_one_who_is_away(small: Small) -> None:
    # loomio/loomio issue 7641: whoever is travelling says on the telephone how she votes, and a colleague would log it
    # for her. One colleague alone could log anything: two tellers vouch, neither is the voter, and she votes once.
    mover = sorted(standing.electors(small.state, "assembly/mill", small.at))[0]
    small.do(acts.MotionMoved(at=small.at, by=mover, body="assembly/mill", motion="m", matter="resolution-assembly",
                              title="T", text=small.blob("We do it.\n")))  # fmt: skip
    small.wait(3)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion="m", closes_at=moment.after(small.at, days=5)))
    away, one, other = sorted(small.state.ballots["m"].electorate)[3:6]

    def paper(by: str, *tellers: str) -> acts.VoteTaken:
        return acts.VoteTaken(at=small.at, by=by, ballot="m", member=away, channel="paper", tellers=tellers)

    alone = acts.VoteTaken(at=small.at, by=one, ballot="m", member=away)
    assert "cast by the member herself" in refused(small, alone)
    for tellers in ((one,), (one, one), (one, away)):
        assert "two tellers" in refused(small, paper(one, *tellers))
    small.do(paper(one, one, other))
    assert "has voted in m already" in refused(small, acts.VoteTaken(at=small.at, by=away, ballot="m", member=away))
    assert "has voted in m already" in refused(small, paper(other, one, other))


def test_loomio_a_delegates_open_vote_is_cast_by_who_holds_the_seat(small: Small) -> None:
    of = move(small, "m", "levies", "x\n", body=HOUSE)
    small.wait(7)
    open_(small, "m")
    seat, beside = standing.filled(small.state, HOUSE, small.at)[:2]
    stolen = acts.VoteCast(at=small.at, by=beside.member, body=HOUSE, motion="m", seat=seat.seat, choice="for")

    assert refusal(small, stolen).article == of.on.article


@pytest.mark.parametrize(("lacking", "removed"), [(199, False), (200, True)])
def test_pep_772_two_thirds_of_all_electors_remove_a_member_of_the_council(lacking: int, removed: bool) -> None:
    # PEP 772, draft of 2025: at least two thirds of the electors, not of those who vote, express a lack of confidence.
    # 300 electors are assumed.
    rule = Rule(
        article="1", base="members", threshold=Fraction(2, 3), strict=False, quorum=Fraction(1, 2),
        quorum_base="members", abstentions="counted", tie="fails", silence="absent",
        against_counts=True, abstaining_counts=True,
    )  # fmt: skip

    found = recall.recall_verdict("a member of the council", Tally(300, 0, 300, lacking, 10, 0), rule)

    assert (found.carried, found.needed, found.quorum_needed) == (removed, 200, 150)


def test_pep_772_the_council_votes_by_a_majority_of_those_who_do_not_abstain() -> None:
    # Five sit; a member with a conflict of interest abstains.
    assert verdict.verdict("council", Tally(5, 5, 5, 2, 1, 2), MAJORITY).carried
    assert not verdict.verdict("council", Tally(5, 5, 5, 2, 2, 1), MAJORITY).carried


@pytest.mark.parametrize(
    ("votes", "outcome", "said"),
    [
        (("for", "for", "abstain", "abstain", "abstain"), "lost", "quorum 3 for or against 2; no quorum"),
        (("for", "for", "against", "abstain", "abstain"), "carried", "quorum 3 for or against 3"),
    ],
)
def test_pep_772_who_abstains_does_not_help_the_council_to_its_quorum(
    votes: tuple[str, ...], outcome: str, said: str
) -> None:
    # PEP 772: passing requires a majority of the members who do not abstain, and three of them. Five sit.
    small = assembled()
    move(small, "m", "conflicted", "One.\n", body=MILL)
    open_(small, "m")
    vote(small, "m", MILL, *votes)

    assert close(small, "m") == outcome
    verdict_ = small.state.motions["m"].divisions[-1].verdict
    assert verdict_ is not None
    assert verdict_.sentence.endswith(said)
    assert verdict_.verdicts[0].quorum_present == votes.count("for") + votes.count("against")


def test_an_amendment_is_not_lost_by_who_may_not_decide_it() -> None:
    # The other half of the fault in decidim: to reject. Nobody rejects an amendment but those who vote on it.
    small = assembled()
    move(small, "m", "plain", "One.\n", body=MILL)
    small.do(amendment(small, "a", "m", 1, 1, "Two."))
    outsider = sorted(standing.sitting(small.state, "committee/farm", small.at))[0]

    withdrawn = acts.AmendmentWithdrawn(at=small.at, by=outsider, amendment="a")
    assert refusal(small, withdrawn).article == "23"
    closing = acts.DivisionClosed(at=small.at, by=outsider, motion="a")
    assert "no division on a has been opened" in refused(small, closing)
