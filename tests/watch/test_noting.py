"""Rows taken down act by act are those taken down from the whole record; no reading looks ahead."""

import copy
import dataclasses

import lived
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from small import Small, elect

from comitia.federation import acts, standing
from comitia.federation.rulebook import Federation
from comitia.watch import indicators, noting
from comitia.watch.ledger import Ledger
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip

DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("levy"), st.lists(st.sampled_from(("for", "against", "abstain")), min_size=6, max_size=6)),
        st.tuples(st.just("elect"), st.sampled_from(("committee/mill", "board", "committees-house"))),
        st.tuples(st.just("wait"), st.integers(1, 400)),
        st.tuples(st.just("recall"), st.integers(1, 5)),
        st.tuples(st.just("current"), st.integers(5, 20)),
        st.tuples(st.just("leave"), st.integers(1, 24)),
        st.tuples(st.just("resign"), st.sampled_from(("board:1", "committee/mill:2"))),
    ),
    min_size=1,
    max_size=8,
)


def live(small: Small, doings: list[tuple[str, object]]) -> None:
    """Do what can be done of it; what the rule book refuses is left out."""
    for n, (what, how) in enumerate(doings):
        state = small.state
        try:
            match what, how:
                case "levy", list():
                    by = state.terms["board:1"][-1].member
                    lived.decide(small, f"levy-{n}", by, "board", "levies", dict(zip(HOUSES, how, strict=True)))
                case "elect", str():
                    constituency = standing.seats(state, how)[0].constituency
                    electors = sorted(standing.electors(state, constituency, small.at))
                    elect(small, how, constituency, electors[n % 2 : 7 + n % 2])
                case "wait", int():
                    small.wait(how)
                case "recall", int():
                    seat = f"committee/mill:{how}"
                    small.do(acts.RecallPetitioned(at=small.at, by="m-0003", recall=f"r-{n}", seat=seat, reason="x"))
                case "current", int():
                    members = tuple(f"m-{m:04}" for m in range(1, how + 1))
                    small.do(acts.CurrentFormed(at=small.at, by="m-0001", current=f"c-{n}", name="C", members=members))
                case "leave", int():
                    small.do(acts.MemberLeft(at=small.at, by=f"m-{how:04}", member=f"m-{how:04}"))
                case "resign", str():
                    holder = state.terms[how][-1].member
                    small.do(acts.SeatResigned(at=small.at, by=holder, body=how.partition(":")[0], seat=how))
        except Exception as refused:
            # Whatever is not lawful here and now is no part of the record.
            assert type(refused).__name__ in ("Refused", "IndexError", "KeyError"), refused


def act_by_act(done: list[acts.AnyAct], blobs: dict[str, bytes]) -> Ledger:
    """Return the ledger taken down with the state as it was right after each act."""
    federation, ledger = Federation(blobs), Ledger()
    for act in done:
        federation.apply(act)
        noting.go_on(ledger, [act], federation.state)
    return ledger


def rows(ledger: Ledger) -> dict[str, object]:
    return {field.name: getattr(ledger, field.name) for field in dataclasses.fields(ledger) if field.name != "read"}


@pytest.fixture(scope="module")
def ready() -> Small:
    return lived.free()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_taking_down_act_by_act_gives_the_rows_of_the_whole_record(
    ready: Small, doings: list[tuple[str, object]]
) -> None:
    small = copy.deepcopy(ready)
    live(small, doings)

    assert rows(act_by_act(small.done, small.blobs)) == rows(noting.fold(small.done, small.state))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS, share=st.floats(0.05, 1))
def test_a_reading_at_a_moment_knows_nothing_of_what_came_after(
    ready: Small, doings: list[tuple[str, object]], share: float
) -> None:
    small = copy.deepcopy(ready)
    live(small, doings)
    at = small.done[min(len(small.done) - 1, int(share * len(small.done)))].at
    before = [act for act in small.done if act.at <= at]
    later = indicators.readings(View(noting.fold(small.done, small.state), at))
    then = indicators.readings(View(act_by_act(before, small.blobs), at))

    assert later == then


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_every_reading_lies_in_its_range_and_counts_no_more_than_there_is(
    ready: Small, doings: list[tuple[str, object]]
) -> None:
    small = copy.deepcopy(ready)
    live(small, doings)
    for reading in indicators.readings(lived.view(small)):
        assert reading.value is None or reading.value >= 0, reading
        if reading.figure.range.startswith("0 to 1") and reading.value is not None:
            assert reading.value <= 1, reading
        if reading.figure.unit == "share":
            assert 0 <= reading.count <= reading.of and reading.value == reading.share, reading
        assert all(0 <= act < len(small.done) for act in reading.acts), reading
        assert set(reading.articles) <= set(small.state.charter.articles if small.state.charter else ()), reading


def test_the_closed_party_gives_the_same_rows_either_way(party: Small) -> None:
    assert rows(act_by_act(party.done, party.blobs)) == rows(noting.fold(party.done, party.state))
