"""The cheats of a ballot by tokens and seals, played; the numbers are those of docs/explanation/secret-ballots.md."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
import small_ballot
from hypothesis import given, strategies as st

from comitia.record import hpke_seal, seal, sealed_ballot
from comitia.record.sealed_ballot import Ballot, Cast, Cheat, Issue, Outcome, Request, Shown, TooFewTellers, Void
from comitia.record.token import Token, TokenFault

BALLOT = small_ballot.BALLOT
CHOICES: dict[str, bytes | None] = {"vera": b"bread", "anna": b"roses", "olga": None, "irma": b"bread"}
HONEST = small_ballot.shown(CHOICES)


def found(shown: Shown) -> tuple[str, int]:
    """Return where the first cheat stands."""
    with pytest.raises(Cheat) as caught:
        sealed_ballot.outcome(BALLOT, shown)
    return caught.value.step, caught.value.at


def with_cast(cast: Cast) -> Shown:
    return replace(HONEST, casts=[*HONEST.casts, cast])


def test_an_honest_ballot_gives_the_choices_sorted() -> None:
    assert sealed_ballot.outcome(BALLOT, HONEST) == Outcome(
        choices=(b"bread", b"bread", b"roses"), spoilt=(), issued=(4, 4), unanswered=(), voided=0, missing=()
    )


def test_an_empty_ballot_gives_nothing() -> None:
    assert sealed_ballot.outcome(BALLOT, Shown([], [], [], [], small_ballot.TELLERS)) == Outcome(
        choices=(), spoilt=(), issued=(0, 0), unanswered=(), voided=0, missing=()
    )


@given(st.permutations(range(4)))
def test_the_order_of_casts_says_nothing_and_the_highest_revision_counts(order: Sequence[int]) -> None:
    casts = [*HONEST.casts, small_ballot.cast("vera", b"roses", 7)]

    assert sealed_ballot.outcome(BALLOT, replace(HONEST, casts=[casts[each] for each in order])).choices == (
        b"bread",
        b"roses",
        b"roses",
    )


def test_a_revision_cast_twice_is_refused() -> None:
    assert found(with_cast(HONEST.casts[0])) == ("cast", 3)
    assert found(with_cast(small_ballot.cast("vera", b"roses", 1))) == ("cast", 3)


def test_one_issuer_alone_stuffs_no_ballot() -> None:
    """Threat 3: the token of the other issuer is missing, or is none."""
    forged = small_ballot.cast("ghost", b"ghost")
    for signatures in (forged.token.signatures[:1], (forged.token.signatures[0], bytes(256))):
        stuffed = replace(forged, token=replace(forged.token, signatures=signatures))
        signed = sealed_ballot.signed_cast(BALLOT, stuffed, small_ballot.voter("ghost").seed)
        assert found(with_cast(signed)) == ("cast", 3)


def test_all_issuers_together_stuff_as_many_as_stayed_home_unless_one_of_those_makes_her_token_void() -> None:
    """Threat 4: olga asked and did not cast. One forged ballot takes her place unseen; her void shows it."""
    stuffed = with_cast(small_ballot.cast("ghost", b"ghost"))

    assert sealed_ballot.outcome(BALLOT, stuffed).choices == (b"bread", b"bread", b"ghost", b"roses")
    assert found(replace(stuffed, voids=[small_ballot.void("olga")])) == ("void", 0)
    twice = replace(stuffed, casts=[*stuffed.casts, small_ballot.cast("another", b"ghost")])
    with pytest.raises(Cheat, match="token 5, and issuer 0 has answered 4 requests") as caught:
        sealed_ballot.outcome(BALLOT, twice)
    assert (caught.value.step, caught.value.at) == ("cast", 4)


def test_an_issuer_that_signs_without_an_answer_on_the_record_is_named() -> None:
    kept_back = [each for each in HONEST.issues if (each.issuer, each.request) not in ((1, 2), (1, 3))]

    with pytest.raises(Cheat, match="token 3, and issuer 1 has answered 2 requests"):
        sealed_ballot.outcome(BALLOT, replace(HONEST, issues=kept_back))


def test_a_void_after_an_honest_ballot_is_counted_and_of_a_cast_key_refused() -> None:
    void = small_ballot.void("olga")

    assert sealed_ballot.outcome(BALLOT, replace(HONEST, voids=[void])).voided == 1
    assert found(replace(HONEST, voids=[void, void])) == ("void", 1)
    assert found(replace(HONEST, voids=[small_ballot.void("vera")])) == ("void", 0)


def test_nobody_but_the_holder_makes_a_token_void() -> None:
    void = small_ballot.void("olga")
    for altered in (
        replace(void, signature=bytes(64)),
        replace(void, token=small_ballot.whole_token("vera")),
        sealed_ballot.signed_void(BALLOT, void, small_ballot.voter("vera").seed),
    ):
        assert found(replace(HONEST, voids=[altered])) == ("void", 0)


def test_the_signature_of_a_cast_makes_nothing_void() -> None:
    stolen = Void(HONEST.casts[0].voter, HONEST.casts[0].token, HONEST.casts[0].signature)

    assert found(replace(HONEST, casts=HONEST.casts[1:], voids=[stolen])) == ("void", 0)


def test_an_unanswered_request_is_named_with_the_issuer() -> None:
    """Threat 7."""
    unanswered = replace(HONEST, issues=[each for each in HONEST.issues if (each.issuer, each.request) != (1, 2)])

    assert sealed_ballot.outcome(BALLOT, unanswered) == Outcome(
        choices=(b"bread", b"bread", b"roses"), spoilt=(), issued=(4, 3), unanswered=((2, 1),), voided=0, missing=()
    )


def test_a_false_answer_of_an_issuer_is_seen_by_all() -> None:
    """Threat 8: an issuer that signs with a key for one voter alone cannot answer her on the record."""
    for blind_signature in (HONEST.issues[1].blind_signature, bytes(256), b""):
        altered = [replace(HONEST.issues[0], blind_signature=blind_signature), *HONEST.issues[1:]]
        assert found(replace(HONEST, issues=altered)) == ("issue", 0)


def test_issues_that_answer_twice_or_nothing_are_refused() -> None:
    last = len(HONEST.issues)
    for extra in (HONEST.issues[0], Issue(2, 0, b""), Issue(-1, 0, b""), Issue(0, 4, b""), Issue(0, -1, b"")):
        assert found(replace(HONEST, issues=[*HONEST.issues, extra])) == ("issue", last)


def test_requests_are_one_for_each_who_asks_and_whole() -> None:
    for extra in (HONEST.requests[1], Request("ruth", ()), Request("ruth", (bytes(256), bytes(255)))):
        assert found(replace(HONEST, requests=[*HONEST.requests, extra])) == ("request", 4)


def test_issuers_of_a_ballot_share_no_prime() -> None:
    with pytest.raises(TokenFault, match="shares a prime"):
        Ballot(BALLOT.leaf_hash, (BALLOT.issuers[0], BALLOT.issuers[0]), BALLOT.terms)
    with pytest.raises(TokenFault, match="32 bytes"):
        Ballot(b"", BALLOT.issuers, BALLOT.terms)


def test_lost_tellers_change_nothing_while_enough_are_left() -> None:
    """Threat 12."""
    choices = set()
    for pair in combinations(small_ballot.TELLERS, 2):
        result = sealed_ballot.outcome(
            BALLOT, replace(HONEST, revealed={each: small_ballot.TELLERS[each] for each in pair})
        )
        choices.add(result.choices)
        assert result.missing == tuple({1, 2, 3} - set(pair))
    assert choices == {(b"bread", b"bread", b"roses")}
    with pytest.raises(TooFewTellers, match="these have not: 1, 3") as caught:
        sealed_ballot.outcome(BALLOT, replace(HONEST, revealed={2: small_ballot.TELLERS[2]}))
    assert (caught.value.missing, caught.value.needed) == ((1, 3), 2)


def test_a_teller_who_reveals_anothers_key_is_named() -> None:
    for number, private in ((3, small_ballot.TELLERS[2]), (4, small_ballot.TELLERS[1]), (3, b"")):
        assert found(replace(HONEST, revealed=small_ballot.TELLERS | {number: private})) == ("reveal", number)


def test_a_toggled_seal_is_spoilt_whichever_tellers_reveal() -> None:
    """Threat 13."""
    bound = seal.bound_to(BALLOT.leaf_hash, small_ballot.voter("olga").asking.voter)
    part = hpke_seal.seal(BALLOT.terms.tellers[2], bytes(32), info=bound, ikm=bytes(32))
    toggled = small_ballot.cast_sealed("olga", small_ballot.sealed("olga", b"ghost")[:-80] + part)

    for size in (2, 3):
        for chosen in combinations(small_ballot.TELLERS, size):
            shown = replace(with_cast(toggled), revealed={each: small_ballot.TELLERS[each] for each in chosen})
            result = sealed_ballot.outcome(BALLOT, shown)
            assert (result.choices, result.spoilt) == ((b"bread", b"bread", b"roses"), (3,))


def test_a_copy_of_anothers_sealed_ballot_is_spoilt() -> None:
    """Threat 14: so nobody learns another's choice by finding it twice."""
    result = sealed_ballot.outcome(BALLOT, with_cast(small_ballot.cast_sealed("olga", HONEST.casts[1].sealed)))

    assert (result.choices, result.spoilt) == ((b"bread", b"bread", b"roses"), (3,))


