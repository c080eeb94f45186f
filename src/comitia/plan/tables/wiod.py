"""National input-output tables of WIOD 2016 with hours worked (socio-economic accounts), as an economy.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), World Input-Output Database, release 2016. One product,
one activity and one trade per industry; a run is one million dollars of gross output.
"""

import csv
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import numpy as np

from comitia.plan import economy as economies, labour
from comitia.plan.economy import Economy
from comitia.plan.rows import FIGURE, decimal_text

Text = Mapping[str, str]
USES = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN", "EXP")
COUNCILS = {
    "CONS_h": "households",
    "CONS_np": "non-profits",
    "CONS_g": "government",
    "GFCF": "investment",
    "INVEN": "inventories",
    "EXP": "abroad",
}
# Coefficients have nine digits, rounded down: coarse enough to leave room for rounding quantities to six decimals.
DIGITS, DECIMALS = 9, 6
MILLION = 10**6
# A dollar of any need is worth this many times the hours in the dollar that embodies most.
WORTH = 2


class NotWiod(Exception):
    """A file that is no WIOD table: which, which line, what was expected."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")


@dataclass(frozen=True)
class Table:
    """A year of a national table: flows by (from, to), final uses by (from, use), output and hours by industry.

    Output in millions of dollars as the file gives it; hours in hours (the file has millions).
    """

    year: int
    industries: tuple[str, ...]
    names: Mapping[str, str]
    flows: Mapping[tuple[str, str], Fraction]
    uses: Mapping[tuple[str, str], Fraction]
    output: Mapping[str, Fraction]
    hours: Mapping[str, Fraction]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """An economy made of a table, and every assumption that went into it, one sentence each."""

    economy: Economy
    assumptions: tuple[str, ...]


def read(iot: Path, sea: Path, *, year: int) -> Table:
    """Return one year of a table and its accounts; the files may be gzipped.

    Raises:
        NotWiod: a file that cannot be read, lacks a column, the year or an industry, or has text for a number.
    """
    wanted = [
        (line, r) for line, r in _rows(iot, ("Year", "Code", "Description", "Origin", "GO")) if _year(r["Year"]) == year
    ]
    if not wanted:
        raise NotWiod(iot, 0, f"has no rows of the year {year}")
    remarks = []
    foreign = [r["Code"] for _, r in wanted if r["Origin"] != "Domestic"]
    if foreign:
        remarks.append(f"{len(foreign)} rows whose origin is not Domestic are imports and are left out.")
    domestic = [(line, r) for line, r in wanted if r["Origin"] == "Domestic"]
    codes = [r["Code"] for _, r in domestic]
    output = {r["Code"]: _figure(iot, line, r, "GO") for line, r in domestic}
    kept = tuple(c for c in codes if output[c] > 0)
    for c in codes:
        if output[c] <= 0:
            remarks.append(f"{c} is left out: it has no output in {year}.")
    accounts = {r["code"]: (line, r) for line, r in _rows(sea, ("code", "year", "H_EMPE")) if _year(r["year"]) == year}
    missing = [c for c in kept if c not in accounts]
    if missing:
        raise NotWiod(sea, 0, f"has no row of {missing[0]} in {year}")
    return Table(
        year=year,
        industries=kept,
        names={r["Code"]: r["Description"] for _, r in domestic},
        flows={(r["Code"], c): _figure(iot, line, r, c) for line, r in domestic for c in kept if r["Code"] in kept},
        uses={(r["Code"], u): _figure(iot, line, r, u) for line, r in domestic for u in USES if r["Code"] in kept},
        output={c: output[c] for c in kept},
        hours={c: _figure(sea, accounts[c][0], accounts[c][1], "H_EMPE") * MILLION for c in kept},
        remarks=tuple(remarks),
    )


def economy_of(table: Table, *, spare: Fraction, more: Mapping[str, Fraction]) -> Imported:
    """Return the economy of a table: capacity and hours are the observed ones times 1 + spare.

    Args:
        table: as read.
        spare: 0 or more, as a share of what was observed.
        more: by industry, what the needs of its product are multiplied by.

    Raises:
        NotProductive: the industries use up as much as they make.
        UnknownIndustry: ``more`` names an industry that the table does not have.
    """
    for code in more:
        if code not in table.industries:
            raise UnknownIndustry(code, table.industries)
    worth = _worth(table)
    files: dict[str, list[Text]] = {
        "products": [],
        "activities": [],
        "flows": [],
        "labour": [],
        "hours": [],
        "needs": [],
    }
    for c in table.industries:
        stock = sum((-min(table.uses[c, u], Fraction(0)) for u in USES), Fraction(0))
        files["products"].append(
            {"product": c, "unit": "million dollars", "decimals": str(DECIMALS), "stock": decimal_text(_up(stock))}
        )
        runs = decimal_text(_up(table.output[c] * (1 + spare)))
        files["activities"].append({"activity": c, "workplace": c, "runs": runs, "decimals": str(DECIMALS)})
        for other in table.industries:
            used = _coefficient(table.flows[other, c] / table.output[c])
            net = (1 if other == c else 0) - used
            if net:
                files["flows"].append({"activity": c, "product": other, "quantity": decimal_text(net)})
        trade = f"employees-in-{c}"
        per_run = _coefficient(table.hours[c] / table.output[c])
        files["labour"].append({"activity": c, "trade": trade, "hours": decimal_text(per_run)})
        hours = decimal_text(_up(table.hours[c] * (1 + spare)))
        files["hours"].append({"trade": trade, "workplace": c, "hours": hours, "overtime": "0"})
        files["needs"] += _needs(table, c, more.get(c, Fraction(1)), worth)
    return Imported(economies.from_rows(files), (*table.remarks, *_assumptions(table, spare, more, worth)))


def _needs(table: Table, code: str, factor: Fraction, worth: str) -> list[Text]:
    found: list[Text] = []
    for use in USES:
        needed = decimal_text(_down(max(table.uses[code, use], Fraction(0)) * factor))
        if needed != "0":
            need = {"council": COUNCILS[use], "product": code, "tier": "2", "quantity": needed, "worth": worth}
            found.append(need)
    return found


class UnknownIndustry(Exception):
    """An industry code that the table does not have."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        self.code = code
        super().__init__(f"the table has no industry {code!r}; it has {', '.join(known)}")


