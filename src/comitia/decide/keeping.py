"""Papers sorted for rules in which the elected keep a part of each paper and hand on the rest (Meek, Warren).

What a paper gives to whom depends only on which elected candidates it passes through, in order, before the first
candidate who keeps all that comes (a hopeful one), or before its preferences are spent. Papers alike in this stand on
one line. A candidate's election or exclusion moves only the papers that stop at her; reckoning the votes anew costs one
step for each line, however many papers there are.
"""

from dataclasses import dataclass

from comitia.decide import papers as piles

Through = tuple[int, ...]


@dataclass(slots=True)
class Lines:
    """The papers of a count under way.

    Attributes:
        keepers: the elected, who keep a part.
        hopeful: who keep all that comes; everybody else keeps nothing and is passed over.
        lines: by the elected candidates passed through, then by where the papers stop (None: preferences spent).
    """

    papers: piles.Papers
    keepers: set[int]
    hopeful: set[int]
    lines: dict[Through, dict[int | None, list[piles.Pile]]]


def first_lines(papers: piles.Papers, hopeful: set[int]) -> Lines:
    """Return the papers when nobody is elected yet: each stops at its first preference."""
    lines = Lines(papers, set(), set(hopeful), {})
    _spread(lines, (), [papers.all_papers()])
    return lines


def _spread(lines: Lines, through: Through, moving: list[piles.Pile]) -> None:
    """Let piles go on from where they have passed through, each to where it stops next."""
    continuing = lines.keepers | lines.hopeful
    waiting = [(through, pile) for pile in moving]
    while waiting:
        passed, pile = waiting.pop()
        for to, part in piles.by_next_preference(lines.papers, pile, continuing):
            if to in lines.keepers:
                waiting.append(((*passed, to), part))
            else:
                lines.lines.setdefault(passed, {}).setdefault(to, []).append(part)


def elect(lines: Lines, candidate: int) -> None:
    """Let a hopeful candidate keep a part from now on."""
    lines.hopeful.discard(candidate)
    lines.keepers.add(candidate)
    for through, stops in list(lines.lines.items()):
        _spread(lines, (*through, candidate), stops.pop(candidate, []))


def exclude(lines: Lines, candidate: int) -> None:
    """Let a hopeful candidate keep nothing from now on."""
    lines.hopeful.discard(candidate)
    for through, stops in list(lines.lines.items()):
        _spread(lines, through, stops.pop(candidate, []))


def numbers(lines: Lines) -> list[tuple[Through, dict[int | None, int]]]:
    """Return how many papers stop where, by the elected candidates whom they pass through."""
    return [
        (through, {stop: sum([pile.number for pile in found]) for stop, found in stops.items()})
        for through, stops in lines.lines.items()
    ]
