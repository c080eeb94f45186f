"""Rights that no body can take: currents, leaving, founding anew; and the emergency powers that are in force."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from comitia.charter.structure import Charter
from comitia.federation import acts, currents, moment, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Current, Leaving, Refounding, State
from comitia.web import clerkroom
from comitia.web.deadlines import full_hour
from comitia.web.page import fresh_id, member, page, text_blob


@dataclass(frozen=True, slots=True)
class Shown:
    """A current: what it tells all, how many belong to it, and whether the reader does."""

    current: Current
    platform: str
    number: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call to found anew: how many signatures it has and needs, until when, and what the reader may do."""

    refounding: Refounding
    needed: int
    until: str
    mine: bool
    open: bool


def rights(request: HttpRequest) -> HttpResponse:
    """Show currents, calls to found anew, who leaves, and emergency powers."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    rules = standing.charter(state)
    context = {
        "rules": rules,
        "procedures": rules.procedures,
        "may": {word: word in rules.permissions for word in acts.BY_WORD},
        "currents": [_shown(state, c, who) for c in state.currents.values()],
        "calls": [_call(state, rules, r, who, at) for r in state.refoundings.values()],
        "leavings": [(x, _leaving_mine(state, x, who), at >= x.leaves_at) for x in state.leavings.values()],
        "groups": _own_groups(state, who),
        "emergencies": [(e, at < e.until) for e in state.emergencies.values()],
        "members": len(standing.all_members(state)),
        "current_id": fresh_id(state, "current"),
        "refounding_id": fresh_id(state, "refounding"),
        "leaving_id": fresh_id(state, "leaving"),
    }
    return page(request, "web/rights.html", context)


def _shown(state: State, current: Current, who: str) -> Shown:
    platform = state.blobs[current.platform[0]].decode() if current.platform[0] else ""
    return Shown(current, platform, len(current.members) + len(current.hidden), who in current.members)


def _call(state: State, rules: Charter, of: Refounding, who: str, at: str) -> Call:
    rule = rules.procedures.refounding
    members = len(standing.all_members(state))
    share = rule.share if rule else rules.procedures.refounding_share
    until = moment.after(of.at, days=rule.window_days if rule else 0)
    return Call(of, max(1, -(-members * share.numerator // share.denominator)), until, who in of.signatures, at < until)


def _leaving_mine(state: State, of: Leaving, who: str) -> bool:
    """Return whether the reader may still join a minority that leaves."""
    roll, _, group = of.group.partition("/")
    person = state.members.get(who)
    return not of.decision and person is not None and person.groups.get(roll) == group and who not in of.members


def _own_groups(state: State, who: str) -> list[str]:
    person = state.members.get(who)
    return [f"{roll}/{group}" for roll, group in person.groups.items()] if person else []


def _done(request: HttpRequest, act: acts.AnyAct, said: str, blobs: dict[str, bytes] | None = None) -> HttpResponse:
    messages.success(request, f"{said} It is act {clerkroom.submit(act, blobs=blobs)} of the record.")
    return redirect("rights")


def _text(request: HttpRequest, what: str) -> tuple[str, dict[str, bytes]]:
    if not request.POST.get("text", "").strip():
        raise Refused("record", f"{what} needs a text; go back and write it")
    return text_blob(request.POST["text"])


@require_POST
def form(request: HttpRequest) -> HttpResponse:
    """Form a current with those whose numbers are given."""
    who = member(request)
    others = [m for m in request.POST.get("members", "").replace(",", " ").split() if m != who]
    name = request.POST.get("name", "").strip()
    if not name:
        raise Refused("record", "a current needs a name; go back and write it")
    act = acts.CurrentFormed(
        at=clerkroom.now(), by=who, current=request.POST.get("id", ""), name=name, members=(who, *others)
    )
    return _done(request, act, "The current is formed.")


def _is_secret() -> bool:
    rules = standing.charter(clerkroom.state()).currents
    return rules is not None and rules.membership == "secret"


@require_POST
def join(request: HttpRequest, name: str) -> HttpResponse:
    """Join a current; where membership is secret, under a word that this page shows once and nobody keeps."""
    who = member(request)
    if _is_secret():
        current, word = currents.current(clerkroom.state(), name), secrets.token_hex(16)
        if not who or who in current.members:
            raise Refused("record", f"who joins {current.name} signs in, and is not named as one who formed it")
        hidden = currents.commitment(name, who, word)
        act = acts.CurrentJoined(at=clerkroom.now(), by="clerk", current=name, commitment=hidden)
        return page(request, "web/current_word.html", {"current": current, "word": word, "act": clerkroom.submit(act)})
    return _done(request, acts.CurrentJoined(at=clerkroom.now(), by=member(request), current=name), "You have joined.")


@require_POST
def quit_current(request: HttpRequest, name: str) -> HttpResponse:
    """Leave a current; who is not named in it leaves by the word that she was given."""
    who = member(request)
    if _is_secret() and who not in currents.current(clerkroom.state(), name).members:
        hidden = currents.commitment(name, who, request.POST.get("word", "").strip())
        act = acts.CurrentLeft(at=clerkroom.now(), by="clerk", current=name, commitment=hidden)
        return _done(request, act, "You have left it.")
    return _done(request, acts.CurrentLeft(at=clerkroom.now(), by=member(request), current=name), "You have left it.")


@require_POST
def platform(request: HttpRequest, name: str) -> HttpResponse:
    """Publish a current's platform to all members."""
    text, blobs = _text(request, "a platform")
    act = acts.PlatformPublished(at=clerkroom.now(), by=member(request), current=name, text=text)
    return _done(request, act, "The platform is published to all members.", blobs)


