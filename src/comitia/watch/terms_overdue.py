"""Terms overdue: seats whose last term lapsed and that nobody was elected to since, with the days since then."""

from comitia.federation import moment, standing
from comitia.federation.state import State, Term
from comitia.watch.indicator import Reading

NAME = "terms overdue"


def days_between(first: str, second: str) -> int:
    """Return the whole days from one moment to a later one."""
    return (moment.parse(second) - moment.parse(first)).days


def readings(state: State, at: str) -> tuple[Reading, ...]:
    """Return the reading for the federation, then one for each body with an overdue seat."""
    found: list[Reading] = []
    all_seats = all_overdue = 0
    acts: list[int] = []
    for body in standing.bodies(state):
        if body.kind.form != "elected":
            continue
        seats = standing.seats(state, body.id)
        overdue = [t for t in (_overdue(state, s.id, at) for s in seats) if t is not None]
        all_seats, all_overdue = all_seats + len(seats), all_overdue + len(overdue)
        acts += [t.act for t in overdue]
        if overdue:
            longest = max(days_between(t.until, at) for t in overdue)
            sentence = (
                f"{len(overdue)} of {len(seats)} seats of {body.name} lapsed without an election, the first "
                f"{longest} days ago."
            )
            found.append(
                _reading(body.id, len(overdue), len(seats), sentence, tuple(t.act for t in overdue), body.kind.article)
            )
    sentence = (
        f"{all_overdue} of {all_seats} seats lapsed without an election."
        if all_overdue
        else f"No term is overdue; {all_seats} seats were looked at."
    )
    article = standing.charter(state).procedures.founding_article
    return (_reading("", all_overdue, all_seats, sentence, tuple(acts), article), *found)


def _overdue(state: State, seat: str, at: str) -> Term | None:
    terms = state.terms.get(seat, [])
    if not terms or standing.term(state, seat, at) is not None:
        return None
    last = terms[-1]
    return last if not last.ended and last.until <= at else None


def _reading(body: str, count: int, of: int, sentence: str, acts: tuple[int, ...], article: str) -> Reading:
    return Reading(
        "I23",
        NAME,
        "seats lapsed without an election / seats",
        "0 to 1",
        "days since the charter's term, POWER indicators I10 and I23",
        body,
        count,
        of,
        "share",
        sentence,
        acts,
        (article,),
    )
