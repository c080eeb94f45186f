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
Form = Literal["all", "elected", "joint"]
CountingRule = Literal["plurality", "scottish", "approval"]
Effect = Literal["none", "plan", "plan-cut", "claims", "mandate", "charter", "merger", "building", "season"]


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


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats: ``fixed`` (per body or constituency), or one for each started ``per_members`` of a constituency.

    Exactly one of the two is set. With ``per_members`` each electing body has ceil(members / per_members) seats.
    """

    fixed: int | None
    per_members: int | None


@dataclass(frozen=True, slots=True)
class Recall:
    """How a seat's own electors remove its holder.

    ``petition`` is the share of the electors who must sign within ``window_days``; then they vote in secret for
    ``voting_days``. ``tie_protects`` says whether the holder survives an equal vote.
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
        seats, recall: None for ``all`` and ``joint``.
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


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may be decided, by whom and with what majority.

    Attributes:
        movers: kinds whose members or seat holders may move it ("member": anybody on a roll).
        decided_by: kinds that must all carry it. Of a kind with one body per group, the motion names the body.
        deadlock: what happens when some but not all houses carry it: ``falls``, or the kind of the joint body that
            decides alone, by ``deadlock_threshold`` of its filled seats, more than it.
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
    quorum: Fraction
    quorum_base: Literal["members", "filled", "seats"]
    no_counts_to_quorum: bool
    tie: Literal["fails", "chair"]
    silence: Literal["absent", "abstains"]
    deadlock: str
    deadlock_threshold: Fraction | None
    delay_days: int
    effect: Effect
    article: str
    line: int
    entrenched: bool = False


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
    """A matter that no body may decide, and the acts that would do it."""

    id: str
    acts: tuple[str, ...]
    article: str
    line: int


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
    claim_basis: Literal["per_member", "fixed"]
    claims_article: str
    distribution: Literal["equal_per_head", "by_hours"]
    distribution_article: str
    overtime_article: str
    decline_article: str
    line: int = 1


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
