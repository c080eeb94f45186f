"""The postman: goes round, puts what is due into the outbox, and takes what waits there to the mail server.

Nothing of the federation waits for him: he reads the state and writes letters. Where ``mail.toml`` names no server he
lays them into the folder ``outbox/``, to be sent by hand.
"""

import fcntl
import hashlib
import re
import signal
import smtplib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlencode

from pysqlite3 import dbapi2 as sqlite3

from comitia.clerk import answers_by_mail, letters, mail
from comitia.clerk.clerk import Clerk
from comitia.clerk.home import Home
from comitia.clerk.mail import MailFault, Server
from comitia.clerk.outbox import MOST, Outbox, Waiting
from comitia.federation import moment, standing
from comitia.federation.state import State

_NUMBER = re.compile(r"\b[A-Za-z]+-\d+\b")


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: letters that were new, went out, wait for another try, were given up."""

    new: int
    sent: int
    waiting: int
    failed: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Sending:
    """What one round sends with, and of how many acts the letters were made that are due at its moment."""

    clerk: Clerk
    outbox: Outbox
    server: Server | None
    at: str
    size: int

    def is_due(self, letter: Waiting) -> bool:
        """Return whether a letter is still due as it is handed over: a reminder is not, once its member has voted."""
        if letter.kind != "reminder":
            return True
        with self.clerk.undisturbed():
            self.clerk.catch_up()
            state = self.clerk.federation.state
            # Of the same acts at the same moment the same letters are due.
            if state.size == self.size:
                return True
            return any(one.key == letter.key for one in letters.asked(state, letter.member, self.at))


def go_round(clerk: Clerk, at: str) -> Round:
    """Put what is due into the outbox and send what waits; whoever else goes round waits until this is done.

    Raises:
        MailFault: ``mail.toml`` or the outbox cannot be used; the letters wait.
    """
    try:
        with _alone(clerk.home), Outbox(clerk.home.people) as outbox:
            return _go_round(clerk, outbox, at)
    except sqlite3.Error as fault:
        raise MailFault(str(clerk.home.people), str(fault)) from fault


def _go_round(clerk: Clerk, outbox: Outbox, at: str) -> Round:
    with clerk.undisturbed():
        clerk.catch_up()
        state = clerk.federation.state
        size = state.size
        made = list(letters.due(state, at, since=outbox.since(at), said=lambda text: _named(clerk, state, text)))
    outbox.withdraw_all_but({letter.key for letter in made})
    new = outbox.add(made, at) + outbox.digest(at, state.zone)
    sent = failed = 0
    fault, more = "", True
    sending = _Sending(clerk, outbox, mail.find_server(clerk.home), at, size)
    while more and not fault:
        waiting = outbox.waiting(at)
        taken, given_up, fault = _deliver(sending, waiting)
        sent, failed, more = sent + taken, failed + given_up, len(waiting) == MOST
    outbox.went_round(at)
    return Round(new, sent, outbox.counts().get("waiting", 0), failed, fault)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Let one postman go round at a time; the lock falls when its process ends, however it ends."""
    with home.postman.open("a") as held:
        home.postman.chmod(0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _named(clerk: Clerk, state: State, text: str) -> str:
    """Return a sentence with the numbers of those who hold or held a seat replaced by their names."""
    return _NUMBER.sub(lambda m: clerk.people.name(m[0]) if state.holders.get(m[0]) else m[0], text)


def _deliver(of: _Sending, waiting: list[Waiting]) -> tuple[int, int, str]:
    """Hand letters over, and return how many were taken, how many given up, and what went wrong."""
    ready, failed = [], 0
    state = of.clerk.federation.state
    members = standing.all_members(state)
    for letter in waiting:
        person = of.clerk.people.person(letter.member)
        if person is None or not person.contact or letter.member not in members:
            of.outbox.unaddressed(letter.key)
            continue
        try:
            to = mail.address(person.contact)
        except MailFault as wrong:
            of.outbox.gave_up(letter.key, wrong.reason)
            failed += 1
        else:
            ready.append((letter, compose(letter, to, state.name, of.outbox, of.server)))
    if not ready:
        return 0, failed, ""
    if of.server is None:
        _lay(of.clerk.home, ready)
        for letter, _ in ready:
            of.outbox.sent(letter.key)
        return len(ready), failed, ""
    sent, refused, fault = _send(of, of.server, ready)
    return sent, failed + refused, fault


def _send(of: _Sending, server: Server, ready: list[tuple[Waiting, EmailMessage]]) -> tuple[int, int, str]:
    """Hand letters to the server one by one; return how many it took, how many it refused for good, what went wrong."""
    done = refused = 0
    left = deque(ready)
    try:
        with mail.connected(server) as link:
            while left:
                letter, message = left[0]
                if not of.is_due(letter):
                    of.outbox.withdraw(letter.key)
                    left.popleft()
                    continue
                with _undivided():
                    wrong = _hand_over(link, message)
                    left.popleft()
                    if wrong is None:
                        of.outbox.sent(letter.key)
                        done += 1
                    elif _is_final(wrong):
                        of.outbox.gave_up(letter.key, _why(wrong))
                        refused += 1
                    else:
                        of.outbox.again(letter, of.at, _why(wrong))
                if wrong is not None:
                    link.rset()
    except OSError as fault:
        # The server is away: nothing is wrong with any letter, and all that are left are tried again.
        for letter, _ in left:
            of.outbox.again(letter, of.at, _why(fault))
        return done, refused, f"{server.host}:{server.port}: {_why(fault)}"
    return done, refused, ""


def _hand_over(link: smtplib.SMTP, message: EmailMessage) -> smtplib.SMTPException | None:
    """Hand a letter to the server and return why it did not take it, or None.

    Raises:
        OSError: the server is away.
    """
    try:
        link.send_message(message)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as fault:
        return fault
    return None


@contextmanager
def _undivided() -> Iterator[None]:
    """Let whoever asks this process to end wait: a letter that is handed over is noted, so that it goes out once."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_final(fault: smtplib.SMTPException) -> bool:
    """Return whether trying again is in vain: a code of the five hundreds (RFC 5321 section 4.2.1)."""
    match fault:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in fault.recipients.values())
        case smtplib.SMTPResponseException():
            return fault.smtp_code >= 500
        case _:
            return False


def _why(fault: Exception) -> str:
    match fault:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(fault.recipients.values()))
            return f"{code} {text.decode('utf-8', 'replace')}"
        case smtplib.SMTPResponseException():
            said = fault.smtp_error
            return f"{fault.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
        case _:
            return str(fault) or type(fault).__name__


def compose(letter: Waiting, to: str, federation: str, outbox: Outbox, server: Server | None) -> EmailMessage:
    """Return a letter as a mail, with the headers by which programs unsubscribe (RFC 2369, RFC 8058)."""
    site = server.site if server else "http://localhost:8000"
    sender = server.sender if server else "comitia@localhost"
    word = outbox.stop_word(letter.member, letter.body)
    stop = f"{site}/mail/stop/{letter.member}/{word}/?{urlencode({'body': letter.body}, safe='/')}"
    text = letter.text.replace("{site}", site)
    answers = server.answers if server is not None and letter.kind in ("answer", "words") else ""
    if answers:
        text = f"{answers_by_mail.LINE}\n\n{text}\n\n{answers_by_mail.NOTE}"
    foot = f"How much mail you get: {site}/me/mail/\nStop mail about this body: {stop}"
    made = mail.message(
        to, " ".join(f"{federation}: {letter.subject}".split()), f"{text}\n\n-- \n{foot}\n", sender=sender
    )
    made["Date"] = format_datetime(moment.parse(letter.made))
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    # The same letter sent twice has the same id: mail programs show it once.
    made["Message-ID"] = f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    if answers:
        box, _, host = answers.rpartition("@")
        made["Reply-To"] = f"{box}+{outbox.answer_word(letter, letter.made)}@{host}"
    made["List-Unsubscribe"] = f"<{stop}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def _lay(home: Home, ready: list[tuple[Waiting, EmailMessage]]) -> None:
    home.outbox.mkdir(mode=0o700, exist_ok=True)
    for letter, message in ready:
        name = hashlib.sha256(letter.key.encode()).hexdigest()[:16]
        path = home.outbox / f"{letter.member}-{name}.eml"
        path.touch(mode=0o600)
        path.write_bytes(bytes(message))
