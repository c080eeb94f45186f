"""Who may do what: for every act a lawful example, tried by every kind of actor under the shipped charter.

Run as a program, it writes docs/reference/authority.md:

    PYTHONPATH=tests/federation .venv/bin/python tests/federation/authority.py
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import authority_elsewhere as elsewhere
import msgspec
from harvest import DECLARED, declare, drafted, sitter
from small import CHARTER, Small, elect, facts, name, publish, seated

from comitia.federation import acts, moment, permit, standing
from comitia.federation.refusal import Refused

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "authority.md"
SEATS = (
    "committee", "union", "council", "district", "committees-house", "unions-house", "councils-conference", "board",
    "secretary", "tellers",
)  # fmt: skip
ACTORS = ("stranger", "former member", "clerk", "founder", "member elsewhere", *SEATS)
MILL, LOT = "committee/mill", name(b"5eed")


@cache
def _world() -> Small:
    small = seated()
    taken = {t.member for b in ("committees-house", "unions-house", "board", "secretary")
             for t in standing.filled(small.state, b, small.at)}  # fmt: skip
    for number, left in (("m-0901", True), ("m-0902", False)):
        placed = {"workplace": "bakery", "trade": "drivers", "locality": "riverbend"}
        secretary = sitter(small, "secretary")
        small.do(acts.MemberJoined(at=small.at, by=secretary, body="secretary", member=number, commitment="0" * 64,
                                   groups=placed))  # fmt: skip
        if left:
            small.do(acts.MemberLeft(at=small.at, by=number, member=number))
    free = sorted(standing.all_members(small.state) - taken - {"m-0902"})
    for place in ("hilltown", "riverbend"):
        there = standing.electors(small.state, f"locality-assembly/{place}", small.at)
        chosen = next(m for m in free if m in there)
        free.remove(chosen)
        elect(small, "councils-conference", f"locality-assembly/{place}", [chosen])
    elect(small, "tellers", "congress", free[:3])
    elect(small, "district/valley", MILL, [sorted(standing.electors(small.state, MILL, small.at))[0]])
    until, ends = moment.after(small.at, days=30), moment.after(small.at, days=120)
    small.do(
        acts.SeasonOpened(
            at=small.at, by=sitter(small, "board"), body="board", season="s", name="S", declarations_until=until,
            ends_at=ends,
        )
    )  # fmt: skip
    for body, file, rows in DECLARED:
        small.do(declare(small, body, file, rows))
    return small


@cache
def _late() -> Small:
    """The same, with a plan adopted, goods on their way, and the season's deadline not over."""
    small = copy.deepcopy(_world())
    small.do(drafted(small, "d"))
    board = sitter(small, "board")
    small.do(acts.MotionMoved(
        at=small.at, by=board, body="board", motion="adopt", matter="plan", title="Adopt", text=small.blob("Yes.\n"),
        subject="d", figures=small.state.drafts["d"].plan,
    ))  # fmt: skip
    small.wait(7)
    divide(small, "adopt", board)
    for house in ("committees-house", "unions-house"):
        for t in standing.filled(small.state, house, small.at):
            small.do(acts.VoteCast(at=small.at, by=t.member, body=house, motion="adopt", seat=t.seat, choice="for"))
    small.at = small.state.motions["adopt"].divisions[-1].closes_at
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="adopt"))
    return small


def world(*, late: bool = False) -> Small:
    """Return a federation of one's own in which every kind of seat is held."""
    small = copy.copy(_late() if late else _world())
    small.federation, small.blobs = copy.deepcopy((small.federation, small.blobs))
    small.federation.state.blobs = small.blobs
    small.done = list(small.done)
    return small


def divide(small: Small, motion: str, by: str, *, days: int = 5) -> None:
    closes = moment.after(small.at, days=days)
    small.do(acts.DivisionOpened(at=small.at, by=by, motion=motion, closes_at=closes))


def voter(small: Small, assembly: str, place: int = 0) -> str:
    """Return one of the members of an assembly."""
    return sorted(standing.electors(small.state, assembly, small.at))[place]


def moved(small: Small, motion: str, matter: str, body: str, **more: object) -> acts.MotionMoved:
    """Return a motion by one who sits in a body."""
    by = sorted(standing.sitting(small.state, body, small.at))[0]
    fields = {"title": motion, "text": small.blob("One.\nTwo.\n"), **more}
    return acts.MotionMoved(at=small.at, by=by, body=body, motion=motion, matter=matter, **fields)


