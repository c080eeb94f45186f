"""What voters, issuers and tellers keep: it makes tokens and casts that hold, and its files say it all again."""

import json

import pytest
import small_ballot

from comitia.record import blind_rsa, hpke_seal, seal, sealed_ballot, wallet
from comitia.record.seal import SealFault
from comitia.record.token import TokenFault
from comitia.record.wallet import NotAWallet

BALLOT = small_ballot.BALLOT


def answers(of: wallet.Wallet) -> list[bytes]:
    blinded = wallet.request(of, BALLOT)
    return [wallet.answer(key, each) for key, each in zip(small_ballot.ISSUING, blinded, strict=True)]


def test_a_voter_asks_casts_and_casts_again() -> None:
    mine = wallet.wallet("b", BALLOT)
    given = answers(mine)

    after, first = wallet.cast(mine, BALLOT, given, b"bread")
    last, second = wallet.cast(after, BALLOT, given, b"roses")

    for made in (first, second):
        sealed_ballot.check_cast(BALLOT, made)
    assert [mine.revision, first.revision, second.revision, last.revision] == [0, 1, 2, 2]
    assert first.voter == second.voter == mine.asking.voter
    opened = seal.open(
        second.sealed, BALLOT.terms, ballot=BALLOT.leaf_hash, voter=second.voter, keys=small_ballot.TELLERS
    )
    assert opened == b"roses"
    sealed_ballot.check_void(BALLOT, wallet.void(mine, BALLOT, given))


def test_two_wallets_share_nothing() -> None:
    one, other = wallet.wallet("b", BALLOT), wallet.wallet("b", BALLOT)
    assert not {one.seed, one.asking.prefix, *one.asking.blindings} & {
        other.seed,
        other.asking.prefix,
        *other.asking.blindings,
    }


def test_an_answer_that_is_missing_or_another_s_makes_no_cast() -> None:
    mine, other = wallet.wallet("b", BALLOT), wallet.wallet("b", BALLOT)
    given = answers(mine)
    for wrong in (given[:1], answers(other)):
        with pytest.raises(TokenFault):
            wallet.cast(mine, BALLOT, wrong, b"bread")


def test_a_choice_that_is_too_long_is_refused() -> None:
    mine = wallet.wallet("b", BALLOT)
    with pytest.raises(SealFault, match="this ballot takes at most 15"):
        wallet.cast(mine, BALLOT, answers(mine), b"x" * 16)


def test_fresh_keys_of_issuers_and_tellers_hold() -> None:
    key = wallet.issuing_key()
    assert blind_rsa.issuer_key(key).size == 256
    assert wallet.teller_key() != wallet.teller_key()
    hpke_seal.check_public_key(hpke_seal.public_key(wallet.teller_key()))


def test_files_say_again_what_was_kept() -> None:
    mine = wallet.wallet("b", BALLOT)
    key, private = wallet.issuing_key(), wallet.teller_key()

    assert wallet.voter_of(wallet.voter_text(mine), "b") == mine
    assert wallet.issuer_of(wallet.issuer_text("b", key), "b") == key
    assert wallet.teller_of(wallet.teller_text("b", private), "b") == private


@pytest.mark.parametrize("read", [wallet.voter_of, wallet.issuer_of, wallet.teller_of])
def test_another_file_is_refused_with_what_it_is(read: object) -> None:
    assert callable(read)
    kind = read.__name__.partition("_")[0]
    for text in ("", "[]", "{}", wallet.teller_text("b", b"") if kind != "teller" else "7"):
        with pytest.raises(NotAWallet, match=f"this is no file of a {kind}"):
            read(text, "b")
    with pytest.raises(NotAWallet, match="of the ballot 'a', not of 'b'"):
        read(json.dumps({"kind": kind, "ballot": "a"}), "b")
    for damage in ({}, {"seed": "?", "p": "x", "q": "y", "key": "?"}, {"key": 1, "p": [], "seed": "AA=="}):
        with pytest.raises(NotAWallet, match="is damaged"):
            read(json.dumps({"kind": kind, "ballot": "b", **damage}), "b")
