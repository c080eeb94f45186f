from collections.abc import Callable, Mapping
from typing import Any

import pytest

from comitia.plan import economy as economies
from comitia.plan.arrays import reader
from comitia.plan.arrays.model import Declared
from comitia.plan.economy import EconomyFault

Rows = dict[str, list[dict[str, str]]]
Spoil = Callable[[Rows], None]


def change(of: str, line: int, **changed: str) -> Spoil:
    return lambda rows: rows[of][line - 2].update(changed)


def double(file: str) -> Spoil:
    return lambda rows: rows[file].append(dict(rows[file][0]))


def without(file: str, column: str) -> Spoil:
    return lambda rows: rows.update({file: [{c: v for c, v in row.items() if c != column} for row in rows[file]]})


def extra(file: str, row: dict[str, str]) -> Spoil:
    return lambda rows: rows.setdefault(file, []).append(row)


FAULTS: Mapping[str, Spoil] = {
    "an unknown product": change("flows", 3, product="weat"),
    "an unknown activity": change("labour", 2, activity="gro"),
    "an unknown machine": change("machine_use", 2, machine="ovn"),
    "an unknown limit": change("limit_use", 2, limit="wood"),
    "negative hours": change("labour", 4, hours="-2"),
    "negative machine hours": change("machine_use", 2, hours="-1"),
    "a negative limit": change("limits", 2, quantity="-1"),
    "another unit": change("flows", 2, unit="t"),
    "a duplicate": double("needs"),
    "a duplicate flow": double("flows"),
    "a duplicate cash": double("trade_limit"),
    "the sign that joins keys": change("products", 2, product="a|b"),
    "a line break": change("machines", 2, workplace="a\nb"),
    "no id": change("products", 3, product=" "),
    "no hours of the trade": change("labour", 2, trade="smiths"),
    "no hours at the workplace": change("labour", 2, trade="bakers"),
    "no number": change("hours", 2, hours="many"),
    "a number without end": change("hours", 2, hours="1e999999999"),
    "an empty number": change("machines", 2, hours=""),
    "a missing column": without("machines", "hours"),
    "an unknown column": lambda rows: [row.update(horsepower="3") for row in rows["machines"]],  # type: ignore[func-returns-value]
    "no such tier": change("needs", 2, tier="4"),
    "half a decimal": change("products", 2, decimals="0.5"),
    "dearer out than in": change("products", 5, sell_price="0.6"),
    "no claim": extra("claims", {"council": "hilltown", "hours": "800"}),
    "a claim overspent": extra("claims", {"council": "hilltown", "hours": "799"}),
    "an unknown file": extra("people", {"name": "vera"}),
    "an owner of no file": change("owners", 2, file="hour"),
    "an owner twice": double("owners"),
}


# What is planned only as rows: several periods, capital.
NOT_AT_THIS_SIZE: dict[str, Spoil] = {
    "capital": extra("capital", {"activity": "grow", "product": "wheat"}),
    "a period": change("needs", 2, period="1"),
}


@pytest.mark.parametrize("spoil", NOT_AT_THIS_SIZE.values(), ids=NOT_AT_THIS_SIZE.keys())
def test_what_is_not_planned_at_this_size_is_refused(
    village: Rows, columns: Callable[[Rows], Any], spoil: Spoil
) -> None:
    spoil(village)

    with pytest.raises(EconomyFault, match="not computed at this size"):
        reader.declared(columns(village))


@pytest.mark.parametrize("spoil", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found_where_reading_row_by_row_finds_it(
    village: Rows, columns: Callable[[Rows], Any], spoil: Spoil
) -> None:
    spoil(village)
    with pytest.raises(EconomyFault) as due:
        economies.from_rows(village)

    with pytest.raises(EconomyFault) as found:
        reader.declared(columns(village))

    assert (found.value.file, found.value.line, found.value.column) == (
        due.value.file,
        due.value.line,
        due.value.column,
    )


def test_more_than_eighteen_digits_are_refused_and_the_reader_says_what_to_do(
    village: Rows, declared: Callable[[Rows], Declared]
) -> None:
    village["flows"][1]["quantity"] = "-10.00000000000000000001"

    with pytest.raises(EconomyFault, match=r"flows, line 3, column quantity: has more than 18 digits.*round it"):
        declared(village)


def test_the_hash_is_that_of_the_canonical_text_however_the_rows_are_written(
    village: Rows, declared: Callable[[Rows], Declared]
) -> None:
    due = economies.economy_hash(economies.from_rows(village))
    village["flows"].reverse()
    village["hours"][0]["hours"] = "2e2"
    village["products"][1]["product"] = " flour "
    village["needs"][0]["tier"] = "1.0"
    del village["owners"]

    assert declared(village).hash == due


def test_the_hash_of_text_with_commas_and_quotes_is_the_same(
    village: Rows, declared: Callable[[Rows], Declared]
) -> None:
    for row in village["products"]:
        row["unit"] = 'kg, "net"'
    for row in village["flows"]:
        row["unit"] = ""

    assert declared(village).hash == economies.economy_hash(economies.from_rows(village))


def test_any_economy_has_the_same_hash_and_the_same_notes(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared]
) -> None:
    for seed in range(60):
        economy, found = economies.from_rows(drawn(seed)), declared(drawn(seed))

        assert (found.hash, found.warnings) == (economies.economy_hash(economy), economy.warnings)
