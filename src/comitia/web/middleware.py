"""Around every page: one at a time, members only, and a refusal shown as a page."""

from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from comitia.federation.refusal import Refused
from comitia.record.store_faults import StoreFault
from comitia.web import clerkroom, loglines, page

Next = Callable[[HttpRequest], HttpResponse]


def signed_out_says_so(get_response: Next) -> Next:
    """Send who was signed out in the middle of a form back to where it stood, and say that nothing was recorded."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        login = reverse("account_login")
        if request.method == "POST" and response.get("Location", "").startswith(f"{login}?next="):
            messages.warning(request, "You were signed out, so nothing was recorded. Sign in and send it again.")
            return redirect(f"{login}?{urlencode({'next': page.back(request)})}")
        return response

    return answer


def members_pages_are_not_kept(get_response: Next) -> Next:
    """Tell browsers and proxies to keep no copy of what a member saw: phones and desks are shared."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


class OneAtATime:
    """Hold the state still while a page is made; turn away who is no longer a member; show refusals as pages.

    A view with the attribute ``lets_others_work`` is not held: it computes for long, and reads nothing that changes.
    """

    def __init__(self, get_response: Next) -> None:
        """Stand before the views."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Make the page."""
        with nullcontext() if _is_long(request) else clerkroom.ONE:
            try:
                # What other processes recorded is part of the page.
                clerkroom.clerk().catch_up()
            except StoreFault as fault:
                return _unwritten(request, fault)
            if request.user.is_authenticated and not page.member(request):
                logout(request)
                return redirect("account_login")
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Show what the rule book, or the store, refused."""
        match fault:
            case Refused():
                return page.refused(request, fault)
            case StoreFault():
                return _unwritten(request, fault)
            case _:
                return None


def _unwritten(request: HttpRequest, fault: StoreFault) -> HttpResponse:
    """Say that the record cannot be reached: how, to members and to the log alone."""
    loglines.store_fault(request, fault)
    said = str(fault) if request.user.is_authenticated else "The record cannot be reached."
    return page.page(request, "web/unwritten.html", {"fault": said}, status=503)


def _is_long(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "lets_others_work", False))
    except Resolver404:
        return False
