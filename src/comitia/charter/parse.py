"""Reading a charter: TOML text to ``Charter``, strictly, each fault with file, line, article and what was expected.

The language is described in docs/reference/charter-language.md. A ``[way.NAME]`` is a way of deciding that several
matters share; a ``[recall.NAME]`` a way of recall that several kinds share. Both are written out in the charter, never
in this code: no political question has a default here.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Literal, get_args

from comitia.charter import lines, procedures, reading
from comitia.charter.reading import Table, WrongCharter as WrongCharter
from comitia.charter.structure import (
    Article,
    Base,
    Candidacy,
    Charter,
    CountingRule,
    Effect,
    Exit,
    Form,
    Kind,
    Matter,
    Never,
    Number,
    Permission,
    Recall,
    Roll,
    Seats,
)

_TOP = ("name", "houses", "article", "roll", "recall", "kind", "way", "matter", "permission", "number", "never")
_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_SHARE = ("more_than", "at_least")
_RECALL = ("petition", "window_days", "voting_days", "base", *_SHARE, "quorum", "tie_protects", "article")
_KIND = {
    "all": ("name", "plural", "form", "each", "article"),
    "joint": ("name", "plural", "form", "houses", "article"),
    "elected": (
        *("name", "plural", "form", "each", "electors", "constituencies", "office", "seats", "seats_per_members"),
        *("rule", "nomination_days", "voting_days", "nomination", "term_days", "term_limit", "incompatible"),
        *("mandate", "report_days", "recall", "article"),
    ),
}
_WAY = (
    *("notice_days", "voting_days", "base", *_SHARE, "quorum", "quorum_base", "no_counts_to_quorum"),
    *("tie", "silence", "deadlock", "deadlock_more_than", "delay_days"),
)
_MATTER = ("name", "way", "movers", "decided_by", "effect", "entrenched", "article", *_WAY)


def parse(text: str, *, file: str) -> Charter:
    """Return the charter that a TOML text describes.

    Args:
        file: the name under which faults are reported; nothing is opened.

    Raises:
        WrongCharter: the text is not TOML, or a key is unknown, missing or of the wrong form.
    """
    places = lines.lines_of(text)
    root = Table(file, (), _toml(text, file), places)
    reading.check_keys(root, (*_TOP, "procedures"))
    recalls = {name: _recall(table) for name, table in _tables(root, "recall").items()}
    ways = _tables(root, "way")
    for way in ways.values():
        reading.check_keys(way, _WAY)
    return Charter(
        name=reading.text(root, "name"),
        articles={number: _article(number, table) for number, table in _tables(root, "article").items()},
        rolls={name: _roll(name, table) for name, table in _tables(root, "roll").items()},
        kinds={name: _kind(name, table, recalls) for name, table in _tables(root, "kind").items()},
        houses=reading.texts(root, "houses"),
        matters={name: _matter(name, _in_its_way(table, ways)) for name, table in _tables(root, "matter").items()},
        permissions=_permissions(root),
        numbers=_numbers(root),
        never={name: _never(name, table) for name, table in _tables(root, "never").items()},
        procedures=procedures.read(root),
    )


def _toml(text: str, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = _LINE.search(str(fault))
        line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        reason = _LINE.sub("", str(fault)).strip()
        raise WrongCharter(file, line, article="", key="", expected="TOML", found=reason) from fault


def _tables(root: Table, name: str) -> dict[str, Table]:
    """Return the tables ``[name.ID]`` of the file by their id."""
    expected = f"tables such as [{name}.{'1' if name == 'article' else 'some-id'}]"
    if name not in root.values:
        raise reading.wrong(root, name, expected=expected, found="nothing: there is none")
    group = root.values[name]
    if not isinstance(group, dict):
        raise reading.wrong(root, name, expected=expected, found=reading.shown(group))
    tables: dict[str, Table] = {}
    for key, values in group.items():
        here = Table(root.file, (name, key), values if isinstance(values, dict) else {}, root.places)
        if not isinstance(values, dict):
            raise reading.wrong(here, "", expected=expected, found=reading.shown(values))
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            raise reading.wrong(here, "", expected="an id of small letters, digits and hyphens", found=f"“{key}”")
        tables[key] = here
    return tables


def _rows(root: Table, name: str) -> list[Table]:
    """Return the tables ``[[name]]`` of the file in order."""
    rows = root.values.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise reading.wrong(root, name, expected=f"tables [[{name}]]", found=reading.shown(rows) if rows else "nothing")
    return [Table(root.file, (name, str(at)), row, root.places) for at, row in enumerate(rows)]


def _article(number: str, table: Table) -> Article:
    reading.check_keys(table, ("title", "text", "entrenched"))
    return Article(
        number=number,
        title=reading.text(table, "title"),
        text=" ".join(reading.text(table, "text").split()),
        line=table.line,
        entrenched=reading.yes(table, "entrenched"),
    )


def _roll(name: str, table: Table) -> Roll:
    reading.check_keys(table, ("name", "plural", "gathers", "article"))
    return Roll(
        id=name,
        name=reading.text(table, "name"),
        plural=reading.text(table, "plural"),
        gathers=reading.texts(table, "gathers"),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _recall(table: Table) -> Recall:
    reading.check_keys(table, _RECALL)
    threshold, strict = reading.threshold(table)
    return Recall(
        petition=reading.fraction(table, "petition"),
        window_days=reading.whole(table, "window_days", least=1),
        voting_days=reading.whole(table, "voting_days", least=1),
        base=reading.one_of(table, "base", _bases()),
        threshold=threshold,
        strict=strict,
        quorum=reading.fraction(table, "quorum"),
        tie_protects=reading.yes(table, "tie_protects"),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _bases() -> tuple[Base, ...]:
    return get_args(Base)


def _kind(name: str, table: Table, recalls: Mapping[str, Recall]) -> Kind:
    forms: tuple[Form, ...] = get_args(Form)
    form = reading.one_of(table, "form", forms)
    reading.check_keys(table, _KIND[form])
    return _elected(name, table, recalls) if form == "elected" else _sitting(name, table, form)


def _sitting(name: str, table: Table, form: Form) -> Kind:
    """Return a kind that nobody elects: all members of a group, or houses sitting together."""
    return Kind(
        id=name,
        name=reading.text(table, "name"),
        plural=reading.text(table, "plural"),
        form=form,
        each="" if form == "joint" else reading.name_of(table, "each", empty=True),
        electors="",
        constituencies=False,
        houses=reading.texts(table, "houses") if form == "joint" else (),
        office=False,
        seats=None,
        rule=None,
        nomination_days=0,
        voting_days=0,
        nomination=0,
        term_days=0,
        term_limit=0,
        incompatible=(),
        mandate=None,
        report_days=0,
        recall=None,
        article=reading.text(table, "article"),
        line=table.line,
    )


def _elected(name: str, table: Table, recalls: Mapping[str, Recall]) -> Kind:
    rules: tuple[CountingRule, ...] = get_args(CountingRule)
    mandates: tuple[Literal["imperative", "free"], ...] = ("imperative", "free")
    recall = reading.name_of(table, "recall")
    if recall not in recalls:
        known = ", ".join(recalls)
        raise reading.wrong(table, "recall", expected=f"a declared recall: {known}", found=f"“{recall}”")
    return Kind(
        id=name,
        name=reading.text(table, "name"),
        plural=reading.text(table, "plural"),
        form="elected",
        each=reading.name_of(table, "each", empty=True),
        electors=reading.name_of(table, "electors", empty=True),
        constituencies=reading.yes(table, "constituencies"),
        houses=(),
        office=reading.yes(table, "office"),
        seats=_seats(table),
        rule=reading.one_of(table, "rule", rules),
        nomination_days=reading.whole(table, "nomination_days", least=0),
        voting_days=reading.whole(table, "voting_days", least=1),
        nomination=reading.whole(table, "nomination", least=1),
        term_days=reading.whole(table, "term_days", least=1),
        term_limit=reading.whole(table, "term_limit", least=0),
        incompatible=reading.texts(table, "incompatible"),
        mandate=reading.one_of(table, "mandate", mandates),
        report_days=reading.whole(table, "report_days", least=0),
        recall=recalls[recall],
        candidacy=Candidacy("electors" if reading.yes(table, "constituencies") else "members", renewal_days=60),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _seats(table: Table) -> Seats:
    given = [key for key in ("seats", "seats_per_members") if key in table.values]
    if len(given) != 1:
        found = "both" if given else "neither"
        raise reading.wrong(
            table, "seats", expected="exactly one of seats (a fixed number) and seats_per_members", found=found
        )
    count = reading.whole(table, given[0], least=1)
    return Seats(fixed=count, per_members=None) if given[0] == "seats" else Seats(fixed=None, per_members=count)


def _in_its_way(table: Table, ways: Mapping[str, Table]) -> Table:
    """Return a matter's table with the keys of its way of deciding; a key of its own goes before the way's."""
    if "way" not in table.values:
        return table
    name = reading.name_of(table, "way")
    if name not in ways:
        known = ", ".join(ways)
        raise reading.wrong(table, "way", expected=f"a declared way: {known}", found=f"“{name}”")
    way = ways[name]
    own_share = any(key in table.values for key in _SHARE)
    taken = {k: v for k, v in way.values.items() if k not in table.values and not (own_share and k in _SHARE)}
    places = {(*table.path, k): way.places.get((*way.path, k), way.line) for k in taken}
    return Table(table.file, table.path, {**table.values, **taken}, {**table.places, **places})


def _matter(name: str, table: Table) -> Matter:
    reading.check_keys(table, _MATTER)
    effects: tuple[Effect, ...] = get_args(Effect)
    quorum_bases: tuple[Literal["members", "filled", "seats"], ...] = ("members", "filled", "seats")
    ties: tuple[Literal["fails", "chair"], ...] = ("fails", "chair")
    silences: tuple[Literal["absent", "abstains"], ...] = ("absent", "abstains")
    effect = reading.one_of(table, "effect", effects)
    deadlock = reading.name_of(table, "deadlock")
    if (deadlock == "falls") == ("deadlock_more_than" in table.values):
        expected = "no such key, for the motion falls" if deadlock == "falls" else 'a share such as "1/2"'
        found = "one" if deadlock == "falls" else "nothing: this key is missing, and it has no default"
        raise reading.wrong(table, "deadlock_more_than", expected=expected, found=found)
    if effect != "charter" and "entrenched" in table.values:
        raise reading.wrong(table, "entrenched", expected='this key only where effect = "charter"', found=effect)
    threshold, strict = reading.threshold(table)
    return Matter(
        id=name,
        name=reading.text(table, "name"),
        movers=reading.texts(table, "movers"),
        decided_by=reading.texts(table, "decided_by"),
        notice_days=reading.whole(table, "notice_days", least=0),
        voting_days=reading.whole(table, "voting_days", least=1),
        base=reading.one_of(table, "base", _bases()),
        threshold=threshold,
        strict=strict,
        quorum=reading.fraction(table, "quorum"),
        quorum_base=reading.one_of(table, "quorum_base", quorum_bases),
        no_counts_to_quorum=reading.yes(table, "no_counts_to_quorum"),
        tie=reading.one_of(table, "tie", ties),
        silence=reading.one_of(table, "silence", silences),
        abstentions="counted",
        exits=() if deadlock == "falls" else (_alone(table, deadlock),),
        amendments="as_moved" if effect in ("none", "building") else "none",
        delay_days=reading.whole(table, "delay_days", least=0),
        effect=effect,
        article=reading.text(table, "article"),
        line=table.line,
        entrenched=reading.yes(table, "entrenched") if effect == "charter" else False,
    )


def _alone(table: Table, body: str) -> Exit:
    threshold = reading.fraction(table, "deadlock_more_than")
    article = reading.text(table, "article")
    return Exit(body, "joint", body, 0, "filled", threshold, True, (), article, table.line)


def _permissions(root: Table) -> dict[str, Permission]:
    permissions: dict[str, Permission] = {}
    for row in _rows(root, "permission"):
        reading.check_keys(row, ("acts", "by", "article"))
        by, article = reading.texts(row, "by"), reading.text(row, "article")
        for act in reading.texts(row, "acts"):
            if act in permissions:
                found = f"“{act}” again; it stands on line {permissions[act].line} already"
                raise reading.wrong(row, "acts", expected="each act in one permission only", found=found)
            permissions[act] = Permission(act=act, by=by, article=article, line=row.line)
    return permissions


def _numbers(root: Table) -> dict[str, Number]:
    numbers: dict[str, Number] = {}
    for row in _rows(root, "number"):
        reading.check_keys(row, ("files", "owner", "article"))
        owner, article = reading.name_of(row, "owner"), reading.text(row, "article")
        for file in reading.texts(row, "files"):
            if file in numbers:
                found = f"“{file}” again; it stands on line {numbers[file].line} already"
                raise reading.wrong(row, "files", expected="each file with one owner", found=found)
            numbers[file] = Number(file=file, owner=owner, article=article, line=row.line)
    return numbers


def _never(name: str, table: Table) -> Never:
    reading.check_keys(table, ("acts", "article"))
    acts, article = reading.texts(table, "acts"), reading.text(table, "article")
    return Never(id=name, acts=acts, article=article, line=table.line)
