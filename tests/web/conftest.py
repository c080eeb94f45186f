"""A small federation with open matters, served to Django's test client; ``home`` builds one for a real server too."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from past import write
from small import Small, publish, seated

from comitia.federation import acts, moment, standing

Page = Callable[[str], Any]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def move(small: Small, motion: str, matter: str, *, by: str, body: str) -> None:
    text = small.blob(f"We repair the road ({motion}).\nBefore the winter.\nTogether.\n")
    title = f"The road: {motion}"
    small.do(acts.MotionMoved(at=small.at, by=by, body=body, motion=motion, matter=matter, title=title, text=text))


def instruct(small: Small, motion: str, target: str, *, by: str) -> None:
    """Let the mill's assembly decide to instruct its delegate against a motion."""
    seat = next(s.id for s in standing.seats(small.state, "committees-house") if s.constituency == "assembly/mill")
    made = acts.MotionMoved(
        at=small.at,
        by=by,
        body="assembly/mill",
        motion=motion,
        matter="mandate-workplace",
        title="Instruct our delegate",
        text=small.blob(f"against {target}\n"),
        subject=seat,
    )
    small.do(made)
    divide(small, motion, days=2)
    electorate = sorted(small.state.ballots[motion].electorate)
    for member in electorate:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=motion, member=member))
    small.wait(2)
    publish(small, motion, ['"for"'] * len(electorate))
    small.do(acts.DivisionClosed(at=small.at, by=by, motion=motion))


def divide(small: Small, motion: str, *, days: int) -> None:
    by = small.state.motions[motion].by
    small.do(acts.DivisionOpened(at=small.at, by=by, motion=motion, closes_at=moment.after(small.at, days=days)))


def call(small: Small, election: str, body: str, constituency: str, *, nominations: int) -> None:
    first = min(standing.electors(small.state, constituency, small.at))
    until = moment.after(small.at, days=nominations)
    small.do(
        acts.ElectionOpened(
            at=small.at,
            by=first,
            body=body,
            election=election,
            constituency=constituency,
            vacant_only=True,
            nominations_until=until,
            closes_at=moment.after(small.at, days=40),
            lot="0" * 64,
        )
    )


def busy() -> Small:
    """Return the small federation with something in each stage.

    ``m-open`` is divided on in both houses, ``m-secret`` by the mill's assembly; ``m-closed`` awaits its count;
    ``m-done`` is decided, and so is ``m-mandate``, which instructs a delegate on ``m-open``; ``m-waiting`` is in its
    notice; ``e-open`` votes; ``e-called`` wants candidates; ``r-open`` is a petition.
    """
    small = seated()
    chair = standing.filled(small.state, "committee/bakery", small.at)[0]
    small.do(acts.SeatResigned(at=small.at, by=chair.member, seat=chair.seat))
    call(small, "e-open", "committee/bakery", "assembly/bakery", nominations=7)
    bakers = sorted(standing.electors(small.state, "assembly/bakery", small.at))
    for candidate in bakers[-2:]:
        small.do(acts.CandidateNominated(at=small.at, by=candidate, election="e-open", candidate=candidate))
    miller = min(standing.electors(small.state, "assembly/mill", small.at))
    settler = min(standing.electors(small.state, "locality-assembly/hilltown", small.at))
    delegate = standing.filled(small.state, "committees-house", small.at)[0].member
    move(small, "m-open", "resolution", by=delegate, body="committees-house")
    move(small, "m-done", "resolution-committees-house", by=delegate, body="committees-house")
    move(small, "m-secret", "resolution-assembly", by=miller, body="assembly/mill")
    move(small, "m-closed", "resolution-locality", by=settler, body="locality-assembly/hilltown")
    amended = acts.AmendmentMoved(
        at=small.at, by=delegate, amendment="a-1", motion="m-open", first=2, last=2, lines=("Before the autumn.",)
    )
    small.do(amended)
    small.do(acts.AmendmentAccepted(at=small.at, by=delegate, amendment="a-1"))
    small.wait(7)
    for motion, days in (("m-open", 30), ("m-done", 5), ("m-secret", 30), ("m-closed", 5)):
        divide(small, motion, days=days)
    for term in standing.filled(small.state, "committees-house", small.at):
        vote = acts.VoteCast(
            at=small.at, by=term.member, body="committees-house", motion="m-done", seat=term.seat, choice="for"
        )
        small.do(vote)
    for member in sorted(small.state.ballots["m-closed"].electorate):
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="m-closed", member=member))
    instruct(small, "m-mandate", "m-open", by=miller)
    small.wait(4)
    small.do(acts.DivisionClosed(at=small.at, by=delegate, motion="m-done"))
    call(small, "e-called", "councils-conference", "locality-assembly/hilltown", nominations=30)
    seat = standing.filled(small.state, "committee/mill", small.at)[0].seat
    small.do(acts.RecallPetitioned(at=small.at, by=miller, recall="r-open", seat=seat, reason="He came to no meeting."))
    move(small, "m-waiting", "resolution-assembly", by=miller, body="assembly/mill")
    return small


def build(home: Path) -> None:
    """Write the busy federation to a folder."""
    write(home, busy(), election="e-open", secret="m-closed")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Django, set up on a busy federation of its own."""
    home = tmp_path_factory.mktemp("home")
    build(home)
    os.environ["COMITIA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comitia.web.settings"
    import comitia.web.asgi  # noqa: F401

    yield home
    del os.environ["DJANGO_SETTINGS_MODULE"], os.environ["COMITIA_HOME"]


@pytest.fixture
def sign_in(pages: Path) -> Callable[[str], Any]:
    """Return a function that gives a browser signed in as a member by a link."""
    from django.test import Client

    from comitia.web import clerkroom

    def signed_in(member: str) -> Any:
        token = clerkroom.clerk().people.invite(member, until=moment.after(clerkroom.now(), days=1))
        browser = Client(headers={"host": "localhost"})
        assert browser.post(f"/join/{token}/").status_code == 302
        return browser

    return signed_in


@pytest.fixture
def state(pages: Path) -> Any:
    """What holds in the federation that is served."""
    from comitia.web import clerkroom

    return clerkroom.state()


@pytest.fixture(scope="session")
def builder() -> Callable[[Path], None]:
    """Return the function that writes a busy federation to a folder."""
    return build


@pytest.fixture(scope="session")
def delegate() -> str:
    """A delegate of the unions' house in the busy federation, who has not voted on ``m-open``."""
    small = busy()
    return standing.filled(small.state, "unions-house", small.at)[0].member


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser, without a window."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium runs this test")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()
