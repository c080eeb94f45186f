"""Ballots by tokens and seals: the whole course, every refusal, and the cheats that acts can play."""

import copy
from functools import cache

import msgspec
import pytest
import sealed
import small_ballot
from sealed import Sealing, text
from small import elect, facts, refusal

from comitia.federation import acts, awaiting, ballots, moment, sealing, standing
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import replay
from comitia.record import blind_rsa, casts, ed25519, hpke_seal, sealed_ballot, token, wallet

FOR, AGAINST = '"for"', '"against"'


@cache
def _opened() -> Sealing:
    return sealed.recall()


@cache
def _fixed() -> Sealing:
    return sealed.recall().fixed()


@cache
def _voted() -> Sealing:
    found = sealed.recall().fixed()
    a, b, c = found.electors[:3]
    return found.voted({a: "for", b: "against", c: "for"})


@pytest.fixture
def opened() -> Sealing:
    return _opened().copy()


@pytest.fixture
def fixed() -> Sealing:
    return _fixed().copy()


@pytest.fixture
def voted() -> Sealing:
    return _voted().copy()


def reason(of: Sealing, act: acts.AnyAct) -> str:
    """Return why an act is refused; nothing has changed."""
    before = facts(copy.deepcopy(of.small.state))
    with pytest.raises(Refused) as caught:
        of.small.do(act)
    assert facts(of.small.state) == before
    assert caught.value.article == "90"
    return caught.value.reason


def changed(act: acts.AnyAct, **fields: object) -> acts.AnyAct:
    found: acts.AnyAct = msgspec.structs.replace(act, **fields)
    return found


def test_a_sealed_recall_is_decided_by_what_was_opened_and_replays(voted: Sealing) -> None:
    voted.revealed()
    voted.do(voted.publishing([FOR, FOR, AGAINST]))

    made = voted.small.state.recalls["r"]
    assert made.verdict is not None
    assert made.outcome == "carried"
    assert "2 for the recall, 1 for her to stay" in made.verdict.sentence
    assert (voted.of.turnout, voted.of.voted, sealing.sealed(voted.of).spoilt) == (3, {}, 0)
    again = replay([acts.decode(acts.encode(act)) for act in voted.small.done], voted.small.blobs)
    assert facts(again.state) == facts(voted.small.state)


def test_no_act_of_a_sealed_ballot_names_a_member_beside_her_key_or_choice(voted: Sealing) -> None:
    named = [act for act in voted.small.done if isinstance(act, acts.TokenRequested | acts.TokenIssued)]
    keys = [text(made.asking.voter) for made in voted.wallets.values()]
    assert len(named) == 9
    assert not any(key in acts.encode(act).decode() for key in keys for act in named)
    (batch,) = (act for act in voted.small.done if isinstance(act, acts.CastsPublished))
    lines = voted.small.blobs[batch.casts].decode()
    assert all(key in lines for key in keys)
    assert not any(member in lines for member in voted.electors)


def test_a_ballot_of_a_charter_without_seals_is_taken_in_the_interim_form(opened: Sealing) -> None:
    election = next(b for b in opened.small.state.ballots.values() if b.purpose == "election")
    assert election.sealed is None
    asking = acts.TokenRequested(at=opened.small.at, by=opened.electors[0], ballot=election.id, blinded=())
    found = refusal(opened.small, asking)
    assert (found.article, found.reason) == (
        "record",
        f"the choices of {election.id} are not sealed; whoever votes in it does vote_taken",
    )


