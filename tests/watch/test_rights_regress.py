import lived
import pytest
from small import CHARTER

from comitia.charter import parse
from comitia.watch import rights_regress
from comitia.watch.view import View


def changed(old: str, new: str) -> tuple[str, ...]:
    assert old in CHARTER
    before, after = (parse.parse(text, file="c") for text in (CHARTER, CHARTER.replace(old, new)))
    return rights_regress.lost(before, after)


def test_a_harder_petition_is_a_right_weakened_for_every_body() -> None:
    found = changed('petition = "1/10"', 'petition = "1/2"')

    assert found == tuple(
        f"the right to recall {name} is harder to use"
        for name in (
            "committees", "unions", "councils", "district boards", "committees' houses", "unions' houses",
            "councils' conferences", "boards", "secretaries", "benches of tellers",
        )
    )  # fmt: skip


def test_the_same_charter_takes_nothing_and_an_easier_one_gives() -> None:
    assert changed("x", "x") == ()
    assert changed('petition = "1/10"', 'petition = "1/20"') == ()


def test_the_ban_of_currents_is_named_with_its_act() -> None:
    small = lived.party_with_currents()
    assert rights_regress.readings(lived.view(small))[0].sentence == "The charter stands as it was founded."
    lived.change_charter(small, "unity", lived.CURRENTS, lived.BAN)
    (found,) = rights_regress.readings(lived.view(small))

    assert (found.value, found.acts) == (2, (small.state.charters[-1][2],))
    assert found.sentence == (
        f"Since {small.at[:10]}, by act {found.acts[0]}: the right to form a current is gone; the right to publish a "
        "platform is gone."
    )


def test_a_founding_charter_has_lost_nothing(freely: View) -> None:
    (found,) = rights_regress.readings(freely)

    assert (found.value, found.articles) == (0, ("43", "44"))


@pytest.mark.parametrize("number", ["36", "45"])
def test_an_article_no_longer_entrenched_is_named(number: str) -> None:
    before = parse.parse(CHARTER, file="c")
    article = before.articles[number]
    lines = CHARTER.split("\n")
    place = next(i for i in range(article.line, len(lines)) if lines[i].startswith("entrenched"))
    assert lines[place] == "entrenched = true"
    lines[place] = "entrenched = false"

    assert rights_regress.lost(before, parse.parse("\n".join(lines), file="c")) == (
        f"article {number} ({article.title}) is no longer entrenched",
    )
