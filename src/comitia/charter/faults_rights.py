"""Faults of rights: bodies that change their own limits, rights not entrenched, mergers from above, ways missing."""

from collections.abc import Iterator

from comitia.charter.fault import Fault
from comitia.charter.structure import Charter, Matter


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of entrenchment, of mergers, and of the procedures every charter needs."""
    yield from _self_amendment(charter)
    yield from _entrenchment(charter)
    yield from _rights(charter)
    yield from _mergers(charter)
    yield from _procedures(charter)


def _members_decide(charter: Charter, matter: Matter) -> bool:
    return any(charter.kinds[k].form == "all" for k in matter.decided_by if k in charter.kinds)


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
                yield Fault(
                    "amends-its-own-limit",
                    article.line,
                    number,
                    f"Article {number} {why}, and those whom it binds may change it: “{matter.name}”.",
                    "Those who sit prolong their own term, or raise the recall out of reach, by their own vote.",
                    f"Set entrenched = true for article {number}, or let assemblies decide “{matter.name}” too.",
                )


def _entrenchment(charter: Charter) -> Iterator[Fault]:
    changes = [m for m in charter.matters.values() if m.effect == "charter"]
    strict = [m for m in changes if m.entrenched]
    ordinary = [m for m in changes if not m.entrenched]
    if not changes:
        yield Fault(
            "no-change",
            1,
            "",
            "No matter changes the charter.",
            "A fault found next year can be mended only by breaking the charter.",
            'Declare a matter with effect = "charter", and one with entrenched = true.',
        )
    elif not strict and any(a.entrenched for a in charter.articles.values()):
        yield Fault(
            "no-change",
            changes[0].line,
            changes[0].article,
            "Articles are entrenched, but no matter may change an entrenched article.",
            "An entrenched article that turns out wrong binds for ever, or is broken.",
            'Declare a matter with effect = "charter" and entrenched = true, stricter than the ordinary one.',
        )
    for hard in strict:
        for easy in ordinary:
            weaker = set(hard.decided_by) <= set(easy.decided_by) and hard.threshold <= easy.threshold
            if weaker:
                yield Fault(
                    "entrenchment-no-stricter",
                    hard.line,
                    hard.article,
                    f"Entrenched articles are no safer than others: “{hard.name}” asks no more than “{easy.name}”.",
                    "A majority that cannot bear a right takes it away as it would any rule.",
                    "Ask for a larger share, or for a further body such as the assemblies.",
                )


def _rights(charter: Charter) -> Iterator[Fault]:
    rule = charter.procedures
    rights = {
        rule.inspection_article: "inspection",
        rule.leaving_article: "leaving",
        rule.refounding_article: "refounding",
    }
    for act, right in (("current_formed", "currents"), ("minority_report_filed", "minority reports")):
        if act in charter.permissions:
            rights[charter.permissions[act].article] = right
    for kind in charter.kinds.values():
        if kind.recall:
            rights[kind.recall.article] = "recall"
    for matter in charter.matters.values():
        if matter.effect == "merger":
            rights[matter.article] = "a body's own consent to its merger"
    for number, right in rights.items():
        article = charter.articles.get(number)
        if article is not None and not article.entrenched:
            yield Fault(
                "right-not-entrenched",
                article.line,
                number,
                f"The right of {right} stands in article {number}, which an ordinary change may take away.",
                "The majority of one evening abolishes what protects the minority of every other.",
                f"Set entrenched = true for article {number}.",
            )


def _mergers(charter: Charter) -> Iterator[Fault]:
    mergers = [m for m in charter.matters.values() if m.effect == "merger"]
    permission = charter.permissions.get("body_merged")
    if permission and not mergers:
        yield Fault(
            "merged-from-above",
            permission.line,
            permission.article,
            "Bodies may be merged, but no matter lets those concerned decide it.",
            "A committee is merged into an office, and its workplace learns of it afterwards.",
            'Declare a matter with effect = "merger", decided by the assemblies concerned.',
        )
    for matter in mergers:
        own = [k for k in matter.decided_by if k in charter.kinds]
        if not any(charter.kinds[k].form == "all" and charter.kinds[k].each for k in own):
            yield Fault(
                "merged-from-above",
                matter.line,
                matter.article,
                f"“{matter.name}” is decided without the assemblies of those who are merged.",
                "A committee is merged into an office by bodies in which its workplace has no majority.",
                "Let the own assembly of each body concerned decide it.",
            )


def _procedures(charter: Charter) -> Iterator[Fault]:
    rule = charter.procedures
    ways = (
        ("founding", rule.founding_article and rule.founders, "Nobody can begin, so nothing can begin."),
        ("correction", rule.correction_article, "A wrong entry stands for ever, and the next ones rest on it."),
        (
            "refounding",
            rule.refounding_article and rule.refounding_share,
            "The houses block each other for good, and the members have no lawful way past them.",
        ),
        ("leaving", rule.leaving_article, "A workplace that is outvoted every year stays a prisoner."),
        ("inspection", rule.inspection_article and rule.inspection_days, "The books are open to those who keep them."),
    )
    for name, given, harm in ways:
        if not given:
            yield Fault(
                f"no-{name}",
                rule.line,
                "",
                f"The charter has no {name}: its article, or its number in [procedures], is missing or zero.",
                harm,
                f"Write an article on {name} and name it in [procedures].",
            )
    if rule.emergency_by and not rule.emergency_days:
        yield Fault(
            "emergency-never-lapses",
            rule.line,
            rule.emergency_article,
            "Emergency powers are given for no set time.",
            "The emergency of the first winter is still in force ten years later.",
            "Set emergency_days to the days after which they lapse, or emergency_by = [].",
        )
