"""What every view uses: who asks, the page that answers, the page that says no."""

import hashlib
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comitia.federation.refusal import Refused
from comitia.federation.state import State
from comitia.web import clerkroom


def member(request: HttpRequest) -> str:
    """Return the number of the member who asks, or "" for anybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    number = str(user.get_username())
    person = clerkroom.state().members.get(number)
    return number if person is not None and not person.left else ""


def page(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a page; the federation's name, the member's bodies and her open matters come from ``chrome``."""
    return render(request, template, dict(context or {}), status=status)


def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """Return the page that says why an act was refused, with the article that decides."""
    rules = clerkroom.state().charter
    article = rules.articles.get(fault.article) if rules else None
    context = {"fault": fault, "article": article, "facts": sorted(fault.facts.items()), "back": back(request)}
    return page(request, "web/refused.html", context, status=409)


def back(request: HttpRequest) -> str:
    """Return the path of the page that the member came from, on this site only."""
    came_from = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    # Two slashes at the beginning would lead to another site.
    return "/" + came_from.removeprefix(own).lstrip("/") if came_from.startswith(own) else "/"


def text_blob(text: str) -> tuple[str, dict[str, bytes]]:
    """Return a text's hash and the blob to hand over with the act; lines end with a line feed."""
    body = "\n".join(line.rstrip() for line in text.strip().splitlines()).encode() + b"\n"
    name = hashlib.sha256(body).hexdigest()
    return name, {name: body}


def fresh_id(state: State, word: str) -> str:
    """Return an id like ``motion-12`` that nothing in the federation bears yet.

    A form carries it along, so that the same form sent twice is refused the second time.
    """
    taken = {
        *(*state.motions, *state.ballots, *state.recalls, *state.amendments, *state.elections, *state.inspections),
        *(
            *state.words,
            *state.currents,
            *state.refoundings,
            *state.leavings,
            *state.alternatives,
            *state.objections,
            *state.blocks,
        ),
    }
    number = state.size
    while f"{word}-{number}" in taken:
        number += 1
    return f"{word}-{number}"