@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call on all members to found anew under another charter."""
    text, blobs = _text(request, "a call to found anew")
    name = request.POST.get("id", "")
    act = acts.RefoundingCalled(at=clerkroom.now(), by=member(request), refounding=name, charter=text)
    return _done(request, act, "The call is out, with your signature.", blobs)


@require_POST
def sign(request: HttpRequest, name: str) -> HttpResponse:
    """Sign a call to found anew."""
    act = acts.RefoundingSigned(at=clerkroom.now(), by=member(request), refounding=name)
    return _done(request, act, "You have signed.")


@require_POST
def open_vote(request: HttpRequest, name: str) -> HttpResponse:
    """Open the members' vote on founding anew."""
    at = clerkroom.now()
    rule = standing.charter(clerkroom.state()).procedures.refounding
    closes = full_hour(at, days=rule.voting_days if rule else 0)
    act = acts.RefoundingOpened(at=at, by=member(request), refounding=name, closes_at=closes)
    return _done(request, act, "All members vote, in secret.")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Announce that a group leaves by its own decision, or a minority of it without one."""
    given = request.POST
    act = acts.LeavingAnnounced(
        at=clerkroom.now(),
        by=member(request),
        leaving=given.get("id", ""),
        group=given.get("group", ""),
        decision=given.get("decision", "").strip(),
    )
    return _done(request, act, "It is announced.")


@require_POST
def leave_too(request: HttpRequest, name: str) -> HttpResponse:
    """Join a minority that leaves."""
    act = acts.LeavingJoined(at=clerkroom.now(), by=member(request), leaving=name)
    return _done(request, act, "You leave with them.")


@require_POST
def complete(request: HttpRequest, name: str) -> HttpResponse:
    """Note that those who leave are gone, once the notice is over."""
    act = acts.LeavingCompleted(at=clerkroom.now(), by=member(request), leaving=name)
    return _done(request, act, "They have left, with their share of the stock.")


_NAMED: tuple[tuple[str, Callable[[HttpRequest, str], HttpResponse], str], ...] = (
    ("currents/<str:name>/join/", join, "current-join"),
    ("currents/<str:name>/leave/", quit_current, "current-leave"),
    ("currents/<str:name>/platform/", platform, "current-platform"),
    ("refounding/<str:name>/sign/", sign, "refounding-sign"),
    ("refounding/<str:name>/open/", open_vote, "refounding-open"),
    ("leaving/<str:name>/join/", leave_too, "leaving-join"),
    ("leaving/<str:name>/complete/", complete, "leaving-complete"),
)
urlpatterns: list[URLPattern] = [
    path("rights/", rights, name="rights"),
    path("rights/currents/form/", form, name="current-form"),
    path("rights/refounding/call/", call, name="refounding-call"),
    path("rights/leaving/announce/", leave, name="leaving-announce"),
    *(path(f"rights/{where}", view, name=name) for where, view, name in _NAMED),
]
