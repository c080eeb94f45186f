"""Proportional approval voting, exactly: of all committees, the one that satisfies the papers most.

Source: T. N. Thiele, Om flerfoldsvalg (1895); M. Lackner and J. Skowron, Multi-Winner Voting with Approval Preferences
(2023), section 2.3. In our words:

1  A paper approves everybody whom it names; the order in which it names them is not read.
2  A paper of which l approved candidates are elected is worth 1 + 1/2 + ... + 1/l. The committee whose papers are worth
   most together is elected.
3  Where several committees are worth most, whoever sits in each of them is elected. Of those who sit in some, one is
   drawn by lot, and only the committees with her remain; and so on until one is left.

Worth is reckoned in whole numbers, in units of 1/lcm(1, ..., seats). Finding the best committee is hard (NP-hard): the
search tries candidates in or out and leaves a branch as soon as it cannot reach the best found. It counts committees as
they occur in a federation at once, but no promise holds for large ones (see the reference page for what has been
timed).

The totals are the papers that approve each candidate. PAV has extended justified representation.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from comitia.decide import approvals, profile as profiles, properties, sheet, ties

RULE = "pav"
SOURCE = "Proportional approval voting, exact: Thiele 1895"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "justified", "extended", "monotone"})

Committee = frozenset[int]


@dataclass(slots=True)
class _Search:
    """A search under way.

    ``gains[l]`` is what a paper gains by its next elected after l, in whole units; ``every`` and ``some`` are those who
    sit in all, and in any, of the committees found that are worth ``best``, the most so far.
    """

    papers: tuple[tuple[int, tuple[int, ...]], ...]
    supporters: list[list[int]]
    gains: list[int]
    size: int
    best: int = -1
    every: Committee = frozenset()
    some: Committee = frozenset()

    def marginal(self, c: int, held: list[int]) -> int:
        return sum([self.papers[p][0] * self.gains[held[p]] for p in self.supporters[c]])

    def note(self, committee: Committee, worth: int) -> None:
        if worth > self.best:
            self.best, self.every, self.some = worth, committee, committee
        else:
            # A branch is left before its last seat if it is worth less: here it is worth as much.
            self.every, self.some = self.every & committee, self.some | committee

    def search(self, chosen: Committee, held: list[int], worth: int, open_: list[int]) -> None:
        """Try every committee of those chosen and of some who are open, unless it can tell nothing new."""
        seats = self.size - len(chosen)
        if seats == 0:
            self.note(chosen, worth)
            return
        if len(open_) < seats:
            return
        marginal = sorted(((self.marginal(c, held), -c) for c in open_), reverse=True)
        # Nobody adds more later than now, so no committee of this branch is worth more than this.
        bound = worth + sum(gain for gain, _ in marginal[:seats])
        if bound < self.best or (bound == self.best and self.every <= chosen and self.some.issuperset(open_)):
            return
        gain, first = marginal[0][0], -marginal[0][1]
        rest = [-c for _, c in marginal[1:]]
        further = list(held)
        for p in self.supporters[first]:
            further[p] += 1
        self.search(chosen | {first}, further, worth + gain, rest)
        self.search(chosen, held, worth, rest)


def _best(papers: approvals.Approvals, standing: tuple[int, ...], size: int, inside: Committee) -> _Search:
    """Return the search for the best committees among those that hold everybody inside, when it has ended."""
    supporters: list[list[int]] = [[] for _ in range(max(standing, default=-1) + 1)]
    for place, (_, approved) in enumerate(papers.papers):
        for c in approved:
            supporters[c].append(place)
    # 2: 1, 1/2, 1/3, ... in units of 1/lcm.
    unit = lcm(*range(1, size + 1))
    state = _Search(papers.papers, supporters, [unit // (held + 1) for held in range(size)], size)
    held = [sum(1 for c in approved if c in inside) for _, approved in papers.papers]
    worth = sum(weight * sum(state.gains[:n]) for (weight, _), n in zip(papers.papers, held, strict=True))
    state.search(inside, held, worth, [c for c in standing if c not in inside])
    return state


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by proportional approval voting: a stage for each lot, and one that ends it.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers = approvals.approvals(profile)
    names, standing = profile.candidates, profiles.standing(profile)
    size = min(seats, len(standing))
    totals = tuple(Fraction(number) for number in approvals.votes(papers, len(names)))
    stages: list[sheet.Stage] = []
    drawn: Committee = frozenset()
    winners: list[int] = []
    draws = 0

    def close(elected: tuple[int, ...], tie: ties.Tie | None, said: str) -> None:
        sentence = f"Stage {len(stages) + 1}: {said}."
        stages.append(sheet.Stage(totals, elected, (), (), Fraction(0), tie, sentence))
        winners.extend(elected)

    found = _best(papers, standing, size, drawn)
    while found.some != found.every:
        # 3
        tie, draws = ties.by_draw("election", sorted(found.some - found.every), lot=lot, number=draws)
        drawn |= set(tie.chosen)
        close(tie.chosen, tie, f"several committees are worth most; {sheet.tie_sentence(tie, names)}")
        found = _best(papers, standing, size, drawn)
    worth = Fraction(found.best, lcm(*range(1, size + 1)))
    rest = tuple(sorted(found.every - drawn))
    said = f"the committee is worth most to its papers, {sheet.exact_text(worth)}"
    close(rest, None, f"{sheet.names_text(names, rest)} {'is' if len(rest) == 1 else 'are'} elected; {said}")
    return sheet.Sheet(RULE, SOURCE, seats, names, papers.valid, papers.blank, None, tuple(stages), tuple(winners))
