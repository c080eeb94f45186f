"""Our counts beside those of abcvoting, pref_voting, votekit and apportionment, in their own environment.

Where a peer reports all winners that some order of ties can give, ours must be among them, and where it reports one,
ours draws no lot. Each known difference is named in docs/reference/counting-rules.md.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comitia.decide import apportionment, rules, ties
from comitia.decide.profile import Profile

sys.path.insert(0, str(Path(__file__).parents[2] / "requirements"))
import peers

pytestmark = pytest.mark.slow
LOT = ties.Lot(b"peers")
CASES = 150

ABCVOTING = """
import json, sys
from abcvoting import abcrules
from abcvoting.preferences import Profile
answers = []
for case in json.load(sys.stdin):
    profile = Profile(case["candidates"])
    for weight, named in case["papers"]:
        for _ in range(weight):
            profile.add_voter(named)
    size = case["seats"]
    exact = {"algorithm": "standard-fractions", "resolute": False}
    found = {
        "pav": abcrules.compute_pav(profile, size, algorithm="branch-and-bound", resolute=False),
        "phragmen": abcrules.compute_seqphragmen(profile, size, **exact),
        "equal_shares_phragmen": abcrules.compute_equal_shares(profile, size, **exact),
    }
    answers.append({rule: [sorted(c) for c in committees] for rule, committees in found.items()})
print(json.dumps(answers))
"""

PREF_VOTING = """
import json, sys
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.margin_based_methods import beat_path, ranked_pairs
from pref_voting.iterative_methods import instant_runoff_put
answers = []
for case in json.load(sys.stdin):
    candidates = list(range(case["candidates"]))
    rankings = [{c: n for n, c in enumerate(ranking)} for _, ranking in case["papers"]]
    weights = [weight for weight, _ in case["papers"]]
    profile = ProfileWithTies(rankings, rcounts=weights, candidates=candidates)
    profile.use_extended_strict_preference()
    found = {
        "schulze_margins": beat_path(profile),
        "schulze": beat_path(profile, strength_function=lambda a, b: profile.support(a, b)),
        "ranked_pairs": ranked_pairs(profile),
        "instant_runoff": instant_runoff_put(profile),
    }
    answers.append({rule: [int(c) for c in winners] for rule, winners in found.items()})
print(json.dumps(answers))
"""

TRANSFERABLE = """
import json, sys
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish, stv_meek
answers = []
for case in json.load(sys.stdin):
    rankings = [{c: n for n, c in enumerate(ranking)} for _, ranking in case["papers"]]
    weights = [weight for weight, _ in case["papers"]]
    profile = ProfileWithTies(rankings, rcounts=weights, candidates=list(range(case["candidates"])))
    found = {"scottish": stv_scottish, "meek": stv_meek}
    answers.append({rule: sorted(map(int, count(profile, num_seats=case["seats"]))) for rule, count in found.items()})
print(json.dumps(answers))
"""

VOTEKIT = """
import json, sys
from votekit.ballot import RankBallot
from votekit.elections import IRV, Plurality, RankedPairs, Schulze
from votekit.pref_profile import RankProfile
answers = []
for case in json.load(sys.stdin):
    names = [str(n) for n in range(case["candidates"])]
    ballots = tuple(RankBallot(ranking=tuple(frozenset({names[c]}) for c in ranking), weight=weight)
                    for weight, ranking in case["papers"])
    profile = RankProfile(ballots=ballots, candidates=tuple(names))
    found = {
        "instant_runoff": IRV(profile, tiebreak="borda"),
        "schulze_margins": Schulze(profile),
        "ranked_pairs": RankedPairs(profile),
        "plurality": Plurality(profile, n_seats=case["seats"], tiebreak="borda"),
    }
    elected = {rule: [c for tier in count.get_elected() for c in tier] for rule, count in found.items()}
    answers.append({rule: sorted(map(int, names)) for rule, names in elected.items()})
