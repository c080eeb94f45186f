"""What a holder does from her own page, and what no browser keeps or sends in vain."""

from typing import Any

from django.test import Client

from comitia.federation import standing


def test_a_holder_reports_to_her_electors_and_gives_her_seat_up(sign_in: Any, state: Any) -> None:
    term = standing.filled(state, "committee/farm", state.moment)[0]
    browser = sign_in(term.member)

    assert browser.post("/me/report/", {"seat": term.seat, "text": "We met twice."}).status_code == 302
    assert len(term.reports) == 1
    assert "1 report given" in browser.get("/me/").content.decode()

    assert browser.post("/me/resign/", {"seat": term.seat}).status_code == 302
    assert (term.ended_by, standing.term(state, term.seat, state.moment)) == ("resigned", None)


def test_a_report_without_words_is_refused(sign_in: Any, state: Any) -> None:
    term = standing.filled(state, "committee/farm", state.moment)[1]

    answer = sign_in(term.member).post("/me/report/", {"seat": term.seat, "text": "  "})

    assert (answer.status_code, term.reports) == (409, [])


def test_no_browser_keeps_what_a_member_saw(sign_in: Any) -> None:
    assert sign_in("m-0010").get("/me/")["Cache-Control"] == "private, no-store"


def test_a_stale_form_and_one_with_too_many_fields_say_what_to_do(sign_in: Any, settings: Any) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    answer = strict.post("/motions/new/", {"title": "t"})
    assert (answer.status_code, "The form is stale" in answer.content.decode()) == (403, True)

    answer = sign_in("m-0010").post("/motions/new/", {f"f{n}": "x" for n in range(1_500)})
    assert (answer.status_code, "This could not be read" in answer.content.decode()) == (400, True)


def test_the_page_of_rights_says_what_may_be_done_and_by_how_many(sign_in: Any) -> None:
    text = " ".join(sign_in("m-0010").get("/rights/").content.decode().split())

    assert [
        s for s in ("Currents", "Founding anew", "Leaving", "Emergency powers") if f"<h2>{s}</h2>" not in text
    ] == []
    assert "1/5 of all" in text


def test_minutes_name_the_act_of_each_line_and_may_be_cut_to_some_days(sign_in: Any) -> None:
    browser = sign_in("m-0010")
    text = " ".join(browser.get("/minutes/committees-house/").content.decode().split())

    assert "Minutes of the committees' house".replace("'", "&#x27;") in text
    assert "Voting opens on m-done" in text or "moves m-done" in text
    assert "Nothing happened" in browser.get("/minutes/committees-house/?until=2000-01-01").content.decode()
    assert browser.get("/minutes/committee/none/").status_code == 404


def test_a_verdict_is_said_in_the_language_that_the_browser_asks_for(sign_in: Any) -> None:
    browser = sign_in("m-0010")

    german = browser.get("/motions/m-done/", headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"}).content.decode()
    other = browser.get("/motions/m-done/", headers={"accept-language": "xx"}).content.decode()

    assert '<span lang="de">angenommen: ' in german
    assert '<span lang="en">carried: ' in other
