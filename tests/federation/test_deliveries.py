"""What is reported, sent, received, counted and traded; and what no body may report."""

import msgspec
import pytest
from authority import delivered, example, world
from harvest import sitter
from small import Small, refused

from comitia.federation import acts, deliveries


@pytest.mark.parametrize("amount", ["many", "NaN", "0", "-1", "Infinity"])
def test_an_amount_is_a_number_above_nothing(amount: str) -> None:
    small, act = example("run_reported")

    assert "is not a number above 0" in refused(small, msgspec.structs.replace(act, runs=amount))


def test_a_run_of_an_activity_that_nobody_declared_is_refused() -> None:
    small, act = example("run_reported")

    assert "there is no activity 'dream' in s" in refused(small, msgspec.structs.replace(act, activity="dream"))


def test_nothing_arrives_and_the_receipt_says_why() -> None:
    small, holder = delivered()
    act = acts.DeliveryReceived(
        at=small.at, by=holder, body="committee/mill", delivery="d-1", quantity="0", remark="the cart burnt"
    )
    postings = len(tuple(small.state.journal))
    small.do(act)

    assert (small.state.deliveries["d-1"].received, len(tuple(small.state.journal))) == (0, postings)


def test_a_count_that_agrees_with_the_books_posts_nothing() -> None:
    small = world(late=True)
    by = sitter(small, "committee/farm")
    postings = len(tuple(small.state.journal))
    count = acts.StockTaken(
        at=small.at, by=by, body="committee/farm", season="s", workplace="farm", product="wheat", quantity="100"
    )
    small.do(count)
    assert len(tuple(small.state.journal)) == postings

    small.do(msgspec.structs.replace(count, quantity="0"))
    assert len(tuple(small.state.journal)) == postings + 1


def test_what_is_bought_and_sold_outside_is_posted_and_must_be_a_product() -> None:
    for word in ("goods_bought", "goods_sold"):
        small, act = example(word)
        postings = len(tuple(small.state.journal))
        assert "there is no product 'dreams'" in refused(small, msgspec.structs.replace(act, product="dreams"))
        mine: Small = world(late=True)
        mine.do(act)
        assert len(tuple(mine.state.journal)) == postings + 1


def test_the_opening_stocks_are_posted_once() -> None:
    small = world(late=True)
    postings = len(tuple(small.state.journal))

    deliveries.open_books(small.state, small.state.seasons["s"], small.at)

    assert len(tuple(small.state.journal)) == postings
