"""Talking on the pages: a thread beside a motion, answers, files, folded words, the appeal; nothing is lost or run."""

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from comitia.federation import standing, talking

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def say(browser: Any, text: str, about: str = "motion/m-waiting", **more: Any) -> Any:
    from comitia.web import clerkroom
    from comitia.web.page import fresh_id

    words = fresh_id(clerkroom.state(), "words")
    answer = browser.post("/talk/say/", {"id": words, "about": about, "text": text, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return words


def text_of(browser: Any, path: str) -> str:
    return " ".join(browser.get(path).content.decode().split())


def test_a_member_speaks_beside_a_motion_and_another_answers(sign_in: Callable[[str], Any]) -> None:
    miller, other = sign_in("m-0003"), sign_in("m-0007")
    words = say(miller, "The road is <b>mud</b>.\n\nAsk @m-0007 & the farm.")
    answer = say(other, "It is.", answers=words)
    shown = text_of(miller, "/motions/m-waiting/")

    assert "The road is &lt;b&gt;mud&lt;/b&gt;. Ask <b>@" in shown
    assert "</b> &amp; the farm." in shown
    assert f'id="words-{answer}"' in shown
    assert shown.index(f'id="words-{words}"') < shown.index(f'class="said deep-1" id="words-{answer}"')
    assert f'href="/talk/words/{words}/"' in text_of(other, "/talk/").partition("What is talked about")[0]
    assert f'href="/talk/words/{answer}/"' in text_of(miller, "/talk/").partition("What is talked about")[0]
    assert miller.get(f"/talk/words/{answer}/").headers["Location"] == f"/motions/m-waiting/#words-{answer}"


def test_two_who_write_at_the_same_time_both_get_through_and_a_form_sent_twice_once(
    sign_in: Callable[[str], Any],
) -> None:
    from comitia.web import clerkroom

    one, other = sign_in("m-0003"), sign_in("m-0007")
    before = len(clerkroom.state().words)
    form = {"id": "words-same", "about": "motion/m-waiting", "text": "I write."}
    codes = [one.post("/talk/say/", form).status_code, other.post("/talk/say/", form).status_code]
    codes.append(one.post("/talk/say/", form).status_code)

    assert codes == [302, 302, 409]
    assert len(clerkroom.state().words) == before + 2


def test_a_file_is_sent_as_a_file_and_what_is_none_is_refused(sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0003")
    words = say(browser, "A picture.", files=[SimpleUploadedFile("road map.png", PNG, "text/html")])
    sent = browser.get(f"/talk/words/{words}/files/0/")
    assert (sent.content, sent.headers["Content-Type"]) == (PNG, "image/png")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="road map.png"'
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    for name, body, why in [
        ("page.html", b"<script>", "attached are application/pdf"),
        ("road.png", b"<script>", "is no image/png by its bytes"),
        ("big.txt", b"x" * 2_000_001, "at most 2000000"),
    ]:
        form = {"id": "words-no", "about": "motion/m-waiting", "text": "x", "files": SimpleUploadedFile(name, body)}
        refused = browser.post("/talk/say/", form)
        assert (refused.status_code, why in refused.content.decode()) == (409, True), name
    assert browser.get(f"/talk/words/{words}/files/1/").status_code == 404


def test_words_are_folded_appealed_and_restored_and_all_of_it_stays_to_be_read(sign_in: Callable[[str], Any]) -> None:
    from comitia.web import clerkroom

    author = sign_in("m-0003")
    words = say(author, "The miller is a thief.")
    state, at = clerkroom.state(), clerkroom.now()
    board = standing.filled(state, "board", at)[0].member
    moderator = sign_in(board)
    assert "Set aside" in text_of(moderator, "/motions/m-waiting/")
    assert author.post(f"/talk/words/{words}/aside/", {"reason": "x"}).status_code == 409
    moderator.post(f"/talk/words/{words}/aside/", {"reason": "It accuses a person."})
    shown = text_of(author, "/motions/m-waiting/")
    folded = re.search(
        r"<details><summary>Set aside by board: It accuses a person\.</summary>.*?</details>", shown, re.I
    )
    assert folded is not None
    assert "The miller is a thief." in folded.group()
    assert "Appeal to" in shown
    author.post(f"/talk/words/{words}/appeal/", {"reason": "It was proved."})
    assert "its author appealed: “It was proved.”" in text_of(moderator, "/motions/m-waiting/")
    assert talking.to_hear(clerkroom.state(), at)[0].id == words


def test_there_is_a_thread_beside_nothing_and_nobody_speaks_unsigned(sign_in: Callable[[str], Any]) -> None:
    from django.test import Client

    browser, stranger = sign_in("m-0003"), Client(headers={"host": "localhost"})
    assert browser.get("/talk/about/weather/").status_code == 404
    assert browser.get("/talk/about/motion/none/").status_code == 404
    assert browser.get("/talk/about/motion/m-waiting/").status_code == 200
    assert browser.get("/talk/words/none/").status_code == 404
    assert stranger.post("/talk/say/", {"about": "motion/m-waiting", "text": "x"}).status_code == 302
    assert stranger.get("/talk/").status_code == 302
