"""A verdict in the member's language, said from its facts and not from another language's words."""

from comitia.decide import verdict
from comitia.decide.phrases import de, en, es
from comitia.decide.verdict import Decision, Verdict

BOOKS = {"en": en.PHRASES, "de": de.PHRASES, "es": es.PHRASES}


class LanguageUnknown(Exception):
    """There is no phrase book for a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        super().__init__(f"there is no phrase book for {language!r}; there are {', '.join(BOOKS)}")


def sentence(found: Verdict | Decision, language: str) -> str:
    """Return the whole sum of a verdict in one sentence.

    Args:
        language: as in ``BOOKS``. Names of bodies and sources stand as they are.

    Raises:
        LanguageUnknown: no such book.
    """
    book = BOOKS.get(language)
    if book is None:
        raise LanguageUnknown(language)
    return verdict.sentence(found, book) if isinstance(found, Verdict) else verdict.joint_sentence(found, book)
