"""Charters of real organisations: each is read, has a page, and holds exactly the faults that stand here."""

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import pytest

from comitia.charter import faults, parse, plain
from comitia.charter.fault import Fault
from comitia.charter.structure import Charter

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "charters"
PAGES = ROOT / "docs" / "explanation" / "charters"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))

FOUND: dict[str, str] = {
    "colab": """
currents-forbidden -
emergency-touches-everything 3-2
interval-without-remedy 3-4
no-leaving -
no-longest-interval 1-1
no-notice 3-1 3-2
no-recall 3-4
no-refounding -
one-stops-all 3-1 3-1 3-2 3-4
quorum-never-met 3-1 3-1 3-2 3-4
right-not-entrenched 6-2
silence-carries 3-2 3-2
silence-contradicts 3-2 3-2
""",
    "cotech": """
amends-its-own-limit 1 6
currents-forbidden -
few-decide 6
no-inspection -
no-leaving -
no-longest-interval 1 1 1
no-notice 6
no-refounding -
one-stops-all 2 3 3 6
right-not-entrenched 1
silence-contradicts 5
""",
    "debian": """
chokepoint 7 7
currents-forbidden -
no-inspection -
no-leaving -
no-longest-interval 3 5 6 6 7 8
no-recall 7
no-refounding -
self-co-optation 6 7
tie-blocks 6
""",
    "joint-management-1921": "",
    "nixos": """
act-without-permission -
amends-its-own-limit 2 7
chokepoint 4 10 11 11
currents-forbidden -
gate-chosen-by-screened 2
no-inspection -
no-leaving -
no-longest-interval 1 2 2 4 10 10
no-notice 7 11
no-recall 2 4 10
no-refounding -
one-stops-all 9 10
self-co-optation 10
vacancies-block 5 6 7 7 7 9 10 10 11 11 11 11
vacancy-stays 2
""",
    "optimism-two-houses": """
amends-its-own-limit 4
chokepoint 4 4 6 6 6 6 6 6 6 6 6 6 7 8 9 9 10 10 10
currents-forbidden -
few-decide 10
no-inspection -
no-leaving -
no-longest-interval 1 2 2 3 3 3 3 4 4
no-notice 10
no-recall 4
no-refounding -
recall-without-nomination 3
right-not-entrenched 3
self-co-optation 4
silence-carries 8 8 8 8
silence-contradicts 8 8
""",
    "party-statutes-1922": """
act-without-permission -
amends-its-own-limit 5 10
closed-circuit 4
currents-forbidden 9 9
fast-inside-slow 4
few-decide 10
filled-from-above 4 4
gate-chosen-by-screened 3 3 5 6
interval-without-remedy 5 6
merged-from-above 2 2
no-correction -
no-founding -
no-inspection -
no-leaving -
no-longest-interval 1 3 3 3 3 4 4 5 6 6 6 6 6 6 7
no-notice 10
no-recall 3 3 4 4 5 6 6 6 6 7
no-refounding -
right-in-others-hands 1
""",
}
"""Per charter, each fault with the articles at which it is found, "-" where it cites none."""


def charter(name: str) -> Charter:
    """Return an example charter."""
    return parse.parse((EXAMPLES / f"{name}.toml").read_text("utf-8"), file=f"{name}.toml")


def found(name: str) -> tuple[Fault, ...]:
    """Return what the checker finds in an example charter."""
    return faults.find_faults(charter(name))


def summed(of: Iterable[Fault]) -> dict[str, list[str]]:
    """Return the articles of each fault, in the order of the charter's lines."""
    articles: dict[str, list[str]] = {}
    for fault in of:
        articles.setdefault(fault.name, []).append(fault.article or "-")
    return articles


def written(lines: str) -> dict[str, list[str]]:
    """Return the articles of each fault as they stand in ``FOUND``."""
    return {words[0]: words[1:] for words in (line.split() for line in lines.strip().splitlines())}


def reasons(name: str, fault: str, article: str) -> list[str]:
    """Return why the checker finds one fault at one article of an example charter."""
    return [f.reason for f in found(name) if (f.name, f.article) == (fault, article)]


def test_the_examples_are_the_seven_that_stand_here() -> None:
    assert sorted(FOUND) == NAMES
    assert len(NAMES) == 7


