"""Verdicts: a decision as a value with its whole sum and a sentence, one for each body and one for all together.

Exact fractions throughout. Nothing is carried without a single vote for it, and a quorum that is missed carries
nothing. All political choices (base, threshold, quorum, abstentions, ties, silence) come as arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal, assert_never

from comitia.decide import sheet

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
        against_counts: False makes the quorum count those for and abstaining alone, so that nobody helps a motion by
            coming to vote against it.
        abstentions: whether an abstention is a vote cast.
        tie: what an equal number for and against means, where the threshold is missed by nothing else: ``fails``,
            ``chair`` (the chair's casting vote counts as one more), ``carries`` (as where a recall is not stopped by
            an equal vote), ``stands`` (what was decided before stands, and the sentence says so).
        silence: whether those who could vote and did not are ``absent`` or ``abstains``.
    """

    article: str
    base: Base
    threshold: Fraction
    strict: bool
    quorum: Fraction | int | None
    quorum_base: Literal["members", "seats", "filled"]
    abstentions: Literal["counted", "not_counted"]
    tie: Literal["fails", "chair", "carries", "stands"]
    silence: Literal["absent", "abstains"]
    against_counts: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How a body voted.

    Attributes:
        members: of the body's base; ``seats``: it has (0 for an assembly of all members); ``filled``: seats with a
            holder, or the members who may vote in an assembly.
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
        tally: with silent voters entered as abstaining where the rule says so.
        base: the number of which the threshold is a share.
        needed: the least whole number of votes for that carries.
        quorum_needed, quorum_present: None without a quorum.
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
    sentence: str


@dataclass(frozen=True, slots=True)
class JointVerdict:
    """What several bodies decided together: carried only if each carried it.

    ``divided`` is True where some carried it and some did not, which a charter may send to conciliation.
    """

    verdicts: tuple[Verdict, ...]
    carried: bool
    divided: bool
    sentence: str


_BASE_WORDS: dict[Base, str] = {
    "members": "all members",
    "seats": "all seats",
    "filled": "seats filled",
    "present": "those present",
    "cast": "votes cast",
    "for_against": "votes for and against",
}


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


def _with_silence(tally: Tally, rule: Rule) -> Tally:
    if rule.silence == "absent":
        return tally
    silent = tally.filled - tally.for_ - tally.against - tally.abstaining
    return Tally(
        tally.members, tally.seats, tally.filled, tally.for_, tally.against, tally.abstaining + silent,
        tally.filled, tally.chair,
    )  # fmt: skip


def _present(tally: Tally) -> Votes:
    return tally.for_ + tally.against + tally.abstaining if tally.present is None else tally.present


def _base_number(tally: Tally, rule: Rule) -> Votes:
    match rule.base:
        case "members":
            return tally.members
        case "seats":
            return tally.seats
        case "filled":
            return tally.filled
        case "present":
            return _present(tally)
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


def _quorum(tally: Tally, rule: Rule) -> tuple[int | None, Votes]:
    present = _present(tally) if rule.against_counts else tally.for_ + tally.abstaining
    match rule.quorum:
        case None:
            return None, present
        case int():
            return rule.quorum, present
        case Fraction():
            of = {"members": tally.members, "seats": tally.seats, "filled": tally.filled}[rule.quorum_base]
            return ceil(rule.quorum * of), present
    assert_never(rule.quorum)


def _breaks_tie(tally: Tally, rule: Rule) -> tuple[bool, str]:
    """Return whether an equal vote that missed its threshold carries all the same, and what to say of it."""
    match rule.tie:
        case "fails":
            return False, f"a tie, and a tie fails (article {rule.article})"
        case "stands":
            return False, f"a tie, and what was decided before stands (article {rule.article})"
        case "carries":
            fixed = rule.base in ("members", "seats", "filled")
            base = _base_number(tally, rule) if fixed else tally.for_ + tally.against
            carries = tally.for_ > 0 and tally.for_ >= rule.threshold * base
            said = "a tie carries" if carries else "a tie below the threshold fails"
            return carries, f"a tie, and {said} (article {rule.article})"
        case "chair":
            if tally.chair is None:
                return False, f"a tie, and the chair gave no casting vote (article {rule.article})"
            cast = rule.base in ("present", "cast", "for_against")
            base = _base_number(tally, rule) + (1 if cast else 0)
            carries = tally.chair == "for" and _reaches(tally.for_ + 1, base, rule)
            return carries, f"a tie, and the chair's casting vote was {tally.chair} (article {rule.article})"
    assert_never(rule.tie)


def _sum_text(body: str, tally: Tally, rule: Rule, quorum: tuple[int | None, Votes]) -> str:
    of = f"{_n(tally.filled)} seats filled" if tally.seats else f"{_n(tally.filled)} members"
    more = "more than" if rule.strict else "at least"
    base = _BASE_WORDS[rule.base]
    if rule.base == "filled" and not tally.seats:
        base = "all members"
    share = f"{rule.threshold.numerator}/{rule.threshold.denominator}" if rule.threshold.denominator > 1 else "all"
    demand = f"{more} {share} of {base} needed" if share != "all" else f"all of {base} needed"
    needed, present = quorum
    said = (
        f"{body} {_n(tally.for_)} for, {_n(tally.against)} against, {_n(tally.abstaining)} abstaining of {of}; "
        f"{demand} (article {rule.article})"
    )
    if needed is None:
        return said
    here = "present" if rule.against_counts else "for or abstaining"
    return f"{said}, quorum {needed} {here} {_n(present)}"


def verdict(body: str, tally: Tally, rule: Rule) -> Verdict:
    """Return what a body decided under a rule, with the sum and a sentence.

    Args:
        body: its name as members say it, for the sentence.

    Raises:
        TallyContradicts: more votes than voters, or numbers below 0.
    """
    _check_tally(body, tally)
    tally = _with_silence(tally, rule)
    base = _base_number(tally, rule)
    quorum_needed, quorum_present = _quorum(tally, rule)
    quorum_met = quorum_needed is None or quorum_present >= quorum_needed
    carried = quorum_met and _reaches(tally.for_, base, rule)
    tied = tally.for_ == tally.against
    clauses = [_sum_text(body, tally, rule, (quorum_needed, quorum_present))]
    if not quorum_met:
        clauses.append("no quorum")
    elif tied and not carried:
        carried, said = _breaks_tie(tally, rule)
        clauses.append(said)
    sentence = f"{'carried' if carried else 'not carried'}: {'; '.join(clauses)}"
    return Verdict(
        body, tally, rule, carried, base, _needed(base, rule), quorum_needed, quorum_present, quorum_met, tied, sentence
    )  # fmt: skip


def joint(verdicts: Sequence[Verdict]) -> JointVerdict:
    """Return what several bodies decided together; it is carried only if every one of them carried it.

    Args:
        verdicts: one or more, in the order in which the charter names the bodies.
    """
    carried = bool(verdicts) and all(one.carried for one in verdicts)
    divided = not carried and any(one.carried for one in verdicts)
    clauses = []
    for one in verdicts:
        outcome, _, said = one.sentence.partition(": ")
        clauses.append(f"{said} [{outcome}]" if divided else said)
    sentence = f"{'carried' if carried else 'not carried'}: {'; '.join(clauses)}"
    return JointVerdict(tuple(verdicts), carried, divided, sentence)


def with_sentence(found: Verdict, sentence: str) -> Verdict:
    """Return a verdict whose sentence is said in other words (recalled, elected); its sum stays as it is."""
    return replace(found, sentence=sentence)
