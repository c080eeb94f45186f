"""A verdict in the member's language, said from its facts and not from another language's words."""

from comitia.decide.clause import say
from comitia.decide.phrases import de, en, es
from comitia.decide.verdict import JointVerdict, Verdict

BOOKS = {"en": en.PHRASES, "de": de.PHRASES, "es": es.PHRASES}


class LanguageUnknown(Exception):
    """There is no phrase book for a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        super().__init__(f"there is no phrase book for {language!r}; there are {', '.join(BOOKS)}")


def sentence(found: Verdict | JointVerdict, language: str) -> str:
    """Return the whole sum of a verdict in one sentence.

    Args:
        language: as in ``BOOKS``. Names of bodies and sources stand as they are.

    Raises:
        LanguageUnknown: no such book.
    """
    book = BOOKS.get(language)
    if book is None:
        raise LanguageUnknown(language)
    if isinstance(found, Verdict):
        return f"{say(found.outcome, book)}: {'; '.join(say(one, book) for one in found.clauses)}"
    outcome = book["carried" if found.carried else "not_carried"]
    parts = []
    for one in found.verdicts:
        said = "; ".join(say(part, book) for part in one.clauses)
        parts.append(f"{said} [{say(one.outcome, book)}]" if found.divided else said)
    return f"{outcome}: {'; '.join(parts)}"
