"""A bridge to and from economies of demplan (0.1), by its arrays in one ``.npz`` file; demplan itself is not imported.

The keys are the fields of ``demplan.Economy``, extras as ``commodity_extra/name`` and so on (the lines that make one
from the other stand in docs/how-to/tables-in-and-out.md). A demplan economy knows commodities, producing units with
fixed proportions, and consumers: hours, machines, limits and runs become commodities that are there from the start and
that nobody makes, which means the same.
"""

import io
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comitia.plan.economy import Economy
from comitia.plan.tables.draft import Drafting, text_of
from comitia.plan.tables.sheets import NotASheet, Sheet

Arrays = Mapping[str, NDArray[np.generic]]
REQUIRED = (
    "commodity_id", "endowment", "unit_id", "technology_kind", "input_offsets", "input_commodity", "input_coefficient",
    "output_offsets", "output_commodity", "output_coefficient", "consumer_id",
)  # fmt: skip
LEONTIEF = "leontief"
KIND, NAME = "commodity_extra/kind", "commodity_extra/name"
PRODUCT = "product"


def arrays(economy: Economy) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a demplan economy that means the same; needs stand in ``consumer_extra/need``.

    Outside trade and closing stocks have no place there; overtime counts as hours. An activity that makes nothing is
    left out: a producing unit of demplan makes something.
    """
    names: dict[tuple[str, str], float] = {(PRODUCT, p.id): float(p.stock) for p in economy.products.values()}
    for h in economy.hours.values():
        names["hours", "|".join((h.trade, h.workplace))] = float(h.hours + h.overtime)
    names |= {("machine", m.id): float(m.hours) for m in economy.machines.values()}
    names |= {("limit", g.id): float(g.quantity) for g in economy.limits.values()}
    uses = _uses(economy)
    makers = [a for a in economy.activities.values() if any(q > 0 for q in uses[a.id].values())]
    names |= {("runs", a.id): float(a.runs) for a in makers if a.runs is not None}
    place = {name: i for i, name in enumerate(names)}
    ins = [[(place[k], -float(q)) for k, q in uses[a.id].items() if q < 0 and k in place] for a in makers]
    outs = [[(place[k], float(q)) for k, q in uses[a.id].items() if q > 0] for a in makers]
    councils = sorted({n.council for n in economy.needs.values()})
    need = np.zeros((len(councils), len(names)))
    for n in economy.needs.values():
        need[councils.index(n.council), place[PRODUCT, n.product]] += float(n.quantity)
    return {
        "period": np.array(0),
        "commodity_id": np.arange(len(names)),
        "endowment": np.array(list(names.values()), dtype=np.float64),
        "unit_id": np.arange(len(makers)),
        "technology_kind": np.array([LEONTIEF] * len(makers), dtype=np.str_),
        "technology_scale": np.ones(len(makers)),
        **_flat("input", ins),
        **_flat("output", outs),
        "consumer_id": np.arange(len(councils)),
        KIND: np.array([kind for kind, _ in names], dtype=np.str_),
        NAME: np.array([name for _, name in names], dtype=np.str_),
        "commodity_extra/unit": np.array([_unit(economy, *name) for name in names], dtype=np.str_),
        "unit_extra/activity": np.array([a.id for a in makers], dtype=np.str_),
        "unit_extra/workplace": np.array([a.workplace for a in makers], dtype=np.str_),
        "consumer_extra/council": np.array(councils, dtype=np.str_),
        "consumer_extra/need": need,
    }


def _uses(economy: Economy) -> dict[str, dict[tuple[str, str], Fraction]]:
    """Return what one run makes (above 0) and takes (below 0) of every commodity."""
    found: dict[str, dict[tuple[str, str], Fraction]] = {a: {} for a in economy.activities}
    for (activity, product), quantity in economy.flows.items():
        found[activity][PRODUCT, product] = quantity
    for (activity, trade), hours in economy.labour.items():
        for workplace in ("", economy.activities[activity].workplace):
            if (trade, workplace) in economy.hours:
                found[activity]["hours", f"{trade}|{workplace}"] = -hours
    for kind, use in (("machine", economy.machine_use), ("limit", economy.limit_use)):
        for (activity, name), amount in use.items():
            found[activity][kind, name] = -amount
    for a in economy.activities.values():
        if a.runs is not None:
            found[a.id]["runs", a.id] = Fraction(-1)
    return found


def _unit(economy: Economy, kind: str, name: str) -> str:
    match kind:
        case "product":
            return economy.products[name].unit or "-"
        case "limit":
            return economy.limits[name].unit or "-"
        case "runs":
            return "run"
        case _:
            return "hour"


def _flat(side: str, entries: list[list[tuple[int, float]]]) -> dict[str, NDArray[np.generic]]:
    flat = [entry for of in entries for entry in of]
    return {
        f"{side}_offsets": np.cumsum([0, *map(len, entries)]).astype(np.int64),
        f"{side}_commodity": np.array([i for i, _ in flat], dtype=np.int64),
        f"{side}_coefficient": np.array([q for _, q in flat], dtype=np.float64),
    }


def write(economy: Economy, path: Path) -> None:
    """Write the arrays of an economy.

    Raises:
        NotASheet: the file cannot be written.
    """
    out = io.BytesIO()
    np.savez_compressed(out, **arrays(economy))  # type: ignore[arg-type]
    try:
        path.write_bytes(out.getvalue())
    except OSError as fault:
        raise NotASheet(path, 0, f"cannot be written ({fault.strerror})") from fault


def load(path: Path) -> Arrays:
    """Return the arrays of a file.

    Raises:
        NotASheet: no file of arrays, or one without a field that a demplan economy has.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError) as fault:
        raise NotASheet(path, 0, f"is no file of arrays that can be read ({fault})") from fault
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise NotASheet(path, 0, f"is no demplan economy: the array {missing[0]!r} is missing")
    return found


