"""A federation whose charter has recalls and votes of assemblies sealed, and the steps of a sealed ballot."""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import small_ballot
from small import CHARTER as SHIPPED, Small, seated

from comitia.federation import acts, moment, sealing, standing
from comitia.federation.state import Ballot
from comitia.record import blind_rsa, casts, hpke_seal, sealed_ballot, strict_base64, wallet
from comitia.record.sealed_ballot import Cast
from comitia.record.wallet import Wallet

TABLE = """
[article.90]
title = "Sealed ballots"
text = "Recalls and votes of assemblies are sealed: no office can know how a member voted."
entrenched = true

[sealed_ballots]
ballots = ["recall", "motion", "refounding"]
issuers = ["committees-house", "unions-house"]
tellers = ["committee", "union", "council"]
number = 3
needed = 2
length = 64
requests = "first_half"
repeat_days = 7
article = "90"

[[permission]]
acts = ["ballot_key_given"]
by = ["committees-house", "unions-house", "committee", "union", "council", "board", "secretary"]
article = "90"

[[permission]]
acts = ["ballot_sealed", "token_requested", "ballot_repeated"]
by = ["elector"]
article = "90"

[[permission]]
acts = ["token_issued"]
by = ["committees-house", "unions-house"]
article = "90"

[[permission]]
acts = ["casts_published", "token_voided"]
by = ["board", "secretary"]
article = "90"

[[permission]]
acts = ["teller_key_revealed"]
by = ["committee", "union", "council"]
article = "90"
"""
CHARTER = SHIPPED + TABLE
ISSUERS = ("committees-house", "unions-house")
TELLERS = ("committee/farm", "union/bakers", "council/hilltown")
BOX = "board"
text = strict_base64.encode


