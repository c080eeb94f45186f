"""ERS97 clause by clause on papers small enough to count by hand, against published counts and a slow reading."""

import gzip
import json
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import ballot_file, constraints, packed, sheet, ties
from comitia.decide.count import ers97
from comitia.decide.profile import Profile

SCOTLAND = Path(__file__).parents[3] / ".." / "shared" / "data" / "count" / "scotland"
LOT = ties.Lot(b"x")
CENT = Fraction(1, 100)


def ranked(candidates: str, *papers: tuple[int, str]) -> Profile:
    return Profile(tuple(candidates), tuple((w, tuple(candidates.index(c) for c in r)) for w, r in papers))


def counted(candidates: str, *papers: tuple[int, str], seats: int) -> sheet.Sheet:
    return ers97.count(ranked(candidates, *papers), seats=seats, lot=LOT)


def totals(found: sheet.Sheet) -> list[tuple[str, ...]]:
    return [tuple(sheet.exact_text(total) for total in stage.totals) for stage in found.stages]


@dataclass
class Paper:
    """One paper in a slow reading: with whom it is, what it is worth, and in which transfer it came."""

    ranking: tuple[int, ...]
    at: int | None = None
    value: Fraction = Fraction(1)
    came: int = 0


@dataclass
class Slowly:
    """The rules read sentence by sentence, each paper by itself; ``stages`` are those of a sheet, without words."""

    profile: Profile
    seats: int
    lot: ties.Breaking
    papers: list[Paper] = field(default_factory=list)
    votes: dict[int, Fraction] = field(default_factory=dict)
    continuing: set[int] = field(default_factory=set)
    elected: list[int] = field(default_factory=list)
    stages: list[tuple[object, ...]] = field(default_factory=list)
    history: list[dict[int, Fraction]] = field(default_factory=list)
    spent: Fraction = Fraction(0)
    transferred: int = 0
    draws: int = 0

    def find_quota(self) -> None:
        # 5.1.6: "to two decimal places. If the result is exact that is the quota. Otherwise ... add 0.01."
        exact = (len(self.papers) - self.spent) / (self.seats + 1)
        self.quota = exact // CENT * CENT
        if self.quota != exact:
            self.quota += CENT

    def surplus(self, c: int) -> Fraction:
        return max(Fraction(0), self.votes[c] - self.quota)

    def give(self, paper: Paper, value: Fraction, moved: dict[tuple[int, int | None], list[Fraction]]) -> None:
        """Move a paper to its next available preference, at a value."""
        source = paper.at
        later = paper.ranking if source is None else paper.ranking[paper.ranking.index(source) + 1 :]
        paper.at = next((c for c in later if c in self.continuing), None)
        paper.value, paper.came = value, self.transferred
        if source is not None:
            moved.setdefault((source, paper.at), []).append(value)
        if paper.at is not None:
            self.votes[paper.at] += value

    def end_stage(
        self,
        awaiting: Fraction,
        moved: dict[tuple[int, int | None], list[Fraction]],
        excluded: list[int],
        lost: Fraction = Fraction(0),
        tie: ties.Tie | None = None,
    ) -> None:
        """Carry out 5.1.7, 5.3.13 or 5.4.9 and close the stage."""
        found: list[int] = []
        for vote in sorted({self.votes[c] for c in self.continuing}, reverse=True):
            # 6.20
            active = awaiting + sum(self.votes[c] for c in self.continuing) + sum(map(self.surplus, self.elected))
            places = self.seats - len(self.elected)
            if places == 0 or vote < min(self.quota, active / (places + 1)):
                break
            # 5.6.2: "in the order of votes at the earliest point where they differ"
            equal = sorted(c for c in self.continuing if self.votes[c] == vote)
            points = {c: [-stage[c] for stage in self.history] for c in equal}
            for _, group in groupby(sorted(equal, key=points.__getitem__), key=points.__getitem__):
                alike = list(group)
                if len(alike) > self.seats - len(self.elected):
                    break
                self.elected += alike
                self.continuing -= set(alike)
                found += alike
        self.write(moved, found, excluded, lost, tie)

    def write(
        self,
        moved: dict[tuple[int, int | None], list[Fraction]],
        elected: list[int],
        excluded: list[int],
        lost: Fraction,
        tie: ties.Tie | None,
    ) -> None:
        self.history.append(dict(self.votes))
        transfers = {way: (len(values), sum(values)) for way, values in moved.items()}
        totals = [self.votes[c] for c in range(len(self.votes))]
        self.stages.append((totals, elected, excluded, transfers, lost, tie))

    def pick(self, equal: list[int], over: ties.Over) -> tuple[int, ties.Tie]:
        """Part equals by the earliest point where they differ, then by lot (5.2.3, 5.2.5)."""
        left, at = sorted(equal), None
        for number, votes in enumerate(self.history, start=1):
            extreme = (min if over == "exclusion" else max)(votes[c] for c in left)
            shared = [c for c in left if votes[c] == extreme]
            if len(shared) < len(left):
                left, at = shared, number
        if len(left) == 1:
            return left[0], ties.Tie(over, tuple(sorted(equal)), (left[0],), "first", at, "")
        drawn = ties.draw(self.lot, left, number=self.draws)
        self.draws = drawn.next_draw
        return drawn.chosen, ties.Tie(over, tuple(sorted(equal)), (drawn.chosen,), "lot", at, drawn.derivation)

    def together(self) -> list[int]:
        """Return how many of the lowest could be excluded together (5.2.5)."""
        votes = sorted(self.votes[c] for c in self.continuing)
        waiting = sum(map(self.surplus, self.elected))
        return [
            n
            for n in range(1, len(votes))
            if len(votes) - n >= self.seats - len(self.elected) and sum(votes[:n]) + waiting <= votes[n]
        ]

    def transfer_surplus(self) -> None:
        # 5.2.3
        largest = max(map(self.surplus, self.elected))
        equal = [c for c in self.elected if self.surplus(c) == largest]
        source, tie = (equal[0], None) if len(equal) == 1 else self.pick(equal, "surplus")
        # 5.3.2: "only the last received batch of papers"
        here = [paper for paper in self.papers if paper.at == source]
        batch = [paper for paper in here if paper.came == max(one.came for one in here)]
        able = [paper for paper in batch if self.continuing.intersection(paper.ranking)]
        idle = [paper for paper in batch if not self.continuing.intersection(paper.ranking)]
        moved: dict[tuple[int, int | None], list[Fraction]] = {}
        self.transferred += 1
        # 5.3.7
        worth = sum(paper.value for paper in able)
        cut = worth > largest
        for paper in able:
            self.give(paper, largest / len(able) // CENT * CENT if cut else paper.value, moved)
        # 5.3.9
        rest = largest - sum((sum(values) for values in moved.values()), Fraction(0))
        if rest and not cut:
            moved[source, None] = [rest / len(idle)] * len(idle) if idle else [rest]
        for paper in idle:
            paper.at = None
        self.votes[source] = self.quota
        self.spent += rest
        self.end_stage(Fraction(0), moved, [], rest if cut else Fraction(0), tie)

    def exclude(self) -> None:
        # 5.2.5
        number, tie = max(self.together(), default=1), None
        out: list[int] = []
        for vote in sorted({self.votes[c] for c in self.continuing}):
            equal = sorted(c for c in self.continuing if self.votes[c] == vote)
            while equal and len(out) < number:
                if len(equal) <= number - len(out):
                    out += equal
                    break
                gone, tie = self.pick(equal, "exclusion")
                out.append(gone)
                equal.remove(gone)
        out.sort(key=lambda c: (self.votes[c], c))
        self.continuing -= set(out)
        if len(self.continuing) == self.seats - len(self.elected):
            # 5.5.1
            self.fill(out, tie)
            return
        values = {paper.value for paper in self.papers if paper.at in out}
        if not values:
            self.end_stage(Fraction(0), {}, out, tie=tie)
        for number, value in enumerate(sorted(values, reverse=True)):
            # 5.5.2
            if len(self.elected) == self.seats:
                break
            moved: dict[tuple[int, int | None], list[Fraction]] = {}
            self.transferred += 1
            for paper in [paper for paper in self.papers if paper.at in out and paper.value == value]:
                assert paper.at is not None
                self.votes[paper.at] -= value
                self.give(paper, value, moved)
            gone_now = sum((sum(values) for (_, to), values in moved.items() if to is None), Fraction(0))
            self.spent += gone_now
            if gone_now and not self.elected:
                # 5.4.8
                self.find_quota()
            awaiting = sum((self.votes[c] for c in out), Fraction(0))
            self.end_stage(awaiting, moved, [] if number else out, tie=None if number else tie)

    def fill(self, excluded: list[int], tie: ties.Tie | None) -> None:
        last = sorted(self.continuing, key=lambda c: (-self.votes[c], c))
        self.elected += last
        self.continuing = set()
        self.write({}, last, excluded, Fraction(0), tie)

    def run(self) -> "Slowly":
        size = len(self.profile.candidates)
        self.continuing = set(range(size)) - self.profile.withdrawn
        self.votes = dict.fromkeys(range(size), Fraction(0))
        # 5.1.2
        self.papers = [
            Paper(ranking)
            for weight, ranking in self.profile.ballots
            for _ in range(weight)
            if self.continuing.intersection(ranking)
        ]
        self.find_quota()
        for paper in self.papers:
            self.give(paper, Fraction(1), {})
        self.end_stage(Fraction(0), {}, [])
        while self.continuing and len(self.elected) < self.seats:
            lowest = sorted(self.votes[c] for c in self.continuing)
            waiting = sum(map(self.surplus, self.elected))
            if len(lowest) <= self.seats - len(self.elected):
                # 4.3
                self.fill([], None)
            elif waiting and not waiting <= lowest[1] - lowest[0] and max(self.together(), default=1) == 1:
                # 5.2.2
                self.transfer_surplus()
            else:
                self.exclude()
        return self


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    number = draw(st.integers(1, 7))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, number).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 20), ranking), max_size=16))
    withdrawn = draw(st.frozensets(st.integers(0, number - 1), max_size=1))
    return Profile(tuple("ABCDEFG"[:number]), tuple(papers), withdrawn)


