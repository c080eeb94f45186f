"""Acts that the shipped charter gives to nobody, or an old federation, tried where another charter gives them.

``officer_carried_over`` is tried in a federation just founded; appointed and acting officers and the gate under the
charter of ``people.py``; divided and casting votes and positions under that of ``deciding.py``; sealed ballots under
that of ``sealed.py``; the founding before the first act of all. Two acts are given by no charter of this language:
``work_assigned`` and ``current_forbidden``.
"""

from collections.abc import Callable, Mapping

import sealed
from deciding import assembled, move, open_, published, vote
from people import begun, elected, joined
from sealed import Sealing
from small import CHARTER, Small, founded, name

from comitia.federation import acts, moment, sealing, standing
from comitia.record import wallet

Example = tuple[Small, acts.AnyAct]
ACTORS = ("stranger", "former member", "clerk", "a founder", "a member without a seat", "who sits elsewhere")
HOUSE, MILL = "committees-house", "committee/mill"


def actor(small: Small, kind: str, act: acts.AnyAct) -> str:
    """Return the number of an actor of a kind."""
    present = sorted(standing.all_members(small.state)) if small.state.size else []
    seats = {m: [t.seat.partition(":")[0] for t in standing.seats_of(small.state, m, small.at)] for m in present}
    match kind:
        case "stranger":
            return "m-9999"
        case "former member":
            return "m-0900"
        case "clerk":
            return "clerk"
        case "a founder":
            return "m-0001"
        case "a member without a seat":
            # The last to join: the first are founders.
            return next((m for m in reversed(present) if m != act.by and not seats[m]), "m-0009")
    elsewhere = (m for m in present if m != act.by and seats[m] and act.body not in seats[m])
    return next(elsewhere, "m-0009")


def left(small: Small) -> Small:
    """Let somebody have been a member once."""
    groups = {"workplace": "mill"} if "m-0900" not in small.state.members else {}
    rolls = standing.charter(small.state).rolls
    if "trade" in rolls and rolls["trade"].required:
        groups |= {"trade": "bakers", "locality": "hilltown"}
    enterer = next((t.member for t in small.state.terms.get("secretary:1", [])), "m-0001")
    body = "secretary" if "secretary:1" in small.state.terms else ""
    act = joined(small, "m-0900", groups)
    small.do(acts.MemberJoined(at=small.at, by=enterer, body=body, member=act.member, commitment="0" * 64,
                               groups=groups))  # fmt: skip
    small.do(acts.MemberLeft(at=small.at, by="m-0900", member="m-0900"))
    return small


def _founding() -> Example:
    small = Small()
    charter = small.blob(CHARTER)
    return small, acts.FederationFounded(at=small.at, by="m-0001", name="N", zone="UTC", charter=charter, vkey="k+0+0",
                                         founders=("m-0001", "m-0002", "m-0003"))  # fmt: skip


def _carried_over() -> Example:
    small = left(founded())
    return small, acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0005")


def _people() -> Small:
    small = left(begun())
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    elected(small, "house", "assembly/farm", ["m-0005"])
    return small


def _appointed() -> Example:
    small = _people()
    return small, acts.SeatAppointed(at=small.at, by="m-0005", body="house", seat="bureau:1", member="m-0012")


def _acting() -> Example:
    small = _people()
    return small, acts.ActingNamed(at=small.at, by="m-0008", body=MILL, seat="board:1", member="m-0003")


def _screened() -> Example:
    small = _people()
    until = moment.after(small.at, days=3)
    small.do(acts.ElectionOpened(at=small.at, by="m-0001", body="board", election="e", constituency="everybody",
                                 vacant_only=False, nominations_until=until, closes_at=moment.after(until, days=3),
                                 lot=name(b"5eed")))  # fmt: skip
    for by in ("m-0006", "m-0007"):
        small.do(acts.CandidateNominated(at=small.at, by=by, election="e", candidate="m-0006"))
    return small, acts.CandidateScreened(at=small.at, by="m-0014", body="screeners", election="e", candidate="m-0006",
                                         admitted=True, reason="fit")  # fmt: skip


def _split() -> Example:
    small = left(assembled(weights=True))
    move(small, "m", "chaired", "x\n", body="")
    running = open_(small, "m")
    held = standing.filled(small.state, HOUSE, small.at)[-1]
    whole = running.weights[held.seat]
    return small, acts.VoteSplit(at=small.at, by=held.member, body=HOUSE, motion="m", seat=held.seat,
                                 in_favour=str(whole - 1), against="1", abstaining="0")  # fmt: skip


def _casting() -> Example:
    small = left(assembled())
    move(small, "m", "chaired", "x\n", body="")
    open_(small, "m")
    vote(small, "m", HOUSE, "for", "against", "abstain")
    published(small, "m")
    chair = standing.filled(small.state, "secretary", small.at)[0].member
    return small, acts.CastingVoteGiven(at=small.at, by=chair, body=HOUSE, motion="m", choice="for")


def _position() -> Example:
    small = left(assembled())
    move(small, "m", "consensus", "x\n", body=MILL)
    open_(small, "m")
    held = standing.filled(small.state, MILL, small.at)[0]
    return small, acts.PositionTaken(at=small.at, by=held.member, body=MILL, motion="m", seat=held.seat,
                                     position="aside")  # fmt: skip


def _under_seal(then: Callable[[Sealing], acts.AnyAct]) -> Callable[[], Example]:
    def example() -> Example:
        made = sealed.recall()
        left(made.small)
        act = then(made)
        return made.small, act

    return example


def _batch(made: Sealing) -> acts.AnyAct:
    made.fixed().admitted(made.electors[:1])
    made.small.at = sealing.casts_from(made.of)
    return made.batch([made.cast(made.electors[0], "for")])


def _void(made: Sealing) -> acts.AnyAct:
    home = made.fixed().electors[0]
    made.admitted([home])
    void = wallet.void(made.wallets[home], made.keys, made.answers(home))
    return made.closed().voiding(void)


def _again(made: Sealing) -> acts.AnyAct:
    made.closed().small.wait(7)
    closes = moment.after(made.small.at, days=8)
    return acts.BallotRepeated(at=made.small.at, by=made.electors[0], ballot="r", closes_at=closes)


EXAMPLES: Mapping[str, Callable[[], Example]] = {
    "federation_founded": _founding,
    "officer_carried_over": _carried_over,
    "seat_appointed": _appointed,
    "acting_named": _acting,
    "candidate_screened": _screened,
    "vote_split": _split,
    "casting_vote_given": _casting,
    "position_taken": _position,
    "ballot_key_given": _under_seal(lambda made: made.issuer_key(0)),
    "ballot_sealed": _under_seal(lambda made: made.given().fixing()),
    "token_requested": _under_seal(lambda made: made.fixed().request(made.electors[1])),
    "token_issued": _under_seal(
        lambda made: made.fixed().do(made.request(made.electors[1])).answer(0, made.electors[1])
    ),
    "casts_published": _under_seal(_batch),
    "token_voided": _under_seal(_void),
    "teller_key_revealed": _under_seal(lambda made: made.fixed().closed().reveal(0)),
    "ballot_repeated": _under_seal(_again),
}
# What no charter of this language gives to anybody.
NOBODY = ("work_assigned", "current_forbidden")
