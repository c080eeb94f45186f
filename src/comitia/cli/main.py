"""The command ``comitia``: finds the word, loads that command alone, and says what went wrong in one plain line.

Each command is loaded by name, so that ``verify`` never loads a solver and ``plan`` never loads a store.
"""

import sys
from collections.abc import Callable
from importlib import import_module

import typer

# word -> (module, name in it, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("comitia.cli.demo.command", "demo", "an invented federation lives a whole season, then the pages open"),
    "new": ("comitia.cli.new", "new", "begin your own federation from a charter and two tables"),
    "invite": ("comitia.cli.new", "invite", "print or mail sign-in links"),
    "mail": ("comitia.cli.mail", "app", "letters to members: what awaits them, reminders, outcomes"),
    "erase": ("comitia.cli.erase", "erase", "a member's name, address and account go; the record stays"),
    "serve": ("comitia.cli.serve", "serve", "open a federation's pages"),
    "ballot": ("comitia.cli.ballot.command", "app", "a secret ballot by tokens and seals, step by step"),
    "act": ("comitia.cli.record", "act", "hand an act to the clerk"),
    "export": ("comitia.cli.record", "export", "write the record as a folder or one .zip"),
    "backup": ("comitia.cli.backup", "backup", "copy a federation's whole folder while it is at work"),
    "restore": ("comitia.cli.backup", "restore", "set a federation up again from a backup"),
    "mirror": ("comitia.cli.mirror", "app", "a copy of a record elsewhere, checked as it grows"),
    "checkpoint": ("comitia.cli.checkpoint", "checkpoint", "sign the record's head and ask its witnesses"),
    "receipt": ("comitia.cli.receipt", "app", "prove that one act is in the record, and check such a proof"),
    "witness": ("comitia.cli.witness", "witness", "a small server that watches other bodies' records"),
    "verify": ("comitia.cli.verify", "verify", "check an exported record, offline, from the first act"),
    "public": ("comitia.cli.public", "app", "the edition of a record for anybody: offices, totals, hashes"),
    "charter": ("comitia.cli.charter", "app", "check or show a charter"),
    "talk": ("comitia.cli.talk", "talk", "the thread beside a motion, a need or an order"),
    "list": ("comitia.cli.lists", "list_", "any list as CSV: decisions, offices, deliveries"),
    "find": ("comitia.cli.find", "find", "search what members wrote and decided"),
    "amend": ("comitia.cli.amend", "amend", "what a new charter would change in a federation"),
    "minutes": ("comitia.cli.minutes", "minutes", "the minutes of a body, made from the acts"),
    "drill": ("comitia.cli.drill", "app", "how few decide: stress a charter"),
    "watch": ("comitia.cli.watch", "watch", "where power is drifting, from the record alone"),
    "count": ("comitia.cli.count", "count", "count a ballot file"),
    "plan": ("comitia.cli.plan.command", "app", "solve, check and explain a plan in kind"),
    "check": ("comitia.cli.check", "check", "run every test of a clone"),
}


def run() -> None:
    """Run the command that the arguments name; exit 0 holds, 1 does not hold, 2 wrong use."""
    given = sys.argv[1:]
    if not given or given[0] in ("-h", "--help", "help"):
        print(overview())
        raise SystemExit(0)
    word, rest = _word(given)
    if word not in COMMANDS:
        near = ", ".join(w for w in COMMANDS if word and w[0] == word[0]) or ", ".join(COMMANDS)
        print(f"comitia: there is no command {word!r}; did you mean: {near}?", file=sys.stderr)
        raise SystemExit(2)
    module, name, _ = COMMANDS[word]
    try:
        _app(getattr(import_module(module), name))(rest, prog_name=f"comitia {word}")
    except Exception as fault:
        # Our own faults are sentences for people; anything else is a defect and keeps its trace.
        if not type(fault).__module__.startswith("comitia."):
            raise
        print(f"comitia {word}: {fault}", file=sys.stderr)
        raise SystemExit(1) from None


def _word(given: list[str]) -> tuple[str, list[str]]:
    """Return the command's word and its arguments; ``--home DIR`` before the word goes behind it."""
    if given[0] == "--home" and len(given) > 2:
        return given[2], [*given[3:], "--home", given[1]]
    if given[0].startswith("--home=") and len(given) > 1:
        return given[1], [*given[2:], given[0]]
    return given[0], given[1:]


def _app(found: typer.Typer | Callable[..., object]) -> typer.Typer:
    if isinstance(found, typer.Typer):
        return found
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(found)
    return app


def overview() -> str:
    """Return the commands with a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {word:<{width}}  {what}" for word, (_, _, what) in COMMANDS.items()]
    return "\n".join(("comitia COMMAND [--help]", "", *lines))
