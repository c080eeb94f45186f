"""What the watch keeps of a record: rows taken down act by act, each with its moment and its act.

``note`` is called for every act in order, with the state right after it or any later state: it takes down only what is
settled once the act is carried out, so that both give the same rows. A row is never changed; a term's end stands in the
state's own ``Term``. Whoever asks about a moment reads the rows up to it (``view.py``), and so gets what a watcher at
that moment would have got.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol, TypeVar

from comitia.charter import parse
from comitia.charter.structure import Charter, Kind
from comitia.federation.state import Choice, Division, Motion, Origin, State, Term


@dataclass(frozen=True, slots=True)
class Filling:
    """A seat was filled.

    Attributes:
        above: the body that appointed, or that put up the only candidates; "" where the electors had a choice, or
            where those who stood said so themselves.
        electing: the bodies whose people voted.
        contested: more stood than there were seats.
    """

    at: str
    act: int
    term: Term
    body: str
    kind: str
    how: Origin
    above: str
    electing: tuple[str, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """An election was counted.

    Attributes:
        seats, standing: seats to fill, candidates on the ballot.
        electors, voted: how many may vote, and did.
        margin: between the last elected and the first not elected at the last stage, as a share of the valid papers;
            None where all who stood were elected.
        incumbents, beaten: holders of these seats who stood again, and those of them who were not elected.
        put_up, rejected: candidates nominated, and those of them whom a gate did not admit; ``gate`` is its kind or "".
        lists: seats by current, where the candidates stood for currents.
    """

    at: str
    act: int
    body: str
    kind: str
    seats: int
    standing: int
    electors: int
    voted: int
    elected: tuple[str, ...]
    margin: Fraction | None
    incumbents: int
    beaten: int
    put_up: int
    rejected: int
    gate: str
    lists: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A division was closed.

    Attributes:
        mover: the kind of the body for which the motion was moved; ``executive`` whether it is no house of delegates
            and no assembly.
        spoken: by deciding body, how each person who spoke in the open spoke.
    """

    at: str
    act: int
    motion: Motion
    division: Division
    mover: str
    executive: bool
    carried: bool
    spoken: tuple[tuple[str, dict[str, Choice]], ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A body was merged or dissolved by an act; ``decisions`` are the bodies that carried it."""

    at: str
    act: int
    body: str
    into: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Polled:
    """A secret ballot was published: how many of how many voted, and on what."""

    at: str
    act: int
    purpose: str
    body: str
    voted: int
    electors: int
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """Anything of which only the moment, the act, whom it is about and by whom is kept."""

    at: str
    act: int
    what: str
    by: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """A charter in force since a moment, and the motion that changed it, or None."""

    at: str
    act: int
    charter: Charter
    motion: Motion | None


@dataclass(slots=True)
class Numbered:
    """Words as small numbers, so that a million acts are columns."""

    numbers: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, word: str) -> int:
        """Return a word's number, a new one for a new word."""
        return self.numbers.setdefault(word, len(self.numbers))


@dataclass(slots=True)
class Spoken:
    """Columns of what people did beside voting: when, in which act, who, for which body, which act."""

    at: list[str] = field(default_factory=list)
    act: array[int] = field(default_factory=lambda: array("q"))
    who: array[int] = field(default_factory=lambda: array("q"))
    body: array[int] = field(default_factory=lambda: array("q"))
    word: array[int] = field(default_factory=lambda: array("q"))
    people: Numbered = field(default_factory=Numbered)
    bodies: Numbered = field(default_factory=Numbered)
    words: Numbered = field(default_factory=Numbered)


@dataclass(slots=True)
class Ledger:
    """The rows of a record, in the order of its acts."""

    size: int = 0
    charters: list[InForce] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    groups: list[Happened] = field(default_factory=list)
    joined: list[Happened] = field(default_factory=list)
    left: list[Happened] = field(default_factory=list)
    placed: dict[str, array[int]] = field(default_factory=dict)
    places: dict[str, Numbered] = field(default_factory=dict)
    recalls: list[Happened] = field(default_factory=list)
    currents: list[Happened] = field(default_factory=list)
    platforms: list[Happened] = field(default_factory=list)
    reports: list[Happened] = field(default_factory=list)
    labour: list[Happened] = field(default_factory=list)
    ballots: list[Polled] = field(default_factory=list)
    spoken: Spoken = field(default_factory=Spoken)
    nominated: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    read: dict[str, Charter] = field(default_factory=dict)

    def rules(self, at: str) -> Charter:
        """Return the charter that was in force at a moment."""
        place = bisect_right(self.charters, at, key=lambda row: row.at)
        return self.charters[max(0, place - 1)].charter

    def kind(self, name: str, at: str) -> Kind | None:
        """Return a kind of body as the charter had it at a moment, or as the last charter had it that knew it."""
        for row in reversed(self.charters):
            if row.at <= at and name in row.charter.kinds:
                return row.charter.kinds[name]
        return None


def note_charters(ledger: Ledger, state: State) -> None:
    """Take down the charters that came into force."""
    for text, since, act in state.charters[len(ledger.charters) :]:
        if text not in ledger.read:
            ledger.read[text] = parse.parse(state.blobs[text].decode(), file="the charter")
        changed = (m for m in state.motions.values() if m.figures == text and m.on.effect == "charter")
        motion = next((m for m in changed if m.effect_at == since), None)
        ledger.charters.append(InForce(since, act, ledger.read[text], motion))


class Dated(Protocol):
    """A row with its moment."""

    @property
    def at(self) -> str:
        """When it happened."""


Row = TypeVar("Row", bound=Dated)


def upto(rows: Sequence[Row], at: str) -> int:
    """Return how many rows there were at a moment."""
    return bisect_right(rows, at, key=lambda row: row.at)


def between(rows: Sequence[Row], since: str, at: str) -> Sequence[Row]:
    """Return the rows after one moment, up to another."""
    return rows[upto(rows, since) : upto(rows, at)]
