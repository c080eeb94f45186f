"""The tables of a count sheet: votes by candidate and stage, transfers, and candidates two by two."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from comitia.decide import sheet
from comitia.decide.explanation import course

State = Literal["", "elected", "seated", "out", "gone"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as text, and what became of the candidate: elected or out at this stage, seated or gone since before."""

    text: str
    state: State = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate's figures by stage, or a sum's, of which ``position`` is None."""

    name: str
    position: int | None
    cells: tuple[Cell, ...]


def votes(counted: sheet.Sheet) -> tuple[Row, ...]:
    """Return the votes after each stage; where papers move, with the sums that add up to the valid papers."""
    rows = [
        Row(name, position, tuple(_cell(counted.stages, n, position) for n in range(len(counted.stages))))
        for position, name in enumerate(counted.candidates)
    ]
    if counted.rule in course.TRANSFERRING:
        spent = list(accumulate(stage.nontransferable for stage in counted.stages))
        lost = list(accumulate(stage.lost for stage in counted.stages))
        together = [sum(stage.totals, s + x) for stage, s, x in zip(counted.stages, spent, lost, strict=True)]
        for name, figures in (("not transferable", spent), ("lost to fractions", lost), ("together", together)):
            rows.append(Row(name, None, tuple(Cell(sheet.exact_text(figure)) for figure in figures)))
    return tuple(rows)


def _cell(stages: Sequence[sheet.Stage], number: int, position: int) -> Cell:
    figure = sheet.exact_text(stages[number].totals[position])
    if position in stages[number].elected:
        return Cell(figure, "elected")
    if any(position in earlier.elected for earlier in stages[:number]):
        return Cell(figure, "seated")
    if position in stages[number].excluded:
        return Cell(figure, "out")
    if any(position in earlier.excluded for earlier in stages[:number]):
        return Cell(figure, "gone")
    return Cell(figure)


def transfers(counted: sheet.Sheet) -> tuple[tuple[str, ...], ...]:
    """Return a row for each transfer: stage, from whom, to whom, how many papers, at what value, votes."""
    return tuple(
        (
            str(number), counted.candidates[one.source],
            "not transferable" if one.to is None else counted.candidates[one.to],
            str(one.papers), sheet.exact_text(one.value), sheet.exact_text(one.votes),
        )
        for number, stage in enumerate(counted.stages, start=1)
        for one in stage.transfers
    )  # fmt: skip


def duels(counted: sheet.Sheet, preferred: Sequence[Sequence[int]]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each candidate: number and name, then how many papers prefer her to each, "" to herself."""
    return tuple(
        (f"{one + 1} {name}", *("" if other == one else str(number) for other, number in enumerate(preferred[one])))
        for one, name in enumerate(counted.candidates)
    )
