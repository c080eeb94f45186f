"""Answers by mail: from the member's own address, without what was quoted; else they are sent back with a reason."""

import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import authority
import msgspec
import pytest
from authority import MILL, MILLED
from hypothesis import given, strategies as st
from post_server import Post

from comitia.clerk import answers_by_mail, letters, postman
from comitia.clerk.answers_by_mail import LINE, NotTaken
from comitia.clerk.clerk import Clerk, blob_hash, clock
from comitia.clerk.outbox import STATES, Outbox
from comitia.federation import acts, moment, talking
from comitia.federation.refusal import Refused

OTHER = "m-0902"


class Hand:
    """A clock that is set by hand."""

    def __init__(self, at: str) -> None:
        self.at = at

    def __call__(self) -> str:
        return self.at


class World:
    """A federation in which a motion is talked about, with addresses of its mover and of another."""

    def __init__(self, folder: Path) -> None:
        small, self.mover = authority.with_motion("resolution-committee", MILL, **MILLED)
        self.hand = Hand(small.at)
        self.clerk = Clerk.create(folder / "home", "small.example/log", time=self.hand)
        done = [msgspec.structs.replace(small.done[0], vkey=self.clerk.vkey), *small.done[1:]]
        self.clerk.submit_all(done, blobs=small.blobs)
        self.clerk.people.add_all([(m, f"Member {m}", f"{m}@x.example") for m in (self.mover, OTHER)])
        # Only what is said goes out at once here.
        with Outbox(self.clerk.home.people) as outbox:
            outbox.since(small.at)
            made = letters.due(small.state, small.at, since="2999-01-01T00:00:00Z", said=str)
            outbox.add(list(made), small.at)
            for letter in outbox.waiting(small.at):
                outbox.sent(letter.key)
            outbox.set_level(self.mover, "", "at_once")

    def say(self, by: str, words: str, text: str, *, answers: str = "") -> None:
        body = text.encode()
        act = acts.WordsSaid(at="", by=by, words=words, about="motion/m", text=blob_hash(body), answers=answers)
        self.clerk.submit(act, blobs={blob_hash(body): body})

    def round(self) -> list[tuple[str, EmailMessage]]:
        """Go round once and return the letters that can be answered: to whom, and the letter."""
        with Post() as post:
            (self.clerk.home.path / "mail.toml").write_text(
                f'host = "127.0.0.1"\nport = {post.port}\nsender = "Ours <post@ours.example>"\nsecurity = "none"\n'
                'site = "https://ours.example"\nanswers = "talk@ours.example"\n'
            )
            assert postman.go_round(self.clerk, self.hand.at).fault == ""
        return [(to.partition("@")[0], letter) for to, letter in post.taken if "Reply-To" in letter]

    def thread(self) -> list[tuple[str, str, str]]:
        """Return who said what, and what it answers."""
        said = talking.thread(self.clerk.federation.state, "motion/m")
        return [(one.by, self.clerk.blob(one.text).decode(), one.answers) for one in said]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def answer(letter: EmailMessage, text: str, *, by: str, own: str = "<1@x.example>") -> EmailMessage:
    """Return what a mail program sends that answers a letter: the text, and the letter quoted below."""
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = by, str(letter["Reply-To"]), own
    made["Subject"] = f"Re: {letter['Subject']}"
    quoted = "".join(f"> {line}\n" for line in str(letter.get_content()).splitlines())
    made.set_content(f"{text}\n\nOn Mon, 4 May 2026 at 09:12, Ours <post@ours.example> wrote:\n\n{quoted}")
    return made


def test_what_is_said_reaches_who_moved_it_and_her_answer_by_mail_stands_in_the_thread(world: World) -> None:
    world.say(OTHER, "w", "Why so late?\n")
    ((to, letter),) = world.round()
    assert to == world.mover
    title = world.clerk.federation.state.motions["m"].title
    assert letter["Subject"] == f"{world.clerk.federation.state.name}: Re: {title}"
    assert (
        letter.get_content()
        .replace("\r", "")
        .startswith(f"{LINE}\n\nm-0902 said:\n\nWhy so late?\n\nhttps://ours.example/talk/words/w/")
    )
    assert str(letter["Reply-To"]).startswith("talk+")

    index = answers_by_mail.take(
        world.clerk, bytes(answer(letter, "Because of the flood.\n\n-- \nHer address", by=f"{to}@x.example"))
    )

    assert index == world.clerk.federation.state.size - 1
    assert world.thread() == [(OTHER, "Why so late?\n", ""), (world.mover, "Because of the flood.\n", "w")]


def asked(world: World) -> EmailMessage:
    """Let somebody ask the mover, and return the letter of it."""
    world.say(OTHER, "w", "Why so late?\n")
    ((_, letter),) = world.round()
    return letter


