"""What a change does to the capture numbers: two charters compared, and the one change that raises a number most."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from comitia.charter.structure import Charter, Kind, Matter
from comitia.drill import capture
from comitia.drill.capture import Capture, NoBody
from comitia.drill.cells import Cells
from comitia.drill.overlap import Unsolved


@dataclass(frozen=True, slots=True)
class Change:
    """A matter under two charters: None where it does not exist or cannot be drilled there."""

    matter: str
    name: str
    before: Capture | None
    after: Capture | None

    @property
    def is_lower(self) -> bool:
        """Whether fewer people decide it after the change, for certain."""
        return self.before is not None and self.after is not None and self.after.people < self.before.bound


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of one article, and the capture number that the matter has after it."""

    article: str
    words: str
    after: Capture


def diff(old: Charter, new: Charter, cells: Cells, *, seconds: float) -> tuple[Change, ...]:
    """Return every matter of either charter whose number differs, and those that only one of them has."""
    found = []
    for name in dict.fromkeys([*old.matters, *new.matters]):
        before, after = _captured(old, name, cells, seconds), _captured(new, name, cells, seconds)
        numbers = [None if one is None else (one.people, one.bound) for one in (before, after)]
        if numbers[0] != numbers[1]:
            title = (new.matters.get(name) or old.matters[name]).name
            found.append(Change(name, title, before, after))
    return tuple(found)


def weakest(charter: Charter, matter: Matter, cells: Cells, *, seconds: float) -> tuple[Repair, ...]:
    """Return single changes of one article that raise the capture number of a matter, the best first."""
    now = capture.capture(charter, matter, cells, seconds=seconds)
    repairs = []
    for article, words, changed in _changes(charter, matter):
        after = _captured(changed, matter.id, cells, seconds)
        if after is not None and after.bound > now.people:
            repairs.append(Repair(article, words, after))
    return tuple(sorted(repairs, key=lambda one: -one.after.bound))


def _captured(charter: Charter, matter: str, cells: Cells, seconds: float) -> Capture | None:
    if matter not in charter.matters:
        return None
    try:
        return capture.capture(charter, charter.matters[matter], cells, seconds=seconds)
    except (NoBody, Unsolved):
        return None


def _changes(charter: Charter, matter: Matter) -> Iterator[tuple[str, str, Charter]]:
    """Yield each change that is tried, with its article: thresholds, ways out, and seats of the bodies below."""

    def with_matter(changed: Matter) -> Charter:
        return dataclasses.replace(charter, matters={**charter.matters, matter.id: changed})

    for threshold in (Fraction(3, 5), Fraction(2, 3), Fraction(3, 4)):
        if threshold > matter.threshold:
            words = f"{matter.name}: at least {threshold} instead of {matter.threshold}"
            yield matter.article, words, with_matter(dataclasses.replace(matter, threshold=threshold, strict=False))
    for step in matter.exits:
        if step.way == "joint":
            kept = tuple(one for one in matter.exits if one is not step)
            yield step.article, f"no way out by {step.body} alone", with_matter(dataclasses.replace(matter, exits=kept))
    for kind in _below(charter, matter):
        if kind.form != "elected" or kind.seats is None:
            continue
        if kind.rule != "scottish":
            yield (
                kind.article,
                f"{kind.name}: elected by single transferable vote",
                _with_kind(charter, dataclasses.replace(kind, rule="scottish")),
            )
        if kind.seats.fixed is not None and kind.constituencies and kind.seats.fixed < 5:
            seats = dataclasses.replace(kind.seats, fixed=5)
            yield (
                kind.article,
                f"{kind.name}: five seats by single transferable vote instead of {kind.seats.fixed}",
                _with_kind(charter, dataclasses.replace(kind, seats=seats, rule="scottish")),
            )
        if kind.seats.per_members is not None and kind.seats.per_members > 1:
            half = dataclasses.replace(kind.seats, per_members=-(-kind.seats.per_members // 2))
            words = f"{kind.name}: a seat for {half.per_members} members instead of {kind.seats.per_members}"
            yield kind.article, words, _with_kind(charter, dataclasses.replace(kind, seats=half))


def _with_kind(charter: Charter, kind: Kind) -> Charter:
    return dataclasses.replace(charter, kinds={**charter.kinds, kind.id: kind})


def _below(charter: Charter, matter: Matter) -> list[Kind]:
    found: dict[str, Kind] = {}
    ask = list(matter.decided_by)
    while ask:
        kind = charter.kinds.get(ask.pop())
        if kind is not None and kind.id not in found:
            found[kind.id] = kind
            ask += [*kind.houses, kind.electors]
    return list(found.values())
