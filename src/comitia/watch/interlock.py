"""I12, interlock: posts for each person, the overlap of bodies, the share of pairs of bodies with somebody in both.

Source: interlocking directorates (Mizruchi 1996); overlap coefficient |A and B| / min(|A|, |B|) (Szymkiewicz-Simpson).
Where the charter fills one body from among those who sit in another, their overlap is meant and left out.
"""

from fractions import Fraction
from itertools import combinations

from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

POSTS = Indicator(
    "I12", "posts per person", "seats held / people who hold them", "1 and up",
    "interlocking directorates, Mizruchi 1996", "seats that the charter fills from among holders count too", "ratio",
)  # fmt: skip
OVERLAP = Indicator(
    "I12", "overlap coefficient", "largest |A and B| / min(|A|, |B|) of two bodies of two seats or more", "0 to 1",
    "Szymkiewicz-Simpson", "small bodies overlap wholly by one person", "share",
)  # fmt: skip
DENSITY = Indicator(
    "I12", "interlock density", "pairs of bodies with somebody in both / pairs of bodies", "0 to 1",
    "interlocking directorates, Mizruchi 1996", "overlap that the charter asks for is left out", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for the federation."""
    people: dict[str, set[str]] = {}
    bodies: dict[str, set[str]] = {}
    for filling in view.running:
        people.setdefault(filling.term.member, set()).add(filling.body)
        bodies.setdefault(filling.body, set()).add(filling.term.member)
    shared = {
        pair: bodies[pair[0]] & bodies[pair[1]]
        for held in people.values()
        for pair in combinations(sorted(held), 2)
        if not _is_meant(view, *pair)
    }
    articles = tuple(dict.fromkeys(k.article for k in view.seated_kinds if k.incompatible))
    seats, holders = len(view.running), len(people)
    most = max(people, key=lambda m: (len(people[m]), m), default="")
    pairs = len(bodies) * (len(bodies) - 1) // 2
    said = f"{holders} people hold {seats} seats"
    said += f"; {most} sits in {len(people[most])} bodies, the most of all." if most else "."
    return (
        Reading(POSTS, "", Fraction(seats, holders) if holders else None, seats, holders, said, (), articles),
        _overlap(view, bodies, shared, articles or answers.seats(view.rules)),
        share(
            DENSITY, "", (len(shared), pairs),
            f"{len(shared)} of {pairs} pairs of bodies have somebody in both.", articles=articles,
        ),
    )  # fmt: skip


def _overlap(
    view: View, bodies: dict[str, set[str]], shared: dict[tuple[str, str], set[str]], articles: tuple[str, ...]
) -> Reading:
    def least(pair: tuple[str, str]) -> int:
        return min(len(bodies[pair[0]]), len(bodies[pair[1]]))

    known = [pair for pair in shared if least(pair) > 1]
    if not known:
        return share(
            OVERLAP, "", (0, 0), "No two bodies of two seats or more have somebody in both.", articles=articles
        )
    pair = max(known, key=lambda p: (Fraction(len(shared[p]), least(p)), least(p), p))
    acts = tuple(sorted({f.act for f in view.running if f.body in pair and f.term.member in shared[pair]}))
    sentence = f"{len(shared[pair])} of {least(pair)} in the smaller of {pair[0]} and {pair[1]} sit in both."
    return share(OVERLAP, "", (len(shared[pair]), least(pair)), sentence, acts=acts, articles=articles)


def _is_meant(view: View, one: str, other: str) -> bool:
    """Return whether the charter fills one of two bodies from among those who sit in the other."""
    kinds = [view.rules.kinds.get(body.partition("/")[0]) for body in (one, other)]
    for of, beside in ((kinds[0], kinds[1]), (kinds[1], kinds[0])):
        if of is None or beside is None or of.candidacy is None:
            continue
        if of.candidacy.candidates == beside.id or (of.candidacy.candidates == "electors" and of.electors == beside.id):
            return True
    return False
