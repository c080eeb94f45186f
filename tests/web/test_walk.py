"""A browser walks a season: in by a link, numbers declared, a plan voted and adopted, a delivery sent and received."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from harvest import declared, drafted, sitter
from past import Hand, shifted
from test_browser import serving, signed_in

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment, standing

# The division closes so long after the server's first page: time enough for the votes, and not much to wait.
SECONDS = 40
PATHS = (
    "/season/",
    "/season/s/withholding/",
    "/workplace/",
    "/books/",
    "/books/workplace/mill/",
    "/watch/",
    "/drill/",
    "/drill/?matter=plan",
    "/record/",
    "/record/3/",
    "/bodies/",
)


class Walk:
    """Where the walk takes place, and who takes part."""

    def __init__(self, home: Path) -> None:
        small = declared()
        small.do(drafted(small, "d"))
        board = sitter(small, "board")
        moved = acts.MotionMoved(
            at=small.at,
            by=board,
            body="board",
            motion="adopt",
            matter="plan",
            title="Adopt the plan",
            text=small.blob("We adopt it.\n"),
            subject="d",
            figures=small.state.drafts["d"].plan,
        )
        small.do(moved)
        small.wait(7)
        closes = moment.after(small.at, days=5)
        small.do(acts.DivisionOpened(at=small.at, by=board, motion="adopt", closes_at=closes))
        self.union, self.farmer = sitter(small, "union/bakers"), sitter(small, "committee/farm")
        self.miller = sitter(small, "committee/mill")
        voters = [
            (house, term)
            for house in ("committees-house", "unions-house")
            for term in standing.filled(small.state, house, small.at)
        ]
        self.delegate = voters[-1][1].member
        for house, term in voters[:-1]:
            vote = acts.VoteCast(at=small.at, by=term.member, body=house, motion="adopt", seat=term.seat, choice="for")
            small.do(vote)
        later = moment.parse(clock()) - moment.parse(closes) + timedelta(seconds=SECONDS)
        done = [shifted(act, later) for act in small.done]
        self.closes = moment.format(moment.parse(closes) + later)
        hand = Hand(done[-1].at)
        with Clerk.create(home, "small.example/log", time=hand) as clerk:
            done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
            clerk.submit_all(done, blobs=small.blobs)
            clerk.people.add_all([(m, f"Member {m[-2:]}", "") for m in small.state.members])


def serious(tab: Any) -> list[dict[str, Any]]:
    """Return what axe finds on a page and rates serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab).response["violations"]
    return [v for v in found if v["impact"] in ("serious", "critical")]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Walk, tuple[str, Path]]]:
    home = tmp_path_factory.mktemp("walk")
    made = Walk(home)
    with serving(home) as address:
        yield made, (address, home)


def test_a_season_is_walked_from_the_numbers_to_a_delivery(browser: Any, walk: Any) -> None:
    made, served = walk
    tab = signed_in(browser, served, made.union)
    tab.goto("/season/")
    own = tab.locator("#numbers > details", has=tab.locator("input[name=body][value='union/bakers']"))
    own.locator("> summary").click()
    hours = own.locator("form", has=tab.locator("input[name=file][value=hours]"))
    hours.locator("input[value='400']").fill("390")
    hours.get_by_role("button").click()
    assert "declared in" in tab.get_by_role("status").inner_text()

    delegate = signed_in(browser, served, made.delegate)
    delegate.goto("/motions/adopt/")
    delegate.get_by_label("For: it shall be done").check()
    delegate.get_by_role("button", name="Vote", exact=True).click()
    while clock() < made.closes:
        time.sleep(0.5)
    delegate.goto("/motions/adopt/")
    delegate.get_by_role("button", name="Note the result").click()
    delegate.goto("/season/")
    delegate.get_by_text("d (adopted)").wait_for()

    farmer = signed_in(browser, served, made.farmer)
    farmer.goto("/workplace/")
    farmer.get_by_text("Send a delivery").click()
    form = farmer.locator("form", has=farmer.get_by_role("button", name="Send it"))
    form.locator("select[name=to]").select_option("workplace/mill")
    form.get_by_label("Quantity").fill("50")
    form.get_by_role("button", name="Send it").click()

    miller = signed_in(browser, served, made.miller)
    miller.goto("/")
    miller.get_by_text("50 of wheat from farm").wait_for()
    miller.goto("/workplace/")
    miller.get_by_role("button", name="All of it arrived").click()
    miller.goto("/books/workplace/mill/?kind=stock&unit=product:wheat")
    miller.get_by_role("cell", name="50", exact=True).first.wait_for()
    assert [c for t in (tab, delegate, farmer, miller) for c in t.complaints] == []


@pytest.mark.parametrize(("width", "colours"), [(390, "dark"), (1280, "light")])
def test_no_page_of_the_season_has_a_serious_fault_of_access_or_scrolls_sideways(
    browser: Any,
    walk: Any,
    width: int,
    colours: str,
) -> None:
    made, served = walk
    tab = signed_in(browser, served, made.farmer)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=colours)
    faults = []
    for path in PATHS:
        tab.goto(path)
        faults += [(path, v["id"], len(v["nodes"])) for v in serious(tab)]
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((path, "wider than the screen", 1))

    assert faults == []


def test_no_word_of_a_table_is_broken_on_a_phone(browser: Any, walk: Any) -> None:
    made, served = walk
    tab = signed_in(browser, served, made.farmer)
    tab.set_viewport_size({"width": 390, "height": 844})
    # A word that lies on two lines has more than one rectangle.
    broken = r"""() => {
        const found = [];
        for (const cell of document.querySelectorAll("main td, main th")) {
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}]{1,30}/gu)) {
                    const range = document.createRange();
                    range.setStart(texts.currentNode, word.index);
                    range.setEnd(texts.currentNode, word.index + word[0].length);
                    if (range.getClientRects().length > 1) found.push(word[0]);
                }
            }
        }
        return found;
    }"""
    found = []
    for path in ("/record/", "/bodies/", "/bodies/unions-house/", "/workplace/"):
        tab.goto(path)
        found += tab.evaluate(broken)

    assert found == []
