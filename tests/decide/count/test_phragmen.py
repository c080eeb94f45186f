"""Sequential Phragmen against a reading paper by paper, and on Phragmen's own example."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from comitia.decide import sheet, ties
from comitia.decide.count import phragmen
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


@st.composite
def approvals(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(1, 6))
    named = st.sets(st.integers(0, size - 1)).map(lambda found: tuple(sorted(found)))
    papers = draw(st.lists(st.tuples(st.integers(1, 4), named), max_size=8))
    return Profile(tuple("ABCDEF"[:size]), tuple(papers))


@settings(max_examples=150)
@given(approvals(), st.integers(1, 5))
def test_each_elected_brings_the_lowest_load(profile: Profile, seats: int) -> None:
    papers = [(Fraction(0), set(named)) for weight, named in profile.ballots for _ in range(weight)]
    left = set(range(len(profile.candidates)))
    for stage in phragmen.count(profile, seats=seats, lot=LOT).stages:
        (elected,) = stage.elected
        loads = {
            c: (1 + sum(load for load, named in papers if c in named)) / sum(1 for _, named in papers if c in named)
            for c in left
            if any(c in named for _, named in papers)
        }
        lowest = min(loads.values(), default=None)
        first = sorted(c for c in left if loads.get(c) == lowest)
        assert elected in first
        assert (stage.tie.candidates if stage.tie else (elected,)) == tuple(first)
        for c, load in loads.items():
            assert stage.totals[c] == load
        if lowest is not None:
            papers = [(lowest if elected in named else load, named) for load, named in papers]
        left.discard(elected)


def test_the_papers_of_phragmens_1894_example() -> None:
    # 1034 ABC, 519 PQR, 90 ABQ, 47 APQ for three seats (Janson, Phragmen's and Thiele's election methods, 2016).
    profile = Profile(tuple("ABCPQR"), ((1034, (0, 1, 2)), (519, (3, 4, 5)), (90, (0, 1, 4)), (47, (0, 3, 4))))
    found = phragmen.count(profile, seats=3, lot=LOT)
    assert "".join("ABCPQR"[c] for c in found.winners) == "AQB"
    assert found.stages[0].sentence == (
        "Stage 1: A is elected: the 1171 papers that approve her then carry 1/1171 of a seat each, the lowest load."
    )
    assert [sheet.exact_text(found.stages[0].totals[c]) for c in (0, 4)] == ["1/1171", "1/656"]


def test_whom_no_paper_approves_is_elected_last_and_by_lot() -> None:
    found = phragmen.count(Profile(tuple("ABC"), ((1, (1,)),)), seats=2, lot=ties.Hand((2,)))
    assert found.winners == (1, 2)
    assert found.stages[1].sentence.endswith("C is elected to a seat that is left, though no paper approves her.")
    assert found.stages[1].tie == ties.Tie("election", (0, 2), (2,), "hand", None, "choice 1 by hand")


def test_who_has_no_load_has_a_total_of_nothing() -> None:
    found = phragmen.count(Profile(("A", "B"), ((2, (0,)),)), seats=1, lot=LOT)
    assert found.stages[0].totals == (Fraction(1, 2), 0)
