"""The page that says what shows each promise of the counts: what it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/counts-checked.md").read_text(encoding="utf-8")
NAMED = re.compile(
    r"`((?:tests/|bench/|src/|explanation/|accelerated/|count/|test_)[\w/.]*)(?: -k (\"[^\"]+\"|\w+))?(?: -m slow)?`"
)


def files_of(named: str) -> list[Path]:
    """Return the files of a name on the page: without a folder it lies in tests/decide."""
    place = ROOT / named if named.startswith(("tests/", "bench/", "src/")) else ROOT / "tests/decide" / named
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


@pytest.mark.parametrize(("named", "words"), sorted(set(NAMED.findall(PAGE))))
def test_what_the_page_names_is_there_and_its_words_choose_a_test(named: str, words: str) -> None:
    files = files_of(named)
    assert files and all(file.exists() for file in files), named
    tests = [name for file in files for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))]
    for word in words.strip('"').split(" or ") if words else ():
        assert any(word in name for name in tests) or any(word in file.stem for file in files), (named, word)


def test_the_page_names_forty_places_and_more() -> None:
    assert len(set(NAMED.findall(PAGE))) > 40
