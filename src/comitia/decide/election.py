"""The verdict on an election: who was elected to how many seats, by which rule, with what turnout."""

from collections.abc import Sequence
from fractions import Fraction

from comitia.decide import sheet, verdict
from comitia.decide.clause import Clause, clause
from comitia.decide.sheet import Sheet
from comitia.decide.verdict import Rule, Tally, Verdict


def election_verdict(
    body: str, counted: Sheet | None, voted: tuple[int, int], *, turnout: Fraction, article: str
) -> Verdict:
    """Return whether an election holds, and whom it elected.

    Args:
        counted: the count sheet; None where nobody stood.
        voted: how many voted, of how many electors.
        turnout: share of the electors who must vote; 0 is none. Missed, nobody is elected.

    Raises:
        TallyContradicts: more voters than electors.
    """
    taking, electors = voted
    blank = counted.blank if counted else taking
    rule = Rule(
        article=article, base="cast", threshold=Fraction(0), strict=False, quorum=turnout or None,
        quorum_base="members", abstentions="counted", tie="fails", silence="absent",
        against_counts=True, abstaining_counts=True,
    )  # fmt: skip
    found = verdict.verdict(body, Tally(electors, 0, electors, taking - blank, 0, blank), rule)
    winners = [counted.candidates[w] for w in counted.winners] if counted and found.quorum_met else []
    clauses = [
        _filled(body, winners, counted.seats) if counted else clause("nobody_stood", body=body),
        clause("turnout", voted=str(taking), electors=str(electors), blank=str(blank)),
    ]
    if counted and counted.quota is not None:
        quota = sheet.exact_text(counted.quota)
        clauses.append(clause("counted_by_quota", source=counted.source, quota=quota, article=article))
    elif counted:
        clauses.append(clause("counted_by", source=counted.source, article=article))
    if found.quorum_needed is not None:
        clauses.append(clause("quorum", needed=str(found.quorum_needed), present=str(taking)))
    if not found.quorum_met:
        clauses.append(clause("no_quorum"))
    return verdict.decided(found, bool(winners), clauses=tuple(clauses), outcome=("elected", "nobody_elected"))


def _filled(body: str, winners: Sequence[str], seats: int) -> Clause:
    if not winners:
        return clause("no_winners", seats=str(seats), body=body)
    return clause("winners", names=", ".join(winners), number=str(len(winners)), seats=str(seats), body=body)
