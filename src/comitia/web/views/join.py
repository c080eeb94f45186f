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
        # Nothing of the federation's matters is shown here: whether the token is good is not known before it is used.
        counts = {"members": len(standing.all_members(state)), "bodies": len(standing.bodies(state))}
        return page(request, "web/join.html", counts)
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
