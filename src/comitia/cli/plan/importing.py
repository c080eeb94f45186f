"""``comitia plan import``: a table of other origin becomes an economy folder, with every assumption said."""

from typing import Annotated

import typer

from comitia.cli.plan import said, wiod
from comitia.cli.plan.options import AsJson, EconomyOut, Home
from comitia.cli.plan.wiod import Iot, More, Sea, Year
from comitia.plan import folder

app = typer.Typer(help="Turn a table of other origin into an economy folder.", no_args_is_help=True)


@app.callback()
def importing() -> None:
    """Turn a table of other origin into an economy folder."""


@app.command("wiod")
def import_wiod(
    iot: Iot,
    sea: Sea,
    year: Year,
    out: EconomyOut,
    spare: Annotated[str, typer.Option("--spare", help="Capacity and hours: observed x (1 + SHARE).")] = "0",
    more: More = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Turn a national WIOD table with hours worked into an economy folder, and print every assumption."""
    share, factors = wiod.share(spare), wiod.factors(more)
    imported = wiod.economy_of(wiod.table((iot, sea), year, as_json=as_json), share, factors)
    said.written(lambda: folder.write_economy(imported.economy, out))
    if as_json:
        said.print_json({"out": str(out), "year": year, "spare": spare, "assumptions": list(imported.assumptions)})
        return
    for assumption in imported.assumptions:
        typer.echo(f"- {assumption}")
    typer.echo(f"Written to {out}. Solve it: comitia plan solve {out} --variant lightest --out PLAN")
