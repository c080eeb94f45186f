"""Faults seeded in the shipped charter: edits, and what the checker then says."""

from functools import cache

from comitia.charter import faults, parse
from comitia.charter.fault import Fault

Edit = tuple[str, str, str]


def meets(kind: str) -> Edit:
    """Return what sets the longest interval of a body that decides nothing in the shipped charter."""
    return (f"[kind.{kind}]", "article = ", 'meeting_days = 60\nconvened_by = "electors"\narticle = ')


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """Return the text with each ``old`` after its anchor replaced once; an empty ``old`` appends."""
    for anchor, old, new in edits:
        start = text.index(anchor)
        assert not old or old in text[start:], (anchor, old)
        text = text[:start] + text[start:].replace(old, new, 1) if old else f"{text}\n{new}"
    return text


def transcript(text: str, known: set[tuple[str, str]]) -> list[str]:
    """Return the faults of a text as a member reads them, each sort with each harm once, and the line they point to."""
    lines = []
    for fault in found(text):
        if (fault.name, fault.example) not in known:
            known.add((fault.name, fault.example))
            place = text.split("\n")[fault.line - 1] if fault.line > 1 else "the charter"
            lines += [f"{fault.name}: {place}, article {fault.article or 'none'}", f"  {fault.reason}"]
            lines += [f"  For instance: {fault.example}", f"  Repair: {fault.repair}", ""]
    return lines


@cache
def found(text: str) -> tuple[Fault, ...]:
    return faults.find_faults(parse.parse(text, file="ours.toml"))
