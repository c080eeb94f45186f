"""Elections: seats to fill, candidates, the count, terms."""

from comitia.charter.structure import Kind
from comitia.decide import profile, ties
from comitia.decide.count import approval, instant_runoff, plurality, stv_scottish
from comitia.decide.sheet import Sheet
from comitia.federation import acts, ballots, moment, standing
from comitia.federation.founding import check_new_id, seat_member
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
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
    wanted = _seats_to_fill(state, act, seats)
    refuse_unless(
        bool(wanted), kind.article, f"no seat of {act.body} is vacant or due for renewal in this constituency"
    )
    ids = tuple(s.id for s in wanted)
    for other in state.elections.values():
        if other.sheet is None and set(other.seats) & set(ids):
            raise Refused(kind.article, f"the election {other.id} for the same seats is still running")
    state.elections[act.election] = Election(
        act.election, act.body, act.constituency, ids, act.nominations_until, act.election
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
    )


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


def _seats_to_fill(state: State, act: acts.ElectionOpened, seats: list[standing.Seat]) -> list[standing.Seat]:
    kind = standing.body(state, act.body).kind
    soon = moment.after(act.closes_at, days=kind.candidacy.renewal_days if kind.candidacy else 0)
    found = []
    for seat in seats:
        term = standing.term(state, seat.id, act.at)
        due = term is not None and (term.origin == "carried over" or term.until <= soon)
        if term is None or (due and not act.vacant_only):
            found.append(seat)
    return found


def nominate(state: State, act: acts.CandidateNominated) -> None:
    """A candidate stands herself, or an elector supports her."""
    election = _running(state, act.election)
    of = state.ballots[election.ballot]
    kind = standing.body(state, election.body).kind
    check_permitted(state, act, of.electorate)
    refuse_unless(
        act.at < election.nominations_until,
        kind.article,
        f"nominations for {election.id} closed at {election.nominations_until}",
    )
    person = state.members.get(act.candidate)
    refuse_unless(person is not None and not person.left, kind.article, f"{act.candidate} is not a member")
    refuse_unless(
        act.by == act.candidate or act.candidate in election.nominators,
        kind.article,
        f"{act.candidate} must say herself that she stands before others support her",
    )
    # Delegates are chosen among their electors; so is the committee of an assembly. An indirectly elected body may be
    # filled from all members.
    among = kind.constituencies or standing.body(state, election.constituency.split(",")[0]).kind.form == "all"
    refuse_unless(
        not among or act.candidate in of.electorate,
        kind.article,
        f"{act.candidate} is not among the electors of {election.body}",
    )
    _check_term_limit(state, election, act.candidate, kind)
    election.nominators.setdefault(act.candidate, set()).add(act.by)
    election.withdrawn.discard(act.candidate)


def _check_term_limit(state: State, election: Election, candidate: str, kind: Kind) -> None:
    if not kind.term_limit:
        return
    held = [t for terms in state.terms.values() for t in terms if t.member == candidate]
    served = sum(t.seat.partition(":")[0] == election.body and t.origin == "elected" for t in held)
    refuse_unless(
        served < kind.term_limit,
        kind.article,
        f"{candidate} has served {served} terms in {election.body}; the limit is {kind.term_limit}",
    )


def _running(state: State, name: str) -> Election:
    found = state.elections.get(name)
    if found is None:
        raise Refused("record", f"there is no election {name!r}")
    return found


def withdraw(state: State, act: acts.CandidacyWithdrawn) -> None:
    """The author no longer stands."""
    election = _running(state, act.election)
    kind = standing.body(state, election.body).kind
    check_permitted(state, act, frozenset(election.nominators))
    refuse_unless(act.by in election.nominators, kind.article, f"{act.by} does not stand in {election.id}")
    refuse_unless(
        act.at < election.nominations_until,
        kind.article,
        f"candidates withdraw until nominations close, {election.nominations_until}",
    )
    election.withdrawn.add(act.by)


def count(state: State, election: Election, choices: ballots.Choices, seed: bytes) -> Sheet:
    """Return the count sheet of an election by the rule that the charter names for the body."""
    names = ballots.candidates(state, election.id)
    place = {name: i for i, name in enumerate(names)}
    papers: dict[tuple[int, ...], int] = {}
    for choice in choices:
        assert isinstance(choice, list)
        ranking = tuple(place[c] for c in choice)
        papers[ranking] = papers.get(ranking, 0) + 1
    voted = profile.Profile(names, tuple((weight, ranking) for ranking, weight in sorted(papers.items())))
    seats = min(len(election.seats), len(names))
    lot = ties.Lot(seed)
    match standing.body(state, election.body).kind.rule:
        case "scottish":
            return stv_scottish.count(voted, seats=seats, lot=lot)
        case "plurality":
            return plurality.count(voted, seats=seats, lot=lot)
        case "approval":
            return approval.count(voted, seats=seats, lot=lot)
        case "instant_runoff":
            return instant_runoff.count(voted, seats=seats, lot=lot)
        case "list" | None:
            raise AssertionError("an elected body has a counting rule; charter.parse saw to it")


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Count the published choices and seat the elected, in the order of their election."""
    election = state.elections[of.id]
    kind = standing.body(state, election.body).kind
    names = ballots.candidates(state, election.id)
    sheet = count(state, election, choices, act.seed.encode()) if names else None
    ballots.note_published(state, of, act)
    if sheet is None:
        del state.elections[of.id]
        return
    election.sheet = sheet
    election.elected = tuple(names[w] for w in sheet.winners)
    until = moment.after(act.at, days=kind.term_days)
    # A vacancy is filled for the rest of nobody's term: the newly elected serve a full term of their own.
    vacant_first = sorted(
        election.seats, key=lambda s: (standing.term(state, s, act.at) is not None, election.seats.index(s))
    )
    for seat_id, member in zip(vacant_first, election.elected, strict=False):
        if not state.members[member].left:
            seat_member(state, Term(seat_id, member, "elected", act.at, until, state.size))
