"""Acts of secret ballots by tokens and seals (spec/record.md, R51 to R86).

Keys, blinded messages, signatures and seals are base64 text (RFC 4648 section 4, with padding). ``body`` is the body
for which an issuer or a teller acts.
"""

from typing import Literal

from comitia.federation.act import Act


class BallotKeyGiven(Act, frozen=True):
    """An issuer gives the modulus of her body's key for this ballot alone, a teller her X25519 key, or whoever keeps a
    box the Ed25519 key of its promises.
    """

    ballot: str
    role: Literal["issuer", "teller", "box"]
    key: str


class BallotSealed(Act, frozen=True):
    """The keys of a ballot are complete and fixed: tokens are asked for from now on, bound to the leaf of this act."""

    ballot: str
    issuers: tuple[str, ...]
    tellers: tuple[str, ...]


class TokenRequested(Act, frozen=True):
    """An elector asks every issuer, in the ballot's order, to sign her one-time key, which nobody sees."""

    ballot: str
    blinded: tuple[str, ...]


class TokenIssued(Act, frozen=True):
    """An issuer answers an elector's request with a blind signature."""

    ballot: str
    member: str
    signature: str


class CastsPublished(Act, frozen=True):
    """Sealed ballots that came to a box, as a blob of JSON lines sorted by their SHA-256: no name, no hour of any."""

    ballot: str
    casts: str
    number: int


class TokenVoided(Act, frozen=True):
    """After the close: the holder of a token, who is not named, cast nothing with it and makes it void."""

    ballot: str
    voter: str
    prefix: str
    signatures: tuple[str, ...]
    signature: str


class TellerKeyRevealed(Act, frozen=True):
    """After the close a teller publishes her private key of this ballot."""

    ballot: str
    key: str


class BallotRepeated(Act, frozen=True):
    """A sealed ballot that could not be opened is held again, with new keys."""

    ballot: str
    closes_at: str
