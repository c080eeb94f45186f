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

What a paper has left when its preferences are spent stands on the sheet as not transferable, under the candidate whose
election or defeat freed it; it can only grow, since keep factors only fall.

Notation: votes, weights, keep factors and the quota are integers in units of 0.000000001.
"""

from dataclasses import dataclass
from fractions import Fraction

from comitia.decide import papers as piles, profile as profiles, sheet, ties

RULE = "meek"
SOURCE = "Meek STV: PR Foundation reference rule (nine decimals, omega 0.000001)"
ONE = 10**9
OMEGA = 10**3


@dataclass(frozen=True, slots=True)
class _Node:
    """Papers that agree so far: the candidate they name here, how many they are, and how they go on."""

    candidate: int
    papers: int
    following: "tuple[_Node, ...]"


@dataclass(slots=True)
class _Count:
    """A count under way; ``residue`` is what papers had left when their preferences were spent."""

    names: tuple[str, ...]
    seats: int
    tree: tuple[_Node, ...]
    keep: list[int]
    hopeful: set[int]
    elected: list[int]
    votes: list[int]
    residue: int
    quota: int
    surplus: int
    stages: list[sheet.Stage]
    draws: int


def _tree(papers: piles.Papers, pile: piles.Pile, everybody: frozenset[int]) -> tuple[_Node, ...]:
    return tuple(
        _Node(candidate, piles.number(papers, part), _tree(papers, part, everybody))
        for candidate, part in piles.by_next_preference(papers, pile, everybody)
        if candidate is not None
    )


def _votes(units: int) -> Fraction:
    return Fraction(units, ONE)


def _text(units: int) -> str:
    return sheet.exact_text(_votes(units))


def _distribute(state: _Count) -> None:
    # B.2a: weight x keep factor, rounded up; what is kept is taken from the weight, so nothing is lost.
    state.votes = [0] * len(state.names)
    state.residue = 0
    waiting = [(state.tree, ONE)]
    while waiting:
        nodes, weight = waiting.pop()
        for node in nodes:
            kept = -(-weight * state.keep[node.candidate] // ONE)
            state.votes[node.candidate] += kept * node.papers
            rest = weight - kept
            if rest:
                ended = node.papers - sum(after.papers for after in node.following)
                state.residue += rest * ended
                waiting.append((node.following, rest))


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


def _lowest(state: _Count, lot: ties.Lot) -> tuple[int, ties.Tie | None]:
    # B.3: tied are those within the total surplus of the lowest.
    least = min(state.votes[c] for c in state.hopeful)
    tied = sorted(c for c in state.hopeful if state.votes[c] <= least + state.surplus)
    if len(tied) == 1:
        return tied[0], None
    drawn = ties.draw(lot, tied, number=state.draws)
    state.draws = drawn.next_draw
    return drawn.chosen, ties.Tie("exclusion", tuple(tied), (drawn.chosen,), "lot", None, drawn.derivation)


def _close_stage(
    state: _Count, said: list[str], *, elected: list[int], defeated: list[int], tie: ties.Tie | None, freed_by: int
) -> None:
    known = sum((stage.nontransferable for stage in state.stages), Fraction(0))
    spent = _votes(state.residue) - known
    transfers = (sheet.Transfer(freed_by, None, 0, Fraction(0), spent),) if spent else ()
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said) + "."
    totals = tuple(_votes(total) for total in state.votes)
    state.stages.append(
        sheet.Stage(totals, tuple(elected), tuple(defeated), transfers, Fraction(0), tie, sentence)
    )  # fmt: skip


def _round(state: _Count, lot: ties.Lot, freed_by: int) -> int:
    """Carry out one round and return the candidate whose election or defeat closes it."""
    reached = _iterate(state)
    quota = f"the quota is {_text(state.quota)}"
    if reached:
        state.elected += reached
        state.hopeful -= set(reached)
        said = [f"{state.names[c]} reaches it with {_text(state.votes[c])} and is elected" for c in reached]
        _close_stage(state, [quota, *said], elected=reached, defeated=[], tie=None, freed_by=freed_by)
        _update(state)
        return reached[0]
    out, tie = _lowest(state, lot)
    state.hopeful.discard(out)
    state.keep[out] = 0
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"{state.names[out]} has the fewest votes, {_text(state.votes[out])}, and is defeated")
    _close_stage(state, [quota, *said], elected=[], defeated=[out], tie=tie, freed_by=freed_by)
    return out


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


def count(profile: profiles.Profile, *, seats: int, lot: ties.Lot) -> sheet.Sheet:
    """Return the whole count of a profile by Meek's rule; the sheet's quota is the last one.

    Args:
        seats: 1 or more.
        lot: public seed for ties.

    Raises:
        SeatsWrong: no seat to fill.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers = piles.sort(profile)
    standing = profiles.standing(profile)
    # A
    keep = [ONE if c in standing else 0 for c in range(len(profile.candidates))]
    tree = _tree(papers, piles.all_papers(papers), frozenset(standing))
    state = _Count(
        profile.candidates, seats, tree, keep, set(standing), [], [0] * len(keep), 0, 0, 0, [], 0,
    )  # fmt: skip
    last = 0
    # B.1
    while len(state.elected) < seats and len(state.elected) + len(state.hopeful) > seats:
        last = _round(state, lot, last)
    _finish(state, last)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank,
        _votes(state.quota) if state.quota else None, tuple(state.stages), tuple(state.elected),
    )  # fmt: skip
