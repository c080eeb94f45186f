"""``comitia plan rounds`` on a published experiment of Hahnel's procedure: imbalances, round by round."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import said
from comitia.plan import folder, hahnel
from comitia.plan.hahnel import NoAnswer, Round
from comitia.plan.pictures import letters, of_plan, page
from comitia.plan.tables import pequod
from comitia.plan.tables.cells import NotATable

# The imbalances at which the published counts are given.
THRESHOLDS = (0.10, 0.05, 0.03)


def rounds(experiment: Path, svg: Path | None, *, most: int, as_json: bool) -> None:
    """Run the procedure on an experiment and say in which round every imbalance was below 10, 5 and 3 per cent."""
    start, found = perf_counter(), list[Round]()
    try:
        with said.bar(hidden=as_json) as bar:
            task = bar.add_task("reading the councils", total=most)
            councils = pequod.read(experiment)
            for one in hahnel.rounds(councils, most=most):
                found.append(one)
                worst = float(one.imbalance.max(initial=0.0))
                bar.update(task, completed=one.number, description=f"round {one.number}: imbalance {worst:.1%}")
    except (NotATable, NoAnswer) as fault:
        said.does_not_hold(str(experiment), str(fault), as_json=as_json)
    course = [(one.number, float(one.imbalance.mean()), float(one.imbalance.max(initial=0.0))) for one in found]
    if svg is not None:
        text = page.alone(of_plan.imbalances(course))
        said.written(lambda: folder.write_text(svg, text))
    counts = {f"{threshold:g}": hahnel.first_below(found, threshold) for threshold in THRESHOLDS}
    met = found[-1].imbalance.max(initial=0.0) <= THRESHOLDS[-1]
    if as_json:
        told = [{"round": n, "mean_imbalance": mean, "largest_imbalance": worst} for n, mean, worst in course]
        answer = {"mechanism": "hahnel", "met": bool(met), "below": counts, "rounds": told}
        said.print_json({**answer, "seconds": round(perf_counter() - start, 4)})
    else:
        _print(found, councils.goods, course)
        for threshold, number in counts.items():
            first = f"first in round {number}" if number else f"not within {most} rounds"
            typer.echo(f"Every imbalance below {float(threshold):.0%}: {first}.")
    if not met:
        raise typer.Exit(1)


def _print(found: Sequence[Round], goods: Sequence[str], course: Sequence[tuple[int, float, float]]) -> None:
    shown = Table("round", "mean imbalance", "largest", "of", "goods above 3 %", box=None)
    for one, (number, mean, worst) in zip(found, course, strict=True):
        of = goods[int(one.imbalance.argmax())]
        above = int((one.imbalance > THRESHOLDS[-1]).sum())
        shown.add_row(*map(Text, (str(number), f"{mean:.2%}", f"{worst:.2%}", of, str(above))))
    said.print_table(shown)
    for line in letters.rounds(course):
        typer.echo(line)
    typer.echo("* mean imbalance   o largest   @ both in one line; 2 |supply - demand| / (supply + demand)")
    typer.echo("Nobody combines the answers here: there is no plan before the imbalances are small, and no bound.")