@pytest.mark.parametrize("name", NAMES)
def test_the_checker_finds_this_and_nothing_else(name: str) -> None:
    assert summed(found(name)) == written(FOUND[name])


def test_the_shipped_charter_is_clean() -> None:
    text = (resources.files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text("utf-8")

    assert faults.find_faults(parse.parse(text, file="co-op-federation.toml")) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_written_in_language_2_and_names_its_schema(name: str) -> None:
    text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
    schema = text.splitlines()[0].removeprefix("#:schema ")

    assert tomllib.loads(text)["language"] == 2
    assert (EXAMPLES / schema).resolve() == ROOT / "docs" / "reference" / "charter.schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_every_example_can_be_read_aloud(name: str) -> None:
    of = charter(name)
    spoken = {sentence.article for topic in plain.topics(of) for sentence in topic.sentences}
    ruled = {kind.article for kind in of.kinds.values()} | {matter.article for matter in of.matters.values()}

    assert ruled - spoken == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_example_has_a_page_that_names_each_finding_with_its_articles(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]*) \|", page, re.MULTILINE)

    named = {fault: set(articles.replace(",", " ").split()) for fault, articles in rows}

    assert named == {fault: set(articles) for fault, articles in summed(found(name)).items()}


def test_every_page_is_of_an_example_or_of_the_shipped_charter() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(["README", "co-op-federation", *NAMES])


@pytest.mark.parametrize("index", [PAGES / "README.md", EXAMPLES / "README.md"], ids=["pages", "examples"])
def test_every_example_stands_in_the_index(index: Path) -> None:
    linked = {Path(target).stem for target in re.findall(r"\]\(([^)#]+\.md)\)", index.read_text("utf-8"))}

    assert {"co-op-federation", *NAMES} - linked == set()


def test_every_page_links_its_charter() -> None:
    linked = {name: re.findall(r"\]\(([^)]+\.toml)\)", (PAGES / f"{name}.md").read_text("utf-8"))[0] for name in NAMES}

    assert {name: (PAGES / target).resolve() for name, target in linked.items()} == {
        name: EXAMPLES / f"{name}.toml" for name in NAMES
    }


def test_in_optimism_nothing_that_the_houses_carried_takes_effect_without_the_foundation() -> None:
    opening = reasons("optimism-two-houses", "chokepoint", "4")
    removal = reasons("optimism-two-houses", "chokepoint", "9")

    assert opening == [
        "Only “foundation” may do division_opened: without it no vote is opened.",
        "Only “foundation” may do election_opened: without it no election is opened.",
    ]
    assert removal == [
        "“dissolving a council or board”: nothing is carried without the foundation, which no chain of "
        "elections connects with the members.",
        "“removing a director of the foundation”: nothing is carried without the foundation, which no chain "
        "of elections connects with the members.",
    ]


def test_in_nix_three_to_three_blocks_the_vote_of_no_confidence() -> None:
    assert reasons("nixos", "vacancies-block", "6") == [
        "“reelection of the whole steering committee”: in the steering committee vacant seats are counted "
        "too: 4 of 7 are needed however many are filled; 4 vacant seats make it impossible, and with one "
        "vacant 3 to 3 falls.",
    ]


def test_in_nix_vacant_seats_stand_in_the_denominator_of_every_decision_of_the_committee() -> None:
    of = charter("nixos")
    counted = {
        matter.article
        for matter in of.matters.values()
        if "steering-committee" in matter.decided_by and matter.base == "seats"
    }

    assert counted <= set(summed(found("nixos"))["vacancies-block"])
    assert of.kinds["steering-committee"].candidacy is not None
    assert of.kinds["steering-committee"].candidacy.by_election_days == 0


def test_in_colab_silence_stops_a_proposal_and_carries_a_vote() -> None:
    silences = {m.id: m.silence for m in charter("colab").matters.values() if m.decided_by == ("member-body",)}

    assert (silences["proposal"], silences["members-vote"]) == ("absent", "consents")
    assert reasons("colab", "silence-contradicts", "3-2") == [
        "“members' vote when consensus is not reached”: in “member-body” silence is consents here, but absent"
        " for “accepting a member-owner”.",
        "“changing other bylaws”: in “member-body” silence is consents here, but absent for “accepting a "
        "member-owner”.",
    ]


