"""``comitia drill hold|recover|diff|weakest``: who becomes unremovable, what a change does, which change helps most."""

import json
from math import isinf
from pathlib import Path
from typing import Annotated, Any

import typer

from comitia.charter.structure import Charter
from comitia.cli import charter as charter_door
from comitia.drill import calendars, cells, hold as drill_hold, repairs
from comitia.drill.bodies import Federation
from comitia.drill.capture import Capture, NoBody
from comitia.drill.cells import Cells
from comitia.drill.hold import Calendar, Held, Mode
from comitia.drill.overlap import Unsolved

AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]
CharterFile = Annotated[Path, typer.Argument(help="The charter, a TOML file; or co-op-federation.")]
Members = Annotated[Path | None, typer.Option(help="CSV with a column member and one for each roll.")]
Groups = Annotated[Path | None, typer.Option(help="CSV with the columns roll, id, within.")]
Seconds = Annotated[float, typer.Option(help="Longest time for one question.")]

LIMITS = (
    "It says what is possible under the rules as written, not what is likely, and accuses nobody. Informal power is "
    "invisible to it. People on several rolls are counted in each of their assemblies."
)


def read_cells(rules: Charter, members: Path | None, groups: Path | None) -> Cells:
    """Return the members from the tables given, or invented ones; exit 2 with the line that is wrong."""
    if members is None:
        counted = cells.invented(rules)
        typer.echo(f"No members given: drilled on {counted.members} invented ones, spread evenly.\n", err=True)
        return counted
    try:
        rows = cells.parse_members(members.read_text(encoding="utf-8-sig"), file=str(members), charter=rules)
        within = cells.parse_groups(groups.read_text(encoding="utf-8-sig"), file=str(groups)) if groups else {}
    except (OSError, UnicodeDecodeError, cells.WrongCells) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from fault
    if not rows:
        typer.echo(f"{members} names no member; give one row for each.", err=True)
        raise typer.Exit(2)
    return cells.count(rules, rows, within)


def hold(
    charter: CharterFile,
    body: Annotated[str, typer.Option(help="Only this body, such as board.")] = "",
    members: Members = None,
    groups: Groups = None,
    seconds: Seconds = 30,
    as_json: AsJson = False,
) -> None:
    """Find the fewest people who become unremovable in each body. Exit 0 found, 1 some not settled, 2 wrong use."""
    modes: list[Mode] = ["stealth", "open"]
    _each_post(charter, body, members, groups, as_json, lambda calendar, post: {
        mode: drill_hold.hold(calendar, post, mode=mode, seconds=seconds) for mode in modes
    })  # fmt: skip


def recover(
    charter: CharterFile,
    body: Annotated[str, typer.Option(help="Only this body, such as board.")] = "",
    members: Members = None,
    groups: Groups = None,
    seconds: Seconds = 30,
    as_json: AsJson = False,
) -> None:
    """Find the fewest of the base who can take each body back against everybody in office. Exit as hold."""
    _each_post(charter, body, members, groups, as_json, lambda calendar, post: {
        "recover": drill_hold.recover(calendar, post, seconds=seconds)
    })  # fmt: skip


def _each_post(charter: Path, body: str, members: Path | None, groups: Path | None, as_json: bool, ask: Any) -> None:
    rules = charter_door.read(charter)
    calendar = calendars.of(Federation(rules, read_cells(rules, members, groups)))
    wanted = [post.id for post in calendar.posts if body in ("", post.id, post.id.partition("/")[0])]
    left_out = [k.id for k in rules.kinds.values() if k.form in ("elected", "appointed")]
    left_out = [kind for kind in left_out if not any(p.id.partition("/")[0] == kind for p in calendar.posts)]
    if left_out:
        typer.echo(f"Left out, since nobody among these members can fill them: {', '.join(left_out)}.\n", err=True)
    if not wanted:
        typer.echo(f"no body “{body}” here; there are {', '.join(p.id for p in calendar.posts)}.", err=True)
        raise typer.Exit(2)
    found: dict[str, dict[str, Held]] = {}
    open_: list[str] = []
    for post in wanted:
        try:
            found[post] = ask(calendar, post)
        except drill_hold.Open as fault:
            open_.append(str(fault))
    if as_json:
        facts = {p: {m: _facts(calendar, h) for m, h in by.items()} for p, by in found.items()}
        typer.echo(json.dumps({"bodies": facts, "not_settled": open_, "limits": LIMITS}, indent=2, ensure_ascii=False))
    else:
        for post, by in found.items():
            typer.echo(post)
            for mode, held in by.items():
                typer.echo(f"  {mode}: {held.arithmetic(calendar)}")
        for reason in open_:
            typer.echo(reason)
        typer.echo(f"\n{LIMITS}")
    raise typer.Exit(1 if open_ else 0)


def _facts(calendar: Calendar, held: Held) -> dict[str, Any]:
    number = None if isinf(held.people) else int(held.people)
    won = {name: n for name, n in {**held.won, **held.seeds}.items() if n}
    return {"people": number, "bound": number, "who": won, "arithmetic": held.arithmetic(calendar)}


def diff(
    old: CharterFile,
    new: Annotated[Path, typer.Argument(help="The charter after the change.")],
    members: Members = None,
    groups: Groups = None,
    seconds: Seconds = 30,
    as_json: AsJson = False,
) -> None:
    """Compare the capture numbers of two charters on the same members. Exit 1 when one falls."""
    before, after = charter_door.read(old), charter_door.read(new)
    changes = repairs.diff(before, after, read_cells(before, members, groups), seconds=seconds)
    if as_json:
        facts = [{"matter": c.matter, "before": _number(c.before), "after": _number(c.after)} for c in changes]
        typer.echo(json.dumps({"changes": facts}, indent=2))
    else:
        for c in changes:
            typer.echo(f"{c.name}: {_short(c.before)} -> {_short(c.after)}{'  FEWER' if c.is_lower else ''}")
        typer.echo(f"{len(changes)} capture numbers differ.")
    raise typer.Exit(1 if any(c.is_lower for c in changes) else 0)


def weakest(
    charter: CharterFile,
    matter: Annotated[str, typer.Option(help="The matter.")],
    members: Members = None,
    groups: Groups = None,
    seconds: Seconds = 30,
    as_json: AsJson = False,
) -> None:
    """Find the single changes of an article that raise the capture number of a matter most."""
    rules = charter_door.read(charter)
    if matter not in rules.matters:
        typer.echo(f"{charter} has no matter “{matter}”; its matters are {', '.join(rules.matters)}.", err=True)
        raise typer.Exit(2)
    counted = read_cells(rules, members, groups)
    try:
        found = repairs.weakest(rules, rules.matters[matter], counted, seconds=seconds)[:5]
    except (NoBody, Unsolved) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    if as_json:
        facts = [{"article": r.article, "change": r.words, "after": _number(r.after)} for r in found]
        typer.echo(json.dumps({"matter": matter, "repairs": facts}, indent=2, ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"article {one.article}. {one.words}: {_short(one.after)}")
    if not found:
        typer.echo("None of the changes that are tried raises it.")


def _number(found: Capture | None) -> dict[str, int] | None:
    return None if found is None else {"people": found.people, "bound": found.bound, "members": found.members}


def _short(found: Capture | None) -> str:
    if found is None:
        return "none"
    return str(found.people) if found.is_smallest else f"{found.bound}..{found.people}"
