"""Elections in which one more vote does harm: every example of docs/explanation/monotonicity.md, counted."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import apportionment, rules, ties
from comitia.decide.profile import Profile

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "monotonicity.md"
NAMES = ("A", "B", "C", "D", "E")
TRANSFERRING = ("scottish", "meek", "wigm", "ers97")
SHARES = ("sainte_lague", "dhondt", "huntington_hill", "adams", "largest_remainder", "droop_remainder")


def examples() -> list[tuple[Profile, set[str]]]:
    """Return the papers of each block on the page, and who is elected beneath them."""
    found = []
    for block in re.findall(r"```\n(.*?)\nelected: ([A-E ]+)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        papers = [line.split() for line in block[0].splitlines()]
        ballots = tuple((int(words[0]), tuple(NAMES.index(word) for word in words[1:])) for words in papers)
        number = 1 + max(candidate for _, ranking in ballots for candidate in ranking)
        found.append((Profile(NAMES[:number], ballots), set(block[1].split())))
    return found


def elected(rule: str, profile: Profile, seats: int) -> set[str]:
    """Return who is elected; no lot may decide."""
    sheet = rules.RULES[rule](profile, seats=seats, lot=ties.Lot(b""))
    assert all(stage.tie is None for stage in sheet.stages)
    return {sheet.candidates[w] for w in sheet.winners}


BEFORE, AFTER, TWO, TWO_AFTER, THREE, THREE_AFTER = examples()


@pytest.mark.parametrize("rule", [*TRANSFERRING, "instant_runoff"])
def test_two_who_put_the_winner_first_unseat_her(rule: str) -> None:
    (before, winner), (after, other) = BEFORE, AFTER

    assert (winner, other) == ({"A"}, {"C"})
    assert (elected(rule, before, 1), elected(rule, after, 1)) == (winner, other)
    assert "monotone" not in rules.PROPERTIES[rule]


@pytest.mark.parametrize("rule", TRANSFERRING)
def test_one_who_puts_an_elected_candidate_higher_unseats_her(rule: str) -> None:
    (before, winners), (after, others) = TWO, TWO_AFTER

    assert winners - others == {"C"}
    assert (elected(rule, before, 2), elected(rule, after, 2)) == (winners, others)


def test_with_equal_shares_a_voter_who_was_blank_unseats_whom_she_names() -> None:
    (before, winners), (after, others) = THREE, THREE_AFTER

    assert winners - others == {"D"}
    assert elected("equal_shares_phragmen", before, 3) == winners
    assert elected("equal_shares_phragmen", after, 3) == others


def test_the_papers_differ_as_the_page_says() -> None:
    def singly(of: Profile) -> list[tuple[int, ...]]:
        return sorted(ranking for weight, ranking in of.ballots for _ in range(weight))

    def changed(before: Profile, after: Profile) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        gone, come = singly(before), singly(after)
        for ranking in singly(before):
            if ranking in come:
                come.remove(ranking)
                gone.remove(ranking)
        return gone, come

    assert changed(BEFORE[0], AFTER[0]) == ([(1, 0, 2)] * 2, [(0, 1, 2)] * 2)
    assert changed(TWO[0], TWO_AFTER[0]) == ([(1, 3, 2)], [(1, 2, 3)])
    assert changed(THREE[0], THREE_AFTER[0]) == ([()], [(3,)])


@pytest.mark.parametrize("rule", SHARES)
@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5), st.integers(1, 12), st.data())
def test_one_more_vote_for_a_list_never_costs_it_a_seat(
    rule: str, votes: list[int], seats: int, data: st.DataObject
) -> None:
    votes[0] += 1
    more = data.draw(st.integers(0, len(votes) - 1))
    share = getattr(apportionment, rule)
    name = NAMES[more]
    before = share(dict(zip(NAMES, votes, strict=False)), seats=seats)
    votes[more] += 1
    after = share(dict(zip(NAMES, votes, strict=False)), seats=seats)

    # What is undecided may be hers or not, before and after.
    assert after.seats[name] + (name in after.tied) >= before.seats[name]
