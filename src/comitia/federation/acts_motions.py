"""Acts by which motions are moved, changed, voted on and decided; mandates."""

from typing import Literal

import msgspec

from comitia.federation.act import Act


class MotionMoved(Act, frozen=True):
    """A motion on a matter; ``body`` decides or, for several houses, moves. ``subject`` is what it is about.

    Subject by the matter's effect: a draft's id (plan), a season's id with ``figures`` the hash of the claims as CSV
    (claims), a seat with
    ``figures`` empty (mandate), the bodies concerned joined by blanks (merger), the hash of the new text (charter),
    the motion that is challenged with ``figures`` the number of the article (admissibility), a group (leaving).
    ``affects`` names the groups that the motion touches (``workplace/mill``); ``appeals`` a decision of a lower body.
    """

    motion: str
    matter: str
    title: str
    text: str
    subject: str = ""
    figures: str = ""
    affects: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    appeals: str | msgspec.UnsetType = msgspec.UNSET


class AmendmentMoved(Act, frozen=True):
    """Lines ``first`` to ``last`` (from 1) of a motion's text are to be replaced; or of an amendment's own lines."""

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


class MotionWithdrawn(Act, frozen=True):
    """The mover takes her motion back before the division opens."""

    motion: str


class AmendmentWithdrawn(Act, frozen=True):
    """The mover takes her amendment back before it is voted on."""

    amendment: str


class AlternativeMoved(Act, frozen=True):
    """Another text on the same question (hash); a count among all of them chooses the one that is put to the vote."""

    alternative: str
    motion: str
    title: str
    text: str


class BlockFormed(Act, frozen=True):
    """Several motions of one body on one matter are voted on together."""

    block: str
    motions: tuple[str, ...]


class BlockSplit(Act, frozen=True):
    """Whoever may vote demands that one motion of a block be voted on by itself."""

    block: str
    motion: str


class ObjectionRaised(Act, frozen=True):
    """Whoever may vote objects to a motion that goes by consent, with the reason."""

    objection: str
    motion: str
    reason: str


class ObjectionWithdrawn(Act, frozen=True):
    """The objection is met; its author withdraws it."""

    objection: str


class AdviceGiven(Act, frozen=True):
    """Whoever is concerned advises the mover of a motion (hash of the text)."""

    motion: str
    text: str


class PositionTaken(Act, frozen=True):
    """A seat's open position: ``for``, ``aside``, ``block`` or ``abstain`` (consensus), ``1`` to ``8`` (gradients)."""

    motion: str
    seat: str
    position: str
    reason: str = ""


class RankingCast(Act, frozen=True):
    """A seat's open order of preference among a motion's alternatives; the motion itself is one of them."""

    motion: str
    seat: str
    ranking: tuple[str, ...]


class VoteSplit(Act, frozen=True):
    """A seat divides its weight as its electors were divided; the three parts (``3`` or ``7/2``) add up to it."""

    motion: str
    seat: str
    in_favour: str
    against: str
    abstaining: str


class CastingVoteGiven(Act, frozen=True):
    """The chair of a body breaks its tie, where the charter says so."""

    motion: str
    choice: Literal["for", "against"]


class HandVoteCounted(Act, frozen=True):
    """Two tellers counted hands in an assembly; it takes the place of that body's secret ballot."""

    motion: str
    tellers: tuple[str, ...]
    present: int
    in_favour: int
    against: int
    abstaining: int


class OutcomeStated(Act, frozen=True):
    """What was decided and why, in the mover's words (hash), and the day on which it shall be looked at again."""

    motion: str
    text: str
    review_at: str
