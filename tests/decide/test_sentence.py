"""Every phrase in every language, and the same facts said in each."""

from fractions import Fraction
from string import Formatter

import pytest

from comitia.decide import recall, sentence, verdict
from comitia.decide.verdict import Rule, Tally

RULE = Rule(
    article="14", base="cast", threshold=Fraction(1, 2), strict=True, quorum=Fraction(1, 2), quorum_base="filled",
    abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
)  # fmt: skip
HOUSE = verdict.verdict("committees' house", Tally(200, 60, 52, 31, 12, 4), RULE)
OTHER = verdict.verdict("unions' house", Tally(200, 40, 38, 10, 10, 0), RULE)


@pytest.mark.parametrize("language", sentence.BOOKS)
def test_every_language_has_every_phrase_with_the_same_facts(language: str) -> None:
    book, english = sentence.BOOKS[language], sentence.BOOKS["en"]

    assert list(book) == list(english)
    for key, phrase in english.items():
        facts = {name for _, name, _, _ in Formatter().parse(phrase) if name}
        assert {name for _, name, _, _ in Formatter().parse(book[key]) if name} == facts, key


def test_english_is_what_the_verdict_itself_says() -> None:
    joint = verdict.joint([HOUSE, OTHER])

    assert [sentence.sentence(one, "en") for one in (HOUSE, OTHER, joint)] == [
        HOUSE.sentence, OTHER.sentence, joint.sentence,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "angenommen: committees' house: 31 dafür, 12 dagegen, 4 enthalten, von 52 besetzten Sitzen; nötig sind "
            "mehr als 1/2 der abgegebenen Stimmen (Artikel 14); beschlussfähig ab 26, beteiligt: 47",
        ),
        (
            "es",
            "aprobado: committees' house: 31 a favor, 12 en contra, 4 en abstención, de 52 puestos ocupados; se "
            "necesita más de 1/2 de los votos emitidos (artículo 14); quórum 26, participan: 47",
        ),
    ],
)
def test_a_verdict_is_said_in_the_members_language(language: str, said: str) -> None:
    assert sentence.sentence(HOUSE, language) == said


def test_houses_that_divide_are_told_apart_in_every_language() -> None:
    divided = verdict.joint([HOUSE, OTHER])

    assert sentence.sentence(divided, "de").startswith("nicht angenommen: committees' house: 31 dafür")
    assert "[angenommen]; unions' house" in sentence.sentence(divided, "de")
    assert sentence.sentence(divided, "es").endswith("[no aprobado]")
    agreed = verdict.joint([HOUSE, HOUSE])
    assert "[" not in sentence.sentence(agreed, "es")


def test_a_recall_is_said_in_the_members_language() -> None:
    found = recall.recall_verdict("seat 1", Tally(20, 0, 20, 11, 2, 0), RULE)

    assert sentence.sentence(found, "es").startswith("mandato revocado: electorado de seat 1: 11 por la revocación")


def test_a_language_without_a_book_is_named() -> None:
    with pytest.raises(sentence.LanguageUnknown, match="no phrase book for 'xx'; there are en, de, es"):
        sentence.sentence(HOUSE, "xx")
