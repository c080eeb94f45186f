"""I9, contestation: whether elections are choices. Contested seats, candidates for a seat, closeness, defeats.

Source: union democracy, Lipset, Trow and Coleman 1956; Edelstein and Warner 1975. Closeness is 1 less the lead of the
last elected over the first not elected, per valid paper, at the last stage of the count.
"""

from fractions import Fraction

from comitia.watch import answers
from comitia.watch.indicator import LEAST_VOTERS, Indicator, Reading, percent, share
from comitia.watch.ledger import Counted
from comitia.watch.view import View

CONTESTED = Indicator(
    "I9", "contested share", "seats put to election with more candidates than seats / seats put to election in a term",
    "0 to 1", "Lipset, Trow and Coleman 1956; Edelstein and Warner 1975",
    "in small bodies everybody may have had a turn", "share",
)  # fmt: skip
PER_SEAT = Indicator(
    "I9", "candidates per seat", "candidates on the ballots / seats put to election in a term", "0 and up",
    "Edelstein and Warner 1975", "paper candidates raise it", "ratio",
)  # fmt: skip
CLOSENESS = Indicator(
    "I9", "closeness", "mean of 1 - lead of the last elected over the first not elected, at the last stage", "0 to 1",
    "Edelstein and Warner 1975", "a count by transfers leads otherwise than one by pluralities", "number",
)  # fmt: skip
DEFEATS = Indicator(
    "I9", "incumbent defeat rate", "holders beaten / holders who stood again in a term", "0 to 1",
    "Lipset, Trow and Coleman 1956", "good holders are re-elected", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the four for the federation, then the contested share of each kind with a seat that was not contested."""
    rows = view.counted()
    kinds = dict.fromkeys(row.kind for row in rows)
    per_kind = [_contested(view, kind, list(view.counted(kind))) for kind in kinds]
    return (
        _contested(view, "", list(rows)), _per_seat(view, list(rows)), _closeness(view, list(rows)),
        _defeats(view, list(rows)), *(r for r in per_kind if r.count < r.of),
    )  # fmt: skip


def _contested(view: View, kind: str, rows: list[Counted]) -> Reading:
    seats = sum(r.seats for r in rows)
    contested = sum(r.seats for r in rows if r.standing > r.seats)
    acts = tuple(r.act for r in rows if r.standing <= r.seats)
    sentence = f"{contested} of {seats} seats of {view.where(kind)} put to election had more candidates than seats."
    return share(
        CONTESTED, kind, (contested, seats), sentence, acts=acts, articles=answers.seats(view.rules, kind)
    )  # fmt: skip


def _per_seat(view: View, rows: list[Counted]) -> Reading:
    seats, stood = sum(r.seats for r in rows), sum(r.standing for r in rows)
    value = Fraction(stood, seats) if seats else None
    articles = answers.acts(view.rules, "candidate_nominated")
    return Reading(PER_SEAT, "", value, stood, seats, f"{stood} candidates stood for {seats} seats.", (), articles)


def _closeness(view: View, rows: list[Counted]) -> Reading:
    # Members vote in secret: of fewer than ten voters nothing is said.
    told = [r.margin for r in rows if r.margin is not None and r.voted >= LEAST_VOTERS]
    withheld = sum(r.margin is not None and r.voted < LEAST_VOTERS for r in rows)
    articles = answers.seats(view.rules)
    note = f" {withheld} with fewer than {LEAST_VOTERS} voters are withheld." if withheld else ""
    if not told:
        return Reading(CLOSENESS, "", None, 0, 0, f"No contested election to tell of.{note}", (), articles)
    value = 1 - sum(told, Fraction(0)) / len(told)
    sentence = f"In {len(told)} contested elections the last elected led by {percent(1 - value)} on average.{note}"
    return Reading(CLOSENESS, "", value, len(told), len(told), sentence, (), articles)


def _defeats(view: View, rows: list[Counted]) -> Reading:
    stood, beaten = sum(r.incumbents for r in rows), sum(r.beaten for r in rows)
    acts = tuple(r.act for r in rows if r.beaten)
    sentence = f"{beaten} of {stood} holders who stood again were not elected."
    return share(DEFEATS, "", (beaten, stood), sentence, acts=acts, articles=answers.seats(view.rules))
