"""No political question has a default: each key is taken out of a complete charter in turn, and is missed by its name.

The complete charter is the one that uses every key of the language, with its shared tables written out where they are
taken, so that no key can hide behind another. ``OPTIONAL`` are the keys that may be left out, each with what their
absence means: nobody has anything by it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from comitia.charter import checking, keys, lines, parse
from comitia.charter.key import Inner, TableForm
from comitia.charter.parse import WrongCharter
from comitia.charter.reading import Table

EVERYTHING = (Path(__file__).parent / "fixtures" / "everything.toml").read_text(encoding="utf-8")

OPTIONAL: Mapping[str, str] = {
    "chair": "nobody chairs, and no chair breaks a tie",
    "meeting_days": "no longest interval is set, and the check says so; nobody may move who could not before",
    "abstentions_count_to_quorum": "they count, as before it could be said, and the check asks that it be said",
    "split_votes": "a seat votes undivided",
    "seats_least": "a constituency has the seats that its members give it, and no more",
    "seats_most": "a constituency has the seats that its members give it, and no fewer",
    "nominated_by": "whoever stands says so herself",
    "gate": "nobody screens candidates",
    "acting_by": "nobody acts in a vacant seat",
    "groups": "groups are not counted apart",
    "alternatives": "there is one text, for or against",
    "affects": "the matter is not bounded by whom it touches",
    "appeal": "no decision is brought before another body",
}
HANGING = {
    "acting_by": "acting_days",
    "meeting_days": "convened_by",
    "appeal": "appeal_days",
    "founding_article": "founders",
}
"""Keys without which another is out of place: it is that one that is named."""

RIVALS = {"more_than", "at_least", "seats", "seats_per_members", "seats_total"}


def written_out() -> dict[str, object]:
    """Return the tables of the complete charter, each shared way and election written out in those that take it."""
    found: dict[str, object] = tomllib.loads(EVERYTHING)
    taken = {"kind": ("election", keys.KIND["elected"]), "matter": ("way", keys.MATTER)}
    for sort, (shared, form) in taken.items():
        tables = found[sort]
        assert isinstance(tables, dict)
        sources = {name: Table("", (shared, name), values, {}) for name, values in _tables(found, shared)}
        for name, values in tables.items():
            if shared in values:
                whole = checking.with_shared(Table("", (sort, name), values, {}), form, sources)
                tables[name] = {key: value for key, value in whole.values.items() if key != shared}
    return {key: value for key, value in found.items() if key not in ("way", "election")}


def _tables(found: Mapping[str, object], sort: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    tables = found[sort]
    assert isinstance(tables, dict)
    yield from tables.items()


def toml(value: object) -> str:
    """Return a value as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\n", "\\n") + '"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    assert isinstance(value, list)
    return f"[{', '.join(map(toml, value))}]"


def document(tables: Mapping[str, object]) -> str:
    """Return these tables as a TOML text, each key on a line of its own; tables within a table stand inline."""
    out = [f"{key} = {toml(value)}" for key, value in tables.items() if isinstance(value, (int, str))]
    out += [f"houses = {toml(tables['houses'])}"]
    for sort, value in tables.items():
        if isinstance(value, list) and sort != "houses":
            for row in value:
                out += [f"[[{sort}]]", *(f"{key} = {toml(inner)}" for key, inner in row.items())]
        elif isinstance(value, dict):
            single = sort in keys.SINGLE
            for name, table in {"": value}.items() if single else value.items():
                out += [f"[{sort}]" if single else f"[{sort}.{name}]"]
                out += [f"{key} = {toml(inner)}" for key, inner in table.items()]
    return "\n".join(out) + "\n"


WHOLE = document(written_out())
PLACES = {".".join(path): line for path, line in lines.lines_of(WHOLE).items() if " = " in WHOLE.split("\n")[line - 1]}


def cut(line: int) -> str:
    """Return the whole charter without one of its lines."""
    rows = WHOLE.split("\n")
    return "\n".join(rows[: line - 1] + rows[line:])


def refusal(text: str) -> WrongCharter:
    with pytest.raises(WrongCharter) as caught:
        parse.parse(text, file="ours.toml")
    return caught.value


def forms() -> Iterator[TableForm]:
    yield from (keys.TOP, keys.ARTICLE, keys.ROLL, keys.RECALL, keys.MATTER, keys.NEVER, keys.PERMISSION, keys.NUMBER)
    yield from (keys.CURRENTS, keys.REFOUNDING, *keys.KIND.values(), *keys.EXIT.values())


