"""The method of equal shares up to its completion: papers buy candidates with equal shares of the seats.

Source: D. Peters and P. Skowron, "Proportionality and the limits of welfarism" (EC 2020, there "Rule X"); D. Peters,
G. Pierczynski, P. Skowron, "Proportional participatory budgeting with additive utilities" (NeurIPS 2021). In our words:

1  A paper approves everybody whom it names; the order in which it names them is not read.
2  Each of the n papers gets an equal share of the seats, seats/n. A candidate costs 1.
3  A candidate can be bought at r where the papers that approve her pay 1 together when each pays r, or all that it has
   left where that is less. Whoever can be bought at the lowest r is elected, and her papers pay.
4  Candidates who tie are parted by lot.
5  This ends when nobody can be bought any more; who takes the seats that are then left, a completion says, and each
   completion is a rule of its own.

Money is integers over one common denominator, which grows with each purchase. A price never falls, so that a
candidate's last price bounds the next from below, and few are reckoned anew in a round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.decide import approvals, sheet, ties


@dataclass(slots=True)
class Purse:
    """What papers have left: papers that paid for the same candidates are of one kind and have the same.

    Attributes:
        kinds: of each paper, by its place; kind 0 has nothing left.
        amounts: of each kind, integers over ``unit``, ``unit`` being the price of a candidate.
    """

    kinds: list[int]
    amounts: list[int]
    unit: int

    def money(self) -> list[int]:
        """Return what each paper has left, by its place."""
        return [self.amounts[kind] for kind in self.kinds]

    def scale(self, factor: int) -> None:
        """Make the unit finer; nobody's money changes."""
        if factor > 1:
            self.amounts = [amount * factor for amount in self.amounts]
            self.unit *= factor

    def pay(self, places: Sequence[int], due: int) -> None:
        """Let papers pay so much each, or all they have."""
        further: dict[int, int] = {}
        for place in places:
            kind = self.kinds[place]
            if kind not in further:
                left = self.amounts[kind] - due
                further[kind] = len(self.amounts) if left > 0 else 0
                if left > 0:
                    self.amounts.append(left)
            self.kinds[place] = further[kind]


@dataclass(slots=True)
class Bought:
    """The purchases: who was elected in order, one stage for each, what is left, and the number of the next draw."""

    winners: list[int]
    stages: list[sheet.Stage]
    totals: list[Fraction]
    purse: Purse
    draws: int


@dataclass(slots=True)
class Market:
    """The papers of a count and who approves whom, for the purchases and their completion."""

    names: Sequence[str]
    standing: Sequence[int]
    papers: approvals.Approvals
    weights: list[int] = field(init=False)
    supporters: list[list[int]] = field(init=False)
    support: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = [weight for weight, _ in self.papers.papers]
        self.supporters = [[] for _ in self.names]
        for place, (_, approved) in enumerate(self.papers.papers):
            for c in approved:
                self.supporters[c].append(place)
        self.support = approvals.votes(self.papers, len(self.names))


def price(market: Market, purse: Purse, c: int) -> Fraction | None:
    """Return r, in units of the purse, at which a candidate can be bought; None where her papers have less than 1 left.

    Papers that have no more than an even share of what is still to be paid give all they have; the others then share
    the rest, which raises the share, until nobody has less than it.
    """
    weights, kinds = market.weights, purse.kinds
    alike: dict[int, int] = {}
    for place in market.supporters[c]:
        kind = kinds[place]
        alike[kind] = alike.get(kind, 0) + weights[place]
    rich = [(purse.amounts[kind], papers) for kind, papers in alike.items()]
    number, due = market.support[c], purse.unit
    while number:
        # An amount is a whole number, so it is at most the share where it is at most the share cut to a whole number.
        share = due // number
        poor = [(amount, papers) for amount, papers in rich if amount <= share]
        if not poor:
            return Fraction(due, number)
        due -= sum([amount * papers for amount, papers in poor])
        if due == 0:
            # The last of them have just their even share.
            return Fraction(share)
        number -= sum([papers for _, papers in poor])
        rich = [(amount, papers) for amount, papers in rich if amount > share]
    return None


