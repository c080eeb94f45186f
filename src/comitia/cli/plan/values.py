"""``comitia plan values``: hours embodied in one unit of every product."""

import typer
from rich.console import Console
from rich.table import Table

from comitia.cli.plan import said
from comitia.cli.plan.options import AsJson, Folder, Home
from comitia.plan import labour


def values(economy: Folder, as_json: AsJson = False, home: Home = None) -> None:
    """Print the labour value of every product: hours embodied in one unit, by the least labour over all techniques."""
    declared = said.economy(economy, as_json=as_json)
    found = labour.of_economy(declared)
    if as_json:
        said.print_json({"hours": found.hours, "not_made": list(found.not_made)})
        return
    table = Table("product", "unit", "hours a unit", box=None)
    for product, hours in found.hours.items():
        table.add_row(product, declared.products[product].unit, f"{hours:.6g}")
    Console().print(table)
    if found.not_made:
        typer.echo(f"No activity makes {', '.join(found.not_made)}; they count as given.")
