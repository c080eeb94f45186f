"""The clerk: takes an act in, asks the rule book, records it, answers; decides nothing.

Order of things (DESIGN: clerk = apply, append, commit, sign); ``sequencer.py`` keeps it. An act of the server's own
may come without a moment (``at=""``): it is stamped when its turn comes.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from comitia.clerk import public_edition, stores, witnessing
from comitia.clerk.home import Home
from comitia.clerk.people import People
from comitia.clerk.sequencer import Clock, Sequencer, Taken
from comitia.federation import acts, ballots, moment, sealing
from comitia.federation.rulebook import Federation
from comitia.federation.state import State
from comitia.record import checkpoint, merkle, mirror, note, policy, receipt, tiles
from comitia.record.store import Choice


class NoFederation(Exception):
    """The folder holds no federation, or holds one where a new one was to be made."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


def blob_hash(body: bytes) -> str:
    """Return the name under which an act points to these bytes."""
    return sha256(body).hexdigest()


def clock() -> str:
    """Return the present moment."""
    return moment.format(datetime.now(UTC))


class Clerk:
    """The one door to a federation's record, for one process and its many threads."""

    def __init__(self, home: Home, *, time: Clock) -> None:
        """Open the folder's record and replay it."""
        self.home = home
        self._time = time
        self._key = note.parse_signing_key(home.log_key.read_text().strip())
        self._store = stores.open(home)
        try:
            self._sequencer = Sequencer(self._store, time=time, check=self._check_signed)
            self._lock = self._sequencer.lock
            self.people = People(home.people)
            # A crash between publishing and wiping leaves choices behind that are public by now.
            for ballot in self._store.ballots():
                if self.federation.state.ballots[ballot].published:
                    self._store.wipe(ballot)
        except BaseException:
            self._store.close()
            raise

    @property
    def federation(self) -> Federation:
        """What holds at the last act."""
        return self._sequencer.federation

    def catch_up(self) -> None:
        """Replay what other processes recorded."""
        self._sequencer.catch_up()

    def _check_signed(self, tree: merkle.Tree) -> None:
        """Compare the acts with the last checkpoint that was signed over them."""
        signed = self._store.checkpoint()
        if signed is None:
            return
        head = checkpoint.check(signed, note.verifier_key(self._key))
        if head.size > tree.size or tree.root_hash(head.size) != head.root:
            raise NoFederation(
                self.home.path,
                "the acts differ from the last signed checkpoint; the record was changed or torn: restore the backup",
            )

    @classmethod
    def create(cls, path: Path, origin: str, *, time: Clock | None = None, database: str | None = None) -> Self:
        """Make a folder for a new federation, with a fresh key, and open it; its record is empty.

        Args:
            path: the folder.
            origin: the name under which the record is signed.
            time: the clock; the machine's if None.
            database: how to reach the PostgreSQL database that keeps the record; None keeps it in the folder.

        Raises:
            NoFederation: the folder, or the database, holds a record already.
        """
        home = Home(path)
        if stores.exist(home):
            raise NoFederation(path, "there is a federation here already; choose an empty folder")
        # Names, waiting choices and keys lie here: no other account of the machine reads them.
        home.path.mkdir(parents=True, exist_ok=True)
        home.path.chmod(0o700)
        home.keys.mkdir(exist_ok=True)
        home.keys.chmod(0o700)
        key = note.SigningKey(origin, secrets.token_bytes(32))
        home.log_key.touch(mode=0o600)
        home.log_key.write_text(note.format_signing_key(key) + "\n")
        if database is not None:
            stores.place(home, database)
        return cls(home, time=time or clock)

    @classmethod
    def open(cls, path: Path, *, time: Clock | None = None) -> Self:
        """Open a federation's folder.

        Raises:
            NoFederation: the folder holds no record.
            Refused: the record holds an act that the rule book does not accept.
        """
        home = Home(path)
        if not stores.exist(home) or not home.log_key.exists():
            raise NoFederation(
                path, "there is no federation here; `comitia new` makes one, `comitia demo` an invented one"
            )
        return cls(home, time=time or clock)

    def __enter__(self) -> Self:
        """Return the clerk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the folder."""
        self.close()

    def close(self) -> None:
        """Sign what is new and close the files."""
        with self._lock:
            try:
                if self._sequencer.tree.size:
                    self.checkpoint()
            finally:
                self._store.close()
                self.people.close()

    def undisturbed(self) -> AbstractContextManager[object]:
        """Return a lock: while it is held no act is taken in, so that what is read of the state belongs together."""
        return self._lock

    @property
    def vkey(self) -> str:
        """The key with which checkpoints are checked, as the founding act carries it."""
        return note.format_vkey(note.verifier_key(self._key))

    def now(self) -> str:
        """Return the moment that an act taken in now is stamped with: never before the last act."""
        return max(self._time(), self.federation.state.moment)

    def submit(self, act: acts.AnyAct, *, blobs: Mapping[str, bytes] | None = None) -> int:
        """Take one act in and return its index in the record.

        Raises:
            Refused: the rule book does not allow it; nothing is recorded.
            StoreFault: it could not be written; nothing is recorded.
        """
        return self.submit_all([act], blobs=blobs)[0]

    def submit_all(self, taken: Sequence[acts.AnyAct], *, blobs: Mapping[str, bytes] | None = None) -> list[int]:
        """Take acts in, in one commit: all of them, or none.

        Raises:
            Refused: one of them is not allowed; nothing is recorded.
            NotCanonical: a text of one of them has no place in the record; nothing is recorded.
            StoreFault: they could not be written; nothing is recorded.
        """
        return self._sequencer.take(lambda _state, _now: Taken(taken, blobs or {}))

    def vote(self, act: acts.VoteTaken, choice: object) -> int:
        """Take a secret vote in: the mark goes to the record, the choice waits where it can be erased.

        Both are committed together. The choice is kept without member or moment, in an order that says nothing.

        Raises:
            Refused: the member may not vote, has voted, or the ballot does not offer this choice.
        """
        return self.vote_all([(act, choice)])[0]

    def vote_all(self, cast: Sequence[tuple[acts.VoteTaken, object]]) -> list[int]:
        """Take many secret votes in, in one commit.

        Raises:
            Refused: one of them is not allowed; none is recorded.
        """

        def make(state: State, _now: str) -> Taken:
            waiting: list[Choice] = []
            for act, choice in cast:
                of = ballots.ballot(state, act.ballot)
                ballots.check_choice(state, of, choice)
                waiting.append(Choice(act.ballot, json.dumps(choice, separators=(",", ":")).encode()))
            return Taken([act for act, _ in cast], choices=waiting)

        return self._sequencer.take(make)

    def publish(self, ballot: str, *, at: str = "", drawn: Sequence[str] = (), witnesses: Sequence[str] = ()) -> int:
        """Publish all choices of a closed ballot, sorted by bytes, then wipe the table in which they waited.

        Those that were sealed are opened with the keys that the tellers revealed.

        Args:
            ballot: its id.
            at: the moment; now if "".
            drawn, witnesses: on whom lots drawn by hand fell, in order, and the two members who saw it.

        Raises:
            Refused: the ballot is still open, or was published; too few tellers have revealed; or a tie waits for a lot
                by hand.
        """

        def make(state: State, now: str) -> Taken:
            of = ballots.ballot(state, ballot)
            closed = (at or now) >= of.closes_at
            sealed = sealing.choices(state, of)[0] if of.sealed is not None and closed else []
            lines = self._store.choices(ballot) + sealed
            body = b"".join(line + b"\n" for line in sorted(lines))
            seed = self._seed(ballot) if of.lot else ""
            act = acts.BallotsPublished(
                at=at or now,
                by="clerk",
                ballot=ballot,
                choices=blob_hash(body),
                number=len(lines),
                seed=seed,
                drawn=tuple(drawn) or msgspec.UNSET,
                witnesses=tuple(witnesses) or msgspec.UNSET,
            )
            return Taken([act], {blob_hash(body): body})

        index = self._sequencer.take(make)[0]
        self._store.wipe(ballot)
        return index

    def waiting(self, ballot: str) -> list[bytes]:
        """Return the choices that wait in an open ballot, sorted by bytes."""
        return self._store.choices(ballot)

    def lot(self, election: str) -> str:
        """Return the commitment to a fresh seed for an election's lot; the seed is kept until the close."""
        path = self.home.keys / f"lot-{election}"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return sha256(path.read_text().encode()).hexdigest()

    def _seed(self, election: str) -> str:
        path = self.home.keys / f"lot-{election}"
        if not path.exists():
            raise NoFederation(path, "the seed of this election's lot is missing; restore keys/ from the backup")
        return path.read_text()

    def leaf(self, index: int) -> bytes:
        """Return the bytes of an act."""
        return self._store.leaf(index)

    def leaves(self, since: int = 0) -> list[bytes]:
        """Return the bytes of the acts from an index on."""
        return list(self._store.acts(since))

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Return the proof that an act stands in the record as it is now."""
        with self._lock:
            return self._sequencer.tree.inclusion_proof(index)

    def consistency_proof(self, old_size: int, size: int) -> list[bytes]:
        """Return the proof that the record of ``size`` acts continues that of ``old_size`` acts."""
        with self._lock:
            return self._sequencer.tree.consistency_proof(old_size, size)

    def root(self) -> bytes:
        """Return the root hash of the record as it is now."""
        with self._lock:
            return self._sequencer.tree.root_hash()

    def blob(self, name: str) -> bytes:
        """Return a text or table by its hash."""
        return self._sequencer.blobs[name]

    def checkpoint(self) -> bytes:
        """Return the signed checkpoint of the record as it is now."""
        with self._lock:
            head = checkpoint.Checkpoint(self._key.name, self._sequencer.tree.size, self._sequencer.tree.root_hash())
            signed = checkpoint.sign(head, self._key)
            if self._store.checkpoint() != signed:
                self._store.save_checkpoint(head.size, signed)
            return signed

    def witness(self) -> witnessing.Gathered:
        """Ask the witnesses that ``policy`` in the folder names to cosign the record as it is now; keep what they gave.

        Raises:
            NoFederation: there is no policy, or it cannot be read.
        """
        try:
            trusted = policy.parse(self.home.policy.read_bytes())
        except (OSError, policy.PolicyWrong) as fault:
            raise NoFederation(self.home.policy, f"no witnesses can be asked: {fault}") from fault
        signed = self.checkpoint()
        # Acts may come while the witnesses are asked: proofs are of sizes up to the checkpoint's, which do not change.
        found = witnessing.gather(signed, trusted.witnesses, self.consistency_proof)
        partial = self.home.cosigned.with_suffix(".partial")
        partial.write_bytes(found.note)
        partial.rename(self.home.cosigned)
        return found

    def receipt(self, index: int) -> bytes:
        """Return the proof that an act stands in the record (C2SP tlog-proof), under the last checkpoint that witnesses
        cosigned if the act is in it, else under the present one.

        Raises:
            IndexError: there is no such act.
        """
        with self._lock:
            if not 0 <= index < self._sequencer.tree.size:
                raise IndexError(
                    f"the record has no act {index}: it holds {self._sequencer.tree.size}, numbered from 0"
                )
            cosigned = self.cosigned()
            covers = cosigned is not None and checkpoint.parse(cosigned).size > index
            signed = cosigned if cosigned is not None and covers else self.checkpoint()
            size = checkpoint.parse(signed).size
            return receipt.format(index, self._sequencer.tree.inclusion_proof(index, size), signed)

    def cosigned(self) -> bytes | None:
        """Return the last checkpoint with the cosignatures of its witnesses; None where none was asked for."""
        return self.home.cosigned.read_bytes() if self.home.cosigned.exists() else None

    def export(self, out: Path) -> None:
        """Write the record as a folder, or one file if the name ends in .zip: all that a verifier needs.

        The checkpoint carries cosignatures if witnesses cosigned the record as it is now.
        """
        mirror.write(self.files(), out)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file of an export of the record as it is now, as path and bytes."""
        with self._lock:
            leaves, signed = self._whole()
        yield from tiles.files(leaves, signed, self._sequencer.blobs)

    def publish_edition(self, out: Path) -> None:
        """Write the public edition of the record as it is now as a folder: offices and totals, under the same root.

        Raises:
            NotPublic: the record is older than salts.
            NotWritten: the path exists, or the disk refuses.
        """
        with self._lock:
            leaves, signed = self._whole()
            made = list(public_edition.files(leaves, self.federation.state, signed, self._sequencer.blobs, self._key))
        mirror.write(made, out)

    def _whole(self) -> tuple[list[bytes], bytes]:
        """Return all acts, and the checkpoint over them with the cosignatures that are there."""
        self.catch_up()
        leaves = list(islice(self._store.acts(), self._sequencer.tree.size))
        signed, cosigned = self.checkpoint(), self.cosigned()
        if cosigned is not None and note.parse(cosigned).text == note.parse(signed).text:
            signed = cosigned
        return leaves, signed
