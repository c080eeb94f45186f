"""What holds in a federation at the last act: members, groups, seats, ballots, motions, seasons.

Plain structures changed in place by the rule book and by nothing else. Doors, the watch and the drill read them; the
questions that need a moment (who holds a seat *now*) are functions in ``standing.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from comitia.books.journal import Journal
from comitia.charter import structure
from comitia.charter.structure import Charter, Kind, Matter, Recall, SealedBallots
from comitia.decide.sheet import Sheet
from comitia.decide.verdict import Decision
from comitia.federation.acts_talking import Attachment
from comitia.plan.certificate import Checked
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan
from comitia.record.sealed_ballot import Course

Choice = Literal["for", "against", "abstain"]
Outcome = Literal["", "carried", "lost", "deadlock", "withdrawn", "inadmissible", "heard"]
Origin = Literal["elected", "carried over", "appointed", "acting"]
Ending = Literal["recalled", "resigned", "left", "replaced", "dissolved"]


@dataclass(slots=True)
class Group:
    """A workplace, trade, locality or district, ``since`` when it was registered; ``closed``: when it left, or ""."""

    roll: str
    id: str
    name: str
    within: str
    act: int
    members: set[str] = field(default_factory=set)
    closed: str = ""
    since: str = ""


@dataclass(slots=True)
class Member:
    """A member by number; ``left`` is the moment she left, or ""."""

    number: str
    groups: dict[str, str]
    commitment: str
    joined: str
    act: int
    left: str = ""
    public_key: str = ""


@dataclass(slots=True)
class Term:
    """One person's holding of a seat: who, how she came to it, from when until when, and how it ended early."""

    seat: str
    member: str
    origin: Origin
    since: str
    until: str
    act: int
    ended: str = ""
    ended_by: Ending | Literal[""] = ""
    ended_act: int = -1
    reports: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Sealed:
    """What a ballot by tokens and seals has beside its register, under the rule of the charter that opened it.

    Attributes:
        issuers: by kind, the body and the text of its key. tellers: by member, the same, in the order of giving.
        boxes: by body, or the clerk, the text of the key with which its box signs promises.
        course: requests, answers, casts, voids and revealed keys; None until the keys are fixed, in ``act``.
        spoilt: ballots that opened for nobody, or bore no lawful choice.
        tries: how often it has been held.
    """

    rule: SealedBallots
    issuers: dict[str, tuple[str, str]] = field(default_factory=dict)
    tellers: dict[str, tuple[str, str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    course: Course | None = None
    act: int = -1
    spoilt: int = 0
    tries: int = 1


@dataclass(slots=True)
class Words:
    """What a member said about something, by its id; the text and the files are blobs.

    Attributes:
        aside: the act that set them aside, or -1; ``aside_by`` the body for which, or the member who did.
        appealed: the act of the author's appeal, or -1.
        votes: by seat of the body that hears it: whether to restore, the reason, the act.
    """

    id: str
    about: str
    by: str
    text: str
    answers: str
    attachments: tuple[Attachment, ...]
    at: str
    act: int
    aside: int = -1
    aside_by: str = ""
    aside_reason: str = ""
    appealed: int = -1
    appeal_reason: str = ""
    votes: dict[str, tuple[bool, str, int]] = field(default_factory=dict)
    outcome: Literal["", "restored", "upheld"] = ""


@dataclass(slots=True)
class Ballot:
    """A secret ballot: an election, a recall, or an assembly's vote on a motion.

    ``electorate`` is fixed at the opening; ``voted`` maps a voter to the act that marks her, never to a choice. Lots
    come from ``seed``, or fell by hand on those ``drawn`` before ``witnesses``. Where it is ``sealed``, only papers are
    marked in ``voted``.
    """

    id: str
    purpose: Literal["election", "recall", "motion", "alternatives", "refounding"]
    body: str
    constituency: str
    electorate: frozenset[str]
    opens_at: str
    closes_at: str
    lot: str
    act: int
    voted: dict[str, int] = field(default_factory=dict)
    paper: int = 0
    published: str = ""
    seed: str = ""
    drawn: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    published_act: int = -1
    sealed: Sealed | None = None

    @property
    def turnout(self) -> int:
        """How many have voted: those whom the register marks, and the one-time keys that cast a sealed ballot."""
        sealed = len(self.sealed.course.last) if self.sealed is not None and self.sealed.course is not None else 0
        return len(self.voted) + sealed


@dataclass(slots=True)
class Election:
    """Seats to be filled, who stands for them, and the sheet once counted.

    ``kind`` is the body's as the charter had it when the election was opened. ``screened`` says for a candidate whether
    the gate admitted her, why, and in which act; ``currents`` for which current she stands.
    """

    id: str
    body: str
    constituency: str
    seats: tuple[str, ...]
    nominations_until: str
    ballot: str
    nominators: dict[str, set[str]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    sheet: Sheet | None = None
    elected: tuple[str, ...] = ()
    kind: Kind | None = None
    screened: dict[str, tuple[bool, str, int]] = field(default_factory=dict)
    currents: dict[str, str] = field(default_factory=dict)
    verdict: Decision | None = None


@dataclass(slots=True)
class Amendment:
    """A proposed replacement of lines ``first`` to ``last``; it is voted on as a motion of the same id."""

    id: str
    motion: str
    first: int
    last: int
    lines: tuple[str, ...]
    by: str
    act: int
    outcome: Literal["", "accepted", "carried", "lost", "withdrawn"] = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A seat's weight divided into for, against, abstaining, and the act that says so."""

    in_favour: Fraction
    against: Fraction
    abstaining: Fraction
    act: int


@dataclass(frozen=True, slots=True)
class Hands:
    """A show of hands in an assembly, as two tellers counted it."""

    present: int
    in_favour: int
    against: int
    abstaining: int
    tellers: tuple[str, ...]
    act: int


@dataclass(slots=True)
class Objection:
    """An objection, with its reason, to a motion that goes by consent; ``withdrawn`` is the act, or -1."""

    id: str
    motion: str
    by: str
    body: str
    reason: str
    act: int
    at: str
    withdrawn: int = -1


@dataclass(slots=True)
class Alternative:
    """Another text on the same question as a motion."""

    id: str
    motion: str
    title: str
    text: str
    by: str
    act: int


@dataclass(slots=True)
class Block:
    """Motions voted on together; ``split`` maps a motion that is voted on by itself to the act that demanded it."""

    id: str
    motions: tuple[str, ...]
    by: str
    act: int
    split: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Division:
    """Voting on a motion: the open votes by seat, the ballots of assemblies, and the snapshot of who may vote.

    Attributes:
        reading: from 1. step: how many exits from a deadlock lie behind it; the exit it belongs to is ``step`` - 1.
        positions: by seat, in a procedure that asks for positions, each with its reason and act.
        casting: the chair's casting vote, by body. hands: shows of hands, by body.
        rankings: open orders of preference among the alternatives, by seat; a division with reading 0 is that choice.
        counted: how often each position was taken on the secret ballots of an assembly, by body.
        weights: what each seat weighs by the roll at the opening; empty where every seat has one vote.
        seats: by body, the seats that it had when a change of the charter came into the division; empty if none did.
    """

    bodies: tuple[str, ...]
    stage: Literal["houses", "exit"]
    opens_at: str
    closes_at: str
    act: int
    votes: dict[str, tuple[Choice, int]] = field(default_factory=dict)
    ballots: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    closed: bool = False
    reading: int = 1
    step: int = 0
    splits: dict[str, Split] = field(default_factory=dict)
    positions: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    counted: dict[str, dict[str, int]] = field(default_factory=dict)
    casting: dict[str, tuple[Literal["for", "against"], int]] = field(default_factory=dict)
    hands: dict[str, Hands] = field(default_factory=dict)
    rankings: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    verdict: Decision | None = None
    closed_act: int = -1
    weights: dict[str, Fraction] = field(default_factory=dict)
    seats: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MinorityReport:
    """A minority report on a decided motion: its author, its text, the adopted text it is bound to, its current."""

    by: str
    text: str
    adopted: str
    current: str
    act: int


@dataclass(slots=True)
class Motion:
    """A motion on a matter, its text by hash, its amendments and divisions.

    Attributes:
        on: the matter as the charter had it when the motion was moved: an amendment of the charter does not change the
            rules of a game that is on.
        outcome: ``heard`` where a sense check was taken, which decides nothing.
        suspended: the appeal or challenge (a motion's id) until whose decision this motion rests, or "".
        chosen: the alternative whose text was chosen, or "" for the motion's own.
        stated: the outcome statement's hash, and ``review_at`` its review date.
    """

    id: str
    matter: str
    body: str
    title: str
    text: str
    subject: str
    figures: str
    by: str
    at: str
    act: int
    on: Matter
    amendments: list[str] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    divisions: list[Division] = field(default_factory=list)
    outcome: Outcome = ""
    amends: str = ""
    concerns: tuple[str, ...] = ()
    effect_at: str = ""
    minority_reports: list[MinorityReport] = field(default_factory=list)
    affects: tuple[str, ...] = ()
    appeals: str = ""
    suspended: str = ""
    block: str = ""
    alternatives: list[str] = field(default_factory=list)
    chosen: str = ""
    choice_sheet: Sheet | None = None
    objections: list[str] = field(default_factory=list)
    advice: list[tuple[str, str, int]] = field(default_factory=list)
    stated: str = ""
    review_at: str = ""
    stated_act: int = -1


@dataclass(slots=True)
class Mandate:
    """An instruction to a seat on a motion, given by the electors' own decision."""

    seat: str
    motion: str
    instruction: Choice
    decision: str
    act: int


@dataclass(slots=True)
class RecallPetition:
    """A petition against a seat's holder; ``ballot`` is "" until enough electors have signed and the vote is opened.

    ``rule`` is the article's, and ``seats`` the seats of her constituency, as they were when the petition was opened.
    """

    id: str
    seat: str
    member: str
    reason: str
    at: str
    electorate: frozenset[str]
    act: int
    signatures: dict[str, int] = field(default_factory=dict)
    ballot: str = ""
    outcome: Literal["", "carried", "lost"] = ""
    rule: Recall | None = None
    verdict: Decision | None = None
    seats: int = 0


@dataclass(slots=True)
class Figure:
    """One declared row of an economy file: its text, whose it is, and the act that declared it."""

    row: tuple[str, ...]
    body: str
    act: int


@dataclass(slots=True)
class Draft:
    """A plan put before the houses, checked by its certificate on the figures in force at the time."""

    id: str
    season: str
    variant: str
    economy: str
    plan: str
    by: str
    at: str
    act: int
    solution: Plan
    checked: Checked
    on: Economy


@dataclass(slots=True)
class Season:
    """A season: its figures by file and key, drafts, the adopted draft, what was declined."""

    id: str
    name: str
    opened: str
    declarations_until: str
    ends_at: str
    act: int
    figures: dict[str, dict[tuple[str, ...], Figure]] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)
    adopted: str = ""
    adopted_act: int = -1
    books_open: bool = False
    claims: dict[str, Decimal] = field(default_factory=dict)
    claims_motion: str = ""
    refusals: list[tuple[int, str, str, str]] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class Delivery:
    """Goods on their way: signed by the sender, then by the receiver."""

    id: str
    season: str
    product: str
    sender: str
    to: str
    quantity: Decimal
    sent_act: int
    received: Decimal | None = None
    received_act: int = -1
    remark: str = ""


@dataclass(slots=True)
class Inspection:
    """A demand to see a body's books, its deadline, and the answer's hash."""

    id: str
    by: str
    subject: str
    question: str
    at: str
    deadline: str
    act: int
    answer: str = ""
    answered: str = ""


@dataclass(slots=True)
class Current:
    """A current of members.

    ``members`` are those who are named; ``hidden`` the commitments of those whose membership is secret. ``platform`` is
    the hash of what it tells all members, with the act.
    """

    id: str
    name: str
    members: frozenset[str]
    act: int
    hidden: frozenset[str] = frozenset()
    platform: tuple[str, int] = ("", -1)


@dataclass(slots=True)
class Leaving:
    """A group, or a minority of it, on its way out: who, since when, and whether it is gone.

    ``members`` are those who have joined a minority, and at the end all who left; ``least`` is how many a minority
    needs, as the charter said when it was announced.
    """

    id: str
    group: str
    decision: str
    members: list[str]
    at: str
    leaves_at: str
    act: int
    completed: int = -1
    least: int = 0


@dataclass(slots=True)
class Refounding:
    """A call to found anew under another charter: signatures, then the members' vote.

    ``rule`` is the procedure as the charter had it when the call was made.
    """

    id: str
    charter: str
    by: str
    at: str
    act: int
    signatures: dict[str, int] = field(default_factory=dict)
    ballot: str = ""
    outcome: Literal["", "carried", "lost"] = ""
    verdict: Decision | None = None
    rule: structure.Refounding | None = None


@dataclass(slots=True)
class Emergency:
    """A use of an emergency power: the measure, until when it holds, and the motion that gave the power back, or ""."""

    id: str
    body: str
    by: str
    text: str
    at: str
    until: str
    act: int
    renewed_by: str = ""


@dataclass(slots=True)
class State:
    """Everything that follows from the acts so far. ``blobs`` finds texts and tables by hash.

    ``charters`` lists every charter that was in force: its hash, since when, and by which act. ``met``
    says of a body when voting last opened in it.
    """

    blobs: Mapping[str, bytes]
    size: int = 0
    moment: str = ""
    name: str = ""
    zone: str = ""
    vkey: str = ""
    charter: Charter | None = None
    charter_hash: str = ""
    founders: tuple[str, ...] = ()
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    holders: dict[str, list[str]] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    elections: dict[str, Election] = field(default_factory=dict)
    motions: dict[str, Motion] = field(default_factory=dict)
    amendments: dict[str, Amendment] = field(default_factory=dict)
    mandates: dict[tuple[str, str], Mandate] = field(default_factory=dict)
    recalls: dict[str, RecallPetition] = field(default_factory=dict)
    currents: dict[str, Current] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    seasons: dict[str, Season] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    leavings: dict[str, Leaving] = field(default_factory=dict)
    refoundings: dict[str, Refounding] = field(default_factory=dict)
    emergencies: dict[str, Emergency] = field(default_factory=dict)
    objections: dict[str, Objection] = field(default_factory=dict)
    alternatives: dict[str, Alternative] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    dissolved: dict[str, str] = field(default_factory=dict)
    charters: list[tuple[str, str, int]] = field(default_factory=list)
    corrections: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)
    pending: list[str] = field(default_factory=list)
    met: dict[str, str] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
