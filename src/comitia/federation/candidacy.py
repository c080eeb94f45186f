"""Who may stand for a kind's seats, and who stands on the ballot: supporters, gate, lists, term limits, rotation."""

from comitia.charter.structure import Candidacy, Kind
from comitia.federation import moment, standing
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Election, State, Term


def kind_of(election: Election) -> Kind:
    """Return the kind of body that is elected, as the charter had it when the election was opened."""
    assert election.kind is not None
    return election.kind


def rules_of(kind: Kind) -> Candidacy:
    """Return who may stand for an elected kind."""
    assert kind.candidacy is not None
    return kind.candidacy


def check_eligible(state: State, kind: Kind, body: str, candidate: str, electorate: frozenset[str], at: str) -> None:
    """Raise unless a person may sit in a body of this kind.

    Raises:
        Refused: she is no member, not one of those from whom the charter lets the seats be filled, or has served the
            terms that it allows in a row.
    """
    person = state.members.get(candidate)
    refuse_unless(person is not None and not person.left, kind.article, f"{candidate} is not a member")
    among = rules_of(kind).candidates
    match among:
        case "members":
            pass
        case "electors":
            refuse_unless(
                candidate in electorate,
                kind.article,
                f"{candidate} is not among the electors of {body}, who alone stand",
            )
        case _:
            sits = any(b.partition("/")[0] == among for b in standing.bodies_of(state, candidate, at))
            refuse_unless(sits, kind.article, f"{candidate} sits in no {among}; {body} is filled from those who do")
    check_term_limit(state, kind, body, candidate, at)


def check_term_limit(state: State, kind: Kind, body: str, candidate: str, at: str) -> None:
    """Raise where a person has served the terms in a row that the charter allows, and has not stood back long enough.

    In an elected kind terms count that she held by election, in an appointed one those by appointment; for these the
    charter writes no pause, so that the limit is for good.

    Raises:
        Refused: with the moment from which she may stand again, where there is one.
    """
    if not kind.term_limit:
        return
    pause = rules_of(kind).pause_days if kind.candidacy else 0
    served, last = 0, ""
    for term in _terms(state, kind, body, candidate):
        rested = bool(pause and last) and term.since >= moment.after(last, days=pause)
        served = 1 if rested else served + 1
        last = term.ended or term.until
    if served < kind.term_limit:
        return
    # Rotation: who has stood back long enough begins anew. Without a pause in the charter the limit is for ever.
    again = moment.after(last, days=pause) if pause else ""
    if again and at >= again:
        return
    raise Refused(
        kind.article,
        f"{candidate} has served {served} terms {'in a row ' if pause else ''}in {body}; the limit is "
        f"{kind.term_limit}{', and she may stand again from ' + again if again else ''}",
    )


def _terms(state: State, kind: Kind, body: str, member: str) -> list[Term]:
    origin = "appointed" if kind.form == "appointed" else "elected"
    seats = [s for s in state.holders.get(member, []) if s.partition(":")[0] == body]
    held = [t for s in seats for t in state.terms[s] if t.member == member and t.origin == origin]
    return sorted(held, key=lambda t: t.since)


def supporters(state: State, election: Election, candidate: str) -> int:
    """Return how many electors have nominated a candidate, herself among them if she is one."""
    return len(election.nominators.get(candidate, set()) & state.ballots[election.ballot].electorate)


def missing(state: State, election: Election, candidate: str) -> str:
    """Return in words why a nominated candidate does not stand on the ballot as things are, or "" where she does."""
    kind = kind_of(election)
    rules = rules_of(kind)
    if candidate in election.withdrawn:
        return "has withdrawn"
    if kind.nomination > 1 and not rules.nominated_by:
        signed = supporters(state, election, candidate)
        if signed < kind.nomination:
            return f"is nominated by {signed} electors of the {kind.nomination} needed"
    if rules.gate:
        admitted, reason, _ = election.screened.get(candidate, (False, "", -1))
        if not admitted:
            return f"was not admitted by the {rules.gate}: {reason}" if reason else f"was not seen by the {rules.gate}"
    if kind.rule == "list" and candidate not in election.currents:
        return "stands on no list"
    return ""


def candidates(state: State, election: Election) -> tuple[str, ...]:
    """Return who stands, in the order of nomination: nominated as the charter asks, admitted, and not withdrawn."""
    return tuple(c for c in election.nominators if not missing(state, election, c))


def lists(state: State, election: Election) -> dict[str, tuple[str, ...]]:
    """Return the lists of a list election by current, each with its candidates in the order in which they came on."""
    stand = set(candidates(state, election))
    found: dict[str, tuple[str, ...]] = {}
    for candidate, current in election.currents.items():
        if candidate in stand:
            found[current] = (*found.get(current, ()), candidate)
    return found
