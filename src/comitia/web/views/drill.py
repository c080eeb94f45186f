"""The drill: how few could decide each matter, by the charter in force, by a motion to change it, or by a text to try.

Nothing that is tried here is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from comitia.charter import faults
from comitia.charter.structure import Charter
from comitia.drill import living, repairs
from comitia.drill.capture import Capture
from comitia.drill.cells import Cells
from comitia.drill.repairs import Repair
from comitia.federation import founding, standing
from comitia.federation.state import Motion, State
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.sums import captures, layers
from comitia.web.sums.captures import Drilled

REPAIRS = 5
# A box is coloured where fewer than this share of all members decide: strongly, less, a little.
TINTS = ((0.05, 3), (0.15, 2), (0.33, 1))


@dataclass(frozen=True, slots=True)
class Row:
    """A matter: sure and enough under the charter chosen, sure under the one in force if that is another."""

    sure: Drilled
    enough: Capture | None
    before: Capture | None

    @property
    def is_lower(self) -> bool:
        """Whether fewer decide it than under the charter in force, for certain."""
        now = self.sure.found
        return now is not None and self.before is not None and now.people < self.before.bound


@dataclass(frozen=True, slots=True)
class Asked:
    """What is drilled: a charter with its text, the members; ``wrong`` says why the text cannot be carried out."""

    text: str
    charter: Charter
    in_force: Charter
    in_force_hash: str
    cells: Cells
    wrong: str

    @property
    def is_in_force(self) -> bool:
        """Whether it is the charter in force."""
        return self.charter is self.in_force


@require_http_methods(["GET", "POST"])
def drill(request: HttpRequest) -> HttpResponse:
    """Show a charter's findings, its capture numbers, one matter in full, and what another charter would change."""
    with clerkroom.ONE:
        state, at = clerkroom.state(), clerkroom.now()
        proposed = _proposed(state)
        asked = _asked(state, request, proposed)
        layered = layers.layers(state)
    rows = _rows(asked)
    chosen = next((r for r in rows if r.sure.matter.id == _given(request, "matter")), None)
    # Long: no page of others waits for it.
    best = _repairs(asked, chosen)
    with clerkroom.ONE:
        picture = ""
        if asked.is_in_force:
            title = "How few decide in each kind of body"
            picture = mark_safe(layers.picture(state, layered, at, title=title, notes=_notes(rows)))
        context = {
            "asked": asked,
            "proposed": proposed,
            "motion": _given(request, "motion"),
            "picture": picture,
            "faults": faults.find_faults(asked.charter),
            "rows": sorted(rows, key=_fewest),
            "fewer": [r for r in rows if r.is_lower],
            "chosen": chosen,
            "repairs": best,
            "attach": _attached(asked, chosen, best),
        }
        return page(request, "web/drill.html", context, status=422 if asked.wrong else 200)


drill.lets_others_work = True  # type: ignore[attr-defined]


def _given(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "") or request.GET.get(name, "")


def _proposed(state: State) -> list[Motion]:
    """Return the motions that would change the charter and are not decided."""
    return [
        m
        for m in state.motions.values()
        if m.on.effect == "charter" and not m.amends and m.outcome in ("", "deadlock") and m.figures in state.blobs
    ]


def _asked(state: State, request: HttpRequest, proposed: list[Motion]) -> Asked:
    in_force, cells = standing.charter(state), living.cells_of(state)
    now = (in_force, state.charter_hash, cells)
    own = state.blobs[state.charter_hash].decode()
    text = own
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
    elif name := request.GET.get("motion", ""):
        motion = next((m for m in proposed if m.id == name), None)
        if motion is None:
            raise Http404(f"No undecided motion {name} would change the charter.")
        text = state.blobs[motion.figures].decode()
    if text == own:
        return Asked(text, in_force, *now, "")
    try:
        return Asked(text, founding.readable_charter(text.encode()), *now, "")
    except founding.NotExecutable as fault:
        return Asked(text, in_force, *now, str(fault))


def _rows(asked: Asked) -> list[Row]:
    name = asked.in_force_hash if asked.is_in_force else captures.hash_of(asked.text)
    sure = captures.of(name, asked.charter, asked.cells)
    enough = captures.of(name, asked.charter, asked.cells, others="absent")
    before: Mapping[str, Capture | None] = {}
    if not asked.is_in_force:
        before = {d.matter.id: d.found for d in captures.of(asked.in_force_hash, asked.in_force, asked.cells)}
    return [Row(s, e.found, before.get(s.matter.id)) for s, e in zip(sure, enough, strict=True)]


def _fewest(row: Row) -> tuple[bool, bool, int]:
    found = row.sure.found
    return found is None, len(row.sure.matter.decided_by) < 2, found.people if found else 0


def _notes(rows: list[Row]) -> dict[str, layers.Note]:
    """Return by kind of body the fewest who decide a matter there: alone if it decides one alone, else with others."""
    found: dict[str, tuple[bool, Capture]] = {}
    for row in rows:
        if row.sure.found is None:
            continue
        kinds = row.sure.matter.decided_by
        for kind in kinds:
            this = (len(kinds) > 1, row.sure.found)
            if kind not in found or (this[0], this[1].people) < (found[kind][0], found[kind][1].people):
                found[kind] = this
    return {kind: _note(joint, capture) for kind, (joint, capture) in found.items()}


def _note(joint: bool, found: Capture) -> layers.Note:
    tint = next((tint for share, tint in TINTS if found.people < share * found.members), 0)
    return layers.Note(f"{found.people} decide{' jointly' if joint else ''}", tint)


def _repairs(asked: Asked, chosen: Row | None) -> tuple[Repair, ...]:
    if chosen is None or chosen.sure.found is None:
        return ()
    found = repairs.weakest(asked.charter, chosen.sure.matter, asked.cells, seconds=captures.SECONDS)
    return found[:REPAIRS]


def _attached(asked: Asked, chosen: Row | None, best: tuple[Repair, ...]) -> str:
    """Return the query with which the page for a new motion opens with this finding in it."""
    if chosen is None or chosen.sure.found is None or not asked.is_in_force:
        return ""
    found = chosen.sure.found
    lines = [
        f"As few as {found.people} of {found.members} members, agreeing, can decide: {found.name} "
        f"(article {found.article}).",
        f"With a pencil: {found.arithmetic}",
    ]
    lines += [f"Article {one.article}. {one.words}: then {one.after.people}." for one in best[:1]]
    return urlencode({"title": f"How few decide: {found.name}"[:160], "text": "\n".join(lines)})


urlpatterns = [path("drill/", drill, name="drill")]
