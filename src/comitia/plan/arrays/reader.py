"""A large economy read: the checks of ``economy.from_rows`` on whole columns, a fault naming file, line and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from comitia.plan.arrays import figures, table
from comitia.plan.arrays.figures import DIGITS, Figures, Whole
from comitia.plan.arrays.model import NONE, Declared, Hours, Index, Needs, Pairs, Some
from comitia.plan.arrays.table import Columns, Texts
from comitia.plan.rows import COLUMNS, IDS, KEYS, OPTIONAL, TEXT, EconomyFault, Reader, decimal_text

MOST_DECIMALS = 15
# So many notes are said one by one; of the rest only how many there are.
NOTES = 20


@dataclass(frozen=True)
class _Table:
    """One file: its columns, and the figures read from them so far."""

    name: str
    columns: Columns
    read: dict[str, Some] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def text(self, column: str) -> Texts:
        found = self.columns.get(column)
        return pa.nulls(self.count, pa.string()).fill_null("") if found is None else found

    def fault(self, at: int, column: str, reason: str) -> EconomyFault:
        # Line 1 is the header.
        return EconomyFault(self.name, at + 2, column, reason)

    def row(self, at: int) -> Reader:
        return Reader(self.name, at + 2, {c: texts[at].as_py() for c, texts in self.columns.items()})

    def figures(self, column: str, *, negative: bool = False) -> Some:
        """Return the figures of a column and where they stand; empty fields have none."""
        if column in self.read:
            return self.read[column]
        texts = self.text(column)
        empty = pc.equal(texts, "")
        at = np.arange(self.count)
        if pc.any(empty).as_py():
            at = np.flatnonzero(~_truths(empty))
            texts = pc.take(texts, pa.array(at))
        try:
            found = table.parse(texts)
        except table.NotFigures as fault:
            there = int(at[fault.at])
            self.row(there).optional(column, negative=True)
            reason = f"has more than {DIGITS} digits; a large economy is read with {DIGITS} digits at most: round it"
            raise self.fault(there, column, reason) from None
        for below in [] if negative else np.flatnonzero(found.whole < 0)[:1]:
            self.row(int(at[below])).optional(column)
        self.read[column] = Some(at.astype(np.int32), found)
        return self.read[column]

    def every(self, column: str, *, empty: int | None = None, negative: bool = False) -> Figures:
        """Return the figure of every row; ``empty`` is what an empty field means, None: it may not be empty."""
        found = self.figures(column, negative=negative)
        if len(found.at) == self.count:
            return found.amount
        if empty is None:
            missing = np.ones(self.count, np.bool_)
            missing[found.at] = False
            self.row(int(np.flatnonzero(missing)[0])).number(column)
        whole, places = np.full(self.count, empty, np.int64), np.zeros(self.count, np.int8)
        whole[found.at], places[found.at] = found.amount.whole, found.amount.places
        return Figures(whole, places)

    def decimals(self) -> NDArray[np.int8]:
        found = self.figures("decimals")
        for at in np.flatnonzero((found.amount.places > 0) | (found.amount.whole > MOST_DECIMALS))[:1]:
            self.row(int(found.at[at])).decimals()
        declared = np.full(self.count, NONE, np.int8)
        declared[found.at] = found.amount.whole
        return declared

    def ids(self, column: str) -> Texts:
        """Return the ids of a column, checked."""
        texts = table.trimmed(self.text(column))
        odd = pc.or_(pc.match_substring(texts, "|"), pc.starts_with(texts, "#"))
        odd = pc.or_(odd, pc.invert(pc.utf8_is_printable(texts)))
        if (self.name, column) != ("hours", "workplace"):
            odd = pc.or_(odd, pc.equal(texts, ""))
        for at in np.flatnonzero(_truths(odd))[:1]:
            self.row(int(at)).text(column)
        return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts

    def known(self, column: str, among: Texts, file: str) -> Index:
        """Return where the ids of a column stand among those declared in a file."""
        found = table.places_of(self.text(column), among)
        if (found < 0).any():
            found = table.places_of(table.trimmed(self.text(column)), among)
        for at in np.flatnonzero(found < 0)[:1]:
            value = self.row(int(at)).text(column)
            raise self.fault(int(at), column, f"unknown {column} {value!r}; declare it in {file}, or correct the id")
        return found


def declared(files: Mapping[str, Columns]) -> Declared:
    """Return the economy that these columns of text make, after checking all of them.

    Args:
        files: columns by name, by file name without suffix; a missing file has no rows.

    Raises:
        EconomyFault: as ``economy.from_rows``; also a figure of more than eighteen digits.
    """
    tables = {name: _Table(name, files.get(name, {})) for name in COLUMNS}
    _check_columns(files, tables)
    products, activities = tables["products"], tables["activities"]
    product, activity = products.ids("product"), activities.ids("activity")
    machine, limit = tables["machines"].ids("machine"), tables["limits"].ids("limit")
    offered, labour, needs = tables["hours"], tables["labour"], tables["needs"]
    trade, of_activity = offered.ids("trade"), activities.ids("workplace")
    place, council = pc.unique(of_activity), needs.ids("council")
    keys = _hours_keys(trade, offered.ids("workplace"))
    trades = pc.unique(trade)
    buy, sell = products.figures("buy_price"), products.figures("sell_price")
    _check_prices(products, buy, sell)
    closing = products.figures("closing_stock")
    closing = Some(closing.at, closing.amount)
    kept = np.flatnonzero(closing.amount.whole)
    closing = Some(closing.at[kept], closing.amount[kept])
    need = _needs(needs, product)
    cash = tables["trade_limit"].every("cash")
    for name in ("machines", "owners", "claims"):
        _read_all(tables[name])
    flows = tables["flows"]
    found = Declared(
        ids={
            "products": product,
            "activities": activity,
            "machines": machine,
            "limits": limit,
            "trades": trades,
            "workplaces": place,
            "councils": council,
            "hours": keys,
        },
        hash="",
        workplace=table.places_of(of_activity, place),
        runs=activities.figures("runs"),
        run_decimals=activities.decimals(),
        trade_decimals=products.decimals(),
        stock=products.figures("stock"),
        closing=closing,
        missing=products.every("worth", empty=0)[closing.at],
        buy=buy,
        sell=sell,
        flows=_pairs(flows, ("product", "quantity"), activity, product),
        labour=_pairs(labour, ("trade", "hours"), activity, trades),
        hours=Hours(
            table.places_of(trade, trades),
            _workplaces(offered.ids("workplace"), place),
            offered.every("hours"),
            offered.every("overtime", empty=0),
        ),
        machine_hours=tables["machines"].every("hours"),
        machine_use=_pairs(tables["machine_use"], ("machine", "hours"), activity, machine),
        needs=need,
        limits=tables["limits"].every("quantity"),
        limit_use=_pairs(tables["limit_use"], ("limit", "quantity"), activity, limit),
        cash=cash if len(cash) else figures.whole_numbers(np.zeros(1, np.int64)),
    )
    _check_units(flows, found.flows, products.text("unit"))
    _check_hours(labour, found)
    _check_claims(tables["claims"], needs, need)
    hashed = sha256()
    for name in sorted(COLUMNS):
        for block in _canonical(tables[name]):
            if name != "owners":
                hashed.update(block)
    return Declared(**{**vars(found), "hash": hashed.hexdigest(), "warnings": _warnings(found)})


def _truths(found: Any) -> NDArray[np.bool_]:
    truths: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False).astype(np.bool_)
    return truths


def _check_columns(files: Mapping[str, Columns], tables: Mapping[str, _Table]) -> None:
    for file in files:
        if file == "capital":
            raise EconomyFault(
                file, 0, "", "plans of several periods with capital are not computed at this size; leave the file out"
            )
        if file not in COLUMNS:
            raise EconomyFault(file, 0, "", f"the file is unknown; an economy folder holds {', '.join(COLUMNS)}")
    for name, of in tables.items():
        if not of.count:
            continue
        for column, texts in of.columns.items():
            if column == "period":
                for at in np.flatnonzero(~_truths(pc.equal(texts, "")))[:1]:
                    raise of.fault(int(at), column, "plans of several periods are not computed at this size")
            elif column not in COLUMNS[name]:
                columns = ", ".join(COLUMNS[name])
                raise of.fault(0, column, f"the column is unknown; {name} has columns {columns}")
        for column in COLUMNS[name]:
            if column not in of.columns and column not in OPTIONAL.get(name, ()):
                raise of.fault(0, column, f"the column is missing; {name} has columns {', '.join(COLUMNS[name])}")


def _read_all(of: _Table) -> None:
    """Check the texts and read the figures of a file that the model does not look at."""
    for column in COLUMNS[of.name]:
        if column in IDS:
            of.ids(column)
        elif column not in TEXT:
            of.every(column)
        elif column == "file":
            known = table.places_of(table.trimmed(of.text(column)), pa.array(list(COLUMNS)))
            for at in np.flatnonzero(known < 0)[:1]:
                raise of.fault(int(at), column, f"is no file of an economy folder: {', '.join(COLUMNS)}")


def _check_prices(products: _Table, buy: Some, sell: Some) -> None:
    both, b, s = np.intersect1d(buy.at, sell.at, assume_unique=True, return_indices=True)
    close = sell.amount[s].floats() >= buy.amount[b].floats() * (1 - 4 * figures.ERROR)
    for k in np.flatnonzero(close):
        if sell.amount.exact(int(s[k])) > buy.amount.exact(int(b[k])):
            reason = "sold dearer than bought: trade alone would make cash without end; correct one of the prices"
            raise products.fault(int(both[k]), "sell_price", reason)


def _pairs(of: _Table, columns: tuple[str, str], activity: Texts, among: Texts) -> Pairs:
    other, figure = columns
    amount = of.every(figure, negative=of.name in ("flows", "limit_use"))
    first = of.known("activity", activity, "activities")
    file = {"trade": "hours"}.get(other, f"{other}s")
    if other == "trade":
        second = _trades(of, among)
    else:
        second = of.known(other, among, file)
    return Pairs(first, second, amount)


def _trades(of: _Table, trades: Texts) -> Index:
    found = table.places_of(table.trimmed(of.text("trade")), trades)
    for at in np.flatnonzero(found < 0)[:1]:
        raise of.fault(int(at), "trade", f"{of.row(int(at)).text('trade')} has no row in hours; declare one")
    return found


def _hours_keys(trade: Texts, workplace: Texts) -> Texts:
    return pc.if_else(pc.equal(workplace, ""), trade, pc.binary_join_element_wise(trade, workplace, "|"))


def _workplaces(texts: Texts, among: Texts) -> Index:
    # A row of hours of a workplace where nobody works stands for a place of its own.
    found = table.places_of(texts, among)
    found[(found < 0) & ~_truths(pc.equal(texts, ""))] = len(among)
    return found


def _needs(of: _Table, product: Texts) -> Needs:
    tier = of.every("tier", empty=2)
    for at in np.flatnonzero((tier.places > 0) | (tier.whole < 1) | (tier.whole > 3))[:1]:
        said = of.row(int(at)).text("tier")
        raise of.fault(int(at), "tier", f"{said} is no tier; 1 (essential), 2 (planned) or 3 (wished)")
    return Needs(
        of.known("product", product, "products"),
        tier.whole.astype(np.int8),
        of.every("quantity"),
        of.every("worth", empty=1),
    )


def _check_units(of: _Table, flows: Pairs, units: Texts) -> None:
    said = of.text("unit")
    if not pc.any(pc.not_equal(said, "")).as_py():
        return
    due = pc.take(table.trimmed(units), pa.array(flows.other))
    differs = pc.and_(pc.not_equal(said, ""), pc.not_equal(table.trimmed(said), due))
    for at in np.flatnonzero(_truths(differs))[:1]:
        expected = f"is counted in {due[int(at)]}, not in {said[int(at)]}"
        raise of.fault(int(at), "unit", f"the product {expected}; convert the quantity or correct the unit")


def _check_hours(of: _Table, found: Declared) -> None:
    """Raise unless each trade that an activity uses has hours, in the whole federation or at its workplace."""
    spread = len(found.ids["workplaces"]) + 2
    offered = np.unique(found.hours.trade.astype(np.int64) * spread + found.hours.workplace + 1)
    trade = found.labour.other.astype(np.int64) * spread
    place = found.workplace[found.labour.activity].astype(np.int64) + 1
    has = np.isin(trade, offered) | np.isin(trade + place, offered)
    for at in np.flatnonzero(~has)[:1]:
        said = of.row(int(at)).text("trade")
        reason = f"{said} has no row in hours, for this workplace or for the whole federation; declare one"
        raise of.fault(int(at), "trade", reason)


def _check_claims(claims: _Table, needs: _Table, need: Needs) -> None:
    """Raise unless the worth that each council spends is at most its claim, exactly."""
    if not claims.count:
        return
    council = claims.ids("council")
    claim = claims.every("hours")
    spender = table.places_of(needs.ids("council"), council)
    spends = (need.worth.whole != 0) & (need.quantity.whole != 0)
    faults = [(int(at), "no claim at all") for at in np.flatnonzero((spender < 0) & spends)[:1]]
    order = np.argsort(spender, kind="stable")
    starts = np.searchsorted(spender[order], np.arange(len(council) + 1))
    for k in range(len(council)):
        own = order[starts[k] : starts[k + 1]]
        if figures.sum_of_products(need.worth[own], need.quantity[own]) > claim.exact(k):
            at = _overspent(need, own, claim.exact(k))
            faults.append((at, f"a claim of {decimal_text(claim.exact(k))} hours"))
    if faults:
        at, has = min(faults)
        spent = f"{needs.row(at).text('council')} spends more worth than it may and has {has}"
        raise needs.fault(at, "worth", f"{spent}; lower a need, or its worth")


def _overspent(need: Needs, own: Whole, claim: Fraction) -> int:
    """Return the first of a council's needs with which it has spent more than its claim."""
    spent = Fraction(0)
    for at in own.tolist():
        spent += need.worth.exact(at) * need.quantity.exact(at)
        if spent > claim:
            return int(at)
    raise AssertionError("the needs together spend more than the claim")


