"""Write spec/acts.md from the act types: every word, what it says, its fields.

.venv/bin/python spec/make_acts.py
"""

from pathlib import Path
from typing import get_type_hints

from comitia.federation import acts

HEAD = """# Acts

Written by `spec/make_acts.py` from `comitia.federation.acts`; a test holds the two together.

A1. An act is one canonical JSON object (record.md). Every act has the fields `act` (its word below), `at` (the moment,
`YYYY-MM-DDTHH:MM:SSZ`), `body` (the body it is done for, or ""), `by` (the author: a member's number, or `clerk`),
`sigs` and `v` (1), and the fields of its word, all of them but those that may be left out, none besides.

A2. An entry of `sigs` has `kind`, `key` and `sig`. `kind` is `ed25519` (both given, base64) or `server` (both ""): the
server alone vouches for the author.

A3. A later version adds words, or a higher `v` of a word; it never changes what is written here.

"""


def kind_text(kind: object) -> str:
    """Return a field's type in plain words."""
    text = getattr(kind, "__name__", "") if kind in (str, int, bool) else str(kind)
    words = {"str": "text", "int": "whole number", "bool": "true or false"}
    if text in words:
        return words[text]
    text = text.replace("typing.", "").replace("Literal", "one of ")
    text = text.partition(" | msgspec.UnsetType")[0]
    left_out = ", may be left out" if "Unset" in str(kind) else ""
    text = words.get(text, text)
    return (
        text.replace("tuple[tuple[str, ...], ...]", "list of rows of text")
        .replace("tuple[str, ...]", "list of text")
        .replace("dict[str, str]", "text by text")
    ) + left_out


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for word, kind in acts.BY_WORD.items():
        hints = get_type_hints(kind)
        said = " ".join(line.strip() for line in (kind.__doc__ or "").strip().splitlines())
        parts.append(f"## {word}\n\n{said}\n\n")
        fields = [f for f in kind.__struct_fields__ if f not in ("at", "by", "body", "v", "sigs")]
        parts += [f"- `{field}`: {kind_text(hints[field])}\n" for field in fields]
        parts.append("\n" if fields else "")
    return "".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("acts.md").write_text(page(), encoding="utf-8")
