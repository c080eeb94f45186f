"""The economy as declared: products, activities, recipes, hours, machines, needs, limits; exact, checked, hashed.

Figures are exact (``Fraction``, read from decimal text). The hash of an economy is the SHA-256 over its canonical CSV
(docs/reference/economy-folder.md): files by name, rows by key, fixed column order, shortest exact decimals.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from hashlib import sha256

Row = Mapping[str, str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "products": ("product", "unit", "decimals", "stock", "closing_stock", "worth", "buy_price", "sell_price"),
    "activities": ("activity", "workplace", "runs", "decimals"),
    "flows": ("activity", "product", "quantity", "unit"),
    "labour": ("activity", "trade", "hours"),
    "hours": ("trade", "workplace", "hours", "overtime"),
    "machines": ("machine", "workplace", "hours"),
    "machine_use": ("activity", "machine", "hours"),
    "needs": ("council", "product", "tier", "quantity", "worth"),
    "limits": ("limit", "unit", "quantity"),
    "limit_use": ("activity", "limit", "quantity"),
    "trade_limit": ("cash",),
    "claims": ("council", "hours"),
    "owners": ("file", "key", "body", "act"),
}
KEYS: dict[str, tuple[str, ...]] = {
    "products": ("product",),
    "activities": ("activity",),
    "flows": ("activity", "product"),
    "labour": ("activity", "trade"),
    "hours": ("trade", "workplace"),
    "machines": ("machine",),
    "machine_use": ("activity", "machine"),
    "needs": ("council", "product", "tier"),
    "limits": ("limit",),
    "limit_use": ("activity", "limit"),
    "trade_limit": (),
    "claims": ("council",),
    "owners": ("file", "key"),
}
TEXT = frozenset("product unit activity workplace trade machine council limit file key body act".split())
# Files that say something by being there, and columns that may be left out of a file.
OPTIONAL = frozenset({("flows", "unit"), ("hours", "overtime"), ("hours", "workplace"), ("products", "closing_stock"), ("products", "stock"),
                      ("products", "worth"), ("products", "decimals"), ("products", "buy_price"), ("products", "sell_price"),
                      ("activities", "runs"), ("activities", "decimals"), ("needs", "worth"), ("needs", "tier")})  # fmt: skip
NOT_YET = ("capital",)


class EconomyFault(Exception):
    """A row that does not make an economy: which file, which line, which column, what was expected."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        self.file, self.line, self.column, self.reason = file, line, column, reason
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}{', column ' + column if column else ''}: {reason}")


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its unit, opening stock, the closing stock asked for, what a missing closing unit is worth (hours), prices."""

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
    """What a council needs of a product: tier 1 essential, 2 planned, 3 wished; worth in hours of common labour a unit."""

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

    ``flows`` (made positive, used up negative, a run), ``labour`` (hours a run), ``machine_use`` (hours a run) and ``limit_use`` are by
    (activity, other id). ``owners`` maps (file, key) to (body, act). ``warnings`` are sentences about rows that nothing uses.
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


def decimal_text(number: Fraction) -> str:
    """Return the shortest exact decimal of a number, or ``a/b`` where no decimal is exact."""
    scale, denominator = 0, number.denominator
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator //= prime
            power += 1
        scale = max(scale, power)
    if denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(number.numerator) * 10**scale // number.denominator).rjust(scale + 1, "0")
    whole, part = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    part = part.rstrip("0")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


@dataclass(slots=True)
class _Reader:
    file: str
    line: int
    row: Row

    def fault(self, column: str, reason: str) -> EconomyFault:
        return EconomyFault(self.file, self.line, column, reason)

    def text(self, column: str) -> str:
        if column not in self.row and (self.file, column) not in OPTIONAL:
            raise self.fault(column, f"the column is missing; {self.file} has columns {', '.join(COLUMNS[self.file])}")
        value = (self.row.get(column) or "").strip()
        if column in KEYS[self.file] and "|" in value:
            raise self.fault(column, f"the id {value!r} contains '|', which joins keys; choose another id")
        if column in KEYS[self.file] and not value and (self.file, column) != ("hours", "workplace"):
            raise self.fault(column, "an id is expected here; the field is empty")
        return value

    def number(self, column: str, *, empty: Fraction | None = None, negative: bool = False) -> Fraction:
        found = self.optional(column, negative=negative)
        if found is None:
            if empty is None:
                raise self.fault(column, "a number is expected here; the field is empty")
            return empty
        return found

    def optional(self, column: str, *, negative: bool = False) -> Fraction | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self.fault(column, f"{value!r} is not a number; write decimal text like 12.5")
        if number < 0 and not negative:
            raise self.fault(column, f"{value} is negative; 0 or more is expected")
        return Fraction(number)

    def decimals(self) -> int | None:
        found = self.optional("decimals")
        if found is None:
            return None
        if found.denominator != 1 or found > 15:
            raise self.fault("decimals", "a whole number from 0 to 15 is expected")
        return int(found)


def _readers(files: Mapping[str, Sequence[Row]], file: str) -> list[_Reader]:
    found: list[_Reader] = []
    seen: dict[tuple[str, ...], int] = {}
    # Line 1 is the header, so that the number is the one an editor shows.
    for line, row in enumerate(files.get(file, ()), 2):
        reader = _Reader(file, line, row)
        if row.get("period"):
            raise reader.fault("period", "plans of several periods are not computed in this version; leave the column out")
        unknown = [c for c in row if c not in COLUMNS[file] and c != "period"]
        if unknown:
            raise reader.fault(str(unknown[0]), f"the column is unknown; {file} has columns {', '.join(COLUMNS[file])}")
        key = tuple(reader.text(c) for c in KEYS[file])
        if key in seen:
            raise reader.fault("", f"{'|'.join(key) or 'the row'} is a duplicate of line {seen[key]}; keep one of them")
        seen[key] = line
        found.append(reader)
    return found


def from_rows(files: Mapping[str, Sequence[Row]]) -> Economy:
    """Return the economy that these rows of text make, after checking every one.

    Args:
        files: rows by file name (without suffix); a missing file has no rows.

    Raises:
        EconomyFault: a missing column, something that is no number, a negative one, a duplicate row, an id that no other file
            declares, a unit that differs, a claim overspent.
    """
    for file in files:
        if file in NOT_YET:
            raise EconomyFault(file, 0, "", "plans of several periods with capital are not computed in this version; leave the file out")
        if file not in COLUMNS:
            raise EconomyFault(file, 0, "", f"the file is unknown; an economy folder holds {', '.join(COLUMNS)}")
    products = _products(files)
    activities = {
        r.text("activity"): Activity(r.text("activity"), r.text("workplace"), r.optional("runs"), r.decimals())
        for r in _readers(files, "activities")
    }
    machines = {
        r.text("machine"): Machine(r.text("machine"), r.text("workplace"), r.number("hours")) for r in _readers(files, "machines")
    }
    limits = {r.text("limit"): Limit(r.text("limit"), r.text("unit"), r.number("quantity")) for r in _readers(files, "limits")}
    hours = {
        (r.text("trade"), r.text("workplace")): Hours(
            r.text("trade"), r.text("workplace"), r.number("hours"), r.number("overtime", empty=Fraction(0))
        )
        for r in _readers(files, "hours")
    }
    claims = {r.text("council"): r.number("hours") for r in _readers(files, "claims")}
    cash = next((r.number("cash") for r in _readers(files, "trade_limit")), Fraction(0))
    owners = {(r.text("file"), r.row.get("key") or ""): (r.text("body"), r.text("act")) for r in _owner_readers(files)}
    economy = Economy(
        products=products,
        activities=activities,
        flows=_flows(files, products, activities),
        labour=_labour(files, activities, hours),
        hours=hours,
        machines=machines,
        machine_use=_pairs(files, "machine_use", "hours", activities, machines),
        needs=_needs(files, products, claims),
        limits=limits,
        limit_use=_pairs(files, "limit_use", "quantity", activities, limits, negative=True),
        cash=cash,
        claims=claims,
        owners=owners,
        files=_canonical_rows(files),
    )
    return _with_warnings(economy)


def _owner_readers(files: Mapping[str, Sequence[Row]]) -> list[_Reader]:
    return [_Reader("owners", line, row) for line, row in enumerate(files.get("owners", ()), 2)]


def _products(files: Mapping[str, Sequence[Row]]) -> dict[str, Product]:
    found: dict[str, Product] = {}
    zero = Fraction(0)
    for r in _readers(files, "products"):
        buy, sell = r.optional("buy_price"), r.optional("sell_price")
        if buy is not None and sell is not None and sell > buy:
            raise r.fault("sell_price", f"sold dearer ({decimal_text(sell)}) than bought ({decimal_text(buy)}): trade alone would make cash without end")
        found[r.text("product")] = Product(
            r.text("product"), r.text("unit"), r.decimals(), r.number("stock", empty=zero), r.number("closing_stock", empty=zero),
            r.number("worth", empty=zero), buy, sell,
        )  # fmt: skip
    return found


def _known(r: _Reader, column: str, among: Mapping[str, object], file: str) -> str:
    value = r.text(column)
    if value not in among:
        raise r.fault(column, f"unknown {column} {value!r}; declare it in {file}, or correct the id")
    return value


def _flows(files: Mapping[str, Sequence[Row]], products: Mapping[str, Product], activities: Mapping[str, Activity]) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in _readers(files, "flows"):
        activity, product = _known(r, "activity", activities, "activities"), _known(r, "product", products, "products")
        unit = r.text("unit")
        if unit and unit != products[product].unit:
            raise r.fault("unit", f"{product} is counted in {products[product].unit}, not in {unit}")
        found[activity, product] = r.number("quantity", negative=True)
    return found


def _labour(files: Mapping[str, Sequence[Row]], activities: Mapping[str, Activity], hours: Mapping[tuple[str, str], Hours]) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for r in _readers(files, "labour"):
        activity, trade = _known(r, "activity", activities, "activities"), r.text("trade")
        if (trade, "") not in hours and (trade, activities[activity].workplace) not in hours:
            raise r.fault("trade", f"{trade} has no row in hours, for {activities[activity].workplace} or for the whole federation")
        found[activity, trade] = r.number("hours")
    return found


def _pairs(
    files: Mapping[str, Sequence[Row]], file: str, figure: str, activities: Mapping[str, Activity], others: Mapping[str, object], *, negative: bool = False
) -> dict[tuple[str, str], Fraction]:
    other, its_file = KEYS[file][1], {"machine_use": "machines", "limit_use": "limits"}[file]
    return {
        (_known(r, "activity", activities, "activities"), _known(r, other, others, its_file)): r.number(figure, negative=negative)
        for r in _readers(files, file)
    }


def _needs(
    files: Mapping[str, Sequence[Row]], products: Mapping[str, Product], claims: Mapping[str, Fraction]
) -> dict[tuple[str, str, int], Need]:
    found: dict[tuple[str, str, int], Need] = {}
    spent: dict[str, Fraction] = {}
    for r in _readers(files, "needs"):
        tier = r.number("tier", empty=Fraction(2))
        if tier not in (1, 2, 3):
            raise r.fault("tier", "1 (essential), 2 (planned) or 3 (wished) is expected")
        need = Need(r.text("council"), _known(r, "product", products, "products"), int(tier), r.number("quantity"), r.number("worth", empty=Fraction(1)))
        found[need.council, need.product, need.tier] = need
        spent[need.council] = spent.get(need.council, Fraction(0)) + need.worth * need.quantity
        # A need is not a wish list: worth is spent from the council's claim.
        if claims and spent[need.council] > claims.get(need.council, Fraction(0)):
            claim = decimal_text(claims.get(need.council, Fraction(0)))
            raise r.fault("worth", f"{need.council} spends more worth than its claim of {claim} hours; lower a need, or its worth")
    return found


def _with_warnings(economy: Economy) -> Economy:
    used = {p for _, p in economy.flows} | {n.product for n in economy.needs.values()}
    trades = {t for _, t in economy.labour}
    said = [f"product {p} is in no recipe and no need" for p in economy.products if p not in used]
    said += [f"trade {t} works in no activity" for t in dict.fromkeys(t for t, _ in economy.hours) if t not in trades]
    return Economy(**{**{f: getattr(economy, f) for f in economy.__dataclass_fields__}, "warnings": tuple(said)})


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
    return value if column in TEXT or not value else decimal_text(Fraction(Decimal(value)))


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
