"""Why not me: at which stage a candidate was left out, behind whom, by how much, and what would have been needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from comitia.decide import packed, pairwise, profile as profiles, sheet, ties
from comitia.decide.explanation import course
from comitia.decide.explanation.course import Count, Moment


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one candidate was not elected.

    Attributes:
        candidate: by position.
        stage: at which it was decided, from 1.
        had: her votes (or what else the rule counts) then.
        behind: who was next ahead of her; more than one where these are equal, nobody where nobody was left.
        by: how much those had more; below 0 where a quota for groups, and not the votes, decided.
        further: papers that name her alone and would have elected her, one fewer would not, both counted; None where
            it was not asked, or no number up to that of all papers did.
        sentence: all of it in words.
    """

    candidate: int
    stage: int
    had: Fraction
    behind: tuple[int, ...]
    by: Fraction
    further: int | None
    sentence: str


def losers(counted: sheet.Sheet, withdrawn: frozenset[int]) -> tuple[int, ...]:
    """Return who stood and was not elected, who came nearest first."""
    order: dict[int, tuple[int, Fraction]] = {}
    for moment in course.moments(counted, withdrawn):
        for c in moment.continuing:
            order[c] = (moment.number, moment.before[c])
    left = [c for c in order if c not in counted.winners]
    # By a rule that gives loads the order says nothing; that of the file stands.
    return tuple(sorted(left, key=lambda c: (-order[c][0], -order[c][1], c)))


def why_not(profile: profiles.Profile, counted: sheet.Sheet, candidate: int, further: int | None = None) -> WhyNot:
    """Return why somebody who stood was not elected.

    Args:
        candidate: by position; neither elected nor withdrawn.
        further: what ``further_papers`` found.
    """
    *_, last = (m for m in course.moments(counted, profile.withdrawn) if candidate in m.continuing)
    others = last.continuing.difference(last.stage.excluded, (candidate,))
    if counted.rule in course.COMPARING:
        found = _compared(profile, counted, candidate, last)
    elif candidate in last.stage.excluded and others:
        found = _excluded(counted, candidate, last, others)
    elif counted.rule in course.TRANSFERRING or counted.rule in course.ADDING:
        found = _left_over(counted, candidate, last)
    else:
        found = _in_groups(profile, counted, candidate, last)
    needed = ""
    if further:
        needed = f" With {further} more {_papers(further)} naming her alone she would have been elected"
        needed += f", with {further - 1} not: both were counted." if further > 1 else "."
    return WhyNot(candidate, last.number, found[0], found[1], found[2], further, found[3] + needed)


def _papers(number: int) -> str:
    return "paper" if number == 1 else "papers"


_Found = tuple[Fraction, tuple[int, ...], Fraction, str]


def _excluded(counted: sheet.Sheet, candidate: int, at: Moment, others: frozenset[int]) -> _Found:
    names, had = counted.candidates, at.before[candidate]
    least = min(at.before[c] for c in others)
    behind = tuple(sorted(c for c in others if at.before[c] == least))
    by = least - had
    words = f"{names[candidate]} had {sheet.exact_text(had)} votes when stage {at.number} began"
    ahead = sheet.names_text(names, behind)
    if by > 0:
        next_ = f"{ahead}, next above her, {'had' if len(behind) == 1 else 'each had'} {sheet.exact_text(by)} more"
        words += f"; {next_}. The lowest went out"
    elif by == 0:
        words += f", as many as {ahead}"
    else:
        words += f", {sheet.exact_text(-by)} more than {ahead}: a quota for groups decided, not the votes"
    return had, behind, by, words + "." + _tie_said(at, candidate, names)


def _tie_said(at: Moment, candidate: int, names: Sequence[str]) -> str:
    tie = at.stage.tie
    if tie is None or candidate not in tie.candidates:
        return ""
    where = f"stage {at.number} shows how"
    return f" {sheet.tie_sentence(replace(tie, derivation=where) if tie.derivation else tie, names)}."


def _last_elected(counted: sheet.Sheet) -> tuple[tuple[int, ...], Fraction]:
    """Return who of the stage that elected last had least, and how much; nobody where nobody was elected."""
    for stage in reversed(counted.stages):
        if stage.elected:
            level = min(stage.totals[c] for c in stage.elected)
            return tuple(sorted(c for c in stage.elected if stage.totals[c] == level)), level
    return (), Fraction(0)