def test_an_assembly_votes_on_a_motion_under_seal() -> None:
    small = copy.deepcopy(sealed.recall().small)
    small.federation.state.blobs = small.blobs
    members = sorted(standing.electors(small.state, "assembly/mill", small.at))
    small.do(
        acts.MotionMoved(
            at=small.at, by=members[0], body="assembly/mill", motion="m", matter="resolution-assembly", title="T",
            text=small.blob("One.\n"),
        )
    )  # fmt: skip
    small.wait(3)
    closes = moment.after(small.at, days=7)
    small.do(acts.DivisionOpened(at=small.at, by=members[0], motion="m", closes_at=closes))
    (ballot,) = small.state.motions["m"].divisions[-1].ballots.values()
    found = Sealing(small, ballot).fixed()
    found.voted(dict.fromkeys(members[:6], "for"))
    found.revealed()
    found.do(found.publishing([FOR] * 6))
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="m"))
    assert small.state.motions["m"].outcome == "carried"
    assert small.state.motions["m"].divisions[-1].tallies == {"assembly/mill": (6, 0, 0)}


def test_before_keys_are_fixed_nothing_else_happens(opened: Sealing) -> None:
    asking = acts.TokenRequested(at=opened.small.at, by=opened.electors[0], ballot="r", blinded=())
    assert reason(opened, asking) == "the keys of r are not fixed yet (ballot_sealed)"
    assert reason(opened, opened.fixing()) == (
        "keys are missing: of issuers committees-house, unions-house, of tellers 3"
    )
    opened.closed()
    assert reason(opened, opened.issuer_key(0)) == "r closed at 2026-08-25T08:00:00Z"
    assert reason(opened, opened.fixing()) == "r closed at 2026-08-25T08:00:00Z"


def test_keys_are_given_once_by_those_whom_the_charter_names(opened: Sealing) -> None:
    issuer, teller = opened.issuer_key(0), opened.teller_key(0)
    opened.do(issuer).do(teller)
    other = opened.teller_key(1)

    assert reason(opened, issuer) == "this key was given for r; make a new one"
    fresh = text(blind_rsa.format_key(blind_rsa.issuer_key(small_ballot.ISSUING[1])))
    assert reason(opened, changed(issuer, key=fresh)) == "committees-house has given its key"
    assert reason(opened, changed(opened.issuer_key(1), role="teller")) == (
        "unions-house is no teller; these are: committee, union, council"
    )
    assert reason(opened, changed(other, role="issuer")) == (
        "union/bakers is no issuer; these are: committees-house, unions-house"
    )
    twice = changed(other, by=teller.by)
    if standing.sits_in(opened.small.state, teller.by, "union/bakers", opened.small.at):
        assert "nor is one a teller twice" in reason(opened, twice)
    for key, said in (
        ("?", "not strict base64: '?'"),
        (text(b"\1"), "the key of an issuer: an issuer's modulus is odd and has 2048, 3072 or 4096 bits, not 1"),
    ):
        assert reason(opened, opened.issuer_key(1, key)) == said
    assert reason(opened, opened.teller_key(1, text(bytes(32)))) == (
        "the key of a teller: the public key is of small order"
    )


def test_who_speaks_for_no_body_gives_no_key(opened: Sealing) -> None:
    key = opened.issuer_key(0)
    for body in ("", "nowhere"):
        with pytest.raises(Refused):
            opened.small.do(changed(key, body=body))
    outside = next(m for m in sorted(standing.all_members(opened.small.state)) if not any(
        b.startswith("committees-house") for b in standing.bodies_of(opened.small.state, m, opened.small.at)
    ))  # fmt: skip
    with pytest.raises(Refused):
        opened.small.do(changed(key, by=outside))


def test_there_are_as_many_tellers_as_the_charter_says_and_keys_stay_fixed(fixed: Sealing) -> None:
    again = sealed.recall().given()
    extra = hpke_seal.public_key(hpke_seal.derive_private_key(b"4" * 32))
    fourth = changed(again.teller_key(0, text(extra)), body="committee/mill", by=again.holder("committee/mill"))
    assert reason(again, fourth) == "r has its 3 tellers"
    act = fixed.fixing()
    assert reason(fixed, act) == f"the keys of r were fixed in act {sealing.sealed(fixed.of).act}"
    assert reason(fixed, fixed.issuer_key(0)) == f"the keys of r were fixed in act {sealing.sealed(fixed.of).act}"