def check_slowly(profile: Profile, seats: int) -> None:
    """Hold the count, from both engines, to the slow reading: totals, transfers, losses, ties, to the last digit."""
    found = ers97.count(profile, seats=seats, lot=LOT)
    slow = Slowly(profile, seats, LOT).run()
    assert [
        (list(stage.totals), list(stage.elected), list(stage.excluded), by_way(stage), stage.lost, stage.tie)
        for stage in found.stages
    ] == slow.stages
    assert (list(found.winners), found.quota, found.valid) == (slow.elected, slow.quota, len(slow.papers))
    assert ers97.count(packed.pack(profile), seats=seats, lot=LOT) == found


def by_way(stage: sheet.Stage) -> dict[tuple[int, int | None], tuple[int, Fraction]]:
    return {(t.source, t.to): (max(1, t.papers), t.votes) for t in stage.transfers}


@settings(max_examples=250, deadline=None)
@given(profiles(), st.integers(1, 4))
def test_the_count_is_what_a_slow_reading_of_the_text_finds(profile: Profile, seats: int) -> None:
    check_slowly(profile, seats)


@pytest.mark.slow
@pytest.mark.skipif(not SCOTLAND.exists(), reason="shared/data/count/scotland is absent")
def test_the_count_of_every_scottish_ward_is_what_a_slow_reading_finds() -> None:
    for line in (SCOTLAND / "official.jsonl").read_text(encoding="utf-8").splitlines():
        ward = json.loads(line, parse_float=str)
        found = ballot_file.parse(gzip.decompress((SCOTLAND / ward["ballots"]).read_bytes()))
        check_slowly(found.profile, ward["seats"])


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


