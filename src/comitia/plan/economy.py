"""The economy as declared: products, activities, recipes, hours, machines, needs, limits; exact, checked, hashed.

Figures are exact (``Fraction``, read from decimal text). The hash of an economy is the SHA-256 over its canonical CSV
(docs/reference/economy-folder.md): files by name, rows by key, fixed column order, shortest exact decimals.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from comitia.plan import periods
from comitia.plan.periods import Placed
from comitia.plan.rows import (
    COLUMNS as COLUMNS,
    KEYS as KEYS,
    PERIOD,
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
    """A product: unit, opening and closing stock, worth of a missing closing unit (hours), prices outside.

    In a plan of several periods it is the product in one of them; ``later`` is what is left over then, in the next.
    """

    id: str
    unit: str
    decimals: int | None
    stock: Fraction
    closing_stock: Fraction
    worth: Fraction
    buy_price: Fraction | None
    sell_price: Fraction | None
    period: int = 0
    later: str = ""


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
    """An economy; of several periods the ids of products, activities, trades, machines and limits end in ``@period``.

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
    cash: Mapping[int, Fraction]
    claims: Mapping[str, Fraction]
    owners: Mapping[tuple[str, str], tuple[str, str]]
    files: Mapping[str, tuple[tuple[str, ...], ...]]
    periods: int = 0
    warnings: tuple[str, ...] = ()


def from_rows(files: Mapping[str, Sequence[Row]]) -> Economy:
    """Return the economy that these rows of text make, after checking every one.

    Args:
        files: rows by file name (without suffix); a missing file has no rows.

    Raises:
        EconomyFault: a missing column, something that is no number, a negative one, a duplicate row, an id that no
            other file declares, a unit that differs, a claim overspent.
    """
    for file in files:
        if file not in COLUMNS:
            raise EconomyFault(file, 0, "", f"the file is unknown; an economy folder holds {', '.join(COLUMNS)}")
    given = {file: readers(files, file) for file in files}
    placed = periods.unrolled(given)
    products = _products(placed)
    activities = {
        r.text("activity"): Activity(r.text("activity"), r.text("workplace"), r.optional("runs"), r.decimals())
        for r in placed.get("activities", ())
    }
    machines = {
        r.text("machine"): Machine(r.text("machine"), r.text("workplace"), r.number("hours"))
        for r in placed.get("machines", ())
    }
    limits = {
        r.text("limit"): Limit(r.text("limit"), r.text("unit"), r.number("quantity")) for r in placed.get("limits", ())
    }
    hours = {
        (r.text("trade"), r.text("workplace")): Hours(
            r.text("trade"), r.text("workplace"), r.number("hours"), r.number("overtime", empty=ZERO)
        )
        for r in placed.get("hours", ())
    }
    claims = {r.text("council"): r.number("hours") for r in placed.get("claims", ())}
    economy = Economy(
        products=products,
        activities=activities,
        flows=_flows(placed, products, activities),
        labour=_labour(placed, activities, hours),
        hours=hours,
        machines=machines,
        machine_use=_pairs(placed, "machine_use", activities, machines),
        needs=_needs(placed, products, claims),
        limits=limits,
        limit_use=_pairs(placed, "limit_use", activities, limits),
        cash=_cash(placed),
        claims=claims,
        owners=_owners(placed),
        files=_canonical_rows(files),
        periods=periods.count(given),
    )
    return _with_warnings(economy)


def _cash(files: Placed) -> dict[int, Fraction]:
    return {int(r.row.get("period") or 0): r.number("cash") for r in files.get("trade_limit", ())}


def _owners(files: Placed) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for r in files.get("owners", ()):
        if r.text("file") not in COLUMNS:
            raise r.fault("file", f"{r.text('file')!r} is no file of an economy folder: {', '.join(COLUMNS)}")
        found[r.text("file"), r.text("key")] = (r.text("body"), r.text("act"))
    return found


def _products(files: Placed) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for r in files.get("products", ()):
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
            period=int(r.row.get("period") or 0),
            later=r.row.get("later") or "",
        )
    return found


def _known(r: Reader, column: str, among: Mapping[str, object], file: str) -> str:
    value = r.text(column)
    if value not in among:
        raise r.fault(column, f"unknown {column} {value!r}; declare it in {file}, or correct the id")
    return value


def _flows(
    files: Placed, products: Mapping[str, Product], activities: Mapping[str, Activity]
) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in files.get("flows", ()):
        activity = _known(r, "activity", activities, "activities")
        product = _known(r, "product", products, "products")
        unit = r.text("unit")
        if unit and unit != products[product].unit:
            expected = f"{product} is counted in {products[product].unit}, not in {unit}"
            raise r.fault("unit", f"{expected}; convert the quantity or correct the unit")
        found[activity, product] = r.number("quantity", negative=True)
    return found