def test_whoever_may_publish_casts_gives_the_key_of_a_box_once_even_after_the_others_are_fixed(fixed: Sealing) -> None:
    key = text(ed25519.public_key(b"\x05" * 32))
    assert reason(fixed, fixed.box_key("AAAA")) == "the key of a box: the key has 3 bytes, not 32"
    assert reason(fixed, fixed.box_key(text(bytes(32)))) == "the key of a box: the key is a point of small order"
    taken = sealing.sealed(fixed.of).tellers[fixed.teller(0)][1]
    assert reason(fixed, fixed.box_key(taken)) == "this key was given for r; make a new one"
    union = fixed.holder("union/bakers")
    elsewhere = msgspec.structs.replace(fixed.box_key(key), by=union, body="union/bakers")
    assert reason(fixed, elsewhere).startswith(f"{union} may not do casts_published for union/bakers; it is for ")

    fixed.do(fixed.box_key(key))
    assert sealing.sealed(fixed.of).boxes == {"board": key}
    other = text(ed25519.public_key(b"\x06" * 32))
    assert reason(fixed, fixed.box_key(other)) == "the box of board has its key"
    assert reason(fixed.closed(), fixed.box_key(other)) == f"r closed at {fixed.of.closes_at}"


def test_the_keys_that_are_fixed_are_those_that_were_given(opened: Sealing) -> None:
    opened.given()
    act = opened.fixing()
    assert reason(opened, changed(act, tellers=act.tellers[::-1])) == (
        "the act says other keys than were given, issuers in the charter's order and tellers in that of giving"
    )


def test_issuers_that_share_a_prime_hold_no_ballot(opened: Sealing) -> None:
    shared = blind_rsa.IssuingKey(small_ballot.ISSUING[0].p, small_ballot.ISSUING[1].q)
    opened.do(opened.issuer_key(0))
    opened.do(opened.issuer_key(1, text(blind_rsa.format_key(blind_rsa.issuer_key(shared)))))
    for place in range(3):
        opened.do(opened.teller_key(place))
    assert reason(opened, opened.fixing()) == (
        "these keys cannot hold a ballot: issuer 1: its key shares a prime with the key of an issuer before it"
    )


def test_tokens_are_asked_for_once_in_the_first_half_by_electors(fixed: Sealing) -> None:
    member = fixed.electors[0]
    act = fixed.request(member)
    late = changed(act, at="2026-08-21T08:00:00Z")
    assert reason(fixed, late) == "tokens of r are asked for from 2026-08-17T08:00:00Z to 2026-08-21T08:00:00Z"
    outsider = next(m for m in sorted(standing.all_members(fixed.small.state)) if m not in fixed.electors)
    assert refusal(fixed.small, changed(act, by=outsider)).article == "90"
    assert reason(fixed, changed(act, blinded=("?",))) == "not strict base64: '?'"
    assert reason(fixed, changed(act, blinded=act.blinded[:1])) == (
        "it has not one blinded message for each issuer, as long as the issuer's key"
    )
    fixed.do(act)
    assert reason(fixed, act) == f"{member} has asked before, and each asks once"


def test_an_issuer_answers_who_asked_once_and_truly(fixed: Sealing) -> None:
    member, other = fixed.electors[:2]
    fixed.do(fixed.request(member))
    act = fixed.answer(0, member)
    assert reason(fixed, changed(act, member=other)) == f"{other} has asked for no token of r"
    assert reason(fixed, changed(act, signature=fixed.answer(1, member).signature)).startswith("the blind signature")
    assert reason(fixed, changed(act, at=fixed.of.closes_at)) == (
        "r closed at 2026-08-25T08:00:00Z; a token of now casts nothing"
    )
    fixed.do(act)
    assert reason(fixed, act) == "issuer 0 has answered request 0 before"


