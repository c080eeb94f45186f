"""The ledger of a federation's own record, kept up as acts come in: the watch's rows beside the clerk's state."""

from comitia.clerk.clerk import Clerk
from comitia.federation import acts
from comitia.federation.state import State
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
