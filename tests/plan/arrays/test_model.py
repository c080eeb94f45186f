from collections.abc import Callable
from fractions import Fraction

from comitia.plan import economy as economies, model as models, variants
from comitia.plan.arrays import model as arrays
from comitia.plan.arrays.model import Declared, Model
from comitia.plan.economy import Economy

Rows = dict[str, list[dict[str, str]]]


def places(economy: Economy, built: models.Model, of: Declared, model: Model) -> list[int]:
    """Return which variable of the small model each of the large one is, and last the constant."""
    products, hours = list(economy.products), list(economy.hours)
    keys = [("runs", (a,)) for a in economy.activities]
    keys += [("unmet", (n.council, n.product, str(n.tier))) for n in economy.needs.values()]
    keys += [(kind, (products[i],)) for kind in ("closing", "bought", "sold") for i in model.members[kind]]
    keys += [("overtime", hours[i]) for i in model.members["overtime"]]
    return [*(built.index[key] for key in keys), len(built.variables)]


def test_rows_limits_and_costs_are_those_of_the_small_model(
    village: Rows, drawn: Callable[[int], Rows], declared: Callable[[Rows], Declared]
) -> None:
    for rows in (village, *(drawn(seed) for seed in range(60))):
        economy, of = economies.from_rows(rows), declared(rows)
        built, model = models.build(economy), arrays.build(of)
        at = places(economy, built, of, model)
        found: dict[tuple[int, int], Fraction] = {}
        for k, (row, column) in enumerate(zip(model.entries.row.tolist(), model.entries.column.tolist(), strict=True)):
            found[row, at[column]] = found.get((row, at[column]), Fraction(0)) + model.entries.figure.exact(k)
        due = {(i, j): a for i, row in enumerate(built.rows) for j, a in row.coefficients.items()}
        due |= {(i, len(built.variables)): -row.rhs for i, row in enumerate(built.rows) if row.rhs}
        cost: dict[int, Fraction] = {}
        for k, j in enumerate(model.cost.at.tolist()):
            cost[at[j]] = cost.get(at[j], Fraction(0)) + model.cost.amount.exact(k)
        limits = {at[j]: model.limit.exact(j) for j in range(model.width) if model.limited[j]}

        assert {key: a for key, a in found.items() if a} == due
        assert limits == {j: v.upper for j, v in enumerate(built.variables) if v.upper is not None}
        assert {j: c for j, c in cost.items() if c} == {
            j: c for j, c in variants.pose(economy, "lightest").aims[0].cost.items() if c
        }
        assert (model.nonzeros, model.height) == (built.nonzeros, len(built.rows))
        assert [model.where(i)[0] for i in range(model.height)] == [row.kind for row in built.rows]