def with_motion(matter: str, body: str, **more: object) -> tuple[Small, str]:
    """Return a world with the motion ``m`` and its mover."""
    small = world()
    act = small.do(moved(small, "m", matter, body, **more))
    return small, act.by


def seat(small: Small, body: str, place: int = 0) -> tuple[str, str]:
    """Return a filled seat of a body and its holder."""
    term = standing.filled(small.state, body, small.at)[place]
    return term.seat, term.member


def called(constituency: str = "assembly/mill", body: str = MILL) -> tuple[Small, str]:
    """Return a world with an election of a vacant seat, and an elector."""
    small = world()
    vacant, holder = seat(small, body)
    small.do(acts.SeatResigned(at=small.at, by=holder, body=body, seat=vacant))
    small.do(opening(small, body, constituency))
    return small, voter(small, constituency, 5)


def opening(small: Small, body: str, constituency: str) -> acts.ElectionOpened:
    until = moment.after(small.at, days=7)
    return acts.ElectionOpened(
        at=small.at, by=voter(small, constituency), body=body, election="e-new", constituency=constituency,
        vacant_only=True, nominations_until=until, closes_at=moment.after(until, days=7), lot=LOT,
    )  # fmt: skip


def voting() -> tuple[Small, str]:
    """Return a world in which the vote of an election is open, and an elector."""
    small, elector = called()
    small.do(acts.CandidateNominated(at=small.at, by=elector, election="e-new", candidate=elector))
    small.wait(7)
    return small, elector


def petitioned(signed: int = 1) -> tuple[Small, str]:
    """Return a world with a petition against a member of the mill's committee, and an elector who has not signed."""
    small = world()
    held, _ = seat(small, MILL)
    voters = sorted(standing.electors(small.state, "assembly/mill", small.at))
    small.do(acts.RecallPetitioned(at=small.at, by=voters[0], recall="r", seat=held, reason="absent"))
    for member in voters[1:signed]:
        small.do(acts.PetitionSigned(at=small.at, by=member, recall="r"))
    return small, voters[signed]


def delivered() -> tuple[Small, str]:
    """Return a world in which the farm has sent wheat to the mill."""
    small = world(late=True)
    by = sitter(small, "committee/farm")
    small.do(acts.RunReported(at=small.at, by=by, body="committee/farm", season="s", activity="grow", runs="1"))
    small.do(acts.DeliverySent(
        at=small.at, by=by, body="committee/farm", delivery="d-1", season="s", product="wheat", sender="farm",
        to="workplace/mill", quantity="500",
    ))  # fmt: skip
    return small, sitter(small, MILL)


Example = tuple[Small, acts.AnyAct]


