"""Talking: who says what about what, what is folded, and the appeal that restores it or not."""

import copy
import dataclasses

import authority
import msgspec
import pytest
from authority import MILL, MILLED, Small
from harvest import sitter
from small import facts, refusal, refused

from comitia.federation import acts, awaiting, standing, talking
from comitia.federation.rulebook import replay

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def world() -> tuple[Small, str]:
    """Return a federation with the motion ``m`` and the season ``s``, and a member."""
    return authority.with_motion("resolution-committee", MILL, **MILLED)


def say(small: Small, by: str, words: str = "w", **fields: object) -> acts.WordsSaid:
    given = {"about": "motion/m", "text": small.blob("I am for it.\n"), **fields}
    return acts.WordsSaid(at=small.at, by=by, words=words, **given)


def aside(small: Small, words: str = "w", reason: str = "It insults the miller.") -> acts.WordsSetAside:
    return acts.WordsSetAside(at=small.at, by=sitter(small, "board"), body="board", words=words, reason=reason)


def appeal(small: Small, by: str, reason: str = "It is true.") -> acts.SettingAsideAppealed:
    return acts.SettingAsideAppealed(at=small.at, by=by, words="w", reason=reason)


def heard(small: Small, place: int, *, restore: bool, reason: str = "I read it.") -> acts.AppealVoted:
    term = standing.filled(small.state, "councils-conference", small.at)[place]
    return acts.AppealVoted(
        at=small.at, by=term.member, body="councils-conference", words="w", seat=term.seat, restore=restore,
        reason=reason,
    )  # fmt: skip


def test_words_stand_in_the_thread_of_what_they_are_about_and_replay() -> None:
    small, by = world()
    small.do(say(small, by))
    small.do(say(small, "m-0902", "x", answers="w"))
    small.do(say(small, by, "y", about="need/s/hilltown/bread"))

    assert [(w.id, w.by, w.answers) for w in talking.thread(small.state, "motion/m")] == [
        ("w", by, ""), ("x", "m-0902", "w"),
    ]  # fmt: skip
    assert [w.id for w in talking.thread(small.state, "need/s/hilltown/bread")] == ["y"]
    assert facts(replay(small.done, small.blobs).state) == facts(small.state)


def test_words_are_said_to_whom_they_answer_and_whom_they_mention() -> None:
    small, by = world()
    small.do(say(small, by, text=small.blob("@m-0003: ask m-0004, not x@m-0005 nor @m-9999, (@m-0006).\n")))
    small.do(say(small, "m-0902", "x", answers="w"))
    small.do(say(small, by, "y", text="4" * 64))

    assert [sorted(talking.addressed(small.state, small.state.words[w])) for w in "wxy"] == [
        ["m-0003", "m-0006"], [by], [],
    ]  # fmt: skip


@pytest.mark.parametrize("about", ["motion/m", "season/s", "need/s/riverbend/bread", "order/s/mill"])
def test_there_is_a_thread_beside_each(about: str) -> None:
    small, by = world()
    small.do(say(small, by, about=about))

    assert small.state.words["w"].about == about


@pytest.mark.parametrize(
    "about", ["motion/n", "season/t", "need/s/nowhere/bread", "need/s/hilltown/", "need/t/hilltown/bread", "order/s/x",
              "order/t/mill", "weather", ""],
)  # fmt: skip
def test_there_is_a_thread_beside_nothing_else(about: str) -> None:
    small, by = world()

    assert "is nothing that is talked about: motion/ID" in refused(small, say(small, by, about=about))


def test_words_are_text_of_a_length_and_answer_what_was_said_there() -> None:
    small, by = world()
    small.do(say(small, by))
    long = small.blob("x" * 4001)
    small.blobs["1" * 64] = b"\xff\xfe"
    small.blobs["2" * 64] = b"bell\x07"
    for fields, why in [
        ({"text": long}, "words have 1 to 4000 characters; these have 4001"),
        ({"text": small.blob(" \n")}, "these have 0"),
        ({"text": "1" * 64}, "words are text in UTF-8"),
        ({"text": "2" * 64}, "words are text in UTF-8"),
        ({"text": "no hash"}, "named by the SHA-256"),
        ({"answers": "z"}, "there are no words 'z'"),
        ({"answers": "w", "about": "season/s"}, "w was said about something else"),
        ({"words": "w"}, "w"),
    ]:
        act = say(small, by, **{"words": "v", **fields})
        assert why in refused(small, act)


def test_words_whose_text_was_erased_replay() -> None:
    small, by = world()
    act = small.do(say(small, by, attachments=(acts.Attachment(name="a.png", type="image/png", blob="3" * 64),)))
    without = {name: body for name, body in small.blobs.items() if name != act.text}

    assert facts(replay(small.done, without).state)["words"] == small.state.words