def test_who_is_answered_or_named_hears_at_once_who_spoke_before_with_the_daily_letter_and_a_speaker_not_of_herself(
    world: World,
) -> None:
    world.say(OTHER, "w", "Why so late?\n")
    world.say(world.mover, "x", f"The flood, as @m-0015 saw, and I, @{world.mover}.\n", answers="w")
    world.say("m-0012", "y", "I was there.\n")
    state = world.clerk.federation.state
    found = [one for one in letters.due(state, state.moment, since="", said=str) if one.key.startswith("words/")]

    assert [(one.key, one.kind) for one in found] == [
        (f"words/w/{world.mover}", "words"),
        ("words/x/m-0015", "answer"),
        ("words/x/m-0902", "answer"),
        (f"words/y/{world.mover}", "words"),
        ("words/y/m-0902", "words"),
    ]
    later = letters.due(state, state.moment, since=moment.after(state.moment, days=1), said=str)
    assert [one.key for one in later if one.key.startswith("words/")] == []


def test_words_that_were_set_aside_before_the_letter_went_out_are_not_sent(world: World) -> None:
    world.say(OTHER, "w", "Why so late?\n")
    board = sitter_of(world)
    world.clerk.submit(acts.WordsSetAside(at="", by=board, body="board", words="w", reason="It insults."))

    assert world.round() == []


def sitter_of(world: World) -> str:
    state = world.clerk.federation.state
    return next(terms[-1].member for seat, terms in sorted(state.terms.items()) if seat.startswith("board:"))


def test_a_mail_delivered_twice_is_taken_once(world: World) -> None:
    mail = bytes(answer(asked(world), "The flood.", by=f"{world.mover}@x.example"))

    assert answers_by_mail.take(world.clerk, mail) is not None
    assert answers_by_mail.take(world.clerk, mail) is None
    assert len(world.thread()) == 2


@pytest.mark.parametrize(
    ("header", "text"), [("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"), ("Precedence", "Bulk")]
)
def test_a_machine_is_not_answered(world: World, header: str, text: str) -> None:
    away = answer(asked(world), "I am away.", by=f"{world.mover}@x.example")
    away[header] = text

    assert answers_by_mail.take(world.clerk, bytes(away)) is None
    assert len(world.thread()) == 1


def test_a_mail_from_another_address_is_sent_back_and_nothing_is_said(world: World) -> None:
    letter = asked(world)
    with pytest.raises(NotTaken, match="does not come from the address"):
        answers_by_mail.take(world.clerk, bytes(answer(letter, "Me too.", by=f"{OTHER}@x.example")))

    assert len(world.thread()) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is nothing above the line"),
        ("As eve@x.example told me.", "a mail address stands in it"),
    ],
)
def test_a_mail_that_cannot_go_on_the_record_is_sent_back(world: World, text: str, why: str) -> None:
    letter = asked(world)
    with pytest.raises(NotTaken, match=why):
        answers_by_mail.take(world.clerk, bytes(answer(letter, text, by=f"{world.mover}@x.example")))


def test_a_mail_that_is_too_large_is_not_read() -> None:
    with pytest.raises(NotTaken, match="it has 10000001 bytes; 10000000 are read"):
        answers_by_mail.read(b"x" * (answers_by_mail.LARGEST + 1))


def test_a_mail_without_plain_text_is_sent_back(world: World) -> None:
    letter = asked(world)
    mail = answer(letter, "The flood.", by=f"{world.mover}@x.example")
    mail.set_content("<p>The flood.</p>", subtype="html")
    with pytest.raises(NotTaken, match="it has no plain text"):
        answers_by_mail.take(world.clerk, bytes(mail))


def test_who_wants_one_letter_a_day_gets_answers_with_it(world: World) -> None:
    with Outbox(world.clerk.home.people) as outbox:
        outbox.set_level(world.mover, "", "daily")
    world.say(OTHER, "w", f"Why so late, @{world.mover}?\n")
    world.round()
    with Outbox(world.clerk.home.people) as outbox:
        states = {key: state for state in STATES for key, *_ in outbox.listed(state)}

    assert states[f"words/w/{world.mover}"] in ("held", "put")


def test_words_longer_than_the_charter_lets_them_be_are_refused_with_its_article(world: World) -> None:
    letter = asked(world)
    with pytest.raises(Refused) as refused:
        answers_by_mail.take(world.clerk, bytes(answer(letter, "so " * 3000, by=f"{world.mover}@x.example")))

    assert "words have 1 to" in str(refused.value)


