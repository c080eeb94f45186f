"""At which figures an alarm is given, with the reason for each: one table, in the code, for every federation alike.

The thresholds were committed before any history was encoded on which they are tried, and are not moved to make one fit:
what they miss is published as a miss. An alarm accuses nobody and binds nobody. Where a figure is low for want of acts,
it is looked at only when the record is older than a window (``after_a_term``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction as F
from math import inf
from typing import Literal

from comitia.watch.indicator import Reading

When = Literal["at least", "at most"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """An alarm: which figure, at least or at most what, with at least how many counted (``Reading.of``), and why."""

    id: str
    name: str
    when: When
    value: F | float
    least: int
    reason: str
    after_a_term: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reading that passed a threshold."""

    reading: Reading
    threshold: Threshold


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold("I1", "appointment share", "at least", F(1, 3), 5,
              "from one third of posts filled from above, a third of the places holds the centre"),
    Threshold("I1", "appointment share by reach", "at least", F(1, 2), 10,
              "half of what posts reach is filled from above: at half the base no longer recovers"),
    Threshold("I2", "mandate distance", "at least", 10.0, 1,
              "elected in tiers, no real federation has more than five; ten means a loop of four in five seats"),
    Threshold("I3", "closed circuits", "at least", 1.0, 1, "one is enough to make its holders unremovable"),
    Threshold("I4", "hold, practised of written", "at most", F(1, 2), 1, "half as many suffice as the charter says"),
    Threshold("I4", "recovery as practised", "at least", inf, 1, "the members alone cannot take the body back"),
    Threshold("I5", "effective number of power holders", "at most", 2.0, 3, "two who agree decide everything"),
    Threshold("I6", "strongest absolute power", "at least", F(1), 3, "one who fills the seats decides alone"),
    Threshold("I7", "unanimous divisions", "at least", F(9, 10), 10,
              "nine in ten of ten divisions without one dissenting voice"),
    Threshold("I7b", "days since a house last refused the executive", "at least", 730.0, 5,
              "two years, the longest usual term, without one refusal in five motions"),
    Threshold("I8", "rubber-stamp rate", "at least", F(19, 20), 10, "nineteen in twenty, of ten or more, are carried"),
    Threshold("I8", "agenda concentration", "at least", F(1, 2), 10, "as if two equal bodies moved everything"),
    Threshold("I9", "contested share", "at most", F(1, 4), 10, "three seats in four without a choice"),
    Threshold("I10", "turnover", "at most", F(1, 20), 10, "hardly anybody new in a whole term"),
    Threshold("I10", "turnover", "at least", F(9, 10), 10, "hardly anybody kept: a purge looks like this"),
    Threshold("I11", "currents that may no longer be formed", "at least", 1.0, 1, "a right of minorities is gone"),
    Threshold("I12", "overlap coefficient", "at least", F(1, 2), 5, "half of one body sits in the other"),
    Threshold("I12", "posts per person", "at least", F(2), 10, "two posts for everybody who holds any"),
    Threshold("I13", "centralisation of appointing", "at least", F(1, 2), 16,
              "half as central as a star, among five bodies or more"),
    Threshold("I14", "appointment reach", "at least", F(1, 2), 3, "a majority owes its seats to one office"),
    Threshold("I15", "effective number of proposers", "at most", 1.5, 10, "ten motions, and hardly two who move"),
    Threshold("I15", "minority reports", "at most", F(0), 5, "five divided votes and no dissent on paper", True),
    Threshold("I15", "turnout", "at most", F(1, 10), 100, "one in ten votes"),
    Threshold("I16", "officials per member", "at least", F(1, 50), 1000,
              "more than one official for fifty members, in a body of a thousand"),
    Threshold("I16", "officials among delegates", "at least", F(1, 3), 5, "a third of the deciding votes are staff"),
    Threshold("I16", "carry-over share", "at least", F(1, 4), 10, "a quarter of the posts without an election", True),
    Threshold("I17", "base bodies ended in a year", "at least", F(1, 5), 5, "a fifth of them gone in a year"),
    Threshold("I17", "base bodies ended without their own consent", "at least", 1.0, 1,
              "no body above may end one below"),
    Threshold("I18", "mean tier of decision", "at least", F(2), 10, "on average two tiers above the assemblies"),
    Threshold("I18b", "competence exercised", "at most", F(1, 4), 2,
              "three in four kinds of base body decide nothing in a whole term", True),
    Threshold("I19", "matters decided by one person", "at least", F(1, 10), 5, "a tenth of all matters"),
    Threshold("I19", "decisions by one person", "at least", F(1, 5), 5, "a fifth of the decisions"),
    Threshold("I20", "chance of such a difference", "at most", 0.05, 5, "the usual level, corrected for many looks"),
    Threshold("I21", "rights removed or weakened", "at least", 1.0, 1, "one right is one too many"),
    Threshold("I22", "seats beyond recall", "at least", F(1, 2), 5, "half of the seats cannot be taken back"),
    Threshold("I23", "assembly overdue", "at least", F(3, 2), 1, "half a term late"),
    Threshold("I23", "terms overdue", "at least", F(1, 4), 10, "a quarter of the seats without an election"),
    Threshold("I23", "guests per delegate", "at least", F(1), 2, "as many guests as votes"),
    Threshold("I24", "labour terms imposed", "at least", F(1, 4), 1, "one term in four without the trades"),
    Threshold("I25", "largest bloc", "at least", F(1, 2), 5, "half of a deciding body in one organisation"),
    Threshold("I25", "predetermined outcomes", "at least", F(3, 4), 5, "three in four outcomes one bloc's"),
    Threshold("I26", "personalisation", "at least", F(1, 2), 20, "half of what the centre does is one person's"),
    Threshold("I27", "opened before debate", "at least", F(1, 2), 5, "half of the votes open within a day"),
    Threshold("I27", "currents that reached the members", "at most", F(1, 2), 2, "half of the currents are not heard"),
    Threshold("I28", "nominations rejected", "at least", F(1, 3), 3, "a third of the candidates kept out"),
    Threshold("I28", "candidates per seat after the gate", "at most", F(1), 1, "the gate leaves no choice"),
    Threshold("I29", "descriptive gap", "at least", F(1, 4), 10, "a quarter of the holders would have to be others"),
    Threshold("I30", "quorum fragility", "at most", F(1), 1, "one vote fewer, and nothing is decided"),
)  # fmt: skip

_KNOWN: dict[tuple[str, str], list[Threshold]] = {}
for _one in THRESHOLDS:
    _KNOWN.setdefault((_one.id, _one.name), []).append(_one)


def alarms(readings: Iterable[Reading], *, after_a_term: bool) -> tuple[Alarm, ...]:
    """Return the readings that pass a threshold, in their order.

    Args:
        after_a_term: whether the record is older than a window.
    """
    return tuple(
        Alarm(reading, threshold)
        for reading in readings
        for threshold in _KNOWN.get((reading.figure.id, reading.figure.name), ())
        if passes(reading, threshold) and (after_a_term or not threshold.after_a_term)
    )


def passes(reading: Reading, threshold: Threshold) -> bool:
    """Return whether a reading passes a threshold, with enough counted."""
    if reading.value is None or reading.of < threshold.least:
        return False
    return reading.value >= threshold.value if threshold.when == "at least" else reading.value <= threshold.value
