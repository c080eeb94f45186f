"""Me: my memberships, what others see of me, how I sign in."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.federation import standing
from comitia.web import clerkroom, names
from comitia.web.page import member, page


def me(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the member who asks."""
    state, who = clerkroom.state(), member(request)
    at = clerkroom.now()
    person = clerkroom.clerk().people.person(who)
    account = User.objects.get(username=who)
    groups = [(roll, state.groups[roll, group]) for roll, group in state.members[who].groups.items()]
    context = {
        "person": person,
        "member": state.members[who],
        "groups": groups,
        "terms": standing.seats_of(state, who, at),
        "is_public": names.is_public(state, who),
        "has_password": account.has_usable_password(),
        "passkeys": Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).count(),
    }
    return page(request, "web/me.html", context)


urlpatterns = [path("me/", me, name="me")]
