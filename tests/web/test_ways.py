"""A browser at a phone's width: texts put in order, consent, consensus, gradients, advice, a vote cast in parts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deciding import assembled, move, open_, vote
from past import write
from small import Small
from test_browser import serving, signed_in

from comitia.federation import acts, standing

MILL = "committee/mill"


def beside(small: Small, name: str, motion: str, title: str) -> None:
    """Move another text on the question of a motion, by the second of the mill's committee."""
    by = standing.filled(small.state, MILL, small.at)[1].member
    text = small.blob(f"{title}.\n")
    small.do(acts.AlternativeMoved(at=small.at, by=by, alternative=name, motion=motion, title=title, text=text))


def deciding() -> Small:
    """Return a federation in which a division of each procedure is open, and one awaits the chair's vote."""
    small = assembled(weights=True)
    move(small, "m-chair", "chaired", "Buy a van.\n")
    open_(small, "m-chair")
    seats = standing.filled(small.state, "committees-house", small.at)
    vote(small, "m-chair", "committees-house", *("for", "against", "abstain")[: len(seats)])
    small.wait(6)
    move(small, "m-rank", "choice-instant-runoff", "Bake at five.\n", body=MILL, title="Five o'clock")
    beside(small, "n-six", "m-rank", "Six o'clock")
    beside(small, "n-seven", "m-rank", "Seven o'clock")
    move(small, "m-mixed", "mixed", "Bake at five.\n", title="One oven")
    house = standing.filled(small.state, "committees-house", small.at)[0].member
    small.do(
        acts.AlternativeMoved(
            at=small.at, by=house, alternative="n-two", motion="m-mixed", title="Two ovens", text=small.blob("Two.\n")
        )
    )
    move(small, "m-consent", "consent-committee", "Sweep by turns.\n", body=MILL)
    move(small, "m-consensus", "consensus", "Share the tools.\n", body=MILL)
    move(small, "m-gradients", "gradients", "Close at noon.\n", body=MILL)
    move(small, "m-gradients-all", "gradients-assembly", "Close at noon.\n", body="assembly/mill")
    move(small, "m-advice", "advice-committee", "Buy a sieve.\n", body=MILL)
    move(small, "m-parts", "resolution-committees-house", "A road.\n", body="committees-house")
    small.wait(7)
    for name in ("m-rank", "m-mixed", "m-consent", "m-consensus", "m-gradients", "m-gradients-all", "m-parts"):
        open_(small, name)
    return small


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tuple[str, Path], Small]]:
    """A real server on that federation, and the federation."""
    home, small = tmp_path_factory.mktemp("ways"), deciding()
    write(home, small)
    with serving(home) as address:
        yield (address, home), small


def opened(browser: Any, ways: Any, body: str, number: int, motion: str) -> Any:
    """Return the page of a motion, before whoever sits in a body, by number from 0."""
    where, small = ways
    tab = signed_in(browser, where, standing.filled(small.state, body, small.at)[number].member)
    tab.goto(f"/motions/{motion}/")
    return tab


def told(tab: Any) -> str:
    """Return what the page says was done."""
    assert tab.complaints == []
    return str(tab.get_by_role("status").inner_text()).partition(" It is act ")[0]


def test_texts_are_put_in_order_in_the_open(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 0, "m-rank")
    order = {"Six o'clock": "1", "Five o'clock": "2"}
    for title, place in order.items():
        tab.get_by_label(title).select_option(place)
    tab.get_by_role("button", name="Put them in this order").click()

    assert told(tab) == "Your order is noted, in the open."


def test_two_texts_at_one_place_are_refused_by_their_titles(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 1, "m-rank")
    for title in ("Six o'clock", "Seven o'clock"):
        tab.get_by_label(title).select_option("1")
    tab.get_by_role("button", name="Put them in this order").click()

    tab.get_by_text("Six o'clock and Seven o'clock both have place 1; give each its own place.").wait_for()


