"""Consent: a motion is carried unless an objection with a reason stands at the close.

Source: the consent decision of sociocratic circles (G. Endenburg, "Sociocracy: The Organization of Decision-Making",
1998): no objection, rather than everybody's agreement, is asked for.
"""

from comitia.decide import verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Rule, Tally, Verdict


def consent_verdict(body: str, tally: Tally, rule: Rule, *, objections: int) -> Verdict:
    """Return whether a body consents: enough took part, somebody is for it, and no objection stands.

    Args:
        tally: who took part; nobody votes against, but objects.
        rule: for the quorum, the meaning of silence and the article; its threshold is not asked.
        objections: with a reason, that nobody took back.

    Raises:
        TallyContradicts: more take part than may.
    """
    found = verdict.verdict(body, tally, rule)
    carried = found.quorum_met and found.tally.for_ > 0 and not objections
    asked = clause("objections", number=str(objections)) if objections else clause("no_objection")
    return verdict.procedural(found, carried, count=verdict.counted("count_consent", body, found.tally), asked=asked)