def _cheapest(
    market: Market, purse: Purse, left: set[int], bounds: dict[int, Fraction]
) -> tuple[list[int], Fraction | None]:
    """Return who can be bought at the lowest price, and that price in units of the purse; forget who never can."""
    fresh: dict[int, Fraction] = {}
    waiting = sorted(((bounds[c], c) for c in left), reverse=True)
    best: Fraction | None = None
    while waiting:
        bound, c = waiting.pop()
        # ``bounds`` are in candidates, not in units.
        if best is not None and bound * purse.unit > best:
            break
        found = price(market, purse, c)
        if found is None:
            left.discard(c)
            continue
        fresh[c] = found
        bounds[c] = found / purse.unit
        best = found if best is None else min(best, found)
    return sorted(c for c, found in fresh.items() if found == best), best


def buy(market: Market, budget: int, *, most: int | None, lot: ties.Breaking, number: int = 0) -> Bought:
    """Carry out 2 to 4 and return the purchases.

    Args:
        budget: how many seats' worth of money the papers share.
        most: stop once so many are elected, which tells that the budget is too large; None: never.
        number: of the next draw.
    """
    valid = market.papers.valid
    # 2: in units of 1/valid of a candidate.
    purse = Purse([1] * len(market.weights), [0, budget], max(valid, 1))
    bought = Bought([], [], [Fraction(0)] * len(market.names), purse, number)
    left = {c for c in market.standing if market.support[c]}
    bounds = {c: Fraction(1, market.support[c]) for c in left}
    while left and (most is None or len(bought.winners) < most):
        first, cost = _cheapest(market, purse, left, bounds)
        if cost is None:
            break
        chosen = first[0]
        tie: ties.Tie | None = None
        if len(first) > 1:
            # 4
            tie, bought.draws = ties.by_draw("election", first, lot=lot, number=bought.draws)
            chosen = tie.chosen[0]
        # 3
        purse.scale(cost.denominator)
        due = cost.numerator
        purse.pay(market.supporters[chosen], due)
        left.discard(chosen)
        _note(market, bought, chosen, (Fraction(due, purse.unit), tie))
    return bought


def _note(market: Market, bought: Bought, chosen: int, at: tuple[Fraction, ties.Tie | None]) -> None:
    paid, tie = at
    bought.totals[chosen] = paid
    said = [] if tie is None else [sheet.tie_sentence(tie, market.names)]
    said.append(
        f"{market.names[chosen]} is bought by the {market.support[chosen]} papers that approve her, which pay at most "
        f"{sheet.exact_text(paid)} of a seat each, the lowest price"
    )
    close_stage(bought, chosen, said, tie)


def close_stage(bought: Bought, chosen: int, said: list[str], tie: ties.Tie | None) -> None:
    """Write down that somebody is elected in a stage of her own."""
    sentence = f"Stage {len(bought.stages) + 1}: " + "; ".join(said) + "."
    bought.stages.append(sheet.Stage(tuple(bought.totals), (chosen,), (), (), Fraction(0), tie, sentence))
    bought.winners.append(chosen)


def most_approved(market: Market, bought: Bought, *, seats: int, lot: ties.Breaking) -> None:
    """Fill the seats that are left with the most approved of those not elected, one after another, ties by lot."""
    left = [c for c in market.standing if c not in bought.winners]
    while left and len(bought.winners) < seats:
        most = max(market.support[c] for c in left)
        first = [c for c in left if market.support[c] == most]
        chosen = first[0]
        tie: ties.Tie | None = None
        if len(first) > 1:
            tie, bought.draws = ties.by_draw("election", first, lot=lot, number=bought.draws)
            chosen = tie.chosen[0]
        said = [] if tie is None else [sheet.tie_sentence(tie, market.names)]
        said.append(f"{market.names[chosen]} is elected to a seat that is left, approved by {most}, the most")
        close_stage(bought, chosen, said, tie)
        left.remove(chosen)
