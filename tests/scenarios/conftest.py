"""What a transcript finds in its folder before its first line: the example charters, or the example ballots."""

import shutil
from pathlib import Path

import pytest
import sealed

from comitia.clerk.clerk import Clerk

EXAMPLES = Path(__file__).parents[2] / "examples"
LAID_OUT = {"charters.txt": "charters", "counting.txt": "ballots"}


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest) -> None:
    """Lay the examples into the folder in which a transcript about them is played."""
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    path = params.get("path")
    name = LAID_OUT.get(path.name) if isinstance(path, Path) else None
    if name is not None:
        folder: Path = request.getfixturevalue("tmp_path")
        shutil.copytree(EXAMPLES / name, folder / "examples" / name)
    if isinstance(path, Path) and path.name == "sealed_recall.txt":
        _lay_out_a_recall(request.getfixturevalue("tmp_path") / "ours")


def _lay_out_a_recall(home: Path) -> None:
    """Make a federation whose charter has recalls sealed, with a recall ``r`` that is voted on by eight."""
    with Clerk.create(home, "ours/comitia") as clerk:
        small = sealed.recalled(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
