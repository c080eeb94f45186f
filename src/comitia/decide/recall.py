"""Recall: a petition by a seat's own electors, then their vote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comitia.decide import verdict


@dataclass(frozen=True, slots=True)
class Petition:
    """How far a petition has come: signatures it has and needs, of so many electors."""

    have: int
    needed: int
    electors: int
    share: Fraction
    reached: bool
    sentence: str


def valid_signatures(
    signed: Mapping[str, str], electors: Collection[str], *, opened: str, until: str
) -> frozenset[str]:
    """Return who signed as one of the seat's own electors within the window.

    Args:
        signed: moment of each signature, by member.
        electors: of the seat, at the moment at which one asks: who is no elector any more does not count.
        opened, until: the window; a signature at ``until`` still counts.
    """
    return frozenset(member for member, at in signed.items() if member in electors and opened <= at <= until)


def petition_reached(signatures: int, electors: int, share: Fraction) -> Petition:
    """Return whether enough electors have signed: at least the share, and at least one.

    Args:
        signatures: valid ones, at most one from each elector.
        electors: of the seat.
        share: of the electors, as the charter says.
    """
    needed = max(1, ceil(share * electors))
    reached = signatures >= needed
    sentence = (
        f"{signatures} of {electors} electors have signed, {needed} needed (at least {share.numerator}/"
        f"{share.denominator}): {'reached' if reached else 'not reached'}"
    )
    return Petition(signatures, needed, electors, share, reached, sentence)


def recall_verdict(seat: str, tally: verdict.Tally, rule: verdict.Rule) -> verdict.Verdict:
    """Return whether a seat's electors recalled its holder; ``for_`` are the votes for the recall.

    Whether an equal vote protects the holder is the rule's ``tie``: ``fails`` protects, ``carries`` does not.

    Raises:
        TallyContradicts: more votes than electors, or numbers below 0.
    """
    found = verdict.verdict(f"electors of {seat}", tally, rule)
    _, _, said = found.sentence.partition(": ")
    return verdict.with_sentence(found, f"{'recalled' if found.carried else 'not recalled'}: {said}")
