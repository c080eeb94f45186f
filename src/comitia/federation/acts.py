"""The acts: one struct per act type, and their canonical bytes.

Every act carries the same envelope, which is why its types share one base: ``v`` (version of the type), ``at`` (the
moment, ``YYYY-MM-DDTHH:MM:SSZ``), ``by`` (the author: a member's number, or ``clerk``), ``body`` (the body it was done
for, or ""), ``sigs``. The payload follows flat. Figures are decimal text; large texts and tables are named by the
SHA-256 of a blob. An act's id is its index in the record.

One list, longer than a module otherwise is: who reads the record looks here for every word that may stand in it.
"""

from typing import Literal

import msgspec

from comitia.record import canonical


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who vouches for an act: the author's key, or only the server that took it in (``kind = "server"``)."""

    kind: Literal["server", "ed25519"]
    key: str = ""
    sig: str = ""


def snake_case(name: str) -> str:
    """Return ``MotionMoved`` as ``motion_moved``, the word in the record."""
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="act", tag=snake_case):
    """The envelope that all acts share."""

    at: str
    by: str
    body: str = ""
    v: Literal[1] = 1
    sigs: tuple[Signature, ...] = (Signature(kind="server"),)


class FederationFounded(Act, frozen=True):
    """The founders adopt a charter (hash of its text) and the key under which the record is signed (C2SP vkey)."""

    name: str
    zone: str
    charter: str
    vkey: str
    founders: tuple[str, ...]


class GroupRegistered(Act, frozen=True):
    """A workplace, trade, locality or district; ``within`` names the group of a gathering roll (``district/north``)."""

    roll: str
    group: str
    name: str
    within: str = ""


class MemberJoined(Act, frozen=True):
    """A member under her number; ``commitment`` is a salted hash of her name, ``groups`` maps a roll to her group."""

    member: str
    commitment: str
    groups: dict[str, str]


class MemberLeft(Act, frozen=True):
    """A member leaves; her seats fall vacant."""

    member: str


class KeyRegistered(Act, frozen=True):
    """A member's Ed25519 public key (base64); her later acts must be signed with it."""

    public_key: str


class OfficerCarriedOver(Act, frozen=True):
    """A sitting officer is entered at the founding until an election confirms her."""

    seat: str
    member: str


class SeatAppointed(Act, frozen=True):
    """A seat filled by appointment, where a charter allows it."""

    seat: str
    member: str


class SeatResigned(Act, frozen=True):
    """The holder gives a seat up."""

    seat: str


class ElectionOpened(Act, frozen=True):
    """An election of seats of ``body`` by ``constituency``.

    ``lot`` is the SHA-256 of the seed revealed at the close.
    """

    election: str
    constituency: str
    vacant_only: bool
    nominations_until: str
    closes_at: str
    lot: str


class CandidateNominated(Act, frozen=True):
    """A candidate stands, or a further elector nominates her."""

    election: str
    candidate: str


class CandidacyWithdrawn(Act, frozen=True):
    """The author no longer stands."""

    election: str


class VoteTaken(Act, frozen=True):
    """A member has voted in a secret ballot; the choice is not here. Paper votes name the two tellers who took them."""

    ballot: str
    member: str
    channel: Literal["online", "paper"] = "online"
    tellers: tuple[str, ...] = ()


class BallotsPublished(Act, frozen=True):
    """All choices of a closed secret ballot, sorted by bytes, as a blob of JSON lines; ``seed`` opens the lot."""

    ballot: str
    choices: str
    number: int
    seed: str


class MotionMoved(Act, frozen=True):
    """A motion on a matter; ``body`` decides or, for several houses, moves. ``subject`` is what it is about.

    Subject by the matter's effect: a draft's id (plan), a season's id with ``figures`` the hash of the claims as CSV
    (claims), a seat with
    ``figures`` empty (mandate), the bodies concerned joined by blanks (merger), the hash of the new text (charter).
    """

    motion: str
    matter: str
    title: str
    text: str
    subject: str = ""
    figures: str = ""


