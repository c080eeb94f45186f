"""Faults of entrenchment: bodies that change their own limits, articles no safer than others, rights not entrenched."""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.fault import Fault, Spot, at, at_article, is_seated
from comitia.charter.structure import Charter, Matter

_HALF = Fraction(1, 2)
_BASES = ("for_against", "cast", "present", "filled", "seats", "members")
"""What a share is counted on, from the smallest number to the largest."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of how the charter is changed, and of what is left open to an ordinary change."""
    yield from _self_amendment(charter)
    yield from _way_to_change(charter)
    for matter in charter.matters.values():
        if matter.effect == "charter" and matter.entrenched:
            yield from _ordinary(charter, matter)
            yield from _no_stricter(charter, matter)
            yield from _bypassed(matter)
    yield from _rights(charter)


def _members_decide(charter: Charter, matter: Matter) -> bool:
    return any(not is_seated(charter.kinds[k]) for k in matter.decided_by if k in charter.kinds)


def _also(charter: Charter) -> str:
    """Return what a repair that entrenches an article asks for besides, or ""."""
    if any(m.effect == "charter" and m.entrenched for m in charter.matters.values()):
        return ""
    return ' and declare a stricter matter with effect = "charter", entrenched = true'


def _self_amendment(charter: Charter) -> Iterator[Fault]:
    for matter in charter.matters.values():
        if matter.effect != "charter" or matter.entrenched or _members_decide(charter, matter):
            continue
        limits = {matter.article: "says how the charter is changed"}
        for name in matter.decided_by:
            kind = charter.kinds.get(name)
            if kind is not None:
                limits[kind.article] = f"says who the {kind.name} is and how long it sits"
                if kind.recall:
                    limits[kind.recall.article] = f"says how those who sit in the {kind.name} are recalled"
        for number, why in limits.items():
            article = charter.articles.get(number)
            if article is not None and not article.entrenched:
                yield at_article(
                    article,
                    "amends-its-own-limit",
                    reason=f"Article {number} {why}, and those whom it binds may change it: “{matter.name}”.",
                    harm="Those who sit prolong their own term, or raise the recall out of reach, by their own vote.",
                    repair=f"Set entrenched = true for article {number}{_also(charter)}, or let assemblies decide "
                    f"“{matter.name}” too.",
                )


def _way_to_change(charter: Charter) -> Iterator[Fault]:
    changes = [m for m in charter.matters.values() if m.effect == "charter"]
    if not changes:
        yield at(
            Spot(1, ""),
            "no-change",
            reason="No matter changes the charter.",
            harm="A fault found next year can be mended only by breaking the charter.",
            repair='Declare a matter with effect = "charter", and one with entrenched = true.',
        )
    elif not any(m.entrenched for m in changes) and any(a.entrenched for a in charter.articles.values()):
        yield at(
            changes[0],
            "no-change",
            reason="Articles are entrenched, but no matter may change an entrenched article.",
            harm="An entrenched article that turns out wrong binds for ever, or is broken.",
            repair='Declare a matter with effect = "charter" and entrenched = true, stricter than the ordinary one.',
        )


def _ordinary(charter: Charter, matter: Matter) -> Iterator[Fault]:
    if matter.threshold <= _HALF and not _members_decide(charter, matter) and matter.procedure == "vote":
        yield at(
            matter,
            "entrenched-by-ordinary-vote",
            reason=f"“{matter.name}”: {'more than' if matter.strict else 'at least'} {matter.threshold} in "
            f"{', '.join(matter.decided_by) or 'no body'} changes an entrenched article, the majority of any day.",
            harm="The majority of one evening abolishes what protects the minority of every other.",
            repair='Use at_least = "3/4" of base = "filled", and let an assembly of all members decide it too.',
        )


def _asks(matter: Matter) -> tuple[Fraction, bool, int, Fraction | int, int]:
    """Return what a matter asks for; it is no stricter than another where it asks for no more in any of these."""
    return matter.threshold, matter.strict, _BASES.index(matter.base), matter.quorum, matter.readings


def _no_stricter(charter: Charter, hard: Matter) -> Iterator[Fault]:
    for easy in charter.matters.values():
        if easy.effect != "charter" or easy.entrenched or easy.procedure != hard.procedure:
            continue
        no_more = all(a <= b for a, b in zip(_asks(hard), _asks(easy), strict=True))
        if no_more and set(hard.decided_by) <= set(easy.decided_by):
            yield at(
                hard,
                "entrenchment-no-stricter",
                reason=f"Entrenched articles are no safer than others: “{hard.name}” asks no more than “{easy.name}”.",
                harm="A majority that cannot bear a right takes it away as it would any rule.",
                repair="Ask for a larger share, or for a further body such as the assemblies.",
            )


def _bypassed(hard: Matter) -> Iterator[Fault]:
    for step in hard.exits:
        if step.way == "veto" or (step.way == "joint" and step.threshold < hard.threshold):
            way = (
                f"“{step.body}” alone by {step.threshold}"
                if step.way == "joint"
                else "those who carried it, over the others"
            )
            yield at(
                hard,
                "entrenchment-bypassed",
                reason=f"“{hard.name}” asks for {hard.threshold} in each body, but when one of them says no, "
                f"its way out lets {way} change an entrenched article.",
                harm="The body that the article protects refuses, and loses the article all the same.",
                repair="Set exits = [] here: an entrenched article on which the bodies disagree stays as it is.",
            )


def _standing(charter: Charter) -> dict[str, str]:
    """Return the articles that hold a right, each with its name."""
    rule = charter.procedures
    rights = {
        rule.inspection_article: "inspection",
        rule.leaving_article: "leaving",
        rule.refounding_article: "refounding",
    }
    if charter.currents:
        rights[charter.currents.article] = "currents"
    for act, right in (("current_formed", "currents"), ("minority_report_filed", "minority reports")):
        if act in charter.permissions:
            rights[charter.permissions[act].article] = right
    for kind in charter.kinds.values():
        if kind.recall:
            rights[kind.recall.article] = "recall"
    consent = {"merger": "its merger", "dissolution": "its dissolution"}
    for matter in charter.matters.values():
        if matter.effect in consent:
            rights[matter.article] = f"a body's own consent to {consent[matter.effect]}"
    return rights


def _rights(charter: Charter) -> Iterator[Fault]:
    for number, right in _standing(charter).items():
        article = charter.articles.get(number)
        if article is not None and not article.entrenched:
            yield at_article(
                article,
                "right-not-entrenched",
                reason=f"The right of {right} stands in article {number}, which an ordinary change may take away.",
                harm="The majority of one evening abolishes what protects the minority of every other.",
                repair=f"Set entrenched = true for article {number}{_also(charter)}.",
            )
