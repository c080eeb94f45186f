"""Every act that may stand in the record, and their canonical bytes.

One struct for each, by topic in the modules ``acts_…``; the envelope is ``act.Act``.
Other rooms say ``acts.MotionMoved``.
"""

import msgspec

from comitia.federation.act import Act as Act, Signature as Signature
from comitia.federation.acts_elections import (
    BallotsPublished as BallotsPublished,
    CandidacyWithdrawn as CandidacyWithdrawn,
    CandidateNominated as CandidateNominated,
    CandidateScreened as CandidateScreened,
    ElectionOpened as ElectionOpened,
    PetitionSigned as PetitionSigned,
    RecallOpened as RecallOpened,
    RecallPetitioned as RecallPetitioned,
    ReportGiven as ReportGiven,
    VoteTaken as VoteTaken,
)
from comitia.federation.acts_membership import (
    ActingNamed as ActingNamed,
    BodyDissolved as BodyDissolved,
    BodyMerged as BodyMerged,
    CorrectionMade as CorrectionMade,
    EmergencyDeclared as EmergencyDeclared,
    FederationFounded as FederationFounded,
    GroupRegistered as GroupRegistered,
    KeyRegistered as KeyRegistered,
    LeavingAnnounced as LeavingAnnounced,
    LeavingCompleted as LeavingCompleted,
    LeavingJoined as LeavingJoined,
    MemberJoined as MemberJoined,
    MemberLeft as MemberLeft,
    OfficerCarriedOver as OfficerCarriedOver,
    RefoundingCalled as RefoundingCalled,
    RefoundingOpened as RefoundingOpened,
    RefoundingSigned as RefoundingSigned,
    SeatAppointed as SeatAppointed,
    SeatResigned as SeatResigned,
    WorkAssigned as WorkAssigned,
)
from comitia.federation.acts_motions import (
    AdviceGiven as AdviceGiven,
    AlternativeMoved as AlternativeMoved,
    AmendmentAccepted as AmendmentAccepted,
    AmendmentMoved as AmendmentMoved,
    AmendmentWithdrawn as AmendmentWithdrawn,
    BlockFormed as BlockFormed,
    BlockSplit as BlockSplit,
    CastingVoteGiven as CastingVoteGiven,
    DivisionClosed as DivisionClosed,
    DivisionOpened as DivisionOpened,
    HandVoteCounted as HandVoteCounted,
    MandateGiven as MandateGiven,
    MotionMoved as MotionMoved,
    MotionWithdrawn as MotionWithdrawn,
    ObjectionRaised as ObjectionRaised,
    ObjectionWithdrawn as ObjectionWithdrawn,
    OutcomeStated as OutcomeStated,
    PositionTaken as PositionTaken,
    RankingCast as RankingCast,
    VoteCast as VoteCast,
    VoteSplit as VoteSplit,
)
from comitia.federation.acts_rights import (
    CurrentForbidden as CurrentForbidden,
    CurrentFormed as CurrentFormed,
    CurrentJoined as CurrentJoined,
    CurrentLeft as CurrentLeft,
    InspectionAnswered as InspectionAnswered,
    InspectionDemanded as InspectionDemanded,
    MinorityReportFiled as MinorityReportFiled,
    PlatformPublished as PlatformPublished,
)
from comitia.federation.acts_sealed import (
    BallotKeyGiven as BallotKeyGiven,
    BallotRepeated as BallotRepeated,
    BallotSealed as BallotSealed,
    CastsPublished as CastsPublished,
    TellerKeyRevealed as TellerKeyRevealed,
    TokenIssued as TokenIssued,
    TokenRequested as TokenRequested,
    TokenVoided as TokenVoided,
)
from comitia.federation.acts_season import (
    DeliveryReceived as DeliveryReceived,
    DeliverySent as DeliverySent,
    FiguresDeclared as FiguresDeclared,
    FiguresWithdrawn as FiguresWithdrawn,
    GoodsBought as GoodsBought,
    GoodsSold as GoodsSold,
    HoursReported as HoursReported,
    HoursWithdrawn as HoursWithdrawn,
    OrderDeclined as OrderDeclined,
    PlanDrafted as PlanDrafted,
    RunReported as RunReported,
    SeasonClosed as SeasonClosed,
    SeasonOpened as SeasonOpened,
    StockTaken as StockTaken,
)
from comitia.federation.acts_talking import (
    AppealVoted as AppealVoted,
    Attachment as Attachment,
    SettingAsideAppealed as SettingAsideAppealed,
    WordsSaid as WordsSaid,
    WordsSetAside as WordsSetAside,
)
from comitia.federation.plain import Plain
from comitia.record import canonical

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
    | BodyDissolved
    | ActingNamed
    | EmergencyDeclared
    | LeavingAnnounced
    | LeavingJoined
    | LeavingCompleted
    | RefoundingCalled
    | RefoundingSigned
    | RefoundingOpened
    | CandidateScreened
    | MotionWithdrawn
    | AmendmentWithdrawn
    | AlternativeMoved
    | BlockFormed
    | BlockSplit
    | ObjectionRaised
    | ObjectionWithdrawn
    | AdviceGiven
    | PositionTaken
    | RankingCast
    | VoteSplit
    | CastingVoteGiven
    | HandVoteCounted
    | OutcomeStated
    | CurrentJoined
    | CurrentLeft
    | PlatformPublished
    | CorrectionMade
    | BallotKeyGiven
    | BallotSealed
    | TokenRequested
    | TokenIssued
    | CastsPublished
    | TokenVoided
    | TellerKeyRevealed
    | BallotRepeated
    | WordsSaid
    | WordsSetAside
    | SettingAsideAppealed
    | AppealVoted
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
    try:
        act: AnyAct = _decoder.decode(leaf)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        # Whoever wrote no canonical JSON is told that first.
        canonical.decode(leaf)
        raise NotAnAct(str(fault)) from fault
    if _PLAIN.is_canonical(leaf, act):
        return act
    canonical.decode(leaf)
    # A field left out would be filled in with its default: the leaf must say everything.
    if encode(act) != leaf:
        raise NotAnAct("it leaves out fields that this version writes")
    return act


def word(act: AnyAct) -> str:
    """Return the act's word in the record, for instance ``motion_moved``."""
    return str(type(act).__struct_config__.tag)


BY_WORD: dict[str, type[AnyAct]] = {str(t.__struct_config__.tag): t for t in AnyAct.__args__}
_PLAIN = Plain(BY_WORD.values())
