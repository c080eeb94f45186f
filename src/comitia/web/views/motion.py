"""A motion: its text and amendments, its road, the houses side by side, the verdict with its sum."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.charter.structure import Matter
from comitia.decide import mandate, motion as text_of
from comitia.decide.verdict import Verdict
from comitia.federation import divisions, moment, motions, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Amendment, Division, Motion, State
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page
from comitia.web.sums import motion_ways


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
    """

    body: standing.Body
    verdict: Verdict
    votes: tuple[SeatVote, ...]
    ballot: str
    hidden: bool
    taken: int
    able: int
    missing: int


def motion(request: HttpRequest, name: str) -> HttpResponse:
    """Show a motion."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = state.motions.get(name)
    if of is None:
        raise Http404(f"There is no motion {name!r}.")
    on = motions.matter(state, of)
    running = of.divisions[-1] if of.divisions else None
    deciding = _deciding(state, of)
    sits = any(standing.sits_in(state, who, b, at) for b in deciding)
    context = {
        "motion": of,
        "matter": on,
        "division": running,
        "open": running is not None and at < running.closes_at,
        "over": running is not None and at >= running.closes_at and not running.closed,
        "deciding": deciding,
        "changes": _changes(state, of),
        "original": state.amendments.get(of.id),
        "road": _road(of, on, at),
        "ways": motion_ways.ways(state, of, who, at=at, deciding=running.bodies if running else deciding),
        "houses": [_house(state, of, running, b, at) for b in running.bodies] if running else [],
        "verdict": running.verdict if running else None,
        "seats": _my_seats(state, of, running, who, at),
        "ballots": _my_ballots(state, running, who, at),
        "waiting": [b for b in running.ballots.values() if not state.ballots[b].published] if running else [],
        "amendable": sits and _amendable(of, on),
        "openable": _openable(of, on),
        "may_open": sits or who == of.by,
        "deadlocked": of.outcome == "deadlock" and bool(on.exits) and (sits or who == of.by),
        "way_out": _way_out(state, of),
        "is_mover": who == of.by,
        "amendment_id": fresh_id(state, "amendment"),
        "reports": [(r.by, state.blobs[r.text].decode()) for r in of.minority_reports],
        "mandate": _mandate_due(state, of, on),
        "instructable": _instructable(state, of, who, at),
    }
    return page(request, "web/motion.html", context)


def _deciding(state: State, of: Motion) -> tuple[str, ...]:
    try:
        return motions.deciding_bodies(state, of)
    except Refused:
        return ()


def _changes(state: State, of: Motion) -> list[Change]:
    if not of.amendments:
        return []
    text = "\n".join(state.blobs[of.text].decode().splitlines())
    found = []
    for name in of.amendments:
        one = state.amendments[name]
        after = text_of.amended(text, [text_of.Amendment(one.id, one.first, one.last, one.lines)])
        lines = text_of.diff(text, after)
        near = [n for n, line in enumerate(lines) if line.kind != "kept"]
        # A line before and one after are enough to see the place.
        shown = tuple(line for n, line in enumerate(lines) if any(abs(n - m) <= 1 for m in near))
        found.append(Change(one, state.motions[name], shown))
    return found


def _road(of: Motion, on: Matter, at: str) -> tuple[Step, ...]:
    notice = of.at if of.amends else moment.after(of.at, days=on.notice_days)
    steps = [Step("Moved", of.at, on.article, True)]
    if not of.amends:
        steps.append(Step(f"{on.notice_days} days of notice end", notice, on.article, at >= notice))
    for running in of.divisions:
        what = "Division opens" if running.stage == "houses" else "Second division, sitting together"
        steps.append(Step(what, running.opens_at, on.article, True))
        steps.append(Step("Voting closes", running.closes_at, on.article, at >= running.closes_at))
    if not of.divisions:
        steps.append(Step(f"Division, {on.voting_days} days of voting", "", on.article, False))
    if of.outcome == "carried":
        steps.append(Step("In force", of.effect_at, on.article, at >= of.effect_at))
    elif of.outcome:
        steps.append(Step(of.outcome.capitalize(), "", on.article, True))
    return tuple(steps)


def _amendable(of: Motion, on: Matter) -> bool:
    return not of.divisions and on.amendments != "none" and (not of.amends or on.amendment_depth > 1)


def _way_out(state: State, of: Motion) -> str:
    """Return what the charter says comes next in a deadlock."""
    step = of.divisions[-1].step if of.divisions else 0
    if step >= len(of.on.exits):
        return ""
    way = of.on.exits[step]
    share = f"{'more than' if way.strict else 'at least'} {way.threshold}"
    match way.way:
        case "second_reading":
            return "The same bodies vote a second time."
        case "conciliation":
            return f"{_named(state, way.body)} works out a text, by {share}; then the same bodies vote on it."
        case "joint":
            return f"{_named(state, way.body)} may decide alone, by {share}."
        case "veto":
            rising = ", then ".join(str(t) for t in way.thresholds)
            return f"Those who carried it may carry it again over the others, by {rising}."


def _named(state: State, kind: str) -> str:
    return standing.charter(state).kinds[kind].name.capitalize()


def _house(state: State, of: Motion, running: Division, name: str, at: str) -> House:
    body = standing.body(state, name)
    standing_now = running.verdict or divisions.verdict_of(state, of, running, at)
    verdict = next(v for v, b in zip(standing_now.verdicts, running.bodies, strict=True) if b == name)
    ballot = running.ballots.get(name, "")
    if ballot:
        taken, able = len(state.ballots[ballot].voted), len(state.ballots[ballot].electorate)
        votes: tuple[SeatVote, ...] = ()
    else:
        votes = _seat_votes(state, of, running, body, min(at, running.closes_at))
        taken, able = sum(v.compared.vote is not None for v in votes), len(votes)
    hidden = bool(ballot) and name not in running.tallies
    missing = max(0, (verdict.quorum_needed or 0) - (taken if hidden else int(verdict.quorum_present)))
    return House(body, verdict, votes, ballot, hidden, taken, able, missing)


def _seat_votes(state: State, of: Motion, running: Division, body: standing.Body, at: str) -> tuple[SeatVote, ...]:
    found = []
    for seat in standing.seats(state, body.id):
        term = standing.term(state, seat.id, at)
        cast = running.votes.get(seat.id)
        if term is None and cast is None:
            continue
        told = state.mandates.get((seat.id, of.id))
        compared = mandate.compare(
            seat.id,
            told.instruction if told else None,
            vote=cast[0] if cast else None,
            kind=standing.body(state, seat.body).kind.mandate or "free",
        )
        found.append(SeatVote(seat, term.member if term else "", compared))
    return tuple(found)


def _my_seats(state: State, of: Motion, running: Division | None, who: str, at: str) -> list[SeatVote]:
    if running is None or not running.opens_at <= at < running.closes_at:
        return []
    open_houses = [b for b in running.bodies if b not in running.ballots]
    found = [v for b in open_houses for v in _seat_votes(state, of, running, standing.body(state, b), at)]
    return [v for v in found if v.member == who]


def _my_ballots(state: State, running: Division | None, who: str, at: str) -> list[str]:
    if running is None or at >= running.closes_at:
        return []
    found = (state.ballots[b] for b in running.ballots.values())
    return [b.id for b in found if who in b.electorate and who not in b.voted]


def _openable(of: Motion, on: Matter) -> str:
    """Return from when the division may be opened, or "" once it was."""
    if of.divisions:
        return ""
    return of.at if of.amends else moment.after(of.at, days=on.notice_days)


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
