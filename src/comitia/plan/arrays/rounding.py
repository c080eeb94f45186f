"""The published figures at every size: runs and trade to their decimals, so that every row holds exactly.

The solver leaves in every row the room that rounding can take (``steps``). What still misses is brought in the order in
which a planner would bring it: overtime, needs left unmet (wished first, the closing stock last), and where nothing can
give, fewer runs of whatever uses what is short. Fewer runs may leave other rows short in turn; but every round lowers
runs, and standing still holds in every economy, so this ends, in practice after a round or two.
"""

import numpy as np
from numpy.typing import NDArray

from comitia.plan.arrays import certificate, figures
from comitia.plan.arrays.figures import Figures, Vector
from comitia.plan.arrays.model import KINDS, Model

# A figure without declared decimals keeps so many digits: a billionth of itself.
DIGITS = 10
ROUNDS = 100
# Rounds after which whatever uses a product that is short stands still.
PATIENCE = 60
# Floats in which the rounds are counted, with room for their own errors.
SAFE = 4.0
# Less than this share of a limit is a crumb of the method, not a decision.
CRUMB = 1e-9


def half_steps(model: Model) -> Vector:
    """Return by how much rounding to declared decimals can move each variable; 0 where none are declared."""
    declared = model.decimals >= 0
    found: Vector = np.where(declared, 0.5 * 10.0 ** -model.decimals.astype(np.float64), 0.0)
    return found


def publish(model: Model, values: Vector) -> Figures:
    """Return exact figures near a solver's values such that every row holds.

    Raises:
        TooManyDigits: a value that does not fit eighteen digits.
    """
    found = _rounded(model, np.maximum(values, 0.0))
    givers = _givers(model)
    for turn in range(ROUNDS):
        total, error = certificate.sums(model, found)
        short = np.flatnonzero(total < error)
        exactly = dict(certificate.exactly_missing(model, found, short))
        missing = np.zeros(model.height)
        for row, amount in exactly.items():
            if amount > 0:
                missing[row] = max(float(amount), -total[row]) + SAFE * error[row]
        if not missing.any():
            return found
        found, missing = _given(model, found, missing, givers)
        if missing.any():
            found = _fewer(model, found, missing, at_once=turn >= PATIENCE)
    return _standing_still(model)


def _rounded(model: Model, values: Vector) -> Figures:
    """Return runs and trade to the nearest step, the rest to as many digits; nothing above its limit."""
    limit = model.limit.floats()
    values = np.where(model.limited & (values < CRUMB * limit), 0.0, values)
    declared = np.flatnonzero(model.decimals >= 0)
    found = figures.with_digits(values, DIGITS)
    _put(found, declared, figures.nearest(values[declared], model.decimals[declared].astype(np.int64)))
    return _limited(model, found)


def _limited(model: Model, found: Figures) -> Figures:
    """Return the figures, those above their limits lowered to them (in whole steps where decimals are declared)."""
    amount, most = found.floats(), model.limit.floats()
    over = np.flatnonzero(model.limited & (amount >= most * (1 - 1e-12)))
    _put(found, over, model.limit[over])
    fine = over[(model.decimals[over] >= 0) & (found.places[over] > model.decimals[over])]
    for at in fine.tolist():
        step = 10 ** int(model.decimals[at])
        found.whole[at] = int(found.exact(at) * step)
        found.places[at] = model.decimals[at]
    return figures.shortest(found.whole, found.places)


def _put(into: Figures, at: NDArray[np.intp], what: Figures) -> None:
    into.whole[at], into.places[at] = what.whole, what.places


def _givers(model: Model) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return what can give way (overtime, unmet, closing), row by row in the order in which it does, and their rows."""
    entries = model.entries
    kinds = np.full(model.width + 1, -1)
    for rank, kind in enumerate(("overtime", "unmet", "closing")):
        kinds[model.part(kind)] = rank
    at = np.flatnonzero((kinds[entries.column] >= 0) & (entries.figure.whole > 0))
    column, row = entries.column[at].astype(np.int64), entries.row[at].astype(np.int64)
    order = np.lexsort((model.urgency[column], kinds[column], row))
    return column[order], row[order]


def _given(
    model: Model, found: Figures, missing: Vector, givers: tuple[NDArray[np.intp], NDArray[np.int64]]
) -> tuple[Figures, Vector]:
    """Return figures in which what can give has given, and what then misses still."""
    column, row = givers
    here = np.flatnonzero(missing[row] > 0)
    column, row = column[here], row[here]
    amount = found.floats()
    room = model.limit.floats()[column] - amount[column]
    before = np.cumsum(room) - room
    first = np.searchsorted(row, row)
    before -= before[first]
    more = np.clip(missing[row] - before, 0.0, room)
    moved = np.flatnonzero(more > 0)
    raised = (amount[column] + more)[moved]
    changed = figures.with_digits(raised, DIGITS)
    # The next step up, so that what misses is surely covered.
    up = changed.floats() < raised
    step = np.floor(np.log10(np.maximum(raised, 1e-300))) - (DIGITS - 1)
    lifted = figures.with_digits(raised + np.where(up, 10.0**step, 0.0), DIGITS)
    found = Figures(found.whole.copy(), found.places.copy())
    _put(found, column[moved], lifted)
    found = _limited(model, found)
    left = missing.copy()
    np.subtract.at(left, row, more)
    return found, np.where(left > 1e-12 * missing, left, 0.0)


def _fewer(model: Model, found: Figures, missing: Vector, *, at_once: bool) -> Figures:
    """Return figures with fewer of what uses something that is short, in the share that is short."""
    entries = model.entries
    amount = np.append(found.floats(), 0.0)
    uses = np.flatnonzero((missing[entries.row] > 0) & (entries.figure.whole < 0) & (amount[entries.column] > 0))
    row, column = entries.row[uses], entries.column[uses]
    used = np.bincount(row, -entries.figure[uses].floats() * amount[column], model.height)
    share = np.where(used > 0, np.maximum(1.0 - 1.01 * missing / np.maximum(used, 1e-300), 0.0), 1.0)
    if at_once:
        share = np.where(missing > 0, 0.0, share)
    kept = np.ones(model.width + 1)
    np.minimum.at(kept, column, share[row])
    less = np.flatnonzero(kept[: model.width] < 1)
    target = amount[less] * kept[less]
    places = np.where(
        model.decimals[less] >= 0,
        model.decimals[less],
        np.clip(DIGITS - np.floor(np.log10(np.maximum(target, 1e-30))), 0, 30),
    ).astype(np.int64)
    # At least one step down.
    down = np.maximum(np.floor(target * 10.0**places * (1 - 1e-15)), 0.0) * 10.0**-places
    found = Figures(found.whole.copy(), found.places.copy())
    _put(found, less, figures.nearest(np.where(target < 10.0**-places, 0.0, down), places))
    return found


def _standing_still(model: Model) -> Figures:
    """Return the plan in which nobody works and nothing is met, which holds in every economy."""
    found = Figures(np.zeros(model.width, np.int64), np.zeros(model.width, np.int8))
    for kind in KINDS:
        if kind in ("unmet", "closing"):
            at = np.arange(model.width)[model.part(kind)]
            _put(found, at, model.limit[at])
    return found
