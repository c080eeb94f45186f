"""Charter language 1, written out in the tables of language 2, so that one reader reads both.

Language 1 was the first season's. It left unsaid what the program then did alike for every charter. This file says it,
key by key, and is never changed: a record that holds such a charter replays for ever as it was.

What it meant, where it did not say:

1. Every body decides by vote, in one reading; who abstains is counted as abstaining, and takes part.
2. Motions whose effect is ``none`` or ``building`` are amended, in the order in which amendments were moved; an
   amendment cannot be amended. There are no alternatives, no appeals, no approval by groups.
3. ``deadlock`` with ``deadlock_more_than``: if some but not all bodies carry it, that body may decide alone, at once,
   by more than that share of its filled seats. ``deadlock = "falls"``: there is no way out.
4. Candidates are electors of the seat where constituencies elect, or where all members of a group do; else any member
   may stand. There is no gate and no rotation; whoever has served her terms stands back for ever. Seats that lapse
   within sixty days of the close may be filled in the same election. No share of the electors must vote. Vacancies wait
   for the next election, and nobody acts in them. Each seat has one vote, undivided.
5. The electors decide together whether a holder shall go.
6. A member need not stand on every roll. Whoever may form a current forms it alone or with others, in the open.
7. Refounding has a share and an article, but no vote by which it is carried out; a minority has no way to leave.
"""

from collections.abc import Mapping

from comitia.charter import checking, keys, reading
from comitia.charter.key import in_words
from comitia.charter.reading import Table

_TOP = ("name", "houses", "article", "roll", "recall", "kind", "way", "matter", "permission", "number", "never")
_SHARE = ("more_than", "at_least")
_ROLL = ("name", "plural", "gathers", "article")
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
_EFFECTS = ("none", "plan", "plan-cut", "claims", "mandate", "charter", "merger", "building", "season")


def in_language_2(root: Table) -> Table:
    """Return the tables of a language-1 file as tables of language 2, each key on its own line.

    Raises:
        WrongCharter: a key is not one of language 1, or a value that is written differently in language 2 is wrong.
    """
    if found := next((key for key in root.values if key in _NEW), None):
        expected = "language = 2 at the top of the file, for language 1 has no such table"
        raise reading.wrong(root, found, expected=expected, found=f"[{found}]")
    checking.check_keys(root, (*_TOP, "procedures"))
    given = {name: reading.tables(root, name, demanded=True) for name in _TABLES}
    reading.rows(root, "number", demanded=True)
    exits: dict[str, object] = {}
    places = dict(root.places)
    matters = {name: _matter(table, given["way"], exits, places) for name, table in given["matter"].items()}
    values = {
        **root.values,
        "language": 2,
        "roll": {name: _roll(table) for name, table in given["roll"].items()},
        "recall": {name: _recall(table) for name, table in given["recall"].items()},
        "kind": {name: _kind(table, given["kind"]) for name, table in given["kind"].items()},
        "matter": matters,
        "exit": exits,
        "procedures": _procedures(root),
        **_currents(root, places),
    }
    del values["way"]
    return Table(root.file, (), values, places)


_NEW = tuple(
    name for name in ("election", "exit", "currents", "sealed_ballots", "talking", "refounding") if name not in _TOP
)
_TABLES = ("recall", "way", "article", "roll", "kind", "matter", "never")


def _roll(table: Table) -> Mapping[str, object]:
    checking.check_keys(table, _ROLL)
    return {**table.values, "required": False}


def _recall(table: Table) -> Mapping[str, object]:
    checking.check_keys(table, _RECALL)
    return {**table.values, "question": "recall", "by": "electors"}


def _kind(table: Table, kinds: Mapping[str, Table]) -> Mapping[str, object]:
    form = reading.one_of(table, "form", tuple(_KIND))
    checking.check_keys(table, _KIND[form])
    if form != "elected":
        return table.values
    reading.name_of(table, "recall")
    reading.one_of(table, "rule", ("plurality", "scottish", "approval"))
    above = kinds.get(str(table.values.get("electors")))
    own = table.values.get("constituencies") is True or (above is not None and above.values.get("form") == "all")
    return {
        **table.values,
        "candidates": "electors" if own else "members",
        "renewal_days": 60,
        "turnout": "0",
        "pause_days": 0,
        "renewed_in": 1,
        "by_election_days": 0,
        "weights": "equal",
    }


def _matter(
    own: Table, ways: Mapping[str, Table], exits: dict[str, object], places: dict[tuple[str, ...], int]
) -> Mapping[str, object]:
    """Return a matter with its way written out; its way out of a deadlock goes into ``exits``."""
    for way in ways.values():
        checking.check_keys(way, _WAY)
    table = _in_its_way(own, ways)
    places.update(table.places)
    checking.check_keys(table, _MATTER)
    effect = reading.one_of(table, "effect", _EFFECTS)
    reading.fraction(table, "quorum")
    reading.one_of(table, "tie", ("fails", "chair"))
    reading.one_of(table, "silence", ("absent", "abstains"))
    amended = effect in ("none", "building")
    body = reading.name_of(table, "deadlock")
    if (body == "falls") == ("deadlock_more_than" in table.values):
        expected = "no such key, for the motion falls" if body == "falls" else 'a share such as "1/2"'
        found = "one" if body == "falls" else "nothing: this key is missing, and it has no default"
        raise reading.wrong(table, "deadlock_more_than", expected=expected, found=found)
    name = f"{table.path[1]}-{body}"
    if body != "falls":
        reading.fraction(table, "deadlock_more_than")
        share, article = table.values["deadlock_more_than"], reading.text(table, "article")
        exits[name] = {
            "way": "joint",
            "body": body,
            "days": 0,
            "base": "filled",
            "more_than": share,
            "article": article,
        }
        places["exit", name] = table.line
    gone = ("way", "deadlock", "deadlock_more_than")
    return {
        **{key: value for key, value in table.values.items() if key not in gone},
        "procedure": "vote",
        "abstentions": "counted",
        "abstentions_count_to_quorum": True,
        "readings": 1,
        "exits": [] if body == "falls" else [name],
        "amendments": "as_moved" if amended else "none",
        **({"amendment_depth": 1} if amended else {}),
    }


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


def _procedures(root: Table) -> object:
    """Return the table with what a minority needs to leave, or whatever stands in its place."""
    values = root.values.get("procedures")
    if not isinstance(values, dict):
        return values
    table = Table(root.file, ("procedures",), values, root.places)
    checking.check_keys(table, tuple(name for name in keys.PROCEDURES_TABLE_1.names if name != "leaving_least"))
    for key in keys.PROCEDURES_TABLE_1.keys:
        if key.name not in values and key.name != "leaving_least":
            raise reading.missing(table, key.name, in_words(key.value))
    return {**values, "leaving_least": 0}


def _currents(root: Table, places: dict[tuple[str, ...], int]) -> Mapping[str, object]:
    """Return the table ``[currents]`` where some permission lets members form one."""
    for row in reading.rows(root, "permission", demanded=True):
        acts, article = row.values.get("acts"), row.values.get("article")
        if isinstance(acts, list) and "current_formed" in acts:
            places["currents",] = row.line
            return {"currents": {"least": 1, "membership": "open", "article": article}}
    return {}
