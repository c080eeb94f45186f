"""The verdict on an election."""

from fractions import Fraction

import pytest

from comitia.decide import election, sheet, ties
from comitia.decide.count import plurality, stv_scottish
from comitia.decide.profile import Profile

LOT = ties.Lot(b"seed")
COUNTED = stv_scottish.count(Profile(("Ada", "Bo"), ((5, (0, 1)), (3, (1,)), (1, ()))), seats=2, lot=LOT)


@pytest.mark.parametrize(
    ("counted", "turnout", "sentence"),
    [
        (
            COUNTED, Fraction(0),
            "elected: Ada, Bo; 2 of 2 seats of the committee; 9 of 20 electors voted, 1 of them blank; counted by "
            f"{COUNTED.source}, quota 3 (article 6)",
        ),
        (
            COUNTED, Fraction(1, 2),
            "nobody elected: 0 of 2 seats of the committee; 9 of 20 electors voted, 1 of them blank; counted "
            f"by {COUNTED.source}, quota 3 (article 6); quorum 10 present 9; no quorum",
        ),
        (None, Fraction(0), "nobody elected: nobody stood for the committee; 9 of 20 electors voted, 9 of them blank"),
        (
            plurality.count(Profile(("Ada",), ((9, (0,)),)), seats=2, lot=LOT), Fraction(1, 3),
            "elected: Ada; 1 of 2 seats of the committee; 9 of 20 electors voted, 0 of them blank; counted by "
            f"{plurality.SOURCE} (article 6); quorum 7 present 9",
        ),
    ],
)  # fmt: skip
def test_the_verdict_says_who_was_elected_and_by_what(
    counted: sheet.Sheet | None, turnout: Fraction, sentence: str
) -> None:
    found = election.election_verdict("the committee", counted, (9, 20), turnout=turnout, article="6")

    assert (found.carried, found.sentence) == (sentence.startswith("elected"), sentence)
