"""Pages that name a test as what shows a promise: each test that they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
PAGES = sorted(p for p in (ROOT / "docs").rglob("*.md") if re.search(r"`test_[a-z0-9_]+`", p.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", page.read_text("utf-8")))

    assert {name for name in named if f"def {name}(" not in WRITTEN} == set()


def test_some_page_names_tests() -> None:
    assert ROOT / "docs" / "explanation" / "secret-ballots.md" in PAGES
