"""An election: its seats, who stands, standing and supporting; after the count, the sheet stage by stage."""

from dataclasses import dataclass

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.decide.sheet import exact_text
from comitia.federation import acts, candidacy, standing
from comitia.federation.state import Election, State
from comitia.web import clerkroom, stages
from comitia.web.page import member, page
from comitia.web.sums import count_sheet

_LOT = "A tie is broken by a lot that was sealed before voting began."
_PAIRS = (
    "Rank as many candidates as you like, in the order you want them.",
    "Each two candidates are compared by how many prefer the one to the other; whoever beats everybody is elected.",
    "If nobody does, the weakest of the victories that contradict one another do not count.",
)
_SHARED = (
    "You name all candidates of whom you approve.",
    "Seats are shared so that each group of voters has those of whom it approves in proportion to its number.",
    _LOT,
)
RULES = {
    "scottish": (
        "Rank as many candidates as you like, in the order you want them.",
        "Whoever reaches the quota is elected; votes above the quota go on to the next preference, each at a fraction.",
        "If nobody reaches it, the last candidate is excluded and her votes go on to their next preference.",
    ),
    "instant_runoff": (
        "Rank as many candidates as you like, in the order you want them.",
        "The last candidate is excluded and her votes go on to their next preference, until one has more than half.",
        _LOT,
    ),
    "list": (
        "You name one list.",
        "Seats are shared among the lists by their votes; a list's seats go to its candidates in their order.",
        _LOT,
    ),
    "plurality": (
        "You name one candidate.",
        "Whoever is named most often is elected.",
        _LOT,
    ),
    "approval": (
        "You name all candidates of whom you approve.",
        "Those whom most approve of are elected.",
        _LOT,
    ),
    "block": (
        "You name as many candidates as there are seats, or fewer.",
        "Those who are named most often are elected.",
        _LOT,
    ),
    "meek": (
        "Rank as many candidates as you like, in the order you want them.",
        "Whoever reaches the quota is elected and keeps only as much of each vote as she needs; the rest goes on.",
        "If nobody reaches it, the last candidate is defeated and her votes go on to their next preference.",
    ),
    "wigm": (
        "Rank as many candidates as you like, in the order you want them.",
        "Whoever exceeds the quota is elected; votes above the quota go on to the next preference, each at a fraction.",
        "If nobody does, the last candidate is defeated and her votes go on to their next preference.",
    ),
    "ers97": (
        "Rank as many candidates as you like, in the order you want them.",
        "Whoever reaches the quota is elected; of the papers that came last, what is above the quota goes on.",
        "If nobody reaches it, the last candidates are excluded and their votes go on to their next preference.",
    ),
    "schulze": _PAIRS,
    "schulze_margins": _PAIRS,
    "ranked_pairs": _PAIRS,
    "borda": (
        "Rank as many candidates as you like, in the order you want them.",
        "A candidate gets a point for everybody behind her on a paper, half a point for everybody beside her.",
        _LOT,
    ),
    "borda_modified": (
        "Rank as many candidates as you like, in the order you want them.",
        "Your first gets as many points as you rank candidates, your second one fewer, and so on.",
        _LOT,
    ),
    "pav": _SHARED,
    "phragmen": _SHARED,
    "equal_shares_phragmen": _SHARED,
    "equal_shares_add_one": _SHARED,
    "equal_shares_utilitarian": _SHARED,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who stands: how many support her, what is missing before she does ("" for nothing), whether she withdrew."""

    member: str
    support: int
    missing: str
    withdrawn: bool


def election(request: HttpRequest, name: str) -> HttpResponse:
    """Show an election."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    of = state.elections.get(name)
    if of is None:
        raise Http404(f"There is no election {name!r}, or nobody stood in it.")
    ballot = state.ballots[of.ballot]
    kind = candidacy.kind_of(of)
    found = [
        Candidate(c, candidacy.supporters(state, of, c), candidacy.missing(state, of, c), c in of.withdrawn)
        for c in of.nominators
    ]
    gate = candidacy.rules_of(kind).gate
    context = {
        "election": of,
        "ballot": ballot,
        "kind": kind,
        "rule": RULES.get(kind.rule or "", ()),
        "candidates": found,
        "stage": stages.stage(state, of, at).name,
        "able": who in ballot.electorate,
        "may_stand": who in ballot.electorate or not _among_electors(of),
        "voted": ballot.voted.get(who),
        "stands": who in of.nominators and who not in of.withdrawn,
        "supportable": [c for c in found if who not in of.nominators[c.member] and kind.nomination > 1],
        "gate": gate,
        "screens": bool(gate) and any(standing.body(state, b).kind.id == gate for b in _seated(state, who, at)),
        "lists": [c for c in state.currents.values() if who in c.members] if kind.rule == "list" else [],
        "told": count_sheet.of_election(
            state, of, paper=request.GET.get("paper", ""), rule=request.GET.get("rule", "")
        ),
        "paper": request.GET.get("paper", ""),
        "other": request.GET.get("rule", ""),
        "quota": exact_text(of.sheet.quota) if of.sheet and of.sheet.quota is not None else "",
    }
    return page(request, "web/election.html", context)


def _among_electors(of: Election) -> bool:
    """Return whether candidates come from among the electors, so that the button is shown to them alone."""
    return candidacy.rules_of(candidacy.kind_of(of)).candidates == "electors"


def _seated(state: State, who: str, at: str) -> set[str]:
    return {t.seat.partition(":")[0] for t in standing.seats_of(state, who, at)}


@require_POST
def stand(request: HttpRequest, name: str) -> HttpResponse:
    """Stand oneself, or support whoever the form names."""
    who = member(request)
    candidate = request.POST.get("candidate", "") or who
    current = request.POST.get("current", "")
    act = acts.CandidateNominated(
        at=clerkroom.now(), by=who, election=name, candidate=candidate, current=current or msgspec.UNSET
    )
    index = clerkroom.submit(act)
    what = "You stand" if candidate == who else "Supported"
    messages.success(request, f"{what}: act {index} of the record.")
    return redirect("election", name)


@require_POST
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Stand no longer."""
    index = clerkroom.submit(acts.CandidacyWithdrawn(at=clerkroom.now(), by=member(request), election=name))
    messages.success(request, f"You no longer stand: act {index} of the record.")
    return redirect("election", name)


@require_POST
def screen(request: HttpRequest, name: str) -> HttpResponse:
    """Admit a candidate, or do not, for the body that the charter sets as a gate."""
    given = request.POST
    act = acts.CandidateScreened(
        at=clerkroom.now(),
        by=member(request),
        body=given.get("body", ""),
        election=name,
        candidate=given.get("candidate", ""),
        admitted=given.get("admitted") == "yes",
        reason=given.get("reason", "").strip(),
    )
    messages.success(request, f"Said, with your reason: act {clerkroom.submit(act)} of the record.")
    return redirect("election", name)


urlpatterns = [
    path("elections/<str:name>/screen/", screen, name="election-screen"),
    path("elections/<str:name>/", election, name="election"),
    path("elections/<str:name>/stand/", stand, name="election-stand"),
    path("elections/<str:name>/withdraw/", withdraw, name="election-withdraw"),
]
