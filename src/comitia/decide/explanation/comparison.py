"""The same papers under another rule: who would sit instead of whom."""

from dataclasses import dataclass

from comitia.decide import sheet


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts of the same papers: who is elected by both, by the first alone, by the second alone; by position."""

    rule: str
    other: str
    both: tuple[int, ...]
    only_rule: tuple[int, ...]
    only_other: tuple[int, ...]
    sentence: str


def compare(counted: sheet.Sheet, other: sheet.Sheet) -> Comparison:
    """Return what another rule changes.

    Args:
        other: the whole count of the same papers for as many seats by the other rule.
    """
    names = counted.candidates
    both = tuple(c for c in counted.winners if c in other.winners)
    gone = tuple(c for c in counted.winners if c not in other.winners)
    new = tuple(c for c in other.winners if c not in counted.winners)
    head = f"The same papers by the rule {other.rule} ({other.source})"
    if not gone and not new:
        words = f"{head} elect the same: {sheet.names_text(names, both)}."
    else:
        sits = "would sit" if gone else "would sit too"
        words = f"{head}: {sheet.names_text(names, new)} {sits}"
        words += f" instead of {sheet.names_text(names, gone)}." if gone else "."
    return Comparison(counted.rule, other.rule, both, gone, new, words)
