"""A charter on its members as a calendar of assemblies and posts, for ``hold.py``.

Every body stands for itself; an assembly is won by more than half of its members, and people who stand in several
assemblies are counted in each: the answer is an upper bound where rolls overlap. A body is held with a majority of its
votes; a constituency that is held gives the seats of which more than half of its electors are sure. Whoever nominates,
admits or appoints must be held too. Bodies that nobody among these members and posts can fill are left out. Terms are
rounded up to whole half-years; bodies are renewed from the base upwards.
"""

import dataclasses

from comitia.drill import bodies
from comitia.drill.bodies import Body, Federation
from comitia.drill.hold import Base, Calendar, Clause, Post

_TICK_DAYS = 183


def of(federation: Federation) -> Calendar:
    """Return the calendar of a charter on these members."""
    bases: list[Base] = []
    posts: list[Post] = []
    for kind in federation.charter.kinds.values():
        for body in bodies.of_kind(federation, kind.id):
            if kind.form == "all":
                people = bodies.voters(federation, body)
                if people:
                    bases.append(Base(body.id, 1, people // 2 + 1))
            elif kind.form == "elected" and any(bodies.every_constituency(federation, body)):
                posts.append(_elected(federation, body))
            elif kind.form == "appointed" and kind.seats is not None:
                posts.append(_appointed(federation, body))
    return _standing(tuple(bases), posts)


def _standing(bases: tuple[Base, ...], posts: list[Post]) -> Calendar:
    """Return the calendar of the posts that somebody can fill: those without electors or appointers fall away."""
    while True:
        known = {base.id for base in bases} | {post.id for post in posts}
        kept = [post for post in posts if all(clause.votes and set(clause.votes) <= known for clause in post.filled)]
        if len(kept) == len(posts):
            return Calendar(bases, tuple(kept))
        posts = kept


def _elected(federation: Federation, body: Body) -> Post:
    kind = bodies.kind_of(federation, body)
    assert kind.rule is not None
    votes: dict[str, int] = {}
    seats = counted = 0
    for one in bodies.every_constituency(federation, body):
        parts = [part for electing in one.electing for part in _sitting_together(federation, electing)]
        electors = sum(_voters(federation, part) for part in parts)
        if not electors:
            continue
        prices = bodies.price(federation, body, dataclasses.replace(one, electors=electors))[1:]
        sure = sum(price <= electors // 2 + 1 for price in prices)
        for part in parts:
            # Electors of several bodies vote as one: each counts for its share of them.
            votes[part.id] = votes.get(part.id, 0) + (sure if len(parts) == 1 else _voters(federation, part))
        seats += one.seats
        counted += one.seats if len(parts) == 1 else electors
    need = counted // 2 + 1
    clauses = [Clause(min(need, sum(votes.values())), votes)]
    gates = {kind.candidacy.nominated_by, kind.candidacy.gate} if kind.candidacy else set()
    clauses += [Clause(1, {g.id: 1 for g in _of_group(federation, gate, body)}) for gate in sorted(gates - {""})]
    recall = None
    if kind.recall is not None:
        recall = Clause(sum(votes.values()) // 2 + 1, votes)
    return Post(body.id, 1, seats // 2 + 1, tuple(clauses), *_renewal(federation, body), recall)


def _sitting_together(federation: Federation, body: Body) -> tuple[Body, ...]:
    """Return the houses of a joint body, or the body itself."""
    kind = bodies.kind_of(federation, body)
    return tuple(Body(house, "") for house in kind.houses) if kind.form == "joint" else (body,)


def _voters(federation: Federation, body: Body) -> int:
    """Return how many vote in a body, those too who were appointed to it and whom no member elects."""
    kind = bodies.kind_of(federation, body)
    if kind.form == "appointed":
        return kind.seats.fixed or 1 if kind.seats else 0
    if kind.form == "elected":
        return sum(one.seats for one in bodies.every_constituency(federation, body))
    return bodies.voters(federation, body)


def _appointed(federation: Federation, body: Body) -> Post:
    kind = bodies.kind_of(federation, body)
    assert kind.seats is not None
    by = {one.id: 1 for name in kind.appointed_by for one in _of_group(federation, name, body)}
    return Post(body.id, 1, (kind.seats.fixed or 1) // 2 + 1, (Clause(1, by),), *_renewal(federation, body))


def _of_group(federation: Federation, kind: str, body: Body) -> tuple[Body, ...]:
    """Return the body of a kind that is of the same group, or all of that kind."""
    if kind not in federation.charter.kinds:
        return ()
    found = bodies.of_kind(federation, kind)
    same = tuple(one for one in found if one.group == body.group)
    return same or found


def _renewal(federation: Federation, body: Body) -> tuple[int, int]:
    """Return period and phase: in whole half-years, the bodies above later than those below."""
    period = max(1, -(-bodies.kind_of(federation, body).term_days // _TICK_DAYS))
    return period, (_tier(federation, body.kind, frozenset()) % period)


def _tier(federation: Federation, kind: str, above: frozenset[str]) -> int:
    found = federation.charter.kinds.get(kind)
    if found is None or found.form == "all" or kind in above:
        return 0
    below = found.appointed_by if found.form == "appointed" else (found.electors,)
    return 1 + max((_tier(federation, one, above | {kind}) for one in below), default=0)
