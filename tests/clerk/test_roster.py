from importlib.resources import files

import pytest

from comitia.charter import parse
from comitia.charter.structure import Charter
from comitia.clerk import roster

BODIES = (
    b"roll,id,name,within\nworkplace,mill,Mill,district/north\ndistrict,north,North,\ntrade,millers,Millers,\n"
    b"locality,hill,Hill,\n"
)
MEMBERS = (
    b"member,name,contact,workplace,trade,locality\n"
    b",Ada,ada@x.example,mill,millers,hill\nm-0007,Bo,,mill,millers,hill\n"
)


@pytest.fixture(scope="module")
def charter() -> Charter:
    text = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
    return parse.parse(text, file="shipped")


def sentences(read: roster.Roster) -> list[str]:
    return [f.sentence for f in read.faults]


def test_two_good_tables_give_groups_and_numbered_members(charter: Charter) -> None:
    read = roster.read(charter, ("bodies.csv", BODIES), ("members.csv", MEMBERS))

    assert sentences(read) == []
    assert [(g.roll, g.id) for g in read.groups] == [
        ("district", "north"),
        ("workplace", "mill"),
        ("trade", "millers"),
        ("locality", "hill"),
    ]
    assert [(m.member, m.name, m.contact) for m in read.members] == [
        ("m-0001", "Ada", "ada@x.example"),
        ("m-0007", "Bo", ""),
    ]


def test_every_fault_is_told_at_once_with_its_row(charter: Charter) -> None:
    bodies = BODIES + b"guild,x,X,\nworkplace,mill,Again,\nworkplace,Big Mill,,district/south\n"
    members = MEMBERS + b"m-0007,,,mill,smiths,\n"
    read = roster.read(charter, ("bodies.csv", bodies), ("members.csv", members))

    assert sentences(read) == [
        "bodies.csv, row 6, column roll: 'guild' is no roll of the charter; its rolls are workplace, trade, "
        "locality, district",
        "bodies.csv, row 7, column id: mill stands in row 2 already",
        "bodies.csv, row 8, column id: 'Big Mill' is no id; use at most 64 of a-z, 0-9 and single hyphens",
        "bodies.csv, row 8, column name: a name is expected",
        "bodies.csv, row 8, column within: 'district/south' is no group of this file that gathers a workplace; "
        "write roll/id, or leave it empty",
        "members.csv, row 4, column member: m-0007 stands in row 3 already",
        "members.csv, row 4, column name: a name is expected; it stays off the record",
        "members.csv, row 4, column trade: there is no trade 'smiths' in bodies.csv",
        "members.csv, row 4, column locality: a locality is expected",
    ]


def test_semicolons_and_a_byte_order_mark_are_read(charter: Charter) -> None:
    members = b"\xef\xbb\xbf" + MEMBERS.replace(b",", b";")
    read = roster.read(charter, ("bodies.csv", BODIES), ("members.csv", members))

    assert (sentences(read), len(read.members)) == ([], 2)


def test_another_encoding_is_refused_with_its_row(charter: Charter) -> None:
    read = roster.read(
        charter, ("bodies.csv", BODIES), ("members.csv", MEMBERS + "m-9,Zoë,,mill,millers,hill\n".encode("latin-1"))
    )

    assert sentences(read) == ["members.csv, row 4: is not UTF-8; save the table as CSV UTF-8 and try again"]


def test_a_missing_column_and_a_short_row_are_named(charter: Charter) -> None:
    read = roster.read(charter, ("b.csv", b"roll,id,name\n"), ("m.csv", b"name,workplace,trade,locality\nAda,mill\n"))

    assert sentences(read) == [
        "b.csv, row 1, column within: missing; the columns are roll, id, name, within",
        "m.csv, row 2: has another number of fields than the 4 columns",
    ]


def test_a_contact_used_twice_is_a_note_and_no_fault(charter: Charter) -> None:
    members = MEMBERS + b"m-0009,Cy,ada@x.example,mill,millers,hill\n"
    read = roster.read(charter, ("bodies.csv", BODIES), ("members.csv", members))

    assert (sentences(read), [w.sentence for w in read.warnings]) == (
        [],
        ["members.csv, row 4, column contact: ada@x.example is also in row 2"],
    )
