"""``comitia mail``: letters to members: sent once, sent as long as the server runs, listed, and caught for a trial."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Annotated, Any

import typer

from comitia.clerk import answers_by_mail, postman
from comitia.clerk.answers_by_mail import LARGEST, NotTaken
from comitia.clerk.clerk import Clerk
from comitia.clerk.home import Home
from comitia.clerk.mail import MailFault
from comitia.clerk.outbox import STATES, Outbox
from comitia.clerk.postman import Round
from comitia.federation import moment
from comitia.federation.refusal import Refused
from comitia.record.store_faults import StoreFault

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
HomeOption = Annotated[Path, typer.Option(help="the federation's folder")]
EVERY = 60


@app.command()
def send(
    home: HomeOption = Path("home"),
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Go round once: put what is due into the outbox, send what waits. For cron; exit 1 if the server is away."""
    with Clerk.open(home) as clerk:
        done = postman.go_round(clerk, clerk.now())
    if json_:
        typer.echo(json.dumps({"new": done.new, "sent": done.sent, "waiting": done.waiting, "failed": done.failed}))
    else:
        typer.echo(_said(done))
    raise typer.Exit(1 if done.fault else 0)


def _said(done: Round) -> str:
    said = f"{done.new} new letters, {done.sent} sent, {done.waiting} waiting, {done.failed} given up"
    return f"{said}; {done.fault}" if done.fault else said


@app.command()
def run(
    home: HomeOption = Path("home"),
    every: Annotated[int, typer.Option(help="seconds between rounds", min=1)] = EVERY,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="stop when whoever started this is gone")] = False,
) -> None:
    """Go round as long as this runs; `comitia serve` starts it where mail.toml names a server."""
    parent = os.getppid()
    with Clerk.open(home) as clerk:
        while True:
            try:
                done = postman.go_round(clerk, moment.format(datetime.now(UTC)))
                if done.new or done.sent or done.failed or done.fault:
                    typer.echo(f"{moment.format(datetime.now(UTC))} {_said(done)}")
            except (MailFault, StoreFault, OSError) as fault:
                # Whatever is wrong now, letters wait; the next round tries again.
                typer.echo(f"{moment.format(datetime.now(UTC))} {fault}", err=True)
            for _ in range(every):
                if with_parent and os.getppid() != parent:
                    return
                time.sleep(1)


@app.command()
def take(
    home: HomeOption = Path("home"),
    to: Annotated[str, typer.Option(help="to whom the mail was delivered, as the mail server says")] = "",
) -> None:
    """Take one mail from standard input to the thread that it answers; exit 65 lets the mail server send it back."""
    raw = sys.stdin.buffer.read(LARGEST + 1)
    with Clerk.open(home) as clerk:
        try:
            index = answers_by_mail.take(clerk, raw, to=to)
        except (NotTaken, Refused) as fault:
            # EX_DATAERR of sysexits.h: the mail server sends the mail back with this line.
            typer.echo(str(fault), err=True)
            raise typer.Exit(65) from fault
    typer.echo("nothing new in it" if index is None else f"act {index}")


@app.command(name="list")
def list_(
    state: Annotated[str, typer.Argument(help=", ".join(STATES))] = "waiting",
    home: HomeOption = Path("home"),
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """List letters in a state, and how many there are in each."""
    if state not in STATES:
        raise typer.BadParameter(f"{state}; a letter is {', '.join(STATES)}")
    with Outbox(Home(home).people) as outbox:
        counts, found = outbox.counts(), outbox.listed(state)
    if json_:
        names = ("key", "member", "subject", "next", "fault")
        typer.echo(json.dumps({"counts": counts, "letters": [dict(zip(names, row, strict=True)) for row in found]}))
        return
    typer.echo("\n".join(f"{number} {name}: {STATES[name]}" for name, number in counts.items()) or "no letter yet")
    for _, member, subject, later, fault in found:
        typer.echo(f"  {member}  {subject}" + (f"  (next try {later}: {fault})" if fault else ""))


@app.command()
def catch(
    port: Annotated[int, typer.Option(help="port on this machine")] = 2525,
    most: Annotated[int, typer.Option(help="stop after so many letters; 0 goes on until Ctrl-C")] = 0,
) -> None:
    """Be a mail server that shows every letter here and sends it nowhere, to try things out."""
    # Only this command needs a mail server's library.
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    caught = _Catcher()
    controller = Controller(caught, hostname="127.0.0.1", port=port)
    controller.start()
    typer.echo(f'listening; in mail.toml: host = "127.0.0.1", port = {port}, security = "none"')
    try:
        while not most or caught.number < most:
            time.sleep(0.05)
    except KeyboardInterrupt:
        pass
    finally:
        controller.stop()


class _Catcher:
    """Prints what it is sent."""

    def __init__(self) -> None:
        self.number = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        body = letter.get_body(("plain",))
        typer.echo(
            f"--- to {', '.join(envelope.rcpt_tos)}\n{letter['subject']}\n\n{body.get_content() if body else ''}"
        )
        self.number += 1
        return "250 shown"
