"""One rule of a charter in plain words, with its article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule in plain words, with its article."""

    text: str
    article: str
