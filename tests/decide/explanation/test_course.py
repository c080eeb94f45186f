"""Papers taken out of a profile to be changed and counted again."""

from comitia.decide import packed
from comitia.decide.explanation import course
from comitia.decide.profile import Profile

PAPERS = ((2, (0, 1)), (3, (1,)), (4, (0, 1)))


def test_strict_papers_are_the_same_of_packed_and_of_unpacked_ballots() -> None:
    profile = Profile(("A", "B"), PAPERS)
    expected = {packed.key((0, 1)): 6, packed.key((1,)): 3}

    assert course.strict_papers(profile) == expected
    assert course.strict_papers(packed.pack(profile)) == expected


def test_papers_put_back_make_the_profile_again() -> None:
    profile = packed.pack(Profile(("A", "B"), PAPERS))

    assert course.with_strict(profile, course.strict_papers(profile)) == profile