def _left_over(counted: sheet.Sheet, candidate: int, at: Moment) -> _Found:
    """Say why of somebody who was in it until the seats were filled."""
    names, had, (behind, level) = counted.candidates, at.stage.totals[candidate], _last_elected(counted)
    by = level - had
    words = f"{names[candidate]} had {sheet.exact_text(had)} {course.unit(counted)} at the end (stage {at.number})"
    if not behind:
        return had, (), Fraction(0), f"{words}, and nobody was elected."
    more = "as many as" if by == 0 else f"{sheet.exact_text(abs(by))} {'fewer' if by > 0 else 'more'} than"
    words += f", {more} {sheet.names_text(names, behind)}, elected last"
    return had, behind, by, words + "." + _tie_said(at, candidate, names)


def _compared(profile: profiles.Profile, counted: sheet.Sheet, candidate: int, at: Moment) -> _Found:
    """Say how a candidate fared against each winner, papers against papers."""
    names, preferred, had = counted.candidates, pairwise.preferences(profile), at.stage.totals[candidate]
    duels = "; ".join(
        f"against {names[w]} {preferred[candidate][w]} papers to {preferred[w][candidate]}" for w in counted.winners
    )
    words = f"{names[candidate]}: {duels}" if duels else f"{names[candidate]} was not elected, and nobody was"
    behind, level = _last_elected(counted)
    return had, behind, level - had, words + "." + _tie_said(at, candidate, names)


def _in_groups(profile: profiles.Profile, counted: sheet.Sheet, candidate: int, at: Moment) -> _Found:
    """Say how many papers name a candidate where seats go to groups of papers in proportion."""
    named = dict.fromkeys((candidate, *counted.winners), 0)
    for weight, ranks in _papers_of(profile):
        for c in {c for rank in ranks for c in rank}.intersection(named):
            named[c] += weight
    least = min((named[w] for w in counted.winners), default=0)
    behind = tuple(sorted(w for w in counted.winners if named[w] == least))
    had, names = named[candidate], counted.candidates
    words = (
        f"{names[candidate]} is named on {had} {_papers(had)}, {sheet.names_text(names, behind)} on {least}, the fewest"
    )
    words += " of those elected. By this rule seats go to groups of papers in proportion, not to the most named"
    return Fraction(had), behind, Fraction(least - had), words + "." + _tie_said(at, candidate, names)


def _papers_of(profile: profiles.Profile) -> list[tuple[int, profiles.Ranks]]:
    strict, equal = profiles.merged_with_equal(profile)
    return [*((weight, tuple((c,) for c in ranking)) for weight, ranking in strict), *equal]


def with_further(profile: profiles.Profile, candidate: int, papers: int) -> profiles.Profile:
    """Return the same papers and so many more that name one candidate alone."""
    return course.with_strict(profile, _and_alone(course.strict_papers(profile), candidate, papers))


def _and_alone(strict: Mapping[str, int], candidate: int, papers: int) -> dict[str, int]:
    alone = packed.key((candidate,))
    return {**strict, alone: strict.get(alone, 0) + papers}


def further_papers(profile: profiles.Profile, count: Count, candidate: int, lot: ties.Breaking) -> int | None:
    """Return a number of further papers naming her alone that elects a candidate while one fewer does not.

    The first is found by doubling and halving, and both are counted. By rules in which more votes never harm it is the
    smallest. None where not even as many further papers as there are elect her.
    """
    strict = course.strict_papers(profile)

    def elects(papers: int) -> bool:
        return candidate in count(course.with_strict(profile, _and_alone(strict, candidate, papers)), lot).winners

    return least(elects, most=sum(strict.values()) + sum(weight for weight, _ in profile.equal))


def least(holds: Callable[[int], bool], *, most: int) -> int | None:
    """Return a number up to ``most`` that holds while the one before does not; 0 is taken not to hold."""
    no, yes = 0, 1
    while yes <= most and not holds(yes):
        no, yes = yes, 2 * yes
    if yes > most:
        yes = most
        if no >= most or not holds(most):
            return None
    while yes - no > 1:
        middle = (no + yes) // 2
        no, yes = (no, middle) if holds(middle) else (middle, yes)
    return yes
