"""What an indicator says: a reading with its counts, its sentence, the acts behind it, the articles that answer it.

An indicator informs and binds nobody. Counts stand beside ratios; there is no composite score. A democratic structure
does not guarantee the absence of oligarchy: informal power leaves no act (Leach 2005).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator for one body, or for the federation (``body`` is "").

    Attributes:
        id, name, formula, range, source: from the catalogue, in the field's words.
        count, of: the counts behind the value; ``of`` is 0 where there is nothing to count yet.
        unit: ``share`` (count / of) or ``days`` (count).
        sentence: what it says, in words.
        acts: indices of the acts behind it.
        articles: numbers of the charter's articles that offer something against it.
    """

    id: str
    name: str
    formula: str
    range: str
    source: str
    body: str
    count: int
    of: int
    unit: Literal["share", "days"]
    sentence: str
    acts: tuple[int, ...]
    articles: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """The share, or None where there is nothing to count."""
        return Fraction(self.count, self.of) if self.unit == "share" and self.of else None


def wilson(count: int, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson interval (95 % by default) of a share (Wilson 1927).

    Raises:
        ValueError: nothing was counted.
    """
    if of <= 0:
        raise ValueError("a share of nothing has no interval")
    p, n = count / of, of
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
