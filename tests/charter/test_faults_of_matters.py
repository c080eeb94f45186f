"""Seeded faults of matters: who decides them, majorities, silence, other ways of deciding, ways out of a deadlock."""

import re
from pathlib import Path

import pytest
from seeding import Edit, edited, found, meets, transcript

from comitia.charter.fault import Fault

FIXTURES = Path(__file__).parent / "fixtures"


def matter(name: str, *keys: str, decided_by: str = '"committee"', effect: str = "none") -> Edit:
    """Return a matter with these keys beside those of its way."""
    table = f'[matter.{name}]\nname = "{name}"\nmovers = ["member"]\ndecided_by = [{decided_by}]\n'
    return ("", "", table + f'effect = "{effect}"\narticle = "23"\n' + "\n".join(keys) + "\n")


def step(name: str, *keys: str) -> Edit:
    return ("", "", f'[exit.{name}]\narticle = "22"\n' + "\n".join(keys) + "\n")


ASSEMBLY, SEATS, HOUSES = 'way = "assembly"', 'way = "seats"', 'way = "houses"'
CHARTER = "[way.charter]"
BOARD, GRADIENTS = "[kind.board]", 'procedure = "gradients"'
OTHER = (
    'readings = 1\nnotice_days = 3\nvoting_days = 3\nquorum = "0"\nsilence = "absent"\nexits = []\ndelay_days = 0\n'
    'amendments = "none"'
)
UPPER = "[matter.resolution-district]"

