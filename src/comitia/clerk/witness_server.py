"""The door of a witness: C2SP tlog-witness over HTTP, one ASGI application.

``POST /add-checkpoint`` cosigns or says why not; ``GET /SHA256-OF-THE-ORIGIN/checkpoint`` shows the last checkpoint
cosigned of a log, to anybody; ``GET /`` says who this is. Requests are taken one at a time, so that no older checkpoint
ever takes the place of a newer one.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import time
from typing import Any

from comitia.clerk.witness_home import WitnessHome
from comitia.record import witness

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# 63 hashes and a note of some dozen signatures, post-quantum ones of 3.3 kB among them, are far below it.
LARGEST_REQUEST = 262_144

_home = WitnessHome(Path(os.environ["COMITIA_WITNESS"]))


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    status, content_type, body = _answer(scope["method"], scope["path"], await _body(receive))
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request, None where it is too large."""
    whole = bytearray()
    more = True
    while more:
        message = await receive()
        whole += message.get("body", b"")
        more = message.get("more_body", False)
        if len(whole) > LARGEST_REQUEST:
            return None
    return bytes(whole)


def _answer(method: str, path: str, body: bytes | None) -> tuple[int, str, bytes]:
    """Return status, content type and body. Nothing here waits: one request is done before the next begins."""
    match method, path.strip("/").split("/"):
        case "POST", ["add-checkpoint"]:
            if body is None:
                return 413, witness.TEXT_TYPE, f"more than {LARGEST_REQUEST} bytes\n".encode()
            answered = _home.add_checkpoint(body, at=int(time()))
            return answered.status, answered.content_type, answered.body
        case "GET" | "HEAD", [name, "checkpoint"]:
            latest = _home.latest(name)
            if latest is not None:
                return 200, witness.TEXT_TYPE, latest
        case "GET" | "HEAD", [""]:
            lines = [f"witness {_home.vkey}", *(f"watches {origin}" for origin in _home.logs)]
            return 200, witness.TEXT_TYPE, "".join(line + "\n" for line in lines).encode()
    return 404, witness.TEXT_TYPE, b"POST /add-checkpoint, GET /, GET /SHA256-OF-THE-ORIGIN/checkpoint\n"
