"""Faults of who decides who sits: closed circuits, appointment from within, gates held by those whom they screen.

The lesson behind them: those who choose their own choosers can be replaced by nobody else; and a recall that empties a
seat which others fill again changes nothing.
"""

from collections.abc import Callable, Iterator

from comitia.charter.fault import (
    Fault,
    at,
    choosers_above,
    electorate_known,
    electors_above,
    is_cut_off,
    is_seated,
    lies_above,
    quoted,
    roots,
    screens,
)
from comitia.charter.structure import Charter, Kind


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of electors, appointers, nominators and gates."""
    seen: set[frozenset[str]] = set()
    for kind in charter.kinds.values():
        yield from _electors(charter, kind)
        yield from _circuit(charter, kind, seen)
        yield from _screens(charter, kind)
        yield from _refilled(charter, kind)
        yield from _candidates(charter, kind)
    yield from _appointers(charter)


def _ring(charter: Charter, kind: Kind, above: Callable[[Charter, Kind], frozenset[str]]) -> tuple[str, ...]:
    """Return the kinds that stand above this one and below it too, itself among them; none where there is no circle."""
    met = above(charter, kind)
    ring = {k for k in met if kind.id in above(charter, charter.kinds[k])} if kind.id in met else set()
    return tuple(k for k in charter.kinds if k in ring)


def _electors(charter: Charter, kind: Kind) -> Iterator[Fault]:
    ring = _ring(charter, kind, electors_above)
    if ring and all(charter.kinds[k].form != "appointed" for k in ring):
        yield at(
            kind,
            "elects-its-electors",
            reason=f"The {kind.name} stands among the electors of its own electors.",
            harm="Those who sit choose those who choose them: nobody outside the circle can ever replace them.",
            repair="Let members, or delegates whom they elect, fill its seats.",
        )
    if kind.id in kind.appointed_by:
        others = tuple(k for k in kind.appointed_by if k != kind.id)
        beside = f", beside {quoted(others)}" if others else ""
        yield at(
            kind,
            "self-co-optation",
            reason=f"The {kind.name} fills its own vacant seats{beside}.",
            harm="Whoever sits there first chooses whoever sits there afterwards, for as long as it lasts.",
            repair='Let others fill them: form = "elected" with electors = "…", or take it out of its own '
            "appointed_by.",
        )
    elif not ring and is_cut_off(charter, kind):
        yield at(
            kind,
            "unreachable-body",
            reason=f"No chain of elections leads from the members to the {kind.name}.",
            harm="It sits without any member having had a say in who sits.",
            repair="Let its electors, or theirs, be an assembly.",
        )


def _circuit(charter: Charter, kind: Kind, seen: set[frozenset[str]]) -> Iterator[Fault]:
    """Yield a circle with an appointment in it, once, at the first of those who are appointed.

    It holds itself up where each of its bodies is filled from within the circle alone, or screened by it: then nobody
    outside can ever replace anybody.
    """
    ring = _ring(charter, kind, choosers_above)
    appointed = [charter.kinds[k] for k in ring if charter.kinds[k].form == "appointed"]
    if len(ring) < 2 or not appointed or frozenset(ring) in seen:
        return
    seen.add(frozenset(ring))
    entered = tuple(k for k in ring if not _held(charter.kinds[k], ring))
    if entered:
        yield at(
            appointed[0],
            "appoints-its-electors",
            reason=f"{quoted(ring)} choose each other, by appointment too; members reach them only through "
            f"{quoted(entered)}.",
            harm="A majority of the smallest of them appoints those who will elect it, and holds its seat for good.",
            repair=f'Let those for whom the {appointed[0].name} stands elect it: form = "elected", electors = "…".',
        )
        return
    yield at(
        appointed[0],
        "closed-circuit",
        reason=f"{quoted(ring)} choose each other: each is filled by the others or screened by them, and by nobody "
        "else.",
        harm="Two of three secretaries are enough: they appoint those who elect them, and no member can end it.",
        repair=f'Let an assembly, or delegates of assemblies, elect the {appointed[0].name}: form = "elected", '
        'electors = "…", with neither gate nor nominated_by.',
    )


def _held(kind: Kind, ring: tuple[str, ...]) -> bool:
    """Return whether the circle alone decides who sits in one of its bodies: it screens, or fills every seat."""
    return any(name in ring for _, name in screens(kind)) or all(name in ring for name in roots(kind))


def _screens(charter: Charter, kind: Kind) -> Iterator[Fault]:
    for key, name in screens(kind):
        gate = charter.kinds.get(name)
        if gate is None:
            continue
        does = "puts up the candidates for" if key == "nominated_by" else "admits the candidates for"
        if gate.id == kind.id or kind.id in choosers_above(charter, gate):
            chosen = "is that body itself" if gate.id == kind.id else f"is filled by way of the {kind.name}"
            yield at(
                kind,
                "gate-chosen-by-screened",
                reason=f"The {gate.name} {does} the {kind.name}, and {chosen}.",
                harm="Those who sit screen out whoever stands against them, and the ballot shows their names alone.",
                repair=f'Take {key} = "{name}" out and set nomination to a number of electors, or let members elect '
                "the "
                f"{gate.name} directly.",
            )
        elif kind.each and is_seated(gate) and lies_above(charter, gate.each, kind.each):
            yield at(
                kind,
                "nominated-from-above",
                reason=f"Each {kind.each} elects a {kind.name}, but the {gate.name} {does} it.",
                harm="A list of recommended names comes from the centre, and the election only confirms it.",
                repair=f'Take {key} = "{name}" out, and let any elector nominate: nomination = 1.',
            )


def _refilled(charter: Charter, kind: Kind) -> Iterator[Fault]:
    """Yield where a recall empties a seat that others than the electors fill again."""
    for key, name in screens(kind) if kind.recall else ():
        gate = charter.kinds.get(name)
        if gate is None or not is_seated(gate):
            continue
        own = {kind.electors, *(k.id for k in charter.kinds.values() if k.form == "all")}
        if gate.form != "elected" or gate.electors not in own:
            yield at(
                kind,
                "recall-without-nomination",
                reason=f"The electors of the {kind.name} may empty its seats, but whom they may put into them the "
                f"{gate.name} decides.",
                harm="They recall her in May; the only candidates of June are those whom the same people let through.",
                repair=f'Take {key} = "{name}" out, or let the same electors elect the {gate.name}.',
            )


def _candidates(charter: Charter, kind: Kind) -> Iterator[Fault]:
    rule = kind.candidacy
    if rule is None:
        return
    stands = charter.permissions.get("candidate_nominated")
    if rule.candidates != "electors" and not rule.nominated_by and stands and set(stands.by) == {"elector"}:
        who = "Any member" if rule.candidates == "members" else f"Whoever sits in “{rule.candidates}”"
        yield at(
            kind,
            "nobody-may-stand",
            reason=f"{who} may stand for the {kind.name}, and says so herself, but only electors may do "
            "candidate_nominated.",
            harm="Whoever is not an elector is free to stand, and is refused when she does.",
            repair='Permit candidate_nominated to "member".',
        )
    among = kind.electors if rule.candidates == "electors" else rule.candidates
    source = charter.kinds.get(among)
    if rule.candidates == kind.id:
        yield at(
            kind,
            "nobody-may-stand",
            reason=f"Only those who sit in the {kind.name} may stand for it.",
            harm="At the first election nobody may stand; at every later one, nobody new.",
            repair='Use candidates = "electors" or candidates = "members".',
        )
    elif source and is_seated(source) and source.id in kind.incompatible:
        yield at(
            kind,
            "seat-lost-by-election",
            reason=f"A candidate must sit in the {source.name}, and loses that seat when she is elected to the "
            f"{kind.name}.",
            harm=f"Each election takes a member out of the {source.name}; those who outnumber it send its best away.",
            repair=f'Use candidates = "members", or take “{source.id}” out of incompatible.',
        )
    size = electorate_known(charter, kind)
    if size is not None and kind.nomination > size:
        yield at(
            kind,
            "nomination-out-of-reach",
            reason=f"A candidate for the {kind.name} needs {kind.nomination} electors, and there are {size}.",
            harm="Nobody can be nominated, and the seat stays vacant.",
            repair=f"Set nomination to {max(1, size // 5)}.",
        )


def _appointers(charter: Charter) -> Iterator[Fault]:
    """Yield those whom language 1 let appoint to any seat; later only those whom a kind names fill its seats."""
    permission = charter.permissions.get("seat_appointed")
    if permission is None or charter.language > 1:
        return
    for kind in (charter.kinds[name] for name in permission.by if name in charter.kinds):
        if is_seated(kind):
            yield at(
                permission,
                "elects-its-electors",
                reason=f"The {kind.name} may appoint to seats, and so to the seats of its own electors.",
                harm=f"The {kind.name} fills vacant seats with its own people, who then elect the {kind.name}.",
                repair="Fill vacant seats by election, and forbid seat_appointed under [never].",
            )
