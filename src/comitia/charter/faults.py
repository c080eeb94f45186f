"""The faults of a charter that can be seen before it is adopted, each with its harm and a repair.

Start here: ``find_faults`` gathers what the files beside this one find, a file for each topic. Every sort of fault is
described in docs/reference/charter-faults.md; a test holds the two together.
"""

from dataclasses import astuple
from itertools import chain

from comitia.charter import (
    faults_acts,
    faults_appointment,
    faults_bodies,
    faults_calendar,
    faults_elections,
    faults_entrenchment,
    faults_exits,
    faults_matters,
    faults_permissions,
    faults_recall,
    faults_rights,
    faults_sealed,
    faults_silence,
    faults_talking,
    faults_ways,
)
from comitia.charter.fault import Fault
from comitia.charter.structure import Charter

_SEARCHES = (
    faults_bodies.find,
    faults_appointment.find,
    faults_elections.find,
    faults_recall.find,
    faults_calendar.find,
    faults_matters.find,
    faults_silence.find,
    faults_exits.find,
    faults_ways.find,
    faults_entrenchment.find,
    faults_rights.find,
    faults_sealed.find,
    faults_talking.find,
    faults_permissions.find,
    faults_acts.find,
)


def find_faults(charter: Charter) -> tuple[Fault, ...]:
    """Return every static fault of a charter, in the order of its lines; none when it may be adopted."""
    found = set(chain.from_iterable(search(charter) for search in _SEARCHES))
    return tuple(sorted(found, key=lambda fault: (fault.line, *astuple(fault))))