def test_a_last_batch_worth_less_than_the_surplus_goes_on_whole_and_the_rest_goes_to_nobody() -> None:
    # The quota falls from 30 to 26.67 with Z's ten papers; X has 29, one of them in the last batch.
    found = counted("XWVYZ", (28, "X"), (25, "W"), (26, "V"), (1, "YXW"), (10, "Z"), seats=2)
    assert [stage.sentence for stage in found.stages[1:]] == [
        "Stage 2: Y and Z have the fewest votes and are excluded; papers of the value 1 are transferred; the quota "
        "becomes 26.67; X reaches the quota with 29 and is elected.",
        "Stage 3: the surplus of X, 2.33, is transferred at 1 a paper; V has as much as anybody could still need with "
        "26 and is elected.",
    ]
    assert found.stages[2].transfers == (
        sheet.Transfer(0, 1, 1, Fraction(1), Fraction(1)), sheet.Transfer(0, None, 0, Fraction(0), Fraction("1.33")),
    )  # fmt: skip


def test_one_more_than_the_places_with_just_the_quota_wait_for_the_lot() -> None:
    # 5.1.7, 5.6.2: three have the quota of 12 and there are two places: nobody is elected before one of them goes.
    found = ers97.count(ranked("ABC", (12, "A"), (12, "B"), (12, "C")), seats=2, lot=ties.Hand((1,)))
    assert [(stage.elected, stage.excluded) for stage in found.stages] == [((), ()), ((0, 2), (1,))]
    assert found.stages[1].tie == ties.Tie("exclusion", (0, 1, 2), (1,), "hand", None, "choice 1 by hand")


def test_of_those_who_come_to_just_the_quota_together_who_had_more_before_are_elected() -> None:
    # After E's papers A, B and C have the quota of 12 each; A and B had 11 and 11 at the first stage, C had 10.
    found = counted("ABCE", (11, "A"), (11, "B"), (10, "C"), (1, "EA"), (1, "EB"), (2, "EC"), seats=2)
    assert (found.quota, totals(found)[1]) == (12, ("12", "12", "12", "0"))
    assert [(stage.elected, stage.excluded) for stage in found.stages] == [((), ()), ((0, 1), (3,))]


