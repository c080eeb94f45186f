"""The count sheet: every stage of a count with its totals, transfers, losses and ties, and a sentence on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from comitia.decide import ties


class SeatsWrong(Exception):
    """A number of seats that a rule cannot fill."""

    def __init__(self, rule: str, seats: int, expected: str) -> None:
        super().__init__(f"the rule {rule} cannot fill {seats} seats: it needs {expected}")
        self.rule = rule
        self.seats = seats
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Transfer:
    """Papers that moved in one stage at one value; ``to`` is None where no further preference was left."""

    source: int
    to: int | None
    papers: int
    value: Fraction
    votes: Fraction


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a count.

    Attributes:
        totals: votes of each candidate at its end, by position.
        elected, excluded: positions, in the order in which it happened.
        lost: votes lost to the decimals that the rule cuts off, in this stage.
    """

    totals: tuple[Fraction, ...]
    elected: tuple[int, ...]
    excluded: tuple[int, ...]
    transfers: tuple[Transfer, ...]
    lost: Fraction
    tie: ties.Tie | None
    sentence: str

    @property
    def nontransferable(self) -> Fraction:
        """Votes that found no further preference in this stage."""
        return sum((t.votes for t in self.transfers if t.to is None), Fraction(0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole count.

    Attributes:
        rule: the rule's short name; ``source`` cites its text.
        valid, blank: papers counted, and papers without a preference for anyone who stands.
        quota: votes that secure a seat; None where the rule has none.
        winners: positions in the order of election.
    """

    rule: str
    source: str
    seats: int
    candidates: tuple[str, ...]
    valid: int
    blank: int
    quota: Fraction | None
    stages: tuple[Stage, ...]
    winners: tuple[int, ...]


def exact_text(number: Fraction | int) -> str:
    """Return a number as the shortest exact decimal, or as ``a/b`` where no finite decimal is exact."""
    value = Fraction(number)
    places, power = 0, value.denominator
    for prime in (2, 5):
        count = 0
        while power % prime == 0:
            power //= prime
            count += 1
        places = max(places, count)
    if power != 1:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value.numerator) * 10**places // value.denominator
    whole, rest = divmod(scaled, 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def names_text(candidates: Sequence[str], positions: Sequence[int]) -> str:
    """Return the names of some candidates as members would say them: ``A, B and C``."""
    names = [candidates[position] for position in positions]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "nobody"


def tie_sentence(tie: ties.Tie, candidates: Sequence[str]) -> str:
    """Say who tied and how the tie was broken."""
    tied, chosen = names_text(candidates, tie.candidates), names_text(candidates, tie.chosen)
    match tie.broken_by:
        case "stage":
            return f"{tied} tied; stage {tie.stage} decides, the latest at which they differ: {chosen}"
        case "lot":
            return f"{tied} tied; the lot falls on {chosen} ({tie.derivation})"
        case "first":
            return f"{tied} tied; stage {tie.stage} decides, the first at which they differ: {chosen}"
        case "hand":
            return f"{tied} tied; the lot drawn by hand falls on {chosen} ({tie.derivation})"
        case "fractions":
            return (
                f"{tied} differ by no more than the votes lost to fractions; the rule as written falls on {chosen}, "
                "exact arithmetic might have found a tie"
            )
    assert_never(tie.broken_by)


def tie_answer(tie: ties.Tie | None) -> dict[str, object] | None:
    """Return a tie as a JSON value, candidates by position from 1."""
    if tie is None:
        return None
    return {
        "over": tie.over,
        "candidates": [c + 1 for c in tie.candidates],
        "chosen": [c + 1 for c in tie.chosen],
        "broken_by": tie.broken_by,
        "stage": tie.stage,
        "derivation": tie.derivation,
    }


def transfer_answer(transfer: Transfer) -> dict[str, object]:
    """Return a transfer as a JSON value, candidates by position from 1, ``to`` null where no preference was left."""
    return {
        "from": transfer.source + 1,
        "to": None if transfer.to is None else transfer.to + 1,
        "papers": transfer.papers,
        "value": exact_text(transfer.value),
        "votes": exact_text(transfer.votes),
    }


def stage_answer(stage: Stage) -> dict[str, object]:
    """Return a stage as a JSON value, candidates by position from 1."""
    return {
        "totals": [exact_text(total) for total in stage.totals],
        "elected": [c + 1 for c in stage.elected],
        "excluded": [c + 1 for c in stage.excluded],
        "transfers": [transfer_answer(transfer) for transfer in stage.transfers],
        "lost": exact_text(stage.lost),
        "tie": tie_answer(stage.tie),
    }


def answer(sheet: Sheet) -> dict[str, object]:
    """Return a count as the JSON value that ``count --json`` prints; winners in the order of the ballot file."""
    quota = sheet.quota
    return {
        "rule": sheet.rule,
        "seats": sheet.seats,
        "winners": [sheet.candidates[c] for c in sorted(sheet.winners)],
        "winner_numbers": [c + 1 for c in sorted(sheet.winners)],
        "quota": None if quota is None else int(quota) if quota.denominator == 1 else exact_text(quota),
        "stages": [stage_answer(stage) for stage in sheet.stages],
    }
