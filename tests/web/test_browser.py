"""A browser at a phone's width: in by a link, a ranking, an open vote; every page without a serious fault of access."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from comitia.clerk.home import Home
from comitia.clerk.people import People

PATHS = (
    "/",
    "/bodies/",
    "/bodies/committee/bakery/",
    "/bodies/committees-house/",
    "/motions/",
    "/motions/new/",
    "/motions/new/?matter=resolution-assembly&body=assembly/bakery",
    "/motions/m-open/",
    "/motions/m-done/",
    "/motions/m-closed/",
    "/motions/m-secret/",
    "/rights/",
    "/minutes/committees-house/",
    "/ballots/e-open/",
    "/ballots/e-1/",
    "/elections/",
    "/elections/e-open/",
    "/elections/e-called/",
    "/elections/e-1/",
    "/recalls/r-open/",
    "/charter/",
    "/me/",
    "/me/mail/",
    "/accounts/password/set/",
    "/accounts/2fa/webauthn/add/",
    "/talk/",
    "/find/?q=road",
    "/lists/",
    "/lists/decisions/",
    "/nowhere/",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, *, log: IO[str] | None = None) -> Iterator[str]:
    """Run a real server on a federation's folder, its log going to a file if one is given; give its address."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "comitia", "serve", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen([*command, "--log"] if log else command, env=environment, stderr=log)
    address = f"http://localhost:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/charter/", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended by itself"
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, builder: Any) -> Iterator[tuple[str, Path]]:
    """A real server on a busy federation of its own: its address and its folder."""
    home = tmp_path_factory.mktemp("served")
    builder(home)
    with serving(home) as address:
        yield address, home


def signed_in(browser: Any, served: tuple[str, Path], member: str) -> Any:
    """Return a page at a phone's width, signed in by a link; whatever the browser complains of is kept."""
    address, home = served
    people = People(Home(home).people)
    token = people.invite(member, until="2999-01-01T00:00:00Z")
    people.close()
    tab = browser.new_context(viewport={"width": 390, "height": 844}, base_url=address).new_page()
    tab.set_default_timeout(8000)
    tab.complaints = []
    tab.on("console", lambda line: tab.complaints.append(line.text) if line.type == "error" else None)
    tab.goto(f"/join/{token}/")
    tab.get_by_role("button", name="Sign in with this link").click()
    tab.wait_for_url(f"{address}/")
    return tab


def test_a_member_votes_in_an_election_four_touches_after_the_invitation(browser: Any, served: Any) -> None:
    tab = signed_in(browser, served, "m-0010")  # touch 1, on the invitation
    tab.get_by_role("link", name="Vote: Elect committee of Bakery").click()  # touch 2
    # A choice from a list on the phone is touch 3.
    tab.get_by_role("combobox").first.select_option("1")
    tab.get_by_role("button", name="Cast my vote").click()  # touch 4

    tab.get_by_role("heading", name="Your vote is cast").wait_for()
    tab.get_by_text("marks that you voted, not how").wait_for()
    assert tab.complaints == []


def test_a_delegate_votes_in_a_division(browser: Any, served: Any, delegate: str) -> None:
    tab = signed_in(browser, served, delegate)
    tab.get_by_role("link", name="Vote: Vote in the open").first.click()
    tab.get_by_label("For: it shall be done").check()
    tab.get_by_role("button", name="Vote", exact=True).click()

    assert "Your vote is cast, in the open." in tab.get_by_role("status").inner_text()
    tab.get_by_role("button", name="Change my vote").wait_for()
    assert tab.complaints == []


def test_a_passkey_is_added_and_signs_in_alone(browser: Any, served: Any) -> None:
    tab = signed_in(browser, served, "m-0016")
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    tab.goto("/accounts/2fa/webauthn/add/")
    tab.get_by_role("button", name="Add it").click()
    tab.wait_for_url(lambda url: "/add/" not in url)
    tab.goto("/me/")
    tab.get_by_text("Passkeys: 1.").wait_for()
    tab.get_by_role("button", name="Sign out").click()

    tab.get_by_role("button", name="Sign in with a passkey").click()
    tab.wait_for_url(f"{served[0]}/")

    tab.get_by_role("link", name="Member 16").wait_for()
    assert tab.complaints == []


def test_a_page_is_worked_by_keyboard_alone(browser: Any, served: Any) -> None:
    tab = signed_in(browser, served, "m-0013")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "To the content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("width", "colours"), [(390, "light"), (1280, "dark")])
def test_no_page_has_a_serious_fault_of_access_or_scrolls_sideways(
    browser: Any, served: Any, width: int, colours: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, served, "m-0007")
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=colours)
    faults = []
    for path in PATHS:
        tab.goto(path)
        for found in Axe().run(tab).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                faults.append((path, found["id"], found["nodes"][0]["html"][:200]))
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append((path, "wider than the screen", str(wide)))

    assert faults == []


def test_the_pages_before_signing_in_have_no_serious_fault_of_access(browser: Any, served: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = browser.new_context(viewport={"width": 390, "height": 844}, base_url=served[0]).new_page()
    faults = []
    for path in ("/accounts/login/", "/join/none/", "/charter/"):
        tab.goto(path)
        violations = Axe().run(tab).response["violations"]
        faults += [(path, v["id"]) for v in violations if v["impact"] in ("serious", "critical")]

    assert faults == []


def test_an_act_is_checked_in_the_browser_by_the_second_verifier(browser: Any, served: Any) -> None:
    tab = signed_in(browser, served, "m-0010")
    tab.goto("/record/3/")
    key = tab.get_by_label("The record's key").input_value()
    tab.get_by_role("button", name="Check it in this browser").click()
    said = tab.locator("#check-here output")
    said.filter(has_text="It is in the record.").wait_for()
    tab.get_by_label("The record's key").fill(key.replace("+", "x+", 1))
    tab.get_by_role("button", name="Check it in this browser").click()
    said.filter(has_text="It does not hold: the key of").wait_for()

    assert tab.complaints == []
