"""Transcripts of the command line: what is typed after ``$``, then what members see, to the letter.

A line ``> FILE`` ... ``<`` writes a file. Hashes, keys and moments, which differ each time, are shown as <hash>,
<key>, <moment>. ``# exit N``
follows a command that ends with another code than 0. Run with COMITIA_TRANSCRIPTS=write to write what is seen now.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WRITE = os.environ.get("COMITIA_TRANSCRIPTS") == "write"
HIDDEN = (
    (re.compile(r"[\w./-]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}"), "<key>"),
    (re.compile(r"\b[0-9a-f]{32,64}\b"), "<hash>"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "<moment>"),
)


def seen(command: str, folder: Path) -> str:
    """Return what a command prints, both streams, with what differs each time hidden."""
    words = shlex.split(command)
    if words[0] == "comitia":
        words = [sys.executable, "-m", "comitia", *words[1:]]
        done = subprocess.run(words, capture_output=True, text=True, cwd=folder, check=False)
    else:
        done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=folder, check=False)
    text = done.stdout + done.stderr
    for pattern, name in HIDDEN:
        text = pattern.sub(name, text)
    if done.returncode:
        text += f"# exit {done.returncode}\n"
    return text.replace(str(folder), ".")


def played(transcript: str, folder: Path) -> str:
    """Return the transcript as it is seen now."""
    out: list[str] = []
    lines = iter(transcript.splitlines())
    for line in lines:
        if line.startswith("> "):
            body = []
            for inner in lines:
                if inner == "<":
                    break
                body.append(inner)
            (folder / line[2:]).write_text("\n".join(body) + "\n")
            out += [line, *body, "<"]
        elif line.startswith("$ "):
            # Empty lines are the transcript's own; those that a command prints are left out.
            out += [line, *(said for said in seen(line[2:], folder).splitlines() if said.strip())]
        elif line.startswith("; ") or not line:
            out.append(line)
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda p: p.stem)
def test_members_see_what_the_transcript_says(path: Path, tmp_path: Path) -> None:
    now = played(path.read_text(), tmp_path)
    if WRITE:
        path.write_text(now)

    assert now == path.read_text()
