"""Bodies in plain words: who sits, who may stand, who fills a vacancy, who can remove a holder."""

from collections.abc import Iterator
from typing import assert_never

from comitia.charter.sentence import Sentence
from comitia.charter.structure import Candidacy, Charter, Kind, Recall
from comitia.charter.words import (
    APPORTIONMENTS,
    BASES,
    RULES,
    bare,
    capital,
    days,
    every,
    joined,
    listed,
    one,
    seats,
    share,
    terms,
)


def sits(charter: Charter, kind: Kind) -> Sentence:
    """Return who sits in a kind of body, how they come to it, and what binds them."""
    match kind.form:
        case "all":
            where = f"All members of a {kind.each}" if kind.each else "All members of the federation"
            text = f"{where} are its {kind.name}" if kind.each else f"{where} are the {kind.name}"
            parts = [text]
        case "joint":
            parts = [f"The {kind.name} is {joined([one(charter, house) for house in kind.houses])} sitting together"]
        case "elected":
            whose = "filled by each" if kind.constituencies else "filled by the"
            rule = RULES[kind.rule] if kind.rule else "by nobody"
            filled = f"{whose} {bare(charter, kind.electors) or 'nobody'} {rule}"
            parts = [f"{_has(kind)}: {_count(kind)}, {filled} for {days(kind.term_days)}", *_bound(charter, kind)]
        case "appointed":
            by = joined([one(charter, name) for name in kind.appointed_by]) or "nobody"
            own = ", itself among them" if kind.id in kind.appointed_by else ""
            parts = [
                f"{_has(kind)}: {_count(kind)}, not elected but appointed by {by}{own}, for {days(kind.term_days)}",
                *_bound(charter, kind),
            ]
        case _:
            assert_never(kind.form)
    if kind.chair:
        parts.append(f"chaired by {one(charter, kind.chair)}")
    if kind.meeting_days:
        parts.append(f"it meets at least every {every(kind.meeting_days)}; where it does not, {_convenors(kind)}")
    return Sentence("; ".join(parts) + ".", kind.article)


def _convenors(kind: Kind) -> str:
    match kind.convened_by:
        case "electors":
            who = "whoever sits in it" if kind.form == "all" else "whoever sits in it or fills its seats"
            return f"{who} may put to it what it decides"
        case "members":
            return "any member may put to it what it decides"
        case "nobody":
            return "nobody else may call it"
    assert_never(kind.convened_by)


def _has(kind: Kind) -> str:
    return f"Each {kind.each} has a {kind.name}" if kind.each else f"The federation has a {kind.name}"


def _count(kind: Kind) -> str:
    assert kind.seats is not None
    rule = kind.seats
    if rule.fixed is not None:
        return seats(rule.fixed)
    if rule.apportionment is not None:
        text = f"{rule.total} seats in all, shared by members ({APPORTIONMENTS[rule.apportionment]})"
    else:
        text = f"one seat for every {rule.per_members} members or part of {rule.per_members}"
    bounds = [f"{bound} {number}" for bound, number in (("at least", rule.least), ("at most", rule.most)) if number]
    return text + (f", {' and '.join(bounds)} for each" if bounds else "")


def _bound(charter: Charter, kind: Kind) -> Iterator[str]:
    if kind.term_limit:
        yield f"at most {terms(kind.term_limit)}"
    if kind.mandate == "imperative":
        yield "bound by mandates"
    if kind.weights == "members":
        yield "each seat weighs the members it stands for"
    if kind.split_votes:
        yield "a seat may divide its vote as its electors were divided"
    if kind.report_days:
        yield f"a report every {every(kind.report_days)}"
    if kind.incompatible:
        yield "never together with " + ", ".join(one(charter, name) for name in kind.incompatible)


def candidacies(charter: Charter) -> Iterator[Sentence]:
    """Yield who may stand for which seats, who stands between them and the ballot, and how vacancies are filled."""
    alike: dict[tuple[Candidacy, int, str], list[str]] = {}
    for kind in charter.kinds.values():
        if kind.candidacy:
            alike.setdefault((kind.candidacy, kind.nomination, kind.article), []).append(kind.name)
    for (rule, nomination, article), names in alike.items():
        parts = [_may_stand(charter, rule, nomination), *_conditions(rule), _vacancy(charter, rule)]
        yield Sentence(f"{capital(', '.join(names))}: {'; '.join(parts)}.", article)


