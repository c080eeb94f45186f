"""The keys of charter language 2, table by table: which there are, which are demanded, and what form a value has.

The reader refuses by these lists what is unknown or missing, and the schema for editors is made from them, so that the
two cannot say different things. A key is optional only where leaving it out grants nothing to anybody.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from comitia.charter.key import (
    MOST,
    Id,
    Inner,
    Key,
    Share,
    ShareOrPeople,
    Shares,
    TableForm,
    Text,
    Texts,
    Where,
    Whole,
    Word,
    Yes,
)
from comitia.charter.structure import AmendmentOrder, Apportionment, Base, CountingRule, Effect, Form, Procedure


def _share(prefix: str = "", where: tuple[Where, ...] = ()) -> tuple[Key, Key]:
    """Return the two ways of giving a threshold, of which one stands: to be exceeded, or to be met."""
    group = f"{prefix}share"
    return (
        Key(f"{prefix}more_than", Share(), group=group, where=where),
        Key(f"{prefix}at_least", Share(), group=group, where=where),
    )


BASES: tuple[Base, ...] = get_args(Base)
FORMS: tuple[Form, ...] = get_args(Form)
RULES: tuple[CountingRule, ...] = get_args(CountingRule)
APPORTIONMENTS: tuple[Apportionment, ...] = get_args(Apportionment)
PROCEDURES: tuple[Procedure, ...] = get_args(Procedure)
ORDERS: tuple[AmendmentOrder, ...] = get_args(AmendmentOrder)
EFFECTS: tuple[Effect, ...] = get_args(Effect)
CHOOSING: tuple[CountingRule, ...] = tuple(rule for rule in RULES if rule != "list")

MANDATES: tuple[Literal["imperative", "free"], ...] = ("imperative", "free")
WEIGHTS: tuple[Literal["equal", "members"], ...] = ("equal", "members")
QUESTIONS: tuple[Literal["recall", "confidence"], ...] = ("recall", "confidence")
DECIDERS: tuple[Literal["electors", "own_quota"], ...] = ("electors", "own_quota")
CONVENORS: tuple[Literal["electors", "members", "nobody"], ...] = ("electors", "members", "nobody")
ABSTENTIONS: tuple[Literal["counted", "not_counted"], ...] = ("counted", "not_counted")
QUORUM_BASES: tuple[Literal["members", "filled", "seats"], ...] = ("members", "filled", "seats")
TIES: tuple[Literal["fails", "chair", "carries", "stands"], ...] = ("fails", "chair", "carries", "stands")
SILENCES: tuple[Literal["absent", "abstains", "consents"], ...] = ("absent", "abstains", "consents")
STEPS: tuple[Literal["second_reading", "conciliation", "joint", "veto"], ...] = (
    *("second_reading", "conciliation", "joint", "veto"),
)
MEMBERSHIPS: tuple[Literal["open", "secret"], ...] = ("open", "secret")
FOUNDING_BASES: tuple[Literal["members", "cast", "for_against"], ...] = ("members", "cast", "for_against")
CLAIM_BASES: tuple[Literal["per_member", "fixed"], ...] = ("per_member", "fixed")
DISTRIBUTIONS: tuple[Literal["equal_per_head", "by_hours"], ...] = ("equal_per_head", "by_hours")

_NAMES = (Key("name", Text()), Key("plural", Text()))
_ARTICLE = Key("article", Text())
_HUNDRED_YEARS = 36525
_DAYS = Whole(0, _HUNDRED_YEARS)
_SOME_DAYS = Whole(1, _HUNDRED_YEARS)
_MEETING = (
    Key("chair", Id(empty=True), optional=True),
    Key("meeting_days", _SOME_DAYS, optional=True),
    Key("convened_by", Word(CONVENORS), where=(Where("meeting_days", "stands"),)),
)
_SEATS = Whole(1, 10_000)
_NUMBER, _SOME = Whole(0, MOST), Whole(1, MOST)

ARTICLE = TableForm((Key("title", Text()), Key("text", Text()), Key("entrenched", Yes())))
ROLL = TableForm((*_NAMES, Key("gathers", Texts()), Key("required", Yes()), _ARTICLE))
PERMISSION = TableForm((Key("acts", Texts()), Key("by", Texts()), _ARTICLE))
NUMBER = TableForm((Key("files", Texts()), Key("owner", Id()), _ARTICLE))
NEVER = TableForm((Key("acts", Texts()), _ARTICLE))
CURRENTS = TableForm((Key("least", _SOME), Key("membership", Word(MEMBERSHIPS)), _ARTICLE))
WINDOWS: tuple[Literal["first_half", "whole"], ...] = ("first_half", "whole")
SEALED = TableForm(
    (
        Key("ballots", Texts()),
        Key("issuers", Texts()),
        Key("tellers", Texts()),
        Key("number", Whole(1, 255)),
        Key("needed", Whole(1, 255)),
        Key("length", Whole(2, 8192)),
        Key("requests", Word(WINDOWS)),
        Key("repeat_days", _SOME_DAYS),
        _ARTICLE,
    )
)
REFOUNDING = TableForm(
    (
        Key("share", Share()),
        Key("window_days", _SOME_DAYS),
        Key("voting_days", _SOME_DAYS),
        Key("base", Word(FOUNDING_BASES)),
        *_share(),
        Key("quorum", Share()),
        _ARTICLE,
    )
)

_BY_ELECTORS = (Where("by", "is", ("electors",)),)
RECALL = TableForm(
    (
        Key("petition", Share()),
        Key("window_days", _SOME_DAYS),
        Key("voting_days", _SOME_DAYS),
        Key("question", Word(QUESTIONS)),
        Key("by", Word(DECIDERS)),
        Key("base", Word(BASES), where=_BY_ELECTORS),
        *_share(where=_BY_ELECTORS),
        Key("quorum", Share()),
        Key("tie_protects", Yes(), where=(*_BY_ELECTORS, Where("question", "is", ("recall",)))),
        _ARTICLE,
    )
)

_ELECTION_KEYS = (
    Key("rule", Word(RULES)),
    Key("list_rule", Word(APPORTIONMENTS), where=(Where("rule", "is", ("list",)),)),
    Key("nomination_days", _DAYS),
    Key("voting_days", _SOME_DAYS),
    Key("nomination", _SOME),
    Key("candidates", Id()),
    Key("nominated_by", Id(empty=True), optional=True),
    Key("gate", Id(empty=True), optional=True),
    Key("renewal_days", _DAYS),
    Key("turnout", Share()),
    Key("pause_days", _DAYS),
    Key("renewed_in", _SOME),
    Key("by_election_days", _DAYS),
    Key("acting_by", Id(empty=True), optional=True),
    Key("acting_days", _SOME_DAYS, where=(Where("acting_by", "is not", ("",)),)),
)
ELECTION = TableForm(_ELECTION_KEYS, partial=True)

_TERM = (
    Key("term_days", _SOME_DAYS),
    Key("term_limit", _NUMBER),
    Key("incompatible", Texts()),
    Key("mandate", Word(MANDATES)),
    Key("report_days", _DAYS),
    Key("weights", Word(WEIGHTS)),
    Key("split_votes", Yes(), optional=True),
    *_MEETING,
    _ARTICLE,
)
_FORM = Key("form", Word(FORMS))
_EACH = Key("each", Id(empty=True))
_UNFIXED = (Where("seats", "is absent"),)
KIND: Mapping[str, TableForm] = {
    "all": TableForm((*_NAMES, _FORM, _EACH, *_MEETING, _ARTICLE)),
    "joint": TableForm((*_NAMES, _FORM, Key("houses", Texts()), *_MEETING, _ARTICLE)),
    "elected": TableForm(
        (
            *_NAMES,
            _FORM,
            _EACH,
            Key("electors", Id(empty=True)),
            Key("constituencies", Yes()),
            Key("office", Yes()),
            Key("seats", _SEATS, group="seats"),
            Key("seats_per_members", _SOME, group="seats"),
            Key("seats_total", _SEATS, group="seats"),
            Key("apportionment", Word(APPORTIONMENTS), where=(Where("seats_total", "stands"),)),
            Key("seats_least", Whole(0, 10_000), optional=True, where=_UNFIXED),
            Key("seats_most", Whole(0, 10_000), optional=True, where=_UNFIXED),
            Key("election", Id(), optional=True),
            *_ELECTION_KEYS,
            Key("recall", Id(empty=True)),
            *_TERM,
        ),
        shared="election",
    ),
    "appointed": TableForm(
        (
            *_NAMES,
            _FORM,
            _EACH,
            Key("appointed_by", Texts()),
            Key("office", Yes()),
            Key("seats", _SEATS),
            Key("recall", Id(empty=True)),
            *_TERM,
        )
    ),
}

_VOTE = (Where("procedure", "is", ("vote",)),)
GROUPS = TableForm((Key("turnout", Share()), *_share("approval_"), *_share("groups_")))
DEMAND: Mapping[str, TableForm] = {
    "consensus": TableForm((Key("blocks", _NUMBER), Key("aside", Share()))),
    "gradients": TableForm(
        (Key("level", Whole(1, 8)), Key("share", Share()), Key("bad", Whole(1, 8)), Key("opposed", Share()))
    ),
    "advice": TableForm((Key("pieces", _NUMBER),)),
}
_WAY_KEYS = (
    Key("procedure", Word(PROCEDURES)),
    Key("notice_days", _DAYS),
    Key("voting_days", _SOME_DAYS),
    Key("delay_days", _DAYS),
    Key("base", Word(BASES), where=_VOTE),
    *_share(where=_VOTE),
    Key("abstentions", Word(ABSTENTIONS), where=_VOTE),
    Key("no_counts_to_quorum", Yes(), where=_VOTE),
    Key("abstentions_count_to_quorum", Yes(), optional=True, where=_VOTE),
    Key("tie", Word(TIES), where=_VOTE),
    Key("groups", Inner("", {"": GROUPS}), optional=True, where=_VOTE),
    Key("demand", Inner("procedure", DEMAND), where=(Where("procedure", "is", tuple(DEMAND)),)),
    Key("quorum", ShareOrPeople()),
    Key("quorum_base", Word(QUORUM_BASES), where=(Where("quorum", "is text but not", ("0",)),), idle=True),
    Key("silence", Word(SILENCES)),
    Key("readings", _SOME),
    Key("reading_days", _DAYS, where=(Where("readings", "is not", (1,)),)),
    Key("exits", Texts()),
    Key("amendments", Word(ORDERS)),
    Key("amendment_depth", Whole(1, 2), where=(Where("amendments", "is not", ("none",)),)),
    Key("alternatives", Word(CHOOSING, empty=True), optional=True),
    Key("affects", Id(empty=True), optional=True),
    Key("appeal", Id(empty=True), optional=True),
    Key("appeal_days", _SOME_DAYS, where=(Where("appeal", "is not", ("",)),)),
)
WAY = TableForm(_WAY_KEYS, partial=True)
MATTER = TableForm(
    (
        Key("name", Text()),
        Key("way", Id(), optional=True),
        Key("movers", Texts()),
        Key("decided_by", Texts()),
        Key("effect", Word(EFFECTS)),
        Key("entrenched", Yes(), where=(Where("effect", "is", ("charter",)),)),
        *_WAY_KEYS,
        _ARTICLE,
    ),
    shared="way",
)

_STEP = (Key("way", Word(STEPS)), Key("days", _DAYS), _ARTICLE)
_BODY = (*_STEP, Key("body", Id()), Key("base", Word(BASES)), *_share())
EXIT: Mapping[str, TableForm] = {
    "second_reading": TableForm(_STEP),
    "conciliation": TableForm(_BODY),
    "joint": TableForm(_BODY),
    "veto": TableForm((*_STEP, Key("base", Word(BASES)), Key("thresholds", Shares()))),
}

_PROCEDURES: Mapping[str, tuple[Key, ...]] = {
    "founding_article": (Key("founders", _NUMBER), Key("carried_over_days", _DAYS)),
    "correction_article": (),
    "leaving_article": (Key("leaving_notice_days", _DAYS), Key("leaving_least", _NUMBER)),
    "emergency_article": (Key("emergency_days", _DAYS), Key("emergency_by", Texts())),
    "building_article": (Key("building_ceiling", Share()),),
    "inspection_article": (Key("inspection_days", _DAYS),),
    "claims_article": (Key("claim_basis", Word(CLAIM_BASES)),),
    "distribution_article": (Key("distribution", Word(DISTRIBUTIONS)),),
    "overtime_article": (),
    "decline_article": (),
}
# A procedure is written whole or left out: where its article stands, so must the rest of it.
PROCEDURES_TABLE = TableForm(
    tuple(
        key
        for article, rest in _PROCEDURES.items()
        for key in (
            Key(article, Text(empty=True), optional=True),
            *(Key(k.name, k.value, where=(Where(article, "stands"),)) for k in rest),
        )
    )
)
PROCEDURES_TABLE_1 = TableForm(
    (*PROCEDURES_TABLE.keys, Key("refounding_share", Share()), Key("refounding_article", Text(empty=True)))
)
"""The same in language 1, which had no table of its own for refounding."""

TOP = TableForm((Key("language", Whole(2, 2)), Key("name", Text()), Key("houses", Texts())))
"""The keys that stand at the top of the file, outside any table."""

TABLES: Mapping[str, bool] = {
    "article": True,
    "roll": False,
    "kind": True,
    "election": False,
    "recall": False,
    "way": False,
    "matter": True,
    "exit": False,
    "never": False,
}
"""The tables ``[name.ID]``, and whether a charter without any is refused."""

ROWS: Mapping[str, bool] = {"permission": True, "number": False}
"""The tables ``[[name]]``, likewise."""

TALKING = TableForm(
    (
        Key("longest", Whole(1, 100_000)),
        Key("largest", Whole(0, 20_000_000)),
        Key("types", Texts()),
        Key("hears", Id()),
        Key("more_than", Share()),
        _ARTICLE,
    )
)
SINGLE: Mapping[str, bool] = {
    "procedures": True,
    "currents": False,
    "sealed_ballots": False,
    "talking": False,
    "refounding": False,
}
"""The tables of which there is one, likewise."""