def test_of_those_who_come_to_just_the_quota_together_equals_throughout_are_not_elected_to_the_last_place() -> None:
    found = ers97.count(
        ranked("ABCE", (6, "A"), (5, "B"), (5, "C"), (1, "EB"), (1, "EC")), seats=2, lot=ties.Hand((2,))
    )
    assert (found.quota, totals(found)[1]) == (6, ("6", "6", "6", "0"))
    assert [(stage.elected, stage.excluded) for stage in found.stages] == [((0,), ()), ((), (3,)), ((1,), (2,))]


def test_a_published_count_of_a_students_union_is_reproduced() -> None:
    # Students' Union UCL, Hockey Club men's social secretary, 19 March 2021, "ERS97 STV" for 2 places: 25 valid votes,
    # Gadsby 5, Recaldin 20, RON 0, quota 8.34; then 16.56, 8.34, 0, and 0.10 not transferable. A surplus of 11.66 that
    # brings 11.56 goes at 0.68 to 17 papers and to no other number, so that the sheet fixes every paper that counts.
    names = ("Oliver Gadsby", "James Recaldin", "RON (Re-Open Nominations)")
    found = ers97.count(Profile(names, ((5, (0,)), (17, (1, 0)), (3, (1,)))), seats=2, lot=LOT)
    assert (found.valid, found.quota, found.winners) == (25, Fraction("8.34"), (1, 0))
    assert totals(found) == [("5", "20", "0"), ("16.56", "8.34", "0")]
    assert (found.stages[1].lost, found.stages[1].nontransferable) == (Fraction("0.1"), 0)


def test_the_figures_of_the_rules_model_election_that_are_printed_in_full_are_reproduced() -> None:
    # Section 8: eleven candidates, six places, 753 valid votes, quota 107.58; Smith has 134, the two lowest have 24 and
    # 23; Smith's surplus of 26.42 exceeds their difference, 123 of the papers are transferable at 0.21, and 0.59 is the
    # non-transferable difference. The booklet does not print the papers: those of the others are filled up here.
    others = ((24, "B"), (23, "C"), *((97, name) for name in "DEF"), *((56, name) for name in "GHIJ"), (57, "K"))
    found = counted("ABCDEFGHIJK", (123, "AK"), (11, "A"), *others, seats=6)
    assert (found.valid, found.quota) == (753, Fraction("107.58"))
    assert [stage.sentence for stage in found.stages[:2]] == [
        "Stage 1: 753 valid papers are counted by first preference, the quota is 107.58; A reaches the quota with 134 "
        "and is elected.",
        "Stage 2: the surplus of A, 26.42, is transferred at 0.21 a paper.",
    ]
    assert (found.stages[1].transfers[0].votes, found.stages[1].lost) == (Fraction("25.83"), Fraction("0.59"))


def test_the_active_vote_elects_who_has_just_as_much_as_anybody_could_still_need() -> None:
    found = ers97.count(Profile(tuple("ABCD"), ((7, (2, 3, 0)), (5, (3, 1)), (10, (0,)), (10, (1,)))), seats=3, lot=LOT)

    # 7 of an active vote of 14, B's surplus of 2 among it, with one place left: not a hundredth more is there.
    assert [stage.elected for stage in found.stages] == [(0, 1), (2,)]
    assert found.stages[-1].sentence.endswith("C has as much as anybody could still need with 7 and is elected.")


def quota_of(name: str, who: set[int], least: int, most: int) -> constraints.Group:
    return constraints.Group(name, frozenset(who), least, most)


def test_under_quotas_for_groups_one_is_excluded_at_a_time_though_another_could_go_with_her() -> None:
    limits = (constraints.Dimension("d", (quota_of("g", {1}, 1, 1), quota_of("h", {0}, 0, 0))),)
    found = ers97.count(Profile(("A", "B"), ((4, (0, 1)),)), seats=1, lot=LOT, within=limits)

    assert (found.winners, [stage.excluded for stage in found.stages]) == ((1,), [(), (0,)])


def test_where_a_group_has_no_room_for_equals_nobody_with_fewer_earlier_votes_is_elected_before_them() -> None:
    limits = (constraints.Dimension("d", (quota_of("g", {1, 2, 4}, 3, 3), quota_of("h", {0, 3}, 0, 1))),)
    profile = Profile(tuple("ABCDE"), ((4, (0, 1, 2, 4)), (4, (4, 2, 3, 1, 0)), (4, (3,))))
    found = ers97.count(profile, seats=3, lot=LOT, within=limits)

    assert [(stage.elected, stage.excluded) for stage in found.stages] == [((), ()), ((), (0,)), ((1, 4, 2), (3,))]
