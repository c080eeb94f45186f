"""Play the history under both charters: say what passed and what was refused, and write the records.

    python build.py [--write FOLDER]

Each record is an export, signed with a key that everybody can make (32 zero bytes): it proves nothing but its own sums.
"""

import argparse
from pathlib import Path

import history
from playing import Playing

from comitia.federation import acts
from comitia.record import checkpoint, merkle, note, tiles

PARTS = ("economy",)
KEY = note.SigningKey("history.example/log", bytes(32))
VKEY = note.format_vkey(note.verifier_key(KEY))


def write(played: Playing, folder: Path) -> None:
    """Write what was played as an exported record."""
    leaves = [acts.encode(act) for act in played.done]
    head = checkpoint.Checkpoint(KEY.name, len(leaves), merkle.tree_of(leaves).root_hash())
    for path, body in tiles.files(leaves, checkpoint.sign(head, KEY), played.blobs):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)


def say(part: str, played: Playing) -> None:
    """Print what became of each act."""
    print(f"\n{part.upper()} under {played.charter.name}: {len(played.done)} acts")
    for outcome in played.outcomes:
        entry = outcome.entry
        said = "passes" if outcome.passed else f"REFUSED, article {', '.join(outcome.articles)}"
        print(f"  {entry.date:<10} {entry.id:<4} {said}: {entry.what}")
        if not outcome.passed:
            print(*(f"      article {a.article}: {a.reason}" for a in outcome.attempts), sep="\n")


def main() -> None:
    """Play, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="write the records of the statutes to this folder")
    folder = parser.parse_args().write
    for part in PARTS:
        told = history.read(part)
        for charter in (told.statutes, told.joint):
            played = Playing(told, charter, vkey=VKEY).play()
            say(part, played)
            if folder is not None and charter is told.statutes:
                write(played, folder / part)


if __name__ == "__main__":
    main()
