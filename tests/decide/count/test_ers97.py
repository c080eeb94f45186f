"""ERS97 clause by clause on papers small enough to count by hand."""

from fractions import Fraction

from comitia.decide import sheet, ties
from comitia.decide.count import ers97
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


def ranked(candidates: str, *papers: tuple[int, str]) -> Profile:
    return Profile(tuple(candidates), tuple((w, tuple(candidates.index(c) for c in r)) for w, r in papers))


def counted(candidates: str, *papers: tuple[int, str], seats: int) -> sheet.Sheet:
    return ers97.count(ranked(candidates, *papers), seats=seats, lot=LOT)


def totals(found: sheet.Sheet) -> list[tuple[str, ...]]:
    return [tuple(sheet.exact_text(total) for total in stage.totals) for stage in found.stages]


def test_the_quota_has_two_decimals_and_a_remainder_adds_a_hundredth() -> None:
    # 5.1.6
    assert counted("ABC", (12, "A"), (1, "B"), seats=2).quota == Fraction("4.34")
    assert counted("ABC", (12, "A"), seats=2).quota == Fraction(4)


def test_a_first_surplus_goes_to_all_transferable_papers_at_two_decimals() -> None:
    # 5.3.1, 5.3.7: surplus 5.66 over 9 transferable papers (1 names nobody else) is 0.62 each; 0.08 is lost (5.3.9).
    found = counted("ABCD", (6, "AB"), (3, "AC"), (1, "A"), (2, "C"), (1, "D"), seats=2)
    assert found.quota == Fraction("4.34")
    assert totals(found)[:2] == [("10", "0", "2", "1"), ("4.34", "3.72", "3.86", "1")]
    assert found.stages[1].lost == Fraction("0.08")
    assert found.stages[1].transfers == (
        sheet.Transfer(0, 1, 6, Fraction("0.62"), Fraction("3.72")),
        sheet.Transfer(0, 2, 3, Fraction("0.62"), Fraction("1.86")),
    )


def test_transferable_papers_worth_less_than_the_surplus_keep_their_value() -> None:
    # 5.3.7: surplus 6.66, one transferable paper: it goes on at 1, the rest of 5.66 goes to nobody.
    found = counted("ABC", (10, "A"), (1, "AB"), (2, "C"), seats=2)
    assert found.stages[1].transfers == (
        sheet.Transfer(0, 1, 1, Fraction(1), Fraction(1)),
        sheet.Transfer(0, None, 10, Fraction("0.566"), Fraction("5.66")),
    )
    assert (found.stages[1].lost, found.stages[1].totals[0]) == (0, Fraction("4.34"))


def test_a_small_surplus_is_deferred_while_it_could_not_change_who_goes() -> None:
    # 5.2.2(a): the surplus of 1 is no more than the 4 between the two lowest; D goes first.
    found = counted("ABCD", (16, "AD"), (14, "B"), (9, "C"), (5, "D"), seats=2)
    assert found.quota == Fraction("14.67")
    assert found.stages[1].excluded == (3,)
    assert found.winners == (0, 1)


def test_as_many_of_the_lowest_go_together_as_cannot_overtake_the_next() -> None:
    # 5.2.5: 1 + 2 + 3 votes stay below the next candidate's 10, so that C, D and E go together.
    found = counted("ABCDEF", (20, "A"), (15, "B"), (1, "CB"), (2, "DB"), (3, "EA"), (10, "FB"), seats=1)
    assert found.quota == Fraction("25.5")
    assert found.stages[1].excluded == (2, 3, 4)
    assert totals(found)[1] == ("23", "18", "0", "0", "0", "10")


def test_batches_of_an_excluded_candidate_go_by_value_and_the_quota_falls_while_nobody_is_elected() -> None:
    # 5.4.1, 5.4.8: three papers of D name nobody else; the quota becomes (24 - 3) / 2.
    found = counted("ABCD", (9, "A"), (7, "B"), (5, "CB"), (3, "D"), seats=1)
    assert [sheet.exact_text(Fraction(24, 2)), sheet.exact_text(found.quota or 0)] == ["12", "10.5"]
    assert found.stages[1].excluded == (3,)
    assert "the quota becomes 10.5" in found.stages[1].sentence
    assert found.winners == (1,)


def test_values_of_one_exclusion_are_sub_stages_from_the_highest() -> None:
    # E has a first preference and a batch from A at 0.3 (surplus 3 over 10 papers); the papers of value 1 go first.
    found = counted("ABCDE", (6, "AED"), (4, "AC"), (3, "B"), (3, "C"), (1, "ED"), (3, "D"), (1, "DE"), seats=2)
    out = next(n for n, stage in enumerate(found.stages) if stage.excluded)
    first, second = found.stages[out : out + 2]
    assert (first.excluded, first.transfers[0].value) == ((4,), Fraction(1))
    assert "the exclusion of E goes on; papers of the value 0.3 are transferred" in second.sentence
    assert (second.excluded, second.transfers[0].value) == ((), Fraction("0.3"))


