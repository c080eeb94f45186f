"""A count by the rule that a charter names: the one place that leads from the rule's name to its file."""

from typing import assert_never

from comitia.charter.structure import CountingRule
from comitia.decide.count import approval, instant_runoff, meek, plurality, schulze, stv_scottish
from comitia.decide.profile import Profile
from comitia.decide.sheet import Sheet
from comitia.decide.ties import Lot


def count(rule: CountingRule | None, profile: Profile, *, seats: int, lot: Lot) -> Sheet:
    """Return the count of a profile by a rule under which a paper ranks or names candidates.

    Args:
        rule: not ``list``, whose papers name lists (``elections.py``).
    """
    match rule:
        case "plurality":
            return plurality.count(profile, seats=seats, lot=lot)
        case "approval":
            return approval.count(profile, seats=seats, lot=lot)
        case "instant_runoff":
            return instant_runoff.count(profile, seats=seats, lot=lot)
        case "scottish":
            return stv_scottish.count(profile, seats=seats, lot=lot)
        case "meek":
            return meek.count(profile, seats=seats, lot=lot)
        case "schulze":
            return schulze.count(profile, seats=seats, lot=lot)
        case "list" | None:
            raise AssertionError("the charter language admits no such rule here")
        case _:
            assert_never(rule)
