from collections.abc import Mapping

import pytest

from comitia.charter import changes, parse
from comitia.charter.changes import ArticleChange, RuleChange


def changed(shipped: str, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert old in shipped
    before = parse.parse(shipped, file="old")
    after = parse.parse(shipped.replace(old, new, 1), file="new")
    return changes.changed_articles(before, after), changes.changed_entrenched(before, after)


def between(text: str, edits: Mapping[str, str]) -> tuple[ArticleChange, ...]:
    new = text
    for old, other in edits.items():
        assert old in new
        new = new.replace(old, other, 1)
    return changes.between(parse.parse(text, file="old"), parse.parse(new, file="new"))


@pytest.mark.parametrize(
    ("old", "new", "articles", "entrenched"),
    [
        ("# The charter of", "\n\n# The charter of", (), ()),
        ("shared equally, by head.", "shared by need.", ("33",), ()),
        ('distribution = "equal_per_head"', 'distribution = "by_hours"', ("33",), ()),
        ("No body decides on a member's body", "The board decides on a member's body", ("39",), ("39",)),
        ('share = "1/5"', 'share = "1"', ("45",), ("45",)),
        ('acts = ["work_assigned"]', "acts = []", ("37",), ("37",)),
        ('\nby = ["union"]', '\nby = ["board"]', ("32",), ("32",)),
        ('owner = "union"', 'owner = "board"', ("25",), ("25",)),
        ("least = 3\n", "least = 300\n", ("36",), ("36",)),
        ("leaving_least = 3\n", "leaving_least = 300\n", ("4",), ("4",)),
        ("founders = 3\n", "founders = 1\n", ("41",), ()),
        ('claim_basis = "per_member"', 'claim_basis = "fixed"', ("26",), ()),
        ('name = "trade"\n', 'name = "craft"\n', ("2",), ()),
        ('decided_by = ["committees-house", "unions-house"]\namendments = "none"\nalternatives = ""\neffect = "plan"',
         'decided_by = ["board"]\namendments = "none"\nalternatives = ""\neffect = "plan"', ("27",), ("27",)),
        ("term_days = 365\nterm_limit = 2", "term_days = 3650\nterm_limit = 0", ("14",), ("14",)),
        ('houses = ["committees-house", "unions-house"]\n\n', 'houses = ["committees-house"]\n\n',
         ("10", "11"), ("10", "11")),
    ],
)  # fmt: skip
def test_a_change_is_told_by_the_articles_it_touches_in_words_or_in_tables(
    shipped: str, old: str, new: str, articles: tuple[str, ...], entrenched: tuple[str, ...]
) -> None:
    assert changed(shipped, old, new) == (articles, entrenched)


def test_a_recall_made_harder_changes_its_article_and_every_seat_under_it(shipped: str) -> None:
    articles, entrenched = changed(shipped, 'petition = "1/10"', 'petition = "1"')

    assert articles == ("6", "7", "8", "9", "10", "11", "12", "14", "15", "19")
    assert entrenched == ("10", "11", "12", "14", "19")


def test_a_shared_way_of_electing_changes_every_seat_that_takes_it(shipped: str) -> None:
    articles, _ = changed(shipped, 'candidates = "members"', 'candidates = "committee"')

    assert articles == ("14", "15")


def test_a_way_out_of_a_deadlock_changes_every_matter_that_has_it(shipped: str) -> None:
    articles, entrenched = changed(shipped, 'body = "congress"\ndays = 0', 'body = "congress"\ndays = 30')

    assert (articles, entrenched) == (("22", "26", "27", "29", "30"), ("27", "29"))


def test_an_article_no_longer_entrenched_is_a_change_of_it(shipped: str) -> None:
    start = shipped.index("[article.45]")
    text = shipped[:start] + shipped[start:].replace("entrenched = true", "entrenched = false", 1)

    assert changes.changed_entrenched(parse.parse(shipped, file="old"), parse.parse(text, file="new")) == ("45",)


def test_words_are_told_sentence_by_sentence_and_rules_with_both_values(everything: str) -> None:
    found = between(
        everything,
        {
            'text = "One. Two."': 'text = "One. Three. Four."',
            'title = "All of it"': 'title = "Nearly all of it"',
            'question = "confidence"\nby = "electors"\nbase = "for_against"\nmore_than = "1/2"': (
                'question = "confidence"\nby = "electors"\nbase = "members"\nat_least = "1/2"'
            ),
            'groups = { turnout = "1/2", approval_more_than = "1/2", groups_at_least = "2/3" }': (
                'groups = { turnout = "1/3", approval_at_least = "1/2", groups_more_than = "2/3" }'
            ),
            "split_votes = true": "split_votes = false",
            'membership = "secret"': 'membership = "open"',
        },
    )

    assert found == (
        ArticleChange(
            number="1",
            title="Nearly all of it",
            change="changed",
            entrenched=True,
            words=("  One.", "- Two.", "+ Three.", "+ Four."),
            rules=(
                RuleChange("article.1", "title", "All of it", "Nearly all of it"),
                RuleChange("kind.house", "split_votes", "yes", "no"),
                RuleChange("kind.speaker", "recall.base", "for against", "members"),
                RuleChange("kind.speaker", "recall.threshold", "more than 1/2", "at least 1/2"),
                RuleChange("recall of kind.speaker", "base", "for against", "members"),
                RuleChange("recall of kind.speaker", "threshold", "more than 1/2", "at least 1/2"),
                RuleChange("matter.referendum", "groups.turnout", "1/2", "1/3"),
                RuleChange("matter.referendum", "groups.approval", "more than 1/2", "at least 1/2"),
                RuleChange("matter.referendum", "groups.groups", "at least 2/3", "more than 2/3"),
                RuleChange("currents", "membership", "secret", "open"),
            ),
        ),
    )
    assert changes.sentence(found[0].rules[3]) == (
        "kind.speaker, recall.threshold: more than 1/2 becomes at least 1/2."
    )


def test_whole_tables_that_come_and_go_are_told_in_plain_words(everything: str) -> None:
    gone = everything[everything.index("[matter.sense]") : everything.index("[[permission]]")]
    clerks = everything[everything.index("[kind.clerks]") : everything.index("[kind.both]")]
    (found,) = between(
        everything,
        {
            gone: "",
            clerks: clerks.replace("[kind.clerks]", "[kind.scribes]"),
            '[never.ordering-people]\nacts = ["work_assigned"]\narticle = "1"\n': "",
        },
    )
    said = [changes.sentence(rule) for rule in found.rules]

    assert said[0] == (
        "kind.clerks is gone. It was: Each shop has a clerk's office: 2 seats, not elected but appointed by the "
        "speaker, for a year; a report every year."
    )
    assert said[1].startswith("matter.sense is gone. It was: Sense: moved by the house; the sense of the plenum")
    assert said[2:] == [
        "never.ordering-people is gone. It was: acts work assigned.",
        "kind.scribes is new: Each shop has a clerk's office: 2 seats, not elected but appointed by the speaker, for a "
        "year; a report every year.",
        "recall of kind.scribes is new: by nobody.",
    ]


def test_a_new_body_with_the_old_recall_leaves_the_article_on_recall_as_it_is(shipped: str) -> None:
    start, end = shipped.index("[kind.tellers]"), shipped.index("# -----", shipped.index("[kind.tellers]"))
    more = shipped[:end] + shipped[start:end].replace("[kind.tellers]", "[kind.auditors]") + shipped[end:]

    assert changes.changed_articles(parse.parse(shipped, file="old"), parse.parse(more, file="new")) == ("15",)


def test_a_body_that_loses_its_recall_changes_the_article_on_recall(everything: str) -> None:
    (found,) = between(everything, {'recall = "together"\nweights': 'recall = ""\nweights'})

    assert [changes.sentence(rule) for rule in found.rules][-1] == (
        "recall of kind.court is gone. It was: petition 1/5; window_days 30; voting_days 7; base members; threshold at "
        "least 2/3; quorum 0; tie_protects no; question recall; by electors."
    )


def test_currents_that_are_no_longer_provided_for_are_told(everything: str) -> None:
    currents = '[currents]\nleast = 1\nmembership = "secret"\narticle = "1"\n'
    (found,) = between(everything, {currents: ""})

    assert found.rules == (RuleChange("currents", "", "least 1; membership secret", ""),)


def test_articles_that_come_and_go_are_told_as_such(everything: str) -> None:
    added = everything.replace(
        "[roll.shop]", '[article.2]\ntitle = "More"\ntext = "More."\nentrenched = false\n\n[roll.shop]', 1
    )
    old, new = parse.parse(everything, file="old"), parse.parse(added, file="new")

    assert changes.between(old, new) == (
        ArticleChange(
            "2",
            "More",
            "added",
            False,
            ("+ More.",),
            (RuleChange("article.2", "title", "", "More"), RuleChange("article.2", "entrenched", "", "no")),
        ),
    )
    (struck,) = changes.between(new, old)
    assert (struck.number, struck.title, struck.change, struck.words) == ("2", "More", "struck", ("- More.",))
    assert [changes.sentence(rule) for rule in struck.rules] == [
        "article.2, title is gone. It was: More.",
        "article.2, entrenched is gone. It was: no.",
    ]


def test_rules_under_an_article_that_is_not_written_are_told_all_the_same(everything: str) -> None:
    (found,) = between(everything, {"founders = 5\n": 'founders = 5\ncorrection_article = "9"\n'})

    assert found == ArticleChange(
        "9", "", "changed", False, (), (RuleChange("procedures", "", "", "correction_article 9"),)
    )


def test_a_procedure_that_is_written_again_in_language_2_is_told(first: str, shipped: str) -> None:
    old, new = parse.parse(first, file="old"), parse.parse(shipped, file="new")
    found = {change.number: change for change in changes.between(old, new)}

    assert [c.number for c in found.values() if c.change == "added"] == ["47", "48", "49", "50", "51", "52"]
    assert [changes.sentence(rule) for rule in found["45"].rules] == [
        "permission.refounding_called is new: by member.",
        "permission.refounding_signed is new: by member.",
        "permission.refounding_opened is new: by member.",
        "refounding is new: share 1/5; window_days 60; voting_days 14; base members; threshold more than 1/2; "
        "quorum 1/2.",
    ]


QUICK = """
[matter.quick]
name = "quick change"
way = "seats"
movers = ["board"]
decided_by = ["board"]
amendments = "none"
alternatives = ""
effect = "charter"
entrenched = true
article = "23"
"""


def test_a_second_way_of_changing_the_charter_changes_the_articles_on_how_it_is_changed(shipped: str) -> None:
    old = parse.parse(shipped, file="old")
    new = parse.parse(shipped + QUICK, file="new")

    # Else an ordinary vote lets the board alone change what is entrenched, and the next vote does.
    assert changes.changed_articles(old, new) == ("23", "43", "44")
    assert changes.changed_entrenched(old, new) == ("43", "44")
    assert changes.changed_entrenched(new, old) == ("43", "44")


@pytest.mark.parametrize(
    ("effect", "articles"),
    [("emergency", ("46",)), ("merger", ("40",)), ("admissibility", ("47",)), ("leaving", ("4",)), ("none", ())],
)
def test_a_further_matter_with_an_entrenched_matter_s_effect_changes_its_article(
    shipped: str, effect: str, articles: tuple[str, ...]
) -> None:
    quick = QUICK.replace('effect = "charter"\nentrenched = true', f'effect = "{effect}"')
    old, new = parse.parse(shipped, file="old"), parse.parse(shipped + quick, file="new")

    assert changes.changed_entrenched(old, new) == articles


def test_a_matter_that_is_given_another_s_effect_changes_its_article_too(shipped: str) -> None:
    board = '[matter.resolution-board]\nname = "resolution of the board"\nway = "seats"\nmovers = ["board"]\n'
    plain = board + 'decided_by = ["board"]\neffect = "none"\n'

    assert changed(shipped, plain, board + 'decided_by = ["board"]\neffect = "emergency"\n') == (
        ("23", "46"),
        ("46",),
    )


def test_a_new_body_that_nobody_recalls_changes_the_article_on_recall(shipped: str) -> None:
    start, end = shipped.index("[kind.committee]"), shipped.index("[article.7]")
    clique = shipped[start:end].replace("[kind.committee]", "[kind.clique]")
    old = parse.parse(shipped, file="old")
    without = parse.parse(shipped + "\n" + clique.replace('recall = "by-electors"', 'recall = ""'), file="new")

    assert changes.changed_entrenched(old, parse.parse(shipped + "\n" + clique, file="new")) == ()
    assert changes.changed_entrenched(old, without) == ("19",)
    (recall,) = (change for change in changes.between(old, without) if change.number == "19")
    assert [changes.sentence(rule) for rule in recall.rules] == ["recall of kind.clique is new: by nobody."]
