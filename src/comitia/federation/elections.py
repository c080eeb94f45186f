"""Elections: seats to fill, candidates, the gate, the count, terms.

The rules are those of the charter at the opening (``Election.kind``), whatever the charter says at the close. Who may
stand, and who stands on the ballot, is in ``candidacy.py``.
"""

import msgspec

from comitia.charter.structure import Kind
from comitia.decide import election as verdict, profile, ties
from comitia.decide.count import list_proportional
from comitia.decide.sheet import Sheet
from comitia.decide.verdict import alone
from comitia.federation import acts, apportioned, ballots, candidacy, counting, lots, moment, sealing, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.seating import seat_member
from comitia.federation.state import Ballot, Election, State, Term


def open_election(state: State, act: acts.ElectionOpened) -> None:
    """Open nominations, then voting, for seats of ``act.body`` by one constituency."""
    body = standing.body(state, act.body)
    kind = body.kind
    seats = [s for s in standing.seats(state, act.body) if s.constituency == act.constituency]
    refuse_unless(
        kind.form == "elected" and bool(seats),
        kind.article,
        f"{act.constituency!r} elects no seats of {act.body}; its electing bodies are "
        f"{', '.join(standing.electing_bodies(state, act.body)) or 'none'}",
    )
    electorate = standing.electors(state, act.constituency, act.at)
    check_permitted(state, act, electorate)
    check_new_id(act.election, act.election in state.ballots or act.election in state.motions, "a ballot")
    _check_days(act, kind)
    refuse_unless(
        bool(electorate), kind.article, f"{act.constituency} has no electors at present; fill its own seats first"
    )
    wanted = _seats_to_fill(state, act, kind, seats)
    refuse_unless(
        bool(wanted), kind.article, f"no seat of {act.body} is vacant or due for renewal in this constituency"
    )
    refuse_unless(
        kind.rule != "instant_runoff" or len(wanted) == 1,
        kind.article,
        f"instant runoff fills one seat; here {len(wanted)} are to be filled in one election",
    )
    for seat in wanted:
        running = running_for(state, seat)
        if running is not None:
            raise Refused(kind.article, f"the election {running.id} for the same seats is still running")
    state.elections[act.election] = Election(
        act.election, act.body, act.constituency, wanted, act.nominations_until, act.election, kind=kind
    )
    state.ballots[act.election] = Ballot(
        act.election,
        "election",
        act.body,
        act.constituency,
        electorate,
        act.nominations_until,
        act.closes_at,
        act.lot,
        state.size,
        sealed=sealing.begin(state, "election"),
    )


def running_for(state: State, seat_id: str) -> Election | None:
    """Return the election that is under way for a seat, or None."""
    return next((e for e in state.elections.values() if e.sheet is None and seat_id in e.seats), None)


def _check_days(act: acts.ElectionOpened, kind: Kind) -> None:
    moment.check_moment(act.nominations_until)
    moment.check_moment(act.closes_at)
    first = moment.after(act.at, days=kind.nomination_days)
    refuse_unless(
        act.nominations_until >= first,
        kind.article,
        f"nominations stay open {kind.nomination_days} days, until {first} or later",
    )
    close = moment.after(act.nominations_until, days=kind.voting_days)
    refuse_unless(act.closes_at >= close, kind.article, f"voting lasts {kind.voting_days} days, until {close} or later")


def _seats_to_fill(state: State, act: acts.ElectionOpened, kind: Kind, seats: list[standing.Seat]) -> tuple[str, ...]:
    soon = moment.after(act.closes_at, days=candidacy.rules_of(kind).renewal_days)
    found = []
    for seat in seats:
        term = standing.lawful_term(state, seat.id, act.at)
        due = term is not None and (term.origin == "carried over" or term.until <= soon)
        if term is None or (due and not act.vacant_only):
            found.append(seat.id)
    return tuple(found)


def _election(state: State, name: str) -> Election:
    found = state.elections.get(name)
    if found is None:
        raise Refused("record", f"there is no election {name!r}")
    return found


def _check_nominations_open(election: Election, at: str) -> None:
    refuse_unless(
        at < election.nominations_until,
        candidacy.kind_of(election).article,
        f"nominations for {election.id} closed at {election.nominations_until}; until then candidates stand, withdraw "
        f"and are screened",
    )


