"""A living federation's members as cells, so that the drill runs on the record and not on invented people."""

from comitia.drill import cells
from comitia.drill.cells import Cells
from comitia.federation import standing
from comitia.federation.state import State


def cells_of(state: State) -> Cells:
    """Return how many present members stand in each combination of groups."""
    within = {f"{g.roll}/{g.id}": g.within for g in state.groups.values() if g.within}
    return cells.count(standing.charter(state), [m.groups for m in state.members.values() if not m.left], within)
