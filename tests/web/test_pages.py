"""Each page says what it must, and each form brings about the act that it names."""

from typing import Any

import pytest

from comitia.federation import standing


def seen(browser: Any, path: str) -> str:
    """Return the words of a page that must be there."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return " ".join(str(answer.content.decode()).split())


def holder(state: Any, body: str) -> Any:
    """Return the first running term of a body."""
    return standing.filled(state, body, state.moment)[0]


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/", ("What awaits you", "Decided lately", "The road: m-done", "Election: committee of Bakery")),
        ("/bodies/", ("Who elects whom", "filled by each assembly", "committee of Mill")),
        ("/bodies/?q=mill", ("bodies whose name holds “mill”", "committee of Mill")),
        ("/bodies/committee/mill/", ("5 of 5 seats are filled", "elected", "An elector of the seat opens a petition")),
        ("/bodies/committee/bakery/", ("4 of 5 seats are filled", "<b>vacant</b>")),
        ("/bodies/committees-house/", ("3 of 3 seats are filled", "mandates bind", "The road: m-done")),
        ("/bodies/congress/", ("Sits together from", "it has no seats of its own")),
        ("/bodies/assembly/mill/", ("All 8 members of this workplace sit here and vote in secret",)),
        ("/motions/", ("Open", "Waiting", "Decided", "Closed, not yet noted")),
        ("/motions/m-done/", ("carried: committees", "3 for, 0 against", "Votes by name", "article 23")),
        ("/motions/m-open/", ("Before the autumn.", "struck: ", "Lines 2 to 2", "How it stands", "accepted")),
        ("/motions/m-waiting/", ("it can be opened", "days of notice end")),
        ("/motions/new/", ("What is it about?", "as assembly of Bakery")),
        ("/elections/", ("Voting", "Candidates wanted", "Counted")),
        ("/elections/e-called/", ("Nobody yet. Any elector may stand.", "Nominations close")),
        ("/elections/e-1/", ("Elected", "The count, stage by stage", "Votes after each stage", "quota")),
        ("/ballots/e-1/", ("The choices", "published in act")),
        ("/recalls/r-open/", ("He came to no meeting.", "1</b> of 8 electors have signed")),
        ("/charter/", ("How someone is recalled", 'id="article-12"', "What is not written here, nobody may do")),
        ("/me/", ("My memberships", "What is public", "You have no password yet")),
    ],
)
def test_a_page_says_what_it_must(sign_in: Any, path: str, sentences: tuple[str, ...]) -> None:
    text = seen(sign_in("m-0010"), path)

    assert [s for s in sentences if s not in text] == []


@pytest.mark.parametrize("path", ["/motions/none/", "/ballots/none/", "/bodies/committee/none/", "/nowhere/"])
def test_what_is_not_there_says_so(sign_in: Any, path: str) -> None:
    answer = sign_in("m-0010").get(path)

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_what_awaits_a_member_stands_on_home_with_one_touch_to_it(sign_in: Any, state: Any) -> None:
    member = holder(state, "unions-house").member
    text = seen(sign_in(member), "/")

    assert 'href="/motions/m-open/"' in text
    assert "Vote in the open as" in text


def test_a_ranking_is_cast_and_receipted_and_cast_once(sign_in: Any, state: Any) -> None:
    election = state.elections["e-open"]
    first, second = election.nominators
    voter = min(state.ballots["e-open"].electorate - {first, second})
    browser = sign_in(voter)
    before = seen(browser, "/ballots/e-open/")
    assert "Who will see what" in before and "Only 8 may vote here" in before
    doubled = browser.post("/ballots/e-open/", {f"place-{first}": "1", f"place-{second}": "1"})
    assert doubled.status_code == 409
    assert "both have place 1" in doubled.content.decode()

    answer = browser.post("/ballots/e-open/", {f"place-{first}": "2", f"place-{second}": "1"})

    assert (answer.status_code, answer["Location"]) == (302, "/ballots/e-open/")
    after = seen(browser, "/ballots/e-open/")
    assert "Your vote is cast" in after and f"act {state.ballots['e-open'].voted[voter]}" in after
    again = browser.post("/ballots/e-open/", {f"place-{first}": "1"})
    assert again.status_code == 409
    assert "has voted in e-open already" in again.content.decode()


def test_a_member_of_another_assembly_cannot_vote(sign_in: Any, state: Any) -> None:
    stranger = min(standing.all_members(state) - state.ballots["m-secret"].electorate)
    browser = sign_in(stranger)

    assert "You are not among the 8 electors" in seen(browser, "/ballots/m-secret/")
    answer = browser.post("/ballots/m-secret/", {"choice": "for"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "<h1>Refused</h1>" in text and 'href="/charter/#article-' in text
    assert stranger not in state.ballots["m-secret"].voted


def test_a_secret_vote_shows_its_turnout_and_nothing_else(sign_in: Any, state: Any) -> None:
    voter = max(state.ballots["m-secret"].electorate)
    browser = sign_in(voter)
    assert browser.post("/ballots/m-secret/", {"choice": "against"}).status_code == 302

    text = seen(browser, "/motions/m-secret/")

    assert "nothing but the turnout is shown before the count" in text
    assert "against" not in text.partition("How it stands")[2]


def test_a_delegate_votes_in_the_open_and_may_change_it(sign_in: Any, state: Any) -> None:
    term = holder(state, "committees-house")
    browser = sign_in(term.member)
    running = state.motions["m-open"].divisions[-1]
    for choice in ("for", "against"):
        answer = browser.post("/motions/m-open/vote/", {"seat": term.seat, "choice": choice})
        assert answer.status_code == 302
        assert running.votes[term.seat][0] == choice

    text = seen(browser, "/motions/m-open/")
    assert "Change my vote" in text and '<span class="tag against">against</span>' in text


def test_a_vote_with_anothers_seat_is_refused_with_the_article(sign_in: Any, state: Any) -> None:
    term = holder(state, "unions-house")
    stranger = min(standing.all_members(state) - {term.member})
    answer = sign_in(stranger).post("/motions/m-open/vote/", {"seat": term.seat, "choice": "for"})

    assert answer.status_code == 409
    assert "/charter/#article-" in answer.content.decode()


def test_a_motion_is_moved_once_and_amended(sign_in: Any, state: Any) -> None:
    miller = min(state.ballots["m-secret"].electorate)
    browser = sign_in(miller)
    form = seen(browser, "/motions/new/?matter=resolution-assembly&body=assembly/mill")
    assert "days of notice" in form
    given = {
        "id": "motion-test",
        "matter": "resolution-assembly",
        "body": "assembly/mill",
        "title": "A <b>new</b> stone",
        "text": "We buy a stone.\nThis year.",
    }
    assert browser.post("/motions/new/", given)["Location"] == "/motions/motion-test/"
    assert browser.post("/motions/new/", given).status_code == 409
    text = seen(browser, "/motions/motion-test/")
    assert "A &lt;b&gt;new&lt;/b&gt; stone" in text and "<b>new</b> stone" not in text

    change = {"id": "amendment-test", "first": "2", "last": "2", "lines": "Next year."}
    assert browser.post("/motions/motion-test/amend/", change).status_code == 302
    assert "added: " in seen(browser, "/motions/motion-test/")
    assert browser.post("/motions/amendment-test/accept/").status_code == 302
    assert state.motions["motion-test"].lines == ("We buy a stone.", "Next year.")
    early = browser.post("/motions/motion-test/open/")
    assert early.status_code == 409
    assert "days of notice" in early.content.decode()


def test_a_closed_ballot_is_counted_by_whoever_comes_first(sign_in: Any, state: Any) -> None:
    browser = sign_in(min(state.ballots["m-closed"].electorate))
    assert "Count now and note the result" in seen(browser, "/motions/m-closed/")

    assert browser.post("/motions/m-closed/close/").status_code == 302

    assert state.motions["m-closed"].outcome == "carried"
    assert "12 for, 0 against" in seen(browser, "/motions/m-closed/")
    assert 'for</th><td class="n">12</td>' in seen(browser, "/ballots/m-closed/")


def test_a_ballot_that_is_open_is_not_counted(sign_in: Any, state: Any) -> None:
    answer = sign_in("m-0010").post("/ballots/e-open/count/")

    assert answer.status_code == 409
    assert "nothing is published before" in answer.content.decode()


def test_a_candidate_stands_and_stands_no_longer(sign_in: Any, state: Any) -> None:
    member = max(state.ballots["e-called"].electorate)
    browser = sign_in(member)
    browser.post("/elections/e-called/stand/")
    assert "I no longer stand" in seen(browser, "/elections/e-called/")
    browser.post("/elections/e-called/withdraw/")
    assert "withdrawn" in seen(browser, "/elections/e-called/")


def test_a_petition_is_signed_and_voted_on(sign_in: Any, state: Any) -> None:
    signer = max(state.recalls["r-open"].electorate)
    browser = sign_in(signer)
    browser.post("/recalls/r-open/sign/")
    assert "You have signed" in seen(browser, "/recalls/r-open/")
    assert browser.post("/recalls/r-open/sign/").status_code == 409
    assert browser.post("/recalls/r-open/open/").status_code == 302
    assert browser.post("/ballots/r-open/", {"choice": "for"}).status_code == 302
    assert "Your vote is cast" in seen(browser, "/ballots/r-open/")


def test_a_petition_against_a_seat_of_others_is_refused(sign_in: Any, state: Any) -> None:
    seat = holder(state, "committee/mill").seat
    stranger = min(standing.base_members(state, "assembly/farm"))
    given = {"id": "r-strange", "seat": seat, "reason": "He is in our way."}

    answer = sign_in(stranger).post("/recalls/petition/", given)

    assert answer.status_code == 409
    assert "its own electors" in answer.content.decode() or "elector" in answer.content.decode()
    assert "r-strange" not in state.recalls


def test_electors_call_an_election_of_a_vacant_seat_once(sign_in: Any, state: Any) -> None:
    member = min(standing.base_members(state, "locality-assembly/riverbend"))
    given = {
        "body": "councils-conference",
        "id": "election-test",
        "constituency": "locality-assembly/riverbend",
        "vacant_only": "on",
        "by_hand": "on",
    }
    browser = sign_in(member)

    assert browser.post("/bodies/call/", given)["Location"] == "/elections/election-test/"
    assert browser.post("/bodies/call/", given).status_code == 409
    # No seed is committed: a tie waits for a lot by hand.
    assert state.ballots["election-test"].lot == ""
    early = browser.post("/ballots/election-test/count/", {"drawn": member, "witnesses": "m-0001 m-0002"})
    assert (early.status_code, "nothing is published before" in early.content.decode()) == (409, True)


def test_only_those_who_hold_a_seat_or_stand_are_named_to_others(sign_in: Any, state: Any) -> None:
    plain = [m for m in standing.all_members(state) if not state.holders.get(m)]
    mover = min(state.ballots["m-secret"].electorate)
    text = seen(sign_in("m-0010"), "/motions/m-waiting/")

    expected = mover if mover in plain else f"Member {mover[-2:]}"
    assert f"<b>{expected}</b>" in text


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/motions/m-open/amend/", {"id": "x-1", "first": "-1", "last": "x", "lines": ""}),
        ("/motions/m-open/vote/", {"seat": "nowhere:1", "choice": "maybe"}),
        ("/motions/new/", {"id": "Ä", "matter": "none", "title": "t", "text": "x"}),
        ("/motions/new/", {"id": "x-2", "matter": "resolution", "title": "", "text": ""}),
        ("/ballots/e-open/", {"only": "m-9999"}),
        ("/elections/none/stand/", {}),
        ("/recalls/petition/", {"id": "x-3", "seat": "", "reason": "r"}),
        ("/bodies/call/", {"body": "committee/bakery", "id": "../x", "constituency": "assembly/bakery"}),
    ],
)
def test_bad_input_is_refused_in_plain_words(sign_in: Any, path: str, given: dict[str, str]) -> None:
    answer = sign_in("m-0012").post(path, given)

    assert answer.status_code == 409, answer.content.decode()[-500:]
    assert "Nothing was changed" in answer.content.decode()


def test_a_text_too_long_for_an_act_is_refused_and_changes_nothing(sign_in: Any, state: Any) -> None:
    size = state.size
    given = {"id": "m-long", "matter": "resolution-general", "body": "", "title": "y" * 40_000, "text": "x"}

    answer = sign_in("m-0012").post("/motions/new/", given)

    assert answer.status_code == 409
    assert "cannot enter the record" in answer.content.decode()
    assert (state.size, "m-long" in state.motions) == (size, False)


def test_the_way_back_from_a_refusal_never_leads_to_another_site(sign_in: Any) -> None:
    browser = sign_in("m-0012")
    for referer in ("http://localhost//elsewhere.example/", "http://elsewhere.example/", "http://localhost/motions/"):
        answer = browser.post("/motions/none/vote/", {"choice": "for"}, headers={"referer": referer})
        assert 'href="//' not in answer.content.decode()
        assert "elsewhere.example/" not in answer.content.decode().replace('href="/elsewhere.example/"', "")


def test_a_carried_decision_of_the_electors_becomes_a_mandate_that_the_delegate_sees(sign_in: Any, state: Any) -> None:
    seat = state.motions["m-mandate"].subject
    elector = max(standing.base_members(state, "assembly/mill"))
    browser = sign_in(elector)
    assert "Enter the mandate: against" in seen(browser, "/motions/m-mandate/")

    assert browser.post("/motions/m-mandate/instruct/").status_code == 302

    assert state.mandates[seat, "m-open"].instruction == "against"
    delegate = sign_in(standing.term(state, seat, state.moment).member)
    assert "Your electors' mandate: against." in seen(delegate, "/motions/m-open/")
    delegate.post("/motions/m-open/vote/", {"seat": seat, "choice": "for"})
    assert '<span class="tag broken">broken</span>' in seen(delegate, "/motions/m-open/")
    assert "1 instructed" in seen(delegate, "/bodies/committees-house/")
