"""Currents: members of one opinion who organise it: forming, joining, leaving, and the platform they put to all.

Where the charter keeps membership secret, those who formed the current are named and speak for it; everybody else is
entered by the clerk under a commitment, and no act names her. Nobody forbids a current: ``rulebook.py`` refuses it.
"""

import hashlib
import re

from comitia.charter import structure
from comitia.federation import acts, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Current, State

_COMMITMENT = re.compile(r"[0-9a-f]{64}")


def _rules(state: State) -> structure.Currents:
    found = standing.charter(state).currents
    if found is None:
        raise Refused("record", "the charter has no [currents]; it does not say how members form or join one")
    return found


def current(state: State, name: str) -> Current:
    """Return the current of that id.

    Raises:
        Refused: there is none.
    """
    found = state.currents.get(name)
    if found is None:
        raise Refused("record", f"there is no current {name!r}")
    return found


def commitment(name: str, member: str, word: str) -> str:
    """Return what stands for a member in a current whose membership is secret: a hash that her word alone opens.

    Args:
        name: the current's id, so that one word does not show that somebody is in two currents.
        word: drawn for her, 128 bits or more, and kept by nobody else.
    """
    return hashlib.sha256(f"{name}\n{member}\n{word}\n".encode()).hexdigest()


def form(state: State, act: acts.CurrentFormed) -> None:
    """Members form a current; nobody is asked for leave."""
    check_permitted(state, act)
    rules = _rules(state)
    check_new_id(act.current, act.current in state.currents, "a current")
    present = standing.all_members(state)
    strangers = [m for m in act.members if m not in present]
    refuse_unless(
        not strangers and act.by in act.members,
        "record",
        f"a current is formed by members, its author among them: {', '.join(strangers)}",
    )
    number = len(set(act.members))
    refuse_unless(
        number >= rules.least, rules.article, f"{rules.least} members form a current; this act names {number}"
    )
    state.currents[act.current] = Current(act.current, act.name, frozenset(act.members), state.size)


def join(state: State, act: acts.CurrentJoined) -> None:
    """A member joins: in her own name, or under a commitment where membership is secret."""
    check_permitted(state, act)
    rules, of = _rules(state), current(state, act.current)
    if rules.membership == "secret":
        _check_hidden(rules, act)
        refuse_unless(act.commitment not in of.hidden, rules.article, f"this commitment is in {of.name} already")
        of.hidden |= {act.commitment}
        return
    _check_named(rules, act)
    refuse_unless(act.by not in of.members, rules.article, f"{act.by} is in {of.name} already")
    of.members |= {act.by}


def leave(state: State, act: acts.CurrentLeft) -> None:
    """A member leaves, in the same way; who is named leaves in her own name in either case."""
    check_permitted(state, act)
    rules, of = _rules(state), current(state, act.current)
    if rules.membership == "secret" and act.by not in of.members:
        _check_hidden(rules, act)
        refuse_unless(act.commitment in of.hidden, rules.article, f"nobody is in {of.name} under this commitment")
        of.hidden -= {act.commitment}
        return
    _check_named(rules, act)
    refuse_unless(act.by in of.members, rules.article, f"{act.by} is not in {of.name}")
    of.members -= {act.by}


def _check_hidden(rules: structure.Currents, act: acts.CurrentJoined | acts.CurrentLeft) -> None:
    refuse_unless(
        act.by == "clerk",
        rules.article,
        "membership in a current is secret: the clerk enters it, under a commitment, and no act names the member",
    )
    refuse_unless(
        bool(_COMMITMENT.fullmatch(act.commitment)), "record", "a commitment is a SHA-256, 64 digits of 0-9 and a-f"
    )


def _check_named(rules: structure.Currents, act: acts.CurrentJoined | acts.CurrentLeft) -> None:
    refuse_unless(
        act.by != "clerk" and not act.commitment,
        rules.article,
        "membership in a current is open: a member joins and leaves in her own name, without a commitment",
    )


def publish_platform(state: State, act: acts.PlatformPublished) -> None:
    """A current tells all members what it stands for; a later platform takes the place of an earlier one."""
    check_permitted(state, act)
    rules, of = _rules(state), current(state, act.current)
    refuse_unless(
        act.by in of.members,
        rules.article,
        f"{act.by} is not known as a member of {of.name}; its own members speak for it",
    )
    refuse_unless(act.text in state.blobs, "record", f"the platform is missing: no blob {act.text}")
    of.platform = (act.text, state.size)
