"""Faults of matters: who moves and decides them, thresholds and bases never met, ties that block, vacancies."""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.fault import Fault, at, is_cut_off, is_seated, needed, seats_known
from comitia.charter.structure import Charter, Kind, Matter

_HALF = Fraction(1, 2)
_NEEDED = ("plan", "plan-cut", "claims")
"""Effects without which no season goes on: a tie there blocks more than a wish."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the matters, apart from silence, quorum, ways out and appeals."""
    for matter in charter.matters.values():
        deciding = tuple(charter.kinds[k] for k in matter.decided_by if k in charter.kinds)
        yield from _movers(charter, matter)
        yield from _deciders(charter, matter, deciding)
        if matter.procedure == "vote":
            yield from _threshold(matter)
            yield from _base(matter, deciding)
            yield from _tie(charter, matter, deciding)
            yield from _chair(charter, matter, deciding)
            yield from _vacancies(charter, matter, deciding)


def _movers(charter: Charter, matter: Matter) -> Iterator[Fault]:
    known = [m for m in matter.movers if m == "member" or m in charter.kinds]
    permission = charter.permissions.get("motion_moved")
    # A kind of form "all" is moved for by its members: they act as "member".
    allowed = permission is not None and ("member" in permission.by or bool(set(known) & set(permission.by)))
    if not known or not allowed:
        lacks = "nobody may move it" if not known else "the permission for motion_moved leaves out all its movers"
        yield at(
            matter,
            "nobody-may-move",
            reason=f"“{matter.name}”: {lacks}.",
            harm="The article promises a decision that nobody can ever ask for.",
            repair='Name at least one mover, for instance movers = ["member"], and let motion_moved be done by '
            '"member".',
        )
    elif all(m != "member" and is_cut_off(charter, charter.kinds[m]) for m in known):
        yield at(
            matter,
            "chokepoint",
            reason=f"“{matter.name}”: only {', '.join(known)} may move it, and nobody whom members elect fills those "
            "seats.",
            harm="What it does not want to hear is never put to the vote.",
            repair='Add "member", or a body that members elect, to its movers.',
        )


