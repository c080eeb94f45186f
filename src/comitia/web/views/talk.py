"""Talking: the thread beside a motion, a season, a need or an order; answers, files, setting aside, the appeal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from comitia.clerk.clerk import blob_hash
from comitia.federation import acts, talking
from comitia.federation.refusal import Refused
from comitia.federation.state import State
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page
from comitia.web.sums import talk as sums

# A file's type as its name says it, so that what is saved opens as what it is; whether it is so the rule book sees from
# its bytes.
_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "pdf": "application/pdf", "csv": "text/csv",
    "txt": "text/plain",
}  # fmt: skip


def overview(request: HttpRequest) -> HttpResponse:
    """Show what answers the reader or mentions her, and what is talked about."""
    state, who = clerkroom.state(), member(request)
    mine = [(one, place(one.about), title(state, one.about)) for one in sums.for_member(state, who)]
    found = [(title(state, about), place(about), number, one) for about, number, one in sums.threads(state)]
    return page(request, "web/talks.html", {"mine": mine, "threads": found})


def thread(request: HttpRequest, about: str) -> HttpResponse:
    """Show the thread beside something."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    found = sums.thread(state, about, who, at)
    if not found.said and not _is_there(state, about):
        raise Http404(f"{about!r} is nothing that is talked about.")
    context = {
        "talk": found,
        "title": title(state, about),
        "beside": beside(about),
        "words_id": fresh_id(state, "words"),
    }
    return page(request, "web/talk.html", context)


def _is_there(state: State, about: str) -> bool:
    kind, _, rest = about.partition("/")
    known = state.motions if kind == "motion" else state.seasons
    return kind in ("motion", "season", "need", "order") and rest.partition("/")[0] in known


def title(state: State, about: str) -> str:
    """Return in words what a thread is about."""
    kind, _, rest = about.partition("/")
    match kind, rest.split("/", 2):
        case "motion", _:
            return state.motions[rest].title if rest in state.motions else about
        case "need", [_, council, product]:
            return f"{product} in {council}"
        case "order", [_, workplace]:
            return f"orders of {workplace}"
        case _:
            return state.seasons[rest].name if rest in state.seasons else about


def place(about: str) -> str:
    """Return the page on which a thread is read: a motion's own, or one for the thread alone."""
    kind, _, rest = about.partition("/")
    return f"{reverse('motion', args=[rest])}#talk" if kind == "motion" else reverse("talk", args=[about])


def beside(about: str) -> str:
    """Return the page of what a thread is about."""
    kind, _, rest = about.partition("/")
    match kind:
        case "motion":
            return reverse("motion", args=[rest])
        case "order":
            return reverse("workplace-one", args=[rest.rpartition("/")[2]])
        case _:
            return reverse("season-one", args=[rest.partition("/")[0]])


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Take a member's words and what she attaches."""
    given, about = request.POST, request.POST.get("about", "")
    text = "\n".join(line.rstrip() for line in given.get("text", "").strip().splitlines()).encode() + b"\n"
    blobs = {blob_hash(text): text}
    attached = []
    rule = talking.rule_of(clerkroom.state())
    for file in request.FILES.getlist("files"):
        body = _read(file, rule.largest, rule.article)
        blobs[blob_hash(body)] = body
        name = str(file.name or "file")
        kind = _TYPES.get(name.rpartition(".")[2].lower(), "of another type")
        attached.append(acts.Attachment(name=name[-talking.LONGEST_NAME :], type=kind, blob=blob_hash(body)))
    state, who, words = clerkroom.state(), member(request), given.get("id", "")
    before = state.words.get(words)
    if before is not None and (before.by, before.text) != (who, blob_hash(text)):
        # Somebody else spoke while she wrote: what she wrote is not lost for that.
        words = fresh_id(state, "words")
    act = acts.WordsSaid(
        at="",
        by=who,
        words=words,
        about=about,
        text=blob_hash(text),
        answers=given.get("answers", ""),
        attachments=tuple(attached),
    )
    index = clerkroom.submit(act, blobs=blobs)
    messages.success(request, f"Said. It is act {index} of the record.")
    return redirect(f"{place(about).partition('#')[0]}#words-{act.words}")


def _read(file: Any, largest: int, article: str) -> bytes:
    if (file.size or 0) > largest:
        raise Refused(article, f"{file.name} has {file.size} bytes; a file has at most {largest}")
    return bytes(file.read())


@require_POST
def set_aside(request: HttpRequest, words: str) -> HttpResponse:
    """Fold words, with a reason."""
    state, who = clerkroom.state(), member(request)
    body = sums.thread(state, "", who, clerkroom.now()).sets_aside
    act = acts.WordsSetAside(at="", by=who, body=body, words=words, reason=request.POST.get("reason", "").strip())
    messages.success(request, f"Set aside: act {clerkroom.submit(act)}. The author may appeal.")
    return _back(words)


@require_POST
def appeal(request: HttpRequest, words: str) -> HttpResponse:
    """Appeal against the setting aside of one's own words."""
    act = acts.SettingAsideAppealed(
        at="", by=member(request), words=words, reason=request.POST.get("reason", "").strip()
    )
    messages.success(
        request, f"Your appeal stands: act {clerkroom.submit(act)}. The seats that hear it vote in the open."
    )
    return _back(words)


@require_POST
def hear(request: HttpRequest, words: str) -> HttpResponse:
    """Vote on an appeal with a seat that hears it."""
    given = request.POST
    seat = given.get("seat", "")
    act = acts.AppealVoted(
        at="",
        by=member(request),
        body=seat.partition(":")[0],
        words=words,
        seat=seat,
        restore=given.get("restore") == "yes",
        reason=given.get("reason", "").strip(),
    )
    messages.success(request, f"Your vote on the appeal stands: act {clerkroom.submit(act)}.")
    return _back(words)


def one(request: HttpRequest, words: str) -> HttpResponse:
    """Lead to words in their thread."""
    return _back(words)


def _back(words: str) -> HttpResponse:
    of = clerkroom.state().words.get(words)
    if of is None:
        raise Http404(f"There are no words {words!r}.")
    return redirect(f"{place(of.about).partition('#')[0]}#words-{of.id}")


def attachment(request: HttpRequest, words: str, number: int) -> HttpResponse:
    """Send an attached file, always as a file to be saved."""
    state = clerkroom.state()
    of = state.words.get(words)
    if of is None or number >= len(of.attachments):
        raise Http404("There is no such file.")
    file = of.attachments[number]
    body = state.blobs.get(file.blob)
    if body is None:
        raise Http404(f"{file.name} was erased.")
    answer = HttpResponse(body, content_type=file.type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name.encode("ascii", "replace").decode()}"'
    return answer


urlpatterns = [
    path("talk/", overview, name="talks"),
    path("talk/say/", say, name="talk-say"),
    path("talk/words/<str:words>/", one, name="talk-words"),
    path("talk/words/<str:words>/aside/", set_aside, name="talk-aside"),
    path("talk/words/<str:words>/appeal/", appeal, name="talk-appeal"),
    path("talk/words/<str:words>/hear/", hear, name="talk-hear"),
    path("talk/words/<str:words>/files/<int:number>/", attachment, name="talk-file"),
    path("talk/about/<path:about>/", thread, name="talk"),
]
