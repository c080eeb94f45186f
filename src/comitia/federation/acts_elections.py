"""Acts of elections, secret ballots, reports and recall."""

from typing import Literal

import msgspec

from comitia.federation.act import Act


class ElectionOpened(Act, frozen=True):
    """An election of seats of ``body`` by ``constituency``.

    ``lot`` is the SHA-256 of the seed revealed at the close; "": lots are drawn by hand before witnesses.
    """

    election: str
    constituency: str
    vacant_only: bool
    nominations_until: str
    closes_at: str
    lot: str


class CandidateNominated(Act, frozen=True):
    """A candidate stands, or a further elector nominates her; in a list election, for a current."""

    election: str
    candidate: str
    current: str | msgspec.UnsetType = msgspec.UNSET


class CandidateScreened(Act, frozen=True):
    """The body that the charter sets as a gate admits a candidate, or does not, with its reason."""

    election: str
    candidate: str
    admitted: bool
    reason: str


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
    """All choices of a closed secret ballot, sorted by bytes, as a blob of JSON lines; ``seed`` opens the lot.

    Where lots are drawn by hand: ``drawn`` says on whom they fell, in the order in which the count asks for them, and
    ``witnesses`` the two members before whom they were drawn.
    """

    ballot: str
    choices: str
    number: int
    seed: str
    drawn: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    witnesses: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


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
