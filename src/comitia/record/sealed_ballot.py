"""The arithmetic of one ballot by tokens and seals: from what the record shows to the choices, or the first cheat.

spec/record.md, clauses R65 to R74. Everything here can be done by anyone from the record alone. Who may vote, when a
window opens and which tellers and issuers a ballot must have is no matter of this module.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from comitia.record import blind_rsa, ed25519, seal, token
from comitia.record.blind_rsa import BlindFault, IssuerKey
from comitia.record.ed25519 import BadSignature
from comitia.record.seal import SealFault, Terms
from comitia.record.token import Token, TokenFault

LAST_REVISION = 2**32 - 1
_CAST = b"comitia/cast/v1\n"
_VOID = b"comitia/void/v1\n"

Step = Literal["request", "issue", "cast", "void", "reveal"]


class Cheat(Exception):
    """Something on the record of a ballot that must not be there: the first such thing, and where it stands."""

    def __init__(self, step: Step, at: int, reason: str) -> None:
        self.step = step
        self.at = at
        self.reason = reason
        super().__init__(f"{step} {at} of the ballot: {reason}")


class TooFewTellers(Exception):
    """The ballot cannot be opened and must be held again; the tellers who did not reveal are known (R72)."""

    def __init__(self, missing: tuple[int, ...], needed: int) -> None:
        self.missing = missing
        self.needed = needed
        super().__init__(f"{needed} tellers must reveal their keys; these have not: {', '.join(map(str, missing))}")


@dataclass(frozen=True)
class Ballot:
    """A ballot as its opening act fixes it: its leaf hash, the issuers' keys, the terms of its seals.

    Raises:
        TokenFault: the leaf hash has not 32 bytes, or the issuers' keys do not go together.
    """

    leaf_hash: bytes
    issuers: tuple[IssuerKey, ...]
    terms: Terms

    def __post_init__(self) -> None:
        token.message(self.leaf_hash, bytes(token.VOTER_BYTES))
        token.check_issuers(self.issuers)


@dataclass(frozen=True)
class Request:
    """Who asks for a token, under her own number, and one blinded message for each issuer."""

    by: str
    blinded: tuple[bytes, ...]


@dataclass(frozen=True)
class Issue:
    """An issuer's answer, both counted from 0, to a request."""

    issuer: int
    request: int
    blind_signature: bytes


@dataclass(frozen=True)
class Cast:
    """A sealed ballot under a one-time key; of those of one key the highest revision counts."""

    voter: bytes
    token: Token
    revision: int
    sealed: bytes
    signature: bytes


@dataclass(frozen=True)
class Void:
    """The holder of a token who has cast nothing makes it void after the close."""

    voter: bytes
    token: Token
    signature: bytes


@dataclass(frozen=True)
class Shown:
    """What the record of one ballot shows after the close, each list in its order; keys by the teller's number."""

    requests: Sequence[Request]
    issues: Sequence[Issue]
    casts: Sequence[Cast]
    voids: Sequence[Void]
    revealed: Mapping[int, bytes]


@dataclass(frozen=True)
class Outcome:
    """What a ballot gives.

    Args:
        choices: the choices that opened, sorted by their bytes.
        spoilt: index of each last revision whose seal opens for nobody.
        issued: how many requests each issuer answered.
        unanswered: (request, issuer) of each answer that an issuer owes.
        voided: how many tokens were made void.
        missing: numbers of the tellers who did not reveal.
    """

    choices: tuple[bytes, ...]
    spoilt: tuple[int, ...]
    issued: tuple[int, ...]
    unanswered: tuple[tuple[int, int], ...]
    voided: int
    missing: tuple[int, ...]


def cast_bytes(ballot: Ballot, cast: Cast) -> bytes:
    """Return what the one-time key signs of a cast; its signature does not matter (R67).

    Raises:
        TokenFault: the revision is not from 0 to 2^32 - 1.
    """
    if not 0 <= cast.revision <= LAST_REVISION:
        raise TokenFault(f"a revision is a number from 0 to {LAST_REVISION}, not {cast.revision}")
    hashed = hashlib.sha256(cast.sealed).digest()
    return _CAST + ballot.leaf_hash + cast.voter + cast.revision.to_bytes(4, "big") + hashed + _token_hash(cast.token)


def void_bytes(ballot: Ballot, void: Void) -> bytes:
    """Return what the one-time key signs of a voiding; its signature does not matter (R70)."""
    return _VOID + ballot.leaf_hash + void.voter + _token_hash(void.token)


