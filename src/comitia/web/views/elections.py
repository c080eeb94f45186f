"""Elections: which are called, which vote, which are counted."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.federation.state import Election
from comitia.web import clerkroom, stages
from comitia.web.page import member, page

_TITLES = {
    "nominations": "Candidates wanted",
    "voting": "Voting",
    "closed": "To be counted",
    "counted": "Counted",
}


def elections(request: HttpRequest) -> HttpResponse:
    """Show all elections by stage."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    found: dict[str, list[tuple[Election, str, bool]]] = {title: [] for title in _TITLES.values()}
    for election in reversed(state.elections.values()):
        now = stages.stage(state, election, at)
        mine = who in state.ballots[election.ballot].electorate
        found[_TITLES[now.name]].append((election, now.until, mine))
    return page(request, "web/elections.html", {"stages": found, "number": len(state.elections)})


urlpatterns = [path("elections/", elections, name="elections")]
