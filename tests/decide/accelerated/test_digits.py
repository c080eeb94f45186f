"""The accelerated engine makes the same sheets as the reference, whatever the papers."""

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import rules, ties
from comitia.decide.accelerated import digits
from comitia.decide.profile import Profile, merged

LOT = ties.Lot(bytes.fromhex("00ff17"))


@st.composite
def elections(draw: st.DrawFn, *, most: int = 6) -> Profile:
    """Draw papers for one to so many candidates, some of whom may have withdrawn."""
    size = draw(st.integers(1, most))
    orders = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda length: tuple(order[:length]))
    )
    ballots = draw(st.lists(st.tuples(st.integers(1, 30), orders), max_size=12))
    withdrawn = draw(st.frozensets(st.integers(0, size - 1), max_size=size - 1))
    return Profile(tuple(f"c{n}" for n in range(size)), tuple(ballots), withdrawn)


@given(elections(most=15))
def test_numbers_compare_equal_to_the_merged_tuple(profile: Profile) -> None:
    ballots, whole = digits.pack(profile).ballots, merged(profile)

    assert isinstance(ballots, digits.Digits)
    assert ballots == whole
    assert ballots == digits.pack(Profile(profile.candidates, whole)).ballots
    assert (hash(ballots), repr(ballots)) == (hash(whole), repr(whole))
    assert (tuple(ballots[n] for n in range(len(ballots))), ballots[:2]) == (whole, whole[:2])
    assert ballots != list(whole)


@pytest.mark.parametrize("rule", rules.RULES)
@settings(max_examples=60, deadline=None)
@given(elections(), st.integers(1, 4))
def test_every_rule_makes_the_same_sheet_of_numbers(rule: str, profile: Profile, seats: int) -> None:
    places = 1 if rule == "instant_runoff" else seats
    numbers = Profile(profile.candidates, digits.pack(profile).ballots, profile.withdrawn)
    unmerged = Profile(profile.candidates, digits.pack(Profile(profile.candidates, profile.ballots)).ballots,
                       profile.withdrawn)  # fmt: skip

    expected = rules.RULES[rule](profile, seats=places, lot=LOT)
    assert rules.RULES[rule](numbers, seats=places, lot=LOT) == expected
    assert rules.RULES[rule](unmerged, seats=places, lot=LOT) == expected


@settings(max_examples=60, deadline=None)
@given(elections(most=15), st.integers(1, 6))
def test_fifteen_candidates_fit(profile: Profile, seats: int) -> None:
    for rule in ("scottish", "meek", "wigm", "schulze"):
        expected = rules.RULES[rule](profile, seats=seats, lot=LOT)
        assert rules.RULES[rule](digits.pack(profile), seats=seats, lot=LOT) == expected


def test_papers_with_equal_ranks_stay_apart_and_are_counted() -> None:
    profile = Profile(("A", "B", "C"), ((2, (0,)), (3, (2, 1))), equal=((4, ((0,), (2, 1))),))

    for rule in ("meek", "schulze", "ranked_pairs"):
        expected = rules.RULES[rule](profile, seats=1, lot=LOT)
        assert rules.RULES[rule](digits.pack(profile), seats=1, lot=LOT) == expected


def test_sixteen_candidates_are_refused() -> None:
    with pytest.raises(digits.TooMany, match="rankings of 16 candidates do not fit into a number: 15 do"):
        digits.pack(Profile(tuple("ABCDEFGHIJKLMNOP"), ()))


@pytest.mark.parametrize("length", [0, 1, 14, 15])
def test_a_ranking_comes_back_from_its_number(length: int) -> None:
    ranked = tuple(range(length))[::-1]

    assert digits.ranking(digits.key(ranked)) == ranked
