"""The economy as declared: products, activities, recipes, hours, machines, needs, limits; exact, checked, hashed.

Figures are exact (``Fraction``, read from decimal text). The hash of an economy is the SHA-256 over its canonical CSV
(docs/reference/economy-folder.md): files by name, rows by key, fixed column order, shortest exact decimals.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from comitia.plan.rows import (
    COLUMNS as COLUMNS,
    KEYS as KEYS,
    NOT_YET,
    TEXT,
    EconomyFault as EconomyFault,
    Reader,
    Row,
    decimal_text as decimal_text,
    readers,
)

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Product:
    """A product: unit, opening and closing stock, worth of a missing closing unit (hours), prices outside."""

    id: str
    unit: str
    decimals: int | None
    stock: Fraction
    closing_stock: Fraction
    worth: Fraction
    buy_price: Fraction | None
    sell_price: Fraction | None


@dataclass(frozen=True, slots=True)
class Activity:
    """A technique at a workplace; ``runs`` is the largest number of runs, None without a limit."""

    id: str
    workplace: str
    runs: Fraction | None
    decimals: int | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours and overtime that a trade offers, in one workplace or ("" ) in the whole federation."""

    trade: str
    workplace: str
    hours: Fraction
    overtime: Fraction


@dataclass(frozen=True, slots=True)
class Machine:
    """Hours of a machine (or of several alike) at a workplace."""

    id: str
    workplace: str
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Need:
    """What a council needs: tier 1 essential, 2 planned, 3 wished; worth of one more unit in hours of common labour."""

    council: str
    product: str
    tier: int
    quantity: Fraction
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit (land, water, emissions) that the activities together keep."""

    id: str
    unit: str
    quantity: Fraction


@dataclass(frozen=True)
class Economy:
    """An economy of one period.

    ``flows`` (made positive, used up negative), ``labour`` (hours), ``machine_use`` (hours) and ``limit_use`` are per
    run, by (activity, other id). ``owners`` maps (file, key) to (body, act). ``files`` are the canonical rows.
    ``warnings`` are sentences about rows that nothing uses.
    """

    products: Mapping[str, Product]
    activities: Mapping[str, Activity]
    flows: Mapping[tuple[str, str], Fraction]
    labour: Mapping[tuple[str, str], Fraction]
    hours: Mapping[tuple[str, str], Hours]
    machines: Mapping[str, Machine]
    machine_use: Mapping[tuple[str, str], Fraction]
    needs: Mapping[tuple[str, str, int], Need]
    limits: Mapping[str, Limit]
    limit_use: Mapping[tuple[str, str], Fraction]
    cash: Fraction
    claims: Mapping[str, Fraction]
    owners: Mapping[tuple[str, str], tuple[str, str]]
    files: Mapping[str, tuple[tuple[str, ...], ...]]
    warnings: tuple[str, ...] = ()


def from_rows(files: Mapping[str, Sequence[Row]]) -> Economy:
    """Return the economy that these rows of text make, after checking every one.

    Args:
        files: rows by file name (without suffix); a missing file has no rows.

    Raises:
        EconomyFault: a missing column, something that is no number, a negative one, a duplicate row, an id that no
            other file declares, a unit that differs, a claim overspent.
    """
    _check_files(files)
    products = _products(files)
    activities = {
        r.text("activity"): Activity(r.text("activity"), r.text("workplace"), r.optional("runs"), r.decimals())
        for r in readers(files, "activities")
    }
    machines = {
        r.text("machine"): Machine(r.text("machine"), r.text("workplace"), r.number("hours"))
        for r in readers(files, "machines")
    }
    limits = {
        r.text("limit"): Limit(r.text("limit"), r.text("unit"), r.number("quantity")) for r in readers(files, "limits")
    }
    hours = {
        (r.text("trade"), r.text("workplace")): Hours(
            r.text("trade"), r.text("workplace"), r.number("hours"), r.number("overtime", empty=ZERO)
        )
        for r in readers(files, "hours")
    }
    claims = {r.text("council"): r.number("hours") for r in readers(files, "claims")}
    economy = Economy(
        products=products,
        activities=activities,
        flows=_flows(files, products, activities),
        labour=_labour(files, activities, hours),
        hours=hours,
        machines=machines,
        machine_use=_pairs(files, "machine_use", activities, machines),
        needs=_needs(files, products, claims),
        limits=limits,
        limit_use=_pairs(files, "limit_use", activities, limits),
        cash=_cash(files),
        claims=claims,
        owners=_owners(files),
        files=_canonical_rows(files),
    )
    return _with_warnings(economy)


def _check_files(files: Mapping[str, Sequence[Row]]) -> None:
    for file in files:
        if file in NOT_YET:
            reason = "plans of several periods with capital are not computed in this version; leave the file out"
            raise EconomyFault(file, 0, "", reason)
        if file not in COLUMNS:
            raise EconomyFault(file, 0, "", f"the file is unknown; an economy folder holds {', '.join(COLUMNS)}")


def _cash(files: Mapping[str, Sequence[Row]]) -> Fraction:
    found = readers(files, "trade_limit")
    return found[0].number("cash") if found else ZERO


def _owners(files: Mapping[str, Sequence[Row]]) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for r in readers(files, "owners"):
        if r.text("file") not in COLUMNS:
            raise r.fault("file", f"{r.text('file')!r} is no file of an economy folder: {', '.join(COLUMNS)}")
        found[r.text("file"), r.text("key")] = (r.text("body"), r.text("act"))
    return found


def _products(files: Mapping[str, Sequence[Row]]) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for r in readers(files, "products"):
        buy, sell = r.optional("buy_price"), r.optional("sell_price")
        if buy is not None and sell is not None and sell > buy:
            both = f"sold dearer ({decimal_text(sell)}) than bought ({decimal_text(buy)})"
            raise r.fault("sell_price", f"{both}: trade alone would make cash without end; correct one of the prices")
        found[r.text("product")] = Product(
            id=r.text("product"),
            unit=r.text("unit"),
            decimals=r.decimals(),
            stock=r.number("stock", empty=ZERO),
            closing_stock=r.number("closing_stock", empty=ZERO),
            worth=r.number("worth", empty=ZERO),
            buy_price=buy,
            sell_price=sell,
        )
    return found


def _known(r: Reader, column: str, among: Mapping[str, object], file: str) -> str:
    value = r.text(column)
    if value not in among:
        raise r.fault(column, f"unknown {column} {value!r}; declare it in {file}, or correct the id")
    return value


def _flows(
    files: Mapping[str, Sequence[Row]], products: Mapping[str, Product], activities: Mapping[str, Activity]
) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in readers(files, "flows"):
        activity = _known(r, "activity", activities, "activities")
        product = _known(r, "product", products, "products")
        unit = r.text("unit")
        if unit and unit != products[product].unit:
            expected = f"{product} is counted in {products[product].unit}, not in {unit}"
            raise r.fault("unit", f"{expected}; convert the quantity or correct the unit")
        found[activity, product] = r.number("quantity", negative=True)
    return found


def _labour(
    files: Mapping[str, Sequence[Row]], activities: Mapping[str, Activity], hours: Mapping[tuple[str, str], Hours]
) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in readers(files, "labour"):
        activity, trade = _known(r, "activity", activities, "activities"), r.text("trade")
        workplace = activities[activity].workplace
        if (trade, "") not in hours and (trade, workplace) not in hours:
            raise r.fault(
                "trade", f"{trade} has no row in hours, for {workplace} or for the whole federation; declare one"
            )
        found[activity, trade] = r.number("hours")
    return found


def _pairs(
    files: Mapping[str, Sequence[Row]], file: str, activities: Mapping[str, Activity], others: Mapping[str, object]
) -> dict[tuple[str, str], Fraction]:
    _, other, figure = COLUMNS[file]
    found: dict[tuple[str, str], Fraction] = {}
    for r in readers(files, file):
        activity = _known(r, "activity", activities, "activities")
        # An activity may give back of a limit (a wood that binds carbon), never machine hours.
        amount = r.number(figure, negative=file == "limit_use")
        found[activity, _known(r, other, others, f"{other}s")] = amount
    return found


def _needs(
    files: Mapping[str, Sequence[Row]], products: Mapping[str, Product], claims: Mapping[str, Fraction]
) -> dict[tuple[str, str, int], Need]:
    found: dict[tuple[str, str, int], Need] = {}
    spent: dict[str, Fraction] = {}
    for r in readers(files, "needs"):
        tier = r.number("tier", empty=Fraction(2))
        if tier not in (1, 2, 3):
            raise r.fault("tier", f"{decimal_text(tier)} is no tier; 1 (essential), 2 (planned) or 3 (wished)")
        product = _known(r, "product", products, "products")
        worth = r.number("worth", empty=Fraction(1))
        need = Need(r.text("council"), product, int(tier), r.number("quantity"), worth)
        found[need.council, need.product, need.tier] = need
        spent[need.council] = spent.get(need.council, ZERO) + need.worth * need.quantity
        # A need is not a wish list: worth is spent from the council's claim.
        claim = claims.get(need.council, ZERO)
        if claims and spent[need.council] > claim:
            has = f"{need.council} spends more worth than its claim of {decimal_text(claim)} hours"
            raise r.fault("worth", f"{has}; lower a need, or its worth")
    return found


def _with_warnings(economy: Economy) -> Economy:
    used = {p for _, p in economy.flows} | {n.product for n in economy.needs.values()}
    trades = {t for _, t in economy.labour}
    said = [f"product {p} is in no recipe and no need" for p in economy.products if p not in used]
    said += [f"trade {t} works in no activity" for t in dict.fromkeys(t for t, _ in economy.hours) if t not in trades]
    return replace(economy, warnings=tuple(said))


def _canonical_rows(files: Mapping[str, Sequence[Row]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for file in sorted(files):
        rows = []
        for row in files[file]:
            rows.append(tuple(_canonical_value(c, (row.get(c) or "").strip()) for c in COLUMNS[file]))
        key = [COLUMNS[file].index(c) for c in KEYS[file]]
        if rows:
            found[file] = tuple(sorted(rows, key=lambda r: [r[i] for i in key]))
    return found


def _canonical_value(column: str, value: str) -> str:
    return value if column in TEXT or not value else decimal_text(Fraction(value))


def rows(economy: Economy) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every file that has any, as ``from_rows`` takes them, in canonical order."""
    return {
        file: [dict(zip(COLUMNS[file], row, strict=True)) for row in found] for file, found in economy.files.items()
    }


def canonical_csv(economy: Economy) -> dict[str, bytes]:
    """Return the canonical CSV of every file that has rows, by file name."""
    found: dict[str, bytes] = {}
    for file, rows in economy.files.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS[file])
        writer.writerows(rows)
        found[file] = out.getvalue().encode()
    return found


def economy_hash(economy: Economy) -> str:
    """Return the hash of an economy: SHA-256 over ``# name`` and the canonical CSV of each file, owners left out.

    Owners say whose a number is, not what it is: a plan stays the same when a row changes hands.
    """
    hashed = sha256()
    for file, body in canonical_csv(economy).items():
        if file != "owners":
            hashed.update(f"# {file}\n".encode() + body)
    return hashed.hexdigest()


def owner_of(economy: Economy, file: str, *key: str) -> tuple[str, str]:
    """Return the body that declared a row and its act, or two empty texts."""
    return economy.owners.get((file, "|".join(key)), ("", ""))
