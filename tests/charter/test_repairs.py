"""The repair that a finding names is possible, takes the finding away, and brings no other.

Where a repair says what to write (``Set founders = 3``), these tests write it into the table at fault, in every seeded
charter and every example. Repairs in words alone are for people.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from seeding import Edit, edited, found
from test_faults_of_bodies import SEEDED as BODIES
from test_faults_of_matters import SEEDED as MATTERS
from test_faults_of_rights import SEEDED as RIGHTS

from comitia.charter.fault import Fault

EXAMPLES = Path(__file__).parents[2] / "examples" / "charters"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))

_WRITTEN = re.compile(r"\b([a-z_.]+) = (\"[^\"…]*\"|\[[^\]…]*\]|\{[^}…]*\}|\d+|true|false)")
_TAKEN = re.compile(r"\b(?:Take|and) ([a-z_]+)(?: = \S+ out\b| with it)")
_FURTHER = re.compile(r"\b(?:declare|Declare|Write|Name) |Use a recall with")
_BODY = re.compile(r" for “([a-z-]+)”")
_SET = re.compile(r"\bSet ([a-z_]+) to (\d+)\b")
_TABLE = re.compile(r"\[(refounding|procedures|currents)\]")


def written(repair: str) -> dict[str, str]:
    """Return the keys and values that a repair says to write, the first of its alternatives; "" takes a key out.

    None where it asks for words, or for a further table, which only people can write.
    """
    first = re.split(r",? or |; |\\. ", repair)[0]
    if "…" in first or _FURTHER.search(first):
        return {}
    taken = dict.fromkeys(_TAKEN.findall(first), '""')
    return {**dict(_WRITTEN.findall(first)), **dict(_SET.findall(first)), **taken}


def repaired(text: str, fault: Fault) -> str:
    """Return the text with what the repair says written into the table at fault."""
    rows = text.split("\n")
    start = place(rows, fault)
    for key, value in written(fault.repair).items():
        end = next((n for n in range(start + 1, len(rows)) if rows[n].startswith("[")), len(rows))
        rival = {"more_than": "at_least", "at_least": "more_than"}.get(key)
        old = [n for n in range(start + 1, end) if re.match(rf"({key}|{rival}) = ", rows[n])]
        for n in reversed(old):
            del rows[n]
        # Days for which nobody acts are a key out of place.
        if (key, value) != ("acting_days", '""'):
            rows.insert(start + 1, f"{key} = {value}")
    return "\n".join(rows)


def place(rows: list[str], fault: Fault) -> int:
    """Return the row of the table that a repair speaks of: one that it names, or the one at fault."""
    named = _TABLE.search(fault.repair)
    body = _BODY.search(fault.repair)
    if named and named.group() in rows:
        return rows.index(named.group())
    return rows.index(f"[kind.{body.group(1)}]") if body else fault.line - 1


def sorts(of: tuple[Fault, ...]) -> Counter[tuple[str, str]]:
    return Counter((fault.name, fault.article) for fault in of)


def carried_out(text: str) -> dict[str, set[str]]:
    """Return by sort of fault what went wrong when the repair was written; "" where nothing did."""
    told: dict[str, set[str]] = {}
    before = found(text)
    for fault in before:
        if written(fault.repair):
            had, has = sorts(before), sorts(found(repaired(text, fault)))
            stays = {"stays"} if has[fault.name, fault.article] >= had[fault.name, fault.article] else set()
            told.setdefault(fault.name, set()).update(stays | {name for name, _ in has - had})
    return told


KNOWN = {
    # Where there is a quorum now, it is to be said who counts to it.
    "few-decide": {"abstentions-unsaid"},
    # Whoever may act when the interval is over needs the permission to: the next thing to write.
    "no-longest-interval": {"power-without-permission"},
    # Of two gates that close a circuit one is opened: what remains is the circuit through the other.
    "gate-chosen-by-screened": {"appoints-its-electors"},
    "recall-without-nomination": {"appoints-its-electors"},
    # To be no larger than the majority is to be no stricter in it: the two findings are about one number.
    "absence-beats-no": {"entrenchment-no-stricter"},
    # Silence must change wherever the same body decides, as the repair says; here it changes in one matter.
    "silence-carries": {"silence-contradicts"},
}
"""What a repair may bring to light, and why."""


@pytest.mark.parametrize("edits", [edits for seeded in (BODIES, MATTERS, RIGHTS) for edits, names in seeded if names])
def test_a_repair_that_is_written_into_a_seeded_charter_mends_it_and_harms_nothing(
    shipped: str, edits: tuple[Edit, ...]
) -> None:
    for name, wrong in carried_out(edited(shipped, edits)).items():
        assert wrong - KNOWN.get(name, set()) == set(), name


@pytest.mark.parametrize("name", NAMES)
def test_a_repair_that_is_written_into_a_real_charter_mends_it_and_harms_nothing(name: str) -> None:
    for sort, wrong in carried_out((EXAMPLES / f"{name}.toml").read_text("utf-8")).items():
        assert wrong - KNOWN.get(sort, set()) == set(), sort


def test_of_most_sorts_of_fault_the_repair_can_be_written_down(shipped: str) -> None:
    seeded = [edited(shipped, edits) for rows in (BODIES, MATTERS, RIGHTS) for edits, _ in rows]
    every = {fault.name: bool(written(fault.repair)) for text in seeded for fault in found(text)}

    assert len(every) > 80
    assert sum(every.values()) > 35
