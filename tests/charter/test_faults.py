from itertools import pairwise

import pytest

from comitia.charter import faults, faults_acts, parse
from comitia.charter.fault import Fault
from comitia.federation import acts


def found(text: str) -> tuple[Fault, ...]:
    return faults.find_faults(parse.parse(text, file="ours.toml"))


def test_the_shipped_charter_has_no_fault(shipped: str) -> None:
    assert found(shipped) == ()


# Each row: what is changed in the shipped charter, and the sorts of fault that this makes.
SEEDED = [
    ('electors = "congress"', 'electors = "soviet"', {"undeclared", "unreachable-body"}),
    ('electors = "congress"', 'electors = ""', {"no-electors"}),
    ('electors = "assembly"', 'electors = "board"', {"filled-from-above"}),
    ('electors = "assembly"', 'electors = "committee"', {"elects-its-electors", "unreachable-body"}),
    ('electors = "assembly"', 'electors = "trade-assembly"', {"no-electors"}),
    ('gathers = ["workplace", "locality"]', 'gathers = ["locality"]', {"no-electors"}),
    ('gathers = ["workplace", "locality"]', 'gathers = ["workplace", "village"]', {"undeclared"}),
    (
        'houses = ["committees-house", "unions-house"]\narticle',
        'houses = ["unions-house"]\narticle',
        {"no-electors", "exit-leaves-out"},
    ),
    ("seats = 5\n", "seats = 4\n", {"tie-blocks"}),
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
        '[[permission]]\nacts = ["seat_appointed"]\nby = ["secretary"]\narticle = "38"',
        {"elects-its-electors"},
    ),
    ('files = ["hours"]', 'files = ["houres"]', {"number-without-owner"}),
    ('owner = "union"', 'owner = "tellers"', {"number-without-owner"}),
    ('owner = "union"', 'owner = "gosplan"', {"undeclared"}),
    ('movers = ["assembly"]\ndecided_by = ["assembly"]\neffect = "merger"',
     'movers = ["board"]\ndecided_by = ["board"]\neffect = "merger"', {"merged-from-above", "quorum-never-met"}),
    ('effect = "merger"', 'effect = "none"', set()),
    ('effect = "charter"\nentrenched = true', 'effect = "none"', {"no-change"}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), SEEDED)
def test_a_seeded_fault_is_found_and_no_other(shipped: str, old: str, new: str, expected: set[str]) -> None:
    assert old in shipped

    assert {fault.name for fault in found(shipped.replace(old, new, 1))} == expected


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


def test_a_right_that_an_ordinary_change_may_take_away_is_found(shipped: str) -> None:
    for number in ("35", "36", "40", "45", "4"):
        start = shipped.index(f"[article.{number}]")
        text = shipped[:start] + shipped[start:].replace("entrenched = true", "entrenched = false", 1)

        assert {(f.name, f.article) for f in found(text)} == {("right-not-entrenched", number)}


def test_entrenchment_that_asks_no_more_than_an_ordinary_change_is_found(shipped: str) -> None:
    text = shipped.replace('way = "entrenched"', 'way = "charter"').replace(
        'decided_by = ["committees-house", "unions-house", "councils-conference", "general-assembly"]',
        'decided_by = ["committees-house", "unions-house"]',
    )

    assert {f.name for f in found(text)} == {"entrenchment-no-stricter"}


def test_a_body_without_any_part_is_found(shipped: str) -> None:
    idle = (
        '[kind.presidium]\nname = "presidium"\nplural = "presidiums"\nform = "joint"\n'
        'houses = ["board", "tellers"]\narticle = "14"\n\n[procedures]'
    )

    assert {f.name for f in found(shipped.replace("[procedures]", idle))} == {"unreachable-body"}


def test_every_fault_names_a_line_of_the_file_a_harm_and_a_repair_in_order(shipped: str) -> None:
    text = shipped
    for old, new, _ in SEEDED:
        text = text.replace(old, new, 1)
    all_found = found(text)

    assert len({f.name for f in all_found}) > 15
    assert all(1 <= f.line <= text.count("\n") + 1 and f.example and f.repair for f in all_found)
    assert all(a.line <= b.line for a, b in pairwise(all_found))
