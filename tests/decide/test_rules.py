"""Every counting rule held to its own list of properties, and all of them under what must not matter."""

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings, strategies as st

from comitia.decide import packed, pairwise, profile as profiles, properties, rules, sheet, ties
from comitia.decide.profile import Profile

LOT = ties.Lot(bytes.fromhex("00ff17"))
TRANSFERRING = ("scottish", "meek", "wigm", "ers97", "instant_runoff")
EVERY = pytest.mark.parametrize("rule", rules.RULES)


def listing(wanted: properties.Property) -> pytest.MarkDecorator:
    """Return the rules that list a property, as a parameter."""
    return pytest.mark.parametrize("rule", [name for name, promised in rules.PROPERTIES.items() if wanted in promised])


@st.composite
def ranked(draw: st.DrawFn, *, least: int = 1) -> Profile:
    """Draw papers with strict rankings, most of them short."""
    number = draw(st.integers(least, 5))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, number).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 9), ranking), min_size=1, max_size=9))
    return Profile(tuple("ABCDE"[:number]), tuple(papers))


def seats_of(rule: str, seats: int) -> int:
    return 1 if rule == "instant_runoff" else seats


def counted(rule: str, profile: Profile, seats: int) -> sheet.Sheet:
    return rules.RULES[rule](profile, seats=seats_of(rule, seats), lot=LOT)


def drew(found: sheet.Sheet) -> bool:
    """Whether a lot decided anything, or only decimals did."""
    return any(stage.tie is not None and stage.tie.broken_by in ("lot", "fractions") for stage in found.stages)


@EVERY
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3))
def test_as_many_are_elected_as_there_are_seats_or_candidates(rule: str, profile: Profile, seats: int) -> None:
    found = counted(rule, profile, seats)
    assert len(set(found.winners)) == len(found.winners) == min(seats_of(rule, seats), len(profile.candidates))
    assert found.winners == tuple(c for stage in found.stages for c in stage.elected)
    out = [c for stage in found.stages for c in stage.excluded]
    assert len(set(out)) == len(out) and not set(out) & set(found.winners)
    assert found.valid + found.blank == sum(weight for weight, _ in profile.ballots)
    for number, stage in enumerate(found.stages, start=1):
        assert stage.sentence.startswith(f"Stage {number}: ")
        assert len(stage.totals) == len(profile.candidates)


@EVERY
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3), st.data())
def test_the_order_of_papers_and_the_splitting_of_weights_change_nothing(
    rule: str, profile: Profile, seats: int, data: st.DataObject
) -> None:
    single = [(1, ranking) for weight, ranking in profile.ballots for _ in range(weight)]
    other = Profile(profile.candidates, tuple(data.draw(st.permutations(single))))
    assert counted(rule, other, seats) == counted(rule, profile, seats)


@EVERY
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3), st.data())
def test_the_order_of_candidates_changes_no_winner_where_no_lot_is_drawn(
    rule: str, profile: Profile, seats: int, data: st.DataObject
) -> None:
    found = counted(rule, profile, seats)
    order = data.draw(st.permutations(range(len(profile.candidates))))
    place = {c: n for n, c in enumerate(order)}
    ballots = tuple((weight, tuple(place[c] for c in ranking)) for weight, ranking in profile.ballots)
    other = counted(rule, Profile(tuple(profile.candidates[c] for c in order), ballots), seats)
    assume(not drew(found) and not drew(other))
    assert sorted(other.candidates[c] for c in other.winners) == sorted(found.candidates[c] for c in found.winners)


@pytest.mark.parametrize("rule", [rule for rule in rules.RULES if rule not in ("scottish", "ers97")])
@settings(max_examples=20)
@given(ranked(), st.integers(1, 3))
def test_no_rule_without_cut_decimals_loses_votes(rule: str, profile: Profile, seats: int) -> None:
    assert {stage.lost for stage in counted(rule, profile, seats).stages} <= {Fraction(0)}


# Not so where decimals are cut for each paper.
@pytest.mark.parametrize("rule", [rule for rule in rules.RULES if rule not in ("scottish", "ers97", "meek")])
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3), st.integers(2, 5))
def test_the_same_papers_several_times_elect_the_same_where_no_lot_is_drawn(
    rule: str, profile: Profile, seats: int, times: int
) -> None:
    found = counted(rule, profile, seats)
    more = Profile(profile.candidates, tuple((weight * times, ranking) for weight, ranking in profile.ballots))
    other = counted(rule, more, seats)
    assume(not drew(found) and not drew(other))
    assert other.winners == found.winners


