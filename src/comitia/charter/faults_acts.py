"""Faults of acts and numbers: acts that nobody may do, articles cited but not written, numbers without an owner."""

import difflib
from collections.abc import Iterator

from comitia.charter.fault import Fault, Spot, at, is_seated
from comitia.charter.structure import Charter

# fmt: off
_ALWAYS = (
    "member_joined", "member_left", "seat_resigned", "motion_moved", "division_opened", "division_closed",
)
_INSPECTION = ("inspection_demanded", "inspection_answered")
_SEASON = (
    "season_opened", "figures_declared", "figures_withdrawn", "plan_drafted", "order_declined", "hours_withdrawn",
    "run_reported", "hours_reported", "delivery_sent", "delivery_received", "goods_bought", "goods_sold", "stock_taken",
    "season_closed",
)
_FOUNDING = ("federation_founded", "officer_carried_over")
_ELECTION = ("election_opened", "candidate_nominated", "candidacy_withdrawn")
_BALLOT = ("vote_taken", "ballots_published")
_RECALL = ("recall_petitioned", "petition_signed", "recall_opened")
_AMENDING = ("amendment_moved", "amendment_accepted", "amendment_withdrawn")
_CURRENTS = ("current_formed", "current_joined", "current_left", "platform_published", "minority_report_filed")
_SEALED = (
    "ballot_key_given", "ballot_sealed", "token_requested", "token_issued", "casts_published", "token_voided",
    "teller_key_revealed", "ballot_repeated",
)
_TALKING = ("words_said", "words_set_aside", "setting_aside_appealed", "appeal_voted")
_LEAVING = ("leaving_announced", "leaving_joined", "leaving_completed")
_REFOUNDING = ("refounding_called", "refounding_signed", "refounding_opened")
_SELDOM = (
    "group_registered", "key_registered", "correction_made", "seat_appointed", "vote_cast", "mandate_given",
    "report_given", "current_forbidden", "work_assigned", "body_merged",
    "body_dissolved", "acting_named", "emergency_declared", "candidate_screened", "motion_withdrawn",
    "alternative_moved", "block_formed", "block_split", "objection_raised", "objection_withdrawn", "advice_given",
    "position_taken", "ranking_cast", "vote_split", "casting_vote_given", "hand_vote_counted", "outcome_stated",
)
ACTS = (
    *_ALWAYS, *_FOUNDING, *_INSPECTION, *_ELECTION, *_BALLOT, *_RECALL, *_AMENDING, *_CURRENTS,
    *_SEALED, *_TALKING, *_LEAVING, *_REFOUNDING, *_SEASON, *_SELDOM,
)
# fmt: on
"""Every act of the record by its word. The room above types them; a test holds the two lists together."""

_LATER = frozenset(
    (
        *("amendment_withdrawn", "current_joined", "current_left", "platform_published", *_LEAVING, *_REFOUNDING),
        *("body_dissolved", "acting_named", "emergency_declared", "candidate_screened", "motion_withdrawn"),
        *("alternative_moved", "block_formed", "block_split", "objection_raised", "objection_withdrawn"),
        *("advice_given", "position_taken", "ranking_cast", "vote_split", "casting_vote_given", "hand_vote_counted"),
        *("outcome_stated", *_SEALED, *_TALKING),
    )
)
"""Acts that language 1 did not know, so that a charter in it could neither permit nor forbid them."""

# fmt: off
FILES = (
    "products", "activities", "flows", "labour", "hours", "machines", "machine_use", "needs", "limits", "limit_use",
    "trade_limit", "claims", "capital",
)
# fmt: on
"""The files of an economy folder whose rows a body declares."""

