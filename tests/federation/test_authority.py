"""Each cell of the table of authority, as it stands on the page: who does it, who is refused and changes nothing."""

import authority
import authority_elsewhere as elsewhere
import pytest

from comitia.federation import acts, standing

SHIPPED, OTHER = authority.cells(authority.PAGE.read_text(encoding="utf-8"))


def test_every_act_of_the_rule_book_is_on_the_page() -> None:
    assert list(SHIPPED) == authority.CELLS
    assert list(OTHER) == authority.ELSEWHERE
    assert sorted(authority.EXAMPLES) == sorted(acts.BY_WORD)


def test_somebody_does_every_act_but_the_two_that_no_charter_gives() -> None:
    done = {word for page in (SHIPPED, OTHER) for (word, kind), said in page.items() if said == "x"}

    assert sorted(set(acts.BY_WORD) - done) == sorted(elsewhere.NOBODY)


def test_somebody_is_refused_every_act() -> None:
    refused = {word for (word, kind), said in SHIPPED.items() if said != "x"}

    assert refused == set(acts.BY_WORD)


@pytest.mark.parametrize(("word", "kind"), authority.CELLS)
def test_a_cell_is_as_the_page_says(word: str, kind: str) -> None:
    found = authority.cell(word, kind)
    small, act = authority.example(word)
    mine = authority.by_actor(act, authority.actor(small, kind, act))

    assert found.said == SHIPPED[word, kind]
    assert (found.added, found.changed) == ((1, True) if found.said == "x" else (0, False))
    assert found.said in (*standing.charter(small.state).articles, "record", "x")
    # What the permission does not give, nobody does; and nobody from outside does anything at all.
    assert found.said != "x" or authority.permitted(small, mine)
    assert found.said != "x" or kind not in ("stranger", "former member")


@pytest.mark.parametrize(("word", "kind"), authority.ELSEWHERE)
def test_a_cell_under_another_charter_is_as_the_page_says(word: str, kind: str) -> None:
    found = authority.cell_elsewhere(word, kind)

    assert found.said == OTHER[word, kind]
    assert (found.added, found.changed) == ((1, True) if found.said == "x" else (0, False))
    assert found.said != "x" or kind not in ("stranger", "former member") or word == "federation_founded"


def test_the_page_says_what_is_so() -> None:
    assert authority.PAGE.read_text(encoding="utf-8") == authority.page()