def nominate(state: State, act: acts.CandidateNominated) -> None:
    """A candidate stands herself and electors support her; or the bodies that the charter names put her up."""
    election = _election(state, act.election)
    of = state.ballots[election.ballot]
    kind = candidacy.kind_of(election)
    check_permitted(state, act, of.electorate)
    _check_nominations_open(election, act.at)
    _check_nominator(state, act, election)
    candidacy.check_eligible(state, kind, election.body, act.candidate, of.electorate, act.at)
    current = _list_entered(state, act, election)
    election.nominators.setdefault(act.candidate, set()).add(act.by)
    election.withdrawn.discard(act.candidate)
    if current:
        election.currents[act.candidate] = current


def _check_nominator(state: State, act: acts.CandidateNominated, election: Election) -> None:
    kind = candidacy.kind_of(election)
    # Under language 1 whoever supported a candidate who had withdrawn put her up again.
    refuse_unless(
        act.by == act.candidate or act.candidate not in election.withdrawn or standing.charter(state).language == 1,
        kind.article,
        f"{act.candidate} has withdrawn; she alone can say that she stands again",
    )
    nominating = candidacy.rules_of(kind).nominated_by
    if nominating:
        refuse_unless(
            act.body.partition("/")[0] == nominating and standing.sits_in(state, act.by, act.body, act.at),
            kind.article,
            f"candidates for {election.body} are put up by those who sit in the {nominating}, in its name, and by "
            f"nobody else",
        )
        return
    refuse_unless(
        act.by == act.candidate or act.candidate in election.nominators,
        kind.article,
        f"{act.candidate} must say herself that she stands before others support her",
    )
    refuse_unless(
        kind.nomination <= 1 or act.by == act.candidate or act.by in state.ballots[election.ballot].electorate,
        kind.article,
        f"{act.by} is no elector of {election.body}; its electors alone nominate, {kind.nomination} for each candidate",
    )


def _list_entered(state: State, act: acts.CandidateNominated, election: Election) -> str:
    """Return the current on whose list the act enters the candidate, or "".

    A member of the current enters her; where membership is secret, one of those who formed it and are named.
    """
    if act.current is msgspec.UNSET or not act.current:
        return ""
    kind = candidacy.kind_of(election)
    refuse_unless(kind.rule == "list", kind.article, f"{election.id} is no election of lists; leave the current out")
    current = state.currents.get(act.current)
    if current is None:
        raise Refused(kind.article, f"there is no current {act.current!r}; form it first")
    refuse_unless(
        act.by in current.members,
        kind.article,
        f"{act.by} is not known as a member of {current.name}; its own members fill its list",
    )
    other = election.currents.get(act.candidate, act.current)
    refuse_unless(other == act.current, kind.article, f"{act.candidate} stands on the list of {other} already")
    return act.current


def screen(state: State, act: acts.CandidateScreened) -> None:
    """The gate admits a candidate or does not, once, and says why."""
    election = _election(state, act.election)
    kind = candidacy.kind_of(election)
    gate = candidacy.rules_of(kind).gate
    check_permitted(state, act)
    refuse_unless(bool(gate), kind.article, f"nobody screens the candidates for {election.body}: the electors choose")
    refuse_unless(
        act.body.partition("/")[0] == gate and standing.sits_in(state, act.by, act.body, act.at),
        kind.article,
        f"candidates for {election.body} are screened by those who sit in the {gate}, in its name",
    )
    _check_nominations_open(election, act.at)
    refuse_unless(
        act.candidate in election.nominators and act.candidate not in election.withdrawn,
        kind.article,
        f"{act.candidate} does not stand in {election.id}",
    )
    before = election.screened.get(act.candidate)
    refuse_unless(
        before is None,
        kind.article,
        f"{act.candidate} was screened in act {before[2] if before else ''}; a gate says it once",
    )
    refuse_unless(bool(act.reason.strip()), kind.article, "a gate says why it admits a candidate, or does not")
    election.screened[act.candidate] = (act.admitted, act.reason, state.size)


