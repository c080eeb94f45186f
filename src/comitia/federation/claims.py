"""Each council's claim in hours, adopted by the houses: a table ``council,hours`` named by its hash."""

import csv
import io
from decimal import Decimal, InvalidOperation

from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import State


def parse(state: State, figures: str, article: str) -> dict[str, Decimal]:
    """Return the hours claimed by each council.

    Raises:
        Refused: the blob is missing, or a row is not a council of this federation and hours, once each.
    """
    text = state.blobs.get(figures)
    if text is None:
        raise Refused(article, f"the table of claims is missing: no blob {figures}")
    try:
        rows = list(csv.reader(io.StringIO(text.decode())))
    except UnicodeDecodeError:
        raise Refused(article, "the table of claims is UTF-8 text") from None
    refuse_unless(
        bool(rows) and rows[0] == ["council", "hours"], article, "the table of claims has columns council,hours"
    )
    found: dict[str, Decimal] = {}
    for line, row in enumerate(rows[1:], 2):
        try:
            council, hours = row[0], Decimal(row[1])
        except (IndexError, InvalidOperation):
            hours = Decimal("NaN")
        # NaN compares with nothing, and infinity is no claim.
        refuse_unless(hours.is_finite(), article, f"claims, line {line}: expected a council and its hours")
        known = any(roll_group[1] == council for roll_group in state.groups)
        refuse_unless(
            known and council not in found and hours >= 0,
            article,
            f"claims, line {line}: {council!r} is unknown, named twice or negative",
        )
        found[council] = hours
    return found
