"""The sequencer: acts of many threads and processes judged one after the other and recorded in one commit.

Whoever comes while a commit is under way waits; the next commit takes all who wait (group commit). The store's turn
keeps every other process out meanwhile, and what others recorded is replayed before anything is judged. Nobody is
answered before the commit. If it fails, the state is thrown away and replayed from the record.
"""

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import msgspec

from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation, replay
from comitia.federation.state import State
from comitia.record import merkle
from comitia.record.canonical import NotCanonical
from comitia.record.merkle import Tree
from comitia.record.store import Choice, Store
from comitia.record.store_faults import StoreLost

# A commit takes so many at most: the first to come does not wait for a crowd to be judged.
MOST_AT_ONCE = 1000
SALT_BYTES = 16


class Clock(Protocol):
    """Says the present moment as text; the demo hands in a clock of its own."""

    def __call__(self) -> str:
        """Return the present moment."""


class Overlay(Mapping[str, bytes]):
    """Blobs by hash: those of acts being taken in, then those of the store."""

    def __init__(self, below: Mapping[str, bytes]) -> None:
        """Begin with nothing on top."""
        self.below = below
        self.above: dict[str, bytes] = {}

    def __getitem__(self, key: str) -> bytes:
        """Return the blob of that hash."""
        return self.above[key] if key in self.above else self.below[key]

    def __iter__(self) -> Iterator[str]:
        """Return the hashes."""
        return iter({*self.above, *self.below})

    def __len__(self) -> int:
        """Return how many blobs there are."""
        return len({*self.above, *self.below})

    def __contains__(self, key: object) -> bool:
        """Return whether the blob is there."""
        return key in self.above or key in self.below


@dataclass(frozen=True)
class Taken:
    """Acts that stand or fall together, the blobs they name, and the secret choices they mark.

    An act that the server alone vouches for may come without a moment (""): it is stamped when its turn comes.
    """

    acts: Sequence[acts.AnyAct]
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    choices: Sequence[Choice] = ()


# Makes what is to be taken in, from the state at its turn and the moment; may raise Refused.
Make = Callable[[State, str], Taken]


@dataclass(eq=False)
class _Request:
    """What one caller hands in, and what comes of it."""

    make: Make
    done: bool = False
    answer: list[int] = field(default_factory=list)
    fault: BaseException | None = None


@dataclass
class _Batch:
    """What goes into one commit: leaves with the request that each came with, blobs, choices."""

    first: int
    leaves: list[bytes] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    accepted: list[_Request] = field(default_factory=list)


def _stamped(act: acts.AnyAct, latest: str) -> acts.AnyAct:
    """Return an act with its moment and, where the server alone vouches for it, its salt (R88)."""
    if not act.at:
        act = msgspec.structs.replace(act, at=latest)
    if act.salt is msgspec.UNSET and act.sigs[0].kind == "server":
        act = msgspec.structs.replace(act, salt=secrets.token_hex(SALT_BYTES))
    return act


