"""I14, appointment reach: the share of the highest deciding body's votes that depend on one body's appointing.

Followed through everybody who selects in between: a seat depends on the office that filled it from above, or on those
whom the office filled who elected it, to their share. The figure is our own. The highest deciding bodies are the houses
of the charter, or, where it has none, those that change it.
"""

from comitia.watch import answers, selection
from comitia.watch.appointment_share import is_from_above
from comitia.watch.indicator import Indicator, Reading, percent
from comitia.watch.view import View

REACH = Indicator(
    "I14", "appointment reach", "largest share of a highest body's filled seats that depend on one body's appointing",
    "0 to 1", "our own", "who owes a post to an office may vote against it all the same", "number",
)  # fmt: skip


def highest(view: View) -> tuple[str, ...]:
    """Return the kinds of the highest deciding bodies."""
    if view.rules.houses:
        return view.rules.houses
    changing = (m for m in view.rules.matters.values() if m.effect == "charter")
    return tuple(dict.fromkeys(kind for matter in changing for kind in matter.decided_by))


def readings(view: View) -> tuple[Reading, ...]:
    """Return one reading for each of the highest bodies that has a filled seat."""
    of = selection.practised(view)
    appointing = sorted({f.above for f in view.latest.values() if f.above})
    on = {office: selection.dependence(of, office) for office in appointing}
    found = []
    for body in highest(view):
        if body not in of.seats:
            continue
        reach = {office: shares.get(body, 0.0) for office, shares in on.items() if office != body}
        office = max(reach, key=lambda name: (reach[name], name), default="")
        value = round(reach.get(office, 0.0), 9)
        sentence = (
            f"{percent(value)} of the votes of {view.plural(body)} depend on what {office} or those whom it appointed "
            "appoint."
            if value
            else f"No vote of {view.plural(body)} depends on another body's appointing."
        )
        acts = tuple(sorted({f.act for f in view.latest.values() if f.above == office and is_from_above(f)}))
        seats = of.seats[body]
        articles = answers.seats(view.rules, body)
        found.append(
            Reading(REACH, body, value, round(value * seats), seats, sentence, acts if value else (), articles)
        )
    return tuple(found)
