"""Faults of the ways out of a deadlock: steps that never open, leave a side out, repeat, or never end."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from comitia.charter.fault import Fault, at, electors_above, is_seated, quoted
from comitia.charter.structure import Charter, Exit, Matter

_HALF = Fraction(1, 2)


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of each matter's exits, and of the exits themselves."""
    steps: dict[str, Exit] = {}
    for matter in charter.matters.values():
        yield from _opening(matter)
        yield from _repeats(matter)
        for step in matter.exits:
            steps.setdefault(step.id, step)
            yield from _left_out(charter, matter, step)
            yield from _overridden(matter, step)
    for step in steps.values():
        yield from _share(step)
        yield from _veto(step)


def _opening(matter: Matter) -> Iterator[Fault]:
    if matter.exits and len(matter.decided_by) < 2:
        yield at(
            matter,
            "exit-never-opens",
            reason=f"“{matter.name}”: it has a way out of a deadlock between bodies, but one body alone decides it.",
            harm="The article promises a way out, and at an equal vote nobody may take it.",
            repair="Set exits = [], or name a second body in decided_by.",
        )


def _repeats(matter: Matter) -> Iterator[Fault]:
    # A veto is meant to be overridden time after time, by shares that rise.
    steps = [step for step in matter.exits if step.way != "veto"]
    for before, after in combinations(steps, 2):
        if (before.way, before.body, before.base, before.threshold) == (
            after.way, after.body, after.base, after.threshold
        ):  # fmt: skip
            yield at(
                matter,
                "exit-repeats",
                reason=f"“{matter.name}”: its ways out “{before.id}” and “{after.id}” are the same step twice.",
                harm="The same people are asked the same question again and again, until they are tired.",
                repair=f"Take “{after.id}” out, or let a joint body decide after “{before.id}”.",
            )


def _left_out(charter: Charter, matter: Matter, step: Exit) -> Iterator[Fault]:
    body = charter.kinds.get(step.body)
    if body is None:
        return
    sits = {body.id, *body.houses}
    if body.each:
        yield at(
            matter,
            "exit-never-opens",
            reason=f"“{matter.name}”: its way out leads to the {body.name}, of which each {body.each} has one.",
            harm="The bodies disagree, and the article sends them to twenty rooms at once, that is to none.",
            repair="Name a body of which there is one, best a joint body of those that decide.",
        )
        return
    if step.way == "joint":
        left_out = tuple(k for k in matter.decided_by if k not in sits)
        if not is_seated(body) and not body.each:
            # All members sit in it, so nobody is left out.
            return
        if body.form != "joint":
            reason = f"the way out of a deadlock is the {body.name}, in which the houses do not sit together"
        elif left_out:
            reason = f"the way out of a deadlock, the {body.name}, leaves out {quoted(left_out)}"
        else:
            return
        yield at(
            matter,
            "exit-leaves-out",
            reason=f"“{matter.name}”: {reason}.",
            harm="A body says no, the others call it a deadlock and decide without it: its consent was worth nothing.",
            repair="Name a joint body in which all the deciding bodies sit.",
        )
        return
    sides = [charter.kinds[k] for k in matter.decided_by if k in charter.kinds]
    absent = tuple(k.id for k in sides if is_seated(k) and k.id not in sits | electors_above(charter, body))
    if absent:
        yield at(
            matter,
            "conciliation-one-sided",
            reason=f"“{matter.name}”: the {body.name} works out a text between the bodies, but nobody in it comes from "
            f"{quoted(absent)}.",
            harm="Those who disagree with it are handed a text on which they had no say, to vote on once more.",
            repair=f"Let “{body.id}” be a joint body of all that decide, or let each of them elect members of it.",
        )


def _overridden(matter: Matter, step: Exit) -> Iterator[Fault]:
    if step.way == "veto" and step.thresholds and step.thresholds[0] <= matter.threshold:
        yield at(
            matter,
            "veto-worth-nothing",
            reason=f"“{matter.name}”: a refusal is overridden by {step.thresholds[0]}, no more than carried it at "
            "first.",
            harm="The house that said no is heard, thanked, and overridden by the very votes it said no to.",
            repair=f"Let the thresholds of “{step.id}” begin above {matter.threshold}.",
        )


def _share(step: Exit) -> Iterator[Fault]:
    if step.way not in ("joint", "conciliation"):
        return
    if step.threshold == 1 and step.strict:
        yield at(
            step,
            "threshold-never-met",
            reason="The way out of a deadlock asks for more than all seats.",
            harm="The houses disagree, and the way out is shut.",
            repair='Use more_than = "2/3" or less.',
        )
    elif step.threshold < _HALF or (step.threshold == _HALF and not step.strict):
        yield at(
            step,
            "both-sides-carry",
            reason=f"In the way out of a deadlock {'more than' if step.strict else 'at least'} {step.threshold} "
            "carries a "
            "motion, and its opposite too.",
            harm="Of two houses sitting together half carries one thing and the other half the contrary.",
            repair='Use more_than = "1/2", or a larger share.',
        )


def _veto(step: Exit) -> Iterator[Fault]:
    if step.way != "veto":
        return
    rises = all(a < b for a, b in pairwise(step.thresholds))
    if not step.thresholds or not rises or step.thresholds[-1] >= 1:
        yield at(
            step,
            "veto-never-ends",
            reason=f"The veto is overridden by {', '.join(map(str, step.thresholds)) or 'no share'}: the shares must "
            "rise "
            "from one time to the next and stay below all votes.",
            harm="A veto that was to delay a decision stops it for good.",
            repair='Use rising shares that can be reached, for instance thresholds = ["3/5", "2/3", "3/4"].',
        )
