from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate as certificates, economy as economies, folder, highs, variants
from comitia.plan.arrays import (
    certificate,
    drawn as draws,
    judging,
    model as models,
    planning,
    reader,
    rounding,
    writing,
)
from comitia.plan.arrays.certificate import Prices, Violated
from comitia.plan.arrays.figures import Figures
from comitia.plan.arrays.model import Declared
from comitia.plan.arrays.planning import Planned
from comitia.plan.certificate import DoesNotHold
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

Rows = dict[str, list[dict[str, str]]]
AsSmall = Callable[[Economy, Declared, Planned], Plan]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_plan_of_arrays_holds_exactly_under_the_certificate_in_fractions(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared], as_small: AsSmall, seed: int
) -> None:
    economy, of = economies.from_rows(drawn(seed)), declared(drawn(seed))
    if not economy.activities and not economy.needs:
        return

    planned = planning.plan(of, tolerance=1e-6)

    checked = certificates.check(economy, as_small(economy, of, planned))
    floats = planning.programme(planned.model)
    z, _ = highs.least(highs.Programme(floats.cost, floats.matrix, floats.right, floats.upper))
    best = float(floats.cost @ z)
    assert float(checked.levels[0].bound) <= best * (1 + 1e-9) + 1e-9
    assert float(checked.levels[0].value) >= best * (1 - 1e-9) - 1e-9


# Where nearly nothing need be done, a billionth is rounding and no share of the value.
NOTHING = Fraction(1, 10**7)


def missed(drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared], seeds: range) -> list[int]:
    found = []
    for seed in seeds:
        of = declared(drawn(seed))
        if len(of.ids["activities"]) + len(of.needs.product):
            said = planning.plan(of, tolerance=1e-6).certificate
            if said.gap > Fraction(1, 10**6) and said.levels[0].value > NOTHING:
                found.append(seed)
    return found


def test_the_certificate_proves_a_millionth_in_every_one_of_the_first_random_economies(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared]
) -> None:
    assert missed(drawn, declared, range(100)) == []


@pytest.mark.slow
def test_the_certificate_proves_a_millionth_in_thousands_of_random_economies(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared]
) -> None:
    found = missed(drawn, declared, range(100, 4100))

    # Drawn to be degenerate and badly scaled; a few end wider, with what they reached in their certificate.
    assert len(found) <= 4, found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.floats(0, 1))
def test_whatever_the_solver_says_what_is_published_holds_exactly(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared], seed: int, spread: float
) -> None:
    model = models.build(declared(drawn(seed)))
    rng = np.random.default_rng(seed)
    limit = np.where(model.limited, model.limit.floats(), 10.0)
    guess = limit * rng.uniform(0, 1, model.width) * (rng.random(model.width) < spread)

    values = rounding.publish(model, guess)

    certificate.check_limits(model, values)
    certificate.check_rows(model, values)


def test_declared_decimals_are_kept(village: Rows, declared: Callable[[Rows], Declared], as_small: AsSmall) -> None:
    for decimals in ("0", "1", "6"):
        for row in village["activities"]:
            row["decimals"] = decimals
        economy, of = economies.from_rows(village), declared(village)

        plan = as_small(economy, of, planning.plan(of, tolerance=1e-6))

        certificates.check(economy, plan)
        assert [r for r in plan.runs if (r.runs * 10 ** int(decimals)).denominator != 1] == []


@pytest.mark.parametrize("as_parquet", [False, True])
def test_a_drawn_economy_is_planned_written_read_and_judged(tmp_path: Path, as_parquet: bool) -> None:
    folder.write_columns(draws.drawn(50, 1), tmp_path / "e", as_parquet=as_parquet)
    of = folder.read_declared(tmp_path / "e")
    planned = planning.plan(of, tolerance=1e-6)
    folder.write_columns(writing.tables(of, planned.model, planned.values, planned.prices), tmp_path / "p")
    folder.write_certificate(planned.certificate, tmp_path / "p", seconds={"solve": 1.0})

    files, said = folder.read_columns(tmp_path / "p")
    values, prices = writing.read(of, planned.model, files)
    checked = judging.check(of, planned.model, (values, prices), said)

    assert said == planned.certificate
    assert (values.whole == planned.values.whole).all() and (values.places == planned.values.places).all()
    assert (checked.gap, checked.rows) == (said.gap, 70)
    assert said.gap <= Fraction(1, 10**6)
    assert of.hash == economies.economy_hash(folder.read_economy(tmp_path / "e"))


def test_a_row_violated_is_named_with_what_it_misses() -> None:
    of = reader.declared(draws.drawn(50, 1))
    planned = planning.plan(of, tolerance=1e-6)
    whole = planned.values.whole.copy()
    busiest = int(np.argmax(planned.values.floats()[:150]))
    whole[busiest] //= 2
    spoilt = Figures(whole, planned.values.places)

    with pytest.raises(DoesNotHold, match=r"product p\d\d: is violated \(by "):
        judging.check(of, planned.model, (spoilt, planned.prices), planned.certificate)


def test_a_value_below_0_above_its_limit_or_too_fine_is_refused(
    village: Rows, declared: Callable[[Rows], Declared]
) -> None:
    of = declared(village)
    model = models.build(of)
    nothing = rounding.publish(model, np.zeros(model.width))
    for whole, places, reason in ((-1, 0, "is below 0"), (21, 0, "is above its limit"), (1, 3, "is finer than")):
        spoilt = Figures(nothing.whole.copy(), nothing.places.copy())
        spoilt.whole[0], spoilt.places[0] = whole, places

        with pytest.raises(Violated, match=reason) as fault:
            certificate.check_limits(model, spoilt)

        assert judging.named(of, model, fault.value) == "runs of grow"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.floats(0, 3))
def test_the_bound_is_never_above_the_exact_one(
    drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared], as_small: AsSmall, seed: int, spread: float
) -> None:
    economy, of = economies.from_rows(drawn(seed)), declared(drawn(seed))
    if not economy.activities and not economy.needs:
        return
    planned = planning.plan(of, tolerance=1e-2)
    rng = np.random.default_rng(seed)
    rows = planned.prices.rows.floats() * rng.lognormal(0, spread, planned.model.height)
    prices = planning.published_prices(planned.model, planning.programme(planned.model), rows)
    if planned.model.rows["cash"] or not planned.model.limited.all():
        # Unlimited variables: any prices prove 0 at most, or what the exact certificate can check as well.
        assert certificate.bound(planned.model, prices) >= 0
        return
    plan = as_small(economy, of, Planned(planned.model, planned.values, prices, planned.certificate))
    posed = variants.pose(economy, "lightest")
    z = variants.values(economy, posed, plan)

    [(_, exact)] = certificates.bounds(posed.built, posed.aims, (z, plan.prices))

    assert certificates.rounded_down(certificate.bound(planned.model, prices)) <= exact


def test_prices_below_0_are_refused() -> None:
    model = models.build(reader.declared(draws.drawn(20, 1)))
    prices = Prices(Figures(np.full(model.height, -1), np.zeros(model.height, np.int8)), model.limit[:60])

    with pytest.raises(Violated, match="is below 0"):
        certificate.bound(model, prices)
