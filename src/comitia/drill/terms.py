"""How soon, and how often, a current that wins assemblies by chance holds a body: terms and recall as a brake.

Each half-year the current wins every assembly anew with the same chance, each for itself. A post follows those who fill
it when it is renewed, and until then stays with whoever held it. With recall it follows also at any half-year in which
the current, or its opponents, have the votes that recall takes. The current holds no post at the beginning.

So it says how slowly a calendar answers, and what recall adds. That opinions turn anew each half-year is a stylisation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from comitia.drill import drift, montecarlo
from comitia.drill.drift import Clauses
from comitia.drill.hold import Calendar
from comitia.drill.montecarlo import Whole, WrongQuestion

Yes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seats:
    """A post for itself: when it is renewed, who fills it, who recalls its holder (none: nobody)."""

    period: int
    phase: int
    clauses: Clauses
    recall: Clauses


@dataclass(frozen=True, slots=True)
class Terms:
    """The question: ``won`` is the chance to win an assembly, ``target`` the number of the post asked about."""

    bases: int
    posts: tuple[Seats, ...]
    target: int
    won: float
    ticks: int

    @property
    def names(self) -> tuple[str, ...]:
        """Held after each half-year: first without recall, then with it."""
        each = [f"after {tick} half-year{'' if tick == 1 else 's'}" for tick in range(1, self.ticks + 1)]
        return (*(f"held {one}" for one in each), *(f"held with recall {one}" for one in each))

    def count(self, draws: int, chance: Generator) -> Whole:
        """Return in how many draws the current holds the target after each half-year, without recall and with it."""
        without = np.zeros((draws, self.bases + len(self.posts)), dtype=np.bool_)
        with_recall = without.copy()
        found: tuple[list[int], list[int]] = ([], [])
        for tick in range(1, self.ticks + 1):
            won = chance.random((draws, self.bases)) < self.won
            for held, recalling, counts in ((without, False, found[0]), (with_recall, True, found[1])):
                before = held.copy()
                before[:, : self.bases] = won
                for at, post in enumerate(self.posts):
                    place = self.bases + at
                    renewed = tick % post.period == post.phase % post.period
                    filled = _met(before, post.clauses)
                    if renewed:
                        held[:, place] = filled
                    elif recalling and post.recall:
                        # Whoever has the votes recalls the other, and the seat is filled as at any renewal.
                        theirs = _met(~before, post.recall)
                        held[:, place] = np.where(held[:, place], filled | ~theirs, filled & _met(before, post.recall))
                held[:, : self.bases] = won
                counts.append(int(held[:, self.bases + self.target].sum()))
        return np.array([*found[0], *found[1]], dtype=np.int64)


def _met(held: Yes, clauses: Clauses) -> Yes:
    met = np.ones(len(held), dtype=np.bool_)
    for need, sources in clauses:
        votes = np.array([v for _, v in sources], dtype=np.int64)
        met &= held[:, [s for s, _ in sources]] @ votes >= need
    return met


def of(calendar: Calendar, target: str, *, won: float, half_years: int) -> Terms:
    """Return the question for a calendar.

    Raises:
        WrongQuestion: no such post, a chance outside 0 to 1, or no half-years.
    """
    montecarlo.check_chance("won", won)
    if half_years < 1:
        raise WrongQuestion(f"{half_years} half-years", "1 or more")
    bases, posts = drift.spread(calendar)
    numbers = [at for at, (post, _, _) in enumerate(posts) if post.id == target and post.alike == 1]
    if not numbers:
        raise WrongQuestion(f"the body “{target}”", ", ".join(p.id for p in calendar.posts if p.alike == 1))
    seats = tuple(Seats(post.period, post.phase, clauses, recall) for post, clauses, recall in posts)
    return Terms(bases, seats, numbers[0], won, half_years)
