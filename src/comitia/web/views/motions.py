"""Motions: all of them, and moving a new one."""

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from comitia.charter.structure import Charter, Matter
from comitia.federation import acts, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Motion, State
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page, text_blob


@dataclass(frozen=True, slots=True)
class Offer:
    """A matter that the reader may move, and for which of her bodies ("" where the motion needs none)."""

    matter: Matter
    body: str


# What a motion is about, by the matter's effect: the label of the field, and what its text is ("" for none).
_SUBJECTS = {
    "none": ("", ""),
    "emergency": ("", ""),
    "admissibility": ("Id of the motion that is challenged", "Number of the article under which no body may decide it"),
    "leaving": ("Who leaves, for instance workplace/mill", ""),
    "dissolution": ("Body that is dissolved", ""),
    "building": ("", ""),
    "season": ("", ""),
    "plan": ("Id of the draft plan", ""),
    "plan-cut": ("Id of the draft plan", ""),
    "claims": ("Id of the season", "The claims as CSV"),
    "mandate": ("Seat that is instructed", ""),
    "merger": ("Bodies concerned, joined by blanks", ""),
    "charter": ("", "The whole new charter, as TOML"),
}


def motions(request: HttpRequest) -> HttpResponse:
    """Show all motions: open ones first, then those that wait, then decided ones."""
    state, at = clerkroom.state(), clerkroom.now()
    wanted = request.GET.get("q", "").strip().casefold()
    found = [m for m in state.motions.values() if not m.amends and wanted in m.title.casefold()]
    by_stage: dict[str, list[Motion]] = {"Open": [], "Closed, not yet noted": [], "Waiting": [], "Decided": []}
    for motion in reversed(found):
        by_stage[_stage(motion, at)].append(motion)
    context = {"q": request.GET.get("q", ""), "stages": by_stage, "number": len(found)}
    return page(request, "web/motions.html", context)


def _stage(motion: Motion, at: str) -> str:
    if motion.outcome not in ("", "deadlock"):
        return "Decided"
    # Between two readings, and between two ways out of a deadlock, it waits.
    if not motion.divisions or motion.divisions[-1].closed:
        return "Waiting"
    running = motion.divisions[-1]
    return "Open" if at < running.closes_at else "Closed, not yet noted"


def offers(state: State, who: str, at: str) -> tuple[Offer, ...]:
    """Return what a member may move, and for which of her bodies."""
    rules = standing.charter(state)
    mine = standing.bodies_of(state, who, at)
    return tuple(Offer(m, b) for m in rules.matters.values() for b in _bodies(rules, m, mine))


def _bodies(rules: Charter, on: Matter, mine: tuple[str, ...]) -> list[str]:
    own = [k for k in on.decided_by if rules.kinds[k].each]
    movers = {k for k in on.movers if k != "member"} | (set(own) if "member" in on.movers else set())
    kinds = movers & set(own) if own and on.effect != "merger" else movers
    found = [b for b in mine if b.partition("/")[0] in kinds]
    return found or ([""] if "member" in on.movers and not own else [])


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to move; then its title and text."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    if request.method == "POST":
        return _move(request, state, who)
    offered = offers(state, who, at)
    matter, name = request.GET.get("matter", ""), request.GET.get("body", "")
    chosen = next((o for o in offered if o.matter.id == matter and o.body == name), None)
    subject, figures = _SUBJECTS[chosen.matter.effect] if chosen else ("", "")
    context = {
        "offers": [o for o in offered if not name or o.body == name],
        "chosen": chosen,
        "subject_label": subject,
        "figures_label": figures,
        "subject": request.GET.get("subject", ""),
        "title": request.GET.get("title", ""),
        "text": request.GET.get("text", ""),
        "appeals": request.GET.get("appeals", ""),
        # What another page wrote down goes along while the matter is being chosen.
        "carried": urlencode({k: request.GET[k] for k in ("title", "text") if request.GET.get(k)}),
        "affected": _groups(state, chosen.matter.affects) if chosen else (),
        "id": fresh_id(state, "motion"),
    }
    return page(request, "web/motion_new.html", context)


def _groups(state: State, roll: str) -> tuple[str, ...]:
    return tuple(f"{g.roll}/{g.id}" for g in state.groups.values() if g.roll == roll)


def _move(request: HttpRequest, state: State, who: str) -> HttpResponse:
    given = request.POST
    title, text = given.get("title", "").strip(), given.get("text", "").strip()
    if not title or not text:
        raise Refused("record", "a motion needs a title and a text; go back and write both")
    name, blobs = text_blob(text)
    subject, figures = given.get("subject", "").strip(), ""
    on = standing.charter(state).matters.get(given.get("matter", ""))
    if on is not None and on.effect == "admissibility":
        figures = given.get("figures", "").strip()
    elif given.get("figures", "").strip():
        figures, more = text_blob(given["figures"])
        blobs = {**blobs, **more}
    elif subject in state.drafts:
        figures = state.drafts[subject].plan
    motion = given.get("id", "")
    act = acts.MotionMoved(
        at=clerkroom.now(),
        by=who,
        body=given.get("body", ""),
        motion=motion,
        matter=given.get("matter", ""),
        title=title,
        text=name,
        subject=subject,
        figures=figures,
        affects=tuple(given.getlist("affects")) if on is not None and on.affects else msgspec.UNSET,
        appeals=given["appeals"] if given.get("appeals") else msgspec.UNSET,
    )
    clerkroom.submit(act, blobs=blobs)
    return redirect("motion", motion)


urlpatterns = [path("motions/", motions, name="motions"), path("motions/new/", new, name="motion-new")]
