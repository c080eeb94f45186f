import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.charter import faults, faults_acts, parse
from comitia.charter.fault import Fault
from comitia.federation import acts

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


@cache
def found(text: str) -> tuple[Fault, ...]:
    return faults.find_faults(parse.parse(text, file="ours.toml"))


def test_the_shipped_charter_has_no_fault(shipped: str, first: str) -> None:
    assert found(shipped) == ()
    assert found(first) == ()


# Each row: what is changed in the first season's charter, and the sorts of fault that this makes.
SEEDED = [
    ('electors = "congress"', 'electors = "soviet"', {"undeclared", "unreachable-body", "chokepoint"}),
    ('electors = "congress"', 'electors = ""', {"no-electors"}),
    ('electors = "assembly"', 'electors = "board"', {"filled-from-above"}),
    (
        'electors = "assembly"',
        'electors = "committee"',
        {"elects-its-electors", "unreachable-body", "chokepoint"},
    ),
    ('electors = "assembly"', 'electors = "trade-assembly"', {"no-electors"}),
    ('gathers = ["workplace", "locality"]', 'gathers = ["locality"]', {"no-electors"}),
    ('gathers = ["workplace", "locality"]', 'gathers = ["workplace", "village"]', {"undeclared"}),
    (
        'houses = ["committees-house", "unions-house"]\narticle',
        'houses = ["unions-house"]\narticle',
        {"no-electors", "exit-leaves-out"},
    ),
    ("seats = 5\n", "seats = 4\n", {"tie-blocks", "tie-protects"}),
    ('deadlock = "congress"\ndeadlock_more_than = "2/3"\ndelay', 'deadlock = "falls"\ndelay', {"tie-blocks"}),
    ('deadlock = "conciliation"', 'deadlock = "congress"', {"exit-leaves-out", "unreachable-body"}),
    ('deadlock = "conciliation"', 'deadlock = "board"', {"exit-leaves-out", "unreachable-body"}),
    ('deadlock = "conciliation"', 'deadlock = "arbiter"', {"undeclared", "unreachable-body"}),
    ('deadlock_more_than = "2/3"\neffect', 'deadlock_more_than = "1"\neffect', {"threshold-never-met"}),
    ('quorum_base = "filled"', 'quorum_base = "members"', {"quorum-never-met"}),
    ('quorum = "1/2"\nquorum_base = "filled"', 'quorum = "1"\nquorum_base = "filled"', {"quorum-never-met"}),
    ('quorum = "1/3"\ntie_protects', 'quorum = "1"\ntie_protects', {"quorum-never-met"}),
    ('more_than = "1/2"\nquorum = "1/3"\ntie', 'more_than = "1"\nquorum = "1/3"\ntie', {"threshold-never-met"}),
    ('at_least = "3/4"', 'more_than = "1"', {"threshold-never-met"}),
    ('more_than = "1/2"\nquorum = "1/2"', 'at_least = "1/2"\nquorum = "1/2"', {"both-sides-carry"}),
    ('more_than = "1/2"\nquorum = "1/2"', 'more_than = "1/3"\nquorum = "1/2"', {"both-sides-carry"}),
    ('movers = ["board"]', "movers = []", {"nobody-may-move"}),
    ('movers = ["board"]', 'movers = ["central-committee"]', {"nobody-may-move", "undeclared"}),
    (
        'acts = ["motion_moved", "amendment_moved", "amendment_accepted", "division_opened"]\nby = ["member"]',
        'acts = ["motion_moved", "amendment_moved", "amendment_accepted", "division_opened"]\nby = ["board"]',
        {"nobody-may-move"},
    ),
    ('decided_by = ["board"]', "decided_by = []", {"nobody-decides"}),
    ('decided_by = ["board"]', 'decided_by = ["secretary"]', {"office-decides", "nobody-may-vote"}),
    (
        'acts = ["vote_cast"]\nby = [\n  "committee", "union", ',
        'acts = ["vote_cast"]\nby = [\n  "committee", ',
        {"nobody-may-vote"},
    ),
    ('silence = "absent"', 'silence = "abstains"', {"silence-contradicts"}),
    (
        'silence = "absent"\ndeadlock = "congress"',
        'silence = "abstains"\ndeadlock = "congress"',
        {"silence-contradicts"},
    ),
    ('founding_article = "41"', 'founding_article = ""', {"no-founding"}),
    ("founders = 3", "founders = 0", {"no-founding"}),
    ('correction_article = "42"', 'correction_article = ""', {"no-correction"}),
    ('refounding_share = "1/5"', 'refounding_share = "0"', {"no-refounding"}),
    ('leaving_article = "4"', 'leaving_article = ""', {"no-leaving"}),
    ("inspection_days = 14", "inspection_days = 0", {"no-inspection"}),
    ("emergency_days = 14", "emergency_days = 0", {"emergency-never-lapses"}),
    ('emergency_by = ["board"]', 'emergency_by = ["presidium"]', {"undeclared"}),
    ('claims_article = "26"', 'claims_article = "66"', {"article-not-written"}),
    ('effect = "building"\narticle = "29"', 'effect = "building"\narticle = "292"', {"article-not-written"}),
    ('acts = ["order_declined"]', 'acts = ["order_refused"]', {"act-without-permission", "unknown-act"}),
    ('acts = ["order_declined"]\nby = ["committee"]', 'acts = ["order_declined"]\nby = []', {"act-without-permission"}),
    ('acts = ["order_declined"]', 'acts = ["order_declined", "work_assigned"]', {"permitted-and-forbidden"}),
    (
        '[never.appointment]\nacts = ["seat_appointed"]\narticle = "38"',
        '[[permission]]\nacts = ["seat_appointed"]\nby = ["assembly"]\narticle = "38"',
        set(),
    ),
    (
        '[never.appointment]\nacts = ["seat_appointed"]\narticle = "38"',
        '[[permission]]\nacts = ["seat_appointed"]\nby = ["secretary"]\narticle = "38"',
        {"elects-its-electors"},
    ),
    ('files = ["hours"]', 'files = ["houres"]', {"number-without-owner"}),
    ('owner = "union"', 'owner = "tellers"', {"number-without-owner"}),
    ('owner = "union"', 'owner = "gosplan"', {"undeclared"}),
    ('movers = ["assembly"]\ndecided_by = ["assembly"]\neffect = "merger"',
     'movers = ["board"]\ndecided_by = ["board"]\neffect = "merger"',
     {"merged-from-above", "quorum-never-met", "threshold-never-met"}),
    ('effect = "merger"', 'effect = "none"', set()),
    ('effect = "charter"\nentrenched = true', 'effect = "none"', {"no-change"}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), SEEDED)
