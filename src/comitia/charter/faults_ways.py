"""Faults of the ways of deciding other than a vote, of approval by groups, and of appeals."""

from collections.abc import Iterator
from typing import assert_never

from comitia.charter.fault import Fault, at, gathered, lies_above
from comitia.charter.structure import Advice, Charter, Consensus, Gradients, GroupShare, Kind, Matter


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of consensus, gradients, advice, sense checks, groups, appeals and of whom a matter affects."""
    for matter in charter.matters.values():
        deciding = tuple(charter.kinds[k] for k in matter.decided_by if k in charter.kinds)
        yield from _procedure(matter)
        match matter.demand:
            case Consensus():
                yield from _consensus(matter, matter.demand)
            case Gradients():
                yield from _gradients(matter, matter.demand)
            case Advice():
                yield from _advice(matter, matter.demand)
            case None:
                pass
            case _:
                assert_never(matter.demand)
        if matter.groups:
            yield from _groups(matter, matter.groups, deciding)
        yield from _appeal(charter, matter)
        yield from _affects(charter, matter, deciding)


def _procedure(matter: Matter) -> Iterator[Fault]:
    if matter.effect == "none" or matter.procedure not in ("sense_check", "advice"):
        return
    reason = (
        "a sense check decides nothing, but this matter is to change something"
        if matter.procedure == "sense_check"
        else "after advice the mover decides alone, and what she decides binds all"
    )
    yield at(
        matter,
        "no-decision",
        reason=f"“{matter.name}”: {reason}.",
        harm="One person hears everybody, and does as she likes; or nobody knows whether anything was decided.",
        repair='Use effect = "none", or procedure = "vote" with a threshold and its base.',
    )


def _consensus(matter: Matter, demand: Consensus) -> Iterator[Fault]:
    if demand.blocks == 0 and not (matter.exits and len(matter.decided_by) > 1):
        yield at(
            matter,
            "one-stops-all",
            reason=f"“{matter.name}”: a single block stops it, and there is no way out.",
            harm="One person stops everything for ever, and need not convince anybody.",
            repair="Set demand.blocks to 1 or more, or decide it by two bodies with exits.",
        )


def _gradients(matter: Matter, demand: Gradients) -> Iterator[Fault]:
    if demand.bad == 1 and demand.opposed < 1:
        why = f"everybody stands at 1 or worse, and at most {demand.opposed} may"
    elif demand.bad <= demand.level:
        why = f"whoever stands at {demand.bad} counts both as in favour and as opposed"
    elif demand.share == 1:
        why = f"every single one must stand at {demand.level} or better"
    else:
        return
    yield at(
        matter,
        "gradients-contradict",
        reason=f"“{matter.name}”: {why}.",
        harm="Everybody can live with it, and it falls by an arithmetic that nobody meant.",
        repair='Use demand = { level = 4, share = "2/3", bad = 7, opposed = "1/10" }.',
    )


def _advice(matter: Matter, demand: Advice) -> Iterator[Fault]:
    if demand.pieces == 0:
        yield at(
            matter,
            "advice-of-nobody",
            reason=f"“{matter.name}”: the mover decides after advice, but needs none.",
            harm="She decides alone and at once, and the article calls it the advice process.",
            repair="Set demand = { pieces = 2 } or more.",
        )


def _groups(matter: Matter, groups: GroupShare, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    if len(deciding) != 1 or not deciding[0].each:
        yield at(
            matter,
            "groups-never-met",
            reason=f"“{matter.name}”: a share of the groups must approve, but it is not decided by the bodies of one "
            "kind "
            "that each group has.",
            harm="There are no groups to count, or two sorts of them, and nobody can say whether it was carried.",
            repair='Name one kind with each = "…" in decided_by, or take groups out.',
        )
    high = [
        name
        for name, share, strict in (
            ("turnout", groups.turnout, True),
            ("approval", groups.approval, groups.approval_strict),
            ("groups", groups.groups, True),
        )
        if share == 1 and strict
    ]
    if high:
        yield at(
            matter,
            "groups-never-met",
            reason=f"“{matter.name}”: among its groups the {' and the '.join(high)} must be complete.",
            harm="The smallest group of all, or one absent member of it, decides for everybody.",
            repair='Use groups = { turnout = "1/3", approval_more_than = "1/2", groups_at_least = "2/3" }.',
        )


def _height(charter: Charter, matter: Matter) -> int:
    """Return how high the bodies of a matter stand: by how many rolls lie below theirs; the federation over all."""
    deciding = [charter.kinds[k] for k in matter.decided_by if k in charter.kinds]
    heights = (len(gathered(charter, kind.each)) if kind.each else len(charter.rolls) + 1 for kind in deciding)
    return max(heights, default=0)


def _appeal(charter: Charter, matter: Matter) -> Iterator[Fault]:
    above = charter.matters.get(matter.appeal)
    if above is None:
        return
    met, ahead = [matter.id], above
    while ahead.id not in met and ahead.appeal in charter.matters:
        met.append(ahead.id)
        ahead = charter.matters[ahead.appeal]
    if ahead.id == matter.id:
        yield at(
            matter,
            "appeal-in-a-circle",
            reason=f"“{matter.name}”: its appeal leads back to itself, by way of "
            f"{', '.join(met[1:]) or 'nothing else'}.",
            harm="A decision is appealed against for ever, and never final.",
            repair="Let the highest body's matter have no appeal.",
        )
    elif set(above.decided_by) <= set(matter.decided_by) or _height(charter, above) < _height(charter, matter):
        yield at(
            matter,
            "appeal-not-upwards",
            reason=f"“{matter.name}”: its appeal is “{above.name}”, decided by the same bodies or by lower ones.",
            harm="Those who wronged her sit in judgement on it; or one workplace overrules a whole district.",
            repair="Name the matter of a higher body in appeal, for instance one that the general assembly decides.",
        )


def _affects(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    touched = charter.rolls.get(matter.affects)
    if touched is None or not deciding:
        return
    for kind in deciding:
        if kind.each == touched.id or lies_above(charter, kind.each, touched.id):
            return
    yield at(
        matter,
        "affects-nobody-here",
        reason=f"“{matter.name}”: it touches each {touched.name}, but no body that decides it is one of a "
        f"{touched.name}, or "
        f"of what gathers them.",
        harm="The lowest body that holds all whom it touches is looked for, and there is none.",
        repair=f"Let a body of each {touched.name}, or of the whole federation, decide it; or name its own roll in "
        "affects.",
    )
