"""A motion: its text and amendments, its road, the houses side by side, the verdict with its sum."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.charter.structure import Matter
from comitia.decide import mandate, motion as text_of
from comitia.decide.verdict import Verdict
from comitia.federation import (
    amendments,
    deadlocks,
    divisions,
    founding,
    mandates,
    moment,
    motions,
    positions,
    road,
    standing,
    tallies,
    transition,
)
from comitia.federation.refusal import Refused
from comitia.federation.state import Amendment, Division, Motion, State
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page
from comitia.web.sums import motion_ways, talk


@dataclass(frozen=True, slots=True)
class Change:
    """An amendment and what it does to the text."""

    amendment: Amendment
    motion: Motion
    lines: tuple[text_of.DiffLine, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a motion's road: what, when, under which article, and whether it lies behind."""

    title: str
    moment: str
    article: str
    over: bool


@dataclass(frozen=True, slots=True)
class SeatVote:
    """An open vote: the seat, who holds it, the choice or None, and how it stands to the mandate."""

    seat: standing.Seat
    member: str
    compared: mandate.Comparison


@dataclass(frozen=True, slots=True)
class House:
    """One of the bodies that decide: its verdict as it stands, its open votes or the turnout of its secret ballot.

    Attributes:
        hidden: a secret ballot runs, so nothing but the turnout is shown.
        missing: how many more must take part for the quorum.
        counted: whether a share of votes decides, so that the sum is shown as a table.
    """

    body: standing.Body
    verdict: Verdict
    votes: tuple[SeatVote, ...]
    ballot: str
    hidden: bool
    taken: int
    able: int
    missing: int
    counted: bool


