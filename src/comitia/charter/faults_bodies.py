"""Faults of bodies: undeclared or unreachable ones, seats that nobody can fill, seats filled from above."""

import difflib
from collections.abc import Iterator
from itertools import chain

from comitia.charter.fault import Fault, Spot, at, is_seated, lies_above, roots, screens
from comitia.charter.structure import Charter, Kind


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of what is named and not declared, and of the kinds of bodies and their electors."""
    yield from _undeclared(charter)
    for kind in charter.kinds.values():
        yield from _fillers(charter, kind)
        yield from _from_above(charter, kind)
        if not _has_part(charter, kind):
            yield at(
                kind,
                "unreachable-body",
                reason=f"The {kind.name} is declared, but it decides nothing, moves nothing, elects nobody and owns "
                "nothing.",
                harm="Members elect it, and find afterwards that no matter ever reaches it.",
                repair="Name it in a matter, a permission or as electors, or take it out.",
            )


def _undeclared(charter: Charter) -> Iterator[Fault]:
    for place, line, article, names, known in _references(charter):
        for name in names:
            if name not in known:
                yield at(
                    Spot(line, article),
                    "undeclared",
                    reason=f"{place} names “{name}”, which is not declared.",
                    harm=f"Whatever waits for “{name}” waits for ever, for there is nobody of that name.",
                    repair=f"Declare “{name}”, or name {_nearest(name, known)}.",
                )


def _nearest(name: str, known: frozenset[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    return " or ".join(f"“{word}”" for word in near) if near else "one that is"


_Reference = tuple[str, int, str, tuple[str, ...], frozenset[str]]


def _references(charter: Charter) -> Iterator[_Reference]:
    """Yield each place that names rolls or kinds, and the names it may use."""
    rolls, kinds = frozenset(charter.rolls), frozenset(charter.kinds)
    yield "houses", 1, "", charter.houses, kinds
    for roll in charter.rolls.values():
        yield f"The roll {roll.name}", roll.line, roll.article, roll.gathers, rolls
    for kind in charter.kinds.values():
        yield from _references_of_kind(kind, rolls, kinds)
    for matter in charter.matters.values():
        here = f"The matter “{matter.name}”"
        yield here, matter.line, matter.article, matter.movers, kinds | {"member"}
        yield here, matter.line, matter.article, matter.decided_by, kinds
        yield here, matter.line, matter.article, tuple(e.body for e in matter.exits if e.body), kinds
        yield here, matter.line, matter.article, (matter.affects,) if matter.affects else (), rolls
        matters = frozenset(charter.matters)
        yield here, matter.line, matter.article, (matter.appeal,) if matter.appeal else (), matters
    for permission in charter.permissions.values():
        here = f"The permission for {permission.act}"
        yield here, permission.line, permission.article, permission.by, kinds | {"member", "elector", "clerk"}
    for number in charter.numbers.values():
        yield f"The numbers of {number.file}", number.line, number.article, (number.owner,), kinds
    if charter.talking:
        talking = charter.talking
        yield "The table [talking]", talking.line, talking.article, (talking.hears,), kinds
    if charter.sealed:
        sealed = charter.sealed
        yield "The table [sealed_ballots]", sealed.line, sealed.article, (*sealed.issuers, *sealed.tellers), kinds
    rule = charter.procedures
    yield "Emergency", rule.line, rule.emergency_article, rule.emergency_by, kinds


def _references_of_kind(kind: Kind, rolls: frozenset[str], kinds: frozenset[str]) -> Iterator[_Reference]:
    here = f"The {kind.name}"
    yield here, kind.line, kind.article, (kind.each,) if kind.each else (), rolls
    yield here, kind.line, kind.article, (*roots(kind), *kind.incompatible), kinds
    yield here, kind.line, kind.article, (kind.chair,) if kind.chair else (), kinds
    yield here, kind.line, kind.article, tuple(name for _, name in screens(kind)), kinds
    if kind.candidacy:
        rule = kind.candidacy
        yield here, kind.line, kind.article, (rule.candidates,), kinds | {"electors", "members"}
        yield here, kind.line, kind.article, (rule.acting_by,) if rule.acting_by else (), kinds


def _fillers(charter: Charter, kind: Kind) -> Iterator[Fault]:
    if kind.form in ("elected", "appointed") and not roots(kind):
        fills, key = ("elects", "electors = …") if kind.form == "elected" else ("appoints", "appointed_by = […]")
        yield at(
            kind,
            "no-electors",
            reason=f"The {kind.name} has seats, but nobody {fills} who sits in them.",
            harm="The seats stay vacant, or somebody fills them without being asked to.",
            repair=f"Name the body whose people fill the seats: {key}",
        )
    if kind.form == "joint" and len(kind.houses) < 2:
        yield at(
            kind,
            "no-electors",
            reason=f"The {kind.name} is joint, but fewer than two houses sit in it.",
            harm="A house sitting together with nobody would decide alone what two must decide.",
            repair="Name at least two houses.",
        )
    for house in (charter.kinds[name] for name in kind.houses if name in charter.kinds):
        if house.form in ("all", "joint") or house.each:
            has = "is one of each " + house.each if house.each else "has no seats of its own"
            yield at(
                kind,
                "house-without-seats",
                reason=f"In the {kind.name} the {house.name} is to sit, but it {has}.",
                harm="On the day of the congress nobody can say whose votes are counted in it.",
                repair=f"Name a body with seats of which there is one, for instance delegates whom the {house.name} "
                "elects.",
            )
    above = charter.kinds.get(kind.electors)
    roll = charter.rolls.get(kind.each)
    if above and roll and above.each and above.each != kind.each and not lies_above(charter, roll.id, above.each):
        yield at(
            kind,
            "no-electors",
            reason=f"Each {roll.name} has a {kind.name}, elected by the {above.name} of each {above.each}, "
            f"but no {above.each} lies in a {roll.name}.",
            harm=f"No {above.name} belongs to a {kind.name}: all its seats stay vacant.",
            repair=f"Elect it by a body of each {roll.name}, or let the roll “{roll.id}” gather “{above.each}”.",
        )


def _from_above(charter: Charter, kind: Kind) -> Iterator[Fault]:
    for name in roots(kind):
        above = charter.kinds.get(name)
        if above and kind.each and is_seated(above) and lies_above(charter, above.each, kind.each):
            whose = f"of each {above.each}" if above.each else "of the whole federation"
            yield at(
                kind,
                "filled-from-above",
                reason=f"Each {kind.each} has a {kind.name}, but the {above.name} {whose} fills its seats.",
                harm=f"The people of a {kind.each} cannot choose, and cannot recall, those who sit over them.",
                repair=f"Let a body of each {kind.each} elect it.",
            )


def _has_part(charter: Charter, kind: Kind) -> bool:
    kinds = charter.kinds.values()
    parts = (
        *chain.from_iterable((*m.movers, *m.decided_by, *(e.body for e in m.exits)) for m in charter.matters.values()),
        *chain.from_iterable(p.by for p in charter.permissions.values()),
        *chain.from_iterable((*roots(k), k.chair, *(name for _, name in screens(k))) for k in kinds),
        *(k.candidacy.acting_by for k in kinds if k.candidacy),
        *(n.owner for n in charter.numbers.values()),
    )
    return kind.id in parts
