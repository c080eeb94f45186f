"""Acts of sealed ballots, made from the public state: what waits for whom, and what a box still has to publish."""

from functools import cache

import msgspec
import pytest
import sealed
import small_ballot
from sealed import Sealing

from comitia.clerk import sealed_drafting as drafting
from comitia.clerk.sealed_drafting import NotYet
from comitia.federation import acts, sealing
from comitia.record import casts, promise, strict_base64


@cache
def _asked() -> Sealing:
    found = sealed.recall().fixed()
    for member in found.electors[:2]:
        found.do(found.request(member))
    return found


@pytest.fixture
def asked() -> Sealing:
    return _asked().copy()


def test_a_whole_ballot_goes_by_acts_that_are_drafted() -> None:
    found = sealed.recall()
    at = found.small.at
    for place, body in enumerate(sealed.ISSUERS):
        by = found.holder(body)
        assert drafting.body_for(found.small.state, found.of, "issuer", by, at) == body
        assert _stamped(
            found, drafting.issuer_key(found.of, by, body, small_ballot.ISSUING[place])
        ) == found.issuer_key(place)
        found.do(found.issuer_key(place))
    for place, body in enumerate(sealed.TELLERS):
        made = drafting.teller_key(found.of, found.teller(place), body, small_ballot.TELLERS[place + 1])
        assert _stamped(found, made) == found.teller_key(place)
        found.do(found.teller_key(place))
    fixing = _stamped(found, drafting.fixing(found.of, found.electors[0]))
    assert msgspec.structs.replace(fixing, salt=found.fixing().salt) == found.fixing()


def _stamped(found: Sealing, act: acts.AnyAct) -> acts.AnyAct:
    return msgspec.structs.replace(act, at=found.small.at)


def test_an_issuer_answers_what_waits_and_then_nothing_waits(asked: Sealing) -> None:
    house = sealed.ISSUERS[0]
    made = drafting.answering(asked.of, asked.holder(house), house, small_ballot.ISSUING[0])
    assert [act.member for act in made] == asked.electors[:2]
    for act in made:
        asked.do(_stamped(asked, act))

    assert drafting.answering(asked.of, asked.holder(house), house, small_ballot.ISSUING[0]) == []
    with pytest.raises(NotYet, match="board is no issuer of r; these are committees-house, unions-house"):
        drafting.answering(asked.of, "m-0005", "board", small_ballot.ISSUING[0])


def test_who_waits_for_an_answer_is_told_who_owes_it(asked: Sealing) -> None:
    a, _, c = asked.electors[:3]
    asked.do(asked.answer(1, a))

    with pytest.raises(NotYet, match=f"these have not answered {a} yet: committees-house; that they owe it is on"):
        drafting.answers(asked.of, a)
    with pytest.raises(NotYet, match=f"{c} has asked for no token of r; comitia ballot ask does it"):
        drafting.answers(asked.of, c)
    asked.do(asked.answer(0, a))
    assert drafting.answers(asked.of, a) == asked.answers(a)


def test_a_box_publishes_each_ballot_once_and_none_whose_token_is_void() -> None:
    found = sealed.recall().fixed()
    a, b, c = found.electors[:3]
    found.admitted([a, b, c])
    found.small.at = sealing.casts_from(found.of)
    one, again, other = found.cast(a, "for"), found.cast(a, "against"), found.cast(b, "for")
    unused = found.cast(c, "for")
    found.do(found.batch([one]))
    lines = [casts.line_of(cast) for cast in (one, again, other, other, unused)]
    assert drafting.fresh(found.of, lines) == [lines[1], lines[2], lines[4]]

    act, blob = drafting.batch(found.of, "m-0005", "board", lines[1:3])
    assert (act.number, set(casts.read(blob))) == (2, {again, other})
    found.closed()
    course = sealing.course(found.of)
    course.voids.add(unused.voter)
    assert drafting.fresh(found.of, lines) == [lines[1], lines[2]]


def test_whether_a_promise_was_kept_is_read_from_the_record() -> None:
    found = sealed.recall().fixed()
    seed = b"\x05" * 32
    line = b"nothing"
    given = promise.make(seed, found.keys.leaf_hash, line)
    assert drafting.keeper(found.of, given) is None
    found.do(found.box_key(strict_base64.encode(given.box)))
    assert (drafting.keeper(found.of, given), drafting.is_kept(found.of, given)) == ("board", False)

    a = found.electors[0]
    found.admitted([a])
    found.small.at = sealing.casts_from(found.of)
    cast = found.cast(a, "for")
    found.do(found.batch([cast]))
    assert drafting.is_kept(found.of, promise.make(seed, found.keys.leaf_hash, casts.line_of(cast)))
    assert drafting.cast_on_record(found.of, cast.voter) == cast
    assert drafting.cast_on_record(found.of, b"\0" * 32) is None


def test_who_holds_no_office_of_the_ballot_is_told_so() -> None:
    found = sealed.recall()
    with pytest.raises(NotYet, match="m-0024 sits in no body that is an issuer: committees-house, unions-house"):
        drafting.body_for(found.small.state, found.of, "issuer", "m-0024", found.small.at)
    with pytest.raises(NotYet, match="m-0024 is no teller of r; these are nobody yet"):
        drafting.revealing(found.of, "m-0024", b"\0" * 32)
    assert drafting.body_for(found.small.state, found.of, "box", "m-0005", found.small.at) == "board"
