"""Every list of a federation as rows, for a spreadsheet: what was decided, who sits where, what was delivered.

A question to the state; members stand in them by number. A cell that a spreadsheet would take for a formula gets an
apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from comitia.federation import standing
from comitia.federation.decisions import Decided, decisions
from comitia.federation.state import State

Row = Sequence[object]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: what it is, the names of its columns, its rows at a moment."""

    title: str
    columns: tuple[str, ...]
    rows: Callable[[State, str], Iterable[Row]]


def _decided(state: State, one: Decided) -> Row:
    motion = state.motions.get(one.id) if one.sort in ("motion", "charter") else None
    body = motion.body if motion else ""
    if one.sort == "election":
        body = state.elections[one.id].body
    elif one.sort == "recall":
        body = state.recalls[one.id].seat.partition(":")[0]
    said = "carried" if one.decision.carried else "not carried"
    return (
        one.sort, one.id, motion.title if motion else "", body, said, one.decision.sentence,
        motion.effect_at if motion else "", motion.review_at if motion else "", one.act,
    )  # fmt: skip


LISTS: dict[str, Listed] = {
    "decisions": Listed(
        "Register of decisions",
        ("sort", "id", "title", "body", "outcome", "sum", "in force from", "review on", "act"),
        lambda state, _at: (_decided(state, one) for one in decisions(state)),
    ),
    "motions": Listed(
        "Motions",
        ("id", "title", "matter", "body", "moved by", "moved", "outcome", "act"),
        lambda state, _at: (
            (m.id, m.title, m.matter, m.body, m.by, m.at, m.outcome, m.act) for m in state.motions.values()
        ),
    ),
    "elections": Listed(
        "Elections",
        ("id", "body", "constituency", "seats", "stood", "nominated until", "electors", "voted", "closes", "counted"),
        lambda state, _at: (
            (
                e.id, e.body, e.constituency, len(e.seats), len(e.nominators), e.nominations_until,
                len(state.ballots[e.ballot].electorate), state.ballots[e.ballot].turnout,
                state.ballots[e.ballot].closes_at, "yes" if state.ballots[e.ballot].published else "no",
            )
            for e in state.elections.values()
        ),
    ),
    "offices": Listed(
        "Offices, past and present",
        ("seat", "member", "came by", "since", "until", "ended", "reports", "act"),
        lambda state, _at: (
            (t.seat, t.member, t.origin, t.since, t.until, t.ended, len(t.reports), t.act)
            for seat in sorted(state.terms)
            for t in state.terms[seat]
        ),
    ),
    "bodies": Listed(
        "Bodies",
        ("id", "name", "kind", "seats", "filled"),
        lambda state, at: (
            (b.id, b.name, b.kind.id, len(standing.seats(state, b.id)), len(standing.sitting(state, b.id, at)))
            for b in standing.bodies(state)
        ),
    ),
    "mandates": Listed(
        "Mandates",
        ("seat", "motion", "instruction", "decision", "act"),
        lambda state, _at: ((m.seat, m.motion, m.instruction, m.decision, m.act) for m in state.mandates.values()),
    ),
    "recalls": Listed(
        "Petitions to recall",
        ("id", "seat", "member", "reason", "since", "signatures", "electors", "outcome", "act"),
        lambda state, _at: (
            (r.id, r.seat, r.member, r.reason, r.at, len(r.signatures), len(r.electorate), r.outcome, r.act)
            for r in state.recalls.values()
        ),
    ),
    "figures": Listed(
        "Numbers declared",
        ("season", "table", "row", "body", "act"),
        lambda state, _at: (
            (season.id, table, " | ".join(figure.row), figure.body, figure.act)
            for season in state.seasons.values()
            for table, figures in season.figures.items()
            for figure in figures.values()
        ),
    ),
    "deliveries": Listed(
        "Deliveries",
        ("id", "season", "product", "from", "to", "sent", "received", "remark"),
        lambda state, _at: (
            (d.id, d.season, d.product, d.sender, d.to, d.quantity, "" if d.received is None else d.received, d.remark)
            for d in state.deliveries.values()
        ),
    ),
    "inspections": Listed(
        "Inspections",
        ("id", "by", "of", "question", "asked", "deadline", "answered"),
        lambda state, _at: (
            (i.id, i.by, i.subject, i.question, i.at, i.deadline, i.answered) for i in state.inspections.values()
        ),
    ),
}  # fmt: skip


def as_csv(name: str, state: State, at: str) -> str:
    """Return a list as CSV with a line of column names.

    Raises:
        KeyError: there is no list of that name.
    """
    found = LISTS[name]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows([_safe(cell) for cell in row] for row in found.rows(state, at))
    return out.getvalue()


def _safe(cell: object) -> object:
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else cell
