"""Answers by mail: what a member writes above a letter of words goes to the thread, as if written on the page.

A letter of words has an address of its own to be answered at; the word in it says who answers what. Whoever holds the
letter could write to it, so the mail must also come from her address. What is quoted below, signatures and addresses
stay off the record: a mail from which they cannot be told apart is refused, and her program tells her so.
"""

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.clerk.outbox import Outbox
from comitia.federation import acts, talking
from comitia.federation.acts import Attachment

LINE = "--- answer above this line ---"
NOTE = "You can answer this mail. What you write goes on the record under your number, and stays there."
LARGEST = 10_000_000
"""Bytes of a mail that is read at all."""
_WORD = re.compile(r"\+([0-9a-f]{24})@")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")
_LONGEST_INTRODUCTION = 3


class NotTaken(Exception):
    """A mail that is no answer; says what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"your mail was not taken: {reason}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mail says: the word of the address it went to, from whom, its id, its own text, the files with it."""

    word: str
    sender: str
    id: str
    text: str
    files: tuple[tuple[str, str, bytes], ...]


def read(raw: bytes, *, to: str = "") -> Answer | None:
    """Return what a mail says, or None for one that a machine wrote (RFC 3834).

    Args:
        raw: the mail.
        to: to whom it was delivered, where the mail server says so; else the mail's own headers are asked.

    Raises:
        NotTaken: it is too large, went to no address of ours, or has no text.
    """
    if len(raw) > LARGEST:
        raise NotTaken(f"it has {len(raw)} bytes; {LARGEST} are read")
    mail = message_from_bytes(raw, policy=policy.default)
    try:
        return _read(mail, to)
    except (LookupError, ValueError, MessageError) as fault:
        raise NotTaken(f"it cannot be read ({type(fault).__name__}); send plain text") from fault


def _read(mail: EmailMessage, to: str) -> Answer | None:
    by_machine = str(mail.get("Auto-Submitted", "no")).strip().lower() != "no"
    if by_machine or "X-Autoreply" in mail or str(mail.get("Precedence", "")).lower() in ("bulk", "junk", "list"):
        return None
    reached = to or " ".join(
        address
        for name in ("Delivered-To", "X-Original-To", "To", "Cc")
        for _, address in getaddresses([str(one) for one in mail.get_all(name, [])])
    )
    found = _WORD.search(reached.lower())
    if found is None:
        raise NotTaken("it went to no address at which words are answered; answer the letter itself")
    body = mail.get_body(("plain",))
    if body is None:
        raise NotTaken("it has no plain text; let your program send plain text too")
    files = tuple(
        (part.get_filename() or "", part.get_content_type(), bytes(part.get_payload(decode=True) or b""))
        for part in mail.iter_attachments()
        if part.get_content_disposition() == "attachment"
    )
    own = str(mail.get("Message-ID", "")) or hashlib.sha256(bytes(mail)).hexdigest()
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    return Answer(found[1], sender, own, own_words(str(body.get_content())), files)


def own_words(text: str) -> str:
    """Return what a mail says by itself: without what it quotes below, how it leads over to that, and its signature."""
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    for at, line in enumerate(lines):
        if LINE in line or line in ("-- ", "--"):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith(">")):
        lines.pop()
    return "\n".join(_without_introduction(lines)).strip()


def _without_introduction(lines: list[str]) -> list[str]:
    """Return lines without the one with which programs lead over: it ends in a colon and holds a date or an address."""
    if not lines or not lines[-1].rstrip().endswith(":"):
        return lines
    for length in range(1, min(_LONGEST_INTRODUCTION, len(lines)) + 1):
        last = " ".join(lines[-length:])
        before = lines[-length - 1] if length < len(lines) else ""
        if not before.strip() and (_ADDRESS.search(last) or re.search(r"\d{4}|\d{1,2}[:.]\d\d", last)):
            return lines[:-length]
    return lines


def take(clerk: Clerk, raw: bytes, *, to: str = "") -> int | None:
    """Take an answer to the thread and return the number of its act; None where there is nothing new to take.

    Raises:
        NotTaken: the mail is no answer of the member whose letter it answers.
        Refused: the charter does not let her speak there, so, or with such files.
    """
    answer = read(raw, to=to)
    if answer is None:
        return None
    with Outbox(clerk.home.people) as outbox:
        found = outbox.who_answers(answer.word, clerk.now())
    if found is None:
        raise NotTaken("the letter that it answers is unknown here, or older than thirty days; answer on the page")
    member, words = found
    person = clerk.people.person(member)
    if person is None or person.contact.strip().lower() != answer.sender:
        raise NotTaken("it does not come from the address to which the letter went; answer from there, or on the page")
    if not answer.text:
        raise NotTaken(f"there is nothing above the line “{LINE}”; write your answer there")
    if _ADDRESS.search(answer.text):
        raise NotTaken(
            "a mail address stands in it, and would stay on the record; delete what is quoted, or leave it out"
        )
    clerk.catch_up()
    # The same mail delivered twice is taken once.
    name = f"mail-{hashlib.sha256(f'{answer.word}{answer.id}'.encode()).hexdigest()[:24]}"
    if name in clerk.federation.state.words:
        return None
    text = f"{answer.text}\n".encode()
    files = {blob_hash(body): body for _, _, body in answer.files}
    said = acts.WordsSaid(
        at="",
        by=member,
        words=name,
        about=talking.words(clerk.federation.state, words).about,
        text=blob_hash(text),
        answers=words,
        attachments=tuple(Attachment(name=n, type=t, blob=blob_hash(body)) for n, t, body in answer.files),
    )
    return clerk.submit(said, blobs={blob_hash(text): text, **files})