def _deciders(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    if not matter.decided_by:
        yield at(
            matter,
            "nobody-decides",
            reason=f"“{matter.name}”: no body decides it.",
            harm="A motion is moved, and no vote on it is ever opened.",
            repair="Name the body or bodies that must carry it: decided_by = […]",
        )
    for kind in deciding:
        if kind.office:
            yield at(
                matter,
                "office-decides",
                reason=f"“{matter.name}”: the {kind.name} is an office, and offices carry out what others decide.",
                harm="One person decides for all, and calls it administration.",
                repair=f"Let a body decide it, or set office = false for “{kind.id}” and answer for that.",
            )
        if len(deciding) > 1 and is_cut_off(charter, kind):
            yield at(
                matter,
                "chokepoint",
                reason=f"“{matter.name}”: nothing is carried without the {kind.name}, which no chain of elections "
                "connects with the members.",
                harm="Everybody else is of one mind, and the few who were never elected say no.",
                repair=f"Take “{kind.id}” out of decided_by, or let members elect it.",
            )


def _threshold(matter: Matter) -> Iterator[Fault]:
    if matter.strict and matter.threshold == 1:
        yield at(
            matter,
            "threshold-never-met",
            reason=f"“{matter.name}”: it asks for more than all votes.",
            harm="Everybody votes for it, and it still falls.",
            repair='Use a share that can be exceeded, for instance more_than = "2/3".',
        )
    elif matter.threshold == 1:
        yield at(
            matter,
            "one-stops-all",
            reason=f"“{matter.name}”: it asks for every single vote.",
            harm="One person, bought or stubborn, keeps everything as it is for ever.",
            repair='Use at_least = "3/4".',
        )
    if matter.effect == "admissibility":
        # Here a minority may stop a motion that nobody may decide; the opposite is not moved.
        return
    minority = matter.threshold < _HALF or (matter.threshold == _HALF and not matter.strict)
    if minority or (matter.threshold == _HALF and matter.tie == "carries"):
        share = f"{'more than' if matter.strict else 'at least'} {matter.threshold}"
        what = f"{share} carries it" if minority else "an equal vote carries it"
        yield at(
            matter,
            "both-sides-carry",
            reason=f"“{matter.name}”: {what}, so a motion and its opposite can both be carried.",
            harm="At ten to ten the motion is carried; so is the motion to do the opposite, five minutes later.",
            repair='Use more_than = "1/2" and tie = "fails", or a larger share.',
        )


def _base(matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    assemblies = tuple(kind for kind in deciding if not is_seated(kind))
    seated = tuple(kind for kind in deciding if is_seated(kind))
    quorum = isinstance(matter.quorum, Fraction) and matter.quorum > 0 and matter.quorum_base == "seats"
    if assemblies and (matter.base == "seats" or quorum):
        yield at(
            matter,
            "base-empty",
            reason=f"“{matter.name}”: its {'majority' if matter.base == 'seats' else 'quorum'} is counted on seats, "
            "but "
            f"the {assemblies[0].name} has none.",
            harm="The share of nothing is nothing: a single vote is a majority.",
            repair='Use base = "members" and quorum_base = "members".',
        )
    if seated and matter.base == "members":
        yield at(
            matter,
            "threshold-never-met",
            reason=f"“{matter.name}”: its majority is counted on members, but only seats vote in the {seated[0].name}.",
            harm="Of 200 members more than 100 would have to vote for it, and 12 sit there.",
            repair='Use base = "filled".',
        )


def _tie(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    # A way out opens only where some bodies carried it and some did not.
    way_out = matter.exits and len(matter.decided_by) > 1
    if matter.tie != "fails" or matter.threshold != _HALF or not matter.strict or way_out:
        return
    for kind in deciding:
        seats = seats_known(charter, kind)
        even = seats is not None and seats % 2 == 0
        if even or (matter.effect in _NEEDED and is_seated(kind)):
            has = f"has {seats} seats" if even else "may have an even number of seats"
            yield at(
                matter,
                "tie-blocks",
                reason=f"“{matter.name}”: the {kind.name} {has}, an equal vote fails, and there is no way out.",
                harm="Two halves of equal size face each other: nothing is decided, this season and every season.",
                repair="Give it an odd number of seats, or let several bodies decide and name a joint body under "
                "exits.",
            )


def _chair(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    for kind in deciding if matter.tie == "chair" else ():
        chair = charter.kinds.get(kind.chair)
        if chair is None:
            why = f"the {kind.name} has no chair"
        elif chair.seats is None or chair.seats.fixed != 1 or chair.constituencies:
            why = f"the {chair.name}, who chairs the {kind.name}, is more than one person"
        else:
            continue
        yield at(
            matter,
            "tie-without-chair",
            reason=f"“{matter.name}”: at an equal vote the chair decides, but {why}.",
            harm="At seven to seven everybody looks at a chair that is empty, or at two who disagree.",
            repair=f'Name an office of one seat as chair of “{kind.id}”: chair = "…", or use tie = "fails".',
        )


def _fill_slowly(charter: Charter, kind: Kind) -> bool:
    """Return whether seats of a body may stay vacant: there is no time set for a by-election."""
    parts = [charter.kinds[h] for h in kind.houses if h in charter.kinds] if kind.form == "joint" else [kind]
    return any(part.candidacy is None or part.candidacy.by_election_days == 0 for part in parts)


def _vacancies(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    quorum = matter.quorum if isinstance(matter.quorum, Fraction) and matter.quorum_base == "seats" else Fraction(0)
    if matter.base != "seats" and not quorum:
        return
    for kind in deciding:
        if not is_seated(kind) or not _fill_slowly(charter, kind):
            continue
        seats = seats_known(charter, kind)
        if seats is None:
            count = "every vacant seat counts as a vote against, and enough of them make a majority impossible"
        else:
            votes = needed(seats, matter.threshold, strict=matter.strict) if matter.base == "seats" else 0
            asked = max(votes, needed(seats, quorum, strict=False))
            vacant = seats - asked + 1
            makes = "1 vacant seat makes" if vacant == 1 else f"{vacant} vacant seats make"
            count = f"{asked} of {seats} are needed however many are filled; {makes} it impossible"
            if seats > 2 and seats % 2 and matter.base == "seats" and matter.threshold == _HALF:
                count += f", and with one vacant {seats // 2} to {seats // 2} falls"
        yield at(
            matter,
            "vacancies-block",
            reason=f"“{matter.name}”: in the {kind.name} vacant seats are counted too: {count}.",
            harm="Members resign in protest, and each resignation helps those whom they protest against.",
            repair='Use base = "filled" and quorum_base = "filled", or set by_election_days.',
        )
