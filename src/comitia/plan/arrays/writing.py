"""Plans of large economies to the tables of a plan folder, and back; the columns are those of ``plan/listing.py``."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from comitia.plan.arrays import figures, table
from comitia.plan.arrays.certificate import Prices
from comitia.plan.arrays.figures import Figures
from comitia.plan.arrays.model import Declared, Model
from comitia.plan.arrays.table import Columns, Texts
from comitia.plan.listing import COLUMNS, NotAPlan

TABLES = ("overtime", "prices", "runs", "trade", "unmet")


def tables(of: Declared, model: Model, values: Figures, prices: Prices) -> dict[str, Columns]:
    """Return the tables of a plan, rows sorted by their keys, rows of 0 left out."""
    return {
        "overtime": _sorted("overtime", _overtime(of, model, values)),
        "prices": _sorted("prices", _prices(of, model, prices)),
        "runs": _sorted("runs", _named(values[model.part("runs")], [of.ids["activities"]])),
        "trade": _sorted("trade", _trade(of, model, values)),
        "unmet": _sorted("unmet", _unmet(of, model, values)),
    }


def _sorted(name: str, columns: list[Texts]) -> Columns:
    by = columns if name == "prices" else columns[: -1 if name != "trade" else -2]
    order = pa.array(table.order(by))
    return dict(zip(COLUMNS[name], [pc.take(c, order) for c in columns], strict=True))


def _named(amount: Figures, ids: list[Texts]) -> list[Texts]:
    """Return columns of ids and the figures that are not 0."""
    at = np.flatnonzero(amount.whole)
    return [*(pc.take(i, pa.array(at)) for i in ids), table.text(amount[at])]


def _take(ids: Any, at: NDArray[Any]) -> Texts:
    return pc.take(ids, pa.array(at))


def _constant(word: str, count: int) -> Texts:
    return pa.nulls(count, pa.string()).fill_null(word)


def _overtime(of: Declared, model: Model, values: Figures) -> list[Texts]:
    rows = model.members["overtime"]
    keys = _take(of.ids["hours"], rows)
    trade = _take(of.ids["trades"], of.hours.trade[rows])
    # The key of a row of hours is the trade, and after a bar the workplace.
    place = pc.replace_substring_regex(keys, r"^[^|]*\|?", "")
    return _named(values[model.part("overtime")], [trade, place])


def _unmet(of: Declared, model: Model, values: Figures) -> list[Texts]:
    tier = pc.cast(pa.array(of.needs.tier), pa.string())
    product = _take(of.ids["products"], of.needs.product)
    needs = _named(values[model.part("unmet")], [of.ids["councils"], product, tier])
    members = model.members["closing"]
    empty = [_constant("", len(members)), _take(of.ids["products"], members), _constant("0", len(members))]
    closing = _named(values[model.part("closing")], empty)
    return [pa.concat_arrays([one, other]) for one, other in zip(needs, closing, strict=True)]


def _trade(of: Declared, model: Model, values: Figures) -> list[Texts]:
    count = len(of.ids["products"])
    bought, sold = (figures.whole_numbers(np.zeros(count, np.int64)) for _ in range(2))
    for into, kind in ((bought, "bought"), (sold, "sold")):
        own = values[model.part(kind)]
        into.whole[model.members[kind]], into.places[model.members[kind]] = own.whole, own.places
    at = np.flatnonzero((bought.whole != 0) | (sold.whole != 0))
    return [_take(of.ids["products"], at), table.text(bought[at]), table.text(sold[at])]


def _prices(of: Declared, model: Model, prices: Prices) -> list[Texts]:
    found: list[list[Texts]] = []
    for kind, ids in row_ids(of).items():
        first = model.row_starts[kind]
        found.append(_priced(kind, ids, prices.rows[first : first + model.rows[kind]]))
    found.append(_priced("runs", of.ids["activities"], prices.runs))
    return [pa.concat_arrays([part[k] for part in found]) for k in range(4)]


def _priced(kind: str, ids: Any, price: Figures) -> list[Texts]:
    key, figure = _named(price, [ids])
    return [_constant("0", len(key)), _constant(kind, len(key)), key, figure]


def row_ids(of: Declared) -> Mapping[str, Any]:
    """Return the keys of the rows of each kind, in their order."""
    return {
        "product": of.ids["products"],
        "hours": of.ids["hours"],
        "machine": of.ids["machines"],
        "limit": of.ids["limits"],
        "cash": pa.array([""], pa.string()),
    }


def read(of: Declared, model: Model, files: Mapping[str, Columns]) -> tuple[Figures, Prices]:
    """Return the values and the prices that the tables of a plan say.

    Raises:
        NotAPlan: a missing table or column, something that the economy does not have, a figure twice, or no figure.
    """
    for name in TABLES:
        if name not in files:
            raise NotAPlan(name, 0, "the table is missing; plan solve --out writes all of them")
        if tuple(files[name]) != COLUMNS[name]:
            raise NotAPlan(name, 1, f"expected columns {', '.join(COLUMNS[name])}")
    values = Figures(np.zeros(model.width, np.int64), np.zeros(model.width, np.int8))
    runs = _found("runs", [files["runs"]["activity"]], [of.ids["activities"]])
    _put("runs", values, model.starts["runs"] + runs, _figures(files, "runs", "runs"))
    _read_unmet(of, model, files, values)
    for kind in ("bought", "sold"):
        amount = _figures(files, "trade", kind)
        traded = np.flatnonzero(amount.whole)
        product = _take(_one(files["trade"]["product"]), traded)
        at = _found("trade", [product], [_take(of.ids["products"], model.members[kind])])
        _put("trade", values, model.starts[kind] + at, amount[traded])
    _found("trade", [files["trade"]["product"]], [of.ids["products"]])
    rows = model.members["overtime"]
    said = files["overtime"]
    place = _one(said["workplace"])
    joined = pc.if_else(
        pc.equal(place, ""), _one(said["trade"]), pc.binary_join_element_wise(said["trade"], place, "|")
    )
    hours = _found("overtime", [joined], [_take(of.ids["hours"], rows)])
    _put("overtime", values, model.starts["overtime"] + hours, _figures(files, "overtime", "hours"))
    return values, _read_prices(of, model, files)


def _read_unmet(of: Declared, model: Model, files: Mapping[str, Columns], values: Figures) -> None:
    said = {name: _one(texts) for name, texts in files["unmet"].items()}
    amount = _figures(files, "unmet", "quantity")
    closing = pc.equal(said["tier"], "0").to_numpy(zero_copy_only=False)
    at = np.flatnonzero(~closing)
    tier = pc.cast(pa.array(of.needs.tier), pa.string())
    own = [of.ids["councils"], _take(of.ids["products"], of.needs.product), tier]
    found = _found("unmet", [_take(said[k], at) for k in ("council", "product", "tier")], own)
    _put("unmet", values, model.starts["unmet"] + found, amount[at])
    at = np.flatnonzero(closing)
    products = _take(of.ids["products"], model.members["closing"])
    if pc.any(pc.not_equal(_take(said["council"], at), "")).as_py():
        raise NotAPlan("unmet", 0, "a closing stock (tier 0) has no council")
    found = _found("unmet", [_take(said["product"], at)], [products])
    _put("unmet", values, model.starts["closing"] + found, amount[at])


def _read_prices(of: Declared, model: Model, files: Mapping[str, Columns]) -> Prices:
    said = {name: _one(texts) for name, texts in files["prices"].items()}
    amount = _figures(files, "prices", "price")
    if pc.any(pc.not_equal(said["level"], "0")).as_py():
        raise NotAPlan("prices", 0, "the variant has one level, 0")
    rows = Figures(np.zeros(model.height, np.int64), np.zeros(model.height, np.int8))
    runs = Figures(np.zeros(len(of.ids["activities"]), np.int64), np.zeros(len(of.ids["activities"]), np.int8))
    left = len(amount)
    for kind, ids in {**row_ids(of), "runs": of.ids["activities"]}.items():
        at = np.flatnonzero(pc.equal(said["kind"], kind).to_numpy(zero_copy_only=False))
        left -= len(at)
        found = _found("prices", [_take(said["key"], at)], [ids])
        into, first = (runs, 0) if kind == "runs" else (rows, model.row_starts[kind])
        if kind == "cash" and len(at) and not model.rows["cash"]:
            raise NotAPlan("prices", 0, "a price of cash is written, but nothing is traded")
        _put("prices", into, first + found, amount[at])
    if left:
        raise NotAPlan("prices", 0, f"a kind other than {', '.join(row_ids(of))} and runs is written")
    return Prices(rows, runs)


def _one(texts: Texts) -> Texts:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _figures(files: Mapping[str, Columns], name: str, column: str) -> Figures:
    try:
        return table.parse(files[name][column])
    except table.NotFigures as fault:
        reason = f"{column} is no number of {figures.DIGITS} digits at most; write decimal text like 12.5"
        raise NotAPlan(name, fault.at + 2, reason) from None


def _found(name: str, said: list[Texts], among: list[Texts]) -> NDArray[np.int64]:
    """Return where the keys that a table says stand among those of the economy."""
    keys, known = (_one(c[0]) if len(c) == 1 else pc.binary_join_element_wise(*c, "|") for c in (said, among))
    found = table.places_of(keys, known).astype(np.int64)
    for at in np.flatnonzero(found < 0)[:1]:
        raise NotAPlan(name, 0, f"has {keys[int(at)].as_py()}, which the economy does not have")
    return found


def _put(name: str, into: Figures, at: NDArray[np.int64], amount: Figures) -> None:
    if len(np.unique(at)) != len(at):
        raise NotAPlan(name, 0, "has two figures of the same thing; one is expected")
    into.whole[at], into.places[at] = amount.whole, amount.places
