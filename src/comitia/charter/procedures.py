"""The table ``[procedures]``: founding, correction, refounding, leaving and the other ways that every charter needs."""

from typing import Literal

from comitia.charter import reading
from comitia.charter.reading import Table
from comitia.charter.structure import Procedures

_KEYS = tuple(field for field in Procedures.__dataclass_fields__ if field != "line")


def read(root: Table) -> Procedures:
    """Return the procedures of a charter file.

    Raises:
        WrongCharter: the table or one of its keys is missing, unknown or of the wrong form.
    """
    values = root.values.get("procedures")
    if not isinstance(values, dict):
        raise reading.wrong(
            root, "procedures", expected="the table [procedures]", found=reading.shown(values or "nothing")
        )
    table = Table(root.file, ("procedures",), values, root.places)
    reading.check_keys(table, _KEYS)
    claim_bases: tuple[Literal["per_member", "fixed"], ...] = ("per_member", "fixed")
    distributions: tuple[Literal["equal_per_head", "by_hours"], ...] = ("equal_per_head", "by_hours")
    return Procedures(
        founders=reading.whole(table, "founders", least=0),
        carried_over_days=reading.whole(table, "carried_over_days", least=0),
        founding_article=reading.text(table, "founding_article", empty=True),
        correction_article=reading.text(table, "correction_article", empty=True),
        refounding_share=reading.fraction(table, "refounding_share"),
        refounding_article=reading.text(table, "refounding_article", empty=True),
        leaving_notice_days=reading.whole(table, "leaving_notice_days", least=0),
        leaving_article=reading.text(table, "leaving_article", empty=True),
        emergency_days=reading.whole(table, "emergency_days", least=0),
        emergency_by=reading.texts(table, "emergency_by"),
        emergency_article=reading.text(table, "emergency_article", empty=True),
        building_ceiling=reading.fraction(table, "building_ceiling"),
        building_article=reading.text(table, "building_article", empty=True),
        inspection_days=reading.whole(table, "inspection_days", least=0),
        inspection_article=reading.text(table, "inspection_article", empty=True),
        claim_basis=reading.one_of(table, "claim_basis", claim_bases),
        claims_article=reading.text(table, "claims_article", empty=True),
        distribution=reading.one_of(table, "distribution", distributions),
        distribution_article=reading.text(table, "distribution_article", empty=True),
        overtime_article=reading.text(table, "overtime_article", empty=True),
        decline_article=reading.text(table, "decline_article", empty=True),
        line=table.line,
    )
