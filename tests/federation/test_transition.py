"""What a change of the charter would do is said before anybody votes on it, and is what then happens."""

import dataclasses

import msgspec
import pytest
from small import CHARTER, facts, seated

from comitia.charter import parse
from comitia.charter.structure import Charter
from comitia.federation import acts, effects, moment, standing, transition
from comitia.federation.refusal import Refused


def changed(*pairs: tuple[str, str]) -> Charter:
    text = CHARTER
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return parse.parse(text, file="new")


def test_each_changed_article_is_named_with_the_rule_that_changes_and_the_way_it_is_decided() -> None:
    small = seated()
    found = transition.transition(small.state, changed(("emergency_days = 14", "emergency_days = 7")), small.at)

    assert [(a.number, a.change) for a in found.articles] == [("46", "changed")]
    assert (found.entrenched, found.matter.id, found.delay_days) == (("46",), "amend-entrenched", 90)
    assert transition.sentences(found)[:4] == (
        "1 article would change.",
        "Article 46 (Emergency), entrenched: changed.",
        "  procedures, emergency_days: 14 becomes 7.",
        "It is moved as “changing an entrenched article” (article 44) and takes effect 90 days after it is carried, by "
        "the charter in force.",
    )  # fmt: skip


def test_an_article_that_is_not_entrenched_goes_the_ordinary_way() -> None:
    small = seated()
    found = transition.transition(small.state, changed(("for a year by single transferable vote. The committee",
                                                        "for one year by single transferable vote. The committee")),
                                  small.at)  # fmt: skip

    assert [(a.number, a.entrenched) for a in found.articles] == [("6", False)]
    assert (found.matter.id, found.delay_days) == ("charter", 28)


def test_terms_whose_seat_is_no_more_end_and_the_others_go_on() -> None:
    small = seated()
    running = sum(len(standing.filled(small.state, b.id, small.at)) for b in standing.bodies(small.state)
                  if b.kind.form == "elected")  # fmt: skip
    found = transition.transition(small.state, changed(("seats = 7", "seats = 5")), small.at)

    assert [t.seat for t in found.ending] == ["board:6", "board:7"]
    assert found.going_on == running - 2
    assert "The seat board:6 is no more: the term of " + found.ending[0].member + " ends." in (
        transition.sentences(found)
    )


def test_what_is_under_way_is_said_to_end_under_the_old_rules() -> None:
    small = seated()
    voter = sorted(standing.electors(small.state, "assembly/mill", small.at))[0]
    holder = standing.filled(small.state, "committee/mill", small.at)[0]
    small.do(acts.RecallPetitioned(at=small.at, by=voter, recall="r-1", seat=holder.seat, reason="absent"))
    small.do(
        acts.MotionMoved(
            at=small.at, by=voter, body="assembly/mill", motion="m-1", matter="resolution-assembly", title="Paint it",
            text=small.blob("We paint it.\n"),
        )
    )  # fmt: skip
    small.do(
        acts.SeatResigned(at=small.at, by=standing.filled(small.state, "board", small.at)[0].member, seat="board:1")
    )
    until = moment.after(small.at, days=7)
    elector = sorted(standing.electors(small.state, "congress", small.at))[0]
    small.do(
        acts.ElectionOpened(
            at=small.at, by=elector, body="board", election="e-new", constituency="congress", vacant_only=True,
            nominations_until=until, closes_at=moment.after(until, days=7), lot="0" * 64,
        )
    )  # fmt: skip

    # What is decided is not under way.
    small.do(msgspec.structs.replace(small.done[-3], at=small.at, motion="m-2"))
    small.do(acts.MotionWithdrawn(at=small.at, by=voter, motion="m-2"))
    small.state.recalls["r-0"] = dataclasses.replace(small.state.recalls["r-1"], id="r-0", outcome="lost")

    found = transition.transition(small.state, changed(("seats = 7", "seats = 5")), small.at)

    assert found.under_way == (
        "the motion m-1, 'Paint it': under article 23 as it was",
        "the election e-new of board",
        f"the petition r-1 to recall {holder.member} from {holder.seat}",
    )
    assert "Under the old rules ends the election e-new of board." in transition.sentences(found)


def test_new_bodies_new_faults_and_new_powers_are_told() -> None:
    small = seated()
    text = CHARTER.replace('[[permission]]\nacts = ["plan_drafted"]\nby = ["committees-house",',
                           '[[permission]]\nacts = ["plan_drafted"]\nby = ["member", "committees-house",')  # fmt: skip
    head, _, rest = text.partition("[kind.secretary]")
    table, _, after = rest.partition("\n\n")
    text = head + "[kind.secretary]" + table + "\n\n[kind.archivist]" + table.replace("secretary", "archivist").replace(
        '"archivist"', '"archivist"'
    ) + "\n\n" + after  # fmt: skip
    text = text.replace("leaving_notice_days = 30", "leaving_notice_days = 0")
    found = transition.transition(small.state, parse.parse(text, file="new"), small.at)

    assert found.appearing == ("archivist",)
    assert found.vanishing == ()
    assert ("plan_drafted", "member") in found.gained
    assert found.lost == ()
    told = transition.sentences(found)
    assert "A new body, archivist: nobody sits in it until an election." in told
    assert "New: member may do plan_drafted." in told
    assert any(line.startswith("A new fault: ") for line in told) == bool(found.found)

    back = transition.transition(dataclasses.replace(small.state, charter=parse.parse(text, file="new")),
                                 parse.parse(CHARTER, file="old"), small.at)  # fmt: skip
    assert back.lost == found.gained
    assert back.vanishing == ("archivist",)
    assert {f.name for f in back.cured} == {f.name for f in found.found}
    assert "archivist is no more." in transition.sentences(back)
    assert "No longer: member may do plan_drafted." in transition.sentences(back)
    assert any(line.startswith("A fault less: ") for line in transition.sentences(back)) == bool(back.cured)


def test_a_charter_that_nothing_may_change_says_so() -> None:
    small = seated()
    rules = standing.charter(small.state)
    without = {k: m for k, m in rules.matters.items() if m.effect != "charter"}
    small.state.charter = dataclasses.replace(rules, matters=without)

    with pytest.raises(Refused, match="only a refounding could"):
        transition.transition(small.state, rules, small.at)


def test_what_was_said_is_what_happens_when_the_change_takes_effect() -> None:
    small = seated()
    text = CHARTER.replace("seats = 7", "seats = 5").replace("seats_per_members = 20", "seats_per_members = 2")
    before = facts(small.state)
    told = transition.transition(small.state, parse.parse(text, file="new"), small.at)
    assert facts(small.state) == before, "a question changes nothing"

    effects.adopt_charter(small.state, small.blob(text), at=small.at)

    ended = [t for terms in small.state.terms.values() for t in terms if t.ended == small.at]
    assert [t.seat for t in ended] == [t.seat for t in told.ending] == ["board:6", "board:7"]
    running = [t for terms in small.state.terms.values() for t in terms if standing.is_running(t, small.at)]
    assert len(running) == told.going_on


def test_an_elected_term_in_a_seat_that_stays_runs_to_its_old_end() -> None:
    small = seated()

    found = transition.transition(small.state, changed(("term_days = 365", "term_days = 30")), small.at)

    assert found.ending == ()
