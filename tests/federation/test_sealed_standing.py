"""What anyone sees of a sealed ballot under way, step by step; a ballot in the interim form has no such thing."""

import pytest
import sealed
from sealed import Sealing
from small import seated

from comitia.federation import sealed_standing, sealing
from comitia.federation.refusal import Refused
from comitia.federation.sealed_standing import SealedStanding


def of(found: Sealing) -> SealedStanding:
    return sealed_standing.of_ballot(found.of, found.small.at)


def test_a_sealed_ballot_says_at_each_step_what_it_waits_for() -> None:
    found = sealed.recall()
    said = [of(found).waits]
    found.do(found.issuer_key(0))
    said.append(of(found).waits)
    found.do(found.issuer_key(1))
    found.do(found.teller_key(0))
    said.append(of(found).waits)
    found.do(found.teller_key(1)).do(found.teller_key(2))
    said.append(of(found).waits)
    found.do(found.fixing())
    said.append(of(found).waits)
    found.voted(dict.fromkeys(found.electors[:2], "for")).closed()
    said.append(of(found).waits)
    found.do(found.reveal(0)).do(found.reveal(1))
    said.append(of(found).waits)
    found.do(found.publishing(['"for"', '"for"']))
    said.append(of(found).waits)

    assert said == [
        "the keys of committees-house and unions-house",
        "the keys of unions-house",
        "the keys of 2 more tellers",
        "an elector who fixes the keys",
        "voters",
        "the keys of 2 more tellers, who open it",
        "the count",
        "",
    ]


def test_its_counts_are_whole() -> None:
    found = sealed.recall().fixed()
    a, b, c = found.electors[:3]
    found.do(found.request(c)).do(found.answer(0, c))
    found.voted({a: "for", b: "against"})

    assert of(found) == SealedStanding(
        asking_until=sealing.casts_from(found.of),
        casting_from=sealing.casts_from(found.of),
        issuers=("committees-house", "unions-house"),
        tellers=tuple((found.teller(place), body) for place, body in enumerate(sealed.TELLERS)),
        boxes=(),
        number=3,
        needed=2,
        asked=3,
        answered=2,
        owed=1,
        sealed=2,
        voids=0,
        revealed=0,
        waits="voters",
    )


def test_a_ballot_in_the_interim_form_does_not_stand_so() -> None:
    state = seated().state

    with pytest.raises(Refused, match="are not sealed"):
        sealed_standing.of_ballot(state.ballots["e-1"], state.moment)
