"""Reading a charter: TOML text to ``Charter``, strictly, each fault with file, line, article and what was expected.

The language is described in docs/reference/charter-language.md, its keys in ``keys.py``. A ``[way.NAME]`` is a way of
deciding that several matters share, a ``[recall.NAME]`` a way of recall and an ``[election.NAME]`` a way of electing
that several kinds share. All are written out in the charter, never in this code: no political question has a default.

A file without ``language = 2`` is language 1; ``language_1.py`` writes it out in tables of language 2 first.
"""

import re
import tomllib
from collections.abc import Mapping

from comitia.charter import checking, keys, language_1, lines, parse_kinds, parse_matters, procedures, reading
from comitia.charter.reading import Table, WrongCharter as WrongCharter
from comitia.charter.structure import (
    Article,
    Charter,
    Currents,
    Never,
    Number,
    Permission,
    Roll,
    SealedBallots,
    Talking,
)

_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_LONG_NUMBER = re.compile(r"[0-9_]{1000}")

LONGEST = 250_000
"""Most characters of a charter, four times the shipped one: nobody reads a longer one aloud."""


def parse(text: str, *, file: str) -> Charter:
    """Return the charter that a TOML text describes.

    Args:
        file: the name under which faults are reported; nothing is opened.

    Raises:
        WrongCharter: the text is not TOML, or a key is unknown, missing or of the wrong form.
    """
    root = Table(file, (), _toml(text, file), lines.lines_of(text))
    if "language" in root.values:
        return _charter(root, language=2)
    return _charter(language_1.in_language_2(root), language=1)