def read(drafting: Drafting, path: Path) -> None:
    """Add a demplan economy to a draft: of our own making as it was, of another as products, activities and needs.

    Raises:
        NotASheet: no such economy, arrays that contradict each other, or a technology without fixed proportions.
    """
    given = load(path)
    sheet = Sheet(path, "", (), ())
    kinds = [str(k) for k in given["technology_kind"]]
    other = next((k for k in kinds if k != LEONTIEF), None)
    if other is not None:
        reason = (
            f"has a unit of the technology {other!r}; only fixed proportions (leontief) are planned: linearise it first"
        )
        raise NotASheet(path, 0, reason)
    count = len(given["commodity_id"])
    kind = [str(k) for k in given[KIND]] if KIND in given else [PRODUCT] * count
    name = [str(n) for n in given[NAME]] if NAME in given else [f"commodity-{i}" for i in given["commodity_id"]]
    if KIND not in given:
        told = "every commodity is a product, hours of labour too: their endowment is opening stock"
        drafting.guess(sheet, 0, told, "Move labour into the tables hours and labour.")
    unit = [str(u) for u in given.get("commodity_extra/unit", np.array(["unit"] * count))]
    endowment = [_exact(sheet, x) for x in given["endowment"]]
    try:
        for i in range(count):
            _commodity(drafting, (kind[i], name[i]), unit[i], endowment[i])
        _units(drafting, sheet, given, list(zip(kind, name, strict=True)))
        _needs(drafting, sheet, given, name)
    except (IndexError, KeyError, ValueError) as fault:
        raise NotASheet(path, 0, f"its arrays contradict each other ({fault})") from fault
    drafting.taken.append(f"{path.name}: {len(kinds)} producing units of demplan")


def _exact(sheet: Sheet, value: object) -> Fraction:
    number = float(str(value))
    if not np.isfinite(number):
        raise NotASheet(sheet.path, 0, f"holds {number}, where a finite number is expected")
    return Fraction(repr(number))


def _commodity(drafting: Drafting, of: tuple[str, str], unit: str, endowment: Fraction) -> None:
    kind, name = of
    amount = text_of(endowment)
    match kind:
        case "hours":
            trade, _, workplace = name.partition("|")
            drafting.add("hours", trade=trade, workplace=workplace, hours=amount, overtime="0")
        case "limit":
            drafting.add("limits", limit=name, unit=unit, quantity=amount)
        case "machine" | "runs":
            pass
        case _:
            drafting.add("products", product=name, unit=unit, stock=amount)


def _units(drafting: Drafting, sheet: Sheet, given: Arrays, names: list[tuple[str, str]]) -> None:
    count = len(given["unit_id"])
    activities = given.get("unit_extra/activity", np.array([f"unit-{i}" for i in given["unit_id"]]))
    workplaces = given.get("unit_extra/workplace", activities)
    have = {name: _exact(sheet, x) for name, x in zip(names, given["endowment"], strict=True)}
    for u in range(count):
        activity, workplace = str(activities[u]), str(workplaces[u])
        runs = have.get(("runs", activity))
        most = text_of(runs) if runs is not None else ""
        drafting.add("activities", activity=activity, workplace=workplace, runs=most)
        flows: dict[str, Fraction] = {}
        for side, sign in (("input", -1), ("output", 1)):
            begin, end = int(str(given[f"{side}_offsets"][u])), int(str(given[f"{side}_offsets"][u + 1]))
            for at in range(begin, end):
                kind, name = names[int(str(given[f"{side}_commodity"][at]))]
                amount = _exact(sheet, given[f"{side}_coefficient"][at]) * sign
                if kind == PRODUCT:
                    flows[name] = flows.get(name, Fraction(0)) + amount
                elif kind == "hours" and name.partition("|")[0] not in _worked(drafting, activity):
                    drafting.add("labour", activity=activity, trade=name.partition("|")[0], hours=text_of(-amount))
                elif kind == "machine":
                    _machine(drafting, name, workplace, have["machine", name])
                    drafting.add("machine_use", activity=activity, machine=name, hours=text_of(-amount))
                elif kind == "limit":
                    drafting.add("limit_use", activity=activity, limit=name, quantity=text_of(-amount))
        for product, quantity in flows.items():
            if quantity:
                drafting.add("flows", activity=activity, product=product, quantity=text_of(quantity))


def _worked(drafting: Drafting, activity: str) -> set[str]:
    # A federation's row and a workplace's row of one trade both bind, but the work is done once.
    return {row["trade"] for row in drafting.rows.get("labour", ()) if row["activity"] == activity}


def _machine(drafting: Drafting, name: str, workplace: str, hours: Fraction) -> None:
    if all(row["machine"] != name for row in drafting.rows.get("machines", ())):
        drafting.add("machines", machine=name, workplace=workplace, hours=text_of(hours))


def _needs(drafting: Drafting, sheet: Sheet, given: Arrays, names: list[str]) -> None:
    wanted = given.get("consumer_extra/need")
    if wanted is None:
        drafting.guess(
            sheet, 0, "nobody needs anything: demplan keeps targets in its objective", "Add the table needs."
        )
        return
    councils = given.get("consumer_extra/council", np.array([f"consumer-{i}" for i in given["consumer_id"]]))
    for c, council in enumerate(councils):
        for i in np.flatnonzero(wanted[c]):
            amount = text_of(_exact(sheet, wanted[c][i]))
            drafting.add("needs", council=str(council), product=names[int(i)], tier="2", quantity=amount, worth="1")
    drafting.guess(sheet, 0, "needs are planned ones (tier 2) of worth 1", "Councils set tier and worth.")
