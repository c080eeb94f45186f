"""The books: the trial balance, accounts of a body, one account posting by posting, deviations, inspections."""

from dataclasses import dataclass
from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.books import balance, inspection
from comitia.books.inspection import Answer, Demand
from comitia.federation import acts, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Inspection, Season, State
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page, text_blob
from comitia.web.sums import accounts, orders
from comitia.web.sums.figures import figure, percent


@dataclass(frozen=True, slots=True)
class Open:
    """A delivery in transit, as it is read."""

    sent: int
    at: str
    sender: str
    receiver: str
    product: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Differs:
    """A deviation from the season's plan at its even pace, as it is read."""

    workplace: str
    subject: str
    key: str
    due: str
    done: str
    difference: str
    share: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An inspection and how it stands."""

    of: Inspection
    standing: str
    is_late: bool
    answer: str
    may_answer: bool


def books(request: HttpRequest) -> HttpResponse:
    """Show what the books say of the whole federation."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    season = next((s for s in reversed(state.seasons.values()) if s.adopted), None)
    sums = accounts.sums(state, at)
    bodies = accounts.bodies(state)
    context = {
        "sums": [(s, figure(s.entered), figure(s.sum)) for s in sums],
        "is_zero": all(s.sum == 0 for s in sums),
        "accounts": sum(s.accounts for s in sums),
        "transactions": len(state.journal),
        "holders": [(b, accounts.answering(state, b)) for b in bodies],
        "transit": _transit(state),
        "overdrawn": [
            (a.body, accounts.subject(a.unit), f"{figure(q)} {accounts.unit_words(state, a.unit)}")
            for a, q in balance.overdrawn(state.journal)
        ],
        "deviations": _deviations(state, season, at) if season else (),
        "season": season,
        "asked": _asked(state, who, at),
        "subjects": [b for b in standing.bodies(state) if b.kind.form == "elected"],
        "subject": request.GET.get("ask", ""),
        "inspection_id": fresh_id(state, "inspection"),
        "article": standing.charter(state).procedures.inspection_article,
        "days": standing.charter(state).procedures.inspection_days,
    }
    return page(request, "web/books.html", context)


def _transit(state: State) -> list[Open]:
    return [
        Open(
            o.sent,
            o.at,
            o.sender,
            o.receiver,
            accounts.subject(o.unit),
            f"{figure(o.quantity)} {accounts.unit_words(state, o.unit)}",
        )
        for o in balance.open_deliveries(state.journal)
    ]


def _deviations(state: State, season: Season, at: str) -> list[Differs]:
    """Return where done and due by now differ most, as a share of what is due."""
    draft = state.drafts[season.adopted]
    pace = orders.elapsed(state, season, at)
    rows: list[tuple[Fraction, Differs]] = []
    for d in orders.compared(state, draft):
        due = d.planned * pace
        difference = d.realised - due
        share = difference / due if due else Fraction(1)
        if difference:
            key = d.key.replace("|", ", ")
            shown = f"{percent(abs(share))} {'over' if difference > 0 else 'under'}" if due else "not ordered"
            named = d.workplace.partition("/")[2]
            row = Differs(named, d.subject, key, figure(due), figure(d.realised), figure(difference), shown)
            rows.append((abs(share), row))
    return [row for _, row in sorted(rows, key=lambda r: (-r[0], r[1].workplace, r[1].key))]


def _asked(state: State, who: str, at: str) -> list[Asked]:
    found = []
    for i in reversed(state.inspections.values()):
        demand = Demand(i.act, i.at, i.by, i.subject, i.question, i.deadline)
        answer = Answer(i.act, i.answered, i.act, i.answer) if i.answered else None
        match inspection.standing(demand, answer, at):
            case inspection.Waiting():
                said, late = "waiting for its answer", False
            case inspection.Answered():
                said, late = "answered in time", False
            case inspection.AnsweredLate():
                said, late = "answered late", True
            case inspection.Unanswered():
                said, late = "without an answer past its deadline", True
        text = state.blobs[i.answer].decode() if i.answer else ""
        may = not i.answered and standing.sits_in(state, who, i.subject, at)
        found.append(Asked(i, said, late, text, may))
    return found


def body(request: HttpRequest, body: str) -> HttpResponse:
    """Show the accounts of a body, and one of them posting by posting."""
    state = clerkroom.state()
    name = accounts.account_body(body)
    lines = accounts.lines(state, name)
    answering = accounts.answering(state, name)
    if not lines and not answering and standing.find_body(state, body) is None:
        raise Http404(f"Nobody called {body} has an account.")
    key = request.GET.get("account", "")
    chosen = accounts.account(name, key) if key else None
    shown = balance.ledger(state.journal, chosen) if chosen else ()
    context = {
        "name": name,
        "answering": answering,
        "measures": [
            (word, [(line, figure(line.entered), figure(line.left), figure(line.balance)) for line in rows])
            for word, rows in lines.items()
        ],
        "account": chosen,
        "account_words": f"{accounts.WORDS[chosen.kind]} of {accounts.subject(chosen.unit)}" if chosen else "",
        "unit": accounts.unit_words(state, chosen.unit) if chosen else "",
        "ledger": [(line, figure(line.quantity), figure(line.balance)) for line in reversed(shown)],
    }
    return page(request, "web/books_body.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Demand to see what a body has entered."""
    act = acts.InspectionDemanded(
        at=clerkroom.now(),
        by=member(request),
        inspection=request.POST.get("id", ""),
        subject=request.POST.get("subject", ""),
        question=request.POST.get("question", "").strip(),
    )
    messages.success(request, f"Your demand stands. It is act {clerkroom.submit(act)} of the record.")
    return redirect("/books/#inspections")


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Answer a demand for the body that was asked."""
    of = clerkroom.state().inspections.get(request.POST.get("inspection", ""))
    if of is None:
        raise Http404("There is no such inspection.")
    if not request.POST.get("text", "").strip():
        raise Refused(standing.charter(clerkroom.state()).procedures.inspection_article, "an answer needs a text")
    name, blobs = text_blob(request.POST["text"])
    act = acts.InspectionAnswered(
        at=clerkroom.now(), by=member(request), body=of.subject, inspection=of.id, answer=name
    )
    messages.success(request, f"The answer stands. It is act {clerkroom.submit(act, blobs=blobs)} of the record.")
    return redirect("/books/#inspections")


urlpatterns = [
    path("books/", books, name="books"),
    path("books/ask/", ask, name="books-ask"),
    path("books/answer/", answer, name="books-answer"),
    path("books/<path:body>/", body, name="books-body"),
]
