"""A secret ballot on one screen: who will see what, the question, the options; then the receipt; then the choices."""

import json
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from comitia.federation import ballots, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Ballot, State
from comitia.web import clerkroom, names
from comitia.web.page import member, page

# Below so many electors a published result may show how each of them voted.
FEW = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A published choice in words, and how many voters made it."""

    text: str
    number: int


@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, name: str) -> HttpResponse:
    """Show a ballot; on POST, take the vote."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = state.ballots.get(name)
    if of is None:
        raise Http404(f"There is no ballot {name!r}.")
    if request.method == "POST":
        clerkroom.vote(name, who, choice(state, of, request.POST))
        return redirect("ballot", name)
    motion = state.motions.get(name.partition("@")[0]) if of.purpose == "motion" else None
    election = state.elections.get(name)
    context = {
        "ballot": of,
        "article": ballots.article(state, of),
        "motion": motion,
        "election": election,
        "recall": state.recalls.get(name) if of.purpose == "recall" else None,
        "candidates": ballots.candidates(state, name) if election else (),
        "rule": standing.body(state, of.body).kind.rule,
        "able": who in of.electorate,
        "receipt": of.voted.get(who),
        "early": at < of.opens_at,
        "open": of.opens_at <= at < of.closes_at,
        "few": len(of.electorate) < FEW,
        "lines": _published(state, of),
    }
    return page(request, "web/ballot.html", context)


def choice(state: State, of: Ballot, given: QueryDict) -> object:
    """Return the choice that a form brings: a ranking, or for, against, abstain.

    Raises:
        Refused: two candidates at one place, or a place that is no number.
    """
    rule = ballots.article(state, of)
    if of.purpose != "election":
        word = given.get("choice", "")
        if word not in ballots.WORDS:
            raise Refused(rule, "choose for, against or abstain; your vote is not cast yet")
        return word
    if "only" in given:
        return [given["only"]] if given["only"] else []
    if standing.body(state, of.body).kind.rule == "approval":
        approved = set(given.getlist("approved"))
        return [c for c in ballots.candidates(state, of.id) if c in approved] + sorted(
            approved - set(ballots.candidates(state, of.id))
        )
    places: dict[int, str] = {}
    for candidate in ballots.candidates(state, of.id):
        place = given.get(f"place-{candidate}", "")
        if not place:
            continue
        if not place.isdecimal() or len(place) > 4:
            raise Refused(rule, f"a place is a number, not {place!r}; your vote is not cast yet")
        if int(place) in places:
            two = f"{names.said(places[int(place)])} and {names.said(candidate)}"
            raise Refused(
                rule, f"{two} both have place {place}; give each a place of her own. Your vote is not cast yet"
            )
        places[int(place)] = candidate
    return [places[place] for place in sorted(places)]


def _published(state: State, of: Ballot) -> tuple[Line, ...]:
    if not of.published:
        return ()
    choices = [json.loads(line) for line in state.blobs[of.published].splitlines()]
    said = Counter(_words(one) for one in choices)
    return tuple(Line(text, number) for text, number in sorted(said.items(), key=lambda pair: (-pair[1], pair[0])))


def _words(one: object) -> str:
    if isinstance(one, list):
        return ", then ".join(names.said(str(c)) for c in one) or "blank"
    return str(one)


@require_POST
def count(request: HttpRequest, name: str) -> HttpResponse:
    """Publish the choices of a closed ballot; the rule book counts them."""
    index = clerkroom.clerk().publish(name)
    messages.success(request, f"Counted. The choices are public, without names: act {index} of the record.")
    of = clerkroom.state().ballots[name]
    match of.purpose:
        case "election":
            return redirect("election", name) if name in clerkroom.state().elections else redirect("ballot", name)
        case "recall":
            return redirect("recall", name)
        case "motion" | "alternatives":
            return redirect("motion", name.partition("@")[0])
        case "refounding":
            return redirect("ballot", name)


urlpatterns = [
    path("ballots/<str:name>/", ballot, name="ballot"),
    path("ballots/<str:name>/count/", count, name="count"),
]
