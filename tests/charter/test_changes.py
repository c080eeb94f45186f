import pytest

from comitia.charter import changes, parse


def changed(shipped: str, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert old in shipped
    before = parse.parse(shipped, file="old")
    after = parse.parse(shipped.replace(old, new, 1), file="new")
    return changes.changed_articles(before, after), changes.changed_entrenched(before, after)


@pytest.mark.parametrize(
    ("old", "new", "articles", "entrenched"),
    [
        ("# The charter of", "\n\n# The charter of", (), ()),
        ("shared equally, by head.", "shared by need.", ("33",), ()),
        ('distribution = "equal_per_head"', 'distribution = "by_hours"', ("33",), ()),
        ("No body decides on a member's body", "The board decides on a member's body", ("39",), ("39",)),
        ('refounding_share = "1/5"', 'refounding_share = "1"', ("45",), ("45",)),
        ('acts = ["work_assigned"]', "acts = []", ("37",), ("37",)),
        ('\nby = ["union"]', '\nby = ["board"]', ("32",), ("32",)),
        ('owner = "union"', 'owner = "board"', ("25",), ("25",)),
        ('way = "houses"\nmovers = ["committees-house", "unions-house", "councils-conference", "board"]\n'
         'decided_by = ["committees-house", "unions-house"]\neffect = "plan"',
         'way = "seats"\nmovers = ["board"]\ndecided_by = ["board"]\neffect = "plan"', ("27",), ("27",)),
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


def test_an_article_no_longer_entrenched_is_a_change_of_it(shipped: str) -> None:
    start = shipped.index("[article.45]")
    text = shipped[:start] + shipped[start:].replace("entrenched = true", "entrenched = false", 1)

    assert changes.changed_entrenched(parse.parse(shipped, file="old"), parse.parse(text, file="new")) == ("45",)
