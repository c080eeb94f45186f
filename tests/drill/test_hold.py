"""The stylised party of table P35: 90 provinces of 6 districts of 30 cells of 45 members; and calendars at random."""

import itertools
import random
from math import inf

import pytest

from comitia.drill import hold
from comitia.drill.hold import Base, Calendar, Clause, Held, NotHeld, Post

PROVINCE = 4 * 16 * 23


def party(appointed: int, *, ballot: bool = False, recall: bool = False) -> Calendar:
    """Return the party with so many provinces whose secretary the secretariat appoints, the others elected.

    Secretaries are moved at any time, all others renewed once in five ticks, one after the other from below.

    A province's secretary leads its delegation, unless delegates are chosen by the members' ballot. With recall, the
    members of most provinces may recall the secretariat, and a delegation must be filled by members and secretary both.
    """
    elected = 90 - appointed
    both = (Base("free provinces", elected, PROVINCE), Base("provinces", appointed, PROVINCE))
    bases = tuple(base for base in both if base.alike)
    names = {base.id: 1 for base in bases}
    posts = []
    delegations: dict[str, int] = {}
    if elected:
        posts.append(Post("free delegations", elected, 0, (Clause(1, {"free provinces": 1}),)))
        delegations["free delegations"] = 1
    if appointed:
        posts.append(Post("secretaries", appointed, 1, (Clause(1, {"secretariat": 1}),)))
        by_members, by_secretary = Clause(1, {"provinces": 1}), Clause(1, {"secretaries": 1})
        filled = (by_members,) if ballot else (by_secretary,)
        posts.append(
            Post("delegations", appointed, 8, filled, period=5, phase=2, recall=by_members if recall else None)
        )
        delegations["delegations"] = 1
    members = Clause(46, names) if recall else None
    posts.append(Post("congress", 1, 10**6, (Clause(46, delegations),), period=5, phase=3))
    posts.append(Post("central committee", 1, 14, (Clause(1, {"congress": 1}),), period=5, phase=4, recall=members))
    posts.append(Post("secretariat", 1, 2, (Clause(1, {"central committee": 1}),), period=5, phase=0, recall=members))
    return Calendar(bases, tuple(posts))


@pytest.mark.parametrize(
    ("calendar", "held", "back"),
    [
        (party(0), 67_712, 67_712),
        (party(30), 23_554, 67_712),
        (party(45), 1_474, inf),
        (party(46), 2, inf),
        (party(90), 2, inf),
        (party(90, ballot=True), 67_712, 67_712),
    ],
)
def test_p35_at_a_third_a_half_and_beyond(calendar: Calendar, held: int, back: float) -> None:
    assert PROVINCE == 1472
    found = hold.hold(calendar, "secretariat", mode="stealth", seconds=30)

    assert (found.people, found.bound) == (held, held)
    assert hold.recover(calendar, "secretariat", seconds=30).people == back


def test_p35_recall_without_nomination_empties_the_chair_and_cannot_fill_it() -> None:
    calendar = party(90, recall=True)

    assert hold.hold(calendar, "secretariat", mode="stealth", seconds=30).people == 45 * PROVINCE + 2 == 66_242
    assert hold.hold(calendar, "secretariat", mode="open", seconds=30).people == 46 * PROVINCE + 2 == 67_714
    assert hold.recover(calendar, "secretariat", seconds=30).people == inf


def test_p35_the_reckoning_is_shown() -> None:
    calendar = party(45)
    found = hold.hold(calendar, "secretariat", mode="open", seconds=30)

    assert found.arithmetic(calendar) == "1 × 1472 in free provinces + 1 × 2 in secretariat = 1474"
    assert hold.recover(calendar, "secretariat", seconds=30).arithmetic(calendar) == "nobody can"
    with pytest.raises(NotHeld):
        hold.check(calendar, "secretariat", Held(2, 2, {}, {"secretariat": 1}), mode="open", recovering=False)


def at_random(chance: random.Random) -> Calendar:
    """Return three assemblies and three posts that fill each other."""
    bases = tuple(Base(f"base-{n}", 1, chance.randint(1, 9)) for n in range(3))
    names = [*(base.id for base in bases), "post-0", "post-1", "post-2"]
    posts = []
    for number in range(3):
        chosen = chance.sample(names, chance.randint(1, 3))
        filled = [Clause(chance.randint(1, len(chosen)), dict.fromkeys(chosen, 1))]
        if chance.random() < 0.3:
            filled.append(Clause(1, {chance.choice(names): 1}))
        recall = Clause(chance.randint(1, 3), {base.id: 1 for base in bases}) if chance.random() < 0.4 else None
        period = chance.choice([1, 1, 2])
        phase = chance.randrange(period)
        posts.append(Post(f"post-{number}", 1, chance.randint(1, 9), tuple(filled), period, phase, recall))
    return Calendar(bases, tuple(posts))


def by_trying_all(calendar: Calendar, mode: hold.Mode, *, recovering: bool) -> float:
    best = inf
    for won in itertools.product((0, 1), repeat=3):
        for seeds in itertools.product((0, 1), repeat=0 if recovering else 3):
            found = Held(
                sum(w * b.people for w, b in zip(won, calendar.bases, strict=True))
                + sum(s * p.majority for s, p in zip(seeds, calendar.posts, strict=False)),
                0,
                {b.id: w for w, b in zip(won, calendar.bases, strict=True)},
                {p.id: s for s, p in zip(seeds, calendar.posts, strict=False)},
            )
            try:
                hold.check(calendar, "post-0", found, mode=mode, recovering=recovering)
            except NotHeld:
                continue
            best = min(best, found.people)
    return best


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(60, 2000), marks=pytest.mark.slow)])
def test_no_fewer_hold_or_take_back_when_all_are_tried(seeds: range) -> None:
    for seed in seeds:
        calendar = at_random(random.Random(seed))
        for mode in ("open", "stealth"):
            assert hold.hold(calendar, "post-0", mode=mode, seconds=30).people == by_trying_all(
                calendar, mode, recovering=False
            ), (seed, mode)
        back = hold.recover(calendar, "post-0", seconds=30).people
        assert back == by_trying_all(calendar, "stealth", recovering=True), seed