def test_the_complete_charter_says_the_same_written_out_and_uses_every_key() -> None:
    used = {name.rpartition(".")[2] for name in PLACES}
    named = {key.name for form in forms() for key in form.keys} - {"way", "election"}

    assert parse.parse(WHOLE, file="ours.toml").kinds.keys() == parse.parse(EVERYTHING, file="ours.toml").kinds.keys()
    assert named - used == set()


@pytest.mark.parametrize("name", [name for name in PLACES if name.rpartition(".")[2] not in OPTIONAL])
def test_a_key_that_is_left_out_is_missed_by_its_name_and_line(name: str) -> None:
    table, _, key = name.rpartition(".")
    wrong = refusal(cut(PLACES[name]))
    header = lines.lines_of(WHOLE).get(tuple(table.split(".")), 1) if table else 1

    if name == "language":
        # Without it the file is one of language 1, which has no such tables.
        assert wrong.expected.startswith("language = 2 at the top of the file")
    elif key in HANGING:
        assert wrong.key == f"{table}.{HANGING[key]}"
    elif key in RIVALS:
        assert wrong.expected.startswith("exactly one of") or wrong.key.rpartition(".")[0] == table
    else:
        assert (wrong.key, wrong.line) == (name, header)
        assert wrong.found == "nothing: this key is missing, and it has no default"


@pytest.mark.parametrize("name", [name for name in PLACES if name.rpartition(".")[2] in OPTIONAL])
def test_a_key_that_may_be_left_out_leaves_nobody_and_nothing_behind(name: str) -> None:
    table, _, key = name.rpartition(".")
    text = cut(PLACES[name])
    if key in HANGING and f"\n{HANGING[key]} = " in _table(WHOLE, table):
        assert refusal(text).key == f"{table}.{HANGING[key]}"
        text = text.replace(_table(text, table), _without(_table(text, table), HANGING[key]))
    sort, _, ident = table.partition(".")
    charter = parse.parse(text, file="ours.toml")
    thing = charter.kinds[ident] if sort == "kind" else charter.matters[ident]
    holder = {
        "seats_least": "seats",
        "seats_most": "seats",
        **dict.fromkeys(("nominated_by", "gate", "acting_by"), "candidacy"),
    }
    of = getattr(thing, holder[key]) if key in holder else thing

    assert not getattr(of, {"seats_least": "least", "seats_most": "most"}.get(key, key))


def _table(text: str, table: str) -> str:
    start = text.index(f"[{table}]\n")
    end = text.find("\n[", start)
    return text[start : end if end > 0 else len(text)]


def _without(table: str, key: str) -> str:
    return "\n".join(row for row in table.split("\n") if not row.startswith(f"{key} = "))


def test_keys_of_a_table_within_a_table_are_missed_too() -> None:
    found = [(name, key.name) for name in PLACES for key in _inner(name)]
    for name, key in found:
        row = WHOLE.split("\n")[PLACES[name] - 1]
        parts = [
            part for part in row.partition("{ ")[2].removesuffix(" }").split(", ") if not part.startswith(f"{key} ")
        ]
        wrong = refusal(WHOLE.replace(row, f"{row.partition(' = ')[0]} = {{ {', '.join(parts)} }}"))

        assert wrong.key.startswith(name), (name, key)
        assert wrong.expected.startswith("exactly one of") or wrong.key == f"{name}.{key}"
    assert len(found) == 10


def _inner(name: str) -> list[keys.Key]:
    table, _, key = name.rpartition(".")
    if key not in ("demand", "groups") or not table.startswith("matter."):
        return []
    value = next(k.value for k in keys.MATTER.keys if k.name == key)
    assert isinstance(value, Inner)
    row = WHOLE.split("\n")[PLACES[name] - 1]
    forms_ = [form for form in value.forms.values() if all(f"{k.name} = " in row for k in form.keys if not k.group)]
    return [k for form in forms_ for k in form.keys if f"{k.name} = " in row]


@pytest.mark.parametrize("table", [*keys.TABLES, *keys.ROWS, *keys.SINGLE])
def test_a_sort_of_table_is_demanded_shared_or_its_absence_forbids_or_grants_nothing(table: str) -> None:
    demanded = {**keys.TABLES, **keys.ROWS, **keys.SINGLE}[table]
    absent = {"roll", "number", "never", "currents", "sealed_ballots", "talking", "refounding"}

    assert demanded == (table in {"article", "kind", "matter", "permission", "procedures"})
    assert demanded or table in absent | {"election", "recall", "way", "exit"}
