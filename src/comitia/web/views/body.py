"""A body: its seats, who holds them and how they voted against their mandates; its remit, decisions, recall, calls."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.charter.plain import share
from comitia.charter.structure import Charter
from comitia.decide import mandate
from comitia.federation import acts, standing
from comitia.federation.state import Division, Motion, State, Term
from comitia.web import clerkroom, stages
from comitia.web.deadlines import full_hour
from comitia.web.page import fresh_id, member, page
from comitia.web.templatetags.comitia import seat_short


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat and who holds it, or None where it is vacant; ``mine`` says that the reader is one of its electors."""

    seat: standing.Seat
    term: Term | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """How a seat voted on a motion beside what its electors instructed."""

    motion: Motion
    member: str
    compared: mandate.Comparison


def body(request: HttpRequest, name: str) -> HttpResponse:
    """Show a body."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = standing.find_body(state, name)
    if of is None:
        raise Http404(f"There is no body {name!r} in this federation.")
    rules = standing.charter(state)
    rows = [
        SeatRow(s, standing.term(state, s.id, at), who in standing.electors(state, s.constituency, at))
        for s in standing.seats(state, name)
    ]
    constituencies = tuple(dict.fromkeys(r.seat.constituency for r in rows))
    decided = _decisions(state, name)
    context = {
        "body": of,
        "rows": rows,
        "joint": of.kind.form == "joint",
        "sitting": len(standing.sitting(state, name, at)),
        "sits_here": standing.sits_in(state, who, name, at),
        "constituencies": [(c, len(standing.electors(state, c, at))) for c in constituencies],
        "matters": [m for m in rules.matters.values() if of.kind.id in m.decided_by],
        "movable": [m for m in rules.matters.values() if _moves(rules, of.kind.id, m.movers)],
        "numbers": _numbers(rules, of.kind.id),
        "decided": decided,
        "votes": _votes(state, of, rows, decided),
        "recall": _recall_words(of),
        "recallable": [r for r in rows if r.term and r.mine] if of.kind.recall else [],
        "petitions": [p for p in state.recalls.values() if p.seat.partition(":")[0] == name],
        "elections": [(e, stages.stage(state, e, at)) for e in reversed(state.elections.values()) if e.body == name],
        "callable": [c for c in constituencies if who in standing.electors(state, c, at)] if not of.kind.houses else [],
        "recall_id": fresh_id(state, "recall"),
        "election_id": fresh_id(state, "election"),
    }
    return page(request, "web/body.html", context)


def _moves(rules: Charter, kind: str, movers: tuple[str, ...]) -> bool:
    return kind in movers or ("member" in movers and rules.kinds[kind].form == "all")


def _numbers(rules: Charter, kind: str) -> dict[str, list[str]]:
    """Return the files of the economy that a kind of body owns, by article."""
    found: dict[str, list[str]] = {}
    for number in rules.numbers.values():
        if number.owner == kind:
            found.setdefault(number.article, []).append(number.file.replace("_", " "))
    return found


def _decisions(state: State, name: str) -> list[tuple[Motion, Division]]:
    found = [(m, d) for m in state.motions.values() if not m.amends for d in m.divisions if name in d.bodies]
    return sorted(found, key=lambda pair: pair[1].closes_at, reverse=True)


def _votes(
    state: State, of: standing.Body, rows: list[SeatRow], decided: list[tuple[Motion, Division]]
) -> list[tuple[Motion, int, list[Vote]]]:
    """Return by motion how many seats were instructed, and each seat's vote, the instructed ones first."""
    if of.kind.form != "elected":
        return []
    found = []
    for motion, division in decided:
        votes = [v for v in (_vote(state, of, row.seat, motion, division) for row in rows) if v is not None]
        votes.sort(key=lambda v: v.compared.instruction is None)
        if votes:
            found.append((motion, sum(v.compared.instruction is not None for v in votes), votes))
    return found


def _vote(state: State, of: standing.Body, seat: standing.Seat, motion: Motion, division: Division) -> Vote | None:
    told, cast = state.mandates.get((seat.id, motion.id)), division.votes.get(seat.id)
    if told is None and cast is None:
        return None
    holder = standing.term(state, seat.id, min(division.closes_at, clerkroom.now()))
    compared = mandate.compare(
        seat_short(seat.id),
        told.instruction if told else None,
        vote=cast[0] if cast else None,
        kind=of.kind.mandate or "free",
    )
    return Vote(motion, holder.member if holder else "", compared)


def _recall_words(of: standing.Body) -> tuple[str, ...]:
    rule = of.kind.recall
    if rule is None:
        return ()
    return (
        f"An elector of the seat opens a petition; {share(rule.petition, strict=False)} of the seat's electors sign "
        f"within {rule.window_days} days.",
        f"They then vote in secret for {rule.voting_days} days: {share(rule.threshold, strict=rule.strict)} of "
        f"those voting for and against, with {share(rule.quorum, strict=False)} of the electors taking part, "
        f"empties the seat."
        if rule.base == "for_against"
        else f"They then vote in secret for {rule.voting_days} days: {share(rule.threshold, strict=rule.strict)} of "
        f"the {rule.base.replace('_', ' ')}, with {share(rule.quorum, strict=False)} of the electors taking part, "
        f"empties the seat.",
        f"At an equal vote the holder {'stays' if rule.tie_protects else 'goes'}.",
    )


@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call an election: nominations for the charter's days, then voting."""
    state, at = clerkroom.state(), clerkroom.now()
    name = request.POST.get("body", "")
    kind = standing.body(state, name).kind
    election = request.POST.get("id", "") or fresh_id(state, "election")
    nominations = full_hour(at, days=kind.nomination_days)
    act = acts.ElectionOpened(
        at=at,
        by=member(request),
        body=name,
        election=election,
        constituency=request.POST.get("constituency", ""),
        vacant_only="vacant_only" in request.POST,
        nominations_until=nominations,
        closes_at=full_hour(nominations, days=kind.voting_days),
        # A bad id is refused by the rule book; the lot's file is named by it, so it is checked there first.
        lot="" if "by_hand" in request.POST else clerkroom.lot(election),
    )
    clerkroom.submit(act)
    return redirect("election", election)


# The more exact address first: a body's id holds a slash.
urlpatterns = [
    path("bodies/call/", call, name="election-call"),
    path("bodies/<path:name>/", body, name="body"),
]
