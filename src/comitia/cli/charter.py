"""``comitia charter``: check a charter before it is adopted, and show it in plain words."""

import json
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from comitia.charter import faults, parse, plain
from comitia.charter.structure import Charter

app = typer.Typer(help="Check a charter before it is adopted, and show it in plain words.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The charter, a TOML file; or the name of a shipped one: co-op-federation.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]


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


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Report the faults of a charter with line, article, harm and repair. Exit 0 clean, 1 faults, 2 wrong use."""
    text = read_text(file)
    try:
        charter = parse.parse(text, file=str(file))
    except parse.WrongCharter as wrong:
        _print_wrong(wrong, as_json=as_json)
        raise typer.Exit(1) from wrong
    found = faults.find_faults(charter)
    if as_json:
        answer = {"file": str(file), "charter": charter.name, "faults": [asdict(fault) for fault in found]}
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        for fault in found:
            cited = f", article {fault.article}" if fault.article else ""
            typer.echo(f"{file}, line {fault.line}{cited} [{fault.name}]")
            typer.echo(f"  {fault.reason}\n  For instance: {fault.example}\n  Repair: {fault.repair}\n")
        size = f"{len(charter.articles)} articles, {len(charter.kinds)} kinds of body, {len(charter.matters)} matters"
        number = "no fault" if not found else "1 fault" if len(found) == 1 else f"{len(found)} faults"
        typer.echo(f"{charter.name}: {size}; {number} found.")
    raise typer.Exit(1 if found else 0)


def _print_wrong(wrong: parse.WrongCharter, *, as_json: bool) -> None:
    if not as_json:
        typer.echo(str(wrong), err=True)
        return
    facts = {
        "file": wrong.file,
        "line": wrong.line,
        "article": wrong.article,
        "key": wrong.key,
        "expected": wrong.expected,
        "found": wrong.found,
    }
    typer.echo(json.dumps({"file": wrong.file, "wrong": facts}, indent=2, ensure_ascii=False))


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
