"""The charter as typed structures: what ``parse`` makes of the TOML file and every other room reads.

A charter describes *kinds* of bodies. Groups (this workplace, that trade) are registered by acts; a body exists
for each kind and group: ``committee/mill`` for the kind ``committee`` with ``each = "workplace"`` and the group
``mill``, or just ``board`` for a kind of which there is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Base = Literal["members", "seats", "filled", "present", "cast", "for_against"]
Form = Literal["all", "elected", "appointed", "joint"]
CountingRule = Literal[
    "plurality", "approval", "instant_runoff", "scottish", "meek", "schulze", "list", "wigm", "ers97", "block",
    "schulze_margins", "ranked_pairs", "borda", "borda_modified", "pav", "phragmen", "equal_shares_phragmen",
    "equal_shares_add_one", "equal_shares_utilitarian",
]  # fmt: skip
Apportionment = Literal[
    "sainte_lague", "dhondt", "largest_remainder", "droop_remainder", "huntington_hill", "adams",
]  # fmt: skip
Procedure = Literal["vote", "consent", "consensus", "gradients", "sense_check", "advice"]
AmendmentOrder = Literal["none", "furthest_first", "as_moved"]
Effect = Literal[
    "none", "plan", "plan-cut", "claims", "mandate", "charter", "merger", "dissolution", "building", "season",
    "leaving", "emergency", "admissibility",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the charter: its number, the words a member reads, and the line it stands on."""

    number: str
    title: str
    text: str
    line: int
    entrenched: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """A list on which members stand, grouped: workplaces, trades, localities; or a roll that gathers such groups.

    ``gathers`` is empty for a roll that members join, and names rolls for a tier above them (a district gathers
    workplaces and localities: each of those groups names the district it lies in).
    """

    id: str
    name: str
    plural: str
    gathers: tuple[str, ...]
    article: str
    line: int
    required: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats: exactly one of ``fixed``, ``per_members`` and ``total`` is set.

    Attributes:
        fixed: per body, or per constituency where the kind has constituencies.
        per_members: one seat for each started so many members of a constituency.
        total: of the whole body, shared among the constituencies by members with the rule ``apportionment``.
        least, most: seats of a constituency at least and at most (0: no such bound).
    """

    fixed: int | None
    per_members: int | None
    total: int | None = None
    apportionment: Apportionment | None = None
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Recall:
    """How a seat's own electors remove its holder.

    ``petition`` is the share of the electors who must sign within ``window_days``; then they vote in secret for
    ``voting_days``. ``tie_protects`` says whether the holder survives an equal vote.

    Attributes:
        question: ``recall`` asks whether she shall go; ``confidence`` whether she shall stay, and then the threshold is
            what staying needs, so that an equal vote does not protect her.
        by: ``electors`` decide together; with ``own_quota`` she stays if those who want to keep her are a Droop quota
            of the valid votes for the seats of her constituency: no majority unseats a minority's delegate.
    """

    petition: Fraction
    window_days: int
    voting_days: int
    base: Base
    threshold: Fraction
    strict: bool
    quorum: Fraction
    tie_protects: bool
    article: str
    line: int
    question: Literal["recall", "confidence"] = "recall"
    by: Literal["electors", "own_quota"] = "electors"


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Who may stand for a kind's seats, and how vacancies are filled.

    Attributes:
        candidates: ``electors`` (one of them), ``members`` (any member), or the kind in which a candidate must sit.
        nominated_by: "" (whoever stands says so herself, and ``Kind.nomination`` electors support her), or the kind
            whose bodies alone put candidates up.
        gate: the kind of body that must admit a candidate before her name stands on the ballot; "" is no gate.
        renewal_days: seats whose terms lapse within so many days of the close may be filled in the same election.
        turnout: share of the electorate that must vote for the election to hold; 0 is none.
        pause_days: how long who has served the term limit stands back before she may stand again (rotation); 0: for
            ever.
        renewed_in: in how many parts the seats are renewed in turn; 1 is all at once.
        by_election_days: a vacancy is to be filled within so many days; 0: at the next ordinary election.
        acting_by: the kind that may name who acts in a vacant seat until the by-election; "" is nobody.
        acting_days: longest time for which somebody acts.
        list_rule: how seats are shared among lists, with the counting rule ``list``.
    """

    candidates: str
    nominated_by: str = ""
    gate: str = ""
    renewal_days: int = 0
    turnout: Fraction = Fraction(0)
    pause_days: int = 0
    renewed_in: int = 1
    by_election_days: int = 0
    acting_by: str = ""
    acting_days: int = 0
    list_rule: Apportionment | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body.

    Attributes:
        form: ``all`` (every member of the group sits), ``elected`` (seats filled by ballot of the electors), or
            ``joint`` (the seats of ``houses`` sitting together).
        each: the roll of which every group has such a body; "" when the federation has one.
        electors: the kind of body whose people fill the seats. Its bodies of the same group vote, or those whose group
            lies in this group, or all of them when ``each`` is "". "" for ``all`` and ``joint``.
        constituencies: True when every electing body fills seats of its own (delegates), False when they vote as one.
        office: an office executes and is shown apart; it moves no decision by itself.
        term_days: a seat lapses by itself that many days after it was filled. 0 for ``all`` and ``joint``.
        term_limit: most terms in a row by one person; 0 is no limit.
        incompatible: kinds in which a holder may not sit at the same time.
        mandate: ``imperative`` mandates bind and a vote against one is shown as broken; ``free`` are advice.
        report_days: longest time between two reports of a holder; 0 is no duty.
        nomination: fewest electors who must nominate a candidate (1: anybody may stand).
        seats, recall, candidacy: None for ``all`` and ``joint``; ``recall`` also where a body is appointed without one.
        appointed_by: with the form ``appointed``, the kinds whose holders fill the seats (itself: co-optation).
        weights: whether each seat has one vote, or weighs the members of its constituency divided by its seats.
        split_votes: a seat may divide its weight as its electors were divided.
        meeting_days: longest time between two meetings; 0: none is set. ``convened_by`` says who may move what the body
            decides once it is over: ``electors`` (whoever sits in it or fills its seats), ``members`` (any) or nobody.
        chair: the kind of office whose holder chairs this body and gives its casting vote where a matter says so.
    """

    id: str
    name: str
    plural: str
    form: Form
    each: str
    electors: str
    constituencies: bool
    houses: tuple[str, ...]
    office: bool
    seats: Seats | None
    rule: CountingRule | None
    nomination_days: int
    voting_days: int
    nomination: int
    term_days: int
    term_limit: int
    incompatible: tuple[str, ...]
    mandate: Literal["imperative", "free"] | None
    report_days: int
    recall: Recall | None
    article: str
    line: int
    candidacy: Candidacy | None = None
    appointed_by: tuple[str, ...] = ()
    weights: Literal["equal", "members"] = "equal"
    split_votes: bool = False
    chair: str = ""
    meeting_days: int = 0
    convened_by: Literal["electors", "members", "nobody"] = "nobody"


@dataclass(frozen=True, slots=True)
class Exit:
    """One step out of a deadlock between bodies that must all carry a motion.

    Attributes:
        way: ``second_reading`` (the same bodies vote again), ``conciliation`` (``body`` works out a text; if it carries
            one, the same bodies vote again), ``joint`` (``body`` decides alone), ``veto`` (those that carried it carry
            it again over the others, by ``thresholds`` that rise from one time to the next).
        days: how long after the vote before this step opens.
        threshold, strict, base: what ``joint`` and ``conciliation`` need in ``body``.
    """

    id: str
    way: Literal["second_reading", "conciliation", "joint", "veto"]
    body: str
    days: int
    base: Base
    threshold: Fraction
    strict: bool
    thresholds: tuple[Fraction, ...]
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Approval by groups beside the count of all: ``more_than``/``at_least`` a share of the groups must carry it too.

    ``turnout``: share of a group that must take part for it to count. ``approval``: share of its votes for and against
    that must be for it.
    """

    turnout: Fraction
    approval: Fraction
    approval_strict: bool
    groups: Fraction
    groups_strict: bool