def test_an_assembly_ranks_the_texts_in_secret(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 0, "m-mixed")
    tab.get_by_role("link", name="Vote").first.click()
    tab.get_by_label("Two ovens").select_option("1")
    tab.get_by_label("One oven").select_option("2")
    tab.get_by_role("button", name="Cast my vote").click()

    tab.get_by_role("heading", name="Your vote is cast").wait_for()
    assert tab.complaints == []


def test_an_objection_is_raised_with_its_reason_and_withdrawn_when_met(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 2, "m-consent")
    tab.get_by_text("Object, with a reason").click()
    tab.get_by_label("What harm would it do?").fill("Nobody may sweep while the oven is hot.")
    tab.get_by_role("button", name="Object").click()
    assert told(tab) == "Your objection stands, with its reason."
    tab.get_by_text("Nobody may sweep while the oven is hot.").wait_for()
    tab.get_by_role("button", name="It is met: withdraw it").click()

    assert told(tab) == "Your objection is withdrawn."
    tab.get_by_text("met", exact=True).wait_for()


def test_a_block_is_a_position_with_a_reason(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 3, "m-consensus")
    tab.get_by_label("I block it").check()
    tab.get_by_role("button", name="Take this position").click()
    tab.get_by_text("whoever blocks says why, so that it can be met").wait_for()
    tab.complaints.clear()
    tab.go_back()
    tab.get_by_label("I block it").check()
    tab.get_by_label("Why", exact=True).fill("The tools are dangerous.")
    tab.get_by_role("button", name="Take this position").click()

    assert told(tab) == "Your position is noted, in the open."


def test_a_degree_of_agreement_is_taken_in_the_open(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 4, "m-gradients")
    tab.get_by_label("3 Support with reservations").check()
    tab.get_by_role("button", name="Take this position").click()

    assert told(tab) == "Your position is noted, in the open."


def test_an_assembly_says_its_degrees_in_secret(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 0, "m-gradients-all")
    tab.get_by_role("link", name="Vote").first.click()
    tab.get_by_label("6 I do not like it, and will not stop it").check()
    tab.get_by_role("button", name="Cast my vote").click()

    tab.get_by_role("heading", name="Your vote is cast").wait_for()


def test_advice_is_given_to_who_asked(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, MILL, 1, "m-advice")
    tab.get_by_text("Advise the mover").click()
    tab.get_by_label("Your advice").fill("Take the fine one.")
    tab.get_by_role("button", name="Give it").click()

    assert told(tab) == "Your advice is given."
    tab.get_by_text("Take the fine one.").wait_for()


def test_a_seat_is_voted_in_parts(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, "committees-house", 0, "m-parts")
    tab.get_by_text("Divide the vote of").click()
    tab.get_by_label("for", exact=True).fill("5")
    tab.get_by_label("against", exact=True).fill("3")
    tab.get_by_role("button", name="Cast it in parts").click()

    assert told(tab) == "Your vote is cast in parts, in the open."


def test_the_chair_of_an_even_vote_decides_it(browser: Any, ways: Any) -> None:
    tab = opened(browser, ways, "secretary", 0, "m-chair")
    tab.get_by_role("button", name="Casting vote against").click()

    assert told(tab) == "The casting vote is given."


@pytest.mark.parametrize("width", [390, 1280])
def test_no_form_of_these_has_a_serious_fault_of_access_or_scrolls_sideways(
    browser: Any,
    ways: Any,
    width: int,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = []
    tab = opened(browser, ways, MILL, 2, "m-rank")
    tab.set_viewport_size({"width": width, "height": 844})
    for name in sorted(ways[1].state.motions):
        tab.goto(f"/motions/{name}/")
        violations = Axe().run(tab).response["violations"]
        faults += [
            (name, v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["impact"] in ("serious", "critical")
        ]
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append((name, "wider than the screen", str(wide)))

    assert faults == []
