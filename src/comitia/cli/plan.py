"""``comitia plan``: solve, check and explain a plan in kind, labour values, and tables turned into economies.

``check`` and ``explain`` need no solver; what needs one is loaded by name when its command runs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from comitia.plan import certificate, folder, listing, pegging, variants
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage
from comitia.plan.rows import FIGURE, EconomyFault, decimal_text
from comitia.plan.solution import Level, Plan

app = typer.Typer(help="Solve, check and explain a plan in kind.", no_args_is_help=True)
importing = typer.Typer(help="Turn a table of other origin into an economy folder.", no_args_is_help=True)
studying = typer.Typer(help="Ask a table what would fall short.", no_args_is_help=True)
app.add_typer(importing, name="import")
app.add_typer(studying, name="study")

Folder = Annotated[Path, typer.Argument(help="An economy folder: products.csv, activities.csv, flows.csv and so on.")]
PlanFolder = Annotated[Path, typer.Argument(help="A plan folder, as plan solve --out writes it.")]
Iot = Annotated[Path, typer.Argument(help="The input-output table, CSV, may be gzipped.")]
Sea = Annotated[Path, typer.Argument(help="The socio-economic accounts with hours worked, CSV, may be gzipped.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]
Home = Annotated[Path | None, typer.Option("--home", help="Not needed here; accepted as everywhere.")]
More = Annotated[list[str] | None, typer.Option("--more", help="CODE=FACTOR: multiply the needs of a product, Q=1.2.")]
Year = Annotated[int, typer.Option("--year", help="The year to take, 2000 to 2014.")]
# Shortages in the short list; the JSON has all of them.
LISTED = 20


@app.command()
def solve(
    economy: Folder,
    out: Annotated[Path, typer.Option("--out", help="Where to write the plan folder.")],
    variant: Annotated[str, typer.Option(help=" or ".join(variants.VARIANTS))] = "lightest",
    tolerance: Annotated[float, typer.Option(help="Relative gap that is good enough.")] = 1e-6,
    as_parquet: Annotated[bool, typer.Option("--parquet", help="Write Parquet instead of CSV.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Compute a plan, round it so that every row holds exactly, certify it, write it. Exit 0, or 1 if it cannot be."""
    try:
        variants.check(variant)
    except variants.UnknownVariant as fault:
        _wrong_use(str(fault))
    if not tolerance > 0:
        _wrong_use(f"a tolerance of {tolerance} will not do; give a share above 0, like 1e-4")
    start = perf_counter()
    declared = _economy(economy, as_json=as_json)
    read = perf_counter()
    with _bar(hidden=as_json) as bar:
        task = bar.add_task("reading", total=1.0)

        def show(phase: str, done: float, gap: float | None) -> None:
            bar.update(task, completed=done, description=phase if gap is None else f"{phase}, gap {gap:.1e}")

        plan: Plan = _loaded("solve").solve(declared, variant, tolerance=tolerance, progress=show)
    solved = perf_counter()
    checked = certificate.check(declared, plan)
    seconds = {"read": read - start, "solve": solved - read, "check": perf_counter() - solved}
    _written(lambda: folder.write_plan(plan, out, seconds=seconds, as_parquet=as_parquet))
    short = pegging.explain(declared, plan)
    answer = {**_answer(plan), "short": [_short(s) for s in short], "warnings": list(declared.warnings)}
    if as_json:
        _print_json({**answer, "out": str(out), "seconds": {k: round(v, 4) for k, v in seconds.items()}})
        return
    _print_levels(variant, checked.levels, checked.gap)
    _print_short(short)
    for warning in declared.warnings:
        typer.echo(f"Note: {warning}.")
    if float(checked.gap) > tolerance:
        typer.echo(f"The gap is above the tolerance of {tolerance:g}: rounding to the declared decimals costs it.")
    typer.echo(f"Written to {out} in {sum(seconds.values()):.1f} s. Check it: comitia plan check {economy} {out}")


@app.command()
def check(economy: Folder, plan: PlanFolder, as_json: AsJson = False, home: Home = None) -> None:
    """Check a plan and its certificate without solving it again. Exit 0 holds, 1 does not hold, 2 wrong use."""
    declared = _economy(economy, as_json=as_json)
    start = perf_counter()
    try:
        checked = certificate.check(declared, folder.read_plan(plan))
    except folder.FolderFault as fault:
        _wrong_use(str(fault))
    except listing.NotAPlan as fault:
        _does_not_hold(fault.file, str(fault), as_json=as_json)
    except certificate.DoesNotHold as fault:
        _does_not_hold(fault.what, str(fault), as_json=as_json)
    seconds = perf_counter() - start
    if as_json:
        levels = [_level(level) for level in checked.levels]
        gap = decimal_text(checked.gap)
        said = {"holds": True, "variant": checked.variant, "levels": levels, "gap": gap, "rows": checked.rows}
        _print_json({**said, "seconds": round(seconds, 4)})
        return
    _print_levels(checked.variant, checked.levels, checked.gap)
    typer.echo(f"It holds: {checked.rows} rows exactly, every figure of the certificate recomputed, {seconds:.2f} s.")


