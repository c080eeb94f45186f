"""What differs between two charters, article by article: the words, and the tables that carry them out.

An entrenched article is changed not only by other words. A recall made impossible in a table below an article that
still reads the same is a change of that article; and a shared way of electing, deciding or recalling that is changed
changes every article whose tables take it. What is compared is therefore the charter as written out, without ids of
shared tables and without lines.
"""

import dataclasses
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comitia.charter import plain_bodies, plain_matters, words
from comitia.charter.structure import Charter, Matter

_Row = tuple[str, str]
"""A table of the charter, for instance ``kind.committee``, and a key in it as written out."""

_SKIPPED = ("id", "act", "file", "line", "article", "strict", "approval_strict", "groups_strict")
_SENTENCE = re.compile(r"(?<=[.;:!?]) ")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that differs: its table, its key ("" for a whole table), and its value before and after ("": none)."""

    table: str
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that differs, in its words or in what carries them out.

    Attributes:
        entrenched: in the old charter.
        words: sentence by sentence, each begun by ``- `` (struck), ``+ `` (added) or two blanks (the same); none when
            the words are the same.
    """

    number: str
    title: str
    change: Literal["added", "struck", "changed"]
    entrenched: bool
    words: tuple[str, ...]
    rules: tuple[RuleChange, ...]


def between(old: Charter, new: Charter) -> tuple[ArticleChange, ...]:
    """Return the articles that differ, in the order of the old charter and then of the new one."""
    before, after = _rules(old, new), _rules(new, old)
    seated = [kind for kind in new.kinds.values() if kind.form in ("elected", "appointed")]
    for kind in (k for k in seated if k.recall is None and k.id not in old.kinds):
        # A new body whose holders nobody recalls is a change of every article on recall.
        for number in {k.recall.article for k in seated if k.recall}:
            after.setdefault(number, {})[f"recall of kind.{kind.id}", "by"] = "nobody"
    numbers = dict.fromkeys((*old.articles, *new.articles, *before, *after))
    found = (_article(old, new, number, before.get(number, {}), after.get(number, {})) for number in numbers)
    return tuple(change for change in found if change is not None)


def changed_articles(old: Charter, new: Charter) -> tuple[str, ...]:
    """Return the numbers of articles whose words, entrenchment or rules differ, are new or are gone."""
    return tuple(change.number for change in between(old, new))


def changed_entrenched(old: Charter, new: Charter) -> tuple[str, ...]:
    """Return the numbers of articles that are entrenched in the old charter and differ in the new one."""
    return tuple(change.number for change in between(old, new) if change.entrenched)


def sentence(rule: RuleChange) -> str:
    """Return a changed rule in a sentence."""
    where = f"{rule.table}, {rule.key}" if rule.key else rule.table
    if not rule.old:
        return f"{where} is new: {rule.new.removesuffix('.')}."
    if not rule.new:
        return f"{where} is gone. It was: {rule.old.removesuffix('.')}."
    return f"{where}: {rule.old} becomes {rule.new}."


def _article(
    old: Charter, new: Charter, number: str, before: Mapping[_Row, str], after: Mapping[_Row, str]
) -> ArticleChange | None:
    was, is_ = old.articles.get(number), new.articles.get(number)
    struck, added = (_sentences(article.text) if article else [] for article in (was, is_))
    words = tuple(line for line in difflib.ndiff(struck, added) if line[0] != "?") if struck != added else ()
    rules = tuple(_changed(old, new, before, after))
    if not (words or rules):
        return None
    shown = is_ or was
    change: Literal["added", "struck", "changed"] = "changed"
    if (was is None) != (is_ is None):
        change = "added" if is_ else "struck"
    title = shown.title if shown else ""
    return ArticleChange(number, title, change, was is not None and was.entrenched, words, rules)


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def _changed(old: Charter, new: Charter, before: Mapping[_Row, str], after: Mapping[_Row, str]) -> Iterator[RuleChange]:
    for table in dict.fromkeys(table for table, _ in (*before, *after)):
        was = {key: said for (of, key), said in before.items() if of == table}
        is_ = {key: said for (of, key), said in after.items() if of == table}
        if table.startswith("article.") or (was and is_):
            for key in dict.fromkeys((*was, *is_)):
                if was.get(key) != is_.get(key):
                    yield RuleChange(table, key, was.get(key, ""), is_.get(key, ""))
        else:
            yield RuleChange(table, "", _whole(old, table, was), _whole(new, table, is_))


def _whole(charter: Charter, table: str, rows: Mapping[str, str]) -> str:
    """Return a whole table in plain words, or "" where the charter does not have it."""
    sort, _, name = table.partition(".")
    if rows and sort == "kind":
        return plain_bodies.sits(charter, charter.kinds[name]).text
    if rows and sort == "matter":
        return plain_matters.decided(charter, charter.matters[name]).text
    return "; ".join(f"{key} {said}" for key, said in rows.items())


