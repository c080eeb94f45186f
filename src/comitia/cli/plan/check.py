"""``comitia plan check``: the certificate of a plan, without a solver."""

from time import perf_counter

import typer

from comitia.cli.plan import large, said
from comitia.cli.plan.options import AsJson, Folder, Home, PlanFolder
from comitia.plan import certificate, folder, listing
from comitia.plan.rows import decimal_text


def check(economy: Folder, plan: PlanFolder, as_json: AsJson = False, home: Home = None) -> None:
    """Check a plan and its certificate without solving it again. Exit 0 holds, 1 does not hold, 2 wrong use."""
    if large.is_large(economy) and large.is_large_plan(plan):
        large.check(economy, plan, as_json=as_json)
        return
    declared = said.economy(economy, as_json=as_json)
    start = perf_counter()
    try:
        checked = certificate.check(declared, folder.read_plan(plan))
    except folder.FolderFault as fault:
        said.wrong_use(str(fault))
    except listing.NotAPlan as fault:
        said.does_not_hold(fault.file, str(fault), as_json=as_json)
    except certificate.DoesNotHold as fault:
        said.does_not_hold(fault.what, str(fault), as_json=as_json)
    seconds = perf_counter() - start
    if as_json:
        levels = [said.level_of(level) for level in checked.levels]
        gap = decimal_text(checked.gap)
        answer = {"holds": True, "variant": checked.variant, "levels": levels, "gap": gap, "rows": checked.rows}
        said.print_json({**answer, "seconds": round(seconds, 4)})
        return
    said.print_levels(checked.variant, checked.levels, checked.gap)
    typer.echo(f"It holds: {checked.rows} rows exactly, every figure of the certificate recomputed, {seconds:.2f} s.")
