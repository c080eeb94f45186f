"""The lowest tier that a matter affects, and appeal upwards.

A motion on a matter that the charter bounds by a roll names the groups it touches. It is refused where the body does
not hold them all, and where a lower body holds them all: the matter is theirs. Which body lies below which follows from
the appeals that the charter allows. A decision of a lower body may be brought before the higher one within so many days
as the charter sets, and then its effect rests. If the appeal is carried, the lower decision is set aside; else it
stands.
"""

from collections.abc import Iterable

from comitia.charter.structure import Matter
from comitia.federation import moment, motions, standing
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Motion, State

# These only stand. What another effect has changed, or let others do, is not undone; the opposite is moved instead.
_STANDING = frozenset({"none", "building"})


def check_tier(state: State, of: Motion, bodies: tuple[str, ...]) -> None:
    """Raise unless the motion belongs to these bodies, for the groups that it touches.

    Raises:
        Refused: it names no group, or one of another roll, or the matter belongs to another tier.
    """
    on = of.on
    if not on.affects:
        refuse_unless(not of.affects, on.article, f"{on.name!r} is not bounded by what it affects; name no groups")
        return
    if of.appeals:
        of.affects = state.motions[of.appeals].affects
    refuse_unless(bool(of.affects), on.article, f"this motion names each {on.affects} that it touches; it names none")
    for group in of.affects:
        roll, _, name = group.partition("/")
        refuse_unless(
            roll == on.affects and (roll, name) in state.groups,
            on.article,
            f"{group!r} is no {on.affects}; groups are named like {on.affects}/ID",
        )
    for name in bodies:
        beyond = [g for g in of.affects if not _holds(state, standing.body(state, name), g)]
        refuse_unless(
            not beyond,
            on.article,
            f"this touches {', '.join(beyond)} too, which {name} does not hold; it belongs to the tier above",
        )
    # An appeal has left the tier below.
    for below in () if of.appeals else _below(state, on):
        lower = _lower_body(state, below, of.affects)
        refuse_unless(
            lower == "",
            below.article,
            f"this touches only {', '.join(of.affects)}; it belongs to {lower}, as {below.name!r}",
        )


def _holds(state: State, body: standing.Body, group: str) -> bool:
    """Return whether a body's group is this one, or it lies there; a body of the whole federation holds every group."""
    if not body.kind.each:
        return True
    own = f"{body.kind.each}/{body.group}"
    return own == group or standing.lies_in(state, group, own)


def _below(state: State, on: Matter) -> tuple[Matter, ...]:
    """Return the matters from which an appeal leads here, the lowest first."""
    matters = standing.charter(state).matters.values()
    found: list[Matter] = []
    tier = [m for m in matters if m.appeal == on.id]
    while tier:
        found = [*tier, *found]
        tier = [m for m in matters if m not in found and any(m.appeal == above.id for above in tier)]
    return tuple(m for m in found if m.affects and m.id != on.id)


def _lower_body(state: State, below: Matter, affects: Iterable[str]) -> str:
    """Return the body that decides a lower matter and holds all these groups, or ""."""
    for body in standing.bodies(state):
        if body.kind.id in below.decided_by and body.kind.each and all(_holds(state, body, g) for g in affects):
            return body.id
    return ""


def check_appeal(state: State, made: Motion) -> None:
    """Raise unless an appeal may be brought against the decision that a motion names.

    Raises:
        Refused: it is no carried decision, not of a matter whose appeal leads here, too late, or done already.
    """
    if not made.appeals:
        return
    on = made.on
    lower = motions.motion(state, made.appeals)
    refuse_unless(
        lower.outcome == "carried" and not lower.amends, on.article, f"{lower.id} is no decision that was carried"
    )
    refuse_unless(
        lower.on.appeal == on.id,
        lower.on.article,
        f"from {lower.on.name!r} an appeal leads to {lower.on.appeal or 'nobody'}, not to {on.id}",
    )
    # One that was taken back counts too: else a decision could be held up again and again.
    earlier = [m.id for m in state.motions.values() if m.appeals == lower.id]
    refuse_unless(not earlier, lower.on.article, f"an appeal against {lower.id} was brought: {', '.join(earlier)}")
    decided = moment.after(lower.effect_at, days=-lower.on.delay_days)
    until = moment.after(decided, days=lower.on.appeal_days)
    refuse_unless(
        made.at <= until,
        lower.on.article,
        f"an appeal is brought within {lower.on.appeal_days} days; for {lower.id} they ended at {until}",
    )
    refuse_unless(
        lower.id in state.pending or lower.on.effect in _STANDING,
        lower.on.article,
        f"{lower.id} has taken effect already; move the opposite instead",
    )


def set_aside(state: State, of: Motion) -> None:
    """Set the lower decision aside, for the appeal against it was carried."""
    lower = state.motions[of.appeals]
    if lower.id in state.pending:
        state.pending.remove(lower.id)
    below = motions.against(state, lower)
    struck = below is not None and (below.outcome, below.suspended) == ("lost", lower.id)
    motions.conclude(state, lower, "lost")
    lower.suspended = of.id
    # An appeal that is itself set aside: what it had set aside stands again.
    if below is not None and struck:
        below.outcome, below.suspended = "carried", ""
