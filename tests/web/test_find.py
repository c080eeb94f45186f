"""Finding on the pages: words are marked and escaped, lists are tables and files."""

from collections.abc import Callable
from typing import Any


def test_a_member_finds_a_motion_by_a_word_of_its_text(sign_in: Callable[[str], Any]) -> None:
    text = " ".join(sign_in("m-0007").get("/find/?q=winter&kind=motion").content.decode().split())

    assert '<a href="/motions/m-open/">The road: m-open</a>' in text
    assert "Before the <mark>winter</mark>." in text


def test_what_members_wrote_is_escaped_and_odd_questions_get_an_answer(sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0007")
    for query in ("q=%22", "q=<script>", "page=999999999999", "page=-1", "since=yesterday", "kind=nothing", "q=NEAR("):
        answer = browser.get(f"/find/?{query}")
        assert answer.status_code == 200, query
        assert b"<script>" not in answer.content


def test_a_list_is_a_table_and_a_file(sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0007")
    assert "Register of decisions" in browser.get("/lists/").content.decode()
    assert "The road: m-done" in browser.get("/lists/decisions/?q=m-done").content.decode()
    sent = browser.get("/lists/decisions.csv")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="decisions.csv"'
    assert sent.content.decode().startswith("sort,id,title,body,outcome,sum,in force from,review on,act\r\n")
    assert [browser.get(path).status_code for path in ("/lists/no/", "/lists/no.csv")] == [404, 404]