def membership() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of membership, by word."""

    def found() -> Example:
        small = world()
        return small, acts.FederationFounded(at=small.at, by="m-0001", name="N", zone="UTC", vkey="",
                                             charter=small.state.charter_hash, founders=("m-0001",))  # fmt: skip

    def by(kind: type[acts.AnyAct], body: str, **fields: object) -> Callable[[], Example]:
        def example() -> Example:
            small = world()
            return small, kind(at=small.at, by=sitter(small, body), body=body, **fields)

        return example

    def leaving(completed: bool = False) -> Example:
        small = world()
        members = sorted(standing.electors(small.state, "assembly/mill", small.at))
        small.do(acts.LeavingAnnounced(at=small.at, by=members[0], leaving="l", group="workplace/mill", decision=""))
        if not completed:
            return small, acts.LeavingJoined(at=small.at, by=members[1], leaving="l")
        for member in members[1:3]:
            small.do(acts.LeavingJoined(at=small.at, by=member, leaving="l"))
        small.wait(30)
        return small, acts.LeavingCompleted(at=small.at, by=members[0], leaving="l")

    def refounding(step: str) -> Example:
        small = world()
        text = small.blob(CHARTER + "# Founded anew.\n")
        members = sorted(standing.all_members(small.state))
        if step == "called":
            return small, acts.RefoundingCalled(at=small.at, by="m-0902", refounding="f", charter=text)
        small.do(acts.RefoundingCalled(at=small.at, by=members[0], refounding="f", charter=text))
        if step == "signed":
            return small, acts.RefoundingSigned(at=small.at, by="m-0902", refounding="f")
        for member in members[1:8]:
            small.do(acts.RefoundingSigned(at=small.at, by=member, refounding="f"))
        closes = moment.after(small.at, days=14)
        return small, acts.RefoundingOpened(at=small.at, by="m-0902", refounding="f", closes_at=closes)

    def consented(effect: str) -> Example:
        bodies = {"merger": "assembly/mill assembly/bakery", "dissolution": MILL}
        small = world()
        own = ("assembly/mill",)
        for number, assembly in enumerate(own):
            act = small.do(moved(small, f"m-{number}", effect, assembly, subject=bodies[effect]))
            small.wait(14)
            divide(small, act.motion, act.by, days=7)
            running = small.state.motions[act.motion].divisions[-1]
            for of in running.ballots.values():
                people = sorted(small.state.ballots[of].electorate)
                for member in people:
                    small.do(acts.VoteTaken(at=small.at, by=member, ballot=of, member=member))
            small.at = running.closes_at
            for of in running.ballots.values():
                publish(small, of, ['"for"'] * len(small.state.ballots[of].electorate))
            small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=act.motion))
        secretary = sitter(small, "secretary")
        if effect == "dissolution":
            return small, acts.BodyDissolved(at=small.at, by=secretary, body="secretary", dissolves=MILL,
                                             decision="m-0")  # fmt: skip
        return small, acts.BodyMerged(at=small.at, by=secretary, body="secretary", bodies=(MILL,),
                                      into="committee/bakery", decisions=("m-0",))  # fmt: skip

    def key() -> Example:
        small = world()
        return small, acts.KeyRegistered(at=small.at, by="m-0902", public_key="A" * 43 + "=")

    def gone() -> Example:
        small = world()
        return small, acts.MemberLeft(at=small.at, by="m-0902", member="m-0902")

    def resigned() -> Example:
        small = world()
        held, holder = seat(small, MILL)
        return small, acts.SeatResigned(at=small.at, by=holder, body=MILL, seat=held)

    def announced() -> Example:
        small = world()
        by_ = voter(small, "assembly/mill")
        return small, acts.LeavingAnnounced(at=small.at, by=by_, leaving="l", group="workplace/mill", decision="")

    def emergency() -> Example:
        small = world()
        until = moment.after(small.at, days=7)
        return small, acts.EmergencyDeclared(at=small.at, by=sitter(small, "board"), body="board", emergency="x",
                                             text=small.blob("Boats.\n"), until=until)  # fmt: skip

    placed = {"workplace": "mill", "trade": "bakers", "locality": "hilltown"}
    return {
        "federation_founded": found,
        "group_registered": by(acts.GroupRegistered, "secretary", roll="workplace", group="dairy", name="Dairy"),
        "member_joined": by(acts.MemberJoined, MILL, member="m-0903", commitment="0" * 64, groups=placed),
        "member_left": gone,
        "key_registered": key,
        "officer_carried_over": by(acts.OfficerCarriedOver, "board", seat="board:1", member="m-0902"),
        "seat_appointed": by(acts.SeatAppointed, "board", seat="tellers:1", member="m-0902"),
        "seat_resigned": resigned,
        "work_assigned": by(acts.WorkAssigned, "board", member="m-0902", workplace="mill", task="nights"),
        "body_merged": lambda: consented("merger"),
        "body_dissolved": lambda: consented("dissolution"),
        "correction_made": by(acts.CorrectionMade, MILL, corrects=1, reason="a slip"),
        "acting_named": by(acts.ActingNamed, "board", seat="tellers:1", member="m-0902"),
        "emergency_declared": emergency,
        "leaving_announced": announced,
        "leaving_joined": leaving,
        "leaving_completed": lambda: leaving(completed=True),
        "refounding_called": lambda: refounding("called"),
        "refounding_signed": lambda: refounding("signed"),
        "refounding_opened": lambda: refounding("opened"),
    }


def elections() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of elections, ballots, reports and recall, by word."""

    def opened() -> Example:
        small = world()
        held, holder = seat(small, MILL)
        small.do(acts.SeatResigned(at=small.at, by=holder, body=MILL, seat=held))
        return small, opening(small, MILL, "assembly/mill")

    def nominated() -> Example:
        small, elector = called()
        return small, acts.CandidateNominated(at=small.at, by=elector, election="e-new", candidate=elector)

    def withdrawn() -> Example:
        small, elector = called()
        small.do(acts.CandidateNominated(at=small.at, by=elector, election="e-new", candidate=elector))
        return small, acts.CandidacyWithdrawn(at=small.at, by=elector, election="e-new")

    def screened() -> Example:
        small, elector = called()
        small.do(acts.CandidateNominated(at=small.at, by=elector, election="e-new", candidate=elector))
        return small, acts.CandidateScreened(at=small.at, by=sitter(small, "board"), body="board", election="e-new",
                                             candidate=elector, admitted=True, reason="fit")  # fmt: skip

    def taken() -> Example:
        small, elector = voting()
        return small, acts.VoteTaken(at=small.at, by=elector, ballot="e-new", member=elector)

    def published() -> Example:
        small, elector = voting()
        small.do(acts.VoteTaken(at=small.at, by=elector, ballot="e-new", member=elector))
        small.wait(7)
        choices = small.blob(f'["{elector}"]\n')
        return small, acts.BallotsPublished(at=small.at, by="clerk", ballot="e-new", choices=choices, number=1,
                                            seed="5eed")  # fmt: skip

    def reported() -> Example:
        small = world()
        held, holder = seat(small, MILL)
        return small, acts.ReportGiven(at=small.at, by=holder, body=MILL, seat=held, text=small.blob("Done.\n"))

    def petition() -> Example:
        small = world()
        held, _ = seat(small, MILL)
        return small, acts.RecallPetitioned(at=small.at, by=voter(small, "assembly/mill", 6), recall="r", seat=held,
                                            reason="absent")  # fmt: skip

    def signed() -> Example:
        small, elector = petitioned()
        return small, acts.PetitionSigned(at=small.at, by=elector, recall="r")

    def voted_on() -> Example:
        small, elector = petitioned(3)
        return small, acts.RecallOpened(at=small.at, by=elector, recall="r", closes_at=moment.after(small.at, days=7))

    return {
        "election_opened": opened,
        "candidate_nominated": nominated,
        "candidacy_withdrawn": withdrawn,
        "candidate_screened": screened,
        "vote_taken": taken,
        "ballots_published": published,
        "report_given": reported,
        "recall_petitioned": petition,
        "petition_signed": signed,
        "recall_opened": voted_on,
    }


