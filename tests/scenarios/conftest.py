"""What a transcript finds in its folder before its first line: for ``charters.txt``, the example charters."""

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "charters"


@pytest.fixture(autouse=True)
def _example_charters(request: pytest.FixtureRequest) -> None:
    """Lay the example charters into the folder in which the transcript of their findings is played."""
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if params.get("path") == Path(__file__).with_name("charters.txt"):
        folder: Path = request.getfixturevalue("tmp_path")
        shutil.copytree(EXAMPLES, folder / "examples" / "charters")
