import tomllib

import lived
import pytest
from small import Small

from comitia.charter import parse
from comitia.watch import practised
from comitia.watch.practised import Inference
from comitia.watch.view import View


def text_of(small: Small) -> str:
    return small.blobs[small.state.charter_hash].decode()


@pytest.fixture(scope="module")
def twice() -> Small:
    return lived.twice_put_up().small


def test_what_was_put_up_alone_twice_counts_as_appointed_and_once_for_nothing(twice: Small) -> None:
    view = lived.view(twice)
    found = practised.infer(view, text_of(twice))

    assert [(i.kind, i.what, i.otherwise, i.posts, i.once, i.by, i.stands) for i in found] == [
        ("district-conference", "appointed", 2, 2, 0, "district-secretary", True),
        ("provincial-conference", "appointed", 1, 1, 0, "provincial-secretary", True),
        ("provincial-secretary", "term", 1, 1, 0, "", True),
        ("district-secretary", "term", 1, 1, 0, "", True),
        ("congress", "appointed", 1, 1, 0, "provincial-secretary", True),
        ("central-committee", "appointed", 0, 0, 3, "politburo", False),
    ]
    assert found[0].sentence(view) == (
        "2 of 2 posts of district conferences filled twice count as appointed: in their last two fillings those whom "
        "district secretaries appointed or put up stood alone."
    )
    assert found[2].sentence(view) == (
        "The 1 posts of provincial secretaries filled twice were filled 340 days apart in the middle, for a term of "
        "240 days."
    )
    assert found[5].sentence(view) == (
        "No post of the central committee was filled twice; 3 were filled so once, and count for nothing yet."
    )


def test_the_practised_charter_is_a_charter_with_the_inference_above_each_line(twice: Small) -> None:
    view, text = lived.view(twice), text_of(twice)
    found = practised.infer(view, text)
    made = practised.charter_text(view, text, found)
    charter = parse.parse(made, file="practised")

    congress, written = charter.kinds["congress"], view.rules.kinds["congress"]
    assert (congress.form, congress.appointed_by, written.form) == ("appointed", ("provincial-secretary",), "elected")
    assert charter.kinds["provincial-secretary"].term_days == 340
    assert charter.kinds["central-committee"] != congress
    line = next(i for i in found if i.kind == "congress")
    rows = made.split("\n")
    place = rows.index(f'# PRACTISED (written, line {line.line}: form = "elected").')
    assert rows[place + 1 : place + 5] == [
        f"# Inferred: {line.sentence(view)}",
        f"# From acts {', '.join(map(str, line.acts))}. Contest it by these acts; article 5 answers it.",
        'form = "appointed"  # written: form = "elected"',
        'appointed_by = ["provincial-secretary"]',
    ]
    assert text.split("\n")[line.line - 1] == 'form = "elected"'


def test_all_that_is_not_practised_otherwise_stands_as_written(twice: Small) -> None:
    view, text = lived.view(twice), text_of(twice)
    found = practised.infer(view, text)
    before, after = tomllib.loads(text), tomllib.loads(practised.charter_text(view, text, found))
    for kind in {i.kind for i in found if i.stands}:
        before["kind"].pop(kind)
        after["kind"].pop(kind)

    assert before == after


def test_a_federation_that_keeps_its_charter_practises_it(free: Small) -> None:
    view, text = lived.view(free), text_of(free)
    found = practised.infer(view, text)

    assert found == ()
    assert tomllib.loads(practised.charter_text(view, text, found)) == tomllib.loads(text)


def test_a_charter_in_which_nobody_may_appoint_is_given_the_permission() -> None:
    small = lived.free()
    view, text = lived.view(small), text_of(small)
    one = Inference(
        "board", "appointed", 7, 7, 0, "secretary", 0, (1, 2), parse.parse(text, file="c").kinds["board"].line + 3,
        'form = "elected"', "", ("14",), True,
    )  # fmt: skip
    line = next(n for n, row in enumerate(text.split("\n"), 1) if n > one.line - 4 and row.startswith("form ="))
    placed = Inference(**{**{f: getattr(one, f) for f in Inference.__slots__}, "line": line})
    charter = parse.parse(practised.charter_text(view, text, (placed,)), file="p")

    assert charter.permissions["seat_appointed"].by == ("secretary",)
    assert charter.kinds["board"].appointed_by == ("secretary",)


def test_at_any_earlier_moment_the_record_shows_less(twice: Small) -> None:
    ledger = lived.view(twice).ledger
    found = practised.infer(View(ledger, twice.done[110].at), text_of(twice))

    assert {(i.kind, i.once, i.stands) for i in found} == {
        ("district-conference", 2, False), ("provincial-conference", 1, False), ("congress", 1, False)
    }  # fmt: skip
