"""Founding, groups, members and their keys, corrections. Officers carried over are in ``seating.py``."""

import base64
import binascii
import re

from comitia.charter import faults, parse
from comitia.charter.structure import Charter
from comitia.federation import acts, seating, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Group, Member, State

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_new_id(name: str, taken: bool, what: str) -> None:
    """Raise unless an id is well formed and free.

    Raises:
        Refused: other characters than a-z, 0-9 and single hyphens, more than 64 of them, or in use.
    """
    refuse_unless(
        bool(_ID.fullmatch(name)) and len(name) <= 64,
        "record",
        f"{name!r} cannot name {what}; use at most 64 of a-z, 0-9 and hyphens",
    )
    refuse_unless(not taken, "record", f"there is {what} {name!r} already; choose another id")


# Faults after which nothing can be decided under a charter: it speaks of what it does not declare. The other faults
# are the
# adopters' business; the doors show them before adoption.
BROKEN = frozenset({"undeclared", "article-not-written", "unknown-act", "house-without-seats"})


class NotExecutable(Exception):
    """A charter that cannot be read, or that speaks of bodies, articles or acts which it does not declare."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def readable_charter(text: bytes) -> Charter:
    """Return the charter of a text that can be carried out.

    Raises:
        NotExecutable: the text cannot be read, or a reference in it leads nowhere.
    """
    try:
        charter = parse.parse(text.decode(), file="the charter")
    except (UnicodeDecodeError, parse.WrongCharter) as fault:
        raise NotExecutable(str(fault)) from fault
    for fault_ in faults.find_faults(charter):
        if fault_.name in BROKEN:
            raise NotExecutable(f"line {fault_.line}: {fault_.reason}; {fault_.repair}")
    return charter


def found(state: State, act: acts.FederationFounded) -> None:
    """Begin the federation: the founders adopt its charter."""
    refuse_unless(state.size == 0, "record", "a federation is founded once, by the first act of its record")
    text = state.blobs.get(act.charter)
    if text is None:
        raise Refused("record", f"the text of the charter is missing: no blob {act.charter}")
    try:
        charter = readable_charter(text)
    except NotExecutable as fault:
        raise Refused("record", f"the charter cannot be carried out: {fault}") from fault
    rule = charter.procedures
    founders = len(set(act.founders))
    refuse_unless(
        founders == len(act.founders) and founders >= rule.founders,
        rule.founding_article,
        f"{founders} founders signed; the charter asks for at least {rule.founders}, each once",
    )
    refuse_unless(act.by in act.founders, rule.founding_article, f"{act.by} is not among the founders")
    state.name, state.zone, state.vkey = act.name, act.zone, act.vkey
    state.founders = act.founders
    put_in_force(state, charter, act.charter, act.at)


def put_in_force(state: State, charter: Charter, text: str, at: str) -> None:
    """Let a charter hold from a moment on; its ``text`` (hash) stands in the list of all that were in force."""
    state.charter, state.charter_hash = charter, text
    state.charters.append((text, at, state.size))


def register_group(state: State, act: acts.GroupRegistered) -> None:
    """Enter a workplace, trade, locality or district."""
    rules = standing.charter(state)
    _check_founder_or_permitted(state, act)
    roll = rules.rolls.get(act.roll)
    if roll is None:
        raise Refused("record", f"the charter has no roll {act.roll!r}; its rolls are {', '.join(rules.rolls)}")
    check_new_id(act.group, (act.roll, act.group) in state.groups, f"a group of roll {act.roll}")
    over_roll, _, over = act.within.partition("/")
    above = rules.rolls.get(over_roll)
    known = above is not None and act.roll in above.gathers and (over_roll, over) in state.groups
    if act.within and not known:
        raise Refused(roll.article, f"{act.within!r} is no registered group that gathers groups of roll {act.roll}")
    state.groups[act.roll, act.group] = Group(act.roll, act.group, act.name, act.within, state.size, since=act.at)


def _check_founder_or_permitted(state: State, act: acts.GroupRegistered | acts.MemberJoined) -> None:
    # Until the first body sits, the founders build the rolls; afterwards only those whom the charter names.
    if act.by in state.founders and not any(e.sheet for e in state.elections.values()):
        return
    check_permitted(state, act)


def join(state: State, act: acts.MemberJoined) -> None:
    """Enter a member under her number into her workplace, trade and locality."""
    rules = standing.charter(state)
    _check_founder_or_permitted(state, act)
    known = state.members.get(act.member)
    check_new_id(act.member, known is not None, "a member")
    wanted = {r.id for r in rules.rolls.values() if not r.gathers}
    # Language 1 knew no roll on which a member must stand, and asked for one of them; later each roll says it.
    refuse_unless(
        (bool(act.groups) or rules.language > 1) and set(act.groups) <= wanted,
        "record",
        f"a member stands on rolls {', '.join(sorted(wanted))}; this act names "
        f"{', '.join(sorted(act.groups)) or 'none'}",
    )
    for required in rules.rolls.values():
        refuse_unless(
            not required.required or required.id in act.groups,
            required.article,
            f"every member stands on the roll of {required.plural}; name the {required.name} of {act.member}",
        )
    for roll, group in act.groups.items():
        article, entered = rules.rolls[roll].article, state.groups.get((roll, group))
        if entered is None:
            raise Refused(article, f"there is no {roll} {group!r}; it is registered first")
        refuse_unless(not entered.closed, article, f"the {roll} {group!r} left at {entered.closed}")
    state.members[act.member] = Member(act.member, dict(act.groups), act.commitment, act.at, state.size)
    for roll, group in act.groups.items():
        state.groups[roll, group].members.add(act.member)


def leave(state: State, act: acts.MemberLeft) -> None:
    """A member leaves of her own will; her seats fall vacant."""
    check_permitted(state, act, frozenset({act.member}))
    article = standing.charter(state).procedures.leaving_article
    refuse_unless(
        act.by == act.member, article, f"{act.by} cannot end the membership of {act.member}; members leave themselves"
    )
    depart(state, act.member, act.at)


def depart(state: State, member: str, at: str) -> None:
    """Take a member off every roll; her seats fall vacant."""
    person = state.members[member]
    for term in standing.seats_of(state, member, at):
        seating.end(term, at, "left", state.size)
    for roll, group in person.groups.items():
        state.groups[roll, group].members.discard(member)
    person.left = at


def register_key(state: State, act: acts.KeyRegistered) -> None:
    """From here on the author's acts must be signed with this key."""
    check_permitted(state, act, frozenset({act.by}))
    try:
        raw = base64.b64decode(act.public_key, validate=True)
    except binascii.Error:
        raw = b""
    refuse_unless(len(raw) == 32, "record", "a public key is 32 bytes of Ed25519 in base64")
    state.members[act.by].public_key = act.public_key


def correct(state: State, act: acts.CorrectionMade) -> None:
    """Say that an earlier act was wrong; the act itself stays."""
    check_permitted(state, act)
    article = standing.charter(state).procedures.correction_article
    refuse_unless(0 <= act.corrects < state.size, article, f"there is no act {act.corrects} before this one")
    state.corrections.setdefault(act.corrects, []).append((state.size, act.reason))