def under_seal() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of sealed ballots, by word; the shipped charter has none, and gives them to nobody."""

    def plainly(kind: type[acts.AnyAct], **fields: object) -> Callable[[], Example]:
        def example() -> Example:
            small, elector = voting()
            return small, kind(at=small.at, by=elector, ballot="e-new", **fields)

        return example

    return {
        "ballot_key_given": plainly(acts.BallotKeyGiven, role="teller", key="AA=="),
        "ballot_sealed": plainly(acts.BallotSealed, issuers=("AA==",), tellers=("AA==",)),
        "token_requested": plainly(acts.TokenRequested, blinded=("AA==",)),
        "token_issued": plainly(acts.TokenIssued, member="m-0902", signature="AA=="),
        "casts_published": plainly(acts.CastsPublished, casts="0" * 64, number=1),
        "token_voided": plainly(acts.TokenVoided, voter="AA==", prefix="AA==", signatures=("AA==",), signature="AA=="),
        "teller_key_revealed": plainly(acts.TellerKeyRevealed, key="AA=="),
        "ballot_repeated": plainly(acts.BallotRepeated, closes_at="2026-12-01T08:00:00Z"),
    }


def talking() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of talking, by word."""

    def until(then: str) -> Callable[[], Example]:
        def example() -> Example:
            small, by = with_motion("resolution-committee", MILL, **MILLED)
            text = small.blob("I am for it.\n")
            said = acts.WordsSaid(at=small.at, by=by, words="w", about="motion/m", text=text)
            aside = acts.WordsSetAside(at=small.at, by=sitter(small, "board"), body="board", words="w", reason="rude")
            appeal = acts.SettingAsideAppealed(at=small.at, by=by, words="w", reason="It was not.")
            held, holder = seat(small, "councils-conference")
            heard = acts.AppealVoted(at=small.at, by=holder, body="councils-conference", words="w", seat=held,
                                     restore=True, reason="It was not.")  # fmt: skip
            steps = {acts.word(act): act for act in (said, aside, appeal, heard)}
            for word, act in steps.items():
                if word == then:
                    break
                small.do(act)
            return small, steps[then]

        return example

    return {word: until(word) for word in ("words_said", "words_set_aside", "setting_aside_appealed", "appeal_voted")}


HOUSES = ("committees-house", "unions-house")
MILLED = {"affects": ("workplace/mill",)}


