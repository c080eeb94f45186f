"""``comitia check``: every check of the project, each with its seconds, and one summary.

Style, formatting, import contracts and types run beside the tests; the tests' output is shown as it comes, the others'
only where something does not hold.
"""

import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[3]
NEEDED = ("pytest", "xdist", "hypothesis", "ruff", "mypy", "importlinter")
# One process of tests per core; the tests of a file stay in one process, which shares what is slow to make.
ON_EVERY_CORE = ("-n", "auto", "--dist", "loadfile")


@dataclass(frozen=True)
class Step:
    """A check by its name and the command that carries it out, run at the root of the clone."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a step: its exit code, seconds, everything it printed."""

    step: Step
    code: int
    seconds: float
    printed: str

    @property
    def closing_line(self) -> str:
        lines = [line for line in self.printed.splitlines() if line.strip()]
        return lines[-1].strip() if lines else ""


def still_steps() -> tuple[Step, ...]:
    """Return the checks that read the source without running it."""
    here = sys.executable
    return (
        Step("ruff check", (here, "-m", "ruff", "check", ".")),
        Step("ruff format", (here, "-m", "ruff", "format", "--check", ".")),
        Step(
            "import contracts",
            (here, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"),
        ),
        Step("mypy --strict", (here, "-m", "mypy", "--strict")),
    )


def test_step(*, slow: bool) -> Step:
    """Return the step that runs the tests: all of them, or all but those marked slow."""
    # Properties are tried on the same examples every time, so that a check says the same twice; --slow searches anew.
    chosen = () if slow else ("-m", "not slow", "--hypothesis-profile=ci")
    return Step("pytest", (sys.executable, "-u", "-m", "pytest", "-rs", "--durations=5", *ON_EVERY_CORE, *chosen))


def coverage_step() -> Step:
    """Return the step that asks for every branch of the rooms of politics: charter, decide, federation."""
    rooms = ("charter", "decide", "federation")
    tests = (*(f"tests/{room}" for room in rooms), "tests/scenarios")
    measured = (f"--cov=comitia.{room}" for room in rooms)
    wanted = ("--cov-branch", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")
    return Step(
        "every branch of the rules", (sys.executable, "-u", "-m", "pytest", *tests, *ON_EVERY_CORE, *measured, *wanted)
    )


def bench_steps(root: Path) -> tuple[Step, ...]:
    """Return one step per script in bench/, in the order of their names."""
    return tuple(
        Step(f"bench/{path.name}", (sys.executable, "-u", str(path))) for path in sorted(root.glob("bench/*.py"))
    )


def outcome(step: Step, root: Path, *, shown: bool) -> Outcome:
    """Carry out a step and return what came of it; ``shown`` prints its lines as they come."""
    start = time.monotonic()
    process = subprocess.Popen(
        step.command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if shown:
            typer.echo(line, nl=False)
    return Outcome(step, process.wait(), time.monotonic() - start, "".join(lines))


def outcomes(root: Path, *, slow: bool) -> list[Outcome]:
    """Run the still steps beside the tests, then the benchmarks alone, and return what came of each."""
    still: list[Outcome] = []

    def run_still() -> None:
        still.extend(outcome(step, root, shown=False) for step in still_steps())

    beside = threading.Thread(target=run_still)
    beside.start()
    tests = outcome(test_step(slow=slow), root, shown=True)
    beside.join()
    more = (coverage_step(), *bench_steps(root)) if slow else ()
    return [*still, tests, *(outcome(step, root, shown=True) for step in more)]


def summary(done: list[Outcome], seconds: float) -> str:
    """Return one line per step and a closing line that says whether all hold."""
    width = max(len(each.step.name) for each in done)
    lines = []
    for each in done:
        word = "holds" if each.code == 0 else "FAILS"
        lines.append(f"  {word}  {each.step.name:{width}}  {each.seconds:6.1f} s  {each.closing_line}")
    failed = [each.step.name for each in done if each.code != 0]
    verdict = f"does not hold: {', '.join(failed)}" if failed else "every check holds"
    return "\n".join([*lines, f"{verdict}; {seconds:.0f} s"])


def check(
    slow: Annotated[
        bool, typer.Option("--slow", help="Also the tests marked slow, every branch of the rules, and bench/.")
    ] = False,
) -> None:
    """Run every check of the project: style, import contracts, types, tests. Exit 0 all hold, 1 not, 2 no clone."""
    absent = [name for name in NEEDED if find_spec(name) is None]
    if absent or not (ROOT / "pyproject.toml").exists():
        wanted = f"the packages {', '.join(absent)}" if absent else "a clone of the source"
        typer.echo(f"The checks need {wanted}: run ./comitia check in a clone.", err=True)
        raise typer.Exit(2)
    start = time.monotonic()
    done = outcomes(ROOT, slow=slow)
    for each in done:
        if each.code != 0 and each.step in still_steps():
            # mypy's notes run to thousands of characters a line.
            cut = "\n".join(line[:200] for line in each.printed.rstrip().splitlines())
            typer.echo(f"\n--- {each.step.name}\n{cut}")
    typer.echo("\n" + summary(done, time.monotonic() - start))
    if any(each.code != 0 for each in done):
        raise typer.Exit(1)
