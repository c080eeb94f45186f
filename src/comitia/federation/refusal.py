"""The one way in which the rule book says no."""

from collections.abc import Mapping


class Refused(Exception):
    """An act that the charter, or the record's own order, does not allow; nothing was changed.

    Attributes:
        article: number of the charter's article that decides, or ``record`` for a fault of form.
        reason: a plain sentence: what is wrong, what was expected, what to do.
        facts: the figures and names behind the sentence.
    """

    def __init__(self, article: str, reason: str, facts: Mapping[str, object] | None = None) -> None:
        self.article = article
        self.reason = reason
        self.facts = dict(facts or {})
        where = "the record's rules" if article == "record" else f"article {article}"
        super().__init__(f"refused under {where}: {reason}")


def refuse_unless(holds: bool, article: str, reason: str) -> None:
    """Raise ``Refused`` with this article and reason unless the condition holds.

    Raises:
        Refused: the condition does not hold.
    """
    if not holds:
        raise Refused(article, reason)
