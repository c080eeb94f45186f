"""A transcript of talking: what is said, set aside, appealed and restored; a refusal stands below its step.

The federation is that of ``tests/federation/authority.py``, with the motion ``m``. COMITIA_TRANSCRIPTS=write writes
what is seen now.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import authority
from authority import MILL, MILLED, Small
from harvest import sitter

from comitia.federation import acts, standing, talking
from comitia.federation.refusal import Refused

HERE = Path(__file__).parent / "talking" / "set_aside.txt"


def says(small: Small, by: str, words: str, text: str) -> None:
    """Speak beside the motion."""
    small.do(acts.WordsSaid(at=small.at, by=by, words=words, about="motion/m", text=small.blob(text)))


def answers(small: Small, by: str, answered: str, words: str, text: str) -> None:
    """Answer words."""
    blob = small.blob(text)
    small.do(acts.WordsSaid(at=small.at, by=by, words=words, about="motion/m", text=blob, answers=answered))


def sets_aside(small: Small, body: str, words: str, reason: str) -> None:
    """Fold words."""
    small.do(acts.WordsSetAside(at=small.at, by=sitter(small, body), body=body, words=words, reason=reason))


def appeals(small: Small, by: str, words: str, reason: str) -> None:
    """Appeal for one's own words."""
    small.do(acts.SettingAsideAppealed(at=small.at, by=by, words=words, reason=reason))


def votes(small: Small, place: str, restore: str, words: str, reason: str) -> None:
    """Vote with the first, second, ... seat of the conference."""
    body = "councils-conference"
    term = standing.filled(small.state, body, small.at)[int(place) - 1]
    small.do(
        acts.AppealVoted(
            at=small.at, by=term.member, body=body, words=words, seat=term.seat, restore=restore == "for",
            reason=reason,
        )
    )  # fmt: skip


def thread(small: Small) -> str:
    """Say how each of the words in the thread stands."""
    lines = []
    for of in talking.thread(small.state, "motion/m"):
        text = small.state.blobs[of.text].decode()
        lines.append(f"{of.id}{f', to {of.answers}' if of.answers else ''}, {of.by}: {text}")
        if of.aside >= 0:
            folded = "folded" if talking.is_folded(of) else "unfolded"
            lines.append(f"  {folded}; set aside by {of.aside_by}: {of.aside_reason} Appeal: {of.outcome or 'none'}")
    return "\n".join(lines)


STEPS: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (r"(m-\d+) says (\w+): (.+)", says),
    (r"(m-\d+) answers (\w+) with (\w+): (.+)", answers),
    (r"([a-z-]+) sets (\w+) aside: (.+)", sets_aside),
    (r"(m-\d+) appeals for (\w+): (.+)", appeals),
    (r"seat (\d) votes (for|against) (\w+): (.+)", votes),
    (r"what is in the thread\?", thread),
)


def lived(small: Small, step: str) -> list[str]:
    """Do a step and return what is answered."""
    for pattern, does in STEPS:
        if found := re.fullmatch(pattern, step):
            try:
                seen = does(small, *found.groups())
            except Refused as refusal:
                seen = f"refused under article {refusal.article}: {refusal.reason}"
            return [f"  {line}" for line in (seen or "").splitlines()]
    raise AssertionError(f"no step is written {step!r}")


def test_words_are_set_aside_and_restored_as_the_transcript_says() -> None:
    small, _ = authority.with_motion("resolution-committee", MILL, **MILLED)
    written = HERE.read_text(encoding="utf-8")
    seen: list[str] = []
    for line in written.splitlines():
        if line.startswith("> "):
            seen += [line, *lived(small, line[2:])]
        elif not line.startswith("  "):
            seen.append(line)
    text = "\n".join(seen) + "\n"
    if os.environ.get("COMITIA_TRANSCRIPTS") == "write":
        HERE.write_text(text, encoding="utf-8")
    assert text == HERE.read_text(encoding="utf-8")
