"""Faults of acts and numbers: acts that nobody may do, articles cited but not written, numbers without an owner."""

import difflib
from collections.abc import Iterator

from comitia.charter.fault import Fault
from comitia.charter.structure import Charter

# fmt: off
ACTS = (
    "federation_founded", "group_registered", "member_joined", "member_left", "key_registered",
    "officer_carried_over", "seat_appointed", "seat_resigned", "election_opened", "candidate_nominated",
    "candidacy_withdrawn", "vote_taken", "ballots_published", "motion_moved", "amendment_moved", "amendment_accepted",
    "division_opened", "vote_cast", "division_closed", "mandate_given", "report_given", "recall_petitioned",
    "petition_signed", "recall_opened", "current_formed", "current_forbidden", "minority_report_filed",
    "work_assigned", "body_merged", "season_opened", "figures_declared", "figures_withdrawn", "plan_drafted",
    "order_declined", "hours_withdrawn", "run_reported", "hours_reported", "delivery_sent", "delivery_received",
    "goods_bought", "goods_sold", "stock_taken", "season_closed", "inspection_demanded", "inspection_answered",
    "correction_made",
)
# fmt: on
"""Every act of the record by its word. The room above types them; a test holds the two lists together."""

# fmt: off
FILES = (
    "products", "activities", "flows", "labour", "hours", "machines", "machine_use", "needs", "limits", "limit_use",
    "trade_limit", "claims", "capital",
)
# fmt: on
"""The files of an economy folder whose rows a body declares."""

_ESSENTIAL = ("products", "activities", "flows", "labour", "hours", "needs")


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of permissions, of what is never allowed, of numbers, and of citations."""
    yield from _acts(charter)
    yield from _numbers(charter)
    yield from _citations(charter)


def _acts(charter: Charter) -> Iterator[Fault]:
    forbidden = {act: never for never in charter.never.values() for act in never.acts}
    for act in ACTS:
        permission = charter.permissions.get(act)
        if act in forbidden and permission is not None:
            never = forbidden[act]
            yield Fault(
                "permitted-and-forbidden",
                permission.line,
                permission.article,
                f"{act} is permitted by article {permission.article} and forbidden by article {never.article}.",
                "Two members quote two articles at each other, and both are right.",
                "Take it out of one of the two.",
            )
        if act not in forbidden and (permission is None or not permission.by):
            yield Fault(
                "act-without-permission",
                permission.line if permission else 1,
                permission.article if permission else "",
                f"Nobody may do {act}, and no article forbids it either.",
                "It is found out on the day when it is needed.",
                "Name it in a [[permission]] with those who may do it, or forbid it under [never].",
            )
    for act, line, article in (
        *((p.act, p.line, p.article) for p in charter.permissions.values()),
        *((act, n.line, n.article) for act, n in forbidden.items()),
    ):
        if act not in ACTS:
            near = difflib.get_close_matches(act, ACTS, n=1)
            yield Fault(
                "unknown-act",
                line,
                article,
                f"There is no act “{act}”.",
                "What the article permits or forbids never happens under that name.",
                f"Write “{near[0]}”." if near else "See the list of acts in the reference.",
            )


def _numbers(charter: Charter) -> Iterator[Fault]:
    plans = [m for m in charter.matters.values() if m.effect in ("plan", "plan-cut")]
    for file in _ESSENTIAL if plans else ():
        if file not in charter.numbers:
            yield Fault(
                "number-without-owner",
                plans[0].line,
                plans[0].article,
                f"Plans are adopted, but no body owns the numbers of “{file}”.",
                "Nobody may declare them, so every plan is empty; or somebody at the centre makes them up.",
                f"Name the owner of “{file}” in a [[number]].",
            )
    declare = charter.permissions.get("figures_declared")
    for number in charter.numbers.values():
        if number.file not in FILES:
            near = difflib.get_close_matches(number.file, FILES, n=1)
            yield Fault(
                "number-without-owner",
                number.line,
                number.article,
                f"An economy has no file “{number.file}”.",
                "The owner owns nothing, and the file that was meant has none.",
                f"Write “{near[0]}”." if near else f"Name one of: {', '.join(FILES)}.",
            )
        if declare and number.owner in charter.kinds and number.owner not in declare.by:
            yield Fault(
                "number-without-owner",
                number.line,
                number.article,
                f"“{number.owner}” owns the numbers of “{number.file}”, but may not do figures_declared.",
                "The owner stands before a door to which nobody has the key.",
                f"Add “{number.owner}” to the permission for figures_declared.",
            )


def _citations(charter: Charter) -> Iterator[Fault]:
    for what, line, article in _cited(charter):
        if article and article not in charter.articles:
            yield Fault(
                "article-not-written",
                line,
                article,
                f"{what} cites article {article}, which is not written.",
                "A member is refused with an article that she cannot read.",
                f"Write [article.{article}], or cite the article that is meant.",
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
    rule = charter.procedures
    for field in rule.__dataclass_fields__:
        if field.endswith("_article"):
            yield f"The procedure {field.removesuffix('_article')}", rule.line, str(getattr(rule, field))