def test_equal_lowest_are_parted_by_the_first_point_at_which_they_differ() -> None:
    # 5.2.5: C and D have 6 each after E's papers; at the first stage C had 4, D 5.
    found = counted("ABCDE", (11, "A"), (10, "B"), (4, "C"), (5, "DB"), (2, "EC"), (1, "ED"), seats=1)
    tie = found.stages[2].tie
    assert found.stages[1].excluded == (4,)
    assert tie == ties.Tie("exclusion", (2, 3), (2,), "first", 1, "")
    assert found.stages[2].sentence.startswith(
        "Stage 3: C and D tied; stage 1 decides, the first at which they differ: C"
    )


def test_the_exclusion_that_leaves_as_many_as_places_elects_them_without_a_transfer() -> None:
    # 5.5.1
    found = counted("ABC", (4, "A"), (3, "B"), (3, "CA"), seats=2)
    last = found.stages[-1]
    assert (sorted((*last.elected, *last.excluded)), last.transfers) == ([1, 2], ())
    assert "leaves as many as there are places" in last.sentence


def test_nobody_who_is_equal_throughout_is_elected_to_the_last_place_at_once() -> None:
    # 5.6.2: both have the quota of 5, there is one place; the lot excludes one.
    found = counted("AB", (5, "A"), (5, "B"), seats=1)
    assert found.stages[0].elected == ()
    tie = found.stages[1].tie
    assert tie is not None and (tie.over, tie.broken_by) == ("exclusion", "lot")


def test_the_active_vote_elects_below_the_quota() -> None:
    # 5.1.7(b): A keeps a quota of 4 and her other papers name nobody else; B has more than half of what is left.
    found = counted("ABCD", (9, "A"), (2, "B"), (1, "C"), seats=2)
    assert found.winners == (0, 1)
    assert "as much as anybody could still need" in " ".join(stage.sentence for stage in found.stages)


def test_equal_largest_surpluses_are_parted_forwards_and_then_by_lot() -> None:
    # 5.2.3: A and B have 8 each throughout.
    papers = ranked("ABCD", (8, "AC"), (8, "BD"), (2, "C"), (3, "D"))
    found = ers97.count(papers, seats=3, lot=ties.Hand((1,)))
    assert found.stages[1].tie == ties.Tie("surplus", (0, 1), (1,), "hand", None, "choice 1 by hand")
    assert "the surplus of B, 2.75, is transferred at 0.34 a paper" in found.stages[1].sentence


def test_an_exclusion_ends_when_the_last_place_is_filled_before_its_last_batch() -> None:
    found = counted("ABCD", (3, "DC"), (4, "CDBA"), (7, "ADBC"), (3, "B"), (3, "ABC"), seats=2)

    # B's 3 papers of the value 1 go first; the 0.99 that A's surplus brought her are not moved any more.
    assert [stage.sentence for stage in found.stages] == [
        "Stage 1: 20 valid papers are counted by first preference, the quota is 6.67; A reaches the quota with 10 "
        "and is elected.",
        "Stage 2: the surplus of A, 3.33, is transferred at 0.33 a paper.",
        "Stage 3: B has the fewest votes and is excluded; papers of the value 1 are transferred; D has as much as "
        "anybody could still need with 5.31 and is elected.",
    ]


def test_the_quota_is_reached_by_a_vote_that_equals_it() -> None:
    found = counted("ABC", (4, "A"), (3, "B"), (1, "CB"), seats=1)
    assert found.stages[0].sentence.endswith("the quota is 4; A reaches the quota with 4 and is elected.")


def test_the_largest_surplus_goes_first() -> None:
    found = counted("ABCDE", (9, "AC"), (8, "BD"), (3, "C"), (2, "D"), (2, "E"), seats=3)
    assert [stage.sentence for stage in found.stages[1:3]] == [
        "Stage 2: the surplus of A, 3, is transferred at 0.33 a paper.",
        "Stage 3: the surplus of B, 2, is transferred at 0.25 a paper.",
    ]
    assert (found.stages[1].lost, found.winners) == (Fraction(3, 100), (0, 1, 2))


def test_as_many_go_together_as_have_just_the_vote_of_the_next_and_no_fewer_stay_than_places() -> None:
    # C and D have 4 together, as B has; with B they would have more than E.
    found = counted("ABCDE", (6, "A"), (4, "B"), (2, "CA"), (2, "DB"), (5, "E"), seats=1)
    assert (found.stages[1].excluded, found.stages[1].totals) == ((2, 3), (8, 6, 0, 0, 5))
    assert found.stages[2].sentence == (
        "Stage 3: E has the fewest votes and is excluded; papers of the value 1 are transferred; the quota becomes 7; "
        "A reaches the quota with 8 and is elected."
    )


def test_a_surplus_is_deferred_that_equals_the_difference_of_the_two_lowest() -> None:
    found = counted("ABCD", (8, "AC"), (6, "B"), (3, "CB"), (4, "D"), seats=2)
    assert (found.stages[0].elected, found.stages[1].excluded) == ((0,), (2,))


def test_transfers_stand_in_the_order_of_the_file_and_what_is_spent_last() -> None:
    found = counted("ABC", (9, "A"), (8, "B"), (2, "CB"), (1, "C"), (3, "CA"), seats=1)
    one = Fraction(1)
    assert found.stages[1].transfers == (
        sheet.Transfer(2, 0, 3, one, 3 * one), sheet.Transfer(2, 1, 2, one, 2 * one),
        sheet.Transfer(2, None, 1, one, one),
    )  # fmt: skip
