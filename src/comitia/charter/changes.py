"""What differs between two charters, article by article: the words, and the tables that carry them out.

An entrenched article is changed not only by other words. A recall made impossible in a table below an article that
still reads the same is a change of that article.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import asdict, replace

from comitia.charter.structure import Charter


def changed_articles(old: Charter, new: Charter) -> tuple[str, ...]:
    """Return the numbers of articles whose words, entrenchment or rules differ, are new or are gone."""
    before, after = _rules(old), _rules(new)
    numbers = dict.fromkeys((*old.articles, *new.articles, *before, *after))
    return tuple(n for n in numbers if before.get(n) != after.get(n))


def changed_entrenched(old: Charter, new: Charter) -> tuple[str, ...]:
    """Return the numbers of articles that are entrenched in the old charter and differ in the new one."""
    return tuple(n for n in changed_articles(old, new) if n in old.articles and old.articles[n].entrenched)


def _rules(charter: Charter) -> Mapping[str, frozenset[Hashable]]:
    """Return by article everything that the charter says under it, without the lines on which it stands."""
    found: dict[str, set[Hashable]] = defaultdict(set)
    for number, article in charter.articles.items():
        found[number].add((article.title, article.text, article.entrenched))
    for roll in charter.rolls.values():
        found[roll.article].add(replace(roll, line=0))
    for kind in charter.kinds.values():
        found[kind.article].add(replace(kind, line=0, recall=replace(kind.recall, line=0) if kind.recall else None))
        if kind.recall:
            found[kind.recall.article].add((kind.id, replace(kind.recall, line=0)))
    for matter in charter.matters.values():
        found[matter.article].add(replace(matter, line=0))
    for permission in charter.permissions.values():
        found[permission.article].add(replace(permission, line=0))
    for number_ in charter.numbers.values():
        found[number_.article].add(replace(number_, line=0))
    for never in charter.never.values():
        found[never.article].add(replace(never, line=0))
    # A procedure stands under the article of the same first word: refounding_share under refounding_article.
    rule = asdict(charter.procedures)
    articles = {name.partition("_")[0]: text for name, text in rule.items() if name.endswith("_article")}
    articles |= {
        "founders": rule["founding_article"],
        "carried": rule["founding_article"],
        "claim": rule["claims_article"],
    }
    for name, value in rule.items():
        if name != "line":
            found[articles[name.partition("_")[0]]].add((name, value))
    # Which houses decide jointly is said by the articles of those houses.
    for house in (k for k in charter.houses if k in charter.kinds):
        found[charter.kinds[house].article].add(("houses", charter.houses))
    return {number: frozenset(said) for number, said in found.items()}
