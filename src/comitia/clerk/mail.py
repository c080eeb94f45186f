"""Mail: through a server that ``mail.toml`` names, or laid into the outbox folder to be sent by hand.

``mail.toml`` in the federation's folder: host, port (587), user, password_file, sender, security (``starttls``,
``tls`` or ``none``), site (the address of the pages, for the links in mails), answers (the address to which words are
answered by mail; whatever stands behind a ``+`` in it must reach the same box).
"""

import smtplib
import ssl
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

from comitia.clerk.home import Home

TIMEOUT = 30.0
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
    answers: str = ""


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
            address(str(said["answers"])) if said.get("answers") else "",
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


def address(text: str) -> str:
    """Return a mail address as it may stand in a mail (RFC 5322 section 3.4.1).

    Raises:
        MailFault: it is none.
    """
    found = text.strip()
    try:
        read = Address(addr_spec=found)
    except (ValueError, MessageError, IndexError) as fault:
        raise MailFault(found, "this is no mail address") from fault
    if not read.username or not read.domain or not found.isprintable():
        raise MailFault(found, "this is no mail address")
    return found


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect to a mail server, check whose certificate it shows, and sign in.

    Raises:
        OSError: it is not reached, or does not take the name and password (SMTPException is one).
    """
    with _connection(server) as link:
        if server.security == "starttls":
            link.starttls(context=ssl.create_default_context())
        if server.user:
            link.login(server.user, server.password)
        yield link


def _connection(server: Server) -> smtplib.SMTP:
    # Without a context of its own smtplib takes any certificate.
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


def send(home: Home, mails: Sequence[tuple[str, EmailMessage]], *, progress: Callable[[int, int], None]) -> int:
    """Send mails (id, message), or lay them into the outbox; return how many.

    Raises:
        MailFault: the server refused some, or was away; what it took is sent, and what it did not take lies in the
            outbox.
    """
    server = find_server(home)
    if server is None:
        return _lay(home, mails)
    left, why = list(mails), ""
    try:
        with connected(server) as link:
            for done, one in enumerate(mails):
                progress(done, len(mails))
                try:
                    link.send_message(one[1])
                    left.remove(one)
                except smtplib.SMTPServerDisconnected:
                    raise
                except (smtplib.SMTPException, ValueError) as fault:
                    why = f"{one[0]}: {fault}"
                    link.rset()
    except OSError as fault:
        why = str(fault) or type(fault).__name__
    if left:
        raise MailFault(f"{server.host}:{server.port}", f"{why}; {_lay(home, left)} mails lie in {home.outbox}")
    return len(mails)


def _lay(home: Home, mails: Sequence[tuple[str, EmailMessage]]) -> int:
    home.outbox.mkdir(mode=0o700, exist_ok=True)
    for name, mail in mails:
        path: Path = home.outbox / f"{name}.eml"
        path.touch(mode=0o600)
        path.write_bytes(bytes(mail))
    return len(mails)
