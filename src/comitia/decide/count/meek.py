"""Meek's single transferable vote, by the reference rule of the Proportional Representation Foundation.

Source: "Reference Meek Rule", PR Foundation, after B. L. Meek (1969, Voting Matters 1, 1994) and Hill, Wichmann and
Woodall, "Algorithm 123", Computer Journal 30 (1987). Numbered as there, in our words:

A     Each candidate who stands is hopeful and keeps everything (keep factor 1); one who withdrew keeps nothing (0).
B.1   The count ends when all seats are filled, or no more candidates are left than seats.
B.2a  Each paper has the weight 1. In its order, each candidate takes weight x keep factor, rounded up to nine decimals,
      until the weight or the preferences are spent.
B.2b  The quota is the sum of all votes divided by one more than the seats, cut at nine decimals, plus 0.000000001.
B.2c  A hopeful candidate whose vote is the quota or more is elected.
B.2d  The surplus is the sum of what the elected have above the quota, not less than 0.
B.2e  Somebody was elected: a new round. Else the round ends when the surplus is below 0.000001, or no longer falls.
B.2f  The keep factor of each elected candidate becomes keep factor x quota / vote, each operation rounded up to nine
      decimals; and B.2a again.
B.3   The hopeful candidate with the lowest vote is defeated and keeps nothing; tied with her is whoever has no more
      than her vote and the surplus together.
C     When the count ends, the hopeful candidates take the seats that are left, if any are; otherwise they are defeated.
T     Ties are broken by lot.

The reference rule leaves out equal ranks; here they are the mean over strict orders:

E     A paper that ranks k candidates equally counts as all k! orders of them, in equal parts. Each candidate's share of
      the weight is reckoned exactly over all orders and cut at nine decimals; the rest goes on to the next rank, or,
      where one of the k keeps everything, is what the decimals lose, and stands with what is not transferable.

What a paper has left when its preferences are spent stands on the sheet as not transferable, under the candidate whose
election or defeat freed it; it can only grow, since keep factors only fall (save for the last decimals of papers with
equal ranks, which may come back when a rank has fewer candidates left).

Quotas for groups, of which the rule knows nothing, are kept by guarding and dooming (``decide/constraints.py``): a
doomed candidate is defeated in the round in which she is found to be so, whatever her vote; B.3 defeats the lowest who
is not guarded.

Notation: votes, weights, keep factors and the quota are integers in units of 0.000000001.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import factorial

from comitia.decide import constraints, keeping, papers as piles, profile as profiles, properties, sheet, ties

RULE = "meek"
SOURCE = "Meek STV: PR Foundation reference rule (nine decimals, omega 0.000001)"
PROPERTIES: frozenset[properties.Property] = frozenset({"majority"})
ONE = 10**9
OMEGA = 10**3


@dataclass(slots=True)
class _Count:
    """A count under way; ``residue`` is what papers had left when their preferences were spent.

    ``alike`` are the papers by whom they pass through and where they stop, ``equal`` those with equal ranks.
    """

    names: tuple[str, ...]
    seats: int
    lines: keeping.Lines
    alike: list[tuple[keeping.Through, dict[int | None, int]]]
    equal: tuple[tuple[int, profiles.Ranks], ...]
    keep: list[int]
    hopeful: set[int]
    elected: list[int]
    votes: list[int]
    residue: int
    quota: int
    surplus: int
    stages: list[sheet.Stage]
    draws: int
    within: constraints.Constraints
    places: int
    lot: ties.Breaking
    marks: constraints.Marks = constraints.FREE


def _votes(units: int) -> Fraction:
    return Fraction(units, ONE)


def _text(units: int) -> str:
    return sheet.exact_text(_votes(units))


def _distribute(state: _Count) -> None:
    # B.2a: weight x keep factor, rounded up; what is kept is taken from the weight, so nothing is lost.
    state.votes = [0] * len(state.names)
    state.residue = 0
    for through, stops in state.alike:
        weight, papers = ONE, sum(stops.values())
        for c in through:
            kept = -(-weight * state.keep[c] // ONE)
            state.votes[c] += kept * papers
            weight -= kept
        for stop, papers in stops.items():
            if stop is None:
                state.residue += weight * papers
            else:
                state.votes[stop] += weight * papers
    for papers, ranks in state.equal:
        weight = ONE
        for rank in ranks:
            shares = equal_shares(weight, [state.keep[c] for c in rank])
            for c, kept in zip(rank, shares, strict=True):
                state.votes[c] += kept * papers
                weight -= kept
            if any(state.keep[c] == ONE for c in rank):
                break
        state.residue += weight * papers


def equal_shares(weight: int, keep: Sequence[int]) -> list[int]:
    """Return what each candidate of one rank takes of a weight, given their keep factors (E)."""
    keeping_any = sum(1 for factor in keep if factor)
    if keeping_any <= 1:
        return [-(-weight * factor // ONE) for factor in keep]
    # Of all orders of k, the part in which just the candidates of a set with j members come before c is j!(k-1-j)!/k!;
    # c then takes its keep factor of what they leave. Summed over the sets with j members: elementary symmetric sums.
    k = keeping_any
    shares = {0: 0}
    for own in set(keep) - {0}:
        left = [ONE - factor for factor in keep if factor]
        left.remove(ONE - own)
        sums = [1] + [0] * (k - 1)
        for factor in left:
            for j in range(k - 1, 0, -1):
                sums[j] += sums[j - 1] * factor
        parts = sum(factorial(j) * factorial(k - 1 - j) * sums[j] * ONE ** (k - 1 - j) for j in range(k))
        shares[own] = weight * own * parts // (factorial(k) * ONE**k)
    return [shares[factor] for factor in keep]


def _settle(state: _Count, *, elected: Sequence[int] = (), defeated: Sequence[int] = ()) -> None:
    """Move the papers that stop at those who no longer keep everything."""
    for c in elected:
        keeping.elect(state.lines, c)
    for c in defeated:
        keeping.exclude(state.lines, c)
    state.alike = keeping.numbers(state.lines)


def _iterate(state: _Count) -> list[int]:
    """Carry out B.2 and return who is elected by it, in the order of votes; nobody: a candidate must be defeated."""
    before: int | None = None
    while True:
        _distribute(state)
        # B.2b
        state.quota = sum(state.votes) // (state.seats + 1) + 1
        # B.2c
        reached = sorted((c for c in state.hopeful if state.votes[c] >= state.quota), key=lambda c: -state.votes[c])
        # B.2d
        state.surplus = max(0, sum(state.votes[c] - state.quota for c in (*state.elected, *reached)))
        # B.2e
        if reached:
            return reached
        if state.surplus < OMEGA or (before is not None and state.surplus >= before):
            return []
        before = state.surplus
        _update(state)


def _update(state: _Count) -> None:
    # B.2f: two operations, each rounded up.
    for c in state.elected:
        product = -(-state.keep[c] * state.quota // ONE)
        state.keep[c] = -(-product * ONE // state.votes[c])


def _lowest(state: _Count, among: set[int]) -> tuple[int, ties.Tie | None]:
    # B.3: tied are those within the total surplus of the lowest.
    least = min(state.votes[c] for c in among)
    tied = sorted(c for c in among if state.votes[c] <= least + state.surplus)
    if len(tied) == 1:
        return tied[0], None
    tie, state.draws = ties.by_draw("exclusion", tied, lot=state.lot, number=state.draws)
    return tie.chosen[0], tie


def _within(state: _Count, reached: list[int]) -> tuple[list[int], list[ties.Tie]]:
    """Return who of those with the quota the quotas for groups let in, and the ties over it."""
    broken: list[ties.Tie] = []

    def first(tied: Sequence[int]) -> int:
        tie, state.draws = ties.by_draw("election", tied, lot=state.lot, number=state.draws)
        broken.append(tie)
        return tie.chosen[0]

    groups = [list(group) for _, group in groupby(reached, key=lambda c: state.votes[c])]
    found = constraints.electable(
        state.within, state.elected, state.hopeful, reached=groups, first=first, places=state.places
    )
    return list(found), broken


def _close_stage(
    state: _Count, said: list[str], *, elected: list[int], defeated: list[int], tie: ties.Tie | None, freed_by: int
) -> None:
    known = sum((stage.nontransferable for stage in state.stages), Fraction(0))
    spent = _votes(state.residue) - known
    transfers = (sheet.Transfer(freed_by, None, 0, Fraction(0), spent),) if spent else ()
    state.marks = constraints.marks(state.within, state.elected, state.hopeful, places=state.places)
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said) + "."
    totals = tuple(_votes(total) for total in state.votes)
    state.stages.append(
        sheet.Stage(totals, tuple(elected), tuple(defeated), transfers, Fraction(0), tie, sentence)
    )  # fmt: skip


def _round(state: _Count, freed_by: int) -> int:
    """Carry out one round and return the candidate whose election or defeat closes it."""
    if state.marks.doomed:
        return _defeat_doomed(state, freed_by)
    reached = _iterate(state)
    said = [f"the quota is {_text(state.quota)}"]
    tie: ties.Tie | None
    if reached:
        reached, broken = _within(state, reached)
        tie = broken[-1] if broken else None
        said += [sheet.tie_sentence(one, state.names) for one in broken]
        state.elected += reached
        state.hopeful -= set(reached)
        said += [f"{state.names[c]} reaches it with {_text(state.votes[c])} and is elected" for c in reached]
        _close_stage(state, said, elected=reached, defeated=[], tie=tie, freed_by=freed_by)
        _settle(state, elected=reached)
        _update(state)
        return reached[0]
    out, tie = _lowest(state, state.hopeful.difference(state.marks.guarded))
    said += [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said += [
        f"{state.names[c]} is guarded: {why}"
        for c, why in state.marks.guarded.items()
        if state.votes[c] <= state.votes[out]
    ]
    said.append(f"{state.names[out]} has the fewest votes, {_text(state.votes[out])}, and is defeated")
    state.hopeful.discard(out)
    state.keep[out] = 0
    _close_stage(state, said, elected=[], defeated=[out], tie=tie, freed_by=freed_by)
    _settle(state, defeated=[out])
    return out


def _defeat_doomed(state: _Count, freed_by: int) -> int:
    """Defeat all who are doomed; the rule has no memory, so that their order changes nothing."""
    _distribute(state)
    out = sorted(state.marks.doomed)
    said = [f"{state.names[c]} is doomed and defeated: {state.marks.doomed[c]}" for c in out]
    state.hopeful.difference_update(out)
    for c in out:
        state.keep[c] = 0
    _close_stage(state, said, elected=[], defeated=out, tie=None, freed_by=freed_by)
    _settle(state, defeated=out)
    return out[0]


def _finish(state: _Count, freed_by: int) -> None:
    _distribute(state)
    last = sorted(state.hopeful, key=lambda c: (-state.votes[c], c))
    left = state.seats - len(state.elected)
    if not last:
        return
    names = sheet.names_text(state.names, last)
    if left:
        # C: as many hopeful candidates as seats, or fewer.
        said = f"{names} {'is' if len(last) == 1 else 'are'} elected to the seats that are left"
        state.elected += last
        _close_stage(state, [said], elected=last, defeated=[], tie=None, freed_by=freed_by)
    else:
        _close_stage(
            state, [f"all seats are filled, {names} not among them"], elected=[], defeated=last[::-1], tie=None,
            freed_by=freed_by,
        )  # fmt: skip
    state.hopeful.clear()


def count(
    profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> sheet.Sheet:
    """Return the whole count of a profile by Meek's rule; the sheet's quota is the last one.

    Args:
        seats: 1 or more.
        lot: what breaks ties.
        within: quotas for groups of candidates.

    Raises:
        SeatsWrong: no seat to fill.
        ProfileWrong: a paper that cannot be counted.
        Infeasible: no composition of the candidates keeps the quotas for groups.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers, equal = piles.sort_with_equal(profile)
    standing = set(profiles.standing(profile))
    constraints.check(within, standing, seats=seats, names=profile.candidates)
    # A
    keep = [ONE if c in standing else 0 for c in range(len(profile.candidates))]
    lines = keeping.first_lines(papers, standing)
    state = _Count(
        profile.candidates, seats, lines, keeping.numbers(lines), equal, keep, standing, [], [0] * len(keep),
        0, 0, 0, [], 0, within, min(seats, len(standing)), lot,
        constraints.marks(within, (), standing, places=min(seats, len(standing))),
    )  # fmt: skip
    last = 0
    # B.1
    while len(state.elected) < seats and len(state.elected) + len(state.hopeful) > seats:
        last = _round(state, last)
    _finish(state, last)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid + sum(weight for weight, _ in equal), papers.blank,
        _votes(state.quota) if state.quota else None, tuple(state.stages), tuple(state.elected),
    )  # fmt: skip
