"""Single transferable vote by the rules of the Electoral Reform Society: last parcel, two decimals, deferred surpluses.

Source: R. A. Newland and F. S. Britton, How to conduct an election by the Single Transferable Vote, 3rd edition,
Electoral Reform Society 1997 (ERS97), sections 5 and 6. Numbered as there, in our words with the wording where it
decides; what only concerns forms, slips and bundles is left out:

5.1.2   Papers without a first preference are set aside; the rest are the total valid vote.
5.1.6   The quota is the total valid vote divided by one more than the places, "to two decimal places. If the result is
        exact that is the quota. Otherwise ignore the remainder, and add 0.01."
5.1.7   "Considering each candidate in turn in descending order of their votes, deem elected any candidate whose vote
        equals or exceeds (a) the quota, or (b) (on very rare occasions, where this is less than the quota), the total
        active vote, divided by one more than the number of places not yet filled, up to the number of places to be
        filled, subject to paragraph 5.6.2." So also 5.3.13 and 5.4.9.
5.2.2   The largest surplus is transferred, unless all surpluses together are no more than (a) the difference between
        the two lowest votes or (b) the difference between the total of the lowest who could be excluded together
        (5.2.5) and the vote next above: then they are deferred.
5.2.3   Equal largest surpluses: "the candidate who had the greatest vote at the first stage or at the earliest point in
        the count, after the transfer of a batch of papers, where they had unequal votes"; equal throughout, by lot.
5.2.5   Otherwise exclude the lowest, "as many candidates together as possible", so that (a) enough remain for the
        places and (b) their votes with the deferred surpluses do not exceed the vote next above. Equal lowest: who had
        fewest at the earliest point where they differ, then by lot.
5.3.1   A surplus of the first stage: all papers of the candidate are examined.
5.3.2   A later one: "only the last received batch of papers, which gave rise to the surplus".
5.3.7   If the transferable papers are worth more than the surplus, each is transferred at surplus / number of
        transferable papers, "to two decimal places, ignoring any remainder"; otherwise at its present value.
5.3.9   What the remainder leaves over is the non-transferable difference.
5.4.1   The papers of all who are excluded together are taken in batches in descending order of value, 5.4.11 one after
        another, each followed by:
5.4.8   "If any papers have become non-transferable before any candidate has been deemed elected, recalculate the quota
        as in paragraph 5.1.6, ignoring the non-transferable vote."
5.4.9   as 5.1.7; 5.4.10 who is elected in the middle gets no further papers.
5.5.1   If an exclusion would leave just as many as there are places, all who continue are elected.
5.5.2   When the places are filled nothing is transferred any more.
5.6.2   Equal votes and not enough places: in the order of votes at the earliest point where they differ; those who are
        equal throughout are not deemed elected at that stage.
6.18    A surplus is what a vote exceeds the quota by.
6.20    The total active vote is that of all who continue and all votes that await transfer.

Readings where the text is open: each transfer of a batch is a point of 5.2.3 and a stage of the sheet (so a stage of
the rules has sub-stages there). Two who are equal are compared at the first point where they differ; of three and more
those who share the extreme go on to the next (5.2.3, 5.2.5), or are put in the order of their votes point by point
(5.6.2). In 5.2.5 the cut between those excluded and those who stay may run through equal votes; then who goes is found
as for the lowest. Who is elected because the quota falls (5.4.8) may have a last batch that is worth less than the
surplus: it goes on by 5.3.7, and what the surplus is worth beyond it goes to nobody. Casual vacancies (7): see
``countback``.

Quotas for groups, of which the text knows nothing, are kept by guarding and dooming (``decide/constraints.py``): a
doomed candidate is excluded first of all; with quotas, candidates are excluded one at a time, the lowest who is not
guarded, and surpluses are deferred by 5.2.2(a) alone.

Notation: votes, values and the quota are integers in units of 0.01.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from comitia.decide import batches, constraints, papers as piles, profile as profiles, properties, sheet, ties
from comitia.decide.batches import Batch

RULE = "ers97"
SOURCE = "ERS97 STV: Newland and Britton, 3rd edition, Electoral Reform Society 1997"
PROPERTIES: frozenset[properties.Property] = frozenset({"majority"})
ONE = 100


@dataclass(slots=True)
class _Count:
    names: tuple[str, ...]
    papers: piles.Papers
    seats: int
    lot: ties.Breaking
    quota: int
    votes: list[int]
    batches: list[list[Batch]]
    continuing: set[int]
    within: constraints.Constraints
    places: int
    elected: list[int] = field(default_factory=list)
    # Papers of those being excluded that are yet to be transferred count as active (6.20).
    waiting: int = 0
    # Votes of papers that went to nobody while nobody was elected: 5.4.8 asks for no others.
    nontransferable: int = 0
    stages: list[sheet.Stage] = field(default_factory=list)
    draws: int = 0
    marks: constraints.Marks = constraints.FREE

    @property
    def vacancies(self) -> int:
        return self.seats - len(self.elected)

    @property
    def surpluses(self) -> dict[int, int]:
        # 6.18
        return {c: self.votes[c] - self.quota for c in self.elected if self.votes[c] > self.quota}

    @property
    def active(self) -> int:
        # 6.20
        return sum(self.votes[c] for c in self.continuing) + sum(self.surpluses.values()) + self.waiting


def _votes(units: int) -> Fraction:
    return Fraction(units, ONE)


def _text(units: int) -> str:
    return sheet.exact_text(_votes(units))


def _quota(valid: int, seats: int) -> int:
    # 5.1.6: two decimals; a remainder adds 0.01.
    return -(-valid // (seats + 1))


def _deem_elected(state: _Count, said: list[str]) -> tuple[int, ...]:
    """Carry out 5.1.7, 5.3.13 or 5.4.9 and return who is elected."""
    found: list[int] = []
    order = sorted(state.continuing, key=lambda c: (-state.votes[c], c))
    for vote, group in groupby(order, key=lambda c: state.votes[c]):
        # (a) the quota, or (b) the active vote divided by one more than the places not yet filled.
        if state.vacancies == 0 or not (vote >= state.quota or vote * (state.vacancies + 1) >= state.active):
            break
        for c in _within_places(state, list(group)):
            by = "reaches the quota" if vote >= state.quota else "has as much as anybody could still need"
            said.append(f"{state.names[c]} {by} with {_text(vote)} and is elected")
            state.elected.append(c)
            state.continuing.discard(c)
            found.append(c)
    return tuple(found)


def _within_places(state: _Count, equal: list[int]) -> list[int]:
    """Return who of those with equal votes is elected: all, if places and quotas for groups have room for them."""
    history = [stage.totals for stage in state.stages]
    # 5.6.2: in the order of votes at the earliest point where they differ.
    points = {c: tuple(-stage[c] for stage in history) for c in equal}
    groups = [list(group) for _, group in groupby(sorted(equal, key=lambda c: (points[c], c)), key=points.__getitem__)]
    taken: list[int] = []
    for group in groups:
        # Equal throughout, and not places enough: none of them.
        allowed = constraints.electable(
            state.within, [*state.elected, *taken], state.continuing.difference(taken), reached=[group],
            first=lambda tied: tied[0], places=state.places,
        )  # fmt: skip
        if len(taken) + len(group) > state.vacancies or (0 < len(allowed) < len(group)):
            break
        taken += allowed
    return taken


def _close_stage(
    state: _Count,
    said: list[str],
    *,
    transfers: tuple[sheet.Transfer, ...] = (),
    lost: int = 0,
    excluded: tuple[int, ...] = (),
    tie: ties.Tie | None = None,
) -> None:
    elected = _deem_elected(state, said)
    state.marks = constraints.marks(state.within, state.elected, state.continuing, places=state.places)
    _write(state, said, (transfers, lost), (elected, excluded), tie)


def _write(
    state: _Count,
    said: list[str],
    moved: tuple[tuple[sheet.Transfer, ...], int],
    who: tuple[tuple[int, ...], tuple[int, ...]],
    tie: ties.Tie | None,
) -> None:
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said) + "."
    totals = tuple(_votes(vote) for vote in state.votes)
    state.stages.append(sheet.Stage(totals, who[0], who[1], moved[0], _votes(moved[1]), tie, sentence))


def _credit(state: _Count, to: int, batch: Batch) -> int:
    number = batches.number(state.papers, batch.papers)
    state.batches[to].append(batch)
    state.votes[to] += number * batch.value
    return number


def _transfer_surplus(state: _Count) -> None:
    # 5.2.3: the largest surplus.
    surpluses = state.surpluses
    surplus = max(surpluses.values())
    tied = sorted(c for c in surpluses if surpluses[c] == surplus)
    source, tie = tied[0], None
    if len(tied) > 1:
        history = [stage.totals for stage in state.stages]
        tie, state.draws = ties.break_forwards(tied, history, over="surplus", lot=state.lot, number=state.draws)
        source = tie.chosen[0]
    # 5.3.1, 5.3.2: the last batch; one that elected at the first stage has only that one.
    last = state.batches[source].pop()
    # 5.3.3: by next available preference; None: non-transferable papers.
    found = batches.by_next_preference(state.papers, last.papers, state.continuing)
    spent = found.pop(None, [])
    number = sum(batches.number(state.papers, parcels) for parcels in found.values())
    # 5.3.7
    cut = number * last.value > surplus
    value = surplus // number if cut else last.value
    transfers = []
    for to in sorted(c for c in found if c is not None):
        papers = _credit(state, to, Batch(value, tuple(found[to])))
        transfers.append(sheet.Transfer(source, to, papers, _votes(value), _votes(papers * value)))
    rest = surplus - number * value
    if not cut and rest:
        # The papers that go on at their present value are worth less than the surplus; the rest goes to nobody.
        papers = batches.number(state.papers, spent)
        each = _votes(rest) / papers if papers else Fraction(0)
        transfers.append(sheet.Transfer(source, None, papers, each, _votes(rest)))
    state.votes[source] = state.quota
    said = [] if tie is None else [sheet.tie_sentence(tie, state.names)]
    said.append(f"the surplus of {state.names[source]}, {_text(surplus)}, is transferred at {_text(value)} a paper")
    # 5.3.9: the non-transferable difference.
    _close_stage(state, said, transfers=tuple(transfers), lost=rest if cut else 0, tie=tie)


def _together(state: _Count, among: Sequence[int]) -> list[int]:
    """Return how many of the lowest could be excluded together (5.2.5), from one on; ``among`` is sorted by votes."""
    surplus = sum(state.surpluses.values())
    found, total = [], 0
    for number, c in enumerate(among[:-1], start=1):
        total += state.votes[c]
        # (a) enough remain; (b) no more than the vote next above.
        if len(state.continuing) - number >= state.vacancies and total + surplus <= state.votes[among[number]]:
            found.append(number)
    return found


def _is_deferred(state: _Count, among: Sequence[int]) -> bool:
    # 5.2.2: (a) the two lowest, (b) those who could be excluded together.
    total = sum(state.surpluses.values())
    pair = len(among) > 1 and total <= state.votes[among[1]] - state.votes[among[0]]
    several = not state.within and any(number > 1 for number in _together(state, among))
    return pair or several


def _lowest(state: _Count, among: Sequence[int], number: int) -> tuple[list[int], list[ties.Tie]]:
    """Return the lowest so many, and the ties broken to find them."""
    level = state.votes[among[number - 1]]
    out = [c for c in among if state.votes[c] < level]
    equal = [c for c in among if state.votes[c] == level]
    broken: list[ties.Tie] = []
    history = [stage.totals for stage in state.stages]
    while len(out) < number:
        if len(out) + len(equal) == number:
            out += equal
            break
        tie, state.draws = ties.break_forwards(
            sorted(equal), history, over="exclusion", lot=state.lot, number=state.draws
        )
        broken.append(tie)
        out.append(tie.chosen[0])
        equal.remove(tie.chosen[0])
    return sorted(out, key=lambda c: (state.votes[c], c)), broken


def _exclude(state: _Count, among: Sequence[int]) -> None:
    # 5.2.5: as many as possible; with quotas for groups one at a time.
    number = 1 if state.within else max(_together(state, among), default=1)
    out, broken = _lowest(state, among, number)
    said = [sheet.tie_sentence(tie, state.names) for tie in broken]
    tie = broken[-1] if broken else None
    whom = sheet.names_text(state.names, out)
    doomed = [c for c in out if c in state.marks.doomed]
    said += [f"{state.names[c]} is doomed: {state.marks.doomed[c]}" for c in doomed]
    said += [
        f"{state.names[c]} is guarded: {why}"
        for c, why in state.marks.guarded.items()
        if not doomed and state.votes[c] <= state.votes[out[-1]]
    ]
    if len(state.continuing) - len(out) == state.vacancies:
        # 5.5.1: nothing is transferred.
        state.continuing.difference_update(out)
        last = _fill(state)
        said.append(f"the exclusion of {whom} leaves as many as there are places: {last[1]}")
        _write(state, said, ((), 0), (last[0], tuple(out)), tie)
        return
    said.append(f"{whom} {'has' if len(out) == 1 else 'have'} the fewest votes and {_is(out)} excluded")
    state.continuing.difference_update(out)
    # 5.4.1: all their papers in batches of one value.
    values: dict[int, list[piles.Pile]] = {}
    for c in out:
        for batch in state.batches[c]:
            values.setdefault(batch.value, []).extend(batch.papers)
    state.waiting = sum(state.votes[c] for c in out)
    if not values:
        _close_stage(state, said, excluded=tuple(out), tie=tie)
    excluded: tuple[int, ...] = tuple(out)
    for value in sorted(values, reverse=True):
        # 5.5.2
        if state.vacancies == 0:
            break
        _transfer_batch(state, out, value, (said, tie, excluded))
        said, tie, excluded = [f"the exclusion of {whom} goes on"], None, ()
    state.waiting = 0


def _transfer_batch(
    state: _Count, out: list[int], value: int, stage: tuple[list[str], ties.Tie | None, tuple[int, ...]]
) -> None:
    """Transfer the papers of one value from those excluded (5.4.2 to 5.4.10), as a stage of the sheet."""
    said, tie, excluded = stage
    transfers = []
    sums: dict[int, dict[int | None, list[piles.Pile]]] = {}
    for c in out:
        parcels = [pile for batch in state.batches[c] if batch.value == value for pile in batch.papers]
        state.batches[c] = [batch for batch in state.batches[c] if batch.value != value]
        # 5.4.2
        sums[c] = batches.by_next_preference(state.papers, parcels, state.continuing)
        number = batches.number(state.papers, parcels)
        state.votes[c] -= number * value
        state.waiting -= number * value
        for to in sorted(sums[c], key=lambda to: (to is None, to)):
            papers = batches.number(state.papers, sums[c][to])
            transfers.append(sheet.Transfer(c, to, papers, _votes(value), _votes(papers * value)))
            if to is None:
                state.nontransferable += papers * value
    # 6.1: what one candidate gets in one transfer is one batch, from however many it comes.
    for to in sorted({to for found in sums.values() for to in found if to is not None}):
        _credit(state, to, Batch(value, tuple(pile for found in sums.values() for pile in found.get(to, ()))))
    said.append(f"papers of the value {_text(value)} are transferred")
    if not state.elected and any(transfer.to is None for transfer in transfers):
        # 5.4.8
        state.quota = _quota(state.papers.valid * ONE - state.nontransferable, state.seats)
        said.append(f"the quota becomes {_text(state.quota)}")
    _close_stage(state, said, transfers=tuple(transfers), excluded=excluded, tie=tie)


def _is(out: Sequence[int]) -> str:
    return "is" if len(out) == 1 else "are"


def _fill(state: _Count) -> tuple[tuple[int, ...], str]:
    """Elect all who continue, and say so."""
    last = tuple(sorted(state.continuing, key=lambda c: (-state.votes[c], c)))
    state.elected += last
    state.continuing.clear()
    return last, f"{sheet.names_text(state.names, last)} {_is(last)} elected to the places that are left"


def _next(state: _Count) -> None:
    """Carry out one stage: fill, transfer a surplus, or exclude."""
    if len(state.continuing) <= state.vacancies:
        # 4.3: as many candidates left as places, or fewer where fewer stood.
        last, said = _fill(state)
        _write(state, [said], ((), 0), (last, ()), None)
        return
    open_ = state.marks.doomed or state.continuing.difference(state.marks.guarded)
    among = sorted(open_, key=lambda c: (state.votes[c], c))
    if not state.marks.doomed and state.surpluses and not _is_deferred(state, among):
        _transfer_surplus(state)
    else:
        _exclude(state, among)


def count(
    profile: profiles.Profile, *, seats: int, lot: ties.Breaking, within: constraints.Constraints = ()
) -> sheet.Sheet:
    """Return the whole count of a profile by ERS97; the sheet's quota is the last one.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties that no earlier point decides.
        within: quotas for groups of candidates.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
        EqualRanks: a paper that ranks candidates equally.
        Infeasible: no composition of the candidates keeps the quotas for groups.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    standing = profiles.standing(profile)
    constraints.check(within, standing, seats=seats, names=profile.candidates)
    # 5.1.2
    papers = piles.sort(profile)
    size = len(profile.candidates)
    state = _Count(
        profile.candidates, papers, seats, lot, _quota(papers.valid * ONE, seats), [0] * size,
        [[] for _ in range(size)], set(standing), within, min(seats, len(standing)),
    )  # fmt: skip
    for candidate, pile in piles.by_next_preference(papers, piles.all_papers(papers), state.continuing):
        assert candidate is not None, "a valid paper prefers somebody who stands"
        _credit(state, candidate, Batch(ONE, (pile,)))
    said = f"{papers.valid} valid papers are counted by first preference, the quota is {_text(state.quota)}"
    _close_stage(state, [said])
    while state.vacancies and state.continuing:
        _next(state)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, _votes(state.quota), tuple(state.stages),
        tuple(state.elected),
    )  # fmt: skip
