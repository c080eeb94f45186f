"""Reading the matters: what may be decided, by whom, in which way, and the ways out of a deadlock."""

from collections.abc import Mapping
from fractions import Fraction

from comitia.charter import checking, keys, reading
from comitia.charter.reading import Table
from comitia.charter.structure import Advice, Consensus, CountingRule, Exit, Gradients, GroupShare, Matter

# What only a vote asks for has no place in another procedure; these values stand in its structure and mean nothing.
_NO_VOTE = (Fraction(1, 2), True)


def matters(tables: Mapping[str, Table], ways: Mapping[str, Table], exits: Mapping[str, Table]) -> dict[str, Matter]:
    """Return the matters by id.

    Args:
        tables: ``[matter.ID]`` by id; ``ways`` and ``exits`` are the shared tables they name.

    Raises:
        WrongCharter: at the first key that is unknown, missing or of the wrong form.
    """
    for way in ways.values():
        checking.check(way, keys.WAY)
    steps = {name: _exit(name, table) for name, table in exits.items()}
    return {name: _matter(name, table, ways, steps) for name, table in tables.items()}


def _exit(name: str, table: Table) -> Exit:
    way = reading.one_of(table, "way", keys.STEPS)
    checking.check(table, keys.EXIT[way])
    alone = way in ("joint", "conciliation")
    # A second reading needs what the matter itself needs; a veto is overridden by shares that must be met.
    threshold, strict = reading.threshold(table) if alone else (Fraction(0), False)
    return Exit(
        id=name,
        way=way,
        body=reading.name_of(table, "body") if alone else "",
        days=reading.whole(table, "days"),
        base=reading.one_of(table, "base", keys.BASES) if way != "second_reading" else "filled",
        threshold=threshold,
        strict=strict,
        thresholds=reading.rising(table, "thresholds") if way == "veto" else (),
        article=reading.text(table, "article"),
        line=table.line,
    )


def _matter(name: str, own: Table, ways: Mapping[str, Table], steps: Mapping[str, Exit]) -> Matter:
    checking.check_keys(own, keys.MATTER.names)
    table = checking.with_shared(own, keys.MATTER, ways)
    checking.check(table, keys.MATTER)
    votes = reading.one_of(table, "procedure", keys.PROCEDURES) == "vote"
    threshold, strict = reading.threshold(table) if votes else _NO_VOTE
    return Matter(
        id=name,
        name=reading.text(table, "name"),
        movers=reading.texts(table, "movers"),
        decided_by=reading.texts(table, "decided_by"),
        notice_days=reading.whole(table, "notice_days"),
        voting_days=reading.whole(table, "voting_days"),
        base=reading.one_of(table, "base", keys.BASES) if votes else "for_against",
        threshold=threshold,
        strict=strict,
        abstentions=reading.one_of(table, "abstentions", keys.ABSTENTIONS) if votes else "counted",
        quorum=reading.share_or_people(table, "quorum"),
        quorum_base=reading.one_of(table, "quorum_base", keys.QUORUM_BASES)
        if "quorum_base" in table.values
        else "members",
        no_counts_to_quorum=not votes or reading.yes(table, "no_counts_to_quorum"),
        tie=reading.one_of(table, "tie", keys.TIES) if votes else "fails",
        silence=reading.one_of(table, "silence", keys.SILENCES),
        exits=_steps(table, steps),
        delay_days=reading.whole(table, "delay_days"),
        effect=reading.one_of(table, "effect", keys.EFFECTS),
        article=reading.text(table, "article"),
        line=table.line,
        entrenched="entrenched" in table.values and reading.yes(table, "entrenched"),
        procedure=reading.one_of(table, "procedure", keys.PROCEDURES),
        demand=_demand(table),
        readings=reading.whole(table, "readings"),
        reading_days=reading.whole_or_none(table, "reading_days"),
        amendments=reading.one_of(table, "amendments", keys.ORDERS),
        amendment_depth=reading.whole(table, "amendment_depth") if "amendment_depth" in table.values else 1,
        alternatives=_alternatives(table),
        groups=_groups(table),
        affects=reading.name_or_none(table, "affects"),
        appeal=reading.name_or_none(table, "appeal"),
        appeal_days=reading.whole_or_none(table, "appeal_days"),
        abstentions_count_to_quorum=_abstentions_count(table, votes),
    )


def _abstentions_count(table: Table, votes: bool) -> bool | None:
    """Return whether abstentions count to the quorum, or None where a vote leaves it unsaid."""
    if "abstentions_count_to_quorum" in table.values:
        return reading.yes(table, "abstentions_count_to_quorum")
    return None if votes else True


def _steps(table: Table, steps: Mapping[str, Exit]) -> tuple[Exit, ...]:
    names = reading.texts(table, "exits")
    for name in names:
        if name not in steps:
            known = ", ".join(steps) or "there is none"
            raise reading.wrong(table, "exits", expected=f"declared exits: {known}", found=f"“{name}”")
    return tuple(steps[name] for name in names)


def _demand(table: Table) -> Consensus | Gradients | Advice | None:
    match table.values["procedure"]:
        case "consensus":
            asked = reading.inner(table, "demand")
            return Consensus(reading.whole(asked, "blocks"), reading.fraction(asked, "aside"))
        case "gradients":
            asked = reading.inner(table, "demand")
            level, bad = reading.whole(asked, "level"), reading.whole(asked, "bad")
            return Gradients(level, reading.fraction(asked, "share"), bad, reading.fraction(asked, "opposed"))
        case "advice":
            return Advice(reading.whole(reading.inner(table, "demand"), "pieces"))
        case _:
            return None


def _alternatives(table: Table) -> CountingRule | None:
    if not table.values.get("alternatives"):
        return None
    return reading.one_of(table, "alternatives", keys.CHOOSING)


def _groups(table: Table) -> GroupShare | None:
    if "groups" not in table.values:
        return None
    groups = reading.inner(table, "groups")
    approval, approval_strict = reading.threshold(groups, "approval_")
    share, strict = reading.threshold(groups, "groups_")
    return GroupShare(reading.fraction(groups, "turnout"), approval, approval_strict, share, strict)
