"""docs/explanation/power-checked.md names every table of power, and for each a test that exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "power-checked.md"
TESTS = ROOT / "tests" / "drill"


def named_in(file: str) -> set[str]:
    """Return the names of the tests of a file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_each_table_has_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (P\d\d) \|.*\| `(\w+\.py)`: `(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted({table for table, _, _ in rows}) == [f"P{n:02}" for n in range(1, 36)]
    assert [(table, file, test) for table, file, test in rows if test not in named_in(file)] == []


def test_every_test_that_bears_the_number_of_a_table_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    bearing = {
        test for file in TESTS.glob("test_*.py") for test in named_in(file.name) if re.match(r"test_p\d\d_", test)
    }

    assert {test for test in bearing if f"`{test}`" not in page} == {"test_p35_the_reckoning_is_shown"}
