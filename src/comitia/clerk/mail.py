"""Mail: through a server that ``mail.toml`` names, or laid into the outbox folder to be sent by hand.

``mail.toml`` in the federation's folder: host, port (587), user, password_file, sender, security (``starttls``,
``tls`` or ``none``), site (the address of the pages, for the links in mails).
"""

import smtplib
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from comitia.clerk.home import Home

SECURITY = ("starttls", "tls", "none")


class MailFault(Exception):
    """Mail settings that cannot be used, or a server that did not take a message."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how it is reached."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    security: str
    site: str = "http://localhost:8000"


def find_server(home: Home) -> Server | None:
    """Return the server that ``mail.toml`` names, or None where there is no such file.

    Raises:
        MailFault: the file cannot be read, or lacks something.
    """
    path = home.path / "mail.toml"
    if not path.exists():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        password = (home.path / str(said["password_file"])).read_text().strip() if said.get("password_file") else ""
        server = Server(
            str(said["host"]),
            int(said.get("port", 587)),
            str(said.get("user", "")),
            password,
            str(said["sender"]),
            str(said.get("security", "starttls")),
            str(said.get("site", "http://localhost:8000")).rstrip("/"),
        )
    except KeyError as fault:
        raise MailFault(str(path), f"{fault} is missing") from fault
    except (OSError, ValueError) as fault:
        raise MailFault(str(path), str(fault)) from fault
    if server.security not in SECURITY:
        raise MailFault(str(path), f"security is one of {', '.join(SECURITY)}")
    return server


def message(to: str, subject: str, text: str, *, sender: str) -> EmailMessage:
    """Return a plain text mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made.set_content(text)
    return made


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect to a mail server and sign in.

    Raises:
        OSError: it is not reached, or does not take the name and password (SMTPException is one).
    """
    connect = smtplib.SMTP_SSL if server.security == "tls" else smtplib.SMTP
    with connect(server.host, server.port, timeout=30) as link:
        if server.security == "starttls":
            link.starttls()
        if server.user:
            link.login(server.user, server.password)
        yield link


def send(home: Home, mails: Sequence[tuple[str, EmailMessage]], *, progress: Callable[[int, int], None]) -> int:
    """Send mails (id, message), or lay them into the outbox; return how many.

    Raises:
        MailFault: the server refused; what was sent before is sent, the rest lies in the outbox.
    """
    server = find_server(home)
    if server is None:
        return _lay(home, mails)
    try:
        with connected(server) as link:
            for done, (_, mail) in enumerate(mails):
                progress(done, len(mails))
                try:
                    link.send_message(mail)
                except smtplib.SMTPException as fault:
                    _lay(home, mails[done:])
                    raise MailFault(server.host, f"{fault}; {len(mails) - done} mails lie in {home.outbox}") from fault
    except OSError as fault:
        _lay(home, mails)
        raise MailFault(f"{server.host}:{server.port}", f"{fault}; all mails lie in {home.outbox}") from fault
    return len(mails)


def _lay(home: Home, mails: Sequence[tuple[str, EmailMessage]]) -> int:
    home.outbox.mkdir(mode=0o700, exist_ok=True)
    for name, mail in mails:
        path: Path = home.outbox / f"{name}.eml"
        path.touch(mode=0o600)
        path.write_bytes(bytes(mail))
    return len(mails)
