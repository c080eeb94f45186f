from pathlib import Path
from typing import get_args

import pytest

from comitia.charter import parse, plain, words
from comitia.charter.plain import Sentence
from comitia.charter.structure import Apportionment, Base, CountingRule

FIXTURES = Path(__file__).parent / "fixtures"


def page(text: str) -> str:
    topics = plain.topics(parse.parse(text, file="charter"))
    return "".join(
        f"{topic.title}\n" + "".join(f"- {s.text} [{s.article}]\n" for s in topic.sentences) + "\n" for topic in topics
    )


def test_everything_the_language_can_say_is_said_in_plain_words(everything: str) -> None:
    assert page(everything) == (FIXTURES / "everything.txt").read_text(encoding="utf-8")


def test_every_topic_is_said_in_sentences_with_articles_that_are_written(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")
    topics = plain.topics(charter)

    assert [topic.title for topic in topics] == [
        "Who sits where",
        "Who may stand, and how vacancies are filled",
        "How someone is recalled",
        "How a plan is adopted",
        "How delegates are instructed",
        "How this charter is changed",
        "How bodies are merged or dissolved",
        "How a group leaves",
        "How an emergency power is given back",
        "How a motion is stopped that nobody may decide",
        "How other matters are decided",
        "Whose numbers these are",
        "Who may do what",
        "What nobody may decide",
        "Who stands on which roll",
        "Currents and minorities",
        "Talking",
        "Beginning, correcting, leaving, beginning again",
    ]
    assert {s.article for t in topics for s in t.sentences} <= set(charter.articles)
    assert len(topics[0].sentences) == len(charter.kinds)


def test_a_matter_is_said_with_its_bodies_majority_quorum_and_ways_out(shipped: str) -> None:
    topics = {topic.title: topic for topic in plain.topics(parse.parse(shipped, file="shipped"))}

    assert topics["How a plan is adopted"].sentences[2] == Sentence(
        "Adopting a plan that cuts essential needs: moved by the committees' house, the unions' house, the councils' "
        "conference, the board; carried by the committees' house, the unions' house and the councils' conference, each "
        "with more than 1/2 of the votes for and against, when at least 1/2 of the seats filled take part; 7 days "
        "notice, 5 days voting; if not all carry it, 3 days later, the same bodies vote a second time; then, the "
        "conciliation congress may decide alone with more than 2/3 of its filled seats.",
        "28",
    )
    assert topics["How someone is recalled"].sentences == (
        Sentence(
            "Whoever sits in: committee, union, council, district board, committees' house, unions' house, councils' "
            "conference, board, secretary, bench of tellers. At least 1/10 of those who filled the seat sign within 30 "
            "days; they then vote in secret for 7 days. More than 1/2 of the votes for and against removes the holder, "
            "when at least 1/3 of the electors take part; at an equal vote the holder stays.",
            "19",
        ),
    )


def test_the_procedures_of_the_default_are_said_with_their_numbers(shipped: str) -> None:
    topics = {topic.title: topic for topic in plain.topics(parse.parse(shipped, file="shipped"))}

    assert topics["Beginning, correcting, leaving, beginning again"].sentences == (
        Sentence("At least 3 begin; officers carried over serve 90 days at most.", "41"),
        Sentence("A wrong act is corrected by a further act; nothing is erased.", "42"),
        Sentence(
            "If at least 1/5 of all members sign a call for another charter within 60 days, all members vote on it in "
            "secret for 14 days; more than 1/2 of all members puts it in force, when at least 1/2 of all members take "
            "part. No office is asked.",
            "45",
        ),
        Sentence(
            "Whoever leaves goes 30 days after saying so, with books, stock and record; a minority of 3 members or "
            "more may do so together.",
            "4",
        ),
        Sentence("A demand for inspection is answered within 14 days.", "35"),
        Sentence("In an emergency the board may act for 14 days, once.", "46"),
        Sentence("At most 1/5 of a plan's hours go to building up.", "29"),
        Sentence("What is for the members' own use is shared equally, by head.", "33"),
    )


def test_language_1_is_said_in_the_same_words(first: str) -> None:
    topics = {topic.title: topic for topic in plain.topics(parse.parse(first, file="first"))}
    said = [s.text for s in topics["Beginning, correcting, leaving, beginning again"].sentences]

    assert said[2:4] == [
        "At least 1/5 of all members call a founding assembly anew.",
        "Whoever leaves goes 30 days after saying so, with books, stock and record.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('decided_by = ["house", "court"]', "decided_by = []", "carried by nobody with more than 1/2"),
        ('decided_by = ["meeting"]', 'decided_by = ["clubs"]', "by at least 2/3 of the clubs, each counted for itself"),
        ('affects = "shop"', 'affects = "club"', "holds every club concerned"),
        ('appeal = "appeal"', 'appeal = "club"', "may bring it before club within 10 days"),
        ('electors = "meeting"\nconstituencies = t', 'electors = ""\nconstituencies = t', "filled by each nobody"),
        ('appointed_by = ["speaker"]', "appointed_by = []", "appointed by nobody, for a year"),
        ('gathers = ["shop"]', 'gathers = ["club"]', "Regions gather club."),
        ("reading_days = 14", "reading_days = 0", "carried 2 times; an abstention is no vote cast"),
        ("pieces = 1 ", "pieces = 2 ", "after 2 pieces of advice"),
        ("report_days = 30\n", "report_days = 1\n", "a report every day"),
        ('convened_by = "members"', 'convened_by = "electors"', "whoever sits in it may put to it what it decides"),
        ('convened_by = "members"', 'convened_by = "nobody"', "where it does not, nobody else may call it"),
        ("split_votes = true\n", 'split_votes = true\nmeeting_days = 30\nconvened_by = "electors"\n',
         "every 30 days; where it does not, whoever sits in it or fills its seats may put to it what"),
        ("least = 1\nmembership", "least = 2\nmembership", "2 members or more may form a current"),
        ('requests = "first_half"', 'requests = "whole"', "who see no choice and no key. [1]\n- 2 of 3 tellers"),
        ('requests = "first_half"', 'requests = "whole"', "the clerk's office. [1]\n- What cannot be opened"),
        ('types = ["image/png"]', "types = []", "1,500 characters each. [1]\n- Their author may appeal to the court"),
        ("required = true", "required = false", "A member may stand on the roll of a shop."),
        ("days = 1\nbase", "days = 2\nbase", "then, 2 days later, the joint sitting works out a text"),
        ('quorum = "0"\narticle = "1"\n\n[procedures]', 'quorum = "1/3"\narticle = "1"\n\n[procedures]',
         "puts it in force, when at least 1/3 of all members take part."),
        ("carried_over_days = 30\n", 'carried_over_days = 30\ndistribution_article = "1"\ndistribution = "by_hours"\n',
         "What is for the members' own use is shared by hours worked."),
    ],
)  # fmt: skip
def test_what_is_said_follows_the_tables(everything: str, old: str, new: str, said: str) -> None:
    assert old in everything

    assert said in page(everything.replace(old, new, 1))


def test_what_a_charter_does_not_have_is_not_said(everything: str) -> None:
    start, end = everything.index("[sealed_ballots]"), everything.index("[procedures]")
    text = everything[:start] + everything[end:].replace(
        'founding_article = "1"\nfounders = 5\ncarried_over_days = 30', ""
    )

    assert [topic.title for topic in plain.topics(parse.parse(text, file="ours"))][-2:] == [
        "What nobody may decide",
        "Who stands on which roll",
    ]


def test_every_base_rule_and_apportionment_has_words() -> None:
    assert (set(words.BASES), set(words.RULES), set(words.APPORTIONMENTS)) == (
        set(get_args(Base)),
        set(get_args(CountingRule)),
        set(get_args(Apportionment)),
    )