@dataclass
class Sealing:
    """A federation with a sealed ballot under way, and what voters and offices keep to themselves."""

    small: Small
    ballot: str
    wallets: dict[str, Wallet] = field(default_factory=dict)

    @property
    def of(self) -> Ballot:
        return self.small.state.ballots[self.ballot]

    @property
    def keys(self) -> sealed_ballot.Ballot:
        return sealing.course(self.of).ballot

    @property
    def electors(self) -> list[str]:
        return sorted(self.of.electorate)

    def copy(self) -> "Sealing":
        """Return the same once more, to go another way."""
        small = copy.copy(self.small)
        small.federation, small.blobs = copy.deepcopy((small.federation, small.blobs))
        small.federation.state.blobs = small.blobs
        small.done = list(small.done)
        return Sealing(small, self.ballot, dict(self.wallets))

    def do(self, act: acts.AnyAct) -> "Sealing":
        self.small.do(act)
        return self

    def holder(self, body: str) -> str:
        return standing.filled(self.small.state, body, self.small.at)[0].member

    def teller(self, place: int) -> str:
        """Return the teller of a place: three people, though some sit in two of the bodies."""
        found: list[str] = []
        for body in TELLERS:
            sitting = standing.filled(self.small.state, body, self.small.at)
            found.append(next(t.member for t in sitting if t.member not in found))
        return found[place]

    def issuer_key(self, place: int, key: str = "") -> acts.BallotKeyGiven:
        """Return the act by which the issuer of a place gives its key."""
        modulus = blind_rsa.format_key(blind_rsa.issuer_key(small_ballot.ISSUING[place]))
        body = ISSUERS[place]
        return acts.BallotKeyGiven(
            at=self.small.at, by=self.holder(body), body=body, ballot=self.ballot, role="issuer",
            key=key or text(modulus),
        )  # fmt: skip

    def teller_key(self, place: int, key: str = "") -> acts.BallotKeyGiven:
        """Return the act by which the teller of a place gives her key."""
        public = hpke_seal.public_key(small_ballot.TELLERS[place + 1])
        body = TELLERS[place]
        return acts.BallotKeyGiven(
            at=self.small.at, by=self.teller(place), body=body, ballot=self.ballot, role="teller",
            key=key or text(public),
        )  # fmt: skip

    def box_key(self, key: str) -> acts.BallotKeyGiven:
        """Return the act by which the keeper of the box gives its key."""
        by = self.holder(BOX)
        return acts.BallotKeyGiven(at=self.small.at, by=by, body=BOX, ballot=self.ballot, role="box", key=key)

    def given(self) -> "Sealing":
        """Let everybody give a key."""
        for place in range(len(ISSUERS)):
            self.do(self.issuer_key(place))
        for place in range(len(TELLERS)):
            self.do(self.teller_key(place))
        return self

    def fixing(self) -> acts.BallotSealed:
        """Return the act that fixes the keys."""
        to = sealing.sealed(self.of)
        return acts.BallotSealed(
            at=self.small.at, by=self.electors[0], ballot=self.ballot,
            issuers=tuple(to.issuers[kind][1] for kind in ISSUERS if kind in to.issuers),
            tellers=tuple(key for _, key in to.tellers.values()),
            # Tokens are bound to the leaf of this act: a clerk that takes it in later adds no salt of its own.
            salt="5a" * 16,
        )  # fmt: skip

    def fixed(self) -> "Sealing":
        """Let keys be given and fixed."""
        return self.given().do(self.fixing())

    def request(self, member: str) -> acts.TokenRequested:
        """Return the act by which an elector asks for a token; her wallet is kept."""
        made = self.wallets.setdefault(member, wallet.wallet(self.ballot, self.keys))
        blinded = tuple(text(each) for each in wallet.request(made, self.keys))
        return acts.TokenRequested(at=self.small.at, by=member, ballot=self.ballot, blinded=blinded)

    def answer(self, place: int, member: str) -> acts.TokenIssued:
        """Return the act by which the issuer of a place answers an elector."""
        on = sealing.course(self.of)
        blinded = on.requests[on.asked[member]].blinded[place]
        return acts.TokenIssued(
            at=self.small.at, by=self.holder(ISSUERS[place]), body=ISSUERS[place], ballot=self.ballot, member=member,
            signature=text(wallet.answer(small_ballot.ISSUING[place], blinded)),
        )  # fmt: skip

    def admitted(self, members: Sequence[str]) -> "Sealing":
        """Let electors ask and be answered by every issuer."""
        for member in members:
            self.do(self.request(member))
            for place in range(len(ISSUERS)):
                self.do(self.answer(place, member))
        return self

    def answers(self, member: str) -> list[bytes]:
        """Return what the record shows of the answers to an elector."""
        on = sealing.course(self.of)
        return [done[on.asked[member]] for done in on.answered]

    def cast(self, member: str, choice: object) -> Cast:
        """Return the sealed ballot of an elector."""
        line = choice if isinstance(choice, bytes) else json.dumps(choice, separators=(",", ":")).encode()
        self.wallets[member], made = wallet.cast(self.wallets[member], self.keys, self.answers(member), line)
        return made

    def batch(self, made: Sequence[Cast]) -> acts.CastsPublished:
        """Return the act by which the box publishes casts."""
        blob = casts.blob([casts.line_of(each) for each in made]).decode("ascii")
        return acts.CastsPublished(
            at=self.small.at, by=self.holder(BOX), body=BOX, ballot=self.ballot, casts=self.small.blob(blob),
            number=len(made),
        )  # fmt: skip

    def voted(self, choices: Mapping[str, object]) -> "Sealing":
        """Let electors ask, be answered, and in the second half cast."""
        self.admitted(list(choices))
        self.small.at = sealing.casts_from(self.of)
        return self.do(self.batch([self.cast(member, choice) for member, choice in choices.items()]))

    def closed(self) -> "Sealing":
        """Wait for the close."""
        self.small.at = self.of.closes_at
        return self

    def reveal(self, place: int, key: bytes = b"") -> acts.TellerKeyRevealed:
        """Return the act by which the teller of a place reveals her key."""
        body = TELLERS[place]
        return acts.TellerKeyRevealed(
            at=self.small.at, by=self.teller(place), body=body, ballot=self.ballot,
            key=text(key or small_ballot.TELLERS[place + 1]),
        )  # fmt: skip

    def revealed(self, places: Sequence[int] = (0, 1)) -> "Sealing":
        """Let tellers reveal their keys after the close."""
        self.closed()
        for place in places:
            self.do(self.reveal(place))
        return self

    def voiding(self, void: sealed_ballot.Void) -> acts.TokenVoided:
        """Return the act by which the secretary publishes a void for somebody who is not named."""
        return acts.TokenVoided(
            at=self.small.at, by=self.holder("secretary"), body="secretary", ballot=self.ballot,
            voter=text(void.voter), prefix=text(void.token.prefix),
            signatures=tuple(text(each) for each in void.token.signatures), signature=text(void.signature),
        )  # fmt: skip

    def publishing(self, lines: Sequence[str]) -> acts.BallotsPublished:
        """Return the act that publishes these choices."""
        blob = "".join(line + "\n" for line in sorted(lines))
        return acts.BallotsPublished(
            at=self.small.at, by="clerk", ballot=self.ballot, choices=self.small.blob(blob), number=len(lines), seed=""
        )


@cache
def _recall(charter: str) -> Small:
    return recalled(charter)


def recalled(charter: str = CHARTER, *, vkey: str = "small+0+0") -> Small:
    """Return a federation with a recall of the mill's committee member, voted on by the eight of the mill."""
    small = seated(charter=charter, vkey=vkey)
    held = standing.filled(small.state, "committee/mill", small.at)[0].seat
    voters = sorted(standing.electors(small.state, "assembly/mill", small.at))
    small.do(acts.RecallPetitioned(at=small.at, by=voters[0], recall="r", seat=held, reason="absent"))
    for member in voters[1:4]:
        small.do(acts.PetitionSigned(at=small.at, by=member, recall="r"))
    closes = moment.after(small.at, days=8)
    small.do(acts.RecallOpened(at=small.at, by=voters[0], recall="r", closes_at=closes))
    return small


def recall(charter: str = CHARTER) -> Sealing:
    """Return a federation of one's own with a recall that is voted on under seal."""
    return Sealing(_recall(charter), "r").copy()
