"""``comitia plan compare``: two plans side by side."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import said
from comitia.cli.plan.options import AsJson, Folder, Home
from comitia.plan import comparison
from comitia.plan.comparison import Change
from comitia.plan.rows import decimal_text

# Rows of each table that are printed; the JSON has all.
LISTED = 20
One = Annotated[Path, typer.Argument(help="The plan folder to compare with.")]
Other = Annotated[Path, typer.Argument(help="The other plan folder.")]
Also = Annotated[Path | None, typer.Option("--other-economy", help="The other plan's economy, where it is another.")]


def compare(
    economy: Folder, one: One, other: Other, also: Also = None, as_json: AsJson = False, home: Home = None
) -> None:
    """Say who works more in the second plan, what becomes short in it, and whose orders change."""
    first = said.checked(economy, one, as_json=as_json)
    second = said.checked(also or economy, other, as_json=as_json)
    found = comparison.compare(first, second)
    tables = {"hours": found.hours, "unmet": found.unmet, "runs": found.runs, "trade": found.trade}
    if as_json:
        whole = _change(found.whole)
        answer = {name: [_change(c) for c in changes] for name, changes in tables.items()}
        words = list(comparison.sentences(found))
        said.print_json({"whole": whole, **answer, "workplaces": list(found.workplaces), "sentences": words})
        return
    for sentence in comparison.sentences(found):
        typer.echo(f"- {sentence}")
    for name, changes in tables.items():
        if changes:
            shown = Table(name, "before", "after", "change", box=None)
            for c in changes[:LISTED]:
                figures = (f"{float(x):,.6g}" for x in (c.before, c.after, c.more))
                shown.add_row(*map(Text, (" ".join(part for part in c.key if part), *figures)))
            said.print_table(shown)
            if len(changes) > LISTED:
                typer.echo(f"and {len(changes) - LISTED} more.")


def _change(of: Change) -> dict[str, object]:
    return {"key": list(of.key), "before": decimal_text(of.before), "after": decimal_text(of.after)}
