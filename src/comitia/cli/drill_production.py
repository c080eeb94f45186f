"""``comitia drill production``: the fewest workplaces whose refusal leaves essential needs short."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comitia.drill import production as drill_production
from comitia.plan import folder as folders
from comitia.plan.economy import EconomyFault
from comitia.plan.highs import NotSolved

LIMITS = (
    "It says what is possible, not what is likely, and accuses nobody: every workplace has the right to refuse. It is "
    "reckoned with the techniques and capacities declared: nobody steps in beyond these."
)


def production(
    folder: Annotated[Path, typer.Argument(help="A folder with the economy.")],
    turns: Annotated[int, typer.Option(help="How many plans to meet at most.")] = 2000,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")] = False,
) -> None:
    """Find the fewest workplaces whose refusal leaves essential needs short. Exit 1: not settled."""
    try:
        economy = folders.read_economy(folder)
    except (folders.FolderFault, EconomyFault) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from fault
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("")

            def told(turn: int, plans: int, bound: int) -> None:
                text = f"turn {turn}: {plans} plan{'' if plans == 1 else 's'} met; at least {max(bound, 1)} must refuse"
                progress.update(task, description=text)

            found = drill_production.fewest(economy, turns=turns, told=told)
            progress.update(task, description="what each refusal alone costs")
            losses = drill_production.losses(economy)
    except (drill_production.Unsettled, NotSolved) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    if as_json:
        facts = {
            "workplaces": list(found.workplaces), "worth_short": found.worth_short, "worth_anyway": found.worth_anyway,
            "plans": [sorted(plan) for plan in found.plans], "losses": [asdict(loss) for loss in losses],
            "limits": LIMITS,
        }  # fmt: skip
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    if found.workplaces:
        typer.echo(
            f"As few as {len(found.workplaces)} of {len(losses)} workplaces, refusing, leave essential needs short by "
            f"{found.worth_short - found.worth_anyway:.6g} in worth: {', '.join(found.workplaces)}."
        )
        many = len(found.plans)
        proof = (
            "" if many == 1 else f": no smaller set has a workplace in each of {many} plans that do without the rest"
        )
        typer.echo(f"No fewer do{proof}.")
    else:
        typer.echo("Nobody's refusal leaves essential needs shorter than they are.")
    typer.echo("\nWorth unmet over all tiers and closing stocks if one alone refuses, and by council in one such plan:")
    for loss in losses:
        typer.echo(f"  {loss.workplace}: {loss.worth:.6g}{_by_council(loss)}")
    typer.echo(f"\n{LIMITS}")


def _by_council(loss: drill_production.Loss) -> str:
    moved = sorted(loss.councils.items(), key=lambda one: (-one[1], one[0]))
    return " (" + ", ".join(f"{council} {worth:+.6g}" for council, worth in moved) + ")" if moved else ""
