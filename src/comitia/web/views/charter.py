"""The charter in plain words by topic, then the articles in their own words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.charter import plain
from comitia.federation import standing
from comitia.web import clerkroom
from comitia.web.page import page


@login_not_required
def charter(request: HttpRequest) -> HttpResponse:
    """Show the charter in force; anybody may read it."""
    state = clerkroom.state()
    rules = standing.charter(state)
    changed = [m for m in state.motions.values() if m.outcome == "carried" and m.figures == state.charter_hash]
    amendable = [m for m in rules.matters.values() if m.effect == "charter"]
    context = {
        "charter": rules,
        "hash": state.charter_hash,
        "topics": plain.topics(rules),
        "changed": changed,
        "amendable": amendable,
    }
    return page(request, "web/charter.html", context)


urlpatterns = [path("charter/", charter, name="charter")]
