"""The public edition: what it shows and hides, that it stands under the root of the record, every byte checked."""

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from small import seated
from typer.testing import CliRunner

from comitia.clerk import public_edition
from comitia.clerk.clerk import Clerk
from comitia.clerk.public_edition import ACTS, SUMMARY, NotPublic, cells
from comitia.cli.public import app
from comitia.federation import acts
from comitia.record import mirror, note
from comitia.record.mirror import Torn


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A federation's public edition, its whole record, and the key of both."""
    folder = tmp_path_factory.mktemp("edition")
    with Clerk.create(folder / "home", "small.example/log") as clerk:
        small = seated(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.publish_edition(folder / "public")
        clerk.export(folder / "record")
        return folder / "public", folder / "record", clerk.vkey


def shown(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line)["leaf"] for line in (folder / ACTS).read_text().splitlines()]


def test_an_edition_shows_offices_and_totals_under_the_root_of_the_record(made: tuple[Path, Path, str]) -> None:
    edition, record, vkey = made
    found = public_edition.check(edition, key=vkey)
    whole = mirror.read(record, key=vkey)

    assert found.summary.root == whole.checkpoint.root.hex()
    assert (found.shown + found.summary.withheld, found.trusted) == (len(whole.leaves), True)
    assert found.summary.members == 24
    assert dict(found.summary.rolls) == {
        "locality": (("hilltown", 12), ("riverbend", 12)),
        "trade": (("bakers", 9), ("drivers", 9), ("growers", 6)),
        "workplace": (("bakery", 8), ("farm", 8), ("mill", 8)),
    }
    assert ("secretary:1", "m-0014") in {(seat, member) for seat, member, *_ in found.summary.offices}


def test_nobody_without_an_office_stands_in_any_file_of_it(made: tuple[Path, Path, str]) -> None:
    edition, _, vkey = made
    in_office = {member for _, member, *_ in public_edition.check(edition, key=vkey).summary.offices}
    others = {f"m-{n:04}" for n in range(1, 25)} - in_office - {"m-0001", "m-0002", "m-0003"}
    texts = b"".join(path.read_bytes() for path in edition.rglob("*") if path.is_file())

    assert others != set()
    assert [member for member in sorted(others) if member.encode() in texts] == []
    assert {"member_joined", "vote_taken", "candidate_nominated"} & {act["act"] for act in shown(edition)} == set()
    assert {"federation_founded", "group_registered", "election_opened"} <= {act["act"] for act in shown(edition)}


def test_a_member_with_the_whole_record_derives_the_same_edition(made: tuple[Path, Path, str]) -> None:
    edition, record, vkey = made
    said = CliRunner().invoke(app, ["check", str(edition), "--key", vkey, "--against", str(record)])

    assert said.exit_code == 0, said.output
    assert "the whole record gives the same edition, byte by byte" in said.output
    assert "  trade: bakers 9, drivers 9, growers 6" in said.output


def copied(edition: Path, to: Path) -> Path:
    for path in edition.rglob("*"):
        if path.is_file():
            target = to / path.relative_to(edition)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return to


def test_a_byte_changed_in_any_file_is_refused(made: tuple[Path, Path, str], tmp_path: Path) -> None:
    edition, _, vkey = made
    copy = copied(edition, tmp_path / "copy")
    passed = []
    for path in sorted(p for p in copy.rglob("*") if p.is_file()):
        body = path.read_bytes()
        for at in {0, len(body) // 3, len(body) // 2, len(body) - 1}:
            path.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
            try:
                public_edition.check(copy, key=vkey)
                passed.append((path.relative_to(copy).as_posix(), at))
            except Torn:
                pass
        path.write_bytes(body)

    assert passed == []
    public_edition.check(copy, key=vkey)


def test_an_extra_file_a_missing_one_and_an_act_left_out_are_refused(
    made: tuple[Path, Path, str], tmp_path: Path
) -> None:
    edition, _, vkey = made
    copy = copied(edition, tmp_path / "copy")
    (copy / "public" / "names").write_text("Ada")
    with pytest.raises(Torn, match="it is extra"):
        public_edition.check(copy, key=vkey)
    (copy / "public" / "names").unlink()
    lines = (copy / ACTS).read_bytes().splitlines(keepends=True)
    (copy / ACTS).write_bytes(b"".join(lines[:-1]))
    with pytest.raises(Torn, match="number of withheld acts"):
        public_edition.check(copy, key=vkey)
    (copy / ACTS).write_bytes(b"".join([*lines, lines[-1]]))
    with pytest.raises(Torn, match="lines go by their index"):
        public_edition.check(copy, key=vkey)
    (copy / SUMMARY).unlink()
    with pytest.raises(Torn, match="is this a public edition"):
        public_edition.check(copy, key=vkey)


def test_an_operator_who_signs_other_totals_is_found_by_a_member(made: tuple[Path, Path, str], tmp_path: Path) -> None:
    """The log's key can sign a false total: the tree does not know it, but every member's record does."""
    edition, record, vkey = made
    copy = copied(edition, tmp_path / "copy")
    home = made[0].parent / "home"
    with Clerk.open(home) as clerk:
        key = clerk._key
    text = note.parse((copy / SUMMARY).read_bytes()).text.replace('"members":24', '"members":42')
    (copy / SUMMARY).write_bytes(note.format(note.sign(text, (key,))))
    assert public_edition.check(copy, key=vkey).summary.members == 42
    said = CliRunner().invoke(app, ["check", str(copy), "--key", vkey, "--against", str(record), "--json"])

    assert said.exit_code == 1
    assert json.loads(said.output) == {"holds": False, "reason": f"{SUMMARY} is not what the whole record gives"}


def test_what_the_server_vouches_for_bears_a_salt_and_without_one_there_is_no_edition(
    made: tuple[Path, Path, str],
) -> None:
    _, record, vkey = made
    whole = mirror.read(record, key=vkey)
    salts = [acts.decode(leaf).salt for leaf in whole.leaves]
    assert len(set(salts)) == len(whole.leaves)

    small = seated(vkey=vkey)
    leaves = [acts.encode(act) for act in small.done]
    with (
        Clerk.open(record.parent / "home") as clerk,
        pytest.raises(NotPublic, match=r"\(member_joined\) bears no salt"),
    ):
        list(public_edition.files(leaves, small.state, clerk.checkpoint(), small.blobs, clerk._key))


@given(st.dictionaries(st.text("ab", max_size=3), st.integers(0, 12), max_size=6))
def test_no_cell_has_fewer_than_five_and_none_is_found_by_subtraction(counts: dict[str, int]) -> None:
    found = dict(cells(counts))
    total = sum(counts.values())

    assert all(number >= 5 for number in found.values())
    # Whoever knows the total learns of the rest only where it is nobody or five and more.
    rest = total - sum(found.values())
    assert rest == 0 or not found
    assert all(counts[name] == number for name, number in found.items() if name)


def test_a_number_within_a_longer_word_is_found() -> None:
    hidden = frozenset({b"m-0042"})
    for text, there in [
        (b'"motion":"m-0042-bread"', True), (b"the-m-0042", True), (b"m-00421", False), (b"xm-0042", False),
        (b"seat m-0042:1", True), (b"m-0041", False),
    ]:  # fmt: skip
        assert public_edition.names_any(text, hidden) is there, text
