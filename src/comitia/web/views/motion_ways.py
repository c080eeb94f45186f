"""What is done to a motion beside the vote: another text, objections, advice, positions, hands, the outcome."""

from collections.abc import Callable
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.web import clerkroom, places
from comitia.web.page import member, text_blob
from comitia.web.sums import motion_ways
from comitia.web.views.motion_acts import said


def _written(request: HttpRequest, key: str, what: str) -> str:
    text = request.POST.get(key, "").strip()
    if not text:
        raise Refused("record", f"{what}; go back and write it")
    return text


def _whole(request: HttpRequest, key: str) -> int:
    text = request.POST.get(key, "").strip()
    if not text.isdecimal() or len(text) > 7:
        raise Refused("record", f"{key.replace('_', ' ')} must be a whole number of hands, not {text!r}")
    return int(text)


@require_POST
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take one's motion, or one's amendment, back."""
    at, who = clerkroom.now(), member(request)
    amendment = clerkroom.state().amendments.get(name)
    if amendment is None:
        said(request, clerkroom.submit(acts.MotionWithdrawn(at=at, by=who, motion=name)), "Your motion is withdrawn.")
        return redirect("motion", name)
    said(request, clerkroom.submit(acts.AmendmentWithdrawn(at=at, by=who, amendment=name)), "It is withdrawn.")
    return redirect("motion", amendment.motion)


@require_POST
def alternative(request: HttpRequest, name: str) -> HttpResponse:
    """Move another text on the same question."""
    text, blobs = text_blob(_written(request, "text", "an alternative needs its whole text"))
    act = acts.AlternativeMoved(
        at=clerkroom.now(),
        by=member(request),
        alternative=request.POST.get("id", ""),
        motion=name,
        title=_written(request, "title", "an alternative needs a title"),
        text=text,
    )
    said(request, clerkroom.submit(act, blobs=blobs), "Your alternative stands beside the motion.")
    return redirect("motion", name)


@require_POST
def rank(request: HttpRequest, name: str) -> HttpResponse:
    """Put the alternatives in one's order, in the open."""
    state, seat = clerkroom.state(), request.POST.get("seat", "")
    of = state.motions.get(name)
    if of is None:
        raise Http404(f"There is no motion {name!r}.")
    texts = motion_ways.texts(state, of)
    act = acts.RankingCast(
        at=clerkroom.now(),
        by=member(request),
        body=seat.partition(":")[0],
        motion=name,
        seat=seat,
        ranking=tuple(places.ranking(request.POST, texts, article=of.on.article)),
    )
    said(request, clerkroom.submit(act), "Your order is noted, in the open.")
    return redirect("motion", name)


@require_POST
def objection(request: HttpRequest, name: str) -> HttpResponse:
    """Object, with a reason, to a motion that goes by consent."""
    act = acts.ObjectionRaised(
        at=clerkroom.now(),
        by=member(request),
        objection=request.POST.get("id", ""),
        motion=name,
        reason=_written(request, "reason", "an objection needs its reason"),
    )
    said(request, clerkroom.submit(act), "Your objection stands, with its reason.")
    return redirect("motion", name)


@require_POST
def met(request: HttpRequest, name: str) -> HttpResponse:
    """Withdraw one's objection."""
    found = clerkroom.state().objections.get(request.POST.get("objection", ""))
    act = acts.ObjectionWithdrawn(at=clerkroom.now(), by=member(request), objection=found.id if found else "")
    said(request, clerkroom.submit(act), "Your objection is withdrawn.")
    return redirect("motion", name)


@require_POST
def advise(request: HttpRequest, name: str) -> HttpResponse:
    """Advise the mover."""
    text, blobs = text_blob(_written(request, "text", "advice needs words"))
    act = acts.AdviceGiven(at=clerkroom.now(), by=member(request), motion=name, text=text)
    said(request, clerkroom.submit(act, blobs=blobs), "Your advice is given.")
    return redirect("motion", name)


@require_POST
def position(request: HttpRequest, name: str) -> HttpResponse:
    """Take a position with one's seat, in the open."""
    seat = request.POST.get("seat", "")
    act = acts.PositionTaken(
        at=clerkroom.now(),
        by=member(request),
        body=seat.partition(":")[0],
        motion=name,
        seat=seat,
        position=request.POST.get("position", ""),
        reason=request.POST.get("reason", "").strip(),
    )
    said(request, clerkroom.submit(act), "Your position is noted, in the open.")
    return redirect("motion", name)


@require_POST
def split(request: HttpRequest, name: str) -> HttpResponse:
    """Divide one's seat's weight as its electors were divided."""
    given, seat = request.POST, request.POST.get("seat", "")
    act = acts.VoteSplit(
        at=clerkroom.now(),
        by=member(request),
        body=seat.partition(":")[0],
        motion=name,
        seat=seat,
        in_favour=given.get("in_favour", "").strip() or "0",
        against=given.get("against", "").strip() or "0",
        abstaining=given.get("abstaining", "").strip() or "0",
    )
    said(request, clerkroom.submit(act), "Your vote is cast in parts, in the open.")
    return redirect("motion", name)


@require_POST
def casting(request: HttpRequest, name: str) -> HttpResponse:
    """Give the chair's casting vote."""
    choice: Literal["for", "against"] = "for" if request.POST.get("choice") == "for" else "against"
    act = acts.CastingVoteGiven(
        at=clerkroom.now(), by=member(request), body=request.POST.get("body", ""), motion=name, choice=choice
    )
    said(request, clerkroom.submit(act), "The casting vote is given.")
    return redirect("motion", name)


@require_POST
def hands(request: HttpRequest, name: str) -> HttpResponse:
    """Enter a show of hands, counted by two tellers."""
    who = member(request)
    other = request.POST.get("other", "").strip()
    act = acts.HandVoteCounted(
        at=clerkroom.now(),
        by=who,
        body=request.POST.get("body", ""),
        motion=name,
        tellers=(who, other),
        present=_whole(request, "present"),
        in_favour=_whole(request, "in_favour"),
        against=_whole(request, "against"),
        abstaining=_whole(request, "abstaining"),
    )
    said(request, clerkroom.submit(act), "The count of hands is entered.")
    return redirect("motion", name)


@require_POST
def outcome(request: HttpRequest, name: str) -> HttpResponse:
    """Say in one's own words what was decided, and when it shall be looked at again."""
    text, blobs = text_blob(_written(request, "text", "an outcome needs words"))
    day = request.POST.get("review", "").strip()
    act = acts.OutcomeStated(
        at=clerkroom.now(), by=member(request), motion=name, text=text, review_at=f"{day}T00:00:00Z" if day else ""
    )
    said(request, clerkroom.submit(act, blobs=blobs), "The outcome is stated.")
    return redirect("motion", name)


_ACTS: tuple[tuple[str, Callable[[HttpRequest, str], HttpResponse]], ...] = (
    ("withdraw", withdraw),
    ("alternative", alternative),
    ("rank", rank),
    ("object", objection),
    ("met", met),
    ("advise", advise),
    ("position", position),
    ("split", split),
    ("casting", casting),
    ("hands", hands),
    ("outcome", outcome),
)
urlpatterns: list[URLPattern] = [
    path(f"motions/<str:name>/{word}/", view, name=f"motion-{word}") for word, view in _ACTS
]
