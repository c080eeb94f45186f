"""I2, mandate distance: through how many hands a mandate goes, from the members to those who sit; and I2b, rootedness.

Distance: D = (I - Q)^-1 1, with Q[b, s] the share of b's seats that s filled and the members absorbing (Kemeny and
Snell 1960). 1 is elected by members; infinite where part of it never comes back to them. Rootedness: r + gQr + g²Q²r +
..., g = 1/2 (Katz 1953). The probability of absorption is 1 even where nine seats in ten fill each other, and is not
used.
"""

from fractions import Fraction
from math import inf, isinf

from comitia.watch import answers, selection
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.view import View

DISTANCE = Indicator(
    "I2", "mandate distance", "(I - Q)^-1 1, Q the shares of a body's seats by who filled them, the members absorbing",
    "1 and up, or without end", "absorbing Markov chain, Kemeny and Snell 1960; its use here is our own",
    "the mean over seats: a body of many seats may hide one without mandate", "number",
)  # fmt: skip
ROOTED = Indicator(
    "I2b", "rootedness", "r + Qr/2 + Q²r/4 + ..., r the share of a body's seats that members filled themselves",
    "0 to 1", "discounted paths, Katz 1953", "1 is elected by members, and each tier between halves it", "number",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for each kind of body whose seats were filled, the furthest from the members first."""
    of = selection.practised(view)
    distance, rooted = selection.distances(of), selection.rootedness(of)
    written = selection.distances(selection.written(view))
    kinds: dict[str, list[str]] = {}
    for body in distance:
        kinds.setdefault(body.partition("/")[0], []).append(body)
    found = [
        one
        for kind, bodies in kinds.items()
        if kind in view.rules.kinds
        for one in _kind(view, kind, (_mean(of, bodies, distance), _mean(of, bodies, rooted)), written.get(kind))
    ]
    return tuple(sorted(found, key=lambda r: (r.figure.id, -float(r.value or 0), r.body)))


def _mean(of: selection.Selection, bodies: list[str], values: dict[str, float]) -> float:
    whole = sum(of.seats[b] for b in bodies)
    return sum(values[b] * of.seats[b] for b in bodies) / whole


def _kind(view: View, kind: str, practised: tuple[float, float], written: float | None) -> tuple[Reading, Reading]:
    distance, rooted = practised
    where = view.plural(kind)
    by_words = "" if written is None else f"; by the charter's words {_said(written)}"
    if isinf(distance):
        sentence = f"No chain of elections leads from the members to all seats of {where}{by_words}."
    else:
        sentence = f"Selections between the members and {where}: {_said(distance)}{by_words}."
    articles = answers.seats(view.rules, kind)
    acts = tuple(dict.fromkeys(f.act for f in view.by_kind.get(kind, []) if f.above))
    seats = sum(f.kind == kind for f in view.latest.values())
    value: Fraction | float = inf if isinf(distance) else round(distance, 9)
    return (
        Reading(DISTANCE, kind, value, seats, seats, sentence, acts, articles),
        Reading(
            ROOTED, kind, round(rooted, 9), seats, seats,
            f"{where.capitalize()}: {rooted:.2f} of 1 of the mandate is the members' own, halved at each tier.",
            acts, articles,
        ),
    )  # fmt: skip


def _said(number: float) -> str:
    return "without end" if isinf(number) else f"{number:.1f}".removesuffix(".0")
