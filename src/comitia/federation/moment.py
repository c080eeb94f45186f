"""Moments as text, ``YYYY-MM-DDTHH:MM:SSZ``: fixed width, so the order of the text is the order of time."""

import re
from datetime import UTC, datetime, timedelta

from comitia.federation.refusal import Refused

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def check_moment(text: str) -> None:
    """Raise unless the text is a moment in the one allowed form.

    Raises:
        Refused: another form, or a date that does not exist.
    """
    try:
        if not _FORM.fullmatch(text):
            raise ValueError(text)
        parse(text)
    except ValueError:
        raise Refused("record", f"{text!r} is not a moment; write it like 2026-05-01T08:00:00Z") from None
    # A charter's longest time is a hundred years: whatever is counted from here is still a moment.
    if not "1500" <= text[:4] <= "9500":
        raise Refused("record", f"{text!r} lies outside the years 1500 to 9500, in which terms and notices are counted")


def parse(text: str) -> datetime:
    """Return the moment as a datetime in UTC."""
    return datetime.fromisoformat(text)


def format(moment: datetime) -> str:
    """Return a datetime as a moment, seconds cut off."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def later(text: str, start: str, end: str) -> str:
    """Return the moment as long after a moment as the end is after the start."""
    return format(parse(text) + (parse(end) - parse(start)))


def half_way(one: str, other: str) -> str:
    """Return the moment half way between two, seconds cut off."""
    first = parse(one)
    return format(first + (parse(other) - first) / 2)


def after(text: str, *, days: int = 0) -> str:
    """Return the moment so many days later."""
    return format(parse(text) + timedelta(days=days))
