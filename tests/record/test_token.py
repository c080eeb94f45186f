from dataclasses import replace

import pytest
import small_ballot
from hypothesis import given, strategies as st

from comitia.record import blind_rsa, token
from comitia.record.blind_rsa import IssuerKey
from comitia.record.token import Token, TokenFault

ISSUERS = small_ballot.BALLOT.issuers
BALLOT = small_ballot.BALLOT.leaf_hash
VERA = small_ballot.voter("vera").asking
ANNA = small_ballot.voter("anna").asking
TOKEN = small_ballot.whole_token("vera")


def test_a_token_signed_by_all_issuers_admits_its_key_to_its_ballot() -> None:
    token.check(ISSUERS, TOKEN, ballot=BALLOT, voter=VERA.voter)


def test_a_request_carries_nothing_that_stands_on_the_token() -> None:
    asked = b"".join(token.request(ISSUERS, VERA))

    assert all(part not in asked for part in (VERA.voter, TOKEN.prefix, *TOKEN.signatures))
    assert token.request(ISSUERS, VERA) != token.request(
        ISSUERS, replace(VERA, blindings=tuple(replace(each, factor=7) for each in VERA.blindings))
    )


def test_one_issuer_alone_makes_no_token() -> None:
    """Threat 3: an issuer stuffs ballots with its own signatures."""
    alone = blind_rsa.blind_sign(small_ballot.ISSUING[0], token.request(ISSUERS, ANNA)[0], bytes(32))
    signature = blind_rsa.finalize(
        ISSUERS[0], blind_rsa.prepare(token.message(BALLOT, ANNA.voter), ANNA.prefix), alone, ANNA.blindings[0].factor
    )

    with pytest.raises(TokenFault, match="here are 1 signatures, the ballot has 2 issuers"):
        token.check(ISSUERS, Token(ANNA.prefix, (signature,)), ballot=BALLOT, voter=ANNA.voter)
    with pytest.raises(TokenFault) as caught:
        token.check(ISSUERS, Token(ANNA.prefix, (signature, signature)), ballot=BALLOT, voter=ANNA.voter)
    assert caught.value.issuer == 1


def test_a_token_admits_to_no_other_ballot_and_no_other_key() -> None:
    with pytest.raises(TokenFault):
        token.check(ISSUERS, TOKEN, ballot=bytes(32), voter=VERA.voter)
    with pytest.raises(TokenFault):
        token.check(ISSUERS, TOKEN, ballot=BALLOT, voter=ANNA.voter)
    with pytest.raises(TokenFault):
        token.check(ISSUERS, replace(TOKEN, prefix=ANNA.prefix), ballot=BALLOT, voter=VERA.voter)
    with pytest.raises(TokenFault):
        token.check(ISSUERS[::-1], TOKEN, ballot=BALLOT, voter=VERA.voter)


def test_an_issuer_that_signs_a_voter_with_a_key_of_her_own_cannot_hand_her_a_token() -> None:
    """Threat 8: the key is the one in the opening act, so a signature by a key for her alone does not finish."""
    blinded = token.request(ISSUERS, VERA)
    tagged = blind_rsa.blind_sign(small_ballot.ISSUING[1], blinded[0], bytes(32))

    with pytest.raises(TokenFault) as caught:
        token.finish(ISSUERS, VERA, (tagged, small_ballot.answers("vera")[1]))
    assert caught.value.issuer == 0


def test_issuers_are_at_least_one_and_share_no_prime() -> None:
    token.check_issuers(ISSUERS)
    with pytest.raises(TokenFault, match="at least one issuer"):
        token.check_issuers(())
    with pytest.raises(TokenFault, match="issuer 1: its key shares a prime"):
        token.check_issuers((ISSUERS[0], ISSUERS[0]))
    shared = IssuerKey(small_ballot.ISSUING[0].p * small_ballot.ISSUING[1].q)
    with pytest.raises(TokenFault, match="issuer 2: its key shares a prime"):
        token.check_issuers((*ISSUERS, shared))


def test_wrong_numbers_and_lengths_are_refused() -> None:
    answers = small_ballot.answers("vera")
    for asking in (
        replace(VERA, blindings=VERA.blindings[:1]),
        replace(VERA, ballot=b""),
        replace(VERA, voter=bytes(33)),
        replace(VERA, prefix=bytes(31)),
        replace(VERA, blindings=(replace(VERA.blindings[0], factor=0),) * 2),
    ):
        with pytest.raises(TokenFault):
            token.request(ISSUERS, asking)
        with pytest.raises(TokenFault):
            token.finish(ISSUERS, asking, answers)
    with pytest.raises(TokenFault, match="here are 1 answers"):
        token.finish(ISSUERS, VERA, answers[:1])


@given(st.lists(st.binary(max_size=260), max_size=3), st.binary(max_size=34), st.binary(max_size=34))
def test_malformed_tokens_raise_the_named_error_only(signatures: list[bytes], prefix: bytes, voter: bytes) -> None:
    with pytest.raises(TokenFault):
        token.check(ISSUERS, Token(prefix, tuple(signatures)), ballot=BALLOT, voter=voter)
