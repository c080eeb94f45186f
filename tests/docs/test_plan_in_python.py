"""The tutorial for researchers: every block of Python in it is run, and prints what stands there."""

import doctest
import re
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "plan-in-python.md"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_tutorial_does_what_it_says() -> None:
    blocks = BLOCK.findall(TUTORIAL.read_text("utf-8"))
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest("".join(blocks), {}, TUTORIAL.name, str(TUTORIAL), 0)

    ran = doctest.DocTestRunner().run(test, out=said.append)

    assert len(blocks) >= 9
    assert (ran.failed, ran.attempted > 40) == (0, True), "".join(said)