def _warnings(of: Declared) -> tuple[str, ...]:
    used = np.zeros(len(of.ids["products"]), np.bool_)
    used[of.flows.other] = used[of.needs.product] = True
    works = np.zeros(len(of.ids["trades"]), np.bool_)
    works[of.labour.other] = True
    said = [f"product {of.ids['products'][k]} is in no recipe and no need" for k in np.flatnonzero(~used)[:NOTES]]
    said += [f"trade {of.ids['trades'][k]} works in no activity" for k in np.flatnonzero(~works)[:NOTES]]
    more = int((~used).sum() + (~works).sum()) - len(said)
    return (*said, f"and {more} more like these") if more else tuple(said)


def _canonical(of: _Table) -> Any:
    """Yield the blocks of the canonical CSV of a file, after checking that no key is there twice."""
    if not of.count:
        return
    columns = []
    for column in COLUMNS[of.name]:
        if column in TEXT:
            columns.append(table.trimmed(of.text(column)))
            continue
        some = of.read[column]
        if len(some.at) == of.count:
            columns.append(table.canonical(of.text(column), some.amount))
        elif not len(some.at):
            columns.append(of.text(column))
        else:
            present = np.zeros(of.count, np.bool_)
            present[some.at] = True
            values = table.canonical(pc.take(of.text(column), pa.array(some.at)), some.amount)
            columns.append(pc.replace_with_mask(_chunk(of.text(column)), pa.array(present), values))
    keys = [columns[COLUMNS[of.name].index(c)] for c in KEYS[of.name]]
    order = _check_keys(of, keys)
    if order is not None:
        columns = [pc.take(c, pa.array(order)) for c in columns]
    yield f"# {of.name}\n{','.join(COLUMNS[of.name])}\n".encode()
    yield from table.lines(columns)


