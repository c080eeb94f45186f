"""Countback: a seat that falls vacant goes to whom the papers that elected its holder prefer next.

Source: the principle of Tasmania's and the Australian Capital Territory's Hare-Clark laws (Tasmania since the Act
7 Geo. V No. 65 of 1917; Electoral Act 1992 (ACT), schedule 4, part 4.3), as the Proportional Representation Society of
Australia states it: the vacancy is filled by whoever, "of all the consenting candidates", gets an absolute majority in
the quota of votes that elected the vacating member. The laws differ from one another in how papers are valued; this is
the text by which we count, and it is none of theirs:

1  The papers are those that the vacating member held when she was elected. Each counts for the part of it that stayed
   with her: its value when she received it x quota / her votes; all of its value where she was elected without the
   quota.
2  Candidates are those who were not elected and consent. Each paper goes to the first of them whom it prefers.
3  Whoever has more than half of the votes that still count is elected.
4  Otherwise the one with the fewest votes is excluded, and her papers go on to their next preference among those left.
5  Equal fewest votes: whoever had fewest at the latest earlier stage at which they differ, then the lot.
6  If none of the papers prefers a consenting candidate nobody is elected, and the seat stays vacant.

All values are exact fractions. What prefers nobody who is left stands as not transferable.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.decide import papers as piles, sheet, ties

RULE = "countback"
SOURCE = "Countback from the papers that elected the holder, after the Hare-Clark laws of Tasmania and the ACT"


class NobodyConsents(Exception):
    """A countback without a candidate."""

    def __init__(self) -> None:
        super().__init__("nobody who was not elected consents to fill the vacancy: hold a by-election")


@dataclass(slots=True)
class _Count:
    names: Sequence[str]
    hands: dict[int, list[piles.Valued]]
    stages: list[sheet.Stage] = field(default_factory=list)

    def votes(self, c: int) -> Fraction:
        return sum((paper.value * paper.number for paper in self.hands[c]), Fraction(0))


def _hand_over(state: _Count, papers: Sequence[piles.Valued]) -> dict[int | None, tuple[int, Fraction]]:
    """Give papers to the first candidate left whom they prefer; return papers and votes by receiver."""
    moved: dict[int | None, tuple[int, Fraction]] = {}
    for paper in papers:
        to = next((c for c in paper.ranking if c in state.hands), None)
        if to is not None:
            state.hands[to].append(paper)
        number, votes = moved.get(to, (0, Fraction(0)))
        moved[to] = (number + paper.number, votes + paper.number * paper.value)
    return moved


def _close_stage(
    state: _Count,
    said: list[str],
    *,
    source: int,
    moved: dict[int | None, tuple[int, Fraction]],
    out: tuple[int, ...] = (),
    tie: ties.Tie | None = None,
) -> tuple[int, ...]:
    totals = tuple(state.votes(c) if c in state.hands else Fraction(0) for c in range(len(state.names)))
    counting = sum(totals, Fraction(0))
    # 3: more than half; the last one left has all of them.
    elected = tuple(c for c in state.hands if 2 * totals[c] > counting)
    said += [
        f"{state.names[c]} is elected with {sheet.exact_text(totals[c])} of {sheet.exact_text(counting)} that count"
        for c in elected
    ]
    order = sorted(moved, key=lambda to: (to is None, to))
    # A transfer here mixes papers of several values; the value is their mean.
    transfers = tuple(
        sheet.Transfer(source, to, moved[to][0], moved[to][1] / moved[to][0], moved[to][1]) for to in order
    )
    sentence = f"Stage {len(state.stages) + 1}: " + "; ".join(said) + "."
    state.stages.append(sheet.Stage(totals, elected, out, transfers, Fraction(0), tie, sentence))
    return elected


def count(
    names: Sequence[str],
    papers: Sequence[piles.Valued],
    *,
    vacating: int,
    consenting: Collection[int],
    lot: ties.Breaking,
) -> sheet.Sheet:
    """Return the whole count for a casual vacancy.

    Args:
        names: candidates of the election that elected the vacating member.
        papers: those that elected her, with the part that stayed with her (``papers_electing`` of the rule).
        vacating: her position.
        consenting: positions of those who were not elected and consent.
        lot: what breaks ties that no earlier stage decides.

    Raises:
        NobodyConsents: there is no candidate.
    """
    if not consenting:
        raise NobodyConsents
    # 2
    state = _Count(names, {c: [] for c in sorted(consenting)})
    moved = _hand_over(state, papers)
    number = sum(paper.number for paper in papers)
    said = [f"the {number} papers that elected {names[vacating]} are counted again for the vacancy"]
    winners = _close_stage(state, said, source=vacating, moved=moved)
    draws = 0
    # 6
    while not winners and any(state.hands.values()):
        # 4
        fewest = min(state.votes(c) for c in state.hands)
        tied = [c for c in state.hands if state.votes(c) == fewest]
        tie: ties.Tie | None = None
        out = tied[0]
        if len(tied) > 1:
            # 5
            history = [stage.totals for stage in state.stages]
            tie, draws = ties.break_backwards(tied, history, over="exclusion", lot=lot, number=draws)
            out = tie.chosen[0]
        said = [] if tie is None else [sheet.tie_sentence(tie, names)]
        said.append(f"{names[out]} has the fewest votes, {sheet.exact_text(fewest)}, and is excluded")
        moved = _hand_over(state, state.hands.pop(out))
        winners = _close_stage(state, said, source=out, moved=moved, out=(out,), tie=tie)
    blank = sum(paper.number for paper in papers if not any(c in consenting for c in paper.ranking))
    return sheet.Sheet(RULE, SOURCE, 1, tuple(names), number - blank, blank, None, tuple(state.stages), winners)
