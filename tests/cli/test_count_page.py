"""The page that ``comitia count --html`` writes, in a browser: phone and desk, light and dark, without a script."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from comitia.cli import count

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium runs this test")
APP = typer.Typer()
APP.command()(count.count)
NAMES = (
    "Amira of the Bakery",
    "Bo",
    "Chen",
    "Dina with a name that is rather long",
    "Emre",
    "Fay",
    "Gus",
    "Hal",
    "Ida",
)
PAPERS = "13 1 2 0|5 2 3 0|6 3 2 0|4 4 3 0|3 5 4 0|2 6 5 0|2 7 6 0|1 8 0|1 9 8 7 6 0|0"
BLT = "\n".join(("9 3", *PAPERS.split("|"), *NAMES, "Three delegates", ""))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("rule", ["scottish", "meek", "schulze"])
@pytest.mark.parametrize(("width", "colours"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_a_sheet_has_no_fault_of_access_and_does_not_scroll_sideways(
    browser: Any, tmp_path: Path, rule: str, width: int, colours: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file, sheet = tmp_path / "papers.blt", tmp_path / "sheet.html"
    file.write_text(BLT, encoding="utf-8")
    asked = ["--ballot", "2", "--compare", "borda", "--html", str(sheet)]
    assert CliRunner().invoke(APP, [str(file), "--rule", rule, *asked]).exit_code == 0
    tab = browser.new_context(java_script_enabled=True, viewport={"width": width, "height": 844}).new_page()
    tab.emulate_media(color_scheme=colours)
    tab.goto(sheet.as_uri())

    assert [found["id"] for found in Axe().run(tab).response["violations"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    boxes = tab.evaluate(
        "[...document.querySelectorAll('svg.transfers text')].map(t => { const b = t.getBBox(); "
        "return [b.x, b.y, b.x + b.width, b.y + b.height]; })"
    )
    apart = [
        a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 4 or b[3] <= a[1] + 4
        for n, a in enumerate(boxes)
        for b in boxes[:n]
    ]
    assert boxes and all(apart) and min(box[0] for box in boxes) >= 0


def test_a_sheet_is_read_without_a_script(browser: Any, tmp_path: Path) -> None:
    file, sheet = tmp_path / "papers.blt", tmp_path / "sheet.html"
    file.write_text(BLT, encoding="utf-8")
    assert CliRunner().invoke(APP, [str(file), "--rule", "scottish", "--html", str(sheet)]).exit_code == 0
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(sheet.as_uri())
    tab.get_by_text("Every transfer, with papers and values").click()

    assert tab.locator("caption").all_inner_texts() == ["Votes after each stage", "Transfers"]
    assert tab.locator("table").nth(1).is_visible()
