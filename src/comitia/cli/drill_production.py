"""``comitia drill production``: the fewest workplaces whose refusal leaves essential needs short."""

import json
from pathlib import Path
from typing import Annotated

import typer

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
    try:
        found = drill_production.fewest(economy, turns=turns)
        losses = drill_production.losses(economy)
    except (drill_production.Unsettled, NotSolved) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    if as_json:
        facts = {
            "workplaces": list(found.workplaces), "worth_short": found.worth_short, "worth_anyway": found.worth_anyway,
            "plans": found.plans, "losses": losses, "limits": LIMITS,
        }  # fmt: skip
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    if found.workplaces:
        typer.echo(
            f"As few as {len(found.workplaces)} of {len(losses)} workplaces, refusing, leave essential needs short by "
            f"{found.worth_short - found.worth_anyway:.6g} in worth: {', '.join(found.workplaces)}."
        )
        typer.echo(f"No fewer do: no smaller set is in every one of {found.plans} plans that meet them.")
    else:
        typer.echo("Nobody's refusal leaves essential needs shorter than they are.")
    typer.echo("\nWorth unmet over all tiers if one alone refuses:")
    for name, loss in sorted(losses.items(), key=lambda one: -one[1]):
        typer.echo(f"  {name}: {loss:.6g}")
    typer.echo(f"\n{LIMITS}")
