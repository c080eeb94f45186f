"""All indicators, in the order in which they are shown."""

from comitia.federation.state import State
from comitia.watch import appointment_share, last_refusal, terms_overdue
from comitia.watch.indicator import Reading


def readings(state: State, at: str) -> tuple[Reading, ...]:
    """Return every reading at a moment, from the record alone."""
    return (
        *appointment_share.readings(state, at),
        *terms_overdue.readings(state, at),
        *last_refusal.readings(state, at),
    )
