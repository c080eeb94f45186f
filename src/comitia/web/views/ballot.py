"""A secret ballot on one screen: who will see what, the question, the options; then the receipt; then the choices."""

import json
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from comitia.federation import ballots, recalls, sealed_standing, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Ballot, State
from comitia.web import clerkroom, names, places
from comitia.web.page import member, page
from comitia.web.sums import count_sheet, motion_ways


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
    paper = ballots.paper(state, of)
    context = {
        "ballot": of,
        "body": standing.find_body(state, of.body),
        "article": paper.article,
        "paper": paper,
        "options": _options(state, of, paper),
        "motion": state.motions.get(name.partition("@")[0]) if of.purpose in ("motion", "alternatives") else None,
        "election": state.elections.get(name),
        "seats": len(state.elections[name].seats) if name in state.elections else 1,
        "recall": state.recalls.get(name) if of.purpose == "recall" else None,
        "refounding": state.refoundings.get(name),
        "able": who in of.electorate,
        "receipt": of.voted.get(who),
        "early": at < of.opens_at,
        "open": of.opens_at <= at < of.closes_at,
        "sealed": sealed_standing.of_ballot(of, at) if of.sealed is not None else None,
        "sealed_article": of.sealed.rule.article if of.sealed is not None else "",
        "who": who,
        "token": _token(of, who),
        "countable": _countable(of, at),
        "few": len(of.electorate) < count_sheet.FEW,
        "lines": _published(state, of),
    }
    return page(request, "web/ballot.html", context)


def _token(of: Ballot, who: str) -> str:
    """Return how far a voter's token of a sealed ballot is: "", "asked", or "answered" by every issuer."""
    course = of.sealed.course if of.sealed is not None else None
    if course is None or who not in course.asked:
        return ""
    return "answered" if all(course.asked[who] in done for done in course.answered) else "asked"


def _countable(of: Ballot, at: str) -> bool:
    """Return whether the choices of a ballot can be published now."""
    if of.published or at < of.closes_at:
        return False
    if of.sealed is None:
        return True
    return of.sealed.course is not None and len(of.sealed.course.revealed) >= of.sealed.rule.needed


@dataclass(frozen=True, slots=True)
class Option:
    """What a paper may bear: its word or id, and how it is said; ``person`` where it is a member's number."""

    value: str
    text: str
    person: bool


def _options(state: State, of: Ballot, paper: ballots.Paper) -> list[Option]:
    motion = state.motions.get(of.id.partition("@")[0])
    match of.purpose:
        case "alternatives":
            titles = {name: state.alternatives[name].title for name in motion.alternatives} if motion else {}
            return [Option(n, titles.get(n, motion.title if motion else n), False) for n in paper.names]
        case "election" if paper.rule == "list":
            return [Option(n, state.currents[n].name, False) for n in paper.names]
        case "election":
            return [Option(n, "", True) for n in paper.names]
        case _:
            return [Option(n, _said(state, of, n), False) for n in paper.names]


def _said(state: State, of: Ballot, word: str) -> str:
    """Return what one of the words means in this ballot."""
    if of.purpose == "recall":
        stays = recalls.rule_of(state.recalls[of.id]).question == "confidence"
        goes = {"for": "For: she is recalled and the seat is vacant", "against": "Against: she stays"}
        keeps = {"for": "For: she stays", "against": "Against: she goes and the seat is vacant"}
        return (keeps if stays else goes).get(word, "Abstain: I leave it to the others")
    if of.purpose == "refounding":
        told = {"for": "For: the new charter is in force at once", "against": "Against: the old one stays"}
        return told.get(word, "Abstain: I leave it to the others")
    told = {**dict(motion_ways.GRADIENTS), **dict(motion_ways.CONSENSUS)}
    votes = {"for": "For: it shall be done", "against": "Against: it shall not be done"}
    return votes.get(word) or told.get(word) or "Abstain: I leave it to the others"


def choice(state: State, of: Ballot, given: QueryDict) -> object:
    """Return the choice that a form brings: one of the words, or a ranking of the names.

    Raises:
        Refused: a word that the paper does not bear, or places that make no ranking.
    """
    paper = ballots.paper(state, of)
    if paper.rule is None:
        word = given.get("choice", "")
        if word not in paper.names:
            raise Refused(paper.article, f"choose one of {', '.join(paper.names)}; your vote is not cast yet")
        return word
    if "only" in given:
        return [given["only"]] if given["only"] else []
    if paper.form == "names":
        approved = set(given.getlist("approved"))
        return [c for c in paper.names if c in approved] + sorted(approved - set(paper.names))
    said = {o.value: names.said(o.value) if o.person else o.text for o in _options(state, of, paper)}
    return places.ranking(given, said, article=paper.article)


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
    """Publish the choices of a closed ballot, and lots drawn by hand; the rule book counts them."""
    drawn, saw = (request.POST.get(field, "").split() for field in ("drawn", "witnesses"))
    index = clerkroom.clerk().publish(name, drawn=drawn, witnesses=saw)
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
