"""Pictures: well-formed, nothing inline, nothing left out, labels apart from each other."""

import re
from xml.etree import ElementTree

from hypothesis import given, strategies as st

from comitia.plan.pictures import bars, sankey, svg
from comitia.plan.pictures.bars import Bar
from comitia.plan.pictures.sankey import Flow
from comitia.web.pictures import map
from comitia.web.pictures.map import Edge, Node

SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ElementTree.Element:
    assert "style=" not in text and "<script" not in text and "nan" not in text
    return ElementTree.fromstring(text)


def labels(picture: ElementTree.Element) -> list[str]:
    return [t.text or "" for t in picture.iter(f"{SVG}text")]


def test_a_text_is_wrapped_between_words_and_cut_at_its_end() -> None:
    assert svg.wrapped("locality assembly of Hilltown", 17) == ("locality assembly", "of Hilltown")
    assert svg.shortened("canteen-meals", 8) == "canteen…"


def test_a_picture_has_a_title_a_description_and_a_role() -> None:
    picture = parsed(bars.bars([Bar("bakers", 3, "3 h", 4)], id="h", title="Hours <&>", description="d"))

    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "h-title h-desc"
    assert [e.text for e in picture][:2] == ["Hours <&>", "d"]


def test_bars_share_a_scale_that_begins_at_nought() -> None:
    picture = parsed(bars.bars([Bar("a", 2, "2"), Bar("b", 1, "1", 4)], id="b", title="t", description="d"))

    long = [r.get("width") for r in picture.iter(f"{SVG}rect") if "bar" in (r.get("class") or "")]
    assert long == ["210", "105"]


def test_a_crowded_layer_shows_one_box_for_each_kind_with_its_number() -> None:
    nodes = [Node(f"committee/{n}", f"committee of {n}", 1, "committee", "committees") for n in range(12)]
    nodes += [Node("house", "house", 2, "house", "houses", href="/bodies/house/")]
    edges = [Edge(f"committee/{n}", "house", "elected") for n in range(12)]

    picture = parsed(map.layered_map(nodes, edges, id="m", title="Bodies"))

    assert labels(picture) == ["12 committees", "house"]
    assert [p.get("class") for p in picture.iter(f"{SVG}path")] == ["line elected"]
    assert [a.get("href") for a in picture.iter(f"{SVG}a")] == ["/bodies/house/"]


def test_an_appointment_has_a_line_of_its_own_style_and_is_said() -> None:
    nodes = [Node("a", "all", 0, "a", "as"), Node("b", "board", 2, "b", "bs"), Node("c", "c", 1, "c", "cs")]
    picture = parsed(map.layered_map(nodes, [Edge("a", "b", "appointed")], id="m", title="t"))

    assert [p.get("class") for p in picture.iter(f"{SVG}path")] == ["line appointed"]
    assert "1 of them appointments" in "".join(e.text or "" for e in picture)


def boxes(picture: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    found = []
    for r in picture.iter(f"{SVG}rect"):
        x, y, w, h = (float(r.get(k) or 0) for k in ("x", "y", "width", "height"))
        found.append((x, y, x + w, y + h))
    return found


@given(st.lists(st.tuples(st.integers(0, 4), st.text("abc ", min_size=1, max_size=40)), max_size=20))
def test_boxes_of_a_map_never_overlap(given: list[tuple[int, str]]) -> None:
    nodes = [Node(f"n{i}", label, layer, f"k{i}", f"ks{i}") for i, (layer, label) in enumerate(given)]
    edges = [Edge(a.id, b.id, "elected") for a in nodes for b in nodes if a.layer < b.layer]
    drawn = boxes(parsed(map.layered_map(nodes, edges, id="m", title="t")))

    assert len(drawn) == len(nodes)
    for i, (left, top, right, bottom) in enumerate(drawn):
        assert all(right <= l2 or r2 <= left or bottom <= t2 or b2 <= top for l2, t2, r2, b2 in drawn[i + 1 :])


def test_a_cycle_is_drawn_and_its_way_back_runs_around_below() -> None:
    flows = [Flow("farm", "mill", 5, "wheat"), Flow("mill", "bakery", 4, "flour"), Flow("bakery", "farm", 1, "bread")]

    picture = parsed(sankey.sankey(flows, "mill", id="s", title="Flows"))

    kinds = [p.get("class") for p in picture.iter(f"{SVG}path")]
    assert sorted(str(k) for k in kinds) == ["flow back", "flow mine", "flow mine"]
    assert sorted(labels(picture)) == ["bakery", "farm", "mill"]
    said = [t.text for p in picture.iter(f"{SVG}path") for t in p]
    assert sorted(str(s) for s in said) == ["bakery to farm: bread", "farm to mill: wheat", "mill to bakery: flour"]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(0, 1e6)), max_size=30))
def test_every_flow_is_drawn_and_no_two_labels_overlap(given: list[tuple[str, str, float]]) -> None:
    flows = [Flow(a, b, value, "x") for a, b, value in given]
    text = sankey.sankey(flows, "a", id="s", title="t")
    picture = parsed(text)

    assert len(list(picture.iter(f"{SVG}path"))) == sum(f.value > 0 and f.source != f.target for f in flows)
    places = [(float(t.get("x") or 0), float(t.get("y") or 0)) for t in picture.iter(f"{SVG}text")]
    for i, (x, y) in enumerate(places):
        assert all(x != x2 or abs(y - y2) >= 15 for x2, y2 in places[i + 1 :])
    assert re.search(r'viewBox="0 0 \S+ \S+"', text)