def decisions() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts on motions, by word."""

    def plainly(kind: type[acts.AnyAct], **fields: object) -> Callable[[], Example]:
        def example() -> Example:
            small, by = with_motion("resolution-committee", MILL, **MILLED)
            return small, kind(at=small.at, by=by, **fields)

        return example

    def move() -> Example:
        # The committee has just met: where its interval is over, its electors may move as well (test_meetings.py).
        small, by = with_motion("resolution-committee", MILL, **MILLED)
        small.wait(3)
        divide(small, "m", by)
        return small, moved(small, "n", "resolution-committee", MILL, **MILLED)

    def amended(then: str) -> Example:
        small, by = with_motion("resolution-committee", MILL, **MILLED)
        act = acts.AmendmentMoved(at=small.at, by=by, amendment="a", motion="m", first=1, last=1, lines=("Uno.",))
        if then == "moved":
            return small, act
        small.do(act)
        kind = acts.AmendmentAccepted if then == "accepted" else acts.AmendmentWithdrawn
        return small, kind(at=small.at, by=by, amendment="a")

    def open_(then: str) -> Example:
        small, by = with_motion("resolution-committee", MILL, **MILLED)
        small.wait(3)
        closes = moment.after(small.at, days=3)
        act = acts.DivisionOpened(at=small.at, by=by, motion="m", closes_at=closes)
        if then == "open":
            return small, act
        small.do(act)
        held, holder = seat(small, MILL)
        cast = acts.VoteCast(at=small.at, by=holder, body=MILL, motion="m", seat=held, choice="for")
        if then == "cast":
            return small, cast
        if then == "split":
            return small, acts.VoteSplit(at=small.at, by=holder, body=MILL, motion="m", seat=held, in_favour="1",
                                         against="0", abstaining="0")  # fmt: skip
        for number in range(4):
            held, holder = seat(small, MILL, number)
            small.do(acts.VoteCast(at=small.at, by=holder, body=MILL, motion="m", seat=held, choice="for"))
        small.at = closes
        if then == "casting":
            return small, acts.CastingVoteGiven(at=small.at, by=holder, body=MILL, motion="m", choice="for")
        closing = acts.DivisionClosed(at=small.at, by="clerk", motion="m")
        if then == "closed":
            return small, closing
        small.do(closing)
        if then == "report":
            return small, acts.MinorityReportFiled(at=small.at, by="m-0902", motion="m", text=small.blob("No.\n"))
        return small, acts.OutcomeStated(at=small.at, by=by, motion="m", text=small.blob("So.\n"), review_at="")

    def chosen(then: str) -> Example:
        small, by = with_motion("resolution-committee", MILL, **MILLED)
        act = acts.AlternativeMoved(at=small.at, by=by, alternative="b", motion="m", title="B", text=small.blob("B.\n"))
        if then == "moved":
            return small, act
        small.do(act)
        small.wait(3)
        divide(small, "m", by, days=3)
        held, holder = seat(small, MILL)
        return small, acts.RankingCast(at=small.at, by=holder, body=MILL, motion="m", seat=held, ranking=("b", "m"))

    def together(then: str) -> Example:
        small, by = with_motion("resolution-committee", MILL, **MILLED)
        small.do(moved(small, "n", "resolution-committee", MILL, **MILLED))
        act = acts.BlockFormed(at=small.at, by=by, block="b", motions=("m", "n"))
        if then == "formed":
            return small, act
        small.do(act)
        return small, acts.BlockSplit(at=small.at, by=by, block="b", motion="n")

    def objected(then: str) -> Example:
        small, by = with_motion("consent-committee", MILL)
        act = acts.ObjectionRaised(at=small.at, by=by, body=MILL, objection="o", motion="m", reason="too loud")
        if then == "raised":
            return small, act
        small.do(act)
        return small, acts.ObjectionWithdrawn(at=small.at, by=by, objection="o")

    def advised() -> Example:
        small, mover = with_motion("advice-committee", MILL)
        other = next(t.member for t in standing.filled(small.state, MILL, small.at) if t.member != mover)
        return small, acts.AdviceGiven(at=small.at, by=other, body=MILL, motion="m", text=small.blob("Wait.\n"))

    def position() -> Example:
        # No matter of the shipped charter asks for positions; the permission is there for one that would.
        small, _ = with_motion("resolution-committee", MILL, **MILLED)
        held, holder = seat(small, MILL)
        return small, acts.PositionTaken(at=small.at, by=holder, body=MILL, motion="m", seat=held, position="for")

    def hands() -> Example:
        small, by = with_motion("resolution-assembly", "assembly/mill")
        small.wait(3)
        divide(small, "m", by)
        tellers = [t.member for t in standing.filled(small.state, "tellers", small.at)][:2]
        return small, acts.HandVoteCounted(at=small.at, by=tellers[0], body="assembly/mill", motion="m",
                                           tellers=tuple(tellers), present=6, in_favour=4, against=1,
                                           abstaining=1)  # fmt: skip

    def mandate() -> Example:
        small, _ = with_motion("levies", "committees-house")
        held = standing.filled(small.state, "committees-house", small.at)[0]
        assembly = standing.seat(small.state, held.seat).constituency
        by = voter(small, assembly)
        text = small.blob("for m\n")
        small.do(acts.MotionMoved(at=small.at, by=by, body=assembly, motion="i", matter="mandate-workplace",
                                  title="I", text=text, subject=held.seat))  # fmt: skip
        divide(small, "i", by, days=2)
        ballot = next(iter(small.state.motions["i"].divisions[-1].ballots.values()))
        people = sorted(small.state.ballots[ballot].electorate)
        for member in people:
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
        small.wait(2)
        publish(small, ballot, ['"for"'] * len(people))
        small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="i"))
        return small, acts.MandateGiven(at=small.at, by=by, body=assembly, seat=held.seat, motion="m",
                                        instruction="for", decision="i")  # fmt: skip

    return {
        "motion_moved": move,
        "motion_withdrawn": plainly(acts.MotionWithdrawn, motion="m"),
        "amendment_moved": lambda: amended("moved"),
        "amendment_accepted": lambda: amended("accepted"),
        "amendment_withdrawn": lambda: amended("withdrawn"),
        "alternative_moved": lambda: chosen("moved"),
        "ranking_cast": lambda: chosen("ranked"),
        "block_formed": lambda: together("formed"),
        "block_split": lambda: together("split"),
        "objection_raised": lambda: objected("raised"),
        "objection_withdrawn": lambda: objected("withdrawn"),
        "advice_given": advised,
        "position_taken": position,
        "division_opened": lambda: open_("open"),
        "vote_cast": lambda: open_("cast"),
        "vote_split": lambda: open_("split"),
        "casting_vote_given": lambda: open_("casting"),
        "hand_vote_counted": hands,
        "division_closed": lambda: open_("closed"),
        "mandate_given": mandate,
        "minority_report_filed": lambda: open_("report"),
        "outcome_stated": lambda: open_("outcome"),
    }


def rights() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of rights, by word."""

    def formed(then: str) -> Example:
        small = world()
        members = ("m-0001", "m-0002", "m-0003")
        act = acts.CurrentFormed(at=small.at, by="m-0001", current="c", name="C", members=members)
        if then == "formed":
            return small, act
        small.do(act)
        match then:
            case "joined":
                return small, acts.CurrentJoined(at=small.at, by="m-0902", current="c")
            case "left":
                return small, acts.CurrentLeft(at=small.at, by="m-0002", current="c")
            case "platform":
                return small, acts.PlatformPublished(at=small.at, by="m-0001", current="c", text=small.blob("P.\n"))
        return small, acts.CurrentForbidden(at=small.at, by=sitter(small, "board"), body="board", current="c")

    def inspected(then: str) -> Example:
        small = world()
        act = acts.InspectionDemanded(at=small.at, by="m-0902", inspection="i", subject=MILL, question="Why?")
        if then == "demanded":
            return small, act
        small.do(act)
        return small, acts.InspectionAnswered(at=small.at, by=sitter(small, MILL), body=MILL, inspection="i",
                                              answer=small.blob("So.\n"))  # fmt: skip

    return {
        "current_formed": lambda: formed("formed"),
        "current_joined": lambda: formed("joined"),
        "current_left": lambda: formed("left"),
        "platform_published": lambda: formed("platform"),
        "current_forbidden": lambda: formed("forbidden"),
        "inspection_demanded": lambda: inspected("demanded"),
        "inspection_answered": lambda: inspected("answered"),
    }


