"""The application that the server runs: Django's pages as WSGI in threads, behind one ASGI door."""

import os
from collections.abc import Awaitable, Callable
from typing import Any, cast

# Settings read the environment, and bring pysqlite3 in before Django's backend asks for sqlite3.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comitia.web.settings")

from a2wsgi import WSGIMiddleware
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from comitia.web import clerkroom

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 16

pages = get_wsgi_application()
call_command("migrate", verbosity=0, interactive=False)
clerkroom.clerk()
# All pages are loaded now: a defect in one of them stops the start, and no member meets it.
resolve("/")
# Django's handler is a WSGI application; the two libraries name its types differently.
_threads = WSGIMiddleware(cast(Any, pages), workers=THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return

    # granian's receive() gives a future, and a2wsgi wants a coroutine: without this every POST fails.
    async def received() -> Message:
        return await receive()

    await _threads(scope, received, send)  # type: ignore[arg-type]
