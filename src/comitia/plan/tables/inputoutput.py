"""Input-output tables of any origin as an economy, and as a square table of values.

One product, one activity and one trade per row of the table; a run is one unit of gross output. Which file is what is
the business of the readers beside this module (wiod, matrix, bea); each returns a ``Table``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from comitia.plan import economy as economies, labour, table as tables
from comitia.plan.economy import Economy
from comitia.plan.rows import decimal_text
from comitia.plan.table import Square

Text = Mapping[str, str]
Cells = Mapping[tuple[str, str], Fraction]
ZERO = Fraction(0)
# Coefficients have nine digits, rounded down: coarse enough to leave room for rounding quantities to six decimals.
DIGITS, DECIMALS = 9, 6
# Less than this share of output is what balancing a table by machine leaves, and no input: solvers drop it silently.
CRUMB = Fraction(1, 10**9)
# A unit of any need is worth this many times the hours in the product that embodies most.
WORTH = 2


@dataclass(frozen=True)
class Labour:
    """What a table counts as labour: by product, with the unit, and where it comes from, in words for the report.

    ``trade`` is the beginning of each trade's id: one trade per product, for a table does not say who can do what.
    """

    amount: Mapping[str, Fraction]
    unit: str
    trade: str
    said: str


@dataclass(frozen=True)
class Table:
    """One table: flows by (from, to), final uses by (product, use), output and primary inputs by product.

    ``source`` and ``unit`` are words for the report; ``councils`` gives the council that stands for each use.
    ``primary`` are the primary inputs by name; ``value_added``, ``wages`` and ``households`` name those among them (and
    among the uses) that are, or are empty.
    """

    source: str
    unit: str
    products: tuple[str, ...]
    names: Mapping[str, str]
    flows: Cells
    uses: Cells
    councils: Mapping[str, str]
    output: Mapping[str, Fraction]
    labour: Labour
    primary: Mapping[str, Mapping[str, Fraction]]
    value_added: str = ""
    wages: str = ""
    households: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """An economy made of a table, and every assumption that went into it, one sentence each."""

    economy: Economy
    assumptions: tuple[str, ...]


class UnknownProduct(Exception):
    """A product code that the table does not have."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        self.code = code
        super().__init__(f"the table has no product {code!r}; it has {', '.join(known)}")


def square(table: Table) -> Square:
    """Return the coefficients of a table, in floats, for values, multipliers and prices of production."""
    place = {p: i for i, p in enumerate(table.products)}
    flows = np.zeros((len(place), len(place)))
    for (source, target), amount in table.flows.items():
        flows[place[source], place[target]] = float(amount)
    output = np.array([float(table.output[p]) for p in table.products])
    rows = {name: np.array([float(row.get(p, ZERO)) for p in table.products]) for name, row in table.primary.items()}
    hours = np.array([float(table.labour.amount.get(p, ZERO)) for p in table.products])
    A, primary = tables.from_flows(flows, output, {**rows, table.labour.unit: hours})
    bought = None
    if table.households:
        bought = np.array([float(table.uses.get((p, table.households), ZERO)) for p in table.products])
    return Square(
        products=table.products,
        units=(table.unit,) * len(table.products),
        A=A,
        primary=primary,
        output=output,
        labour=table.labour.unit if table.labour.amount else "",
        value_added=table.value_added,
        wages=table.wages,
        households=bought,
    )


def economy_of(table: Table, *, spare: Fraction, more: Mapping[str, Fraction]) -> Imported:
    """Return the economy of a table: capacity and labour are the observed ones times 1 + spare.

    Args:
        table: as read.
        spare: 0 or more, as a share of what was observed.
        more: by product, what its needs are multiplied by.

    Raises:
        NotProductive: the industries use up as much as they make.
        UnknownProduct: ``more`` names a product that the table does not have, or that has no output.
    """
    kept = [p for p in table.products if table.output[p] > 0]
    for code in more:
        if code not in kept:
            raise UnknownProduct(code, kept)
    worth = _worth(table)
    columns = ("products", "activities", "flows", "labour", "hours", "needs")
    files: dict[str, list[Text]] = {file: [] for file in columns}
    for c in kept:
        stock = sum((-min(table.uses.get((c, u), ZERO), ZERO) for u in table.councils), ZERO)
        files["products"].append(
            {"product": c, "unit": table.unit, "decimals": str(DECIMALS), "stock": decimal_text(_up(stock))}
        )
        runs = decimal_text(_up(table.output[c] * (1 + spare)))
        files["activities"].append({"activity": c, "workplace": c, "runs": runs, "decimals": str(DECIMALS)})
        for other in kept:
            used = _coefficient(table.flows.get((other, c), ZERO) / table.output[c])
            net = (1 if other == c else 0) - used
            if net:
                files["flows"].append({"activity": c, "product": other, "quantity": decimal_text(net)})
        trade = f"{table.labour.trade}-{c}"
        worked = table.labour.amount.get(c, ZERO)
        per_run = _coefficient(worked / table.output[c])
        files["labour"].append({"activity": c, "trade": trade, "hours": decimal_text(per_run)})
        hours = decimal_text(_up(worked * (1 + spare)))
        files["hours"].append({"trade": trade, "workplace": c, "hours": hours, "overtime": "0"})
        files["needs"] += _needs(table, c, more.get(c, Fraction(1)), worth)
    return Imported(economies.from_rows(files), (*table.remarks, *_assumptions(table, spare, more, worth)))


