"""What the reader may do to a motion beside voting on it, and what others did: one value for the motion's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from comitia.charter.structure import Matter
from comitia.federation import positions, standing
from comitia.federation.state import Motion, Objection, State
from comitia.web.page import fresh_id

# The positions of a procedure that asks for them, worst last (gradients of agreement: Kaner 1996).
CONSENSUS = (
    ("for", "For it"),
    ("aside", "I stand aside: not mine, and not stopped by me"),
    ("block", "I block it: it would harm us (say why)"),
    ("abstain", "I abstain"),
)
GRADIENTS = (
    ("1", "1 Whole-hearted support"),
    ("2", "2 Support with a minor point"),
    ("3", "3 Support with reservations"),
    ("4", "4 I abstain"),
    ("5", "5 More talk is needed"),
    ("6", "6 I do not like it, and will not stop it"),
    ("7", "7 Serious disagreement"),
    ("8", "8 I stop it"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was said: by whom, what, and in which act."""

    title: str
    text: str
    by: str
    act: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a motion's page shows beside its vote.

    Attributes:
        withdrawable: the reader moved it, and no division has opened.
        positions: what may be chosen, where the procedure asks for positions; for each of ``seats`` of the reader.
        ranking: the reader's seats that rank the texts now, in the open; ``texts`` are what they rank.
        challenges, appeal: the matters under which it may be challenged or brought before a higher body.
        others: forms that need the charter's leave and a moment: see the names of the flags.
    """

    withdrawable: bool
    alternatives: tuple[Text, ...]
    alternative_id: str
    objections: tuple[tuple[Objection, bool], ...]
    objection_id: str
    advice: tuple[Text, ...]
    positions: tuple[tuple[str, str], ...]
    seats: tuple[str, ...]
    ranking: tuple[str, ...]
    texts: dict[str, str]
    splits: tuple[str, ...]
    chairs: tuple[str, ...]
    hands: tuple[str, ...]
    challenges: tuple[Matter, ...]
    appeal: str
    outcome: str
    others: frozenset[str]


def ways(state: State, of: Motion, who: str, *, at: str, deciding: Sequence[str]) -> Ways:
    """Return what one reader may do to a motion at a moment."""
    rules = standing.charter(state)
    running = of.divisions[-1] if of.divisions else None
    voting = running is not None and running.opens_at <= at < running.closes_at and not running.closed
    choosing = running is not None and not running.reading
    closing = running is not None and at >= running.closes_at and not running.closed
    seats = tuple(t.seat for t in standing.seats_of(state, who, at) if t.seat.partition(":")[0] in deciding)
    sits = any(standing.sits_in(state, who, b, at) for b in deciding)
    kinds = {b: standing.body(state, b).kind for b in deciding}
    chaired = tuple(b for b, kind in kinds.items() if closing and kind.chair and _holds(state, who, kind.chair, at))
    return Ways(
        withdrawable=who == of.by and not of.divisions and not of.outcome and "motion_withdrawn" in rules.permissions,
        alternatives=_alternatives(state, of),
        alternative_id=fresh_id(state, "text"),
        objections=tuple((state.objections[o], state.objections[o].by == who) for o in of.objections),
        objection_id=fresh_id(state, "objection"),
        advice=tuple(Text("", state.blobs[text].decode(), by, act) for by, text, act in of.advice),
        positions=_positions(of.on),
        seats=seats if voting and not choosing and positions.is_positions(of) else (),
        ranking=seats if voting and choosing else (),
        texts=texts(state, of),
        splits=tuple(s for s in seats if voting and not choosing and kinds[s.partition(":")[0]].split_votes),
        chairs=chaired if of.on.tie == "chair" else (),
        hands=tuple(running.ballots) if running and _may_count_hands(state, who, at) and not running.closed else (),
        challenges=tuple(_challenges(state, of, deciding)) if sits and not of.outcome else (),
        appeal=of.on.appeal if of.outcome == "carried" and not of.amends else "",
        outcome=state.blobs[of.stated].decode() if of.stated else "",
        others=frozenset(_others(of, rules.permissions.keys(), sits=sits, voting=voting)),
    )


def texts(state: State, of: Motion) -> dict[str, str]:
    """Return the titles of the texts that a motion's alternatives are chosen from, its own first, by id."""
    return {of.id: of.title, **{name: state.alternatives[name].title for name in of.alternatives}}


def _holds(state: State, who: str, kind: str, at: str) -> bool:
    return any(
        standing.body(state, t.seat.partition(":")[0]).kind.id == kind for t in standing.seats_of(state, who, at)
    )


def _may_count_hands(state: State, who: str, at: str) -> bool:
    permission = standing.charter(state).permissions.get("hand_vote_counted")
    return permission is not None and any(_holds(state, who, kind, at) for kind in permission.by)


def _positions(on: Matter) -> tuple[tuple[str, str], ...]:
    return CONSENSUS if on.procedure == "consensus" else GRADIENTS


def _alternatives(state: State, of: Motion) -> tuple[Text, ...]:
    found = (state.alternatives[name] for name in of.alternatives)
    return tuple(Text(one.title, state.blobs[one.text].decode(), one.by, one.act, one.id) for one in found)


def _challenges(state: State, of: Motion, deciding: Sequence[str]) -> list[Matter]:
    kinds = {b.partition("/")[0] for b in deciding}
    matters = standing.charter(state).matters.values()
    return [m for m in matters if m.effect == "admissibility" and kinds & set(m.decided_by) and not of.amends]


def _others(of: Motion, permitted: Collection[str], *, sits: bool, voting: bool) -> list[str]:
    """Return the names of the forms that are open to the reader now."""
    early = not of.divisions and not of.outcome and not of.amends
    offered = {
        "alternative_moved": early and sits and of.on.alternatives is not None,
        "objection_raised": sits and of.on.procedure == "consent" and voting,
        "advice_given": of.on.procedure == "advice" and not of.outcome,
        "outcome_stated": bool(of.outcome) and sits,
    }
    return [word for word, now in offered.items() if now and word in permitted]