def test_every_alteration_of_a_cast_is_refused() -> None:
    """Threat 15: no part of it can be exchanged, and the later revision cannot be made out of the earlier."""
    cast, other = HONEST.casts[0], HONEST.casts[1]
    flipped = bytes([cast.sealed[0] ^ 1]) + cast.sealed[1:]
    for altered in (
        replace(cast, voter=other.voter),
        replace(cast, token=other.token),
        replace(cast, token=Token(other.token.prefix, cast.token.signatures)),
        replace(cast, revision=2),
        replace(cast, revision=-1),
        replace(cast, revision=2**32),
        replace(cast, sealed=flipped),
        replace(cast, sealed=other.sealed),
        replace(cast, sealed=cast.sealed + b"\0"),
        replace(cast, signature=other.signature),
        replace(cast, signature=b""),
        replace(cast, voter=b""),
    ):
        assert found(replace(HONEST, casts=[altered, other])) == ("cast", 0)


def test_a_cast_of_another_ballot_is_refused_though_all_keys_are_the_same() -> None:
    """Cross-ballot replay: the tokens, and the signature, name the ballot."""
    other = replace(BALLOT, leaf_hash=bytes(32))

    with pytest.raises(Cheat, match="issuer 0: the signature is not") as caught:
        sealed_ballot.outcome(other, HONEST)
    assert (caught.value.step, caught.value.at) == ("cast", 0)
    assert sealed_ballot.cast_bytes(BALLOT, HONEST.casts[0]) != sealed_ballot.cast_bytes(other, HONEST.casts[0])


