"""``comitia plan solve`` and ``check`` for economies that are handled as arrays (``folder.is_large``)."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from comitia.plan import folder
from comitia.plan.arrays import changes, judging, model as models, writing
from comitia.plan.arrays.certificate import Prices
from comitia.plan.arrays.changes import Changed
from comitia.plan.arrays.figures import Figures
from comitia.plan.arrays.model import Declared, Model
from comitia.plan.certificate import Checked
from comitia.plan.listing import NotAPlan
from comitia.plan.rows import decimal_text

Show = Callable[[str, float, float | None], None]
LISTED = 20
# Orders that change by less of a workplace's hours are last digits of the method.
CHANGED_SHARE = 0.01


@dataclass(frozen=True)
class Done:
    """What came of a plan: what holds of it, how many needs are short and the largest of them, seconds by phase.

    ``changed``: the workplaces whose orders are other than in the plan it began from; None where it began from none.
    """

    checked: Checked
    short: int
    largest: tuple[dict[str, object], ...]
    seconds: dict[str, float]
    warnings: tuple[str, ...]
    economy: str
    changed: tuple[Changed, ...] | None


def solve(economy: Path, out: Path, *, tolerance: float, old: Path | None, as_parquet: bool, show: Show) -> Done:
    """Read, plan, write, and read again what was written to check it; with an old plan folder, go on from that.

    Raises:
        FolderFault, EconomyFault: the economy or the old plan cannot be read, or the plan not written; or the old plan
            is none of this economy's products, activities and rows.
        DoesNotHold: what was written does not hold.
    """
    marks = [perf_counter()]
    show("reading", 0.0, None)
    declared = folder.read_declared(economy)
    before = None if old is None else _before(declared, old)
    marks.append(perf_counter())
    # By name, so that checking loads no solver.
    planning: Any = import_module("comitia.plan.arrays.planning")
    planned = planning.plan(declared, tolerance=tolerance, old=before, progress=show)
    marks.append(perf_counter())
    show("writing", 1.0, float(planned.certificate.gap))
    found = writing.tables(declared, planned.model, planned.values, planned.prices)
    folder.write_columns(found, out, as_parquet=as_parquet)
    folder.write_certificate(planned.certificate, out)
    marks.append(perf_counter())
    checked = _judged(declared, planned.model, out)
    marks.append(perf_counter())
    names = ("read", "solve", "write", "check")
    seconds = {name: marks[k + 1] - marks[k] for k, name in enumerate(names)}
    folder.write_certificate(planned.certificate, out, seconds=seconds)
    short, largest = _short(declared, planned.model, planned.values)
    runs = planned.model.part("runs")
    changed = (
        None
        if before is None
        else changes.workplaces(declared, before[0][runs], planned.values[runs], share=CHANGED_SHARE)
    )
    return Done(checked, short, largest, seconds, declared.warnings, declared.hash, changed)


def check(economy: Path, plan: Path) -> tuple[Checked, dict[str, float]]:
    """Return what holds of a plan folder, and the seconds that reading and checking took.

    Raises:
        FolderFault, EconomyFault, NotAPlan: a folder that cannot be read.
        DoesNotHold: what does not hold.
    """
    start = perf_counter()
    declared = folder.read_declared(economy)
    model = models.build(declared)
    read = perf_counter()
    checked = _judged(declared, model, plan)
    return checked, {"read": read - start, "check": perf_counter() - read}


def _before(declared: Declared, plan: Path) -> tuple[Figures, Prices]:
    files, _ = folder.read_columns(plan)
    try:
        return writing.read(declared, models.build(declared), files)
    except NotAPlan as fault:
        reason = f"{fault}; --from wants a plan of the same products, activities and rows, other figures apart"
        raise folder.FolderFault(plan, reason) from None


def _judged(declared: Declared, model: Model, plan: Path) -> Checked:
    files, said = folder.read_columns(plan)
    return judging.check(declared, model, writing.read(declared, model, files), said)


def _short(of: Declared, model: Model, values: Figures) -> tuple[int, tuple[dict[str, object], ...]]:
    """Return how many needs are short, and those of which the largest part is."""
    unmet = values[model.part("unmet")]
    at = np.flatnonzero(unmet.whole)
    share = unmet[at].floats() / of.needs.quantity[at].floats()
    found = []
    for k in at[np.lexsort((at, -share))[:LISTED]].tolist():
        found.append(
            {
                "council": str(of.ids["councils"][k]),
                "product": str(of.ids["products"][int(of.needs.product[k])]),
                "tier": int(of.needs.tier[k]),
                "quantity": decimal_text(unmet.exact(k)),
                "needed": decimal_text(of.needs.quantity.exact(k)),
            }
        )
    return len(at), tuple(found)
