"""Verdicts: a decision as a value with its whole sum and a sentence, one for each body and one for all together.

``Decision`` is what comes of every motion, election, recall, refounding and change of the charter: the ``Verdict`` of
each body that decided, and what follows from them.

Exact fractions throughout. Nothing is carried without a single vote for it, and a quorum that is missed carries
nothing. All political choices (base, threshold, quorum, abstentions, ties, silence) come as arguments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal, assert_never

from comitia.decide import sheet
from comitia.decide.clause import Clause, clause, say
from comitia.decide.phrases import en

Base = Literal["members", "seats", "filled", "present", "cast", "for_against"]
Choice = Literal["for", "against", "abstain"]
Votes = int | Fraction


@dataclass(frozen=True, slots=True)
class Rule:
    """What an article demands of a body that decides.

    Attributes:
        base: of what the threshold is a share. ``for_against`` leaves abstentions out; ``cast`` takes them in if
            ``abstentions`` says so; the others are fixed before the vote.
        threshold, strict: the share of the base that must be for it; strict is more than it, else at least it.
        quorum: share of ``quorum_base`` (Fraction) or number (int) that must take part; None demands none.
        against_counts, abstaining_counts: whether votes against, and abstentions, count to the quorum. Where votes
            against do not, nobody helps a motion by coming to vote against it.
        abstentions: whether an abstention is a vote cast.
        tie: what an equal number for and against means, where the threshold is missed by nothing else: ``fails``,
            ``chair`` (the chair's casting vote counts as one more), ``carries`` (as where a recall is not stopped by
            an equal vote), ``stands`` (what was decided before stands, and the sentence says so).
        silence: whether those who could vote and did not are ``absent``, ``abstains``, or ``consents`` (for it).
    """

    article: str
    base: Base
    threshold: Fraction
    strict: bool
    quorum: Fraction | int | None
    quorum_base: Literal["members", "seats", "filled"]
    abstentions: Literal["counted", "not_counted"]
    tie: Literal["fails", "chair", "carries", "stands"]
    silence: Literal["absent", "abstains", "consents"]
    against_counts: bool
    abstaining_counts: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How a body voted.

    Attributes:
        members: of the body's base; ``seats``: it has (0 for an assembly of all members, in which everybody who may
            vote has one); ``filled``: seats with a holder, or the members who may vote in an assembly.
        for_, against, abstaining: votes, whole or, where votes are weighed, exact fractions.
        present: who was there; None where voting is the only sign of presence.
        chair: the casting vote, where one was given.
    """

    members: Votes
    seats: Votes
    filled: Votes
    for_: Votes
    against: Votes
    abstaining: Votes
    present: Votes | None = None
    chair: Literal["for", "against"] | None = None


_COUNTED = {
    (True, True): "present",
    (False, True): "for_or_abstaining",
    (True, False): "for_or_against",
    (False, False): "for_alone",
}
"""Who counts to the quorum, in the words of a phrase: by whether votes against do, and abstentions."""

NOT_CARRIED = Clause("not_carried")


class TallyContradicts(Exception):
    """A tally in which more take part than may; the facts are ``body`` and ``tally``."""

    def __init__(self, body: str, tally: Tally, reason: str) -> None:
        super().__init__(f"the tally of {body} contradicts itself: {reason}; correct the numbers")
        self.body = body
        self.tally = tally
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a body decided, and the sum.

    Attributes:
        tally: with silent voters entered as abstaining, or as for it, where the rule says so.
        base: the number of which the threshold is a share.
        needed: the least whole number of votes for that carries.
        quorum_needed, quorum_present: None without a quorum.
        outcome, clauses: what is said of it, before a language is chosen; ``sentence`` says it in English, and
            ``decide/sentence.py`` in others.
    """

    body: str
    tally: Tally
    rule: Rule
    carried: bool
    base: Votes
    needed: int
    quorum_needed: int | None
    quorum_present: Votes
    quorum_met: bool
    tied: bool
    outcome: Clause = NOT_CARRIED
    clauses: tuple[Clause, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by one body or by several together: carried only if each carried it.

    Attributes:
        divided: some carried it and some did not, which a charter may send to conciliation.
        whole: where the votes of all bodies are counted together, the verdict on them; it decides then.
    """

    verdicts: tuple[Verdict, ...]
    carried: bool
    divided: bool
    sentence: str
    whole: Verdict | None = None


def _check_tally(body: str, tally: Tally) -> None:
    taken = tally.for_ + tally.against + tally.abstaining
    if min(tally.members, tally.seats, tally.filled, tally.for_, tally.against, tally.abstaining) < 0:
        raise TallyContradicts(body, tally, "a number below 0")
    if taken > tally.filled:
        raise TallyContradicts(body, tally, f"{_n(taken)} votes of {_n(tally.filled)} who may vote")
    if tally.present is not None and not taken <= tally.present <= tally.filled:
        reason = f"{_n(tally.present)} present, {_n(taken)} votes, {_n(tally.filled)} who may vote"
        raise TallyContradicts(body, tally, reason)
    if tally.seats and tally.filled > tally.seats:
        raise TallyContradicts(body, tally, f"{_n(tally.filled)} seats filled of {_n(tally.seats)}")


