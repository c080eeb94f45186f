"""A whole plan as one canonical text, so that the hash of one blob binds every figure of it and its certificate."""

import csv
import io
from hashlib import sha256

from comitia.plan import listing
from comitia.plan.listing import NotAPlan as NotAPlan
from comitia.plan.solution import Plan


def pack(plan: Plan) -> bytes:
    """Return the plan as text: ``# name`` and the CSV of each file by name, the certificate last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for file, rows in listing.rows_of(plan).items():
        out.write(f"# {file}\n")
        writer.writerow(listing.COLUMNS[file])
        writer.writerows(rows)
    out.write("# certificate.json\n" + listing.certificate_text(plan.certificate))
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
    body, found, certificate = text.partition("# certificate.json\n")
    if not found:
        raise NotAPlan("plan", 0, "has no certificate")
    tables: dict[str, list[list[str]]] = {}
    for part in body.split("# ")[1:]:
        name, _, rest = part.partition("\n")
        if name not in listing.COLUMNS:
            raise NotAPlan(name, 0, "is no file of a plan")
        tables[name] = list(csv.reader(io.StringIO(rest)))[1:]
    plan = listing.plan_of(tables, certificate)
    if pack(plan) != packed:
        raise NotAPlan("plan", 0, "is not in canonical form; pack it again")
    return plan


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 of the packed plan."""
    return sha256(pack(plan)).hexdigest()
