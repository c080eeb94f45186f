"""A recall: the petition, its signatures, the vote, what came of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.federation import acts, recalls, standing
from comitia.federation.refusal import Refused
from comitia.web import clerkroom
from comitia.web.deadlines import full_hour
from comitia.web.page import member, page


def recall(request: HttpRequest, name: str) -> HttpResponse:
    """Show a petition."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = state.recalls.get(name)
    if of is None:
        raise Http404(f"There is no petition {name!r}.")
    needed, closes = recalls.needed(state, of), recalls.closes(state, of)
    body = standing.body(state, of.seat.partition(":")[0])
    ballot = state.ballots.get(of.ballot) if of.ballot else None
    context = {
        "recall": of,
        "body": body,
        "rule": recalls.rule_of(of),
        "needed": needed,
        "missing": max(0, needed - len(of.signatures)),
        "closes": closes,
        "able": who in of.electorate,
        "signed": of.signatures.get(who),
        "signable": at < closes and not of.ballot,
        "ballot": ballot,
        "voting": ballot is not None and at < ballot.closes_at,
        "over": ballot is not None and at >= ballot.closes_at and not ballot.published,
        "voted": ballot is not None and who in ballot.voted,
    }
    return page(request, "web/recall.html", context)


@require_POST
def petition(request: HttpRequest) -> HttpResponse:
    """Open a petition against the holder of a seat."""
    name, reason = request.POST.get("id", ""), request.POST.get("reason", "").strip()
    seat = request.POST.get("seat", "")
    if not reason:
        raise Refused("record", "a petition needs its reason, for all electors to read")
    act = acts.RecallPetitioned(
        at=clerkroom.now(), by=member(request), body=seat.partition(":")[0], recall=name, seat=seat, reason=reason
    )
    messages.success(
        request, f"The petition is open and you have signed it: act {clerkroom.submit(act)} of the record."
    )
    return redirect("recall", name)


@require_POST
def sign(request: HttpRequest, name: str) -> HttpResponse:
    """Sign a petition."""
    index = clerkroom.submit(acts.PetitionSigned(at=clerkroom.now(), by=member(request), recall=name))
    messages.success(request, f"You have signed: act {index} of the record.")
    return redirect("recall", name)


@require_POST
def open_vote(request: HttpRequest, name: str) -> HttpResponse:
    """Open the vote, once enough have signed."""
    state, at = clerkroom.state(), clerkroom.now()
    found = state.recalls.get(name)
    if found is None:
        raise Http404(f"There is no petition {name!r}.")
    closes = full_hour(at, days=recalls.rule_of(found).voting_days)
    index = clerkroom.submit(acts.RecallOpened(at=at, by=member(request), recall=name, closes_at=closes))
    messages.success(request, f"The vote is open: act {index} of the record.")
    return redirect("recall", name)


urlpatterns = [
    path("recalls/petition/", petition, name="recall-petition"),
    path("recalls/<str:name>/", recall, name="recall"),
    path("recalls/<str:name>/sign/", sign, name="recall-sign"),
    path("recalls/<str:name>/open/", open_vote, name="recall-open"),
]
