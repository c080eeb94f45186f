"""Faults of matters: quorums and thresholds never met, ties that block, silence read in two ways, no movers."""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.fault import Fault, is_seated, quoted
from comitia.charter.structure import Charter, Kind, Matter

_HALF = Fraction(1, 2)
_NEEDED = ("plan", "plan-cut", "claims")
"""Effects without which no season goes on: a tie there blocks more than a wish."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the matters."""
    for matter in charter.matters.values():
        deciding = tuple(charter.kinds[k] for k in matter.decided_by if k in charter.kinds)
        yield from _movers(charter, matter)
        yield from _deciders(charter, matter, deciding)
        yield from _quorum(matter, deciding)
        yield from _threshold(matter)
        yield from _tie(matter, deciding)
        yield from _exit(charter, matter)
        yield from _silence(matter)
    yield from _two_silences(charter)


def _fault(matter: Matter, name: str, reason: str, example: str, repair: str) -> Fault:
    return Fault(name, matter.line, matter.article, f"“{matter.name}”: {reason}", example, repair)


def _movers(charter: Charter, matter: Matter) -> Iterator[Fault]:
    known = [m for m in matter.movers if m == "member" or m in charter.kinds]
    permission = charter.permissions.get("motion_moved")
    # A kind of form "all" is moved for by its members: they act as "member".
    allowed = permission is not None and ("member" in permission.by or bool(set(known) & set(permission.by)))
    if not known or not allowed:
        yield _fault(
            matter,
            "nobody-may-move",
            "nobody may move it." if not known else "the permission for motion_moved leaves out all its movers.",
            "The article promises a decision that nobody can ever ask for.",
            'Name at least one mover, for instance movers = ["member"], and let motion_moved be done by "member".',
        )


def _deciders(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    if not matter.decided_by:
        yield _fault(
            matter,
            "nobody-decides",
            "no body decides it.",
            "A motion is moved, and no vote on it is ever opened.",
            "Name the body or bodies that must carry it: decided_by = […]",
        )
    votes = charter.permissions.get("vote_cast")
    for kind in deciding:
        if kind.form == "elected" and (votes is None or kind.id not in votes.by):
            yield _fault(
                matter,
                "nobody-may-vote",
                f"the {kind.name} must carry it, but the permission for vote_cast leaves it out.",
                f"The division of the {kind.name} closes without a vote, and everything falls.",
                f"Add “{kind.id}” to the permission for vote_cast.",
            )
        if kind.office:
            yield _fault(
                matter,
                "office-decides",
                f"the {kind.name} is an office, and offices carry out what others decide.",
                "One person decides for all, and calls it administration.",
                f"Let a body decide it, or set office = false for “{kind.id}” and answer for that.",
            )


def _quorum(matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    seated = tuple(kind.name for kind in deciding if is_seated(kind))
    if seated and matter.quorum > 0 and matter.quorum_base == "members":
        yield _fault(
            matter,
            "quorum-never-met",
            f"the quorum is counted on members, but only seats vote in {quoted(seated)}.",
            f"With 200 members and 12 seats, a quorum of {matter.quorum} asks for more people than can be present.",
            'Count it on the seats filled: quorum_base = "filled".',
        )
    if matter.quorum == 1 and not all(_is_single(kind) for kind in deciding):
        yield _fault(
            matter,
            "quorum-never-met",
            "everybody must take part.",
            "One person who is ill, or stays away on purpose, stops every decision.",
            "Ask for a share that comes to votes, for instance one half.",
        )


def _is_single(kind: Kind) -> bool:
    return kind.seats is not None and kind.seats.fixed == 1 and not kind.constituencies


def _threshold(matter: Matter) -> Iterator[Fault]:
    if matter.strict and matter.threshold == 1:
        yield _fault(
            matter,
            "threshold-never-met",
            "it asks for more than all votes.",
            "Everybody votes for it, and it still falls.",
            'Use at_least = "1" for unanimity, or a smaller share.',
        )
    if matter.alone is not None and matter.alone.threshold == 1:
        yield _fault(
            matter,
            "threshold-never-met",
            "the way out of a deadlock asks for more than all seats.",
            "The houses disagree, and the way out is shut.",
            'Use deadlock_more_than = "2/3" or less.',
        )
    if matter.threshold < _HALF or (matter.threshold == _HALF and not matter.strict):
        yield _fault(
            matter,
            "both-sides-carry",
            f"{'more than' if matter.strict else 'at least'} {matter.threshold} carries it, so a motion and its "
            "opposite can both be carried.",
            "At ten to ten the motion is carried; so is the motion to do the opposite, five minutes later.",
            'Use more_than = "1/2", or a larger share.',
        )


def _tie(matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    if matter.tie != "fails" or matter.threshold != _HALF or not matter.strict or matter.exits:
        return
    for kind in deciding:
        even = kind.seats is not None and kind.seats.fixed is not None and kind.seats.fixed % 2 == 0
        even = even and not kind.constituencies
        needed = matter.effect in _NEEDED and is_seated(kind)
        if even or needed:
            seats = f"has {kind.seats.fixed} seats" if even and kind.seats else "may have an even number of seats"
            yield _fault(
                matter,
                "tie-blocks",
                f"the {kind.name} {seats}, an equal vote fails, and there is no way out.",
                "Two halves of equal size face each other: nothing is decided, this season and every season.",
                "Give it an odd number of seats, or name a joint body under deadlock, with its deadlock_more_than.",
            )


def _exit(charter: Charter, matter: Matter) -> Iterator[Fault]:
    exit_ = charter.kinds.get(matter.alone.body) if matter.alone else None
    if exit_ is None:
        return
    left_out = tuple(k for k in matter.decided_by if k not in exit_.houses and k != exit_.id)
    if exit_.form != "joint":
        reason = f"the way out of a deadlock is the {exit_.name}, in which the houses do not sit together."
    elif left_out:
        reason = f"the way out of a deadlock, the {exit_.name}, leaves out {quoted(left_out)}."
    else:
        return
    yield _fault(
        matter,
        "exit-leaves-out",
        reason,
        "A body says no, the others call it a deadlock and decide without it: its consent was worth nothing.",
        "Name a joint body in which all the deciding bodies sit.",
    )


def _silence(matter: Matter) -> Iterator[Fault]:
    if matter.silence == "abstains" and matter.quorum > 0:
        yield _fault(
            matter,
            "silence-contradicts",
            "silence counts as abstaining, so those who are silent take part, and the quorum is always met.",
            "Three of fifty vote; forty-seven who know nothing of it are counted as present.",
            'Use silence = "absent", or quorum = "0" and say that there is none.',
        )
    if matter.silence == "abstains" and not matter.no_counts_to_quorum:
        yield _fault(
            matter,
            "silence-contradicts",
            "those who are silent count to the quorum, those who vote against do not.",
            "Opponents who speak are not there; opponents who sleep are.",
            "Let votes against count to the quorum: no_counts_to_quorum = true.",
        )


def _two_silences(charter: Charter) -> Iterator[Fault]:
    first: dict[str, Matter] = {}
    for matter in charter.matters.values():
        for name in matter.decided_by:
            other = first.setdefault(name, matter)
            if other.silence != matter.silence:
                yield _fault(
                    matter,
                    "silence-contradicts",
                    f"in “{name}” silence is {matter.silence} here, but {other.silence} for “{other.name}”.",
                    "The same people, silent in the same way, are present on one motion and absent on the next.",
                    "Choose one meaning of silence for each body.",
                )
