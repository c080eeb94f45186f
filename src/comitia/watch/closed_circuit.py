"""I3, closed circuits: bodies that fill more than half of each other's seats, so that nobody outside can turn them out.

Source: Daniels' circular flow of power. A circuit is a strongly connected part of the graph of who filled whose seats
in practice, each body of which has more than half of its seats filled from within.
"""

from comitia.watch import answers, selection
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.view import View

CIRCUITS = Indicator(
    "I3", "closed circuits", "strongly connected bodies, each with more than half of its seats filled from within",
    "0 and up", "Daniels, circular flow of power",
    "one filling each tells little: a circuit of two bodies may be chance", "count",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return how many closed circuits there are, with their bodies and the fillings that close them."""
    of = selection.practised(view)
    found = selection.circuits(of)
    inside = {body for circuit in found for body in circuit}
    closing = [f for f in view.latest.values() if f.body in inside and (f.above in inside or set(f.electing) & inside)]
    if found:
        named = "; ".join(", ".join(circuit[:6]) + (" and others" if len(circuit) > 6 else "") for circuit in found)
        sentence = f"{len(found)} closed: of each of these bodies more than half is filled by the others: {named}."
    else:
        sentence = f"No circuit is closed; the seats of {len(of.shares)} bodies were looked at."
    acts = tuple(dict.fromkeys(f.act for f in closing))
    articles = answers.recalls(view.rules) or answers.seats(view.rules)
    return (Reading(CIRCUITS, "", float(len(found)), len(inside), len(of.shares), sentence, acts, articles),)
