"""Hold and recovery: the fewest people who become unremovable, and the fewest of the base who can take a body back.

Time goes in ticks. Each post says who fills it, when it is filled anew, and who can recall its holder; what a group
holds at one tick decides what it holds at the next. The programme asks for the fewest people, in the base and in
office, with whom the group holds the target through the whole last cycle, so that what it holds then fills it again.
Posts that are alike are counted together: the size is the number of different posts. Solver: HiGHS (scipy).

- *open*: recall is used at every tick, so that the group must be safe from it all along;
- *stealth*: nobody uses recall until it is over, so that the group must be safe at the last tick only. The difference
  is the worth of vigilance.
- *recovery*: nobody in office helps, and only the base may be won. Infinite where the base cannot reach the target.

``check`` replays an answer tick by tick without a solver. All is sure for the group, on the rules as they are written
into the posts; what people would do is not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Mode = Literal["open", "stealth"]


class NotHeld(Exception):
    """The people of an answer do not hold the target."""

    def __init__(self, target: str, tick: int) -> None:
        self.target, self.tick = target, tick
        super().__init__(f"at tick {tick} these people do not hold “{target}”")


class Open(Exception):
    """The solver came to no end in the time given."""

    def __init__(self, target: str, seconds: float) -> None:
        self.target, self.seconds = target, seconds
        super().__init__(f"who holds “{target}” was not settled in {seconds:g} s; give it more time")


@dataclass(frozen=True, slots=True)
class Base:
    """Assemblies that are alike: how many, and how many people decide in each."""

    id: str
    alike: int
    people: int


@dataclass(frozen=True, slots=True)
class Clause:
    """So many votes out of these: by the id of a base or post, the votes of each of those alike."""

    need: int
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Post:
    """Bodies or offices that are alike.

    Attributes:
        majority: how many of its holders decide in it; so many people hold it from the start.
        filled: all these clauses must be met by the group to fill it: its electors, and any gate or nominator. Where
            several posts alike are filled, one of a source alike fills one of them, a single source all of them.
        period, phase: it is filled anew at ticks equal to ``phase`` modulo ``period``.
        recall: the group must keep its opponents from reaching this clause; of posts alike, each may be recalled by the
            one of its source.
    """

    id: str
    alike: int
    majority: int
    filled: tuple[Clause, ...]
    period: int = 1
    phase: int = 0
    recall: Clause | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The assemblies and posts of a charter. Ticks: two longest periods, of which the last must be held."""

    bases: tuple[Base, ...]
    posts: tuple[Post, ...]

    @property
    def cycle(self) -> int:
        """The longest period."""
        return max(post.period for post in self.posts)

    @property
    def ticks(self) -> int:
        """How many ticks are looked ahead: as many as posts may follow each other, and one cycle to hold."""
        return (len(self.posts) + 1) * self.cycle


@dataclass(frozen=True, slots=True)
class Held:
    """An answer: the fewest people (infinite: nobody can), and where: in each base and post how many of those alike."""

    people: float
    bound: float
    won: Mapping[str, int] = field(default_factory=dict)
    seeds: Mapping[str, int] = field(default_factory=dict)

    def arithmetic(self, calendar: Calendar) -> str:
        """Return the reckoning by hand."""
        terms: dict[tuple[str, int], int] = {}
        for base in calendar.bases:
            key = (base.id.partition("/")[0], base.people)
            terms[key] = terms.get(key, 0) + self.won.get(base.id, 0)
        for post in calendar.posts:
            key = (post.id.partition("/")[0], post.majority)
            terms[key] = terms.get(key, 0) + self.seeds.get(post.id, 0)
        added = [f"{number} × {people} in {name}" for (name, people), number in terms.items() if number]
        return " + ".join(added) + f" = {self.people:g}" if added else "nobody can"


def hold(calendar: Calendar, target: str, *, mode: Mode, seconds: float) -> Held:
    """Return the fewest people who become unremovable in a post.

    Raises:
        Open: the solver came to no end in that time.
    """
    return _solved(calendar, target, mode=mode, in_office=True, seconds=seconds)


def recover(calendar: Calendar, target: str, *, seconds: float) -> Held:
    """Return the fewest of the base who can fill a post, with everybody in office against them.

    Raises:
        Open: the solver came to no end in that time.
    """
    return _solved(calendar, target, mode="stealth", in_office=False, seconds=seconds)


