"""Consensus with the right to block: so many blocks stop a motion, and only so many may stand aside.

Source: the practice of consensus assemblies (C. T. Butler and A. Rothstein, "On Conflict and Consensus", 1987): agree,
stand aside, block.
"""

from dataclasses import replace
from fractions import Fraction

from comitia.decide import sheet, verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Rule, Tally, Verdict, Votes


def consensus_verdict(body: str, tally: Tally, rule: Rule, *, aside: Votes, demand: tuple[int, Fraction]) -> Verdict:
    """Return whether a body comes to a consensus.

    Args:
        tally: for it, blocking (``against``), abstaining (those who stand aside are not among them).
        rule: for the quorum, the meaning of silence and the article; its threshold is not asked.
        aside: how many stand aside.
        demand: how many blocks a motion survives, and the largest share of those taking part who may stand aside.

    Raises:
        TallyContradicts: more take part than may.
    """
    blocks, most = demand
    found = verdict.verdict(body, replace(tally, abstaining=tally.abstaining + aside), rule)
    taking = found.tally.for_ + found.tally.against + found.tally.abstaining
    few_blocks, few_aside = found.tally.against <= blocks, aside <= most * taking
    carried = found.quorum_met and found.tally.for_ > 0 and few_blocks and few_aside
    count = clause(
        "count_consensus",
        body=body,
        agreeing=sheet.exact_text(found.tally.for_),
        aside=sheet.exact_text(aside),
        blocking=sheet.exact_text(found.tally.against),
        abstaining=sheet.exact_text(found.tally.abstaining - aside),
        of=verdict.voters(found.tally),
    )
    asked = clause("consensus", blocks=str(blocks), taking=sheet.exact_text(taking), most=str(most))
    return verdict.procedural(found, carried, count=count, asked=asked)
