"""Chances by drawing lots: from a public seed, the same numbers on every machine and by however many workers.

What is asked is a *question*: so many draws give whole counts. Draws are cut into blocks of the same size; each block
has a stream of random numbers of its own, grown from the seed and the block's number (``numpy.random.SeedSequence``,
O'Neill 2015), and counts are added up as whole numbers. So it does not matter who reckons which block, or when. The
seed may be any text, such as one agreed in a meeting or drawn afterwards: its SHA-256 is taken.

A share carries the Wilson interval (95 %). The streams are those of PCG64; another release of numpy may draw otherwise
from them, and would then give other counts within the interval.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from comitia.watch.indicator import wilson

Whole = NDArray[np.int64]

BLOCK = 1000
"""Draws of a block. It belongs to the seed: other blocks would be other numbers."""


class WrongQuestion(Exception):
    """A question that has no answer: a chance outside 0 to 1, no draws, something that is not in the charter."""

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(f"found {found}, expected {expected}")


class Question(Protocol):
    """What is drawn."""

    @property
    def names(self) -> tuple[str, ...]:
        """What is counted, in the order of the counts."""
        ...

    def count(self, draws: int, chance: Generator) -> Whole:
        """Return in how many of so many draws each of ``names`` happened."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """Some draws of a question, with all that another machine needs to make them."""

    question: Question
    seed: str
    number: int
    draws: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How often something happened in so many draws, and the Wilson interval (95 %) of its chance."""

    name: str
    count: int
    draws: int

    @property
    def share(self) -> float:
        """The share of the draws."""
        return self.count / self.draws

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the chance lies, by Wilson's rule (95 %)."""
        return wilson(self.count, self.draws)


Workers = Callable[[Callable[[Block], Whole], Sequence[Block]], Iterable[Whole]]
"""Carries a function out on blocks, in any order: alone, or on many machines."""

Told = Callable[[int, int], None]
"""Told after each block how many draws are made, and of how many."""


def _silent(done: int, whole: int) -> None:
    """Tell nobody."""


def alone(work: Callable[[Block], Whole], blocks: Sequence[Block]) -> Iterator[Whole]:
    """Carry the work out here, one block after the other."""
    return map(work, blocks)


def blocks(question: Question, *, draws: int, seed: str) -> tuple[Block, ...]:
    """Return the blocks of so many draws.

    Raises:
        WrongQuestion: no draws.
    """
    if draws < 1:
        raise WrongQuestion(f"{draws} draws", "1 or more")
    starts = range(0, draws, BLOCK)
    return tuple(Block(question, seed, number, min(BLOCK, draws - at)) for number, at in enumerate(starts))


def counted(block: Block) -> Whole:
    """Return the counts of a block, with the number of its draws before them."""
    root = int.from_bytes(sha256(block.seed.encode("utf-8")).digest(), "big")
    chance = np.random.default_rng(np.random.SeedSequence(root, spawn_key=(block.number,)))
    found = block.question.count(block.draws, chance)
    return np.concatenate([np.array([block.draws], dtype=np.int64), found.astype(np.int64)])


def estimates(
    question: Question, *, draws: int, seed: str, workers: Workers = alone, told: Told = _silent
) -> tuple[Estimate, ...]:
    """Return how often each of a question's names happened in so many draws.

    Raises:
        WrongQuestion: no draws.
    """
    total = np.zeros(len(question.names) + 1, dtype=np.int64)
    for found in workers(counted, blocks(question, draws=draws, seed=seed)):
        total += found
        told(int(total[0]), draws)
    return tuple(
        Estimate(name, int(count), draws) for name, count in zip(question.names, total[1:].tolist(), strict=True)
    )


def check_chance(name: str, chance: float) -> None:
    """Raise unless a number is a chance.

    Raises:
        WrongQuestion: it is below 0 or above 1.
    """
    if not 0 <= chance <= 1:
        raise WrongQuestion(f"{name} {chance:g}", "a chance from 0 to 1")
