"""What a verdict says, before it is said in a language: a phrase's key and the facts that stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

Fact = Union[str, "Clause"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A phrase of a phrase book (``decide/phrases``) with its facts: texts, numbers as text, or further clauses."""

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()


def clause(key: str, **facts: Fact) -> Clause:
    """Return a clause; the facts are named as the phrase names them."""
    return Clause(key, tuple(facts.items()))


def say(said: Clause, phrases: Mapping[str, str]) -> str:
    """Return a clause in the language of a phrase book.

    Raises:
        KeyError: the book lacks the phrase, which the tests rule out.
    """
    facts = {name: fact if isinstance(fact, str) else say(fact, phrases) for name, fact in said.facts}
    return phrases[said.key].format(**facts)
