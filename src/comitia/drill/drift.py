"""How long the base can still take a body back while posts come to be filled from above, each by chance.

At each renewal a post that was elected is filled from above instead, with a given chance, and stays so: one candidate
stood, whom the body at the top had put up. Nothing in the charter's words has changed. After each tick it is asked
whether the base alone, with everybody in office against it, could still fill the body at the top (``hold.py``,
recovery): a post is within reach when each of its clauses has enough votes from what is within reach.

Other than the recovery number it looks at no number of people: the whole base is taken to be of one mind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from comitia.drill import montecarlo
from comitia.drill.hold import Calendar, Clause, Post
from comitia.drill.montecarlo import Whole, WrongQuestion

Clauses = tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
"""For each clause the votes it needs, and its sources by number (bases first, then posts) with their votes."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Posts spread out, each for itself: when it is renewed, who fills it, whether it may come to be appointed."""

    period: int
    phase: int
    clauses: Clauses
    drifts: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """The question: ``appointed`` is the chance at each renewal, ``target`` the number of the post at the top."""

    bases: int
    posts: tuple[Seats, ...]
    target: int
    appointed: float
    ticks: int

    @property
    def names(self) -> tuple[str, ...]:
        """After each tick, from the first, whether the base can still take it back."""
        return tuple(f"after {tick} half-year{'' if tick == 1 else 's'}" for tick in range(1, self.ticks + 1))

    def count(self, draws: int, chance: Generator) -> Whole:
        """Return in how many draws the base can still fill the target, tick by tick."""
        lost = np.zeros((draws, len(self.posts)), dtype=np.bool_)
        found = []
        for tick in range(1, self.ticks + 1):
            renewed = [at for at, p in enumerate(self.posts) if p.drifts and tick % p.period == p.phase % p.period]
            lost[:, renewed] |= chance.random((draws, len(renewed))) < self.appointed
            found.append(int(self._reached(lost).sum()))
        return np.array(found, dtype=np.int64)

    def _reached(self, lost: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return in which draws the target is within reach of the base: the least fixpoint."""
        held = np.zeros((len(lost), self.bases + len(self.posts)), dtype=np.bool_)
        held[:, : self.bases] = True
        target = self.bases + self.target
        while True:
            before = held.copy()
            for at, post in enumerate(self.posts):
                filled = np.ones(len(lost), dtype=np.bool_)
                for need, sources in post.clauses:
                    votes = np.array([v for _, v in sources], dtype=np.int64)
                    filled &= held[:, [s for s, _ in sources]] @ votes >= need
                # A post that is filled from above follows the top.
                held[:, self.bases + at] |= np.where(lost[:, at], held[:, target], filled)
            if np.array_equal(held, before):
                reached: NDArray[np.bool_] = held[:, target]
                return reached


def of(
    calendar: Calendar, target: str, *, appointed: float, half_years: int, drifts: Callable[[Post], bool] | None = None
) -> Drift:
    """Return the question for a calendar.

    Args:
        target: the id of the post at the top, which alone does not drift.
        drifts: which posts may come to be filled from above; all but the target if it is not said.

    Raises:
        WrongQuestion: no such post, a chance outside 0 to 1, no half-years, or no post that may drift.
    """
    montecarlo.check_chance("appointed", appointed)
    if half_years < 1:
        raise WrongQuestion(f"{half_years} half-years", "1 or more")
    bases, posts = spread(calendar)
    numbers = [at for at, (post, _, _) in enumerate(posts) if post.id == target and post.alike == 1]
    if not numbers:
        raise WrongQuestion(f"the body “{target}”", ", ".join(p.id for p in calendar.posts if p.alike == 1))
    may = drifts or (lambda _post: True)
    seats = tuple(
        Seats(post.period, post.phase, clauses, may(post) and at != numbers[0])
        for at, (post, clauses, _) in enumerate(posts)
    )
    if not any(one.drifts for one in seats):
        raise WrongQuestion("no post that may come to be filled from above", "at least one besides the body at the top")
    return Drift(bases, seats, numbers[0], appointed, half_years)


def spread(calendar: Calendar) -> tuple[int, list[tuple[Post, Clauses, Clauses]]]:
    """Return the number of all bases, and all posts, those alike each for itself, with who fills and who recalls."""
    first: dict[str, int] = {}
    alike: dict[str, int] = {}
    bases = 0
    for base in calendar.bases:
        first[base.id], alike[base.id] = bases, base.alike
        bases += base.alike
    number = bases
    for post in calendar.posts:
        first[post.id], alike[post.id] = number, post.alike
        number += post.alike
    found: list[tuple[Post, Clauses, Clauses]] = []
    for post in calendar.posts:
        for copy in range(post.alike):
            filled = tuple(_clause(post, copy, clause, first, alike) for clause in post.filled)
            recall = (_clause(post, copy, post.recall, first, alike),) if post.recall is not None else ()
            found.append((post, filled, recall))
    return bases, found


def _clause(
    post: Post, copy: int, clause: Clause, first: Mapping[str, int], alike: Mapping[str, int]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    if post.alike == 1:
        return clause.need, tuple((first[n] + at, v) for n, v in clause.votes.items() for at in range(alike[n]))
    # Of posts alike, one of a source alike fills one; a single source fills all.
    return 1, tuple((first[n] + copy * alike[n] // post.alike, 1) for n in clause.votes)
