import re

import pytest
from hypothesis import given, strategies as st
from small import founded

from comitia.federation import acts
from comitia.federation.plain import Plain
from comitia.record import canonical
from comitia.record.canonical import NotCanonical

PLAIN = Plain(acts.BY_WORD.values())
LEAVES = [acts.encode(act) for act in founded().done]
JOINED = next(act for act in founded().done if isinstance(act, acts.MemberJoined))


def test_most_acts_of_a_federation_are_plain() -> None:
    plain = [leaf for leaf in LEAVES if PLAIN.is_canonical(leaf, acts.decode(leaf))]

    assert len(plain) > 0.9 * len(LEAVES)


def test_types_with_numbers_or_other_shapes_go_the_long_way() -> None:
    act = acts.BallotsPublished(at="2026-01-05T08:00:00Z", by="clerk", ballot="e", choices="0" * 64, number=1, seed="")
    leaf = acts.encode(act)

    assert not PLAIN.is_canonical(leaf, act)
    assert acts.decode(leaf) == act


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (acts.encode(JOINED).replace(b'"bakery"', b'"b\\u0061kery"', 1), "another way"),
        (acts.encode(JOINED).replace(b'"workplace":', b'"Work":', 1), "not made of"),
        (acts.encode(JOINED).replace(b'"workplace":', b'"":', 1), "not made of"),
        (acts.encode(JOINED).replace(b'"by":"', b'"by":"\\u0000', 1), "U[+]0000"),
        (acts.encode(JOINED).replace(b',"by":', b', "by":', 1), "another way"),
        (acts.encode(JOINED).replace(b'"by":"', b'"by":"' + b"x" * 40_000, 1), "at most 32,768"),
        (b"[" * 3000, "not JSON"),
        (b"\xff", "not JSON"),
    ],
)
def test_what_is_not_canonical_is_refused_as_such(changed: bytes, reason: str) -> None:
    assert changed not in LEAVES
    with pytest.raises(NotCanonical, match=reason):
        acts.decode(changed)


@given(st.data())
def test_the_short_way_accepts_nothing_that_the_long_way_refuses(data: st.DataObject) -> None:
    leaf = data.draw(st.sampled_from(LEAVES))
    spots = [match.start() for match in re.finditer(rb'["{}:,\[\]]', leaf)]
    at = data.draw(st.sampled_from(spots)) + data.draw(st.integers(0, 2))
    put = data.draw(st.sampled_from([b"", b" ", b'"', b"\\", b"\\u0041", b"A", b"\xc3\xa9", b"e\xcc\x81", b"0", b","]))
    cut = data.draw(st.integers(0, 2))
    changed = leaf[:at] + put + leaf[at + cut :]
    try:
        acts.decode(changed)
    except (NotCanonical, acts.NotAnAct):
        return
    assert canonical.encode(canonical.decode(changed)) == changed
