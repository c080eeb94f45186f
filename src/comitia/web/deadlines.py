"""Deadlines that forms propose: the charter's days, rounded up to the full hour."""

from datetime import timedelta

from comitia.federation import moment


def full_hour(at: str, *, days: int) -> str:
    """Return the first full hour that lies so many days or more after a moment, and some minutes after it at least.

    The act is stamped when it is taken in, some moments after the form was read: the hour leaves room for that.
    """
    later = moment.parse(at) + timedelta(days=days, minutes=65)
    return moment.format(later.replace(minute=0, second=0))
