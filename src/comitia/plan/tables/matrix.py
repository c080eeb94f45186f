"""Square input-output tables in one file: products down and across, final uses to the right, primary inputs below.

Layouts: the Office for National Statistics' product-by-product table (United Kingdom 2010) and the table of the
Eurostat manual (Beutel 2008), both as the R package iotables exports them. Which one a file has is seen by its row
labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from comitia.plan.tables import cells
from comitia.plan.tables.cells import Cells, NotATable
from comitia.plan.tables.inputoutput import Labour, Table

ZERO = Fraction(0)


@dataclass(frozen=True)
class Layout:
    """The labels by which a layout is known and read.

    ``value_added`` are the rows that make up value added together; ``wages`` is the row of what is paid for labour;
    ``labour`` the row of persons or hours, empty where there is none, and then wages stand for it.
    """

    source: str
    unit: str
    output: str
    value_added: tuple[str, ...]
    wages: str
    labour: str
    labour_unit: str
    labour_said: str
    imports: tuple[str, ...]
    councils: Mapping[str, str]


ONS = Layout(
    source="Office for National Statistics, input-output analytical table",
    unit="million pounds",
    output="Total output",
    value_added=("Taxes less subsidies on production", "Compensation of employees", "Gross Operating Surplus"),
    wages="Compensation of employees",
    labour="",
    labour_unit="million pounds of wages",
    labour_said="the table has no hours: compensation of employees stands for them, as if every hour were paid alike.",
    imports=("Imported goods and services", "Taxes less subsidies on products"),
    councils={
        "Households": "households",
        "Non-profit instns serving households": "non-profits",
        "Central government": "government",
        "Local government": "government-local",
        "Gross fixed capital formation": "investment",
        "Valuables": "valuables",
        "Changes in inventories": "inventories",
        "Exports of goods": "abroad",
        "Exports of services": "abroad-services",
    },
)
EUROSTAT = Layout(
    source="Eurostat manual, input-output table",
    unit="million euros",
    output="output",
    value_added=("gva",),
    wages="compensation_employees",
    labour="employment_domestic_total",
    labour_unit="thousand persons",
    labour_said="labour is counted in thousands of persons, the self-employed among them.",
    imports=("imports", "net_tax_products"),
    councils={
        "final_consumption_households": "households",
        "final_consumption_government": "government",
        "gross_capital_formation": "investment",
        "inventory_change": "inventories",
        "exports": "abroad",
    },
)
LAYOUTS = (ONS, EUROSTAT)


def layout_of(path: Path) -> Layout | None:
    """Return the layout that a file has, by its row labels, or None.

    Raises:
        NotATable: the file cannot be read.
    """
    labels = {row[0] for _, row in cells.read(path)}
    return next((of for of in LAYOUTS if {of.output, of.wages, *of.value_added} <= labels), None)


def read(path: Path) -> Table:
    """Return the table of a file.

    Raises:
        NotATable: no such file, another layout, a row or column missing, or text for a number.
    """
    of = layout_of(path)
    if of is None:
        known = " or ".join(f"{one.source} (rows {one.output!r}, {one.wages!r})" for one in LAYOUTS)
        raise NotATable(path, 0, f"has a layout that is not known; {known} is expected")
    given = cells.with_header(path)
    products = _products(given, of)
    lines = {p: given.row(p) for p in products}
    primary_rows = [*of.value_added, of.wages, *of.imports, *([of.labour] if of.labour else [])]
    primary = {name: given.figures(name, products) for name in dict.fromkeys(primary_rows)}
    added = {p: sum((primary[name][p] for name in of.value_added), ZERO) for p in products}
    amount = primary[of.labour or of.wages]
    return Table(
        source=of.source,
        unit=of.unit,
        products=products,
        names={p: p for p in products},
        flows={(p, other): given.figure(*lines[p], other) for p in products for other in products},
        uses={(p, use): given.figure(*lines[p], use) for p in products for use in of.councils},
        councils=of.councils,
        output=given.figures(of.output, products),
        labour=Labour(amount, of.labour_unit, "people-in", of.labour_said),
        primary={**primary, "value added": added},
        value_added="value added",
        wages=of.wages,
        households=next(iter(of.councils)),
    )


def _products(given: Cells, of: Layout) -> tuple[str, ...]:
    """Return what stands both down and across, up to the first final use."""
    first = min((given.header.index(use) for use in of.councils if use in given.header), default=len(given.header))
    labels = set(given.labels())
    found = tuple(name for name in given.header[1:first] if name in labels and not name.lower().startswith("total"))
    if not found:
        raise NotATable(given.path, given.header_line, "no product stands both as a row and as a column")
    return found
