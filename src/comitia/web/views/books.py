"""The open books: the trial balance, a body's accounts, one account's postings, what is on its way, inspections."""

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comitia.books import balance, quantity
from comitia.books.journal import Account, Kind
from comitia.federation import acts, standing
from comitia.federation.refusal import Refused
from comitia.web import clerkroom
from comitia.web.page import fresh_id, member, page, text_blob

KINDS = {
    Kind.STOCK: "stock",
    Kind.IN_TRANSIT: "on its way",
    Kind.PROCESS: "made and used up",
    Kind.OPENING: "opening",
    Kind.DIFFERENCE: "differences when counted",
    Kind.LABOUR: "hours worked",
    Kind.RUNS: "runs",
    Kind.CONSUMED: "received for use",
    Kind.CASH: "cash",
    Kind.OUTSIDE: "outside",
}


def said(number: Fraction) -> str:
    """Return a quantity as a decimal with thin groups of three, or as a fraction where no decimal is exact."""
    try:
        text = quantity.format_decimal(number)
    except quantity.NotFiniteDecimal:
        return str(number)
    whole, point, part = text.partition(".")
    return f"{int(whole):,}".replace(",", " ") + point + part if whole not in ("-0",) else text


def unit_said(unit: str) -> str:
    """Return a unit of the books in words: ``wheat``, ``hours of drivers``, ``runs of bake``, ``money``."""
    kind, _, name = unit.partition(":")
    return {"product": name, "hours": f"hours of {name}", "runs": f"runs of {name}"}.get(kind, unit)


def books(request: HttpRequest) -> HttpResponse:
    """Show the trial balance by unit, who has books, what is on its way, and the inspections."""
    state, at = clerkroom.state(), clerkroom.now()
    found = balance.trial_balance(state.journal, at)
    bodies: dict[str, int] = {}
    for row in found.rows:
        bodies[row.account.body] = bodies.get(row.account.body, 0) + 1
    rows: dict[str, tuple[Fraction, Fraction]] = {}
    for row in found.rows:
        entered, left = rows.get(row.account.unit, (Fraction(0), Fraction(0)))
        rows[row.account.unit] = entered + row.entered, left + row.left
    sums = [(unit_said(u), said(e), said(o), said(found.sums[u])) for u, (e, o) in sorted(rows.items())]
    transit = [(o, unit_said(o.unit), said(o.quantity)) for o in balance.open_deliveries(state.journal)]
    below = [(a.body, unit_said(a.unit), said(q)) for a, q in balance.overdrawn(state.journal)]
    context = {
        "sums": sums,
        "closes": all(v == 0 for v in found.sums.values()),
        "bodies": sorted(bodies.items()),
        "transit": transit,
        "below": below,
        "inspections": [(i, at > i.deadline and not i.answered) for i in reversed(state.inspections.values())],
        "mine": standing.bodies_of(state, member(request), at),
        "answerable": [b for b in standing.bodies(state) if b.kind.form == "elected"],
        "fresh": fresh_id(state, "inspection"),
    }
    return page(request, "web/books.html", context)


def accounts(request: HttpRequest, body: str) -> HttpResponse:
    """Show the accounts of one body, or the postings of one of them."""
    state = clerkroom.state()
    found = balance.accounts_of(state.journal, body)
    if not found:
        raise Http404(f"No account of {body!r} has a posting; the books list every body that has one.")
    rows = [
        (KINDS[r.account.kind], unit_said(r.account.unit), r.account, said(r.entered), said(r.left), said(r.balance))
        for r in found
    ]
    ledger = None
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    if kind in Kind.__members__.values():
        account = Account(body, Kind(kind), unit)
        lines = balance.ledger(state.journal, account)
        ledger = {
            "title": f"{KINDS[account.kind]}, {unit_said(unit)}",
            "lines": [(line, said(line.quantity), said(line.balance)) for line in lines],
        }
    return page(request, "web/accounts.html", {"body": body, "rows": rows, "ledger": ledger})


@require_POST
def demand(request: HttpRequest) -> HttpResponse:
    """Demand to inspect a body's books."""
    act = acts.InspectionDemanded(
        at=clerkroom.now(),
        by=member(request),
        inspection=request.POST.get("id", ""),
        subject=request.POST.get("subject", ""),
        question=request.POST.get("question", ""),
    )
    clerkroom.submit(act)
    return redirect("books")


@require_POST
def answer(request: HttpRequest, inspection: str) -> HttpResponse:
    """Answer an inspection for the body that was asked."""
    found = clerkroom.state().inspections.get(inspection)
    if found is None:
        raise Refused("record", f"there is no inspection {inspection!r}")
    name, blobs = text_blob(request.POST.get("answer", ""))
    act = acts.InspectionAnswered(
        at=clerkroom.now(), by=member(request), body=found.subject, inspection=inspection, answer=name
    )
    clerkroom.submit(act, blobs=blobs)
    return redirect("books")


urlpatterns = [
    path("books/", books, name="books"),
    path("books/inspections/", demand, name="inspection-demand"),
    path("books/inspections/<str:inspection>/", answer, name="inspection-answer"),
    path("books/<path:body>/", accounts, name="accounts"),
]
