"""Single transferable vote by the weighted inclusive Gregory method, in exact fractions.

Source: "Reference WIGM Rule", Proportional Representation Foundation (prfound.org). Numbered as there, in our words,
with the wording where it decides:

A.1   The quota is "the total number of valid ballots, divided by one more than the number of seats to be filled".
A.2   Each candidate who has not withdrawn is hopeful.
A.3   The count may be complete already (D.3).
A.4   "Set each ballot's weight to one, and assign it to its top-ranked hopeful candidate."
A.5   A candidate's vote is the sum of the weights of the ballots assigned to her.
B.1   Each hopeful candidate with the quota becomes pending: "elected with surplus-transfer pending"; her surplus is her
      vote minus the quota. The count may be complete (D.3).
B.2   (optional: defeat sure losers together. Not used here, so that each defeat is a stage.)
B.3   The pending candidate with "the largest surplus (possibly zero)" transfers it: each of her ballots gets "the
      ballot's current weight multiplied by the candidate's surplus (B.1), then divided by the candidate's total vote",
      and goes on (D.2). Then B.1 again.
B.4   Nobody is pending: "Defeat the hopeful candidate with the lowest vote". The count may be complete (D.3); otherwise
      her ballots go on (D.2), and B.1 again.
C     "Set all pending candidates to elected. If all seats are filled, defeat all hopeful candidates; otherwise elect
      all hopeful candidates."
D.1   Ties of B.3 and B.4 go to "the tied candidate who is earliest in a predetermined random tiebreaking order"; here
      each is drawn from the committed seed.
D.2   A ballot goes to its next hopeful candidate; one without, "or [with] a weight of zero", is exhausted.
D.3   The count is complete when as many are elected and pending as there are seats, or when those and the hopeful are
      no more than the seats.
D.4   "Truncate, with no rounding, the result of each multiplication or division to four decimal places": not here.

Deviation, which is the name's "exact": without D.4 weights are exact fractions, and the 0.0001 that A.1 adds to the
quota, which then has to be reached, is left out: here the quota has to be exceeded, so that no surplus is zero.

Quotas for groups are kept by guarding and dooming (``decide/constraints.py``): a doomed candidate is defeated before
B.3, and B.4 defeats the lowest who is not guarded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from comitia.decide import constraints, papers as piles, profile as profiles, properties, sheet, ties

RULE = "wigm"
SOURCE = "WIGM STV, exact: PR Foundation reference rule with fractions"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "majority", "solid"})

Parcel = tuple[Fraction, piles.Pile]


@dataclass(slots=True)
class _Count:
    """A count under way; ``ballots[c]`` are those assigned to c, with their weights."""

    names: tuple[str, ...]
    papers: piles.Papers
    seats: int
    lot: ties.Breaking
    quota: Fraction
    votes: list[Fraction]
    ballots: list[list[Parcel]]
    hopeful: set[int]
    within: constraints.Constraints
    places: int
    pending: list[int] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    stages: list[sheet.Stage] = field(default_factory=list)
    draws: int = 0
    marks: constraints.Marks = constraints.FREE
    electing: dict[int, tuple[Fraction, list[Parcel]]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        # D.3
        return len(self.elected) >= self.seats or len(self.elected) + len(self.hopeful) <= self.seats


def _elect(state: _Count) -> tuple[tuple[int, ...], list[str], list[ties.Tie]]:
    # B.1: exact fractions, so the quota has to be exceeded.
    reached = sorted((c for c in state.hopeful if state.votes[c] > state.quota), key=lambda c: (-state.votes[c], c))
    broken: list[ties.Tie] = []

    def first(tied: Sequence[int]) -> int:
        tie, state.draws = ties.by_draw("election", tied, lot=state.lot, number=state.draws)
        broken.append(tie)
        return tie.chosen[0]

    groups = [list(group) for _, group in groupby(reached, key=lambda c: state.votes[c])]
    taken = constraints.electable(
        state.within, state.elected, state.hopeful, reached=groups, first=first, places=state.places
    )
    said = [sheet.tie_sentence(tie, state.names) for tie in broken]
    said += [f"{state.names[c]} exceeds the quota with {sheet.exact_text(state.votes[c])}" for c in taken]
    return taken, said, broken


def _close_stage(
    state: _Count,
    said: list[str],
    *,
    transfers: tuple[sheet.Transfer, ...] = (),
    defeated: tuple[int, ...] = (),
    tie: ties.Tie | None = None,
) -> None:
    taken, elections, broken = _elect(state)
    state.pending += taken
    state.elected += taken
    state.hopeful -= set(taken)
    last: tuple[int, ...] = ()
    if state.complete and len(state.elected) < state.seats and state.hopeful:
        # C: seats are left, the hopeful are elected too.
        last = tuple(sorted(state.hopeful, key=lambda c: (-state.votes[c], c)))
        names = sheet.names_text(state.names, last)
        elections.append(f"{names} {'is' if len(last) == 1 else 'are'} elected to the seats that are left")
        state.elected += last
        state.hopeful.clear()
    for c in (*taken, *last):
        state.electing[c] = (state.votes[c], list(state.ballots[c]))
    state.marks = constraints.marks(state.within, state.elected, state.hopeful, places=state.places)
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said + elections) + "."
    tie = tie or (broken[-1] if broken else None)
    state.stages.append(
        sheet.Stage(tuple(state.votes), (*taken, *last), defeated, transfers, Fraction(0), tie, sentence)
    )


def _transfer(state: _Count, source: int, parcels: Sequence[Parcel]) -> tuple[sheet.Transfer, ...]:
    """Hand ballots, each with its new weight, to their next hopeful candidates (D.2)."""
    state.ballots[source] = []
    sums: dict[tuple[int | None, Fraction], int] = {}
    for weight, pile in parcels:
        for to, part in piles.by_next_preference(state.papers, pile, state.hopeful):
            number = piles.number(state.papers, part)
            sums[to, weight] = sums.get((to, weight), 0) + number
            if to is not None:
                state.ballots[to].append((weight, part))
                state.votes[to] += number * weight
    order = sorted(sums, key=lambda key: (key[0] is None, key[0], -key[1]))
    return tuple(
        sheet.Transfer(source, to, sums[to, weight], weight, sums[to, weight] * weight) for to, weight in order
    )


def _one_of(state: _Count, tied: list[int], over: ties.Over) -> tuple[int, ties.Tie | None]:
    if len(tied) == 1:
        return tied[0], None
    # D.1
    tie, state.draws = ties.by_draw(over, tied, lot=state.lot, number=state.draws)
    return tie.chosen[0], tie


def _transfer_surplus(state: _Count) -> None:
    # B.3: the largest surplus.
    largest = max(state.votes[c] for c in state.pending)
    source, tie = _one_of(state, sorted(c for c in state.pending if state.votes[c] == largest), "surplus")
    surplus = largest - state.quota
    state.pending.remove(source)
    transfers = _transfer(state, source, [(weight * surplus / largest, pile) for weight, pile in state.ballots[source]])
    state.votes[source] = state.quota
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"the surplus of {state.names[source]}, {sheet.exact_text(surplus)}, is transferred")
    _close_stage(state, said, transfers=transfers, tie=tie)


def _defeat(state: _Count, among: set[int]) -> None:
    # B.4: the lowest vote.
    lowest = min(state.votes[c] for c in among)
    source, tie = _one_of(state, sorted(c for c in among if state.votes[c] == lowest), "exclusion")
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    if source in state.marks.doomed:
        said.append(f"{state.names[source]} is doomed and defeated: {state.marks.doomed[source]}")
    else:
        said += [
            f"{state.names[c]} is guarded: {why}" for c, why in state.marks.guarded.items() if state.votes[c] <= lowest
        ]
        said.append(f"{state.names[source]} has the lowest vote, {sheet.exact_text(lowest)}, and is defeated")
    state.hopeful.discard(source)
    transfers: tuple[sheet.Transfer, ...] = ()
    # D.3: where the count is complete no ballot goes on.
    if not state.complete:
        transfers = _transfer(state, source, state.ballots[source])
        state.votes[source] = Fraction(0)
    _close_stage(state, said, transfers=transfers, defeated=(source,), tie=tie)


def _run(profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints) -> _Count:
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    # A.2
    standing = profiles.standing(profile)
    constraints.check(within, standing, seats=seats, names=profile.candidates)
    papers = piles.sort(profile)
    # A.1
    quota = Fraction(papers.valid, seats + 1)
    size = len(profile.candidates)
    state = _Count(
        profile.candidates, papers, seats, lot, quota, [Fraction(0)] * size, [[] for _ in range(size)], set(standing),
        within, min(seats, len(standing)),
    )  # fmt: skip
    # A.4, A.5
    for candidate, pile in piles.by_next_preference(papers, piles.all_papers(papers), state.hopeful):
        assert candidate is not None, "a valid paper prefers somebody who stands"
        state.ballots[candidate].append((Fraction(1), pile))
        state.votes[candidate] += piles.number(papers, pile)
    said = f"{papers.valid} valid papers are counted by first preference, the quota is {sheet.exact_text(quota)}"
    _close_stage(state, [said])
    while not state.complete:
        if state.marks.doomed:
            _defeat(state, set(state.marks.doomed))
        elif state.pending:
            _transfer_surplus(state)
        else:
            _defeat(state, state.hopeful.difference(state.marks.guarded))
    return state


def count(
    profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> sheet.Sheet:
    """Return the whole count of a profile by the exact WIGM rule.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties.
        within: quotas for groups of candidates.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
        EqualRanks: a paper that ranks candidates equally.
        Infeasible: no composition of the candidates keeps the quotas for groups.
    """
    state = _run(profile, seats=seats, lot=lot, within=within)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, state.papers.valid, state.papers.blank, state.quota,
        tuple(state.stages), tuple(state.elected),
    )  # fmt: skip


def papers_electing(
    profile: profiles.Profile, elected: int, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> tuple[piles.Valued, ...]:
    """Return the papers that elected somebody, each with the part of it that stayed with her, for a countback.

    That part is its weight x quota / her vote when she was elected, all of its weight where she did not exceed the
    quota.

    Raises:
        the same as ``count``.
    """
    state = _run(replace(profile, ballots=tuple(profile.ballots)), seats=seats, lot=lot, within=within)
    vote, ballots = state.electing[elected]
    kept = min(Fraction(1), state.quota / vote) if vote else Fraction(1)
    return piles.valued((weight * kept, pile) for weight, pile in ballots)
