"""``comitia drill``: how few decide a matter, and who has how much power in a weighted vote."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comitia.charter.structure import Charter, Matter
from comitia.cli import charter as charter_door, drill_chance, drill_charter, drill_power, drill_production
from comitia.drill import capture as drill_capture, certificate, overlap
from comitia.drill.capture import Capture
from comitia.drill.cells import Cells

app = typer.Typer(help="Stress a charter: how few decide, and whose vote weighs what.", no_args_is_help=True)
app.command(context_settings={"allow_extra_args": True})(drill_power.power)
app.command()(drill_production.production)
app.command()(drill_chance.chance)
for _command in (drill_charter.hold, drill_charter.recover, drill_charter.diff, drill_charter.weakest):
    app.command()(_command)

AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]

LIMITS = (
    "The first number is sure: whatever all others do. The second is enough where nobody else stands or votes. "
    "Both say what is possible, not what is likely, and accuse nobody. All seats are taken as filled; informal power "
    "is not in it."
)


@dataclass(frozen=True, slots=True)
class Both:
    """The two capture numbers of a matter: sure, and enough where all others stay away."""

    sure: Capture
    enough: Capture


@app.command()
def capture(
    charter: Annotated[Path, typer.Argument(help="The charter, a TOML file; or co-op-federation.")],
    members: Annotated[
        Path | None, typer.Option(help="CSV with a column member and one for each roll; without it, invented members.")
    ] = None,
    groups: Annotated[Path | None, typer.Option(help="CSV with the columns roll, id, within.")] = None,
    matter: Annotated[str, typer.Option(help="Only this matter.")] = "",
    seconds: Annotated[float, typer.Option(help="Longest time for one matter.")] = 60,
    certificates: Annotated[
        Path | None, typer.Option("--certificates", help="Write a proof for each matter into this folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find how few decide each matter, surely or where nobody else comes. Exit 0 found, 1 not all, 2 wrong use."""
    rules = charter_door.read(charter)
    counted = drill_charter.read_cells(rules, members, groups)
    wanted = [m for m in rules.matters.values() if matter in ("", m.id)]
    if not wanted:
        typer.echo(f"{charter} has no matter “{matter}”; its matters are {', '.join(rules.matters)}.", err=True)
        raise typer.Exit(2)
    found: list[Both] = []
    missing: list[tuple[Matter, str]] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(wanted))
        for number, one in enumerate(wanted, start=1):
            progress.update(task, description=f"{number} of {len(wanted)}: {one.name}", advance=1)
            try:
                sure = drill_capture.capture(rules, one, counted, seconds=seconds)
                found.append(Both(sure, drill_capture.capture(rules, one, counted, seconds=seconds, others="absent")))
            except (drill_capture.NoBody, overlap.Unsolved) as fault:
                missing.append((one, str(fault)))
    if certificates:
        certificates.mkdir(parents=True, exist_ok=True)
        for both in found:
            for file, one_found in ((both.sure.matter, both.sure), (f"{both.sure.matter}-others-absent", both.enough)):
                text = json.dumps(drill_capture.proof(one_found), ensure_ascii=False)
                (certificates / f"{file}.json").write_text(text, encoding="utf-8")
    if as_json:
        _print_json(rules, counted, found, missing=missing)
    else:
        _print_text(rules, counted, found, missing=missing)
    raise typer.Exit(1 if missing else 0)


@app.command()
def check(
    proof: Annotated[Path, typer.Argument(help="A certificate that capture --certificates wrote.")],
) -> None:
    """Check a certificate without a solver. Exit 0 proven, 1 not proven, 2 wrong use."""
    try:
        people, bound = certificate.check(json.loads(proof.read_text(encoding="utf-8")))
    except certificate.NotProven as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    except (OSError, ValueError, KeyError, TypeError, IndexError, StopIteration) as fault:
        typer.echo(f"{proof} is no certificate: {type(fault).__name__} {fault}", err=True)
        raise typer.Exit(2) from fault
    smallest = "proven smallest" if people == bound else f"no fewer than {bound} do"
    typer.echo(f"{people} people decide it; {smallest}.")


def _facts(one: Capture) -> dict[str, Any]:
    return {
        "people": one.people,
        "bound": one.bound,
        "smallest": one.is_smallest,
        "members": one.members,
        "percent": one.percent,
        "by": [{"body": w.body.id, "has": w.has, "needs": w.needs, "of": w.of} for w in one.by],
        "places": [asdict(place) for place in one.places],
        "coalition": [
            {**dict(zip(one.rolls, cell, strict=True)), "people": people} for cell, people in one.coalition.items()
        ],
        "arithmetic": one.arithmetic,
    }


def _print_json(rules: Charter, counted: Cells, found: list[Both], *, missing: list[tuple[Matter, str]]) -> None:
    answer = {
        "charter": rules.name,
        "members": counted.members,
        "matters": [
            {
                "matter": both.sure.matter,
                "name": both.sure.name,
                "article": both.sure.article,
                **_facts(both.sure),
                "others_absent": _facts(both.enough),
            }
            for both in found
        ],
        "not_drilled": [{"matter": one.id, "reason": reason} for one, reason in missing],
        "limits": LIMITS,
    }
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def _print_text(rules: Charter, counted: Cells, found: list[Both], *, missing: list[tuple[Matter, str]]) -> None:
    typer.echo(f"{rules.name}: {counted.members} members\n")
    for both in found:
        name = both.sure.name
        typer.echo(f"{name[:1].upper()}{name[1:]} (article {both.sure.article})")
        for one, what in ((both.sure, "decide it"), (both.enough, "are enough where nobody else comes")):
            least = f"No fewer than {one.bound} do; between the two it is open."
            proof = "Proven smallest." if one.is_smallest else least
            typer.echo(f"  As few as {one.people} of {one.members} members ({one.percent:.1f} %) {what}. {proof}")
            typer.echo(f"    {one.arithmetic}")
        typer.echo()
    for one_matter, reason in missing:
        typer.echo(f"{one_matter.name}: not drilled. {reason}\n")
    typer.echo(LIMITS)
