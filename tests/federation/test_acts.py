import runpy
from pathlib import Path

import pytest
from small import START

from comitia.federation import acts
from comitia.record.canonical import NotCanonical

SPEC = Path(__file__).parents[2] / "spec"


def test_the_specification_names_every_act_and_field() -> None:
    page = runpy.run_path(str(SPEC / "make_acts.py"))["page"]

    assert page() == (SPEC / "acts.md").read_text(encoding="utf-8")


def test_an_act_has_the_bytes_that_the_specification_prescribes() -> None:
    act = acts.SeatResigned(at=START, by="m-0001", seat="board:1")

    assert acts.encode(act) == (
        b'{"act":"seat_resigned","at":"2026-01-05T08:00:00Z","body":"","by":"m-0001","seat":"board:1",'
        b'"sigs":[{"key":"","kind":"server","sig":""}],"v":1}'
    )
    assert acts.decode(acts.encode(act)) == act


def test_an_act_that_leaves_a_field_out_is_no_act() -> None:
    leaf = b'{"act":"seat_resigned","at":"2026-01-05T08:00:00Z","by":"m-0001","seat":"board:1"}'
    with pytest.raises(acts.NotAnAct, match="leaves out fields"):
        acts.decode(leaf)


def test_an_act_with_an_unknown_field_word_or_version_is_no_act() -> None:
    known = acts.encode(acts.SeatResigned(at=START, by="m-0001", seat="board:1"))
    for wrong in (
        known.replace(b'"v":1', b'"v":2'),
        known.replace(b"seat_resigned", b"seat_sold"),
        known.replace(b'"v":1', b'"v":1,"why":"x"'),
    ):
        with pytest.raises(acts.NotAnAct):
            acts.decode(wrong)


def test_bytes_out_of_canonical_order_are_refused() -> None:
    known = acts.encode(acts.SeatResigned(at=START, by="m-0001", seat="board:1"))
    with pytest.raises(NotCanonical):
        acts.decode(known.replace(b'{"act"', b'{ "act"'))