def _n(number: Votes) -> str:
    return sheet.exact_text(number)


def with_silence(tally: Tally, rule: Rule) -> Tally:
    """Return a tally with the silent entered as the rule says: not at all, as abstaining, or as for it."""
    if rule.silence == "absent":
        return tally
    silent = tally.filled - tally.for_ - tally.against - tally.abstaining
    if rule.silence == "consents":
        return replace(tally, for_=tally.for_ + silent, present=tally.filled)
    return replace(tally, abstaining=tally.abstaining + silent, present=tally.filled)


def present(tally: Tally) -> Votes:
    """Return how many were there: as counted, or else who voted or abstained."""
    return tally.for_ + tally.against + tally.abstaining if tally.present is None else tally.present


def _base_number(tally: Tally, rule: Rule) -> Votes:
    match rule.base:
        case "members":
            return tally.members
        case "seats":
            return tally.seats or tally.filled
        case "filled":
            return tally.filled
        case "present":
            return present(tally)
        case "cast":
            counted = tally.abstaining if rule.abstentions == "counted" else 0
            return tally.for_ + tally.against + counted
        case "for_against":
            return tally.for_ + tally.against
    assert_never(rule.base)


def _reaches(votes: Votes, base: Votes, rule: Rule) -> bool:
    share = rule.threshold * base
    return votes > 0 and (votes > share if rule.strict else votes >= share)


def _needed(base: Votes, rule: Rule) -> int:
    share = rule.threshold * base
    return max(1, floor(share) + 1 if rule.strict else ceil(share))


def _taking_part(tally: Tally, rule: Rule) -> Votes:
    """Return how many count to the quorum; who is there and says nothing does where both sides and abstentions do."""
    if rule.against_counts and rule.abstaining_counts:
        return present(tally)
    against = tally.against if rule.against_counts else 0
    return tally.for_ + against + (tally.abstaining if rule.abstaining_counts else 0)


def _quorum(tally: Tally, rule: Rule) -> tuple[int | None, Votes]:
    here = _taking_part(tally, rule)
    match rule.quorum:
        case None:
            return None, here
        case int():
            return rule.quorum, here
        case Fraction():
            seats = tally.seats or tally.filled
            of = {"members": tally.members, "seats": seats, "filled": tally.filled}[rule.quorum_base]
            return ceil(rule.quorum * of), here
    assert_never(rule.quorum)


def _breaks_tie(tally: Tally, rule: Rule) -> tuple[bool, str]:
    """Return whether an equal vote that missed its threshold carries all the same, and the phrase that says so."""
    match rule.tie:
        case "fails":
            return False, "tie_fails"
        case "stands":
            return False, "tie_stands"
        case "carries":
            # Only where the vote itself would have met the share had it been "at least": abstentions are not forgotten.
            carries = tally.for_ > 0 and tally.for_ >= rule.threshold * _base_number(tally, rule)
            return carries, "tie_carries" if carries else "tie_below"
        case "chair":
            if tally.chair is None:
                return False, "tie_no_casting"
            cast = rule.base in ("present", "cast", "for_against")
            base = _base_number(tally, rule) + (1 if cast else 0)
            carries = tally.chair == "for" and _reaches(tally.for_ + 1, base, rule)
            return carries, f"tie_casting_{tally.chair}"
    assert_never(rule.tie)


def voters(tally: Tally) -> Clause:
    """Return who may vote: so many seats filled, or so many members."""
    return clause("seats_filled" if tally.seats else "members", number=_n(tally.filled))


def _demand(tally: Tally, rule: Rule) -> Clause:
    """Return what is needed, in words: a share of the base, all of it, or a single vote."""
    if not rule.threshold:
        return clause("one_vote")
    # In an assembly everybody who may vote has a seat, and it is filled.
    base = "members" if rule.base in ("filled", "seats") and not tally.seats else rule.base
    if rule.threshold == 1:
        return clause(f"all_{base}")
    share = f"{rule.threshold.numerator}/{rule.threshold.denominator}"
    return clause("more_than" if rule.strict else "at_least", share=share, base=clause(f"base_{base}"))


def counted(key: str, body: str | Clause, tally: Tally) -> Clause:
    """Return how a body voted, in the words of a phrase."""
    return clause(
        key,
        body=body,
        for_=_n(tally.for_),
        against=_n(tally.against),
        abstaining=_n(tally.abstaining),
        of=voters(tally),
    )


