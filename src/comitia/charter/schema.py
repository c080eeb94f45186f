"""The JSON Schema of charter language 2, for editors, made from the same lists of keys by which the reader refuses.

Draft 7, which TOML editors read. It sees one table at a time: whether a shared table gives a key that a matter leaves
out, or whether an id is declared, only the reader knows; where the two differ, the reader is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from comitia.charter import keys, meanings
from comitia.charter.key import (
    MOST,
    Id,
    Inner,
    Key,
    Share,
    ShareOrPeople,
    Shares,
    TableForm,
    Text,
    Texts,
    Value,
    Where,
    Whole,
    Word,
    Yes,
)

Schema = dict[str, object]

_ID = "[a-z0-9]+(-[a-z0-9]+)*"
_SHARE: Schema = {"type": "string", "pattern": "^([01]|[0-9]{1,9}/(?!0+$)[0-9]{1,9})$"}


def schema() -> Schema:
    """Return the schema of a whole charter file."""
    top = {key.name: _described(key.name, _value(key.value)) for key in keys.TOP.keys}
    named = {
        name: {"type": "object", "propertyNames": {"pattern": f"^{_ID}$"}, "additionalProperties": _ref(name)}
        for name in keys.TABLES
    }
    rows = {name: {"type": "array", "minItems": 1, "items": _ref(name)} for name in keys.ROWS}
    single = {name: _ref(name) for name in keys.SINGLE}
    demanded = [name for group in (keys.TABLES, keys.ROWS, keys.SINGLE) for name, needed in group.items() if needed]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Comitia charter, language 2",
        "type": "object",
        "properties": {**top, **named, **rows, **single},
        "required": [*keys.TOP.names, *demanded],
        "additionalProperties": False,
        "definitions": _definitions(),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _definitions() -> Schema:
    tables: dict[str, TableForm] = {
        "article": keys.ARTICLE,
        "roll": keys.ROLL,
        "election": keys.ELECTION,
        "recall": keys.RECALL,
        "way": keys.WAY,
        "matter": keys.MATTER,
        "never": keys.NEVER,
        "permission": keys.PERMISSION,
        "number": keys.NUMBER,
        "procedures": keys.PROCEDURES_TABLE,
        "currents": keys.CURRENTS,
        "sealed_ballots": keys.SEALED,
        "talking": keys.TALKING,
        "refounding": keys.REFOUNDING,
    }
    found = {name: {"description": meanings.TABLES[name], **_table(form)} for name, form in tables.items()}
    found["kind"] = {"description": meanings.TABLES["kind"], **_by("form", keys.KIND)}
    found["exit"] = {"description": meanings.TABLES["exit"], **_by("way", keys.EXIT)}
    return dict(sorted(found.items()))


def _by(on: str, forms: Mapping[str, TableForm]) -> Schema:
    """Return a table whose form hangs on the value of one of its keys."""
    return {
        "type": "object",
        "properties": {on: {"enum": list(forms)}},
        "required": [on],
        "allOf": [{"if": _holds(Where(on, "is", (word,))), "then": _table(form)} for word, form in forms.items()],
    }


def _table(form: TableForm) -> Schema:
    given = {key.name for key in _shared(form)}
    plain = [key for key in form.keys if not (key.where or key.group or key.optional)]
    made: Schema = {
        "type": "object",
        "properties": {key.name: _described(key.name, _value(key.value)) for key in form.keys},
        "additionalProperties": False,
    }
    if not form.partial:
        made["required"] = [key.name for key in plain if key.name not in given]
    rules = [*_rivals(form), *_hanging(form), *_within(form)]
    if not form.partial:
        rules += _missing([key for key in form.keys if key.name not in given])
    if form.shared:
        rest: Schema = {"required": [key.name for key in plain if key.name in given]}
        missing = [rest, *_missing([key for key in form.keys if key.name in given])]
        rules.append({"if": {"not": {"required": [form.shared]}}, "then": {"allOf": missing}})
    if rules:
        made["allOf"] = rules
    return made


def _shared(form: TableForm) -> tuple[Key, ...]:
    """Return the keys that a table may take from a shared one."""
    return {"": (), "way": keys.WAY.keys, "election": keys.ELECTION.keys}[form.shared]


def _rivals(form: TableForm) -> Iterator[Schema]:
    """Yield that of rival keys only one stands."""
    for group in _groups(form.keys):
        for at, key in enumerate(group):
            for other in group[at + 1 :]:
                yield {"not": {"required": [key.name, other.name]}}


def _groups(among: Sequence[Key]) -> list[list[Key]]:
    names = dict.fromkeys(key.group for key in among if key.group)
    return [[key for key in among if key.group == name] for name in names]


def _hanging(form: TableForm) -> Iterator[Schema]:
    """Yield that a key does not stand where what it hangs on is otherwise."""
    if form.partial:
        return
    for key in form.keys:
        for where in () if key.idle else key.where:
            known: list[Schema] = [{"not": _holds(where)}]
            if form.shared:
                # What the key hangs on may stand in the shared table.
                known.append({"anyOf": [{"required": [where.on]}, {"not": {"required": [form.shared]}}]})
            yield {"if": {"allOf": [{"required": [key.name]}, *known]}, "then": False}


def _missing(among: Sequence[Key]) -> Iterator[Schema]:
    """Yield which keys are demanded where what they hang on is so."""
    for key in among:
        if key.where and not (key.optional or key.group):
            yield {"if": _all(key.where), "then": {"required": [key.name]}}
    for group in _groups(among):
        one: Schema = {"anyOf": [{"required": [key.name]} for key in group]}
        yield {"if": _all(group[0].where), "then": one} if group[0].where else one


def _within(form: TableForm) -> Iterator[Schema]:
    """Yield the form of a table within the table, by what it hangs on."""
    for key in form.keys:
        if isinstance(key.value, Inner) and key.value.on:
            for word, inner in key.value.forms.items():
                holds = _holds(Where(key.value.on, "is", (word,)))
                yield {"if": holds, "then": {"properties": {key.name: _table(inner)}}}


def _all(where: tuple[Where, ...]) -> Schema:
    return {"allOf": [_holds(condition) for condition in where]}


def _holds(where: Where) -> Schema:
    among: Schema = {"enum": list(where.among)}
    match where.test:
        case "is":
            return {"properties": {where.on: among}, "required": [where.on]}
        case "is not":
            return {"properties": {where.on: {"not": among}}, "required": [where.on]}
        case "is text but not":
            return {"properties": {where.on: {"type": "string", "not": among}}, "required": [where.on]}
        case "stands":
            return {"required": [where.on]}
        case "is absent":
            return {"not": {"required": [where.on]}}
        case _:
            assert_never(where.test)


def _described(name: str, made: Schema) -> Schema:
    return {"description": meanings.KEYS[name], **made}


def _value(value: Value) -> Schema:
    match value:
        case Text(empty):
            return {"type": "string"} if empty else {"type": "string", "pattern": r"\S"}
        case Id(empty):
            return {"type": "string", "pattern": f"^({_ID})?$" if empty else f"^{_ID}$"}
        case Texts():
            return {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
        case Whole(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Yes():
            return {"type": "boolean"}
        case Share():
            return _SHARE
        case Shares():
            return {"type": "array", "items": _SHARE, "minItems": 1}
        case ShareOrPeople():
            return {"anyOf": [_SHARE, {"type": "integer", "minimum": 0, "maximum": MOST}]}
        case Word(words, empty):
            return {"enum": [*words, *([""] if empty else [])]}
        case Inner(on, forms):
            return {"type": "object"} if on else _table(forms[""])
        case _:
            assert_never(value)
