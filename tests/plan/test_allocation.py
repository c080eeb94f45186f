from fractions import Fraction

from hypothesis import given, strategies as st

from comitia.plan.allocation import allocate
from comitia.plan.solution import Allocation


def test_a_workplace_keeps_its_own_first_then_councils_are_served() -> None:
    sides = {
        ("rye", "from workplace", "farm"): Fraction(10),
        ("rye", "from stock", "stock"): Fraction(2),
        ("rye", "to workplace", "farm"): Fraction(3),
        ("rye", "to council", "hilltown"): Fraction(8),
        ("rye", "to stock", "stock"): Fraction(1),
    }

    assert allocate(sides) == (
        Allocation("rye", "stock", "stock", "council", "hilltown", Fraction(1)),
        Allocation("rye", "stock", "stock", "stock", "stock", Fraction(1)),
        Allocation("rye", "workplace", "farm", "council", "hilltown", Fraction(7)),
        Allocation("rye", "workplace", "farm", "workplace", "farm", Fraction(3)),
    )


amounts = st.lists(st.fractions(Fraction(1, 10), 100, max_denominator=50), min_size=1, max_size=5)


@given(amounts, amounts)
def test_every_source_and_every_user_adds_up(have: list[Fraction], want: list[Fraction]) -> None:
    share = sum(have, Fraction(0)) / sum(want, Fraction(0))
    sides = {("p", "from workplace", f"w{i}"): q for i, q in enumerate(have)}
    sides |= {("p", "to council", f"c{i}"): q * share for i, q in enumerate(want)}

    found: dict[tuple[str, str, str], Fraction] = {}
    for a in allocate(sides):
        for side in (("p", f"from {a.from_kind}", a.from_), ("p", f"to {a.to_kind}", a.to)):
            found[side] = found.get(side, Fraction(0)) + a.quantity

    assert found == sides