class AmendmentMoved(Act, frozen=True):
    """Lines ``first`` to ``last`` (from 1) of a motion's text are to be replaced."""

    amendment: str
    motion: str
    first: int
    last: int
    lines: tuple[str, ...]


class AmendmentAccepted(Act, frozen=True):
    """The mover takes an amendment into her motion before the division opens."""

    amendment: str


class DivisionOpened(Act, frozen=True):
    """Voting on a motion opens in all bodies that must decide it; assemblies vote in secret, houses in the open."""

    motion: str
    closes_at: str
    stage: Literal["houses", "exit"] = "houses"


class VoteCast(Act, frozen=True):
    """A seat's open vote in a division of its house."""

    motion: str
    seat: str
    choice: Literal["for", "against", "abstain"]


class DivisionClosed(Act, frozen=True):
    """The close is noted after the deadline; what was carried takes effect from here."""

    motion: str


class MandateGiven(Act, frozen=True):
    """The electors instruct their seat on a motion, by a decision of their own that was carried (``decision``)."""

    seat: str
    motion: str
    instruction: Literal["for", "against", "abstain"]
    decision: str


class ReportGiven(Act, frozen=True):
    """A holder reports to her electors (hash of the text)."""

    seat: str
    text: str


class RecallPetitioned(Act, frozen=True):
    """An elector of a seat opens a petition for the recall of its holder."""

    recall: str
    seat: str
    reason: str


class PetitionSigned(Act, frozen=True):
    """An elector of the seat signs the petition."""

    recall: str


class RecallOpened(Act, frozen=True):
    """Enough electors signed: the seat's electors vote in secret."""

    recall: str
    closes_at: str


class CurrentFormed(Act, frozen=True):
    """Members form a current."""

    current: str
    name: str
    members: tuple[str, ...]


class CurrentForbidden(Act, frozen=True):
    """A current is dissolved from above."""

    current: str


class MinorityReportFiled(Act, frozen=True):
    """Members attach a minority report to a decided motion (hash of the text)."""

    motion: str
    text: str


class WorkAssigned(Act, frozen=True):
    """A named person is ordered to work somewhere."""

    member: str
    workplace: str
    task: str


class BodyMerged(Act, frozen=True):
    """Bodies go up into another, each by its own decision (ids of carried motions, in the order of ``bodies``)."""

    bodies: tuple[str, ...]
    into: str
    decisions: tuple[str, ...]


class SeasonOpened(Act, frozen=True):
    """A season of planning begins; bodies declare their numbers until the deadline."""

    season: str
    name: str
    declarations_until: str
    ends_at: str


class FiguresDeclared(Act, frozen=True):
    """Rows of one file of the economy folder, columns in its fixed order; a row replaces the one with the same key."""

    season: str
    file: str
    rows: tuple[tuple[str, ...], ...]


class FiguresWithdrawn(Act, frozen=True):
    """Rows of one file taken back by their owner, named by their keys."""

    season: str
    file: str
    keys: tuple[tuple[str, ...], ...]


class PlanDrafted(Act, frozen=True):
    """A draft plan with its certificate (hash of the packed plan) on the figures in force (hash of the economy)."""

    season: str
    draft: str
    variant: str
    economy: str
    plan: str


class OrderDeclined(Act, frozen=True):
    """A workplace declines an order above so many runs of an activity, with its reason."""

    season: str
    activity: str
    runs: str
    reason: str


class HoursWithdrawn(Act, frozen=True):
    """A union withdraws hours of its trade (strike): the hours and overtime that remain, with its reason."""

    season: str
    trade: str
    workplace: str
    hours: str
    overtime: str
    reason: str


class RunReported(Act, frozen=True):
    """A workplace has made so many runs of an activity."""

    season: str
    activity: str
    runs: str


class HoursReported(Act, frozen=True):
    """Hours worked by a trade in a workplace, never by a person."""

    season: str
    workplace: str
    trade: str
    hours: str


