"""Scottish single transferable vote, as the Scottish local elections use it.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52. The Order of 2011
(SSI 2011/399) has the same text as rules 46 to 53; SSI 2021/437 changes its rule 53(2), see below.

45(1) "sort the valid ballot papers into parcels according to the candidates for whom first preference votes are given"
46    quota: valid papers divided by one more than the seats, "ignoring any decimal places", "increased by one"
47(1) "Where, at any stage of the count, the number of votes for a candidate equals or exceeds the quota, the candidate
      is deemed to be elected."
48(1) a candidate's surplus goes to "the next available preference", where "one or more vacancies remain to be filled"
48(3) "A divided by B": A is the surplus multiplied by the value of the paper when received, B the candidate's total,
      "the calculation being made to five decimal places (any remainder being ignored)"
49(1) "the candidate with the highest surplus" first
49(2) equal surpluses: first "the candidate who had the highest number of votes at the end of the most recent preceding
      stage at which they had unequal numbers of votes"
49(3) equal at all stages: "by lot"
50(1) no papers to transfer and vacancies left: "exclude from the election at that stage the candidate with the then
      lowest number of votes"
50(4) an excluded candidate's papers keep the value at which they came
51(2) equal lowest: "(a) regard shall be had to the total number of votes ... at the end of the most recently preceding
      stage of the count at which they had an unequal number of votes and the candidate with the lowest number of votes
      at that stage shall be excluded", "(b) ... by lot"
52(1) "Where the number of continuing candidates is equal to the number of vacancies remaining unfilled, the continuing
      candidates are deemed to be elected."
52(2) "Where the last vacancies can be filled under this rule, no further transfer shall be made"; since SSI 2021/437
      none "is required".

Readings where the text is open: among three and more who tie, 49(2) and 51(2) are applied again to those who share the
extreme at the deciding stage. The exclusion that leaves as many as there are vacancies is carried out with its
transfer, as the counting system of the Scottish councils does and SSI 2021/437 allows; it changes no winner.

Notation: votes and values are integers in units of 0.00001 of a vote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comitia.decide import papers as piles, profile as profiles, sheet, ties

RULE = "scottish"
SOURCE = "Scottish STV: SSI 2007/42, Schedule 1, rules 45 to 52"
ONE = 10**5

Parcel = tuple[int, piles.Pile]


@dataclass(slots=True)
class _Count:
    """A count under way; ``parcels[c]`` are the papers of c, each with the value at which c received it."""

    names: tuple[str, ...]
    papers: piles.Papers
    seats: int
    lot: ties.Breaking
    quota: int
    totals: list[int]
    parcels: list[list[Parcel]]
    continuing: set[int]
    elected: list[int]
    stages: list[sheet.Stage]
    draws: int
    lost: int

    @property
    def vacancies(self) -> int:
        return self.seats - len(self.elected)


def _votes(units: int) -> Fraction:
    return Fraction(units, ONE)


def _text(units: int) -> str:
    return sheet.exact_text(_votes(units))


def _elect(state: _Count) -> tuple[tuple[int, ...], list[str]]:
    """Return who is elected at the end of a stage, in order of votes, and what to say of it."""
    # 47(1): the number of votes for a candidate equals or exceeds the quota.
    reached = sorted(
        (c for c in state.continuing if state.totals[c] >= state.quota), key=lambda c: (-state.totals[c], c)
    )
    said = [f"{state.names[c]} reaches the quota with {_text(state.totals[c])} and is elected" for c in reached]
    state.elected += reached
    state.continuing -= set(reached)
    # 52(1): as many continuing candidates as vacancies (or fewer, where fewer stood than there are seats).
    last: list[int] = []
    if 0 < len(state.continuing) <= state.vacancies:
        last = sorted(state.continuing, key=lambda c: (-state.totals[c], c))
        names = sheet.names_text(state.names, last)
        said.append(f"{names} {'is' if len(last) == 1 else 'are'} elected to the last vacancies without the quota")
        state.elected += last
        state.continuing -= set(last)
    return (*reached, *last), said


def _close_stage(
    state: _Count,
    said: list[str],
    *,
    moved: tuple[tuple[sheet.Transfer, ...], int] = ((), 0),
    excluded: tuple[int, ...] = (),
    tie: ties.Tie | None = None,
) -> None:
    transfers, lost = moved
    state.lost += lost
    elected, elections = _elect(state)
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said + elections) + "."
    totals = tuple(_votes(total) for total in state.totals)
    state.stages.append(sheet.Stage(totals, elected, excluded, transfers, _votes(lost), tie, sentence))


def _first_stage(profile: profiles.Profile, seats: int, lot: ties.Breaking) -> _Count:
    papers = piles.sort(profile)
    candidates = len(profile.candidates)
    # 46: divide the valid papers by one more than the seats, ignore decimals, add one.
    quota = (papers.valid // (seats + 1) + 1) * ONE
    state = _Count(
        profile.candidates, papers, seats, lot, quota, [0] * candidates, [[] for _ in range(candidates)],
        set(profiles.standing(profile)), [], [], 0, 0,
    )  # fmt: skip
    # 45: parcels by first preference, one vote for each paper.
    for candidate, pile in piles.by_next_preference(papers, piles.all_papers(papers), state.continuing):
        assert candidate is not None, "a valid paper prefers somebody who stands"
        state.parcels[candidate].append((ONE, pile))
        state.totals[candidate] += piles.number(papers, pile) * ONE
    said = f"{papers.valid} valid papers are counted by first preference, the quota is {_text(quota)}"
    _close_stage(state, [said])
    return state


def _move(state: _Count, source: int, parcels: Sequence[Parcel]) -> tuple[sheet.Transfer, ...]:
    """Hand parcels, each with its new value, to the next available preferences; return the transfers by receiver."""
    state.parcels[source] = []
    sums: dict[tuple[int | None, int], int] = {}
    for value, pile in parcels:
        for to, part in piles.by_next_preference(state.papers, pile, state.continuing):
            papers = piles.number(state.papers, part)
            sums[to, value] = sums.get((to, value), 0) + papers
            if to is not None:
                state.parcels[to].append((value, part))
                state.totals[to] += papers * value
    last = len(state.names)
    order = sorted(sums, key=lambda key: (last if key[0] is None else key[0], -key[1]))
    return tuple(
        sheet.Transfer(source, to, sums[to, value], _votes(value), _votes(value * sums[to, value]))
        for to, value in order
    )


def _transfer_surplus(state: _Count, over: list[int]) -> None:
    # 49(1): the highest surplus first.
    highest = max(state.totals[c] for c in over)
    source, tie = _one_of(state, [c for c in over if state.totals[c] == highest], over="surplus")
    total, surplus = state.totals[source], state.totals[source] - state.quota
    # 48(3): surplus multiplied by the value when received, divided by the total, to five decimals, the rest ignored.
    parcels = [(surplus * value // total, pile) for value, pile in state.parcels[source]]
    transfers = _move(state, source, parcels)
    state.totals[source] = state.quota
    lost = surplus - sum(int(transfer.votes * ONE) for transfer in transfers)
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"the surplus of {state.names[source]}, {_text(surplus)}, is transferred")
    _close_stage(state, said, moved=(transfers, lost), tie=tie)


def _exclude(state: _Count) -> None:
    # 50(1): the lowest number of votes.
    lowest = min(state.totals[c] for c in state.continuing)
    tied = sorted(c for c in state.continuing if state.totals[c] == lowest)
    source, tie = _one_of(state, tied, over="exclusion")
    if tie is None:
        tie = _near_tie(state, source)
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"{state.names[source]} has the fewest votes, {_text(lowest)}, and is excluded")
    state.continuing.discard(source)
    # 50(4): the papers keep the value at which the excluded candidate received them.
    transfers = _move(state, source, state.parcels[source])
    state.totals[source] = 0
    _close_stage(state, said, moved=(transfers, 0), excluded=(source,), tie=tie)


def _near_tie(state: _Count, source: int) -> ties.Tie | None:
    """Return a tie that only the fractions lost so far may have hidden; the rule as written stands all the same."""
    near = sorted(c for c in state.continuing if state.totals[c] - state.totals[source] <= state.lost)
    return ties.Tie("exclusion", tuple(near), (source,), "fractions", None, "") if len(near) > 1 else None


def _one_of(state: _Count, tied: list[int], *, over: Literal["surplus", "exclusion"]) -> tuple[int, ties.Tie | None]:
    if len(tied) == 1:
        return tied[0], None
    # 49(2), 51(2)(a): the most recent preceding stage at which they differ; 49(3), 51(2)(b): equal at all, by lot.
    history = [stage.totals for stage in state.stages]
    tie, state.draws = ties.break_backwards(tied, history, over=over, lot=state.lot, number=state.draws)
    return tie.chosen[0], tie


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by the Scottish rules.

    Args:
        profile: strict rankings; blank papers are set apart and do not count towards the quota.
        seats: to fill, 1 or more.
        lot: public seed for ties that no earlier stage decides.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    state = _first_stage(profile, seats, lot)
    while state.vacancies and state.continuing:
        # 48(1): papers of a candidate over the quota move while vacancies remain.
        over = [c for c in state.elected if state.totals[c] > state.quota]
        if over:
            _transfer_surplus(state, over)
        else:
            _exclude(state)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, state.papers.valid, state.papers.blank, _votes(state.quota),
        tuple(state.stages), tuple(state.elected),
    )  # fmt: skip
