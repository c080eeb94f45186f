"""``comitia plan import``: what workplaces and offices have becomes an economy folder, with every guess said."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from comitia.cli.plan import said, wiod
from comitia.cli.plan.options import AsJson, EconomyOut, Home
from comitia.cli.plan.wiod import More
from comitia.plan import findings, folder, units
from comitia.plan.economy import Economy
from comitia.plan.labour import NotProductive
from comitia.plan.rows import FIGURE, EconomyFault
from comitia.plan.tables import cockshott, inputoutput, recognition, workplaces
from comitia.plan.tables.cells import NotATable
from comitia.plan.tables.cockshott import NotCockshott
from comitia.plan.tables.draft import Guess
from comitia.plan.tables.sheets import NotASheet
from comitia.plan.tables.wiod import NotWiod
from comitia.plan.tables.workplaces import Told
from comitia.plan.units import Unit

REPORT = "import-report.md"
NOR = "nor is it an export of Odoo or ERPNext, a workbook of plan template, ValueFlows or demplan"
Files = Annotated[
    list[Path],
    typer.Argument(
        help="Exports of Odoo or ERPNext (CSV, xlsx), workbooks of plan template, ValueFlows JSON-LD, demplan .npz; or "
        "a table: ONS, Eurostat manual, WIOD with accounts, BEA use and make, Cockshott's four CSV files."
    ),
]
Workplace = Annotated[str, typer.Option("--workplace", help="Whose recipes these are, where no file says it.")]
Weeks = Annotated[int, typer.Option("--weeks", min=0, help="Weeks of the season: work centres' hours times these.")]
UnitSaid = Annotated[list[str] | None, typer.Option("--unit", help="WORD=AMOUNT UNIT: what a unit is, Box=6 pieces.")]
Year = Annotated[int | None, typer.Option("--year", help="Which year, where a table holds several.")]
Spare = Annotated[str, typer.Option("--spare", help="Of a table: capacity and labour are the observed x (1 + SHARE).")]


def import_(
    files: Files,
    out: EconomyOut,
    workplace: Workplace = "",
    weeks: Weeks = 0,
    unit: UnitSaid = None,
    year: Year = None,
    spare: Spare = "0",
    more: More = None,
    as_parquet: Annotated[bool, typer.Option("--parquet", help="Write Parquet instead of CSV.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Turn files of other origin into an economy folder; what they are is seen by what stands in them.

    Everything that was assumed is printed, and written into the folder as import-report.md.
    """
    told = Told(workplace, weeks, _units(unit))
    share, factors = wiod.share(spare), wiod.factors(more)
    taken: Sequence[str] = ()
    guesses: Sequence[Guess] = ()
    try:
        if (plans := cockshott.folder_of(files)) is not None:
            years = cockshott.read(plans)
            economy, lines = cockshott.economy_of(years), list(cockshott.assumptions(years))
            taken = (f"{plans}: the four tables of a plan over several years, as P. Cockshott's program reads them",)
        elif any(workplaces.is_known(path) for path in files):
            draft = workplaces.read(files, told)
            economy, taken, guesses = draft.economy, draft.taken, draft.guesses
            lines = [f"{g.sentence}" for g in guesses]
        else:
            table = recognition.input_output(files, year=year)
            imported = inputoutput.economy_of(table, spare=share, more=factors)
            economy, lines = imported.economy, list(imported.assumptions)
            taken = (f"{', '.join(path.name for path in files)}: {table.source}",)
    except (NotASheet, NotATable, NotCockshott, NotWiod) as fault:
        if fault.path.is_dir():
            said.wrong_use(f"{fault.path} is a folder, and not one of Cockshott's; name the files in it")
        if not fault.path.is_file():
            said.wrong_use(f"{fault.path}: there is no such file")
        nor = "" if isinstance(fault, NotASheet) else f"; {NOR}"
        said.does_not_hold(str(fault.path), f"{fault}{nor}", as_json=as_json)
    except (EconomyFault, NotProductive) as fault:
        said.does_not_hold("economy", str(fault), as_json=as_json)
    except inputoutput.UnknownProduct as fault:
        said.wrong_use(str(fault))
    said.written(lambda: folder.write_economy(economy, out, as_parquet=as_parquet))
    said.written(lambda: folder.write_text(out / REPORT, _report(economy, taken, lines)))
    if as_json:
        places = [{"file": g.file, "row": g.row, "assumed": g.assumed, "change": g.change} for g in guesses]
        said.print_json({"out": str(out), "taken": list(taken), "assumptions": lines, "guesses": places})
        return
    for line in (*taken, *(f"- {line}" for line in lines)):
        typer.echo(line)
    typer.echo(f"Written to {out}, with these lines in {REPORT}. Solve it: comitia plan solve {out} --out PLAN")


def _units(given: Sequence[str] | None) -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}
    for one in given or ():
        word, _, amount = one.partition("=")
        number, _, unit = amount.strip().partition(" ")
        if not word.strip() or not FIGURE.fullmatch(number) or Fraction(number) <= 0 or not unit.strip():
            said.wrong_use(f"--unit {one!r} will not do; give WORD=AMOUNT UNIT, like 'Box=6 pieces'")
        base = units.parse(unit, found)
        found[" ".join(word.split()).casefold()] = Unit(base.base, base.factor * Fraction(number))
    return found


def _report(economy: Economy, taken: Sequence[str], lines: Sequence[str]) -> str:
    """Return the report as Markdown: what the files were taken for, what was assumed, what is odd."""
    parts = ["# Import report", "", "## What the files were taken for", "", *(f"- {one}" for one in taken)]
    parts += ["", "## What was assumed", "", *(f"- {line}" for line in lines or ("Nothing.",))]
    odd = [*(f"{warning}." for warning in economy.warnings), *(one.sentence for one in findings.find(economy))]
    parts += ["", "## What is odd", "", *(f"- {line}" for line in odd or ("Nothing.",))]
    return "\n".join(parts) + "\n"
