"""A whole plan, or economy, as one canonical text, so that the hash of one blob binds every figure in it.

Each file begins with a line ``# name``; no row can, for no id begins with ``#`` and no text has a line break.
"""

import csv
import io
import re
from hashlib import sha256

from comitia.plan import economy as economies, listing
from comitia.plan.economy import Economy
from comitia.plan.listing import NotAPlan as NotAPlan
from comitia.plan.solution import Plan

CERTIFICATE = "# certificate.json\n"


def pack(plan: Plan) -> bytes:
    """Return the plan as text: ``# name`` and the CSV of each file by name, the certificate last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for file, rows in listing.rows_of(plan).items():
        out.write(f"# {file}\n")
        writer.writerow(listing.COLUMNS[file])
        writer.writerows(rows)
    out.write(CERTIFICATE + listing.certificate_text(plan.certificate))
    return out.getvalue().encode()


def unpack(packed: bytes) -> Plan:
    """Return the plan of a packed text.

    Raises:
        NotAPlan: the text is not what ``pack`` writes, to the byte.
    """
    try:
        text = packed.decode()
    except UnicodeDecodeError:
        raise NotAPlan("plan", 0, "is not UTF-8") from None
    body, found, certificate = text.partition(CERTIFICATE)
    if not found:
        raise NotAPlan("plan", 0, "has no certificate")
    tables: dict[str, list[list[str]]] = {}
    for name, rest in _parts(body):
        if name not in listing.COLUMNS:
            raise NotAPlan(name, 0, "is no file of a plan")
        tables[name] = rest[1:]
    plan = listing.plan_of(tables, certificate)
    if pack(plan) != packed:
        raise NotAPlan("plan", 0, "is not in canonical form; pack it again")
    return plan


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 of the packed plan."""
    return sha256(pack(plan)).hexdigest()


def pack_economy(economy: Economy) -> bytes:
    """Return the economy as text: ``# name`` and the canonical CSV of each file by name.

    Without ``owners`` these are the bytes that ``economy_hash`` hashes.
    """
    return b"".join(f"# {file}\n".encode() + body for file, body in economies.canonical_csv(economy).items())


def unpack_economy(packed: bytes) -> Economy:
    """Return the economy of a packed text.

    Raises:
        EconomyFault: the text is not what ``pack_economy`` writes, to the byte, or makes no economy.
    """
    try:
        text = packed.decode()
    except UnicodeDecodeError:
        raise economies.EconomyFault("economy", 0, "", "the packed text is not UTF-8") from None
    files: dict[str, list[dict[str, str]]] = {}
    for name, table in _parts(text):
        columns = table[0] if table else []
        files[name] = [dict(zip(columns, row, strict=False)) for row in table[1:]]
    found = economies.from_rows(files)
    if pack_economy(found) != packed:
        raise economies.EconomyFault("economy", 0, "", "the packed text is not in canonical form; pack it again")
    return found


def _parts(text: str) -> list[tuple[str, list[list[str]]]]:
    found: list[tuple[str, list[list[str]]]] = []
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        found.append((name, list(csv.reader(io.StringIO(rest)))))
    return found
