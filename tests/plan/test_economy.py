import hashlib
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.plan import economy as economies
from comitia.plan.economy import Activity, EconomyFault, Need

Rows = dict[str, list[dict[str, str]]]


def test_rows_become_exact_figures(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert economy.activities["grow"] == Activity("grow", "farm", Fraction(20), 2)
    assert economy.flows["bake", "salt"] == Fraction(-1, 5)
    assert economy.needs["hilltown", "bread", 1] == Need("hilltown", "bread", 1, Fraction(400), Fraction(2))
    assert economy.cash == {0: 20}
    assert economy.warnings == ()
    assert economies.owner_of(economy, "hours", "bakers", "bakery") == ("union/bakers", "17")
    assert economies.owner_of(economy, "hours", "growers", "") == ("", "")


def change(of: str, line: int, **changed: str) -> Callable[[Rows], None]:
    def carry_out(rows: Rows) -> None:
        rows[of][line - 2].update(changed)

    return carry_out


def double(file: str) -> Callable[[Rows], None]:
    return lambda rows: rows[file].append(dict(rows[file][0]))


def without(file: str, column: str) -> Callable[[Rows], None]:
    def carry_out(rows: Rows) -> None:
        for row in rows[file]:
            del row[column]

    return carry_out


def extra(file: str, row: dict[str, str]) -> Callable[[Rows], None]:
    return lambda rows: rows.setdefault(file, []).append(row)


FAULTS = {
    "an unknown product": (change("flows", 3, product="weat"), ("flows", 3, "product")),
    "an unknown activity": (change("labour", 2, activity="gro"), ("labour", 2, "activity")),
    "an unknown machine": (change("machine_use", 2, machine="ovn"), ("machine_use", 2, "machine")),
    "negative hours": (change("labour", 4, hours="-2"), ("labour", 4, "hours")),
    "negative machine hours": (change("machine_use", 2, hours="-1"), ("machine_use", 2, "hours")),
    "a negative limit": (change("limits", 2, quantity="-1"), ("limits", 2, "quantity")),
    "another unit": (change("flows", 2, unit="t"), ("flows", 2, "unit")),
    "a duplicate": (double("needs"), ("needs", 4, "")),
    "a duplicate cash": (double("trade_limit"), ("trade_limit", 3, "")),
    "the sign that joins keys": (change("products", 2, product="a|b"), ("products", 2, "product")),
    "no hours of the trade": (change("labour", 2, trade="smiths"), ("labour", 2, "trade")),
    "no hours at the workplace": (change("labour", 2, trade="bakers"), ("labour", 2, "trade")),
    "no number": (change("hours", 2, hours="many"), ("hours", 2, "hours")),
    "a number without end": (change("hours", 2, hours="1e999999999"), ("hours", 2, "hours")),
    "an empty number": (change("machines", 2, hours=""), ("machines", 2, "hours")),
    "a missing column": (without("machines", "hours"), ("machines", 2, "hours")),
    "an unknown column": (change("machines", 2, horsepower="3"), ("machines", 2, "horsepower")),
    "no such tier": (change("needs", 2, tier="4"), ("needs", 2, "tier")),
    "half a decimal": (change("products", 2, decimals="0.5"), ("products", 2, "decimals")),
    "dearer out than in": (change("products", 5, sell_price="0.6"), ("products", 5, "sell_price")),
    "no claim": (extra("claims", {"council": "hilltown", "hours": "800"}), ("needs", 3, "worth")),
    "a claim overspent": (extra("claims", {"council": "hilltown", "hours": "799"}), ("needs", 2, "worth")),
    "an unknown file": (extra("people", {"name": "vera"}), ("people", 0, "")),
    "capital without periods": (extra("capital", {"activity": "grow", "product": "wheat"}), ("capital", 2, "")),
    "no period": (change("needs", 2, period="0"), ("needs", 2, "period")),
    "a period in words": (change("needs", 2, period="first"), ("needs", 2, "period")),
    "an owner of no file": (change("owners", 2, file="hour"), ("owners", 2, "file")),
    "an owner twice": (double("owners"), ("owners", 4, "")),
}


@pytest.mark.parametrize(("spoil", "place"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_line_and_column(
    village: Rows, spoil: Callable[[Rows], None], place: tuple[str, int, str]
) -> None:
    spoil(village)

    with pytest.raises(EconomyFault) as found:
        economies.from_rows(village)

    assert (found.value.file, found.value.line, found.value.column) == place


def test_a_product_or_trade_that_nothing_uses_is_a_warning(village: Rows) -> None:
    village["products"].append({"product": "cakes", "unit": "kg"})
    village["hours"].append({"trade": "smiths", "workplace": "", "hours": "1"})

    assert economies.from_rows(village).warnings == (
        "product cakes is in no recipe and no need",
        "trade smiths works in no activity",
    )


def test_rows_come_back_as_they_would_be_read(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert economies.from_rows(economies.rows(economy)) == economy


def test_the_hash_is_that_of_the_canonical_csv_without_owners() -> None:
    economy = economies.from_rows(
        {
            "products": [{"product": "b", "unit": "kg", "stock": "1.50"}, {"product": "a", "unit": "kg", "stock": "0"}],
            "limits": [{"limit": "land", "unit": "ha", "quantity": "1e1"}],
            "owners": [{"file": "limits", "key": "land", "body": "council/x", "act": "3"}],
        }
    )
    said = (
        "# limits\nlimit,unit,quantity\nland,ha,10\n"
        "# products\nproduct,unit,decimals,stock,closing_stock,worth,buy_price,sell_price\na,kg,,0,,,,\nb,kg,,1.5,,,,\n"
    )

    assert economies.economy_hash(economy) == hashlib.sha256(said.encode()).hexdigest()


@given(st.randoms(use_true_random=False))
def test_the_hash_does_not_depend_on_the_order_of_rows(random: object) -> None:
    rows = [{"limit": f"l{i}", "unit": "t", "quantity": str(i)} for i in range(6)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = ({"limits": found} for found in (rows, shuffled))
    assert economies.economy_hash(economies.from_rows(one)) == economies.economy_hash(economies.from_rows(other))
