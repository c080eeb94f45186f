# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The books: the trial balance, one account posting by posting, deviations, the right of inspection."""

from season_home import SignIn, clerk, done, enter, season_folder, seen

from comitia.clerk.clerk import Clerk


def test_the_trial_balance_is_zero_and_what_is_on_its_way_is_shown(enter: SignIn) -> None:
    text = seen(enter("board"), "/books/")

    assert "The trial balance is zero in each of" in text
    assert '<th scope="row">wheat</th><td class="n">600 kg</td><td>workplace/farm</td><td>workplace/mill</td>' in text
    assert 'href="/books/workplace/farm/"' in text and "deviations" in text


def test_an_account_is_read_posting_by_posting_with_act_and_counterpart(clerk: Clerk, enter: SignIn) -> None:
    text = seen(enter("board"), "/books/workplace/farm/?account=stock|product:wheat")
    sent = clerk.federation.state.deliveries["d-1"].sent_act

    assert "Stock of wheat" in text and "committee of Farm answers for them" in text.replace("Committee", "committee")
    row = f'<td class="n">-600</td><td class="n">500</td><td><a href="/record/{sent}/">act {sent}</a></td>'
    assert row in text


def test_an_inspection_is_demanded_and_answered(clerk: Clerk, enter: SignIn) -> None:
    baker = enter("committee/bakery")
    form = {"id": "i-1", "subject": "committee/farm", "question": "Where is the other wheat?"}
    assert baker.post("/books/ask/", form).status_code == 302
    done(clerk, "inspection_demanded")
    assert baker.post("/books/answer/", {"inspection": "i-1", "text": "Here."}).status_code == 409
    farmer = enter("committee/farm")
    assert "Where is the other wheat?" in seen(farmer, "/books/")
    assert farmer.post("/books/answer/", {"inspection": "i-1", "text": " "}).status_code == 409

    assert farmer.post("/books/answer/", {"inspection": "i-1", "text": "In the barn."}).status_code == 302

    text = seen(baker, "/books/")
    assert "In the barn." in text and "answered in time" in text


def test_nobody_without_an_account_has_a_page(enter: SignIn) -> None:
    browser = enter("board")

    assert browser.get("/books/workplace/none/").status_code == 404
    assert "Nothing is posted to it." in seen(browser, "/books/workplace/farm/?account=cash|money")
    assert browser.get("/books/workplace/farm/?account=nonsense").status_code == 200
    assert browser.post("/books/answer/", {"inspection": "none", "text": "x"}).status_code == 404


def test_empty_books_say_when_they_open(sign_in: SignIn) -> None:
    assert "Nothing is posted yet. The books open" in seen(sign_in("m-0010"), "/books/")
