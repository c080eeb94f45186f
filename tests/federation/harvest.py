"""A season of the small federation: wheat, flour and bread, declared by those whose numbers they are."""

from small import Small, seated

from comitia.federation import acts, figures, moment, standing
from comitia.plan import economy, packing, solve

DECLARED = (
    ("committee/farm", "products", (("wheat", "kg", "0", "100", "0", "0", "", ""),)),
    ("committee/farm", "activities", (("grow", "farm", "", "0"),)),
    ("committee/farm", "flows", (("grow", "wheat", "1000", ""),)),
    ("committee/farm", "labour", (("grow", "growers", "10"),)),
    ("committee/mill", "products", (("flour", "kg", "0", "0", "0", "0", "", ""),)),
    ("committee/mill", "activities", (("grind", "mill", "", "0"),)),
    ("committee/mill", "flows", (("grind", "wheat", "-100", "kg"), ("grind", "flour", "80", ""))),
    ("committee/mill", "labour", (("grind", "bakers", "1"),)),
    ("committee/bakery", "products", (("bread", "kg", "0", "0", "0", "0", "", ""),)),
    ("committee/bakery", "activities", (("bake", "bakery", "", "0"),)),
    ("committee/bakery", "flows", (("bake", "flour", "-8", ""), ("bake", "bread", "10", ""))),
    ("committee/bakery", "labour", (("bake", "bakers", "1"),)),
    ("union/growers", "hours", (("growers", "", "100", "0"),)),
    ("union/bakers", "hours", (("bakers", "", "400", "20"),)),
    ("council/hilltown", "needs", (("hilltown", "bread", "1", "2000", "5"),)),
    ("council/riverbend", "needs", (("riverbend", "bread", "2", "1000", "4"),)),
)


def sitter(small: Small, body: str) -> str:
    """Return one who sits in a body."""
    return standing.filled(small.state, body, small.at)[0].member


def declare(small: Small, body: str, file: str, rows: tuple[tuple[str, ...], ...]) -> acts.AnyAct:
    """Return a declaration of rows by a body."""
    return acts.FiguresDeclared(at=small.at, by=sitter(small, body), body=body, season="s", file=file, rows=rows)


def declared() -> Small:
    """Return the small federation with a season in which every body has declared its numbers."""
    small = seated()
    board = sitter(small, "board")
    until = moment.after(small.at, days=30)
    ends = moment.after(small.at, days=120)
    small.do(
        acts.SeasonOpened(
            at=small.at, by=board, body="board", season="s", name="S", declarations_until=until, ends_at=ends
        )
    )
    for body, file, rows in DECLARED:
        small.do(declare(small, body, file, rows))
    return small


def drafted(small: Small, name: str, variant: str = "fullest") -> acts.PlanDrafted:
    """Return the act that puts a computed draft forward; its plan is among the blobs."""
    on = figures.economy_of(small.state, "s")
    plan = solve.solve(on, variant)
    packed = packing.pack(plan)
    small.blobs[packing.plan_hash(plan)] = packed
    return acts.PlanDrafted(
        at=small.at,
        by=sitter(small, "board"),
        body="board",
        season="s",
        draft=name,
        variant=variant,
        economy=economy.economy_hash(on),
        plan=packing.plan_hash(plan),
    )
