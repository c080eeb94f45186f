"""``comitia plan study``: what would fall short of a table's economy if more were needed."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

import typer

from comitia.cli.plan import said, wiod
from comitia.cli.plan.options import AsJson, Home
from comitia.cli.plan.wiod import Iot, More, Sea, Year
from comitia.plan import certificate, pegging, solve
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage
from comitia.plan.rows import decimal_text
from comitia.plan.tables import inputoutput

app = typer.Typer(help="Ask a table what would fall short.", no_args_is_help=True)


@app.callback()
def study() -> None:
    """Ask a table what would fall short."""


@app.command("wiod")
def study_wiod(
    iot: Iot,
    sea: Sea,
    year: Year,
    spare: Annotated[list[str] | None, typer.Option("--spare", help="A spare to try; may come several times.")] = None,
    more: More = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Answer "so much more of this": what falls short, what binds, how many hours, and the least spare that will do."""
    shares, factors = [wiod.share(text) for text in spare or ["0", "0.05", "0.1", "0.2"]], wiod.factors(more)
    table = wiod.table((iot, sea), year, as_json=as_json)
    wiod.economy_of(table, shares[0], factors)
    least, industry = inputoutput.least_spare(table, more=factors)
    shares.append(least)
    answers = []
    with said.bar(hidden=as_json) as bar:
        for share in bar.track(shares, description="spare after spare"):
            imported = wiod.economy_of(table, share, factors)
            plan = solve.solve(imported.economy, "lightest")
            certificate.check(imported.economy, plan)
            short = pegging.explain(imported.economy, plan)
            hours = sum((_hours(imported.economy, r.activity) * r.runs for r in plan.runs), Fraction(0))
            answers.append((share, plan, short, hours))
    if as_json:
        tried = [
            {
                "spare": decimal_text(s),
                "hours": decimal_text(h),
                **said.answer_of(p),
                "short": [said.short_of(x) for x in short],
            }
            for s, p, short, h in answers
        ]
        said.print_json({"least_spare": decimal_text(least), "industry": industry, "tried": tried})
        return
    for share, _, short, hours in answers:
        typer.echo(f"\nSpare {float(100 * share):g} %: {float(hours) / 1e6:,.0f} million hours in all.")
        _print_by_product(short)
    typer.echo(
        f"\nThe least spare at which nothing is short: {float(100 * least):.4f} % (in {industry}). "
        "Every plan above holds exactly and is certified."
    )


def _hours(economy: Economy, activity: str) -> Fraction:
    return sum((h for (a, _), h in economy.labour.items() if a == activity), Fraction(0))


def _print_by_product(short: Sequence[Shortage]) -> None:
    for product in dict.fromkeys(s.product for s in short):
        of = [s for s in short if s.product == product]
        quantity, needed = sum((s.quantity for s in of), Fraction(0)), sum((s.needed for s in of), Fraction(0))
        amount = f"{float(quantity):,.0f} of {float(needed):,.0f} {of[0].unit}"
        councils = ", ".join(dict.fromkeys(s.council for s in of))
        typer.echo(f"- {product}: {amount} are short, in the needs of {councils}.")
        for sentence in dict.fromkeys(b.sentence for s in of for b in s.bindings):
            typer.echo(f"    {sentence}")
    if not short:
        typer.echo("Nothing falls short.")
