"""The tables ``[procedures]`` and ``[refounding]``: beginning, correcting, leaving, beginning again.

A procedure is written whole or left out: without its article it is not there, and its numbers are 0.
"""

from fractions import Fraction

from comitia.charter import checking, keys, reading
from comitia.charter.reading import Table
from comitia.charter.structure import Procedures, Refounding


def refounding(root: Table) -> Refounding | None:
    """Return how the members found anew, or None where the charter has no such way.

    Raises:
        WrongCharter: one of the table's keys is missing, unknown or of the wrong form.
    """
    if "refounding" not in root.values:
        return None
    table = reading.inner(root, "refounding")
    checking.check(table, keys.REFOUNDING)
    threshold, strict = reading.threshold(table)
    return Refounding(
        share=reading.fraction(table, "share"),
        window_days=reading.whole(table, "window_days"),
        voting_days=reading.whole(table, "voting_days"),
        base=reading.one_of(table, "base", keys.FOUNDING_BASES),
        threshold=threshold,
        strict=strict,
        quorum=reading.fraction(table, "quorum"),
        article=reading.text(table, "article"),
    )


def read(root: Table, anew: Refounding | None, *, language: int) -> Procedures:
    """Return the procedures of a charter file; ``anew`` is its refounding.

    Raises:
        WrongCharter: the table or one of its keys is missing, unknown or of the wrong form.
    """
    if not isinstance(root.values.get("procedures"), dict):
        found = reading.shown(root.values.get("procedures") or "nothing")
        raise reading.wrong(root, "procedures", expected="the table [procedures]", found=found)
    table = reading.inner(root, "procedures")
    checking.check(table, keys.PROCEDURES_TABLE if language == 2 else keys.PROCEDURES_TABLE_1)
    # Language 1 named a share and an article for refounding, and no vote by which to carry it out.
    called = _share(table, "refounding_share") if language == 1 else anew.share if anew else Fraction(0)
    return Procedures(
        founders=reading.whole_or_none(table, "founders"),
        carried_over_days=reading.whole_or_none(table, "carried_over_days"),
        founding_article=_article(table, "founding"),
        correction_article=_article(table, "correction"),
        refounding_share=called,
        refounding_article=_article(table, "refounding") if language == 1 else anew.article if anew else "",
        leaving_notice_days=reading.whole_or_none(table, "leaving_notice_days"),
        leaving_article=_article(table, "leaving"),
        emergency_days=reading.whole_or_none(table, "emergency_days"),
        emergency_by=reading.texts(table, "emergency_by") if "emergency_by" in table.values else (),
        emergency_article=_article(table, "emergency"),
        building_ceiling=_share(table, "building_ceiling"),
        building_article=_article(table, "building"),
        inspection_days=reading.whole_or_none(table, "inspection_days"),
        inspection_article=_article(table, "inspection"),
        claim_basis=reading.one_of(table, "claim_basis", keys.CLAIM_BASES) if "claim_basis" in table.values else "none",
        claims_article=_article(table, "claims"),
        distribution=reading.one_of(table, "distribution", keys.DISTRIBUTIONS)
        if "distribution" in table.values
        else "none",
        distribution_article=_article(table, "distribution"),
        overtime_article=_article(table, "overtime"),
        decline_article=_article(table, "decline"),
        line=table.line,
        refounding=anew,
        leaving_least=reading.whole_or_none(table, "leaving_least"),
    )


def _article(table: Table, procedure: str) -> str:
    key = f"{procedure}_article"
    return reading.text(table, key, empty=True) if key in table.values else ""


def _share(table: Table, key: str) -> Fraction:
    return reading.fraction(table, key) if key in table.values else Fraction(0)
