"""The peer of ``sealed_ballot.py``: a ranked election of the same size, verified by Belenios (``belenios-tool``).

Three trustees, a mixnet of two shuffles, every ballot a ranking of the same four names; what is timed is
``belenios-tool election verify`` on the finished election. Made as Belenios' own demonstration makes one.
"""

import json
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

TOOL = "belenios-tool"
GROUP = "RFC-3526-2048"
NAMES = ("bread", "roses", "tools", "coal")


def is_here() -> bool:
    """Return whether the tool is installed (``apt-get install belenios-tool``)."""
    return shutil.which(TOOL) is not None


def seconds(voters: int, chance: random.Random, say: Callable[[int], object]) -> float:
    """Return the processor time in which Belenios verifies such an election.

    Args:
        voters: how many cast a ballot.
        chance: what the rankings are drawn from.
        say: called with the number of ballots cast so far.

    Raises:
        subprocess.CalledProcessError: the tool fails at a step.
    """
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        _made(where, voters, chance, say)
        before = os.times()
        _tool(where, "election", "verify")
        after = os.times()
        return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def _made(where: Path, voters: int, chance: random.Random, say: Callable[[int], object]) -> None:
    """Hold an election from its keys to its result."""
    uuid = _tool(where, "setup", "generate-token").decode().strip()
    parameters = ("--uuid", uuid, "--group", GROUP)
    _tool(where, "setup", "generate-credentials", *parameters, "--count", str(voters))
    next(where.glob("*.pubcreds")).rename(where / "public_creds.json")
    credentials = [line.split()[-1] for line in next(where.glob("*.privcreds")).read_text().splitlines()]
    for _ in range(3):
        _tool(where, "setup", "generate-trustee-key", "--group", GROUP)
    (where / "public_keys.jsons").write_text("".join(path.read_text() for path in sorted(where.glob("*.pubkey"))))
    _tool(where, "setup", "make-trustees")
    question = {"type": "NonHomomorphic", "value": {"answers": NAMES, "question": "In which order?"}}
    template = {"description": "", "name": "ranked", "questions": [question]}
    (where / "template.json").write_text(json.dumps(template))
    _tool(where, "setup", "make-election", *parameters, "--template", "template.json")
    _tool(where, "archive", "init")
    for name in ("election.json", "trustees.json", "public_creds.json"):
        (where / name).unlink()
    for cast, credential in enumerate(credentials):
        (where / "credential").write_text(credential + "\n")
        (where / "choice").write_text(json.dumps([chance.sample(range(1, 5), 4)]))
        made = _tool(where, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choice")
        _add(where, "Ballot", made)
        say(cast + 1)
    _add(where, "EndBallots", b"")
    _add(where, "EncryptedTally", _tool(where, "election", "compute-encrypted-tally"))
    for trustee in ("1", "2"):
        _add(where, "Shuffle", _tool(where, "election", "shuffle", "--trustee-id", trustee))
    _add(where, "EndShuffles", b"")
    for trustee, key in enumerate(sorted(where.glob("*.privkey")), start=1):
        part = _tool(where, "election", "decrypt", "--privkey", key.name, "--trustee-id", str(trustee))
        _add(where, "PartialDecryption", part)
    _add(where, "Result", _tool(where, "election", "compute-result"))


def _add(where: Path, kind: str, body: bytes) -> None:
    _tool(where, "archive", "add-event", f"--type={kind}", given=body)


def _tool(where: Path, *words: str, given: bytes = b"") -> bytes:
    environment = {**os.environ, "BELENIOS_USE_URANDOM": "1"}
    done = subprocess.run([TOOL, *words], cwd=where, input=given, capture_output=True, check=True, env=environment)
    return done.stdout
