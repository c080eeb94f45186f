"""``comitia count``: count a ballot file by a named rule, and show every stage."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from comitia.cli import count_terms
from comitia.decide import ballot_file, profile, sheet, ties
from comitia.decide.gathering import BallotFileWrong

UNREADABLE = (BallotFileWrong, profile.ProfileWrong, profile.EqualRanks)

File = Annotated[Path, typer.Argument(help="A ballot file: BLT or Scottish .dat, plain or gzipped, told by content.")]
RuleName = Annotated[str, typer.Option("--rule", help=f"The counting rule: {', '.join(count_terms.NAMES)}.")]
Seats = Annotated[int | None, typer.Option("--seats", help="Seats to fill; without it, as many as the file says.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.")]
Seed = Annotated[str | None, typer.Option("--seed", help="Public seed of the lot, in hexadecimal.")]
ByHand = Annotated[str | None, typer.Option("--by-hand", help="Whom lots drawn before witnesses fell on, by number.")]
Within = Annotated[Path | None, typer.Option("--within", help="A TOML file with quotas for groups of candidates.")]
Default = Annotated[int | None, typer.Option("--default", help="Rule debian: the number of the default option.")]
Quorum = Annotated[int | None, typer.Option("--quorum", help="Rule debian: papers above the default option.")]
Ratios = Annotated[list[str] | None, typer.Option("--ratio", help="Rule debian: option=S where S:1 is needed.")]
Vacated = Annotated[int | None, typer.Option("--vacated", help="Count back for the seat of this candidate, by number.")]
Consenting = Annotated[
    str | None, typer.Option("--consenting", help="Who stands for the vacancy, by number; all not elected without it.")
]
Reopening = Annotated[
    int | None, typer.Option("--reopening", help="The number of the candidate that re-opens nominations when elected.")
]
Home = Annotated[Path | None, typer.Option("--home", help="Where a federation lives; a count reads nothing from it.")]


def wrong(reason: str) -> typer.Exit:
    """Print a reason and return the exit for wrong use."""
    typer.echo(reason, err=True)
    return typer.Exit(2)


def read_bytes(file: Path) -> bytes:
    """Return what a file holds, unpacked if it is gzipped.

    Raises:
        typer.Exit: with 2, when it cannot be read; the reason is printed.
    """
    try:
        raw = file.read_bytes()
        return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    except (OSError, EOFError, zlib.error) as fault:
        raise wrong(f"{file} cannot be read: {fault}. Give the path of a ballot file.") from fault


def read_lot(seed: str | None, raw: bytes) -> ties.Lot:
    """Return the lot of a seed, or, without one, of the ballot file itself, which anybody who votes could bend.

    Raises:
        typer.Exit: with 2, when the seed is not hexadecimal; the reason is printed.
    """
    if seed is None:
        return ties.Lot(hashlib.sha256(raw).digest())
    try:
        return ties.Lot(bytes.fromhex(seed))
    except ValueError as fault:
        raise wrong(f"--seed {seed} is not hexadecimal: expected pairs of 0-9 and a-f, such as 00ff17.") from fault


def stage_tables(counted: sheet.Sheet, width: int) -> list[Table]:
    """Return the sheet as tables of so many stages as fit the width; columns add up to the valid papers."""
    names = [*counted.candidates, "not transferable", "lost to fractions", "together"]
    spent = list(accumulate(stage.nontransferable for stage in counted.stages))
    lost = list(accumulate(stage.lost for stage in counted.stages))
    longest = max(len(name) for name in names)
    columns = max(1, (width - min(longest, width // 3) - 4) // 14)
    tables = []
    for start in range(0, len(counted.stages), columns):
        numbers = range(start, min(start + columns, len(counted.stages)))
        table = Table("candidate", *(f"stage {n + 1}" for n in numbers), show_lines=False)
        for column in table.columns[1:]:
            column.justify = "right"
            column.no_wrap = True
        for position, name in enumerate(counted.candidates):
            table.add_row(Text(name), *(_cell(counted.stages, n, position) for n in numbers))
        table.add_section()
        ends = [sum(counted.stages[n].totals, spent[n] + lost[n]) for n in numbers]
        for name, figures in (
            ("not transferable", [spent[n] for n in numbers]),
            ("lost to fractions", [lost[n] for n in numbers]),
            ("together", ends),
        ):
            table.add_row(name, *(sheet.exact_text(figure) for figure in figures))
        tables.append(table)
    return tables


def _cell(stages: Sequence[sheet.Stage], number: int, position: int) -> Text:
    stage = stages[number]
    figure = sheet.exact_text(stage.totals[position])
    if position in stage.elected:
        return Text(f"{figure} *", style="bold green")
    if any(position in earlier.elected for earlier in stages[:number]):
        return Text(figure, style="green")
    if position in stage.excluded:
        return Text("out", style="red")
    if any(position in earlier.excluded for earlier in stages[:number]):
        return Text("")
    return Text(figure)


def show(counted: sheet.Sheet, found: profile.BallotFile, *, seed_given: bool) -> None:
    """Print a count for people: the tables, a sentence for each stage, and who is elected."""
    console = Console(highlight=False)
    console.print(Text(found.title or "A count", style="bold"))
    seats = f"seats: {counted.seats}; {counted.valid} valid papers, {counted.blank} blank"
    quota = "" if counted.quota is None else f", quota {sheet.exact_text(counted.quota)}"
    console.print(Text(f"{counted.source}; {seats}{quota}."))
    if found.seats is not None and found.seats != counted.seats:
        console.print(Text(f"Seats in the file: {found.seats}; counted for {counted.seats} as asked."))
    for table in stage_tables(counted, console.width):
        console.print(table)
    console.print(Text("* elected at this stage"))
    for stage in counted.stages:
        console.print(Text(stage.sentence))
    if not seed_given and any(stage.tie and stage.tie.broken_by == "lot" for stage in counted.stages):
        console.print(
            Text("No --seed was given: the lot is the SHA-256 of the file, good for study, not for an election.")
        )
    vacant = counted.seats - len(counted.winners)
    left = f"; {vacant} vacant" if vacant else ""
    names = sheet.names_text(counted.candidates, counted.winners)
    console.print(Text(f"Elected, in this order: {names}{left}.", style="bold"))


def count(
    file: File,
    rule: RuleName,
    seats: Seats = None,
    as_json: AsJson = False,
    seed: Seed = None,
    by_hand: ByHand = None,
    within: Within = None,
    default: Default = None,
    quorum: Quorum = None,
    ratio: Ratios = None,
    vacated: Vacated = None,
    consenting: Consenting = None,
    reopening: Reopening = None,
    home: Home = None,
) -> None:
    """Count a ballot file by a named rule and show every stage. Exit 0 counted, 2 wrong use or an unreadable file."""
    if rule not in count_terms.NAMES:
        raise wrong(f"There is no counting rule {rule}: expected one of {', '.join(count_terms.NAMES)}.")
    terms = count_terms.Terms(by_hand, within, default, quorum, tuple(ratio or ()), vacated, consenting, reopening)
    raw = read_bytes(file)
    try:
        found = ballot_file.parse(raw)
        places = found.seats if seats is None else seats
        if places is None:
            raise wrong(f"{file} does not say how many seats there are: give --seats.")
        lot = count_terms.breaking(terms, read_lot(seed, raw))
        counted = count_terms.carried_out(rule, found.profile, terms, seats=places, lot=lot)
    except UNREADABLE as fault:
        raise wrong(f"{file}, {fault}.") from fault
    except sheet.SeatsWrong as fault:
        raise wrong(f"{fault}; give another --seats or another --rule.") from fault
    except (count_terms.TermWrong, *count_terms.UNLAWFUL) as fault:
        raise wrong(f"{fault}.") from fault
    if as_json:
        typer.echo(json.dumps(sheet.answer(counted), ensure_ascii=False))
    else:
        show(counted, found, seed_given=seed is not None)