def test_in_1922_appointment_and_election_close_a_circle() -> None:
    assert reasons("party-statutes-1922", "closed-circuit", "4") == [
        "“district-conference”, “provincial-conference”, “provincial-secretary”, “district-secretary”, "
        "“congress”, “central-committee”, “politburo”, “secretariat” choose each other: each is filled by the"
        " others or screened by them, and by nobody else.",
    ]
    assert reasons("party-statutes-1922", "fast-inside-slow", "4") == [
        "The secretariat appoints the provincial secretary for 240 days at a time, and is itself filled by "
        "way of it, once in 365 days.",
    ]


def test_in_1922_currents_are_forbidden_twice_over() -> None:
    assert reasons("party-statutes-1922", "currents-forbidden", "9") == [
        "Article 9 forbids members to form a current.",
        "Article 9 lets “central-committee”, “control-commission” forbid a current.",
    ]


def test_in_1922_members_have_no_recall_no_refounding_and_no_way_to_leave() -> None:
    names = set(summed(found("party-statutes-1922")))
    recalled = {k.id for k in charter("party-statutes-1922").kinds.values() if k.recall is not None}

    assert {
        "no-recall",
        "no-refounding",
        "no-leaving",
        "no-inspection",
        "no-correction",
        "no-founding",
    } - names == set()
    assert recalled == set()


def test_in_1921_every_seat_is_recalled_by_those_who_filled_it() -> None:
    of = charter("joint-management-1921")
    seated = {k.id for k in of.kinds.values() if k.form in ("elected", "appointed")}

    assert {k.id for k in of.kinds.values() if k.recall is not None} == seated
    assert found("joint-management-1921") == ()


def circle(text: str) -> set[str]:
    """Return which faults of who chooses whom stand in a changed charter of 1922."""
    names = {"closed-circuit", "fast-inside-slow", "gate-chosen-by-screened"}
    return names & {fault.name for fault in faults.find_faults(parse.parse(text, file="1922"))}


def of_1922() -> str:
    """Return the charter of 1922 as it stands."""
    return (EXAMPLES / "party-statutes-1922.toml").read_text("utf-8")


def with_elected_secretaries(text: str) -> str:
    """Return it with secretaries whom their own conferences elect."""
    for above, conference in (
        ("secretariat", "provincial-conference"),
        ("provincial-secretary", "district-conference"),
    ):
        elected = f'electors = "{conference}"\nelection = "by-list"\nconstituencies = false'
        text = text.replace(f'appointed_by = ["{above}"]', elected)
    return text.replace('form = "appointed"', 'form = "elected"')


def with_recall(text: str) -> str:
    """Return it with a recall of everybody by those who filled the seat."""
    rule = """
[recall.all]
petition = "1/10"
window_days = 30
voting_days = 7
question = "recall"
by = "electors"
base = "for_against"
more_than = "1/2"
quorum = "1/3"
tie_protects = false
article = "8"
"""
    return text.replace('recall = ""', 'recall = "all"').replace("[article.9]", f"{rule}\n[article.9]")


def test_in_1922_open_nominations_alone_open_the_circle() -> None:
    assert circle(of_1922()) == {"closed-circuit", "fast-inside-slow", "gate-chosen-by-screened"}
    assert circle(re.sub(r'nominated_by = ".*"\n', "", of_1922())) == set()


def test_in_1922_elected_secretaries_open_the_circle_and_leave_the_lists() -> None:
    assert circle(with_elected_secretaries(of_1922())) == {"gate-chosen-by-screened"}


def test_in_1922_a_recall_alone_leaves_the_circle_closed() -> None:
    assert circle(with_recall(of_1922())) == {"closed-circuit", "fast-inside-slow", "gate-chosen-by-screened"}


def test_in_1922_lifting_the_ban_on_groups_alone_leaves_the_circle_closed() -> None:
    lifted = of_1922().replace('acts = ["current_formed", "current_joined", "platform_published"]', "acts = []")

    assert circle(lifted) == {"closed-circuit", "fast-inside-slow", "gate-chosen-by-screened"}