def test_nobody_but_the_issuers_of_a_ballot_answers(fixed: Sealing) -> None:
    fixed.do(fixed.request(fixed.electors[0]))
    act = fixed.answer(0, fixed.electors[0])
    union = next(
        t.member for t in standing.filled(fixed.small.state, "unions-house", fixed.small.at) if t.member != act.by
    )
    with pytest.raises(Refused):
        fixed.small.do(changed(act, by=union))
    with pytest.raises(Refused):
        fixed.small.do(changed(act, body=""))


def test_casts_are_published_in_the_second_half_whole_or_not_at_all(fixed: Sealing) -> None:
    a, b = fixed.electors[:2]
    fixed.admitted([a, b])
    fixed.small.at = sealing.casts_from(fixed.of)
    one, two = fixed.cast(a, "for"), fixed.cast(b, "for")
    act = fixed.batch([one, two])
    assert reason(fixed, changed(act, number=3)) == "the blob holds 2 casts, the act says 3"
    assert reason(fixed, changed(act, at=fixed.of.closes_at)) == (
        "ballots of r are published from 2026-08-21T08:00:00Z to 2026-08-25T08:00:00Z"
    )
    missing = refusal(fixed.small, changed(act, casts="0" * 64))
    assert (missing.article, missing.reason) == ("record", f"the casts are missing: no blob {'0' * 64}")
    assert reason(fixed, changed(act, casts=fixed.small.blob("x\n"), number=1)).startswith("line 1 of the casts: ")
    false = sealed_ballot.Cast(two.voter, two.token, 9, two.sealed, two.signature)
    # In the order of their hashes, which is another each time.
    batch = fixed.batch([one, false])
    place = casts.read(fixed.small.blobs[batch.casts]).index(false) + 1
    assert reason(fixed, batch) == (
        f"cast {place} of the blob: the Ed25519 signature does not hold: "
        "it is not a signature of these bytes by this key"
    )
    fixed.do(act)
    assert fixed.of.turnout == 2
    assert reason(fixed, act).endswith("of the blob: this key has cast revision 1 before")


def test_early_casts_are_refused(fixed: Sealing) -> None:
    fixed.admitted(fixed.electors[:1])
    made = fixed.cast(fixed.electors[0], "for")
    assert reason(fixed, fixed.batch([made])) == (
        "ballots of r are published from 2026-08-21T08:00:00Z to 2026-08-25T08:00:00Z"
    )


def test_the_highest_revision_counts_in_whatever_batch_it_stands(voted: Sealing) -> None:
    member = voted.electors[1]
    second, third = voted.cast(member, "abstain"), voted.cast(member, "for")
    voted.do(voted.batch([third])).do(voted.batch([second]))
    voted.revealed().do(voted.publishing([FOR] * 3))
    assert voted.of.turnout == 3


def test_lost_tellers_change_nothing_while_enough_are_left(voted: Sealing) -> None:
    found = []
    for places in ((0, 1), (0, 2), (1, 2), (0, 1, 2)):
        another = voted.copy().revealed(places)
        found.append(sealing.choices(another.small.state, another.of))
    assert found == [([b'"against"', b'"for"', b'"for"'], 0)] * 4


def test_a_teller_reveals_her_own_key_after_the_close(voted: Sealing) -> None:
    act = voted.reveal(0)
    assert reason(voted, act) == "r is open until 2026-08-25T08:00:00Z; keys and voids come after"
    voted.closed()
    act = voted.reveal(0)
    other = changed(act, body="committee/mill", by=next(
        t.member for t in standing.filled(voted.small.state, "committee/mill", voted.small.at)
        if t.member not in sealing.sealed(voted.of).tellers
    ))  # fmt: skip
    assert reason(voted, other).startswith(f"{other.by} is no teller of r: ")
    assert reason(voted, voted.reveal(0, small_ballot.TELLERS[2])) == (
        "teller 1 reveals a key that does not belong to the one with which the ballot was opened"
    )
    voted.do(act)
    tellers = ", ".join(list(sealing.sealed(voted.of).tellers)[1:])
    assert reason(voted, voted.publishing([FOR, FOR, AGAINST])) == (
        f"2 tellers of r must reveal their keys; these have not: {tellers}"
    )
    voted.do(voted.reveal(1)).do(voted.publishing([FOR, FOR, AGAINST]))
    assert reason(voted, voted.reveal(2)) == f"the choices of r were published in act {voted.of.published_act}"


