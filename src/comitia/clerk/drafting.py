"""Draft plans: computed on the figures in force, certified, and put before the federation as an act like any other.

Apart from the clerk's other work, so that nothing else loads a solver.
"""

import msgspec

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.federation import acts, figures
from comitia.plan import economy, packing, solve
from comitia.plan.solve import Progress


def draft_plan(
    clerk: Clerk, act: acts.PlanDrafted, *, tolerance: float = 1e-6, progress: Progress | None = None
) -> int:
    """Compute a draft and hand it in; return the act's index.

    ``act`` says season, draft id, variant and author; its moment and hashes are filled in here. The solver works
    without holding up other acts: if somebody revises a number meanwhile, the draft is refused and can be computed
    again.

    Raises:
        Refused: the author may not, or the figures changed while it was computed.
        EconomyFault: the figures do not make an economy yet.
    """
    with clerk.undisturbed():
        on = figures.economy_of(clerk.federation.state, act.season)
    solution = solve.solve(on, act.variant, tolerance=tolerance, progress=progress)
    packed = packing.pack(solution)
    plan = blob_hash(packed)
    at = max(act.at, clerk.federation.state.moment)
    ready = msgspec.structs.replace(act, at=at, economy=economy.economy_hash(on), plan=plan)
    return clerk.submit(ready, blobs={plan: packed})
