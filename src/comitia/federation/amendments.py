"""Amendments: lines of a motion, or of an amendment, are to be replaced; decided before what they change.

An amendment is a motion of its own, decided by the same bodies. Several may compete for one place: they are voted in
the order which the charter sets, and when one is carried, those that wait for the same place are lost. Its mover takes
it back before it is voted on; the mover of the text takes it in, unless another competes with it. In a deadlock before
a conciliation, whoever sits there amends the text as it then stands.
"""

from collections.abc import Sequence

from comitia.decide import motion as text_of
from comitia.federation import acts, motions
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Amendment, Motion, State

# What these adopt is named by its hash; another text would not change it.
_BY_HASH = frozenset({"plan", "plan-cut", "claims", "charter"})


def amendment(state: State, name: str) -> Amendment:
    """Return the amendment of that id.

    Raises:
        Refused: there is none.
    """
    found = state.amendments.get(name)
    if found is None:
        raise Refused("record", f"there is no amendment {name!r}")
    return found


def amend(state: State, act: acts.AmendmentMoved) -> None:
    """Propose to replace lines of a motion, or of an amendment."""
    of = motions.motion(state, act.motion)
    on = of.on
    taken = act.amendment in state.motions or act.amendment in state.ballots or act.amendment in state.alternatives
    check_new_id(act.amendment, taken, "an amendment")
    made = Motion(
        act.amendment, of.matter, of.body, f"Amendment to: {of.title}", of.text, "", "", act.by, act.at, state.size, on
    )
    made.amends, made.lines, made.concerns = of.id, act.lines, of.concerns
    check_permitted(state, act, motions.sitting(state, _deciding(state, of, made), act.at))
    _check_amendable(state, of, act)
    text = text_before(state, of)
    change = text_of.Amendment(act.amendment, act.first, act.last, act.lines)
    try:
        text_of.check_amendment("\n".join(text), change)
    except text_of.OutsideText as fault:
        raise Refused(
            on.article, f"the text has lines 1 to {len(text)}; the amendment names {act.first} to {act.last}"
        ) from fault
    refuse_unless(act.last >= act.first or bool(act.lines), on.article, "this would insert nothing; give the new lines")
    for other in _of_phase(state, of, len(of.divisions)):
        if other.outcome in ("accepted", "carried"):
            refuse_unless(
                not text_of.is_conflict(change, changing(state, other)),
                on.article,
                f"the amendment {other.id} changes lines {other.first} to {other.last} already",
            )
    state.amendments[act.amendment] = Amendment(
        act.amendment, of.id, act.first, act.last, act.lines, act.by, state.size
    )
    of.amendments.append(act.amendment)
    state.motions[act.amendment] = made


def _deciding(state: State, of: Motion, made: Motion) -> tuple[str, ...]:
    """Return who decides an amendment that is about to be moved: they, too, may move it."""
    whole = motions.root(state, of)
    step = len(of.on.exits) if not whole.divisions else whole.divisions[-1].step
    if whole.divisions and (whole.outcome != "deadlock" or step >= len(of.on.exits)):
        raise Refused(of.on.article, "amendments are moved before the division opens")
    if whole.divisions:
        way = of.on.exits[step]
        refuse_unless(
            way.way == "conciliation",
            way.article,
            "amendments are moved before the division opens; in this deadlock no body works out another text",
        )
    return motions.deciding_bodies(state, made) if not of.amends else motions.deciding_bodies(state, of)


def _check_amendable(state: State, of: Motion, act: acts.AmendmentMoved) -> None:
    on, whole = of.on, motions.root(state, of)
    # A sense check is of the text as it stands: nothing is carried in it, so no amendment could be.
    refuse_unless(
        on.amendments != "none" and on.procedure != "sense_check",
        on.article,
        f"{on.name!r} is not amended; move another motion instead",
    )
    refuse_unless(
        on.effect not in _BY_HASH,
        on.article,
        "this motion adopts figures by their hash; move another draft instead of an amendment",
    )
    refuse_unless(
        not of.amends or on.amendment_depth > 1,
        on.article,
        "an amendment cannot be amended; move another one to the motion itself",
    )
    deep = bool(of.amends) and bool(state.motions[of.amends].amends)
    refuse_unless(not deep, on.article, "this amends an amendment already; move another amendment to that one")
    decided = of.outcome if of.amends else whole.outcome not in ("", "deadlock")
    refuse_unless(not decided, on.article, f"{of.id} is decided already: {of.outcome}")
    refuse_unless(not of.amends or not of.divisions, on.article, f"{of.id} is being voted on")
    if whole.divisions:
        refuse_unless(
            act.by in motions.sitting(state, (on.exits[whole.divisions[-1].step].body,), act.at),
            on.exits[whole.divisions[-1].step].article,
            "in the deadlock only those who sit in the conciliation amend the text",
        )


def changing(state: State, one: Amendment) -> text_of.Amendment:
    """Return what an amendment does to the text, its own amendments entered."""
    return text_of.Amendment(one.id, one.first, one.last, state.motions[one.id].lines)


def _phase(of: Motion, one: Amendment) -> int:
    """Return how many divisions on the motion lay behind when an amendment to it was moved."""
    return sum(d.act < one.act for d in of.divisions)


def _of_phase(state: State, of: Motion, phase: int) -> list[Amendment]:
    found = [state.amendments[name] for name in of.amendments]
    return [one for one in found if _phase(of, one) == phase]


