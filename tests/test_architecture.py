"""The import contracts catch what they say they catch, and a verifier loads no solver."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "comitia"
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))

# contract, module that gets the fault, the import that breaks the contract
FAULTS = [
    ("A room imports only rooms below it", "charter/structure.py", "import comitia.federation.acts"),
    ("A room imports only rooms below it", "plan/economy.py", "import comitia.decide.verdict"),
    ("A room imports only rooms below it", "record/merkle.py", "import comitia.charter.structure"),
    ("A room imports only rooms below it", "stray.py", ""),
    ("Only web knows Django", "clerk/clerk.py", "import django.http"),
    ("The core knows no store, no network, no clock", "federation/rulebook.py", "import time"),
    ("The core knows no store, no network, no clock", "books/journal.py", "import sqlite3"),
    ("The core knows no store, no network, no clock", "watch/stray.py", "import subprocess"),
    ("Verification needs no solver", "plan/certificate.py", "import scipy.sparse"),
    ("Verification needs no solver", "federation/rulebook.py", "import highspy"),
    ("Only the clerk opens a store", "drill/stray.py", "import comitia.record.store_sqlite"),
    ("A counting rule stands alone", "decide/count/stv_scottish.py", "import comitia.decide.count.plurality"),
    ("One SQLite", "clerk/people.py", "import sqlite3"),
    ("No cycles", "books/first.py", "import comitia.books.second"),
]
# A module that a fault needs beside it.
BESIDE = {"books/first.py": ("books/second.py", "import comitia.books.first")}

LOADS = """
import sys
import {module}
heavy = ("scipy", "highspy", "numba", "django", "pyarrow")
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & set(heavy)))
"""


def broken_contracts(tree: Path) -> set[str]:
    """Return the names of the contracts that import-linter finds broken in a copy of the source."""
    linted = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
    )
    assert "Contracts:" in linted.stdout, linted.stdout + linted.stderr
    return {line.partition(" BROKEN")[0] for line in linted.stdout.splitlines() if " BROKEN" in line}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", tree)
    shutil.copytree(SOURCE, tree / "src" / "comitia", ignore=shutil.ignore_patterns("__pycache__"))
    return tree


def plant(copy: Path, path: str, text: str) -> None:
    module = copy / "src" / "comitia" / path
    before = module.read_text("utf-8") if module.exists() else ""
    module.write_text(f"{before}\n{text}\n", "utf-8")


def restore(copy: Path, path: str) -> None:
    module = copy / "src" / "comitia" / path
    if (SOURCE / path).exists():
        shutil.copy(SOURCE / path, module)
    else:
        module.unlink()


def test_the_source_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize(("contract", "path", "fault"), FAULTS, ids=[f"{path}: {fault}" for _, path, fault in FAULTS])
def test_a_seeded_fault_breaks_the_contract_that_names_it(copy: Path, contract: str, path: str, fault: str) -> None:
    planted = [(path, fault)] + ([BESIDE[path]] if path in BESIDE else [])
    for each, text in planted:
        plant(copy, each, text)

    try:
        assert contract in broken_contracts(copy)
    finally:
        for each, _ in planted:
            restore(copy, each)


@pytest.mark.parametrize("clock", ["datetime.datetime.now(datetime.UTC)", "time.time()"])
def test_a_clock_in_the_core_is_refused_by_the_style_check(clock: str) -> None:
    source = f"import {clock.partition('.')[0]}\n\nMOMENT = {clock}\n"
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", "src/comitia/federation/stray.py", "-"],
        cwd=ROOT,
        input=source,
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 1
    assert "TID251" in checked.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_the_init_of_a_room_holds_only_a_docstring(room: str) -> None:
    body = ast.parse((SOURCE / room / "__init__.py").read_text("utf-8")).body

    assert [type(node) for node in body] == [ast.Expr]
    assert isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def test_the_rooms_are_those_of_the_design() -> None:
    assert ROOMS == [
        "books",
        "charter",
        "clerk",
        "cli",
        "decide",
        "drill",
        "federation",
        "plan",
        "record",
        "watch",
        "web",
    ]


@pytest.mark.parametrize("module", ["comitia.record.mirror", "comitia.plan.certificate", "comitia.federation.rulebook"])
def test_a_verifier_loads_no_solver_and_no_django(module: str) -> None:
    if not (ROOT / "src" / f"{module.replace('.', '/')}.py").exists():
        pytest.skip(f"{module} is not there yet")

    loaded = subprocess.run([sys.executable, "-c", LOADS.format(module=module)], capture_output=True, text=True)

    assert (loaded.stdout.split(), loaded.stderr) == ([], "")
