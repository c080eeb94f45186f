"""The people of the demo at work: a clock of its own, ranked ballots, open votes.

Each step is acts through the clerk.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.federation import acts, moment, standing
from comitia.federation.state import Choice

Say = Callable[[str], None]


@dataclass(slots=True)
class DemoClock:
    """A clock that the story sets forward."""

    moment: str

    def __call__(self) -> str:
        """Return the story's present moment."""
        return self.moment


@dataclass(slots=True)
class Cast:
    """The clerk, the story's clock, and the luck of its people."""

    clerk: Clerk
    clock: DemoClock
    luck: random.Random
    used: dict[str, int] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The story's present moment."""
        return self.clock.moment

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.clock.moment = moment.after(self.clock.moment, days=days)

    def wait_until(self, later: str) -> None:
        """Let time pass until a moment."""
        self.clock.moment = max(self.clock.moment, later)

    def name(self, what: str) -> str:
        """Return a fresh id like ``motion-3``."""
        self.used[what] = self.used.get(what, 0) + 1
        return f"{what}-{self.used[what]}"


def elect(cast: Cast, wanted: Sequence[tuple[str, str]], *, vacant_only: bool = False) -> list[str]:
    """Hold elections of (body, constituency) side by side, from the call to the seated; return their ids.

    The longest nomination and voting times of the bodies hold for all.
    """
    state = cast.clerk.federation.state
    ids = open_elections(cast, wanted, vacant_only=vacant_only)
    nominated: list[acts.AnyAct] = []
    for election in ids:
        for candidate in _candidates(cast, election):
            nominated.append(acts.CandidateNominated(at=cast.at, by=candidate, election=election, candidate=candidate))
    cast.clerk.submit_all(nominated)
    cast.wait_until(max(state.elections[e].nominations_until for e in ids))
    cast.clerk.vote_all([v for e in ids for v in ballots_cast(cast, e)])
    cast.wait_until(max(state.ballots[e].closes_at for e in ids))
    for election in ids:
        cast.clerk.publish(election)
    return ids


def open_elections(cast: Cast, wanted: Sequence[tuple[str, str]], *, vacant_only: bool) -> list[str]:
    """Open nominations for (body, constituency) and return the elections' ids."""
    state = cast.clerk.federation.state
    made: list[acts.AnyAct] = []
    for body, constituency in wanted:
        kind = standing.body(state, body).kind
        nominations = moment.after(cast.at, days=kind.nomination_days)
        election = (
            f"elect-{body.replace('/', '-')}-{constituency.split('/')[-1]}"
            if kind.constituencies
            else f"elect-{body.replace('/', '-')}"
        )
        election = cast.name(election)
        made.append(
            acts.ElectionOpened(
                at=cast.at,
                by=min(standing.electors(state, constituency, cast.at)),
                body=body,
                election=election,
                constituency=constituency,
                vacant_only=vacant_only,
                nominations_until=nominations,
                closes_at=moment.after(nominations, days=kind.voting_days),
                lot=cast.clerk.lot(election),
            )
        )
    cast.clerk.submit_all(made)
    return [a.election for a in made if isinstance(a, acts.ElectionOpened)]


def _candidates(cast: Cast, election: str) -> list[str]:
    state = cast.clerk.federation.state
    found = state.elections[election]
    kind = standing.body(state, found.body).kind
    electing = standing.body(state, found.constituency.split(",")[0])
    pool = (
        state.ballots[election].electorate
        if kind.constituencies or electing.kind.form == "all"
        else standing.all_members(state)
    )
    # Whoever holds a seat that may not be held together with this one stands aside.
    free = [
        m
        for m in sorted(pool)
        if not any(
            t.seat.partition(":")[0].partition("/")[0] in kind.incompatible
            for t in standing.seats_of(state, m, cast.at)
        )
    ]
    wanted = len(found.seats) + (2 if len(found.seats) > 1 else 1)
    return cast.luck.sample(free, min(wanted, len(free)))


