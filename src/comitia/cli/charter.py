"""``comitia charter``: check charters before adoption, show one in plain words, tell what an amendment changes."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from comitia.charter import changes, faults, parse, plain, schema as charter_schema
from comitia.charter.fault import Fault
from comitia.charter.structure import Charter

app = typer.Typer(
    help="Check charters before they are adopted, show one in plain words, and what an amendment changes.",
    no_args_is_help=True,
)

_NAME = "a TOML file; or the name of the shipped one: co-op-federation."
File = Annotated[Path, typer.Argument(help=f"The charter, {_NAME}")]
Files = Annotated[list[Path], typer.Argument(help=f"One or more charters, each {_NAME}")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]

_WIDEST = 24
"""Most blocks in the bar of a summary."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file that was checked: its charter with the faults found, or why it is none."""

    file: str
    charter: Charter | None
    wrong: parse.WrongCharter | None
    found: tuple[Fault, ...]


def read_text(file: Path) -> str:
    """Return the text of a charter file, or of the shipped charter of that name.

    Raises:
        typer.Exit: with 2, when there is no such file or it is not text; the reason is printed.
    """
    shipped = resources.files("comitia.charter") / "shipped" / f"{file.name}.toml"
    try:
        if not file.exists() and shipped.is_file():
            return shipped.read_text(encoding="utf-8")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        typer.echo(f"{file} cannot be read: {fault}. Give the path of a charter in TOML.", err=True)
        raise typer.Exit(2) from fault


def read(file: Path) -> Charter:
    """Return the charter of a file.

    Raises:
        typer.Exit: with 2, when it cannot be read, or with 1, when it is no charter; the reason is printed.
    """
    try:
        return parse.parse(read_text(file), file=str(file))
    except parse.WrongCharter as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(1) from wrong


def _checked(file: Path, text: str) -> _Checked:
    try:
        charter = parse.parse(text, file=str(file))
    except parse.WrongCharter as wrong:
        return _Checked(str(file), None, wrong, ())
    return _Checked(str(file), charter, None, faults.find_faults(charter))


@app.command()
def check(files: Files, as_json: AsJson = False) -> None:
    """Report the faults of charters with line, article, harm and repair. Exit 0 clean, 1 faults, 2 wrong use."""
    # All are read first: a name mistyped last is said before anything is reported.
    texts = [(file, read_text(file)) for file in files]
    results = [_checked(file, text) for file, text in texts]
    if as_json:
        answer = {"charters": [_answer(result) for result in results]}
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        _print_summary(results)
        for result in results:
            _print_found(result)
    raise typer.Exit(1 if any(result.wrong or result.found for result in results) else 0)


def _answer(result: _Checked) -> dict[str, object]:
    if result.wrong:
        keys = ("file", "line", "article", "key", "expected", "found")
        return {"file": result.file, "wrong": {key: getattr(result.wrong, key) for key in keys}}
    name = result.charter.name if result.charter else ""
    return {"file": result.file, "charter": name, "faults": [asdict(fault) for fault in result.found]}


def _print_summary(results: list[_Checked]) -> None:
    """Print a line for each charter, with a bar as long as its faults are many."""
    wide = max(len(result.file) for result in results)
    most = max(len(result.found) for result in results)
    for result in results:
        number = len(result.found)
        # A bar is drawn to scale once it would be longer than the line; whatever is there is seen.
        blocks = number if most <= _WIDEST else max(1, round(number * _WIDEST / most)) if number else 0
        said = "not a charter" if result.wrong else "clean" if not number else f"{_counted(number)} {'█' * blocks}"
        typer.echo(f"{result.file:<{wide}}  {said}")
        if result.charter:
            typer.echo(f"{'':<{wide}}  {_size(result.charter)}")


def _counted(number: int) -> str:
    return "1 fault" if number == 1 else f"{number} faults"


def _size(charter: Charter) -> str:
    return f"{len(charter.articles)} articles, {len(charter.kinds)} kinds of body, {len(charter.matters)} matters"


def _print_found(result: _Checked) -> None:
    if result.wrong:
        typer.echo(f"\n{result.wrong}", err=True)
    for fault in result.found:
        typer.echo("")
        for line in _told(result.file, fault):
            typer.echo(line)


def _told(file: str, fault: Fault) -> Iterator[str]:
    cited = f" article {fault.article}" if fault.article else ""
    yield f"{file}:{fault.line}:{cited} [{fault.name}]"
    yield f"  {fault.reason}"
    yield f"  For instance: {fault.example}"
    yield f"  Repair: {fault.repair}"


@app.command()
def show(file: File, as_json: AsJson = False) -> None:
    """Say a charter in plain words, by topic, each rule with its article."""
    charter = read(file)
    topics = plain.topics(charter)
    if as_json:
        answer = {"charter": charter.name, "topics": [asdict(topic) for topic in topics]}
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    typer.echo(charter.name)
    for topic in topics:
        typer.echo(f"\n{topic.title}")
        for sentence in topic.sentences:
            typer.echo(f"  - {sentence.text} (article {sentence.article})")


def _only_in(one: tuple[Fault, ...], other: tuple[Fault, ...]) -> list[Fault]:
    """Return the faults of one charter that the other has not, wherever they stand; each as often as it is more."""
    there = Counter((fault.name, fault.article, fault.reason) for fault in other)
    left = []
    for fault in one:
        key = (fault.name, fault.article, fault.reason)
        if there[key]:
            there[key] -= 1
        else:
            left.append(fault)
    return left


@app.command()
def diff(old: File, new: File, as_json: AsJson = False) -> None:
    """Say what an amendment changes, article by article, and which faults it brings. Exit 1 if it brings one."""
    before, after = read(old), read(new)
    changed = changes.between(before, after)
    had, has = faults.find_faults(before), faults.find_faults(after)
    brought, mended = _only_in(has, had), _only_in(had, has)
    if as_json:
        answer = {
            "old": str(old),
            "new": str(new),
            "articles": [asdict(change) for change in changed],
            "brings": [asdict(fault) for fault in brought],
            "mends": [asdict(fault) for fault in mended],
        }
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        _print_changed(changed)
        for title, found, file in (("It brings", brought, new), ("It mends", mended, old)):
            if found:
                typer.echo(f"\n{title} {_counted(len(found))}:")
            for fault in found:
                typer.echo("\n".join(_told(str(file), fault)))
    raise typer.Exit(1 if brought else 0)


def _print_changed(changed: tuple[changes.ArticleChange, ...]) -> None:
    hard = [change.number for change in changed if change.entrenched]
    number = len(changed)
    said = "No article differs" if not number else "1 article differs" if number == 1 else f"{number} articles differ"
    typer.echo(f"{said}; entrenched: {', '.join(hard) if hard else 'none'}.")
    for change in changed:
        mark = ", entrenched" if change.entrenched else ""
        typer.echo(f"\nArticle {change.number}, {change.title}: {change.change}{mark}")
        for line in (*change.words, *map(changes.sentence, change.rules)):
            typer.echo(f"  {line}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the charter language, for editors."""
    typer.echo(json.dumps(charter_schema.schema(), indent=1, ensure_ascii=False))
