"""How seats are held beside elections: carried over, appointed, acting in a vacancy, resigned; and how terms end."""

from comitia.charter.structure import Kind
from comitia.federation import acts, candidacy, moment, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ending, State, Term


def seat_member(state: State, term: Term) -> None:
    """Enter a term: end the one that runs in that seat, and those in bodies that exclude this one."""
    running = standing.term(state, term.seat, term.since)
    if running is not None:
        end(running, term.since, "replaced", term.act)
    for other in excluded_terms(state, term.seat, term.member, term.since):
        end(other, term.since, "resigned", term.act)
    state.terms.setdefault(term.seat, []).append(term)
    held = state.holders.setdefault(term.member, [])
    if term.seat not in held:
        held.append(term.seat)


def excluded_terms(state: State, seat_id: str, member: str, at: str) -> tuple[Term, ...]:
    """Return the running terms of a member in bodies in which nobody may sit who sits in this seat's body.

    Each of two bodies excludes the other, whichever article says so. Language 1 asked only the body of the new seat.
    """
    own = standing.body(state, seat_id.partition(":")[0]).kind
    found = []
    for other in standing.seats_of(state, member, at):
        there = standing.body(state, other.seat.partition(":")[0]).kind
        either = standing.charter(state).language > 1 and own.id in there.incompatible
        if there.id in own.incompatible or either:
            found.append(other)
    return tuple(found)


def _check_compatible(state: State, seat_id: str, kind: Kind, *, member: str, at: str) -> None:
    """Raise where a member would lose a seat by being named to another: nobody is promoted out of an office.

    Raises:
        Refused: she sits in a body that excludes this one.
    """
    if standing.charter(state).language == 1:
        return
    held = [term.seat for term in excluded_terms(state, seat_id, member, at)]
    refuse_unless(
        not held,
        kind.article,
        f"{member} holds {', '.join(held)}, and nobody sits there and in {seat_id.partition(':')[0]} at the same time; "
        "only she herself can give a seat up",
    )


def end(term: Term, at: str, how: Ending, act: int) -> None:
    """Note that a term ended early."""
    term.ended, term.ended_by, term.ended_act = at, how, act


def end_lost_seats(state: State, at: str) -> None:
    """End the terms in seats whose body, or whose constituency, is no more."""
    for seat_id, terms in state.terms.items():
        if standing.is_running(terms[-1], at) and standing.constituency_of(state, seat_id) is None:
            end(terms[-1], at, "dissolved", state.size)


def held_seats(state: State, at: str) -> tuple[str, ...]:
    """Return the seats that somebody holds and that the charter in force has."""
    held = (seat_id for seat_id, terms in state.terms.items() if standing.is_running(terms[-1], at))
    return tuple(seat_id for seat_id in held if standing.find_seat(state, seat_id) is not None)


def end_struck_seats(state: State, before: tuple[str, ...], at: str) -> None:
    """End the terms in seats that were there before, and that the charter now in force no longer has."""
    for seat_id in before:
        if standing.find_seat(state, seat_id) is None:
            end(state.terms[seat_id][-1], at, "dissolved", state.size)


def _check_vacant(state: State, seat_id: str, member: str, at: str) -> tuple[standing.Seat, Kind]:
    seat = standing.seat(state, seat_id)
    kind = standing.body(state, seat.body).kind
    person = state.members.get(member)
    refuse_unless(person is not None and not person.left, kind.article, f"{member} is not a member")
    holder = standing.term(state, seat_id, at)
    if holder is not None:
        raise Refused(
            kind.article, f"the seat {seat_id} is held by {holder.member} until {holder.until}; it is not vacant"
        )
    return seat, kind


