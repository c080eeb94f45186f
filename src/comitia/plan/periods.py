"""Several periods: rows with a period turned into rows of one economy whose ids end in ``@period``.

The model is then the same, with time-indexed rows. ``bread@2`` is bread in period 2; what is left over of it is there
in period 3. A row without a period holds in every one, except where a row of the same key names it. A row of
``capital`` says when, and for how long, what an activity makes is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from comitia.plan.rows import FIGURE_DECIMALS, KEYS, Reader, decimal_text

MARK = "@"
# Columns whose ids differ from period to period; councils and workplaces last.
TIMED = ("product", "activity", "trade", "machine", "limit")
MOST_PERIODS = 200
Placed = Mapping[str, Sequence[Reader]]


@dataclass(frozen=True, slots=True)
class _Capital:
    """Of what an activity makes: after how many periods it is there, for how many, what share is lost a period."""

    lag: int
    life: int | None
    wear: Fraction

    def is_lasting(self) -> bool:
        """Say whether it is there period by period, and not a stock that is used up or carried over."""
        return self.life is not None or self.wear > 0


def count(files: Placed) -> int:
    """Return the number of periods: the last one that any row names, 0 where none does.

    Raises:
        EconomyFault: a period that is no whole number from 1.
    """
    return max((_period(r) for found in files.values() for r in found), default=0)


def _period(r: Reader) -> int:
    text = r.text("period") if r.row.get("period") else ""
    if not text:
        return 0
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text) <= MOST_PERIODS:
        raise r.fault("period", f"{text!r} is no period; a whole number from 1 to {MOST_PERIODS} is expected")
    return int(text)


def unrolled(files: Placed) -> dict[str, list[Reader]]:
    """Return the rows of one economy: each row in each of its periods, its ids marked with it, and no capital.

    Raises:
        EconomyFault: an id that contains the mark, a row of capital that fits no flow, capital without any period.
    """
    periods = count(files)
    if not periods:
        for r in files.get("capital", ()):
            raise r.fault("", "capital lasts over periods; give some file a column period")
        return {file: list(found) for file, found in files.items()}
    capital = _capital(files)
    lasting = {product for (_, product), of in capital.items() if of.is_lasting()}
    found: dict[str, list[Reader]] = {}
    for file, rows in files.items():
        if file in ("capital", "owners"):
            found[file] = list(rows) if file == "owners" else []
            continue
        found[file] = []
        for period, r in _in_each(file, rows, periods):
            if file == "flows":
                found[file] += _flows(r, period, periods, capital.get((r.text("activity"), r.text("product"))))
            elif file == "products":
                found[file].append(_product(r, period, periods, r.text("product") in lasting))
            else:
                found[file].append(_at(r, period))
    return _linked(found)


def _in_each(file: str, rows: Sequence[Reader], periods: int) -> Iterator[tuple[int, Reader]]:
    """Yield each row in each of its periods, period by period."""
    named = {(_key(file, r), _period(r)) for r in rows if _period(r)}
    for period in range(1, periods + 1):
        for r in rows:
            own = _period(r)
            if file in ("claims", "trade_limit") and not own:
                # A claim, or cash, of all periods together.
                if period == 1:
                    yield 0 if file == "claims" else 1, r
            elif own == period or (not own and (_key(file, r), period) not in named):
                yield period, r


def _key(file: str, r: Reader) -> tuple[str, ...]:
    return tuple(r.text(column) for column in KEYS[file] if column != "period")


def _at(r: Reader, period: int, **changed: str) -> Reader:
    row = dict(r.row)
    for column in (*TIMED, *(("council",) if r.file == "claims" and period else ())):
        if row.get(column) is not None:
            text = r.text(column)
            if MARK in text:
                raise r.fault(column, f"the id {text!r} contains {MARK!r}, which marks the period; choose another id")
            row[column] = f"{text}{MARK}{period}"
    return Reader(r.file, r.line, {**row, "period": str(period or ""), **changed})


def _product(r: Reader, period: int, periods: int, is_lasting: bool) -> Reader:
    """Return a product in a period: without a period of its own its stock is opening stock, its closing stock the last.

    What lasts without being carried (machines, buildings) is there in every period, as its row says.
    """
    changed = {}
    if not _period(r) and not is_lasting:
        changed = {"stock": r.row.get("stock") or "" if period == 1 else ""}
        changed["closing_stock"] = r.row.get("closing_stock") or "" if period == periods else ""
    later = "" if is_lasting or period == periods else f"{r.text('product')}{MARK}{period + 1}"
    return _at(r, period, later=later, **changed)


def _flows(r: Reader, period: int, periods: int, of: _Capital | None) -> Iterator[Reader]:
    """Yield a flow in the periods in which it is felt: what is built comes after its lag, and wears out."""
    if of is None:
        yield _at(r, period)
        return
    first = period + of.lag
    last = first if not of.is_lasting() else periods if of.life is None else first + of.life - 1
    quantity = r.number("quantity")
    for at in range(first, min(last, periods) + 1):
        left = quantity * (1 - of.wear) ** (at - first)
        scale = 10**FIGURE_DECIMALS
        worn = decimal_text(Fraction(floor(left * scale), scale))
        yield _at(r, period, product=f"{r.text('product')}{MARK}{at}", quantity=worn)


def _capital(files: Placed) -> dict[tuple[str, str], _Capital]:
    made = {
        (r.text("activity"), r.text("product"))
        for r in files.get("flows", ())
        if r.number("quantity", negative=True) > 0
    }
    found: dict[tuple[str, str], _Capital] = {}
    for r in files.get("capital", ()):
        key = (r.text("activity"), r.text("product"))
        if key not in made:
            raise r.fault("product", f"{key[0]} does not make {key[1]}; only what an activity makes is built")
        life = r.optional("life")
        wear = r.number("wear", empty=Fraction(0))
        if life is not None and (life.denominator != 1 or life < 1):
            raise r.fault("life", f"{decimal_text(life)} is no life; a whole number of periods from 1 is expected")
        if wear > 1:
            raise r.fault("wear", f"{decimal_text(wear)} is more than all; a share from 0 to 1 is expected")
        lag = r.number("lag", empty=Fraction(0))
        if lag.denominator != 1:
            raise r.fault("lag", f"{decimal_text(lag)} is no lag; a whole number of periods is expected")
        found[key] = _Capital(int(lag), None if life is None else int(life), wear)
    return found


def _linked(found: dict[str, list[Reader]]) -> dict[str, list[Reader]]:
    """Let nothing be carried into a period in which there is no such product."""
    there = {"", *(r.text("product") for r in found.get("products", ()))}
    found["products"] = [
        r if r.row["later"] in there else Reader(r.file, r.line, {**r.row, "later": ""})
        for r in found.get("products", ())
    ]
    return found


def without_mark(text: str) -> tuple[str, int]:
    """Return an id without its period, and the period, 0 where it has none."""
    plain, _, period = text.partition(MARK)
    return plain, int(period) if period.isdecimal() else 0
