"""A thread as it is read: words with their answers below them, folded ones with the reason, who may do what."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from comitia.charter.structure import Talking
from comitia.federation import standing, talking
from comitia.federation.state import State, Words

DEEPEST = 3
"""Answers are shown no further to the right than this: a phone is narrow."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a thread.

    Attributes:
        text: None where it was erased.
        depth: how far to the right they stand, from 0.
        hearing: the seats of the reader that have not voted on their appeal.
        appealable: the reader said them, and they were set aside, and she has not appealed.
    """

    words: Words
    text: str | None
    depth: int
    folded: bool
    hearing: tuple[str, ...]
    appealable: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said about something, and what the reader may do; ``rule`` is None where the charter has no talking."""

    about: str
    said: tuple[Said, ...]
    rule: Talking | None
    speaks: bool
    sets_aside: str


def thread(state: State, about: str, who: str, at: str) -> Thread:
    """Return a thread for a reader."""
    rule = standing.charter(state).talking
    found = talking.thread(state, about)
    answers: dict[str, list[Words]] = {}
    for one in found:
        answers.setdefault(one.answers, []).append(one)
    seats = [t.seat for t in standing.seats_of(state, who, at)] if who else []
    said = tuple(_said(state, one, depth, who, seats) for one, depth in _in_order(answers, "", 0))
    return Thread(about, said, rule, bool(rule and who), _sets_aside(state, who, at))


def _in_order(answers: dict[str, list[Words]], of: str, depth: int) -> Iterator[tuple[Words, int]]:
    # An answer names words that were said before it: no circle can come about.
    waiting = [(one, depth) for one in reversed(answers.get(of, []))]
    while waiting:
        one, deep = waiting.pop()
        yield one, min(deep, DEEPEST)
        waiting += [(each, deep + 1) for each in reversed(answers.get(one.id, []))]


def _said(state: State, one: Words, depth: int, who: str, seats: list[str]) -> Said:
    rule = standing.charter(state).talking
    body = state.blobs.get(one.text)
    hears = rule.hears if rule else ""
    open_ = one.appealed >= 0 and not one.outcome
    hearing = tuple(s for s in seats if open_ and s.partition(":")[0] == hears and s not in one.votes)
    appealable = one.by == who and one.aside >= 0 and one.appealed < 0
    text = body.decode("utf-8", "replace") if body is not None else None
    return Said(one, text, depth, talking.is_folded(one), hearing, appealable)


def _sets_aside(state: State, who: str, at: str) -> str:
    """Return the body for which the reader may set words aside, or ""."""
    permission = standing.charter(state).permissions.get("words_set_aside")
    if permission is None or not who:
        return ""
    return next((b for b in standing.bodies_of(state, who, at) if b.partition("/")[0] in permission.by), "")


def for_member(state: State, who: str, most: int = 50) -> list[Words]:
    """Return the words that answer a member's or mention her, newest first; not her own."""
    found = (one for one in reversed(state.words.values()) if one.by != who and who in talking.addressed(state, one))
    return list(islice(found, most))


def threads(state: State, most: int = 50) -> list[tuple[str, int, Words]]:
    """Return what is talked about, the latest first: about what, how many words, the last ones."""
    last: dict[str, tuple[int, Words]] = {}
    for one in state.words.values():
        number = last.pop(one.about, (0, one))[0]
        last[one.about] = (number + 1, one)
    return [(about, number, one) for about, (number, one) in reversed(last.items())][:most]
