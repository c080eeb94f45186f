"""An indicator over time as a small picture."""

from math import inf
from xml.etree import ElementTree

from hypothesis import given, strategies as st

from comitia.web.pictures import course
from comitia.web.pictures.course import Course

SVG = "{http://www.w3.org/2000/svg}"


def picture(*values: float | None, level: float | None = None, most: float | None = None) -> ElementTree.Element:
    places = tuple(n / (len(values) - 1) if len(values) > 1 else 1.0 for n in range(len(values)))
    of = Course(values, places, level, most, ("2026-01-01", "2026-12-31"), "share over time", "four moments")
    return ElementTree.fromstring(course.drawn(of, id="c", said=("0 %", "100 %")))


def points(of: ElementTree.Element) -> list[str]:
    return [line.attrib["points"] for line in of.iter(f"{SVG}polyline") if line.attrib["class"] == "line"]


def test_points_run_from_the_first_moment_to_the_last_on_the_scale() -> None:
    of = picture(0.0, 0.5, 1.0, most=1.0, level=0.5)

    assert points(of) == ["74,94 210,54 346,14"]
    (level,) = of.iter(f"{SVG}line")
    assert (level.attrib["y1"], level.attrib["y2"]) == ("54", "54")
    assert [t.text for t in of.iter(f"{SVG}text")] == ["100 %", "0 %", "2026-01-01", "2026-12-31"]


def test_moments_lie_as_far_apart_as_their_days() -> None:
    of = Course((1.0, 1.0, 1.0), (0.0, 0.75, 1.0), None, 1.0, ("a", "b"), "", "")

    assert points(ElementTree.fromstring(course.drawn(of, id="c", said=("", "")))) == ["74,14 278,14 346,14"]


def test_where_nothing_is_told_the_line_is_broken() -> None:
    assert points(picture(1.0, None, None, 2.0, 3.0)) == ["74,67.3", "278,40.7 346,14"]
    assert points(picture(None, None)) == []


def test_without_end_stands_at_the_top_and_does_not_stretch_the_scale() -> None:
    of = Course((1.0, inf), (0.0, 1.0), None, None, ("a", "b"), "", "")

    assert course.largest(of) == 1.0
    assert points(picture(2.0, 4.0, inf)) == ["74,54 210,14 346,14"]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6), st.just(inf)), max_size=30))
def test_every_course_is_well_formed_and_within_its_frame(values: list[float | None]) -> None:
    of = picture(*values)
    drawn = [tuple(map(float, p.split(","))) for path in points(of) for p in path.split()]

    assert all(74 <= x <= 346 and 14 <= y <= 94 for x, y in drawn)
    assert len(drawn) == sum(v is not None for v in values)
