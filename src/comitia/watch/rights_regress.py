"""I21, rights regress: rights that a change of the charter removed or weakened, and entrenched articles it loosened.

The figure is our own. A right is what the charter gives members against those who hold power: to recall, by how many
signatures; to form currents; to report as a minority; to inspect; to found anew; to leave; what no body may do. The
linter names such a change before it is voted on; the drill shows what it does to the numbers.
"""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.structure import Charter
from comitia.watch import answers
from comitia.watch.effective_currents import may_form
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.view import View

REGRESS = Indicator(
    "I21", "rights removed or weakened", "rights that the last change removed, made harder or left unentrenched",
    "0 and up", "our own", "counts, does not weigh: read which", "count",
)  # fmt: skip

_BY_ACT = {
    "minority_report_filed": "to report as a minority",
    "inspection_demanded": "to inspect the books",
    "recall_petitioned": "to petition for a recall",
    "refounding_called": "to call for a new founding",
    "motion_moved": "to move a motion as a member",
    "platform_published": "to publish a platform",
    "leaving_announced": "to leave together",
}


def rights(charter: Charter) -> dict[str, tuple[Fraction, ...]]:
    """Return the rights of members under a charter, each with how hard it is to use (0 is easiest)."""
    return dict(_rights(charter))


def _rights(charter: Charter) -> Iterator[tuple[str, tuple[Fraction, ...]]]:
    if may_form(charter) and charter.currents:
        yield "to form a current", (Fraction(charter.currents.least),)
    forbidden = {act for never in charter.never.values() for act in never.acts}
    for act, words in _BY_ACT.items():
        rule = charter.permissions.get(act)
        if rule is None or act in forbidden or (act == "motion_moved" and "member" not in rule.by):
            continue
        yield words, ()
    for kind in charter.kinds.values():
        if kind.recall is not None:
            yield f"to recall {kind.plural}", (kind.recall.petition, kind.recall.quorum)
        if kind.mandate == "imperative":
            yield f"to bind {kind.plural} by a mandate", ()
        if kind.form == "elected":
            gated = kind.candidacy is not None and bool(kind.candidacy.gate or kind.candidacy.nominated_by)
            yield f"to elect {kind.plural}", (Fraction(gated), Fraction(kind.nomination))
    if charter.procedures.refounding:
        yield "to found anew", (charter.procedures.refounding.share, charter.procedures.refounding.threshold)
    for never in charter.never.values():
        for act in never.acts:
            if act not in _BY_ACT and act != "current_formed":
                yield f"that nobody may do {act}", ()


def lost(before: Charter, after: Charter) -> tuple[str, ...]:
    """Return the rights that are gone, harder to use, or whose article is no longer entrenched, in words."""
    old, new = rights(before), rights(after)
    # A right against bodies of a kind that is no more went with the kind; base bodies that end are counted by I17.
    gone = tuple(f"the right {name} is gone" for name in old if name not in new)
    harder = tuple(
        f"the right {name} is harder to use"
        for name, measures in old.items()
        if name in new and any(b > a for a, b in zip(measures, new[name], strict=True))
    )
    loosened = tuple(
        f"article {a.number} ({a.title}) is {'gone' if a.number not in after.articles else 'no longer entrenched'}"
        for a in before.articles.values()
        if a.entrenched and not (a.number in after.articles and after.articles[a.number].entrenched)
    )
    return (*gone, *harder, *loosened)


def readings(view: View) -> tuple[Reading, ...]:
    """Return what the last change of the charter took from the members."""
    articles = answers.matters(view.rules, "charter")
    if len(view.charters) < 2:
        return (Reading(REGRESS, "", 0.0, 0, 0, "The charter stands as it was founded.", (), articles),)
    before, after = view.charters[-2:]
    found = lost(before.charter, after.charter)
    whole = len(rights(before.charter))
    day = after.at[:10]
    sentence = (
        f"Since {day}, by act {after.act}: {'; '.join(found[:6])}{' and more' if len(found) > 6 else ''}."
        if found
        else f"The change of {day} took no right of the members."
    )
    acts = (after.act,) if found else ()
    return (Reading(REGRESS, "", float(len(found)), len(found), whole, sentence, acts, articles),)
