"""``comitia plan explain``: what falls short, which limits bind, and whose numbers they are."""

import typer

from comitia.cli.plan import said
from comitia.cli.plan.options import AsJson, Folder, Home, PlanFolder
from comitia.plan import pegging


def explain(economy: Folder, plan: PlanFolder, as_json: AsJson = False, home: Home = None) -> None:
    """Say what falls short, which limits bind, whose numbers they are and what one more unit would bring."""
    declared, computed = said.checked(economy, plan, as_json=as_json)
    short = pegging.explain(declared, computed)
    if as_json:
        said.print_json({"variant": computed.variant, "short": [said.short_of(s) for s in short]})
        return
    for shortage in short:
        typer.echo(f"- {shortage.sentence}")
    typer.echo(f"{len(short)} shortages." if short else "Nothing falls short.")
