"""What a holder does with her seat: report to her electors, give it up; and what a member does: leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.web import clerkroom
from comitia.web.page import member, text_blob


@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Report to the electors of one's seat."""
    if not request.POST.get("text", "").strip():
        raise Refused("record", "a report needs a text; go back and write it")
    text, blobs = text_blob(request.POST["text"])
    seat = request.POST.get("seat", "")
    act = acts.ReportGiven(at=clerkroom.now(), by=member(request), body=seat.partition(":")[0], seat=seat, text=text)
    messages.success(request, f"Your report is given: act {clerkroom.submit(act, blobs=blobs)} of the record.")
    return redirect("me")


@require_POST
def resign(request: HttpRequest) -> HttpResponse:
    """Give up one's seat."""
    seat = request.POST.get("seat", "")
    act = acts.SeatResigned(at=clerkroom.now(), by=member(request), body=seat.partition(":")[0], seat=seat)
    messages.success(request, f"You have given the seat up: act {clerkroom.submit(act)} of the record.")
    return redirect("me")


urlpatterns = [path("me/report/", report, name="me-report"), path("me/resign/", resign, name="me-resign")]
