"""Advice: the mover decides, once enough of those concerned have advised her.

Source: the advice process of self-managed companies (D. Bakke, "Joy at Work", 2005).
"""

from comitia.decide import verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Rule, Tally, Verdict


def advice_verdict(body: str, concerned: int, rule: Rule, *, given: int, pieces: int) -> Verdict:
    """Return whether enough advice was given for the mover to decide; her closing it is her decision.

    Args:
        concerned: who may advise: those who sit in the body, the mover among them.
        rule: for the article.
        given: pieces of advice, one from each adviser. pieces: as many as the charter asks for.

    Raises:
        TallyContradicts: more advise than may.
    """
    found = verdict.verdict(body, Tally(concerned, 0, concerned, given, 0, 0), rule)
    count = clause("count_advice", body=body, given=str(given), of=verdict.voters(found.tally))
    return verdict.procedural(found, given >= pieces, count=count, asked=clause("advice", pieces=str(pieces)))
