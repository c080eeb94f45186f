"""I20, reprisal risk: whether those who voted against what was carried lose their seats or membership more often.

Relative risk: P(removed, moved or struck off within a year | dissent) / P(same | no dissent), over delegates who voted
in the open in a term; Fisher's exact test, one-sided, and Holm's correction (1979) over the terms so far. Dissent is a
vote against a motion of an executive body that was carried. Removal is a recall, a seat that ended early above the
holder's head, being left out when those above put up the only names, or being struck off by somebody else. Published
only with five dissenters or more.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import comb, inf

from comitia.federation import moment
from comitia.federation.state import Term
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.ledger import Filling, Happened, between
from comitia.watch.view import YEAR_DAYS, View

RISK = Indicator(
    "I20", "reprisal risk", "P(removed within a year | dissent) / P(removed | no dissent)", "0 and up, or without end",
    "relative risk and Fisher's exact test, from epidemiology; Holm 1979",
    "a cause is not shown; published with 5 dissenters or more", "ratio",
)  # fmt: skip
CHANCE = Indicator(
    "I20", "chance of such a difference", "one-sided exact p of the table, times the terms compared (Holm)", "0 to 1",
    "Fisher 1935; Holm 1979", "small p says that it is no accident, not whose doing it is", "number",
)  # fmt: skip

LEAST_DISSENTERS = 5

_RENEWAL_DAYS = 62
"""A seat that lapses within two months is at stake when its body is filled anew."""


@dataclass(frozen=True, slots=True)
class Table:
    """Removed and not, of dissenters and of the others; ``acts`` are the removals of dissenters."""

    removed: int
    dissenters: int
    others_removed: int
    others: int
    acts: tuple[int, ...] = ()


def fisher(table: Table) -> Fraction:
    """Return the chance that as many dissenters or more were removed, the margins being given (Fisher 1935)."""
    removed = table.removed + table.others_removed
    whole = table.dissenters + table.others
    worst = min(table.dissenters, removed)
    ways = sum(
        comb(table.dissenters, k) * comb(table.others, removed - k)
        for k in range(table.removed, worst + 1)
        if removed - k <= table.others
    )
    return Fraction(ways, comb(whole, removed))


def relative_risk(table: Table) -> Fraction | float | None:
    """Return the ratio of the risks; infinite where none of the others was removed, None where nobody was."""
    if not table.removed and not table.others_removed:
        return None
    if not table.others_removed or not table.others:
        return inf
    return Fraction(table.removed, table.dissenters) / Fraction(table.others_removed, table.others)


def holm(chances: list[Fraction]) -> list[Fraction]:
    """Return the chances corrected for having been looked at together, in the same order (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    found, highest = [Fraction(1)] * len(chances), Fraction(0)
    for rank, place in enumerate(order):
        highest = max(highest, min(Fraction(1), (len(chances) - rank) * chances[place]))
        found[place] = highest
    return found


def table(view: View, since: str, until: str) -> Table:
    """Return who dissented after one moment and up to another, and who was removed within a year, as far as known."""
    first: dict[str, str] = {}
    dissent: dict[str, str] = {}
    for row in between(view.ledger.decided, since, until):
        for _, said in row.spoken:
            for member, choice in said.items():
                first.setdefault(member, row.at)
                if choice == "against" and row.carried and row.executive:
                    dissent.setdefault(member, row.at)
    struck = {row.what: row for row in view.happened(view.ledger.left) if row.by != row.what}
    hits = {m: _removal(view, m, dissent.get(m, at), struck.get(m)) for m, at in first.items()}
    removed = {m for m, act in hits.items() if act is not None}
    acts = tuple(sorted({act for m, act in hits.items() if m in dissent and act is not None}))
    return Table(
        len(removed & set(dissent)), len(dissent), len(removed - set(dissent)), len(first) - len(dissent), acts
    )


def _removal(view: View, member: str, since: str, struck: Happened | None) -> int | None:
    """Return the act by which a member was removed from a seat or struck off within a year of a moment, or None."""
    until = min(moment.after(since, days=YEAR_DAYS), view.at)
    if struck is not None and since < struck.at <= until:
        return struck.act
    for term in view.terms_of.get(member, ()):
        if term.ended and since < term.ended <= until and _is_removal(term):
            return term.ended_act
        dropped = _dropped(view, term)
        if dropped is not None and since < dropped.at <= until:
            return dropped.act
    return None


def _dropped(view: View, term: Term) -> Filling | None:
    """Return the filling at which those above put up the only names for a body, for her seat too, and left hers out.

    Seats are renewed together: her seat was at stake if it was filled by the act, or was about to lapse.
    """
    above = view.put_up.get(term.seat.partition(":")[0])
    if above is None:
        return None
    soon = moment.after(term.until, days=-_RENEWAL_DAYS)
    for filling in above:
        if filling.act > term.act and (filling.term.seat == term.seat or filling.at >= soon):
            kept = any(t.act == filling.act for t in view.terms_of[term.member])
            return None if kept else filling
    return None


def _is_removal(term: Term) -> bool:
    if term.ended_by == "recalled":
        return True
    # A seat that electors fill anew before it lapses is renewed; one that ends with its body was taken away.
    return term.ended_by == "dissolved"


def readings(view: View) -> tuple[Reading, ...]:
    """Return the risk and its chance for the last term; withheld with fewer than five dissenters."""
    windows = _windows(view)
    tables = [table(view, since, until) for since, until in windows]
    told = [t for t in tables if t.dissenters >= LEAST_DISSENTERS]
    last = tables[-1]
    articles = tuple(dict.fromkeys((*answers.motions(view.rules), *answers.recalls(view.rules))))
    if last.dissenters < LEAST_DISSENTERS:
        sentence = f"Fewer than {LEAST_DISSENTERS} delegates voted against what an executive body carried."
        return tuple(Reading(figure, "", None, 0, 0, sentence, (), articles) for figure in (RISK, CHANCE))
    chance = holm([fisher(t) for t in told])[-1]
    sentence = (
        f"Within a year of dissenting {last.removed} of {last.dissenters} delegates were removed, and "
        f"{last.others_removed} of {last.others} others."
    )
    return (
        Reading(RISK, "", relative_risk(last), last.removed, last.dissenters, sentence, last.acts, articles),
        Reading(
            CHANCE, "", float(chance), last.removed, last.dissenters,
            f"By chance as many or more would be among the dissenters with probability {float(chance):.2g}.",
            last.acts, articles,
        ),
    )  # fmt: skip


def _windows(view: View) -> list[tuple[str, str]]:
    """Return the terms so far, the last ending now, each as long as the longest of the charter and a year at least."""
    days = max(view.days(), YEAR_DAYS)
    begun = view.charters[0].at
    found: list[tuple[str, str]] = []
    until = view.at
    while until > begun and len(found) < 100:
        since = moment.after(until, days=-days)
        found.append((since, until))
        until = since
    return found[::-1] or [(begun, view.at)]
