"""Backups of a federation at work, and what is set up again from them."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small import founded

from comitia.clerk import backup
from comitia.clerk.backup import NotRestored
from comitia.clerk.clerk import Clerk
from comitia.clerk.home import Home
from comitia.clerk.verification import verify
from comitia.federation import acts, moment
from comitia.record.mirror import NotWritten
from comitia.record.store_faults import StoreTorn

START = "2026-01-05T08:00:00Z"


def opened(home: Path, at: str = START) -> Clerk:
    """Return a clerk with a founded federation of 24 members, and a name."""
    clerk = Clerk.create(home, "small.example/log", time=lambda: at)
    small = founded(vkey=clerk.vkey)
    clerk.submit_all(small.done, blobs=small.blobs)
    clerk.people.add("m-0001", "Ada Lovelace", "ada@mill.example")
    return clerk


def form_currents(clerk: Clerk, number: int) -> None:
    """Record as many acts."""
    three = ("m-0001", "m-0002", "m-0003")
    first = clerk.federation.state.size
    clerk.submit_all(
        [
            acts.CurrentFormed(at=START, by="m-0001", current=f"c-{first + n}", name="C", members=three)
            for n in range(number)
        ]
    )


def with_votes(home: Path) -> tuple[Clerk, str]:
    """Return a clerk with an open election in which two have voted, and its name."""
    clerk = opened(home)
    nominations = moment.after(START, days=7)
    clerk.submit(
        acts.ElectionOpened(
            at=START,
            by="m-0003",
            body="committee/mill",
            election="e",
            constituency="assembly/mill",
            vacant_only=False,
            nominations_until=nominations,
            closes_at=moment.after(nominations, days=7),
            lot=clerk.lot("e"),
        )
    )
    for candidate in ("m-0003", "m-0006"):
        clerk.submit(acts.CandidateNominated(at=START, by=candidate, election="e", candidate=candidate))
    clerk.close()
    clerk = Clerk.open(home, time=lambda: nominations)
    for member, choice in (("m-0003", ["m-0003", "m-0006"]), ("m-0006", ["m-0006"])):
        clerk.vote(acts.VoteTaken(at=nominations, by=member, ballot="e", member=member), choice)
    return clerk, "e"


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_restored_is_what_was_backed_up_while_it_was_at_work(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        form_currents(clerk, 1500)
        copied = backup.back_up(clerk.home, tmp_path / "backup")
        assert (copied.size, copied.root, copied.open_ballots) == (clerk.federation.state.size, clerk.root(), {})
        vkey = clerk.vkey
    assert backup.restore(tmp_path / "backup", Home(tmp_path / "again")) == copied
    with Clerk.open(tmp_path / "again", time=lambda: START) as again:
        assert (again.root(), again.vkey, again.people.name("m-0001")) == (copied.root, vkey, "Ada Lovelace")
        form_currents(again, 1)
        again.export(tmp_path / "export")
    assert verify(tmp_path / "export", key=vkey).size == copied.size + 1


def test_no_other_account_reads_a_backup_or_what_is_restored(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        backup.back_up(clerk.home, tmp_path / "backup")
    backup.restore(tmp_path / "backup", Home(tmp_path / "again"))
    for folder in ("backup", "again"):
        assert (tmp_path / folder).stat().st_mode & 0o077 == 0


def test_a_changed_a_missing_and_an_extra_file_of_a_backup_are_named(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        backup.back_up(clerk.home, tmp_path / "backup")
    for path in sorted(p for p in (tmp_path / "backup").rglob("*") if p.is_file()):
        whole = path.read_bytes()
        place = random.Random(path.name).randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NotRestored, match="nothing was restored"):
            backup.restore(tmp_path / "backup", Home(tmp_path / "again"))
        path.unlink()
        with pytest.raises(NotRestored, match=path.name):
            backup.restore(tmp_path / "backup", Home(tmp_path / "again"))
        path.write_bytes(whole)
    (tmp_path / "backup" / "letter.txt").write_text("hello")
    with pytest.raises(NotRestored, match=r"letter\.txt: the file is extra"):
        backup.restore(tmp_path / "backup", Home(tmp_path / "again"))
    assert not (tmp_path / "again").exists()


def test_a_record_whose_acts_were_changed_gives_no_backup(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        form_currents(clerk, 3)
    path = tmp_path / "home" / "record.sqlite3"
    assert path.read_bytes().count(b'"name":"C"') >= 3
    path.write_bytes(path.read_bytes().replace(b'"name":"C"', b'"name":"D"'))
    with pytest.raises(StoreTorn, match="not those of its last signed checkpoint"):
        backup.back_up(Home(tmp_path / "home"), tmp_path / "backup")
    assert not list(tmp_path.glob("backup*"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        backup.back_up(clerk.home, tmp_path / "backup")
        with pytest.raises(NotWritten, match="it exists already"):
            backup.back_up(clerk.home, tmp_path / "backup")
        (tmp_path / "new.partial").mkdir()
        with pytest.raises(NotWritten, match=r"new\.partial lies there from a broken backup"):
            backup.back_up(clerk.home, tmp_path / "new")
    with pytest.raises(NotRestored, match="it exists already; restore into a new folder"):
        backup.restore(tmp_path / "backup", Home(tmp_path / "home"))
    with pytest.raises(NotRestored, match="this is no backup"):
        backup.restore(tmp_path, Home(tmp_path / "again"))


def test_choices_of_an_open_ballot_are_in_no_backup_unless_they_are_asked_for(tmp_path: Path) -> None:
    clerk, ballot = with_votes(tmp_path / "home")
    waiting = [b'["m-0003","m-0006"]', b'["m-0006"]']
    with clerk:
        assert clerk.waiting(ballot) == waiting
        assert backup.back_up(clerk.home, tmp_path / "without").open_ballots == {"e": 2}
        assert backup.back_up(clerk.home, tmp_path / "with", with_choices=True).open_ballots == {}
    assert not any(waiting[0] in body for body in everything(tmp_path / "without").values())

    assert backup.restore(tmp_path / "without", Home(tmp_path / "lacking")).open_ballots == {"e": 2}
    assert backup.restore(tmp_path / "with", Home(tmp_path / "whole")).open_ballots == {}
    with Clerk.open(tmp_path / "whole", time=lambda: moment.after(START, days=30)) as again:
        again.publish(ballot)
        assert again.blob(again.federation.state.ballots[ballot].published) == b"\n".join(waiting) + b"\n"


def test_acts_that_came_after_the_backup_are_taken_from_a_mirror(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        backup.back_up(clerk.home, tmp_path / "backup")
        form_currents(clerk, 1200)
        clerk.export(tmp_path / "mirror")
        root, size = clerk.root(), clerk.federation.state.size
    restored = backup.restore(tmp_path / "backup", Home(tmp_path / "again"), newer=tmp_path / "mirror")
    assert (restored.root, restored.size) == (root, size)

    # A record that went on otherwise after the backup is another history: the mirror's acts do not follow it.
    backup.restore(tmp_path / "backup", Home(tmp_path / "other"))
    with Clerk.open(tmp_path / "other", time=lambda: START) as fork:
        form_currents(fork, 2000)
        backup.back_up(fork.home, tmp_path / "fork")
    with pytest.raises(NotRestored, match="the mirror does not continue the backup's 2"):
        backup.restore(tmp_path / "fork", Home(tmp_path / "never"), newer=tmp_path / "mirror")
    (tmp_path / "mirror" / "checkpoint").write_bytes(b"torn")
    with pytest.raises(NotRestored, match="the mirror does not hold"):
        backup.restore(tmp_path / "backup", Home(tmp_path / "never"), newer=tmp_path / "mirror")
    assert not list(tmp_path.glob("never*"))


def test_a_backup_killed_at_any_moment_leaves_the_home_whole_and_no_half_backup(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        form_currents(clerk, 3000)
        size, root = clerk.federation.state.size, clerk.root()
    command = [sys.executable, "-m", "comitia", "backup", "--home", str(tmp_path / "home")]
    killed = 0
    for number in (0, 2, 4):
        out = tmp_path / f"backup-{number}"
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Killed once as many files lie in the unfinished copy.
        while process.poll() is None and len(everything_in(out)) < number:
            pass
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if not out.exists():
            killed += 1
            continue
        assert backup.restore(out, Home(tmp_path / f"again-{number}")).root == root
    assert killed
    assert backup.back_up(Home(tmp_path / "home"), tmp_path / "last").size == size
    assert backup.restore(tmp_path / "last", Home(tmp_path / "last-again")).root == root


def everything_in(out: Path) -> list[Path]:
    """Return what lies in a backup that is being written."""
    return list(out.with_name(out.name + ".partial").rglob("*"))


def test_the_command_line_says_what_was_copied_and_what_lacks(tmp_path: Path) -> None:
    clerk, _ = with_votes(tmp_path / "home")
    clerk.close()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "comitia", *words], capture_output=True, text=True, check=False)

    made = run("backup", str(tmp_path / "copy"), "--home", str(tmp_path / "home"))
    assert (made.returncode, made.stderr) == (0, "")
    assert "not in it: 2 choices that wait in the open ballot e (see --with-choices)" in made.stdout
    again = run("restore", str(tmp_path / "copy"), "--home", str(tmp_path / "again"))
    assert (again.returncode, again.stderr) == (0, "")
    assert "ballot e lacks 2 choices of members who voted: it has to be held again" in again.stdout
    twice = run("restore", str(tmp_path / "copy"), "--home", str(tmp_path / "again"))
    assert (twice.returncode, twice.stderr.count("\n")) == (1, 1)