def test_other_choices_than_were_opened_are_not_published(voted: Sealing) -> None:
    voted.revealed()
    article = ballots.article(voted.small.state, voted.of)
    for lines, said in (
        ([FOR, FOR, FOR], "what was opened from the seals is not among the choices published"),
        ([FOR, AGAINST], "3 members voted, but 2 choices are published (the act says 2)"),
        ([FOR, FOR, AGAINST, FOR], "3 members voted, but 4 choices are published (the act says 4)"),
    ):
        found = refusal(voted.small, voted.publishing(lines))
        assert (found.article, found.reason) == (article, said)


def test_who_votes_on_paper_asks_for_no_token_and_the_other_way_round(fixed: Sealing) -> None:
    asked, paper = fixed.electors[:2]
    fixed.admitted([asked])
    tellers = tuple(fixed.electors[2:4])

    def vote(member: str) -> acts.VoteTaken:
        return acts.VoteTaken(
            at=fixed.small.at, by=tellers[0], ballot="r", member=member, channel="paper", tellers=tellers
        )

    online = acts.VoteTaken(at=fixed.small.at, by=paper, ballot="r", member=paper)
    assert reason(fixed, online) == "choices in r are sealed: ask for a token (token_requested)"
    assert reason(fixed, vote(asked)) == f"{asked} has asked for a token of r; she casts with that"
    fixed.do(vote(paper))
    assert reason(fixed, fixed.request(paper)) == f"{paper} has voted on paper in r (act {fixed.of.voted[paper]})"
    fixed.small.at = sealing.casts_from(fixed.of)
    fixed.do(fixed.batch([fixed.cast(asked, "for")]))
    fixed.revealed().do(fixed.publishing([FOR, AGAINST]))
    assert fixed.of.turnout == 2


def test_paper_is_taken_before_keys_are_fixed(opened: Sealing) -> None:
    tellers = tuple(opened.electors[2:4])
    opened.do(
        acts.VoteTaken(
            at=opened.small.at, by=tellers[0], ballot="r", member=opened.electors[0], channel="paper", tellers=tellers
        )
    )
    assert opened.of.turnout == 1


@pytest.mark.parametrize(
    "line", [b'"maybe"', b'"for" ', b"for", b"[" * 40, b'"\\u0066or"', b'["for"]', b"\xff", b""], ids=repr
)
def test_a_choice_that_is_unlawful_or_written_otherwise_is_spoilt(fixed: Sealing, line: bytes) -> None:
    a, b = fixed.electors[:2]
    fixed.admitted([a, b])
    fixed.small.at = sealing.casts_from(fixed.of)
    fixed.do(fixed.batch([fixed.cast(a, "for"), fixed.cast(b, line)]))
    fixed.revealed().do(fixed.publishing([FOR]))
    assert (fixed.of.turnout, sealing.sealed(fixed.of).spoilt) == (2, 1)


def test_a_seal_that_was_copied_is_spoilt(fixed: Sealing) -> None:
    # Cheat 14.
    a, b = fixed.electors[:2]
    fixed.admitted([a, b])
    fixed.small.at = sealing.casts_from(fixed.of)
    original, own = fixed.cast(a, "for"), fixed.cast(b, "against")
    bare = sealed_ballot.Cast(own.voter, own.token, 2, original.sealed, b"")
    copied = sealed_ballot.signed_cast(fixed.keys, bare, fixed.wallets[b].seed)
    fixed.do(fixed.batch([original, copied]))
    fixed.revealed().do(fixed.publishing([FOR]))
    assert sealing.sealed(fixed.of).spoilt == 1


