"""A tally says what the sheet of the Scottish rule says, and is missing where a lot is drawn."""

import gzip
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import sheet, ties
from comitia.decide.accelerated import digits, reading, scottish
from comitia.decide.count import stv_scottish
from comitia.decide.profile import Profile

SCOTLAND = Path(__file__).parents[4] / "shared" / "data" / "count" / "scotland"


def as_sheet_says(counted: sheet.Sheet) -> scottish.Tally | None:
    """Return the tally that a sheet amounts to."""
    if any(stage.tie is not None and stage.tie.broken_by == "lot" for stage in counted.stages):
        return None
    assert counted.quota is not None
    totals = [[int(total * scottish.ONE) for total in stage.totals] for stage in counted.stages]
    lost = [int(stage.lost * scottish.ONE) for stage in counted.stages]
    excluded = tuple(c for stage in counted.stages for c in stage.excluded)
    quota = int(counted.quota * scottish.ONE)
    assert Fraction(quota, scottish.ONE) == counted.quota
    return scottish.Tally(quota, np.array(totals), np.array(lost), counted.winners, excluded)


def check_alike(found: scottish.Tally | None, expected: scottish.Tally | None) -> None:
    if found is None or expected is None:
        assert found is expected
        return
    assert (found.quota, found.winners, found.excluded) == (expected.quota, expected.winners, expected.excluded)
    np.testing.assert_array_equal(found.totals, expected.totals)
    np.testing.assert_array_equal(found.lost, expected.lost)


@st.composite
def elections(draw: st.DrawFn) -> Profile:
    """Draw many papers of few weights, so that surpluses, ties and exclusions come."""
    size = draw(st.integers(1, 9))
    orders = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda length: tuple(order[:length]))
    )
    ballots = draw(st.lists(st.tuples(st.sampled_from([1, 1, 2, 7, 40]), orders), max_size=25))
    withdrawn = draw(st.frozensets(st.integers(0, size - 1), max_size=size - 1))
    return Profile(tuple(f"c{n}" for n in range(size)), tuple(ballots), withdrawn)


@settings(max_examples=800, deadline=None)
@given(elections(), st.integers(1, 5))
def test_a_tally_is_the_sheet_in_numbers(profile: Profile, seats: int) -> None:
    numbers = digits.pack(Profile(profile.candidates, profile.ballots))
    numbers = Profile(profile.candidates, numbers.ballots, profile.withdrawn)

    counted = stv_scottish.count(profile, seats=seats, lot=ties.Lot(b""))
    check_alike(scottish.tally(numbers, seats=seats), as_sheet_says(counted))


def test_papers_that_are_not_numbers_have_no_tally() -> None:
    profile = Profile(("A", "B"), ((3, (0, 1)),))
    huge = digits.pack(Profile(("A", "B"), ((scottish.MOST_PAPERS + 1, (0, 1)),)))

    assert scottish.tally(profile, seats=1) is None
    assert scottish.tally(huge, seats=1) is None
    assert scottish.tally(digits.pack(profile), seats=1) is not None


@pytest.mark.skipif(not SCOTLAND.exists(), reason="the Scottish wards are not beside this clone")
def test_every_scottish_ward_has_the_tally_of_its_sheet() -> None:
    for line in (SCOTLAND / "official.jsonl").read_text(encoding="utf-8").splitlines():
        ward = json.loads(line)
        found = reading.parse(gzip.decompress((SCOTLAND / ward["ballots"]).read_bytes()))
        tally = scottish.tally(found.profile, seats=ward["seats"])
        counted = stv_scottish.count(found.profile, seats=ward["seats"], lot=ties.Lot(b""))

        assert tally is not None
        assert sorted(c + 1 for c in tally.winners) == ward["winners"]
        check_alike(tally, as_sheet_says(counted))
