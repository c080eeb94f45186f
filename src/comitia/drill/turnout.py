"""How often a matter is carried when members are for it by chance, and come by chance: turnout, and two slates.

Every member is for the matter with the same chance, or, with a *spread*, with a chance that each group of the first
roll on which it is decided draws for itself (beta distribution). She comes to each of her assemblies with another
chance. Whoever is for it is one slate at every election, whoever is against it the other; each wins the seats that it
is sure of among those who came (``cost.py``). Seats of which neither is sure go to the one or the other: the two
answers *surely* and *at best*. Delegates vote as those did who elected them. An election that misses its turnout fills
no seat.

So it says what a rule does to opinions that are spread by chance. Nobody's opinion is so spread.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from comitia.charter.structure import CountingRule, Exit, Matter
from comitia.drill import bodies, capture, cells as counted, cost, montecarlo
from comitia.drill.bodies import Body, Federation
from comitia.drill.montecarlo import Whole, WrongQuestion

Yes = NDArray[np.bool_]

NAMES = ("carried surely", "carried at best", "carried against most", "stopped against most")
"""What is counted. *Most* are more than half of all members, whether they came or not."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """The cells whose members vote themselves."""

    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Seats filled together by those who vote in these bodies, given by their numbers; by no rule: vote for vote.

    ``least`` of them must come, or no seat is filled.
    """

    by: tuple[int, ...]
    seats: int
    rule: CountingRule | None
    least: int = 1


@dataclass(frozen=True, slots=True)
class House:
    """A body filled from below, part by part."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The votes of a body: surely for, at best for, and all that are cast; (draws,) each."""

    surely: Whole
    best: Whole
    cast: Whole


@dataclass(frozen=True, slots=True)
class Turnout:
    """The question.

    Attributes:
        bodies: assemblies and houses, each after those that fill it.
        sizes: members by cell; ``leaning``: the group by which each cell leans.
        demands: how many bodies of a kind must carry it, and their numbers with the votes that each has in all.
        alone: the body of the way out of a deadlock, and all its votes.
        support, coming: the chances to be for it, and to come; ``spread`` the standard deviation of support among
            groups.
    """

    bodies: tuple[Assembly | House, ...]
    sizes: tuple[int, ...]
    leaning: tuple[int, ...]
    matter: Matter
    demands: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    alone: tuple[int, int] | None
    support: float
    coming: float
    spread: float = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """What is counted."""
        return NAMES

    def count(self, draws: int, chance: Generator) -> Whole:
        """Return in how many draws it is carried surely, at best, against most, or stopped against most."""
        for_ = chance.binomial(np.array(self.sizes), self._supports(draws, chance), size=(draws, len(self.sizes)))
        against = np.array(self.sizes) - for_
        found: list[Sides] = []
        for body in self.bodies:
            if isinstance(body, Assembly):
                at = list(body.cells)
                yes = chance.binomial(for_[:, at].sum(axis=1), self.coming)
                no = chance.binomial(against[:, at].sum(axis=1), self.coming)
                found.append(Sides(yes, yes, yes + no))
            else:
                found.append(_seated(body, found, draws))
        surely = self._carried(found, best=False)
        best = self._carried(found, best=True)
        twice, whole = 2 * for_.sum(axis=1), sum(self.sizes)
        return np.array(
            [surely.sum(), best.sum(), (surely & (twice < whole)).sum(), (~best & (twice > whole)).sum()],
            dtype=np.int64,
        )

    def _supports(self, draws: int, chance: Generator) -> float | NDArray[np.float64]:
        if not self.spread:
            return self.support
        # Mean m and variance v: a + b = m (1 - m) / v - 1.
        both = self.support * (1 - self.support) / self.spread**2 - 1
        drawn = chance.beta(self.support * both, (1 - self.support) * both, size=(draws, max(self.leaning) + 1))
        return drawn[:, list(self.leaning)]

    def _carried(self, found: list[Sides], *, best: bool) -> Yes:
        kinds = []
        for least, of in self.demands:
            each = [_carries(self.matter, found[at], voters, best=best) for at, voters in of]
            kinds.append(np.sum(each, axis=0) >= least)
        whole: Yes = np.all(kinds, axis=0)
        if self.alone is not None and len(kinds) > 1:
            at, voters = self.alone
            step = self.matter.alone
            assert step is not None
            whole |= np.any(kinds, axis=0) & _carries_alone(step, found[at], voters, best=best)
        return whole