def signed_cast(ballot: Ballot, cast: Cast, seed: bytes) -> Cast:
    """Return a cast with the signature of its one-time key, whose seed has 32 bytes.

    Raises:
        TokenFault: the revision is not from 0 to 2^32 - 1.
    """
    return replace(cast, signature=ed25519.sign(seed, cast_bytes(ballot, cast)))


def signed_void(ballot: Ballot, void: Void, seed: bytes) -> Void:
    """Return a voiding with the signature of its one-time key, whose seed has 32 bytes."""
    return replace(void, signature=ed25519.sign(seed, void_bytes(ballot, void)))


def check_cast(ballot: Ballot, cast: Cast) -> None:
    """Raise unless a cast may stand on the record: all tokens, the seal's length, the signature (R66, R67).

    Raises:
        TokenFault: a token does not hold, or the revision is no number of a revision.
        SealFault: the seal has another length.
        BadSignature: the one-time key did not sign it.
    """
    token.check(ballot.issuers, cast.token, ballot=ballot.leaf_hash, voter=cast.voter)
    seal.check_length(cast.sealed, ballot.terms)
    ed25519.check(cast.voter, cast.signature, cast_bytes(ballot, cast))


def check_void(ballot: Ballot, void: Void) -> None:
    """Raise unless the holder of a whole token makes it void (R70).

    Raises:
        TokenFault: a token does not hold.
        BadSignature: the one-time key did not sign it.
    """
    token.check(ballot.issuers, void.token, ballot=ballot.leaf_hash, voter=void.voter)
    ed25519.check(void.voter, void.signature, void_bytes(ballot, void))


