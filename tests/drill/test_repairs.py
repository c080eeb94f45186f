import dataclasses
from fractions import Fraction

from comitia.charter.structure import Charter
from comitia.drill import capture, cells, repairs


def with_few(charter: Charter) -> Charter:
    """Return the charter with two matters only."""
    return dataclasses.replace(charter, matters={name: charter.matters[name] for name in ("plan", "amend-entrenched")})


def test_a_lower_threshold_is_shown_and_marked(shipped: Charter) -> None:
    shipped, members = with_few(shipped), cells.invented(shipped)
    strict = shipped.matters["amend-entrenched"]
    eased = dataclasses.replace(strict, threshold=Fraction(1, 2), quorum=Fraction(1, 2))
    new = dataclasses.replace(shipped, matters={**shipped.matters, "amend-entrenched": eased})

    assert repairs.diff(shipped, shipped, members, seconds=30) == ()
    (change,) = repairs.diff(shipped, new, members, seconds=30)
    assert (change.matter, change.is_lower) == ("amend-entrenched", True)
    (back,) = repairs.diff(new, shipped, members, seconds=30)
    assert not back.is_lower


def test_a_matter_of_one_charter_only_is_shown_without_a_number_beside_it(shipped: Charter) -> None:
    shipped = with_few(shipped)
    fewer = {name: matter for name, matter in shipped.matters.items() if name != "plan"}
    new = dataclasses.replace(shipped, matters=fewer)
    (change,) = repairs.diff(shipped, new, cells.invented(shipped), seconds=30)

    assert (change.matter, change.before is None, change.after, change.is_lower) == ("plan", False, None, False)


def test_the_repairs_raise_the_number_the_best_first(shipped: Charter) -> None:
    members = cells.invented(shipped)
    matter = shipped.matters["plan"]
    now = capture.capture(shipped, matter, members, seconds=30).people
    found = repairs.weakest(shipped, matter, members, seconds=30)
    numbers = [one.after.bound for one in found]

    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > now
    assert all(one.article in shipped.articles for one in found)