def of(federation: Federation, matter: Matter, *, support: float, coming: float, spread: float = 0.0) -> Turnout:
    """Return the question for a matter on these members.

    Raises:
        NoBody: a deciding body does not exist among these members.
        WrongQuestion: a chance outside 0 to 1, or a spread that no chances between 0 and 1 can have.
    """
    montecarlo.check_chance("support", support)
    montecarlo.check_chance("turnout", coming)
    if spread and not 0 < spread**2 < support * (1 - support):
        expected = f"0, or less than {(support * (1 - support)) ** 0.5:.3g} with this support"
        raise WrongQuestion(f"spread {spread:g}", expected)
    if matter.procedure != "vote" or matter.groups is not None:
        found_ = "a vote in which groups must approve too" if matter.groups else f"the procedure {matter.procedure}"
        raise WrongQuestion(f"{found_} for “{matter.name}”", "a matter that is put to a vote")
    rolls = capture.rolls(federation, matter)
    federation = Federation(federation.charter, counted.project(federation.cells, rolls), federation.others)
    cells = list(federation.cells.sizes)
    number = {cell: at for at, cell in enumerate(cells)}
    entered: dict[str, int] = {}
    found: list[Assembly | House] = []

    def enter(body: Body) -> int:
        if body.id not in entered:
            kind = bodies.kind_of(federation, body)
            new: Assembly | House
            if kind.form == "all":
                inside = counted.inside(federation.cells, kind.each, body.group)
                new = Assembly(tuple(number[cell] for cell in inside))
            elif kind.form == "joint":
                new = House(tuple(Part((enter(Body(house, "")),), 0, None) for house in kind.houses))
            else:
                turnout = kind.candidacy.turnout if kind.candidacy else Fraction(0)
                parts = []
                for one in bodies.constituencies(federation, body):
                    least = max(1, ceil(turnout * one.electors))
                    parts.append(Part(tuple(enter(below) for below in one.electing), one.seats, kind.rule, least))
                new = House(tuple(parts))
            entered[body.id] = len(found)
            found.append(new)
        return entered[body.id]

    demands = []
    for kind_id in matter.decided_by:
        standing = [body for body in bodies.of_kind(federation, kind_id) if bodies.voters(federation, body)]
        pairs = tuple((enter(body), bodies.voters(federation, body)) for body in standing)
        demands.append((cost.bodies_needed(matter), pairs))
    alone = None
    if matter.alone is not None and len(demands) > 1:
        exit_ = Body(matter.alone.body, "")
        alone = (enter(exit_), bodies.voters(federation, exit_))
    first = [cell[0] if cell else "" for cell in cells]
    leaning = {group: at for at, group in enumerate(dict.fromkeys(first))}
    return Turnout(
        tuple(found), tuple(federation.cells.sizes.values()), tuple(leaning[group] for group in first), matter,
        tuple(demands), alone, support, coming, spread,
    )  # fmt: skip


def _seated(house: House, below: list[Sides], draws: int) -> Sides:
    surely, best, cast = (np.zeros(draws, dtype=np.int64) for _ in range(3))
    for part in house.parts:
        came, yes, most = np.zeros_like(cast), np.zeros_like(cast), np.zeros_like(cast)
        for at in part.by:
            came, yes, most = came + below[at].cast, yes + below[at].surely, most + below[at].best
        if part.rule is None:
            surely, best, cast = surely + yes, best + most, cast + came
            continue
        valid = came >= part.least
        surely = surely + np.where(valid, _sure(part, came, yes), 0)
        best = best + np.where(valid, part.seats - _sure(part, came, came - most), 0)
        cast = cast + np.where(valid, part.seats, 0)
    return Sides(surely, best, cast)


def _sure(part: Part, came: Whole, votes: Whole) -> Whole:
    """Return of how many seats so many votes among those who came are sure."""
    assert part.rule is not None
    numbers, which = np.unique(came, return_inverse=True)
    found = np.zeros_like(votes)
    for seats in range(1, part.seats + 1):
        prices = np.array([_price(part.rule, max(1, n), part.seats, seats) for n in numbers.tolist()])
        found = np.where(votes >= prices[which], seats, found)
    return found


@lru_cache(maxsize=1_000_000)
def _price(rule: CountingRule, electors: int, seats: int, sure_of: int) -> int:
    return cost.seat_cost(rule, electors=electors, seats=seats, sure_of=sure_of)


def _carries(matter: Matter, sides: Sides, voters: int, *, best: bool) -> Yes:
    """Return in which draws a body carries the matter; as ``decide/verdict.py`` says it, without abstentions."""
    yes = sides.best if best else sides.surely
    no = sides.cast - yes
    silent = voters - sides.cast
    nobody = _all(silent, 0)
    abstaining = nobody
    present = sides.cast
    if matter.silence == "consents":
        yes, present = yes + silent, _all(silent, voters)
    elif matter.silence == "abstains":
        abstaining, present = silent, _all(silent, voters)
    quorum = matter.quorum if isinstance(matter.quorum, int) else ceil(matter.quorum * voters)
    counts = matter.abstentions_count_to_quorum is not False
    if matter.no_counts_to_quorum and counts:
        taking_part = present
    else:
        taking_part = yes + (no if matter.no_counts_to_quorum else nobody) + (abstaining if counts else nobody)
    match matter.base:
        case "members" | "seats" | "filled":
            base = _all(yes, voters)
        case "present":
            base = present
        case "cast":
            base = yes + no + (abstaining if matter.abstentions == "counted" else nobody)
        case "for_against":
            base = yes + no
    reached = _reached(yes, base, matter.threshold, strict=matter.strict) & (yes > 0)
    if matter.tie == "carries":
        reached |= (yes == no) & _reached(yes, base, matter.threshold, strict=False) & (yes > 0)
    elif matter.tie == "chair" and best:
        more = 1 if matter.base in ("present", "cast", "for_against") else 0
        reached |= (yes == no) & _reached(yes + 1, base + more, matter.threshold, strict=matter.strict)
    return reached & (taking_part >= quorum)


def _carries_alone(step: Exit, sides: Sides, voters: int, *, best: bool) -> Yes:
    yes = sides.best if best else sides.surely
    base = sides.cast if step.base in ("present", "cast", "for_against") else _all(yes, voters)
    return _reached(yes, base, step.threshold, strict=step.strict) & (yes > 0)


def _all(like: Whole, voters: int) -> Whole:
    return np.full(len(like), voters, dtype=np.int64)


def _reached(yes: Whole, base: Whole, share: Fraction, *, strict: bool) -> Yes:
    left, right = yes * share.denominator, base * share.numerator
    return left > right if strict else left >= right