def season() -> Mapping[str, Callable[[], Example]]:
    """Examples of acts of the season and the books, by word."""

    def by(kind: type[acts.AnyAct], body: str, *, late: bool = False, **fields: object) -> Callable[[], Example]:
        def example() -> Example:
            small = world(late=late)
            return small, kind(at=small.at, by=sitter(small, body), body=body, season="s", **fields)

        return example

    def opened() -> Example:
        small = world()
        return small, acts.SeasonOpened(
            at=small.at, by=sitter(small, "board"), body="board", season="t", name="T",
            declarations_until=moment.after(small.at, days=9), ends_at=moment.after(small.at, days=90),
        )  # fmt: skip

    def closed() -> Example:
        small = world()
        small.at = small.state.seasons["s"].ends_at
        return small, acts.SeasonClosed(at=small.at, by=sitter(small, "board"), body="board", season="s")

    def draft() -> Example:
        small = world()
        return small, drafted(small, "d")

    def received() -> Example:
        small, holder = delivered()
        return small, acts.DeliveryReceived(at=small.at, by=holder, body=MILL, delivery="d-1", quantity="500")

    def traded(kind: type[acts.AnyAct]) -> Callable[[], Example]:
        return by(kind, MILL, late=True, product="flour", quantity="1", price="2")

    bread = ("hilltown", "bread", "1", "1900", "5")
    return {
        "season_opened": opened,
        "figures_declared": by(acts.FiguresDeclared, "council/hilltown", file="needs", rows=(bread,)),
        "figures_withdrawn": by(
            acts.FiguresWithdrawn, "council/hilltown", file="needs", keys=(("hilltown", "bread", "1"),)
        ),
        "plan_drafted": draft,
        "order_declined": by(acts.OrderDeclined, MILL, late=True, activity="grind", runs="0", reason="broken"),
        "hours_withdrawn": by(acts.HoursWithdrawn, "union/bakers", late=True, trade="bakers", workplace="",
                              hours="10", overtime="0", reason="strike"),
        "run_reported": by(acts.RunReported, "committee/farm", late=True, activity="grow", runs="1"),
        "hours_reported": by(acts.HoursReported, MILL, late=True, workplace="mill", trade="bakers", hours="3"),
        "delivery_sent": lambda: (lambda small: (small, acts.DeliverySent(
            at=small.at, by=sitter(small, "committee/farm"), body="committee/farm", delivery="d-2", season="s",
            product="wheat", sender="farm", to="workplace/mill", quantity="100")))(delivered()[0]),
        "delivery_received": received,
        "stock_taken": by(acts.StockTaken, "committee/farm", late=True, workplace="farm", product="wheat",
                          quantity="90"),
        "goods_bought": traded(acts.GoodsBought),
        "goods_sold": traded(acts.GoodsSold),
        "season_closed": closed,
    }  # fmt: skip


