"""A federation in a season under an adopted plan, with a delivery on its way; each test is served a copy of its own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from harvest import declared, drafted, sitter
from past import Hand, shifted

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment, standing

SignIn = Callable[[str], Any]


def written(home: Path) -> None:
    """Write the federation to a folder, so that its last act lies an hour behind the present."""
    small = declared()
    small.do(drafted(small, "d"))
    board = sitter(small, "board")
    text, plan = small.blob("We adopt it.\n"), small.state.drafts["d"].plan
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=board,
            body="board",
            motion="adopt",
            matter="plan",
            title="Adopt d",
            text=text,
            subject="d",
            figures=plan,
        )
    )
    small.wait(7)
    closes = moment.after(small.at, days=5)
    small.do(acts.DivisionOpened(at=small.at, by=board, motion="adopt", closes_at=closes))
    for house in ("committees-house", "unions-house"):
        for t in standing.filled(small.state, house, small.at):
            small.do(acts.VoteCast(at=small.at, by=t.member, body=house, motion="adopt", seat=t.seat, choice="for"))
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="adopt"))
    farmer, body = sitter(small, "committee/farm"), "committee/farm"
    small.do(acts.RunReported(at=small.at, by=farmer, body=body, season="s", activity="grow", runs="1"))
    small.do(
        acts.DeliverySent(
            at=small.at,
            by=farmer,
            body=body,
            delivery="d-1",
            season="s",
            product="wheat",
            sender="farm",
            to="workplace/mill",
            quantity="600",
        )
    )
    later = moment.parse(clock()) - moment.parse(small.at) - timedelta(hours=1)
    done = [shifted(act, later) for act in small.done]
    hand = Hand(done[-1].at)
    with Clerk.create(home, "small.example/log", time=hand) as clerk:
        done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
        clerk.submit_all(done, blobs=small.blobs)
        clerk.people.add_all([(m, f"Member {m[-2:]}", "") for m in small.state.members])


@pytest.fixture(scope="session")
def season_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that tests copy."""
    home = tmp_path_factory.mktemp("season") / "home"
    written(home)
    return home


@pytest.fixture
def clerk(pages: Path, season_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """The clerk of this test's own federation, whose pages Django serves."""
    from comitia.web import clerkroom

    home = tmp_path / "home"
    shutil.copytree(season_folder, home)
    with Clerk.open(home) as own:
        monkeypatch.setattr(clerkroom, "_opened", lambda: own)
        yield own


@pytest.fixture
def enter(clerk: Clerk, sign_in: SignIn) -> SignIn:
    """Return a function that signs in whoever sits first in a body."""

    def entered(body: str) -> Any:
        return sign_in(holder(clerk, body))

    return entered


def holder(clerk: Clerk, body: str) -> str:
    """Return one who sits in a body."""
    return standing.filled(clerk.federation.state, body, clerk.now())[0].member


def seen(browser: Any, path: str) -> str:
    """Return the words of a page that must be there."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return " ".join(str(answer.content.decode()).split())


def done(clerk: Clerk, word: str) -> acts.AnyAct:
    """Return the last act, which must be of this word."""
    act = acts.decode(clerk.leaf(clerk.federation.state.size - 1))
    assert acts.word(act) == word
    return act
