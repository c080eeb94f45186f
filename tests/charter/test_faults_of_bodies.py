"""Seeded faults of bodies: who fills their seats, for how long, and how they lose them."""

from pathlib import Path

import pytest
from seeding import Edit, edited, found, transcript

FIXTURES = Path(__file__).parent / "fixtures"


def appointed(name: str, by: str, *, each: str = "", days: int = 365, recall: str = '"by-electors"') -> Edit:
    """Return a kind of body whose seats are filled by appointment, and the permission to fill them."""
    doers = ", ".join(dict.fromkeys(part for part in (*by.split(", "), f'"{name}"') if part))
    table = f"""
[kind.{name}]
name = "{name}"
plural = "{name}s"
form = "appointed"
each = "{each}"
appointed_by = [{by}]
office = false
seats = 3
term_days = {days}
term_limit = 0
incompatible = []
mandate = "free"
report_days = 90
weights = "equal"
recall = {recall}
article = "14"

[[permission]]
acts = ["seat_appointed"]
by = [{doers}]
article = "14"
"""
    return ("", "", table)


APPOINTING: Edit = ("[never.appointment]", '"seat_appointed", ', "")
SCREENING: Edit = ("[never.appointment]", ', "candidate_screened"', "")
ACTING: Edit = ("[never.appointment]", ', "acting_named"', "")


def may(act: str, by: str) -> Edit:
    return ("", "", f'[[permission]]\nacts = ["{act}"]\nby = ["{by}"]\narticle = "16"\n')


def gate(kind: str, by: str) -> tuple[Edit, ...]:
    """Return what puts a gate before the candidates of a kind."""
    return (SCREENING, may("candidate_screened", by), (f"[kind.{kind}]", "office", f'gate = "{by}"\noffice'))


def tier(name: str, electors: str) -> Edit:
    """Return a tier of single delegates."""
    table = f"""
[kind.{name}]
name = "{name}"
plural = "{name}s"
form = "elected"
each = ""
electors = "{electors}"
constituencies = true
office = false
seats = 1
election = "by-congress"
term_days = 365
term_limit = 3
incompatible = []
mandate = "free"
report_days = 90
weights = "equal"
recall = "by-electors"
article = "9"
"""
    return ("", "", table)


def acting(kind: str, by: str, days: int) -> tuple[Edit, ...]:
    """Return what lets somebody act in the vacant seats of a kind."""
    named = f'acting_by = "{by}"\nacting_days = {days}\noffice'
    return (ACTING, may("acting_named", by), (f"[kind.{kind}]", "office", named))


def opened_by(*kinds: str) -> tuple[Edit, ...]:
    """Return what lets those alone who sit in these kinds of body open a vote."""
    permission = f'[[permission]]\nacts = ["division_opened"]\nby = [{", ".join(kinds)}]\narticle = "20"\n'
    return (("[article.20]", ', "division_opened",', ","), ("", "", permission))


BOARD, HOUSE, RECALL = "[kind.board]", "[kind.committees-house]", "[recall.by-electors]"
GENERAL, MEETS = "[kind.general-assembly]", 'meeting_days = 365\nconvened_by = "electors"\n'
NO_MEETING: Edit = (BOARD, 'meeting_days = 60\nconvened_by = "electors"\n', "")
BY_SECRETARY: tuple[Edit, ...] = tuple(
    (f"[matter.{name}-board]", 'movers = ["board"]', 'movers = ["secretary"]')
    for name in ("resolution", "admissibility")
)
ASSEMBLIES = ("assembly", "trade-assembly", "locality-assembly", "general-assembly")
SITTING = (
    *("committee", "union", "council", "district", "committees-house", "unions-house", "councils-conference"),
    *("congress", "board"),
)
TELLERS_BY_SENATE: Edit = ("[kind.tellers]", 'electors = "congress"', 'electors = "senate"')
NO_TIE: Edit = (RECALL, "tie_protects = true", "")

