"""Emergency: a measure of a body for a short time, and the power to take one, which one use spends.

A measure changes nothing by itself: no right, no article, no seat, no number. It is shown with its end, and lapses. The
power comes back to the body when a motion with the effect ``emergency``, about that use, has been carried.
"""

from comitia.federation import acts, moment, motions, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Emergency, State


def declare(state: State, act: acts.EmergencyDeclared) -> None:
    """A body uses its emergency power."""
    rules = standing.charter(state).procedures
    article = rules.emergency_article or "record"
    check_permitted(state, act)
    refuse_unless(
        act.body.partition("/")[0] in rules.emergency_by and standing.sits_in(state, act.by, act.body, act.at),
        article,
        f"{act.by} speaks for no body that has an emergency power ({', '.join(rules.emergency_by) or 'none has'})",
    )
    check_new_id(act.emergency, act.emergency in state.emergencies, "an emergency")
    moment.check_moment(act.until)
    latest = moment.after(act.at, days=rules.emergency_days)
    refuse_unless(
        act.at < act.until <= latest, article, f"a measure ends within {rules.emergency_days} days, by {latest}"
    )
    refuse_unless(act.text in state.blobs, "record", f"the text of the measure is missing: no blob {act.text}")
    last = last_use(state, act.body)
    returned = given_back(state, last) if last else ""
    if last is not None and not returned:
        raise Refused(
            article,
            f"{act.body} used this power in act {last.act} ({last.id}), and one use spends it; it comes back when a "
            f"motion on {last.id} gives it back",
        )
    if last is not None:
        last.renewed_by = returned
    state.emergencies[act.emergency] = Emergency(
        act.emergency, act.body, act.by, act.text, act.at, act.until, state.size
    )


def last_use(state: State, body: str) -> Emergency | None:
    """Return the last use that a body made of its power, or None."""
    return next((e for e in reversed(state.emergencies.values()) if e.body == body), None)


def given_back(state: State, of: Emergency) -> str:
    """Return the motion in force that gave the power back after this use, or ""."""
    found = (
        m.id
        for m in state.motions.values()
        if m.on.effect == "emergency" and m.subject == of.id and not m.amends and motions.is_in_force(state, m)
    )
    return next(found, "")


def holds(of: Emergency, at: str) -> bool:
    """Return whether a measure holds at a moment; after its end it has lapsed, whatever anybody does."""
    return of.at <= at < of.until


def in_force(state: State, at: str) -> tuple[Emergency, ...]:
    """Return the measures that hold at a moment."""
    return tuple(e for e in state.emergencies.values() if holds(e, at))
