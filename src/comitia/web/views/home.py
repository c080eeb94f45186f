"""Home: what awaits me, soonest first; where the season stands; what was decided lately."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, path, reverse

from comitia.federation import awaiting
from comitia.federation.state import Motion, Season, State
from comitia.web import clerkroom, stages
from comitia.web.page import member, page

LATELY = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a season: its name, its moment if it has one, and whether it is done or goes on."""

    title: str
    moment: str
    standing: str


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that awaits the member, and the page where she does it."""

    text: str
    body: str
    until: str
    path: str
    verb: str


_PAGES = {
    "ballot": ("ballot", "Vote"),
    "nomination": ("election", "Stand or support"),
    "division": ("motion", "Vote"),
    "petition": ("recall", "Read and sign"),
    "declare": ("season", "Declare"),
    "delivery": ("workplace", "Confirm"),
    "inspection": ("books", "Answer"),
    "screening": ("election", "Admit or say why not"),
    "by-election": ("bodies", "Open the election"),
    "objection": ("motion", "Meet it"),
    "meeting": ("motions", "Move something"),
    "refounding": ("rights", "Read and sign"),
    "appeal": ("talk-words", "Hear it"),
}


def home(request: HttpRequest) -> HttpResponse:
    """Show the member what is asked of her."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    season = next((s for s in reversed(state.seasons.values())), None)
    decided = [m for m in state.motions.values() if m.outcome and m.divisions and not m.amends]
    decided.sort(key=lambda m: m.divisions[-1].closes_at, reverse=True)
    context = {
        "touches": [_touch(a) for a in awaiting.awaits(state, who, at)],
        "season": season,
        "steps": _steps(state, season, at) if season else (),
        "decided": [(m, m.divisions[-1]) for m in decided[:LATELY]],
        "coming": [m for m in state.motions.values() if not m.divisions and not m.amends and not m.outcome],
        "calls": [(e, stages.stage(state, e, at)) for e in state.elections.values() if e.sheet is None],
    }
    return page(request, "web/home.html", context)


def _touch(found: awaiting.Awaited) -> Touch:
    name, verb = _PAGES[found.task]
    try:
        where = reverse(
            name, args=[found.id] if name in ("ballot", "election", "motion", "recall", "talk-words") else []
        )
    except NoReverseMatch:
        where = "/"
    return Touch(found.text[:1].upper() + found.text[1:], found.body, found.until, where, verb)


def _steps(state: State, season: Season, at: str) -> tuple[Step, ...]:
    motions: list[Motion] = [m for m in state.motions.values() if m.subject in season.drafts]
    if season.adopted:
        # What was drafted and voted on after the adoption is a story of its own.
        motions = [m for m in motions if m.subject == season.adopted]
    voting = [m for m in motions if m.divisions]
    drafts = [season.adopted] if season.adopted else season.drafts
    done = [
        ("Opened", season.opened, True),
        ("Numbers declared by", season.declarations_until, at >= season.declarations_until),
        ("Plan drafted", state.drafts[drafts[-1]].at if drafts else "", bool(drafts)),
        ("Put to the houses", voting[-1].divisions[-1].opens_at if voting else "", bool(voting)),
        ("Adopted", _adopted_at(season, motions), bool(season.adopted)),
        ("Work and deliveries until", season.ends_at, at >= season.ends_at),
        ("Closed", "", season.closed),
    ]
    current = next((n for n, (_, _, over) in enumerate(done) if not over), len(done))
    return tuple(
        Step(title, moment, "done" if n < current else "now" if n == current else "to come")
        for n, (title, moment, _) in enumerate(done)
    )


def _adopted_at(season: Season, motions: list[Motion]) -> str:
    return next((m.effect_at for m in motions if m.subject == season.adopted and m.outcome == "carried"), "")


urlpatterns = [path("", home, name="home")]
