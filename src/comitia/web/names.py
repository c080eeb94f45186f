"""How members are called: office-holders and candidates by name, everybody else by number."""

from comitia.federation.state import State
from comitia.web import clerkroom


def is_public(state: State, member: str) -> bool:
    """Return whether a member's name is shown to others: she holds or held a seat, or stands for one."""
    return bool(state.holders.get(member)) or any(member in e.nominators for e in state.elections.values())


def said(member: str) -> str:
    """Return what a member is called on a page: her name if she is known by it, else her number."""
    if not member or member == "clerk":
        return "the clerk" if member else ""
    if is_public(clerkroom.state(), member):
        return clerkroom.clerk().people.name(member)
    return member
