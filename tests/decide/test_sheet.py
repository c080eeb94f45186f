"""How a sheet says its numbers, names and ties."""

from fractions import Fraction

import pytest

from comitia.decide import sheet, ties


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(22, 7), "22/7"),
    ],
)
def test_a_number_is_the_shortest_exact_decimal_or_a_fraction(number: Fraction, text: str) -> None:
    assert sheet.exact_text(number) == text


@pytest.mark.parametrize(
    ("places", "text"), [((), "nobody"), ((0,), "A"), ((0, 1), "A and B"), ((0, 1, 2), "A, B and C")]
)
def test_names_are_said_as_members_say_them(places: tuple[int, ...], text: str) -> None:
    assert sheet.names_text("ABC", places) == text


@pytest.mark.parametrize(
    ("tie", "said"),
    [
        (
            ties.Tie("exclusion", (0, 1), (1,), "stage", 2, ""),
            "A and B tied; stage 2 decides, the latest at which they differ: B",
        ),
        (
            ties.Tie("exclusion", (0, 1), (1,), "first", 2, ""),
            "A and B tied; stage 2 decides, the first at which they differ: B",
        ),
        (
            ties.Tie("election", (0, 1), (0,), "hand", None, "choice 1 by hand"),
            "A and B tied; the lot drawn by hand falls on A (choice 1 by hand)",
        ),
        (ties.Tie("election", (0, 1), (0,), "lot", None, "SHA-256"), "A and B tied; the lot falls on A (SHA-256)"),
        (
            ties.Tie("exclusion", (0, 1), (1,), "fractions", None, ""),
            "A and B differ by no more than the votes lost to fractions; the rule as written falls on B, exact "
            "arithmetic might have found a tie",
        ),
    ],
)
def test_a_tie_says_who_tied_and_how_it_was_broken(tie: ties.Tie, said: str) -> None:
    assert sheet.tie_sentence(tie, "AB") == said
    answer = sheet.tie_answer(tie)
    assert answer is not None
    assert (answer["candidates"], answer["chosen"], answer["broken_by"]) == ([1, 2], [tie.chosen[0] + 1], tie.broken_by)


def test_a_transfer_that_finds_nobody_is_null() -> None:
    one = sheet.Transfer(0, None, 3, Fraction(1, 4), Fraction(3, 4))

    assert sheet.transfer_answer(one) == {"from": 1, "to": None, "papers": 3, "value": "0.25", "votes": "0.75"}