@pytest.mark.parametrize("rule", TRANSFERRING)
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3))
def test_every_stage_adds_up_to_the_valid_papers(rule: str, profile: Profile, seats: int) -> None:
    found = counted(rule, profile, seats)
    gone = Fraction(0)
    before: tuple[Fraction, ...] | None = None
    for stage in found.stages:
        gone += stage.nontransferable + stage.lost
        assert sum(stage.totals, gone) == found.valid
        assert stage.lost >= 0 and min(stage.totals) >= 0 and all(t.votes >= 0 for t in stage.transfers)
        if before is not None and rule != "meek":
            left = [
                votes
                + sum((t.votes for t in stage.transfers if t.to == c), Fraction(0))
                - sum((t.votes for t in stage.transfers if t.source == c), Fraction(0))
                - stage.totals[c]
                for c, votes in enumerate(before)
            ]
            # What the decimals lose is missing from the one whose votes moved.
            assert sorted(left) == [*([0] * (len(left) - 1)), stage.lost]
        before = stage.totals


@pytest.mark.slow
@pytest.mark.parametrize("rule", [*TRANSFERRING, "schulze", "borda", "approval", "phragmen", "equal_shares_phragmen"])
def test_five_hundred_candidates_are_counted_by_both_engines_alike(rule: str) -> None:
    luck = random.Random(477)
    drawn = [(1, tuple(luck.sample(range(500), luck.randint(1, 6)))) for _ in range(400)]
    profile = Profile(tuple(f"c{n}" for n in range(500)), tuple(drawn))
    found = counted(rule, profile, 10)
    assert len(found.winners) == seats_of(rule, 10)
    assert counted(rule, packed.pack(profile), 10) == found


@listing("unranked")
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3))
def test_a_candidate_whom_nobody_names_changes_no_winner(rule: str, profile: Profile, seats: int) -> None:
    named = {c for _, ranking in profile.ballots for c in ranking}
    assume(len(named) >= seats_of(rule, seats))
    before = counted(rule, profile, seats)
    after = counted(rule, Profile((*profile.candidates, "nobody"), profile.ballots), seats)
    assume(not drew(before) and not drew(after))
    assert sorted(after.winners) == sorted(before.winners)


@listing("majority")
@settings(max_examples=40)
@given(ranked())
def test_whom_most_papers_put_first_is_elected(rule: str, profile: Profile) -> None:
    valid = sum(weight for weight, ranking in profile.ballots if ranking)
    for c in range(len(profile.candidates)):
        if 2 * sum(weight for weight, ranking in profile.ballots if ranking[:1] == (c,)) > valid:
            assert counted(rule, profile, 1).winners == (c,)


@listing("condorcet")
@settings(max_examples=40)
@given(ranked())
def test_whoever_beats_everybody_is_elected(rule: str, profile: Profile) -> None:
    preferred = pairwise.preferences(profile)
    size = range(len(preferred))
    for a in size:
        if all(preferred[a][b] > preferred[b][a] for b in size if b != a):
            assert counted(rule, profile, 1).winners == (a,)


@listing("condorcet_loser")
@settings(max_examples=40)
@given(ranked(least=2))
def test_whoever_loses_to_everybody_is_not_elected(rule: str, profile: Profile) -> None:
    preferred = pairwise.preferences(profile)
    size = range(len(preferred))
    for a in size:
        if all(preferred[a][b] < preferred[b][a] for b in size if b != a):
            assert counted(rule, profile, 1).winners != (a,)


