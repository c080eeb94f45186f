"""Write docs/reference/charter.schema.json, the JSON Schema of charters for editors.

.venv/bin/python spec/make_schema.py
"""

import json
from pathlib import Path

from comitia.charter import schema

PLACE = Path(__file__).parents[1] / "docs" / "reference" / "charter.schema.json"


def page() -> str:
    """Return the file's text."""
    return json.dumps(schema.schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