EXAMPLES: Mapping[str, Callable[[], Example]] = {
    **membership(), **elections(), **under_seal(), **talking(), **decisions(), **rights(), **season(),
}  # fmt: skip
OWN = "its own"
CELLS = [(word, kind) for word in acts.BY_WORD for kind in (OWN, *ACTORS)]
ELSEWHERE = [(word, kind) for word in elsewhere.EXAMPLES for kind in (OWN, *elsewhere.ACTORS)]


class Vacant(LookupError):
    """Nobody holds a seat of a kind of body at that moment."""


def actor(small: Small, kind: str, act: acts.AnyAct) -> str:
    """Return the number of an actor of a kind; of a seat, one who has least to do with the act otherwise.

    Raises:
        Vacant: all seats of that kind are vacant, or their terms have lapsed.
    """
    match kind:
        case "its own":
            return act.by
        case "stranger":
            return "m-9999"
        case "former member":
            return "m-0901"
        case "clerk":
            return "clerk"
        case "founder":
            return "m-0001"
        case "member elsewhere":
            return "m-0902"
    bodies = [b.id for b in standing.bodies(small.state) if b.kind.id == kind]
    held = {t.member: b for b in bodies for t in standing.filled(small.state, b, small.at)}

    def nearness(member: str) -> tuple[bool, bool, bool, int, str]:
        sits = standing.sits_in(small.state, member, act.body, small.at) if act.body else False
        seats = len(standing.seats_of(small.state, member, small.at))
        return member == act.by, held[member] == act.body, sits, seats, member

    if not held:
        raise Vacant(kind)
    return min(held, key=nearness)


def by_actor(act: acts.AnyAct, member: str) -> acts.AnyAct:
    """Return the same act by another author."""
    return msgspec.structs.replace(act, by=member)


@cache
def example(word: str) -> Example:
    """Return the example of a word, made once, and never changed."""
    return EXAMPLES[word]()


@cache
def example_elsewhere(word: str) -> Example:
    """Return the example of a word under another charter, made once, and never changed."""
    return elsewhere.EXAMPLES[word]()


@dataclass(frozen=True)
class Tried:
    """What came of an act: the article under which it was refused, or ``x``; and how many acts it added."""

    said: str
    added: int
    changed: bool


