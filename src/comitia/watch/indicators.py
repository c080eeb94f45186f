"""All indicators that need no drill, in the order in which they are shown. I4 to I6 stand in the room ``drill``."""

from collections.abc import Callable

from comitia.watch import (
    appointment_reach,
    appointment_share,
    assembly_overdue,
    centralisation,
    closed_circuit,
    cohesion,
    contestation,
    descriptive_gap,
    effective_currents,
    external_bloc,
    imposed_labour_terms,
    interlock,
    last_refusal,
    lead_time,
    mandate_distance,
    nomination_gate,
    officials,
    organ_mortality,
    participation,
    personalisation,
    quorum_fragility,
    recall_reachability,
    reprisal,
    rights_regress,
    rubber_stamp,
    single_decider,
    tier_of_decision,
    turnover,
)
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.view import View

MODULES = (
    appointment_share, mandate_distance, closed_circuit, cohesion, last_refusal, rubber_stamp, contestation, turnover,
    effective_currents, interlock, centralisation, appointment_reach, participation, officials, organ_mortality,
    tier_of_decision, single_decider, reprisal, rights_regress, recall_reachability,
    assembly_overdue, imposed_labour_terms, external_bloc, personalisation, lead_time, nomination_gate,
    descriptive_gap, quorum_fragility,
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return every reading at a moment, from the record alone."""
    return tuple(reading for module in MODULES for reading in module.readings(view))


def module_of(figure: str) -> Callable[[View], tuple[Reading, ...]] | None:
    """Return what reads a figure by its id in the catalogue, None where the figure needs a drill."""
    return _READERS.get(figure)


_READERS: dict[str, Callable[[View], tuple[Reading, ...]]] = {
    thing.id: module.readings for module in MODULES for thing in vars(module).values() if isinstance(thing, Indicator)
}
