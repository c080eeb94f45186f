"""The form of a body in a browser: opened, it says what declaring otherwise than is true would bring."""

from pathlib import Path
from typing import Any

from season_home import holder, written
from test_browser import serving, signed_in

from comitia.clerk.clerk import Clerk


def test_the_sentence_is_fetched_when_the_form_is_opened(browser: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    home = tmp_path / "home"
    written(home)
    with Clerk.open(home) as own:
        grower = holder(own, "union/growers")
    with serving(home) as address:
        tab = signed_in(browser, (address, home), grower)
        tab.goto("/season/")
        form = tab.locator("#numbers > details", has_text="union of Growers").first
        said = form.get_by_text("none of these numbers would bring you anything")
        assert said.count() == 0
        form.locator("summary").first.click()
        said.wait_for()
        # What the axe itself does is not the page's.
        complaints = list(tab.complaints)
        violations = Axe().run(tab).response["violations"]
        form.get_by_role("link", name="What declaring otherwise than is true would bring").click()
        tab.get_by_role("heading", name="Declaring otherwise than is true").wait_for()
        violations += Axe().run(tab).response["violations"]

    assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []
    assert complaints == []
