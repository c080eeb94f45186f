"""I24, labour terms imposed: what was declared or decided about labour by bodies that no union stands behind.

Labour terms are rows of the file of hours, and carried motions that name a trade as touched. A union's house, a union
and a trade's assembly stand on the roll of trades; what another body declared, or decided without one of them, was
imposed. Source: militarisation of labour 1919-20; the figure is our own.
"""

from comitia.charter.structure import Charter
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

IMPOSED = Indicator(
    "I24", "labour terms imposed", "labour terms set without a body of the trades / labour terms, in a term",
    "0 to 1", "our own; militarisation of labour 1919-20",
    "terms that a workplace agrees by word of mouth are not in the record", "share",
)  # fmt: skip

TRADES = "trade"
"""The roll on which the unions stand."""


def of_the_trades(charter: Charter) -> frozenset[str]:
    """Return the kinds of body that the trades stand behind: on their roll, or filled by such alone."""
    found = {k.id for k in charter.kinds.values() if k.each == TRADES}
    while True:
        more = {k.id for k in charter.kinds.values() if k.electors in found} - found
        if not more:
            return frozenset(found)
        found |= more


def readings(view: View) -> tuple[Reading, ...]:
    """Return the share for the federation."""
    own = of_the_trades(view.rules)
    declared = view.in_window(view.ledger.labour)
    terms = [(row.act, row.body.partition("/")[0] in own) for row in declared]
    for decided in view.decided:
        if decided.carried and any(group.partition("/")[0] == TRADES for group in decided.motion.affects):
            kinds = {body.partition("/")[0] for body in decided.division.bodies}
            terms.append((decided.act, bool(kinds & own)))
    imposed = tuple(act for act, theirs in terms if not theirs)
    sentence = (
        f"{len(imposed)} of {len(terms)} labour terms of the last {view.days()} days were set without a body of the "
        "trades."
    )
    numbers = [view.rules.numbers["hours"].article] if "hours" in view.rules.numbers else []
    articles = tuple(dict.fromkeys(numbers)) or answers.acts(view.rules, "figures_declared")
    return (share(IMPOSED, "", (len(imposed), len(terms)), sentence, acts=imposed, articles=articles),)
