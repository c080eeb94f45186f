"""Whatever is handed in, the rule book carries it out or refuses it with an article; nothing else happens."""

import copy
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from small import Small, facts, seated

from comitia.federation import acts, moment
from comitia.federation.refusal import Refused

IDS = (
    "",
    "m-0001",
    "m-0002",
    "m-0009",
    "clerk",
    "nobody",
    "committee/mill",
    "assembly/mill",
    "committees-house",
    "board",
    "secretary",
    "congress",
    "union/bakers",
    "council/hilltown",
    "committees-house:mill:1",
    "committee/mill:1",
    "mill",
    "e-1",
    "e-3",
    "s",
    "levies",
    "plan",
    "claims",
    "mandate-workplace",
    "charter",
    "merger",
    "flows",
    "hours",
    "products",
    "0" * 64,
    "workplace/bakery",
    "council/riverbend",
    "1",
    "-3",
    "x" * 70,
    "a b",
    "assembly/mill assembly/farm",
    "/",
    ":",
)


@pytest.fixture(scope="module")
def ready() -> Small:
    small = seated()
    board = next(t for t in small.state.terms["board:1"])
    small.do(
        acts.SeasonOpened(
            at=small.at,
            by=board.member,
            body="board",
            season="s",
            name="S",
            declarations_until=moment.after(small.at, days=30),
            ends_at=moment.after(small.at, days=120),
        )
    )
    text = small.blob("for x\n")
    small.do(
        acts.MotionMoved(
            at=small.at, by=board.member, body="board", motion="levy", matter="levies", title="T", text=text
        )
    )
    return small


def values(kind: object) -> st.SearchStrategy[object]:
    """Return a strategy for a field of an act."""
    if kind is int:
        return st.integers(-2, 300)
    if kind is bool:
        return st.booleans()
    if msgspec.UnsetType in get_args(kind):
        # A field that a later version added may be left out.
        return st.one_of(st.just(msgspec.UNSET), values(get_args(kind)[0]))
    if kind is acts.Attachment:
        types = st.sampled_from(("image/png", "text/plain", "text/html"))
        return st.builds(acts.Attachment, name=st.sampled_from(IDS), type=types, blob=st.sampled_from(IDS))
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=4).map(tuple)
    if get_origin(kind) is dict:
        return st.dictionaries(st.sampled_from(("workplace", "trade", "locality")), st.sampled_from(IDS), max_size=3)
    return st.sampled_from((*IDS, "2026-06-01T08:00:00Z", "2027-06-01T08:00:00Z", "levy"))


def any_act(at: str) -> st.SearchStrategy[acts.AnyAct]:
    """Return a strategy for an act of any type, dated at a moment."""

    def of(kind: type[acts.AnyAct]) -> st.SearchStrategy[acts.AnyAct]:
        hints = get_type_hints(kind)
        fields = {f: values(hints[f]) for f in kind.__struct_fields__ if f not in ("at", "v", "sigs", "salt")}
        return st.builds(lambda **given: kind(at=at, **given), **fields)

    return st.sampled_from(sorted(acts.BY_WORD.values(), key=lambda t: t.__name__)).flatmap(of)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_act_is_carried_out_or_refused_with_an_article(ready: Small, data: st.DataObject) -> None:
    act = data.draw(any_act(ready.at))
    before = facts(copy.deepcopy(ready.state))
    trial = copy.deepcopy(ready)
    try:
        trial.federation.apply(act)
    except Refused as refused:
        assert refused.article and refused.reason
        assert facts(trial.state) == before