def _rules(charter: Charter, other: Charter) -> dict[str, dict[_Row, str]]:
    """Return by article everything that the charter says under it, row by row.

    A recall and a way out stand under their own articles too, for each kind and matter that takes them. Where the other
    charter has no such kind or matter, that is no change of theirs: a new body with the old recall leaves it as it is.
    A further matter with the effect of another is a way past the article of that one, and is said there too.
    """
    found: dict[str, dict[_Row, str]] = {}

    def put(article: str, table: str, thing: object) -> None:
        found.setdefault(article, {}).update(((table, key), said) for key, said in _rows(thing))

    for number, article in charter.articles.items():
        found[number] = {
            (f"article.{number}", "title"): article.title,
            (f"article.{number}", "entrenched"): said(article.entrenched),
        }
    for roll in charter.rolls.values():
        put(roll.article, f"roll.{roll.id}", roll)
    for kind in charter.kinds.values():
        put(kind.article, f"kind.{kind.id}", kind)
        if kind.recall and kind.id in other.kinds:
            put(kind.recall.article, f"recall of kind.{kind.id}", kind.recall)
    for matter in charter.matters.values():
        put(matter.article, f"matter.{matter.id}", matter)
        for beside in _other_articles(charter, other, matter):
            put(beside, f"matter.{matter.id}", matter)
        for step in matter.exits if matter.id in other.matters else ():
            put(step.article, f"exit of matter.{matter.id} by {said(step.way)}", step)
    for permission in charter.permissions.values():
        put(permission.article, f"permission.{permission.act}", permission)
    for owned in charter.numbers.values():
        put(owned.article, f"number.{owned.file}", owned)
    for never in charter.never.values():
        put(never.article, f"never.{never.id}", never)
    if charter.currents:
        put(charter.currents.article, "currents", charter.currents)
    if charter.talking:
        put(charter.talking.article, "talking", charter.talking)
    if charter.sealed:
        put(charter.sealed.article, "sealed_ballots", charter.sealed)
    if charter.procedures.refounding:
        put(charter.procedures.refounding.article, "refounding", charter.procedures.refounding)
    for name, value in _procedures(charter):
        found.setdefault(name, {}).update(value)
    # Which houses decide jointly is said by the articles of those houses.
    for house in (k for k in charter.houses if k in charter.kinds):
        found[charter.kinds[house].article]["houses", "houses"] = said(charter.houses)
    return found


def _other_articles(charter: Charter, other: Charter, matter: Matter) -> frozenset[str]:
    """Return the articles of matters with the effect of this one, where the other charter has no such matter."""
    there = other.matters.get(matter.id)
    if matter.effect in _ORDINARY or (there and there.effect == matter.effect):
        return frozenset()
    same = (m.article for m in charter.matters.values() if m.effect == matter.effect)
    return frozenset(same) - {matter.article}


_ORDINARY = ("none", "mandate", "season")
"""Effects that give nobody a power which an article on the same effect had kept from him."""


def _procedures(charter: Charter) -> Iterator[tuple[str, Mapping[_Row, str]]]:
    # A procedure stands under the article of the same first word: leaving_least under leaving_article.
    rule = charter.procedures
    names = [field.name for field in dataclasses.fields(rule) if field.name not in ("line", "refounding")]
    articles = {name.partition("_")[0]: getattr(rule, name) for name in names if name.endswith("_article")}
    articles |= {"founders": rule.founding_article, "carried": rule.founding_article, "claim": rule.claims_article}
    for name in names:
        article = articles[name.partition("_")[0]]
        # A procedure without an article is not there, unless its numbers stand all the same.
        if article or said(getattr(rule, name)) not in _NOT_THERE:
            yield article, {("procedures", name): said(getattr(rule, name))}


_NOT_THERE = ("", "0", "none")


def _rows(thing: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key and its value in plain words; what hangs within goes by its path."""
    assert dataclasses.is_dataclass(thing)
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if field.name in _SKIPPED or value is None:
            continue
        key = prefix + field.name
        if field.name in ("threshold", "approval") or (field.name == "groups" and isinstance(value, Fraction)):
            strict = getattr(thing, "strict" if field.name == "threshold" else f"{field.name}_strict")
            yield key, words.share(value, strict=strict)
        elif dataclasses.is_dataclass(value):
            yield from _rows(value, f"{key}.")
        elif isinstance(thing, Matter) and field.name == "exits":
            for at, step in enumerate(thing.exits, start=1):
                yield from _rows(step, f"{key}.{at}.")
        else:
            yield key, said(value)


def said(value: object) -> str:
    """Return a value of a rule in plain words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(said(entry) for entry in value) or "none"
    return str(value).replace("_", " ")
