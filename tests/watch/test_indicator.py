from fractions import Fraction

import pytest

from comitia.watch.appointment_share import SHARE
from comitia.watch.indicator import share, wilson


def test_wilsons_interval_of_six_in_eight() -> None:
    low, high = wilson(6, 8)

    assert (round(low, 3), round(high, 3)) == (0.409, 0.929)


def test_a_share_of_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="share of nothing"):
        wilson(0, 0)


def test_a_share_says_its_counts_and_a_share_of_nothing_says_none() -> None:
    three, nothing = (share(SHARE, "", counts, "") for counts in ((3, 4), (0, 0)))

    assert (three.value, three.share) == (Fraction(3, 4), Fraction(3, 4))
    assert (nothing.value, nothing.share) == (None, None)
