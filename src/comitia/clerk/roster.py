"""The two tables with which a federation begins: members and groups, read with every fault by its row.

``members.csv`` has the columns member (may be empty: numbered in order), name, contact (may be empty) and one for
each roll that members
join; ``bodies.csv`` has roll, id, name, within (``district/north``, or empty). Commas or semicolons, with or without
a byte order mark.
"""

import csv
import io
import re
from dataclasses import dataclass

from comitia.charter.structure import Charter

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
GROUP_COLUMNS = ("roll", "id", "name", "within")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a table: file, row as an editor numbers it (0: the whole file), column, and what to do."""

    file: str
    row: int
    column: str
    reason: str

    @property
    def sentence(self) -> str:
        """The fault as one line."""
        place = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{place}{column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group: its roll, id, name, and the group it lies in."""

    roll: str
    id: str
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member: number, name, contact, and her group on each roll."""

    member: str
    name: str
    contact: str
    groups: dict[str, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """Both tables, all faults, and warnings that stop nothing."""

    groups: tuple[GroupRow, ...]
    members: tuple[MemberRow, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def read(charter: Charter, bodies: tuple[str, bytes], members: tuple[str, bytes]) -> Roster:
    """Return both tables (file name, bytes) with every fault in them; never stops at the first."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    groups = _groups(charter, _rows(bodies, GROUP_COLUMNS, faults), bodies[0], faults)
    rolls = tuple(r.id for r in charter.rolls.values() if not r.gathers)
    known = {(g.roll, g.id) for g in groups}
    found: list[MemberRow] = []
    numbers: dict[str, int] = {}
    contacts: dict[str, int] = {}
    for row, values in _rows(members, ("name", *rolls), faults):
        member = values.get("member") or f"m-{len(found) + 1:04}"
        _check_id(member, (members[0], row, "member"), faults)
        if member in numbers:
            faults.append(Fault(members[0], row, "member", f"{member} stands in row {numbers[member]} already"))
        numbers[member] = row
        if not values["name"]:
            faults.append(Fault(members[0], row, "name", "a name is expected; it stays off the record"))
        for roll in rolls:
            if (roll, values[roll]) not in known:
                what = (
                    f"there is no {roll} {values[roll]!r} in {bodies[0]}" if values[roll] else f"a {roll} is expected"
                )
                faults.append(Fault(members[0], row, roll, what))
        contact = values.get("contact") or ""
        if contact in contacts:
            warnings.append(Fault(members[0], row, "contact", f"{contact} is also in row {contacts[contact]}"))
        if contact:
            contacts[contact] = row
        found.append(MemberRow(member, values["name"], contact, {roll: values[roll] for roll in rolls}))
    if not found and not faults:
        faults.append(Fault(members[0], 0, "", "holds no member; add a row for each"))
    return Roster(groups, tuple(found), tuple(faults), tuple(warnings))


def _check_id(name: str, place: tuple[str, int, str], faults: list[Fault]) -> None:
    if not _ID.fullmatch(name) or len(name) > 64:
        faults.append(Fault(*place, f"{name!r} is no id; use at most 64 of a-z, 0-9 and single hyphens"))


def _groups(
    charter: Charter, rows: list[tuple[int, dict[str, str]]], file: str, faults: list[Fault]
) -> tuple[GroupRow, ...]:
    found: dict[tuple[str, str], tuple[int, GroupRow]] = {}
    for row, values in rows:
        group = GroupRow(values["roll"], values["id"], values["name"], values["within"])
        if group.roll not in charter.rolls:
            rolls = ", ".join(charter.rolls)
            faults.append(Fault(file, row, "roll", f"{group.roll!r} is no roll of the charter; its rolls are {rolls}"))
        _check_id(group.id, (file, row, "id"), faults)
        if not group.name:
            faults.append(Fault(file, row, "name", "a name is expected"))
        if (group.roll, group.id) in found:
            faults.append(Fault(file, row, "id", f"{group.id} stands in row {found[group.roll, group.id][0]} already"))
        found[group.roll, group.id] = row, group
    for row, group in found.values():
        over, _, name = group.within.partition("/")
        if group.within and ((over, name) not in found or group.roll not in charter.rolls[over].gathers):
            reason = (
                f"{group.within!r} is no group of this file that gathers a {group.roll}; write roll/id, or "
                f"leave it empty"
            )
            faults.append(Fault(file, row, "within", reason))
    # A group must be registered before those that lie in it.
    gathering = {r.id for r in charter.rolls.values() if r.gathers}
    return tuple(g for _, g in sorted(found.values(), key=lambda pair: (pair[1].roll not in gathering, pair[0])))


def _rows(table: tuple[str, bytes], columns: tuple[str, ...], faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    file, body = table
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = body[: fault.start].count(b"\n") + 1
        faults.append(Fault(file, row, "", "is not UTF-8; save the table as CSV UTF-8 and try again"))
        return []
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [(n or "").strip().lower() for n in reader.fieldnames or []]
    missing = [c for c in columns if c not in names]
    if missing:
        faults.append(Fault(file, 1, ", ".join(missing), f"missing; the columns are {', '.join(columns)}"))
        return []
    reader.fieldnames = names
    found: list[tuple[int, dict[str, str]]] = []
    for values in reader:
        if None in values or None in values.values():
            faults.append(
                Fault(file, reader.line_num, "", f"has another number of fields than the {len(names)} columns")
            )
            continue
        found.append((reader.line_num, {k: (v or "").strip() for k, v in values.items()}))
    return found
