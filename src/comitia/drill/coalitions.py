"""Power by drawing coalitions: for votes with too many members and quotas to be counted exactly.

Every member is in a coalition or out of it by the toss of a coin; a member swings when the coalition wins with her and
loses without her. The share of draws in which she swings is her absolute Banzhaf index (Penrose 1946, Banzhaf 1965).
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from comitia.drill.game import Game, Way
from comitia.drill.montecarlo import Whole


@dataclass(frozen=True, slots=True)
class Coalitions:
    """The question: who swings, and how often a coalition wins."""

    game: Game

    @property
    def names(self) -> tuple[str, ...]:
        """Winning, then each member by number, from 1."""
        return ("winning", *(f"member {at + 1} swings" for at in range(self.game.members)))

    def count(self, draws: int, chance: Generator) -> Whole:
        """Return how many coalitions win, and how often each member swings."""
        inside = chance.integers(0, 2, size=(draws, self.game.members), dtype=np.int64)
        with_her = np.zeros((draws, self.game.members), dtype=np.bool_)
        without_her, winning = with_her.copy(), np.zeros(draws, dtype=np.bool_)
        for way in self.game.ways:
            all_, most, least = _won(way, inside)
            winning |= all_
            with_her |= most
            without_her |= least
        return np.array([winning.sum(), *(with_her & ~without_her).sum(axis=0).tolist()], dtype=np.int64)


def _won(way: Way, inside: Whole) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return in which draws a way is won as drawn, and for each member with her and without her."""
    as_drawn = np.ones(len(inside), dtype=np.bool_)
    most = np.ones(inside.shape, dtype=np.bool_)
    least = most.copy()
    for threshold in way:
        weights = np.array(threshold.weights, dtype=np.int64)
        weight = inside @ weights
        others = weight[:, None] - inside * weights
        as_drawn &= weight >= threshold.quota
        most &= others + weights >= threshold.quota
        least &= others >= threshold.quota
    return as_drawn, most, least
