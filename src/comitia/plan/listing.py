"""Rows of a plan as text tables, and back: what the plan folder's files hold, column by column."""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from comitia.plan.rows import decimal_text
from comitia.plan.solution import Allocation, Certificate, Level, Overtime, Plan, Price, Run, Trade, Unmet

COLUMNS: dict[str, tuple[str, ...]] = {
    "allocation": ("product", "from_kind", "from", "to_kind", "to", "quantity"),
    "overtime": ("trade", "workplace", "hours"),
    "prices": ("level", "kind", "key", "price"),
    "runs": ("activity", "runs"),
    "trade": ("product", "bought", "sold"),
    "unmet": ("council", "product", "tier", "quantity"),
}


# Longer than in an economy: a product of two figures has the digits of both.
FIGURE = re.compile(r"-?\d{1,120}(\.\d{1,240})?([eE][+-]?\d{1,2})?", re.ASCII)
WHOLE = re.compile(r"0|[1-9]\d{0,3}", re.ASCII)
FRACTION = re.compile(r"-?\d{1,120}/[1-9]\d{0,240}", re.ASCII)


class NotAPlan(Exception):
    """Text that is no plan: which file, which line, what was expected."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}{f', line {line}' if line else ''}: {reason}")


def rows_of(plan: Plan) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of every table of a plan, sorted by their keys."""
    d = decimal_text
    found: dict[str, list[tuple[str, ...]]] = {
        "allocation": [(a.product, a.from_kind, a.from_, a.to_kind, a.to, d(a.quantity)) for a in plan.allocation],
        "overtime": [(o.trade, o.workplace, d(o.hours)) for o in plan.overtime],
        "prices": [(str(p.level), p.kind, p.key, d(p.price)) for p in plan.prices],
        "runs": [(r.activity, d(r.runs)) for r in plan.runs],
        "trade": [(t.product, d(t.bought), d(t.sold)) for t in plan.trade],
        "unmet": [(u.council, u.product, str(u.tier), d(u.quantity)) for u in plan.unmet],
    }
    return {file: sorted(rows) for file, rows in found.items()}


def certificate_text(certificate: Certificate) -> str:
    """Return the certificate as JSON, keys sorted, figures as exact text."""
    c = certificate
    levels = [_level_text(v) for v in c.levels]
    said: dict[str, object] = {
        "variant": c.variant,
        "objective": decimal_text(c.levels[-1].value),
        "bound": decimal_text(c.levels[-1].bound),
        "gap": decimal_text(c.gap),
        "violation": "0",
        "violation_row": "",
        "levels": levels,
        "economy": c.economy,
        "solver": c.solver,
        "tolerance": c.tolerance,
        "rounding": c.rounding,
        "products": c.products,
        "activities": c.activities,
        "nonzeros": c.nonzeros,
    }
    return json_text(said)


def _level_text(level: Level) -> dict[str, object]:
    said: dict[str, object] = {
        "name": level.name,
        "value": decimal_text(level.value),
        "bound": decimal_text(level.bound),
    }
    return {**said, "tier": level.tier, "worst": level.worst} if level.worst else said


def json_text(said: Mapping[str, object]) -> str:
    """Return JSON in the one form that a certificate has: keys sorted, two blanks, a line end."""
    return json.dumps(said, indent=2, sort_keys=True) + "\n"


def _number(text: str, file: str, line: int) -> Fraction:
    slash = "/" in text
    if not (FRACTION if slash else FIGURE).fullmatch(text):
        raise NotAPlan(file, line, f"{text!r} is not a number; write decimal text like 12.5")
    return Fraction(text)


def plan_of(tables: Mapping[str, Sequence[Sequence[str]]], certificate: str) -> Plan:
    """Return the plan that these tables and this certificate make.

    Raises:
        NotAPlan: a row with another number of columns, or something that is no number.
    """

    def rows(file: str) -> list[tuple[int, Sequence[str]]]:
        found = list(enumerate(tables.get(file, ()), 2))
        for line, row in found:
            if len(row) != len(COLUMNS[file]):
                raise NotAPlan(file, line, f"expected columns {', '.join(COLUMNS[file])}")
        return found

    def whole(text: str, file: str, line: int) -> int:
        if not WHOLE.fullmatch(text):
            raise NotAPlan(file, line, f"{text!r} is no tier or level; a whole number from 0 to 9999 is expected")
        return int(text)

    return Plan(
        runs=tuple(Run(r[0], _number(r[1], "runs", n)) for n, r in rows("runs")),
        unmet=tuple(Unmet(r[0], r[1], whole(r[2], "unmet", n), _number(r[3], "unmet", n)) for n, r in rows("unmet")),
        trade=tuple(Trade(r[0], _number(r[1], "trade", n), _number(r[2], "trade", n)) for n, r in rows("trade")),
        overtime=tuple(Overtime(r[0], r[1], _number(r[2], "overtime", n)) for n, r in rows("overtime")),
        allocation=tuple(
            Allocation(r[0], r[1], r[2], r[3], r[4], _number(r[5], "allocation", n)) for n, r in rows("allocation")
        ),
        prices=tuple(
            Price(whole(r[0], "prices", n), r[1], r[2], _number(r[3], "prices", n)) for n, r in rows("prices")
        ),
        certificate=certificate_of(certificate),
    )


def certificate_of(text: str) -> Certificate:
    """Return the certificate of a text, as ``certificate_text`` writes it.

    Raises:
        NotAPlan: the text is none, or its figures do not agree with each other.
    """
    file = "certificate.json"
    try:
        said = json.loads(text)
        levels = tuple(
            Level(
                str(v["name"]),
                _number(str(v["value"]), file, 0),
                _number(str(v["bound"]), file, 0),
                int(v.get("tier", 0)),
                int(v.get("worst", 0)),
            )
            for v in said["levels"]
        )
        found = Certificate(
            variant=str(said["variant"]),
            economy=str(said["economy"]),
            levels=levels,
            gap=_number(str(said["gap"]), file, 0),
            solver=str(said["solver"]),
            tolerance=str(said["tolerance"]),
            rounding=str(said["rounding"]),
            products=int(said["products"]),
            activities=int(said["activities"]),
            nonzeros=int(said["nonzeros"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotAPlan(file, 0, f"cannot be read ({fault})") from fault
    # What the file repeats must agree with its levels, so that no figure in it is left unchecked.
    if not levels or certificate_text(found) != text:
        raise NotAPlan(
            file, 0, "its figures do not agree with each other, or it is not in the form that plan solve writes"
        )
    return found
