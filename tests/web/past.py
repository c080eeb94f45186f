"""Acts of a story told in the past, moved so that it ends now."""

import re
from datetime import timedelta

import msgspec

from comitia.federation import acts, moment

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Hand:
    """A clock that is set by hand."""

    def __init__(self, at: str) -> None:
        self.at = at

    def __call__(self) -> str:
        return self.at


def shifted(act: acts.AnyAct, by: timedelta) -> acts.AnyAct:
    """Return the act with all its moments later by so much."""
    later = {
        name: moment.format(moment.parse(value) + by)
        for name in act.__struct_fields__
        if isinstance(value := getattr(act, name), str) and MOMENT.fullmatch(value)
    }
    return msgspec.structs.replace(act, **later)
