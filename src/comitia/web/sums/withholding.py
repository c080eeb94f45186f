"""Power over production, for the page: how few workplaces can leave essential needs short, and what each refusal costs.

Reckoned once for each draft and kept while this process lives: a draft's numbers never change.
"""

from dataclasses import dataclass

from comitia.drill import production
from comitia.drill.production import Loss, Refusal
from comitia.federation.state import Draft
from comitia.plan.highs import NotSolved
from comitia.web.sums.figures import figure

TURNS = 500
"""Plans to be met at most; what is open after them is said to be open."""

_KNOWN: dict[str, "Withholding"] = {}
# Drafts of a season are a handful; more than that is of seasons long over.
MOST = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A workplace, what goes unmet when it alone refuses, in hours of worth, and for which councils most of it does."""

    workplace: str
    worth: float
    text: str
    councils: str


@dataclass(frozen=True, slots=True)
class Withholding:
    """The sentence, its proof, and a row for each workplace, the largest loss first."""

    sentence: str
    proof: str
    rows: tuple[Row, ...]


def known(draft: Draft) -> Withholding | None:
    """Return what is known already, None where it has still to be reckoned."""
    return _KNOWN.get(draft.economy)


def reckoned(draft: Draft) -> Withholding:
    """Return who can withhold what, reckoned where it is not known: some seconds for hundreds of workplaces."""
    if draft.economy not in _KNOWN:
        if len(_KNOWN) >= MOST:
            _KNOWN.clear()
        _KNOWN[draft.economy] = _of(draft)
    return _KNOWN[draft.economy]


def _of(draft: Draft) -> Withholding:
    try:
        losses = production.losses(draft.on)
        rows = tuple(Row(loss.workplace, loss.worth, figure(loss.worth, 0), _councils(loss)) for loss in losses)
        try:
            sentence, proof = _said(production.fewest(draft.on, turns=TURNS), len(losses))
        except production.Unsettled as fault:
            sentence, proof = f"How few can is open: {fault}.", ""
    except NotSolved as fault:
        return Withholding(f"This could not be reckoned: {fault}.", "", ())
    return Withholding(sentence, proof, rows)


def _said(found: Refusal, whole: int) -> tuple[str, str]:
    number = len(found.workplaces)
    if not number:
        return "Nobody's refusal leaves essential needs shorter than they are.", ""
    worth = figure(found.worth_short - found.worth_anyway, 0)
    names = ", ".join(found.workplaces)
    refuse = "refuses" if number == 1 else "refuse"
    sentence = (
        f"As few as {number} of {whole} workplaces leave essential needs short by {worth} hours of worth if "
        f"{'it' if number == 1 else 'they'} {refuse}: {names}."
    )
    plans = len(found.plans)
    proof = f"No fewer do: no smaller set has a workplace in each of {plans} plans that do without the rest."
    return sentence, proof if number > 1 else ""


def _councils(loss: Loss) -> str:
    moved = sorted(loss.councils.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{council} {figure(worth, 0)}" for council, worth in moved if worth > 0)
