"""What a verdict says, before it is said in a language: a phrase's key and the facts that stand in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

Fact = Union[str, "Clause"]
_DECIMAL = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A phrase of a phrase book (``decide/phrases``) with its facts: texts, numbers as text, or further clauses."""

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()


def clause(key: str, **facts: Fact) -> Clause:
    """Return a clause; the facts are named as the phrase names them."""
    return Clause(key, tuple(facts.items()))


def say(said: Clause, phrases: Mapping[str, str]) -> str:
    """Return a clause in the language of a phrase book; of one thing in the singular, the phrase ``KEY_one``.

    Raises:
        KeyError: the book lacks the phrase, which the tests rule out.
    """
    facts = {name: _fact(name, fact, phrases) for name, fact in said.facts}
    one = f"{said.key}_one"
    key = one if facts.get("number") == "1" and one in phrases else said.key
    return phrases[key].format(**facts)


def _fact(name: str, fact: Fact, phrases: Mapping[str, str]) -> str:
    if not isinstance(fact, str):
        return say(fact, phrases)
    # An article 4.2 is no number, and keeps its point.
    return fact.replace(".", phrases["point"]) if name != "article" and _DECIMAL.fullmatch(fact) else fact


def reworded(said: Clause, keys: Mapping[str, str]) -> Clause:
    """Return a clause, and those within it, with other phrases for the same facts."""
    facts = ((name, fact if isinstance(fact, str) else reworded(fact, keys)) for name, fact in said.facts)
    return Clause(keys.get(said.key, said.key), tuple(facts))
