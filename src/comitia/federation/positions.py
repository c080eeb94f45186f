"""Deciding otherwise than by vote: consent, consensus, gradients of agreement, the sense check, advice.

Consent: whoever may vote objects with a reason, and takes the objection back when it is met; a motion is carried at the
close if no objection stands and enough took part. Consensus and gradients: each seat takes a position in the open, and
in an assembly each member in secret; the charter says what it takes. A sense check is heard and decides nothing.
Advice: those who sit in the bodies concerned advise the mover, who decides when enough of them have.
"""

from typing import assert_never

from comitia.charter.structure import Gradients, Procedure
from comitia.federation import acts, deadlocks, motions, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Choice, Division, Motion, Objection, State

VOTES = ("for", "against", "abstain")
CONSENT = ("for", "abstain")
CONSENSUS = ("for", "aside", "block", "abstain")
LEVELS = ("1", "2", "3", "4", "5", "6", "7", "8")


def procedure(of: Motion, running: Division | None) -> Procedure:
    """Return how a division is decided: as the matter says, and by vote where a way out of a deadlock sets a share."""
    if running is not None and deadlocks.sets_share(of, running):
        return "vote"
    return of.on.procedure


def present(of: Motion) -> Procedure:
    """Return how the latest division on a motion is decided, or the first will be."""
    return procedure(of, of.divisions[-1] if of.divisions else None)


def allowed(of: Motion) -> tuple[str, ...]:
    """Return what may be said on a motion now, by seat in the open and on a secret ballot."""
    return words(present(of))


def words(how: Procedure) -> tuple[str, ...]:
    """Return what may be said where a decision is made in this way."""
    match how:
        case "vote" | "sense_check":
            return VOTES
        case "consent":
            return CONSENT
        case "consensus":
            return CONSENSUS
        case "gradients":
            return LEVELS
        case "advice":
            return ()
        case _:
            assert_never(how)


def is_positions(of: Motion) -> bool:
    """Return whether seats take positions on a motion now instead of voting."""
    return present(of) in ("consensus", "gradients")


def as_choice(of: Motion, position: str) -> Choice:
    """Return how a position stands to an instruction to vote for, against or to abstain.

    A block is a vote against; who stands aside abstains. Of the gradients, the charter's level and better are for it,
    its bad levels against.
    """
    demand = of.on.demand
    if isinstance(demand, Gradients) and position in LEVELS:
        level = int(position)
        return "for" if level <= demand.level else "against" if level >= demand.bad else "abstain"
    return "for" if position == "for" else "against" if position == "block" else "abstain"


def take(state: State, act: acts.PositionTaken) -> None:
    """A seat takes a position in the open; until the close it may take another, and the last one counts."""
    of = motions.motion(state, act.motion)
    seat = standing.seat(state, act.seat)
    check_permitted(state, act, motions.holder(state, seat, act.at))
    article = of.on.article
    refuse_unless(is_positions(of), article, f"on {of.id} seats do not take positions; {present(of)} decides it")
    running = motions.check_holds(state, of, seat, by=act.by, at=act.at)
    known = allowed(of)
    refuse_unless(act.position in known, article, f"a position on {of.id} is one of {', '.join(known)}")
    refuse_unless(
        act.position != "block" or bool(act.reason.strip()), article, "whoever blocks says why, so that it can be met"
    )
    running.positions[seat.id] = (act.position, act.reason, state.size)


def object_to(state: State, act: acts.ObjectionRaised) -> None:
    """Whoever may vote objects to a motion that goes by consent, with the reason."""
    of = motions.motion(state, act.motion)
    article = of.on.article
    check_new_id(act.objection, act.objection in state.objections, "an objection")
    bodies = of.divisions[-1].bodies if of.divisions else motions.deciding_bodies(state, of)
    check_permitted(state, act, motions.sitting(state, bodies, act.at))
    refuse_unless(
        of.on.procedure == "consent", article, f"{of.on.name!r} does not go by consent; {of.on.procedure} decides it"
    )
    motions.check_not_suspended(state, of)
    own = [b for b in bodies if standing.sits_in(state, act.by, b, act.at)]
    refuse_unless(bool(own), article, f"{act.by} sits in none of {', '.join(bodies)}, which decide {of.id}")
    refuse_unless(not of.outcome, article, f"{of.id} is decided already: {of.outcome}")
    refuse_unless(
        not of.divisions or act.at < of.divisions[-1].closes_at, article, "objections are raised until voting closes"
    )
    refuse_unless(bool(act.reason.strip()), article, "an objection needs a reason, so that it can be met")
    body = act.body if act.body in own else own[0]
    state.objections[act.objection] = Objection(
        act.objection, of.id, act.by, body, act.reason.strip(), state.size, act.at
    )
    of.objections.append(act.objection)


def withdraw_objection(state: State, act: acts.ObjectionWithdrawn) -> None:
    """The objection is met; whoever raised it takes it back."""
    found = state.objections.get(act.objection)
    if found is None:
        raise Refused("record", f"there is no objection {act.objection!r}")
    of = motions.motion(state, found.motion)
    check_permitted(state, act, frozenset({found.by}))
    article = of.on.article
    refuse_unless(act.by == found.by, article, f"only {found.by}, who raised the objection, takes it back")
    refuse_unless(found.withdrawn < 0, article, f"it was taken back in act {found.withdrawn}")
    refuse_unless(not of.outcome, article, f"{of.id} is decided already: {of.outcome}")
    # What stands when voting closes decides; nobody is pressed afterwards, until the result is noted.
    running = of.divisions[-1] if of.divisions else None
    refuse_unless(
        running is None or running.closed or act.at < running.closes_at,
        article,
        f"voting on {of.id} closed at {running.closes_at if running else ''}; an objection is taken back before",
    )
    found.withdrawn = state.size


def standing_objections(state: State, of: Motion) -> tuple[Objection, ...]:
    """Return the objections that nobody took back, in the order in which they were raised."""
    found = (state.objections[name] for name in of.objections)
    return tuple(one for one in found if one.withdrawn < 0)


def advise(state: State, act: acts.AdviceGiven) -> None:
    """Whoever is concerned advises the mover; who advises again replaces what she said before."""
    of = motions.motion(state, act.motion)
    article = of.on.article
    concerned = motions.sitting(state, motions.deciding_bodies(state, of), act.at)
    check_permitted(state, act, concerned)
    refuse_unless(
        of.on.procedure == "advice", article, f"{of.on.name!r} does not go by advice; {of.on.procedure} decides it"
    )
    motions.check_not_suspended(state, of)
    refuse_unless(not of.outcome, article, f"{of.id} is decided already: {of.outcome}")
    refuse_unless(act.by != of.by, article, "the mover asks for advice; she does not advise herself")
    refuse_unless(act.by in concerned, article, f"{act.by} does not sit in a body that {of.id} concerns")
    refuse_unless(act.text in state.blobs, "record", f"the text is missing: no blob {act.text}")
    of.advice = [given for given in of.advice if given[0] != act.by]
    of.advice.append((act.by, act.text, state.size))