def motion(request: HttpRequest, name: str) -> HttpResponse:
    """Show a motion."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = state.motions.get(name)
    if of is None:
        raise Http404(f"There is no motion {name!r}.")
    on = motions.matter(state, of)
    running = of.divisions[-1] if of.divisions else None
    deciding = _deciding(state, of)
    now = road.road(state, of, at)
    sits = any(standing.sits_in(state, who, b, at) for b in deciding)
    talked = talk.thread(state, f"motion/{of.id}", who, at)
    context = {
        "motion": of,
        "matter": on,
        "division": running,
        "open": running is not None and at < running.closes_at and not running.closed,
        "over": running is not None and at >= running.closes_at and not running.closed,
        "deciding": deciding,
        "changes": _changes(state, of),
        "original": state.amendments.get(of.id),
        "road": _road(of, on, now, at),
        "now": now,
        "effect": _effect(state, of, at),
        "ways": motion_ways.ways(state, of, who, at=at, deciding=_still_there(state, running) if running else deciding),
        "houses": _houses(state, of, running, at),
        "verdict": running.verdict if running else None,
        "seats": _my_seats(state, of, running, who, at),
        "ballots": _my_ballots(state, running, who, at),
        "waiting": [b for b in running.ballots.values() if not state.ballots[b].published] if running else [],
        "amendable": sits and _amendable(of, on),
        "may_open": who == of.by
        or any(standing.sits_in(state, who, b, at) for b in (now.due.bodies if now.due else ())),
        "is_mover": who == of.by,
        "amendment_id": fresh_id(state, "amendment"),
        "reports": [(r.by, state.blobs[r.text].decode()) for r in of.minority_reports],
        "mandate": _mandate_due(state, of, on),
        "instructable": _instructable(state, of, who, at),
        "talk": talked,
        # The last words of each in the thread: her reasons, beside her vote.
        "spoken": {one.words.by: one.words.id for one in talked.said if not one.folded},
        "words_id": fresh_id(state, "words"),
    }
    return page(request, "web/motion.html", context)


def _still_there(state: State, running: Division | None) -> tuple[str, ...]:
    """Return the bodies of a division; a change of the charter may have struck some since."""
    bodies = running.bodies if running else ()
    return tuple(name for name in bodies if standing.find_body(state, name))


def _deciding(state: State, of: Motion) -> tuple[str, ...]:
    try:
        return motions.deciding_bodies(state, of)
    except Refused:
        return ()


def _changes(state: State, of: Motion) -> list[Change]:
    found = []
    for name in of.amendments:
        one = state.amendments[name]
        lines = amendments.effect_of(state, one)
        near = [n for n, line in enumerate(lines) if line.kind != "kept"]
        # A line before and one after are enough to see the place.
        shown = tuple(line for n, line in enumerate(lines) if any(abs(n - m) <= 1 for m in near))
        found.append(Change(one, state.motions[name], shown))
    return found


def _road(of: Motion, on: Matter, now: road.Road, at: str) -> tuple[Step, ...]:
    steps = [Step("Moved", of.at, on.article, True)]
    if not of.amends and on.notice_days:
        end = moment.after(of.at, days=on.notice_days)
        steps.append(Step(f"{on.notice_days} days of notice end", end, on.article, at >= end))
    for running in of.divisions:
        way = deadlocks.way(of, running)
        article = way.article if way else on.article
        steps.append(Step(_opened(of, running), running.opens_at, article, True))
        steps.append(Step("Voting closes", running.closes_at, article, at >= running.closes_at))
    if of.outcome == "deadlock":
        steps.append(Step("Deadlock: not all carried it", of.divisions[-1].closes_at, on.article, True))
    if now.due:
        said = now.due.sentence[:1].upper() + now.due.sentence[1:]
        steps.append(Step(f"{said}, {on.voting_days} days", now.due.earliest, now.due.article, False))
    if of.outcome == "carried":
        steps.append(Step("In force", of.effect_at, on.article, at >= of.effect_at))
    elif of.outcome and of.outcome != "deadlock":
        steps.append(Step(of.outcome.capitalize(), "", on.article, True))
    return tuple(steps)


def _opened(of: Motion, running: Division) -> str:
    """Return what a division was."""
    if not running.reading:
        return "The choice among the texts opens"
    if running.stage == "exit":
        return "A way out of the deadlock: voting opens"
    return f"Reading {running.reading} opens" if of.on.readings > 1 else "Division opens"


def _effect(state: State, of: Motion, at: str) -> tuple[str, ...]:
    """Return what a motion to change the charter would do, said before it is decided."""
    if of.on.effect != "charter" or of.outcome not in ("", "deadlock") or of.amends:
        return ()
    new = founding.readable_charter(state.blobs[of.figures])
    return transition.sentences(transition.transition(state, new, at))


def _amendable(of: Motion, on: Matter) -> bool:
    return not of.divisions and on.amendments != "none" and (not of.amends or on.amendment_depth > 1)


def _houses(state: State, of: Motion, running: Division | None, at: str) -> list[House]:
    # A choice among texts is shown apart, and a division that ended with its body has no sum.
    if running is None or not running.reading or (running.closed and running.verdict is None):
        return []
    return [_house(state, of, running, name, at) for name in _still_there(state, running)]


def _house(state: State, of: Motion, running: Division, name: str, at: str) -> House:
    body = standing.body(state, name)
    decision = running.verdict or tallies.decision_of(state, of, running, at)
    verdict = decision.verdicts[running.bodies.index(name)]
    ballot = running.ballots.get(name, "")
    if ballot:
        taken, able = state.ballots[ballot].turnout, len(state.ballots[ballot].electorate)
        votes: tuple[SeatVote, ...] = ()
    else:
        votes = _seat_votes(state, of, running, body, min(at, running.closes_at))
        taken, able = sum(v.compared.vote is not None for v in votes), len(votes)
    hidden = bool(ballot) and name not in running.tallies
    missing = max(0, (verdict.quorum_needed or 0) - (taken if hidden else int(verdict.quorum_present)))
    counted = positions.procedure(of, running) in ("vote", "sense_check")
    return House(body, verdict, votes, ballot, hidden, taken, able, missing, counted)


def _seat_votes(state: State, of: Motion, running: Division, body: standing.Body, at: str) -> tuple[SeatVote, ...]:
    seats = standing.seats(state, body.id)
    said = divisions.choices_of(of, running, seats)
    terms = {seat.id: standing.term(state, seat.id, at) for seat in seats}
    shown = tuple(seat for seat in seats if terms[seat.id] or seat.id in said)
    compared = mandates.compared(state, of, running, shown)
    found = []
    for seat, one in zip(shown, compared, strict=True):
        term = terms[seat.id]
        found.append(SeatVote(seat, term.member if term else "", one))
    return tuple(found)


def _my_seats(state: State, of: Motion, running: Division | None, who: str, at: str) -> list[SeatVote]:
    if running is None or not running.opens_at <= at < running.closes_at:
        return []
    # Who ranks texts, takes a position or advises has another form.
    if not running.reading or positions.is_positions(of) or positions.present(of) == "advice":
        return []
    open_houses = [b for b in running.bodies if b not in running.ballots]
    found = [v for b in open_houses for v in _seat_votes(state, of, running, standing.body(state, b), at)]
    return [v for v in found if v.member == who]


def _my_ballots(state: State, running: Division | None, who: str, at: str) -> list[str]:
    if running is None or at >= running.closes_at:
        return []
    found = (state.ballots[b] for b in running.ballots.values())
    return [b.id for b in found if who in b.electorate and who not in b.voted]


def _mandate_due(state: State, of: Motion, on: Matter) -> tuple[str, str] | None:
    """Return instruction and motion that a carried decision of the electors gives, until it has been entered."""
    if on.effect != "mandate" or of.outcome != "carried" or not of.lines:
        return None
    instruction, _, target = of.lines[0].strip().partition(" ")
    given = (of.subject, target) in state.mandates
    return None if given or target not in state.motions else (instruction, target)


def _instructable(state: State, of: Motion, who: str, at: str) -> list[tuple[standing.Seat, str, str]]:
    """Return the seats that vote on this motion and that the reader's bodies may instruct: seat, body, matter."""
    if of.outcome or of.amends:
        return []
    mine = standing.bodies_of(state, who, at)
    matters = [m for m in standing.charter(state).matters.values() if m.effect == "mandate"]
    found = []
    for name in _deciding(state, of):
        for seat in standing.seats(state, name):
            by_kind = {m.decided_by[0]: m.id for m in matters}
            kind = seat.constituency.partition("/")[0]
            if seat.constituency in mine and kind in by_kind:
                found.append((seat, seat.constituency, by_kind[kind]))
    return found


urlpatterns = [path("motions/<str:name>/", motion, name="motion")]
