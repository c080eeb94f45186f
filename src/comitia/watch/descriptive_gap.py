"""I29, descriptive gap: how differently holders and members are spread over the groups of a roll.

Dissimilarity index 1/2 sum |a_i - b_i| (Duncan and Duncan 1955): the share of holders who would have to be others for
the two to be spread alike. Holders are people in any seat; members everybody on the roll. Nothing is said of a roll
with fewer than ten members or ten holders.
"""

from fractions import Fraction

from comitia.watch import answers
from comitia.watch.indicator import LEAST_VOTERS, Indicator, Reading, percent
from comitia.watch.view import View

GAP = Indicator(
    "I29", "descriptive gap", "half the sum of |share of holders - share of members| over the groups of a roll",
    "0 to 1",
    "Duncan and Duncan 1955", "chance alone makes it high with few holders or many groups", "number",
)  # fmt: skip


def dissimilarity(ones: dict[str, int], others: dict[str, int]) -> Fraction:
    """Return the index of two counts over the same groups, each with a sum above 0."""
    sums = sum(ones.values()), sum(others.values())
    groups = dict.fromkeys((*ones, *others))
    moved = (abs(Fraction(ones.get(g, 0), sums[0]) - Fraction(others.get(g, 0), sums[1])) for g in groups)
    return sum(moved, Fraction(0)) / 2


def readings(view: View) -> tuple[Reading, ...]:
    """Return one reading for each roll that members join."""
    holders = {f.term.member for f in view.running}
    found = []
    for roll in view.rules.rolls.values():
        by_group = view.members_by_group(roll.id)
        members = {group: len(people) for group, people in by_group.items()}
        seated = {group: sum(m in holders for m in people) for group, people in by_group.items()}
        number, whole = sum(seated.values()), sum(members.values())
        if len(members) < 2 or number < LEAST_VOTERS or whole < LEAST_VOTERS:
            continue
        value = dissimilarity(seated, members)
        far = max(members, key=lambda g: (abs(Fraction(seated[g], number) - Fraction(members[g], whole)), g))
        sentence = (
            f"By {roll.name} the holders differ from the members by {percent(value)}, most in {far}: {seated[far]} "
            f"of {number} holders, {members[far]} of {whole} members."
        )
        articles = answers.seats(view.rules)
        found.append(Reading(GAP, roll.id, value, number, whole, sentence, (), articles))
    return tuple(found)