@listing("solid")
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3))
def test_papers_that_put_the_same_first_elect_as_many_as_their_quotas(rule: str, profile: Profile, seats: int) -> None:
    found = counted(rule, profile, seats)
    for size in range(1, len(profile.candidates) + 1):
        for group in combinations(range(len(profile.candidates)), size):
            solid = sum(w for w, ranking in profile.ballots if set(ranking[:size]) == set(group))
            # More than q quotas: the largest q with q * valid / (seats + 1) < solid.
            quotas = -(-solid * (seats + 1) // found.valid) - 1 if solid else 0
            assert len(set(found.winners) & set(group)) >= min(quotas, size)


@listing("justified")
@settings(max_examples=40)
@given(ranked(), st.integers(1, 4))
def test_papers_worth_a_seat_that_agree_on_somebody_have_somebody(rule: str, profile: Profile, seats: int) -> None:
    check_extended(counted(rule, profile, seats), profile, most=1)


@listing("extended")
@settings(max_examples=40)
@given(ranked(), st.integers(1, 4))
def test_papers_worth_seats_that_agree_hold_one_that_is_heard_as_often(rule: str, profile: Profile, seats: int) -> None:
    check_extended(counted(rule, profile, seats), profile, most=seats)


def check_extended(found: sheet.Sheet, profile: Profile, *, most: int) -> None:
    """Look for papers worth l seats that agree on l candidates, none of which has l elected, by brute force."""
    seats = min(found.seats, len(profile.candidates))
    for level in range(1, min(most, seats) + 1):
        unheard = [(w, set(named)) for w, named in profile.ballots if len(set(named) & set(found.winners)) < level]
        for group in combinations(range(len(profile.candidates)), level):
            agree = sum(weight for weight, named in unheard if named.issuperset(group))
            assert agree * seats < level * found.valid or not agree


@EVERY
@settings(max_examples=40)
@given(ranked(), st.integers(1, 3))
def test_ties_by_hand_take_the_choices_in_turn_and_refuse_others(rule: str, profile: Profile, seats: int) -> None:
    choices: list[int] = []
    for _ in range(40):
        try:
            found = rules.RULES[rule](profile, seats=seats_of(rule, seats), lot=ties.Hand(tuple(choices)))
        except ties.HandNeeded as needed:
            stranger = next((c for c in range(len(profile.candidates)) if c not in needed.tied), None)
            if stranger is not None:
                with pytest.raises(ties.HandWrong):
                    wrong = ties.Hand((*choices, stranger))
                    rules.RULES[rule](profile, seats=seats_of(rule, seats), lot=wrong)
            assert needed.given == len(choices)
            choices.append(needed.tied[-1])
        else:
            break
    assert len(found.winners) == min(seats_of(rule, seats), len(profile.candidates))
    assert all(stage.tie is None or stage.tie.broken_by != "lot" for stage in found.stages)


@EVERY
def test_no_seat_cannot_be_filled(rule: str) -> None:
    with pytest.raises(sheet.SeatsWrong, match=f"the rule {rule} cannot fill 0 seats"):
        rules.RULES[rule](Profile(("A",), ((1, (0,)),)), seats=0, lot=LOT)


@EVERY
def test_an_election_without_a_paper_or_without_a_candidate_still_ends(rule: str) -> None:
    assert len(counted(rule, Profile(("A", "B", "C"), ()), 2).winners) == seats_of(rule, 2)
    assert counted(rule, Profile((), ()), 2).winners == ()


@EVERY
def test_who_withdrew_is_passed_over(rule: str) -> None:
    profile = Profile(("A", "B", "C"), ((5, (0, 1)), (3, (2,)), (1, (0,))), frozenset({0}))
    found = counted(rule, profile, 1)
    assert (found.winners, found.valid, found.blank) == ((1,), 8, 1)


@pytest.mark.parametrize("rule", rules.RULES)
def test_equal_ranks_are_counted_or_refused(rule: str) -> None:
    profile = Profile(("A", "B", "C"), ((2, (0, 1)),), frozenset(), ((3, ((1, 2), (0,))),))
    refusing = ("scottish", "wigm", "ers97", "instant_runoff", "plurality", "block", "borda_modified")
    if rule in refusing:
        with pytest.raises(profiles.EqualRanks):
            counted(rule, profile, 1)
    else:
        assert counted(rule, profile, 1).valid == 5


@settings(max_examples=40)
@given(ranked())
def test_instant_runoff_is_stv_for_one_seat_where_no_paper_runs_out(profile: Profile) -> None:
    complete = tuple(
        (weight, (*ranking, *(c for c in range(len(profile.candidates)) if c not in ranking)))
        for weight, ranking in profile.ballots
    )
    full = Profile(profile.candidates, complete)
    runoff = counted("instant_runoff", full, 1)
    for rule in ("scottish", "wigm", "meek"):
        single = counted(rule, full, 1)
        if not drew(runoff) and not drew(single):
            assert single.winners == runoff.winners


def raised(profile: Profile, winner: int, data: st.DataObject) -> Profile:
    """Return the profile with one paper on which a candidate stands higher, or stands where she did not."""
    single = [ranking for weight, ranking in profile.ballots for _ in range(weight)]
    below = [n for n, ranking in enumerate(single) if ranking[:1] != (winner,)]
    assume(below)
    number = data.draw(st.sampled_from(below))
    rest = tuple(c for c in single[number] if c != winner)
    was = single[number].index(winner) if winner in single[number] else len(rest) + 1
    place = data.draw(st.integers(0, was - 1))
    single[number] = (*rest[:place], winner, *rest[place:])
    return Profile(profile.candidates, tuple((1, ranking) for ranking in single))


def stays_elected(rule: str, profile: Profile, seats: int, data: st.DataObject) -> bool:
    """Return whether an elected candidate, drawn, is elected too where one paper puts her higher."""
    found = counted(rule, profile, seats)
    winner = data.draw(st.sampled_from(found.winners))
    other = counted(rule, raised(profile, winner, data), seats)
    assume(not drew(found) and not drew(other))
    return winner in other.winners


@listing("monotone")
@settings(max_examples=60)
@given(ranked(), st.data())
def test_one_paper_that_puts_the_winner_higher_does_not_unseat_her(
    rule: str, profile: Profile, data: st.DataObject
) -> None:
    assert stays_elected(rule, profile, 1, data)


@pytest.mark.parametrize("rule", ["plurality", "block", "approval", "borda", "borda_modified"])
@settings(max_examples=60)
@given(ranked(), st.integers(2, 3), st.data())
def test_where_sums_decide_it_is_so_for_several_seats(
    rule: str, profile: Profile, seats: int, data: st.DataObject
) -> None:
    assert stays_elected(rule, profile, seats, data)
