"""Arguments and options that several verbs of ``plan`` take."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="An economy folder: products.csv, activities.csv, flows.csv and so on.")]
PlanFolder = Annotated[Path, typer.Argument(help="A plan folder, as plan solve --out writes it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]
Home = Annotated[Path | None, typer.Option("--home", help="Not needed here; accepted as everywhere.")]
EconomyOut = Annotated[Path, typer.Option("--out", help="Where to write the economy folder.")]
