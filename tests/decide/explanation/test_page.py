"""The account of a count as a page, a picture, tables and JSON."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import pairwise, rules, sheet, ties
from comitia.decide.explanation import account, comparison, journey, margins, page, picture, tables, why_not
from comitia.decide.explanation.account import Account, Travelled
from comitia.decide.explanation.course import Count
from comitia.decide.profile import Profile, Ranks

LOT = ties.Lot(bytes.fromhex("00ff17"))
PAPERS = Profile(("Ann <b>", "B & C", "Cy", "Dee"), ((9, (0, 1)), (6, (1, 0)), (4, (2, 1)), (2, (3,)), (1, ())))


def counting(rule: str, seats: int) -> Count:
    return lambda profile, lot: rules.RULES[rule](profile, seats=1 if rule == "instant_runoff" else seats, lot=lot)


def told(rule: str, profile: Profile = PAPERS, ranks: Ranks = ((0,), (1,)), seats: int = 2) -> Account:
    count = counting(rule, seats)
    counted = count(profile, LOT)
    return Account(
        "Committee <1>",
        counted,
        profile.withdrawn,
        tuple(why_not.why_not(profile, counted, c) for c in why_not.losers(counted, profile.withdrawn)),
        margins.closest(profile, counted, count, LOT, tries=40),
        Travelled("line 2", ranks, journey.journey(profile, counted, ranks, count)),
        comparison.compare(counted, counting("plurality", seats)(profile, LOT)),
        pairwise.preferences(profile),
        ("Counted for study.",),
        f"comitia count committee.blt --rule {rule}",
    )


@st.composite
def ranked(draw: st.DrawFn) -> Profile:
    number = draw(st.integers(1, 22))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, min(4, number)).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 40), ranking), min_size=1, max_size=30))
    return Profile(tuple(f"candidate {n}" for n in range(number)), tuple(papers))


@pytest.mark.parametrize("rule", rules.RULES)
def test_a_page_is_whole_has_no_script_and_escapes_every_name(rule: str) -> None:
    written = page.html(told(rule))
    body = written[written.index("<body>") : written.index("</html>")]
    ElementTree.fromstring(body)
    assert "<script" not in written and "Ann <b>" not in written and "<1>" not in written
    assert "http" not in body.replace('xmlns="http://www.w3.org/2000/svg"', "")
    headings = re.findall(r"<h2>(.*?)</h2>", body)
    assert headings == [
        "Elected, in this order", "The count, stage by stage", "From stage to stage", "Two by two", "Why not me",
        "How close it was", "Under another rule", "How one paper travelled", "About this sheet",
    ]  # fmt: skip


def test_a_page_leaves_out_what_was_not_asked() -> None:
    counted = counting("scottish", 2)(PAPERS, LOT)
    written = page.html(Account("", counted))
    assert "<title>A count</title>" in written
    assert re.findall(r"<h2>(.*?)</h2>", written) == [
        "Elected, in this order",
        "The count, stage by stage",
        "From stage to stage",
    ]
    vacant = replace(counted, winners=counted.winners[:1], stages=())
    assert "<p>1 of 2 seats vacant.</p>" in page.html(Account("", vacant)) and "<svg" not in page.html(
        Account("", vacant)
    )


def test_every_transfer_and_every_total_stands_in_a_table_under_the_picture() -> None:
    of = told("scottish")
    written = page.html(of)
    after = written[written.index("</svg>") :]
    for row in (*tables.transfers(of.counted), *(tuple(c.text for c in r.cells) for r in tables.votes(of.counted))):
        assert all(word in after.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for word in row)


def test_the_sums_of_a_table_are_the_valid_papers() -> None:
    rows = tables.votes(counting("scottish", 2)(PAPERS, LOT))
    assert [row.name for row in rows[-3:]] == ["not transferable", "lost to fractions", "together"]
    assert {cell.text for cell in rows[-1].cells} == {"21"}


def test_a_cell_says_what_became_of_the_candidate() -> None:
    rows = tables.votes(counting("instant_runoff", 1)(PAPERS, LOT))
    assert [[cell.state for cell in row.cells] for row in rows[:4]] == [
        ["", "", ""], ["", "", "elected"], ["", "", "out"], ["", "out", "gone"],
    ]  # fmt: skip
    rows = tables.votes(counting("scottish", 2)(PAPERS, LOT))
    assert [cell.state for cell in rows[0].cells[:2]] == ["elected", "seated"]


@pytest.mark.parametrize("rule", ["scottish", "meek", "wigm", "ers97", "instant_runoff", "plurality", "schulze"])
@settings(max_examples=25, deadline=None)
@given(ranked(), st.integers(1, 4))
def test_labels_of_a_picture_never_overlap_and_ribbons_bear_what_moved(rule: str, profile: Profile, seats: int) -> None:
    counted = counting(rule, seats)(profile, LOT)
    drawn = ElementTree.fromstring(picture.transfers(counted, id="flow"))
    for kind in ("name end", "outcome"):
        lines = [float(e.get("y", "")) for e in drawn if e.get("class", "").startswith(kind)]
        assert all(below - above >= 22 for above, below in itertools.pairwise(lines))
        assert 1 <= len(lines) <= max(picture.LANES, len(counted.winners)) + 3
    height = float(drawn.get("height", ""))
    bars = [e for e in drawn if e.tag.endswith("rect")]
    assert all(float(e.get("y", "")) + float(e.get("height", "")) <= height for e in bars)
    if rule not in ("meek", "plurality", "schulze") and len(profile.candidates) <= picture.LANES:
        titles = [e[0].text or "" for e in drawn if e.get("class") == "ribbon"]
        moved = sum(float(title.split(": ")[1].split(" ")[0]) for title in titles)
        sums = sum(float(t.votes) for stage in counted.stages for t in stage.transfers)
        assert abs(moved - sums) < 0.01 * (len(titles) + 1)


def test_the_json_answer_has_the_sheet_and_what_was_asked() -> None:
    of = told("scottish")
    found = account.answer(of)
    assert found == sheet.answer(of.counted) | {
        "why_not": found["why_not"], "closest_margin": found["closest_margin"], "travelled": found["travelled"],
        "compared": found["compared"],
    }  # fmt: skip
    assert account.answer(Account("", of.counted)) == sheet.answer(of.counted)
    assert found["why_not"] == [
        {
            "candidate": one.candidate + 1, "stage": one.stage, "had": sheet.exact_text(one.had),
            "behind": [c + 1 for c in one.behind], "by": sheet.exact_text(one.by), "further_papers": None,
            "sentence": one.sentence,
        }
        for one in of.why_not
    ]  # fmt: skip
    assert account.answer(told("plurality"))["closest_margin"] == {
        "least": 1, "most": 1, "exact": True, "change": None,
        "sentence": "Closest margin: 1 paper, exact. So many changed papers can elect others, fewer cannot.",
    }  # fmt: skip


def test_a_paper_is_said_by_its_ranks() -> None:
    names = ("A", "B", "C")
    assert page.ranked(((0,), (1, 2)), names) == "A, then equally B and C"
    assert page.ranked((), names) == "nobody: a blank paper"
