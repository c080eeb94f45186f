"""Faults of rights: ways that every charter needs, mergers from above, currents, refounding, emergency."""

from collections.abc import Iterator

from comitia.charter.fault import Fault, Spot, at, is_seated, quoted
from comitia.charter.structure import Charter, Matter, Procedures


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of mergers, of the procedures every charter needs, of currents and of emergency."""
    yield from _mergers(charter)
    yield from _procedures(charter)
    yield from _refounding(charter)
    yield from _currents(charter)
    yield from _emergency(charter)
    yield from _never(charter)


def _mergers(charter: Charter) -> Iterator[Fault]:
    for effect, act, done in (("merger", "body_merged", "merged"), ("dissolution", "body_dissolved", "dissolved")):
        matters = [m for m in charter.matters.values() if m.effect == effect]
        permission = charter.permissions.get(act)
        if permission and not matters:
            yield at(
                permission,
                "merged-from-above",
                reason=f"Bodies may be {done}, but no matter lets those concerned decide it.",
                harm=f"A committee is {done}, and its workplace learns of it afterwards.",
                repair=f'Declare a matter with effect = "{effect}", decided by the assemblies concerned.',
            )
        for matter in matters:
            if not _own_base_decides(charter, matter):
                yield at(
                    matter,
                    "merged-from-above",
                    reason=f"“{matter.name}” is decided without the assemblies of those who are {done}.",
                    harm=f"A committee is {done} by bodies in which its workplace has no majority.",
                    repair="Let the own assembly of each body concerned decide it.",
                )


def _own_base_decides(charter: Charter, matter: Matter) -> bool:
    own = [charter.kinds[k] for k in matter.decided_by if k in charter.kinds]
    return any(not is_seated(kind) and kind.each for kind in own)


def _may_leave(charter: Charter, rule: Procedures) -> bool:
    """Return whether a group may leave by a decision of its own, or a minority of it by saying so.

    Language 1 had no act by which they left, and promised it in its article.
    """
    by_decision = any(m.effect == "leaving" for m in charter.matters.values())
    return charter.language == 1 or by_decision or rule.leaving_least > 0


def _procedures(charter: Charter) -> Iterator[Fault]:
    rule = charter.procedures
    refounds = rule.refounding is not None or (charter.language == 1 and rule.refounding_share > 0)
    ways = (
        ("founding", rule.founding_article and rule.founders, "Nobody can begin, so nothing can begin."),
        ("correction", rule.correction_article, "A wrong entry stands for ever, and the next ones rest on it."),
        (
            "refounding",
            rule.refounding_article and refounds,
            "The houses block each other for good, and the members have no lawful way past them.",
        ),
        (
            "leaving",
            rule.leaving_article and _may_leave(charter, rule),
            "A workplace that is outvoted every year stays a prisoner.",
        ),
        ("inspection", rule.inspection_article and rule.inspection_days, "The books are open to those who keep them."),
    )
    for name, given, harm in ways:
        if not given:
            table = "[refounding]" if name == "refounding" else "[procedures]"
            further = ', and declare a matter with effect = "leaving" or set leaving_least' if name == "leaving" else ""
            yield at(
                Spot(rule.line, ""),
                f"no-{name}",
                reason=f"The charter has no {name}: its article, or its number in {table}, is missing or zero.",
                harm=harm,
                repair=f"Write an article on {name} and name it in {table}{further}.",
            )


def _refounding(charter: Charter) -> Iterator[Fault]:
    rule = charter.procedures.refounding
    if rule is None:
        return
    high = (
        ("share", rule.share == 1, 'share = "1/5"'),
        ("window_days", rule.window_days == 0, "window_days = 60"),
        ("threshold", rule.threshold == 1, 'more_than = "1/2"'),
        ("quorum", rule.quorum == 1, 'quorum = "1/3"'),
    )
    out = [(key, repair) for key, beyond, repair in high if beyond]
    if out:
        article = charter.articles.get(rule.article)
        yield at(
            Spot(article.line if article else charter.procedures.line, rule.article),
            "refounding-out-of-reach",
            reason=f"The members cannot found anew: {' and '.join(key for key, _ in out)} of [refounding] is beyond "
            "reach.",
            harm="Nine of ten members want to begin again, and the tenth, or the calendar, keeps them where they are.",
            repair=f"Set {', '.join(repair for _, repair in out)} under [refounding].",
        )


def _currents(charter: Charter) -> Iterator[Fault]:
    forbidden = charter.permissions.get("current_forbidden")
    if forbidden:
        yield at(
            forbidden,
            "currents-forbidden",
            reason=f"Article {forbidden.article} lets {quoted(forbidden.by)} forbid a current.",
            harm="The majority of a congress forbids its opponents to speak together, for the time being, and it "
            "stays so.",
            repair="Take current_forbidden out of [[permission]], and write it into a [never.…] with acts = "
            '["current_forbidden"].',
        )
    for never in charter.never.values():
        if "current_formed" in never.acts:
            yield at(
                never,
                "currents-forbidden",
                reason=f"Article {never.article} forbids members to form a current.",
                harm="Those who disagree may each speak alone, and be answered by a whole apparatus.",
                repair=f"Take current_formed out of [never.{never.id}], and permit it to “member”.",
            )
    if charter.currents is None and not any("current_formed" in n.acts for n in charter.never.values()):
        yield at(
            Spot(1, ""),
            "currents-forbidden",
            reason="The charter knows no currents: nobody may form one.",
            harm="Members who disagree meet all the same, in secret, and are called a faction when they are found.",
            repair='Write [currents] with least = 3, membership = "open" or "secret", and an article that is '
            "entrenched.",
        )
    if charter.currents and charter.currents.membership == "secret":
        shut = [a for a in ("current_joined", "current_left") if not _permits(charter, a, "clerk")]
        if shut:
            yield at(
                charter.currents,
                "secret-without-clerk",
                reason=f"Membership of a current is secret, but the clerk, who alone can enter it unseen, may not do "
                f"{' and '.join(shut)}.",
                harm="Nobody can join, or whoever does is named in the record, in front of those she fears.",
                repair=f'Add "clerk" to the permission for {" and ".join(shut)}.',
            )


def _permits(charter: Charter, act: str, author: str) -> bool:
    permission = charter.permissions.get(act)
    return permission is not None and author in permission.by


def _emergency(charter: Charter) -> Iterator[Fault]:
    rule = charter.procedures
    spot = Spot(rule.line, rule.emergency_article)
    if not rule.emergency_by:
        return
    if not rule.emergency_days:
        yield at(
            spot,
            "emergency-never-lapses",
            reason="Emergency powers are given for no set time.",
            harm="The emergency of the first winter is still in force ten years later.",
            repair="Set emergency_days to the days after which they lapse, or emergency_by = [].",
        )
    for kind in (charter.kinds[k] for k in rule.emergency_by if k in charter.kinds):
        if 0 < kind.term_days <= rule.emergency_days:
            yield at(
                spot,
                "emergency-never-lapses",
                reason=f"An emergency lasts {rule.emergency_days} days, as long as the {kind.name} sits that "
                "declares it.",
                harm="It declares an emergency on its first day, and is never without it.",
                repair="Set emergency_days to 14.",
            )
    if not any(never.acts for never in charter.never.values()):
        yield at(
            spot,
            "emergency-touches-everything",
            reason="There is an emergency power, and no act that nobody may do: it touches everything.",
            harm="Elections, currents and recall are suspended by those who would lose by them.",
            repair='Write what no body may ever do under [never.…], for instance acts = ["work_assigned", '
            '"current_forbidden"].',
        )
    for matter in charter.matters.values():
        if matter.effect == "emergency" and set(matter.decided_by) <= set(rule.emergency_by):
            yield at(
                matter,
                "emergency-renews-itself",
                reason=f"“{matter.name}” gives the emergency power back to those who alone decide it.",
                harm="The power is spent by one use, and given back by its users on the same evening.",
                repair="Let bodies that do not hold the power decide it, best an assembly.",
            )


def _never(charter: Charter) -> Iterator[Fault]:
    """Yield what nobody may decide and nobody can object to either: there is no act of it that could be refused."""
    challenged = charter.language == 1 or any(m.effect == "admissibility" for m in charter.matters.values())
    for never in charter.never.values():
        if not never.acts and not challenged:
            yield at(
                never,
                "no-challenge",
                reason=f"No body may decide on this (article {never.article}), but nobody can challenge a motion "
                "that does.",
                harm="A motion on somebody's private life is voted on like any other, and is carried.",
                repair='Declare a matter with effect = "admissibility" for each body that decides motions.',
            )
