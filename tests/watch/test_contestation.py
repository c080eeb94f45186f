import json
from fractions import Fraction

import lived
from small import SEED, Small, founded, name, publish

from comitia.federation import acts, moment
from comitia.watch import contestation
from comitia.watch.view import View


def assembly_elects(small: Small, candidates: list[str], firsts: list[int], *, voters: int) -> None:
    """Let the members of the mill elect five of these, so many papers with each in first place."""
    election = f"e-{small.at[:10]}"
    until = moment.after(small.at, days=7)
    closes = moment.after(until, days=7)
    electorate = sorted(m for m, of in small.state.members.items() if of.groups["workplace"] == "mill")
    small.do(
        acts.ElectionOpened(
            at=small.at, by=electorate[0], body="committee/mill", election=election, constituency="assembly/mill",
            vacant_only=False, nominations_until=until, closes_at=closes, lot=name(SEED.encode()),
        )
    )  # fmt: skip
    for candidate in candidates:
        small.do(acts.CandidateNominated(at=small.at, by=candidate, election=election, candidate=candidate))
    small.at = until
    for member in electorate[:voters]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=election, member=member))
    small.at = closes
    choices = [json.dumps([c]) for c, n in zip(candidates, firsts, strict=True) for _ in range(n)]
    publish(small, election, choices, seed=SEED)


def mill(members: int) -> tuple[Small, list[str]]:
    small = founded(members)
    return small, sorted(m for m, of in small.state.members.items() if of.groups["workplace"] == "mill")


def test_seven_stand_for_five_seats_and_two_holders_are_beaten_a_year_later() -> None:
    small, people = mill(60)
    first, second = people[:7], [*people[3:10]]
    assembly_elects(small, first, [4, 4, 4, 3, 3, 1, 1], voters=20)
    small.wait(360)
    # Holders 4 and 5 stand again, and nobody votes for them.
    assembly_elects(small, second, [0, 0, 4, 4, 4, 4, 4], voters=20)
    contested, per_seat, closeness, defeats, *kinds = contestation.readings(lived.view(small))

    assert (contested.count, contested.of, contested.value) == (5, 5, 1)
    assert (per_seat.value, per_seat.count, per_seat.of) == (Fraction(7, 5), 7, 5)
    # The last elected has 4 of 20 papers, the first not elected none.
    assert (closeness.value, closeness.of) == (Fraction(4, 5), 1)
    assert closeness.sentence == "In 1 contested elections the last elected led by 20 % on average."
    assert (defeats.count, defeats.of, defeats.acts) == (2, 2, (len(small.done) - 1,))
    assert kinds == []


def test_of_fewer_than_ten_voters_no_margin_is_said() -> None:
    small, people = mill(24)
    assembly_elects(small, people[:7], [1, 1, 1, 1, 1, 0, 0], voters=5)
    _, _, closeness, _ = contestation.readings(lived.view(small))

    assert closeness.value is None
    assert closeness.sentence == "No contested election to tell of. 1 with fewer than 10 voters are withheld."


def test_elections_with_one_name_for_each_seat_are_told_kind_by_kind(above: View) -> None:
    contested, *_ = found = contestation.readings(above)

    assert (contested.count, contested.of) == (0, 41)
    assert [(r.body, r.of) for r in found[4:]] == [
        ("district-conference", 2),
        ("provincial-conference", 1),
        ("congress", 1),
        ("central-committee", 27),
        ("politburo", 7),
        ("secretariat", 3),
    ]
    assert found[4].sentence == ("0 of 2 seats of district conferences put to election had more candidates than seats.")
