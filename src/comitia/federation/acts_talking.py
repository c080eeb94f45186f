"""Acts of talking: words beside a motion, a season, a need or an order; setting them aside; the appeal.

Texts and attachments are blobs. The rule book checks them where they are there: a text may be erased, and the record
replays without it.
"""

import msgspec

from comitia.federation.act import Act


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file beside words: its name, its media type, the SHA-256 of its bytes."""

    name: str
    type: str
    blob: str


class WordsSaid(Act, frozen=True):
    """A member speaks; ``answers`` names the words that hers answer, or "".

    ``about`` is ``motion/ID``, ``season/ID``, ``need/SEASON/COUNCIL/PRODUCT`` or ``order/SEASON/WORKPLACE``.
    """

    words: str
    about: str
    text: str
    answers: str = ""
    attachments: tuple[Attachment, ...] = ()


class WordsSetAside(Act, frozen=True):
    """Words are folded from now on, with the reason; they stay on the record and can be unfolded."""

    words: str
    reason: str


class SettingAsideAppealed(Act, frozen=True):
    """The author of words that were set aside appeals to the body that the charter names."""

    words: str
    reason: str


class AppealVoted(Act, frozen=True):
    """A seat of the body that hears the appeal says in the open whether the words are restored."""

    words: str
    seat: str
    restore: bool
    reason: str
