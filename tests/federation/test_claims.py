"""The table of claims: UTF-8, its two columns, each council once, hours that are a number of 0 or more."""

from decimal import Decimal

import pytest
from small import Small, seated

from comitia.federation import claims
from comitia.federation.refusal import Refused


@pytest.fixture(scope="module")
def small() -> Small:
    return seated()


def test_each_council_claims_its_hours(small: Small) -> None:
    name = small.blob("council,hours\nhilltown,120\nriverbend,80.5\n")

    assert claims.parse(small.state, name, "26") == {"hilltown": Decimal("120"), "riverbend": Decimal("80.5")}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("hours,council\n", "has columns council,hours"),
        ("", "has columns council,hours"),
        ("council,hours\nhilltown\n", "line 2: expected a council and its hours"),
        ("council,hours\nhilltown,many\n", "line 2: expected a council and its hours"),
        ("council,hours\nhilltown,NaN\n", "line 2: expected a council and its hours"),
        ("council,hours\nhilltown,Infinity\n", "line 2: expected a council and its hours"),
        ("council,hours\nhilltown,1\nhilltown,2\n", "line 3: 'hilltown' is unknown, named twice or negative"),
        ("council,hours\nhilltown,-1\n", "line 2: 'hilltown' is unknown, named twice or negative"),
        ("council,hours\nnowhere,1\n", "line 2: 'nowhere' is unknown, named twice or negative"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(small: Small, table: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        claims.parse(small.state, small.blob(table), "26")


def test_a_table_that_is_missing_or_no_text_is_refused(small: Small) -> None:
    with pytest.raises(Refused, match="no blob"):
        claims.parse(small.state, "0" * 64, "26")
    small.blobs["f" * 64] = b"\xff\xfe"
    with pytest.raises(Refused, match="UTF-8"):
        claims.parse(small.state, "f" * 64, "26")
