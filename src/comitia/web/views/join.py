"""Joining: a one-use link signs a member in; nothing is used up before she presses the button."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comitia.clerk.people import InvitationFault
from comitia.federation import standing
from comitia.web import clerkroom
from comitia.web.page import page


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation; on POST, use it up and sign the member in."""
    state = clerkroom.state()
    if request.method == "GET":
        at = clerkroom.now()
        counts = {"members": len(standing.all_members(state)), "bodies": len(standing.bodies(state))}
        running = [m for m in state.motions.values() if m.divisions and at < m.divisions[-1].closes_at]
        return page(request, "web/join.html", {"token": token, "running": running[:1], **counts})
    try:
        number = clerkroom.clerk().people.redeem(token, at=clerkroom.now())
    except InvitationFault as fault:
        return page(request, "web/fault.html", {"title": "This link cannot be used", "text": str(fault)}, status=410)
    user, made = User.objects.get_or_create(username=number)
    if made:
        user.set_unusable_password()
        user.save()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


urlpatterns = [path("join/<str:token>/", join, name="join")]