def _sum_clause(body: str | Clause, tally: Tally, rule: Rule, quorum: tuple[int | None, Votes]) -> Clause:
    said = clause("sum", count=counted("count", body, tally), demand=_demand(tally, rule), article=rule.article)
    needed, came = quorum
    if needed is None:
        return said
    here = clause(_COUNTED[rule.against_counts, rule.abstaining_counts])
    return clause("sum_with_quorum", sum=said, needed=str(needed), here=here, present=_n(came))


def verdict(body: str | Clause, tally: Tally, rule: Rule) -> Verdict:
    """Return what a body decided under a rule, with the sum and a sentence.

    Args:
        body: its name as members say it, for the sentence.

    Raises:
        TallyContradicts: more votes than voters, or numbers below 0.
    """
    name = body if isinstance(body, str) else say(body, en.PHRASES)
    _check_tally(name, tally)
    silent = tally.filled - tally.for_ - tally.against - tally.abstaining
    tally = with_silence(tally, rule)
    base = _base_number(tally, rule)
    quorum_needed, quorum_present = _quorum(tally, rule)
    quorum_met = quorum_needed is None or quorum_present >= quorum_needed
    carried = quorum_met and _reaches(tally.for_, base, rule)
    tied = tally.for_ == tally.against
    clauses = [_sum_clause(body, tally, rule, (quorum_needed, quorum_present))]
    if rule.silence == "consents" and silent:
        clauses.append(clause("silent_consent", number=_n(silent)))
    if not quorum_met:
        clauses.append(clause("no_quorum"))
    elif tied and not carried:
        carried, key = _breaks_tie(tally, rule)
        clauses.append(clause(key, article=rule.article))
    found = Verdict(
        name, tally, rule, carried, base, _needed(base, rule), quorum_needed, quorum_present, quorum_met, tied
    )
    return decided(found, carried, clauses=tuple(clauses))


def joint(verdicts: Sequence[Verdict]) -> Decision:
    """Return what several bodies decided together; it is carried only if every one of them carried it.

    Args:
        verdicts: one or more, in the order in which the charter names the bodies.
    """
    carried = bool(verdicts) and all(one.carried for one in verdicts)
    divided = not carried and any(one.carried for one in verdicts)
    found = Decision(tuple(verdicts), carried, divided, "")
    return replace(found, sentence=joint_sentence(found, en.PHRASES))


def alone(found: Verdict) -> Decision:
    """Return what one body decided: the outcome of an election, a recall or a refounding."""
    return Decision((found,), found.carried, False, found.sentence)


def together(verdicts: Sequence[Verdict], whole: Verdict) -> Decision:
    """Return what all bodies decided whose votes are counted together; the verdict on the whole decides."""
    return Decision(tuple(verdicts), whole.carried, False, whole.sentence, whole)


def sentence(found: Verdict, phrases: Mapping[str, str]) -> str:
    """Return a verdict's whole sum in one sentence, in the language of a phrase book."""
    return f"{say(found.outcome, phrases)}: {'; '.join(say(one, phrases) for one in found.clauses)}"


def joint_sentence(found: Decision, phrases: Mapping[str, str]) -> str:
    """Return a decision's whole sum in one sentence, in the language of a phrase book."""
    if found.whole is not None:
        return sentence(found.whole, phrases)
    if len(found.verdicts) == 1:
        return sentence(found.verdicts[0], phrases)
    parts = []
    for one in found.verdicts:
        said = "; ".join(say(part, phrases) for part in one.clauses)
        parts.append(f"{said} [{say(one.outcome, phrases)}]" if found.divided else said)
    return f"{phrases['carried' if found.carried else 'not_carried']}: {'; '.join(parts)}"


def decided(
    found: Verdict, carried: bool, *, clauses: tuple[Clause, ...], outcome: tuple[str, str] = ("carried", "not_carried")
) -> Verdict:
    """Return a verdict with its outcome, and what is said of it.

    Args:
        clauses: the whole sum.
        outcome: the phrases for one that is carried, and for one that is not.
    """
    told = replace(found, carried=carried, outcome=clause(outcome[0] if carried else outcome[1]), clauses=clauses)
    return replace(told, sentence=sentence(told, en.PHRASES))


def procedural(found: Verdict, carried: bool, *, count: Clause, asked: Clause) -> Verdict:
    """Return the verdict of another procedure than the vote: who took part, and what the procedure asks.

    Args:
        found: the count of who took part, by ``verdict``; whether its threshold was reached is not asked.
        carried: by the procedure.
        count: who took part, in the procedure's words.
        asked: what it asks and what was given.
    """
    clauses = [count, clause("asked", asked=asked, article=found.rule.article)]
    if found.quorum_needed is not None:
        clauses.append(clause("quorum", needed=str(found.quorum_needed), present=_n(found.quorum_present)))
    if not found.quorum_met:
        clauses.append(clause("no_quorum"))
    return decided(found, carried, clauses=tuple(clauses))
