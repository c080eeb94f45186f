"""The capture number of every matter, from the members as they stand; reckoned once while they stand so."""

from dataclasses import dataclass

from comitia.charter.structure import Charter, Matter
from comitia.drill import capture, living
from comitia.drill.capture import Capture, NoBody
from comitia.drill.cells import Cells
from comitia.drill.overlap import Unsolved
from comitia.federation.state import State

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Drilled:
    """A matter with its capture number, or with the reason why it has none on these members."""

    matter: Matter
    found: Capture | None
    why_not: str


# One entry: the members and the charter change seldom, and only the present ones are asked for.
_KEPT: dict[tuple[str, tuple[tuple[tuple[str, ...], int], ...]], tuple[Drilled, ...]] = {}


def captures(state: State, charter: Charter) -> tuple[Drilled, ...]:
    """Return every matter of the charter, the easiest to capture among joint decisions first."""
    cells = living.cells_of(state)
    key = (state.charter_hash, tuple(sorted(cells.sizes.items())))
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = tuple(_drilled(charter, matter, cells) for matter in charter.matters.values())
    return _KEPT[key]


def _drilled(charter: Charter, matter: Matter, cells: Cells) -> Drilled:
    try:
        return Drilled(matter, capture.capture(charter, matter, cells, seconds=SECONDS), "")
    except (NoBody, Unsolved) as fault:
        return Drilled(matter, None, str(fault))