def tried(of: Example, member: str) -> Tried:
    """Return what comes of an act by a member in a copy of its world."""
    pristine, act = of
    small = copy.copy(pristine)
    small.federation = copy.deepcopy(pristine.federation)
    said = "x"
    try:
        small.federation.apply(by_actor(act, member))
    except Refused as refused:
        said = refused.article
    added = small.state.size - pristine.state.size
    return Tried(said, added, bool(added) or facts(small.state) != facts(pristine.state))


@cache
def cell(word: str, kind: str) -> Tried:
    """Return what comes of the example of an act by a kind of actor, under the shipped charter."""
    small, act = example(word)
    return tried((small, act), actor(small, kind, act))


@cache
def cell_elsewhere(word: str, kind: str) -> Tried:
    """Return the same under the charter that gives the act to somebody."""
    small, act = example_elsewhere(word)
    return tried((small, act), act.by if kind == OWN else elsewhere.actor(small, kind, act))


def _table(head: tuple[str, ...], rows: Mapping[str, tuple[str, ...]]) -> list[str]:
    lines = [f"| act | {' | '.join(head)} |", f"|---|{'---|' * len(head)}"]
    return lines + [f"| `{word}` | {' | '.join(cells)} |" for word, cells in rows.items()]


def _shown(said: str) -> str:
    return {"x": "**x**", "record": "-"}.get(said, said)


def _rule(word: str) -> str:
    rules = standing.charter(_world().state)
    permission = rules.permissions.get(word)
    never = next((n for n in rules.never.values() if word in n.acts), None)
    if never:
        return f"never, article {never.article}"
    return f"{permission.article}: {', '.join(permission.by)}" if permission else "nobody"


def page() -> str:
    """Return docs/reference/authority.md."""
    lines = [
        "# Who may do what", "",
        "Written by `tests/federation/authority.py`. Every act of the rule book stands here, one lawful example of",
        "each, tried by its own author and by each kind of actor, who does it for the same body. **x**: she does it.",
        "A number: refused under that article; `-` stands for the record's own order.",
        "",
        "The test of each cell is `test_a_cell_is_as_the_page_says[ACT-ACTOR]` in",
        "`tests/federation/test_authority.py`: it reads the cell here, hands the act to `Federation.apply`, and finds",
        "the same answer; where the act is refused, nothing has changed, and where it is done, it is one act more.",
        "`test_every_act_of_the_rule_book_is_on_the_page` holds the rows to the acts that the record knows.",
        "",
        "## Under the shipped charter", "",
        "In a small federation in which every kind of seat is held. A holder of a seat is taken who has nothing else",
        "to do with the act, where there is one; a seat of `district` is filled from a committee, so its holder has",
        "two.",
        "The rule of each row: the article that permits the act, and to whom (`member`: any; `elector`: those",
        "concerned). Whoever may by the permission can still be refused by the rule of the act, as its article says.",
        "",
    ]  # fmt: skip
    kinds = (OWN, *ACTORS)
    rows = {word: (_rule(word), *(_shown(cell(word, k).said) for k in kinds)) for word in acts.BY_WORD}
    lines += _table(("rule", *kinds), rows)
    lines += [
        "", "## Where another charter gives it", "",
        "Acts that the shipped charter gives to nobody, or not to a federation of this age: tried under a charter that",
        "gives them (`tests/federation/authority_elsewhere.py` says which). `work_assigned` and `current_forbidden`",
        "are not here: the rule book has no way to carry them out, whatever a charter says.",
        "",
    ]  # fmt: skip
    kinds = (OWN, *elsewhere.ACTORS)
    lines += _table(kinds, {word: tuple(_shown(cell_elsewhere(word, k).said) for k in kinds)
                            for word in elsewhere.EXAMPLES})  # fmt: skip
    return "\n".join(lines) + "\n"


def cells(text: str) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """Return the cells of the two tables of a page: ``x`` or the article, by act and actor."""
    found = []
    for part in text.split("\n## ")[1:]:
        rows = [[c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
        head = rows[0]
        words = {"**x**": "x", "-": "record"}
        said = {}
        for row in rows[2:]:
            for kind, value in zip(head, row, strict=True):
                if kind not in ("act", "rule"):
                    said[row[0].strip("`"), kind] = words.get(value, value)
        found.append(said)
    return found[0], found[1]


def permitted(small: Small, act: acts.AnyAct) -> bool:
    """Return whether the charter's permission lets the author do the act, whatever the act's own rule says."""
    everybody = standing.all_members(small.state)
    try:
        permit.check_permitted(small.state, act, everybody)
    except Refused:
        return False
    return True


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
