"""The schema for editors is made from the reader's own lists of keys, and refuses the same keys."""

import json
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft7Validator

from comitia.charter import keys, meanings, parse, schema
from comitia.charter.key import Inner, TableForm
from comitia.charter.parse import WrongCharter

ROOT = Path(__file__).parents[2]
VALID = Draft7Validator(schema.schema())
FILES = [
    ROOT / "src/comitia/charter/shipped/co-op-federation.toml",
    ROOT / "tests/charter/fixtures/everything.toml",
    *sorted((ROOT / "examples/charters").glob("*.toml")),
]


def is_valid(text: str) -> bool:
    return VALID.is_valid(tomllib.loads(text))


def is_read(text: str) -> bool:
    try:
        parse.parse(text, file="ours.toml")
    except WrongCharter:
        return False
    return True


def forms() -> Iterator[TableForm]:
    yield from (keys.TOP, keys.ARTICLE, keys.ROLL, keys.RECALL, keys.ELECTION, keys.WAY, keys.MATTER, keys.NEVER)
    yield from (
        keys.PERMISSION,
        keys.NUMBER,
        keys.CURRENTS,
        keys.SEALED,
        keys.TALKING,
        keys.REFOUNDING,
        keys.PROCEDURES_TABLE,
        keys.GROUPS,
    )
    yield from (*keys.KIND.values(), *keys.EXIT.values(), *keys.DEMAND.values())


