"""The journal as Beancount input.

Source: Beancount language syntax (beancount.github.io): accounts are capitalised words joined by colons under one of
five roots, commodities are 1 to 24 capitals, digits, ``'._-``, beginning with a letter and ending in a letter or digit.
"""

import hashlib
import re
from collections.abc import Iterable

from comitia.books.journal import MONEY, Account, Kind, Transaction
from comitia.books.quantity import format_decimal

ROOTS = {
    Kind.STOCK: "Assets",
    Kind.IN_TRANSIT: "Assets",
    Kind.CASH: "Assets",
    Kind.RUNS: "Assets",
    Kind.PROCESS: "Expenses",
    Kind.CONSUMED: "Expenses",
    Kind.DIFFERENCE: "Expenses",
    Kind.LABOUR: "Income",
    Kind.OUTSIDE: "Income",
    Kind.OPENING: "Equity",
}
PREFIXES = {"product": "", "hours": "H.", "runs": "R."}
LONGEST = 24


def beancount_text(transactions: Iterable[Transaction]) -> str:
    """Return the transactions as Beancount text: every account opened on the day of its first posting.

    Raises:
        NotFiniteDecimal: a quantity has no finite decimal text.
    """
    kept = list(transactions)
    opened: dict[str, str] = {}
    for transaction in kept:
        for posting in transaction.postings:
            opened.setdefault(account_name(posting.account), transaction.at[:10])
    lines = ['option "title" "Comitia: open books"', ""]
    lines += [f"{day} open {name}" for name, day in sorted(opened.items(), key=lambda pair: (pair[1], pair[0]))]
    for transaction in kept:
        lines += ["", f'{transaction.at[:10]} * "{_quoted(transaction.text)}"', f"  act: {transaction.act}"]
        lines.append(f'  moment: "{transaction.at}"')
        if transaction.answers is not None:
            lines.append(f"  answers: {transaction.answers}")
        for posting in transaction.postings:
            quantity, unit = format_decimal(posting.quantity), commodity(posting.account.unit)
            lines.append(f"  {account_name(posting.account)}  {quantity} {unit}")
            if posting.counterpart != posting.account.body:
                lines.append(f'    counterpart: "{_quoted(posting.counterpart)}"')
    return "\n".join(lines) + "\n"


def account_name(account: Account) -> str:
    """Return the Beancount name of an account: its root, body and kind."""
    body = ":".join(part[:1].upper() + part[1:] for part in account.body.split("/"))
    kind = "-".join(part.capitalize() for part in account.kind.value.split("_"))
    return f"{ROOTS[account.kind]}:{body}:{kind}"


def commodity(unit: str) -> str:
    """Return the Beancount commodity of a unit; a name that is too long ends in eight digits of its SHA-256."""
    sort, _, name = unit.partition(":")
    if not name:
        return sort.upper()
    text = PREFIXES[sort] + re.sub(r"[^A-Z0-9-]", "-", name.upper())
    if not text[0].isalpha() or len(text) == 1 or text == MONEY.upper():
        text = "P." + text
    if len(text) <= LONGEST and text[-1].isalnum():
        return text
    return f"{text[: LONGEST - 9].rstrip('-.')}-{hashlib.sha256(unit.encode()).hexdigest()[:8].upper()}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