@dataclass
class Course:
    """A ballot as its record grows, line by line; every line is checked before it is taken.

    Attributes:
        ballot: keys and terms.
        requests: in their order; ``asked`` is the place of each who asked.
        answered: for each issuer the requests that it answered, with the answer.
        casts: in their order; ``last`` is by one-time key the place of the cast with the highest revision.
        voids: one-time keys whose tokens were made void.
        revealed: private keys by the teller's number.
    """

    ballot: Ballot
    requests: list[Request] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    answered: list[dict[int, bytes]] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    last: dict[bytes, int] = field(default_factory=dict)
    revisions: set[tuple[bytes, int]] = field(default_factory=set)
    voids: set[bytes] = field(default_factory=set)
    revealed: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with no answer of any issuer."""
        self.answered = self.answered or [{} for _ in self.ballot.issuers]

    def ask(self, request: Request) -> None:
        """Take a request (R65).

        Raises:
            Cheat: she has asked before, or the request is not whole.
        """
        at = len(self.requests)
        if request.by in self.asked:
            raise Cheat("request", at, f"{request.by} has asked before, and each asks once")
        if [len(each) for each in request.blinded] != [key.size for key in self.ballot.issuers]:
            raise Cheat("request", at, "it has not one blinded message for each issuer, as long as the issuer's key")
        self.asked[request.by] = at
        self.requests.append(request)

    def issue(self, issue: Issue) -> None:
        """Take an issuer's answer (R66).

        Raises:
            Cheat: no such issuer or request, answered before, or a false answer.
        """
        at = sum(map(len, self.answered))
        if not 0 <= issue.issuer < len(self.ballot.issuers) or not 0 <= issue.request < len(self.requests):
            raise Cheat("issue", at, f"there is no issuer {issue.issuer} or no request {issue.request}")
        if issue.request in self.answered[issue.issuer]:
            raise Cheat("issue", at, f"issuer {issue.issuer} has answered request {issue.request} before")
        blinded = self.requests[issue.request].blinded[issue.issuer]
        with _named("issue", at):
            blind_rsa.check_blind_signature(self.ballot.issuers[issue.issuer], issue.blind_signature, blinded)
        self.answered[issue.issuer][issue.request] = issue.blind_signature

    def cast(self, casts: Sequence[Cast]) -> None:
        """Take a batch of casts, all or none (R67 to R69, R71).

        Raises:
            Cheat: the first that must not be there.
        """
        revisions: set[tuple[bytes, int]] = set()
        last = dict[bytes, int]()
        fresh = 0
        for at, cast in enumerate(casts, start=len(self.casts)):
            with _named("cast", at):
                check_cast(self.ballot, cast)
            voter = cast.voter
            if (voter, cast.revision) in self.revisions or (voter, cast.revision) in revisions:
                raise Cheat("cast", at, f"this key has cast revision {cast.revision} before")
            if voter in self.voids:
                raise Cheat("cast", at, "this key has made its token void")
            revisions.add((voter, cast.revision))
            before = last.get(voter, self.last.get(voter))
            if before is None:
                fresh += 1
                self._check_issued("cast", at, len(self.last) + fresh)
            if before is None or cast.revision > self._revision(before, casts):
                last[voter] = at
        self.casts += casts
        self.last |= last
        self.revisions |= revisions

    def _revision(self, at: int, more: Sequence[Cast]) -> int:
        held = len(self.casts)
        return (self.casts[at] if at < held else more[at - held]).revision

    def void(self, void: Void) -> None:
        """Take a voiding (R70, R71).

        Raises:
            Cheat: the key cast a ballot, did this before, or is no key with a token.
        """
        at = len(self.voids)
        with _named("void", at):
            check_void(self.ballot, void)
        if void.voter in self.last:
            raise Cheat("void", at, f"this key has cast a ballot (cast {self.last[void.voter]})")
        if void.voter in self.voids:
            raise Cheat("void", at, "this key has made its token void before")
        self._check_issued("void", at, len(self.last) + len(self.voids) + 1)
        self.voids.add(void.voter)

    def reveal(self, number: int, private: bytes) -> None:
        """Take a teller's private key (R64).

        Args:
            number: the teller's, from 1.
            private: her key of this ballot.

        Raises:
            Cheat: it is not her key.
        """
        with _named("reveal", number):
            seal.check_revealed(self.ballot.terms, number, private)
        self.revealed[number] = private

    @property
    def missing(self) -> tuple[int, ...]:
        """The tellers who have not revealed, by their numbers."""
        return tuple(n for n in range(1, len(self.ballot.terms.tellers) + 1) if n not in self.revealed)

    def outcome(self) -> Outcome:
        """Return what the ballot gives.

        Raises:
            TooFewTellers: it cannot be opened.
        """
        if len(self.revealed) < self.ballot.terms.needed:
            raise TooFewTellers(self.missing, self.ballot.terms.needed)
        choices, spoilt = [], []
        for at in sorted(self.last.values()):
            try:
                choices.append(self.opened(self.casts[at]))
            except SealFault:
                spoilt.append(at)
        owed = [
            (request, issuer)
            for request in range(len(self.requests))
            for issuer, done in enumerate(self.answered)
            if request not in done
        ]
        issued = tuple(map(len, self.answered))
        return Outcome(tuple(sorted(choices)), tuple(spoilt), issued, tuple(owed), len(self.voids), self.missing)

    def opened(self, cast: Cast) -> bytes:
        """Return the choice of a cast, once enough tellers have revealed.

        Raises:
            SealFault: the seal opens for nobody.
        """
        ballot = self.ballot
        return seal.open(cast.sealed, ballot.terms, ballot=ballot.leaf_hash, voter=cast.voter, keys=self.revealed)

    def _check_issued(self, step: Step, at: int, tokens: int) -> None:
        # R71: whoever signs more tokens than it answered requests has signed one behind the record's back.
        for issuer, done in enumerate(self.answered):
            if tokens > len(done):
                raise Cheat(
                    step,
                    at,
                    f"it is token {tokens}, and issuer {issuer} has answered {len(done)} requests on the record",
                )


def outcome(ballot: Ballot, shown: Shown) -> Outcome:
    """Return what a ballot gives, every line of its record checked.

    Raises:
        Cheat: the first line that must not be there, in the order requests, issues, casts, voids, reveals.
        TooFewTellers: nothing is wrong, but it cannot be opened.
    """
    course = Course(ballot)
    for request in shown.requests:
        course.ask(request)
    for issue in shown.issues:
        course.issue(issue)
    course.cast(shown.casts)
    for void in shown.voids:
        course.void(void)
    for number, private in sorted(shown.revealed.items()):
        course.reveal(number, private)
    return course.outcome()


@contextlib.contextmanager
def _named(step: Step, at: int) -> Iterator[None]:
    try:
        yield
    except (BlindFault, TokenFault, SealFault, BadSignature) as fault:
        raise Cheat(step, at, str(fault)) from fault


def _token_hash(whole: Token) -> bytes:
    return hashlib.sha256(whole.prefix + b"".join(whole.signatures)).digest()
