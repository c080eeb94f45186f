"""Vacancies: which seats are to be filled by a by-election, until when, and who may open one.

A vacancy comes when a term ends early or lapses; somebody who acts in the seat does not end it. It is a function of the
moment at which one asks: nothing happens by itself when its days are over, but it shows, and it awaits those concerned.
"""

from dataclasses import dataclass

from comitia.federation import elections, moment, standing
from comitia.federation.state import State, Term


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat that is to be filled: since when it is vacant, until when it is due, who acts in it, which election runs.

    ``due`` is "" where the article sets no days for by-elections; ``acting`` and ``election`` are "" where there is
    none.
    """

    seat: str
    body: str
    constituency: str
    since: str
    due: str
    acting: str
    election: str

    def is_overdue(self, at: str) -> bool:
        """Return whether its days are over at a moment, and no election is under way."""
        return bool(self.due) and at >= self.due and not self.election


def vacancies(state: State, at: str) -> tuple[Vacancy, ...]:
    """Return the vacancies of elected bodies at a moment, bodies in the charter's order.

    A seat that nobody ever held waits for its first election, and is none.
    """
    found = []
    for body in standing.bodies(state):
        if body.kind.candidacy is None:
            continue
        days = body.kind.candidacy.by_election_days
        for seat in standing.seats(state, body.id):
            last = last_holder(state, seat.id)
            if last is None or standing.lawful_term(state, seat.id, at) is not None:
                continue
            since = last.ended or last.until
            acting = standing.term(state, seat.id, at)
            running = elections.running_for(state, seat.id)
            found.append(
                Vacancy(
                    seat.id,
                    body.id,
                    seat.constituency,
                    since,
                    moment.after(since, days=days) if days else "",
                    acting.member if acting else "",
                    running.id if running else "",
                )
            )
    return tuple(found)


def last_holder(state: State, seat_id: str) -> Term | None:
    """Return the latest term of somebody who held the seat in her own right, or None."""
    return next((t for t in reversed(state.terms.get(seat_id, [])) if t.origin != "acting"), None)


def overdue(state: State, at: str) -> tuple[Vacancy, ...]:
    """Return the vacancies whose by-election should have been opened by this moment."""
    return tuple(v for v in vacancies(state, at) if v.is_overdue(at))


def may_open(state: State, of: Vacancy, member: str, at: str) -> bool:
    """Return whether the charter lets a member open the election that fills a vacancy."""
    permission = standing.charter(state).permissions.get("election_opened")
    if permission is None or member not in standing.all_members(state):
        return False
    if "member" in permission.by:
        return True
    if "elector" in permission.by and member in standing.electors(state, of.constituency, at):
        return True
    return any(b.partition("/")[0] in permission.by for b in standing.bodies_of(state, member, at))
