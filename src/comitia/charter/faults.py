"""The faults of a charter that can be seen before it is adopted, each with its harm and a repair.

Start here: ``find_faults`` gathers what the four files beside this one find: bodies, matters, rights, acts.
"""

from comitia.charter import faults_acts, faults_bodies, faults_matters, faults_rights
from comitia.charter.fault import Fault
from comitia.charter.structure import Charter


def find_faults(charter: Charter) -> tuple[Fault, ...]:
    """Return every static fault of a charter, in the order of its lines; none when it may be adopted."""
    found = (
        *faults_bodies.find(charter),
        *faults_matters.find(charter),
        *faults_rights.find(charter),
        *faults_acts.find(charter),
    )
    return tuple(sorted(set(found), key=lambda fault: (fault.line, fault.name, fault.reason)))
