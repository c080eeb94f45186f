"""Seeded faults of rights: entrenchment, the ways that every charter needs, permissions, acts, articles, numbers."""

from pathlib import Path

import pytest
from seeding import Edit, edited, found, meets, transcript

FIXTURES = Path(__file__).parent / "fixtures"


def loose(number: str) -> Edit:
    """Return what takes the entrenchment of an article away."""
    return (f"[article.{number}]", "entrenched = true", "entrenched = false")


def granted(act: str, by: str) -> Edit:
    """Return a permission of its own for an act."""
    return ("", "", f'[[permission]]\nacts = ["{act}"]\nby = [{by}]\narticle = "20"\n')


OPENING, OPENERS = 'acts = ["election_opened"]', 'by = ["elector", "secretary", "tellers"]'
DECLINING, FORBIDDING = 'acts = ["order_declined"]', "[never.forbidding-currents]"
HARD, REFOUNDING = "[way.entrenched]", "[refounding]"
ALL_BODIES = 'decided_by = ["committees-house", "unions-house", "councils-conference", "general-assembly"]'
HOUSES = 'decided_by = ["committees-house", "unions-house"]'
MEMBER = 'by = ["member"]'

NEVERS: tuple[Edit, ...] = tuple(
    (f"[never.{name}]", f"acts = [{acts}]", "acts = []")
    for name, acts in (
        ("forbidding-currents", '"current_forbidden"'),
        ("labour-command", '"work_assigned"'),
        ("appointment", '"seat_appointed", "acting_named", "candidate_screened"'),
        ("a-second-vote", '"vote_split", "casting_vote_given"'),
    )
)
CHALLENGED = (
    "assembly", "trade", "locality", "general", "committee", "union", "council", "district", "board",
    "committees-house", "unions-house", "councils-conference",
)  # fmt: skip
CHALLENGES: tuple[Edit, ...] = tuple(
    (f"[matter.admissibility-{name}]", 'effect = "admissibility"', 'effect = "none"') for name in CHALLENGED
)

SEALED: Edit = (
    "",
    "",
    """
[article.90]
title = "Sealed ballots"
text = "No office can know how a member voted."
entrenched = true
[sealed_ballots]
ballots = ["election", "recall", "motion", "refounding"]
issuers = ["committees-house", "unions-house"]
tellers = ["committee", "union", "council"]
number = 3
needed = 2
length = 64
requests = "first_half"
repeat_days = 7
article = "90"
[[permission]]
acts = [
  "ballot_key_given", "ballot_sealed", "token_requested", "token_issued", "casts_published", "token_voided",
  "teller_key_revealed", "ballot_repeated",
]
by = ["elector", "committees-house", "unions-house", "committee", "union", "council"]
article = "90"
""",
)
TABLE = "[sealed_ballots]"

