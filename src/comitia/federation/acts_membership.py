"""Acts of membership: founding, groups, members, keys, seats entered without an election, corrections."""

from comitia.federation.act import Act


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


class CorrectionMade(Act, frozen=True):
    """An earlier act was wrong; it stays, and this says what is right."""

    corrects: int
    reason: str


class BodyDissolved(Act, frozen=True):
    """A body ceases to be, by the decision of its own base (``decision``, the id of a carried motion)."""

    dissolves: str
    decision: str


class ActingNamed(Act, frozen=True):
    """Somebody acts in a vacant seat until its by-election, where the charter names who may say so."""

    seat: str
    member: str


class EmergencyDeclared(Act, frozen=True):
    """A body uses its emergency power (hash of the measure's text); the power is spent and the measure lapses."""

    emergency: str
    text: str
    until: str


class LeavingAnnounced(Act, frozen=True):
    """A group of a roll leaves (``workplace/mill``) by its own ``decision``, or a minority of it, with none.

    The author is the first member of the minority; others join it.
    """

    leaving: str
    group: str
    decision: str


class LeavingJoined(Act, frozen=True):
    """A member of the group joins the minority that leaves."""

    leaving: str


class LeavingCompleted(Act, frozen=True):
    """The notice is over: they are gone, with their share of the stock and a copy of the record."""

    leaving: str


class RefoundingCalled(Act, frozen=True):
    """A member calls on all members to found the federation anew under another charter (hash of its text)."""

    refounding: str
    charter: str


class RefoundingSigned(Act, frozen=True):
    """A member signs the call."""

    refounding: str


class RefoundingOpened(Act, frozen=True):
    """Enough members signed: all members vote in secret, and no office is asked."""

    refounding: str
    closes_at: str
