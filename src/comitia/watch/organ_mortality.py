"""I17, organ mortality: base bodies merged or dissolved, those struck by a change of the charter among them.

A base body is an assembly, or elected by one. Its own consent is a carried decision of the body itself or of the
assembly behind it; a kind struck from the charter consented where it was among those that decided the change. Source:
survival of organisations (Kaplan and Meier 1958 for the rate); the flag is our own.
"""

from dataclasses import dataclass

from comitia.charter.structure import Charter, Kind
from comitia.federation import moment
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import YEAR_DAYS, View

MORTALITY = Indicator(
    "I17", "base bodies ended in a year", "base bodies merged, dissolved or struck in a year / base bodies there were",
    "0 to 1", "Kaplan and Meier 1958", "workplaces close for reasons of their own", "share",
)  # fmt: skip
FORCED = Indicator(
    "I17", "base bodies ended without their own consent", "base bodies ended in a year that did not decide it",
    "0 and up", "our own", "consent is what the record shows of it", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gone:
    """Base bodies that ended together: how many, when, by which act, and whether they decided it."""

    at: str
    act: int
    name: str
    number: int
    consented: bool


def is_base(charter: Charter, kind: Kind | None) -> bool:
    """Return whether bodies of a kind are assemblies of groups, or elected by one."""
    if kind is None or not kind.each:
        return False
    electors = charter.kinds.get(kind.electors)
    return kind.form == "all" or (kind.form == "elected" and electors is not None and electors.form == "all")


def gone(view: View) -> tuple[Gone, ...]:
    """Return all base bodies that ended so far."""
    found = []
    for row in view.ended:
        name = row.body.partition("/")[0]
        kind = view.ledger.kind(name, row.at)
        if is_base(view.ledger.rules(row.at), kind):
            own = {row.body, f"{kind.electors}/{row.body.partition('/')[2]}"} if kind else {row.body}
            found.append(Gone(row.at, row.act, row.body, 1, bool(own & set(row.decisions))))
    for before, after in zip(view.charters, view.charters[1:], strict=False):
        for kind in before.charter.kinds.values():
            if kind.id in after.charter.kinds or not is_base(before.charter, kind):
                continue
            deciding = after.motion.on.decided_by if after.motion else ()
            ended = sum(row.body.partition("/")[0] == kind.id and row.at <= after.at for row in view.ended)
            number = view.groups_at(kind.each, after.at) - ended
            consented = kind.id in deciding or kind.electors in deciding
            if number:
                found.append(Gone(after.at, after.act, f"all {kind.plural}", number, consented))
    return tuple(sorted(found, key=lambda g: (g.at, g.act)))


def existing(view: View) -> int:
    """Return how many base bodies there are by the charter in force."""
    base = [k for k in view.rules.kinds.values() if is_base(view.rules, k)]
    ended = sum(is_base(view.rules, view.rules.kinds.get(row.body.partition("/")[0])) for row in view.ended)
    return sum(view.groups_at(k.each, view.at) for k in base) - ended


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for the federation, over a year."""
    since = moment.after(view.at, days=-YEAR_DAYS)
    lately = [g for g in gone(view) if g.at > since]
    number = sum(g.number for g in lately)
    forced = [g for g in lately if not g.consented]
    whole = existing(view) + number
    articles = answers.matters(view.rules, "merger", "dissolution") or answers.matters(view.rules, "charter")
    acts = tuple(dict.fromkeys(g.act for g in lately))
    named = ", ".join(g.name for g in forced[:5])
    without = sum(g.number for g in forced)
    return (
        share(
            MORTALITY, "", (number, whole),
            f"{number} of {whole} base bodies were merged, dissolved or struck from the charter within a year.",
            acts=acts, articles=articles,
        ),
        Reading(
            FORCED, "", float(without), without, number,
            f"{without} without a decision of their own: {named}." if without else "None without its own consent.",
            tuple(dict.fromkeys(g.act for g in forced)), articles,
        ),
    )  # fmt: skip
