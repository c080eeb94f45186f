"""A ledger at a moment: what a watcher knew then, and over which window she looks.

Windows are as long as a term: of the kind of body that is asked about, or the longest of the charter for the whole
federation; a year where no term is written.
"""

from collections.abc import Sequence
from functools import cached_property

from comitia.charter.structure import Charter, Kind
from comitia.federation import moment, standing
from comitia.federation.state import Term
from comitia.watch import ledger as rows
from comitia.watch.ledger import Counted, Decided, Ended, Filling, Happened, InForce, Ledger, Polled, between, upto

YEAR_DAYS = 365


class View:
    """What the rows of a ledger say at one moment; reckoned once, shared by all indicators."""

    def __init__(self, ledger: Ledger, at: str) -> None:
        """Look at a ledger at a moment that is not before its first charter."""
        self.ledger, self.at = ledger, at
        self.rules: Charter = ledger.rules(at)

    @cached_property
    def seated_kinds(self) -> tuple[Kind, ...]:
        """The kinds of body that have seats of their own, in the charter's order."""
        return tuple(k for k in self.rules.kinds.values() if k.form in ("elected", "appointed"))

    @cached_property
    def latest(self) -> dict[str, Filling]:
        """The last filling of every seat that was ever filled."""
        return {f.term.seat: f for f in self.ledger.fillings[: upto(self.ledger.fillings, self.at)]}

    @cached_property
    def by_seat(self) -> dict[str, list[Filling]]:
        """All fillings of every seat so far, in order."""
        found: dict[str, list[Filling]] = {}
        for filling in self.ledger.fillings[: upto(self.ledger.fillings, self.at)]:
            found.setdefault(filling.term.seat, []).append(filling)
        return found

    @cached_property
    def terms_of(self) -> dict[str, list[Term]]:
        """Everybody's terms so far, in order."""
        found: dict[str, list[Term]] = {}
        for filling in self.ledger.fillings[: upto(self.ledger.fillings, self.at)]:
            found.setdefault(filling.term.member, []).append(filling.term)
        return found

    @cached_property
    def running(self) -> tuple[Filling, ...]:
        """The fillings whose terms run, in the order in which the seats were first filled."""
        return tuple(f for f in self.latest.values() if standing.is_running(f.term, self.at))

    @cached_property
    def by_kind(self) -> dict[str, list[Filling]]:
        """The running fillings by kind of body."""
        found: dict[str, list[Filling]] = {}
        for filling in self.running:
            found.setdefault(filling.kind, []).append(filling)
        return found

    @cached_property
    def by_body(self) -> dict[str, list[Filling]]:
        """All fillings so far by body, in order."""
        found: dict[str, list[Filling]] = {}
        for filling in self.ledger.fillings[: upto(self.ledger.fillings, self.at)]:
            found.setdefault(filling.body, []).append(filling)
        return found

    @cached_property
    def put_up(self) -> dict[str, list[Filling]]:
        """The fillings so far for which those above appointed or put up the only names, by body, in order."""
        above = ((body, [f for f in rows if f.above]) for body, rows in self.by_body.items())
        return {body: rows for body, rows in above if rows}

    def days(self, kind: str = "") -> int:
        """Return the length of the window: the term of a kind, or the longest of all."""
        found = self.rules.kinds.get(kind)
        if found is not None and found.term_days:
            return found.term_days
        return max((k.term_days for k in self.seated_kinds), default=0) or YEAR_DAYS

    def since(self, kind: str = "") -> str:
        """Return the moment at which the window begins."""
        return moment.after(self.at, days=-self.days(kind))

    def filled(self, kind: str = "") -> Sequence[Filling]:
        """Return the fillings in the window, of one kind or of all."""
        found = between(self.ledger.fillings, self.since(kind), self.at)
        return [f for f in found if f.kind == kind] if kind else found

    def counted(self, kind: str = "") -> Sequence[Counted]:
        """Return the elections counted in the window, of one kind or of all."""
        found = between(self.ledger.counted, self.since(kind), self.at)
        return [c for c in found if c.kind == kind] if kind else found

    @cached_property
    def decided(self) -> Sequence[Decided]:
        """The divisions closed in the window of the whole federation."""
        return between(self.ledger.decided, self.since(), self.at)

    @cached_property
    def polled(self) -> Sequence[Polled]:
        """The secret ballots published in the window of the whole federation."""
        return between(self.ledger.ballots, self.since(), self.at)

    @cached_property
    def members(self) -> int:
        """How many members there are."""
        return upto(self.ledger.joined, self.at) - upto(self.ledger.left, self.at)

    def members_by_group(self, roll: str) -> dict[str, list[str]]:
        """Return the present members of each group of a roll that members join."""
        column, places = self.ledger.placed.get(roll), self.ledger.places.get(roll)
        if column is None or places is None:
            return {}
        gone = {row.what for row in self.happened(self.ledger.left)}
        names = list(places.numbers)
        found: dict[str, list[str]] = {}
        for row, place in zip(self.happened(self.ledger.joined), column, strict=False):
            if place >= 0 and row.what not in gone:
                found.setdefault(names[place], []).append(row.what)
        return found

    @cached_property
    def charters(self) -> Sequence[InForce]:
        """The charters in force so far, the founding one first."""
        return self.ledger.charters[: upto(self.ledger.charters, self.at)]

    def groups_at(self, roll: str, at: str) -> int:
        """Return how many groups of a roll were registered at a moment, those that have left among them."""
        return sum(g.what == roll for g in self.ledger.groups[: upto(self.ledger.groups, at)])

    @cached_property
    def ended(self) -> Sequence[Ended]:
        """The bodies merged or dissolved so far by acts of their own."""
        return self.ledger.ended[: upto(self.ledger.ended, self.at)]

    def happened(self, what: Sequence[Happened]) -> Sequence[Happened]:
        """Return the rows of a list so far."""
        return what[: upto(what, self.at)]

    def in_window(self, what: Sequence[Happened]) -> Sequence[Happened]:
        """Return the rows of a list in the window of the whole federation."""
        return rows.between(what, self.since(), self.at)

    def plural(self, kind: str) -> str:
        """Return the name of a kind's bodies for a sentence: of the one, or of all."""
        found = self.ledger.kind(kind, self.at)
        if found is None:
            return kind
        return found.plural if found.each else f"the {found.name}"

    def where(self, kind: str) -> str:
        """Return ``the federation`` or the name of a kind's bodies."""
        return self.plural(kind) if kind else "the federation"
