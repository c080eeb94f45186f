"""A clone: what ``./comitia`` does on a first and a second start, and what committed files may not hold.

The starts run in a copied tree whose ``.venv`` holds a small shell script in place of Python, so nothing is fetched.
"""

import dataclasses
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comitia.cli import check, main

ROOT = Path(__file__).parents[1]
OUTSIDE = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", "build"}
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry" + ".npmjs", "npmjs" + ".com")
MACHINE_PATHS = re.compile(r"/(?:work/(?:main|shared|\.library)|root/|opt/[a-z])")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")

# Stands in for .venv/bin/python: writes down each call, takes a moment over an installation, fails when told to.
STAND_IN = """#!/bin/sh
echo "$@" >> "{calls}"
case "$*" in
  *"pip config"*) ;;
  *install*) sleep 0.2; {then} ;;
  *) echo "started: $*" ;;
esac
"""


def committed_files() -> list[Path]:
    """Return every text file of the tree that is not made by a tool."""
    kept = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in OUTSIDE and not name.endswith(".egg-info")]
        # In a worktree of git's, .git is a file.
        kept += [Path(folder) / name for name in names if not name.endswith((".pyc", ".png", ".gz", ".woff2", ".git"))]
    return sorted(kept)


def clone(tmp_path: Path, then: str = ":") -> Path:
    """Copy the script and the requirement files beside a stand-in for the interpreter."""
    tree = tmp_path / "clone"
    for folder in ("src", ".venv/bin", ".venv/lib/python3.11/site-packages"):
        (tree / folder).mkdir(parents=True)
    shutil.copy(ROOT / "comitia", tree)
    shutil.copytree(ROOT / "requirements", tree / "requirements")
    for name in ("python", "pip"):
        stand_in = tree / ".venv" / "bin" / name
        stand_in.write_text(STAND_IN.format(calls=tmp_path / "calls", then=then), "utf-8")
        stand_in.chmod(0o755)
    return tree


def start(tree: Path, *words: str, cwd: Path | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(tree / "comitia"), *words],
        cwd=cwd or tree,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def calls(tree: Path) -> list[str]:
    return (tree.parent / "calls").read_text("utf-8").splitlines()


def installations(tree: Path) -> list[str]:
    """Return the names of the requirement files that were installed, in order."""
    return [call.rpartition("/")[2] for call in calls(tree) if "install" in call]


def test_a_first_start_installs_by_hash_and_runs_the_command(tmp_path: Path) -> None:
    tree = clone(tmp_path)

    out, _ = start(tree, "demo", "--no-serve", cwd=tmp_path).communicate()

    assert out == "started: -P -m comitia demo --no-serve\n"
    assert installations(tree) == ["uv.txt", "run.txt"]
    assert all("--require-hashes" in call for call in calls(tree) if "install" in call)
    path_file = tree / ".venv/lib/python3.11/site-packages/comitia-clone.pth"
    assert (path_file.parent / path_file.read_text("utf-8").strip()).resolve() == tree / "src"


def test_a_second_start_installs_nothing_and_says_nothing(tmp_path: Path) -> None:
    tree = clone(tmp_path)
    start(tree, "demo").communicate()
    before = calls(tree)

    out, err = start(tree, "verify", "record").communicate()

    assert (out, err) == ("started: -P -m comitia verify record\n", "")
    assert calls(tree) == [*before, "-P -m comitia verify record"]


def test_a_second_start_adds_less_than_50_ms(tmp_path: Path) -> None:
    tree = clone(tmp_path)
    start(tree, "demo").communicate()

    def seconds(command: list[str]) -> float:
        # Processor time, not the clock: the tests share their processors with others.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=tree, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    bare = min(seconds([sys.executable, "-c", "pass"]) for _ in range(7))
    whole = min(seconds([sys.executable, "comitia", "demo"]) for _ in range(7))

    assert whole - bare < 0.050


def test_changed_requirements_are_installed_at_the_next_start(tmp_path: Path) -> None:
    tree = clone(tmp_path)
    start(tree, "demo").communicate()
    with (tree / "requirements" / "run.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    start(tree, "demo").communicate()

    assert installations(tree) == ["uv.txt", "run.txt", "uv.txt", "run.txt"]


def test_check_installs_its_own_packages_and_other_commands_do_not(tmp_path: Path) -> None:
    tree = clone(tmp_path)

    start(tree, "check").communicate()
    start(tree, "demo").communicate()

    assert installations(tree) == ["uv.txt", "check.txt"]


def test_two_first_starts_at_once_install_once(tmp_path: Path) -> None:
    tree = clone(tmp_path)

    ends = [process.communicate() for process in [start(tree, "one"), start(tree, "two")]]

    assert [out for out, _ in ends] == ["started: -P -m comitia one\n", "started: -P -m comitia two\n"]
    assert installations(tree) == ["uv.txt", "run.txt"]
    assert sum("waiting for it" in err for _, err in ends) == 1


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Temporary failure in name resolution", "could not be fetched. Is this machine on the network?"),
        ("OSError: [Errno 28] No space left on device", "There is no space left on the disk"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "its hash differs"),
        ("error: the compiler is tired", "the compiler is tired"),
    ],
)
def test_an_installation_that_fails_says_why_and_leaves_no_stamp(tmp_path: Path, printed: str, expected: str) -> None:
    tree = clone(tmp_path, then=f'echo "{printed}"; exit 1')

    process = start(tree, "demo")
    out, err = process.communicate()

    assert (process.returncode, out) == (1, "")
    assert expected in err
    assert not (tree / ".venv" / "comitia-installed.txt").exists()


