"""For which of her bodies may a member do an act? Asked before a button is shown; the rule book decides anyway."""

from comitia.federation import standing
from comitia.federation.state import State


def bodies_for(state: State, word: str, member: str, at: str) -> tuple[str, ...]:
    """Return the bodies for which a member may do an act of this word; ("",) where any member may."""
    permission = standing.charter(state).permissions.get(word)
    if permission is None or not member:
        return ()
    mine = standing.bodies_of(state, member, at)
    found = tuple(b for b in mine if b.partition("/")[0] in permission.by)
    return found or (("",) if "member" in permission.by else ())
