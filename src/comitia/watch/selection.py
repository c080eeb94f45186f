"""Who decides who sits: for each body the shares of its seats by who filled them in practice.

A seat that electors filled with a choice counts for the bodies that voted; one that was appointed, or for which one
body put up the only names, counts for that body. Assemblies are the base. A seat carried over from before the founding
counts for nobody, and is left out. Of a seat that is vacant its last filling counts, so that delegates who elected and
went home still stand between the base and those whom they elected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, identity
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from comitia.watch.ledger import Filling
from comitia.watch.view import View

BASE = ""

Shares = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Bodies, the shares of their seats by who selects (``BASE``: the members), and how many seats each has filled."""

    shares: Shares
    seats: Mapping[str, int]


@lru_cache(maxsize=4)
def practised(view: View) -> Selection:
    """Return who filled the seats, by the last filling of each."""
    counts: dict[str, dict[str, Fraction]] = {}
    seats: dict[str, int] = {}
    for filling in view.latest.values():
        by = _selectors(view, filling)
        if by:
            own = counts.setdefault(filling.body, {})
            seats[filling.body] = seats.get(filling.body, 0) + 1
            for name in by:
                own[name] = own.get(name, Fraction(0)) + Fraction(1, len(by))
    for kind in view.rules.kinds.values():
        if kind.form == "joint":
            parts = {house: Fraction(seats[house]) for house in kind.houses if house in seats}
            if parts:
                counts[kind.id], seats[kind.id] = parts, int(sum(parts.values()))
    return Selection({body: {by: n / seats[body] for by, n in own.items()} for body, own in counts.items()}, seats)


def _selectors(view: View, filling: Filling) -> tuple[str, ...]:
    if filling.how == "carried over":
        return ()
    if filling.above or filling.how != "elected":
        return (filling.above or BASE,)
    return tuple(dict.fromkeys(BASE if _is_base(view, e) else e for e in filling.electing))


def _is_base(view: View, body: str) -> bool:
    kind = view.ledger.kind(body.partition("/")[0], view.at)
    return kind is None or kind.form == "all"


def written(view: View) -> Selection:
    """Return who would fill the seats by the charter's words, kind by kind; nominations and gates left out."""
    shares: dict[str, dict[str, Fraction]] = {}
    for kind in view.rules.kinds.values():
        match kind.form:
            case "elected":
                by: tuple[str, ...] = (kind.electors,)
            case "appointed":
                by = kind.appointed_by
            case "joint":
                by = kind.houses
            case _:
                continue
        named = [BASE if view.rules.kinds[k].form == "all" else k for k in by if k in view.rules.kinds]
        shares[kind.id] = {name: Fraction(named.count(name), len(named)) for name in dict.fromkeys(named)}
    return Selection(shares, dict.fromkeys(shares, 1))


@dataclass(frozen=True, slots=True)
class _Chain:
    """The shares as a matrix over bodies, without the base, and the base's share in each."""

    bodies: tuple[str, ...]
    q: csr_matrix
    base: NDArray[np.float64]


def _chain(of: Selection) -> _Chain:
    named = dict.fromkeys((*of.shares, *(by for own in of.shares.values() for by in own if by != BASE)))
    place = {body: n for n, body in enumerate(named)}
    entries = [
        (place[body], place[by], float(share)) for body, own in of.shares.items() for by, share in own.items() if by
    ]
    rows = np.array([row for row, _, _ in entries], dtype=np.intp)
    columns = np.array([column for _, column, _ in entries], dtype=np.intp)
    values = np.array([value for _, _, value in entries], dtype=np.float64)
    base = np.array([float(of.shares.get(body, {}).get(BASE, 0)) for body in named])
    return _Chain(tuple(named), csr_matrix(coo_matrix((values, (rows, columns)), shape=(len(named),) * 2)), base)


