"""Equal shares against a reading in fractions, paper by paper, for the purchases and each completion."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from comitia.decide import sheet, ties
from comitia.decide.count import equal_shares_add_one, equal_shares_phragmen, equal_shares_utilitarian
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


@st.composite
def approvals(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(1, 6))
    named = st.sets(st.integers(0, size - 1)).map(lambda found: tuple(sorted(found)))
    papers = draw(st.lists(st.tuples(st.integers(1, 4), named), max_size=8))
    return Profile(tuple("ABCDEF"[:size]), tuple(papers))


class Slow:
    """Money by paper in fractions, following whom the count under test elects and checking that it may."""

    def __init__(self, profile: Profile, budget: int) -> None:
        self.papers = [set(named) for weight, named in profile.ballots for _ in range(weight) if named]
        self.money = [Fraction(budget, len(self.papers)) for _ in self.papers]
        self.left = set(range(len(profile.candidates)))

    def price(self, c: int) -> Fraction | None:
        money = sorted(m for m, named in zip(self.money, self.papers, strict=True) if c in named)
        paid = Fraction(0)
        for n, amount in enumerate(money):
            share = (1 - paid) / (len(money) - n)
            if share <= amount:
                return share
            paid += amount
        return None

    def first(self) -> tuple[list[int], Fraction | None]:
        prices = {c: price for c in self.left if (price := self.price(c)) is not None}
        lowest = min(prices.values(), default=None)
        return sorted(c for c in prices if prices[c] == lowest), lowest

    def pay(self, c: int, price: Fraction) -> None:
        self.money = [
            max(Fraction(0), m - price) if c in named else m for m, named in zip(self.money, self.papers, strict=True)
        ]
        self.left.discard(c)


def follow(slow: Slow, stages: tuple[sheet.Stage, ...], most: int) -> int:
    """Follow the purchases and return how many there are."""
    for number, stage in enumerate(stages[:most]):
        first, price = slow.first()
        if price is None:
            return number
        (elected,) = stage.elected
        assert elected in first and stage.totals[elected] == price
        assert (list(stage.tie.candidates) if stage.tie else [elected]) == first
        assert "is bought by the" in stage.sentence
        slow.pay(elected, price)
    return min(most, len(stages))


def support(slow: Slow, c: int) -> int:
    return sum(1 for named in slow.papers if c in named)


def check_most_approved(slow: Slow, stages: tuple[sheet.Stage, ...]) -> None:
    for stage in stages:
        (elected,) = stage.elected
        most = max(support(slow, c) for c in slow.left)
        first = sorted(c for c in slow.left if support(slow, c) == most)
        assert elected in first and (list(stage.tie.candidates) if stage.tie else [elected]) == first
        slow.left.discard(elected)


def nonblank(profile: Profile) -> bool:
    return any(named for _, named in profile.ballots)


@settings(max_examples=150)
@given(approvals().filter(nonblank), st.integers(1, 5))
def test_purchases_then_the_most_approved(profile: Profile, seats: int) -> None:
    found = equal_shares_utilitarian.count(profile, seats=seats, lot=LOT)
    slow = Slow(profile, seats)
    check_most_approved(slow, found.stages[follow(slow, found.stages, seats) :])


@settings(max_examples=150)
@given(approvals().filter(nonblank), st.integers(1, 5))
def test_purchases_then_phragmen_from_what_is_left(profile: Profile, seats: int) -> None:
    found = equal_shares_phragmen.count(profile, seats=seats, lot=LOT)
    slow = Slow(profile, seats)
    time = Fraction(0)
    for stage in found.stages[follow(slow, found.stages, seats) :]:
        (elected,) = stage.elected
        wait = {
            c: (1 - sum((m for m, n in zip(slow.money, slow.papers, strict=True) if c in n), Fraction(0)))
            / support(slow, c)
            for c in slow.left
            if support(slow, c)
        }
        soonest = min(wait.values(), default=Fraction(0))
        first = sorted(c for c in slow.left if wait.get(c) == soonest) if wait else sorted(slow.left)
        assert elected in first and (list(stage.tie.candidates) if stage.tie else [elected]) == first
        assert (stage.tie is None) == (len(first) == 1)
        time += soonest
        slow.money = [m + soonest for m in slow.money]
        if wait:
            assert stage.totals[elected] == time
            slow.money = [Fraction(0) if elected in n else m for m, n in zip(slow.money, slow.papers, strict=True)]
        slow.left.discard(elected)


@settings(max_examples=150)
@given(approvals().filter(nonblank), st.integers(1, 5))
def test_purchases_with_the_most_money_that_does_not_buy_too_many_then_the_most_approved(
    profile: Profile, seats: int
) -> None:
    found = equal_shares_add_one.count(profile, seats=seats, lot=LOT)
    bought = sum("is bought by the" in stage.sentence for stage in found.stages)
    lots = [stage for stage in found.stages if stage.tie is not None]
    papers = sum(weight for weight, named in profile.ballots if named)
    budget = seats
    if not lots:
        # Without ties each budget buys one outcome, found here by the slow reading.
        def outcome(money: int) -> list[int] | None:
            slow, elected = Slow(profile, money), []
            while (first := slow.first())[1] is not None:
                if len(first[0]) > 1:
                    return None
                elected.append(first[0][0])
                slow.pay(first[0][0], first[1])
            return elected

        stands = outcome(seats)
        while stands is not None and len(stands) < seats and budget < papers:
            further = outcome(budget + 1)
            if further is None or len(further) > seats:
                break
            stands, budget = further, budget + 1
        if stands is not None and (budget == papers or outcome(budget + 1) is not None or len(stands) == seats):
            assert list(found.winners[:bought]) == stands
            slow = Slow(profile, budget)
            follow(slow, found.stages, bought)
            check_most_approved(slow, found.stages[bought:])


def test_the_completions_differ() -> None:
    # Each of 10 papers has 0.2: nobody can be bought. A and B have 0.8 first; then D, E 0.75, before B has it again.
    profile = Profile(tuple("ABDE"), ((4, (0, 1)), (3, (2,)), (3, (3,))))
    by_phragmen = equal_shares_phragmen.count(profile, seats=2, lot=ties.Hand((0, 2)))
    assert by_phragmen.winners == (0, 2)
    by_approval = equal_shares_utilitarian.count(profile, seats=2, lot=ties.Hand((0,)))
    assert by_approval.winners == (0, 1)
