"""Which articles of a charter offer something against what an indicator shows."""

from collections.abc import Iterable

from comitia.charter.structure import Charter


def _unique(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in numbers if n))


def seats(charter: Charter, kind: str = "") -> tuple[str, ...]:
    """Return the articles by which seats are filled and taken back: of one kind, or of all."""
    kinds = [charter.kinds[kind]] if kind in charter.kinds else [k for k in charter.kinds.values() if k.seats]
    return _unique(n for k in kinds for n in (k.article, k.recall.article if k.recall else ""))


def recalls(charter: Charter) -> tuple[str, ...]:
    """Return the articles on recall, and on beginning anew."""
    found = [k.recall.article for k in charter.kinds.values() if k.recall]
    return _unique((*found, charter.procedures.refounding_article))


def matters(charter: Charter, *effects: str) -> tuple[str, ...]:
    """Return the articles of matters with one of these effects."""
    return _unique(m.article for m in charter.matters.values() if m.effect in effects)


def motions(charter: Charter) -> tuple[str, ...]:
    """Return the articles by which motions are moved, reported against by a minority, or opposed by a current."""
    found = [charter.permissions[act].article for act in _SPEAKING if act in charter.permissions]
    return _unique((*found, charter.currents.article if charter.currents else ""))


_SPEAKING = ("motion_moved", "minority_report_filed", "current_formed")


def acts(charter: Charter, *words: str) -> tuple[str, ...]:
    """Return the articles that permit these acts."""
    return _unique(charter.permissions[word].article for word in words if word in charter.permissions)
