"""I18, how high things are decided: mean tier of decision, concentration of deciders, competence granted and exercised.

Tier 0 is an assembly, 1 a body that an assembly elects, and so on upwards; a joint body stands where the highest of its
houses stands, an appointed one above whoever appoints it. Source: subsidiarity; the concentration is the
Herfindahl-Hirschman index over the kinds of body that decided. A grant is a kind of body and a matter that it decides.
"""

from fractions import Fraction

from comitia.charter.structure import Charter
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

TIER = Indicator(
    "I18", "mean tier of decision", "mean over a term's divisions of the highest tier that decided; assemblies are 0",
    "0 and up", "subsidiarity", "many small decisions below outweigh one great one above", "number",
)  # fmt: skip
DECIDERS = Indicator(
    "I18", "concentration of deciders", "sum of squared shares of divisions by the kind that decided", "1/n to 1",
    "Herfindahl-Hirschman", "all committees together are one kind", "number",
)  # fmt: skip
EXERCISED = Indicator(
    "I18b", "competence exercised", "kinds of base body with a decision of their own in a term / those that may decide",
    "0 to 1", "our own; paper competence", "a small body may have had nothing to decide", "share",
)  # fmt: skip


def tiers(charter: Charter) -> dict[str, int]:
    """Return the tier of every kind of body, by the charter's words; circles are cut where they come round."""
    return {kind: _tier(charter, kind, frozenset()) for kind in charter.kinds}


def _tier(charter: Charter, name: str, passed: frozenset[str]) -> int:
    kind = charter.kinds.get(name)
    if kind is None or kind.form == "all" or name in passed:
        return 0
    on = passed | {name}
    match kind.form:
        case "joint":
            return max((_tier(charter, house, on) for house in kind.houses), default=0)
        case "appointed":
            return 1 + max((_tier(charter, by, on) for by in kind.appointed_by), default=0)
        case _:
            return 1 + _tier(charter, kind.electors, on)


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for the federation."""
    tier = tiers(view.rules)
    kinds = [tuple(dict.fromkeys(b.partition("/")[0] for b in row.division.bodies)) for row in view.decided]
    high = [max(tier.get(kind, 0) for kind in deciding) for deciding in kinds if deciding]
    by: dict[str, int] = {}
    for deciding in kinds:
        for kind in deciding:
            by[kind] = by.get(kind, 0) + 1
    whole = sum(by.values())
    articles = answers.matters(view.rules, "charter")
    mean = Fraction(sum(high), len(high)) if high else None
    most = max(by, key=lambda kind: (by[kind], kind), default="")
    nothing = f"Nothing was decided in the last {view.days()} days."
    return (
        Reading(
            TIER, "", mean, sum(high), len(high),
            f"{len(high)} divisions were decided on tier {float(mean):.1f} on average; assemblies are 0."
            if mean is not None
            else nothing,
            (), articles,
        ),
        Reading(
            DECIDERS, "", sum((Fraction(n, whole) ** 2 for n in by.values()), Fraction(0)) if whole else None,
            by.get(most, 0), whole,
            f"{view.plural(most).capitalize()} took part in {by[most]} of {len(kinds)} divisions, more than any."
            if whole
            else nothing,
            (), articles,
        ),
        _exercised(view, tier, set(by)),
    )  # fmt: skip


def _exercised(view: View, tier: dict[str, int], decided: set[str]) -> Reading:
    granted = dict.fromkeys(
        kind
        for matter in view.rules.matters.values()
        for kind in matter.decided_by
        if kind in tier and tier[kind] <= 1 and view.rules.kinds[kind].each
    )
    used = [kind for kind in granted if kind in decided]
    idle = [view.plural(kind) for kind in granted if kind not in decided]
    sentence = (
        f"{len(used)} of {len(granted)} kinds of base body that may decide decided something in the last {view.days()} "
        f"days{'; not: ' + ', '.join(idle) if idle else ''}."
    )
    articles = tuple(dict.fromkeys(view.rules.kinds[kind].article for kind in granted))
    return share(EXERCISED, "", (len(used), len(granted)), sentence, articles=articles)
