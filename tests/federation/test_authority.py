"""Each cell of the table of authority: who may does it, who may not is refused, and then nothing has changed."""

import copy

import authority
import pytest
from small import facts

from comitia.federation import acts, standing

CELLS = [(word, kind) for word in acts.BY_WORD for kind in authority.ACTORS]


def test_every_act_has_an_example() -> None:
    assert sorted(authority.EXAMPLES) == sorted(acts.BY_WORD)


@pytest.mark.parametrize("word", acts.BY_WORD)
def test_the_right_author_does_it(word: str) -> None:
    said = dict(authority.row(word))["its own"]

    assert (said == "does it") == (word not in authority.NEVER), said


@pytest.mark.parametrize("word", acts.BY_WORD)
def test_whoever_is_refused_is_refused_with_an_article_and_changes_nothing(word: str) -> None:
    small, act = authority.EXAMPLES[word]()
    articles = standing.charter(small.state).articles
    before = facts(copy.deepcopy(small.state))
    for kind in authority.ACTORS:
        tried = authority.by_actor(act, authority.actor(small, kind, act))
        if dict(authority.row(word))[kind] == "does it":
            continue
        article = authority.outcome(small, tried)
        assert article in articles or article == "record", (kind, article)
        assert facts(small.state) == before, kind


@pytest.mark.parametrize(("word", "kind"), CELLS)
def test_nobody_does_what_the_permission_does_not_give(word: str, kind: str) -> None:
    small, act = authority.example(word)
    tried = authority.by_actor(act, authority.actor(small, kind, act))
    said = dict(authority.row(word))[kind]

    if not authority.permitted(small, tried):
        assert said != "does it"
    # Nobody from outside does anything at all.
    if kind in ("stranger", "former member"):
        assert said != "does it"


def test_the_page_says_what_is_so() -> None:
    assert authority.PAGE.read_text(encoding="utf-8") == authority.page()
