import json
import math
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.record import canonical
from comitia.record.canonical import NotCanonical, Value

JCS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vectors" / "jcs"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
INTS = st.integers(-canonical.LARGEST_INT, canonical.LARGEST_INT)
KEYS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | INTS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def reason_of(leaf: bytes) -> tuple[str, str, int | None]:
    with pytest.raises(NotCanonical) as caught:
        canonical.decode(leaf)
    return caught.value.reason, caught.value.path, caught.value.offset


@given(VALUES)
def test_decoding_gives_back_what_was_encoded(value: Value) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@given(VALUES)
def test_the_standard_library_writes_the_same_bytes(value: Value) -> None:
    expected = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    assert canonical.encode(value) == expected


@settings(max_examples=300)
@given(VALUES, st.data())
def test_an_altered_leaf_is_refused_or_says_something_else(value: Value, data: st.DataObject) -> None:
    leaf = canonical.encode(value)
    at = data.draw(st.integers(0, len(leaf) - 1))
    altered = leaf[:at] + bytes([leaf[at] ^ data.draw(st.integers(1, 255))]) + leaf[at + 1 :]

    try:
        said = canonical.decode(altered)
    except NotCanonical:
        return
    assert canonical.encode(said) == altered
    assert json.dumps(said) != json.dumps(value)


@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_canonical(leaf: bytes) -> None:
    try:
        said = canonical.decode(leaf)
    except NotCanonical:
        return
    assert canonical.encode(said) == leaf


@pytest.mark.skipif(not JCS.is_dir(), reason="no vectors beside the clone (../shared/data/vectors/jcs)")
def test_the_official_vectors_inside_the_profile_are_met_and_the_others_refused() -> None:
    judged = {}
    for path in sorted((JCS / "input").iterdir()):
        try:
            same = canonical.encode(json.loads(path.read_text())) == (JCS / "output" / path.name).read_bytes()
            judged[path.stem] = "equal" if same else "different"
        except NotCanonical as refused:
            judged[path.stem] = refused.reason

    assert judged == {
        "arrays": "equal",
        "french": "the key 'péché' is not made of a-z, 0-9 and _",
        "structures": "the key '' is not made of a-z, 0-9 and _",
        "unicode": "the key 'Unnormalized Unicode' is not made of a-z, 0-9 and _",
        "values": "a float has no canonical form; use text, integers, lists, maps",
        "weird": "the key '€' is not made of a-z, 0-9 and _",
    }


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical.encode({"b": [1, None, True], "a": {"z": "é", "y_0": ""}}) == (
        '{"a":{"y_0":"","z":"é"},"b":[1,null,true]}'.encode()
    )


def test_control_characters_are_escaped_as_rfc_8785_says() -> None:
    text = "".join(map(chr, range(1, 32))) + '"\\/\x7f\u2028'

    assert canonical.encode(text) == (
        b'"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012'
        b'\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\\"\\\\/\x7f'
        b'\xe2\x80\xa8"'
    )


@pytest.mark.parametrize(
    ("leaf", "reason", "path", "offset"),
    [
        (b'{"a": 1}', "written in another way than the profile's", "", 5),
        (b'{"b":1,"a":2}', "written in another way than the profile's", "", 2),
        (b'{"a":1,"a":1}', "written in another way than the profile's", "", 6),
        (b'{"a":"\\u0041"}', "written in another way than the profile's", "", 6),
        (b'{"a":-0}', "written in another way than the profile's", "", 5),
        (b'{"a":1}\n', "written in another way than the profile's", "", 7),
        (b'{"a":1.0}', "1.0 is not an integer; figures are decimal text", "", None),
        (b'{"a":1e3}', "1e3 is not an integer; figures are decimal text", "", None),
        (b'{"a":9007199254740992}', "9007199254740992 is beyond 2^53 - 1; write it as text", "$.a", None),
        (b'{"a":-9007199254740992}', "-9007199254740992 is beyond 2^53 - 1; write it as text", "$.a", None),
        (b'{"A":1}', "the key 'A' is not made of a-z, 0-9 and _", "$", None),
        (b'{"":1}', "the key '' is not made of a-z, 0-9 and _", "$", None),
        (b'{"x":[{"a-b":1}]}', "the key 'a-b' is not made of a-z, 0-9 and _", "$.x[0]", None),
        (b'["\\u0000"]', "text holds U+0000", "$[0]", None),
        ('["e\u0301"]'.encode(), "text is not in Unicode normal form C", "$[0]", None),
    ],
)
def test_bytes_outside_the_profile_are_refused(leaf: bytes, reason: str, path: str, offset: int | None) -> None:
    assert reason_of(leaf) == (reason, path, offset)


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"{",
        b'{"a":1}}',
        b"nul",
        b"'a'",
        b"\xff",
        b'"\xed\xa0\x80"',
        b'["\\ud800"]',
        b'["\\udc00x"]',
        b"[" * 9000,
        b"[NaN]",
        b"[Infinity]",
        b"[" + b"9" * 400 + b"]",
        b"\xef\xbb\xbf1",
        b'{"a":1,}',
        b"\xff\xfe1\x00",
    ],
)
def test_what_is_not_json_is_refused(leaf: bytes) -> None:
    with pytest.raises(NotCanonical):
        canonical.decode(leaf)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (1.0, "$"),
        (math.nan, "$"),
        ({"a": [1, 0.5]}, "$.a[1]"),
        (b"bytes", "$"),
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "$.at"),
        ({1: "a"}, "$"),
        ({"a": {"b"}}, "$.a"),
        ("\ud800", "$"),
        ({"a": ["x", "\udfff"]}, "$.a[1]"),
        (2**53, "$"),
        ("\u0378", "$"),
    ],
)
def test_a_value_without_canonical_form_is_refused_with_its_place(value: object, path: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical.encode(value)  # type: ignore[arg-type]

    assert caught.value.path == path


def test_a_leaf_holds_32_kib_and_not_a_byte_more() -> None:
    largest = "x" * (canonical.LARGEST_LEAF - 2)

    assert canonical.decode(canonical.encode(largest)) == largest
    with pytest.raises(NotCanonical, match="put the large text or table into a blob"):
        canonical.encode(largest + "x")
    with pytest.raises(NotCanonical, match=r"32,769 bytes; a leaf holds at most 32,768"):
        canonical.decode(b'"' + largest.encode() + b'x"')


def test_an_act_of_65_536_bytes_is_refused() -> None:
    with pytest.raises(NotCanonical, match=r"65,536 bytes"):
        canonical.encode("x" * 65_534)


def test_32_levels_are_read_and_33_are_refused() -> None:
    deep: Value = 1
    for _ in range(32):
        deep = [deep]

    assert canonical.decode(canonical.encode(deep)) == deep
    with pytest.raises(NotCanonical, match="more than 32 levels deep"):
        canonical.encode([deep])


def test_the_first_difference_is_found() -> None:
    assert [
        canonical.first_difference(*pair) for pair in [(b"abc", b"abd"), (b"ab", b"abc"), (b"x", b"y"), (b"", b"")]
    ] == [
        2,
        2,
        0,
        0,
    ]
