"""The ledger of a record: a federation's own, kept up as acts come in, or that of an export, replayed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from comitia.clerk.clerk import Clerk, NoFederation
from comitia.clerk.home import Home
from comitia.clerk.verification import DoesNotHold
from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation
from comitia.federation.state import State
from comitia.record import mirror
from comitia.record.canonical import NotCanonical
from comitia.watch import noting
from comitia.watch.ledger import Ledger
from comitia.watch.view import View


class Watched:
    """Rows of one clerk's record. A clerk that replayed its record has another state: then all is taken down anew."""

    def __init__(self, clerk: Clerk) -> None:
        """Begin with nothing taken down."""
        self._clerk = clerk
        self._state: State | None = None
        self._ledger = Ledger()

    def ledger(self) -> Ledger:
        """Return the ledger at the last act; only what came in since it was last asked for is read."""
        with self._clerk.undisturbed():
            state = self._clerk.federation.state
            if state is not self._state:
                self._state, self._ledger = state, Ledger()
            leaves = self._clerk.leaves(self._ledger.size)
            noting.go_on(self._ledger, (acts.decode(leaf) for leaf in leaves), state)
            return self._ledger

    def view(self) -> View:
        """Return what the record says now."""
        return View(self.ledger(), self._clerk.now())


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read: its rows, the state at its end, the moment to look from, the text of its charter.

    The store that it was read from may be closed by now: no other text is asked for.
    """

    ledger: Ledger
    state: State
    at: str
    charter: str


def read(path: Path, *, progress: Callable[[int, int], None]) -> Record:
    """Return what a federation's folder or an exported record says; an export is checked byte for byte and replayed.

    A federation that lives is looked at now, an export at its last act.

    Raises:
        DoesNotHold: a file, an offset or an act of an export that does not hold; the first one.
        NoFederation: there is nothing at this place, or nothing was founded in it.
    """
    if Home(path).record.exists() or not path.exists():
        with Clerk.open(path) as clerk:
            if not clerk.federation.state.size:
                raise NoFederation(path, "nothing was founded here yet; there is no charter to look at")
            return _record(Watched(clerk).ledger(), clerk.federation.state, clerk.now())
    try:
        found = mirror.read(path, key=None)
    except mirror.Torn as torn:
        where = f"act {torn.act}" if torn.act is not None else f"{torn.file}, offset {torn.offset}"
        raise DoesNotHold(where, str(torn), act=torn.act) from torn
    federation, ledger = Federation(found.blobs), Ledger()
    for index, leaf in enumerate(found.leaves):
        try:
            act = acts.decode(leaf)
            federation.apply(act)
        except (Refused, acts.NotAnAct, NotCanonical) as fault:
            raise DoesNotHold(f"act {index}", str(fault), act=index) from fault
        noting.go_on(ledger, [act], federation.state)
        if index % 1000 == 0:
            progress(index, len(found.leaves))
    if not ledger.charters:
        raise DoesNotHold("the record", "it holds no act, so that there is no charter to look at yet")
    return _record(ledger, federation.state, federation.state.moment)


def _record(ledger: Ledger, state: State, at: str) -> Record:
    return Record(ledger, state, at, state.blobs[state.charter_hash].decode())
