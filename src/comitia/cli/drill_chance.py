"""``comitia drill chance``: how often a matter is carried, or a body held or taken back, when much is left to chance.

The draws come from a seed that anybody may be told; with ``--dask`` they are made by the workers of a cluster, and the
answer is the same to the last byte.
"""

import json
from importlib import import_module
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from comitia.charter.structure import Charter
from comitia.cli import charter as charter_door, drill_charter
from comitia.cli.drill_charter import AsJson, CharterFile, Groups, Members
from comitia.drill import calendars, drift, montecarlo, terms, turnout
from comitia.drill.bodies import Federation
from comitia.drill.capture import NoBody
from comitia.drill.cells import Cells
from comitia.drill.montecarlo import Estimate, Question, WrongQuestion

LIMITS = (
    "Opinions, turnout and appointments are drawn by chance, each for itself: it says what the rules do to chance, not "
    "what will happen, and accuses nobody. Informal power is invisible to it."
)


def chance(
    charter: CharterFile,
    matter: Annotated[str, typer.Option(help="How often this matter is carried.")] = "",
    body: Annotated[str, typer.Option(help="How long this body can be taken back, or when it is held.")] = "",
    support: Annotated[
        float | None, typer.Option(help="Chance that a member is for it; of a body, that an assembly is won.")
    ] = None,
    coming: Annotated[float, typer.Option("--turnout", help="Chance that a member comes to an assembly.")] = 1.0,
    spread: Annotated[float, typer.Option(help="Standard deviation of the support among groups.")] = 0.0,
    appointed: Annotated[
        float | None, typer.Option(help="Chance at each renewal that a post is filled from above from then on.")
    ] = None,
    half_years: Annotated[int, typer.Option(help="How far to look ahead.")] = 8,
    seed: Annotated[str, typer.Option(help="The public seed, any text.")] = "",
    draws: Annotated[int, typer.Option(help="How many draws.")] = 10_000,
    dask: Annotated[str, typer.Option(help="Address of a Dask scheduler, tcp://HOST:PORT.")] = "",
    members: Members = None,
    groups: Groups = None,
    as_json: AsJson = False,
) -> None:
    """Draw lots, from a public seed. Exit 0 drawn, 1 no such body among these members, 2 wrong use.

    MATTER with SUPPORT: how often it is carried. BODY with SUPPORT: how often a current holds it after each half-year.
    BODY with APPOINTED: how often the base can still take it back.
    """
    rules = charter_door.read(charter)
    try:
        if not seed:
            raise WrongQuestion("no --seed", "a text that everybody may know, such as --seed 2026-11")
        federation = drill_charter.read_cells(rules, members, groups)
        if matter:
            question = _matter(rules, federation, matter, support, (coming, spread))
        else:
            question = _body(rules, federation, body, (support, appointed), half_years)
        found = _drawn(question, draws, seed, dask)
    except NoBody as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    except (WrongQuestion, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from fault
    asked = {"charter": rules.name, "matter": matter, "body": body, "seed": seed, "draws": draws}
    if as_json:
        facts = {**asked, "estimates": [_facts(one) for one in found], "limits": LIMITS}
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    typer.echo(f"{rules.name}: {matter or body}, {draws} draws from the seed “{seed}”\n")
    width = max(len(one.name) for one in found)
    for one in found:
        low, high = one.interval
        typer.echo(f"  {one.name:<{width}}  {100 * one.share:6.2f} %   ({100 * low:.2f} to {100 * high:.2f} %, 95 %)")
    typer.echo(f"\n{LIMITS}")


def _matter(rules: Charter, cells: Cells, matter: str, support: float | None, chances: tuple[float, float]) -> Question:
    if matter not in rules.matters:
        raise WrongQuestion(f"the matter “{matter}”", ", ".join(rules.matters))
    if support is None:
        raise WrongQuestion("--matter without --support", "how likely a member is for it, such as --support 0.5")
    coming, spread = chances
    return turnout.of(Federation(rules, cells), rules.matters[matter], support=support, coming=coming, spread=spread)


def _body(
    rules: Charter, cells: Cells, body: str, chances: tuple[float | None, float | None], half_years: int
) -> Question:
    won, appointed = chances
    if not body or (won is None) == (appointed is None):
        raise WrongQuestion(
            "neither a matter nor a body with one chance",
            "--matter M --support S, --body B --support S, or --body B --appointed A",
        )
    calendar = calendars.of(Federation(rules, cells))
    if appointed is not None:
        return drift.of(calendar, body, appointed=appointed, half_years=half_years)
    assert won is not None
    return terms.of(calendar, body, won=won, half_years=half_years)


def _drawn(question: Question, draws: int, seed: str, dask: str) -> tuple[Estimate, ...]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("draws", total=draws)

        def told(done: int, whole: int) -> None:
            progress.update(task, completed=done, description=f"{done} of {whole} draws")

        if not dask:
            return montecarlo.estimates(question, draws=draws, seed=seed, told=told)
        # Loaded by name: nobody else waits for it.
        with import_module("comitia.cli.cluster").workers(dask) as workers:
            return montecarlo.estimates(question, draws=draws, seed=seed, workers=workers, told=told)


def _facts(one: Estimate) -> dict[str, Any]:
    return {"name": one.name, "count": one.count, "share": one.share, "wilson": list(one.interval)}
