"""What ``plan solve`` and ``plan check`` do and say of economies that are handled as arrays (``folder.is_large``)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import typer

from comitia.cli.plan import large_plans, said
from comitia.plan import certificate, folder, listing
from comitia.plan.arrays.changes import Changed
from comitia.plan.rows import EconomyFault, decimal_text

T = TypeVar("T")


def is_large(economy: Path) -> bool:
    """Return whether an economy is handled as arrays, or say that there is none and leave."""
    try:
        return folder.is_large(economy)
    except folder.FolderFault as fault:
        said.wrong_use(str(fault))


def is_large_plan(plan: Path) -> bool:
    """Return whether a plan is one of a large economy: these have no allocation."""
    return not any((plan / f"allocation.{suffix}").exists() for suffix in ("csv", "parquet"))


def solve(economy: Path, out: Path, *, tolerance: float, old: Path | None, as_parquet: bool, as_json: bool) -> None:
    """Compute the plan of a large economy, write it, and say what came of it."""
    with said.bar(hidden=as_json) as bar:
        task = bar.add_task("reading", total=1.0)

        def show(phase: str, done: float, gap: float | None) -> None:
            bar.update(task, completed=done, description=phase if gap is None else f"{phase}, gap {gap:.1e}")

        done = _tried(
            lambda: large_plans.solve(economy, out, tolerance=tolerance, old=old, as_parquet=as_parquet, show=show),
            economy,
            as_json=as_json,
        )
    checked = done.checked
    if as_json:
        answer = {
            **said.answer_of_levels(checked.variant, checked.levels, checked.gap, done.economy),
            "short": list(done.largest),
            "short_in_all": done.short,
            "warnings": list(done.warnings),
            **({} if done.changed is None else {"changed": [_change(c) for c in done.changed]}),
            "out": str(out),
            "seconds": {k: round(v, 4) for k, v in done.seconds.items()},
        }
        said.print_json(answer)
        return
    said.print_levels(checked.variant, checked.levels, checked.gap)
    for short in done.largest:
        amount = f"{short['quantity']} of {short['needed']} of {short['product']}"
        typer.echo(f"- {short['council']} goes short of {amount}.")
    more = done.short - len(done.largest)
    typer.echo(f"- and {more} more needs are short." if more > 0 else "" if done.short else "Nothing falls short.")
    if done.changed is not None:
        _print_changed(done.changed)
    for warning in done.warnings:
        typer.echo(f"Note: {warning}.")
    if float(checked.gap) > tolerance:
        typer.echo(
            f"The gap is above the tolerance of {tolerance:g}: the method came to rest there, or rounding cost it."
        )
    spent = ", ".join(f"{phase} {seconds:.1f} s" for phase, seconds in done.seconds.items())
    typer.echo(f"Written to {out} ({spent}). Check it: comitia plan check {economy} {out}")


def _change(of: Changed) -> dict[str, object]:
    return {"workplace": of.workplace, "hours": round(of.hours, 6), "share": round(of.share, 6)}


def _print_changed(changed: Sequence[Changed]) -> None:
    share = f"{large_plans.CHANGED_SHARE:.0%} of their hours"
    typer.echo(f"Orders change by more than {share} at {len(changed)} workplaces{':' if changed else '.'}")
    for one in changed[: large_plans.LISTED]:
        typer.echo(f"- {one.workplace}: {one.hours:,.1f} hours, {one.share:.1%} of what it works")
    if len(changed) > large_plans.LISTED:
        typer.echo(f"- and {len(changed) - large_plans.LISTED} more; --json names all of them.")


def check(economy: Path, plan: Path, *, as_json: bool) -> None:
    """Check the plan of a large economy and say what holds."""
    checked, seconds = _tried(lambda: large_plans.check(economy, plan), economy, as_json=as_json)
    if as_json:
        levels, gap = [said.level_of(level) for level in checked.levels], decimal_text(checked.gap)
        answer = {"holds": True, "variant": checked.variant, "levels": levels, "gap": gap, "rows": checked.rows}
        said.print_json({**answer, "seconds": {k: round(v, 4) for k, v in seconds.items()}})
        return
    said.print_levels(checked.variant, checked.levels, checked.gap)
    spent = f"{seconds['check']:.2f} s after reading the economy in {seconds['read']:.2f} s"
    typer.echo(f"It holds: {checked.rows} rows exactly, every figure of the certificate recomputed, {spent}.")


def _tried(work: Callable[[], T], economy: Path, *, as_json: bool) -> T:
    try:
        return work()
    except folder.FolderFault as fault:
        said.wrong_use(str(fault))
    except EconomyFault as fault:
        said.does_not_hold(f"{fault.file}, line {fault.line}", f"{economy}/{fault}", as_json=as_json)
    except listing.NotAPlan as fault:
        said.does_not_hold(fault.file, str(fault), as_json=as_json)
    except certificate.DoesNotHold as fault:
        said.does_not_hold(fault.what, str(fault), as_json=as_json)