def text_before(state: State, of: Motion, phase: int | None = None) -> tuple[str, ...]:
    """Return the lines to which the amendments of a phase refer: those moved before the vote, or in a conciliation.

    Without a phase the one that is on.
    """
    phase = len(of.divisions) if phase is None else phase
    lines = state.amendments[of.id].lines if of.amends else motions.lines_of(state, of.text, "the motion")
    for earlier in range(phase):
        lines = _with_taken(state, of, lines, earlier)
        if of.chosen and of.divisions[earlier].reading == 0:
            lines = motions.lines_of(state, state.alternatives[of.chosen].text, "the alternative")
    return lines


def _with_taken(state: State, of: Motion, lines: tuple[str, ...], phase: int) -> tuple[str, ...]:
    taken = [changing(state, a) for a in _of_phase(state, of, phase) if a.outcome in ("accepted", "carried")]
    return tuple(text_of.amended("\n".join(lines), taken).split("\n")) if taken else lines


def enter(state: State, of: Motion) -> None:
    """Write the amendments that were accepted or carried into the lines of a motion, or of an amendment."""
    phase = len(of.divisions)
    of.lines = _with_taken(state, of, text_before(state, of, phase), phase)


def waiting(state: State, of: Motion) -> tuple[str, ...]:
    """Return the amendments to a motion that are not decided yet, in the order in which they are voted.

    Those to different places do not touch each other; among those to one place the charter's order holds.
    """
    undecided = [state.amendments[a] for a in of.amendments if not state.amendments[a].outcome]
    if of.on.amendments == "none":
        return tuple(a.id for a in undecided)
    text = "\n".join(text_before(state, of))
    ordered = text_of.voting_order(text, [changing(state, a) for a in undecided], of.on.amendments)
    return tuple(a.id for a in ordered)


def competing(state: State, one: Amendment) -> tuple[str, ...]:
    """Return the undecided amendments to the same place, in the order of voting, this one left out."""
    of, mine = state.motions[one.motion], changing(state, one)
    others = [n for n in waiting(state, of) if n != one.id]
    return tuple(n for n in others if text_of.is_conflict(mine, changing(state, state.amendments[n])))


def check_turn(state: State, of: Motion) -> None:
    """Raise unless the division on an amendment may open now: what competes with it comes in the charter's order.

    Raises:
        Refused: another amendment to the same place is voted on first, or is being voted on.
    """
    one = state.amendments[of.id]
    order = waiting(state, state.motions[one.motion])
    words = {"furthest_first": "the furthest from the text first", "as_moved": "in the order in which they were moved"}
    for other in competing(state, one):
        ahead = order.index(other) < order.index(one.id)
        refuse_unless(
            not ahead,
            of.on.article,
            f"the amendment {other} is voted on first: {words.get(of.on.amendments, '')}",
        )


def carry(state: State, of: Motion) -> None:
    """Enter a carried amendment; those that wait for the same place are lost."""
    one = state.amendments[of.id]
    fallen = competing(state, one)
    one.outcome = "carried"
    for name in fallen:
        motions.conclude(state, state.motions[name], "lost")
    enter(state, state.motions[one.motion])


def accept(state: State, act: acts.AmendmentAccepted) -> None:
    """The mover takes an amendment into her text."""
    found = amendment(state, act.amendment)
    of = motions.motion(state, found.motion)
    on = of.on
    check_permitted(state, act, frozenset({of.by}))
    refuse_unless(act.by == of.by, on.article, f"only the mover, {of.by}, takes an amendment into the motion")
    refuse_unless(
        not of.divisions and not found.outcome, on.article, "the amendment is decided, or the division has opened"
    )
    refuse_unless(not state.motions[found.id].divisions, on.article, "the amendment is being voted on")
    refuse_unless(
        not waiting(state, state.motions[found.id]), on.article, "amendments to the amendment are decided first"
    )
    others = competing(state, found)
    refuse_unless(
        not others, on.article, f"{', '.join(others)} would change the same place; let the bodies choose by voting"
    )
    found.outcome = "accepted"
    enter(state, of)


def withdraw(state: State, act: acts.AmendmentWithdrawn) -> None:
    """The mover of an amendment takes it back before it is voted on."""
    found = amendment(state, act.amendment)
    own = state.motions[found.id]
    check_permitted(state, act, frozenset({found.by}))
    refuse_unless(act.by == found.by, own.on.article, f"only {found.by}, who moved the amendment, takes it back")
    refuse_unless(not found.outcome, own.on.article, f"the amendment is decided already: {found.outcome}")
    refuse_unless(not own.divisions, own.on.article, "the amendment is being voted on")
    motions.conclude(state, own, "withdrawn")


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[text_of.DiffLine, ...]:
    """Return what an amendment or an alternative changes, line by line, with one unchanged line on either side."""
    lines = text_of.diff("\n".join(before), "\n".join(after))
    near = [n for n, line in enumerate(lines) if line.kind != "kept"]
    return tuple(line for n, line in enumerate(lines) if any(abs(n - m) <= 1 for m in near))


def effect_of(state: State, one: Amendment) -> tuple[text_of.DiffLine, ...]:
    """Return what an amendment does to the text that it amends."""
    of = state.motions[one.motion]
    before = text_before(state, of, _phase(of, one))
    after = text_of.amended("\n".join(before), [changing(state, one)]).split("\n")
    return difference(before, after)
