"""I15, breadth of participation: who acts at all, who proposes, how unequally, how many vote, who reports against.

Source: Shaw and Hill 2014, who followed 683 wikis: fewer new administrators, more activity by administrators alone.
Acts are everything that people did beside voting. The breadth of proposing is exp(H), H the entropy of motions over
those who moved them. Turnout is told by assembly votes together, and never of fewer than ten voters.
"""

from bisect import bisect_right
from fractions import Fraction
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from comitia.watch import answers, turnover
from comitia.watch.indicator import LEAST_VOTERS, Indicator, Reading, share
from comitia.watch.view import View

ACTIVE = Indicator(
    "I15", "members who act", "members with an act of their own beside voting / members, in a term", "0 to 1",
    "Shaw and Hill 2014", "acts by word of mouth are not in the record", "share",
)  # fmt: skip
PROPOSERS = Indicator(
    "I15", "effective number of proposers", "exp of the entropy of a term's motions over their movers", "1 and up",
    "Shaw and Hill 2014", "a body's speaker may move what all worked out", "number",
)  # fmt: skip
UNEQUAL = Indicator(
    "I15", "participation inequality", "Gini coefficient of a term's acts beside voting over those who acted", "0 to 1",
    "Shaw and Hill 2014; Gini 1912", "offices act often by duty", "number",
)  # fmt: skip
TURNOUT = Indicator(
    "I15", "turnout", "votes / people who could vote, over the secret ballots of a term", "0 to 1",
    "Lipset, Trow and Coleman 1956", "never told of fewer than ten voters", "share",
)  # fmt: skip
REPORTS = Indicator(
    "I15", "minority reports", "minority reports / divisions in which somebody voted against, in a term", "0 and up",
    "our own; “a gesture last allowed in 1925”", "none may mean that none was needed", "ratio",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the five for the federation."""
    spoken = view.ledger.spoken
    low, high = bisect_right(spoken.at, view.since()), bisect_right(spoken.at, view.at)
    who = np.asarray(spoken.who[low:high], dtype=np.int64)
    clerk = spoken.people.numbers.get("clerk", -1)
    moved = spoken.words.numbers.get("motion_moved", -1)
    proposing = who[np.asarray(spoken.word[low:high], dtype=np.int64) == moved]
    counts = np.bincount(who[who != clerk]) if (who != clerk).any() else np.zeros(0, dtype=np.int64)
    each = counts[counts > 0]
    articles = answers.motions(view.rules)
    return (
        share(
            ACTIVE, "", (min(len(each), view.members), view.members),
            f"{len(each)} of {view.members} members did something beside voting in the last {view.days()} days.",
            articles=articles,
        ),
        _proposers(view, proposing, articles),
        _unequal(each, articles),
        _turnout(view),
        _reports(view),
    )  # fmt: skip


def _proposers(view: View, proposing: NDArray[np.int64], articles: tuple[str, ...]) -> Reading:
    if not proposing.size:
        return Reading(PROPOSERS, "", None, 0, 0, f"Nobody moved anything in {view.days()} days.", (), articles)
    counts = [int(n) for n in np.bincount(proposing) if n]
    entropy = -sum(n / proposing.size * log(n / proposing.size) for n in counts)
    value = round(exp(entropy), 9)
    sentence = f"{proposing.size} motions came from {len(counts)} people, as evenly as from {value:.1f}."
    return Reading(PROPOSERS, "", value, len(counts), int(proposing.size), sentence, (), articles)


def _unequal(each: NDArray[np.int64], articles: tuple[str, ...]) -> Reading:
    value = turnover.gini([int(n) for n in each])
    said = f"{len(each)} people did {int(each.sum())} acts; the Gini coefficient is {float(value or 0):.2f}."
    return Reading(UNEQUAL, "", value, len(each), int(each.sum()), said, (), articles)


def _turnout(view: View) -> Reading:
    told = [p for p in view.polled if p.electors >= LEAST_VOTERS]
    voted, could = sum(p.voted for p in told), sum(p.electors for p in told)
    withheld = len(view.polled) - len(told)
    note = f" {withheld} with fewer than {LEAST_VOTERS} electors are withheld." if withheld else ""
    sentence = f"{voted} of {could} votes that could be cast in {len(told)} secret ballots were cast.{note}"
    return share(TURNOUT, "", (voted, could), sentence, articles=answers.acts(view.rules, "vote_taken"))


def _reports(view: View) -> Reading:
    filed = view.in_window(view.ledger.reports)
    against = sum(any("against" in said.values() for _, said in row.spoken) for row in view.decided)
    articles = answers.acts(view.rules, "minority_report_filed")
    sentence = f"{len(filed)} minority reports on {against} open divisions in which somebody voted against."
    value = Fraction(len(filed), against) if against else None
    return Reading(REPORTS, "", value, len(filed), against, sentence, tuple(r.act for r in filed), articles)
