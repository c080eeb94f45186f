"""``comitia drill power``: who has how much power in a weighted vote, or in one with several quotas at once."""

import json
import re
from fractions import Fraction
from math import log10
from pathlib import Path
from typing import Annotated, Any

import typer

from comitia.drill import banzhaf, game as games, montecarlo, power as drill_power, quadrature
from comitia.drill.coalitions import Coalitions
from comitia.drill.game import Game, WrongWeights
from comitia.drill.montecarlo import WrongQuestion
from comitia.drill.power import LIMITS, Power
from comitia.drill.quadrature import Estimate
from comitia.drill.swings import TooLarge

_FLOATS = 30_000_000_000
"""Steps of the integral beyond which a vote is refused: minutes."""


def power(
    context: typer.Context,
    quota: Annotated[str, typer.Option(help="The weight that carries.")] = "",
    weights: Annotated[str, typer.Option(help="Weights, with blanks or commas between.")] = "",
    game: Annotated[
        Path | None,
        typer.Option(help='JSON with several quotas at once: {"ways": [[{"quota": 3, "weights": [2, 1]}]]}.'),
    ] = None,
    draws: Annotated[int, typer.Option(help="Draw so many coalitions instead of counting all; needs --seed.")] = 0,
    seed: Annotated[str, typer.Option(help="The public seed of the draws, any text.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")] = False,
) -> None:
    """Reckon everybody's power in a vote: Banzhaf, Shapley-Shubik, Coleman; exactly as far as that goes."""
    try:
        voted = _read(game) if game else _weighted(quota, " ".join([weights, *context.args]))
        if draws:
            drawn = _drawn(voted, draws, seed)
            typer.echo(json.dumps(drawn, indent=2, ensure_ascii=False) if as_json else _drawn_text(drawn))
            return
        facts = _answer(voted)
    except (WrongWeights, TooLarge, quadrature.Inexact, WrongGame, WrongQuestion) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from fault
    typer.echo(json.dumps(facts, indent=2) if as_json else _text(facts, [kind[0] for kind in games.kinds(voted)]))


