"""What a workplace, a council or a union does under the plan: deliver, confirm, report, count, decline, withdraw."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.web import clerkroom
from comitia.web.page import member
from comitia.web.sums import deliveries

Form = Callable[[HttpRequest], acts.AnyAct]


def _given(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, "")).strip()


def _amount(request: HttpRequest, name: str) -> str:
    """Return a figure as the record writes it: with a point, where a comma was typed too."""
    text = _given(request, name).replace("\u202f", "").replace(" ", "")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _send(request: HttpRequest) -> acts.AnyAct:
    sender = _given(request, "workplace")
    return acts.DeliverySent(
        at=clerkroom.now(),
        by=member(request),
        body=f"committee/{sender}",
        delivery=_given(request, "id"),
        season=_given(request, "season"),
        product=_given(request, "product"),
        sender=sender,
        to=_given(request, "to"),
        quantity=_amount(request, "quantity"),
    )


def _receive(request: HttpRequest) -> acts.AnyAct:
    name = _given(request, "delivery")
    of = clerkroom.state().deliveries.get(name)
    if of is None:
        raise Refused("record", f"there is no delivery {name!r}")
    arrived = _amount(request, "quantity") if "quantity" in request.POST else format(of.quantity, "f")
    if not arrived:
        raise Refused("record", "say how much arrived; write 0 if nothing did")
    return acts.DeliveryReceived(
        at=clerkroom.now(),
        by=member(request),
        body=deliveries.body_of(of.to),
        delivery=name,
        quantity=arrived,
        remark=_given(request, "remark"),
    )


def _run(request: HttpRequest) -> acts.AnyAct:
    return acts.RunReported(
        at=clerkroom.now(),
        by=member(request),
        body=f"committee/{_given(request, 'workplace')}",
        season=_given(request, "season"),
        activity=_given(request, "activity"),
        runs=_amount(request, "runs"),
    )


def _hours(request: HttpRequest) -> acts.AnyAct:
    workplace = _given(request, "workplace")
    return acts.HoursReported(
        at=clerkroom.now(),
        by=member(request),
        body=f"committee/{workplace}",
        season=_given(request, "season"),
        workplace=workplace,
        trade=_given(request, "trade"),
        hours=_amount(request, "hours"),
    )


def _stock(request: HttpRequest) -> acts.AnyAct:
    workplace = _given(request, "workplace")
    return acts.StockTaken(
        at=clerkroom.now(),
        by=member(request),
        body=f"committee/{workplace}",
        season=_given(request, "season"),
        workplace=workplace,
        product=_given(request, "product"),
        quantity=_amount(request, "quantity"),
    )


def _decline(request: HttpRequest) -> acts.AnyAct:
    return acts.OrderDeclined(
        at=clerkroom.now(),
        by=member(request),
        body=f"committee/{_given(request, 'workplace')}",
        season=_given(request, "season"),
        activity=_given(request, "activity"),
        runs=_amount(request, "runs"),
        reason=_given(request, "reason"),
    )


def _withdraw(request: HttpRequest) -> acts.AnyAct:
    body, _, key = _given(request, "row").partition(" ")
    trade, _, workplace = key.partition("|")
    return acts.HoursWithdrawn(
        at=clerkroom.now(),
        by=member(request),
        body=body,
        season=_given(request, "season"),
        trade=trade,
        workplace=workplace,
        hours=_amount(request, "hours"),
        overtime=_amount(request, "overtime"),
        reason=_given(request, "reason"),
    )


def _view(form: Form, said: str) -> Callable[[HttpRequest], HttpResponse]:
    def take(request: HttpRequest) -> HttpResponse:
        index = clerkroom.submit(form(request))
        messages.success(request, f"{said} It is act {index} of the record.")
        workplace = _given(request, "workplace")
        return redirect("workplace-one", workplace) if workplace else redirect("workplace")

    return require_POST(take)


_ACTS: tuple[tuple[str, Form, str], ...] = (
    ("send", _send, "The delivery is on its way; it stays in transit until it is confirmed."),
    ("receive", _receive, "The delivery is confirmed."),
    ("run", _run, "The runs are in the books."),
    ("hours", _hours, "The hours are in the books."),
    ("stock", _stock, "The count is in the books."),
    ("decline", _decline, "The order is declined. A draft computed now shows who falls short."),
    ("withdraw", _withdraw, "The hours are withdrawn. A draft computed now shows who falls short."),
)
urlpatterns: list[URLPattern] = [
    path(f"workplace/act/{word}/", _view(form, said), name=f"workplace-{word}") for word, form, said in _ACTS
]
