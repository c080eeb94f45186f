"""The unit files that docs/how-to/run-a-server.md installs: systemd accepts them, and finds little exposed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "deploy"
PROGRAM = "/srv/comitia/.venv/bin/python"
UNITS = ("comitia.service", "comitia-backup.service", "comitia-backup.timer")


def analysed(*words: str) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze, or skip where it is not installed."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here: apt-get install systemd runs this test")
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


def test_systemd_accepts_every_unit(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # The clone that the unit starts is not on this machine.
        (tmp_path / name).write_text(text.replace(PROGRAM, sys.executable), encoding="utf-8")

    found = analysed("verify", *(str(tmp_path / name) for name in UNITS))
    assert [line for line in found.stderr.splitlines() if "comitia" in line] == []


def test_the_server_is_exposed_to_little_by_systemds_own_measure() -> None:
    found = analysed("security", "--offline=true", "--threshold=20", str(DEPLOY / "comitia.service"))

    assert found.returncode == 0, found.stdout


def test_a_slip_in_a_unit_is_noticed(tmp_path: Path) -> None:
    text = (DEPLOY / "comitia-backup.timer").read_text(encoding="utf-8")
    (tmp_path / "slip.timer").write_text(text.replace("OnCalendar", "OnCalender"), encoding="utf-8")

    found = analysed("verify", str(tmp_path / "slip.timer"))
    assert "OnCalender" in found.stderr
