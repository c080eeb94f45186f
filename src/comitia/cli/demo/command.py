"""``comitia demo``: builds the invented federation, lets it live a season, verifies its record, opens the pages."""

import random
import shutil
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comitia.clerk.clerk import Clerk, clock
from comitia.clerk.verification import verify
from comitia.clerk.watched import Watched
from comitia.cli.demo import cast as people, story, valley, witnesses
from comitia.cli.demo.telling import Told
from comitia.cli.serve import listen
from comitia.drill import capture, living
from comitia.federation import moment, standing
from comitia.record import policy as policies
from comitia.record.policy import Policy
from comitia.watch import indicators

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "valley"
# How long the story lasts, so that it ends now and what it leaves open is open for whoever looks at the pages.
STORY_DAYS = 129

_SAID = (("appointment share", ""), ("terms overdue", ""))
"""Readings that the story ends with, beside how long ago each house refused something."""


def demo(
    home: Annotated[Path | None, typer.Option(help="where to build it; a temporary folder if not given")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="end after the story")] = False,
    port: Annotated[int, typer.Option(help="port of the pages")] = 8000,
    seed: Annotated[int, typer.Option(help="the luck of its people")] = 1921,
) -> None:
    """Build an invented federation, let it live a season, verify its record, and open its pages."""
    # Members' words may hold brackets: they are text, never markup.
    console = Console(highlight=False, markup=False)
    folder = home or Path(mkdtemp(prefix="comitia-demo-"))
    out = folder / "export"
    if out.exists():
        shutil.rmtree(out)
    console.print("The Valley Federation (invented) lives a season.\n", style="bold")
    began = moment.after(clock(), days=-STORY_DAYS)
    time = people.DemoClock(began)
    with Clerk.create(folder, "valley.example/comitia", time=time) as clerk:
        told = _live(people.Cast(clerk, time, random.Random(seed)), console)
    with Clerk.open(folder) as clerk:
        with witnesses.running(clerk, folder / "witnesses") as policy:
            _witness(clerk, policy, console)
        clerk.export(out)
        console.print(_verified(out, policy))
        link = _links(clerk, told, port)
        state = clerk.federation.state
        for reading in indicators.readings(Watched(clerk).view()):
            if (reading.figure.name, reading.body) in _SAID or reading.figure.id == "I7b":
                console.print(f"Watch: {reading.sentence}")
        rules = standing.charter(state)
        found = capture.capture(rules, rules.matters["plan"], living.cells_of(state), seconds=20)
    console.print(
        f"Drill: as few as {found.people} of {found.members} members ({found.percent:.1f} %), agreeing, decide the plan"
        f"{'; proven smallest' if found.is_smallest else f'; no fewer than {found.bound}'}."
    )
    console.print(f"\nHome: {folder}   record: {out}")
    if no_serve:
        return
    console.print(f"\nThe pages: http://localhost:{port}/   (stop with Ctrl-C)\n{link}", soft_wrap=True)
    listen(folder, host="127.0.0.1", port=port)


def _live(cast: people.Cast, console: Console) -> Told:
    charter = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=len(story.CHAPTERS))

        def progress(title: str) -> None:
            bar.update(task, description=title, advance=1)

        return story.live(
            cast, valley.read(EXAMPLE), charter, say=lambda line: console.print(f"- {line}"), progress=progress
        )


def _witness(clerk: Clerk, policy: Policy, console: Console) -> None:
    """Let the witnesses cosign the record, then try to show them another one."""
    found = policies.check(clerk.witness().note, policy)
    console.print(f"\n- The record of {found.head.size} acts is cosigned by {', '.join(found.at)}.")
    refused = witnesses.show_forged(clerk, policy)
    console.print(
        f"- The log's key signs a second record of {found.head.size} acts: {len(refused)} of {len(policy.witnesses)} "
        f"witnesses refuse and keep the proof. {refused[0].name}: {refused[0].reason}."
    )


def _verified(out: Path, policy: Policy) -> str:
    found = verify(out, policy=policy)
    return (
        f"- Verified offline under the policy of both houses: {found.size} acts replayed, every file derived again. "
        f"Root {found.root[:16]}, fingerprint {found.fingerprint[:16]}."
    )


def _links(clerk: Clerk, told: Told, port: int) -> str:
    until = moment.after(clock(), days=30)
    lines = []
    for who, member in (("a member", told.member), ("a delegate", told.delegate), ("the secretary", told.secretary)):
        token = clerk.people.invite(member, until=until)
        lines.append(
            f"  sign in as {who} ({clerk.people.name(member)}, {member}): http://localhost:{port}/join/{token}/"
        )
    return "\n".join(lines)
