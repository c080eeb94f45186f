"""How one paper travelled: which candidates held which part of it at the end of each stage.

Where papers move, the sheet says from whom to whom at what value, so that the journey follows from it and from what the
paper ranks: put together, the journeys of all papers give every total of the sheet. Meek's rule divides a paper by the
keep factors (``keep_factors.py``). By rules that add up, a paper gives what it would give were it the only one. By
the other rules nothing of a paper is ever with one candidate, and there is no journey to show; nor in a countback,
whose papers begin with what stayed of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.decide import profile as profiles, sheet, ties
from comitia.decide.explanation import course, keep_factors
from comitia.decide.explanation.course import Count, Moment


@dataclass(frozen=True, slots=True)
class Step:
    """Where a paper is at the end of a stage.

    Attributes:
        stage: from 1.
        shares: (candidate, the part of the paper that is hers), those first to whom it came first.
        spent: what found no further preference.
        lost: what decimals cut off, or what stayed behind as no part of any candidate's votes.
    """

    stage: int
    shares: tuple[tuple[int, Fraction], ...]
    spent: Fraction
    lost: Fraction


@dataclass(slots=True)
class _Paper:
    """A paper under way; ``holder`` has it at ``value`` since ``stage``, ``kept`` stays with those who passed it on."""

    ranking: profiles.Ranking
    holder: int | None = None
    value: Fraction = Fraction(1)
    stage: int = 1
    kept: dict[int, Fraction] = field(default_factory=dict)
    spent: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)


def journey(profile: profiles.Profile, counted: sheet.Sheet, ranks: profiles.Ranks, count: Count) -> tuple[Step, ...]:
    """Return where a paper is at the end of each stage; nothing for a blank paper, and where papers have no place.

    Args:
        ranks: what the paper ranks, as it stands in the file.
        count: the same rule under the same terms, for any papers.

    Raises:
        OtherPapers: by Meek's rule, a sheet that these papers do not give.
    """
    left = (tuple(c for c in rank if c not in profile.withdrawn) for rank in ranks)
    ranks = tuple(rank for rank in left if rank)
    if not ranks:
        return ()
    if counted.rule == "meek":
        return _divided(profile, counted, ranks)
    if counted.rule in course.TRANSFERRING and counted.rule != "countback":
        return _handed_on(profile, counted, ranks)
    if counted.rule in course.ADDING:
        return (_given(profile, ranks, count),)
    return ()


def _given(profile: profiles.Profile, ranks: profiles.Ranks, count: Count) -> Step:
    one = profiles.Profile(profile.candidates, (), profile.withdrawn, ((1, ranks),))
    # What is drawn by lot among candidates without votes does not matter here.
    totals = count(one, ties.Lot(b"")).stages[0].totals
    given = [(c, total) for c, total in enumerate(totals) if total]
    return Step(1, tuple(sorted(given, key=lambda pair: (-pair[1], pair[0]))), Fraction(0), Fraction(0))


def _divided(profile: profiles.Profile, counted: sheet.Sheet, ranks: profiles.Ranks) -> tuple[Step, ...]:
    steps = []
    for number, keep in enumerate(keep_factors.factors(profile, counted), start=1):
        taken, rest = keep_factors.shares(ranks, keep)
        held = tuple((c, keep_factors.as_votes(kept)) for c, kept in taken.items())
        steps.append(Step(number, held, keep_factors.as_votes(rest), Fraction(0)))
    return tuple(steps)


def _handed_on(profile: profiles.Profile, counted: sheet.Sheet, ranks: profiles.Ranks) -> tuple[Step, ...]:
    paper = _Paper(tuple(c for rank in ranks for c in rank))
    steps: list[Step] = []
    received: dict[int, int] = {}
    for moment in course.moments(counted, profile.withdrawn):
        if moment.number == 1:
            paper.holder = paper.ranking[0]
        elif paper.holder is not None:
            _move(paper, counted, moment, received)
        received |= {t.to: moment.number for t in moment.stage.transfers if t.to is not None}
        held = dict(paper.kept)
        if paper.holder is not None:
            held[paper.holder] = paper.value
        steps.append(Step(moment.number, tuple(held.items()), paper.spent, paper.lost))
    return tuple(steps)


def _move(paper: _Paper, counted: sheet.Sheet, moment: Moment, received: dict[int, int]) -> None:
    """Hand a paper on, if its holder's papers move in this stage."""
    source = paper.holder
    assert source is not None
    moves = [t for t in moment.stage.transfers if t.source == source]
    to = next((c for c in paper.ranking if c in moment.continuing and c not in moment.stage.excluded), None)
    if source not in {c for stage in counted.stages[: moment.number - 1] for c in stage.elected}:
        # An excluded candidate's papers keep their value; by ERS97 each value moves in a stage of its own.
        if any(t.to == to and t.value == paper.value for t in moves):
            _arrive(paper, to, paper.value, moment.number)
        return
    if counted.rule == "ers97" and paper.stage < received.get(source, 1):
        # Only the last batch moves.
        return
    due = paper.value
    if counted.rule != "ers97":
        due *= 1 - moment.stage.totals[source] / moment.before[source]
    # Where by ERS97 a surplus is worth more than its last batch, the difference is no paper's.
    values = [min(t.value, paper.value) for t in moves if t.to == to]
    values = [value for value in values if value <= due]
    if not values:
        return
    # Of several values the one that comes from this paper's: what is due, less what decimals cut off.
    value = max(values)
    if counted.rule == "ers97":
        due = value + moment.stage.lost / max(1, sum(t.papers for t in moves if t.to is not None))
    paper.kept[source] = paper.value - due
    paper.lost += due - value
    _arrive(paper, to, value, moment.number)


def _arrive(paper: _Paper, to: int | None, value: Fraction, stage: int) -> None:
    paper.holder, paper.value, paper.stage = to, value, stage
    if to is None:
        paper.spent += value


def _part(share: Fraction) -> str:
    """Say a part of a paper exactly if that is short, else about, to five decimals."""
    exact = sheet.exact_text(share)
    if len(exact) <= len("0.123456789") and "/" not in exact:
        return exact
    about = round(share, 5)
    return f"about {sheet.exact_text(about)}" if about else "less than 0.00001"


def sentences(steps: Sequence[Step], names: Sequence[str]) -> list[str]:
    """Say a journey, a sentence for each stage at which something changed."""
    said = []
    before: tuple[tuple[int, Fraction], ...] | None = None
    for step in steps:
        if step.shares == before:
            continue
        before = step.shares
        parts = [f"{_part(share)} with {names[c]}" for c, share in step.shares]
        parts += [f"{_part(step.spent)} without a further preference"] if step.spent else []
        parts += [f"{_part(step.lost)} lost to fractions"] if step.lost else []
        said.append(f"Stage {step.stage}: {', '.join(parts)}.")
    return said
