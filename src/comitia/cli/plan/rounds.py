"""``comitia plan rounds``: committees keep their techniques and answer prices; value and bound, round by round."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import councils, said
from comitia.cli.plan.options import AsJson, Home
from comitia.plan import certificate, folder, highs, labour, rounds as between
from comitia.plan.board import FacilitationBoard, OnePeriod
from comitia.plan.pictures import letters, of_plan, page
from comitia.plan.rounds import Round
from comitia.plan.rows import decimal_text
from comitia.plan.tables import pequod

Given = Annotated[
    Path, typer.Argument(help="An economy folder; or a published experiment of Hahnel's procedure (.clj, .clj.gz).")
]
MECHANISMS = ("proposals", "hahnel")
Mechanism = Annotated[
    str,
    typer.Option(
        help="proposals: prices follow from mixing what was proposed; hahnel: a board moves them against excess."
    ),
]
Most = Annotated[int, typer.Option("--most", help="Rounds after which to stop anyway.")]
Svg = Annotated[Path | None, typer.Option("--svg", help="Also write the picture of value and bound as SVG.")]
Out = Annotated[Path | None, typer.Option("--out", help="Also write the plan of the last round as a plan folder.")]


def rounds(
    economy: Given,
    mechanism: Mechanism = MECHANISMS[0],
    tolerance: Annotated[float, typer.Option(help="Relative gap at which to stop.")] = 1e-4,
    most: Most = 200,
    svg: Svg = None,
    out: Out = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Plan in rounds: the centre tells prices, each committee answers with what goes in and out, its recipes unseen.

    Every round shows the best plan so far, which is always feasible, and the bound above which no plan can go, both as
    hours and worth saved against standing still. Exit 0 if they have met, 1 if not. With --mechanism hahnel prices are
    moved as in Hahnel's procedure, for comparison. A published experiment of it is run until every imbalance is below
    3 %.
    """
    if not tolerance > 0 or most < 1:
        said.wrong_use("give a tolerance above 0, like 1e-4, and at least one round with --most")
    if economy.is_file() and pequod.is_pequod(economy):
        councils.rounds(economy, svg, most=most, as_json=as_json)
        return
    if mechanism not in MECHANISMS:
        said.wrong_use(f"--mechanism {mechanism}: choose {' or '.join(MECHANISMS)}")
    declared = said.economy(economy, as_json=as_json)
    start, found = perf_counter(), list[Round]()
    try:
        with said.bar(hidden=as_json) as bar:
            task = bar.add_task("dividing", total=most)
            board = FacilitationBoard if mechanism == "hahnel" else None
            for one in between.rounds(declared, tolerance=tolerance, most=most, board=board):
                found.append(one)
                bar.update(task, completed=one.number, description=_course(one))
    except between.Boundless as fault:
        said.does_not_hold(f"runs of {fault.activity}", str(fault), as_json=as_json)
    except (OnePeriod, labour.NotProductive) as fault:
        said.does_not_hold("first prices", str(fault), as_json=as_json)
    except highs.NotSolved as fault:
        said.does_not_hold("a round", f"round {len(found) + 1}: {fault}", as_json=as_json)
    last = found[-1]
    certificate.check(declared, last.plan)
    seconds = {"solve": perf_counter() - start}
    if out is not None:
        said.written(lambda: folder.write_plan(last.plan, out, seconds=seconds))
    if svg is not None:
        text = page.alone(of_plan.rounds(_floats(found)))
        said.written(lambda: folder.write_text(svg, text))
    if as_json:
        said.print_json({"mechanism": mechanism, **_json(found), "seconds": round(seconds["solve"], 4)})
    else:
        _print(found, tolerance)
        if out is not None:
            typer.echo(f"Written to {out}. Check it: comitia plan check {economy} {out}")
    if not last.ended:
        raise typer.Exit(1)


def _course(one: Round) -> str:
    figures = f"value {float(one.value):,.6g}, bound {float(one.bound):,.6g}, gap {float(one.gap):.1e}"
    return f"round {one.number}: {figures}"


def _floats(found: Sequence[Round]) -> list[tuple[int, float, float]]:
    return [(one.number, float(one.value), float(one.bound)) for one in found]


def _json(found: Sequence[Round]) -> dict[str, object]:
    course = [
        {
            "round": one.number,
            "value": decimal_text(one.value),
            "bound": decimal_text(one.bound),
            "gap": float(one.gap),
            "proposals": one.proposals,
            **({} if one.imbalance is None else {"imbalance": one.imbalance}),
        }
        for one in found
    ]
    return {"met": found[-1].ended, "rounds": course, **said.answer_of(found[-1].plan)}


def _print(found: Sequence[Round], tolerance: float) -> None:
    moved = found[-1].imbalance is not None
    heads = ("round", "best plan so far", "no plan above", "gap", "proposals")
    shown = Table(*heads, *(("largest imbalance",) if moved else ()), box=None)
    for one in found:
        figures = (f"{float(one.value):,.2f}", f"{float(one.bound):,.2f}", f"{float(one.gap):.2e}")
        cells = (str(one.number), *figures, str(one.proposals))
        shown.add_row(*map(Text, (*cells, *(() if one.imbalance is None else (f"{one.imbalance:.0%}",)))))
    said.print_table(shown)
    for line in letters.rounds(_floats(found)):
        typer.echo(line)
    typer.echo(
        "* best plan so far   o no plan above   @ both in one line; hours and worth saved against standing still"
    )
    last = found[-1]
    gap = float(last.gap)
    if gap <= tolerance:
        typer.echo(f"They have met within {gap:.2e}, in {last.number} rounds.")
    elif last.ended:
        typer.echo(
            f"After {last.number} rounds nobody can propose better: {gap:.2e} is what rounding to decimals costs."
        )
    else:
        typer.echo(f"They have not met after {last.number} rounds: the gap is {gap:.2e}. Give more rounds with --most.")
