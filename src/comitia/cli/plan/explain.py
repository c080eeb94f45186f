"""``comitia plan explain``: what falls short, which limits bind, how far that holds, and whose numbers conflict."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import said, truth
from comitia.cli.plan.options import AsJson, Folder, Home, PlanFolder
from comitia.plan import conflict, folder, labour, pegging, ranging, variants
from comitia.plan.conflict import Conflict, Floor
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage
from comitia.plan.pictures import of_plan, page
from comitia.plan.pictures.of_plan import Picture
from comitia.plan.ranging import Range
from comitia.plan.solution import Plan

# Sentences on a page; the table has every shortage.
LISTED = 12
# Worths that differ by a smaller share are one.
EQUAL = 1e-6
Limit = tuple[str, str]
Ranges = Mapping[tuple[int, str, str], Range]
Needs = Annotated[list[str] | None, typer.Option("--need", help="COUNCIL/PRODUCT: only these; may come several times.")]


@dataclass(frozen=True)
class Explained:
    """All that is said of a plan's shortages."""

    short: Sequence[Shortage]
    ranges: Ranges
    conflicts: Sequence[tuple[Floor, Conflict | None]]
    left_out: str


def explain(
    economy: Folder,
    plan: PlanFolder,
    need: Needs = None,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a page with pictures and tables.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also write the pictures into a folder.")] = None,
    misdeclared: Annotated[bool, typer.Option("--truth", help="Also say what lying would bring each body.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Say what falls short, which limits bind, whose numbers they are, what one more unit brings and how far.

    With --need also the smallest set of bodies whose numbers rule that need out; without it, of all essential needs.
    With --truth also what each body would gain by declaring other numbers than are true.
    """
    declared, computed = said.checked(economy, plan, as_json=as_json)
    explained = _explained(declared, computed, need or ())
    if html or svg:
        _draw((declared, computed, explained), html, svg)
    told = truth.worked_out(declared, computed.variant) if misdeclared else []
    if as_json:
        said.print_json({**_json(computed, explained), **({"truth": truth.answer(told)} if misdeclared else {})})
        return
    for shortage in explained.short:
        typer.echo(f"- {shortage.sentence}")
    typer.echo(f"{len(explained.short)} shortages." if explained.short else "Nothing falls short.")
    if explained.ranges:
        typer.echo("\nWhat more and less of each limit brings, with all else as declared:")
        _print_ranges(explained, computed)
    for floor, found in explained.conflicts:
        typer.echo(f"\n{_conflict_sentence(floor, found)}")
    if explained.left_out:
        typer.echo(explained.left_out)
    if misdeclared:
        truth.show(told)


def _explained(declared: Economy, computed: Plan, named: Sequence[str]) -> Explained:
    known = {f"{n.council}/{n.product}" for n in declared.needs.values()}
    for one in named:
        if one not in known:
            like = min(known, default="hilltown/bread")
            said.wrong_use(f"--need {one}: there is no such need; give COUNCIL/PRODUCT, like {like}")
    short = [s for s in pegging.explain(declared, computed) if not named or f"{s.council}/{s.product}" in named]
    if named:
        floors = [conflict.without_taking(declared, computed, (s.council, s.product, s.tier)) for s in short if s.tier]
    else:
        floors = [conflict.essentials(declared)] if any(s.tier == 1 for s in short) else []
    try:
        with said.bar(hidden=False) as bar:
            task = bar.add_task("what each limit brings", total=None)
            ranges = _ranges(declared, computed, short)
            bar.update(task, description="whose numbers conflict")
            return Explained(short, ranges, [(floor, conflict.smallest(declared, floor)) for floor in floors], "")
    except ranging.TooLarge as fault:
        return Explained(short, {}, [], f"Ranges and conflicts are left out: {fault}.")


def _ranges(declared: Economy, computed: Plan, short: Sequence[Shortage]) -> Ranges:
    """Return the range of every limit that binds, at the level that looks at the shortage."""
    levels = computed.certificate.levels
    posed = variants.pose(declared, computed.variant, [(v.tier, v.worst) for v in levels if v.worst])
    limits: dict[int, list[Limit]] = {}
    for s in short:
        at = limits.setdefault(variants.level_of(posed, s.tier), [])
        at += [(b.kind, b.key) for b in s.bindings if b.kind != "labour"]
    return {
        (level, *limit): one
        for level, wanted in limits.items()
        for limit, one in ranging.ranges(declared, computed, level, wanted).items()
    }


def _draw(of: tuple[Economy, Plan, Explained], html: Path | None, svg: Path | None) -> None:
    """Write the pictures of a plan, on one page or each alone."""
    declared, computed, explained = of
    drawn: list[Picture] = [of_plan.shortages(explained.short), of_plan.hours_by_trade(declared, computed)]
    # A technology that is not productive has no labour values to draw the flows by; the rest stands.
    with suppress(labour.NotProductive):
        drawn.append(of_plan.flows(declared, computed, labour.of_economy(declared).hours))
    if html:
        sentences = [s.sentence for s in explained.short[:LISTED]]
        sentences += [_conflict_sentence(floor, found) for floor, found in explained.conflicts]
        text = page.html(f"A plan: {computed.variant}", sentences, drawn)
        said.written(lambda: folder.write_text(html, text))
    for picture in drawn if svg else ():
        _write_alone(picture, svg or Path())


def _write_alone(picture: Picture, into: Path) -> None:
    text = page.alone(picture)
    if text:
        said.written(lambda: folder.write_text(into / f"{picture.name}.svg", text))


def _print_ranges(explained: Explained, plan: Plan) -> None:
    names = [level.name for level in plan.certificate.levels]
    shown = Table("limit", "at the level", "brings", "up to", "then", "costs", "down to", box=None)
    for (level, kind, key), one in explained.ranges.items():
        up, down = one.up, one.down
        cells = (
            f"{kind} {key}".strip(),
            names[level],
            f"{one.more:.4g}",
            f"+{up[0].to:.6g}" if up else "",
            f"{up[1].worth:.4g}" if len(up) > 1 else "",
            f"{one.less:.4g}" if down else "",
            f"{down[0].from_:.6g}" if down else "",
        )
        shown.add_row(*map(Text, cells))
    said.print_table(shown)
    if any(one.down and one.more < one.less * (1 - EQUAL) for one in explained.ranges.values()):
        typer.echo("Where one more brings less than one less costs, several limits bind together.")


def _conflict_sentence(floor: Floor, found: Conflict | None) -> str:
    return found.sentence if found else f"Nobody's numbers rule out {floor.name}."


def _json(plan: Plan, of: Explained) -> dict[str, object]:
    ranges = [
        {
            "level": level,
            "kind": kind,
            "key": key,
            "up": [{"from": p.from_, "to": p.to, "worth": p.worth} for p in one.up],
            "down": [{"from": p.from_, "to": p.to, "worth": p.worth} for p in one.down],
            "sentence": ranging.sentence(one, "unit"),
        }
        for (level, kind, key), one in of.ranges.items()
    ]
    conflicts = [
        {
            "floor": floor.name,
            "bodies": list(found.bodies) if found else [],
            "limits": [list(limit) for limit in found.limits] if found else [],
            "missing": str(found.missing) if found else "0",
            "ways": [
                {
                    "bodies": list(way.bodies),
                    "gives": [{"kind": g.kind, "key": g.key, "body": g.body, "more": g.more} for g in way.gives],
                }
                for way in (found.ways if found else ())
            ],
            "sentence": _conflict_sentence(floor, found),
        }
        for floor, found in of.conflicts
    ]
    short = [said.short_of(s) for s in of.short]
    return {
        "variant": plan.variant,
        "short": short,
        "ranges": ranges,
        "conflicts": conflicts,
        "left_out": of.left_out,
    }