def test_one_issuer_alone_stuffs_nothing_and_both_together_as_many_as_stayed_home(fixed: Sealing) -> None:
    # Cheats 3 and 4.
    a, home = fixed.electors[:2]
    fixed.admitted([a, home])
    fixed.small.at = sealing.casts_from(fixed.of)
    fixed.do(fixed.batch([fixed.cast(a, "for")]))

    def ghost(issuers: int) -> sealed_ballot.Cast:
        made = wallet.wallet("r", fixed.keys)
        blinded = wallet.request(made, fixed.keys)
        answers = [wallet.answer(small_ballot.ISSUING[n], blinded[n]) for n in range(2)]
        whole = wallet.cast(made, fixed.keys, answers, b'"against"')[1]
        if issuers == 2:
            return whole
        half = token.Token(whole.token.prefix, (whole.token.signatures[0], bytes(256)))
        bare = sealed_ballot.Cast(whole.voter, half, 1, whole.sealed, b"")
        return sealed_ballot.signed_cast(fixed.keys, bare, made.seed)

    assert "issuer 1" in reason(fixed, fixed.batch([ghost(1)]))
    # Nobody sees this one, unless she who stayed at home makes her token void.
    void_by_home = wallet.void(fixed.wallets[home], fixed.keys, fixed.answers(home))
    fixed.do(fixed.batch([ghost(2)]))
    assert reason(fixed, fixed.batch([ghost(2)])).endswith(
        "it is token 3, and issuer 0 has answered 2 requests on the record"
    )
    fixed.closed()
    assert reason(fixed, fixed.voiding(void_by_home)) == (
        "it is token 3, and issuer 0 has answered 2 requests on the record"
    )


def test_a_token_is_made_void_once_after_the_close_by_who_cast_nothing(fixed: Sealing) -> None:
    cast, home = fixed.electors[:2]
    fixed.admitted([cast, home])
    fixed.small.at = sealing.casts_from(fixed.of)
    fixed.do(fixed.batch([fixed.cast(cast, "for")]))
    void = wallet.void(fixed.wallets[home], fixed.keys, fixed.answers(home))
    assert reason(fixed, fixed.voiding(void)) == "r is open until 2026-08-25T08:00:00Z; keys and voids come after"
    fixed.closed()
    fixed.do(fixed.voiding(void))
    assert reason(fixed, fixed.voiding(void)) == "this key has made its token void before"
    used = wallet.void(fixed.wallets[cast], fixed.keys, fixed.answers(cast))
    assert reason(fixed, fixed.voiding(used)) == "this key has cast a ballot (cast 0)"


def test_a_ballot_that_cannot_be_opened_is_held_again_with_new_keys(voted: Sealing) -> None:
    elector = voted.electors[0]
    voted.closed().do(voted.reveal(0))

    def again(at: str, closes_at: str) -> acts.BallotRepeated:
        return acts.BallotRepeated(at=at, by=elector, ballot="r", closes_at=closes_at)

    assert reason(voted, again(voted.small.at, "2026-09-20T08:00:00Z")) == (
        "r may be held again from 2026-09-01T08:00:00Z, if it cannot be opened before"
    )
    voted.small.wait(7)
    assert reason(voted, again(voted.small.at, "2026-09-08T08:00:00Z")) == (
        "it lasts as long as before, until 2026-09-09T08:00:00Z or later"
    )
    enough = voted.copy()
    enough.do(enough.reveal(1))
    assert reason(enough, again(enough.small.at, "2026-09-20T08:00:00Z")) == (
        "enough tellers have revealed their keys of r; its choices are to be published"
    )
    enough.do(enough.publishing([FOR, FOR, AGAINST]))
    assert reason(enough, again(enough.small.at, "2026-09-20T08:00:00Z")) == (
        f"the choices of r were published in act {enough.of.published_act}"
    )
    voted.do(again(voted.small.at, "2026-09-09T08:00:00Z"))
    to = sealing.sealed(voted.of)
    assert (to.tries, to.course, voted.of.opens_at, voted.of.closes_at) == (
        2, None, "2026-09-01T08:00:00Z", "2026-09-09T08:00:00Z",
    )  # fmt: skip


