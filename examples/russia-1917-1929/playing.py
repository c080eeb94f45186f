"""The history played through ``Federation.apply`` under a charter: what passed, what was refused by which article."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from history import Charter, Entry, History, Step, WrongHistory

from comitia.federation import acts, candidacy, moment, standing
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation
from comitia.federation.state import State

SEED = "1917"


@dataclass(frozen=True)
class Attempt:
    """One way that was tried: ``article`` is "" where it was carried out, else who or what stood against it."""

    article: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What became of an entry: the attempts in order, the last of them the one that passed if any did."""

    entry: Entry
    attempts: tuple[Attempt, ...]
    first: int
    after: int

    @property
    def passed(self) -> bool:
        """Whether one way was carried out."""
        return not self.attempts[-1].article

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that refused it, way by way."""
        return tuple(a.article for a in self.attempts if a.article)


@dataclass
class Playing:
    """A federation under one charter, its blobs and acts so far."""

    history: History
    charter: Charter
    vkey: str = "history.example/log+0+0"
    blobs: dict[str, bytes] = field(default_factory=dict)
    done: list[acts.AnyAct] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.federation = Federation(self.blobs)
        self.at = self.history.begins
        self._count = 0

    @property
    def state(self) -> State:
        """The state of the federation."""
        return self.federation.state

    def play(self) -> "Playing":
        """Found the federation and play every entry in order; return this."""
        self._found()
        for entry in self.history.entries:
            self.at = max(self.at, entry.at)
            first = len(self.done)
            tried: list[Attempt] = []
            for way in entry.ways:
                tried.append(self._try(entry, way))
                if not tried[-1].article:
                    break
            self.outcomes.append(Outcome(entry, tuple(tried), first, len(self.done)))
        return self

    def _try(self, entry: Entry, way: Sequence[Step]) -> Attempt:
        for step in way:
            verb = _VERBS.get(step["do"])
            if verb is None:
                raise WrongHistory(f"{entry.id}: there is no step {step['do']!r}; there are {', '.join(_VERBS)}")
            try:
                verb(self, entry, step)
            except Refused as refused:
                return Attempt(refused.article, refused.reason)
        return Attempt("", "")

    def _do(self, act: acts.AnyAct) -> None:
        self.federation.apply(act)
        self.done.append(act)

    def _blob(self, text: str) -> str:
        name = hashlib.sha256(text.encode()).hexdigest()
        self.blobs[name] = text.encode()
        return name

    def _found(self) -> None:
        history, numbers = self.history, self._people()
        first = next(iter(numbers))
        founders = tuple(list(numbers)[:3])
        self._do(
            acts.FederationFounded(
                at=self.at, by=first, name=history.name, zone="UTC", charter=self._blob(self.charter.base),
                vkey=self.vkey, founders=founders,
            )
        )  # fmt: skip
        rolls = standing.charter(self.state).rolls
        for roll, group, within in history.groups:
            if roll in rolls:
                inside = within if within.partition("/")[0] in rolls else ""
                self._do(acts.GroupRegistered(at=self.at, by=first, roll=roll, group=group, name=group, within=inside))
        for number, groups in numbers.items():
            own = {roll: group for roll, group in groups.items() if roll in rolls}
            self._do(acts.MemberJoined(at=self.at, by=first, member=number, commitment="0" * 64, groups=own))

    def _people(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for number, groups in self.history.people:
            for _ in range(number):
                found[f"m-{len(found) + 1:04}"] = dict(groups)
        return found | {name: dict(groups) for name, groups in self.history.named.items()}

    def body(self, name: str) -> str:
        """Return the body that goes by a name of the statutes, under this charter."""
        kind, slash, group = name.partition("/")
        own = self.charter.bodies.get(name) or self.charter.bodies.get(kind, kind)
        return own if "/" in own else f"{own}{slash}{group}"

    def _speaker(self, body: str, *, passed: Sequence[str] = ()) -> str:
        """Return who speaks for a body: the first who sits in it; the first member, where nobody does."""
        found = standing.find_body(self.state, body)
        sitting = sorted(standing.sitting(self.state, body, self.at) - set(passed)) if found else []
        return sitting[0] if sitting else "m-0001"

    def _new(self, what: str) -> str:
        self._count += 1
        return f"{what}-{self._count}"


def _elect(play: Playing, entry: Entry, step: Step) -> None:
    """Fill the seats of bodies on the same days, with a choice, or with the only names put up from above."""
    del entry
    parts = [
        (body, constituency)
        for body in _bodies(play, step["body"])
        for constituency in dict.fromkeys(s.constituency for s in standing.seats(play.state, body))
    ]
    taken: set[str] = set()
    ballots = [
        _open(play, body, constituency, step, inside=n < step.get("of_them", 0), taken=taken)
        for n, (body, constituency) in enumerate(parts)
    ]
    play.at = max(play.state.ballots[b].opens_at for b, _ in ballots)
    for ballot, _ in ballots:
        for member in sorted(play.state.ballots[ballot].electorate):
            play._do(acts.VoteTaken(at=play.at, by=member, ballot=ballot, member=member))
    play.at = max(play.state.ballots[b].closes_at for b, _ in ballots)
    for ballot, stood in ballots:
        _publish(play, ballot, stood)


def _bodies(play: Playing, name: str) -> list[str]:
    """Return the body of a name, or all bodies of a kind."""
    own = play.body(name)
    if "/" in own:
        return [own]
    return [b.id for b in standing.bodies(play.state) if b.kind.id == own] or [own]


def _open(
    play: Playing, body: str, constituency: str, step: Step, *, inside: bool, taken: set[str]
) -> tuple[str, list[str]]:
    """Open an election and enter who stands; return its id and them, those to be elected first."""
    kind, election = standing.body(play.state, body).kind, play._new("election")
    until = moment.after(play.at, days=kind.nomination_days)
    electorate = sorted(standing.electors(play.state, constituency, play.at))
    above = play.body(step["put_up_by"].replace("*", body.partition("/")[2])) if "put_up_by" in step else ""
    opener = play._speaker(above) if above else (electorate or ["m-0001"])[0]
    play._do(
        acts.ElectionOpened(
            at=play.at, by=opener, body=body, election=election, constituency=constituency, vacant_only=False,
            nominations_until=until, closes_at=moment.after(until, days=kind.voting_days),
            lot=hashlib.sha256(SEED.encode()).hexdigest(),
        )
    )  # fmt: skip
    seats = len(play.state.elections[election].seats)
    stood: list[str] = []
    for candidate in _candidates(play, electorate, step, inside=inside, taken=taken):
        by = opener if above else candidate
        act = acts.CandidateNominated(at=play.at, by=by, body=above, election=election, candidate=candidate)
        try:
            play._do(act)
        except Refused:
            # Who may not stand does not: the next is asked. Who may not put up at all is told so.
            if above and candidate in standing.all_members(play.state) and not stood:
                raise
            continue
        stood.append(candidate)
        if len(stood) == seats + (0 if above else 1):
            break
    taken.update(stood[:seats])
    return election, stood


def _publish(play: Playing, ballot: str, stood: list[str]) -> None:
    """Let all vote for the first who stood, as many as there are seats."""
    election, voted = play.state.elections[ballot], len(play.state.ballots[ballot].electorate)
    rule, seats = candidacy.kind_of(election).rule, len(election.seats)
    choice = json.dumps(stood[:1] if rule == "plurality" else stood[:seats], separators=(",", ":"))
    lines = "".join(f"{choice}\n" for _ in range(voted))
    play._do(
        acts.BallotsPublished(
            at=play.at, by="clerk", ballot=ballot, choices=play._blob(lines), number=voted, seed=SEED
        )
    )  # fmt: skip


def _candidates(play: Playing, electorate: list[str], step: Step, *, inside: bool, taken: set[str]) -> list[str]:
    """Return who may be put up: those named, then those with the fewest seats, electors first.

    Where the step says among whom (``among``), in the first ``of_them`` constituencies these, in the others the rest.
    """
    held = {m: len(standing.seats_of(play.state, m, play.at)) for m in standing.all_members(play.state)}
    roll, _, group = step.get("among", "").partition("/")
    own = play.state.groups[roll, group].members if (roll, group) in play.state.groups else frozenset()
    first = own if inside else frozenset(held) - own
    people = sorted(held, key=lambda m: (m in taken, m not in first, m not in electorate, held[m], m))
    named = [m for m in step.get("people", ()) if m in held]
    return [*named, *(m for m in people if m not in named and m not in play.history.named)]


def _appoint(play: Playing, entry: Entry, step: Step) -> None:
    """Fill the seats of bodies by appointment."""
    for body in _bodies(play, step["body"]):
        for seat in standing.seats(play.state, body):
            by = play.body(step["by"])
            held = {m: len(standing.seats_of(play.state, m, play.at)) for m in standing.all_members(play.state)}
            group = body.partition("/")[2]
            own = sorted(standing.base_members(play.state, body) if group else held, key=lambda m: (held[m], m))
            member = next(
                (m for m in step.get("people", ()) if m in held), next(m for m in own if m not in play.history.named)
            )
            play._do(acts.SeatAppointed(at=play.at, by=play._speaker(by), body=by, seat=seat.id, member=member))


def _move(play: Playing, entry: Entry, step: Step) -> None:
    """Move a motion, and leave it there."""
    play._do(_motion(play, entry, step))


def _resolve(play: Playing, entry: Entry, step: Step) -> None:
    """Move a motion, vote on it and close: as few speak as give the outcome."""
    act = _motion(play, entry, step)
    play._do(act)
    on = play.state.motions[act.motion].on
    play.at = moment.after(play.at, days=on.notice_days)
    closes = moment.after(play.at, days=on.voting_days)
    play._do(acts.DivisionOpened(at=play.at, by=act.by, motion=act.motion, closes_at=closes))
    running = play.state.motions[act.motion].divisions[-1]
    for body in running.bodies:
        if body not in running.ballots:
            _vote(play, act.motion, body, step)
    play.at = closes
    for ballot in running.ballots.values():
        # The members were not asked: no paper was cast.
        empty = play._blob("")
        play._do(acts.BallotsPublished(at=play.at, by="clerk", ballot=ballot, choices=empty, number=0, seed=""))
    play._do(acts.DivisionClosed(at=play.at, by="clerk", motion=act.motion))
    of = play.state.motions[act.motion]
    if of.outcome != "carried":
        raise Refused(of.on.article, of.divisions[-1].verdict.sentence if of.divisions[-1].verdict else of.outcome)


def _vote(play: Playing, motion: str, body: str, step: Step) -> None:
    """Let as few vote as carry it; where one does not, all seats but those told to be against."""
    on = play.state.motions[motion].on
    terms = standing.filled(play.state, body, play.at)
    against = step.get("against", 0)
    enough = on.quorum == 0 and on.base == "for_against"
    number = against + 1 if enough else len(terms) - against
    said: list[Literal["for", "against"]] = [*["for"] * number, *["against"] * against]  # type: ignore[list-item]
    for term, choice in zip(terms, said, strict=False):
        play._do(acts.VoteCast(at=play.at, by=term.member, body=body, motion=motion, seat=term.seat, choice=choice))


def _motion(play: Playing, entry: Entry, step: Step) -> acts.MotionMoved:
    change, body = step.get("change", ""), play.body(step["by"])
    matters = standing.charter(play.state).matters
    name = step.get("matter", "")
    if change:
        own = [m.id for m in matters.values() if m.effect == "charter" and body.partition("/")[0] in m.decided_by]
        name = (own or [m.id for m in matters.values() if m.effect == "charter"])[0]
    return acts.MotionMoved(
        at=play.at, by=step.get("speaker") or play._speaker(body), body=body, motion=play._new(entry.id.lower()),
        matter=name, title=entry.what[:120], text=play._blob(f"{entry.what}\n"),
        figures=play._blob(play.charter.changes[change]) if change else "",
        affects=tuple(step["affects"]) if "affects" in step else msgspec.UNSET,
    )  # fmt: skip


def _merge(play: Playing, entry: Entry, step: Step) -> None:
    """Merge bodies of a kind into another body without asking them."""
    bodies = tuple(_bodies(play, step["bodies"]))
    into = play.body(step["into"])
    by = play._speaker(play.body(step["by"]))
    play._do(acts.BodyMerged(at=play.at, by=by, body=play.body(step["by"]), bodies=bodies, into=into, decisions=()))


def _work(play: Playing, entry: Entry, step: Step) -> None:
    """Order a named person to work somewhere."""
    by = play.body(step["by"])
    play._do(
        acts.WorkAssigned(
            at=play.at,
            by=play._speaker(by),
            body=by,
            member="m-0002",
            workplace=step["workplace"],
            task=entry.what[:80],
        )
    )


_VERBS: dict[str, Callable[[Playing, Entry, Any], None]] = {
    "elect": _elect, "appoint": _appoint, "move": _move, "resolve": _resolve, "merge": _merge, "work": _work,
}  # fmt: skip
