"""Make and use tables of the Bureau of Economic Analysis, as a table of commodities.

Layout of the interactive tables' CSV: some lines of title, a line of codes that begins with ``IOCode`` or ``Code``, a
column of names; in the use table commodities down and industries across, final uses F..., value added V..., totals
T...; in the make table industries down and commodities across. Source of the method: Horowitz and Planting, Concepts
and Methods of the U.S. Input-Output Accounts (BEA 2009), ch. 12. Each industry makes all its commodities by one
technique (industry technology): with U uses, V makes, g industry outputs, q commodity outputs, A = U g^-1 V q^-1.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from comitia.plan.tables import cells
from comitia.plan.tables.cells import Cells, NotATable
from comitia.plan.tables.inputoutput import Labour, Table

ZERO = Fraction(0)
HEADS = ("IOCode", "Code", "Commodities/Industries", "Industries/Commodities")
WAGES = "V001"
# Codes of totals begin so; the first two columns are codes and names.
TOTAL, NAMES = "T0", 2
USES = {"F01": "households", "F02": "investment", "F03": "inventories", "F04": "abroad", "F05": "imports"}
GOVERNMENT = "government"


def is_bea(path: Path) -> bool:
    """Return whether a file has a line of codes as these tables have, and rows or columns of value added.

    Raises:
        NotATable: the file cannot be read.
    """
    lines = cells.read(path)
    return any(row[0] in HEADS for _, row in lines) and any(WAGES in row[:2] or "F010" in row for _, row in lines)


def read(use: Path, make: Path) -> Table:
    """Return the commodity-by-commodity table of a use and a make table, in million dollars.

    Raises:
        NotATable: a file that cannot be read, a row or column missing, text for a number, an industry without output.
    """
    used, made = _table(use), _table(make)
    industries = [name for name in made.labels() if name in used.header[NAMES:] and not name.startswith(TOTAL)]
    commodities = tuple(name for name in used.labels() if name in made.header[NAMES:] and not name.startswith(TOTAL))
    if not industries or not commodities:
        raise NotATable(make, made.header_line, f"has no industry and commodity in common with {use}")
    make_rows = {j: made.figures(j, commodities) for j in industries}
    use_rows = {i: used.figures(i, industries) for i in commodities}
    g = {j: sum(make_rows[j].values(), ZERO) for j in industries}
    q = {i: sum((make_rows[j][i] for j in industries), ZERO) for i in commodities}
    idle = [j for j in industries if g[j] <= 0]
    if idle:
        raise NotATable(make, made.row(idle[0])[0], f"the industry {idle[0]} makes nothing")

    def by_commodity(row: dict[str, Fraction]) -> dict[str, Fraction]:
        """Share what industries use over the commodities that they make."""
        per_output = {j: row[j] / g[j] for j in industries if row[j]}
        return {i: sum((share * make_rows[j][i] for j, share in per_output.items()), ZERO) for i in commodities}

    columns = {name: council for name in used.header if (council := _council(name)) and name not in industries}
    lines = {i: used.row(i) for i in commodities}
    wages = by_commodity(used.figures(WAGES, industries))
    added = [name for name in used.labels() if name.startswith("V0")]
    value_added = [by_commodity(used.figures(name, industries)) for name in added]
    flows = {i: by_commodity(use_rows[i]) for i in commodities}
    said = "the tables have no hours: compensation of employees stands for them, as if every hour were paid alike."
    return Table(
        source="Bureau of Economic Analysis, use and make tables",
        unit="million dollars",
        products=commodities,
        names={i: row[1] if len(row) > 1 else i for i, (_, row) in lines.items()},
        flows={(i, k): amount for i, row in flows.items() for k, amount in row.items()},
        uses={(i, name): used.figure(*lines[i], name) for i in commodities for name in columns},
        councils=columns,
        output=q,
        labour=Labour(wages, "million dollars of wages", "people-in", said),
        primary={
            WAGES: wages,
            "value added": {i: sum((row[i] for row in value_added), ZERO) for i in commodities},
        },
        value_added="value added",
        wages=WAGES,
        households=next((name for name, council in columns.items() if council == "households"), ""),
        remarks=(
            "Commodities are made by industries in the observed market shares, each industry with one technique for "
            "all that it makes (industry technology).",
        ),
    )


def _council(code: str) -> str:
    """Return the council that stands for a final use, or nothing."""
    if not code.startswith("F"):
        return ""
    return USES.get(code[:3], GOVERNMENT) + ("" if code[:3] in ("F01", "F04", "F05") else f"-{code}")


def _table(path: Path) -> Cells:
    lines = cells.read(path)
    at = next((n for n, (_, row) in enumerate(lines) if row[0] in HEADS), None)
    if at is None:
        raise NotATable(path, 0, f"no line begins with {' or '.join(HEADS)}: these are the lines that name the columns")
    line, header = lines[at]
    return Cells(path, header, line, tuple(_kept(lines[at + 1 :])))


def _kept(rows: Sequence[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
    # A second line of names below the codes, and notes at the end, are no rows of the table.
    return [(line, row) for line, row in rows if len(row) > 2 and row[0]]
