"""I23, assemblies overdue: how long ago bodies were filled by the charter's measure, seats lapsed, guests beside votes.

Source: congress tables of the Encyclopedia of Russian History (ed. Millar): intervals of 12, 13, 19 and 24 months, and
more guests than delegates in 1923. A body that has no vote in any matter, fills no seat and is filled by those who fill
a deciding body holds that body's guests.
"""

from fractions import Fraction

from comitia.charter.structure import Charter, Kind
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.last_refusal import days_between
from comitia.watch.view import View

OVERDUE = Indicator(
    "I23", "assembly overdue", "days since half of the seats of a body without groups were filled / its term",
    "0 and up",
    "congress intervals, Encyclopedia of Russian History", "a body may meet without being filled anew",
    "ratio",
)  # fmt: skip
LAPSED = Indicator(
    "I23", "terms overdue", "seats lapsed without an election since / seats that were ever filled", "0 to 1",
    "days since the charter's term", "a body may have shrunk", "share",
)  # fmt: skip
GUESTS = Indicator(
    "I23", "guests per delegate", "filled seats without a vote / filled seats with one, of the same electorate",
    "0 and up", "congress tables, Encyclopedia of Russian History", "only guests with seats in the record", "ratio",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the lapsed seats of the federation, then what is overdue and the guests by body."""
    overdue = [r for kind in view.seated_kinds if not kind.each for r in _overdue(view, kind)]
    guests = [r for kind in view.seated_kinds for r in _guests(view, kind)]
    return (_lapsed(view), *sorted(overdue, key=lambda r: -float(r.value or 0)), *guests)


def _lapsed(view: View) -> Reading:
    seats = [f for f in view.latest.values() if f.kind in view.rules.kinds]
    lapsed = [f for f in seats if f.term.until <= view.at and not (f.term.ended and f.term.ended < f.term.until)]
    articles = tuple(n for n in (view.rules.procedures.founding_article,) if n) or answers.seats(view.rules)
    if not lapsed:
        none = f"No term is overdue; {len(seats)} seats were looked at."
        return share(LAPSED, "", (0, len(seats)), none, articles=articles)
    longest = max(days_between(f.term.until, view.at) for f in lapsed)
    sentence = f"{len(lapsed)} of {len(seats)} seats lapsed without an election since, the first {longest} days ago."
    acts = tuple(sorted({f.act for f in lapsed}))
    return share(LAPSED, "", (len(lapsed), len(seats)), sentence, acts=acts, articles=articles)


def _overdue(view: View, kind: Kind) -> tuple[Reading, ...]:
    filled = view.by_body.get(kind.id, [])
    if not filled or not kind.term_days:
        return ()
    # The middle one of its seats: a by-election of a few is no meeting of the whole.
    last = sorted({f.term.seat: f for f in filled}.values(), key=lambda f: f.at)[
        (len({f.term.seat for f in filled}) - 1) // 2
    ]
    days = days_between(last.at, view.at)
    sentence = f"{view.plural(kind.id).capitalize()} was last filled {days} days ago, for {kind.term_days} days."
    value = Fraction(days, kind.term_days)
    articles = answers.seats(view.rules, kind.id)
    return (Reading(OVERDUE, kind.id, value, days, kind.term_days, sentence, (last.act,), articles),)


def is_consultative(charter: Charter, kind: Kind) -> bool:
    """Return whether a body has seats and neither a vote in any matter nor a part in filling seats."""
    votes = any(kind.id in m.decided_by or any(e.body == kind.id for e in m.exits) for m in charter.matters.values())
    kinds = charter.kinds.values()
    fills = any(kind.id == k.electors or kind.id in k.appointed_by or kind.id in k.houses for k in kinds)
    return kind.seats is not None and not kind.office and not votes and not fills


def _guests(view: View, kind: Kind) -> tuple[Reading, ...]:
    if is_consultative(view.rules, kind):
        return ()
    beside = [
        k for k in view.seated_kinds
        if k.id != kind.id and k.form == "elected" and k.electors == kind.electors and is_consultative(view.rules, k)
    ]  # fmt: skip
    guests = [f for k in beside for f in view.by_kind.get(k.id, [])]
    delegates = view.by_kind.get(kind.id, [])
    if not guests or not delegates:
        return ()
    sentence = f"{len(guests)} without a vote sit beside {len(delegates)} with one in {view.plural(kind.id)}."
    acts = tuple(sorted({f.act for f in guests}))
    value = Fraction(len(guests), len(delegates))
    articles = answers.seats(view.rules, kind.id)
    return (Reading(GUESTS, kind.id, value, len(guests), len(delegates), sentence, acts, articles),)
