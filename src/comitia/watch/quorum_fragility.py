"""I30, quorum fragility: how far above the quorum decisions were, and matters in which a vote against may help.

Source: “voting no can help a proposal” (blockchainsllc/DAO, issue 251), and Bibby 2018 on meetings just above the
quorum. A vote against helps where it counts towards a quorum that would else be missed.
"""

from fractions import Fraction

from comitia.charter.structure import Matter
from comitia.watch import answers
from comitia.watch.indicator import LEAST_VOTERS, Indicator, Reading, share
from comitia.watch.view import View

FRAGILE = Indicator(
    "I30", "quorum fragility", "least (people who took part / quorum) among the decisions of a term that have a quorum",
    "0 and up", "Bibby 2018", "below 1 the quorum was missed and nothing was carried", "ratio",
)  # fmt: skip
HELPED = Indicator(
    "I30", "matters where a vote against may help", "matters with a quorum that votes against count to / matters",
    "0 to 1",
    "blockchainsllc/DAO, issue 251", "by the charter's words; the checker warns of it too", "share",
)  # fmt: skip


def helps_by_voting_against(matter: Matter) -> bool:
    """Return whether a vote against a motion can help it, by making up a quorum."""
    return matter.quorum > 0 and matter.no_counts_to_quorum and matter.base in ("for_against", "cast", "present")


def readings(view: View) -> tuple[Reading, ...]:
    """Return the most fragile decision, and the matters in which a vote against may help."""
    rows = []
    for row in view.decided:
        verdict = row.division.verdict
        for one in verdict.verdicts if verdict is not None else ():
            # In an assembly members vote in secret: nothing is said of fewer than ten.
            secret = one.body and not row.spoken
            if one.quorum_needed and not (secret and one.tally.filled < LEAST_VOTERS):
                rows.append((Fraction(one.quorum_present) / one.quorum_needed, one, row.act))
    helped = [m for m in view.rules.matters.values() if helps_by_voting_against(m)]
    articles = tuple(dict.fromkeys(m.article for m in helped)) or answers.matters(view.rules, "charter")
    if rows:
        least, verdict_, act = min(rows, key=lambda r: (r[0], r[2]))
        sentence = (
            f"The nearest to its quorum was {verdict_.body}: {verdict_.quorum_present} took part where "
            f"{verdict_.quorum_needed} were needed."
        )
        fragile = Reading(FRAGILE, "", least, len(rows), len(rows), sentence, (act,), (verdict_.rule.article,))
    else:
        fragile = Reading(FRAGILE, "", None, 0, 0, "No decision with a quorum to tell of.", (), articles)
    whole = len(view.rules.matters)
    named = ", ".join(m.name for m in helped[:5])
    said = f"In {len(helped)} of {whole} matters a vote against can make up the quorum{': ' + named if named else ''}."
    return (fragile, share(HELPED, "", (len(helped), whole), said, articles=articles))
