"""Mail and calendars: how much mail a member wants from each body, one press to stop it, feeds of dates."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comitia.clerk import calendars, mail
from comitia.clerk.mail import MailFault
from comitia.clerk.outbox import LEVELS, Outbox
from comitia.federation import standing
from comitia.web import clerkroom
from comitia.web.page import member, page

ICS = "text/calendar; charset=utf-8"


def _outbox() -> Outbox:
    return Outbox(settings.HOME.people)


@require_http_methods(["GET", "POST"])
def wanted(request: HttpRequest) -> HttpResponse:
    """Show how much mail a member gets from each of her bodies; on POST, change it."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    bodies = [standing.body(state, name) for name in standing.bodies_of(state, who, at)]
    with _outbox() as outbox:
        if request.method == "POST":
            for body in ("", *(b.id for b in bodies)):
                level = request.POST.get(f"level-{body}", "")
                if level in LEVELS or not level:
                    outbox.set_level(who, body, level)
            messages.success(request, "Saved. It holds for letters from now on.")
            return redirect("me-mail")
        word = outbox.calendar_word(who)
        other = standing.find_body(state, request.GET.get("dates", ""))
        dated = bodies if other is None or other.id in [b.id for b in bodies] else [other, *bodies]
        levels = [(body, outbox.level(who, body.id)) for body in bodies]
        context = {
            "levels": LEVELS,
            "all": outbox.level(who) or "usual",
            "bodies": levels,
            "apart": any(level for _, level in levels),
            "person": clerkroom.clerk().people.person(who),
            "calendar": _addresses(request, word, "mine"),
            "calendars": [(body, _addresses(request, word, body.id)) for body in dated],
            "server": (settings.HOME.path / "mail.toml").exists(),
        }
    return page(request, "web/me_mail.html", context)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Give a member's calendars another secret address; the old one is useless from now on."""
    with _outbox() as outbox:
        outbox.calendar_word(member(request), fresh=True)
    messages.success(request, "Your calendars have a new address; the old one shows nothing any more.")
    return redirect("me-mail")


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """Stop mail about a body: one press, or one POST of a mail program (RFC 8058); the link can do nothing else."""
    body = request.GET.get("body", "")
    with _outbox() as outbox:
        if not outbox.may_stop(number, body, word):
            return page(request, "web/fault.html", {"title": "This link stops nothing", "text": ""}, status=404)
        if request.method == "POST":
            outbox.set_level(number, body, "none")
    found = standing.find_body(clerkroom.state(), body)
    context = {"done": request.method == "POST", "about": found.name if found else ""}
    return page(request, "web/mail_stop.html", context)


@login_not_required
@never_cache
@require_GET
def calendar(request: HttpRequest, word: str, which: str) -> HttpResponse:
    """Send a calendar to who knows its secret address: a calendar program cannot sign in."""
    state, at = clerkroom.state(), clerkroom.now()
    with _outbox() as outbox:
        who = outbox.whose_calendar(word)
    if who not in standing.all_members(state):
        raise Http404("There is no such calendar; its address may have been renewed.")
    if which == "mine":
        name, found = f"{state.name}: mine", calendars.of_member(state, who, at)
    elif (body := standing.find_body(state, which)) is not None:
        # Whoever is signed in sees the dates of every body on its page.
        name, found = body.name, calendars.of_body(state, which)
    else:
        raise Http404(f"There is no body {which!r} in this federation.")
    return HttpResponse(calendars.text(name, found, at=at, site=_site(request)), content_type=ICS)


def _addresses(request: HttpRequest, word: str, which: str) -> tuple[str, str]:
    """Return a calendar's address twice: under the scheme that opens a calendar program, and as it is."""
    address = f"{_site(request)}/calendar/{word}/{which}.ics"
    return f"webcal:{address.partition(':')[2]}", address


def _site(request: HttpRequest) -> str:
    """Return the pages' address as mail.toml gives it, else as it was asked for."""
    try:
        server = mail.find_server(settings.HOME)
    except MailFault:
        server = None
    return server.site if server is not None else f"{request.scheme}://{request.get_host()}"


urlpatterns = [
    path("me/mail/", wanted, name="me-mail"),
    path("me/calendar/", renew, name="me-calendar"),
    path("mail/stop/<str:number>/<str:word>/", stop, name="mail-stop"),
    path("calendar/<str:word>/<path:which>.ics", calendar, name="calendar"),
]
