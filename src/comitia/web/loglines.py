"""What the pages log: one line of JSON for each answer where that is asked for, and for each defect always.

A line names the page, never its address in full: an address may hold a member's number or the token of an invitation.
No line holds who asked, from where, or what a form said.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from comitia.record.store_faults import StoreFault

Next = Callable[[HttpRequest], HttpResponse]
ANSWERS = logging.getLogger("comitia.pages")
DEFECTS = logging.getLogger("django.request")


def each_answer(get_response: Next) -> Next:
    """Log the page, its status and its milliseconds, once it is made."""

    def answer(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        spent = round(1000 * (time.perf_counter() - start), 1)
        ANSWERS.info("", extra={"request": request, "status_code": response.status_code, "ms": spent})
        return response

    return answer


def store_fault(request: HttpRequest, fault: StoreFault) -> None:
    """Log that the record could not be reached, and why."""
    DEFECTS.error("", exc_info=fault, extra={"request": request, "status_code": 503})


class Line(logging.Formatter):
    """A record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an exception its kind and where it arose, not its message, which may quote a form."""
        request = getattr(record, "request", None)
        said = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "method": getattr(request, "method", None),
            "page": _page(request),
            "status": getattr(record, "status_code", None),
            "ms": getattr(record, "ms", None),
            "defect": _defect(record),
        }
        return json.dumps({key: value for key, value in said.items() if value is not None})


def _page(request: object) -> str | None:
    """Return the pattern of a request's address: ``/motions/<str:motion>/``; "none" where no page has it."""
    if not isinstance(request, HttpRequest):
        return None
    try:
        return "/" + resolve(request.path_info).route
    except Resolver404:
        return "none"


def _defect(record: logging.LogRecord) -> str | None:
    if not record.exc_info or record.exc_info[0] is None:
        return None
    kind, fault, trace = record.exc_info
    # What a store says is of disks and databases.
    if isinstance(fault, StoreFault):
        return str(fault)
    places = [f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(trace)]
    return " > ".join([*places[-6:], kind.__name__])