@app.command()
def explain(economy: Folder, plan: PlanFolder, as_json: AsJson = False, home: Home = None) -> None:
    """Say what falls short, which limits bind, whose numbers they are and what one more unit would bring."""
    declared, computed = _checked(economy, plan, as_json=as_json)
    short = pegging.explain(declared, computed)
    if as_json:
        _print_json({"variant": computed.variant, "short": [_short(s) for s in short]})
        return
    for shortage in short:
        typer.echo(f"- {shortage.sentence}")
    typer.echo(f"{len(short)} shortages." if short else "Nothing falls short.")


@app.command()
def values(economy: Folder, as_json: AsJson = False, home: Home = None) -> None:
    """Print the labour value of every product: hours embodied in one unit, by the least labour over all techniques."""
    declared = _economy(economy, as_json=as_json)
    found = _loaded("labour").of_economy(declared)
    if as_json:
        _print_json({"hours": found.hours, "not_made": list(found.not_made)})
        return
    table = Table("product", "unit", "hours a unit", box=None)
    for product, hours in found.hours.items():
        table.add_row(product, declared.products[product].unit, f"{hours:.6g}")
    Console().print(table)
    if found.not_made:
        typer.echo(f"No activity makes {', '.join(found.not_made)}; they count as given.")


@importing.command("wiod")
def import_wiod(
    iot: Iot,
    sea: Sea,
    year: Year,
    out: Annotated[Path, typer.Option("--out", help="Where to write the economy folder.")],
    spare: Annotated[str, typer.Option("--spare", help="Capacity and hours: observed x (1 + SHARE).")] = "0",
    more: More = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Turn a national WIOD table with hours worked into an economy folder, and print every assumption."""
    wiod = _loaded("tables.wiod")
    share, factors = _share(spare), _factors(more)
    imported = _economy_of(wiod, _table(wiod, (iot, sea), year, as_json=as_json), share, factors)
    _written(lambda: folder.write_economy(imported.economy, out))
    if as_json:
        _print_json({"out": str(out), "year": year, "spare": spare, "assumptions": list(imported.assumptions)})
        return
    for said in imported.assumptions:
        typer.echo(f"- {said}")
    typer.echo(f"Written to {out}. Solve it: comitia plan solve {out} --variant lightest --out PLAN")


@studying.command("wiod")
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
    wiod, solver = _loaded("tables.wiod"), _loaded("solve")
    shares, factors = [_share(text) for text in spare or ["0", "0.05", "0.1", "0.2"]], _factors(more)
    table = _table(wiod, (iot, sea), year, as_json=as_json)
    _economy_of(wiod, table, shares[0], factors)
    least, industry = wiod.least_spare(table, more=factors)
    shares.append(least)
    answers = []
    with _bar(hidden=as_json) as bar:
        for share in bar.track(shares, description="spare after spare"):
            imported = wiod.economy_of(table, spare=share, more=factors)
            plan = solver.solve(imported.economy, "lightest")
            certificate.check(imported.economy, plan)
            short = pegging.explain(imported.economy, plan)
            hours = sum((_hours(imported.economy, r.activity) * r.runs for r in plan.runs), Fraction(0))
            answers.append((share, plan, short, hours))
    if as_json:
        tried = [
            {"spare": decimal_text(s), "hours": decimal_text(h), **_answer(p), "short": [_short(x) for x in short]}
            for s, p, short, h in answers
        ]
        _print_json({"least_spare": decimal_text(least), "industry": industry, "tried": tried})
        return
    for share, _, short, hours in answers:
        typer.echo(f"\nSpare {float(100 * share):g} %: {float(hours) / 1e6:,.0f} million hours in all.")
        _print_by_product(short)
    typer.echo(
        f"\nThe least spare at which nothing is short: {float(100 * least):.4f} % (in {industry}). "
        "Every plan above holds exactly and is certified."
    )


def _loaded(name: str) -> ModuleType:
    return import_module(f"comitia.plan.{name}")


def _economy(path: Path, *, as_json: bool) -> Economy:
    try:
        return folder.read_economy(path)
    except folder.FolderFault as fault:
        _wrong_use(str(fault))
    except EconomyFault as fault:
        _does_not_hold(f"{fault.file}, line {fault.line}", f"{path}/{fault}", as_json=as_json)


def _checked(economy: Path, plan: Path, *, as_json: bool) -> tuple[Economy, Plan]:
    declared = _economy(economy, as_json=as_json)
    try:
        computed = folder.read_plan(plan)
        certificate.check(declared, computed)
    except folder.FolderFault as fault:
        _wrong_use(str(fault))
    except (listing.NotAPlan, certificate.DoesNotHold) as fault:
        _does_not_hold("plan", f"the plan does not hold, so it explains nothing: {fault}", as_json=as_json)
    return declared, computed


def _table(wiod: ModuleType, files: tuple[Path, Path], year: int, *, as_json: bool) -> Any:
    try:
        return wiod.read(*files, year=year)
    except wiod.NotWiod as fault:
        if not fault.path.is_file():
            _wrong_use(str(fault))
        _does_not_hold(str(fault.path), str(fault), as_json=as_json)


def _economy_of(wiod: ModuleType, table: Any, share: Fraction, factors: Mapping[str, Fraction]) -> Any:
    try:
        return wiod.economy_of(table, spare=share, more=factors)
    except wiod.UnknownIndustry as fault:
        _wrong_use(str(fault))


def _written(write: Callable[[], None]) -> None:
    try:
        write()
    except folder.FolderFault as fault:
        _wrong_use(str(fault))


def _share(text: str) -> Fraction:
    if not FIGURE.fullmatch(text) or Fraction(text) < 0:
        _wrong_use(f"--spare {text} will not do; give a share of 0 or more, like 0.05")
    return Fraction(text)


def _factors(given: Sequence[str] | None) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for one in given or ():
        code, _, factor = one.partition("=")
        if not code or not FIGURE.fullmatch(factor) or Fraction(factor) < 0:
            _wrong_use(f"--more {one} will not do; give CODE=FACTOR, like Q=1.2")
        found[code] = Fraction(factor)
    return found


def _hours(economy: Economy, activity: str) -> Fraction:
    return sum((h for (a, _), h in economy.labour.items() if a == activity), Fraction(0))


def _answer(plan: Plan) -> dict[str, object]:
    c = plan.certificate
    return {
        "variant": c.variant,
        "objective": decimal_text(c.levels[-1].value),
        "bound": decimal_text(c.levels[-1].bound),
        "gap": decimal_text(c.gap),
        "levels": [_level(level) for level in c.levels],
        "economy": c.economy,
    }


def _level(level: Level) -> dict[str, str]:
    return {"name": level.name, "value": decimal_text(level.value), "bound": decimal_text(level.bound)}


def _short(s: Shortage) -> dict[str, object]:
    return {
        "council": s.council,
        "product": s.product,
        "tier": s.tier,
        "unit": s.unit,
        "quantity": decimal_text(s.quantity),
        "needed": decimal_text(s.needed),
        "price": float(s.price),
        "bindings": [
            {
                "kind": b.kind,
                "key": b.key,
                "chain": list(b.chain),
                "share": b.share,
                "price": float(b.price),
                "body": b.body,
                "act": b.act,
            }
            for b in s.bindings
        ],
        "sentence": s.sentence,
    }


def _print_levels(variant: str, levels: Sequence[Level], gap: Fraction) -> None:
    table = Table("least " + variant, "value", "no plan below", box=None)
    for level in levels:
        table.add_row(level.name, f"{float(level.value):,.6g}", f"{float(level.bound):,.6g}")
    Console().print(table)
    typer.echo(f"Gap {float(gap):.2e}.")


def _print_short(short: Sequence[Shortage]) -> None:
    for shortage in short[:LISTED]:
        typer.echo(f"- {shortage.sentence}")
    if len(short) > LISTED:
        typer.echo(f"- and {len(short) - LISTED} more; plan explain prints all of them.")
    if not short:
        typer.echo("Nothing falls short.")


def _print_by_product(short: Sequence[Shortage]) -> None:
    for product in dict.fromkeys(s.product for s in short):
        of = [s for s in short if s.product == product]
        quantity, needed = sum((s.quantity for s in of), Fraction(0)), sum((s.needed for s in of), Fraction(0))
        amount = f"{float(quantity):,.0f} of {float(needed):,.0f} {of[0].unit}"
        councils = ", ".join(dict.fromkeys(s.council for s in of))
        typer.echo(f"- {product}: {amount} are short, in the needs of {councils}.")
        for said in dict.fromkeys(b.sentence for s in of for b in s.bindings):
            typer.echo(f"    {said}")
    if not short:
        typer.echo("Nothing falls short.")


def _bar(*, hidden: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden)


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def _wrong_use(reason: str) -> NoReturn:
    typer.echo(f"comitia plan: {reason}", err=True)
    raise typer.Exit(2)


def _does_not_hold(what: str, reason: str, *, as_json: bool) -> NoReturn:
    if as_json:
        _print_json({"holds": False, "what": what, "reason": reason})
    else:
        typer.echo(f"It does not hold. {reason}", err=True)
    raise typer.Exit(1)
