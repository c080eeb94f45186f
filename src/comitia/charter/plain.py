"""A charter in plain words, by topic, each sentence with the article that it carries out.

What stands here is said from the tables that are carried out, not from the articles' own words: a reader can lay the
two side by side and see whether they say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from comitia.charter.structure import Charter, Kind, Matter, Recall

_PEOPLE = {"member": "any member", "elector": "the electors concerned", "clerk": "the clerk"}
_BASES = {
    "members": "all members",
    "seats": "all seats",
    "filled": "the seats filled",
    "present": "those present",
    "cast": "the votes cast, abstentions among them",
    "for_against": "the votes for and against",
}
_RULES = {"plurality": "by most votes", "scottish": "by single transferable vote", "approval": "by approval"}
_EFFECTS = {
    "plan": "How a plan is adopted",
    "plan-cut": "How a plan is adopted",
    "claims": "How a plan is adopted",
    "building": "How a plan is adopted",
    "season": "How a plan is adopted",
    "mandate": "How delegates are instructed",
    "charter": "How this charter is changed",
    "merger": "How bodies are merged",
    "none": "How other matters are decided",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule in plain words, with its article."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that members ask, and the rules that answer it."""

    title: str
    sentences: tuple[Sentence, ...]


def topics(charter: Charter) -> tuple[Topic, ...]:
    """Return the charter in plain words, topic by topic."""
    said: dict[str, list[Sentence]] = {"Who sits where": [_sits(charter, k) for k in charter.kinds.values()]}
    said["How someone is recalled"] = list(_recalls(charter))
    for title in dict.fromkeys(_EFFECTS.values()):
        said[title] = [_decided(charter, m) for m in charter.matters.values() if _EFFECTS[m.effect] == title]
    said["Whose numbers these are"] = list(_owners(charter))
    said["Who may do what"] = list(_permitted(charter))
    said["What nobody may decide"] = [
        Sentence(f"{charter.articles[n.article].title}: {charter.articles[n.article].text}", n.article)
        for n in charter.never.values()
        if n.article in charter.articles
    ]
    said["Beginning, correcting, leaving, beginning again"] = list(_procedures(charter))
    return tuple(Topic(title, tuple(sentences)) for title, sentences in said.items() if sentences)


def share(threshold: Fraction, *, strict: bool) -> str:
    """Return ``more than 1/2`` or ``at least 2/3``."""
    return f"{'more than' if strict else 'at least'} {threshold}"


def _sits(charter: Charter, kind: Kind) -> Sentence:
    if kind.form == "all":
        where = f"All members of a {kind.each}" if kind.each else "All members of the federation"
        return Sentence(f"{where} are its {kind.name}." if kind.each else f"{where} are the {kind.name}.", kind.article)
    if kind.form == "joint":
        houses = _joined([_one(charter, house) for house in kind.houses])
        return Sentence(f"The {kind.name} is {houses} sitting together.", kind.article)
    assert kind.seats is not None and kind.rule is not None
    one = f"Each {kind.each} has a {kind.name}" if kind.each else f"The federation has a {kind.name}"
    if kind.seats.fixed is not None:
        count = f"{kind.seats.fixed} {'seat' if kind.seats.fixed == 1 else 'seats'}"
    else:
        count = f"one seat for every {kind.seats.per_members} members or part of {kind.seats.per_members}"
    whose = "filled by each" if kind.constituencies else "filled by the"
    parts = [
        f"{one}: {count}, {whose} {_one(charter, kind.electors).removeprefix('the ')} {_RULES[kind.rule]} "
        f"for {_days(kind.term_days)}"
    ]
    if kind.term_limit:
        parts.append(f"at most {kind.term_limit} terms in a row")
    if kind.mandate == "imperative":
        parts.append("bound by mandates")
    if kind.report_days:
        parts.append(f"a report every {_days(kind.report_days)}")
    if kind.incompatible:
        parts.append("never together with " + ", ".join(_one(charter, name) for name in kind.incompatible))
    return Sentence("; ".join(parts) + ".", kind.article)


