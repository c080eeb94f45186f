"""May this author do this act at all? Asked first of every act, before its own rules."""

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
    for never in rules.never.values():
        if word(act) in never.acts:
            raise Refused(never.article, f"{rules.articles[never.article].title}: no body may do this ({word(act)})")
    permission = rules.permissions.get(word(act))
    if permission is None:
        raise Refused("record", f"the charter permits nobody to do {word(act)}; what it does not name, nobody may do")
    if act.by == "clerk":
        if "clerk" not in permission.by:
            raise Refused(permission.article, f"the clerk may not do {word(act)}; it is for {_authors(permission.by)}")
        return
    person = state.members.get(act.by)
    if person is None or person.left:
        raise Refused(permission.article, f"{act.by} is not a member; only members act, under their own number")
    if "member" in permission.by or ("elector" in permission.by and act.by in electorate):
        return
    held = {t.seat.partition(":")[0] for t in standing.seats_of(state, act.by, act.at)}
    for name in held:
        kind = standing.body(state, name).kind.id
        # A seat speaks for its own body only: a committee member of the mill cannot act for the bakery.
        if kind in permission.by and (act.body == name or act.body.partition("/")[0] != kind):
            return
    raise Refused(
        permission.article,
        f"{act.by} may not do {word(act)}{' for ' + act.body if act.body else ''}; it is for {_authors(permission.by)}",
    )


def _authors(by: tuple[str, ...]) -> str:
    words = {"member": "any member", "elector": "the electors concerned", "clerk": "the clerk"}
    return ", ".join(words.get(name, f"those who sit in {name}") for name in by)
