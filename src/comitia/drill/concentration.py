"""I5, concentration of power in a house: Herfindahl index, effective number, Gini and the largest share.

Of Banzhaf shares, not of seats: who fills 51 of 100 seats has all of the power. Players as in I6. Sources:
Herfindahl-Hirschman; Laakso and Taagepera 1979 for the effective number.
"""

from fractions import Fraction

from comitia.drill import vote_power
from comitia.watch import answers, appointment_reach
from comitia.watch.indicator import Indicator, Reading, percent
from comitia.watch.view import View

HHI = Indicator(
    "I5", "concentration of power", "sum of squared Banzhaf shares of those who fill the seats", "1/n to 1",
    "Herfindahl-Hirschman", "a priori: says nothing of who agrees with whom", "number",
)  # fmt: skip
EFFECTIVE = Indicator(
    "I5", "effective number of power holders", "1 / sum of squared Banzhaf shares", "1 to n",
    "Laakso and Taagepera 1979", "a priori: says nothing of who agrees with whom", "number",
)  # fmt: skip
GINI = Indicator(
    "I5", "inequality of power", "Gini coefficient of the Banzhaf shares", "0 to 1", "Gini 1912",
    "0 for one who has all of it: read it with the effective number", "number",
)  # fmt: skip
LARGEST = Indicator(
    "I5", "largest share of power", "largest Banzhaf share (CR1)", "1/n to 1", "concentration ratio",
    "a priori: says nothing of who agrees with whom", "number",
)  # fmt: skip


def gini(shares: list[Fraction]) -> Fraction:
    """Return the Gini coefficient of shares that add up to 1."""
    n = len(shares)
    return sum((2 * place - n - 1) * s for place, s in enumerate(sorted(shares), start=1)) / Fraction(n)


def readings(view: View) -> tuple[Reading, ...]:
    """Return the four for each of the highest deciding bodies with a filled seat."""
    return tuple(reading for body in appointment_reach.highest(view) for reading in _body(view, body))


def _body(view: View, body: str) -> tuple[Reading, ...]:
    own, found = vote_power.players(view, body), vote_power.power_of(view, body)
    if found is None:
        return ()
    shares = [member.banzhaf for member in found.members]
    hhi = sum((s * s for s in shares), Fraction(0))
    first, n, seats = next(iter(own)), len(own), sum(own.values())
    where, articles = view.plural(body), answers.seats(view.rules, body)
    acts = tuple(sorted({f.act for f in view.by_kind[body] if f.above == first}))
    said = (
        (
            HHI,
            hhi,
            f"The Herfindahl index of power in {where} is {float(hhi):.2f}, of {1 / n:.2f} if all {n} were equal.",
        ),
        (EFFECTIVE, 1 / hhi, f"Power in {where} is spread as among {float(1 / hhi):.1f} equal ones, of {n}."),
        (GINI, gini(shares), f"The Gini coefficient of power in {where} is {float(gini(shares)):.2f}."),
        (LARGEST, max(shares), f"{first} has {percent(max(shares))} of the power in {where}."),
    )
    return tuple(Reading(figure, body, value, n, seats, sentence, acts, articles) for figure, value, sentence in said)
