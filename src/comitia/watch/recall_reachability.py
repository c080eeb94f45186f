"""I22, recall reachability: seats that nobody below can take back, the days it takes at least, how often it is tried.

The figure is our own. A seat is within reach if the charter gives it a recall and the electors who would carry it were
not themselves put there by those above: their bodies come back to the members (I2). Days are the shortest way through
the charter's calendar: the vote, and then the election that fills the seat.
"""

from fractions import Fraction
from math import inf, isinf

from comitia.charter.structure import Kind
from comitia.watch import answers, selection
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.ledger import Filling
from comitia.watch.view import View

BEYOND = Indicator(
    "I22", "seats beyond recall", "filled seats that no recall by the members reaches / filled seats",
    "0 to 1", "our own", "a short term may answer where a recall does not", "share",
)  # fmt: skip
DAYS = Indicator(
    "I22", "fewest days to remove and replace", "days of the recall vote + nominations + election",
    "0 and up, or without end", "our own", "signatures may take longer", "days",
)  # fmt: skip
USED = Indicator(
    "I22", "recalls tried", "recall petitions of a term / filled seats", "0 and up", "our own",
    "none tried may mean that none was needed, or that nobody dared", "ratio",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the seats beyond recall, the days for each kind of body that has holders, and how often it was tried."""
    distance = selection.distances(selection.practised(view))
    beyond = [f for f in view.running if not _is_within_reach(view, f, distance)]
    whole = len(view.running)
    kinds = dict.fromkeys(f.kind for f in beyond)
    tried = view.in_window(view.ledger.recalls)
    named = ", ".join(view.plural(k) for k in kinds)
    articles = answers.recalls(view.rules) or answers.matters(view.rules, "charter")
    found = [_days(view, kind) for kind in view.by_kind if kind in view.rules.kinds]
    return (
        share(
            BEYOND, "", (len(beyond), whole),
            f"{len(beyond)} of {whole} filled seats are beyond recall by the members{': ' + named if named else ''}.",
            acts=tuple(sorted({f.act for f in beyond})), articles=articles,
        ),
        *sorted(found, key=lambda r: -float(r.value or 0)),
        Reading(
            USED, "", Fraction(len(tried), whole) if whole else None, len(tried), whole,
            f"{len(tried)} recalls were petitioned for in the last {view.days()} days, on {whole} filled seats.",
            tuple(r.act for r in tried), articles,
        ),
    )  # fmt: skip


def _is_within_reach(view: View, filling: Filling, distance: dict[str, float]) -> bool:
    kind = view.rules.kinds.get(filling.kind)
    if kind is None or kind.recall is None:
        return False
    return not any(isinf(distance.get(body, 0)) for body in filling.electing)


def days_to_replace(kind: Kind) -> float:
    """Return the fewest days in which a holder is recalled and her seat filled again by election."""
    if kind.recall is None:
        return inf
    return float(kind.recall.voting_days + kind.nomination_days + kind.voting_days)


def _days(view: View, kind: str) -> Reading:
    of = view.rules.kinds[kind]
    days = days_to_replace(of)
    where = view.plural(kind)
    sentence = (
        f"No article lets anybody recall who sits in {where}."
        if isinf(days)
        else f"Who sits in {where} can be recalled and replaced in {days:.0f} days."
    )
    seats = len(view.by_kind[kind])
    return Reading(DAYS, kind, days, seats, seats, sentence, (), answers.seats(view.rules, kind))
