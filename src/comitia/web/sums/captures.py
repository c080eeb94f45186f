"""The capture numbers of a charter's matters, on the members as they stand; reckoned once while they stand so."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from comitia.charter.structure import Charter, Matter
from comitia.drill import capture, living
from comitia.drill.capture import Capture, NoBody
from comitia.drill.cells import Cells
from comitia.drill.cost import Others
from comitia.drill.overlap import Unsolved
from comitia.federation.state import State

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Drilled:
    """A matter with its capture number, or with the reason why it has none on these members."""

    matter: Matter
    found: Capture | None
    why_not: str


class _Asked:
    """A charter on members; equal where the text and the members are the same."""

    def __init__(self, name: str, charter: Charter, cells: Cells, others: Others) -> None:
        self.charter, self.cells, self.others = charter, cells, others
        self._key = (name, tuple(sorted(cells.sizes.items())), others)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def captures(state: State, charter: Charter) -> tuple[Drilled, ...]:
    """Return every matter of the charter in force, with who decides it whatever all others do."""
    return of(state.charter_hash, charter, living.cells_of(state))


def of(name: str, charter: Charter, cells: Cells, *, others: Others = "against") -> tuple[Drilled, ...]:
    """Return every matter of a charter.

    Args:
        name: of the charter's text, its hash; the same name is the same charter.
        others: what all others do.
    """
    return _reckoned(_Asked(name, charter, cells, others))


def hash_of(text: str) -> str:
    """Return the name of a text."""
    return sha256(text.encode()).hexdigest()


# The members and the charter change seldom; beside the charter in force, a draft or two are asked for.
@lru_cache(maxsize=8)
def _reckoned(asked: _Asked) -> tuple[Drilled, ...]:
    return tuple(_drilled(asked, matter) for matter in asked.charter.matters.values())


def _drilled(asked: _Asked, matter: Matter) -> Drilled:
    try:
        found = capture.capture(asked.charter, matter, asked.cells, seconds=SECONDS, others=asked.others)
    except (NoBody, Unsolved) as fault:
        return Drilled(matter, None, str(fault))
    return Drilled(matter, found, "")
