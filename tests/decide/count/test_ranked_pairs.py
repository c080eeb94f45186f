"""Ranked pairs: Tideman's example of a circle, and locking against a search for chains."""

from hypothesis import given, settings, strategies as st

from comitia.decide import pairwise, ties
from comitia.decide.count import ranked_pairs
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


def ranked(candidates: str, *papers: tuple[int, str]) -> Profile:
    return Profile(tuple(candidates), tuple((w, tuple(candidates.index(c) for c in r)) for w, r in papers))


def test_the_weakest_victory_of_a_circle_is_not_locked() -> None:
    # A over B 8 to 5 (margin 3), B over C 11 to 2 (9), C over A 7 to 6 (1).
    found = ranked_pairs.count(ranked("ABC", (6, "ABC"), (5, "BCA"), (2, "CAB")), seats=3, lot=LOT)
    assert found.winners == (0, 1, 2)
    assert found.stages[0].totals == (2, 1, 0)
    assert found.stages[0].sentence == (
        "Stage 1: A is elected, nobody being locked over her: 8 to 5 over B, 6 to 7 over C."
    )


def test_equal_victories_in_a_circle_ask_for_the_ranking_that_is_drawn_once() -> None:
    found = ranked_pairs.count(ranked("ABC", (1, "ABC"), (1, "BCA"), (1, "CAB")), seats=2, lot=ties.Hand((1, 2, 0)))
    # The ranking is B, C, A: first B over C, then C over A; A over B would close the circle.
    assert found.winners == (1, 2)
    assert found.stages[0].tie is not None
    assert (found.stages[0].tie.candidates, found.stages[0].tie.chosen) == ((0, 1, 2), (1, 2, 0))
    assert found.stages[0].sentence == (
        "Stage 1: victories of one margin close a circle; A, B and C tied; the lot drawn by hand falls on B, C and A "
        "(choice 1 by hand; then choice 2 by hand; then choice 3 by hand); B is elected, nobody being locked over her: "
        "1 to 2 over A, 2 to 1 over C."
    )


def test_who_is_not_parted_by_any_victory_is_parted_by_the_ranking() -> None:
    found = ranked_pairs.count(ranked("AB", (1, "AB"), (1, "BA")), seats=1, lot=ties.Hand((1, 0)))
    assert (found.winners, found.stages[0].tie) == (
        (1,), ties.Tie("election", (0, 1), (1,), "hand", None, "choice 1 by hand; then choice 2 by hand"),
    )  # fmt: skip


def test_a_circle_is_told_before_a_tie_over_the_first_place() -> None:
    # A, B and C in a circle of one margin; D is tied with each of them.
    papers = ((1, "ABCD"), (1, "BCAD"), (1, "CABD"), (1, "DABC"), (1, "DBCA"), (1, "DCAB"))
    found = ranked_pairs.count(ranked("ABCD", *papers), seats=1, lot=ties.Hand((3, 1, 2, 0)))
    assert found.winners == (3,)
    assert found.stages[0].sentence.startswith("Stage 1: victories of one margin close a circle; A, B, C and D tied;")
    assert "; B and D tied; the lot drawn by hand falls on D" in found.stages[0].sentence


def test_victories_that_close_no_circle_need_no_ranking_though_they_are_equal() -> None:
    found = ranked_pairs.count(ranked("ABC", (2, "ABC")), seats=3, lot=ties.Hand(()))
    assert found.winners == (0, 1, 2)


@st.composite
def papers(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(1, 5))
    ranking = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda depth: tuple(order[:depth]))
    )
    drawn = draw(st.lists(st.tuples(st.integers(1, 9), ranking), min_size=1, max_size=8))
    return Profile(tuple("ABCDE"[:size]), tuple(drawn))


@settings(max_examples=200)
@given(papers())
def test_the_order_is_what_locking_one_by_one_gives(profile: Profile) -> None:
    found = ranked_pairs.count(profile, seats=5, lot=LOT)
    drawn = next((stage.tie for stage in found.stages if stage.tie), None)
    size = range(len(profile.candidates))
    order = list(size)
    if drawn is not None:
        order = list(ties.draw_places(tuple(size), len(size), lot=LOT).chosen)
    preferred = pairwise.preferences(profile)
    victories = [(a, b) for a in size for b in size if preferred[a][b] > preferred[b][a]]
    victories.sort(key=lambda p: (preferred[p[1]][p[0]] - preferred[p[0]][p[1]], order.index(p[0]), -order.index(p[1])))
    locked: set[tuple[int, int]] = set()

    def leads(a: int, b: int) -> bool:
        return any(x == a and (y == b or leads(y, b)) for x, y in locked)

    for a, b in victories:
        if not leads(b, a):
            locked.add((a, b))
    left, wanted = list(size), []
    while left:
        first = [a for a in left if not any((b, a) in locked for b in left)]
        wanted.append(min(first, key=order.index))
        left.remove(wanted[-1])
    assert list(found.winners) == wanted
