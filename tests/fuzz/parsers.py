"""Every parser of bytes from outside: what it may raise, where a search begins, what must hold of what it read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from comitia.books import quantity
from comitia.charter import parse as charter, reading
from comitia.clerk import roster
from comitia.decide import ballot_file, gathering, marks, profile
from comitia.federation import acts, moment
from comitia.federation.refusal import Refused
from comitia.plan import economy as economies, packing, units
from comitia.record import (
    blind_rsa,
    canonical,
    checkpoint,
    cosignature,
    mirror,
    note,
    policy,
    receipt,
    strict_base64,
    tiles,
    witness,
    zipped,
)

VECTORS = Path(__file__).parents[2] / "spec" / "vectors"
CHARTER = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_bytes()
RULES = charter.parse(CHARTER.decode(), file="charter.toml")


def _vectors(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text())
    return read


SIGNED = _vectors("checkpoint")
EXPORT = _vectors("export")
ZIP = strict_base64.decode(EXPORT["zip"])
BUNDLE = strict_base64.decode(EXPORT["files"]["tile/entries/000.p/3"])
LEAVES = [leaf for leaf, _ in mirror.entries(BUNDLE, "tile/entries/000.p/3", 0, 3)]
WITNESS = _vectors("witness")
BALLOTS = (
    b'3 1\n2 1 2 0\n1 3=1 0\n0\n"Ada"\n"Bo"\n"Cy"\n"Title"\n',
    b"# ALTERNATIVE NAME 1: Ada\n# ALTERNATIVE NAME 2: Bo\n# NUMBER ALTERNATIVES: 2\n2: 1,2\n1: {1,2}\n",
    b"27:A>B>C\n5: B=C/3\n[B]\n",
    b'{"candidates":["a","b"],"ballots":[[["a"],["b"]]]}',
)


@dataclass(frozen=True)
class Parser:
    """A parser.

    Attributes:
        parse: reads bytes; returns nothing, and raises AssertionError where what it read is not what was given.
        faults: what it may raise; anything else is a defect.
        seeds: bytes from which a search begins.
    """

    name: str
    parse: Callable[[bytes], object]
    faults: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]


def _same(one: bytes, other: bytes) -> None:
    assert one == other, f"read as {one[:80]!r} what was {other[:80]!r}"


def _text(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda raw: parse(raw.decode("utf-8", errors="replace"))


def _base64(raw: bytes) -> None:
    text = raw.decode("latin-1")
    _same(strict_base64.encode(strict_base64.decode(text)).encode(), raw)


def _act(raw: bytes) -> None:
    _same(acts.encode(acts.decode(raw)), raw)


def _zip(raw: bytes) -> None:
    found = zipped.unpack(raw)
    assert sum(map(len, found.values())) <= len(raw)


def _bundle(raw: bytes) -> None:
    leaves = [leaf for leaf, _ in mirror.entries(raw, "bundle", 0, 3)]
    _same(tiles.entry_bundle(leaves, 0), raw)


def _receipt(raw: bytes) -> None:
    read = receipt.parse(raw)
    _same(receipt.format(read.index, read.proof, read.note), raw)


def _quantity(text: str) -> None:
    assert isinstance(quantity.parse(text), Fraction)


def _roster(raw: bytes) -> None:
    half = len(raw) // 2
    roster.read(RULES, ("bodies.csv", raw[:half]), ("members.csv", raw[half:]))


PARSERS = (
    Parser(
        "canonical",
        lambda raw: _same(canonical.encode(canonical.decode(raw)), raw),
        (canonical.NotCanonical,),
        tuple(LEAVES),
    ),
    Parser("act", _act, (canonical.NotCanonical, acts.NotAnAct), tuple(LEAVES)),
    Parser("base64", _base64, (strict_base64.NotBase64,), (b"AAECAw==", b"AQ==")),
    Parser(
        "note",
        lambda raw: _same(note.format(note.parse(raw)), raw),
        (note.NoteFault,),
        (SIGNED["checkpoint"].encode(), *(each["note"].encode() for each in SIGNED["refused"])),
    ),
    Parser(
        "checkpoint", checkpoint.parse, (note.NoteFault, checkpoint.CheckpointFault), (SIGNED["checkpoint"].encode(),)
    ),
    Parser("vkey", _text(note.parse_vkey), (note.NoteFault,), (SIGNED["vkey"].encode(),)),
    Parser("signing key", _text(note.parse_signing_key), (note.NoteFault,), (SIGNED["signing_key"].encode(),)),
    Parser("witness key", _text(cosignature.parse_vkey), (note.NoteFault,), (SIGNED["vkey"].encode(),)),
    Parser(
        "witness signing key",
        _text(cosignature.parse_signing_key),
        (note.NoteFault,),
        (SIGNED["signing_key"].encode(),),
    ),
    Parser("policy", policy.parse, (policy.PolicyWrong,), ("\n".join(WITNESS["policy"]).encode(),)),
    Parser("receipt", _receipt, (receipt.ReceiptFault,), (SIGNED["receipt_of_act_1"].encode(),)),
    Parser(
        "witness request",
        witness.parse_request,
        (witness.RequestWrong,),
        (b"old 1\nTwSBOV/HMicwl7/3M81ZYjbHGvxGp7Y0vxvMsMwr+Ik=\n\n" + SIGNED["checkpoint"].encode(),),
    ),
    Parser("zip", _zip, (zipped.BadZip,), (ZIP,)),
    Parser("entry bundle", _bundle, (mirror.Torn,), (BUNDLE,)),
    Parser("issuer key", blind_rsa.parse_key, (blind_rsa.BlindFault,), (b"\xff" * 256, b"\x80" + bytes(254) + b"\x01")),
    Parser(
        "charter",
        lambda raw: charter.parse(raw.decode("utf-8", errors="replace"), file="c.toml"),
        (reading.WrongCharter,),
        (CHARTER,),
    ),
    Parser(
        "ballots",
        ballot_file.parse,
        (gathering.BallotFileWrong, ballot_file.FormatUnknown, profile.ProfileWrong, marks.MarksUnread),
        BALLOTS,
    ),
    Parser(
        "roster",
        _roster,
        (),
        (b"roll,id,name,within\nworkplace,mill,Mill,\nmember,name,contact,workplace\n1,A,,mill\n",),
    ),
    Parser("moment", _text(moment.check_moment), (Refused,), (b"2026-01-05T08:00:00Z",)),
    Parser("quantity", _text(_quantity), (quantity.NotDecimalText,), (b"1/3", b"-12.5")),
    Parser("unit", _text(units.parse), (), (b"t", b"kWh", b"m3/h")),
    Parser("packed plan", packing.unpack, (packing.NotAPlan,), (b"{}",)),
    Parser("packed economy", packing.unpack_economy, (economies.EconomyFault,), (b"{}",)),
)