class Sequencer:
    """The state and the tree of a record, and the only door through which acts enter its store."""

    def __init__(self, store: Store, *, time: Clock, check: Callable[[Tree], None]) -> None:
        """Replay the record.

        Args:
            store: where it lies.
            time: the clock.
            check: compares the tree of the acts with what was signed of them; raises if they differ.
        """
        self.lock = threading.RLock()
        self.blobs = Overlay(store.blobs())
        self._store = store
        self._time = time
        self._check = check
        self._guard = threading.Lock()
        self._waiting: list[_Request] = []
        self._sound = False
        self._federation = Federation(self.blobs)
        self._tree = Tree()
        self._load()

    @property
    def federation(self) -> Federation:
        """What holds at the last act that was recorded and replayed here."""
        if not self._sound:
            with self.lock:
                self.catch_up()
        return self._federation

    @property
    def tree(self) -> Tree:
        """The tree over the acts that were replayed here."""
        if not self._sound:
            with self.lock:
                self.catch_up()
        return self._tree

    def catch_up(self) -> None:
        """Replay what other processes recorded."""
        with self.lock:
            if not self._sound:
                self._load()
                return
            self._sound = False
            for leaf in self._store.acts(self._tree.size):
                self._federation.apply(acts.decode(leaf))
                self._tree.append(leaf)
            self._sound = True

    def take(self, make: Make) -> list[int]:
        """Take acts in, together with those of all who wait, and return their numbers once they are recorded.

        Raises:
            Refused | NotCanonical: the rule book does not allow them, or they have no place in the record.
            StoreFault: they could not be written.
        """
        request = _Request(make)
        with self._guard:
            self._waiting.append(request)
        with self.lock:
            while not request.done:
                with self._guard:
                    batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                self._sequence(batch)
        if request.fault is not None:
            raise request.fault
        return request.answer

    def _load(self) -> None:
        self._sound = False
        leaves = list(self._store.acts())
        self._federation = replay((acts.decode(leaf) for leaf in leaves), self.blobs)
        self._tree = merkle.tree_of(leaves)
        self._check(self._tree)
        self._sound = True

    def _sequence(self, requests: list[_Request]) -> None:
        batch = _Batch(self._tree.size)
        try:
            with self._store.turn():
                self.catch_up()
                batch.first = self._tree.size
                # From here on the state is ahead of the record.
                self._sound = False
                for request in requests:
                    self._judge(request, batch)
                if batch.leaves:
                    self._store.append(batch.leaves, at=batch.first, blobs=batch.blobs, choices=batch.choices)
            for leaf in batch.leaves:
                self._tree.append(leaf)
            self._sound = True
        except BaseException as fault:
            self._recover(batch, requests, fault)
        finally:
            self.blobs.above.clear()
            for request in requests:
                request.done = True

    def _judge(self, request: _Request, batch: _Batch) -> None:
        """Carry a request's acts out and add them to the batch, or keep its refusal."""
        changing = False
        try:
            latest = max(self._time(), self._federation.state.moment)
            taken = request.make(self._federation.state, latest)
            stamped = [_stamped(act, latest) for act in taken.acts]
            # Before anything is changed: what has no place in the record is never carried out.
            leaves = [acts.encode(act) for act in stamped]
            self.blobs.above.update(taken.blobs)
            for act in stamped:
                if act.at > latest:
                    raise Refused(
                        "record", f"the act is dated {act.at}, which is still to come; the clerk's clock says {latest}"
                    )
                self._federation.apply(act)
                changing = True
        except Exception as fault:
            request.fault = fault
            self.blobs.above.clear()
            self.blobs.above.update(batch.blobs)
            if changing or not isinstance(fault, Refused | NotCanonical):
                # The acts before it were carried out and are never recorded, or nobody knows how far it came.
                self._federation = self._replayed(batch.leaves)
            return
        at = batch.first + len(batch.leaves)
        request.answer = list(range(at, at + len(leaves)))
        batch.accepted.append(request)
        batch.leaves += leaves
        batch.blobs.update(taken.blobs)
        batch.choices += taken.choices

    def _replayed(self, more: Sequence[bytes]) -> Federation:
        """Return the state of the record and of acts that are about to be recorded behind it."""
        recorded = list(self._store.acts())
        return replay((acts.decode(leaf) for leaf in (*recorded, *more)), self.blobs)

    def _recover(self, batch: _Batch, requests: list[_Request], fault: BaseException) -> None:
        """Throw the state away; answer those whose acts are recorded all the same, and tell the others why not."""
        self.blobs.above.clear()
        try:
            # It is sound still where the turn never came.
            if not self._sound:
                self._load()
            # The connection may have been lost after the commit, and the record says so.
            known = isinstance(fault, StoreLost) and bool(batch.leaves)
            if known and list(islice(self._store.acts(batch.first), len(batch.leaves))) == batch.leaves:
                return
        except Exception:
            # The store cannot be read now: whoever asks next replays it, or is told why that cannot be done.
            self._sound = False
        for request in requests:
            if request in batch.accepted or request.fault is None:
                request.fault = fault
