"""I28, the nomination gate: how many candidates a screening body keeps out, and how many are left for a seat.

Source: Mountain Equipment Co-op, rule 11.03 of 2012: a committee appointed by the board determined who stood. The drill
counts a gate among those who must be held.
"""

from fractions import Fraction

from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

REJECTED = Indicator(
    "I28", "nominations rejected", "candidates whom a gate did not admit / candidates nominated where there is a gate",
    "0 to 1", "Mountain Equipment Co-op, rule 11.03 of 2012", "whoever expects to be rejected does not stand", "share",
)  # fmt: skip
LEFT = Indicator(
    "I28", "candidates per seat after the gate", "candidates on the ballots / seats, in elections with a gate",
    "0 and up",
    "Mountain Equipment Co-op, rule 11.03 of 2012", "1 or less is no choice, whoever made it so", "ratio",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for each kind of body whose candidates are screened."""
    found = []
    for kind in dict.fromkeys(row.kind for row in view.counted() if row.gate):
        rows = [row for row in view.counted(kind) if row.gate]
        rejected, put_up = sum(r.rejected for r in rows), sum(r.put_up for r in rows)
        stood, seats = sum(r.standing for r in rows), sum(r.seats for r in rows)
        gate = view.plural(rows[-1].gate) if rows else ""
        acts = tuple(r.act for r in rows if r.rejected)
        articles = answers.seats(view.rules, kind)
        where = view.plural(kind)
        found += [
            share(
                REJECTED, kind, (rejected, put_up),
                f"{gate.capitalize()} kept {rejected} of {put_up} candidates for {where} off the ballot.",
                acts=acts, articles=articles,
            ),
            Reading(
                LEFT, kind, Fraction(stood, seats) if seats else None, stood, seats,
                f"{stood} candidates were left for {seats} seats of {where}.", acts, articles,
            ),
        ]  # fmt: skip
    return tuple(found)
