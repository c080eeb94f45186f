"""The certificate of a large plan against its economy: what ``certificate.check`` does for a small one, no solver."""

from comitia.plan import certificate as certificates
from comitia.plan.arrays import certificate
from comitia.plan.arrays.certificate import Prices, Violated
from comitia.plan.arrays.figures import Figures
from comitia.plan.arrays.model import KINDS, Declared, Model
from comitia.plan.certificate import Checked, DoesNotHold
from comitia.plan.solution import Certificate, Level

VARIANT, LEVEL = "lightest", "hours and worth unmet"


def check(of: Declared, model: Model, plan: tuple[Figures, Prices], said: Certificate) -> Checked:
    """Return what holds of a plan, or raise with the first thing that does not.

    Raises:
        DoesNotHold: another economy or variant, a row violated, a figure out of its bounds or finer than its declared
            decimals, or a certificate whose figures are better than the recomputed ones.
    """
    if said.economy != of.hash:
        raise DoesNotHold(
            "hash of the economy", f"the plan is for {said.economy[:16]}, these figures are {of.hash[:16]}"
        )
    if said.variant != VARIANT:
        raise DoesNotHold("certificate", f"the variant {said.variant!r} is not computed at this size")
    try:
        proven = certificate.check(model, *plan)
    except Violated as fault:
        name = named(of, model, fault)
        raise DoesNotHold(name, f"{fault.reason} (by {float(fault.missing):.6g})") from fault
    certificates.check_levels((Level(LEVEL, proven.value, proven.bound),), said.levels)
    certificates.check_gap(said, certificates.widest((v.value, v.bound) for v in said.levels))
    sizes = (len(of.ids["products"]), len(of.ids["activities"]), model.nonzeros)
    if sizes != (said.products, said.activities, said.nonzeros):
        raise DoesNotHold(
            "certificate", f"the economy has {sizes} products, activities and nonzeros; written is another number"
        )
    return Checked(said.variant, said.levels, said.gap, model.height)


def named(of: Declared, model: Model, fault: Violated) -> str:
    """Return the name of the row or variable of a fault."""
    if fault.what == "row":
        kind, at = model.where(fault.at)
        key = {"product": "products", "hours": "hours", "machine": "machines", "limit": "limits"}.get(kind)
        return f"{kind} {of.ids[key][at]}" if key else kind
    if fault.what != "variable":
        return f"{fault.what} {fault.at}"
    kind = next(k for k in reversed(KINDS) if fault.at >= model.starts[k] and len(model.members[k]))
    at = fault.at - model.starts[kind]
    match kind:
        case "runs":
            key = str(of.ids["activities"][at])
        case "unmet":
            product = of.ids["products"][int(of.needs.product[at])]
            key = f"{of.ids['councils'][at]}|{product}|{of.needs.tier[at]}"
        case "overtime":
            key = str(of.ids["hours"][int(model.members[kind][at])])
        case _:
            key = str(of.ids["products"][int(model.members[kind][at])])
    return f"{kind} of {key}"
