"""Votes that real organisations took or argued about, decided under their own rules as the example charters write them.

The tallies are those of the public case, or the smallest that show the argument; the pages under
docs/explanation/charters say where each comes from.
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from comitia.charter import parse
from comitia.charter.structure import Consensus, GroupShare, Matter
from comitia.decide import consensus, consent, groups, recall, verdict
from comitia.decide.verdict import Rule, Tally

EXAMPLES = Path(__file__).parents[2] / "examples" / "charters"


def matter(charter: str, name: str) -> Matter:
    """Return a matter of an example charter."""
    return parse.parse((EXAMPLES / f"{charter}.toml").read_text("utf-8"), file=charter).matters[name]


def rule(of: Matter) -> Rule:
    """Return what the article of a matter demands of each body."""
    return Rule(
        article=of.article,
        base=of.base,
        threshold=of.threshold,
        strict=of.strict,
        quorum=of.quorum,
        quorum_base=of.quorum_base,
        abstentions=of.abstentions,
        tie=of.tie,
        silence=of.silence,
        against_counts=of.no_counts_to_quorum,
        abstaining_counts=True,
    )


def carried(charter: str, name: str, tally: Tally) -> bool:
    """Return whether a body with this tally carries a matter of an example charter."""
    return verdict.verdict("the body", tally, rule(matter(charter, name))).carried


def seats(of: int, filled: int, votes: tuple[int, int, int]) -> Tally:
    """Return the tally of a body with seats: for, against, abstaining."""
    return Tally(filled, of, filled, *votes)


def members(of: int, votes: tuple[int, int, int]) -> Tally:
    """Return the tally of an assembly: for, against, abstaining."""
    return Tally(of, 0, of, *votes)


NO_CONFIDENCE = seats(7, 6, (3, 3, 0))
"""The steering committee of the Nix project on 30 September 2025: one seat vacant, three for, three against."""


def test_nix_three_to_three_kept_the_committee_in_office() -> None:
    assert not carried("nixos", "reelection", NO_CONFIDENCE)
    assert not carried("nixos", "ordinary", NO_CONFIDENCE)


def test_nix_counting_the_seats_that_are_held_would_not_have_helped() -> None:
    held = replace(rule(matter("nixos", "reelection")), base="filled")

    assert not verdict.verdict("steering committee", NO_CONFIDENCE, held).carried


def test_nix_asked_for_confidence_the_committee_would_have_gone() -> None:
    # Staying needs more than half of those who vote: three of six are not more, so the equal vote does not protect.
    staying = replace(rule(matter("nixos", "reelection")), base="for_against")

    assert recall.confidence_verdict("steering committee", NO_CONFIDENCE, staying).carried


def test_nix_an_equal_vote_of_those_who_sit_may_be_made_to_call_a_reelection() -> None:
    tied = replace(rule(matter("nixos", "reelection")), base="filled", tie="carries")

    assert verdict.verdict("steering committee", NO_CONFIDENCE, tied).carried


def test_nix_whoever_abstains_for_a_conflict_of_interest_votes_against() -> None:
    # NixOS/org, issue 184: four approvals, however many abstain.
    conflicted = seats(7, 7, (3, 0, 4))
    cast = replace(rule(matter("nixos", "ordinary")), base="for_against")

    assert not carried("nixos", "ordinary", conflicted)
    assert verdict.verdict("steering committee", conflicted, cast).carried


def test_nix_three_vacant_seats_end_every_change_of_the_constitution() -> None:
    assert not carried("nixos", "constitution", seats(7, 4, (4, 0, 0)))
    assert carried("nixos", "constitution", seats(7, 5, (5, 0, 0)))


def test_debian_eight_seats_stay_at_four_to_four() -> None:
    assert not carried("debian", "technical", seats(8, 8, (4, 4, 0)))
    assert carried("debian", "technical", seats(8, 8, (4, 3, 1)))


def test_debian_votes_against_do_not_help_the_quorum() -> None:
    # 3Q is 47.4 with 1,000 developers: 48 must prefer it to none of the above.
    assert not carried("debian", "resolution", members(1000, (47, 46, 0)))
    assert carried("debian", "resolution", members(1000, (48, 47, 0)))


def test_debian_three_to_one_is_met_by_three_to_one() -> None:
    assert carried("debian", "constitution", members(1000, (150, 50, 0)))
    assert not carried("debian", "constitution", members(1000, (149, 50, 0)))


def test_optimism_a_fifth_of_all_vetoes_and_silence_does_not() -> None:
    assert carried("optimism-two-houses", "allocation", members(100, (1, 19, 0)))
    assert not carried("optimism-two-houses", "allocation", members(100, (1, 20, 0)))


def test_optimism_the_foundation_stops_what_the_token_house_carried() -> None:
    house = verdict.verdict("token house", members(100, (90, 5, 0)), rule(matter("optimism-two-houses", "director")))
    foundation = verdict.verdict("foundation", seats(5, 5, (2, 3, 0)), rule(matter("optimism-two-houses", "director")))

    assert (house.carried, foundation.carried) == (True, False)
    assert not verdict.joint([house, foundation]).carried


def test_optimism_two_groups_of_four_with_seventeen_in_a_hundred_veto_an_upgrade() -> None:
    of = matter("optimism-two-houses", "upgrade")
    assert isinstance(of.groups, GroupShare)
    share = of.groups
    demand = groups.Demand(share.turnout, share.approval, share.approval_strict, share.groups, share.groups_strict)
    quiet, angry = members(100, (84, 16, 0)), members(100, (83, 17, 0))
    one = {"holders": angry, "users": quiet, "apps": quiet, "chains": quiet}
    two = {**one, "users": angry}

    assert groups.groups_verdict("all groups", one, rule(of), demand=demand).carried
    assert not groups.groups_verdict("all groups", two, rule(of), demand=demand).carried


def test_cotech_one_disagrees_and_nothing_passes_one_agrees_and_everything_does() -> None:
    assert not carried("cotech", "proposal", seats(40, 40, (39, 1, 0)))
    assert carried("cotech", "constitution", seats(40, 40, (1, 0, 3)))


def test_cotech_silence_spends_the_fund_and_decides_no_proposal() -> None:
    of = matter("cotech", "fund")

    assert consent.consent_verdict("network", seats(40, 40, (0, 0, 0)), rule(of), objections=0).carried
    assert not consent.consent_verdict("network", seats(40, 40, (0, 0, 0)), rule(of), objections=1).carried
    assert not carried("cotech", "proposal", seats(40, 40, (0, 0, 0)))


def test_colab_the_same_silent_member_stops_a_proposal_and_carries_a_vote() -> None:
    of = matter("colab", "proposal")
    assert isinstance(of.demand, Consensus)
    asked = (of.demand.blocks, of.demand.aside)
    all_but_one, everybody = members(12, (11, 0, 0)), members(12, (12, 0, 0))

    assert not consensus.consensus_verdict("member body", all_but_one, rule(of), aside=0, demand=asked).carried
    assert consensus.consensus_verdict("member body", everybody, rule(of), aside=0, demand=asked).carried
    assert carried("colab", "members-vote", members(12, (1, 3, 0)))
    assert not carried("colab", "members-vote", members(12, (1, 4, 0)))


def test_the_shares_of_the_cases_are_those_of_the_rulebooks() -> None:
    shares = {
        ("nixos", "ordinary"): (Fraction(1, 2), True),
        ("nixos", "constitution"): (Fraction(2, 3), False),
        ("debian", "override-committee"): (Fraction(2, 3), False),
        ("debian", "constitution"): (Fraction(3, 4), False),
        ("optimism-two-houses", "treasury"): (Fraction(51, 100), False),
        ("optimism-two-houses", "director"): (Fraction(76, 100), False),
        ("optimism-two-houses", "ratification"): (Fraction(3, 5), False),
        ("cotech", "proposal"): (Fraction(1), False),
        ("colab", "members-vote"): (Fraction(3, 4), False),
    }

    assert {key: (matter(*key).threshold, matter(*key).strict) for key in shares} == shares