# Each row: what is changed in the shipped charter, and the sorts of fault that this makes.
SEEDED: list[tuple[tuple[Edit, ...], set[str]]] = [
    # What is named and not declared.
    (((BOARD, "office", 'gate = "guards"\noffice'),), {"undeclared"}),
    (((BOARD, "office", 'nominated_by = "notables"\noffice'),), {"undeclared"}),
    (((BOARD, "office", 'chair = "speaker"\noffice'),), {"undeclared"}),
    (((BOARD, "office", 'candidates = "notables"\noffice'),), {"undeclared"}),
    (((BOARD, "office", 'acting_by = "regent"\nacting_days = 30\noffice'),), {"undeclared"}),
    ((("[matter.resolution-committee]", 'affects = "workplace"', 'affects = "village"'),), {"undeclared"}),
    ((("[matter.resolution-committee]", 'appeal = "resolution-district"', 'appeal = "tsar"'),), {"undeclared"}),
    # Who fills the seats.
    (((HOUSE, 'electors = "assembly"', 'electors = ""'),), {"no-electors"}),
    ((APPOINTING, appointed("manager", '"board"', each="workplace")), {"filled-from-above"}),
    ((APPOINTING, appointed("manager", '"district"', each="workplace")), {"filled-from-above"}),
    ((APPOINTING, appointed("manager", '"committee"', each="workplace")), set()),
    ((APPOINTING, appointed("manager", "", each="workplace")), {"no-electors"}),
    ((APPOINTING, appointed("manager", '"presidium"')), {"undeclared", "unreachable-body"}),
    (((HOUSE, 'electors = "assembly"', 'electors = "soviet"'),), {"undeclared", "unreachable-body", "chokepoint"}),
    ((APPOINTING, appointed("senate", '"senate"')), {"self-co-optation"}),
    ((APPOINTING, appointed("senate", '"senate", "board"')), {"self-co-optation"}),
    (
        (APPOINTING, appointed("senate", '"tellers"'), TELLERS_BY_SENATE),
        {"closed-circuit"},
    ),
    (
        (
            APPOINTING,
            appointed("senate", '"tellers", "board"'),
            TELLERS_BY_SENATE,
        ),
        {"appoints-its-electors"},
    ),
    (
        # The senate holds the congress by screening its delegates: members vote, and the circle is closed all the same.
        (
            APPOINTING,
            appointed("senate", '"board"'),
            *gate("committees-house", "senate"),
            ("[kind.unions-house]", "office", 'gate = "senate"\noffice'),
        ),
        {"closed-circuit", "gate-chosen-by-screened", "recall-without-nomination"},
    ),
    # Who sits in a joint body.
    ((("[kind.congress]", '"unions-house"]', '"unions-house", "assembly"]'),), {"house-without-seats"}),
    ((("[kind.congress]", '"unions-house"]', '"unions-house", "committee"]'),), {"house-without-seats"}),
    ((("[kind.congress]", '"unions-house"]', '"unions-house", "congress"]'),),
     {"house-without-seats", "elects-its-electors"}),
    ((("[kind.congress]", '"unions-house"]', '"unions-house", "councils-conference"]'),), set()),
    # Gates and nominations.
    (gate("board", "board"), {"gate-chosen-by-screened"}),
    (gate("committees-house", "tellers"), {"gate-chosen-by-screened", "recall-without-nomination"}),
    (gate("committee", "secretary"), {"nominated-from-above", "recall-without-nomination"}),
    (gate("committee", "district"), {"gate-chosen-by-screened", "recall-without-nomination"}),
    (gate("board", "district"), {"recall-without-nomination"}),
    (gate("board", "council"), set()),
    (gate("board", "tellers"), set()),
    (gate("board", "general-assembly"), set()),
    (((BOARD, "office", 'gate = "tellers"\noffice'),), {"power-without-permission"}),
    (((BOARD, "office", 'nominated_by = "tellers"\noffice'),), set()),
    (((BOARD, "office", 'nomination = 1\ncandidates = "board"\noffice'),), {"nobody-may-stand"}),
    ((('acts = ["candidate_nominated"', '"candidate_nominated", ', ""), may("candidate_nominated", "elector")),
     {"nobody-may-stand"}),
    (((BOARD, "office", 'candidates = "committee"\noffice'),
      ('acts = ["candidate_nominated"', '"candidate_nominated", ', ""),
      may("candidate_nominated", "elector")), {"nobody-may-stand"}),
    (((BOARD, "office", 'candidates = "committees-house"\noffice'),), {"seat-lost-by-election"}),
    (((BOARD, "office", 'candidates = "committee"\noffice'),), set()),
    ((("[kind.district]", "office", "nomination = 6\noffice"),), {"nomination-out-of-reach"}),
    ((("[kind.district]", "office", "nomination = 5\noffice"),), set()),
    # Elections, rotation, tiers, weights.
    (((BOARD, "office", 'turnout = "1"\noffice'),), {"quorum-never-met"}),
    (((BOARD, "office", "nomination_days = 0\noffice"),), {"no-time-to-stand"}),
    (((BOARD, "term_limit = 2", "term_limit = 0"),), {"rotation-idle"}),
    (((BOARD, "office", "renewed_in = 8\noffice"),), {"rotation-idle"}),
    (((BOARD, "office", "renewed_in = 7\noffice"),), set()),
    ((tier("region", "district"), tier("centre", "region")), {"delegates-in-tiers", "unreachable-body"}),
    ((tier("region", "district"),), {"unreachable-body"}),
    (((BOARD, "report_days = 60", "report_days = 60\nsplit_votes = true"),),
     {"split-without-constituency", "power-without-permission"}),
    (((BOARD, 'weights = "equal"', 'weights = "members"'),), {"weights-idle"}),
    (((HOUSE, 'weights = "equal"', 'weights = "members"'),), {"weights-mixed"}),
    (((HOUSE, 'weights = "equal"', 'weights = "members"'), ("[kind.unions-house]", '"equal"', '"members"'),
      ("[kind.councils-conference]", '"equal"', '"members"')), set()),
    # Terms, reports, vacancies.
    (((BOARD, "term_days = 365", "term_days = 3653"), (BOARD, "office", "by_election_days = 30\noffice")),
     {"term-never-lapses"}),
    (((BOARD, "term_days = 365", "term_days = 3652"),), set()),
    (((BOARD, "report_days = 60", "report_days = 0"),), {"no-longest-interval"}),
    (((BOARD, "report_days = 60", "report_days = 366"),), {"no-longest-interval"}),
    # Meetings: no interval, one longer than the term, one that nobody can enforce.
    ((NO_MEETING,), {"no-longest-interval"}),
    ((NO_MEETING, *BY_SECRETARY), {"no-longest-interval"}),
    (BY_SECRETARY, set()),
    (((BOARD, "meeting_days = 60", "meeting_days = 366"),), {"no-longest-interval"}),
    (((BOARD, "meeting_days = 60", "meeting_days = 365"),), set()),
    (((GENERAL, MEETS, ""),), {"no-longest-interval"}),
    (((BOARD, 'convened_by = "electors"', 'convened_by = "nobody"'),), {"interval-without-remedy"}),
    (((BOARD, 'convened_by = "electors"', 'convened_by = "members"'),), set()),
    (opened_by('"committee"'), {"power-without-permission"}),
    (opened_by(*(f'"{kind}"' for kind in (*ASSEMBLIES, *SITTING))), set()),
    (((BOARD, "term_days = 365", "term_days = 730\nby_election_days = 0"),), {"vacancy-stays"}),
    (((BOARD, "term_days = 365", "term_days = 365\nby_election_days = 0"),), set()),
    (acting("board", "secretary", 60), set()),
    (acting("board", "secretary", 365), {"acting-outlasts-term"}),
    (acting("committees-house", "board", 60), {"fast-inside-slow"}),
    ((ACTING, (BOARD, "office", 'acting_by = "secretary"\nacting_days = 60\noffice')), {"power-without-permission"}),
    (
        (APPOINTING, appointed("senate", '"tellers"', days=100), TELLERS_BY_SENATE),
        {"closed-circuit", "fast-inside-slow"},
    ),
    # Recall.
    ((APPOINTING, appointed("manager", '"committee"', each="workplace", recall='""')), {"no-recall"}),
    (((RECALL, 'petition = "1/10"', 'petition = "1"'),), {"recall-out-of-reach"}),
    (((RECALL, 'more_than = "1/2"', 'at_least = "1"'),), {"recall-out-of-reach"}),
    (((RECALL, 'more_than = "1/2"', 'more_than = "1"'),), {"threshold-never-met"}),
    (((RECALL, 'quorum = "1/3"', 'quorum = "1"'),), {"quorum-never-met"}),
    (((RECALL, 'base = "for_against"', 'base = "seats"'),), {"base-empty"}),
    (((RECALL, 'question = "recall"', 'question = "confidence"'),
      NO_TIE), set()),
    (((RECALL, 'question = "recall"', 'question = "confidence"'),
      NO_TIE,
      (RECALL, 'more_than = "1/2"', 'at_least = "1/2"')), {"tie-protects"}),
    (((RECALL, 'question = "recall"', 'question = "confidence"'),
      NO_TIE,
      (RECALL, 'more_than = "1/2"', 'more_than = "1/3"')), {"tie-protects"}),
    (((RECALL, 'by = "electors"', 'by = "own_quota"'),
      NO_TIE,
      (RECALL, 'base = "for_against"', ""),
      (RECALL, 'more_than = "1/2"', "")), set()),
    # An even number of people in a committee elects and recalls its delegate to the district.
    ((("[kind.committee]", "seats = 5", "seats = 6"),), {"tie-protects", "tie-blocks"}),
    ((("[kind.committee]", "seats = 5", "seats = 6"), (RECALL, "tie_protects = true", "tie_protects = false")),
     {"tie-blocks"}),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), SEEDED)
def test_a_seeded_fault_is_found_and_no_other(shipped: str, edits: tuple[Edit, ...], expected: set[str]) -> None:
    assert {fault.name for fault in found(edited(shipped, edits))} == expected


def test_each_fault_says_where_it_is_what_harm_it_does_and_what_to_write_instead(shipped: str) -> None:
    known: set[tuple[str, str]] = set()
    lines = [line for edits, _ in SEEDED for line in transcript(edited(shipped, edits), known)]

    assert "\n".join(lines) == (FIXTURES / "faults-of-bodies.txt").read_text(encoding="utf-8")
