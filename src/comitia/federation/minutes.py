"""The minutes of a body, made from the acts alone: what was moved, how it was decided, who was elected, who reported.

A question to the state; each line names the act that it stands on, so that nobody needs to believe the secretary.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from comitia.federation import motions, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Motion, State

_HEAD = re.compile(r"Minutes of the .+ \((\S+)\), from (\d{4}-\d\d-\d\d) to before (\d{4}-\d\d-\d\d)")


class NotSo(Exception):
    """Minutes that say something else than the acts do: the ``line``, what stands there, and what the acts say."""

    def __init__(self, line: int, said: str, acts: str) -> None:
        self.line, self.said, self.acts = line, said, acts
        super().__init__(f"line {line} of the minutes says “{said}”; the acts say “{acts}”")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, in words, and in which act of the record."""

    at: str
    text: str
    act: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """What happened in a body from one moment to before another."""

    body: str
    name: str
    since: str
    until: str
    lines: tuple[Line, ...]


def minutes(state: State, body: str, *, since: str, until: str) -> Minutes:
    """Return the minutes of a body, in the order of the acts.

    Raises:
        Refused: there is no such body.
    """
    of = standing.body(state, body)
    found = [*_motions(state, body), *_elections(state, body), *_recalls(state, body), *_terms(state, body)]
    within = [line for line in found if since <= line.at < until]
    return Minutes(body, of.name, since, until, tuple(sorted(within, key=lambda line: line.act)))


def _when(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _concerns(state: State, of: Motion, body: str) -> bool:
    try:
        deciding = motions.deciding_bodies(state, of)
    except Refused:
        # Its body has gone since; it stands in the minutes of whoever moved it.
        deciding = ()
    return body in (of.body, *deciding, *(b for d in of.divisions for b in d.bodies))


def _motions(state: State, body: str) -> Iterator[Line]:
    for of in state.motions.values():
        if not _concerns(state, of, body):
            continue
        yield from _moved(state, of)
        for division in of.divisions:
            yield Line(division.opens_at, f"Voting opens on {of.id}, until {_when(division.closes_at)}.", division.act)
            if division.closed and division.verdict is not None:
                yield Line(division.closes_at, f"{of.id} {division.verdict.sentence}.", division.closed_act)
        for report in of.minority_reports:
            who = f"the current {report.current}" if report.current else report.by
            yield Line(of.divisions[-1].closes_at, f"{who} attaches a minority report to {of.id}.", report.act)
        if of.stated:
            again = f", to be looked at again on {of.review_at[:10]}" if of.review_at else ""
            at = of.divisions[-1].closes_at if of.divisions else of.at
            yield Line(at, f"The outcome of {of.id} is stated{again}.", of.stated_act)


def _moved(state: State, of: Motion) -> Iterator[Line]:
    if of.amends:
        one = state.amendments[of.id]
        place = f"line {one.first}" if one.first == one.last else f"lines {one.first} to {one.last}"
        ended = f"; {one.outcome}" if one.outcome else ""
        yield Line(of.at, f"{of.by} moves the amendment {of.id} to {place} of {of.amends}{ended}.", of.act)
        return
    ended = f"; {of.outcome}" if of.outcome in ("withdrawn", "inadmissible") else ""
    yield Line(of.at, f"{of.by} moves {of.id}, “{of.title}” (article {of.on.article}){ended}.", of.act)
    for name in of.objections:
        raised = state.objections[name]
        met = f"; withdrawn in act {raised.withdrawn}" if raised.withdrawn >= 0 else ""
        yield Line(raised.at, f"{raised.by} objects to {of.id}: {raised.reason.rstrip('.')}{met}.", raised.act)


def _elections(state: State, body: str) -> Iterator[Line]:
    for of in state.elections.values():
        if of.body != body:
            continue
        ballot = state.ballots[of.ballot]
        yield Line(
            ballot.opens_at, f"Voting opens in the election {of.id}, until {_when(ballot.closes_at)}.", ballot.act
        )
        if of.sheet is not None:
            said = of.verdict.sentence if of.verdict else f"elected: {', '.join(of.elected)}"
            yield Line(ballot.closes_at, f"The election {of.id}: {said}.", ballot.published_act)


def _recalls(state: State, body: str) -> Iterator[Line]:
    for of in state.recalls.values():
        if of.seat.partition(":")[0] != body:
            continue
        yield Line(of.at, f"A petition to recall {of.member} from {of.seat}: {of.reason}", of.act)
        if of.verdict is not None:
            ballot = state.ballots[of.ballot]
            yield Line(ballot.closes_at, f"{of.verdict.sentence}.", ballot.published_act)


def _terms(state: State, body: str) -> Iterator[Line]:
    for seat, terms in state.terms.items():
        if seat.partition(":")[0] != body:
            continue
        for term in terms:
            if term.origin != "elected":
                yield Line(term.since, f"{term.member} holds {seat}: {term.origin}.", term.act)
            if term.ended_by in ("resigned", "left"):
                yield Line(term.ended, f"{term.member} gives up {seat}: {term.ended_by}.", term.ended_act)
            yield from (Line(at, f"{term.member} reports for {seat}.", act) for at, act in term.reports)


def text(of: Minutes) -> str:
    """Return minutes as plain text, a line for each thing that happened."""
    head = f"Minutes of the {of.name} ({of.body}), from {of.since[:10]} to before {of.until[:10]}"
    body = [f"{_when(line.at)}  {line.text} [act {line.act}]" for line in of.lines]
    return "\n".join([head, "", *(body or ["Nothing happened."]), ""])


def check(state: State, minutes_text: str) -> Minutes:
    """Return the minutes that a text claims to be, after making them again from the acts and comparing every line.

    Raises:
        NotSo: a line that the acts do not say, one that is missing, or a head that names no body and days.
    """
    said = minutes_text.rstrip().splitlines() or [""]
    head = _HEAD.fullmatch(said[0].rstrip())
    if head is None:
        raise NotSo(1, said[0], "Minutes of the NAME (BODY), from YYYY-MM-DD to before YYYY-MM-DD")
    if standing.find_body(state, head[1]) is None:
        raise NotSo(1, said[0], f"there is no body {head[1]}")
    found = minutes(state, head[1], since=f"{head[2]}T00:00:00Z", until=f"{head[3]}T00:00:00Z")
    again = text(found).rstrip().splitlines()
    for number, (one, other) in enumerate(zip_longest(said, again, fillvalue=""), start=1):
        if one.rstrip() != other.rstrip():
            raise NotSo(number, one, other)
    return found
