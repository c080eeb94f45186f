"""Piles of papers split by next preference."""

from hypothesis import given, strategies as st

from comitia.decide import papers
from comitia.decide.profile import Profile

BALLOTS = st.lists(
    st.tuples(
        st.integers(1, 5), st.permutations(range(4)).flatmap(lambda p: st.integers(0, 4).map(lambda n: tuple(p[:n])))
    ),
    max_size=10,
)


@given(BALLOTS, st.sets(st.integers(0, 3)))
def test_every_paper_lands_with_its_first_continuing_preference(
    ballots: list[tuple[int, tuple[int, ...]]], continuing: set[int]
) -> None:
    expected: dict[int | None, int] = {}
    for weight, ranking in ballots:
        if ranking:
            to = next((c for c in ranking if c in continuing), None)
            expected[to] = expected.get(to, 0) + weight
    found: dict[int | None, int] = {}
    piled = papers.sort(Profile(tuple("ABCD"), tuple(ballots)))
    for to, pile in papers.by_next_preference(piled, papers.all_papers(piled), continuing):
        found[to] = found.get(to, 0) + papers.number(piled, pile)
    assert found == expected
    assert piled.blank == sum(weight for weight, ranking in ballots if not ranking)
