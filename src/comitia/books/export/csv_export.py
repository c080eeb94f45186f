"""The journal as comma-separated values: one line a posting."""

import csv
import io
from collections.abc import Iterable

from comitia.books.journal import Transaction
from comitia.books.quantity import format_decimal

COLUMNS = ("act", "at", "text", "answers", "body", "kind", "unit", "quantity", "counterpart")


def csv_text(transactions: Iterable[Transaction]) -> str:
    """Return every posting as one line, after a line of column names; lines end in LF, quantities are exact decimals.

    Raises:
        NotFiniteDecimal: a quantity has no finite decimal text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for transaction in transactions:
        answers = "" if transaction.answers is None else str(transaction.answers)
        for posting in transaction.postings:
            account = posting.account
            writer.writerow(
                (
                    str(transaction.act),
                    transaction.at,
                    transaction.text,
                    answers,
                    account.body,
                    account.kind.value,
                    account.unit,
                    format_decimal(posting.quantity),
                    posting.counterpart,
                )
            )
    return out.getvalue()