def test_where_both_go_on_all_the_time_tokens_and_casts_have_one_window() -> None:
    charter = sealed.CHARTER.replace('requests = "first_half"', 'requests = "whole"')
    found = sealed.recall(charter).fixed()
    assert (sealing.requests_until(found.of), sealing.casts_from(found.of)) == (found.of.closes_at, found.of.opens_at)
    found.admitted(found.electors[:1])
    found.do(found.batch([found.cast(found.electors[0], "for")]))
    assert found.of.turnout == 1


def test_tellers_of_whom_more_are_needed_than_there_are_hold_no_ballot() -> None:
    found = sealed.recall(sealed.CHARTER.replace("needed = 2", "needed = 4")).given()
    assert reason(found, found.fixing()).startswith("these keys cannot hold a ballot: 4 of 3 tellers")


def test_hands_are_not_counted_where_somebody_has_asked_for_a_token(opened: Sealing) -> None:
    small = opened.small
    elect(small, "tellers", "congress", ["m-0022", "m-0023", "m-0024"])
    members = sorted(standing.electors(small.state, "assembly/mill", small.at))
    small.do(
        acts.MotionMoved(
            at=small.at, by=members[0], body="assembly/mill", motion="m", matter="resolution-assembly", title="T",
            text=small.blob("One.\n"),
        )
    )  # fmt: skip
    small.wait(3)
    closes = moment.after(small.at, days=7)
    small.do(acts.DivisionOpened(at=small.at, by=members[0], motion="m", closes_at=closes))
    (ballot,) = small.state.motions["m"].divisions[-1].ballots.values()
    found = Sealing(small, ballot).fixed()
    found.admitted(members[:1])
    tellers = tuple(t.member for t in standing.filled(small.state, "tellers", small.at)[:2])
    act = acts.HandVoteCounted(
        at=small.at, by=tellers[0], body="assembly/mill", motion="m", tellers=tellers, present=6, in_favour=4,
        against=1, abstaining=1,
    )  # fmt: skip
    assert refusal(small, act).reason == f"1 have voted in {ballot} in secret; it stays secret"


def tasks(of: Sealing, member: str) -> list[tuple[str, str]]:
    """Return what the ballot waits for from a member, and until when."""
    found = awaiting.awaits(of.small.state, member, of.small.at)
    return [(one.text, one.until) for one in found if one.id == "r" and one.task == "ballot"]


def test_everybody_is_told_what_a_sealed_ballot_waits_for(opened: Sealing) -> None:
    voter, issuer = opened.electors[5], opened.holder("committees-house")
    assert tasks(opened, voter) == []
    assert ("give the key of an issuer", opened.of.closes_at) in tasks(opened, issuer)
    opened.fixed()
    question = "vote on the recall from committee/mill:1"
    half, close = "2026-08-21T08:00:00Z", "2026-08-25T08:00:00Z"
    assert tasks(opened, voter) == [(f"{question}: ask for a token", half)]
    opened.do(opened.request(voter))
    assert tasks(opened, voter) == [(f"{question}: cast what you sealed, if you have not", close)]
    assert ("answer 1 requests for tokens", close) in tasks(opened, issuer)
    opened.small.at = half
    assert tasks(opened, opened.electors[6]) == []
    opened.closed()
    teller = opened.teller(0)
    assert tasks(opened, teller) == [("reveal your key of r", "2026-09-01T08:00:00Z")]
    opened.do(opened.reveal(0))
    assert tasks(opened, teller) == []