# Each row: what is changed in the shipped charter, and the sorts of fault that this makes.
SEEDED: list[tuple[tuple[Edit, ...], set[str]]] = [
    # Entrenchment.
    ((loose("10"),), {"amends-its-own-limit"}),
    ((loose("43"),), {"amends-its-own-limit"}),
    ((loose("10"), ("[matter.charter]", HOUSES, 'decided_by = ["general-assembly", "committees-house"]')), set()),
    ((loose("10"), ("[matter.charter]", HOUSES, 'decided_by = ["senate"]')), {"undeclared"}),
    ((("[matter.charter]", HOUSES, 'decided_by = ["congress"]'), meets("congress")), set()),
    *(((loose(number),), {"right-not-entrenched"}) for number in ("4", "35", "36", "40", "45")),
    ((loose("19"),), {"right-not-entrenched", "amends-its-own-limit"}),
    ((("[matter.amend-entrenched]", 'effect = "charter"\nentrenched = true', 'effect = "none"'),
      ("[matter.charter]", 'effect = "charter"\nentrenched = false', 'effect = "none"')), {"no-change"}),
    ((("[matter.amend-entrenched]", 'effect = "charter"\nentrenched = true', 'effect = "none"'),), {"no-change"}),
    (((HARD, 'at_least = "3/4"', 'at_least = "2/3"'), (HARD, 'quorum = "3/4"', 'quorum = "2/3"'),
      ("[matter.amend-entrenched]", ALL_BODIES, HOUSES)), {"entrenchment-no-stricter"}),
    (((HARD, 'at_least = "3/4"', 'at_least = "2/3"'), (HARD, 'quorum = "3/4"', 'quorum = "2/3"')), set()),
    (((HARD, 'at_least = "3/4"', 'at_least = "2/3"'), ("[matter.amend-entrenched]", ALL_BODIES, HOUSES)),
     {"absence-beats-no"}),
    (((HARD, 'at_least = "3/4"', 'more_than = "1/2"'), (HARD, 'quorum = "3/4"', 'quorum = "1/2"')), set()),
    (((HARD, 'at_least = "3/4"', 'more_than = "1/2"'), (HARD, 'quorum = "3/4"', 'quorum = "1/2"'),
      ("[matter.amend-entrenched]", ALL_BODIES, 'decided_by = ["board"]')), {"entrenched-by-ordinary-vote"}),
    (((HARD, "exits = []", 'exits = ["second-reading"]'),), set()),
    (((HARD, "exits = []", 'exits = ["conciliation"]'),), {"entrenchment-bypassed", "exit-leaves-out"}),
    # Mergers.
    ((("[matter.merger]", 'decided_by = ["assembly"]', 'decided_by = ["board"]'),
      ("[way.merger]", 'base = "members"', 'base = "filled"'),
      ("[way.merger]", 'quorum_base = "members"', 'quorum_base = "filled"')), {"merged-from-above"}),
    ((("[matter.dissolution]", 'decided_by = ["assembly"]', 'decided_by = ["general-assembly"]'),),
     {"merged-from-above"}),
    ((("[matter.merger]", 'effect = "merger"', 'effect = "none"'),
      ("[matter.merger-trade]", '"merger"\na', '"none"\na'),
      ("[matter.merger-locality]", '"merger"\na', '"none"\na')), {"merged-from-above"}),
    # The ways that every charter needs.
    ((("[procedures]", "founders = 3", "founders = 0"),), {"no-founding"}),
    ((("[procedures]", 'correction_article = "42"', ""),), {"no-correction"}),
    ((("[procedures]", "inspection_days = 14", "inspection_days = 0"),), {"no-inspection"}),
    ((("[procedures]", "leaving_least = 3", "leaving_least = 0"),), set()),
    ((("[procedures]", "leaving_least = 3", "leaving_least = 0"),
      ("[matter.leaving]", 'effect = "leaving"', 'effect = "none"')),
     {"no-leaving"}),
    (((REFOUNDING, 'share = "1/5"', 'share = "1"'),), {"refounding-out-of-reach"}),
    (((REFOUNDING, 'share = "1/5"', 'share = "0"'),), set()),
    (((REFOUNDING, 'more_than = "1/2"', 'at_least = "1"'),), {"refounding-out-of-reach"}),
    (((REFOUNDING, 'quorum = "1/2"', 'quorum = "1"'), (REFOUNDING, 'article = "45"', 'article = "450"')),
     {"refounding-out-of-reach", "article-not-written"}),
    # Currents.
    (((FORBIDDING, 'acts = ["current_forbidden"]', "acts = []"), granted("current_forbidden", '"board"')),
     {"currents-forbidden"}),
    ((("acts = [\"current_formed\"", '"current_formed", ', ""),
      (FORBIDDING, 'acts = ["current_forbidden"]', 'acts = ["current_formed"]')), {"currents-forbidden"}),
    ((("[currents]", '[currents]\nleast = 3\nmembership = "open"\narticle = "36"\n', ""),), {"currents-forbidden"}),
    ((("[currents]", 'membership = "open"', 'membership = "secret"'),), {"secret-without-clerk"}),
    ((("[currents]", 'membership = "open"', 'membership = "secret"'),
      ("acts = [\"current_formed\"", MEMBER, 'by = ["member", "clerk"]')), set()),
    ((("acts = [\"current_formed\"", MEMBER, 'by = ["board"]'),), {"right-in-others-hands"}),
    # Sealed ballots.
    ((SEALED,), set()),
    ((SEALED, (TABLE, 'ballots = ["election", "recall", "motion", "refounding"]', 'ballots = ["elections"]')),
     {"sealed-unknown"}),
    ((SEALED, (TABLE, 'ballots = ["election", "recall", "motion", "refounding"]', "ballots = []")), {"sealed-unknown"}),
    ((SEALED, (TABLE, 'issuers = ["committees-house", "unions-house"]', 'issuers = ["unions-house"]')),
     {"sealed-in-one-hand"}),
    ((SEALED, (TABLE, 'issuers = ["committees-house", "unions-house"]', "issuers = []")), {"sealed-in-one-hand"}),
    ((SEALED, (TABLE, 'issuers = ["committees-house", "unions-house"]', 'issuers = ["committees-house", "union"]')),
     {"sealed-by-many"}),
    ((SEALED, (TABLE, 'issuers = ["committees-house", "unions-house"]', 'issuers = ["unions-house", "senate"]')),
     {"undeclared"}),
    ((SEALED, (TABLE, "needed = 2", "needed = 1")), {"sealed-in-one-hand"}),
    ((SEALED, (TABLE, "needed = 2", "needed = 3")), {"sealed-without-spare"}),
    ((SEALED, (TABLE, 'article = "90"', 'article = "91"')), {"article-not-written"}),
    ((SEALED, ("  \"ballot_key_given\"", '"token_requested", ', "")), {"act-without-permission"}),
    # Talking.
    ((("[talking]", 'hears = "councils-conference"', 'hears = "committee"'),), {"talking-heard-by-none"}),
    ((("[talking]", 'hears = "councils-conference"', 'hears = "congress"'),), {"talking-heard-by-none"}),
    ((("[talking]", 'hears = "councils-conference"', 'hears = "board"'),), {"talking-judged-by-itself"}),
    ((("[talking]", 'hears = "councils-conference"', 'hears = "senate"'),), {"undeclared"}),
    ((("[talking]", '"text/csv"', '"text/html"'),), {"talking-unknown-type"}),
    ((("[talking]", 'article = "52"', 'article = "520"'),), {"article-not-written"}),
    ((('acts = ["words_set_aside"]', 'by = ["board"]', 'by = ["board", "councils-conference"]'),),
     {"talking-judged-by-itself"}),
    ((('acts = ["words_said"', '"words_said", ', ""),), {"act-without-permission"}),
    # Emergency.
    ((("[procedures]", "emergency_days = 14", "emergency_days = 0"),), {"emergency-never-lapses"}),
    ((("[procedures]", "emergency_days = 14", "emergency_days = 365"),), {"emergency-never-lapses"}),
    ((("[procedures]", 'emergency_by = ["board"]', "emergency_by = []"),), set()),
    ((("[procedures]", 'emergency_by = ["board"]', 'emergency_by = ["presidium"]'),), {"undeclared"}),
    ((("[matter.emergency]", HOUSES, 'decided_by = ["board"]'),), {"emergency-renews-itself"}),
    # What nobody may decide.
    ((("[never.private-life]", "acts = []", 'acts = ["work_assigned"]'),
      ("[never.labour-command]", 'acts = ["work_assigned"]', "acts = []")), set()),
    (NEVERS, {"emergency-touches-everything"}),
    (CHALLENGES, {"no-challenge", "both-sides-carry"}),
    # Permissions.
    ((("acts = [\"inspection_demanded\"]", MEMBER, 'by = ["board"]'),), {"right-in-others-hands"}),
    ((("acts = [\"inspection_demanded\"]", MEMBER, 'by = ["assembly"]'),), set()),
    ((("acts = [\"recall_petitioned\"", 'by = ["elector"]', 'by = ["board"]'),), {"right-in-others-hands"}),
    ((("acts = [\"refounding_called\"", MEMBER, 'by = ["board"]'),), {"right-in-others-hands"}),
    ((("acts = [\"member_left\"", MEMBER, 'by = ["assembly"]'),), set()),
    (((OPENING, OPENERS, 'by = ["secretary"]'),), {"chokepoint"}),
    (((OPENING, OPENERS, 'by = ["board"]'),), set()),
    (((OPENING, OPENERS, 'by = ["presidium"]'),), {"undeclared"}),
    (((DECLINING, '"order_declined"', '"order_refused"'),), {"act-without-permission", "unknown-act"}),
    (((DECLINING, '"order_declined"', '"order_declined", "xyzzy"'),), {"unknown-act"}),
    (((DECLINING, 'by = ["committee"]', "by = []"),), {"act-without-permission"}),
    (((DECLINING, '"order_declined"', '"order_declined", "work_assigned"'),), {"permitted-and-forbidden"}),
    ((("acts = [\"outcome_stated\"]", 'by = ["member"]', "by = []"),), {"act-without-permission"}),
    *(((("[never.labour-command]", '"work_assigned"', f'"work_assigned", "{act}"'),
        (f'acts = ["{act}"', f'"{act}", ', "")), {"needed-and-forbidden"})
      for act in ("member_left", "recall_petitioned", "refounding_called")),
    # Articles and numbers.
    ((("[exit.congress]", 'article = "22"', 'article = "220"'),), {"article-not-written"}),
    ((("[currents]", 'article = "36"', 'article = "360"'),), {"article-not-written"}),
    ((("[procedures]", 'claims_article = "26"', 'claims_article = "66"'),), {"article-not-written"}),
    ((('files = ["hours"]', '"hours"', '"houres"'),), {"number-without-owner"}),
    ((('files = ["hours"]', '"hours"', '"hours", "xyzzy"'),), {"number-without-owner"}),
    ((('files = ["hours"]', 'owner = "union"', 'owner = "tellers"'),), {"number-without-owner"}),
    ((('files = ["hours"]', 'owner = "union"', 'owner = "gosplan"'),), {"undeclared"}),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), SEEDED)
def test_a_seeded_fault_is_found_and_no_other(shipped: str, edits: tuple[Edit, ...], expected: set[str]) -> None:
    assert {fault.name for fault in found(edited(shipped, edits))} == expected


def test_each_fault_says_where_it_is_what_harm_it_does_and_what_to_write_instead(shipped: str) -> None:
    known: set[tuple[str, str]] = set()
    lines = [line for edits, _ in SEEDED for line in transcript(edited(shipped, edits), known)]

    assert "\n".join(lines) == (FIXTURES / "faults-of-rights.txt").read_text(encoding="utf-8")