def test_the_file_for_editors_is_the_schema_of_the_code() -> None:
    page = runpy.run_path(str(ROOT / "spec" / "make_schema.py"))["page"]
    file = ROOT / "docs" / "reference" / "charter.schema.json"

    assert file.read_text(encoding="utf-8") == page()
    Draft7Validator.check_schema(json.loads(page()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_charter_in_the_tree_is_valid_and_names_the_schema_in_its_first_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    first, _, _ = text.partition("\n")
    place = (file.parent / first.removeprefix("#:schema ")).resolve()

    assert [error.message for error in VALID.iter_errors(tomllib.loads(text))] == []
    assert place == ROOT / "docs" / "reference" / "charter.schema.json"
    assert is_read(text)


def test_every_key_and_table_has_a_meaning_and_none_is_left_over() -> None:
    named = {key.name for form in forms() for key in form.keys}

    assert set(meanings.KEYS) == named
    assert set(meanings.TABLES) == {*keys.TABLES, *keys.ROWS, *keys.SINGLE}


def test_every_table_within_a_table_has_a_form() -> None:
    inner = [key.value for form in forms() for key in form.keys if isinstance(key.value, Inner)]

    assert {form for value in inner for form in value.forms.values()} == {keys.GROUPS, *keys.DEMAND.values()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("language = 2\n", ""),
        ("language = 2\n", "language = 2\nlanguages = 3\n"),
        ('houses = ["house"]\n', ""),
        ("[roll.shop]\n", "[role.shop]\n"),
        ("[roll.shop]\n", '[roll."The Shop"]\n'),
        ('gathers = []\n', ""),
        ('form = "all"\n', ""),
        ('form = "all"\n', 'form = "joint"\n'),
        ('each = ""\narticle', "article"),
        ("seats_total = 41\n", "seats_total = 41\nseats = 3\n"),
        ("seats_total = 41\n", ""),
        ('apportionment = "sainte_lague"\n', ""),
        ("seats_per_members = 10\n", "seats = 10\n"),
        ("seats_per_members = 10\n", 'seats_per_members = 10\napportionment = "dhondt"\n'),
        ("split_votes = true\n", "split_vote = true\n"),
        ('weights = "members"\n', ""),
        ('recall = ""\n', ""),
        ('candidates = "house"\n', ""),
        ('rule = "plurality"\n', 'rule = "list"\n'),
        ('rule = "plurality"\n', 'rule = "plurality"\nlist_rule = "dhondt"\n'),
        ('rule = "plurality"\n', 'rule = "plurality"\nacting_by = "house"\n'),
        ('rule = "plurality"\n', 'rule = "plurality"\nacting_days = 3\n'),
        ('appointed_by = ["speaker"]\n', ""),
        ('appointed_by = ["speaker"]\n', 'appointed_by = ["speaker"]\nelectors = "all"\n'),
        ("turnout = \"1/4\"\n", 'turnout = "1/4"\nturnup = "1/4"\n'),
        ('by = "own_quota"\n', 'by = "own_quota"\nbase = "cast"\n'),
        ('by = "own_quota"\n', 'by = "own_quota"\ntie_protects = true\n'),
        ('by = "own_quota"\n', 'by = "electors"\n'),
        ("tie_protects = false\n", ""),
        ('base = "members"\nat_least = "2/3"\n', 'base = "members"\n'),
        ('base = "members"\nat_least = "2/3"\n', 'base = "members"\nat_least = "2/3"\nmore_than = "1/2"\n'),
        ('way = "second_reading"\n', ""),
        ('way = "second_reading"\n', 'way = "joint"\n'),
        ('thresholds = ["3/5", "2/3"]\n', ""),
        ('procedure = "vote"\n', 'procedures = "vote"\n'),
        ('effect = "none"\n', ""),
        ('effect = "none"\n', 'effect = "none"\nentrenched = true\n'),
        ('entrenched = true\narticle', "article"),
        ('procedure = "consent"\n', 'procedure = "consent"\nbase = "cast"\n'),
        ("demand = { pieces = 1 }\n", "demand = { blocks = 1 }\n"),
        ('aside = "1/3" }', 'asides = "1/3" }'),
        ("groups = { turnout", "groups = { turn-out"),
        ("readings = 1\n", "readings = 1\nreading_days = 3\n"),
        ("readings = 1\n", "readings = 3\n"),
        ('amendments = "none"\n', 'amendments = "none"\namendment_depth = 1\n'),
        ('appeal = ""\n', 'appeal = ""\nappeal_days = 3\n'),
        ("quorum = 40\n", "quorum = 40\nquorum_base = \"filled\"\n"),
        ('[[permission]]\nacts = ["motion_moved", "vote_cast"]\nby = ["member"]\narticle = "1"\n', ""),
        ('by = ["member"]\narticle', "article"),
        ('membership = "secret"\n', ""),
        ('share = "1/4"\n', ""),
        ('at_least = "2/3"\nquorum = "0"\narticle', 'quorum = "0"\narticle'),
        ("[procedures]\n", "[procedural]\n"),
        ("founders = 5\n", ""),
        ("founders = 5\n", "founders = 5\nleaving_least = 2\n"),
        ("founders = 5\n", 'founders = 5\nleaving_article = "1"\n'),
        ("carried_over_days = 30\n", "carried_over_days = 30\ncorrection_article = \"1\"\n"),
    ],
)  # fmt: skip
def test_schema_and_reader_agree_on_keys_that_are_unknown_missing_or_misplaced(
    everything: str, old: str, new: str
) -> None:
    text = everything.replace(old, new, 1)
    assert text != everything

    assert is_valid(text) == is_read(text)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_what_the_schema_refuses_in_a_table_of_its_own_the_reader_refuses_too(
    everything: str, data: st.DataObject
) -> None:
    rows = everything.split("\n")
    place = data.draw(st.sampled_from([n for n, row in enumerate(rows) if " = " in row]))
    key = rows[place].partition(" ")[0]
    values = ["1", "-1", "0", '""', '"1/2"', '"x y"', "[]", '["house"]', "true", "{}"]
    other = data.draw(
        st.sampled_from(["", f"{key}s = 1", f"{rows[place]}\nunknown = 1"] + [f"{key} = {v}" for v in values])
    )
    text = "\n".join([*rows[:place], other, *rows[place + 1 :]])

    if not is_valid(text):
        assert not is_read(text)