def ballots_cast(cast: Cast, election: str, *, turnout: float = 0.8) -> list[tuple[acts.VoteTaken, object]]:
    """Return votes of about that share of the electors: rankings of some candidates each, in an order of their own."""
    state = cast.clerk.federation.state
    names = list(state.elections[election].nominators)
    electorate = sorted(state.ballots[election].electorate)
    single = standing.body(state, state.elections[election].body).kind.rule == "plurality"
    found: list[tuple[acts.VoteTaken, object]] = []
    for member in electorate:
        if len(electorate) > 5 and cast.luck.random() > turnout:
            continue
        ranking = cast.luck.sample(names, 1 if single else cast.luck.randint(1, len(names)))
        found.append((acts.VoteTaken(at=cast.at, by=member, ballot=election, member=member), ranking))
    cast.luck.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Paper:
    """A motion to be moved: its id, matter, title, text, what it is about, and its table (or b"")."""

    motion: str
    matter: str
    title: str
    text: str
    subject: str = ""
    figures: bytes = b""


def move(cast: Cast, paper: Paper, *, by: str, body: str) -> None:
    """Move a motion."""
    text = paper.text.encode()
    blobs = {blob_hash(text): text}
    if paper.figures:
        blobs[blob_hash(paper.figures)] = paper.figures
    cast.clerk.submit(
        acts.MotionMoved(
            at=cast.at,
            by=by,
            body=body,
            motion=paper.motion,
            matter=paper.matter,
            title=paper.title,
            text=blob_hash(text),
            subject=paper.subject,
            figures=blob_hash(paper.figures) if paper.figures else "",
        ),
        blobs=blobs,
    )


def say(cast: Cast, about: str, text: str, *, by: str, answers: str = "") -> str:
    """Let a member speak beside something, and return the id of her words."""
    body, words = f"{text}\n".encode(), cast.name("words")
    cast.clerk.submit(
        acts.WordsSaid(at=cast.at, by=by, words=words, about=about, text=blob_hash(body), answers=answers),
        blobs={blob_hash(body): body},
    )
    return words


def open_division(cast: Cast, motion: str) -> None:
    """Wait for the notice to pass and open the division."""
    state = cast.clerk.federation.state
    of = state.motions[motion]
    rule = standing.charter(state).matters[of.matter]
    cast.wait_until(moment.after(of.at, days=rule.notice_days))
    closes = moment.after(cast.at, days=rule.voting_days)
    cast.clerk.submit(acts.DivisionOpened(at=cast.at, by=of.by, motion=motion, closes_at=closes))


def divide(cast: Cast, motion: str, leaning: Mapping[str, Choice]) -> str:
    """Let houses and assemblies vote as they lean, most of them, and close; return the verdict's sentence.

    ``leaning`` says by body which way most go; a seat's mandate goes before it.
    """
    open_division(cast, motion)
    vote(cast, motion, leaning)
    return close(cast, motion)


def vote(cast: Cast, motion: str, leaning: Mapping[str, Choice], *, turnout: float = 0.9) -> None:
    """Cast the open votes of houses and the secret votes of assemblies in a running division."""
    state = cast.clerk.federation.state
    running = state.motions[motion].divisions[-1]
    opened: list[acts.AnyAct] = []
    for body in running.bodies:
        way = leaning.get(body, "for")
        if body in running.ballots:
            ballot = running.ballots[body]
            secret = [
                (acts.VoteTaken(at=cast.at, by=m, ballot=ballot, member=m), _swayed(cast, way))
                for m in sorted(state.ballots[ballot].electorate)
                if cast.luck.random() < turnout
            ]
            cast.luck.shuffle(secret)
            cast.clerk.vote_all(secret)
            continue
        for term in standing.filled(state, body, cast.at):
            mandate = state.mandates.get((term.seat, motion))
            if mandate is None and cast.luck.random() > turnout:
                continue
            choice = mandate.instruction if mandate else _swayed(cast, way)
            opened.append(
                acts.VoteCast(at=cast.at, by=term.member, body=body, motion=motion, seat=term.seat, choice=choice)
            )
    cast.clerk.submit_all(opened)


def _swayed(cast: Cast, way: Choice) -> Choice:
    luck = cast.luck.random()
    other: Choice = "against" if way == "for" else "for"
    return way if luck < 0.78 else other if luck < 0.92 else "abstain"


def close(cast: Cast, motion: str) -> str:
    """Wait for the close, publish what was secret, note the result; return the verdict's sentence."""
    state = cast.clerk.federation.state
    of = state.motions[motion]
    running = of.divisions[-1]
    cast.wait_until(running.closes_at)
    for ballot in running.ballots.values():
        cast.clerk.publish(ballot)
    cast.clerk.submit(acts.DivisionClosed(at=cast.at, by="clerk", motion=motion))
    assert running.verdict is not None
    return running.verdict.sentence
