import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from comitia.plan import economy as economies, folder
from comitia.plan.tables import valueflows, workplaces
from comitia.plan.tables.draft import Drafting
from comitia.plan.tables.sheets import NotASheet
from comitia.plan.tables.workplaces import Told

Rows = dict[str, list[dict[str, str]]]
VALLEY = Path(__file__).parents[3] / "examples" / "valley" / "economy"

# Two people harvest a tree in a quarter of an hour, as the vocabulary's own example has it, with older names too.
HARVEST = {
    "@context": ["https://w3id.org/valueflows/ont/vf#"],
    "@graph": [
        {"@id": "ex:harvest", "@type": "vf:RecipeProcess", "name": "harvest", "vf:inScopeOf": "ex:orchard"},
        {"@id": "ex:orchard", "@type": "vf:Organization", "name": "orchard"},
        {"@id": "ex:apples", "@type": "ResourceSpecification", "name": "apples", "defaultUnitOfResource": "kilogram"},
        {
            "@type": "RecipeFlow",
            "action": "produce",
            "recipeOutputOf": "ex:harvest",
            "resourceConformsTo": "ex:apples",
            "resourceQuantity": {"om2:hasNumericalValue": 0.02, "om2:hasUnit": "om2:tonne"},
        },
        {
            "@type": "RecipeFlow",
            "@id": "ex:picker",
            "name": "picker",
            "action": "work",
            "recipeInputOf": "ex:harvest",
            "involvesQuantity": {"qudt:unit": "unit:Number", "qudt:numericValue": 2},
            "temporalLength": {"qudt:unit": "unit:Minute", "qudt:numericValue": 15},
        },
        {
            "@type": "RecipeFlow",
            "@id": "ex:ladder",
            "action": "use",
            "recipeInputOf": {"@id": "ex:harvest"},
            "effortQuantity": {"hasUnit": {"@id": "om2:hour"}, "hasNumericalValue": {"@value": "0.25"}},
        },
        {"@type": "RecipeFlow", "@id": "ex:look", "action": "cite", "recipeInputOf": "ex:harvest"},
        {
            "@type": "Intent",
            "action": "transfer",
            "receiver": "ex:town",
            "resourceConformsTo": "ex:apples",
            "resourceQuantity": {"hasNumericalValue": "600", "hasUnit": "om2:kilogram"},
        },
    ],
}  # fmt: skip


def written(path: Path, said: object) -> Path:
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def test_a_recipe_of_the_vocabulary_is_an_activity(tmp_path: Path) -> None:
    draft = workplaces.read([written(tmp_path / "harvest.jsonld", HARVEST)], Told())

    assert {a.id: a.workplace for a in draft.economy.activities.values()} == {"harvest": "orchard"}
    assert draft.economy.flows == {("harvest", "apples"): 20}
    assert draft.economy.labour == {("harvest", "picker"): Fraction(1, 2)}
    assert draft.economy.machine_use == {("harvest", "ladder"): Fraction(1, 4)}
    assert {(n.council, n.product): n.quantity for n in draft.economy.needs.values()} == {("town", "apples"): 600}
    assert [g.assumed for g in draft.guesses] == [
        "the flow 7 of harvest is left out: its action is cite",
        "needs are planned ones (tier 2) of worth 1",
        "nobody offers hours of picker: 0",
        "nobody says how long ladder can run: 0 hours",
    ]


def test_what_is_written_is_read_back_and_what_is_lost_is_said(tmp_path: Path) -> None:
    valley = folder.read_economy(VALLEY)
    text, lost = valueflows.format_economy(valley)
    (tmp_path / "valley.jsonld").write_text(text, encoding="utf-8")

    back = workplaces.read([tmp_path / "valley.jsonld"], Told()).economy

    assert (back.flows, back.labour, back.machine_use) == (valley.flows, valley.labour, valley.machine_use)
    assert {k: h.hours for k, h in back.hours.items()} == {k: h.hours for k, h in valley.hours.items()}
    assert (back.machines, {p: back.products[p].stock for p in back.products}) == (
        valley.machines,
        {p: valley.products[p].stock for p in back.products},
    )
    assert "Left out: tier and worth of a need." in lost


def test_an_economy_with_nothing_to_lose_loses_nothing(wheat_and_cloth: Rows) -> None:
    del wheat_and_cloth["needs"]

    assert valueflows.format_economy(economies.from_rows(wheat_and_cloth))[1] == ()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("{", "is no JSON that can be read"),
        ('{"@graph": 3}', "holds no @graph"),
        ('{"@graph": [{"@type": "RecipeFlow", "recipeInputOf": "x", "action": "work"}]}', "belongs to no recipe"),
        (
            json.dumps(HARVEST).replace("0.02", '"much"'),
            "object 4: resourceQuantity has 'much' where a number is expected",
        ),
        (json.dumps(HARVEST).replace("om2:tonne", "om2:litre"), "no conversion from 'litre' to 'kilogram'"),
    ],
)
def test_a_graph_that_cannot_be_used_says_why(tmp_path: Path, said: str, reason: str) -> None:
    (tmp_path / "graph.json").write_text(said, encoding="utf-8")

    with pytest.raises(NotASheet) as caught:
        workplaces.read([tmp_path / "graph.json"], Told())
    assert reason in str(caught.value)


KEYS = st.sampled_from(
    ("@id", "@type", "@graph", "name", "action", "resourceQuantity", "recipeInputOf", "hasNumericalValue", "receiver")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
NODES = st.dictionaries(KEYS, JSON, max_size=5).map(lambda node: {"@type": "RecipeFlow", **node})


@given(st.lists(NODES, max_size=4))
def test_no_graph_whatever_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, nodes: list[object]) -> None:
    path = written(tmp_path_factory.mktemp("graph") / "graph.json", {"@graph": nodes})
    try:
        valueflows.read(Drafting(), path)
    except NotASheet as fault:
        assert str(path) in str(fault)
