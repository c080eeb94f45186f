"""Alternatives: other texts on the question of a motion, and the count that chooses the one that is put to the vote.

Whoever may vote on the motion, or move it, may move an alternative before the first division. That is then a choice:
every seat ranks the texts in the open, every member of an assembly in secret; the counting rule that the charter names
chooses one, and the vote that follows is on it. All rankings are counted together; a seat weighs what it weighs in a
vote. The lot that breaks a tie is drawn from the hashes of the texts, which are fixed before the first ranking.
"""

import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from comitia.decide.profile import Profile
from comitia.decide.sheet import Sheet
from comitia.decide.ties import Lot
from comitia.federation import acts, counting, motions, moving, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Alternative, Division, Motion, State


def texts(of: Motion) -> tuple[str, ...]:
    """Return what is ranked: the motion itself, then its alternatives as they were moved."""
    return (of.id, *of.alternatives)


def move_alternative(state: State, act: acts.AlternativeMoved) -> None:
    """Put another text on the same question beside a motion."""
    of = motions.motion(state, act.motion)
    on = of.on
    voting = motions.sitting(state, motions.deciding_bodies(state, of), act.at)
    check_permitted(state, act, voting)
    taken = act.alternative in state.motions or act.alternative in state.alternatives
    check_new_id(act.alternative, taken or act.alternative in state.ballots, "an alternative")
    refuse_unless(on.alternatives is not None, on.article, f"for {on.name!r} the charter sets no count among texts")
    refuse_unless(not of.amends, on.article, "an amendment has no alternatives; move another amendment")
    refuse_unless(not of.block, on.article, f"{of.id} is voted on in the block {of.block}; split it first")
    refuse_unless(not of.outcome, on.article, f"{of.id} is decided already: {of.outcome}")
    refuse_unless(not of.divisions, on.article, "alternatives are moved before the first division opens")
    if act.by not in voting:
        moving.check_mover(state, act, on)
    motions.lines_of(state, act.text, "the alternative")
    known = {of.text, *(state.alternatives[a].text for a in of.alternatives)}
    refuse_unless(act.text not in known, on.article, "this text is among those to choose from already")
    state.alternatives[act.alternative] = Alternative(act.alternative, of.id, act.title, act.text, act.by, state.size)
    of.alternatives.append(act.alternative)


def rank(state: State, act: acts.RankingCast) -> None:
    """A seat ranks the texts in the open; until the close it may rank them again, and the last order counts."""
    of = motions.motion(state, act.motion)
    seat = standing.seat(state, act.seat)
    check_permitted(state, act, motions.holder(state, seat, act.at))
    running = motions.check_holds(state, of, seat, by=act.by, at=act.at)
    refuse_unless(running.reading == 0, of.on.article, f"no choice among texts is open on {of.id}; vote on it")
    check_ranking(of, act.ranking)
    running.rankings[seat.id] = (act.ranking, state.size)


def check_ranking(of: Motion, ranking: Sequence[str]) -> None:
    """Raise unless a ranking names texts of this motion, each once, and no more than the rule counts.

    Raises:
        Refused: it does not.
    """
    article, known = of.on.article, texts(of)
    unknown = [name for name in ranking if name not in known]
    refuse_unless(not unknown, article, f"{', '.join(unknown)} is none of the texts: {', '.join(known)}")
    refuse_unless(len(set(ranking)) == len(ranking), article, "a ranking names each text once")
    # What a rule does not count must not be on the paper: an order or further names could mark whose it is.
    match of.on.alternatives:
        case "plurality":
            refuse_unless(len(ranking) <= 1, article, "this choice is for one text; name one, or none")
        case "approval":
            order = [name for name in known if name in set(ranking)]
            refuse_unless(list(ranking) == order, article, "approved texts are named in the order they were moved in")
        case _:
            pass


def choose(state: State, of: Motion, running: Division) -> Sheet:
    """Return the count among the texts."""
    known = texts(of)
    papers: list[tuple[Fraction, tuple[int, ...]]] = []
    for seat, (ranking, _) in running.rankings.items():
        papers.append((running.weights.get(seat, Fraction(1)), tuple(known.index(name) for name in ranking)))
    for ballot in running.ballots.values():
        for line in state.blobs[state.ballots[ballot].published].splitlines():
            papers.append((Fraction(1), tuple(known.index(name) for name in json.loads(line))))
    # Counting rules take whole papers: weights are brought to their common denominator.
    whole = lcm(*(weight.denominator for weight, _ in papers)) if papers else 1
    ballots = tuple((int(weight * whole), ranking) for weight, ranking in papers if weight > 0)
    seed = hashlib.sha256("\n".join(_hashes(state, of)).encode()).digest()
    return counting.count(of.on.alternatives, Profile(known, ballots), seats=1, lot=Lot(seed))


def _hashes(state: State, of: Motion) -> tuple[str, ...]:
    return (motions.text_hash(of), *(state.alternatives[a].text for a in of.alternatives))


def close_choice(state: State, of: Motion, running: Division) -> None:
    """Enter the text that was chosen; the vote on it comes next."""
    sheet = choose(state, of, running)
    running.closed, of.choice_sheet = True, sheet
    chosen = texts(of)[sheet.winners[0]] if sheet.winners else of.id
    if chosen != of.id:
        of.chosen = chosen
        of.lines = motions.lines_of(state, state.alternatives[chosen].text, "the alternative")
