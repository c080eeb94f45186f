"""I13, how far appointing is gathered in one place: Freeman centralisation and Krackhardt hierarchy.

The network: a body points to every body of which it filled a seat from above. Freeman (1978): sum of (c* - c_i) over
the bodies, c_i to how many others i points, as a share of the largest there could be, (n - 1)². Krackhardt (1994): the
share of pairs, one of which reaches the other, that are reached one way only.
"""

from comitia.watch import answers
from comitia.watch.appointment_share import is_from_above
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

FREEMAN = Indicator(
    "I13", "centralisation of appointing", "sum of (most - bodies filled from above by i) / (n - 1)²", "0 to 1",
    "Freeman 1978", "directed, by whom a body fills, not by who fills it", "share",
)  # fmt: skip
KRACKHARDT = Indicator(
    "I13", "hierarchy of appointing", "pairs of bodies reached one way only / pairs of which one reaches the other",
    "0 to 1", "Krackhardt 1994", "1 in any tree; a closed circle lowers it, and is no comfort", "share",
)  # fmt: skip


def network(view: View) -> dict[str, set[str]]:
    """Return for each body the others of which it filled a seat from above, by the last filling of each seat."""
    found: dict[str, set[str]] = {f.body: set() for f in view.latest.values()}
    for filling in view.latest.values():
        if is_from_above(filling) and filling.above and filling.above != filling.body:
            found.setdefault(filling.above, set()).add(filling.body)
    return found


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for the federation."""
    points = network(view)
    n, most = len(points), max((len(to) for to in points.values()), default=0)
    articles = answers.acts(view.rules, "seat_appointed", "candidate_nominated") or answers.seats(view.rules)
    acts = tuple(sorted({f.act for f in view.latest.values() if is_from_above(f)}))
    centre = max(points, key=lambda body: (len(points[body]), body), default="")
    sentence = (
        f"Of {n} bodies {centre} filled seats of {most} others from above, more than any."
        if most
        else f"Of {n} bodies none filled seats of another from above."
    )
    spread = sum(most - len(to) for to in points.values())
    reached = {body: _reached(points, body) for body in points if points[body]}
    pairs = {tuple(sorted((a, b))) for a, to in reached.items() for b in to if a != b}
    both = sum(a in reached.get(b, ()) and b in reached.get(a, ()) for a, b in pairs)
    return (
        share(FREEMAN, "", (spread, (n - 1) ** 2 if n > 1 else 0), sentence, acts=acts, articles=articles),
        share(
            KRACKHARDT, "", (len(pairs) - both, len(pairs)),
            f"Of {len(pairs)} pairs of bodies, one of which reaches the other by appointing, {both} reach each other.",
            acts=acts, articles=articles,
        ),
    )  # fmt: skip


def _reached(points: dict[str, set[str]], body: str) -> set[str]:
    found: set[str] = set()
    edge = set(points[body])
    while edge:
        found |= edge
        edge = {b for a in edge for b in points[a]} - found
    return found
