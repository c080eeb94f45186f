"""Instant runoff (alternative vote) for one seat.

Source: W. R. Ware 1871; Robert's Rules of Order (12th edition), 45:62 to 45:69, "preferential voting".

1. Each paper counts for its first preference among those who continue.
2. A candidate with more than half of the papers that still count is elected.
3. Otherwise the candidate with the fewest papers is excluded and each of those papers goes to its next preference
   among those who continue; a paper without one no longer counts.
4. Who of several with equally few papers is excluded: whoever had fewest at the latest stage at which they differ,
   applied again to those who share it; equal throughout, by lot.
"""

from dataclasses import dataclass
from fractions import Fraction

from comitia.decide import papers as piles, profile as profiles, properties, sheet, ties

RULE = "instant_runoff"
SOURCE = "Instant runoff, majority of continuing papers"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "majority", "condorcet_loser"})

_Exclusion = tuple[tuple[int, ...], tuple[sheet.Transfer, ...], ties.Tie | None]


@dataclass(slots=True)
class _Count:
    names: tuple[str, ...]
    papers: piles.Papers
    piles: list[list[piles.Pile]]
    totals: list[int]
    continuing: set[int]
    stages: list[sheet.Stage]


def _hand_over(state: _Count, pile: piles.Pile) -> dict[int | None, int]:
    moved: dict[int | None, int] = {}
    for to, part in piles.by_next_preference(state.papers, pile, state.continuing):
        number = piles.number(state.papers, part)
        moved[to] = moved.get(to, 0) + number
        if to is not None:
            state.piles[to].append(part)
            state.totals[to] += number
    return moved


def _winner(state: _Count) -> tuple[int, ...]:
    counting = sum(state.totals[c] for c in state.continuing)
    # 2: more than half of the papers that still count; the last one left needs none.
    ahead = [c for c in state.continuing if 2 * state.totals[c] > counting or len(state.continuing) == 1]
    return tuple(ahead)


def _close_stage(state: _Count, said: list[str], exclusion: _Exclusion | None) -> tuple[int, ...]:
    elected = _winner(state)
    counting = sum(state.totals[c] for c in state.continuing)
    said += [f"{state.names[c]} is elected with {state.totals[c]} of {counting} that count" for c in elected]
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said) + "."
    totals = tuple(Fraction(total) for total in state.totals)
    excluded, transfers, tie = ((), (), None) if exclusion is None else exclusion
    state.stages.append(sheet.Stage(totals, elected, excluded, transfers, Fraction(0), tie, sentence))
    return elected


def _exclude(state: _Count, lot: ties.Breaking, draws: int) -> tuple[tuple[int, ...], int]:
    # 3: the fewest papers.
    fewest = min(state.totals[c] for c in state.continuing)
    tied = sorted(c for c in state.continuing if state.totals[c] == fewest)
    tie: ties.Tie | None = None
    if len(tied) > 1:
        # 4: the latest stage at which they differ, then the lot.
        history = [stage.totals for stage in state.stages]
        tie, draws = ties.break_backwards(tied, history, over="exclusion", lot=lot, number=draws)
    source = tied[0] if tie is None else tie.chosen[0]
    state.continuing.discard(source)
    moved: dict[int | None, int] = {}
    for pile in state.piles[source]:
        for to, number in _hand_over(state, pile).items():
            moved[to] = moved.get(to, 0) + number
    state.totals[source] = 0
    order = sorted(moved.items(), key=lambda pair: len(state.names) if pair[0] is None else pair[0])
    transfers = tuple(sheet.Transfer(source, to, number, Fraction(1), Fraction(number)) for to, number in order)
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"{state.names[source]} has the fewest votes, {fewest}, and is excluded")
    return _close_stage(state, said, ((source,), transfers, tie)), draws


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by instant runoff.

    Args:
        seats: 1.
        lot: what breaks ties that no earlier stage decides.

    Raises:
        SeatsWrong: other than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats != 1:
        raise sheet.SeatsWrong(RULE, seats, "exactly 1; for several seats use the scottish rule")
    papers = piles.sort(profile)
    candidates = len(profile.candidates)
    continuing = set(profiles.standing(profile))
    state = _Count(profile.candidates, papers, [[] for _ in range(candidates)], [0] * candidates, continuing, [])
    # 1: first preferences.
    _hand_over(state, piles.all_papers(papers))
    said = [f"{papers.valid} valid papers are counted by first preference"]
    winners = _close_stage(state, said, None)
    draws = 0
    while not winners and state.continuing:
        winners, draws = _exclude(state, lot, draws)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, None, tuple(state.stages), winners
    )  # fmt: skip