def withdraw(state: State, act: acts.CandidacyWithdrawn) -> None:
    """The author no longer stands."""
    election = _election(state, act.election)
    kind = candidacy.kind_of(election)
    check_permitted(state, act, frozenset(election.nominators))
    refuse_unless(act.by in election.nominators, kind.article, f"{act.by} does not stand in {election.id}")
    _check_nominations_open(election, act.at)
    election.withdrawn.add(act.by)


def count(state: State, election: Election, choices: ballots.Choices, lot: ties.Breaking) -> Sheet:
    """Return the count sheet of an election by the rule that the charter named for the body."""
    kind = candidacy.kind_of(election)
    names = ballots.names(state, state.ballots[election.ballot])
    place = {name: i for i, name in enumerate(names)}
    papers: dict[tuple[int, ...], int] = {}
    for choice in choices:
        assert isinstance(choice, list)
        ranking = tuple(place[c] for c in choice)
        papers[ranking] = papers.get(ranking, 0) + 1
    if kind.rule == "list":
        votes = {"".join(names[place] for place in ranking): weight for ranking, weight in papers.items()}
        lists, apportion = candidacy.lists(state, election), _apportionment(kind)
        return list_proportional.count(votes, lists, seats=len(election.seats), apportion=apportion, lot=lot)
    voted = profile.Profile(names, tuple((weight, ranking) for ranking, weight in sorted(papers.items())))
    return counting.count(kind.rule, voted, seats=min(len(election.seats), len(names)), lot=lot)


def _apportionment(kind: Kind) -> list_proportional.Apportioning:
    by = candidacy.rules_of(kind).list_rule
    assert by is not None
    return apportioned.RULES[by]


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Count the published choices and seat the elected, in the order of their election."""
    election = state.elections[of.id]
    kind = candidacy.kind_of(election)
    sheet = _counted(state, election, choices, act) if ballots.names(state, of) else None
    ballots.note_published(state, of, act)
    if sheet is None:
        del state.elections[of.id]
        return
    body = standing.find_body(state, election.body)
    found = verdict.election_verdict(
        body.name if body else election.body,
        sheet,
        (of.turnout, len(of.electorate)),
        turnout=candidacy.rules_of(kind).turnout,
        article=kind.article,
    )
    election.sheet, election.verdict = sheet, alone(found)
    # Where too few have voted the papers are counted for all to see, and nobody is elected.
    election.elected = tuple(sheet.candidates[w] for w in sheet.winners) if found.quorum_met else ()
    _seat(state, election, act.at)


def _counted(state: State, election: Election, choices: ballots.Choices, act: acts.BallotsPublished) -> Sheet:
    """Return the count, its lots drawn from the seed, or by hand where the election was opened without one."""
    of = state.ballots[election.ballot]
    if of.lot:
        return count(state, election, choices, ties.Lot(act.seed.encode()))
    article = candidacy.kind_of(election).article
    return lots.counted(
        lambda lot: count(state, election, choices, lot), lots.drawn(act), ballots.names(state, of), article
    )


def _seat(state: State, election: Election, at: str) -> None:
    # A seat may have gone with its body, or its constituency, since the election was opened.
    seats = [s for s in election.seats if standing.find_seat(state, s)]
    vacant_first = sorted(seats, key=lambda s: (standing.lawful_term(state, s, at) is not None, seats.index(s)))
    for seat_id, member in zip(vacant_first, election.elected, strict=False):
        if not state.members[member].left:
            until = _until(state, election, seat_id, at)
            seat_member(state, Term(seat_id, member, "elected", at, until, state.size))


def _until(state: State, election: Election, seat_id: str, at: str) -> str:
    """Return until when the seat is filled by this election.

    Seats renewed in turn are staggered by their first terms: the seat first in order, which goes to whoever was elected
    first, has the whole term, the others parts of it. A vacancy among them is filled for the rest of the term, so that
    the turn is kept. Else whoever is elected serves a full term of her own.
    """
    kind = candidacy.kind_of(election)
    parts = candidacy.rules_of(kind).renewed_in
    held = [t for t in state.terms.get(seat_id, []) if t.origin == "elected"]
    if parts > 1 and not held:
        place = [s.id for s in standing.seats(state, election.body)].index(seat_id)
        return moment.after(at, days=kind.term_days * (parts - place % parts) // parts)
    if parts > 1 and held[-1].ended and held[-1].until > at:
        return held[-1].until
    return moment.after(at, days=kind.term_days)
