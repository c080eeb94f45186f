"""Matters in plain words: who moves, who decides, how votes are counted, what happens when bodies differ."""

from collections.abc import Iterator
from typing import assert_never

from comitia.charter.sentence import Sentence
from comitia.charter.structure import Advice, Charter, Consensus, Exit, Gradients, Matter
from comitia.charter.words import BASES, RULES, capital, days, joined, listed, one, share

_AMENDED = {
    "furthest_first": "of several amendments the one that goes furthest is voted on first",
    "as_moved": "amendments are voted on in the order in which they were moved",
}
_TIES = {
    "chair": "at an equal vote the chair decides",
    "carries": "an equal vote carries",
    "stands": "at an equal vote what was decided before stands",
}
_SILENCES = {"abstains": "who is silent counts as abstaining", "consents": "who is silent consents"}


def decided(charter: Charter, matter: Matter) -> Sentence:
    """Return how a matter is decided."""
    parts = [f"{capital(matter.name)}: moved by {listed(charter, matter.movers)}", _carried(charter, matter)]
    parts.append(f"{days(matter.notice_days)} notice, {days(matter.voting_days)} voting")
    parts += _readings(matter)
    parts += _counted(matter)
    parts += _texts(matter)
    parts += [_step(charter, step, at) for at, step in enumerate(matter.exits)]
    parts += _reach(charter, matter)
    if matter.delay_days:
        parts.append(f"in force {days(matter.delay_days)} later")
    return Sentence("; ".join(parts) + ".", matter.article)


def _carried(charter: Charter, matter: Matter) -> str:
    bodies = joined([one(charter, name) for name in matter.decided_by]) or "nobody"
    each = ", each" if len(matter.decided_by) > 1 else ""
    quorum = f", when {_quorum(matter)} take part" if matter.quorum else ""
    match matter.procedure, matter.demand:
        case "consensus", Consensus(blocks, aside):
            stopped = f"with at most {blocks} blocking and at most {aside} standing aside"
            return f"carried by consensus of {bodies}{each}, {stopped}{quorum}"
        case "gradients", Gradients(level, at_least, bad, opposed):
            return (
                f"carried by {bodies}{each}, when {share(at_least, strict=False)} stand at level {level} of 8 or "
                f"better and at most {opposed} at {bad} or worse{quorum}"
            )
        case "advice", Advice(pieces):
            asked = f"{pieces} piece of advice" if pieces == 1 else f"{pieces} pieces of advice"
            return f"decided by the mover alone after {asked} from others concerned in {bodies}"
        case "consent", _:
            return f"carried by consent of {bodies}{each}: when nobody upholds an objection with a reason{quorum}"
        case "sense_check", _:
            return f"the sense of {bodies}, which decides nothing"
        case _:
            threshold = f"{share(matter.threshold, strict=matter.strict)} of {BASES[matter.base]}"
            return f"carried by {bodies}{each} with {threshold}{quorum}{_groups(charter, matter)}"


def _quorum(matter: Matter) -> str:
    if isinstance(matter.quorum, int):
        return f"{matter.quorum} people"
    return f"{share(matter.quorum, strict=False)} of {BASES[matter.quorum_base]}"


def _groups(charter: Charter, matter: Matter) -> str:
    if matter.groups is None:
        return ""
    rule = matter.groups
    whose = joined([charter.kinds[name].plural if name in charter.kinds else name for name in matter.decided_by])
    return (
        f", and by {share(rule.groups, strict=rule.groups_strict)} of the {whose}, each counted for itself, "
        f"where {share(rule.turnout, strict=False)} take part and "
        f"{share(rule.approval, strict=rule.approval_strict)} of the votes for and against are for it"
    )


def _readings(matter: Matter) -> Iterator[str]:
    if matter.readings > 1:
        apart = f", {days(matter.reading_days)} apart" if matter.reading_days else ""
        yield f"carried {matter.readings} times{apart}"


def _counted(matter: Matter) -> Iterator[str]:
    """Yield how votes are counted where it is not the ordinary way: who is silent is absent, an equal vote fails."""
    if matter.procedure == "vote":
        if matter.abstentions == "not_counted":
            yield "an abstention is no vote cast"
        if not matter.no_counts_to_quorum:
            yield "votes against do not count to the quorum"
        if matter.abstentions_count_to_quorum is False:
            yield "abstentions do not count to the quorum"
        if matter.tie != "fails":
            yield _TIES[matter.tie]
    if matter.silence != "absent":
        yield _SILENCES[matter.silence]


def _texts(matter: Matter) -> Iterator[str]:
    if matter.amendments != "none":
        deep = "; an amendment may be amended itself" if matter.amendment_depth == 2 else ""
        yield f"{_AMENDED[matter.amendments]}{deep}"
    if matter.alternatives:
        yield f"among several texts the voters choose {RULES[matter.alternatives]}"


def _step(charter: Charter, step: Exit, at: int) -> str:
    when = ("if not all carry it" if at == 0 else "then") + (f", {days(step.days)} later" if step.days else "")
    body = one(charter, step.body)
    match step.way:
        case "second_reading":
            return f"{when}, the same bodies vote a second time"
        case "conciliation":
            needed = f"{share(step.threshold, strict=step.strict)} of {BASES[step.base]}"
            return f"{when}, {body} works out a text with {needed}, on which the same bodies vote again"
        case "joint":
            whose = "its filled seats" if step.base == "filled" else BASES[step.base]
            return f"{when}, {body} may decide alone with {share(step.threshold, strict=step.strict)} of {whose}"
        case "veto":
            shares = ", then ".join(share(threshold, strict=False) for threshold in step.thresholds)
            return f"{when}, those that carried it may carry it over the others with {shares} of {BASES[step.base]}"
        case _:
            assert_never(step.way)


def _reach(charter: Charter, matter: Matter) -> Iterator[str]:
    if matter.affects:
        roll = charter.rolls.get(matter.affects)
        yield f"it belongs to the lowest body that holds every {roll.name if roll else matter.affects} concerned"
    if matter.appeal:
        above = charter.matters.get(matter.appeal)
        to = joined([one(charter, name) for name in above.decided_by]) if above else matter.appeal
        yield f"those concerned may bring it before {to} within {days(matter.appeal_days)}"