def least_spare(table: Table, *, more: Mapping[str, Fraction]) -> tuple[Fraction, str]:
    """Return the least spare at which nothing is short, rounded up to six decimals, and the industry that needs it.

    With one technique per product every output is fixed by the needs: x = (1 - A)^-1 (needs - stock); the spare is the
    largest x / observed - 1.
    """
    A, needed = _coefficients(table), np.zeros(len(table.industries))
    for i, c in enumerate(table.industries):
        for use in USES:
            factor = more.get(c, Fraction(1)) if table.uses[c, use] > 0 else Fraction(1)
            needed[i] += float(table.uses[c, use] * factor)
    x = np.linalg.solve(np.eye(len(A)) - A, needed)
    ratio = x / np.array([float(table.output[c]) for c in table.industries]) - 1
    most = int(ratio.argmax())
    # Ratios of nearly 0 are the table's own rounding.
    share = max(float(ratio[most]), 0.0)
    return (Fraction(ceil(share * 10**6), 10**6) if share > 1e-9 else Fraction(0)), table.industries[most]


def _assumptions(table: Table, spare: Fraction, more: Mapping[str, Fraction], worth: str) -> tuple[str, ...]:
    negative = [(c, u) for c in table.industries for u in USES if table.uses[c, u] < 0]
    told = ", ".join(f"{c} {COUNCILS[u]} {float(table.uses[c, u]):.6g}" for c, u in negative)
    raised = ", ".join(f"{c} x {decimal_text(f)}" for c, f in more.items())
    return tuple(
        said
        for said in (
            f"{len(table.industries)} industries of {table.year}: one product, one activity, one trade each; "
            "a run is 1 million dollars of gross output.",
            "One technique per industry, in the observed proportions (constant returns); what is used up is divided by "
            f"output and rounded down to {DIGITS} digits.",
            f"Capacity and hours are the observed ones x {decimal_text(1 + spare)}; hours are those of employees only "
            "(H_EMPE), the self-employed are not in them.",
            "Hours do not move between industries; no overtime; capital, land and emissions are no limits here.",
            "Imports are as the file gives them: it has no rows of imports, so what is imported comes in unasked, "
            "in the observed proportion, and limits nothing.",
            "Needs are the final uses of each product: households, non-profits, government, investment, inventories, "
            "abroad (exports); all are of tier 2.",
            f"Negative final uses are opening stock: {told}." if told else "",
            f"A million dollars of any need is worth {worth} hours: {WORTH} x the hours in the product that "
            "embodies most; among needs of equal worth it is arbitrary which one goes short.",
            f"Needs are raised: {raised}." if raised else "",
        )
        if said
    )


def _worth(table: Table) -> str:
    ell = np.array([float(table.hours[c] / table.output[c]) for c in table.industries])
    values = labour.labour_values(_coefficients(table), ell)
    return str(round(WORTH * float(values.max()), -2)).removesuffix(".0")


def _coefficients(table: Table) -> labour.Matrix:
    return np.array([[float(table.flows[i, j] / table.output[j]) for j in table.industries] for i in table.industries])


def _coefficient(share: Fraction) -> Fraction:
    """Return a share rounded down to twelve digits, so that the observed plan stays feasible."""
    scale = 10**DIGITS
    while share and share * scale < 10 ** (DIGITS - 1):
        scale *= 10
    return Fraction(floor(share * scale), scale)


def _up(quantity: Fraction) -> Fraction:
    return Fraction(ceil(quantity * 10**DECIMALS), 10**DECIMALS)


def _down(quantity: Fraction) -> Fraction:
    return Fraction(floor(quantity * 10**DECIMALS), 10**DECIMALS)


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, Text]]:
    try:
        content = path.read_bytes()
        # RFC 1952: a gzip file begins with 1f 8b.
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        raise NotWiod(path, 0, f"cannot be read ({fault})") from fault
    reader = csv.DictReader(text.splitlines())
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        raise NotWiod(path, 1, f"the column {missing[0]} is missing; {', '.join(columns)} are expected")
    return [(line, {k: v or "" for k, v in row.items() if k}) for line, row in enumerate(reader, 2)]


def _year(text: str) -> int:
    # The tables write 2014 and 2014.0.
    whole = text.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() else 0


def _figure(path: Path, line: int, row: Text, column: str) -> Fraction:
    text = row.get(column, "")
    if not FIGURE.fullmatch(text):
        raise NotWiod(path, line, f"column {column}: {text!r} is not a number")
    return Fraction(text)
