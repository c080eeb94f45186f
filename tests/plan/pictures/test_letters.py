"""The lines of the rounds in letters."""

from hypothesis import given, strategies as st

from comitia.plan.pictures import letters


def test_value_and_bound_come_together_from_below_and_above() -> None:
    drawn = letters.rounds([(1, 0.0, 11.0), (2, 5.0, 9.0), (3, 8.0, 8.0)])

    assert drawn == (
        "11 |o",
        "   |",
        "   | o",
        "   |  @",
        "   |",
        "   |",
        "   | *",
        "   |",
        "   |",
        "   |",
        "   |",
        " 0 |*",
        "   +---",
        "round  1 3",
    )


def test_no_round_draws_nothing() -> None:
    assert letters.rounds([]) == ()


@given(st.lists(st.tuples(st.integers(1, 999), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), min_size=1, max_size=200))
def test_a_column_never_has_more_than_two_letters(course: list[tuple[int, float, float]]) -> None:
    *drawn, axis, _ = letters.rounds(course)

    columns = len(axis.split("+")[1])
    across = [line.split("|", 1)[1].ljust(columns) for line in drawn]
    assert columns == min(letters.WIDTH, len(course))
    for column in zip(*across, strict=True):
        said = "".join(column).replace(" ", "")
        assert said in ("@", "*o", "o*")