def _solved(calendar: Calendar, target: str, *, mode: Mode, in_office: bool, seconds: float) -> Held:
    ticks = calendar.ticks
    alike = _alike(calendar)
    column = {b.id: at for at, b in enumerate(calendar.bases)}
    width = len(calendar.bases)
    at_tick = {
        (post.id, tick): width + number * (ticks + 1) + tick
        for number, post in enumerate(calendar.posts)
        for tick in range(ticks + 1)
    }
    upper = np.array(
        [b.alike for b in calendar.bases] + [p.alike for p in calendar.posts for _ in range(ticks + 1)], dtype=float
    )
    cost = np.zeros(len(upper))
    cost[:width] = [b.people for b in calendar.bases]
    rows: list[tuple[dict[int, float], float]] = []

    def place(name: str, tick: int) -> int:
        return column[name] if name in column else at_tick[name, tick]

    for post in calendar.posts:
        start = at_tick[post.id, 0]
        cost[start] = post.majority
        upper[start] = post.alike if in_office else 0
        for tick in range(1, ticks + 1):
            here = at_tick[post.id, tick]
            if tick % post.period != post.phase % post.period:
                rows.append(({here: -1.0, at_tick[post.id, tick - 1]: 1.0}, 0.0))
            else:
                for clause in post.filled:
                    if post.alike == 1:
                        terms = {place(n, tick - 1): float(v) for n, v in clause.votes.items()}
                        rows.append((terms | {here: -float(clause.need)}, 0.0))
                    else:
                        # One of a source alike fills one of these; a single source fills all of them.
                        terms = {place(n, tick - 1): post.alike / alike[n] for n in clause.votes}
                        rows.append((terms | {here: -1.0}, 0.0))
            if post.recall is not None and in_office and (mode == "open" or tick == ticks):
                votes = sum(v * alike[n] for n, v in post.recall.votes.items())
                safe = 1.0 if post.alike > 1 else votes - post.recall.need + 1
                each = {n: post.alike / alike[n] if post.alike > 1 else v for n, v in post.recall.votes.items()}
                rows.append(({place(n, tick - 1): float(f) for n, f in each.items()} | {here: -float(safe)}, 0.0))
    first = ticks - calendar.cycle + 1 if in_office else ticks
    lower = np.zeros(len(upper))
    for tick in range(first, ticks + 1):
        lower[at_tick[target, tick]] = alike[target]
    matrix = np.zeros((len(rows), len(upper)))
    for number, (terms, _) in enumerate(rows):
        for variable, value in terms.items():
            matrix[number, variable] = value
    solved = milp(
        cost,
        integrality=np.ones(len(upper), dtype=np.int64),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(matrix, np.zeros(len(rows)), inf),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.status == 2 or np.any(lower > upper):
        return Held(inf, inf)
    if solved.status != 0:
        raise Open(target, seconds)
    won = {b.id: round(solved.x[column[b.id]]) for b in calendar.bases}
    seeds = {p.id: round(solved.x[at_tick[p.id, 0]]) for p in calendar.posts}
    people = sum(won[b.id] * b.people for b in calendar.bases) + sum(seeds[p.id] * p.majority for p in calendar.posts)
    found = Held(people, people, won, seeds)
    check(calendar, target, found, mode=mode, recovering=not in_office)
    return found


def check(calendar: Calendar, target: str, found: Held, *, mode: Mode, recovering: bool) -> None:
    """Replay an answer tick by tick.

    Raises:
        NotHeld: the target is not held when it should be.
    """
    alike = _alike(calendar)
    now = {b.id: found.won.get(b.id, 0) for b in calendar.bases}
    now |= {p.id: found.seeds.get(p.id, 0) for p in calendar.posts}
    for tick in range(1, calendar.ticks + 1):
        after = dict(now)
        late = tick > calendar.ticks - calendar.cycle
        for post in calendar.posts:
            held = now[post.id]
            if tick % post.period == post.phase % post.period:
                held = min((_filled(post, clause, now, alike) for clause in post.filled), default=0)
            if post.recall is not None and not recovering and (mode == "open" or tick == calendar.ticks):
                held = min(held, _safe(post, post.recall, now, alike))
            after[post.id] = held
        now = after
        if now[target] < alike[target] and (tick == calendar.ticks if recovering else late):
            raise NotHeld(target, tick)


def _alike(calendar: Calendar) -> dict[str, int]:
    return {b.id: b.alike for b in calendar.bases} | {p.id: p.alike for p in calendar.posts}


def _safe(post: Post, recall: Clause, now: Mapping[str, int], alike: Mapping[str, int]) -> int:
    """Return how many of a post the opponents cannot recall."""
    if post.alike > 1:
        return _filled(post, recall, now, alike)
    return int(sum(v * (alike[n] - now[n]) for n, v in recall.votes.items()) < recall.need)


def _filled(post: Post, clause: Clause, now: Mapping[str, int], alike: Mapping[str, int]) -> int:
    if post.alike == 1:
        return int(sum(v * now[n] for n, v in clause.votes.items()) >= clause.need)
    return min(post.alike, sum(now[n] * post.alike // alike[n] for n in clause.votes))
