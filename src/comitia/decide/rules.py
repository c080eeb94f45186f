"""The counting rules under which papers rank or name candidates, by name: the one place that leads to their files.

List elections (``count/list_proportional.py``) count papers of another kind, Debian's rule (``count/debian.py``) asks
for the terms of a decision, a countback (``count/countback.py``) for the papers that elected somebody; each is called
by itself.
"""

from collections.abc import Mapping
from typing import Protocol

from comitia.decide import constraints, profile as profiles, properties, sheet, ties
from comitia.decide.count import (
    approval,
    block,
    borda,
    borda_modified,
    equal_shares_add_one,
    equal_shares_phragmen,
    equal_shares_utilitarian,
    ers97,
    instant_runoff,
    meek,
    pav,
    phragmen,
    plurality,
    ranked_pairs,
    schulze,
    schulze_margins,
    stv_scottish,
    wigm,
)


class Rule(Protocol):
    """A counting rule."""

    def __call__(self, profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
        """Return the whole count of a profile."""


class Constrained(Protocol):
    """A counting rule that can keep quotas for groups of candidates."""

    def __call__(
        self,
        profile: profiles.Profile,
        *,
        seats: int,
        lot: ties.Breaking,
        within: constraints.Constraints = (),
    ) -> sheet.Sheet:
        """Return the whole count of a profile."""


_FILES = (
    stv_scottish, meek, wigm, ers97, instant_runoff, plurality, block, schulze, schulze_margins, ranked_pairs, borda,
    borda_modified, approval, pav, phragmen, equal_shares_phragmen, equal_shares_add_one, equal_shares_utilitarian,
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.RULE: rule.count for rule in _FILES}
PROPERTIES: Mapping[str, frozenset[properties.Property]] = {rule.RULE: rule.PROPERTIES for rule in _FILES}
# Rules that read whom a paper names, and no order among them.
NAMING = frozenset(
    rule.RULE
    for rule in (
        block, approval, pav, phragmen, equal_shares_phragmen, equal_shares_add_one, equal_shares_utilitarian,
    )
)  # fmt: skip
CONSTRAINED: Mapping[str, Constrained] = {rule.RULE: rule.count for rule in (stv_scottish, meek, wigm, ers97)}