_ESSENTIAL = ("products", "activities", "flows", "labour", "hours", "needs")


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of numbers and of citations; those of permissions are in ``faults_permissions``."""
    yield from _numbers(charter)
    yield from _citations(charter)


def called_for(charter: Charter) -> frozenset[str]:
    """Return the acts without which something that the charter sets up could not be carried out.

    A charter of language 1 says of every act that there was who may do it, or that nobody may.
    """
    if charter.language == 1:
        return frozenset(ACTS) - _LATER
    matters, kinds, rule = charter.matters.values(), charter.kinds.values(), charter.procedures
    effects, ways = {m.effect for m in matters}, {m.procedure for m in matters}
    elected = [k for k in kinds if k.form == "elected"]
    deciding = [charter.kinds[name] for m in matters for name in m.decided_by if name in charter.kinds]
    groups = (
        (_ALWAYS, True),
        (("group_registered",), bool(charter.rolls)),
        (_FOUNDING, bool(rule.founding_article)),
        (("correction_made",), bool(rule.correction_article)),
        (_INSPECTION, bool(rule.inspection_article)),
        (_ELECTION, bool(elected)),
        (_BALLOT, bool(elected) or any(not is_seated(kind) for kind in deciding)),
        (_RECALL, any(k.recall for k in kinds)),
        (("report_given",), any(k.report_days for k in kinds)),
        (("mandate_given",), any(k.mandate == "imperative" for k in kinds)),
        (("seat_appointed",), any(k.appointed_by for k in kinds)),
        (("vote_cast",), "vote" in ways and any(is_seated(kind) for kind in deciding)),
        (_AMENDING, any(m.amendments != "none" for m in matters)),
        (("alternative_moved", "ranking_cast"), any(m.alternatives for m in matters)),
        (("objection_raised", "objection_withdrawn"), "consent" in ways),
        (("position_taken",), bool(ways & {"consensus", "gradients"})),
        (("advice_given",), "advice" in ways),
        (_CURRENTS, charter.currents is not None),
        (_SEALED, charter.sealed is not None),
        (_TALKING, charter.talking is not None),
        (_LEAVING, bool(rule.leaving_article)),
        (_REFOUNDING, rule.refounding is not None),
        (("emergency_declared",), bool(rule.emergency_by)),
        (("body_merged",), "merger" in effects),
        (("body_dissolved",), "dissolution" in effects),
        (_SEASON, bool(effects & {"plan", "plan-cut", "claims", "season"}) or bool(charter.numbers)),
    )
    return frozenset(act for acts, wanted in groups if wanted for act in acts)


def _numbers(charter: Charter) -> Iterator[Fault]:
    plans = [m for m in charter.matters.values() if m.effect in ("plan", "plan-cut")]
    for file in _ESSENTIAL if plans else ():
        if file not in charter.numbers:
            yield at(
                plans[0],
                "number-without-owner",
                reason=f"Plans are adopted, but no body owns the numbers of “{file}”.",
                harm="Nobody may declare them, so every plan is empty; or somebody at the centre makes them up.",
                repair=f"Name the owner of “{file}” in a [[number]].",
            )
    declare = charter.permissions.get("figures_declared")
    for number in charter.numbers.values():
        if number.file not in FILES:
            near = difflib.get_close_matches(number.file, FILES, n=1)
            yield at(
                number,
                "number-without-owner",
                reason=f"An economy has no file “{number.file}”.",
                harm="The owner owns nothing, and the file that was meant has none.",
                repair=f"Write “{near[0]}”." if near else f"Name one of: {', '.join(FILES)}.",
            )
        if declare and number.owner in charter.kinds and number.owner not in declare.by:
            yield at(
                number,
                "number-without-owner",
                reason=f"“{number.owner}” owns the numbers of “{number.file}”, but may not do figures_declared.",
                harm="The owner stands before a door to which nobody has the key.",
                repair=f"Add “{number.owner}” to the permission for figures_declared.",
            )


def _citations(charter: Charter) -> Iterator[Fault]:
    for what, line, article in _cited(charter):
        if article and article not in charter.articles:
            yield at(
                Spot(line, article),
                "article-not-written",
                reason=f"{what} cites article {article}, which is not written.",
                harm="A member is refused with an article that she cannot read.",
                repair=f"Write [article.{article}], or cite the article that is meant.",
            )


def _cited(charter: Charter) -> Iterator[tuple[str, int, str]]:
    for roll in charter.rolls.values():
        yield f"The roll {roll.name}", roll.line, roll.article
    for kind in charter.kinds.values():
        yield f"The {kind.name}", kind.line, kind.article
        if kind.recall:
            yield "A recall", kind.recall.line, kind.recall.article
    for matter in charter.matters.values():
        yield f"The matter “{matter.name}”", matter.line, matter.article
    for permission in charter.permissions.values():
        yield f"The permission for {permission.act}", permission.line, permission.article
    for number in charter.numbers.values():
        yield f"The owner of {number.file}", number.line, number.article
    for never in charter.never.values():
        yield f"What is never done ({never.id})", never.line, never.article
    for step in {step.id: step for matter in charter.matters.values() for step in matter.exits}.values():
        yield f"The way out “{step.id}”", step.line, step.article
    if charter.currents:
        yield "The table [currents]", charter.currents.line, charter.currents.article
    if charter.talking:
        yield "The table [talking]", charter.talking.line, charter.talking.article
    if charter.sealed:
        yield "The table [sealed_ballots]", charter.sealed.line, charter.sealed.article
    rule = charter.procedures
    for field in rule.__dataclass_fields__:
        if field.endswith("_article"):
            yield f"The procedure {field.removesuffix('_article')}", rule.line, str(getattr(rule, field))