def _needs(table: Table, code: str, factor: Fraction, worth: str) -> list[Text]:
    found: list[Text] = []
    for use, council in table.councils.items():
        needed = decimal_text(_down(max(table.uses.get((code, use), ZERO), ZERO) * factor))
        if needed != "0":
            found.append({"council": council, "product": code, "tier": "2", "quantity": needed, "worth": worth})
    return found


def least_spare(table: Table, *, more: Mapping[str, Fraction]) -> tuple[Fraction, str]:
    """Return the least spare at which nothing is short, rounded up to six decimals, and the product that needs it.

    With one technique per product every output is fixed by the needs: x = (1 - A)^-1 (needs - stock); the spare is the
    largest x / observed - 1.
    """
    of = square(table)
    needed = np.zeros(len(of.products))
    for i, c in enumerate(of.products):
        for use in table.councils:
            amount = table.uses.get((c, use), ZERO)
            needed[i] += float(amount * (more.get(c, Fraction(1)) if amount > 0 else 1))
    x = np.linalg.solve(np.eye(len(of.A)) - of.A, needed)
    output = np.array([float(table.output[c]) for c in of.products])
    ratio = np.where(output > 0, x / np.where(output > 0, output, 1.0) - 1, 0.0)
    most = int(ratio.argmax())
    # Ratios of nearly 0 are the table's own rounding.
    share = max(float(ratio[most]), 0.0)
    return (Fraction(ceil(share * 10**6), 10**6) if share > 1e-9 else ZERO), of.products[most]


def _assumptions(table: Table, spare: Fraction, more: Mapping[str, Fraction], worth: str) -> tuple[str, ...]:
    kept = [p for p in table.products if table.output[p] > 0]
    negative = [(c, u) for c in kept for u in table.councils if table.uses.get((c, u), ZERO) < 0]
    told = ", ".join(f"{c} {table.councils[u]} {float(table.uses[c, u]):.6g}" for c, u in negative)
    raised = ", ".join(f"{c} x {decimal_text(f)}" for c, f in more.items())
    idle = ", ".join(p for p in table.products if table.output[p] <= 0)
    return tuple(
        said
        for said in (
            f"{table.source}: {len(kept)} products, one activity and one trade each; "
            f"a run is 1 {table.unit.removesuffix('s')} of gross output.",
            f"{idle} is left out: it has no output." if idle else "",
            "One technique per product, in the observed proportions (constant returns); what is used up is divided by "
            f"output and rounded down to {DIGITS} digits; less than a billionth of output is left out.",
            f"Capacity and labour are the observed ones x {decimal_text(1 + spare)}; {table.labour.said}",
            "Labour does not move between industries; no overtime; capital, land and emissions are no limits here.",
            "Imports come in unasked, in the observed proportion, and limit nothing.",
            f"Needs are the final uses of each product: {', '.join(dict.fromkeys(table.councils.values()))}; "
            "all are of tier 2.",
            f"Negative final uses are opening stock: {told}." if told else "",
            f"1 {table.unit.removesuffix('s')} of any need is worth {worth} {table.labour.unit}: {WORTH} x the labour "
            "in the product that embodies most; among needs of equal worth it is arbitrary which one goes short.",
            f"Needs are raised: {raised}." if raised else "",
        )
        if said
    )


def _worth(table: Table) -> str:
    of = square(table)
    values = labour.labour_values(of.A, of.primary[table.labour.unit])
    return decimal_text(Fraction(f"{WORTH * float(values.max()):.4g}"))


def _coefficient(share: Fraction) -> Fraction:
    """Return a share rounded down to nine digits, so that the observed plan stays feasible; crumbs are 0."""
    if share < CRUMB:
        return ZERO
    scale = 10**DIGITS
    while share and share * scale < 10 ** (DIGITS - 1):
        scale *= 10
    return Fraction(floor(share * scale), scale)


def _up(quantity: Fraction) -> Fraction:
    return Fraction(ceil(quantity * 10**DECIMALS), 10**DECIMALS)


def _down(quantity: Fraction) -> Fraction:
    return Fraction(floor(quantity * 10**DECIMALS), 10**DECIMALS)
