"""The record: the latest checkpoint, the acts newest first, one act with its proof, everything as one file."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.federation import acts
from comitia.record import blobs, checkpoint, cosignature, merkle, note as notes, policy as policies
from comitia.web import clerkroom, names
from comitia.web.page import page
from comitia.web.sums import proof

PAGE = 50
ENVELOPE = frozenset(("act", "v", "at", "by", "body", "sigs"))
DATED = re.compile(r"\d{4}-\d\d-\d\dT")


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The last size that witnesses cosigned, each witness with its moment ("" if it did not), what the quorum lacks."""

    size: int
    by: tuple[tuple[str, str], ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Row:
    """An act in the list."""

    index: int
    word: str
    at: str
    by: str
    body: str
    about: str


# Acts never change: what was read of them once is kept, by the folder that they stand in.
_READ: dict[Path, list[Row]] = {}


def _rows() -> list[Row]:
    clerk = clerkroom.clerk()
    read = _READ.setdefault(clerk.home.path, [])
    for leaf in clerk.leaves(len(read)):
        act = json.loads(leaf)
        read.append(Row(len(read), act["act"], act["at"], act["by"], act["body"], _about(act)))
    return read


def _about(act: Mapping[str, object]) -> str:
    """Return the first two short words of an act's payload, in the order in which its type names them."""
    fields = acts.BY_WORD[str(act["act"])].__struct_fields__
    values = (act[f] for f in fields if f in act and f not in ENVELOPE)
    said = [v for v in values if isinstance(v, str) and 0 < len(v) < 50 and v != act["by"] and not DATED.match(v)]
    return ", ".join(said[:2])


def record(request: HttpRequest) -> HttpResponse:
    """Show the checkpoint and the acts, those that hold the words searched for, newest first."""
    rows = _rows()
    wanted = request.GET.get("q", "").strip().casefold()
    terms = wanted.replace("_", " ").split()
    found = [r for r in reversed(rows) if all(t in _searched(r) for t in terms)]
    number = request.GET.get("page", "1")
    at_page = min(max(int(number), 1) if number.isdecimal() and len(number) < 8 else 1, max(1, -(-len(found) // PAGE)))
    note = clerkroom.clerk().checkpoint()
    head = checkpoint.parse(note)
    context = {
        "note": note.decode(),
        "head": head,
        "root": head.root.hex(),
        "vkey": clerkroom.clerk().vkey,
        "witnessed": _witnessed(),
        "rows": found[(at_page - 1) * PAGE : at_page * PAGE],
        "number": len(found),
        "q": request.GET.get("q", ""),
        "page": at_page,
        "newer": at_page - 1,
        "older": at_page + 1 if at_page * PAGE < len(found) else 0,
    }
    return page(request, "web/record.html", context)


def _witnessed() -> Witnessed | None:
    """Return who cosigned the record last, and when, if witnesses were asked."""
    clerk = clerkroom.clerk()
    cosigned = clerk.cosigned()
    if cosigned is None or not clerk.home.policy.exists():
        return None
    try:
        trusted = policies.parse(clerk.home.policy.read_bytes())
        at = policies.cosigned_at(notes.parse(cosigned), trusted.witnesses)
        policies.check_quorum(trusted, at)
        missing = ""
    except policies.QuorumMissing as fault:
        missing = str(fault)
    except (policies.PolicyWrong, notes.NoteFault) as fault:
        return Witnessed(checkpoint.parse(cosigned).size, (), str(fault))
    told = tuple(
        (each.name, cosignature.moment_text(at[each.name]) if each.name in at else "") for each in trusted.witnesses
    )
    return Witnessed(checkpoint.parse(cosigned).size, told, missing)


def _searched(row: Row) -> str:
    return f"{row.word.replace('_', ' ')} {row.by} {names.said(row.by)} {row.body} {row.about}".casefold()


def act(request: HttpRequest, index: int) -> HttpResponse:
    """Show one act: what it says, its bytes, its place in the tree with the proof, what corrects it."""
    state, clerk = clerkroom.state(), clerkroom.clerk()
    if index >= state.size:
        raise Http404(f"The record holds {state.size} acts, from 0 to {state.size - 1}.")
    leaf = clerk.leaf(index)
    note = clerk.checkpoint()
    head = checkpoint.parse(note)
    path_up = clerk.inclusion_proof(index)
    hashed = merkle.leaf_hash(leaf)
    try:
        merkle.check_inclusion(hashed, path_up, index=index, size=head.size, root=head.root)
        refused = ""
    except merkle.NotIncluded as fault:
        refused = str(fault)
    said = msgspec.to_builtins(acts.decode(leaf))
    texts = [(name, _text(state.blobs.get(name))) for name in sorted(blobs.named(said))]
    context = {
        "index": index,
        "vkey": clerk.vkey,
        "act": said,
        "fields": [(k, _readable(v)) for k, v in said.items() if k not in ENVELOPE],
        "signatures": said["sigs"],
        "leaf": leaf.decode(),
        "hashed": hashed.hex(),
        "steps": proof.steps(hashed, path_up, index=index, size=head.size),
        "root": head.root.hex(),
        "size": head.size,
        "refused": refused,
        "note": note.decode(),
        "corrections": state.corrections.get(index, ()),
        "texts": texts,
        "before": index - 1 if index else None,
        "after": index + 1 if index + 1 < state.size else None,
    }
    return page(request, "web/act.html", context)


def _readable(value: object) -> str:
    match value:
        case list() | tuple():
            return "; ".join(_readable(v) for v in value) if value else "none"
        case dict():
            return ", ".join(f"{k}: {v}" for k, v in value.items())
        case _:
            return str(value)


def _text(body: bytes | None) -> str:
    """Return a blob as text where it is short text, else what it is."""
    if body is None:
        return "missing"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"{len(body)} bytes, not text"
    return text if len(text) <= 6000 and "\0" not in text else f"{len(body)} bytes"


def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole record as one file, as the verifier takes it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "export.zip"
        clerkroom.clerk().export(out)
        body = out.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="record.zip"'}
    return HttpResponse(body, content_type="application/zip", headers=headers)


def receipt(request: HttpRequest, index: int) -> HttpResponse:
    """Hand out the proof that an act is in the record, to keep and to check without this server."""
    clerk = clerkroom.clerk()
    try:
        body = clerk.receipt(index)
    except IndexError as fault:
        raise Http404(str(fault)) from fault
    headers = {"Content-Disposition": f'attachment; filename="act-{index}.tlog-proof"'}
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=headers)


def act_bytes(request: HttpRequest, index: int) -> HttpResponse:
    """Hand out the bytes of an act, as they are hashed."""
    clerk = clerkroom.clerk()
    if index >= clerkroom.state().size:
        raise Http404(f"The record holds {clerkroom.state().size} acts, from 0 to {clerkroom.state().size - 1}.")
    headers = {"Content-Disposition": f'attachment; filename="act-{index}.json"'}
    return HttpResponse(clerk.leaf(index), content_type="application/json", headers=headers)


# Writing the file takes a while and holds the clerk's own lock.
export.lets_others_work = True  # type: ignore[attr-defined]


urlpatterns = [
    path("record/", record, name="record"),
    path("record/export.zip", export, name="record-export"),
    path("record/<int:index>/", act, name="act"),
    path("record/<int:index>/act.json", act_bytes, name="act-bytes"),
    path("record/<int:index>/receipt", receipt, name="act-receipt"),
]
