"""The record: its latest checkpoint, every act, and the proof that one of them stands in it."""

import json
import tempfile
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.record import merkle
from comitia.web import clerkroom
from comitia.web.page import page

PER_PAGE = 50


def record(request: HttpRequest) -> HttpResponse:
    """Show the checkpoint and the acts, newest first, searched by any word of theirs."""
    clerk = clerkroom.clerk()
    wanted = request.GET.get("q", "").strip()
    leaves = clerk.leaves()
    found = [n for n in range(len(leaves) - 1, -1, -1) if wanted.encode() in leaves[n]]
    try:
        at = max(0, int(request.GET.get("page", "0")))
    except ValueError:
        at = 0
    rows = [(n, json.loads(leaves[n])) for n in found[at * PER_PAGE : (at + 1) * PER_PAGE]]
    context = {
        "note": clerk.checkpoint().decode(),
        "vkey": clerk.vkey,
        "size": len(leaves),
        "found": len(found),
        "rows": rows,
        "wanted": wanted,
        "newer": at - 1 if at else None,
        "older": at + 1 if (at + 1) * PER_PAGE < len(found) else None,
    }
    return page(request, "web/record.html", context)


def act(request: HttpRequest, index: int) -> HttpResponse:
    """Show one act, its bytes, and its inclusion proof, checked step by step."""
    clerk = clerkroom.clerk()
    state = clerkroom.state()
    if index >= state.size:
        raise Http404(f"The record holds acts 0 to {state.size - 1}; there is no act {index} yet.")
    leaf = clerk.leaf(index)
    proof = clerk.inclusion_proof(index)
    root = clerk.root()
    own = merkle.leaf_hash(leaf)
    merkle.check_inclusion(own, proof, index=index, size=state.size, root=root)
    told = json.loads(leaf)
    hidden = ("act", "v", "at", "by", "body", "sigs")
    context = {
        "index": index,
        "told": told,
        "fields": [(k, _shown(v)) for k, v in told.items() if k not in hidden],
        "bytes": leaf.decode(),
        "leaf_hash": own.hex(),
        "proof": [h.hex() for h in proof],
        "root": root.hex(),
        "size": state.size,
        "signed": told["sigs"][0]["kind"] == "ed25519",
        "corrections": state.corrections.get(index, []),
        "earlier": index - 1 if index else None,
        "later": index + 1 if index + 1 < state.size else None,
    }
    return page(request, "web/act.html", context)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def export(request: HttpRequest) -> FileResponse:
    """Hand out the whole record as one file, which anybody verifies offline."""
    # The file is unlinked when its folder goes, and stays readable until the answer is sent.
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "record.zip"
        clerkroom.clerk().export(out)
        return FileResponse(out.open("rb"), as_attachment=True, filename="record.zip")


urlpatterns = [
    path("record/", record, name="record"),
    path("record/export.zip", export, name="record-export"),
    path("record/<int:index>/", act, name="act"),
]
