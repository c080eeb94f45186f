"""Votes that organisations argued about in public, with the verdict that the rule as written gives.

Each case names its source. Nobody disputes the votes; what was disputed is the sum.
"""

from fractions import Fraction

import pytest

from comitia.decide import recall, verdict
from comitia.decide.verdict import Base, Rule, Tally

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def rule(
    base: Base, threshold: Fraction, *, strict: bool = True, quorum: Fraction | int | None = None, counts: bool = True
) -> Rule:
    return Rule(
        article="1", base=base, threshold=threshold, strict=strict, quorum=quorum, quorum_base="filled",
        abstentions="not_counted", tie="fails", silence="absent", against_counts=counts, abstaining_counts=True,
    )  # fmt: skip


# NixOS Steering Committee, vote of no confidence of 30 September 2025: seven seats, one vacant, three for it, three
# against (NixOS/SC-election-2025 issue 452); "a simple majority within the SC may call a reelection".
NIXOS = Tally(7, 7, 6, 3, 3, 0)


def test_nixos_no_confidence_at_three_to_three_fails_whether_or_not_vacant_seats_count() -> None:
    # NixOS/SC-election-2025 issue 472: a tie leaves a committee that can neither go on nor go.
    filled = verdict.verdict("the committee", NIXOS, rule("filled", HALF))
    seats = verdict.verdict("the committee", NIXOS, rule("seats", HALF))

    assert (filled.carried, filled.needed, filled.tied) == (False, 4, True)
    assert (seats.carried, seats.needed, seats.tied) == (False, 4, True)


def test_nixos_asked_for_confidence_instead_the_tie_would_not_have_kept_the_committee() -> None:
    # The repair that issue 472 asks for: confidence must be carried to avoid a re-election.
    found = recall.confidence_verdict("the committee", NIXOS, rule("filled", HALF))

    assert found.carried
    assert found.sentence.startswith(
        "no confidence, recalled: electors of the committee: 3 for her to stay, 3 for her to go"
    )


@pytest.mark.parametrize(
    ("filled", "for_", "by_seats", "by_filled"), [(6, 4, True, True), (5, 3, False, True), (4, 3, False, True)]
)
def test_nixos_vacancies_in_the_denominator_make_a_majority_harder(
    filled: int, for_: int, by_seats: bool, by_filled: bool
) -> None:
    # NixOS/org pull request 181: whether vacant seats count when a full re-election is voted on.
    tally = Tally(7, 7, filled, for_, filled - for_, 0)

    assert verdict.verdict("b", tally, rule("seats", HALF)).carried is by_seats
    assert verdict.verdict("b", tally, rule("filled", HALF)).carried is by_filled


def test_nodejs_five_who_come_to_vote_against_carry_what_six_could_not() -> None:
    # nodejs/node pull request 7813: of 20 members six are present and for it: no quorum. Five more come, vote against,
    # and it is carried. Where votes against do not count to the quorum, they change nothing.
    of_20 = rule("for_against", HALF, quorum=11)

    assert not verdict.verdict("b", Tally(20, 20, 20, 6, 0, 0), of_20).carried
    assert verdict.verdict("b", Tally(20, 20, 20, 6, 5, 0), of_20).carried
    sound = rule("for_against", HALF, quorum=11, counts=False)
    assert not verdict.verdict("b", Tally(20, 20, 20, 6, 5, 0), sound).carried


def test_hpsf_eight_of_sixteen_is_at_least_half_and_not_more_than_half() -> None:
    # hpsfoundation/tac pull request 60: eight votes of sixteen members; the quorum is more than half of the members.
    tally = Tally(16, 16, 16, 8, 0, 0)

    assert verdict.verdict("b", tally, rule("cast", TWO_THIRDS, strict=False, quorum=HALF)).carried
    more_than_half = 16 // 2 + 1
    found = verdict.verdict("b", tally, rule("cast", TWO_THIRDS, strict=False, quorum=more_than_half))
    assert (found.carried, found.quorum_needed, found.quorum_present) == (False, 9, 8)


def test_openslides_two_thirds_of_nine_are_six() -> None:
    # OpenSlides/openslides-client pull request 5614, review: "two-third of 9 are 6 not 7".
    found = verdict.verdict("b", Tally(9, 9, 9, 6, 3, 0), rule("cast", TWO_THIRDS, strict=False))

    assert (found.carried, found.needed) == (True, 6)


@pytest.mark.parametrize(("present", "for_", "met", "carried"), [(80, 60, True, True), (79, 79, False, False)])
def test_openslides_four_fifths_present_and_two_thirds_for_it(
    present: int, for_: int, met: bool, carried: bool
) -> None:
    # OpenSlides/OpenSlides issue 6667 asks for exactly this to change an association's statutes.
    asked = rule("present", TWO_THIRDS, strict=False, quorum=Fraction(4, 5))
    tally = Tally(100, 0, 100, for_, 0, present - for_, present=present)

    found = verdict.verdict("the assembly", tally, asked)

    assert (found.quorum_met, found.carried) == (met, carried)


def test_two_thirds_of_64_are_43_and_not_42() -> None:
    # ComputerScienceHouse/constitution pull request 216 prints: quorum 42 (2/3 of 64), threshold 32 (2/3 of 48 that do
    # not abstain), 46 for, 2 against, 2 abstaining. Two thirds of 64 are 42 2/3: 43 people.
    asked = rule("cast", TWO_THIRDS, strict=False, quorum=TWO_THIRDS)

    found = verdict.verdict("the house", Tally(64, 0, 64, 46, 2, 2), asked)

    assert (found.quorum_needed, found.needed, found.base, found.carried) == (43, 32, 48, True)


def test_one_yes_of_two_members_is_not_more_than_half_of_the_members() -> None:
    # oneclickorgs/one-click-orgs issue 116.
    assert not verdict.verdict("b", Tally(2, 0, 2, 1, 0, 0), rule("members", HALF)).carried
    assert verdict.verdict("b", Tally(2, 0, 2, 2, 0, 0), rule("members", HALF)).carried


def test_two_of_three_who_do_not_abstain_are_two_thirds() -> None:
    # MaxwellBo/Muncoordinated-2 issue 52: seven of ten abstain, two for, one against.
    tally = Tally(10, 10, 10, 2, 1, 7)

    assert verdict.verdict("b", tally, rule("for_against", TWO_THIRDS, strict=False)).carried
    assert not verdict.verdict("b", tally, rule("filled", TWO_THIRDS, strict=False)).carried


def test_w3c_a_body_recalled_by_twenty_signatures_and_a_vote_of_the_members() -> None:
    # w3c/process issue 882: boards with no recall but the director's discipline; the proposal asks for twenty member
    # representatives to demand it, of 350 (rounded), and for the members' vote.
    reached = [recall.petition_reached(n, 350, Fraction(20, 350)).reached for n in (19, 20)]

    assert reached == [False, True]
