"""Every kind of verdict as a member reads it, in every language, to the letter: tests/decide/sentences.txt.

Run with COMITIA_TRANSCRIPTS=write to write what is said now.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from comitia.decide import (
    advice,
    consensus,
    consent,
    election,
    gradients,
    groups,
    recall,
    sense_check,
    sentence,
    ties,
    verdict,
)
from comitia.decide.clause import Clause, clause
from comitia.decide.count import plurality, stv_scottish
from comitia.decide.phrases import en
from comitia.decide.profile import Profile
from comitia.decide.verdict import Decision, Rule, Tally, Verdict

PAGE = Path(__file__).parent / "sentences.txt"
WRITE = os.environ.get("COMITIA_TRANSCRIPTS") == "write"
HALF, ALL, NONE = Fraction(1, 2), Fraction(1), Fraction(0)
RULE = Rule(
    article="14", base="cast", threshold=HALF, strict=True, quorum=None, quorum_base="filled",
    abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
)  # fmt: skip
HOUSE, ASSEMBLY = Tally(200, 60, 52, 31, 12, 4), Tally(20, 0, 20, 8, 8, 1)
TIED = Tally(9, 9, 8, 4, 4, 0)
SEAT = clause("seat", body="board", number="1")


def votes() -> Iterator[tuple[str, Verdict | Decision]]:
    """Yield votes under every rule."""

    def of(tally: Tally, **rule: object) -> Verdict:
        return verdict.verdict("house", tally, replace(RULE, **rule))  # type: ignore[arg-type]

    yield "a vote", of(HOUSE, quorum=HALF)
    yield "one member, one seat", of(Tally(1, 1, 1, 1, 0, 0))
    yield "one member of an assembly", of(Tally(1, 0, 1, 0, 1, 0))
    yield "a weighed vote", of(replace(HOUSE, for_=Fraction(63, 2), against=Fraction(23, 2)))
    yield "quorum of those for it or abstaining", of(HOUSE, quorum=40, against_counts=False)
    yield "quorum of those for or against", of(HOUSE, quorum=44, abstaining_counts=False)
    yield "quorum of those for it alone", of(HOUSE, quorum=31, against_counts=False, abstaining_counts=False)
    for base in ("members", "seats", "filled", "present", "cast", "for_against"):
        yield f"at least 2/3 of {base}", of(HOUSE, base=base, threshold=Fraction(2, 3), strict=False)
        yield f"all of {base}", of(HOUSE, base=base, threshold=ALL, strict=False)
        yield f"all of {base}, an assembly", of(ASSEMBLY, base=base, threshold=ALL, strict=False)
    yield "one vote is enough", of(HOUSE, threshold=NONE)
    for tie in ("fails", "stands", "carries"):
        yield f"a tie {tie}", of(TIED, tie=tie)
    yield "a tie below the threshold", of(replace(TIED, abstaining=0), tie="carries", threshold=Fraction(2, 3))
    for cast in (None, "for", "against"):
        yield f"the chair: {cast}", of(replace(TIED, chair=cast), tie="chair")
    for silent in (1, 2):
        yield f"{silent} silent", of(Tally(9, 9, 9, 9 - silent, 0, 0), silence="consents")
    yield "houses that divide", verdict.joint([of(HOUSE), of(TIED)])
    yield "houses that agree", verdict.joint([of(HOUSE), of(HOUSE)])


def other_ways() -> Iterator[tuple[str, Verdict | Decision]]:
    """Yield decisions otherwise than by vote, and by groups."""
    ruled = replace(RULE, quorum=HALF)
    for number in (0, 1, 2):
        yield f"{number} objections", consent.consent_verdict("circle", Tally(9, 9, 9, 6, 0, 1), ruled,
                                                              objections=number)  # fmt: skip
    yield "consent, few there", consent.consent_verdict("circle", Tally(9, 9, 9, 1, 0, 0), ruled, objections=0)
    asked = (0, Fraction(1, 3))
    yield "consensus", consensus.consensus_verdict("circle", Tally(9, 9, 9, 5, 1, 1), RULE, aside=2, demand=asked)
    levels = gradients.Demand(4, Fraction(2, 3), 7, Fraction(1, 10))
    yield "gradients", gradients.gradients_verdict("circle", {1: 3, 4: 2, 8: 1}, Tally(9, 9, 9, 0, 0, 0), rule=RULE,
                                                   demand=levels)  # fmt: skip
    yield "a sense check", sense_check.sense_verdict("circle", Tally(9, 9, 9, 5, 1, 0), RULE)
    yield "advice", advice.advice_verdict("circle", 9, RULE, given=2, pieces=2)
    for strict in (True, False):
        demand = groups.Demand(HALF, HALF, strict, Fraction(2, 3), strict)
        tallies = {"north": Tally(10, 0, 10, 6, 1, 0), "south": Tally(10, 0, 10, 2, 0, 0)}
        each = [groups.group_verdict(name, tally, RULE, demand=demand) for name, tally in tallies.items()]
        yield from ((f"the group {one.body}", one) for one in each)
        whole = groups.groups_verdict(clause("all_bodies", bodies="assemblies"), tallies, RULE, demand=demand)
        yield "all groups", verdict.together(each, whole)


def people() -> Iterator[tuple[str, Verdict | Decision]]:
    """Yield recalls, elections and a refounding."""
    ruled = replace(RULE, base="for_against", quorum=HALF, quorum_base="members")
    for tie in ("fails", "carries"):
        yield f"recall, a tie {tie}", recall.recall_verdict(SEAT, ASSEMBLY, replace(ruled, tie=tie))  # type: ignore[arg-type]
    yield "recalled", recall.recall_verdict(SEAT, replace(ASSEMBLY, for_=11), ruled)
    yield "confidence, a tie", recall.confidence_verdict(SEAT, ASSEMBLY, ruled)
    yield "confidence", recall.confidence_verdict(SEAT, replace(ASSEMBLY, for_=11), ruled)
    yield "confidence, few there", recall.confidence_verdict(SEAT, replace(ASSEMBLY, for_=1, against=1), ruled)
    place = clause("seat_for", body="house", group="assembly of Mill", number="4")
    for seats in (1, 4):
        yield f"by her own quota of {seats}", recall.own_quota_verdict(place, ASSEMBLY, ruled, seats=seats)
    lot = ties.Lot(b"seed")
    counted = stv_scottish.count(Profile(("Ada", "Bo"), ((5, (0, 1)), (3, (1,)), (1, ()))), seats=2, lot=lot)
    one = plurality.count(Profile(("Ada",), ((1, (0,)),)), seats=1, lot=lot)
    for name, sheet, voted in (("STV", counted, (9, 20)), ("one vote", one, (1, 1)), ("nobody stood", None, (0, 9))):
        for turnout in (NONE, HALF):
            found = election.election_verdict("board", sheet, voted, turnout=turnout, article="6")
            yield f"election, {name}, turnout {turnout}", verdict.alone(found)
    yield "a refounding", verdict.verdict(clause("everybody"), replace(ASSEMBLY, for_=11), RULE)


def cases() -> tuple[tuple[str, Verdict | Decision], ...]:
    return (*votes(), *other_ways(), *people())


def page() -> str:
    lines = ["; What verdicts say, in each language. Written by tests/decide/test_sentences.py."]
    for name, found in cases():
        lines += ["", f"# {name}", *(f"{code}  {sentence.sentence(found, code)}" for code in sentence.BOOKS)]
    return "\n".join(lines) + "\n"


def keys(said: Clause) -> set[str]:
    one = f"{said.key}_one"
    used = {one if dict(said.facts).get("number") == "1" and one in en.PHRASES else said.key}
    return used.union(*(keys(fact) for _, fact in said.facts if isinstance(fact, Clause)))


def test_verdicts_say_in_each_language_what_stands_on_the_page() -> None:
    now = page()
    if WRITE:
        PAGE.write_text(now, encoding="utf-8")

    assert now == PAGE.read_text(encoding="utf-8")


def test_every_phrase_stands_on_the_page() -> None:
    used: set[str] = set()
    for _, found in cases():
        verdicts = [found] if isinstance(found, Verdict) else [*found.verdicts, *filter(None, [found.whole])]
        for one in verdicts:
            used.update(*(keys(said) for said in (one.outcome, *one.clauses)))

    assert sorted(set(en.PHRASES) - used - {"point"}) == []


def test_english_is_what_the_verdict_itself_says() -> None:
    for name, found in cases():
        assert sentence.sentence(found, "en") == found.sentence, name
