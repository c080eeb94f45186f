"""What ``plan import wiod`` and ``plan study wiod`` share: their options, and the table that these name."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from comitia.cli.plan import said
from comitia.plan.rows import FIGURE
from comitia.plan.tables import inputoutput, wiod
from comitia.plan.tables.inputoutput import Imported, Table

Iot = Annotated[Path, typer.Argument(help="The input-output table, CSV, may be gzipped.")]
Sea = Annotated[Path, typer.Argument(help="The socio-economic accounts with hours worked, CSV, may be gzipped.")]
More = Annotated[list[str] | None, typer.Option("--more", help="CODE=FACTOR: multiply the needs of a product, Q=1.2.")]
Year = Annotated[int, typer.Option("--year", help="The year to take, 2000 to 2014.")]


def table(files: tuple[Path, Path], year: int, *, as_json: bool) -> Table:
    """Return the table of a year, or say what is wrong with the files and leave."""
    try:
        return wiod.read(*files, year=year)
    except wiod.NotWiod as fault:
        if not fault.path.is_file():
            said.wrong_use(str(fault))
        said.does_not_hold(str(fault.path), str(fault), as_json=as_json)


def economy_of(of: Table, share: Fraction, factors: Mapping[str, Fraction]) -> Imported:
    """Return the economy of a table, or say which product it does not have and leave."""
    try:
        return inputoutput.economy_of(of, spare=share, more=factors)
    except inputoutput.UnknownProduct as fault:
        said.wrong_use(str(fault))


def share(text: str) -> Fraction:
    """Return what ``--spare`` says."""
    if not FIGURE.fullmatch(text) or Fraction(text) < 0:
        said.wrong_use(f"--spare {text} will not do; give a share of 0 or more, like 0.05")
    return Fraction(text)


def factors(given: Sequence[str] | None) -> dict[str, Fraction]:
    """Return what the ``--more`` options say, by product."""
    found: dict[str, Fraction] = {}
    for one in given or ():
        code, _, factor = one.partition("=")
        if not code or not FIGURE.fullmatch(factor) or Fraction(factor) < 0:
            said.wrong_use(f"--more {one} will not do; give CODE=FACTOR, like Q=1.2")
        found[code] = Fraction(factor)
    return found