def distances(of: Selection) -> dict[str, float]:
    """Return the mandate distance of each body: the mean number of selections between it and the members.

    D = (I - Q)^-1 1, the steps to absorption of a Markov chain (Kemeny and Snell 1960), the members absorbing; infinite
    where some of it never comes back to them. The probability of absorption says nothing here: it is 1 as long as one
    seat in a loop is elected.
    """
    chain = _chain(of)
    n = len(chain.bodies)
    if not n:
        return {}
    rooted = _reaching(chain.q.T.tocsr(), chain.base > 0)
    endless = _reaching(chain.q.T.tocsr(), ~rooted)
    found = np.full(n, inf)
    kept = np.flatnonzero(~endless)
    if kept.size:
        inner = chain.q[kept][:, kept]
        found[kept] = spsolve((identity(kept.size, format="csc") - inner.tocsc()).tocsc(), np.ones(kept.size))
    return {body: float(found[place]) for place, body in enumerate(chain.bodies) if body in of.shares}


def rootedness(of: Selection, *, kept: float = 0.5) -> dict[str, float]:
    """Return how much of each body's mandate is the members', each further tier keeping half (Katz 1953).

    r + gQr + g²Q²r + ..., with r the share that members elect themselves and g = ``kept``: 1 is elected directly.
    """
    chain = _chain(of)
    if not chain.bodies:
        return {}
    matrix = (identity(len(chain.bodies), format="csc") - kept * chain.q.tocsc()).tocsc()
    found = np.atleast_1d(spsolve(matrix, chain.base))
    return {body: float(found[place]) for place, body in enumerate(chain.bodies) if body in of.shares}


def _reaching(followers: csr_matrix, start: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which bodies reach one of ``start`` by going from a body to who selects it, any number of steps."""
    found = start.copy()
    edge = [int(n) for n in np.flatnonzero(found)]
    while edge:
        edge = [int(n) for n in np.unique(followers[edge].indices) if not found[n]]
        found[edge] = True
    return found


def circuits(of: Selection) -> tuple[tuple[str, ...], ...]:
    """Return the closed circuits: bodies more than half of whose seats are filled from within the circuit.

    A strongly connected part of the graph of who decides who sits; bodies with half of their seats or fewer from within
    fall out of it, until none does.
    """
    chain = _chain(of)
    if not chain.bodies:
        return ()
    _, label = connected_components(chain.q, directed=True, connection="strong")
    parts: dict[int, set[str]] = {}
    for body, part in zip(chain.bodies, label, strict=True):
        parts.setdefault(int(part), set()).add(body)
    found = (_closed(of, part) for part in parts.values())
    return tuple(sorted(tuple(sorted(part)) for part in found if part))


def _closed(of: Selection, part: set[str]) -> set[str]:
    while True:
        inside = {
            body
            for body in part
            if sum((s for by, s in of.shares.get(body, {}).items() if by in part), Fraction(0)) > Fraction(1, 2)
        }
        if inside == part:
            return part
        part = inside


def reached(of: Selection, body: str) -> set[str]:
    """Return the bodies in whose filling a body takes part, itself or through others."""
    found: set[str] = set()
    edge = {body}
    while edge:
        edge = {b for b, own in of.shares.items() if b not in found and not edge.isdisjoint(own)}
        found |= edge
    return found


def dependence(of: Selection, on: str) -> dict[str, float]:
    """Return the share of each body's seats that depend on one body, through all who select in between."""
    chain = _chain(of)
    if on not in chain.bodies:
        return dict.fromkeys(of.shares, 0.0)
    place = chain.bodies.index(on)
    # The body itself absorbs: what comes to it stays there. A loop that avoids it and the members depends on neither.
    q = chain.q.tolil()
    q[place, :] = 0
    to = np.asarray(chain.q[:, [place]].todense()).ravel()
    to[place] = 0.0
    known = _reaching(q.tocsr().T.tocsr(), (chain.base > 0) | (np.arange(len(chain.bodies)) == place) | (to > 0))
    kept = np.flatnonzero(known)
    q[:, place] = 0
    inner = q.tocsc()[:, kept][kept]
    found = np.zeros(len(chain.bodies))
    found[kept] = spsolve((identity(kept.size, format="csc") - inner).tocsc(), to[kept])
    found[place] = 1.0
    return {body: float(found[n]) for n, body in enumerate(chain.bodies) if body in of.shares}
