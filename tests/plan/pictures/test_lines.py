"""Lines over rounds as SVG: names that never lie on each other, ticks that are not cut off."""

from xml.etree import ElementTree

from hypothesis import given, strategies as st

from comitia.plan.pictures import lines, svg
from comitia.plan.pictures.lines import Line

SVG = "{http://www.w3.org/2000/svg}"


def texts(*ends: float) -> list[tuple[str, float, float, str]]:
    """Return the texts of a picture of lines that end at these values: class, x, y, words."""
    drawn = [Line(f"line {n}", "value", ((1, 0.0), (2, end))) for n, end in enumerate(ends)]
    tree = ElementTree.fromstring(lines.lines(drawn, id="x", title="Lines", description="Some lines."))
    return [
        (t.get("class", ""), float(t.get("x", "")), float(t.get("y", "")), t.text or "")
        for t in tree.iter(f"{SVG}text")
    ]


@given(st.lists(st.floats(-1e8, 1e8), min_size=2, max_size=2))
def test_names_stand_apart_inside_the_picture(ends: list[float]) -> None:
    names = sorted(y for kind, _, y, _ in texts(*ends) if kind.startswith("label"))

    assert names[1] - names[0] >= lines.APART - 0.1
    assert names[0] >= svg.SIZE
    assert names[1] <= lines.HEIGHT - lines.BOTTOM


@given(st.floats(-1e12, 1e12))
def test_ticks_have_room_on_the_left(end: float) -> None:
    for kind, x, _, words in texts(end):
        if kind == "tick end":
            assert x - svg.width_of(words, lines.TICK) >= 0
