# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""My workplace: orders against the books; deliveries, runs, hours, counts, declined orders and withdrawn hours."""

import pytest
from season_home import SignIn, clerk, done, enter, holder, season_folder, seen

from comitia.clerk.clerk import Clerk
from comitia.federation import acts


def test_orders_show_what_is_done_and_what_comes_from_whom(enter: SignIn) -> None:
    text = seen(enter("committee/mill"), "/workplace/mill/")

    assert "<h1>Mill</h1>" in text and "Report runs" in text
    assert '<th scope="row">grind</th>' in text and "of 30 runs" in text
    assert '<th scope="row">wheat<br><span class="quiet">workplace/farm</span></th>' in text
    assert '<th scope="row">flour<br><span class="quiet">workplace/bakery</span></th>' in text


def test_a_delivery_is_confirmed_in_one_touch(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("committee/mill")
    assert "600 kg of wheat</b> from farm to workplace/mill" in seen(browser, "/workplace/")

    assert browser.post("/workplace/act/receive/", {"delivery": "d-1"}).status_code == 302

    act = done(clerk, "delivery_received")
    assert isinstance(act, acts.DeliveryReceived)
    assert (act.body, act.delivery, act.quantity, act.remark) == ("committee/mill", "d-1", "600", "")
    assert "Deliveries to confirm" not in seen(browser, "/workplace/")


def test_a_difference_needs_a_remark_and_then_shows_on_both_sides(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("committee/mill")
    silent = browser.post("/workplace/act/receive/", {"delivery": "d-1", "quantity": "590", "remark": " "})
    empty = browser.post("/workplace/act/receive/", {"delivery": "d-1", "quantity": "", "remark": "x"})
    assert [silent.status_code, empty.status_code] == [409, 409]

    browser.post("/workplace/act/receive/", {"delivery": "d-1", "quantity": "590,5", "remark": "wet"})

    for path in ("/workplace/mill/", "/workplace/farm/"):
        assert "600 kg of wheat went from farm to workplace/mill, 590.5 arrived: “wet”" in seen(browser, path)
    assert "9.5 kg" in seen(browser, "/books/")


FORMS = (
    ("run", {"activity": "grind", "runs": "2"}, "run_reported"),
    ("hours", {"trade": "bakers", "hours": "12.5"}, "hours_reported"),
    ("stock", {"product": "flour", "quantity": "0"}, "stock_taken"),
    ("send", {"id": "d-2", "product": "flour", "to": "workplace/bakery", "quantity": "8"}, "delivery_sent"),
    ("decline", {"activity": "grind", "runs": "10", "reason": "the stones are worn"}, "order_declined"),
)


@pytest.mark.parametrize(("word", "fields", "act"), FORMS)
def test_each_form_brings_about_its_act(
    clerk: Clerk,
    enter: SignIn,
    word: str,
    fields: dict[str, str],
    act: str,
) -> None:
    form = {"season": "s", "workplace": "mill", **fields}
    answer = enter("committee/mill").post(f"/workplace/act/{word}/", form)

    assert (answer.status_code, answer["Location"]) == (302, "/workplace/mill/")
    assert done(clerk, act).body == "committee/mill"


@pytest.mark.parametrize(("word", "fields", "act"), FORMS)
def test_nobody_acts_for_a_workplace_that_is_not_hers(
    clerk: Clerk,
    enter: SignIn,
    word: str,
    fields: dict[str, str],
    act: str,
) -> None:
    before = clerk.federation.state.size
    answer = enter("committee/farm").post(f"/workplace/act/{word}/", {"season": "s", "workplace": "mill", **fields})

    assert answer.status_code == 409 and "<h1>Refused</h1>" in answer.content.decode()
    assert clerk.federation.state.size == before


def test_a_declined_order_and_withdrawn_hours_show_who_falls_short(clerk: Clerk, enter: SignIn) -> None:
    decline = {"season": "s", "workplace": "bakery", "activity": "bake", "runs": "150", "reason": "cold oven"}
    enter("committee/bakery").post("/workplace/act/decline/", decline)
    union = enter("union/growers")
    assert "Hours of your union" in seen(union, "/workplace/")
    strike = {"season": "s", "row": "union/growers growers|", "hours": "5", "overtime": "0", "reason": "wages"}
    assert union.post("/workplace/act/withdraw/", strike).status_code == 302
    done(clerk, "hours_withdrawn")
    assert "No draft has been computed since" in seen(union, "/season/")
    enter("board").post("/season/s/draft/", {"body": "board", "variant": "fullest"})

    text = seen(union, "/season/")

    assert "declined bake above 150 runs: “cold oven”" in text
    assert "withdrew hours of growers: 5 remain: “wages”" in text
    assert "against the adopted plan, 2 needs change" in text and '<span class="tag open">new</span>' in text


def test_a_workplace_that_is_not_there_and_a_delivery_that_is_not_there(enter: SignIn) -> None:
    browser = enter("committee/mill")

    assert browser.get("/workplace/none/").status_code == 404
    assert browser.post("/workplace/act/receive/", {"delivery": "none"}).status_code == 409
    assert browser.get("/workplace/act/run/").status_code == 405


def test_without_an_adopted_plan_the_page_says_what_would_fill_it(sign_in: SignIn) -> None:
    assert "so there are no orders yet" in seen(sign_in("m-0010"), "/workplace/")
