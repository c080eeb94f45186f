"""Papers that can be counted, and papers that cannot."""

import pytest

from comitia.decide import profile
from comitia.decide.profile import Profile, ProfileWrong


def test_equal_rankings_are_put_together_and_withdrawn_candidates_passed_over() -> None:
    papers = Profile(("A", "B", "C"), ((2, (0, 1)), (1, (1,)), (4, (2, 0)), (3, (0,))), frozenset({0}))
    assert profile.merged(papers) == ((3, ()), (3, (1,)), (4, (2,)))


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        ((1, (0, 0)), "with the ranking [1 1] on 1 papers cannot be counted: it names a candidate twice"),
        ((1, (2,)), "it names a candidate outside 1 to 2"),
        ((1, (-1,)), "it names a candidate outside 1 to 2"),
        ((0, (1,)), "the number of papers must be 1 or more"),
    ],
)
def test_a_paper_that_no_rule_can_count_is_refused(ballot: tuple[int, tuple[int, ...]], said: str) -> None:
    with pytest.raises(ProfileWrong) as refused:
        profile.merged(Profile(("A", "B"), (ballot,)))
    assert said in str(refused.value)


def test_equal_ranks_on_no_paper_are_refused() -> None:
    with pytest.raises(ProfileWrong, match="the number of papers must be 1 or more"):
        profile.merged(Profile(("A", "B"), (), equal=((0, ((0, 1),)),)))
