"""What ``plan explain --truth`` says: what each body would gain by declaring other numbers than its true ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import typer
from rich.table import Table
from rich.text import Text

from comitia.cli.plan import said
from comitia.plan import truthfulness
from comitia.plan.economy import Economy
from comitia.plan.truthfulness import NOTHING, Body, Gain, Lie


@dataclass(frozen=True)
class Told:
    """A body with what every lie would bring it; None where its claim refuses the lie."""

    body: Body
    lies: Sequence[tuple[Lie, Gain | None]]


def worked_out(declared: Economy, variant: str) -> list[Told]:
    """Return what every body of an economy would gain, by the rule of a variant."""
    bodies = truthfulness.bodies(declared)
    with said.bar(hidden=False) as bar:
        task = bar.add_task("what misdeclaring would bring", total=len(bodies))
        found = []
        for body in bodies:
            bar.update(task, description=f"what misdeclaring would bring {body.kind} {body.name}")
            found.append(Told(body, truthfulness.around(declared, variant, body)))
            bar.advance(task)
    return found


def show(found: Sequence[Told]) -> None:
    """Print for each body the lie that would bring it most."""
    typer.echo("\nWhat declaring 10 % less or more than is true would bring each body at most, all others truthful:")
    shown = Table("who", "declares", "gains, hours", "of what it has", "others lose, hours of worth", box=None)
    for one in found:
        best = max((g for _, g in one.lies if g is not None), key=lambda g: g.share, default=None)
        who = f"{one.body.kind} {one.body.name}"
        if best is None or best.share <= NOTHING:
            shown.add_row(Text(who), "the truth", "", "", "")
            continue
        lost = best.others_lose if abs(best.others_lose) > NOTHING * abs(best.hours) else 0.0
        figures = (f"{best.hours:,.4g}", f"{best.share:.1%}", f"{lost:,.4g}")
        shown.add_row(*map(Text, (who, truthfulness.words(best.lie), *figures)))
    said.print_table(shown)


def answer(found: Sequence[Told]) -> list[dict[str, object]]:
    """Return the same as JSON says it, every lie of every body."""
    return [
        {
            "kind": one.body.kind,
            "body": one.body.name,
            "declares": lie.what,
            "factor": float(lie.factor),
            **(
                {"refused": True}
                if gain is None
                else {"hours": gain.hours, "share": gain.share, "others_lose": gain.others_lose}
            ),
        }
        for one in found
        for lie, gain in one.lies
    ]
