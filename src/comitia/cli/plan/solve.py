"""``comitia plan solve``: compute a plan, round it, certify it, write it."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from comitia.cli.plan import large, said
from comitia.cli.plan.options import AsJson, Folder, Home
from comitia.plan import certificate, findings, folder, pegging, solve as solving, variants
from comitia.plan.arrays import judging
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage

# Shortages in the short list; the JSON has all of them.
LISTED = 20


def solve(
    economy: Folder,
    out: Annotated[Path, typer.Option("--out", help="Where to write the plan folder.")],
    variant: Annotated[str, typer.Option(help=" or ".join(variants.VARIANTS))] = "lightest",
    tolerance: Annotated[float, typer.Option(help="Relative gap that is good enough.")] = 1e-6,
    old: Annotated[
        Path | None, typer.Option("--from", help="A plan made before some figures changed, to go on from (large ones).")
    ] = None,
    as_parquet: Annotated[bool, typer.Option("--parquet", help="Write Parquet instead of CSV.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Compute a plan, round it so that every row holds exactly, certify it, write it. Exit 0, or 1 if it cannot be."""
    try:
        variants.check(variant)
    except variants.UnknownVariant as fault:
        said.wrong_use(str(fault))
    if not tolerance > 0:
        said.wrong_use(f"a tolerance of {tolerance} will not do; give a share above 0, like 1e-4")
    if variant == judging.VARIANT and large.is_large(economy):
        large.solve(economy, out, tolerance=tolerance, old=old, as_parquet=as_parquet, as_json=as_json)
        return
    if old is not None:
        said.wrong_use(
            "--from is for variant lightest of large economies; this one is planned anew at once, and "
            "comitia plan compare says whose orders change"
        )
    start = perf_counter()
    declared = said.economy(economy, as_json=as_json)
    notes = _odd(declared, economy, as_json=as_json)
    read = perf_counter()
    with said.bar(hidden=as_json) as bar:
        task = bar.add_task("reading", total=1.0)

        def show(phase: str, done: float, gap: float | None) -> None:
            bar.update(task, completed=done, description=phase if gap is None else f"{phase}, gap {gap:.1e}")

        plan = solving.solve(declared, variant, tolerance=tolerance, progress=show)
    solved = perf_counter()
    checked = certificate.check(declared, plan)
    seconds = {"read": read - start, "solve": solved - read, "check": perf_counter() - solved}
    said.written(lambda: folder.write_plan(plan, out, seconds=seconds, as_parquet=as_parquet))
    short = pegging.explain(declared, plan)
    answer = {
        **said.answer_of(plan),
        "short": [said.short_of(s) for s in short],
        "warnings": [*declared.warnings, *notes],
    }
    if as_json:
        said.print_json({**answer, "out": str(out), "seconds": {k: round(v, 4) for k, v in seconds.items()}})
        return
    said.print_levels(variant, checked.levels, checked.gap)
    _print_short(short)
    for note in (*(f"{warning}." for warning in declared.warnings), *notes):
        typer.echo(f"Note: {note}")
    if float(checked.gap) > tolerance:
        typer.echo(f"The gap is above the tolerance of {tolerance:g}: rounding to the declared decimals costs it.")
    typer.echo(f"Written to {out} in {sum(seconds.values()):.1f} s. Check it: comitia plan check {economy} {out}")


def _odd(declared: Economy, path: Path, *, as_json: bool) -> list[str]:
    """Return what is odd, each with its line; leave where a figure is so absurd that no plan can be made."""
    found = findings.find(declared)
    places = folder.places(path) if found else {}
    lines = []
    for one in found:
        whose = f" It is a number of {one.body}." if one.body else ""
        where = places.get((one.file, one.key), f"{one.file}{', ' + '|'.join(one.key) if one.key else ''}")
        lines.append(f"{where}: {one.reason}.{whose}")
        if one.is_absurd:
            said.does_not_hold(where, f"{path}/{lines[-1]}", as_json=as_json)
    return lines


def _print_short(short: Sequence[Shortage]) -> None:
    for shortage in short[:LISTED]:
        typer.echo(f"- {shortage.sentence}")
    if len(short) > LISTED:
        typer.echo(f"- and {len(short) - LISTED} more; plan explain prints all of them.")
    if not short:
        typer.echo("Nothing falls short.")
