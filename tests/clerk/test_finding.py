"""Search: words of what was written are found and nothing else; the index is what the record gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from small import seated
from typer.testing import CliRunner

from comitia.clerk import finding
from comitia.clerk.clerk import Clerk
from comitia.clerk.finding import Asked, Finder
from comitia.cli.main import _app
from comitia.federation import acts, standing

AT = "2026-09-01T08:00:00Z"


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    with Clerk.create(tmp_path / "home", "small.example/log", time=lambda: AT) as made:
        small = seated(vkey=made.vkey)
        made.submit_all(small.done, blobs=small.blobs)
        move(made, "m-1", "The road to the mill", "We repair it before the winter.\nPan más barato: él también.\n")
        move(made, "m-2", "Bread on Sundays", "The bakery opens; the road stays as it is.\n")
        yield made


def move(clerk: Clerk, motion: str, title: str, text: str) -> None:
    name = finding.blobs.hash_of(text.encode())
    delegate = standing.filled(clerk.federation.state, "committees-house", AT)[0].member
    act = acts.MotionMoved(
        at="", by=delegate, body="committees-house", motion=motion, matter="resolution", title=title, text=name
    )
    clerk.submit(act, blobs={name: text.encode()})


def found(clerk: Clerk, words: str, **narrowed: str) -> list[str]:
    with Finder(clerk.home.search) as finder:
        finder.catch_up(clerk)
        return [hit.title for hit in finder.find(Asked(words, **narrowed))[1]]


def test_words_are_found_in_titles_first_then_in_texts_without_accents_or_case(clerk: Clerk) -> None:
    assert found(clerk, "ROAD")[:2] == ["The road to the mill", "Bread on Sundays"]
    assert found(clerk, "mas barato el", kind="motion") == ["The road to the mill"]
    assert found(clerk, "winter road") == ["The road to the mill"]
    assert found(clerk, '"stays as it"') == ["Bread on Sundays"]
    assert found(clerk, '"it as stays"') == []
    assert found(clerk, "repa") == ["The road to the mill"]


def test_what_is_found_is_narrowed_by_kind_body_and_days(clerk: Clerk) -> None:
    assert found(clerk, "", kind="motion") == ["Bread on Sundays", "The road to the mill"]
    assert found(clerk, "", body="committees-house", kind="motion", until="2026-09-01") == []
    assert found(clerk, "", kind="motion", since="2026-09-01", until="2026-09-02") == [
        "Bread on Sundays", "The road to the mill",
    ]  # fmt: skip
    assert "Election: committee of Mill" in found(clerk, "mill", kind="election")
    assert all(title.startswith("Article ") for title in found(clerk, "recall", kind="article"))


def test_an_excerpt_marks_the_words_and_leads_to_the_page(clerk: Clerk) -> None:
    with Finder(clerk.home.search) as finder:
        finder.catch_up(clerk)
        total, (hit,) = finder.find(Asked("winter", kind="motion"))

    assert (total, hit.path, hit.body, hit.at) == (1, "/motions/m-1/", "committees-house", AT)
    assert f"before the {finding.BEGIN}winter{finding.END}." in hit.excerpt


def rows(path: Path) -> list[tuple[object, ...]]:
    with Finder(path) as finder:
        columns = "title, text, kind, body, at, act, path"
        return sorted(finder._db.execute(f"SELECT {columns} FROM entry").fetchall())


def test_an_index_that_grew_is_the_one_that_is_made_at_once(clerk: Clerk, tmp_path: Path) -> None:
    found(clerk, "")
    move(clerk, "m-3", "A third", "More.\n")
    with Finder(clerk.home.search) as finder:
        assert finder.catch_up(clerk) == 1
        assert finder.catch_up(clerk) == 0
    with Finder(tmp_path / "other.sqlite3") as finder:
        finder.catch_up(clerk)
    grown = rows(clerk.home.search)
    with Finder(clerk.home.search) as finder:
        finder.catch_up(clerk, anew=True)

    assert grown == rows(tmp_path / "other.sqlite3") == rows(clerk.home.search)


def test_what_was_said_is_found_until_it_is_set_aside_and_again_once_it_is_restored(
    clerk: Clerk, tmp_path: Path
) -> None:
    def say(words: str, text: str) -> None:
        name = finding.blobs.hash_of(text.encode())
        said = acts.WordsSaid(at="", by="m-0003", words=words, about="motion/m-1", text=name)
        clerk.submit(said, blobs={name: text.encode()})

    say("w", "The miller hoards flour.\n")
    say("x", "He hoards nothing.\n")
    assert sorted(found(clerk, "hoards")) == ["Said beside The road to the mill"] * 2
    board = standing.filled(clerk.federation.state, "board", AT)[0].member
    clerk.submit(acts.WordsSetAside(at="", by=board, body="board", words="w", reason="It accuses."))
    assert found(clerk, "flour") == []
    assert len(found(clerk, "hoards")) == 1
    with Finder(tmp_path / "other.sqlite3") as finder:
        finder.catch_up(clerk)
    assert rows(clerk.home.search) == rows(tmp_path / "other.sqlite3")
    clerk.federation.state.words["w"].outcome = "restored"
    with Finder(clerk.home.search) as finder:
        finder._fold(clerk, clerk.federation.state.words["w"])
        assert [hit.path for hit in finder.find(Asked("flour"))[1]] == ["/talk/words/w/"]


def test_the_command_says_what_it_found_and_exits_1_where_it_found_nothing(clerk: Clerk) -> None:
    from comitia.cli.find import find

    home = str(clerk.home.path)
    said = CliRunner().invoke(_app(find), ["winter", "--home", home, "--rebuild"])
    assert said.exit_code == 0
    assert "1 found\n\n2026-09-01  The road to the mill  (motion, act " in said.output
    assert "We repair it before the *winter*." in said.output
    assert CliRunner().invoke(_app(find), ["zzz", "--home", home]).exit_code == 1
    assert CliRunner().invoke(_app(find), ["x", "--home", home, "--kind", "no"]).exit_code == 2


@given(st.text(max_size=40))
def test_no_words_bring_the_index_to_another_answer_than_hits(words: str) -> None:
    with Finder(Path(":memory:")) as finder:
        finder._db.execute("INSERT INTO entry VALUES ('a road', 'it is long', 'motion', '', '', 0, '')")
        total, hits = finder.find(Asked(words))

    assert total == len(hits) <= 1