def _toml(text: str, file: str) -> Mapping[str, object]:
    _check_readable(text, file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = _LINE.search(str(fault))
        line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        reason = _LINE.sub("", str(fault)).strip()
        raise WrongCharter(file, line, article="", key="", expected="TOML", found=reason) from fault


def _check_readable(text: str, file: str) -> None:
    """Refuse what no charter is and a parser would break on: a file too long, too deep, or with endless numbers.

    Raises:
        WrongCharter: at the line.
    """
    deep, number = 0, None
    if len(text) <= LONGEST:
        deep, number = lines.too_deep(text), _LONG_NUMBER.search(text)
    wrong = (
        (len(text) > LONGEST, 1, f"a charter of at most {LONGEST:,} characters", f"{len(text):,}"),
        (text.startswith("\ufeff"), 1, "TOML in UTF-8 without a byte order mark", "a byte order mark before the text"),
        (deep > 0, deep, "tables and lists that lie at most eight deep in each other", "deeper ones"),
        (number is not None, text.count("\n", 0, number.start() if number else 0) + 1, "a number of a few digits",
         "one of a thousand or more"),
    )  # fmt: skip
    for is_wrong, line, expected, found in wrong:
        if is_wrong:
            raise WrongCharter(file, line, article="", key="", expected=expected, found=found)


def _charter(root: Table, *, language: int) -> Charter:
    groups = (*keys.TABLES, *keys.ROWS, *keys.SINGLE)
    checking.check_keys(root, (*keys.TOP.names, *groups))
    top = Table(root.file, (), {k: v for k, v in root.values.items() if k not in groups}, root.places)
    checking.check(top, keys.TOP)
    table = {name: reading.tables(root, name, demanded=demanded) for name, demanded in keys.TABLES.items()}
    refounding = procedures.refounding(root) if language == 2 else None
    return Charter(
        name=reading.text(root, "name"),
        articles={number: _article(number, found) for number, found in table["article"].items()},
        rolls={name: _roll(name, found) for name, found in table["roll"].items()},
        kinds=parse_kinds.kinds(table["kind"], table["election"], table["recall"]),
        houses=reading.texts(root, "houses"),
        matters=parse_matters.matters(table["matter"], table["way"], table["exit"]),
        permissions=_permissions(root),
        numbers=_numbers(root),
        never={name: _never(name, found) for name, found in table["never"].items()},
        procedures=procedures.read(root, refounding, language=language),
        language=language,
        currents=_currents(root),
        sealed=_sealed(root),
        talking=_talking(root),
    )


def _article(number: str, table: Table) -> Article:
    checking.check(table, keys.ARTICLE)
    return Article(
        number=number,
        title=reading.text(table, "title"),
        text=" ".join(reading.text(table, "text").split()),
        line=table.line,
        entrenched=reading.yes(table, "entrenched"),
    )


def _roll(name: str, table: Table) -> Roll:
    checking.check(table, keys.ROLL)
    return Roll(
        id=name,
        name=reading.text(table, "name"),
        plural=reading.text(table, "plural"),
        gathers=reading.texts(table, "gathers"),
        article=reading.text(table, "article"),
        line=table.line,
        required=reading.yes(table, "required"),
    )


def _permissions(root: Table) -> dict[str, Permission]:
    permissions: dict[str, Permission] = {}
    for row in reading.rows(root, "permission", demanded=keys.ROWS["permission"]):
        checking.check(row, keys.PERMISSION)
        by, article = reading.texts(row, "by"), reading.text(row, "article")
        for act in reading.texts(row, "acts"):
            if act in permissions:
                found = f"“{act}” again; it stands on line {permissions[act].line} already"
                raise reading.wrong(row, "acts", expected="each act in one permission only", found=found)
            permissions[act] = Permission(act=act, by=by, article=article, line=row.line)
    return permissions


def _numbers(root: Table) -> dict[str, Number]:
    numbers: dict[str, Number] = {}
    for row in reading.rows(root, "number", demanded=keys.ROWS["number"]):
        checking.check(row, keys.NUMBER)
        owner, article = reading.name_of(row, "owner"), reading.text(row, "article")
        for file in reading.texts(row, "files"):
            if file in numbers:
                found = f"“{file}” again; it stands on line {numbers[file].line} already"
                raise reading.wrong(row, "files", expected="each file with one owner", found=found)
            numbers[file] = Number(file=file, owner=owner, article=article, line=row.line)
    return numbers


def _never(name: str, table: Table) -> Never:
    checking.check(table, keys.NEVER)
    acts, article = reading.texts(table, "acts"), reading.text(table, "article")
    return Never(id=name, acts=acts, article=article, line=table.line)


def _currents(root: Table) -> Currents | None:
    if "currents" not in root.values:
        return None
    table = reading.inner(root, "currents")
    checking.check(table, keys.CURRENTS)
    return Currents(
        least=reading.whole(table, "least"),
        membership=reading.one_of(table, "membership", keys.MEMBERSHIPS),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _talking(root: Table) -> Talking | None:
    if "talking" not in root.values:
        return None
    table = reading.inner(root, "talking")
    checking.check(table, keys.TALKING)
    return Talking(
        longest=reading.whole(table, "longest", least=1, most=100_000),
        largest=reading.whole(table, "largest", most=20_000_000),
        types=reading.texts(table, "types"),
        hears=reading.name_of(table, "hears"),
        more_than=reading.fraction(table, "more_than"),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _sealed(root: Table) -> SealedBallots | None:
    if "sealed_ballots" not in root.values:
        return None
    table = reading.inner(root, "sealed_ballots")
    checking.check(table, keys.SEALED)
    return SealedBallots(
        ballots=reading.texts(table, "ballots"),
        issuers=reading.texts(table, "issuers"),
        tellers=reading.texts(table, "tellers"),
        number=reading.whole(table, "number", least=1, most=255),
        needed=reading.whole(table, "needed", least=1, most=255),
        length=reading.whole(table, "length", least=2, most=8192),
        requests=reading.one_of(table, "requests", keys.WINDOWS),
        repeat_days=reading.whole(table, "repeat_days", least=1),
        article=reading.text(table, "article"),
        line=table.line,
    )
