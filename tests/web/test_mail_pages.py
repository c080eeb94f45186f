"""Mail and calendars on the pages: how much mail, stopping it by one press, dates for a calendar program."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comitia.clerk.outbox import Outbox


def outbox(pages: Path) -> Outbox:
    return Outbox(pages / "people.sqlite3")


def test_a_member_says_how_much_mail_she_wants_from_each_body(sign_in: Callable[[str], Any], pages: Path) -> None:
    browser = sign_in("m-0007")
    shown = browser.get("/me/mail/").content.decode()
    assert "Letters go to" in shown or "no letters reach you" in shown
    saved = browser.post("/me/mail/", {"level-": "daily", "level-assembly/bakery": "none", "level-board": "none"})
    assert saved.status_code == 302

    with outbox(pages) as kept:
        assert (kept.level("m-0007"), kept.level("m-0007", "assembly/bakery")) == ("daily", "none")
        # She sits in no board: what a form says of it is not taken.
        assert kept.level("m-0007", "board") == ""
        kept.set_level("m-0007", "", "")
        kept.set_level("m-0007", "assembly/bakery", "")


def test_a_link_in_a_letter_stops_mail_about_its_body_and_nothing_else(
    pages: Path, sign_in: Callable[[str], Any]
) -> None:
    from django.test import Client

    sign_in("m-0007")
    stranger = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    with outbox(pages) as kept:
        word = kept.stop_word("m-0010", "committee/bakery")
    link = f"/mail/stop/m-0010/{word}/?body=committee/bakery"
    assert "committee of Bakery" in stranger.get(link).content.decode()
    with outbox(pages) as kept:
        assert kept.level("m-0010", "committee/bakery") == ""
    # A mail program sends this and no cookie (RFC 8058).
    assert (
        "no more mail about committee of Bakery"
        in stranger.post(link, {"List-Unsubscribe": "One-Click"}).content.decode()
    )
    for other in (f"/mail/stop/m-0010/{word}/?body=board", f"/mail/stop/m-0007/{word}/?body=committee/bakery"):
        assert stranger.post(other).status_code == 404

    with outbox(pages) as kept:
        assert kept.level("m-0010", "committee/bakery") == "none"
        assert kept.level("m-0007", "committee/bakery") == ""
        kept.set_level("m-0010", "committee/bakery", "")


def test_a_calendar_is_read_without_a_sign_in_by_who_has_its_address_until_it_is_renewed(
    sign_in: Callable[[str], Any],
) -> None:
    from django.test import Client

    browser, program = sign_in("m-0010"), Client(headers={"host": "localhost"})
    shown = browser.get("/me/mail/").content.decode()
    (mine,) = set(re.findall(r"/calendar/[\w-]+/mine\.ics", shown))
    bakery = mine.replace("mine", "assembly/bakery")
    assert bakery in shown
    found = program.get(mine)
    assert (found.status_code, found.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "BEGIN:VEVENT" in found.content.decode()
    assert "Vote in secret: election e-open" in program.get(bakery).content.decode()
    # She sits in no board, and sees its dates as every member does.
    assert "/board.ics" not in shown
    assert mine.replace("mine", "board") in browser.get("/me/mail/?dates=board").content.decode()
    assert "BEGIN:VCALENDAR" in program.get(mine.replace("mine", "board")).content.decode()
    assert program.get(mine.replace("mine", "soviet")).status_code == 404

    browser.post("/me/calendar/")
    assert program.get(mine).status_code == 404
    assert program.get("/calendar/guess/mine.ics").status_code == 404


def test_a_body_page_leads_to_its_dates(sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0010")
    assert "/me/mail/?dates=board" in browser.get("/bodies/board/").content.decode()
    assert browser.get("/me/mail/?dates=soviet").status_code == 200
