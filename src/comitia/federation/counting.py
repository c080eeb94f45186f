"""A count by the rule that a charter names."""

from comitia.charter.structure import CountingRule
from comitia.decide import rules
from comitia.decide.profile import Profile
from comitia.decide.sheet import Sheet
from comitia.decide.ties import Breaking


def count(rule: CountingRule | None, profile: Profile, *, seats: int, lot: Breaking) -> Sheet:
    """Return the count of a profile by a rule under which a paper ranks or names candidates.

    Args:
        rule: not ``list``, whose papers name lists (``elections.py``).
    """
    assert rule is not None and rule != "list", "the charter language admits no such rule here"
    return rules.RULES[rule](profile, seats=seats, lot=lot)
