"""Who belongs where, counted: members with the same workplace, trade and locality form one cell.

The size of a drill is the number of cells, not of people. No name and no number of a member is kept.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comitia.charter.structure import Charter

Cell = tuple[str, ...]


class WrongCells(Exception):
    """A table of members or groups cannot be read: the file, its line, what was expected."""

    def __init__(self, file: str, line: int, *, expected: str, found: str) -> None:
        self.file, self.line, self.expected, self.found = file, line, expected, found
        super().__init__(f"{file}, line {line}: expected {expected}, found {found}. Change this line and try again.")


@dataclass(frozen=True, slots=True)
class Cells:
    """The members of a federation, counted.

    Attributes:
        rolls: the rolls that members join, in the order of each cell's groups.
        sizes: by cell, the number of members; a group "" means that these members do not stand on that roll.
        within: by group (``workplace/mill``) the group of a gathering roll in which it lies (``district/north``).
        found: by roll and group the cells in it, kept when first asked for.
    """

    rolls: tuple[str, ...]
    sizes: Mapping[Cell, int]
    within: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, dict[str, tuple[Cell, ...]]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def members(self) -> int:
        """The number of all members."""
        return sum(self.sizes.values())


def groups(cells: Cells, roll: str) -> tuple[str, ...]:
    """Return the groups of a roll, sorted; of a gathering roll, those in which some group lies."""
    if roll in cells.rolls:
        place = cells.rolls.index(roll)
        return tuple(sorted({cell[place] for cell in cells.sizes} - {""}))
    return tuple(sorted({g.partition("/")[2] for g in cells.within.values() if g.partition("/")[0] == roll}))


def inside(cells: Cells, roll: str, group: str) -> tuple[Cell, ...]:
    """Return the cells whose members belong to a group; all cells when ``roll`` is ""."""
    if not roll:
        return tuple(cells.sizes)
    if roll not in cells.found:
        by_group: dict[str, dict[Cell, None]] = {}
        for cell in cells.sizes:
            for one in _groups_of(cells, roll, cell):
                by_group.setdefault(one, {})[cell] = None
        cells.found[roll] = {one: tuple(inside) for one, inside in by_group.items()}
    return cells.found[roll].get(group, ())


def _groups_of(cells: Cells, roll: str, cell: Cell) -> Iterator[str]:
    if roll in cells.rolls:
        yield cell[cells.rolls.index(roll)]
        return
    # A member may lie in a district by her workplace and by her locality: her cell counts once there. Districts may lie
    # in provinces, and so on upwards.
    for own, group in zip(cells.rolls, cell, strict=True):
        over = cells.within.get(f"{own}/{group}", "") if group else ""
        climbed: set[str] = set()
        while over and over not in climbed:
            climbed.add(over)
            above, _, name = over.partition("/")
            if above == roll:
                yield name
            over = cells.within.get(over, "")


def project(cells: Cells, rolls: frozenset[str]) -> Cells:
    """Return the same members, counted by some of the rolls only: fewer and larger cells."""
    places = [place for place, roll in enumerate(cells.rolls) if roll in rolls]
    sizes: dict[Cell, int] = {}
    for cell, size in cells.sizes.items():
        short = tuple(cell[place] for place in places)
        sizes[short] = sizes.get(short, 0) + size
    return Cells(tuple(cells.rolls[place] for place in places), sizes, cells.within)


def count(charter: Charter, members: Iterable[Mapping[str, str]], within: Mapping[str, str]) -> Cells:
    """Return the cells of members, each given as her group by roll."""
    rolls = tuple(roll.id for roll in charter.rolls.values() if not roll.gathers)
    sizes: dict[Cell, int] = {}
    for groups_of in members:
        cell = tuple(groups_of.get(roll, "") for roll in rolls)
        sizes[cell] = sizes.get(cell, 0) + 1
    return Cells(rolls, dict(sorted(sizes.items())), dict(within))


def invented(charter: Charter) -> Cells:
    """Return 240 invented members: twelve groups on the first roll, six on the second, four on each further one.

    Half of a group's members share one group of each other roll, the rest are spread: so a charter can be drilled
    before there are members. Each group lies in one of two groups of a roll that gathers it.
    """
    rolls = [roll for roll in charter.rolls.values() if not roll.gathers]
    numbers = [12, 6, *(4 for _ in rolls[2:])][: len(rolls)]
    members = [
        {
            roll.id: f"{roll.id}-{(n if place == 0 or n // 12 % 2 else n // 24 + n * (place + 1)) % number + 1}"
            for place, (roll, number) in enumerate(zip(rolls, numbers, strict=True))
        }
        for n in range(240)
    ]
    within = {
        f"{roll.id}/{roll.id}-{group + 1}": f"{over.id}/{over.id}-{group % 2 + 1}"
        for over in charter.rolls.values()
        for roll, number in zip(rolls, numbers, strict=True)
        if roll.id in over.gathers
        for group in range(number)
    }
    gathering = {roll.id for roll in charter.rolls.values() if roll.gathers}
    within |= {
        f"{below}/{below}-{group}": f"{over.id}/{over.id}-{group}"
        for over in charter.rolls.values()
        for below in over.gathers
        if below in gathering
        for group in (1, 2)
    }
    return count(charter, members, within)


def parse_members(text: str, *, file: str, charter: Charter) -> list[dict[str, str]]:
    """Return each member's groups from a CSV with the column ``member`` and one column for each roll.

    Raises:
        WrongCells: a column is missing, a row is short, or a member stands there twice.
    """
    rolls = [roll.id for roll in charter.rolls.values() if not roll.gathers]
    rows = _rows(text, file=file, columns=["member", *rolls])
    seen: set[str] = set()
    for line, row in rows:
        if not row["member"] or row["member"] in seen:
            found = f"“{row['member']}” again" if row["member"] else "an empty field"
            raise WrongCells(file, line, expected="each member once, with a number", found=found)
        seen.add(row["member"])
    return [{roll: row[roll] for roll in rolls} for _, row in rows]


def parse_groups(text: str, *, file: str) -> dict[str, str]:
    """Return in which group each group lies, from a CSV with the columns roll, id, within (``district/north``).

    Raises:
        WrongCells: a column is missing, or a row is short.
    """
    rows = _rows(text, file=file, columns=["roll", "id", "within"])
    return {f"{row['roll']}/{row['id']}": row["within"] for _, row in rows if row["within"]}


def _rows(text: str, *, file: str, columns: list[str]) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if reader.fieldnames is None or not set(columns) <= set(reader.fieldnames):
        found = ", ".join(reader.fieldnames or ["nothing"])
        raise WrongCells(file, 1, expected="the columns " + ", ".join(columns), found=found)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        for row in reader:
            if None in row or None in row.values():
                wanted = f"{len(reader.fieldnames)} fields"
                raise WrongCells(file, reader.line_num, expected=wanted, found="more or fewer")
            rows.append((reader.line_num, {key: (value or "").strip() for key, value in row.items()}))
    except csv.Error as fault:
        raise WrongCells(file, reader.line_num, expected="CSV", found=str(fault)) from fault
    return rows