class WrongGame(Exception):
    """A vote that cannot be read: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(f"expected {expected}, found {found}")


def _weighted(quota: str, weights: str) -> Game:
    words = re.split(r"[\s,]+", weights.strip(" ,"))
    try:
        numbers = [Fraction(word) for word in (quota, *words)]
    except (ValueError, ZeroDivisionError) as fault:
        found = f"--quota “{quota}” and --weights “{' '.join(words)}”"
        raise WrongGame(found, "numbers such as 12 or 4.5, or --game FILE") from fault
    return games.game([[games.whole(numbers[0], numbers[1:])]])


def _read(file: Path) -> Game:
    expected = '{"ways": [[{"quota": 3, "weights": [2, 1, 1]}, ...], ...]}'
    try:
        ways = json.loads(file.read_text(encoding="utf-8"), parse_float=Fraction)["ways"]
        return games.game(
            [[games.whole(Fraction(one["quota"]), map(Fraction, one["weights"])) for one in way] for way in ways]
        )
    except (OSError, ValueError, KeyError, TypeError, UnicodeDecodeError) as fault:
        raise WrongGame(f"{file}: {type(fault).__name__} {fault}", expected) from fault


def _answer(voted: Game) -> dict[str, Any]:
    """Return the exact answer; of a vote too large for it, exact swings and Shapley-Shubik in floating point."""
    try:
        return _exact_json(drill_power.power_in(voted))
    except TooLarge:
        if len(voted.ways) > 1 or len(voted.ways[0]) > 1:
            raise
        (threshold,) = voted.ways[0]
        n = voted.members
        if threshold.quota * n * min(n, 200) > _FLOATS:
            raise
        estimate = quadrature.estimate(threshold.weights, threshold.quota)
        return _float_json(banzhaf.count(threshold.weights, threshold.quota), estimate)


def _drawn(voted: Game, draws: int, seed: str) -> dict[str, Any]:
    """Return absolute Banzhaf indices by drawn coalitions."""
    if not seed:
        raise WrongQuestion("--draws without --seed", "a text that everybody may know, such as --seed 2026-11")
    winning, *swings = montecarlo.estimates(Coalitions(voted), draws=draws, seed=seed)
    members = [{"banzhaf_absolute": s.share, "swings": s.count, "wilson": list(s.interval)} for s in swings]
    act = {"act": winning.share, "winning": winning.count, "wilson": list(winning.interval)}
    return {"seed": seed, "draws": draws, **act, "members": members, "limits": LIMITS}


def _drawn_text(facts: dict[str, Any]) -> str:
    low, high = facts["wilson"]
    lines = [
        f"{facts['draws']} coalitions drawn from the seed “{facts['seed']}”: the power to act is {facts['act']:.5f} "
        f"({low:.5f} to {high:.5f}, 95 %).",
        "",
        "  member  absolute  between",
    ]
    for number, one in enumerate(facts["members"], start=1):
        lines.append(f"{number:>8}  {one['banzhaf_absolute']:.5f}   {one['wilson'][0]:.5f} and {one['wilson'][1]:.5f}")
    return "\n".join([*lines, "", facts["limits"]])


def _exact_json(answer: Power) -> dict[str, Any]:
    names = ("banzhaf", "banzhaf_absolute", "shapley_shubik", "coleman_prevent", "coleman_initiate")
    return {
        "winning": answer.winning,
        "members": [
            _indices({name: getattr(one, name) for name in names}) | {"swings": one.swings} for one in answer.members
        ],
        **_indices({"act": answer.act}),
        "limits": LIMITS,
    }


def _float_json(counted: banzhaf.Counted, estimate: Estimate) -> dict[str, Any]:
    n, total = len(counted.swings), sum(counted.swings)
    members = [
        _indices(
            {
                "banzhaf": Fraction(swings, total),
                "banzhaf_absolute": Fraction(swings, 2 ** (n - 1)),
                "coleman_prevent": Fraction(swings, counted.winning),
                "coleman_initiate": Fraction(swings, 2**n - counted.winning),
            }
        )
        | {"shapley_shubik": float(orders), "shapley_shubik_exact": None, "swings": swings}
        for swings, orders in zip(counted.swings, estimate.shapley_shubik, strict=True)
    ]
    act = _indices({"act": Fraction(counted.winning, 2**n)})
    tolerance = f"Shapley-Shubik in floating point: the indices add up to 1 within {quadrature.TOLERANCE:g}."
    return {"winning": counted.winning, "members": members, **act, "limits": f"{tolerance} {LIMITS}"}


def _indices(found: dict[str, Fraction]) -> dict[str, Any]:
    return {
        key: value
        for name, one in found.items()
        for key, value in ((name, float(one)), (f"{name}_exact", f"{one.numerator}/{one.denominator}"))
    }


def _text(facts: dict[str, Any], weights: list[int]) -> str:
    members = facts["members"]
    coalitions = f"{_short(facts['winning'])} of {_short(2 ** len(members))}"
    lines = [
        f"{coalitions} coalitions win: the power to act is {facts['act']:.5f}.",
        "",
        "  weight       swings  Banzhaf  absolute  Shapley-Shubik  prevent  initiate",
    ]
    for weight, one in zip(weights, members, strict=True):
        lines.append(
            f"{weight:>8} {_short(one['swings']):>12}  {one['banzhaf']:.5f}   {one['banzhaf_absolute']:.5f}"
            f"         {one['shapley_shubik']:.5f}  {one['coleman_prevent']:.5f}   {one['coleman_initiate']:.5f}"
        )
    return "\n".join([*lines, "", facts["limits"]])


def _short(number: int) -> str:
    return str(number) if number < 10**12 else f"10^{log10(number):.2f}"
