"""``comitia plan values``: labour values, multipliers, linkages, prices of production."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import said
from comitia.cli.plan.options import AsJson, Home
from comitia.plan import labour, table, values as of_values
from comitia.plan.economy import Economy
from comitia.plan.labour import NotProductive
from comitia.plan.table import NotSquare, Square
from comitia.plan.tables import inputoutput, recognition
from comitia.plan.tables.cells import NotATable
from comitia.plan.tables.wiod import NotWiod
from comitia.plan.values import Values

Given = Annotated[
    list[Path],
    typer.Argument(help="An economy folder, or a table: ONS, Eurostat manual, WIOD with accounts, BEA use and make."),
]
OfYear = Annotated[int | None, typer.Option("--year", help="Which year, where a table holds several.")]


def values(given: Given, year: OfYear = None, as_json: AsJson = False, home: Home = None) -> None:
    """Print labour values, multipliers, linkages, and prices of production at one rate of profit.

    Of an economy folder with several techniques for a product, labour values alone: the least labour over all of them.
    """
    try:
        if len(given) == 1 and given[0].is_dir():
            declared = said.economy(given[0], as_json=as_json)
            try:
                found = of_values.of_square(table.of_economy(declared))
            except NotSquare as fault:
                _least_labour(declared, str(fault), as_json=as_json)
                return
            not_made = [p for p in declared.products if p not in found.square.products]
        else:
            found, not_made = of_values.of_square(_square(given, year, as_json=as_json)), []
    except NotProductive as fault:
        said.does_not_hold(", ".join(fault.products), str(fault), as_json=as_json)
    if as_json:
        said.print_json(_json(found, not_made))
        return
    _print(found)
    if not_made:
        typer.echo(f"No activity makes {', '.join(not_made)}; they count as given.")


def _square(given: Sequence[Path], year: int | None, *, as_json: bool) -> Square:
    try:
        return inputoutput.square(recognition.input_output(given, year=year))
    except (NotATable, NotWiod) as fault:
        if not fault.path.exists():
            said.wrong_use(f"{fault.path}: there is no such file or folder")
        said.does_not_hold(str(fault.path), str(fault), as_json=as_json)


def _least_labour(declared: Economy, why: str, *, as_json: bool) -> None:
    found = labour.of_economy(declared)
    if as_json:
        said.print_json({"hours": found.hours, "not_made": list(found.not_made), "square": False, "why": why})
        return
    shown = Table("product", "unit", "hours a unit", box=None)
    for product, hours in found.hours.items():
        shown.add_row(*map(Text, (product, declared.products[product].unit, f"{hours:.6g}")))
    said.print_table(shown)
    if found.not_made:
        typer.echo(f"No activity makes {', '.join(found.not_made)}; they count as given.")
    typer.echo(f"Labour values alone, by the least labour over all techniques: {why}.")


def _columns(found: Values) -> dict[str, labour.Vector]:
    """Return what there is to show, by the name it has in the JSON."""
    given = {
        "labour": found.labour,
        "output_multiplier": found.output,
        "value_added_effect": found.effect,
        "value_added_multiplier": found.multiplier,
        "backward_linkage": found.linkages.backward,
        "forward_linkage": found.linkages.forward,
        "sensitivity": found.linkages.sensitivity,
        "production_price": found.production.prices if found.production else None,
    }
    return {name: column for name, column in given.items() if column is not None}


def _json(found: Values, not_made: Sequence[str]) -> dict[str, object]:
    columns = _columns(found)
    products = [
        {"product": p, **{n: (float(c[i]) if np.isfinite(c[i]) else None) for n, c in columns.items()}}
        for i, p in enumerate(found.square.products)
    ]
    hours = {} if found.labour is None else dict(zip(found.square.products, found.labour.tolist(), strict=True))
    rate = found.production.rate if found.production else None
    largest = found.largest_rate if np.isfinite(found.largest_rate) else None
    return {
        "square": True,
        "labour_unit": found.square.labour,
        "hours": hours,
        "not_made": list(not_made),
        "rate_of_profit": rate,
        "largest_rate_of_profit": largest,
        "products": products,
    }


# The columns that are printed; the JSON has all.
WIDEST = 28
HEADS = {
    "labour": "labour",
    "output_multiplier": "output x",
    "value_added_multiplier": "value added x",
    "backward_linkage": "backward",
    "forward_linkage": "forward",
    "production_price": "price",
}


def _print(found: Values) -> None:
    columns = {name: column for name, column in _columns(found).items() if name in HEADS}
    units = found.square.units
    alike = len(set(units)) == 1
    shown = Table("product", *(() if alike else ("unit",)), *(HEADS[name] for name in columns), box=None)
    for i, product in enumerate(found.square.products):
        figures = (f"{column[i]:.5g}" for column in columns.values())
        shown.add_row(*map(Text, (product[:WIDEST], *(() if alike else (units[i],)), *figures)))
    said.print_table(shown)
    if found.square.labour:
        each = f" in 1 {units[0].removesuffix('s')}" if alike else " in one unit"
        typer.echo(f"Labour is {found.square.labour}{each}, direct and in all that is used up; x are multipliers.")
    if np.isfinite(found.largest_rate):
        typer.echo(f"The largest rate of profit, at a wage of 0, is {100 * found.largest_rate:.4f} %.")
    if found.production:
        typer.echo(
            f"At one rate of profit in every branch, with wages as observed, it is {100 * found.production.rate:.4f} %."
        )
