"""A real mail server on this machine that answers as a test says: takes, refuses for now or for good, breaks off."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Post:
    """The server; ``answers`` maps a recipient to what she is answered, one after the other, then 250."""

    def __init__(
        self,
        answers: dict[str, list[str]] | None = None,
        *,
        secured: tuple[Path, Path] | None = None,
        security: str = "none",
        before: Callable[[str], None] | None = None,
    ) -> None:
        """Be ready to start.

        Args:
            answers: what each recipient is answered, one after the other, before 250.
            secured: certificate and private key.
            security: ``starttls``, ``tls`` or ``none``; the first two ask for a name and password.
            before: is called with the recipient before a letter is taken.
        """
        self.answers = answers or {}
        self.signed_in: list[tuple[str, str]] = []
        self._before = before
        self.taken: list[tuple[str, EmailMessage]] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        tls = None
        if secured is not None:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(*secured)
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=tls if security == "tls" else None,
            tls_context=tls if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=self._signed_in,
            auth_required=security != "none",
            auth_require_tls=security == "starttls",
        )

    def _signed_in(self, _server: Any, _session: Any, _envelope: Any, _how: str, said: LoginPassword) -> AuthResult:
        self.signed_in.append((said.login.decode(), said.password.decode()))
        return AuthResult(success=True)

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
        if self._before is not None:
            self._before(to)
        left = self.answers.get(to, [])
        if left and left[0] == "break off":
            left.pop(0)
            server.transport.close()
            return "421 gone"
        if left:
            return left.pop(0)
        self.taken.append((to, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


def reached(port: int) -> bool:
    """Return whether something answers as a mail server does."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as link:
            return link.noop()[0] == 250
    except OSError:
        return False