@dataclass(frozen=True, slots=True)
class Consensus:
    """``blocks``: how many blocks a motion survives; ``aside``: largest share of those taking part who stand aside."""

    blocks: int
    aside: Fraction


@dataclass(frozen=True, slots=True)
class Gradients:
    """At least ``share`` stand at ``level`` or better (1 best, 8 worst), at most ``opposed`` at ``bad`` or worse."""

    level: int
    share: Fraction
    bad: int
    opposed: Fraction


@dataclass(frozen=True, slots=True)
class Advice:
    """The mover decides after at least so many pieces of advice by others concerned."""

    pieces: int


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may be decided, by whom and with what majority.

    Attributes:
        movers: kinds whose members or seat holders may move it ("member": anybody on a roll).
        decided_by: kinds that must all carry it. Of a kind with one body per group, the motion names the body.
        exits: the steps, in order, when some but not all bodies carry it; none: the motion falls.
        readings: how often the bodies must carry it, ``reading_days`` apart.
        procedure, demand: how a body decides; ``demand`` holds what the procedure asks for besides, None for ``vote``,
            ``consent`` and ``sense_check``.
        amendments: the order in which they are voted, or ``none``; ``amendment_depth`` 2 lets amendments be amended.
        alternatives: the rule that chooses among alternative texts; None: there are none.
        groups: with it, all bodies of the one kind in ``decided_by`` vote, and their groups must approve too.
        quorum: share of ``quorum_base``, or a number of people; 0 is none.
        abstentions_count_to_quorum: None where the charter leaves it unsaid; then they count, as they did before it
            could be said.
        affects: the roll whose groups a motion names as touched by it: the matter belongs to the lowest body that
            holds them all. "" where it does not apply.
        appeal: the matter under which a decision may be brought before a higher body within ``appeal_days``; "" none.
        effect: what a carried motion changes.
        entrenched: with the effect ``charter``: it may change entrenched articles too; no other matter may.
    """

    id: str
    name: str
    movers: tuple[str, ...]
    decided_by: tuple[str, ...]
    notice_days: int
    voting_days: int
    base: Base
    threshold: Fraction
    strict: bool
    abstentions: Literal["counted", "not_counted"]
    quorum: Fraction | int
    quorum_base: Literal["members", "filled", "seats"]
    no_counts_to_quorum: bool
    tie: Literal["fails", "chair", "carries", "stands"]
    silence: Literal["absent", "abstains", "consents"]
    exits: tuple[Exit, ...]
    delay_days: int
    effect: Effect
    article: str
    line: int
    entrenched: bool = False
    procedure: Procedure = "vote"
    demand: Consensus | Gradients | Advice | None = None
    readings: int = 1
    reading_days: int = 0
    amendments: AmendmentOrder = "none"
    amendment_depth: int = 1
    alternatives: CountingRule | None = None
    groups: GroupShare | None = None
    affects: str = ""
    appeal: str = ""
    appeal_days: int = 0
    abstentions_count_to_quorum: bool | None = None

    @property
    def alone(self) -> Exit | None:
        """The way out of a deadlock by which a joint body decides alone, where there is one."""
        return next((step for step in self.exits if step.way == "joint"), None)


@dataclass(frozen=True, slots=True)
class Permission:
    """Which people may do an act: holders of seats of these kinds, "member", "elector" (of the body) or "clerk"."""

    act: str
    by: tuple[str, ...]
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class Number:
    """Which kind of body owns a file of the economy, and the roll group its rows belong to."""

    file: str
    owner: str
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class Never:
    """A matter that no body may decide, and the acts that would do it.

    A motion on such a matter is challenged under the article by a motion with the effect ``admissibility``.
    """

    id: str
    acts: tuple[str, ...]
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class Currents:
    """Currents: ``least`` members form one; whether membership is ``open`` or ``secret``."""

    least: int
    membership: Literal["open", "secret"]
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class Talking:
    """Words of members beside motions, needs, orders: how long, with what attached, and who hears whom they set aside.

    Attributes:
        longest: characters of one contribution. largest: bytes of one attachment.
        types: media types of attachments; none where it is empty.
        hears: the kind, of which there is one body, that hears the appeal of whose words were set aside.
        more_than: the share of its filled seats that restores them, to be exceeded.
    """

    longest: int
    largest: int
    types: tuple[str, ...]
    hears: str
    more_than: Fraction
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class SealedBallots:
    """Secret ballots by tokens and seals (spec/record.md, R51 to R86), in the place of the interim form.

    Attributes:
        ballots: which ballots are held so: ``election``, ``recall``, ``motion``, ``refounding``.
        issuers: kinds of which there is one body each; a token needs the blind signature of every one of them.
        tellers: kinds whose people keep a teller's key, no two tellers of a ballot of one body.
        number: how many tellers a ballot has, of whom ``needed`` open it.
        length: the bytes to which every choice is filled up.
        requests: whether tokens are asked for in the ``first_half`` of the voting time and choices cast in the second,
            so that the hour of the one says nothing about the other, or both in the ``whole`` of it.
        repeat_days: so many days after the close a ballot that could not be opened is held again.
    """

    ballots: tuple[str, ...]
    issuers: tuple[str, ...]
    tellers: tuple[str, ...]
    number: int
    needed: int
    length: int
    requests: Literal["first_half", "whole"]
    repeat_days: int
    article: str
    line: int


@dataclass(frozen=True, slots=True)
class Refounding:
    """How the members, counted on members alone, found anew: signatures within ``window_days``, then a secret vote."""

    share: Fraction
    window_days: int
    voting_days: int
    base: Literal["members", "cast", "for_against"]
    threshold: Fraction
    strict: bool
    quorum: Fraction
    article: str


@dataclass(frozen=True, slots=True)
class Procedures:
    """Founding, correction, refounding, leaving, emergency, building up, and inspection, each with its article.

    ``refounding_share``: share of all members who may call a refounding assembly over every deadlock.
    ``building_ceiling``: largest share of the hours of a plan that may go to building up.
    """

    founders: int
    carried_over_days: int
    founding_article: str
    correction_article: str
    refounding_share: Fraction
    refounding_article: str
    leaving_notice_days: int
    leaving_article: str
    emergency_days: int
    emergency_by: tuple[str, ...]
    emergency_article: str
    building_ceiling: Fraction
    building_article: str
    inspection_days: int
    inspection_article: str
    claim_basis: Literal["per_member", "fixed", "none"]
    claims_article: str
    distribution: Literal["equal_per_head", "by_hours", "none"]
    distribution_article: str
    overtime_article: str
    decline_article: str
    line: int = 1
    refounding: Refounding | None = None
    leaving_least: int = 0


@dataclass(frozen=True, slots=True)
class Charter:
    """A federation's whole charter.

    Attributes:
        articles: by number, in the order of the file; an entrenched one is changed by an entrenched matter only.
    """

    name: str
    articles: Mapping[str, Article]
    rolls: Mapping[str, Roll]
    kinds: Mapping[str, Kind]
    houses: tuple[str, ...]
    matters: Mapping[str, Matter]
    permissions: Mapping[str, Permission]
    numbers: Mapping[str, Number]
    never: Mapping[str, Never]
    procedures: Procedures
    language: int = 2
    currents: Currents | None = None
    sealed: SealedBallots | None = None
    talking: Talking | None = None
