"""I16, officials: holders of offices and appointed posts beside the members, among the delegates, and carried over.

Source: administrative intensity (Bendix 1956; Melman 1951). An official holds a seat of an office or of an appointed
body. The record holds no pay, so that a ratio of pay is not told.
"""

from fractions import Fraction

from comitia.charter.structure import Kind
from comitia.watch import answers, appointment_reach
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

RATIO = Indicator(
    "I16", "officials per member", "people in offices and appointed posts / members", "0 to 1",
    "administrative intensity, Bendix 1956, Melman 1951", "unpaid offices count; paid work without a seat does not",
    "share",
)  # fmt: skip
STAFF = Indicator(
    "I16", "officials among delegates", "seats of the highest bodies held by officials / their filled seats", "0 to 1",
    "administrative intensity, Bendix 1956", "where the charter keeps them apart it is 0 by rule", "share",
)  # fmt: skip
CARRIED = Indicator(
    "I16", "carry-over share", "seats held by officers who sat before the founding / seats held", "0 to 1",
    "Lewin, Lenin's Last Struggle (old officials)", "falls by itself as elections come", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for the federation."""
    official = {f.term.member for f in view.running if (kind := view.rules.kinds.get(f.kind)) and is_official(kind)}
    delegates = [f for f in view.running if f.kind in appointment_reach.highest(view)]
    staff = [f for f in delegates if f.term.member in official]
    carried = [f for f in view.running if f.how == "carried over"]
    articles = answers.seats(view.rules)
    offices = tuple(dict.fromkeys(k.article for k in view.seated_kinds if is_official(k)))
    per = f" (one for {float(Fraction(view.members, len(official))):.0f})" if official else ""
    return (
        share(
            RATIO, "", (len(official), view.members),
            f"{len(official)} officials stand beside {view.members} members{per}.", articles=offices or articles,
        ),
        share(
            STAFF, "", (len(staff), len(delegates)),
            f"{len(staff)} of {len(delegates)} seats of the highest bodies are held by officials.",
            acts=tuple(sorted({f.act for f in staff})), articles=articles,
        ),
        share(
            CARRIED, "", (len(carried), len(view.running)),
            f"{len(carried)} of {len(view.running)} seats held are held by officers carried over.",
            acts=tuple(sorted({f.act for f in carried})),
            articles=tuple(n for n in (view.rules.procedures.founding_article,) if n),
        ),
    )  # fmt: skip


def is_official(kind: Kind) -> bool:
    """Return whether whoever sits in a body of a kind is an official: it is an office, or appointed."""
    return kind.office or kind.form == "appointed"
