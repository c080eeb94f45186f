"""A count as it is shown to people in a terminal: tables of stages, a sentence for each, and what else was asked."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from comitia.decide import profile, sheet
from comitia.decide.explanation import journey, margins, page, tables
from comitia.decide.explanation.account import Account
from comitia.decide.explanation.tables import Cell

STYLES = {"elected": "bold green", "seated": "green", "out": "red", "gone": "", "": ""}


def stage_tables(counted: sheet.Sheet, width: int) -> list[Table]:
    """Return the sheet as tables of so many stages as fit the width; where papers move, columns add up to them."""
    rows = tables.votes(counted)
    longest = max(len(row.name) for row in rows)
    columns = max(1, (width - min(longest, width // 3) - 4) // 14)
    found = []
    for start in range(0, len(counted.stages), columns):
        numbers = range(start, min(start + columns, len(counted.stages)))
        table = Table("candidate", *(f"stage {n + 1}" for n in numbers), show_lines=False)
        for column in table.columns[1:]:
            column.justify = "right"
            column.no_wrap = True
        for place, row in enumerate(rows):
            if place == len(counted.candidates):
                table.add_section()
            table.add_row(Text(row.name), *(_cell(row.cells[n]) for n in numbers))
        found.append(table)
    return found


def _cell(cell: Cell) -> Text:
    said = {"elected": f"{cell.text} *", "out": "out", "gone": ""}.get(cell.state, cell.text)
    return Text(said, style=STYLES[cell.state])


def show(of: Account, found: profile.BallotFile, *, seed_given: bool) -> None:
    """Print a count: the tables, a sentence for each stage, what else was asked, and who is elected."""
    counted, console = of.counted, Console(highlight=False)
    console.print(Text(of.title or "A count", style="bold"))
    seats = f"seats: {counted.seats}; {counted.valid} valid papers, {counted.blank} blank"
    spoilt = f", {found.spoilt} spoilt" if found.spoilt else ""
    quota = "" if counted.quota is None else f", quota {sheet.exact_text(counted.quota)}"
    console.print(Text(f"{counted.source}; {seats}{spoilt}{quota}."))
    if found.seats is not None and found.seats != counted.seats:
        console.print(Text(f"Seats in the file: {found.seats}; counted for {counted.seats} as asked."))
    for note in of.notes:
        console.print(Text(note))
    for table in stage_tables(counted, console.width):
        console.print(table)
    console.print(Text("* elected at this stage"))
    for stage in counted.stages:
        console.print(Text(stage.sentence))
    if not seed_given and any(stage.tie and stage.tie.broken_by == "lot" for stage in counted.stages):
        console.print(
            Text("No --seed was given: the lot is the SHA-256 of the file, good for study, not for an election.")
        )
    for line in asked(of):
        console.print(Text(line))
    vacant = counted.seats - len(counted.winners)
    left = f"; {vacant} vacant" if vacant else ""
    names = sheet.names_text(counted.candidates, counted.winners)
    console.print(Text(f"Elected, in this order: {names}{left}.", style="bold"))


def asked(of: Account) -> list[str]:
    """Return the answers to what was asked beside the count, a line each."""
    lines = [one.sentence for one in of.why_not]
    lines += [margins.sentence(of.margin, of.counted)] if of.margin else []
    lines += [of.compared.sentence] if of.compared else []
    if of.travelled:
        names = of.counted.candidates
        lines.append(f"Paper {of.travelled.where} ranks {page.ranked(of.travelled.ranks, names)}.")
        lines += [f"  {line}" for line in journey.sentences(of.travelled.steps, names)] or [f"  {page.NOWHERE}"]
    return lines
