"""docs/reference/indicators.md says what the code says: every figure, its caveat, and at what an alarm is given.

``COMITIA_TRANSCRIPTS=write`` writes the page anew.
"""

import importlib
import os
import pkgutil
from pathlib import Path

from comitia.watch import saying
from comitia.watch.indicator import LIMITS, Indicator
from comitia.watch.thresholds import THRESHOLDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "indicators.md"

HEAD = """\
# Indicators

What `comitia watch` and the watch page tell, one row a figure, in the order of the catalogue. Each is computed from
acts alone, over a window as long as a term, with its counts beside it; shares carry their Wilson interval (95 %). There
is no composite score. Members vote in secret: of fewer than ten voters nothing is said. I4 to I6 need the drill and
stand in `comitia.drill`, all others in `comitia.watch`, one module an indicator.

An alarm says that a figure passed its threshold, with as many counted as stand in brackets. Thresholds and their
reasons stand in `comitia.watch.thresholds`, the same for every federation; they were committed before any history was
encoded to try them on.

"""


def figures() -> list[Indicator]:
    """Return every figure that the code defines, in the order of the catalogue."""
    found: dict[Indicator, None] = {}
    for package in ("comitia.watch", "comitia.drill"):
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, Indicator):
                    found[thing] = None
    return sorted(found, key=lambda f: (int("".join(c for c in f.id if c.isdigit())), f.id))


def page() -> str:
    """Return the page as the code says it."""
    lines = ["| | figure | formula | range | source | caveat | alarm |", "|---|---|---|---|---|---|---|"]
    for figure in figures():
        known = [t for t in THRESHOLDS if (t.id, t.name) == (figure.id, figure.name)]
        said = "; ".join(
            f"{saying.threshold(t, figure.unit)} (of {t.least}): {t.reason}"
            + (", after a term" if t.after_a_term else "")
            for t in known
        )
        row = (figure.id, figure.name, figure.formula, figure.range, figure.source, figure.caveat, said or "none")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    limits = "\n".join(f"- {limit}" for limit in LIMITS)
    return HEAD + "\n".join(lines) + f"\n\n## What they do not see\n\n{limits}\n"


def test_the_page_of_indicators_says_what_the_code_says() -> None:
    if os.environ.get("COMITIA_TRANSCRIPTS") == "write":
        PAGE.write_text(page(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_row_of_the_catalogue_is_there() -> None:
    ids = {figure.id for figure in figures()}

    assert ids == {f"I{n}" for n in range(1, 31)} | {"I2b", "I7b", "I18b"}
