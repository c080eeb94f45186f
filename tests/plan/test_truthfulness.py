"""What misdeclaring brings: worked by hand on a village, and doubling all one's needs on random economies."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import economy as economies, periods, truthfulness
from comitia.plan.economy import Economy
from comitia.plan.rows import EconomyFault
from comitia.plan.truthfulness import NOTHING, ROUNDS, Body, ClaimSpent, Lie
from comitia.plan.variants import ADOPTABLE

Rows = dict[str, list[dict[str, str]]]
TENTH, DOUBLE = Fraction(11, 10), Fraction(2)
HILLTOWN, RIVERBEND = Body("council", "hilltown"), Body("council", "riverbend")
BAKERY, BAKERS = Body("workplace", "bakery"), Body("trade", "bakers")


def with_claims(economy: Economy, room: int) -> Economy:
    """Return the economy with a claim of each council: so many times what its needs are worth."""
    claims: dict[str, Fraction] = {}
    for n in economy.needs.values():
        claims[n.council] = claims.get(n.council, Fraction(0)) + room * n.worth * n.quantity
    return replace(economy, claims=claims)


# In fullest 110 hours of baking make 550 kg of bread: 400 for hilltown, 150 of 300 for riverbend.
@pytest.mark.parametrize(
    ("body", "lie", "gains", "others"),
    [
        (RIVERBEND, Lie("needs", DOUBLE), 0, 0),
        (RIVERBEND, Lie("needs at the same claim", DOUBLE), 0, 0),
        # 440 for hilltown, 40 of them of no use.
        (HILLTOWN, Lie("needs", TENTH), 0, 40),
        (HILLTOWN, Lie("needs", Fraction(9, 10)), -80, -40),
        # 50 runs of two hours each.
        (BAKERY, Lie("hours a run", TENTH), 10, 50),
        # The oven stands at 90 of 90 hours, of which 55 are used.
        (BAKERY, Lie("capacity", Fraction(9, 10)), 0, 0),
        (BAKERY, Lie("capacity", Fraction(1, 2)), 20, 100),
        (BAKERS, Lie("hours", Fraction(9, 10)), 11, 55),
        (BAKERS, Lie("hours", TENTH), -11, -55),
    ],
)
def test_a_lie_brings_what_it_brings(village: Rows, body: Body, lie: Lie, gains: float, others: float) -> None:
    village["products"][3]["buy_price"] = "0.1"

    found = truthfulness.gain(economies.from_rows(village), "fullest", body, lie)

    assert (found.body, found.lie) == (body, lie)
    assert (found.hours, found.others_lose) == (pytest.approx(gains, abs=1e-6), pytest.approx(others, abs=1e-6))


def test_material_that_a_recipe_does_not_need_is_kept_back_at_the_labour_embodied(village: Rows) -> None:
    village["products"][3]["buy_price"] = "0.1"
    economy = economies.from_rows(village)
    flour = (0.5 + 10 * 0.04) / 9

    found = truthfulness.gain(economy, "fullest", BAKERY, Lie("material a run", TENTH))
    made = truthfulness.gain(economy, "fullest", BAKERY, Lie("output a run", Fraction(9, 10)))

    # 55 runs ask for 38.5 kg of flour too much; salt is bought, and embodies no labour here.
    assert found.hours == pytest.approx(38.5 * flour)
    bread = (2 + 7 * flour) / 10
    assert made.hours == pytest.approx(55 * bread)


def test_every_body_that_owns_numbers_is_there(village: Rows) -> None:
    found = truthfulness.bodies(economies.from_rows(village))

    assert found == (
        HILLTOWN,
        RIVERBEND,
        Body("workplace", "farm"),
        Body("workplace", "mill"),
        BAKERY,
        Body("trade", "growers"),
        BAKERS,
    )


def test_what_no_body_declares_cannot_be_misdeclared(village: Rows) -> None:
    with pytest.raises(ValueError, match="weather"):
        truthfulness.told(economies.from_rows(village), BAKERY, Lie("weather", DOUBLE))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_doubling_all_needs_of_a_claim_that_is_spent_is_refused(drawn: Callable[[int], Rows], seed: int) -> None:
    rows = drawn(seed)
    economy = with_claims(economies.from_rows(rows), 1)
    for body in truthfulness.bodies(economy):
        if body.kind != "council" or not economy.claims[body.name]:
            continue
        with pytest.raises(ClaimSpent) as found:
            truthfulness.told(economy, body, Lie("needs", DOUBLE))
        assert found.value.spent == 2 * found.value.claim
        doubled = [
            {**n, "quantity": str(2 * Fraction(n["quantity"])) if n["council"] == body.name else n["quantity"]}
            for n in economies.rows(economies.from_rows(rows))["needs"]
        ]
        claims = [{"council": c, "hours": str(h)} for c, h in economy.claims.items()]
        # And so is it where the federation reads the numbers.
        with pytest.raises(EconomyFault):
            economies.from_rows({**rows, "needs": doubled, "claims": claims})


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_doubling_all_needs_within_a_claim_gains_nothing_in_fairest(drawn: Callable[[int], Rows], seed: int) -> None:
    rows = drawn(seed)
    for n in rows.get("needs", ()):
        n["tier"] = "1"
    economy = with_claims(economies.from_rows(rows), 2)
    truth = truthfulness.outcome(economy, "fairest")
    for body in truthfulness.bodies(economy):
        if body.kind == "council":
            found = truthfulness.gain(economy, "fairest", body, Lie("needs", DOUBLE), truth)
            assert found.share <= NOTHING


@pytest.mark.parametrize("mechanism", [*ADOPTABLE, ROUNDS])
def test_a_need_that_is_met_brings_nothing_more_when_doubled(wheat_and_cloth: Rows, mechanism: str) -> None:
    economy = economies.from_rows(wheat_and_cloth)

    found = truthfulness.gain(economy, mechanism, Body("council", "all"), Lie("needs", DOUBLE))

    assert found.share <= NOTHING


def test_rounds_and_lightest_come_to_the_same(village: Rows) -> None:
    economy = economies.from_rows(village)
    lie = Lie("hours a run", TENTH)

    one, other = (truthfulness.gain(economy, how, BAKERY, lie) for how in ("lightest", ROUNDS))

    assert one.hours == pytest.approx(other.hours, rel=1e-3)


def test_of_several_periods_a_trade_lies_in_all_of_them(village: Rows) -> None:
    village["hours"] = [{"trade": "growers", "workplace": "", "hours": "200", "overtime": "0"}] + [
        {"trade": "bakers", "workplace": "bakery", "hours": "100", "overtime": "0", "period": p} for p in ("1", "2")
    ]
    economy = economies.from_rows(village)

    told = truthfulness.told(economy, BAKERS, Lie("hours", DOUBLE))

    assert economy.periods == 2
    hours = {key[0]: h.hours for key, h in told.hours.items() if periods.without_mark(key[0])[0] == "bakers"}
    assert set(hours.values()) == {200}
    assert [b.name for b in truthfulness.bodies(economy) if b.kind == "trade"] == ["growers", "bakers"]


def test_the_sentence_says_what_brings_most_and_what_it_takes_from_others(village: Rows) -> None:
    village["products"][3]["buy_price"] = "0.1"
    economy = economies.from_rows(village)

    def said(body: Body) -> str:
        return truthfulness.sentence(truthfulness.around(economy, "fullest", body))

    assert said(BAKERS) == (
        "Of all that you could misdeclare by 10 %, fewer hours would leave you 11 hours (10.0 %) less to work; it "
        "would take 55 hours of worth from the councils."
    )
    assert said(HILLTOWN) == (
        "Declared 10 % more or less than is true, none of these numbers would bring you anything."
    )
    assert "in less work or in what you keep back" in said(BAKERY)


def test_a_lie_that_the_claim_refuses_is_none(village: Rows) -> None:
    economy = with_claims(economies.from_rows(village), 1)

    found = dict(truthfulness.around(economy, "fullest", HILLTOWN))

    assert found[Lie("needs", TENTH)] is None
    assert found[Lie("needs", Fraction(9, 10))] is not None
