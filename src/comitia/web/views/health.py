"""Health: whether these pages can read and write the record, for whoever watches the server. Open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comitia.clerk.outbox import Outbox
from comitia.record import checkpoint
from comitia.web import clerkroom


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say how many acts are recorded, signed and cosigned, and how mail stands; 503 if the record is not reached."""
    clerk = clerkroom.clerk()
    cosigned = clerk.cosigned()
    with Outbox(clerk.home.people) as outbox:
        counts = outbox.counts()
        mail = {
            "waiting": counts.get("waiting", 0), "failed": counts.get("failed", 0), "last_round": outbox.last_round(),
        }  # fmt: skip
    return JsonResponse(
        {
            "healthy": True,
            "acts": clerkroom.state().size,
            "signed": checkpoint.parse(clerk.checkpoint()).size,
            "cosigned": 0 if cosigned is None else checkpoint.parse(cosigned).size,
            "mail": mail,
        }
    )


urlpatterns = [path("health/", health, name="health")]