def test_attachments_are_what_they_say_they_are() -> None:
    small, by = world()

    def attached(*files: acts.Attachment) -> acts.WordsSaid:
        return say(small, by, attachments=files)

    def file(body: bytes, kind: str, name: str = "road") -> acts.Attachment:
        blob = talking.blobs.hash_of(body)
        small.blobs[blob] = body
        return acts.Attachment(name=name, type=kind, blob=blob)

    png = file(PNG, "image/png", "road.png")
    for files, why in [
        ((png,) * 6, "at most 5 files are attached"),
        ((file(PNG, "image/gif"),), "road is image/gif; attached are application/pdf, "),
        ((file(PNG, "image/jpeg"),), "road is no image/jpeg by its bytes"),
        ((file(b"<html>\0", "text/plain"),), "road is no text/plain by its bytes"),
        ((file(b"x" * 2_000_001, "text/csv"),), "road has 2000001 bytes; a file has at most 2000000"),
        ((file(PNG, "image/png", "../road"),), "a file's name has 1 to 120 characters"),
        ((file(PNG, "image/png", ""),), "a file's name has 1 to 120 characters"),
        ((msgspec.structs.replace(png, blob="no"),), "road.png is named by the SHA-256 of its bytes"),
    ]:
        assert why in refused(small, attached(*files))
    small.do(attached(png, file(b"%PDF-1.7", "application/pdf"), file(b"\xff\xd8\xff", "image/jpeg"),
                      file(b"a,b\n", "text/csv")))  # fmt: skip

    assert not talking.is_of(PNG, "image/gif")


def test_words_that_were_set_aside_are_folded_with_a_reason_and_stay() -> None:
    small, by = world()
    small.do(say(small, by))
    assert "a reason is given" in refused(small, aside(small, reason=" "))
    small.do(aside(small))
    of = small.state.words["w"]

    assert talking.is_folded(of)
    assert (of.aside_by, of.aside_reason, of.text) == ("board", "It insults the miller.", say(small, by).text)
    assert f"w was set aside in act {of.aside}" in refused(small, aside(small))
    assert "there are no words 'v'" in refused(small, aside(small, "v"))


def test_the_author_alone_appeals_once_and_the_seats_are_asked() -> None:
    small, by = world()
    small.do(say(small, by))
    assert "w was not set aside" in refused(small, appeal(small, by))
    assert "nobody has appealed for w" in refused(small, heard(small, 0, restore=True))
    small.do(aside(small))
    assert f"{by} said these words; she alone appeals" in refused(small, appeal(small, "m-0902"))
    small.do(appeal(small, by))
    assert "there is one appeal" in refused(small, appeal(small, by))

    hearing = [t.member for t in standing.filled(small.state, "councils-conference", small.at)]
    waiting = [a.text for m in hearing for a in awaiting.awaits(small.state, m, small.at) if a.task == "appeal"]
    assert len(waiting) == len(hearing) == 2
    assert all(text.endswith(": It is true.") for text in waiting)
    assert [a for a in awaiting.awaits(small.state, by, small.at) if a.task == "appeal" and by not in hearing] == []


def test_more_than_half_of_the_seats_restore_words_and_half_against_uphold() -> None:
    small, by = world()
    for act in (say(small, by), aside(small), appeal(small, by)):
        small.do(act)
    other = copy.deepcopy(small)
    other.federation.state.blobs = other.blobs
    small.do(heard(small, 0, restore=True))
    assert small.state.words["w"].outcome == ""
    assert "has voted on it" in refused(small, heard(small, 0, restore=False))
    small.do(heard(small, 1, restore=True))
    assert (small.state.words["w"].outcome, talking.is_folded(small.state.words["w"])) == ("restored", False)
    assert "the appeal for w is decided: restored" in refused(small, heard(small, 1, restore=True))

    other.do(heard(other, 1, restore=False))
    assert (other.state.words["w"].outcome, talking.is_folded(other.state.words["w"])) == ("upheld", True)


def test_a_seat_speaks_for_itself_alone() -> None:
    small, by = world()
    for act in (say(small, by), aside(small), appeal(small, by)):
        small.do(act)
    act = heard(small, 0, restore=True)
    other = heard(small, 1, restore=True)

    assert "does not hold" in refused(small, msgspec.structs.replace(act, seat=other.seat))
    assert "does not hold a seat of councils-conference" in refused(small, msgspec.structs.replace(act, seat=""))


def test_a_charter_without_the_table_has_no_talking() -> None:
    small, by = world()
    assert small.state.charter is not None
    small.state.charter = dataclasses.replace(small.state.charter, talking=None)

    assert refusal(small, say(small, by)).reason == (
        "the charter says nothing of talking on the record: it has no table [talking]"
    )
