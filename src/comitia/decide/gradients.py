"""Gradients of agreement: eight levels from whole-hearted support to a veto, and what the charter asks of them.

Source: S. Kaner, "Facilitator's Guide to Participatory Decision-Making" (1996), the scale of agreement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.decide import sheet, verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Rule, Tally, Verdict, Votes

LEVELS = range(1, 9)


@dataclass(frozen=True, slots=True)
class Demand:
    """At least ``share`` of those taking part stand at ``level`` or better, at most ``opposed`` at ``bad`` or worse."""

    level: int
    share: Fraction
    bad: int
    opposed: Fraction


def gradients_verdict(
    body: str, positions: Mapping[int, Votes], tally: Tally, *, rule: Rule, demand: Demand
) -> Verdict:
    """Return whether a body agrees far enough.

    Args:
        positions: how many stand at each level, 1 the best; a level that is missing has nobody.
        tally: who may take part; its votes are not read.
        rule: for the quorum and the article; silence at level 4 where it abstains, at level 1 where it consents.
        demand: what the charter asks.

    Raises:
        TallyContradicts: more take part than may.
    """
    good: Votes = sum(positions.get(level, 0) for level in LEVELS if level <= demand.level)
    bad: Votes = sum(positions.get(level, 0) for level in LEVELS if level >= demand.bad)
    between: Votes = sum(positions.get(level, 0) for level in LEVELS if demand.level < level < demand.bad)
    read = Tally(tally.members, tally.seats, tally.filled, good, bad, between, tally.present)
    found = verdict.verdict(body, read, rule)
    taking = found.tally.for_ + found.tally.against + found.tally.abstaining
    enough = found.tally.for_ > 0 and found.tally.for_ >= demand.share * taking
    carried = found.quorum_met and enough and found.tally.against <= demand.opposed * taking
    asked = clause(
        "gradients",
        good=sheet.exact_text(found.tally.for_),
        taking=sheet.exact_text(taking),
        level=str(demand.level),
        share=str(demand.share),
        bad=sheet.exact_text(found.tally.against),
        worse=str(demand.bad),
        opposed=str(demand.opposed),
    )
    count = clause("count_taking", body=body, taking=sheet.exact_text(taking), of=verdict.voters(found.tally))
    return verdict.procedural(found, carried, count=count, asked=asked)
