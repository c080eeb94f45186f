"""``comitia talk``: said, answered, folded, refused, as it is typed."""

import json
from pathlib import Path

import pytest
from small import seated
from typer.testing import CliRunner

from comitia.clerk.clerk import Clerk
from comitia.cli.main import _app
from comitia.cli.talk import talk
from comitia.federation import acts, standing
from comitia.federation.refusal import Refused


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A federation with the motion ``m`` of the mill's assembly."""
    with Clerk.create(tmp_path / "home", "small.example/log") as clerk:
        small = seated(vkey=clerk.vkey)
        text = small.blob("We repair the road.\n")
        small.do(acts.MotionMoved(at=small.at, by="m-0003", body="assembly/mill", motion="m",
                                  matter="resolution-assembly", title="The road", text=text))  # fmt: skip
        clerk.submit_all(small.done, blobs=small.blobs)
    return tmp_path / "home"


def run(*words: str) -> str:
    said = CliRunner().invoke(_app(talk), list(words), catch_exceptions=False)
    assert said.exit_code == 0, said.output
    return said.output


def test_words_are_said_answered_and_read(home: Path) -> None:
    at = ["--home", str(home)]
    assert run("motion/m", *at) == "Nobody has spoken here yet.\n"
    said = json.loads(run("motion/m", "--say", "Mud everywhere.", "--by", "m-0003", "--json", *at))
    run("motion/m", "--say", "Since October.", "--by", "m-0006", "--answers", said["words"], *at)
    first, second = json.loads(run("motion/m", "--json", *at))

    assert (first["by"], first["text"], first["answers"]) == ("m-0003", "Mud everywhere.", "")
    assert (second["by"], second["text"], second["answers"]) == ("m-0006", "Since October.", said["words"])
    assert f"m-0006  {second['words']}, to {said['words']}\n  Since October.\n" in run("motion/m", *at)
    assert run(*at) == "   2  motion/m\n"


def test_words_set_aside_stay_folded_until_they_are_unfolded(home: Path) -> None:
    at = ["--home", str(home)]
    words = json.loads(run("motion/m", "--say", "The miller steals.", "--by", "m-0003", "--json", *at))["words"]
    with Clerk.open(home) as clerk:
        board = standing.filled(clerk.federation.state, "board", clerk.now())[0].member
        clerk.submit(acts.WordsSetAside(at="", by=board, body="board", words=words, reason="It accuses a person."))

    assert "steals" not in run("motion/m", *at)
    assert "set aside by board: It accuses a person. (--unfold shows it)" in run("motion/m", *at)
    assert "The miller steals." in run("motion/m", "--unfold", *at)


def test_wrong_use_and_what_the_rule_book_refuses_are_said(home: Path) -> None:
    at = ["--home", str(home)]
    assert CliRunner().invoke(_app(talk), ["motion/m", "--say", "x", *at]).exit_code == 2
    with pytest.raises(Refused, match="is nothing that is talked about"):
        run("weather", "--say", "Rain.", "--by", "m-0003", *at)
