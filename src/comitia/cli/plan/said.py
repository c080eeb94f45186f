"""What the verbs of ``plan`` share: reading what they were given, and saying what came of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from comitia.plan import certificate, folder, listing
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage
from comitia.plan.rows import EconomyFault, decimal_text
from comitia.plan.solution import Level, Plan

WIDTH = 120


def economy(path: Path, *, as_json: bool) -> Economy:
    """Return the economy of a folder, or say which row makes none and leave."""
    try:
        return folder.read_economy(path)
    except folder.FolderFault as fault:
        wrong_use(str(fault))
    except EconomyFault as fault:
        does_not_hold(f"{fault.file}, line {fault.line}", f"{path}/{fault}", as_json=as_json)


def checked(economy_path: Path, plan: Path, *, as_json: bool) -> tuple[Economy, Plan]:
    """Return an economy and a plan of it that holds, or say what does not and leave."""
    declared = economy(economy_path, as_json=as_json)
    try:
        computed = folder.read_plan(plan)
        certificate.check(declared, computed)
    except folder.FolderFault as fault:
        wrong_use(str(fault))
    except (listing.NotAPlan, certificate.DoesNotHold) as fault:
        does_not_hold("plan", f"the plan does not hold, so it explains nothing: {fault}", as_json=as_json)
    return declared, computed


def written(write: Callable[[], None]) -> None:
    """Write, or say why it cannot be written and leave."""
    try:
        write()
    except folder.FolderFault as fault:
        wrong_use(str(fault))


def answer_of(plan: Plan) -> dict[str, object]:
    """Return a plan's levels, gap and economy as JSON says them."""
    c = plan.certificate
    return answer_of_levels(c.variant, c.levels, c.gap, c.economy)


def answer_of_levels(variant: str, levels: Sequence[Level], gap: Fraction, economy: str) -> dict[str, object]:
    """Return levels, gap and the economy's hash as JSON says them."""
    return {
        "variant": variant,
        "objective": decimal_text(levels[-1].value),
        "bound": decimal_text(levels[-1].bound),
        "gap": decimal_text(gap),
        "levels": [level_of(level) for level in levels],
        "economy": economy,
    }


def level_of(level: Level) -> dict[str, str]:
    """Return a level as JSON says it."""
    return {"name": level.name, "value": decimal_text(level.value), "bound": decimal_text(level.bound)}


def short_of(s: Shortage) -> dict[str, object]:
    """Return a shortage as JSON says it."""
    return {
        "council": s.council,
        "product": s.product,
        "tier": s.tier,
        "unit": s.unit,
        "quantity": decimal_text(s.quantity),
        "needed": decimal_text(s.needed),
        "price": float(s.price),
        "bindings": [
            {
                "kind": b.kind,
                "key": b.key,
                "chain": list(b.chain),
                "share": b.share,
                "price": float(b.price),
                "body": b.body,
                "act": b.act,
            }
            for b in s.bindings
        ],
        "sentence": s.sentence,
    }


def print_levels(variant: str, levels: Sequence[Level], gap: Fraction) -> None:
    """Print each level's value and bound, and the gap."""
    table = Table("least " + escape(variant), "value", "no plan below", box=None)
    for level in levels:
        table.add_row(*map(Text, (level.name, f"{float(level.value):,.6g}", f"{float(level.bound):,.6g}")))
    print_table(table)
    typer.echo(f"Gap {float(gap):.2e}.")


def print_table(table: Table) -> None:
    """Print a table, where nobody sees it on a screen as wide as it needs."""
    console = Console()
    Console(width=None if console.is_terminal else max(console.width, WIDTH)).print(table)


def bar(*, hidden: bool) -> Progress:
    """Return a progress bar on the error stream, so that an answer stays clean."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden)


def print_json(answer: Mapping[str, object]) -> None:
    """Print a machine-readable answer."""
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def wrong_use(reason: str) -> NoReturn:
    """Say what was wrong with the command and leave with 2."""
    typer.echo(f"comitia plan: {reason}", err=True)
    raise typer.Exit(2)


def does_not_hold(what: str, reason: str, *, as_json: bool) -> NoReturn:
    """Say what does not hold and leave with 1."""
    if as_json:
        print_json({"holds": False, "what": what, "reason": reason})
    else:
        typer.echo(f"It does not hold. {reason}", err=True)
    raise typer.Exit(1)