def _may_stand(charter: Charter, rule: Candidacy, nomination: int) -> str:
    who = {"electors": "any of the electors", "members": "any member"}
    text = f"{who.get(rule.candidates) or 'whoever sits in ' + one(charter, rule.candidates)} may stand"
    if rule.nominated_by:
        text += f", if put up by {one(charter, rule.nominated_by)}"
    elif nomination > 1:
        text += f" with the support of {nomination} electors"
    if rule.gate:
        text += f", and only if {one(charter, rule.gate)} admits her"
    return text


def _conditions(rule: Candidacy) -> Iterator[str]:
    if rule.turnout:
        yield f"the election holds when {share(rule.turnout, strict=False)} of the electors vote"
    if rule.list_rule:
        yield f"seats are shared among lists by {APPORTIONMENTS[rule.list_rule]}"
    if rule.renewed_in > 1:
        yield f"the seats are renewed in {rule.renewed_in} parts, in turn"
    if rule.renewal_days:
        yield f"seats are filled anew at most {days(rule.renewal_days)} before they lapse"
    pause = f"for {days(rule.pause_days)}" if rule.pause_days else "for ever"
    yield f"who has served the longest time allowed stands back {pause}"


def _vacancy(charter: Charter, rule: Candidacy) -> str:
    if rule.by_election_days:
        text = f"a vacancy is filled by an election of its own within {days(rule.by_election_days)}"
    else:
        text = "a vacancy waits for the next election"
    if rule.acting_by:
        return f"{text}, and {one(charter, rule.acting_by)} may name who acts in it for {days(rule.acting_days)}"
    return f"{text}, and nobody acts in it meanwhile"


def recalls(charter: Charter) -> Iterator[Sentence]:
    """Yield how holders are removed, and which of them nobody can remove."""
    by_recall: dict[Recall, list[str]] = {}
    for kind in charter.kinds.values():
        if kind.recall:
            by_recall.setdefault(kind.recall, []).append(kind.name)
        elif kind.form in ("elected", "appointed"):
            yield Sentence(f"Nobody can remove who sits in the {kind.name} before the term is over.", kind.article)
    for rule, names in by_recall.items():
        yield Sentence(
            f"Whoever sits in: {', '.join(names)}. {capital(share(rule.petition, strict=False))} of those who filled "
            f"the seat sign within {days(rule.window_days)}; they then vote in secret for {days(rule.voting_days)}. "
            f"{_removed(rule)}",
            rule.article,
        )


def _removed(rule: Recall) -> str:
    part = f", when {share(rule.quorum, strict=False)} of the electors take part" if rule.quorum else ""
    if rule.by == "own_quota":
        kept = "those who want to keep her would be enough to elect her to one of the seats of her constituency"
        return f"The holder goes{part}, unless {kept}."
    base = "all electors" if rule.base == "members" else BASES[rule.base]
    needed = f"{capital(share(rule.threshold, strict=rule.strict))} of {base}"
    if rule.question == "confidence":
        return f"{needed} keeps the holder, else she goes{part}; an equal vote is no protection."
    goes = "stays" if rule.tie_protects else "goes"
    return f"{needed} removes the holder{part}; at an equal vote the holder {goes}."


def owners(charter: Charter) -> Iterator[Sentence]:
    """Yield whose each number of the plan is."""
    files: dict[tuple[str, str], list[str]] = {}
    for number in charter.numbers.values():
        files.setdefault((number.owner, number.article), []).append(number.file.replace("_", " "))
    for (owner, article), owned in files.items():
        kind = charter.kinds.get(owner)
        whose = f"each {kind.name} owns its own rows" if kind and kind.each else f"{one(charter, owner)} owns the rows"
        yield Sentence(f"{capital(whose)} of: {', '.join(owned)}.", article)


def permitted(charter: Charter) -> Iterator[Sentence]:
    """Yield who may do which acts."""
    acts: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for permission in charter.permissions.values():
        acts.setdefault((permission.by, permission.article), []).append(permission.act.replace("_", " "))
    for (by, article), done in acts.items():
        yield Sentence(f"{capital(', '.join(done))}: by {listed(charter, by)}.", article)
