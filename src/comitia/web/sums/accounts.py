"""Accounts as they are read: what an account is for, in which unit, and the same rows in kind, hours and money."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comitia.books import balance
from comitia.books.journal import MONEY, Account, Kind
from comitia.federation import standing
from comitia.federation.state import State

Measure = Literal["in kind", "runs", "hours", "money"]
WORDS = {
    Kind.STOCK: "stock",
    Kind.IN_TRANSIT: "in transit",
    Kind.PROCESS: "used and made",
    Kind.OPENING: "opening stock",
    Kind.DIFFERENCE: "differences",
    Kind.LABOUR: "work given",
    Kind.RUNS: "runs",
    Kind.CONSUMED: "used by members",
    Kind.CASH: "cash",
    Kind.OUTSIDE: "outside",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An account of a body: its key on a page, its words, its unit, and the figures."""

    key: str
    kind: str
    subject: str
    unit: str
    entered: Fraction
    left: Fraction
    balance: Fraction


@dataclass(frozen=True, slots=True)
class UnitSum:
    """The trial balance of one unit: how many accounts, what entered and left, and the sum, which is 0."""

    subject: str
    unit: str
    accounts: int
    entered: Fraction
    sum: Fraction


def measure(unit: str) -> Measure:
    """Return in what an account counts."""
    match unit.partition(":")[0]:
        case "hours":
            return "hours"
        case "runs":
            return "runs"
        case "money":
            return "money"
        case _:
            return "in kind"


def subject(unit: str) -> str:
    """Return the product, trade or activity of a unit."""
    return unit.partition(":")[2] or unit


def unit_words(state: State, unit: str) -> str:
    """Return the unit in which quantities are counted: kg of a product, hours, runs, money."""
    kind, _, name = unit.partition(":")
    if kind != "product":
        return "units of money" if unit == MONEY else kind
    for season in reversed(state.seasons.values()):
        row = season.figures.get("products", {}).get((name,))
        if row is not None:
            return row.row[1]
    return ""


def lines(state: State, body: str) -> dict[Measure, tuple[Line, ...]]:
    """Return the accounts of a body by what they count in."""
    found: dict[Measure, list[Line]] = {"in kind": [], "runs": [], "hours": [], "money": []}
    for row in balance.accounts_of(state.journal, body):
        of = row.account
        line = Line(
            f"{of.kind}|{of.unit}",
            WORDS[of.kind],
            subject(of.unit),
            unit_words(state, of.unit),
            row.entered,
            row.left,
            row.balance,
        )
        found[measure(of.unit)].append(line)
    return {
        word: tuple(sorted(rows, key=lambda line: (line.kind, line.subject))) for word, rows in found.items() if rows
    }


def account(body: str, key: str) -> Account | None:
    """Return the account that a key names, or None."""
    kind, _, unit = key.partition("|")
    return Account(body, Kind(kind), unit) if kind in set(Kind) and unit else None


def sums(state: State, at: str) -> tuple[UnitSum, ...]:
    """Return the trial balance by unit."""
    trial = balance.trial_balance(state.journal, at)
    counted: dict[str, tuple[int, Fraction]] = {}
    for row in trial.rows:
        number, entered = counted.get(row.account.unit, (0, Fraction(0)))
        counted[row.account.unit] = (number + 1, entered + row.entered)
    return tuple(
        UnitSum(subject(unit), unit_words(state, unit), *counted[unit], sum=total)
        for unit, total in sorted(trial.sums.items())
    )


def bodies(state: State) -> tuple[str, ...]:
    """Return whoever has an account."""
    return tuple(sorted({a.body for a in state.journal.accounts()}))


def answering(state: State, body: str) -> str:
    """Return the body that answers for an account's body: a workplace's is its committee."""
    kind, _, group = body.partition("/")
    name = f"committee/{group}" if kind == "workplace" else body
    return name if standing.find_body(state, name) else ""


def account_body(body: str) -> str:
    """Return under whose name a body's postings stand: a committee's under its workplace's."""
    kind, _, group = body.partition("/")
    return f"workplace/{group}" if kind == "committee" else body