print(json.dumps(answers))
"""

OTHER_RULES = """
import json, sys
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_nb, stv_wig
answers = []
for case in json.load(sys.stdin):
    rankings = [{c: n for n, c in enumerate(ranking)} for _, ranking in case["papers"]]
    weights = [weight for weight, _ in case["papers"]]
    profile = ProfileWithTies(rankings, rcounts=weights, candidates=list(range(case["candidates"])))
    found = {"wigm": stv_wig(profile, num_seats=case["seats"]),
             "ers97": stv_nb(profile, num_seats=case["seats"], ers_rounding=True)}
    answers.append({rule: sorted(map(int, winners)) for rule, winners in found.items()})
print(json.dumps(answers))
"""

OTHER_KINDS = """
import json, sys
from votekit.ballot import RankBallot
from votekit.elections import STV, Borda
from votekit.pref_profile import RankProfile
answers = []
for case in json.load(sys.stdin):
    names = [str(n) for n in range(case["candidates"])]
    ballots = tuple(RankBallot(ranking=tuple(frozenset({names[c]}) for c in ranking), weight=weight)
                    for weight, ranking in case["papers"])
    profile = RankProfile(ballots=ballots, candidates=tuple(names))
    points = Borda(profile, n_seats=case["seats"], tiebreak="first_place")
    found = {
        "scottish": STV(profile, n_seats=case["seats"], simultaneous=False, tiebreak="first_place", exact=True),
        "borda": points, "borda_modified": points,
    }
    elected = {rule: [c for tier in count.get_elected() for c in tier] for rule, count in found.items()}
    answers.append({rule: sorted(map(int, names)) for rule, names in elected.items()})
print(json.dumps(answers))
"""

APPORTIONMENT = """
import json, sys
import apportionment.methods as methods
named = {"dhondt": "dhondt", "sainte_lague": "saintelague", "largest_remainder": "largest_remainder",
         "huntington_hill": "huntington", "adams": "adams"}
answers = []
for case in json.load(sys.stdin):
    found = {}
    for ours, theirs in named.items():
        try:
            found[ours] = [int(n) for n in methods.compute(theirs, case["votes"], case["seats"], tiesallowed=False)]
        except methods.TiesException:
            found[ours] = None
    answers.append(found)
