"""Plain BLT and Scottish ``.dat`` files read into numbers (``digits.py``) in one pass of compiled loops.

A file is plain as ``plain_lines.py`` says. Any other, and any with more than fifteen candidates, is left to the readers
of the formats, which also say what is wrong with which line.
"""

import re

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.decide import ballot_file, blt, gathering, profile as profiles
from comitia.decide.accelerated import digits
from comitia.decide.accelerated.digits import Keys, Numbers

Bytes = NDArray[np.uint8]

_BLT = re.compile(rb"[1-9][0-9]{0,3} [1-9][0-9]{0,8}\n")
_DAT = re.compile(rb"[^\n]*[A-Za-z][^\n]*\n([1-9][0-9]{0,8}) ([1-9][0-9]?) ([0-9]{1,9}) ([0-9]{1,15})\n")


def parse(raw: bytes) -> profiles.BallotFile:
    """Return what a ballot file says, its papers as numbers where it is plain.

    Raises:
        BallotFileWrong: as ``ballot_file.parse``.
    """
    found = None
    if _BLT.match(raw):
        found = _blt(raw)
    elif start := _DAT.match(raw):
        found = _dat(raw, start)
    return ballot_file.parse(raw) if found is None else found


def _is_odd(head: bytes) -> bool:
    return b"#" in head or b"\r" in head


def _blt(raw: bytes) -> profiles.BallotFile | None:
    head, start, _ = blt.before_papers(raw)
    if head.candidates > digits.MOST or _is_odd(raw[:start]):
        return None
    keys, weights, end = _weighted_rankings(np.frombuffer(raw, np.uint8)[start:], head.candidates)
    if end < 0 or _is_odd(raw[start + end :]):
        return None
    lines = gathering.lines_of(raw[start + end :])
    if not head.candidates <= len(lines) <= head.candidates + 3:
        return None
    names, title = blt.names(lines, head, 0)
    profile = profiles.Profile(tuple(names), _papers(keys, weights), frozenset(head.withdrawn))
    return profiles.BallotFile(profile, head.seats, title, notes=tuple(head.notes))


def _dat(raw: bytes, start: re.Match[bytes]) -> profiles.BallotFile | None:
    seats, candidates, lines, total = map(int, start.groups())
    *names, body = raw[start.end() :].split(b"\n", candidates)
    if candidates > digits.MOST or len(names) < candidates:
        return None
    keys, weights, plain = _ranks(np.frombuffer(body.rstrip(b"\n") + b"\n", np.uint8), candidates)
    if not plain or (len(keys), weights.sum()) != (lines, total) or _is_odd(raw[: len(raw) - len(body)]):
        return None
    title, _, *told = [line.strip() for line in gathering.text_of(start[0] + b"\n".join(names)).split("\n")]
    if "" in told:
        return None
    return profiles.BallotFile(profiles.Profile(tuple(told), _papers(keys, weights)), seats, title)


def _papers(keys: Keys, weights: Numbers) -> digits.Digits:
    return digits.of(keys, weights if len(weights) else None)


@njit(cache=True)
def _weighted_rankings(body: Bytes, candidates: int) -> tuple[Keys, Numbers, int]:  # pragma: no cover
    """Return the rankings and weights of the lines of a BLT file, and where the closing 0 ends; -1 where not plain.

    No weights where each is 1.
    """
    lines = 0
    for byte in body:
        lines += byte == 10
    keys = np.zeros(lines, np.uint64)
    weights = np.ones(0, np.int64)
    line, at = 0, 0
    while at < len(body):
        first, value = at, 0
        while at < len(body) and np.uint8(body[at] - 48) < 10:
            value = 10 * value + (int(body[at]) - 48)
            at += 1
        if at == first or at - first > 15 or at == len(body):
            return keys, weights, -1
        if body[at] == 10:
            # Alone in its line, and 0: the end of the papers.
            return keys[:line], weights[:line], at + 1 if value == 0 and at == first + 1 else -1
        if value == 0:
            return keys, weights, -1
        if value > 1 and len(weights) == 0:
            weights = np.ones(lines, np.int64)
        if value > 1:
            weights[line] = value
        shift, named, value = 60, 0, -1
        while body[at] == 32:
            at += 1
            first, value = at, 0
            while at < len(body) and np.uint8(body[at] - 48) < 10 and at < first + 3:
                value = 10 * value + (int(body[at]) - 48)
                at += 1
            if at == first or at == len(body) or value > candidates or (body[first] == 48 and at > first + 1):
                return keys, weights, -1
            if value == 0:
                break
            if named >> value & 1:
                return keys, weights, -1
            named |= 1 << value
            keys[line] |= np.uint64(value) << np.uint64(shift)
            shift -= 4
        if value != 0 or body[at] != 10:
            return keys, weights, -1
        line += 1
        at += 1
    return keys, weights, -1


@njit(cache=True)
def _ranks(body: Bytes, candidates: int) -> tuple[Keys, Numbers, bool]:  # pragma: no cover
    """Return the rankings and weights of the lines of a Scottish ``.dat`` file, and whether all of them are plain."""
    lines = 0
    for byte in body:
        lines += byte == 10
    if len(body) == 1:
        lines = 0
    keys = np.zeros(lines, np.uint64)
    weights = np.zeros(lines, np.int64)
    at = 0
    for line in range(lines):
        taken, most = 0, 0
        for place in range(candidates + 1):
            first, value = at, 0
            while np.uint8(body[at] - 48) < 10:
                value = 10 * value + (int(body[at]) - 48)
                at += 1
            closing = 10 if place == candidates else 32
            if at == first or at > first + 15 or body[at] != closing or (body[first] == 48 and at > first + 1):
                return keys, weights, False
            at += 1
            if place == 0:
                if value == 0:
                    return keys, weights, False
                weights[line] = value
            elif value:
                if value > candidates or taken >> value & 1:
                    return keys, weights, False
                taken |= 1 << value
                most = max(most, value)
                keys[line] |= np.uint64(place) << np.uint64(64 - 4 * value)
        # Without a gap: the ranks from 1 to the last.
        if taken != (2 << most) - 2:
            return keys, weights, False
    return keys, weights, True