def _labour(
    files: Placed, activities: Mapping[str, Activity], hours: Mapping[tuple[str, str], Hours]
) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in files.get("labour", ()):
        activity, trade = _known(r, "activity", activities, "activities"), r.text("trade")
        workplace = activities[activity].workplace
        if (trade, "") not in hours and (trade, workplace) not in hours:
            raise r.fault(
                "trade", f"{trade} has no row in hours, for {workplace} or for the whole federation; declare one"
            )
        found[activity, trade] = r.number("hours")
    return found


def _pairs(
    files: Placed, file: str, activities: Mapping[str, Activity], others: Mapping[str, object]
) -> dict[tuple[str, str], Fraction]:
    _, other, figure = COLUMNS[file]
    found: dict[tuple[str, str], Fraction] = {}
    for r in files.get(file, ()):
        activity = _known(r, "activity", activities, "activities")
        # An activity may give back of a limit (a wood that binds carbon), never machine hours.
        amount = r.number(figure, negative=file == "limit_use")
        found[activity, _known(r, other, others, f"{other}s")] = amount
    return found


def _needs(
    files: Placed, products: Mapping[str, Product], claims: Mapping[str, Fraction]
) -> dict[tuple[str, str, int], Need]:
    found: dict[tuple[str, str, int], Need] = {}
    spent: dict[str, Fraction] = {}
    last: dict[str, Reader] = {}
    for r in files.get("needs", ()):
        tier = r.number("tier", empty=Fraction(2))
        if tier not in (1, 2, 3):
            raise r.fault("tier", f"{decimal_text(tier)} is no tier; 1 (essential), 2 (planned) or 3 (wished)")
        product = _known(r, "product", products, "products")
        worth = r.number("worth", empty=Fraction(1))
        need = Need(r.text("council"), product, int(tier), r.number("quantity"), worth)
        found[need.council, need.product, need.tier] = need
        # A need is not a wish list: worth is spent from the council's claim, of one period or of all.
        key = f"{need.council}@{products[product].period}"
        key = key if key in claims else need.council
        spent[key] = spent.get(key, ZERO) + need.worth * need.quantity
        last[key] = r
    for key, r in last.items():
        claim = claims.get(key, ZERO)
        if claims and spent[key] > claim:
            raise ClaimOverspent(r, key, spent[key], claim)
    return found


class ClaimOverspent(EconomyFault):
    """A council's needs, worth x quantity, add up to more than its claim."""

    def __init__(self, r: Reader, council: str, spent: Fraction, claim: Fraction) -> None:
        self.council, self.spent, self.claim = council, spent, claim
        sums = f"{decimal_text(spent)} hours of worth, its claim is {decimal_text(claim)}"
        super().__init__(
            r.file,
            r.line,
            "worth",
            f"the needs of {council} add up to {sums}; lower a need, or its worth",
        )


def _with_warnings(economy: Economy) -> Economy:
    def plain(ids: Iterable[str]) -> dict[str, None]:
        return dict.fromkeys(periods.without_mark(i)[0] if economy.periods else i for i in ids)

    used = plain((*(p for _, p in economy.flows), *(n.product for n in economy.needs.values())))
    trades = plain(t for _, t in economy.labour)
    said = [f"product {p} is in no recipe and no need" for p in plain(economy.products) if p not in used]
    said += [f"trade {t} works in no activity" for t in plain(t for t, _ in economy.hours) if t not in trades]
    return replace(economy, warnings=tuple(said))


def _canonical_rows(files: Mapping[str, Sequence[Row]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for file in sorted(files):
        timed = any((row.get(PERIOD) or "").strip() for row in files[file])
        names = (*COLUMNS[file], *((PERIOD,) if timed else ()))
        rows = [tuple(_canonical_value(c, (row.get(c) or "").strip()) for c in names) for row in files[file]]
        key = [names.index(c) for c in (*KEYS[file], *names[len(COLUMNS[file]) :])]
        if rows:
            found[file] = tuple(sorted(rows, key=lambda r: [r[i] for i in key]))
    return found


def _canonical_value(column: str, value: str) -> str:
    return value if column in TEXT or not value else decimal_text(Fraction(value))


def rows(economy: Economy) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every file that has any, as ``from_rows`` takes them, in canonical order."""
    return {
        file: [dict(zip(columns(file, found), row, strict=True)) for row in found]
        for file, found in economy.files.items()
    }


def columns(file: str, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the columns of the canonical rows of a file: with a period where any row has one."""
    return COLUMNS[file] if not rows or len(rows[0]) == len(COLUMNS[file]) else (*COLUMNS[file], PERIOD)


def canonical_csv(economy: Economy) -> dict[str, bytes]:
    """Return the canonical CSV of every file that has rows, by file name."""
    found: dict[str, bytes] = {}
    for file, rows in economy.files.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns(file, rows))
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
    """Return the body that declared a row and its act, or two empty texts; of a period, or else of all periods."""
    if not economy.periods:
        return economy.owners.get((file, "|".join(key)), ("", ""))
    parts = [periods.without_mark(part) for part in key]
    plain, period = "|".join(part for part, _ in parts), max((at for _, at in parts), default=0)
    return economy.owners.get((file, f"{plain}|{period}"), economy.owners.get((file, plain), ("", "")))