def test_requests_and_casts_share_no_bytes_that_link_them() -> None:
    """What a voter publishes under her name has no run of 16 bytes in common with what she casts."""
    asked = b"".join(b"".join(each.blinded) for each in HONEST.requests)
    answered = b"".join(each.blind_signature for each in HONEST.issues)
    for cast in HONEST.casts:
        whole = cast.voter + cast.token.prefix + b"".join(cast.token.signatures) + cast.sealed + cast.signature
        assert all(whole[at : at + 16] not in asked + answered for at in range(len(whole) - 15))


@given(st.binary(max_size=40), st.lists(st.binary(max_size=257), max_size=3), st.integers(), st.binary(max_size=400))
def test_malformed_lines_raise_the_named_error_only(
    short: bytes, several: list[bytes], number: int, long: bytes
) -> None:
    whole = Token(short, tuple(several))
    for shown in (
        replace(HONEST, requests=[Request("ruth", tuple(several))]),
        replace(HONEST, issues=[Issue(number % 5 - 1, number, long)]),
        replace(HONEST, casts=[Cast(short, whole, number, long, long[:64])]),
        replace(HONEST, casts=[Cast(HONEST.casts[0].voter, HONEST.casts[0].token, number, long, long[:64])]),
        replace(HONEST, voids=[Void(short, whole, long[:64])]),
        replace(HONEST, revealed={number: short}),
    ):
        with pytest.raises(Cheat):
            sealed_ballot.outcome(BALLOT, shown)
