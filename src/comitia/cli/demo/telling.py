"""What the chapters of the demo share: what was told, drafts, and how a shortage is said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from comitia.clerk import drafting
from comitia.cli.demo import cast as people
from comitia.cli.demo.cast import Cast, Paper
from comitia.federation import acts, standing
from comitia.federation.state import Draft

SEASON = "spring"
STRIKERS = "metalworkers"
Say = Callable[[str], None]


@dataclass(slots=True)
class Told:
    """What the story's later chapters and the tests ask about."""

    lines: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    member: str = ""
    delegate: str = ""
    secretary: str = ""
    recalled: str = ""


def draft_plan(cast: Cast, variant: str) -> Draft:
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    name = cast.name("draft")
    drafting.draft_plan(
        cast.clerk,
        acts.PlanDrafted(
            at=cast.at, by=board, body="board", season=SEASON, draft=name, variant=variant, economy="", plan=""
        ),
    )
    return state.drafts[name]


def move_adoption(cast: Cast, draft: Draft) -> str:
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    cut = any(u.tier == 1 and u.quantity > 0 for u in draft.solution.unmet)
    motion = cast.name("plan")
    text = (
        f"The federation adopts the draft {draft.id} ({draft.variant}) for the spring season.\nIts figures are "
        f"bound by their hash.\n"
    )
    paper = Paper(
        motion, "plan-cut" if cut else "plan", f"Adopt {draft.id} as the plan of the spring season", text, draft.id
    )
    packed = state.blobs[draft.plan]
    people.move(
        cast, Paper(paper.motion, paper.matter, paper.title, paper.text, paper.subject, packed), by=board, body="board"
    )
    return motion


def shortages(draft: Draft) -> str:
    short = [u for u in draft.solution.unmet if u.quantity > 0]
    if not short:
        return "every need is met"
    first = min(u.tier for u in short)
    named = [f"{u.product} in {u.council}" for u in sorted(short, key=lambda u: u.tier) if u.tier == first]
    tiers = ", ".join(
        f"{sum(u.tier == t for u in short)} of tier {t}" for t in (1, 2, 3) if any(u.tier == t for u in short)
    )
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"{len(short)} needs fall short ({tiers}), first {', '.join(named[:3])}{more}"


def decimal(number: Fraction) -> Decimal:
    """Return a figure with two decimals."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.01"))
