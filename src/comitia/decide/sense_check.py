"""A sense check: what a body thinks of a matter at this moment; it decides nothing, whatever the count."""

from comitia.decide import verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Rule, Tally, Verdict


def sense_verdict(body: str, tally: Tally, rule: Rule) -> Verdict:
    """Return what a body thinks; never carried.

    Raises:
        TallyContradicts: more take part than may.
    """
    found = verdict.verdict(body, tally, rule)
    count = verdict.counted("count", body, found.tally)
    heard = verdict.procedural(found, False, count=count, asked=clause("sense_check"))
    return verdict.decided(heard, False, clauses=heard.clauses, outcome=("heard", "heard"))
