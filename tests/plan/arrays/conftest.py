"""Rows of text as columns, and a planned large economy as a plan of small ones, for the exact certificate to judge."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from comitia.plan import allocation, certificate, listing
from comitia.plan.arrays import reader, writing
from comitia.plan.arrays.model import Declared
from comitia.plan.arrays.planning import Planned
from comitia.plan.arrays.table import Columns
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

Rows = dict[str, list[dict[str, str]]]


def columns_of(rows: Rows) -> dict[str, Columns]:
    found = {}
    for file, given in rows.items():
        names = list(dict.fromkeys(name for row in given for name in row))
        found[file] = {name: pa.array([row.get(name, "") for row in given], pa.string()) for name in names}
    return found


@pytest.fixture(scope="session")
def columns() -> Callable[[Rows], dict[str, Columns]]:
    """What turns rows into columns."""
    return columns_of


@pytest.fixture(scope="session")
def declared() -> Callable[[Rows], Declared]:
    """What reads rows as arrays."""
    return lambda rows: reader.declared(columns_of(rows))


@pytest.fixture(scope="session")
def as_small() -> Callable[[Economy, Declared, Planned], Plan]:
    """What turns a plan of arrays into one of exact objects, with its allocation."""

    def turned(economy: Economy, of: Declared, planned: Planned) -> Plan:
        tables = writing.tables(of, planned.model, planned.values, planned.prices)
        rows = {
            name: [tuple(map(str, row)) for row in zip(*(c.to_pylist() for c in t.values()), strict=True)]
            for name, t in tables.items()
        }
        text = listing.certificate_text(planned.certificate)
        bare = listing.plan_of(rows, text)
        shared = allocation.allocate(certificate.sides(economy, bare))
        return Plan(bare.runs, bare.unmet, bare.trade, bare.overtime, shared, bare.prices, bare.certificate)

    return turned
