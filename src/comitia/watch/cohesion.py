"""I7, cohesion of a body in its open votes: Rice, agreement index, share of unanimous divisions.

Rice (1924): |Y - N| / (Y + N), the mean over divisions. Agreement index of Hix, Noury and Roland (2005):
[max - (T - max)/2] / T over for, against and abstaining. High figures are usual where decisions are made by consent:
compare a body with its own past.
"""

from fractions import Fraction

from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, percent, share
from comitia.watch.view import View

RICE = Indicator(
    "I7", "Rice cohesion", "mean of |for - against| / (for + against) over the divisions of a term", "0 to 1",
    "Rice 1924", "high is usual under rules of consent: compare with the body's own past", "number",
)  # fmt: skip
AGREEMENT = Indicator(
    "I7", "agreement index", "mean of [max - (all - max)/2] / all, of for, against and abstaining", "0 to 1",
    "Hix, Noury and Roland 2005", "high is usual under rules of consent: compare with the body's own past", "number",
)  # fmt: skip
UNANIMOUS = Indicator(
    "I7", "unanimous divisions", "divisions in which nobody voted against or abstained / divisions of a term", "0 to 1",
    "share of unanimous divisions (docility)", "formal motions are often unanimous", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the three for each kind of body that voted in the open."""
    votes: dict[str, list[tuple[int, int, int, int]]] = {}
    for row in view.decided:
        for body, said in row.spoken:
            counts = [sum(choice == word for choice in said.values()) for word in ("for", "against", "abstain")]
            if len(said) > 1:
                votes.setdefault(body.partition("/")[0], []).append((*counts, row.act))  # type: ignore[arg-type]
    return tuple(one for kind, rows in votes.items() for one in _kind(view, kind, rows))


def _kind(view: View, kind: str, rows: list[tuple[int, int, int, int]]) -> tuple[Reading, ...]:
    where, articles = view.plural(kind), answers.motions(view.rules)
    divided = [(y, n) for y, n, _, _ in rows if y + n]
    rice = sum((Fraction(abs(y - n), y + n) for y, n in divided), Fraction(0)) / len(divided) if divided else None
    agreement = sum((_agreement(y, n, a) for y, n, a, _ in rows), Fraction(0)) / len(rows)
    unanimous = tuple(act for y, n, a, act in rows if not n and not a and y)
    many = f"{len(rows)} division{'s' if len(rows) > 1 else ''}"
    said = (
        f"In {many} of {where} the side that won led by {percent(rice)} of the votes on average."
        if rice is not None
        else f"In {many} of {where} everybody abstained."
    )
    return (
        share(
            UNANIMOUS, kind, (len(unanimous), len(rows)),
            f"{len(unanimous)} of {many} of {where} found nobody against and nobody abstaining.",
            acts=unanimous, articles=articles,
        ),
        Reading(RICE, kind, rice, len(divided), len(rows), said, (), articles),
        Reading(
            AGREEMENT, kind, agreement, len(rows), len(rows),
            f"The agreement index of {where} over {many} is {float(agreement):.2f}.", (), articles,
        ),
    )  # fmt: skip


def _agreement(yes: int, no: int, abstaining: int) -> Fraction:
    whole, most = yes + no + abstaining, max(yes, no, abstaining)
    return (most - Fraction(whole - most, 2)) / whole
