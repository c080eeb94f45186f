"""Ballots by tokens and seals, verified whole from the record: ballots a second of processor time, one core.

What is verified of each ballot (two issuers of RSA-2048, three tellers of whom two open): the request, both blind
signatures, the token of both issuers, the voter's signature, the seal, opened and made again; then the counts.
Reading the record, the tree and the members' signatures under the requests are not in it.

Two peers. OpenSSL at work on the two RSA-2048 signatures of each token is the least that any verifier of them must do.
Belenios (Debian's ``belenios-tool``, where it is installed) verifies a ranked election of the same size.

The guarantees differ. Ours: nobody casts without a signature of every issuer; any two tellers read a seal alike; which
request became which token cannot be computed, ever; the choices are public without names. Belenios: a server that adds
ballots needs the authority that gave out the credentials; choices are shuffled by a mixnet whose proofs anyone checks,
and stay hidden while the group's discrete logarithm is hard and one trustee is honest; nothing is sealed to be opened
by key release. Neither hinders a voter from showing how she voted.

    .venv/bin/python bench/sealed_ballot.py [--voters 1000] [--belenios 1000]
"""

import argparse
import json
import random
import time
from collections.abc import Callable

import belenios_peer
from cryptography.hazmat.primitives.asymmetric import rsa

from comitia.cli import bar
from comitia.record import blind_rsa, ed25519, hpke_seal, seal, sealed_ballot, token
from comitia.record.blind_rsa import Blinding, IssuingKey
from comitia.record.seal import Terms
from comitia.record.sealed_ballot import Ballot, Cast, Issue, Request, Shown
from comitia.record.token import Asking

LENGTH = 64
SEED = 1921


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work took."""
    start = time.process_time()
    work()
    return time.process_time() - start


def issuing_key() -> IssuingKey:
    """Return a new key of 2048 bits."""
    numbers = rsa.generate_private_key(blind_rsa.E, 2048).private_numbers()
    return IssuingKey(numbers.p, numbers.q)


def vote(
    ballot: Ballot, issuing: list[IssuingKey], at: int, chance: random.Random
) -> tuple[Request, list[Issue], Cast]:
    """Return what one voter leaves on the record."""
    seed = chance.randbytes(32)
    blindings = tuple(Blinding(chance.randbytes(48), chance.randrange(1, key.n)) for key in ballot.issuers)
    asking = Asking(ballot.leaf_hash, ed25519.public_key(seed), chance.randbytes(32), blindings)
    blinded = token.request(ballot.issuers, asking)
    answers = [blind_rsa.blind_sign(*each, chance.randbytes(32)) for each in zip(issuing, blinded, strict=True)]
    whole = token.finish(ballot.issuers, asking, answers)
    choice = json.dumps(chance.sample(["bread", "roses", "tools", "coal"], 4)).encode()
    sealed = seal.seal(choice, ballot.terms, ballot=ballot.leaf_hash, voter=asking.voter, key=chance.randbytes(32))
    cast = sealed_ballot.signed_cast(ballot, Cast(asking.voter, whole, 1, sealed, b""), seed)
    return Request(f"m-{at:05}", blinded), [Issue(issuer, at, each) for issuer, each in enumerate(answers)], cast


def recorded(voters: int) -> tuple[Ballot, Shown]:
    """Return a ballot with everything that its record shows."""
    chance = random.Random(SEED)
    issuing = [issuing_key() for _ in range(2)]
    private = {each: hpke_seal.derive_private_key(chance.randbytes(32)) for each in (1, 2, 3)}
    terms = Terms(tuple(hpke_seal.public_key(each) for each in private.values()), 2, LENGTH)
    ballot = Ballot(chance.randbytes(32), tuple(blind_rsa.issuer_key(each) for each in issuing), terms)
    left = [vote(ballot, issuing, at, chance) for at in range(voters)]
    issues = [issue for _, answered, _ in left for issue in answered]
    return ballot, Shown([each for each, _, _ in left], issues, [each for _, _, each in left], [], private)


def bytes_for_each(shown: Shown) -> float:
    """Return the bytes of request, answers and cast for each voter, without names and framing."""
    cast = shown.casts[0]
    carried = sum(map(len, (cast.voter, cast.token.prefix, *cast.token.signatures, cast.sealed, cast.signature)))
    return sum(map(len, shown.requests[0].blinded)) * 2 + 4 + carried


def measure(voters: int, belenios: int) -> None:
    """Print ballots a second for the whole and for its steps; the peer has as many voters as ``belenios`` says."""
    start = time.process_time()
    ballot, shown = recorded(voters)
    made = time.process_time() - start
    print(f"{voters:,} voters, 2 issuers (RSA-2048), 2 of 3 tellers, {bytes_for_each(shown):,.0f} bytes a voter")
    print(f"{'made, both issuers signing':44} {voters / made:>9,.0f} ballots/CPU-s")

    def blind_signatures() -> None:
        for each in shown.issues:
            asked = shown.requests[each.request].blinded[each.issuer]
            blind_rsa.check_blind_signature(ballot.issuers[each.issuer], each.blind_signature, asked)

    def casts() -> None:
        for each in shown.casts:
            sealed_ballot.check_cast(ballot, each)

    def openings() -> None:
        for cast in shown.casts:
            seal.open(cast.sealed, ballot.terms, ballot=ballot.leaf_hash, voter=cast.voter, keys=shown.revealed)

    def peer() -> None:
        for cast in shown.casts:
            prepared = blind_rsa.prepare(token.message(ballot.leaf_hash, cast.voter), cast.token.prefix)
            for key, signature in zip(ballot.issuers, cast.token.signatures, strict=True):
                blind_rsa.verify(key, prepared, signature)

    for name, work in (
        ("both blind signatures checked", blind_signatures),
        ("tokens and signatures of casts checked", casts),
        ("seals opened, made again, compared", openings),
    ):
        print(f"{name:44} {voters / seconds(work):>9,.0f} ballots/CPU-s")
    least = voters / seconds(peer)
    print(f"{'two RSA signatures by OpenSSL (peer)':44} {least:>9,.0f} ballots/CPU-s")
    rate = voters / seconds(lambda: sealed_ballot.outcome(ballot, shown))
    print(f"{'verified whole':44} {rate:>9,.0f} ballots/CPU-s {rate / least:>7.3f} x OpenSSL's part")
    if not belenios:
        return
    if not belenios_peer.is_here():
        print("Belenios is not in this run: apt-get install belenios-tool")
        return
    with bar.shown(hidden=False) as say:
        took = belenios_peer.seconds(belenios, random.Random(SEED), lambda n: say("voting in Belenios", n, belenios))
    print(f"{f'Belenios, {belenios:,} voters, verified (peer)':44} {belenios / took:>9,.1f} ballots/CPU-s")
    print(f"{'verified whole, against Belenios':44} {rate * took / belenios:>9,.0f} x")


def main() -> None:
    """Print all figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=1_000)
    parser.add_argument("--belenios", type=int, default=1_000, help="voters of the peer's election; 0 leaves it out")
    given = parser.parse_args()
    measure(given.voters, given.belenios)


if __name__ == "__main__":
    main()
