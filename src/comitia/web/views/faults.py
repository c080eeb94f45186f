"""Pages for what is not there, not allowed, or broken: each says what to do."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from comitia.web.page import page

urlpatterns: list[URLPattern] = []


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return page(request, "web/fault.html", {"title": "There is no such page", "text": _said(exception)}, status=404)


def _said(exception: Exception) -> str:
    given = exception.args[0] if exception.args else ""
    return given if isinstance(given, str) and given else "The address may have a slip of the pen in it."


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for whoever asks."""
    return page(request, "web/fault.html", {"title": "This is not for you", "text": _said(exception)}, status=403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read: too many fields, or none that a browser sends."""
    text = "The request could not be read, and nothing was recorded. Go back and send fewer lines at once."
    return page(request, "web/fault.html", {"title": "This could not be read", "text": text}, status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old, or came from another site."""
    text = (
        "This form is too old, or came from another site; nothing was recorded. Open the page anew and send it again."
    )
    return page(request, "web/fault.html", {"title": "The form is stale", "text": text}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the pages have a defect, and that nothing was recorded."""
    text = "The pages have a defect. Nothing was recorded by this request. Tell whoever runs the server."
    return HttpResponse(
        f"<!doctype html><html lang=en><title>Defect</title><main><h1>Defect</h1><p>{text}</p></main>", status=500
    )