print(json.dumps(answers))
"""


def answered(program: str, cases: list[dict[str, Any]]) -> list[Any]:
    try:
        found: list[Any] = peers.answer(program, cases)
    except peers.NotInstalled as why:
        pytest.skip(str(why))
    except subprocess.CalledProcessError as failed:  # pragma: no cover
        raise AssertionError(f"the peers' program ended with {failed.returncode}") from failed
    return found


def profiles(*, approving: bool) -> Iterator[tuple[dict[str, Any], Profile]]:
    luck = random.Random(1871)
    for _ in range(CASES):
        size = luck.randint(2, 6)
        papers: dict[tuple[int, ...], int] = {}
        for _ in range(luck.randint(3, 12)):
            ranking = luck.sample(range(size), luck.randint(1, size))
            papers[tuple(sorted(ranking) if approving else ranking)] = luck.randint(1, 9)
        seats = luck.randint(1, size)
        case = {"candidates": size, "seats": seats, "papers": [[w, list(r)] for r, w in papers.items()]}
        yield case, Profile(tuple(f"c{n}" for n in range(size)), tuple((w, r) for r, w in papers.items()))


def test_approval_rules_agree_with_abcvoting() -> None:
    asked = [(case, profile) for case, profile in profiles(approving=True)
             if len({c for _, named in case["papers"] for c in named}) >= case["seats"]]  # fmt: skip
    answers = answered(ABCVOTING, [case for case, _ in asked])
    unlike = []
    for (case, profile), theirs in zip(asked, answers, strict=True):
        for rule, committees in theirs.items():
            found = rules.RULES[rule](profile, seats=case["seats"], lot=LOT)
            drew = any(stage.tie for stage in found.stages)
            if sorted(found.winners) not in committees or (len(committees) > 1 and not drew):
                unlike.append((rule, case, sorted(found.winners), committees))
    assert not unlike


def test_single_winner_rules_agree_with_pref_voting() -> None:
    asked = list(profiles(approving=False))
    answers = answered(PREF_VOTING, [case for case, _ in asked])
    unlike = []
    for (case, profile), theirs in zip(asked, answers, strict=True):
        for rule, winners in theirs.items():
            found = rules.RULES[rule](profile, seats=1, lot=LOT)
            drew = any(stage.tie for stage in found.stages)
            # Several winners of an instant runoff come from ties that ours may break by an earlier stage.
            drew = drew or rule == "instant_runoff"
            if found.winners[0] not in winners or (len(winners) > 1 and not drew):
                unlike.append((rule, case, found.winners, winners))
    assert not unlike


def large_profiles() -> Iterator[tuple[dict[str, Any], Profile]]:
    """Draw papers of so many weights that few tie."""
    luck = random.Random(1857)
    for _ in range(CASES):
        size = luck.randint(3, 6)
        papers = {
            tuple(luck.sample(range(size), luck.randint(1, size))): luck.randint(1, 60)
            for _ in range(luck.randint(6, 16))
        }
        case = {"candidates": size, "seats": luck.randint(1, size - 1), "papers": [[w, r] for r, w in papers.items()]}
        yield case, Profile(tuple(f"c{n}" for n in range(size)), tuple((w, r) for r, w in papers.items()))


@pytest.mark.parametrize("program", [TRANSFERABLE, VOTEKIT], ids=["pref_voting", "votekit"])
def test_where_nobody_ties_the_same_are_elected(program: str) -> None:
    asked = list(large_profiles())
    compared, unlike = 0, []
    for (case, profile), theirs in zip(asked, answered(program, [case for case, _ in asked]), strict=True):
        for rule, winners in theirs.items():
            seats = case["seats"] if rule in ("scottish", "meek", "plurality") else 1
            found = rules.RULES[rule](profile, seats=seats, lot=LOT)
            if any(stage.tie and stage.tie.broken_by != "fractions" for stage in found.stages):
                continue
            compared += 1
            if sorted(found.winners) != winners:
                unlike.append((rule, case, found.winners, winners))
    assert not unlike
    assert compared > CASES


@pytest.mark.parametrize(
    ("program", "differing"),
    [(OTHER_RULES, {"wigm": 1, "ers97": 5}), (OTHER_KINDS, {"scottish": 3, "borda": 25, "borda_modified": 47})],
    ids=["pref_voting", "votekit"],
)
def test_rules_that_are_not_ours_elect_others_as_often_as_the_reference_says(
    program: str, differing: dict[str, int]
) -> None:
    # docs/reference/counting-rules.md, "Beside other programs", says for each why.
    asked = list(large_profiles())
    found = dict.fromkeys(differing, 0)
    for (case, profile), theirs in zip(asked, answered(program, [case for case, _ in asked]), strict=True):
        for rule, winners in theirs.items():
            ours = rules.RULES[rule](profile, seats=case["seats"], lot=LOT)
            if not any(stage.tie for stage in ours.stages):
                found[rule] += sorted(ours.winners) != winners
    assert found == differing


def test_apportionments_agree_with_apportionment() -> None:
    luck = random.Random(1832)
    asked = []
    for _ in range(500):
        votes = [luck.randint(1, 999) for _ in range(luck.randint(2, 7))]
        asked.append({"votes": votes, "seats": luck.randint(len(votes), 40)})
    unlike = []
    for case, theirs in zip(asked, answered(APPORTIONMENT, asked), strict=True):
        votes = {str(n): number for n, number in enumerate(case["votes"])}
        for rule, seats in theirs.items():
            found = getattr(apportionment, rule)(votes, seats=case["seats"])
            ours = None if found.tied else list(found.seats.values())
            if ours != seats:
                unlike.append((rule, case, ours, seats))
    assert not unlike
