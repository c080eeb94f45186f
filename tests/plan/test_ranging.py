import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import economy as economies, ranging, solve
from comitia.plan.ranging import Piece, Range

Rows = dict[str, list[dict[str, str]]]
BAKERS, OVEN = ("hours", "bakers|bakery"), ("machine", "oven")


def ranged(rows: Rows, variant: str, level: int, *limits: tuple[str, str]) -> list[Range]:
    economy = economies.from_rows(rows)
    found = ranging.ranges(economy, solve.solve(economy, variant), level, limits)
    return [found[limit] for limit in limits]


def close(piece: Piece, from_: float, to: float, worth: float) -> bool:
    return (piece.from_, piece.to, piece.worth) == pytest.approx((from_, to, worth), abs=1e-6)


def test_an_hour_of_the_bakers_brings_5_for_30_hours_then_nothing(village: Rows) -> None:
    [found] = ranged(village, "fullest", 2, BAKERS)

    # 150 kg are short of what is worth 1 each; an hour bakes 5. The oven has 90 hours, of which 55 are used.
    assert close(found.up[0], 0, 30, 5) and close(found.up[1], 30, 100, 0)
    # 30 hours less and the essential 400 kg are all that is baked: below that tier 1 could not be kept.
    assert len(found.down) == 1 and close(found.down[0], -30, 0, 5)
    assert ranging.sentence(found, "hour") == (
        "One more hour brings 5 hours of worth, up to 30 more, then nothing; one hour less costs 5, down to 30 less."
    )


def test_where_two_limits_bind_together_more_of_one_alone_brings_nothing(village: Rows) -> None:
    village["machines"][0]["hours"] = "55"

    oven, bakers = ranged(village, "fullest", 2, OVEN, BAKERS)

    assert (oven.more, bakers.more) == (0, 0)
    assert (oven.less, bakers.less) == pytest.approx((10, 5))
    assert ranging.sentence(oven, "hour") == (
        "One more hour alone brings nothing; one hour less costs 10, down to 15 less."
    )


def test_runs_stock_cash_and_limits_can_be_asked_for_too(village: Rows) -> None:
    village["trade_limit"][0]["cash"] = "2"
    cash, salt, arable = ranged(village, "fullest", 2, ("cash", ""), ("product", "salt"), ("limit", "arable"))

    # A kilogram of salt costs 0.5 and makes 50 kg of bread; 150 kg are short in tier 2.
    assert cash.more == pytest.approx(100)
    assert salt.more == pytest.approx(50)
    assert arable.more == 0
    [grow] = ranged(village, "fullest", 2, ("runs", "grow"))
    assert (grow.declared, grow.more) == (20, 0)


def test_what_is_no_limit_of_the_economy_has_no_range(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert ranging.ranges(economy, solve.solve(economy, "lightest"), 0, [("hours", "nobody")]) == {}


def test_a_large_economy_is_refused(village: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    economy = economies.from_rows(village)
    plan = solve.solve(economy, "lightest")
    monkeypatch.setattr(ranging, "MOST_NONZEROS", 3)

    with pytest.raises(ranging.TooLarge):
        ranging.ranges(economy, plan, 0, [BAKERS])


@settings(max_examples=25)
@given(st.integers(20, 200), st.integers(20, 120), st.integers(1, 6), st.sampled_from([BAKERS, OVEN]))
def test_a_range_says_what_solving_again_says(bakers: int, oven: int, step: int, limit: tuple[str, str]) -> None:
    def rows(more: float = 0.0) -> Rows:
        hours = {BAKERS: float(bakers), OVEN: float(oven)}
        hours[limit] += more
        return {
            "products": [{"product": "bread", "unit": "kg"}, {"product": "cake", "unit": "kg"}],
            "activities": [{"activity": a, "workplace": "bakery"} for a in ("bread", "cake")],
            "flows": [{"activity": a, "product": a, "quantity": "10"} for a in ("bread", "cake")],
            "labour": [
                {"activity": "bread", "trade": "bakers", "hours": "2"},
                {"activity": "cake", "trade": "bakers", "hours": "5"},
            ],
            "hours": [{"trade": "bakers", "workplace": "bakery", "hours": str(hours[BAKERS])}],
            "machines": [{"machine": "oven", "workplace": "bakery", "hours": str(hours[OVEN])}],
            "machine_use": [{"activity": a, "machine": "oven", "hours": "1"} for a in ("bread", "cake")],
            "needs": [
                {"council": "all", "product": "bread", "tier": "2", "quantity": "400", "worth": "2"},
                {"council": "all", "product": "cake", "tier": "2", "quantity": "300", "worth": "6"},
            ],
        }

    [found] = ranged(rows(), "lightest", 0, limit)
    before = float(solve.solve(economies.from_rows(rows()), "lightest").certificate.levels[0].value)
    for pieces, sign in ((found.up, 1), (found.down, -1)):
        for piece in pieces[:1]:
            near, far = sorted((abs(piece.from_), abs(piece.to)))
            change = sign * min(far, step)
            after = float(solve.solve(economies.from_rows(rows(change)), "lightest").certificate.levels[0].value)
            assert near == 0
            assert before - after == pytest.approx(change * piece.worth, abs=1e-4)
