"""I1, appointment share: how many seats were filled from above instead of by electors who had a choice.

Source: Daniels' circular flow of power. An election in which only as many stood as there were seats, all of them put up
by a body that does not elect, counts as an appointment by that body: whoever is "recommended" and stands alone was
appointed. Seats carried over from before the founding count under I16.
"""

from comitia.watch import answers, selection
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.ledger import Filling
from comitia.watch.view import View

SHARE = Indicator(
    "I1", "appointment share", "fillings by appointment, or only candidates put up from above / fillings in a term",
    "0 to 1", "Daniels, circular flow of power", "“recommended” counts as appointed; a by-election may look like it",
    "share",
)  # fmt: skip
WEIGHTED = Indicator(
    "I1", "appointment share by reach", "the same, each filling counted with the seats that its body helps to fill",
    "0 to 1", "Daniels, circular flow of power", "reach follows who filled which seat last", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the readings for the federation, then one for each kind of body that was filled from above."""
    per_kind = [_reading(view, kind.id) for kind in view.seated_kinds]
    return (_reading(view, ""), _weighted(view), *(r for r in per_kind if r.count))


def is_from_above(filling: Filling) -> bool:
    """Return whether a seat was filled by appointment, or with only candidates put up from above."""
    return bool(filling.above) or filling.how in ("appointed", "acting")


def _reading(view: View, kind: str) -> Reading:
    filled = [f for f in view.filled(kind) if f.how != "carried over"]
    above = [f for f in filled if is_from_above(f)]
    where, days = view.where(kind), view.days(kind)
    if not filled:
        sentence = f"No seat of {where} was filled in the last {days} days."
    elif not above:
        sentence = f"All {len(filled)} seats of {where} filled in the last {days} days were filled by their electors."
    else:
        by = ", ".join(sorted({f.above for f in above if f.above})[:4]) or "an appointment"
        sentence = (
            f"{len(above)} of {len(filled)} seats of {where} filled in the last {days} days were filled from above "
            f"({by})."
        )
    acts = tuple(dict.fromkeys(f.act for f in above))
    return share(
        SHARE, kind, (len(above), len(filled)), sentence, acts=acts, articles=answers.seats(view.rules, kind)
    )  # fmt: skip


def _weighted(view: View) -> Reading:
    of = selection.practised(view)
    filled = [f for f in view.filled() if f.how != "carried over"]
    reach = {body: _reach(of, body) for body in {f.body for f in filled}}
    whole = sum(reach[f.body] for f in filled)
    above = sum(reach[f.body] for f in filled if is_from_above(f))
    sentence = (
        f"Counted with the seats that each helps to fill, {above} of {whole} were filled from above."
        if whole
        else f"No seat of the federation was filled in the last {view.days()} days."
    )
    return share(WEIGHTED, "", (above, whole), sentence, articles=answers.seats(view.rules))


def _reach(of: selection.Selection, body: str) -> int:
    return 1 + sum(of.seats.get(b, 0) for b in selection.reached(of, body) if b != body)
