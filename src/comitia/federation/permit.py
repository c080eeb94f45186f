"""May this author do this act at all? Asked first of every act, before its own rules."""

from comitia.charter.structure import Charter, Kind, Permission
from comitia.federation import standing
from comitia.federation.acts import AnyAct, word
from comitia.federation.refusal import Refused
from comitia.federation.state import State


def check_permitted(state: State, act: AnyAct, electorate: frozenset[str] = frozenset()) -> None:
    """Raise unless the charter lets the author do this act; ``electorate`` are the "electors" it may speak of.

    Raises:
        Refused: the act is one that no body may do, the charter does not name it, or names other authors.
    """
    rules = standing.charter(state)
    name = word(act)
    for never in rules.never.values():
        if name in never.acts:
            raise Refused(never.article, f"{rules.articles[never.article].title}: no body may do this ({name})")
    permission = rules.permissions.get(name)
    if permission is None:
        raise Refused("record", f"the charter permits nobody to do {name}; what it does not name, nobody may do")
    if act.by == "clerk":
        if "clerk" not in permission.by:
            raise Refused(permission.article, f"the clerk may not do {name}; it is for {_authors(rules, permission)}")
        return
    person = state.members.get(act.by)
    if person is None or person.left:
        raise Refused(permission.article, f"{act.by} is not a member; only members act, under their own number")
    if "member" in permission.by or ("elector" in permission.by and act.by in electorate):
        return
    held = {t.seat.partition(":")[0] for t in standing.seats_of(state, act.by, act.at)}
    if any(name in rules.kinds and rules.kinds[name].form in ("all", "joint") for name in permission.by):
        # Nobody holds a seat of an assembly: whoever is of it speaks for it.
        held |= set(standing.bodies_of(state, act.by, act.at))
    speaking = sorted(b for b in held if b.partition("/")[0] in permission.by)
    for body in speaking:
        # A seat speaks for its own body only: a committee member of the mill cannot act for the bakery.
        if act.body == body or act.body.partition("/")[0] != body.partition("/")[0]:
            return
    own = f"; she speaks for {', '.join(speaking)} alone" if speaking else ""
    raise Refused(
        permission.article,
        f"{act.by} may not do {name}{' for ' + act.body if act.body else ''}; it is for "
        f"{_authors(rules, permission)}{own}",
    )


def _authors(rules: Charter, permission: Permission) -> str:
    """Return in words who may do an act: “any member”, “those who sit in a committee or the board”."""
    words = {"member": "any member", "elector": "the electors concerned", "clerk": "the clerk"}
    found = [words[name] for name in permission.by if name in words]
    bodies = [_named(rules.kinds[name]) for name in permission.by if name in rules.kinds]
    if bodies:
        found.append(f"those who sit in {' or '.join(bodies)}")
    return ", ".join(found) or "nobody"


def _named(kind: Kind) -> str:
    if not kind.each:
        return f"the {kind.name}"
    return f"{'an' if kind.name[0] in 'aeio' else 'a'} {kind.name}"
