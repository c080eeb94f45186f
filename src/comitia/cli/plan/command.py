"""The word ``plan``: its verbs, each loaded by name when it is called. A new verb is a line here and a file."""

from importlib import import_module

import typer
from typer.core import TyperCommand, TyperGroup

# verb -> (module in this package, name in it)
VERBS: dict[str, tuple[str, str]] = {
    "solve": ("solve", "solve"),
    "check": ("check", "check"),
    "explain": ("explain", "explain"),
    "compare": ("compare", "compare"),
    "rounds": ("rounds", "rounds"),
    "values": ("values", "values"),
    "import": ("importing", "import_"),
    "export": ("export", "export"),
    "template": ("export", "template"),
    "study": ("study", "app"),
}


class Verbs(TyperGroup):
    """The verbs of ``plan``, looked up in ``VERBS`` (the way that click describes for commands loaded lazily)."""

    def list_commands(self, ctx: object) -> list[str]:
        """Return every verb, in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """Return the command of a verb, or None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name]
        found = getattr(import_module(f"comitia.cli.plan.{module}"), name)
        if not isinstance(found, typer.Typer):
            verb = typer.Typer()
            verb.command(cmd_name)(found)
            found = verb
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command if isinstance(command, TyperCommand | TyperGroup) else None


app = typer.Typer(cls=Verbs, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@app.callback()
def plan() -> None:
    """Solve, check and explain a plan in kind."""
