"""Recipes, stocks, offers and needs as ValueFlows JSON-LD, read and written.

Vocabulary: https://w3id.org/valueflows/ont/vf (version 1.0), quantities by the Ontology of units of Measure (om2). A
RecipeProcess is an activity; its RecipeFlows make (produce), use up (consume), work and use; an EconomicResource is
stock; an Intent to work or to be used offers hours, one with a receiver and no provider is a need. Read by the last
part of every name, so that any context will do; nothing is fetched.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from comitia.plan import units
from comitia.plan.economy import Economy
from comitia.plan.rows import FIGURE
from comitia.plan.tables.draft import Drafting, text_of
from comitia.plan.tables.sheets import NotASheet, Sheet

Node = Mapping[str, object]
ZERO = Fraction(0)
CONTEXT = {
    "vf": "https://w3id.org/valueflows/ont/vf#",
    "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
    "@vocab": "https://w3id.org/valueflows/ont/vf#",
}
HOUR = "hour"
KINDS = ("RecipeProcess", "RecipeFlow", "ResourceSpecification", "EconomicResource", "Intent")


def is_valueflows(path: Path) -> bool:
    """Return whether a file is JSON that speaks of recipes or economic resources."""
    try:
        nodes = _nodes(path)
    except NotASheet:
        return False
    return any(_kind(node) in KINDS for node in nodes)


def _nodes(path: Path) -> list[Node]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as fault:
        raise NotASheet(path, 0, f"is no JSON that can be read ({fault})") from fault
    if isinstance(said, Mapping):
        said = said.get("@graph", [said])
    if not isinstance(said, Sequence) or isinstance(said, str) or not all(isinstance(n, Mapping) for n in said):
        raise NotASheet(path, 0, "holds no @graph: a list of objects is expected")
    return [_plain(node) for node in said]


def _plain(node: Mapping[str, object]) -> Node:
    return {(key if key.startswith("@") else _last(key)): value for key, value in node.items()}


def _last(name: str) -> str:
    return name.rsplit("#", 1)[-1].rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _kind(node: Node) -> str:
    given = node.get("@type", node.get("type", ""))
    first = given[0] if isinstance(given, list) and given else given
    return _last(first) if isinstance(first, str) else ""


def _id(value: object) -> str:
    """Return what a reference points to: a text, an object with an id, or the first of a list."""
    if isinstance(value, list):
        return _id(value[0]) if value else ""
    if isinstance(value, Mapping):
        return _id(value.get("@id", value.get("id", "")))
    return value if isinstance(value, str) else ""


def _own_id(node: Node) -> str:
    return _id(node.get("@id", node.get("id", "")))


class _Reading:
    """The nodes of one file by id, with the names that they get in the economy folder."""

    def __init__(self, drafting: Drafting, path: Path, nodes: Sequence[Node]) -> None:
        self.drafting, self.path, self.nodes = drafting, path, nodes
        self.sheet = Sheet(path, "", (), ())
        self.by_id = {_own_id(node): node for node in nodes}
        self.units: dict[str, str] = {}

    def name(self, reference: object, row: int) -> str:
        """Return the name of what a reference points to: its name or note, else the last part of its id."""
        id_ = _id(reference)
        node = self.by_id.get(id_, {})
        given = node.get("name", node.get("label", node.get("note", "")))
        return self.drafting.id(self.sheet, row, str(given) if given else _last(id_))

    def quantity(self, node: Node, names: Sequence[str], row: int) -> tuple[Fraction, str] | None:
        """Return the first of these quantities that a node has, with its unit."""
        for name in names:
            given = node.get(name)
            if not isinstance(given, Mapping):
                continue
            plain = _plain(given)
            number = plain.get("hasNumericalValue", plain.get("numericValue"))
            if isinstance(number, Mapping):
                number = number.get("@value")
            text = str(number)
            if isinstance(number, bool) or not FIGURE.fullmatch(text):
                reason = f"object {row}: {name} has {number!r} where a number is expected"
                raise NotASheet(self.path, 0, reason)
            unit = _last(_id(plain.get("hasUnit", plain.get("unit", ""))))
            return Fraction(text), "" if unit.casefold() in ("one", "number") else unit
        return None

    def hours(self, node: Node, row: int) -> Fraction:
        """Return the hours of a flow of work or use; a quantity of people or things multiplies them."""
        found = self.quantity(node, ("effortQuantity", "temporalLength"), row)
        if found is None:
            self.drafting.guess(self.sheet, row, "a flow of work or use takes 1 hour", "Give its effortQuantity.")
            return Fraction(1)
        each = self.quantity(node, ("involvesQuantity",), row) if "temporalLength" in node else None
        hours = self.drafting.converted(self.sheet, row, found[0], found[1] or HOUR, HOUR)
        return hours * (each[0] if each else 1)

    def product(self, node: Node, row: int) -> tuple[str, Fraction]:
        """Return the product of a flow and the quantity in the unit that the product is counted in."""
        reference = node.get("resourceConformsTo", node.get("recipeFlowResource", node.get("conformsTo", "")))
        known = bool(_id(reference))
        product = self.name(reference if known else _own_id(node), row)
        if not known:
            told = f"object {row} is of the product {product}: it conforms to no specification"
            self.drafting.guess(self.sheet, row, told, "Give it resourceConformsTo.")
        names = ("resourceQuantity", "involvesQuantity", "onhandQuantity", "accountingQuantity")
        quantity, unit = self.quantity(node, names, row) or (Fraction(1), "")
        counted = self.units.setdefault(product, unit or units.PIECE)
        return product, self.drafting.converted(self.sheet, row, quantity, unit or counted, counted)


def read(drafting: Drafting, path: Path, *, workplace: str = "") -> None:
    """Add what a JSON-LD file says of recipes, resources, offers and needs to a draft.

    Raises:
        NotASheet: no JSON-LD graph, or a quantity that cannot be used.
    """
    nodes = _nodes(path)
    reading = _Reading(drafting, path, nodes)
    stock: dict[str, Fraction] = {}
    needs: dict[tuple[str, str], Fraction] = {}
    for row, node in enumerate(nodes, 1):
        if _kind(node) == "ResourceSpecification" and node.get("defaultUnitOfResource"):
            product = reading.name(_own_id(node), row)
            unit = _last(_id(node["defaultUnitOfResource"]))
            reading.units[product] = units.PIECE if unit.casefold() in ("one", "number") else unit
    processes = [(row, node) for row, node in enumerate(nodes, 1) if _kind(node) == "RecipeProcess"]
    names = {_own_id(node): reading.name(_own_id(node), row) for row, node in processes}
    for row, node in processes:
        place = _id(node.get("inScopeOf", ""))
        if not (workplace or place):
            told = "every recipe belongs to the workplace 'workplace'"
            drafting.guess(reading.sheet, 0, told, "Say which it is: --workplace NAME.")
        named = workplace or (reading.name(place, row) if place else "workplace")
        drafting.add("activities", activity=names[_own_id(node)], workplace=named)
    totals = _Totals()
    for row, node in enumerate(nodes, 1):
        match _kind(node):
            case "RecipeFlow":
                _flow(reading, node, row, (names, totals))
            case "EconomicResource":
                product, amount = reading.product(node, row)
                stock[product] = stock.get(product, ZERO) + amount
            case "Intent":
                _intent(reading, node, row, needs)
            case _:
                pass
    totals.add_to(drafting)
    for product, unit in reading.units.items():
        drafting.add("products", product=product, unit=unit, stock=text_of(stock.get(product, ZERO)))
    for (council, product), amount in needs.items():
        drafting.add("needs", council=council, product=product, tier="2", quantity=text_of(amount), worth="1")
        drafting.guess(reading.sheet, 0, "needs are planned ones (tier 2) of worth 1", "Councils set tier and worth.")
    _offer_what_is_worked(drafting, reading, totals)
    drafting.taken.append(f"{path.name}: {len(processes)} recipes of ValueFlows")


@dataclass
class _Totals:
    """Flows, work and use by activity; two flows of one product in a recipe add up."""

    flows: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    work: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    use: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    def add_to(self, drafting: Drafting) -> None:
        """Write the rows."""
        for (activity, product), amount in self.flows.items():
            drafting.add("flows", activity=activity, product=product, quantity=text_of(amount))
        for (activity, trade), hours in self.work.items():
            drafting.add("labour", activity=activity, trade=trade, hours=text_of(hours))
        for (activity, machine), hours in self.use.items():
            drafting.add("machine_use", activity=activity, machine=machine, hours=text_of(hours))


def _flow(reading: _Reading, node: Node, row: int, of: tuple[Mapping[str, str], _Totals]) -> None:
    names, totals = of
    into, out = _id(node.get("recipeInputOf", "")), _id(node.get("recipeOutputOf", ""))
    activity = names.get(into or out)
    if activity is None:
        raise NotASheet(reading.path, 0, f"object {row}: the flow belongs to no recipe process of this file")
    action = _last(_id(node.get("action", "")))
    reference = node.get("resourceConformsTo", node.get("recipeFlowResource", _own_id(node)))
    match action:
        case "work":
            key = activity, reading.name(reference, row)
            totals.work[key] = totals.work.get(key, ZERO) + reading.hours(node, row)
        case "use":
            key = activity, reading.name(reference, row)
            totals.use[key] = totals.use.get(key, ZERO) + reading.hours(node, row)
        case "produce" | "consume" | "accept" | "modify" | "raise" | "lower":
            product, amount = reading.product(node, row)
            totals.flows[activity, product] = totals.flows.get((activity, product), ZERO) + (amount if out else -amount)
        case _:
            told = f"the flow {row} of {activity} is left out: its action is {action or 'not given'}"
            reading.drafting.guess(reading.sheet, row, told, "Only produce, consume, work and use are planned.")


def _intent(reading: _Reading, node: Node, row: int, needs: dict[tuple[str, str], Fraction]) -> None:
    provider, receiver = _id(node.get("provider", "")), _id(node.get("receiver", ""))
    action = _last(_id(node.get("action", "")))
    if "inputOf" in node or "outputOf" in node:
        return
    if action in ("work", "use") and not receiver:
        name = reading.name(node.get("resourceConformsTo", _own_id(node)), row)
        hours, place = text_of(reading.hours(node, row)), reading.name(provider, row) if provider else ""
        if action == "work":
            reading.drafting.add("hours", trade=name, workplace=place, hours=hours, overtime="0")
        else:
            reading.drafting.add("machines", machine=name, workplace=place, hours=hours)
    elif receiver and not provider:
        product, amount = reading.product(node, row)
        key = reading.name(receiver, row), product
        needs[key] = needs.get(key, ZERO) + amount


def _offer_what_is_worked(drafting: Drafting, reading: _Reading, totals: _Totals) -> None:
    """Declare trades and machines that nobody offers, with 0 hours: somebody must say how many."""
    place = {row["activity"]: row["workplace"] for row in drafting.rows.get("activities", ())}
    offered = {row["trade"] for row in drafting.rows.get("hours", ())}
    there = {row["machine"] for row in drafting.rows.get("machines", ())}
    for _, trade in totals.work:
        if trade not in offered:
            offered.add(trade)
            drafting.add("hours", trade=trade, workplace="", hours="0", overtime="0")
            drafting.guess(reading.sheet, 0, f"nobody offers hours of {trade}: 0", "Its union sets hours.hours.")
    for activity, machine in totals.use:
        if machine not in there:
            there.add(machine)
            drafting.add("machines", machine=machine, workplace=place[activity], hours="0")
            drafting.guess(reading.sheet, 0, f"nobody says how long {machine} can run: 0 hours", "Set machines.hours.")


def format_economy(economy: Economy) -> tuple[str, tuple[str, ...]]:
    """Return an economy as JSON-LD text, and a sentence for each thing that the vocabulary has no word for."""
    graph: list[dict[str, object]] = []

    def add(kind: str, id_: str, **rest: object) -> None:
        graph.append({"@type": kind, "@id": id_, **rest})

    for product in economy.products.values():
        unit = _unit(product.unit)
        add("ResourceSpecification", f"product:{product.id}", name=product.id, defaultUnitOfResource=unit)
        if product.stock:
            held = _measure(product.stock, unit)
            ref = f"product:{product.id}"
            add("EconomicResource", f"stock:{product.id}", conformsTo=ref, onhandQuantity=held)
    for kind, names in (("trade", {t for t, _ in economy.hours}), ("machine", set(economy.machines))):
        for name in sorted(names):
            add("ResourceSpecification", f"{kind}:{name}", name=name, defaultUnitOfEffort="om2:hour")
    places = {a.workplace for a in economy.activities.values()} | {n.council for n in economy.needs.values()}
    for name in sorted(places):
        add("Organization", f"agent:{name}", name=name)
    for a in economy.activities.values():
        add("RecipeProcess", f"activity:{a.id}", name=a.id, inScopeOf=f"agent:{a.workplace}")
    _recipe_flows(economy, graph)
    for h in economy.hours.values():
        whose = {"provider": f"agent:{h.workplace}"} if h.workplace else {}
        work = {"action": "work", "resourceConformsTo": f"trade:{h.trade}", **whose}
        add("Intent", f"hours:{h.trade}:{h.workplace}", **work, effortQuantity=_measure(h.hours, "om2:hour"))
    for m in economy.machines.values():
        use = {"action": "use", "resourceConformsTo": f"machine:{m.id}", "provider": f"agent:{m.workplace}"}
        add("Intent", f"machine-hours:{m.id}", **use, effortQuantity=_measure(m.hours, "om2:hour"))
    for n in economy.needs.values():
        wanted = _measure(n.quantity, _unit(economy.products[n.product].unit))
        want = {"action": "transfer", "resourceConformsTo": f"product:{n.product}", "receiver": f"agent:{n.council}"}
        add("Intent", f"need:{n.council}:{n.product}:{n.tier}", **want, resourceQuantity=wanted)
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False) + "\n", _lost(economy)


def _recipe_flows(economy: Economy, graph: list[dict[str, object]]) -> None:
    for (activity, product), quantity in economy.flows.items():
        made = quantity > 0
        way = "recipeOutputOf" if made else "recipeInputOf"
        graph.append(
            {
                "@type": "RecipeFlow",
                "@id": f"flow:{activity}:{product}",
                "action": "produce" if made else "consume",
                "resourceConformsTo": f"product:{product}",
                way: f"activity:{activity}",
                "resourceQuantity": _measure(abs(quantity), _unit(economy.products[product].unit)),
            }
        )
    for action, kind, uses in (("work", "trade", economy.labour), ("use", "machine", economy.machine_use)):
        for (activity, name), hours in uses.items():
            graph.append(
                {
                    "@type": "RecipeFlow",
                    "@id": f"{action}:{activity}:{name}",
                    "action": action,
                    "resourceConformsTo": f"{kind}:{name}",
                    "recipeInputOf": f"activity:{activity}",
                    "effortQuantity": _measure(hours, "om2:hour"),
                }
            )


def _unit(unit: str) -> str:
    return "om2:one" if units.parse(unit).base == units.PIECE and units.parse(unit).factor == 1 else f"om2:{unit}"


def _measure(quantity: Fraction, unit: str) -> dict[str, object]:
    return {"hasNumericalValue": text_of(quantity), "hasUnit": unit}


def _lost(economy: Economy) -> tuple[str, ...]:
    """Return what ValueFlows has no word for, as far as this economy has it."""
    traded = any(p.buy_price is not None or p.sell_price is not None for p in economy.products.values())
    has = (
        (any(a.runs is not None for a in economy.activities.values()), "the largest number of runs of an activity"),
        (any(p.closing_stock for p in economy.products.values()), "closing stocks"),
        (any(h.overtime for h in economy.hours.values()), "overtime"),
        (bool(economy.limits), "limits that activities keep together"),
        (traded or bool(economy.cash), "prices outside and cash"),
        (bool(economy.needs), "tier and worth of a need"),
        (bool(economy.claims or economy.owners), "claims and owners"),
    )
    return tuple(f"Left out: {what}." for is_there, what in has if is_there)
