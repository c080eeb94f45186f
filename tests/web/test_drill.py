"""The drill page: capture numbers of the charter in force, of a motion to change it, of a text that is tried."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from comitia.drill import capture, living, repairs
from comitia.federation import acts, standing

SignIn = Callable[[str], Any]
CHAIR = "m-0001"


def seen(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def weaker(text: str) -> str:
    """Return the charter with the limit of outside trade set by one house, where it was by two."""
    head, found, rest = text.partition("[matter.outside-trade]")
    both = 'decided_by = ["committees-house", "unions-house"]'
    assert found and both in rest
    return head + found + rest.replace(both, 'decided_by = ["unions-house"]', 1)


def test_every_matter_stands_there_with_the_number_that_the_drill_finds(sign_in: SignIn, state: Any) -> None:
    text = seen(sign_in(CHAIR), "/drill/")
    rules, cells = standing.charter(state), living.cells_of(state)
    found = capture.capture(rules, rules.matters["plan"], cells, seconds=5)

    assert found.is_smallest
    assert f'?matter=plan#one">{found.name}</a></th><td class="n">{found.people} of {found.members}</td>' in text
    assert all(f">{matter.name}<" in text for matter in rules.matters.values())
    assert "tint-" in text and " decide</text>" in text


def test_one_matter_says_where_how_and_what_would_help_and_takes_it_to_a_motion(sign_in: SignIn, state: Any) -> None:
    browser = sign_in(CHAIR)
    text = seen(browser, "/drill/?matter=plan")
    rules, cells = standing.charter(state), living.cells_of(state)
    best = repairs.weakest(rules, rules.matters["plan"], cells, seconds=5)[0]

    assert "Proven: no fewer." in text and "With a pencil:" in text
    assert f'{best.words}</th><td class="n">{best.after.people}</td>' in text
    link = re.search(r'href="(/motions/new/\?title=[^"]*)"', text)
    assert link is not None
    offered = seen(browser, link[1])
    onward = re.search(r'href="(/motions/new/\?matter=resolution-assembly[^"]*)"', offered)
    assert onward is not None
    form = seen(browser, onward[1])
    assert "How few decide: " in form and f"members, agreeing, can decide: {rules.matters['plan'].name}" in form


def test_a_text_that_lets_fewer_decide_is_named_and_recorded_nowhere(sign_in: SignIn, state: Any) -> None:
    browser = sign_in(CHAIR)
    size, own = state.size, state.blobs[state.charter_hash].decode()
    text = unescape(browser.post("/drill/", {"text": weaker(own)}).content.decode())

    assert "Under this text, fewer could decide" in text
    assert "cash limit for trade with the outside (10 → 9)" in text
    assert 'class="tag lost">fewer<' in text
    assert state.size == size


def test_a_text_that_cannot_be_carried_out_is_refused_with_its_line_and_kept(sign_in: SignIn, state: Any) -> None:
    own = state.blobs[state.charter_hash].decode()
    answer = sign_in(CHAIR).post("/drill/", {"text": own.replace("language = 2", "language = 2\nkings = 1", 1)})
    text = unescape(answer.content.decode())

    assert answer.status_code == 422
    assert "This text cannot be carried out: " in text and "kings" in text
    assert "kings = 1" in text and "The charter in force" in text


def test_an_undecided_motion_to_change_the_charter_is_drilled_and_others_are_not_found(
    sign_in: SignIn, state: Any
) -> None:
    from comitia.web import clerkroom
    from comitia.web.page import text_blob

    browser = sign_in(CHAIR)
    delegate = standing.filled(state, "committees-house", clerkroom.now())[0].member
    changed, blobs = text_blob(weaker(state.blobs[state.charter_hash].decode()))
    said, more = text_blob("Trade by one house.\n")
    moved = acts.MotionMoved(
        at="", by=delegate, body="committees-house", motion="m-drilled", matter="charter",
        title="Trade by one house", text=said, figures=changed,
    )  # fmt: skip
    clerkroom.submit(moved, blobs={**blobs, **more})

    text = seen(browser, "/drill/?motion=m-drilled")
    assert "As “Trade by one house” would have it" in text and "Under this text, fewer could decide" in text
    assert browser.get("/drill/?motion=m-done").status_code == 404
