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

Quotas for groups, of which the Order knows nothing, are kept by guarding and dooming (``decide/constraints.py``): a
doomed candidate is excluded before surpluses go on, the lowest who is not guarded is excluded otherwise.

Notation: votes and values are integers in units of 0.00001 of a vote.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from comitia.decide import constraints, papers as piles, profile as profiles, properties, sheet, ties

RULE = "scottish"
SOURCE = "Scottish STV: SSI 2007/42, Schedule 1, rules 45 to 52"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "majority"})
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
    within: constraints.Constraints
    places: int
    marks: constraints.Marks = constraints.FREE
    electing: dict[int, tuple[int, list[Parcel]]] = field(default_factory=dict)

    @property
    def vacancies(self) -> int:
        return self.seats - len(self.elected)


def _votes(units: int) -> Fraction:
    return Fraction(units, ONE)


def _text(units: int) -> str:
    return sheet.exact_text(_votes(units))


def _elect(state: _Count) -> tuple[tuple[int, ...], list[str], ties.Tie | None]:
    """Return who is elected at the end of a stage, in order of votes, what to say of it, and a tie over a seat."""
    # 47(1): the number of votes for a candidate equals or exceeds the quota.
    reached = sorted(
        (c for c in state.continuing if state.totals[c] >= state.quota), key=lambda c: (-state.totals[c], c)
    )
    said: list[str] = []
    broken: list[ties.Tie] = []
    if state.within:
        reached = _elect_within(state, reached, broken)
        said += [sheet.tie_sentence(tie, state.names) for tie in broken]
    said += [f"{state.names[c]} reaches the quota with {_text(state.totals[c])} and is elected" for c in reached]
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
    for c in (*reached, *last):
        state.electing[c] = (state.totals[c], list(state.parcels[c]))
    state.marks = constraints.marks(state.within, state.elected, state.continuing, places=state.places)
    return (*reached, *last), said, broken[-1] if broken else None


def _elect_within(state: _Count, reached: list[int], broken: list[ties.Tie]) -> list[int]:
    """Return who of those with the quota the quotas for groups let in; add the ties over it."""

    def first(tied: Sequence[int]) -> int:
        history = [stage.totals for stage in state.stages]
        tie, state.draws = ties.break_backwards(tied, history, over="election", lot=state.lot, number=state.draws)
        broken.append(tie)
        return tie.chosen[0]

    groups = [list(group) for _, group in groupby(reached, key=lambda c: state.totals[c])]
    return list(
        constraints.electable(
            state.within, state.elected, state.continuing, reached=groups, first=first, places=state.places
        )
    )


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
    elected, elections, at_quota = _elect(state)
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said + elections) + "."
    totals = tuple(_votes(total) for total in state.totals)
    state.stages.append(sheet.Stage(totals, elected, excluded, transfers, _votes(lost), tie or at_quota, sentence))


def _first_stage(
    profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints
) -> _Count:
    standing = profiles.standing(profile)
    constraints.check(within, standing, seats=seats, names=profile.candidates)
    papers = piles.sort(profile)
    candidates = len(profile.candidates)
    # 46: divide the valid papers by one more than the seats, ignore decimals, add one.
    quota = (papers.valid // (seats + 1) + 1) * ONE
    state = _Count(
        profile.candidates, papers, seats, lot, quota, [0] * candidates, [[] for _ in range(candidates)],
        set(standing), [], [], 0, 0, within, min(seats, len(standing)),
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


def _exclude(state: _Count, among: set[int]) -> None:
    # 50(1): the lowest number of votes.
    lowest = min(state.totals[c] for c in among)
    tied = sorted(c for c in among if state.totals[c] == lowest)
    source, tie = _one_of(state, tied, over="exclusion")
    if tie is None:
        tie = _near_tie(state, source, among)
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said += [
        f"{state.names[c]} is guarded: {why}"
        for c, why in state.marks.guarded.items()
        if state.totals[c] <= lowest and source not in state.marks.doomed
    ]
    if source in state.marks.doomed:
        said.append(f"{state.names[source]} is doomed and excluded: {state.marks.doomed[source]}")
    else:
        said.append(f"{state.names[source]} has the fewest votes, {_text(lowest)}, and is excluded")
    state.continuing.discard(source)
    # 50(4): the papers keep the value at which the excluded candidate received them.
    transfers = _move(state, source, state.parcels[source])
    state.totals[source] = 0
    _close_stage(state, said, moved=(transfers, 0), excluded=(source,), tie=tie)


def _near_tie(state: _Count, source: int, among: set[int]) -> ties.Tie | None:
    """Return a tie that only the fractions lost so far may have hidden; the rule as written stands all the same."""
    near = sorted(c for c in among if state.totals[c] - state.totals[source] <= state.lost)
    return ties.Tie("exclusion", tuple(near), (source,), "fractions", None, "") if len(near) > 1 else None


def _one_of(state: _Count, tied: list[int], *, over: ties.Over) -> tuple[int, ties.Tie | None]:
    if len(tied) == 1:
        return tied[0], None
    # 49(2), 51(2)(a): the most recent preceding stage at which they differ; 49(3), 51(2)(b): equal at all, by lot.
    history = [stage.totals for stage in state.stages]
    tie, state.draws = ties.break_backwards(tied, history, over=over, lot=state.lot, number=state.draws)
    return tie.chosen[0], tie


def _run(profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints) -> _Count:
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    state = _first_stage(profile, seats=seats, lot=lot, within=within)
    while state.vacancies and state.continuing:
        # 48(1): papers of a candidate over the quota move while vacancies remain.
        over = [c for c in state.elected if state.totals[c] > state.quota]
        if state.marks.doomed:
            _exclude(state, set(state.marks.doomed))
        elif over:
            _transfer_surplus(state, over)
        else:
            _exclude(state, state.continuing.difference(state.marks.guarded))
    return state


def count(
    profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> sheet.Sheet:
    """Return the whole count of a profile by the Scottish rules.

    Args:
        profile: strict rankings; blank papers are set apart and do not count towards the quota.
        seats: to fill, 1 or more.
        lot: what breaks ties that no earlier stage decides.
        within: quotas for groups of candidates.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
        EqualRanks: a paper that ranks candidates equally.
        Infeasible: no composition of the candidates keeps the quotas for groups.
    """
    state = _run(profile, seats=seats, lot=lot, within=within)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, state.papers.valid, state.papers.blank, _votes(state.quota),
        tuple(state.stages), tuple(state.elected),
    )  # fmt: skip


def papers_electing(
    profile: profiles.Profile, elected: int, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> tuple[piles.Valued, ...]:
    """Return the papers that elected somebody, each with the part of it that stayed with her, for a countback.

    That part is its value when she received it x quota / her votes when she was elected, so that the parts are the
    quota together; all of its value where she was elected without the quota. Exact: nothing is cut off.

    Raises:
        the same as ``count``.
    """
    reference = replace(profile, ballots=tuple(profile.ballots))
    state = _run(reference, seats=seats, lot=lot, within=within)
    total, parcels = state.electing[elected]
    kept = min(Fraction(1), Fraction(state.quota, total)) if total else Fraction(1)
    return piles.valued((_votes(value) * kept, pile) for value, pile in parcels)