def _chunk(texts: Texts) -> Texts:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _check_keys(of: _Table, keys: list[Texts]) -> Whole | None:
    """Return the order of the rows by key, None where they are in it; raise where two have the same."""
    if not keys:
        if of.count > 1:
            raise of.fault(1, "", "the row is a duplicate of line 2; keep one of them")
        return None
    if of.name == "needs":
        # An empty tier is tier 2.
        twice = [keys[0], keys[1], pc.if_else(pc.equal(keys[2], ""), "2", keys[2])]
        _check_keys_of(of, twice)
    return _check_keys_of(of, keys)


def _check_keys_of(of: _Table, keys: list[Texts]) -> Whole | None:
    rising = _rising(keys)
    if rising.all():
        return None
    order = table.order(keys)
    moved = [pc.take(k, pa.array(order)) for k in keys]
    same = ~_rising(moved)
    for at in np.flatnonzero(same)[:1]:
        first, second = sorted((int(order[at]), int(order[at + 1])))
        key = "|".join(str(k[second]) for k in keys)
        raise of.fault(second, "", f"{key} is a duplicate of line {first + 2}; keep one of them")
    return order


def _rising(keys: list[Texts]) -> NDArray[np.bool_]:
    """Say of each row but the last whether its key comes before that of the next."""
    found = np.zeros(max(len(keys[0]) - 1, 0), np.bool_)
    same = ~found
    for key in keys:
        one, other = key.slice(0, len(found)), key.slice(1)
        found |= same & _truths(pc.less(one, other))
        same &= _truths(pc.equal(one, other))
    return found
