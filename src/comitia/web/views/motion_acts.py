"""What is done to a motion: amend, accept, open the division, vote, count, note the result, instruct, report."""

from collections.abc import Callable
from typing import Literal, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from comitia.federation import acts, ballots, deadlocks, motions
from comitia.federation.refusal import Refused
from comitia.web import clerkroom
from comitia.web.deadlines import full_hour
from comitia.web.page import member, text_blob

Choice = Literal["for", "against", "abstain"]


def said(request: HttpRequest, index: int, what: str) -> None:
    """Tell the member what her act did, and which act of the record it is."""
    messages.success(request, f"{what} It is act {index} of the record.")


def choice_of(word: str, article: str) -> Choice:
    """Return one of the three choices.

    Raises:
        Refused: another word, or none.
    """
    if word not in ballots.WORDS:
        raise Refused(article, "choose for, against or abstain")
    return cast(Choice, word)


def _number(text: str, what: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise Refused("record", f"{what} must be a line's number, not {text!r}")
    return int(text)


@require_POST
def amend(request: HttpRequest, name: str) -> HttpResponse:
    """Move an amendment: lines from .. to are replaced."""
    given = request.POST
    act = acts.AmendmentMoved(
        at=clerkroom.now(),
        by=member(request),
        amendment=given.get("id", ""),
        motion=name,
        first=_number(given.get("first", ""), "the first line"),
        last=_number(given.get("last", ""), "the last line"),
        lines=tuple(line.rstrip() for line in given.get("lines", "").rstrip().splitlines()),
    )
    said(request, clerkroom.submit(act), "Your amendment is moved.")
    return redirect("motion", name)


@require_POST
def accept(request: HttpRequest, name: str) -> HttpResponse:
    """Take an amendment into one's own motion."""
    act = acts.AmendmentAccepted(at=clerkroom.now(), by=member(request), amendment=name)
    said(request, clerkroom.submit(act), "The amendment is in the text.")
    return redirect("motion", clerkroom.state().amendments[name].motion)


@require_POST
def open_division(request: HttpRequest, name: str) -> HttpResponse:
    """Open the division for the charter's days of voting."""
    at = clerkroom.now()
    of = motions.motion(clerkroom.state(), name)
    closes = full_hour(at, days=of.on.voting_days)
    stage = deadlocks.due(clerkroom.state(), of).stage
    act = acts.DivisionOpened(at=at, by=member(request), motion=name, closes_at=closes, stage=stage)
    said(request, clerkroom.submit(act), "The division is open.")
    return redirect("motion", name)


@require_POST
def cast_vote(request: HttpRequest, name: str) -> HttpResponse:
    """Vote in the open with one's seat."""
    seat = request.POST.get("seat", "")
    on = motions.matter(clerkroom.state(), motions.motion(clerkroom.state(), name))
    act = acts.VoteCast(
        at=clerkroom.now(),
        by=member(request),
        body=seat.partition(":")[0],
        motion=name,
        seat=seat,
        choice=choice_of(request.POST.get("choice", ""), on.article),
    )
    said(request, clerkroom.submit(act), "Your vote is cast, in the open.")
    return redirect("motion", name)


@require_POST
def close(request: HttpRequest, name: str) -> HttpResponse:
    """Publish the ballots of a closed division and note its result."""
    state = clerkroom.state()
    running = motions.motion(state, name).divisions[-1:]
    for ballot in [b for d in running for b in d.ballots.values() if not state.ballots[b].published]:
        clerkroom.clerk().publish(ballot)
    said(request, clerkroom.submit(acts.DivisionClosed(at=clerkroom.now(), by=member(request), motion=name)), "Noted.")
    return redirect("motion", name)


@require_POST
def instruct(request: HttpRequest, name: str) -> HttpResponse:
    """Enter the mandate that a carried decision of the electors gives."""
    of = motions.motion(clerkroom.state(), name)
    word, _, target = (of.lines[0] if of.lines else "").strip().partition(" ")
    on = motions.matter(clerkroom.state(), of)
    act = acts.MandateGiven(
        at=clerkroom.now(),
        by=member(request),
        body=of.body,
        seat=of.subject,
        motion=target,
        instruction=choice_of(word, on.article),
        decision=name,
    )
    said(request, clerkroom.submit(act), "The mandate is given.")
    return redirect("motion", target)


@require_POST
def report(request: HttpRequest, name: str) -> HttpResponse:
    """File a minority report on a decided motion."""
    if not request.POST.get("text", "").strip():
        raise Refused("record", "a minority report needs a text")
    text, blobs = text_blob(request.POST["text"])
    act = acts.MinorityReportFiled(at=clerkroom.now(), by=member(request), motion=name, text=text)
    said(request, clerkroom.submit(act, blobs=blobs), "Your report is attached.")
    return redirect("motion", name)


View = Callable[[HttpRequest, str], HttpResponse]
_ACTS: tuple[tuple[str, View, str], ...] = (
    ("amend", amend, "motion-amend"),
    ("accept", accept, "motion-accept"),
    ("open", open_division, "motion-open"),
    ("vote", cast_vote, "motion-vote"),
    ("close", close, "motion-close"),
    ("instruct", instruct, "motion-instruct"),
    ("report", report, "motion-report"),
)
urlpatterns: list[URLPattern] = [path(f"motions/<str:name>/{word}/", view, name=name) for word, view, name in _ACTS]
