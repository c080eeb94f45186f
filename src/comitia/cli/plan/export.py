"""``comitia plan export`` and ``comitia plan template``: an economy in another form, and a workbook to fill."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.cli.plan import said
from comitia.cli.plan.options import AsJson, Folder, Home
from comitia.plan import folder
from comitia.plan.tables import demplan, template as templates, valueflows
from comitia.plan.tables.sheets import NotASheet

Workplace = Annotated[str, typer.Option("--workplace", help="Only what a workplace's committee fills in.")]


def export(
    economy: Folder,
    out: Annotated[Path, typer.Argument(help="A folder, or a file that ends in .xlsx, .jsonld or .npz (demplan).")],
    as_parquet: Annotated[bool, typer.Option("--parquet", help="A folder of Parquet instead of CSV.")] = False,
    workplace: Workplace = "",
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Write an economy as a folder of CSV or Parquet, a workbook, ValueFlows JSON-LD, or arrays for demplan."""
    declared = said.economy(economy, as_json=as_json)
    lost: tuple[str, ...] = ()
    if declared.periods and out.suffix in (".jsonld", ".json", ".npz"):
        said.wrong_use(f"{out}: plans of several periods have no place there; export a folder or .xlsx")
    try:
        match out.suffix:
            case ".xlsx":
                templates.write(out, declared, workplace=workplace)
            case ".jsonld" | ".json":
                text, lost = valueflows.format_economy(declared)
                said.written(lambda: folder.write_text(out, text))
            case ".npz":
                demplan.write(declared, out)
            case "":
                said.written(lambda: folder.write_economy(declared, out, as_parquet=as_parquet))
            case other:
                said.wrong_use(f"{out}: {other} is no form of an economy; give a folder, .xlsx, .jsonld or .npz")
    except NotASheet as fault:
        said.wrong_use(str(fault))
    if as_json:
        said.print_json({"out": str(out), "lost": list(lost)})
        return
    for line in lost:
        typer.echo(f"- {line}")
    typer.echo(f"Written to {out}.")


def template(
    out: Annotated[Path, typer.Argument(help="The workbook to write; ends in .xlsx.")],
    workplace: Workplace = "",
    economy: Annotated[Path | None, typer.Option("--from", help="An economy folder whose rows stand in it.")] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Write a workbook that a committee can fill: a sheet per table, lists to choose from, explanations."""
    if out.suffix != ".xlsx":
        said.wrong_use(f"{out}: a workbook ends in .xlsx")
    declared = said.economy(economy, as_json=as_json) if economy else None
    if declared and workplace and all(a.workplace != workplace for a in declared.activities.values()):
        known = ", ".join(sorted({a.workplace for a in declared.activities.values()}))
        said.wrong_use(f"{economy} has no workplace {workplace!r}; it has {known}")
    try:
        templates.write(out, declared, workplace=workplace)
    except NotASheet as fault:
        said.wrong_use(str(fault))
    if as_json:
        said.print_json({"out": str(out)})
        return
    typer.echo(f"Written to {out}. When it is filled: comitia plan import {out} --out FOLDER")
