"""What an indicator says: a reading with its counts, its sentence, the acts behind it, the articles that answer it.

An indicator informs and binds nobody. Counts stand beside ratios; there is no composite score. A democratic structure
does not guarantee the absence of oligarchy: informal power leaves no act (Leach 2005).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Literal

Unit = Literal["share", "ratio", "number", "days", "hours", "count"]
Value = Fraction | float | None

LEAST_VOTERS = 10
"""Members vote in secret: below so many voters nothing is said of how they voted."""

LIMITS = (
    "Informal power leaves no act: no indicator sees who is listened to, who writes the draft, who has the time.",
    "Indices of power are a priori: they say nothing of who agrees with whom.",
    "Capture says what is possible under the rules, not what is likely, and accuses nobody.",
    "Small bodies give noisy figures: look at the counts and the interval before the share.",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of the catalogue: its row there, its name in the field's words, how it is reckoned, what misleads.

    ``unit``: ``share`` of a whole, ``ratio`` without a whole, ``number`` (effective number, mean), ``days``, ``hours``,
    ``count`` of things that should not happen.
    """

    id: str
    name: str
    formula: str
    range: str
    source: str
    caveat: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator for the bodies of a kind, or for the federation (``body`` is "").

    Attributes:
        figure: which indicator.
        body: a kind's or a body's id.
        value: in the indicator's unit; ``inf`` where it has no end; None where there is nothing to count, or where it
            is withheld because too few voted.
        count, of: the counts behind the value; ``of`` is 0 where there is nothing to count yet.
        sentence: what it says, in words.
        acts: indices of the acts behind it.
        articles: numbers of the charter's articles that offer something against it.
    """

    figure: Indicator
    body: str
    value: Value
    count: int
    of: int
    sentence: str
    acts: tuple[int, ...]
    articles: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """The share, or None where there is nothing to count or the indicator is no share of counts."""
        return Fraction(self.count, self.of) if self.figure.unit == "share" and self.of else None


def share(
    figure: Indicator, body: str, counts: tuple[int, int], sentence: str, *,
    acts: tuple[int, ...] = (), articles: tuple[str, ...] = (),
) -> Reading:  # fmt: skip
    """Return the reading of a share: ``counts`` are how many, of how many."""
    count, of = counts
    return Reading(figure, body, Fraction(count, of) if of else None, count, of, sentence, acts, articles)


def percent(of: Fraction | float) -> str:
    """Return a share in per cent: ``60 %``."""
    return f"{100 * float(of):.0f} %"


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
