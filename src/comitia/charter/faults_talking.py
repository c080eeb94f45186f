"""Faults of talking: whoever sets words aside judges the complaint, or nobody can hear it."""

from collections.abc import Iterator

from comitia.charter.fault import Fault, at, quoted
from comitia.charter.structure import Charter

TYPES = ("application/pdf", "image/jpeg", "image/png", "text/csv", "text/plain")
"""Media types that are told from their bytes; others are not taken in."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the table ``[talking]``; none where the charter has none."""
    rule = charter.talking
    if rule is None:
        return
    hearing = charter.kinds.get(rule.hears)
    if hearing is not None and (hearing.each or hearing.form in ("all", "joint")):
        yield at(
            rule,
            "talking-heard-by-none",
            reason=f"The {hearing.name} hears appeals, and is not one body with seats of its own.",
            harm="Words are set aside, their author appeals, and there are no seats whose votes could be counted.",
            repair="Name a kind of which the federation has one body, elected or appointed.",
        )
    setting = charter.permissions.get("words_set_aside")
    if setting is not None and rule.hears in setting.by:
        yield at(
            rule,
            "talking-judged-by-itself",
            reason=f"Whoever sits in {quoted((rule.hears,))} sets words aside and hears the appeal.",
            harm="An opponent is silenced, complains, and those who silenced her find that they were right.",
            repair="Name another kind under hears, or leave the setting aside to others.",
        )
    unknown = tuple(one for one in rule.types if one not in TYPES)
    if unknown:
        yield at(
            rule,
            "talking-unknown-type",
            reason=f"Attachments may be {quoted(unknown)}; what can be told from its bytes are {quoted(TYPES)}.",
            harm="Somebody attaches a file under that name, and it is another thing than it says.",
            repair="Write types with words of these.",
        )