# Each row: what is changed in the shipped charter, and the sorts of fault that this makes.
SEEDED: list[tuple[tuple[Edit, ...], set[str]]] = [
    # Movers and deciders.
    ((("[matter.resolution-board]", 'movers = ["board"]', "movers = []"),), {"nobody-may-move"}),
    ((("[matter.resolution-board]", 'decided_by = ["board"]', "decided_by = []"),), {"nobody-decides"}),
    ((("[matter.resolution-board]", 'decided_by = ["board"]', 'decided_by = ["secretary"]'),),
     {"office-decides", "nobody-may-vote"}),
    ((("[kind.board]", 'electors = "congress"', 'electors = "tellers"'),
      ("[kind.tellers]", 'electors = "congress"', 'electors = "board"')), {"elects-its-electors", "chokepoint"}),
    ((("acts = [\"vote_cast\"", '"committees-house", ', ""),), {"nobody-may-vote"}),
    ((matter("joint", HOUSES, "exits = []", decided_by='"congress"'), meets("congress"),
      ("acts = [\"vote_cast\"", '"board",', "")),
     {"nobody-may-vote"}),
    # Thresholds and bases.
    ((matter("m", SEATS, 'more_than = "1"'),), {"threshold-never-met"}),
    ((matter("m", SEATS, 'at_least = "1"'),), {"one-stops-all"}),
    ((matter("m", SEATS, 'at_least = "1/2"'),), {"both-sides-carry"}),
    ((matter("m", SEATS, 'more_than = "1/3"'),), {"both-sides-carry"}),
    ((matter("m", SEATS, 'tie = "carries"'),), {"both-sides-carry"}),
    ((matter("m", SEATS, 'at_least = "2/3"', 'tie = "carries"'),), set()),
    ((matter("m", SEATS, 'tie = "stands"'),), set()),
    ((matter("m", ASSEMBLY, 'base = "seats"', decided_by='"assembly"'),), {"base-empty"}),
    ((matter("m", ASSEMBLY, 'quorum_base = "seats"', decided_by='"assembly"'),), {"base-empty"}),
    ((matter("m", SEATS, 'base = "members"'),), {"threshold-never-met"}),
    # Ties, chairs, vacancies.
    ((("[kind.board]", "seats = 7", "seats = 8"),), {"tie-blocks"}),
    ((("[kind.board]", "seats = 7", "seats = 8"), ("[way.seats]", 'more_than = "1/2"', 'more_than = "3/5"')), set()),
    ((("[kind.committees-house]", "seats_per_members = 20", 'seats_total = 40\napportionment = "dhondt"'),),
     {"tie-blocks"}),
    ((("[kind.committees-house]", "seats_per_members = 20", 'seats_total = 41\napportionment = "dhondt"'),), set()),
    ((("[matter.plan]", "effect", 'exits = []\neffect'),), {"tie-blocks"}),
    ((matter("m", SEATS, 'tie = "chair"'),), {"tie-without-chair"}),
    ((matter("m", SEATS, 'tie = "chair"', decided_by='"board"'), (BOARD, "office", 'chair = "tellers"\noffice')),
     {"tie-without-chair", "power-without-permission"}),
    ((matter("m", SEATS, 'tie = "chair"', decided_by='"board"'), (BOARD, "office", 'chair = "secretary"\noffice'),
      ("[never.a-second-vote]", ', "casting_vote_given"', ""),
      ("", "", '[[permission]]\nacts = ["casting_vote_given"]\nby = ["secretary"]\narticle = "20"\n')), set()),
    ((matter("m", SEATS, 'base = "seats"', decided_by='"board"'),), set()),
    ((matter("m", SEATS, 'base = "seats"', decided_by='"board"'),
      (BOARD, "office", "by_election_days = 0\noffice")), {"vacancies-block"}),
    ((matter("m", SEATS, 'quorum_base = "seats"', decided_by='"board"'),
      (BOARD, "office", "by_election_days = 0\noffice")), {"vacancies-block"}),
    ((matter("m", SEATS, 'base = "seats"', decided_by='"congress"'), meets("congress"),
      ("[kind.unions-house]", "office", "by_election_days = 0\noffice")), {"vacancies-block"}),
    ((matter("m", SEATS, 'base = "seats"', 'at_least = "1"', decided_by='"tellers"'), meets("tellers"),
      ("[kind.tellers]", "office = true", "by_election_days = 0\noffice = false"),
      ('acts = ["vote_cast"', 'by = [', 'by = ["tellers", ')), {"vacancies-block", "one-stops-all"}),
    # Quorums.
    ((matter("m", SEATS, 'quorum_base = "members"'),), {"quorum-never-met"}),
    ((matter("m", SEATS, 'quorum = "1"'),), {"quorum-never-met"}),
    ((matter("m", SEATS, 'quorum = "1"', decided_by='"council"'), ("[kind.council]", "seats = 5", "seats = 1")), set()),
    ((matter("m", SEATS, "quorum = 6"),), {"quorum-never-met"}),
    ((matter("m", SEATS, "quorum = 5"),), {"quorum-never-met"}),
    ((matter("m", SEATS, "quorum = 4"),), set()),
    ((matter("m", ASSEMBLY, "quorum = 40", decided_by='"assembly"'),), set()),
    ((matter("m", SEATS, 'quorum = "2/3"'),), {"absence-beats-no"}),
    ((matter("m", SEATS, 'quorum = "2/3"', "no_counts_to_quorum = false"),), {"absence-beats-no"}),
    ((matter("m", SEATS, 'quorum = "2/3"', 'base = "filled"', 'at_least = "2/3"'),), set()),
    ((matter("m", 'way = "assembly"', 'quorum = "0"', decided_by='"assembly"', effect="merger"),),
     {"few-decide", "right-not-entrenched"}),
    ((matter("m", 'way = "merger"', 'quorum = "0"', decided_by='"assembly"', effect="merger"),),
     {"right-not-entrenched"}),
    ((matter("m", ASSEMBLY, 'quorum = "0"', decided_by="", effect="merger"),),
     {"nobody-decides", "merged-from-above", "right-not-entrenched"}),
    ((("[way.merger]", 'base = "members"', 'base = "cast"'),
      ("[election.by-base]", 'turnout = "0"', 'turnout = "1/2"')), set()),
    ((("[way.merger]", 'base = "members"', 'base = "cast"'), ("[way.merger]", 'quorum = "1/2"', 'quorum = "1/5"'),
      ("[election.by-base]", 'turnout = "0"', 'turnout = "1/2"')), {"few-decide"}),
    ((("[way.seats]", "abstentions_count_to_quorum = true\n", ""),), {"abstentions-unsaid"}),
    ((("[way.seats]", "abstentions_count_to_quorum = true\n", ""), ("[way.seats]", 'quorum = "1/2"', 'quorum = "0"')),
     set()),
    # Silence.
    ((matter("m", SEATS, 'silence = "abstains"', "abstentions_count_to_quorum = false"),), {"silence-contradicts"}),
    ((matter("m", SEATS, 'silence = "abstains"', "abstentions_count_to_quorum = false", decided_by='"tellers"'),
      meets("tellers"), ("[kind.tellers]", "office = true", "office = false"),
      ('acts = ["vote_cast"', 'by = [', 'by = ["tellers", ')), set()),
    ((matter("m", SEATS, 'silence = "abstains"'),), {"silence-contradicts"}),
    ((matter("m", SEATS, 'silence = "abstains"', 'quorum = "0"', "no_counts_to_quorum = false"),),
     {"silence-contradicts"}),
    ((matter("m", SEATS, 'silence = "consents"', 'quorum = "0"'),), {"silence-contradicts", "silence-carries"}),
    ((matter("m", 'way = "consent"', 'silence = "consents"', 'quorum = "1/2"', 'quorum_base = "filled"'),),
     {"silence-contradicts"}),
    # Other ways of deciding.
    ((matter("m", 'procedure = "consensus"', 'demand = { blocks = 0, aside = "1/3" }', OTHER),), {"one-stops-all"}),
    ((matter("m", 'procedure = "consensus"', 'demand = { blocks = 1, aside = "1/3" }', OTHER),), set()),
    ((matter("m", 'procedure = "consensus"', 'demand = { blocks = 1, aside = "1/3" }', OTHER, decided_by='"board"'),),
     {"nobody-may-vote"}),
    ((matter("m", GRADIENTS, 'demand = { level = 4, share = "2/3", bad = 7, opposed = "1/10" }', OTHER),),
     set()),
    ((matter("m", GRADIENTS, 'demand = { level = 4, share = "2/3", bad = 1, opposed = "1/10" }', OTHER),),
     {"gradients-contradict"}),
    ((matter("m", GRADIENTS, 'demand = { level = 4, share = "2/3", bad = 4, opposed = "1/10" }', OTHER),),
     {"gradients-contradict"}),
    ((matter("m", GRADIENTS, 'demand = { level = 4, share = "1", bad = 7, opposed = "1/10" }', OTHER),),
     {"gradients-contradict"}),
    ((matter("m", 'procedure = "advice"', "demand = { pieces = 0 }", OTHER),), {"advice-of-nobody"}),
    ((matter("m", 'procedure = "advice"', "demand = { pieces = 2 }", OTHER, effect="building"),), {"no-decision"}),
    ((matter("m", 'procedure = "sense_check"', OTHER, effect="building"),), {"no-decision"}),
    # Approval by groups.
    ((matter("m", ASSEMBLY, 'groups = { turnout = "1/3", approval_more_than = "1/2", groups_at_least = "2/3" }',
             decided_by='"assembly"'),), set()),
    ((matter("m", ASSEMBLY, 'groups = { turnout = "1/3", approval_more_than = "1/2", groups_at_least = "2/3" }',
             decided_by='"general-assembly"'),), {"groups-never-met"}),
    ((matter("m", ASSEMBLY, 'groups = { turnout = "1", approval_more_than = "1", groups_at_least = "1" }',
             decided_by='"assembly"'),), {"groups-never-met"}),
    # Readings, notice, appeals, whom it affects.
    ((matter("m", SEATS, "readings = 2", "reading_days = 0"),), {"readings-at-once"}),
    ((matter("m", SEATS, "readings = 2", "reading_days = 7"),), set()),
    ((("[exit.second-reading]", "days = 3", "days = 0"),), {"readings-at-once"}),
    (((CHARTER, "notice_days = 14", "notice_days = 0"),), {"no-notice"}),
    (((UPPER, 'appeal = "resolution"', 'appeal = "resolution-committee"'),), {"appeal-in-a-circle"}),
    (((UPPER, 'appeal = "resolution"', 'appeal = "resolution-district"'),), {"appeal-in-a-circle"}),
    (((UPPER, 'appeal = "resolution"', 'appeal = "resolution-council"'),), {"appeal-not-upwards"}),
    ((matter("m", SEATS, 'appeal = "resolution-committee"', "appeal_days = 7"),), {"appeal-not-upwards"}),
    ((matter("m", SEATS, 'appeal = "a"', "appeal_days = 7"), matter("a", SEATS, 'appeal = "b"', "appeal_days = 7",
      decided_by='"district"'), matter("b", SEATS, 'appeal = "a"', "appeal_days = 7", decided_by='"district"')),
     {"appeal-in-a-circle"}),
    ((matter("m", SEATS, 'affects = "trade"'),), {"affects-nobody-here"}),
    ((matter("m", SEATS, 'affects = "trade"', decided_by=""),), {"nobody-decides"}),
    ((matter("m", SEATS, 'affects = "workplace"', decided_by='"district"'),), set()),
    ((matter("m", SEATS, 'affects = "trade"', decided_by='"board"'),), set()),
    # Ways out of a deadlock.
    ((matter("m", SEATS, 'exits = ["congress"]'),), {"exit-leaves-out", "exit-never-opens"}),
    ((("[matter.plan-cut]", '"conciliation"]', '"congress"]'),), {"exit-leaves-out", "unreachable-body"}),
    ((("[exit.conciliation]", 'body = "conciliation"', 'body = "board"'),), {"exit-leaves-out", "unreachable-body"}),
    ((("[exit.conciliation]", 'body = "conciliation"', 'body = "general-assembly"'),), {"unreachable-body"}),
    ((("[exit.conciliation]", 'body = "conciliation"', 'body = "arbiter"'),), {"undeclared", "unreachable-body"}),
    ((("[exit.congress]", 'more_than = "2/3"', 'more_than = "1"'),), {"threshold-never-met"}),
    ((("[exit.congress]", 'more_than = "2/3"', 'more_than = "1/3"'),), {"both-sides-carry"}),
    ((("[exit.congress]", 'more_than = "2/3"', 'at_least = "1/2"'),), {"both-sides-carry"}),
    ((step("again", 'way = "second_reading"', "days = 3"),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["second-reading", "again", ')), {"exit-repeats"}),
    ((step("again", 'way = "second_reading"', "days = 3"),
      ("[way.houses]", '"congress"]', '"congress", "again"]')), {"exit-repeats"}),
    ((step("talk", 'way = "conciliation"', 'body = "board"', "days = 3", 'base = "filled"', 'more_than = "1/2"'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["talk", ')), set()),
    ((step("talk", 'way = "conciliation"', 'body = "councils-conference"', "days = 3", 'base = "filled"',
           'more_than = "1/2"'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["talk", ')), {"conciliation-one-sided"}),
    ((step("talk", 'way = "conciliation"', 'body = "district"', "days = 3", 'base = "filled"', 'more_than = "1/2"'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["talk", ')), {"exit-never-opens"}),
    ((step("over", 'way = "veto"', "days = 3", 'base = "filled"', 'thresholds = ["3/5", "2/3"]'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["over", ')), set()),
    ((step("over", 'way = "veto"', "days = 3", 'base = "filled"', 'thresholds = ["1/2", "2/3"]'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["over", ')), {"veto-worth-nothing"}),
    ((step("over", 'way = "veto"', "days = 3", 'base = "filled"', 'thresholds = ["3/5", "1"]'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["over", ')), {"veto-never-ends"}),
    ((step("over", 'way = "veto"', "days = 3", 'base = "filled"', 'thresholds = ["3/5"]'),
      step("over-again", 'way = "veto"', "days = 3", 'base = "filled"', 'thresholds = ["2/3"]'),
      ("[way.houses]", 'exits = ["second-reading", ', 'exits = ["over", "over-again", ')), set()),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), SEEDED)
def test_a_seeded_fault_is_found_and_no_other(shipped: str, edits: tuple[Edit, ...], expected: set[str]) -> None:
    assert {fault.name for fault in found(edited(shipped, edits))} == expected


def test_silence_that_abstains_everywhere_is_no_fault_where_there_is_no_quorum(shipped: str) -> None:
    text = shipped.replace('silence = "absent"', 'silence = "abstains"')

    assert {fault.name for fault in found(text)} == {"silence-contradicts"}
    assert found(re.sub(r'^quorum = ".*"$', 'quorum = "0"', text, flags=re.MULTILINE)) == ()


def test_vacancies_are_counted_and_the_tie_that_they_make_is_named(shipped: str) -> None:
    edits = (
        matter("m", SEATS, 'base = "seats"', decided_by='"board"'),
        (BOARD, "office", "by_election_days = 0\noffice"),
    )
    text = edited(shipped, edits)

    assert found(text) == (
        Fault(
            name="vacancies-block",
            line=text[: text.index("[matter.m]")].count("\n") + 1,
            article="23",
            reason=(
                "“m”: in the board vacant seats are counted too: 4 of 7 are needed however many are filled; 4 vacant "
                "seats make it impossible, and with one vacant 3 to 3 falls."
            ),
            example="Members resign in protest, and each resignation helps those whom they protest against.",
            repair='Use base = "filled" and quorum_base = "filled", or set by_election_days.',
        ),
    )


def test_each_fault_says_where_it_is_what_harm_it_does_and_what_to_write_instead(shipped: str) -> None:
    known: set[tuple[str, str]] = set()
    lines = [line for edits, _ in SEEDED for line in transcript(edited(shipped, edits), known)]

    assert "\n".join(lines) == (FIXTURES / "faults-of-matters.txt").read_text(encoding="utf-8")
