"""Pictures of a plan: well-formed, with every figure in the table beneath, light and dark, no script."""

from xml.etree import ElementTree

from hypothesis import given, strategies as st

from comitia.plan import economy as economies, labour, pegging, solve
from comitia.plan.pictures import of_plan, page
from comitia.plan.pictures.of_plan import Picture

Rows = dict[str, list[dict[str, str]]]
SVG = "{http://www.w3.org/2000/svg}"


def pictures(rows: Rows) -> dict[str, Picture]:
    economy = economies.from_rows(rows)
    plan = solve.solve(economy, "fullest")
    drawn = (
        of_plan.shortages(pegging.explain(economy, plan)),
        of_plan.hours_by_trade(economy, plan),
        of_plan.flows(economy, plan, labour.of_economy(economy).hours),
    )
    return {picture.name: picture for picture in drawn}


def test_what_is_drawn_stands_in_the_table_beneath(village: Rows) -> None:
    found = pictures(village)

    assert found["shortages"].rows == (
        ("riverbend", "bread", "2", "150 of 300 kg", "hours bakers|bakery", "union/bakers"),
    )
    assert found["hours"].rows == (("bakers", "110", "110"), ("growers", "37.71", "200"))
    assert [row[:2] for row in found["flows"].rows] == [
        ("bakery", "hilltown"),
        ("bakery", "riverbend"),
        ("mill", "bakery"),
        ("farm", "mill"),
    ]
    for picture in found.values():
        tree = ElementTree.fromstring(picture.drawn)
        assert [child.tag for child in tree][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_nothing_short_draws_nothing_and_says_so(wheat_and_cloth: Rows) -> None:
    found = pictures(wheat_and_cloth)["shortages"]

    assert (found.drawn, found.said, found.rows) == ("", "Nothing.", ())
    assert page.alone(found) == ""


def test_a_page_stands_alone_without_script_light_and_dark(village: Rows) -> None:
    text = page.html("A <plan>", ["One & all."], list(pictures(village).values()))

    assert "<h1>A &lt;plan&gt;</h1><ul><li>One &amp; all.</li></ul>" in text
    assert "prefers-color-scheme:dark" in text and 'name="viewport"' in text
    assert "<script" not in text and "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    body = text[text.index("<body>") : text.index("</html>")]
    assert len(list(ElementTree.fromstring(body).iter("table"))) == 3


def test_a_picture_alone_has_its_style_inside(village: Rows) -> None:
    tree = ElementTree.fromstring(page.alone(pictures(village)["hours"]))

    assert "prefers-color-scheme:dark" in (tree[0].text or "")


@given(
    st.lists(st.tuples(st.integers(0, 50), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), max_size=8),
)
def test_rounds_are_drawn_whatever_they_are(course: list[tuple[int, float, float]]) -> None:
    found = of_plan.rounds(course)

    assert len(found.rows) == len(course)
    if course:
        tree = ElementTree.fromstring(found.drawn)
        assert [line.get("class") for line in tree.iter(f"{SVG}polyline")] == ["axis", "course value", "course bound"]
        assert "nan" not in found.drawn and "inf" not in found.drawn
