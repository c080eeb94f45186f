"""``comitia talk``: the thread beside something, read, and spoken into."""

import json
import secrets
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.federation import acts, talking
from comitia.federation.state import State, Words


def talk(
    about: Annotated[
        str, typer.Argument(help="motion/ID, season/ID, need/SEASON/COUNCIL/PRODUCT, order/SEASON/WORKPLACE; or none")
    ] = "",
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    say: Annotated[str, typer.Option(help="what to say there")] = "",
    by: Annotated[str, typer.Option(help="the member who says it, m-0001")] = "",
    answers: Annotated[str, typer.Option(help="the words that are answered, words-12")] = "",
    unfold: Annotated[bool, typer.Option("--unfold", help="show what was set aside too")] = False,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Print a thread, or what is talked about; with --say and --by, speak. Words set aside stay folded."""
    if bool(say) != bool(by):
        typer.echo("comitia talk: --say and --by go together", err=True)
        raise typer.Exit(2)
    with Clerk.open(home) as clerk:
        state = clerk.federation.state
        if say:
            body, words = f"{say.strip()}\n".encode(), f"words-{secrets.token_hex(4)}"
            act = acts.WordsSaid(at="", by=by, words=words, about=about, text=blob_hash(body), answers=answers)
            index = clerk.submit(act, blobs={blob_hash(body): body})
            typer.echo(json.dumps({"act": index, "words": words}) if json_ else f"said as {words}: act {index}")
            return
        if not about:
            numbers: dict[str, int] = {}
            for one in state.words.values():
                numbers[one.about] = numbers.get(one.about, 0) + 1
            typer.echo(json.dumps(numbers) if json_ else "\n".join(f"{n:>4}  {a}" for a, n in numbers.items()))
            return
        found = talking.thread(state, about)
        if json_:
            typer.echo(json.dumps([_told(state, one) for one in found]))
            return
        for one in found:
            typer.echo(_line(state, one, unfold=unfold))
        if not found:
            typer.echo("Nobody has spoken here yet.")


def _text(state: State, one: Words) -> str:
    body = state.blobs.get(one.text)
    return "(erased)" if body is None else body.decode("utf-8", "replace").strip()


def _told(state: State, one: Words) -> dict[str, object]:
    return {
        "words": one.id, "by": one.by, "at": one.at, "answers": one.answers, "text": _text(state, one),
        "folded": talking.is_folded(one), "set_aside": one.aside_reason, "appeal": one.appeal_reason,
        "outcome": one.outcome, "files": [file.name for file in one.attachments], "act": one.act,
    }  # fmt: skip


def _line(state: State, one: Words, *, unfold: bool) -> str:
    head = f"{one.at[:16].replace('T', ' ')}  {one.by}  {one.id}" + (f", to {one.answers}" if one.answers else "")
    files = "".join(f"\n  file: {file.name}" for file in one.attachments)
    if talking.is_folded(one) and not unfold:
        return f"{head}\n  set aside by {one.aside_by}: {one.aside_reason} (--unfold shows it)"
    return f"{head}\n  {_text(state, one)}{files}".replace("\n", "\n  ").replace("\n    ", "\n  ")