def test_a_fault_seeded_in_a_charter_of_language_1_is_found(first: str, old: str, new: str, expected: set[str]) -> None:
    assert old in first

    assert {fault.name for fault in found(first.replace(old, new, 1))} == expected


def test_the_acts_that_need_a_permission_are_those_of_the_record() -> None:
    assert set(faults_acts.ACTS) == set(acts.BY_WORD)


def test_a_house_that_may_change_its_own_term_is_found_at_the_article(shipped: str) -> None:
    start = shipped.index("[article.10]")
    text = shipped[:start] + shipped[start:].replace("entrenched = true", "entrenched = false", 1)

    assert found(text) == (
        Fault(
            name="amends-its-own-limit",
            line=shipped[:start].count("\n") + 1,
            article="10",
            reason=(
                "Article 10 says who the committees' house is and how long it sits, and those whom it binds may change "
                "it: “changing the charter”."
            ),
            example="Those who sit prolong their own term, or raise the recall out of reach, by their own vote.",
            repair="Set entrenched = true for article 10, or let assemblies decide “changing the charter” too.",
        ),
    )


def test_a_body_without_any_part_is_found(first: str) -> None:
    idle = (
        '[kind.presidium]\nname = "presidium"\nplural = "presidiums"\nform = "joint"\n'
        'houses = ["board", "tellers"]\narticle = "14"\n\n[procedures]'
    )

    assert {f.name for f in found(first.replace("[procedures]", idle))} == {"unreachable-body"}


def test_every_fault_names_a_line_of_the_file_a_harm_and_a_repair_in_order(first: str) -> None:
    text = first
    for old, new, _ in SEEDED:
        text = text.replace(old, new, 1)
    all_found = found(text)

    assert len({f.name for f in all_found}) > 15
    assert all(1 <= f.line <= text.count("\n") + 1 and f.example and f.repair for f in all_found)
    assert all(a.line <= b.line for a, b in pairwise(all_found))


@cache
def searched() -> set[str]:
    """Return the names of the sorts of fault in the code that searches for them."""
    names: set[str] = set()
    for module in Path(faults.__file__).parent.glob("faults*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("at", "at_article"):
                name = call.args[1]
                if isinstance(name, ast.Constant):
                    names.add(str(name.value))
                else:
                    names |= {f"no-{way}" for way in ("founding", "correction", "refounding", "leaving", "inspection")}
    return names


def test_every_sort_of_fault_is_described_and_seeded_in_a_test() -> None:
    page = (ROOT / "docs" / "reference" / "charter-faults.md").read_text(encoding="utf-8")
    transcripts = [path.read_text(encoding="utf-8") for path in FIXTURES.glob("faults-of-*.txt")]
    seeded = {name for text in transcripts for name in re.findall(r"^([a-z-]+): ", text, re.MULTILINE)}

    assert set(re.findall(r"^### ([a-z-]+)$", page, re.MULTILINE)) == searched()
    assert seeded | {name for _, _, names in SEEDED for name in names} == searched()


def test_each_description_gives_the_harm_and_a_repair() -> None:
    page = (ROOT / "docs" / "reference" / "charter-faults.md").read_text(encoding="utf-8")

    assert [sort for sort in page.split("### ")[1:] if "\n- Harm: " not in sort or "\n- Repair: " not in sort] == []


@settings(max_examples=30, deadline=None)
@given(strike=st.data())
def test_whatever_line_is_struck_the_charter_is_refused_or_its_faults_are_found(
    shipped: str, strike: st.DataObject
) -> None:
    lines = shipped.split("\n")
    at = strike.draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[:at] + lines[at + 1 :])
    try:
        charter = parse.parse(text, file="ours.toml")
    except parse.WrongCharter:
        return
    names = {fault.name for fault in faults.find_faults(charter)}

    assert names <= searched()