def _recalls(charter: Charter) -> Iterator[Sentence]:
    by_recall: dict[Recall, list[str]] = {}
    for kind in charter.kinds.values():
        if kind.recall:
            by_recall.setdefault(kind.recall, []).append(kind.name)
    for rule, names in by_recall.items():
        yield Sentence(
            f"Whoever sits in: {', '.join(names)}. {_capital(share(rule.petition, strict=False))} of those who filled "
            f"the seat sign within {_days(rule.window_days)}; they then vote in secret for {_days(rule.voting_days)}. "
            f"{_capital(share(rule.threshold, strict=rule.strict))} of {_BASES[rule.base]} removes the holder, when "
            f"{share(rule.quorum, strict=False)} of the electors take part; at an equal vote the holder "
            f"{'stays' if rule.tie_protects else 'goes'}.",
            rule.article,
        )


def _quorum(matter: Matter) -> str:
    if isinstance(matter.quorum, int):
        return f"{matter.quorum} people"
    return f"{share(matter.quorum, strict=False)} of {_BASES[matter.quorum_base]}"


def _decided(charter: Charter, matter: Matter) -> Sentence:
    bodies = _joined([_one(charter, name) for name in matter.decided_by])
    text = (
        f"{_capital(matter.name)}: moved by {_listed(charter, matter.movers)}; carried by {bodies}"
        f"{', each' if len(matter.decided_by) > 1 else ''} with {share(matter.threshold, strict=matter.strict)} of "
        f"{_BASES[matter.base]}"
    )
    if matter.quorum:
        text += f", when {_quorum(matter)} take part"
    text += f"; {_days(matter.notice_days)} notice, {_days(matter.voting_days)} voting"
    if matter.alone is not None:
        text += (
            f"; if not all carry it, {_one(charter, matter.alone.body)} may decide alone with more than "
            f"{matter.alone.threshold} of its filled seats"
        )
    if matter.delay_days:
        text += f"; in force {_days(matter.delay_days)} later"
    return Sentence(text + ".", matter.article)


def _owners(charter: Charter) -> Iterator[Sentence]:
    files: dict[tuple[str, str], list[str]] = {}
    for number in charter.numbers.values():
        files.setdefault((number.owner, number.article), []).append(number.file.replace("_", " "))
    for (owner, article), owned in files.items():
        kind = charter.kinds.get(owner)
        whose = f"each {kind.name} owns its own rows" if kind and kind.each else f"{_one(charter, owner)} owns the rows"
        yield Sentence(f"{_capital(whose)} of: {', '.join(owned)}.", article)


def _permitted(charter: Charter) -> Iterator[Sentence]:
    acts: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for permission in charter.permissions.values():
        acts.setdefault((permission.by, permission.article), []).append(permission.act.replace("_", " "))
    for (by, article), done in acts.items():
        yield Sentence(f"{_capital(', '.join(done))}: by {_listed(charter, by)}.", article)


def _procedures(charter: Charter) -> Iterator[Sentence]:
    rule = charter.procedures
    yield Sentence(
        f"At least {rule.founders} begin; officers carried over serve {_days(rule.carried_over_days)} at most.",
        rule.founding_article,
    )
    yield Sentence("A wrong act is corrected by a further act; nothing is erased.", rule.correction_article)
    yield Sentence(
        f"{_capital(share(rule.refounding_share, strict=False))} of all members call a founding assembly anew.",
        rule.refounding_article,
    )
    yield Sentence(
        f"Whoever leaves goes {_days(rule.leaving_notice_days)} after saying so, with books, stock and record.",
        rule.leaving_article,
    )
    yield Sentence(
        f"A demand for inspection is answered within {_days(rule.inspection_days)}.", rule.inspection_article
    )
    if rule.emergency_by:
        yield Sentence(
            f"In an emergency {_listed(charter, rule.emergency_by)} may act for {_days(rule.emergency_days)}, once.",
            rule.emergency_article,
        )
    yield Sentence(f"At most {rule.building_ceiling} of a plan's hours go to building up.", rule.building_article)
    shared = "equally, by head" if rule.distribution == "equal_per_head" else "by hours worked"
    yield Sentence(f"What is for the members' own use is shared {shared}.", rule.distribution_article)


def _one(charter: Charter, name: str) -> str:
    kind = charter.kinds.get(name)
    return f"the {kind.name}" if kind else _PEOPLE.get(name, name)


def _listed(charter: Charter, names: tuple[str, ...]) -> str:
    if not names:
        return "nobody"
    return ", ".join(_one(charter, name) for name in names)


def _joined(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def _days(number: int) -> str:
    if number == 365:
        return "a year"
    return f"{number} day" if number == 1 else f"{number} days"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
