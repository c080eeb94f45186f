"""Faults of bodies: undeclared or unreachable ones, seats without electors, circles of electors, dead recalls."""

from collections.abc import Iterator
from itertools import chain

from comitia.charter.fault import Fault, electors_above, roots
from comitia.charter.structure import Charter, Kind


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the kinds of bodies, their electors and their recall."""
    yield from _undeclared(charter)
    for kind in charter.kinds.values():
        yield from _electors(charter, kind)
        yield from _circle(charter, kind)
        yield from _recall(kind)
        if not _has_part(charter, kind):
            yield Fault(
                "unreachable-body",
                kind.line,
                kind.article,
                f"The {kind.name} is declared, but it decides nothing, moves nothing, elects nobody and owns nothing.",
                "Members elect it, and find afterwards that no matter ever reaches it.",
                "Name it in a matter, a permission or as electors, or take it out.",
            )


def _undeclared(charter: Charter) -> Iterator[Fault]:
    for place, line, article, names, known in _references(charter):
        for name in names:
            if name not in known:
                yield Fault(
                    "undeclared",
                    line,
                    article,
                    f"{place} names “{name}”, which is not declared.",
                    f"Whatever waits for “{name}” waits for ever, for there is nobody of that name.",
                    f"Declare “{name}”, or name one of: {', '.join(sorted(known))}.",
                )


def _references(charter: Charter) -> Iterator[tuple[str, int, str, tuple[str, ...], frozenset[str]]]:
    """Yield each place that names rolls or kinds, and the names it may use."""
    rolls, kinds = frozenset(charter.rolls), frozenset(charter.kinds)
    yield "houses", 1, "", charter.houses, kinds
    for roll in charter.rolls.values():
        yield f"The roll {roll.name}", roll.line, roll.article, roll.gathers, rolls
    for kind in charter.kinds.values():
        here = f"The {kind.name}"
        yield here, kind.line, kind.article, (kind.each,) if kind.each else (), rolls
        yield here, kind.line, kind.article, (*roots(kind), *kind.incompatible), kinds
    for matter in charter.matters.values():
        here = f"The matter “{matter.name}”"
        yield here, matter.line, matter.article, matter.movers, kinds | {"member"}
        yield here, matter.line, matter.article, matter.decided_by, kinds
        yield here, matter.line, matter.article, tuple(e.body for e in matter.exits if e.body), kinds
    for permission in charter.permissions.values():
        here = f"The permission for {permission.act}"
        yield here, permission.line, permission.article, permission.by, kinds | {"member", "elector", "clerk"}
    for number in charter.numbers.values():
        yield f"The numbers of {number.file}", number.line, number.article, (number.owner,), kinds
    rule = charter.procedures
    yield "Emergency", rule.line, rule.emergency_article, rule.emergency_by, kinds


def _electors(charter: Charter, kind: Kind) -> Iterator[Fault]:
    if kind.form == "elected" and not kind.electors:
        yield Fault(
            "no-electors",
            kind.line,
            kind.article,
            f"The {kind.name} has seats, but nobody elects them.",
            "The seats stay vacant, or somebody fills them without being asked to.",
            "Name the body whose people fill the seats: electors = …",
        )
    if kind.form == "joint" and len(kind.houses) < 2:
        yield Fault(
            "no-electors",
            kind.line,
            kind.article,
            f"The {kind.name} is joint, but fewer than two houses sit in it.",
            "A house sitting together with nobody would decide alone what two must decide.",
            "Name at least two houses.",
        )
    above = charter.kinds.get(kind.electors)
    if above is None or kind.form != "elected":
        return
    if kind.each and not above.each and above.form != "all":
        yield Fault(
            "filled-from-above",
            kind.line,
            kind.article,
            f"Each {kind.each} has a {kind.name}, but the {above.name} of the whole federation fills its seats.",
            f"The people of a {kind.each} cannot choose, and cannot recall, those who sit over them.",
            f"Let a body of each {kind.each} elect it.",
        )
    roll = charter.rolls.get(kind.each)
    if roll and above.each and above.each != kind.each and above.each not in roll.gathers:
        yield Fault(
            "no-electors",
            kind.line,
            kind.article,
            f"Each {roll.name} has a {kind.name}, elected by the {above.name} of each {above.each}, "
            f"but no {above.each} lies in a {roll.name}.",
            f"No {above.name} belongs to a {kind.name}: all its seats stay vacant.",
            f"Elect it by a body of each {roll.name}, or let the roll “{roll.id}” gather “{above.each}”.",
        )


def _circle(charter: Charter, kind: Kind) -> Iterator[Fault]:
    above = electors_above(charter, kind)
    if kind.id in above:
        yield Fault(
            "elects-its-electors",
            kind.line,
            kind.article,
            f"The {kind.name} stands among the electors of its own electors.",
            "Those who sit choose those who choose them: nobody outside the circle can ever replace them.",
            "Let members, or delegates whom they elect, fill its seats.",
        )
    elif roots(kind) and not any(charter.kinds[name].form == "all" for name in above):
        yield Fault(
            "unreachable-body",
            kind.line,
            kind.article,
            f"No chain of elections leads from the members to the {kind.name}.",
            "It sits without any member having had a say in who sits.",
            "Let its electors, or theirs, be an assembly.",
        )
    appointers = charter.permissions.get("seat_appointed")
    if appointers and kind.id in appointers.by and kind.form != "all":
        yield Fault(
            "elects-its-electors",
            appointers.line,
            appointers.article,
            f"The {kind.name} may appoint to seats, and so to the seats of its own electors.",
            f"The {kind.name} fills vacant seats with its own people, who then elect the {kind.name}.",
            "Fill vacant seats by election, and forbid seat_appointed under [never].",
        )


def _recall(kind: Kind) -> Iterator[Fault]:
    rule = kind.recall
    if rule is None:
        return
    if rule.strict and rule.threshold == 1:
        yield Fault(
            "threshold-never-met",
            rule.line,
            rule.article,
            "The recall asks for more than all votes.",
            f"Whoever sits in a {kind.name} can never be removed.",
            'Use more_than = "1/2".',
        )
    if rule.quorum == 1:
        yield Fault(
            "quorum-never-met",
            rule.line,
            rule.article,
            "The recall asks that every single elector takes part.",
            f"One elector who stays away keeps the holder of a seat of the {kind.name} in it.",
            "Ask for a share of the electors that comes to votes.",
        )


def _has_part(charter: Charter, kind: Kind) -> bool:
    parts = (
        *chain.from_iterable((*m.movers, *m.decided_by, *(e.body for e in m.exits)) for m in charter.matters.values()),
        *chain.from_iterable(p.by for p in charter.permissions.values()),
        *chain.from_iterable(roots(k) for k in charter.kinds.values()),
        *(n.owner for n in charter.numbers.values()),
    )
    return kind.id in parts
