"""Recall: a petition by a seat's own electors, then their vote.

Three questions can be put: shall she go (``recall_verdict``); shall she stay (``confidence_verdict``), where an equal
vote does not keep her; and whether her own part of the electorate keeps her (``own_quota_verdict``).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from comitia.decide import sheet, verdict
from comitia.decide.clause import Clause, clause, reworded

# For and against are said as what they mean for the holder, and so is what an equal vote means for her.
_RECALL = {"count": "count_recall", "tie_fails": "tie_protects", "tie_carries": "tie_recalls"}
_CONFIDENCE = {"count": "count_confidence", "tie_fails": "tie_no_confidence"}


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


def recall_verdict(seat: str | Clause, tally: verdict.Tally, rule: verdict.Rule) -> verdict.Verdict:
    """Return whether a seat's electors recalled its holder; ``for_`` are the votes for the recall.

    Whether an equal vote protects the holder is the rule's ``tie``: ``fails`` protects, ``carries`` does not.

    Raises:
        TallyContradicts: more votes than electors, or numbers below 0.
    """
    found = verdict.verdict(clause("electors_of", seat=seat), tally, rule)
    return verdict.decided(found, found.carried, clauses=_said(found, _RECALL), outcome=("recalled", "not_recalled"))


def confidence_verdict(seat: str | Clause, tally: verdict.Tally, rule: verdict.Rule) -> verdict.Verdict:
    """Return whether a seat's electors withdrew their confidence; ``carried`` says that its holder goes.

    Args:
        tally: ``for_`` are the votes for her to stay.
        rule: what staying needs; a vote that misses the quorum changes nothing.

    Raises:
        TallyContradicts: more votes than electors, or numbers below 0.
    """
    found = verdict.verdict(clause("electors_of", seat=seat), tally, rule)
    gone = found.quorum_met and not found.carried and found.tally.for_ + found.tally.against > 0
    kept = "confidence" if found.carried else "not_recalled"
    return verdict.decided(found, gone, clauses=_said(found, _CONFIDENCE), outcome=("no_confidence", kept))


def _said(found: verdict.Verdict, words: Mapping[str, str]) -> tuple[Clause, ...]:
    return tuple(reworded(one, words) for one in found.clauses)


def own_quota_verdict(seat: str | Clause, tally: verdict.Tally, rule: verdict.Rule, *, seats: int) -> verdict.Verdict:
    """Return whether a holder elected in proportion has lost her own part of the electorate.

    She stays if those who want to keep her are a Droop quota of the votes: as many as could have elected her. So no
    majority unseats a minority's delegate.

    Args:
        tally: ``for_`` are the votes for the recall, ``against`` those to keep her.
        rule: for the quorum and the article; its threshold is not asked.
        seats: of her constituency.

    Raises:
        TallyContradicts: more votes than electors, or numbers below 0.
    """
    electors = clause("electors_of", seat=seat)
    found = verdict.verdict(electors, tally, rule)
    votes = found.tally.for_ + found.tally.against
    quota = int(votes // (seats + 1)) + 1
    gone = found.quorum_met and found.tally.for_ > 0 and found.tally.against < quota
    count = verdict.counted("count_recall", electors, found.tally)
    kept = clause(
        "kept_by_quota",
        share=f"1/{seats + 1}",
        number=str(seats),
        quota=str(quota),
        votes=sheet.exact_text(votes),
        article=rule.article,
    )
    clauses = [count, kept]
    if found.quorum_needed is not None:
        clauses.append(clause("quorum", needed=str(found.quorum_needed), present=str(found.quorum_present)))
    if not found.quorum_met:
        clauses.append(clause("no_quorum"))
    told = replace(found, base=votes, needed=quota)
    return verdict.decided(told, gone, clauses=tuple(clauses), outcome=("recalled", "not_recalled"))
