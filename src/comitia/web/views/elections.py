"""Elections: which are called, which vote, which are counted."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.federation.state import Election
from comitia.web import clerkroom
from comitia.web.page import member, page


def elections(request: HttpRequest) -> HttpResponse:
    """Show all elections by stage."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    stages: dict[str, list[tuple[Election, str, bool]]] = {
        "Candidates wanted": [],
        "Voting": [],
        "To be counted": [],
        "Counted": [],
    }
    for election in reversed(state.elections.values()):
        of = state.ballots[election.ballot]
        if election.sheet:
            stage, until = "Counted", of.closes_at
        elif at < election.nominations_until:
            stage, until = "Candidates wanted", election.nominations_until
        elif at < of.closes_at:
            stage, until = "Voting", of.closes_at
        else:
            stage, until = "To be counted", of.closes_at
        stages[stage].append((election, until, who in of.electorate))
    return page(request, "web/elections.html", {"stages": stages, "number": len(state.elections)})


urlpatterns = [path("elections/", elections, name="elections")]
