"""A real mail server on this machine that answers as a test says: takes, refuses for now or for good, breaks off."""

import smtplib
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller


class Post:
    """The server; ``answers`` maps a recipient to what she is answered, one after the other, then 250."""

    def __init__(self, answers: dict[str, list[str]] | None = None) -> None:
        self.answers = answers or {}
        self.taken: list[tuple[str, EmailMessage]] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._controller.stop()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        left = self.answers.get(address, [])
        if left and left[0].startswith("rcpt "):
            return left.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        (to,) = envelope.rcpt_tos
        left = self.answers.get(to, [])
        if left and left[0] == "break off":
            left.pop(0)
            server.transport.close()
            return "421 gone"
        if left:
            return left.pop(0)
        self.taken.append((to, message_from_bytes(envelope.content, policy=policy.default)))  # type: ignore[arg-type]
        return "250 taken"


def reached(port: int) -> bool:
    """Return whether something answers as a mail server does."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as link:
            return link.noop()[0] == 250
    except OSError:
        return False
