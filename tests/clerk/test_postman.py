"""The postman and a real mail server: each letter once, tried again, given up, held for the day; restarts and kills."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sealed
from post_server import Post, reached
from small import CHARTER

from comitia.clerk import letters, postman
from comitia.clerk.clerk import Clerk
from comitia.clerk.outbox import MOST, Outbox
from comitia.clerk.postman import Round
from comitia.federation import acts, moment

ROOT = Path(__file__).parents[2]
GOING_ROUND = """
import sys
from pathlib import Path
from comitia.clerk import postman
from comitia.clerk.clerk import Clerk
with Clerk.open(Path(sys.argv[1]), time=lambda: sys.argv[2]) as clerk:
    postman.go_round(clerk, sys.argv[2])
"""
AT = "2026-08-17T09:00:00Z"
VOTED = ("m-0003", "m-0006", "m-0009")
ASKED = ("m-0012", "m-0015", "m-0018", "m-0021", "m-0024")


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """A federation in which a recall is voted on by eight; three have voted, only those eight have an address."""
    made = Clerk.create(tmp_path / "home", "small.example/log", time=lambda: AT)
    small = sealed.recalled(CHARTER, vkey=made.vkey)
    made.submit_all(small.done, blobs=small.blobs)
    made.people.add_all([(m, f"Member {m[-2:]}", f"{m}@x.example") for m in (*VOTED, *ASKED)])
    for member in VOTED:
        made.vote(acts.VoteTaken(at=AT, by=member, ballot="r", member=member), "for")
    # What else awaits somebody is muted here, so that the recall stands alone.
    state = made.federation.state
    with Outbox(made.home.people) as outbox:
        for member in state.members:
            outbox.set_level(member, "", "none")
        found = letters.due(state, AT, since="2999-01-01T00:00:00Z", said=str)
        outbox.add([letter for letter in found if "/ballot/r/" not in letter.key], AT)
        for member in (*VOTED, *ASKED):
            outbox.set_level(member, "committee/mill", "usual")
    return made


def told(clerk: Clerk, port: int) -> None:
    (clerk.home.path / "mail.toml").write_text(
        f'host = "127.0.0.1"\nport = {port}\nsender = "Ours <post@ours.example>"\nsecurity = "none"\n'
        'site = "https://ours.example"\n'
    )


def later(seconds: int, at: str = AT) -> str:
    return moment.format(moment.parse(at) + timedelta(seconds=seconds))


def people(post: Post) -> list[str]:
    return sorted(to.partition("@")[0] for to, _ in post.taken)


def test_a_notice_reaches_those_who_have_not_voted_once(clerk: Clerk) -> None:
    with Post() as post:
        told(clerk, post.port)
        first, second = postman.go_round(clerk, AT), postman.go_round(clerk, later(60))
        letter = post.taken[0][1]

    assert people(post) == list(ASKED)
    assert (first.sent, first.fault, second.sent, second.new) == (5, "", 0, 0)
    assert letter["Subject"] == "Small: Vote on the recall from committee/mill:1"
    assert letter["From"] == "Ours <post@ours.example>"
    assert "https://ours.example/ballots/r/" in letter.get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<https://ours.example/mail/stop/m-00")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] == "Mon, 17 Aug 2026 09:00:00 +0000"


def test_a_day_before_the_close_the_others_are_reminded_and_after_it_all_are_told_what_was_decided(
    clerk: Clerk,
) -> None:
    closes = clerk.federation.state.ballots["r"].closes_at
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, AT)
        clerk.vote(acts.VoteTaken(at=AT, by="m-0012", ballot="r", member="m-0012"), "against")
        post.taken.clear()
        postman.go_round(clerk, later(-80_000, closes))
        reminded = people(post)
        post.taken.clear()
        clerk._time = lambda: closes
        clerk._sequencer._time = lambda: closes
        clerk.publish("r")
        postman.go_round(clerk, closes)
        at_once = people(post)
        morning = f"{moment.after(closes, days=1)[:10]}T07:30:00Z"
        postman.go_round(clerk, morning)
        content = post.taken[0][1].get_content()

    assert reminded == ["m-0015", "m-0018", "m-0021", "m-0024"]
    # The federation's day is past seven already when the ballot closes: the daily letter goes out with it.
    assert at_once == sorted([*VOTED, *ASKED])
    assert "3 for the recall, 1 for her to stay" in content
    assert "m-0012" not in content


def test_a_letter_refused_for_now_is_tried_again_and_one_refused_for_good_is_given_up(clerk: Clerk) -> None:
    answers = {
        "m-0012@x.example": ["451 later", "rcpt 450 later still"],
        "m-0015@x.example": ["rcpt 550 nobody here"],
        "m-0018@x.example": ["554 not that"],
    }
    with Post(answers) as post:
        told(clerk, post.port)
        rounds = [postman.go_round(clerk, later(s)) for s in (0, 30, 61, 120, 200)]
        with Outbox(clerk.home.people) as outbox:
            failed = [(member, fault) for _, member, _, _, fault in outbox.listed("failed")]

    assert [(r.sent, r.waiting, r.failed) for r in rounds] == [(2, 1, 2), (0, 1, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0)]
    assert people(post) == ["m-0012", "m-0021", "m-0024"]
    assert failed == [("m-0015", "550 nobody here"), ("m-0018", "554 not that")]


def test_a_server_that_breaks_off_or_is_away_costs_no_letter(clerk: Clerk) -> None:
    with Post({"m-0015@x.example": ["break off"]}) as post:
        told(clerk, post.port)
        first = postman.go_round(clerk, AT)
        port = post.port
    away = postman.go_round(clerk, later(100))
    with Post() as again:
        told(clerk, again.port)
        assert port != 0
        last = postman.go_round(clerk, later(1000))

    assert first.fault != ""
    assert "127.0.0.1" in away.fault
    assert (away.sent, last.fault, last.waiting) == (0, "", 0)
    assert sorted({*people(post), *people(again)}) == list(ASKED)


def test_after_three_days_a_letter_is_given_up(clerk: Clerk) -> None:
    with Post() as post:
        told(clerk, post.port)
    first = postman.go_round(clerk, AT)
    last = postman.go_round(clerk, later(4 * 86_400))

    assert (first.waiting, last.waiting) == (5, 0)
    with Outbox(clerk.home.people) as outbox:
        assert outbox.counts()["failed"] == 5


def test_without_a_server_letters_lie_in_the_folder_once(clerk: Clerk) -> None:
    first, second = postman.go_round(clerk, AT), postman.go_round(clerk, AT)
    laid = sorted(clerk.home.outbox.glob("*.eml"))

    assert (first, second) == (Round(new=5, sent=5, waiting=0, failed=0), Round(new=0, sent=0, waiting=0, failed=0))
    assert [path.name[:6] for path in laid] == list(ASKED)
    assert all(path.stat().st_mode & 0o077 == 0 for path in laid)


def test_a_postman_killed_while_he_sends_loses_no_letter_and_a_second_copy_has_the_same_id(clerk: Clerk) -> None:
    clerk.close()
    home = clerk.home.path
    with Post() as post:
        told(clerk, post.port)
        assert reached(post.port)
        going_round = [sys.executable, "-c", GOING_ROUND, str(home), AT]
        # He is killed again and again, each time as soon as one letter more is there.
        for already in range(len(ASKED)):
            going = subprocess.Popen(going_round)
            while going.poll() is None and len(post.taken) <= already:
                time.sleep(0.001)
            going.send_signal(signal.SIGKILL)
            going.wait()
        done = subprocess.run(going_round, capture_output=True, text=True, check=False)
        ids: dict[str, set[str]] = {}
        for to, letter in post.taken:
            ids.setdefault(to.partition("@")[0], set()).add(letter["Message-ID"])

    assert done.returncode == 0, done.stderr
    assert sorted(ids) == list(ASKED)
    assert all(len(found) == 1 for found in ids.values())
    # A letter whose answer was not noted goes out once more at every kill, and not oftener.
    assert len(post.taken) <= 2 * len(ASKED)


def test_a_postman_who_is_asked_to_end_ends_between_two_letters_and_none_goes_out_twice(clerk: Clerk) -> None:
    clerk.close()
    with Post(before=lambda _: time.sleep(0.1)) as post:
        told(clerk, post.port)
        going_round = [sys.executable, "-c", GOING_ROUND, str(clerk.home.path), AT]
        ended = []
        for already in range(len(ASKED)):
            going = subprocess.Popen(going_round)
            while going.poll() is None and len(post.taken) <= already:
                time.sleep(0.001)
            going.send_signal(signal.SIGTERM)
            ended.append(going.wait())
        subprocess.run(going_round, check=True)

    assert -signal.SIGTERM in ended
    assert people(post) == list(ASKED)


def test_who_was_erased_gets_nothing_any_more(clerk: Clerk) -> None:
    with Post({m + "@x.example": ["451 later"] for m in ASKED}) as post:
        told(clerk, post.port)
        postman.go_round(clerk, AT)
        clerk.people.erase("m-0012")
        postman.go_round(clerk, later(100))

    assert people(post) == list(ASKED[1:])


def test_who_has_left_or_has_no_address_gets_nothing_and_that_is_no_failure(clerk: Clerk) -> None:
    clerk.people.add("m-0012", "Ada", "")
    told_once = letters.Letter("outcome/motion/x/1/m-0015", "m-0015", "committee/mill", "outcome", "X", "It is.", "/")
    with Outbox(clerk.home.people) as outbox:
        outbox.set_level("m-0015", "committee/mill", "at_once")
        outbox.add([told_once], AT)
    with Post() as post:
        told(clerk, post.port)
        clerk.submit(acts.MemberLeft(at=AT, by="m-0015", member="m-0015"))
        done = postman.go_round(clerk, AT)
        with Outbox(clerk.home.people) as outbox:
            nowhere = sorted(member for _, member, *_ in outbox.listed("unaddressed"))

    assert people(post) == ["m-0018", "m-0021", "m-0024"]
    assert (done.sent, done.failed, nowhere) == (3, 0, ["m-0012", "m-0015"])


def test_one_letter_a_day_puts_together_what_was_held(clerk: Clerk) -> None:
    with Outbox(clerk.home.people) as outbox:
        outbox.set_level("m-0012", "", "daily")
        outbox.set_level("m-0012", "committee/mill", "")
    night, morning = "2026-08-18T03:00:00Z", "2026-08-18T07:00:00Z"
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, night)
        assert "m-0012" not in people(post)
        postman.go_round(clerk, morning)
        postman.go_round(clerk, later(60, morning))
    (letter,) = [letter for to, letter in post.taken if to == "m-0012@x.example"]

    assert "Vote on the recall from committee/mill:1." in letter.get_content()


def test_a_reminder_that_waited_does_not_reach_who_voted_meanwhile(clerk: Clerk) -> None:
    closes = clerk.federation.state.ballots["r"].closes_at
    last_day = later(-80_000, closes)
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, AT)
    away = postman.go_round(clerk, last_day)
    for member in ("m-0012", "m-0015"):
        clerk.vote(acts.VoteTaken(at=AT, by=member, ballot="r", member=member), "for")
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, later(100, last_day))
        reminded = people(post)
    with Outbox(clerk.home.people) as outbox:
        past = [(member, subject) for _, member, subject, _, _ in outbox.listed("past")]

    assert away.waiting == 5
    assert reminded == ["m-0018", "m-0021", "m-0024"]
    assert past == [(m, "Soon over: vote on the recall from committee/mill:1") for m in ("m-0012", "m-0015")]


def test_who_votes_while_reminders_are_going_out_is_not_reminded_any_more(clerk: Clerk) -> None:
    closes = clerk.federation.state.ballots["r"].closes_at
    voted: list[str] = []

    def vote_another(_to: str) -> None:
        # Somebody to whom no reminder has gone yet: the last in the row.
        if not voted:
            voted.append("m-0024")
            clerk.vote(acts.VoteTaken(at=AT, by="m-0024", ballot="r", member="m-0024"), "for")

    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, AT)
    with Post(before=vote_another) as post:
        told(clerk, post.port)
        postman.go_round(clerk, later(-80_000, closes))
        reminded = [to[:6] for to, _ in post.taken]

    assert voted == ["m-0024"]
    assert reminded == ["m-0012", "m-0015", "m-0018", "m-0021"]


def test_what_was_held_for_the_day_and_is_done_by_then_is_not_told(clerk: Clerk) -> None:
    with Outbox(clerk.home.people) as outbox:
        for member in ("m-0012", "m-0015"):
            outbox.set_level(member, "", "daily")
            outbox.set_level(member, "committee/mill", "")
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, "2026-08-18T03:00:00Z")
        clerk.vote(acts.VoteTaken(at=AT, by="m-0012", ballot="r", member="m-0012"), "for")
        post.taken.clear()
        postman.go_round(clerk, "2026-08-18T07:00:00Z")

    assert people(post) == ["m-0015"]


def test_two_postmen_at_once_send_each_letter_once(clerk: Clerk) -> None:
    clerk.close()
    with Post(before=lambda _: time.sleep(0.2)) as post:
        told(clerk, post.port)
        both = [subprocess.Popen([sys.executable, "-c", GOING_ROUND, str(clerk.home.path), AT]) for _ in range(2)]
        assert [going.wait(timeout=60) for going in both] == [0, 0]

    assert people(post) == list(ASKED)


def test_an_address_that_is_none_costs_its_own_letter_alone(clerk: Clerk) -> None:
    clerk.people.add_all([("m-0012", "Ada", "ada@x.example\nBcc: all@x.example"), ("m-0015", "Eve", "0171 234567")])
    with Post() as post:
        told(clerk, post.port)
        done = postman.go_round(clerk, AT)
        with Outbox(clerk.home.people) as outbox:
            failed = [(member, fault) for _, member, _, _, fault in outbox.listed("failed")]

    assert people(post) == ["m-0018", "m-0021", "m-0024"]
    assert (done.sent, done.failed, done.fault) == (3, 2, "")
    assert failed == [("m-0012", "this is no mail address"), ("m-0015", "this is no mail address")]


def test_who_wants_only_what_awaits_her_is_not_told_what_was_decided(clerk: Clerk) -> None:
    closes = clerk.federation.state.ballots["r"].closes_at
    with Outbox(clerk.home.people) as outbox:
        outbox.set_level("m-0003", "committee/mill", "asked")
        outbox.set_level("m-0012", "committee/mill", "asked")
    with Post() as post:
        told(clerk, post.port)
        postman.go_round(clerk, AT)
        asked = people(post)
        post.taken.clear()
        clerk._time = lambda: closes
        clerk._sequencer._time = lambda: closes
        clerk.publish("r")
        postman.go_round(clerk, closes)
        decided = people(post)

    assert asked == list(ASKED)
    assert decided == sorted({*VOTED, *ASKED} - {"m-0003", "m-0012"})


def test_more_letters_than_are_taken_out_at_a_time_go_out_in_one_round(clerk: Clerk) -> None:
    many = [
        letters.Letter(f"outcome/motion/{n}/1/m-0012", "m-0012", "committee/mill", "outcome", f"No. {n}", "It is.", "/")
        for n in range(2 * MOST + 7)
    ]
    with Outbox(clerk.home.people) as outbox:
        outbox.set_level("m-0012", "committee/mill", "at_once")
        outbox.add(many, AT)
    with Post() as post:
        told(clerk, post.port)
        done = postman.go_round(clerk, AT)

    assert (done.sent, done.waiting) == (2 * MOST + 7 + len(ASKED), 0)
    assert len(post.taken) == done.sent


def test_a_letter_that_was_withdrawn_and_is_due_again_goes_out(clerk: Clerk) -> None:
    (one,) = [x for x in letters.asked(clerk.federation.state, "m-0012", AT) if "/ballot/r/" in x.key]
    with Outbox(clerk.home.people) as outbox:
        assert outbox.add([one], AT) == 1
        outbox.withdraw(one.key)
        assert outbox.waiting(AT) == []
        assert (outbox.add([one], AT), outbox.add([one], AT)) == (1, 0)
        (waiting,) = outbox.waiting(AT)
        outbox.sent(one.key)
        assert outbox.add([one], AT) == 0

    assert (waiting.key, waiting.text) == (one.key, one.text + "\n\n{site}/ballots/r/")
