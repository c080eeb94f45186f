"""Faults of recall: seats without one, a recall that nobody can carry, an equal vote that protects."""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.fault import Fault, at, electorate_known
from comitia.charter.structure import Charter, Kind, Recall

_HALF = Fraction(1, 2)


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the recalls, and of the kinds that have none or whose recall an equal vote defeats."""
    seated = [kind for kind in charter.kinds.values() if kind.form in ("elected", "appointed")]
    for rule in {kind.recall.line: kind.recall for kind in seated if kind.recall}.values():
        yield from _reach(rule)
        yield from _confidence(rule)
    for kind in seated:
        if kind.recall:
            yield from _tie(charter, kind, kind.recall)
        else:
            yield at(
                kind,
                "no-recall",
                reason=f"{kind.name.capitalize()}: nobody can recall who holds a seat of it.",
                harm="She breaks her word in the first month, and sits until her term is over.",
                repair='Name a recall by those who fill the seats: recall = "…".',
            )


def _reach(rule: Recall) -> Iterator[Fault]:
    if rule.strict and rule.threshold == 1:
        yield at(
            rule,
            "threshold-never-met",
            reason="The recall asks for more than all votes.",
            harm="Whoever sits can never be removed.",
            repair='Use more_than = "1/2".',
        )
    elif rule.petition == 1 or (rule.threshold == 1 and rule.question == "recall"):
        what = "signs the petition" if rule.petition == 1 else "votes for it"
        yield at(
            rule,
            "recall-out-of-reach",
            reason=f"The recall asks that every single elector {what}.",
            harm="The one friend whom a holder of a seat has among her electors keeps her in it.",
            repair='Use petition = "1/10" and more_than = "1/2".',
        )
    if rule.quorum == 1:
        yield at(
            rule,
            "quorum-never-met",
            reason="The recall asks that every single elector takes part.",
            harm="One elector who stays away keeps the holder of a seat in it.",
            repair='Ask for a share of the electors that comes to votes, for instance quorum = "1/3".',
        )
    if rule.base == "seats":
        yield at(
            rule,
            "base-empty",
            reason="The recall is counted on seats, but electors vote in it, who have none.",
            harm="The share of nothing is nothing: one vote recalls, or none ever does.",
            repair='Use base = "for_against" or base = "members".',
        )


def _confidence(rule: Recall) -> Iterator[Fault]:
    minority = rule.threshold < _HALF or (rule.threshold == _HALF and not rule.strict)
    if rule.by == "electors" and rule.question == "confidence" and minority:
        share = f"{'more than' if rule.strict else 'at least'} {rule.threshold}"
        yield at(
            rule,
            "tie-protects",
            reason=f"In a vote of confidence {share} lets the holder stay, so that an equal vote protects her.",
            harm="Ten of twenty electors no longer trust her, and she stays.",
            repair='Use more_than = "1/2": confidence is what more than half have in her.',
        )


def _tie(charter: Charter, kind: Kind, rule: Recall) -> Iterator[Fault]:
    size = electorate_known(charter, kind)
    if rule.tie_protects and size is not None and size % 2 == 0:
        yield at(
            kind,
            "tie-protects",
            reason=f"{size} electors recall the {kind.name}, an even number, and at an equal vote she stays.",
            harm=f"At {size // 2} to {size // 2} she has not the confidence of more than half, and nothing changes.",
            repair="Use a recall with tie_protects = false, or an odd number of electors.",
        )
