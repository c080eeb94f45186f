"""Ballot files read in bulk where every line of papers is plain, by replacing, cutting and sorting whole texts.

Python does these at the speed of the machine, and a line at a time it does not. What is not plain in every line is left
to the reader of its format, which also says what is wrong with which line. A plain line of BLT is a whole number, one
space, different candidates with one space between them, and ``0``; of a Scottish ``.dat`` file, digits with one space
between them.
"""

import re
from collections.abc import Collection

from comitia.decide import packed
from comitia.decide.packed import FIRST

# Letters from "A" to "|" stand for candidates: with more of them, lines are read one by one.
MOST = 60
SAMPLE = 20_000
_WEIGHTED = re.compile(r"^([0-9]{1,15})([A-|]*)$", re.MULTILINE)
_LETTERS = bytes.maketrans(b"123456789", bytes(range(FIRST, FIRST + 9)))
# Ranks as one character each: the digits, then letters.
_RANKS = "0123456789" + "".join(map(chr, range(FIRST, FIRST + MOST - 9)))
_RANKED = re.compile(r"^([1-9][0-9]{0,14}) ([0-9A-|](?: [0-9A-|])*)$", re.MULTILINE)


def blt(raw: bytes, start: int, *, candidates: int) -> tuple[packed.Packed, int] | None:
    """Return the papers and where the closing line 0 begins, or None if a line is not plain.

    Args:
        raw: a BLT file, lines ended by a line feed.
        start: where the first line of papers begins.
    """
    end = raw.find(b"\n0\n", start)
    if candidates > MOST or end < 0:
        return None
    body = raw[start : end + 1]
    lines = body.count(b"\n")
    if body.count(b" 0\n") != lines or body.startswith(b" ") or b"  " in body or b"\n " in body:
        return None
    # The letters that will stand for candidates must not stand in the file.
    if any(_letter(candidate) in body for candidate in range(1, candidates + 1)):
        return None
    few = body[:SAMPLE]
    ones = few.startswith(b"1 ") and few.count(b"\n1 ") + 2 > few.count(b"\n")
    papers = _single(body, candidates, lines) if ones else None
    if papers is None:
        papers = _weighted(body, candidates, lines)
    return None if papers is None or _twice(papers.keys, candidates) else (papers, end + 1)


def _letter(candidate: int) -> bytes:
    return bytes([FIRST + candidate - 1])


def _twice(keys: Collection[str], candidates: int) -> bool:
    """Say whether a ranking names a candidate twice."""
    if candidates > 20:
        return sum(map(len, map(set, keys))) != sum(map(len, keys))
    # With all others deleted, whoever is named twice stands beside herself.
    text = "\n".join(keys).encode()
    everybody = bytes(range(FIRST, FIRST + candidates))
    return any(
        2 * one in text.translate(None, everybody.replace(one, b"")) for one in map(_letter, range(1, candidates + 1))
    )


def _single(body: bytes, candidates: int, lines: int) -> packed.Packed | None:
    """Return the papers of lines that stand for one paper each, ``1 3 10 2 0``; None if a line is another."""
    for candidate in range(candidates, 9, -1):
        body = body.replace(b" %d" % candidate, b" " + _letter(candidate))
    zeros, size = body.count(b"0"), len(body)
    body = body.translate(_LETTERS, b" 0")
    letters, spaces = len(body) - lines, size - len(body) - zeros
    # Each line had its closing 0 and no other, so each word before it has become one letter, the weight 1 an "A".
    known = bytes(range(FIRST, FIRST + max(candidates, 1))) + b"\n"
    if zeros != lines or letters != spaces or body.translate(None, known):
        return None
    keys = body[1:-1].decode().split("\nA")
    return packed.of_single(keys) if len(keys) == lines and body.startswith(b"A") else None


def _weighted(body: bytes, candidates: int, lines: int) -> packed.Packed | None:
    """Return the papers of lines that say how many they stand for: ``12 3 10 2 0``."""
    for candidate in range(candidates, 0, -1):
        body = body.replace(b" %d" % candidate, _letter(candidate))
    found = _WEIGHTED.findall(body.replace(b" 0\n", b"\n").decode("latin-1"))
    papers: dict[str, int] = {}
    for weight, ranking in found:
        papers[ranking] = papers.get(ranking, 0) + int(weight)
    return packed.of(papers) if len(found) == lines and 0 not in papers.values() else None


def dat(body: str, *, candidates: int) -> tuple[int, int, packed.Packed] | None:
    """Return a Scottish ``.dat`` file's lines of papers, its papers, and these packed; None if not all is plain.

    Args:
        body: the lines of papers, with a line feed between them.
    """
    if candidates > MOST or not body.isascii() or any(letter in body for letter in _RANKS[10:]):
        return None
    for rank in range(candidates, 9, -1):
        body = body.replace(f" {rank}", f" {_RANKS[rank]}")
    found = _RANKED.findall(body)
    # A candidate stands at every second place of a line; the last entry, which -1 leads to, is nobody.
    letters = [chr(FIRST + place // 2) for place in range(2 * candidates - 1)] + [""]
    first = [_RANKS[1 : number + 1] for number in range(candidates + 1)]
    papers: dict[str, int] = {}
    for weight, ranks in found:
        if len(ranks) != 2 * candidates - 1:
            return None
        # Of so many ranks, each from 1 on stands once if all of them are found.
        wanted = first[candidates - ranks.count("0")]
        ranking = "".join([letters[place] for place in map(ranks.find, wanted)])
        if len(ranking) != len(wanted):
            return None
        papers[ranking] = papers.get(ranking, 0) + int(weight)
    if len(found) != body.count("\n") + bool(body):
        return None
    return len(found), sum(papers.values()), packed.of(papers)