def test_an_address_holds_for_thirty_days(world: World) -> None:
    letter = asked(world)
    world.hand.at = moment.after(world.hand.at, days=31)
    with pytest.raises(NotTaken, match="older than thirty days"):
        answers_by_mail.take(world.clerk, bytes(answer(letter, "The flood.", by=f"{world.mover}@x.example")))


def test_who_was_erased_answers_no_more(world: World) -> None:
    letter = asked(world)
    world.clerk.people.erase(world.mover)
    with pytest.raises(NotTaken, match="unknown here"):
        answers_by_mail.take(world.clerk, bytes(answer(letter, "The flood.", by=f"{world.mover}@x.example")))


def test_a_file_goes_with_the_words_if_the_charter_has_its_type(world: World) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    letter = asked(world)
    mail = answer(letter, "See here.", by=f"{world.mover}@x.example")
    mail.add_attachment(png, maintype="image", subtype="png", filename="flood.png")
    # What stands in the text, such as the picture of a signature, is left out.
    mail.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="signature.gif", disposition="inline")
    answers_by_mail.take(world.clerk, bytes(mail))
    (said,) = [one for one in world.clerk.federation.state.words.values() if one.answers == "w"]
    assert [(file.name, file.type, world.clerk.blob(file.blob)) for file in said.attachments] == [
        ("flood.png", "image/png", png)
    ]

    other = answer(letter, "And here.", by=f"{world.mover}@x.example", own="<2@x.example>")
    other.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    with pytest.raises(Refused, match=r"all\.zip is application/zip"):
        answers_by_mail.take(world.clerk, bytes(other))


def test_the_command_takes_a_mail_from_a_mail_server_and_says_65_where_it_is_to_go_back(world: World) -> None:
    world.hand.at = clock()
    letter = asked(world)
    mail = answer(letter, "The flood.", by=f"{world.mover}@x.example")
    to = str(letter["Reply-To"])
    mail.replace_header("To", "talk@ours.example")
    world.clerk.close()
    command = [sys.executable, "-m", "comitia", "mail", "take", "--home", str(world.clerk.home.path)]
    lost = subprocess.run(command, input=bytes(mail), capture_output=True, check=False)
    taken = subprocess.run([*command, "--to", to], input=bytes(mail), capture_output=True, check=False)

    assert (lost.returncode, lost.stdout) == (65, b"")
    assert b"it went to no address at which words are answered" in lost.stderr
    assert (taken.returncode, taken.stderr) == (0, b"")
    assert taken.stdout.startswith(b"act ")


QUOTED = f"> {LINE}\n>\n> m-0902 said:\n>\n> Why so late?\n"
WAYS = {
    "gmail": "The flood.\n\nOn Mon, May 4, 2026 at 9:12 AM Ours <post@ours.example> wrote:\n\n" + QUOTED,
    "gmail, broken in two": "The flood.\n\nOn Mon, May 4, 2026 at 9:12 AM Ours\n<post@ours.example> wrote:\n\n"
    + QUOTED,
    "thunderbird in german": "The flood.\n\nAm 04.05.26 um 09:12 schrieb Ours:\n" + QUOTED,
    "apple mail in spanish": "The flood.\n\n> El 4 may 2026, a las 9:12, Ours <p@ours.example> escribió:\n> \n"
    + QUOTED,
    "outlook": f"The flood.\r\n\r\n{LINE}\r\n\r\nm-0902 said:\r\n\r\nWhy so late?\r\n",
    "with a signature": "The flood.\n-- \nAda, the mill\n\n" + QUOTED,
    "with nothing quoted": "The flood.\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_what_mail_programs_quote_is_left_out(way: str) -> None:
    assert answers_by_mail.own_words(WAYS[way]) == "The flood."


def test_what_a_member_quotes_between_her_own_words_stays() -> None:
    assert answers_by_mail.own_words("> Why so late?\nThe flood.\n\n> And now?\nNow it is dry:\nsee.\n") == (
        "> Why so late?\nThe flood.\n\n> And now?\nNow it is dry:\nsee."
    )


WRITTEN = st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n")).filter(
    lambda text: not any(line.startswith("--") or line.lstrip().startswith(">") for line in text.split("\n"))
)


@given(WRITTEN)
def test_whatever_is_written_above_the_line_is_what_is_said(text: str) -> None:
    written = text.replace("\xa0", " ").strip()
    if written.endswith(":"):
        written += " yes"

    assert answers_by_mail.own_words(f"{written}\n\n{QUOTED}") == written.strip()


@given(st.binary(max_size=400))
def test_whatever_bytes_come_they_are_read_or_sent_back(raw: bytes) -> None:
    try:
        answers_by_mail.read(raw)
    except NotTaken as fault:
        assert fault.reason
