"""Approval by groups beside the count of all: a motion needs the members, and a share of their groups.

As in a double majority of people and cantons (Swiss Federal Constitution, article 142): every group counts as one,
once enough of it took part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from comitia.decide import verdict
from comitia.decide.clause import Clause, clause
from comitia.decide.verdict import Rule, Tally, Verdict


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of the groups.

    Attributes:
        turnout: share of a group's members who must take part for it to approve.
        approval, approval_strict: share of its votes for and against that must be for it.
        groups, groups_strict: share of all groups that must approve.
    """

    turnout: Fraction
    approval: Fraction
    approval_strict: bool
    groups: Fraction
    groups_strict: bool


def group_verdict(name: str, tally: Tally, rule: Rule, *, demand: Demand) -> Verdict:
    """Return whether one group approves: enough of it took part, and enough of those who voted are for it.

    Silence means in a group what it means among all.

    Raises:
        TallyContradicts: more votes than voters, or numbers below 0.
    """
    own = replace(
        rule, base="for_against", threshold=demand.approval, strict=demand.approval_strict, tie="fails",
        quorum=demand.turnout or None, quorum_base="filled", against_counts=True, abstaining_counts=True,
    )  # fmt: skip
    found = verdict.verdict(name, tally, own)
    return verdict.decided(found, found.carried, clauses=found.clauses, outcome=("approves", "approves_not"))


def groups_verdict(name: str | Clause, tallies: Mapping[str, Tally], rule: Rule, *, demand: Demand) -> Verdict:
    """Return what all groups together decided: the count of all under the rule, and the share of groups.

    Args:
        name: of all together, for the sentence.
        tallies: by group.

    Raises:
        TallyContradicts: more votes than voters, or numbers below 0.
    """
    found = verdict.verdict(name, total(tallies), rule)
    approving = sum(group_verdict(of, tally, rule, demand=demand).carried for of, tally in tallies.items())
    share = demand.groups * len(tallies)
    enough = approving > 0 and (approving > share if demand.groups_strict else approving >= share)
    asked = clause(
        "groups",
        approving=str(approving),
        all=str(len(tallies)),
        demand=clause("groups_more" if demand.groups_strict else "groups_least", share=str(demand.groups)),
        votes=clause("votes_more" if demand.approval_strict else "votes_least", share=str(demand.approval)),
        turnout=str(demand.turnout),
    )
    return verdict.decided(found, found.carried and enough, clauses=(*found.clauses, asked))


def total(tallies: Mapping[str, Tally]) -> Tally:
    """Return the votes of all groups as one tally; who was there is counted where hands were shown."""
    all_ = tuple(tallies.values())
    shown = any(t.present is not None for t in all_)
    return Tally(
        sum((t.members for t in all_), Fraction(0)),
        0,
        sum((t.filled for t in all_), Fraction(0)),
        sum((t.for_ for t in all_), Fraction(0)),
        sum((t.against for t in all_), Fraction(0)),
        sum((t.abstaining for t in all_), Fraction(0)),
        sum((verdict.present(t) for t in all_), Fraction(0)) if shown else None,
    )
