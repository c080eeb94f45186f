"""What a change of the charter would do, said before anybody votes on it.

A question to the state and a new charter; nothing here changes anything. What is under way ends under the rules under
which it began; terms run to their old end, unless the new charter no longer has their seat.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from comitia.charter import changes, faults
from comitia.charter.changes import ArticleChange
from comitia.charter.fault import Fault
from comitia.charter.structure import Charter, Matter
from comitia.federation import founding, standing, under_way
from comitia.federation.refusal import Refused
from comitia.federation.state import Motion, State, Term


@dataclass(frozen=True, slots=True)
class Transition:
    """The effect of a new charter on a federation as it stands.

    Attributes:
        articles: what is added, struck or changed, article by article. entrenched: those among them that are.
        matter: under which the change is moved: the stricter one where an entrenched article is touched.
        delay_days: from being carried to taking effect, by the old charter.
        found, cured: faults that the checker finds in the new charter and not in the old one, and the other way.
        ending: terms that end at the change because their seat is no more. going_on: how many run to their old end.
        under_way: what ends under the old rules: motions, elections and petitions, in words.
        falling: what ends undecided because the body or the seat that it is about is no more, in words.
        undoing: changes that are carried and wait for their day, each with the articles of it that this text undoes.
        apart: who sits in two bodies that the new charter holds apart; both terms run to their end.
        appearing: bodies whose seats nobody holds yet. vanishing: bodies that are no more.
        gained, lost: acts that somebody may do only under the new, or only under the old charter.
    """

    articles: tuple[ArticleChange, ...]
    entrenched: tuple[str, ...]
    matter: Matter
    delay_days: int
    found: tuple[Fault, ...]
    cured: tuple[Fault, ...]
    ending: tuple[Term, ...]
    going_on: int
    under_way: tuple[str, ...]
    falling: tuple[str, ...]
    undoing: tuple[tuple[Motion, tuple[str, ...]], ...]
    apart: tuple[tuple[Term, Term], ...]
    appearing: tuple[str, ...]
    vanishing: tuple[str, ...]
    gained: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]


def transition(state: State, new: Charter, at: str) -> Transition:
    """Return what putting a new charter in force would do at a moment.

    Raises:
        Refused: the charter in force has no matter that may change it so.
    """
    old = standing.charter(state)
    entrenched = changes.changed_entrenched(old, new)
    matter = _matter(old, strict=bool(entrenched))
    # The state as it would be: nothing but the charter is another, so a shallow copy is enough to ask.
    after = copy.copy(state)
    after.charter = new
    running = [t for terms in state.terms.values() for t in terms if standing.is_running(t, at)]
    ending = tuple(t for t in running if standing.find_seat(after, t.seat) is None)
    before_bodies, after_bodies = ({b.id for b in standing.bodies(s)} for s in (state, after))
    seated = [b for b in standing.bodies(after) if b.kind.form in ("elected", "appointed")]
    faults_before, faults_after = (tuple(faults.find_faults(c)) for c in (old, new))
    return Transition(
        articles=changes.between(old, new),
        entrenched=entrenched,
        matter=matter,
        delay_days=matter.delay_days,
        found=_without(faults_after, faults_before),
        cured=_without(faults_before, faults_after),
        ending=ending,
        going_on=len(running) - len(ending),
        under_way=tuple(said for said, falls in _open(state, after) if not falls),
        falling=tuple(said for said, falls in _open(state, after) if falls),
        undoing=tuple(_undoing(state, old, new)),
        apart=tuple(_apart(after, at)),
        appearing=tuple(b.id for b in seated if b.id not in before_bodies),
        vanishing=tuple(sorted(before_bodies - after_bodies)),
        gained=_permissions(new, old),
        lost=_permissions(old, new),
    )


def _matter(charter: Charter, *, strict: bool) -> Matter:
    found = [m for m in charter.matters.values() if m.effect == "charter" and (m.entrenched or not strict)]
    if not found:
        raise Refused("record", "no matter of the charter in force may change it so; only a refounding could")
    # An article that is not entrenched is changed by the ordinary matter, where there is one.
    return next((m for m in found if m.entrenched == strict), found[0])


def _without(these: tuple[Fault, ...], those: tuple[Fault, ...]) -> tuple[Fault, ...]:
    known = {(fault.name, fault.article) for fault in those}
    return tuple(fault for fault in these if (fault.name, fault.article) not in known)


def _open(state: State, after: State) -> Iterator[tuple[str, bool]]:
    """Yield what is under way, in words, and whether the change ends it."""
    for motion in under_way.undecided(state):
        gone = under_way.gone(after, motion)
        rest = f"{', '.join(gone)} is no more" if gone else f"under article {motion.on.article} as it was"
        yield f"the motion {motion.id}, {motion.title!r}: {rest}", bool(gone)
    for election in under_way.unfilled(state):
        falls = not any(standing.find_seat(after, seat) for seat in election.seats)
        yield f"the election {election.id} of {election.body}", falls
    for petition in under_way.unanswered(state):
        falls = standing.find_seat(after, petition.seat) is None
        yield f"the petition {petition.id} to recall {petition.member} from {petition.seat}", falls


def _undoing(state: State, old: Charter, new: Charter) -> Iterator[tuple[Motion, tuple[str, ...]]]:
    decided = changes.changed_articles(old, new)
    for motion in (state.motions[name] for name in state.pending):
        if motion.on.effect == "charter":
            coming = founding.readable_charter(state.blobs[motion.figures])
            undone = tuple(a for a in changes.changed_articles(coming, new) if a not in decided)
            if undone:
                yield motion, undone


def _apart(after: State, at: str) -> Iterator[tuple[Term, Term]]:
    for member in after.holders:
        held = [term for term in standing.seats_of(after, member, at) if standing.find_seat(after, term.seat)]
        for term in held:
            excluded = standing.body(after, term.seat.partition(":")[0]).kind.incompatible
            for other in held:
                if other.seat.partition(":")[0].partition("/")[0] in excluded:
                    yield term, other


def _permissions(these: Charter, those: Charter) -> tuple[tuple[str, str], ...]:
    """Return (act, author) that only the first of two charters allows."""
    known = {(act, author) for act, rule in those.permissions.items() for author in rule.by}
    return tuple(
        (act, author) for act, rule in these.permissions.items() for author in rule.by if (act, author) not in known
    )


def sentences(of: Transition) -> tuple[str, ...]:
    """Return a transition in plain sentences, for a delegate who must vote on it."""
    lines = [f"{_count(len(of.articles), 'article')} would change."]
    for change in of.articles:
        mark = ", entrenched" if change.entrenched else ""
        lines.append(f"Article {change.number} ({change.title}){mark}: {change.change}.")
        lines += [f"  {changes.sentence(rule)}" for rule in change.rules]
    lines.append(
        f"It is moved as “{of.matter.name}” (article {of.matter.article}) and takes effect "
        f"{_count(of.delay_days, 'day')} after it is carried, by the charter in force."
    )
    lines += [f"A new fault: {fault.reason} {fault.repair}" for fault in of.found]
    lines += [f"A fault less: {fault.reason}" for fault in of.cured]
    lines += [f"The seat {term.seat} is no more: the term of {term.member} ends." for term in of.ending]
    lines.append(f"{_count(of.going_on, 'term')} {'runs' if of.going_on == 1 else 'run'} to the old end.")
    lines += [f"{one.member} sits in {one.seat} and {other.seat}, which are held apart; both terms run on."
              for one, other in of.apart]  # fmt: skip
    lines += [f"Under the old rules ends {what}." for what in of.under_way]
    lines += [f"With its body ends {what}." for what in of.falling]
    lines += [
        f"The change {motion.id} is carried and takes effect on {motion.effect_at}; this text would undo article "
        f"{', '.join(articles)} of it, on which nobody has voted. Whichever comes later falls: write that change in."
        for motion, articles in of.undoing
    ]
    lines += [f"A new body, {body}: nobody sits in it until an election." for body in of.appearing]
    lines += [f"{body} is no more." for body in of.vanishing]
    lines += [f"New: {author} may do {act}." for act, author in of.gained]
    lines += [f"No longer: {author} may do {act}." for act, author in of.lost]
    return tuple(lines)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
