"""Numbers of the season: whose they are, what they may be, and what may not be withdrawn while others use it."""

import msgspec
import pytest
from authority import example, world
from harvest import sitter
from small import refused

from comitia.federation import acts, figures
from comitia.federation.refusal import Refused


def test_a_file_that_no_body_owns_is_refused() -> None:
    small, act = example("figures_declared")

    assert "there is no file 'dreams'" in refused(small, msgspec.structs.replace(act, file="dreams"))


@pytest.mark.parametrize("number", ["many", "NaN"])
def test_what_is_no_number_is_refused_with_its_column(number: str) -> None:
    small, act = example("figures_declared")
    row = ("hilltown", "bread", "1", number, "5")

    assert f"quantity {number!r} is not a number" in refused(small, msgspec.structs.replace(act, rows=(row,)))


def test_a_product_that_others_use_is_not_withdrawn() -> None:
    small = world()
    act = acts.FiguresWithdrawn(
        at=small.at, by=sitter(small, "committee/farm"), body="committee/farm", season="s", file="products",
        keys=(("wheat",),),
    )  # fmt: skip

    assert "'wheat' is still used in flows by" in refused(small, act)


def test_a_product_that_nobody_uses_is_withdrawn() -> None:
    small = world()
    by, body = sitter(small, "committee/farm"), "committee/farm"
    hay = ("hay", "kg", "0", "5", "0", "0", "", "")
    small.do(acts.FiguresDeclared(at=small.at, by=by, body=body, season="s", file="products", rows=(hay,)))
    declared = dict(small.state.seasons["s"].figures["products"])
    small.do(acts.FiguresWithdrawn(at=small.at, by=by, body=body, season="s", file="products", keys=(("hay",),)))

    assert declared.keys() - small.state.seasons["s"].figures["products"].keys() == {("hay",)}


def test_the_economy_of_a_season_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="there is no season 'never'"):
        figures.economy_of(world().state, "never")