class DeliverySent(Act, frozen=True):
    """A workplace hands goods over: ``to`` is ``workplace/ID`` or ``council/ID``."""

    delivery: str
    season: str
    product: str
    sender: str
    to: str
    quantity: str


class DeliveryReceived(Act, frozen=True):
    """The receiver confirms what arrived; a difference stays in transit until it is explained."""

    delivery: str
    quantity: str
    remark: str = ""


class StockTaken(Act, frozen=True):
    """A workplace counts what it has of a product."""

    season: str
    workplace: str
    product: str
    quantity: str


class GoodsBought(Act, frozen=True):
    """A workplace has bought a product outside the federation, at ``price`` for one unit."""

    season: str
    product: str
    quantity: str
    price: str


class GoodsSold(Act, frozen=True):
    """A workplace has sold a product outside the federation, at ``price`` for one unit."""

    season: str
    product: str
    quantity: str
    price: str


class SeasonClosed(Act, frozen=True):
    """The season ends; its books stay open to inspection."""

    season: str


class InspectionDemanded(Act, frozen=True):
    """A member demands to inspect what a body has posted; ``subject`` is the body that must answer."""

    inspection: str
    subject: str
    question: str


class InspectionAnswered(Act, frozen=True):
    """The body answers (hash of the text)."""

    inspection: str
    answer: str


class CorrectionMade(Act, frozen=True):
    """An earlier act was wrong; it stays, and this says what is right."""

    corrects: int
    reason: str


AnyAct = (
    FederationFounded
    | GroupRegistered
    | MemberJoined
    | MemberLeft
    | KeyRegistered
    | OfficerCarriedOver
    | SeatAppointed
    | SeatResigned
    | ElectionOpened
    | CandidateNominated
    | CandidacyWithdrawn
    | VoteTaken
    | BallotsPublished
    | MotionMoved
    | AmendmentMoved
    | AmendmentAccepted
    | DivisionOpened
    | VoteCast
    | DivisionClosed
    | MandateGiven
    | ReportGiven
    | RecallPetitioned
    | PetitionSigned
    | RecallOpened
    | CurrentFormed
    | CurrentForbidden
    | MinorityReportFiled
    | WorkAssigned
    | BodyMerged
    | SeasonOpened
    | FiguresDeclared
    | FiguresWithdrawn
    | PlanDrafted
    | OrderDeclined
    | HoursWithdrawn
    | RunReported
    | HoursReported
    | DeliverySent
    | DeliveryReceived
    | StockTaken
    | GoodsBought
    | GoodsSold
    | SeasonClosed
    | InspectionDemanded
    | InspectionAnswered
    | CorrectionMade
)

_decoder = msgspec.json.Decoder(AnyAct)


class NotAnAct(Exception):
    """The bytes of a leaf are not an act of this version."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"not an act: {reason}")


def encode(act: AnyAct) -> bytes:
    """Return the canonical bytes of an act, as they enter the record (spec/record.md, leaf profile).

    Raises:
        NotCanonical: text outside the profile, or more than 32 KiB.
    """
    return canonical.encode(msgspec.to_builtins(act))


def decode(leaf: bytes) -> AnyAct:
    """Return the act whose canonical bytes these are.

    Raises:
        NotCanonical: the bytes are not in canonical form.
        NotAnAct: the JSON is no act of a known type and version, or does not encode to the same bytes again.
    """
    canonical.decode(leaf)
    try:
        act: AnyAct = _decoder.decode(leaf)
    except msgspec.ValidationError as fault:
        raise NotAnAct(str(fault)) from fault
    # A field left out would be filled in with its default: the leaf must say everything.
    if encode(act) != leaf:
        raise NotAnAct("it leaves out fields that this version writes")
    return act


def word(act: AnyAct) -> str:
    """Return the act's word in the record, for instance ``motion_moved``."""
    return str(type(act).__struct_config__.tag)


BY_WORD: dict[str, type[AnyAct]] = {str(t.__struct_config__.tag): t for t in AnyAct.__args__}