def carry_over(state: State, act: acts.OfficerCarriedOver) -> None:
    """Enter an officer who sat before the founding, until an election confirms her or the charter's days are over."""
    rule = standing.charter(state).procedures
    refuse_unless(
        act.by in state.founders, rule.founding_article, "only a founder enters officers who are carried over"
    )
    refuse_unless(
        not any(e.sheet for e in state.elections.values()),
        rule.founding_article,
        "officers are carried over at the founding only, before the first election is counted",
    )
    refuse_unless(
        rule.carried_over_days > 0,
        rule.founding_article or "record",
        "the charter carries nobody over who sat before the founding; seats are filled as its articles say",
    )
    _, kind = _check_vacant(state, act.seat, act.member, act.at)
    _check_compatible(state, act.seat, kind, member=act.member, at=act.at)
    until = moment.after(act.at, days=rule.carried_over_days)
    seat_member(state, Term(act.seat, act.member, "carried over", act.at, until, state.size))


def appoint(state: State, act: acts.SeatAppointed) -> None:
    """Fill a seat by appointment, where the charter says that seats of this kind are appointed, and by whom."""
    check_permitted(state, act)
    seat, kind = _check_vacant(state, act.seat, act.member, act.at)
    # Language 1 knew no appointed kinds: whom its charter permitted to appoint, appointed to any seat.
    if standing.charter(state).language > 1:
        refuse_unless(
            kind.form == "appointed",
            kind.article,
            f"seats of {seat.body} are elected; nobody can be appointed to one",
        )
        appointing = seat.constituency.split(",")
        refuse_unless(
            act.body in appointing and standing.sits_in(state, act.by, act.body, act.at),
            kind.article,
            f"{seat.body} is appointed by {', '.join(appointing)}; {act.by} does not speak for it"
            f"{' in ' + act.body if act.body else ''}",
        )
        _check_compatible(state, act.seat, kind, member=act.member, at=act.at)
        candidacy.check_term_limit(state, kind, seat.body, act.member, act.at)
    until = moment.after(act.at, days=kind.term_days)
    seat_member(state, Term(act.seat, act.member, "appointed", act.at, until, state.size))


def name_acting(state: State, act: acts.ActingNamed) -> None:
    """Say who acts in a vacant seat until its by-election, for no longer than the charter allows in one vacancy."""
    check_permitted(state, act)
    seat, kind = _check_vacant(state, act.seat, act.member, act.at)
    rules = kind.candidacy
    if rules is None or not rules.acting_by:
        raise Refused(kind.article, f"nobody acts in a vacant seat of {seat.body}; it stays vacant until it is filled")
    refuse_unless(
        act.body.partition("/")[0] == rules.acting_by and standing.sits_in(state, act.by, act.body, act.at),
        kind.article,
        f"who acts in {seat.id} is named by those who sit in the {rules.acting_by}, in its name",
    )
    electorate = standing.electors(state, seat.constituency, act.at)
    candidacy.check_eligible(state, kind, seat.body, act.member, electorate, act.at)
    _check_compatible(state, act.seat, kind, member=act.member, at=act.at)
    first = acting_since(state, seat.id) or act.at
    until = moment.after(first, days=rules.acting_days)
    # Naming another does not begin the days anew: a vacancy is not filled by a row of people who act.
    refuse_unless(
        act.at < until,
        kind.article,
        f"somebody has acted in {seat.id} since {first}, {rules.acting_days} days at most; now it is for the electors",
    )
    seat_member(state, Term(act.seat, act.member, "acting", act.at, until, state.size))


def acting_since(state: State, seat_id: str) -> str:
    """Return since when somebody acts, or acted, in the seat's present vacancy; "" where nobody did."""
    first = ""
    for term in reversed(state.terms.get(seat_id, [])):
        if term.origin != "acting":
            break
        first = term.since
    return first


def resign(state: State, act: acts.SeatResigned) -> None:
    """The holder gives up her seat."""
    term = standing.term(state, standing.seat(state, act.seat).id, act.at)
    article = standing.body(state, act.seat.partition(":")[0]).kind.article
    if term is None or term.member != act.by:
        raise Refused(article, f"{act.by} does not hold the seat {act.seat}")
    end(term, act.at, "resigned", state.size)