def test_a_python_without_ensurepip_is_told_which_package_is_missing(tmp_path: Path) -> None:
    tree = clone(tmp_path)
    shutil.rmtree(tree / ".venv")
    # -I would hide the folder; a module that cannot be found is what a bare Debian has.
    hide = "import importlib.util as u, runpy, sys; f = u.find_spec\n"
    hide += "u.find_spec = lambda name, package=None: None if name == 'ensurepip' else f(name, package)\n"
    hide += "sys.argv = ['comitia', 'demo']; runpy.run_path('comitia', run_name='__main__')"

    bare = subprocess.run([sys.executable, "-c", hide], cwd=tree, capture_output=True, text=True)

    assert bare.returncode == 1
    assert "apt-get install python3-venv" in bare.stderr


def test_an_old_python_is_told_which_is_needed(tmp_path: Path) -> None:
    tree = clone(tmp_path)
    shutil.rmtree(tree / ".venv")
    age = "import runpy, sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)'\n"
    age += "sys.argv = ['comitia', 'demo']; runpy.run_path('comitia', run_name='__main__')"

    old = subprocess.run(
        [sys.executable, "-c", age], cwd=tree, capture_output=True, text=True, env={"PATH": str(tmp_path)}
    )

    assert old.returncode == 1
    assert "Comitia needs Python 3.11 or newer" in old.stderr
    assert "is 3.9.2" in old.stderr


def test_the_script_imports_the_standard_library_alone() -> None:
    text = (ROOT / "comitia").read_text("utf-8")
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE))

    assert imported <= sys.stdlib_module_names


def pinned(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return {line.removesuffix(" \\") for line in text.splitlines() if "==" in line and not line.startswith(" ")}


def test_the_check_packages_hold_every_run_package_at_the_same_version() -> None:
    assert pinned("run.txt") <= pinned("check.txt")


@pytest.mark.parametrize("name", ["run.txt", "check.txt", "uv.txt"])
def test_every_pinned_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())

    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"\w+://\S+", text) == []


def test_no_committed_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in committed_files():
        text = path.read_text("utf-8", errors="replace")
        found += [(str(path.relative_to(ROOT)), word) for word in REGISTRIES if word in text]
        found += [(str(path.relative_to(ROOT)), match) for match in MACHINE_PATHS.findall(text)]

    assert [each for each in found if each[0] != "tests/test_clone.py"] == []


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [path for path in committed_files() if path.suffix == ".md"]:
        for target in LINK.findall(page.read_text("utf-8")):
            if re.match(r"\w+:", target):
                continue
            file, _, anchor = target.partition("#")
            there = (page.parent / file).resolve() if file else page
            if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
                broken.append((str(page.relative_to(ROOT)), target))

    assert broken == []


def test_every_page_of_the_documentation_is_reached_from_its_index() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        targets = [target.partition("#")[0] for target in LINK.findall(page.read_text("utf-8"))]
        waiting += [(page.parent / target).resolve() for target in targets if target]

    assert set((ROOT / "docs").rglob("*.md")) - reached == set()


def test_the_reference_has_a_section_for_every_command_there_is() -> None:
    sections = re.findall(r"^## comitia (\w+)$", (ROOT / "docs/reference/commands.md").read_text("utf-8"), re.MULTILINE)
    files = {word: ROOT / "src" / module.replace(".", "/") for word, (module, _, _) in main.COMMANDS.items()}
    there = {word for word, file in files.items() if file.with_suffix(".py").exists() or file.is_dir()}

    assert set(sections) == there


def test_the_licence_is_the_whole_affero_text() -> None:
    assert (
        hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
        == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
    )


def test_the_summary_of_the_checks_gives_each_step_its_seconds_and_its_closing_line() -> None:
    good = check.outcome(check.Step("good", (sys.executable, "-c", "print('3 passed\\n')")), ROOT, shown=False)
    bad = check.outcome(
        check.Step("bad", (sys.executable, "-c", "import sys; sys.exit('1 failed')")), ROOT, shown=False
    )

    assert (good.code, good.printed, bad.code, bad.printed) == (0, "3 passed\n\n", 1, "1 failed\n")
    timed = [dataclasses.replace(good, seconds=1.25), dataclasses.replace(bad, seconds=12.5)]
    assert check.summary(timed, 13.9).splitlines() == [
        "  holds  good     1.2 s  3 passed",
        "  FAILS  bad     12.5 s  1 failed",
        "does not hold: bad; 14 s",
    ]
    assert check.summary(timed[:1], 1.25).splitlines()[-1] == "every check holds; 1 s"


@pytest.mark.parametrize("script", ["comitia", ".ci/run"])
def test_the_scripts_may_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
