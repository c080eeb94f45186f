from fractions import Fraction

from hypothesis import given, strategies as st

from comitia.plan import economy as economies, model
from comitia.plan.model import Row, Variable

Rows = dict[str, list[dict[str, str]]]


def test_leontiefs_rows_are_two_balances_and_the_hours(wheat_and_cloth: Rows) -> None:
    built = model.build(economies.from_rows(wheat_and_cloth))

    assert built.variables == (
        Variable("runs", ("farm",), None),
        Variable("runs", ("weave",), None),
        Variable("unmet", ("all", "wheat", "1"), Fraction(55)),
        Variable("unmet", ("all", "cloth", "1"), Fraction(30)),
    )
    assert built.rows == (
        Row("product", "wheat", Fraction(55), {0: Fraction(3, 4), 1: Fraction(-2, 5), 2: Fraction(1)}),
        Row("product", "cloth", Fraction(30), {0: Fraction(-7, 50), 1: Fraction(22, 25), 3: Fraction(1)}),
        Row("hours", "people", Fraction(-300), {0: Fraction(-4, 5), 1: Fraction(-18, 5)}),
    )


def test_a_workplace_row_and_a_federation_row_of_a_trade_both_bind(village: Rows) -> None:
    village["hours"].append({"trade": "bakers", "workplace": "", "hours": "90"})
    built = model.build(economies.from_rows(village))

    bake = built.index["runs", ("bake",)]
    assert [row.key for row in built.rows if row.kind == "hours" and bake in row.coefficients] == [
        "bakers|bakery",
        "bakers",
    ]


pairs = st.lists(st.tuples(st.fractions(-100, 100), st.fractions(-100, 100)))


@given(pairs)
def test_the_sum_of_products_is_exact(found: list[tuple[Fraction, Fraction]]) -> None:
    assert model.sum_of_products(found) == sum((a * b for a, b in found), Fraction(0))
