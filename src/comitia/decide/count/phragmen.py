"""Sequential Phragmen: each seat is a load that its supporters share, and the lowest highest load is elected next.

Source: L. E. Phragmen, Sur une methode nouvelle pour realiser, dans les elections, la representation proportionnelle
des partis (1894); M. Brill, R. Freeman, S. Janson, M. Lackner, "Phragmen's voting methods and justified
representation", Mathematical Programming 203 (2024), section 3. In our words:

1  A paper approves everybody whom it names; the order in which it names them is not read.
2  Every paper begins with load 0. Electing somebody brings a load of 1, which the papers that approve her take on so
   that they end with equal loads.
3  The next elected is the candidate for whom that load is lowest: s = (1 + loads of the papers that approve her) /
   their number. Each of those papers then has the load s.
4  Candidates who tie are parted by lot.
5  Whoever no paper approves is elected only where nobody approved is left, by lot.

Loads are exact fractions. The totals of a stage are the loads at which each candidate would be elected in it; for
whoever is elected, the load at which that happened; 0 for whoever no paper approves.
"""

from fractions import Fraction

from comitia.decide import approvals, profile as profiles, properties, sheet, ties

RULE = "phragmen"
SOURCE = "Sequential Phragmen: Phragmen 1894; Brill, Freeman, Janson, Lackner 2024"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "justified", "monotone"})


class _Count:
    """A count under way: a paper has the load of whoever was last elected of those it approves (None: nobody yet)."""

    def __init__(self, profile: profiles.Profile) -> None:
        self.papers = approvals.approvals(profile)
        self.support = approvals.votes(self.papers, len(profile.candidates))
        self.last: list[int | None] = [None] * len(self.papers.papers)
        self.load: dict[int | None, Fraction] = {None: Fraction(0)}
        # carried[c][d]: of the papers that approve c, how many have the load at which d was elected.
        self.carried: list[dict[int | None, int]] = [{None: number} for number in self.support]

    def would_be(self, c: int) -> Fraction:
        # 3
        loads = sum((number * self.load[d] for d, number in self.carried[c].items()), Fraction(0))
        return (1 + loads) / self.support[c]

    def elect(self, elected: int, load: Fraction) -> None:
        self.load[elected] = load
        for place, (weight, approved) in enumerate(self.papers.papers):
            if elected not in approved:
                continue
            for c in approved:
                self.carried[c][self.last[place]] -= weight
                self.carried[c][elected] = self.carried[c].get(elected, 0) + weight
            self.last[place] = elected


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by sequential Phragmen, one stage for each seat.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    state = _Count(profile)
    names = profile.candidates
    left = list(profiles.standing(profile))
    totals = [Fraction(0)] * len(names)
    stages: list[sheet.Stage] = []
    winners: list[int] = []
    draws = 0
    while left and len(winners) < seats:
        # 2, 3
        loads = {c: state.would_be(c) for c in left if state.support[c]}
        lowest = min(loads.values(), default=Fraction(0))
        # 5
        first = [c for c in left if loads.get(c) == lowest] if loads else left
        chosen = first[0]
        tie: ties.Tie | None = None
        if len(first) > 1:
            # 4
            tie, draws = ties.by_draw("election", first, lot=lot, number=draws)
            chosen = tie.chosen[0]
        for c, load in loads.items():
            totals[c] = load
        said = [] if tie is None else [sheet.tie_sentence(tie, names)]
        if loads:
            said.append(
                f"{names[chosen]} is elected: the {state.support[chosen]} papers that approve her then carry "
                f"{sheet.exact_text(lowest)} of a seat each, the lowest load"
            )
            state.elect(chosen, lowest)
        else:
            said.append(f"{names[chosen]} is elected to a seat that is left, though no paper approves her")
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(said) + "."
        stages.append(sheet.Stage(tuple(totals), (chosen,), (), (), Fraction(0), tie, sentence))
        winners.append(chosen)
        left.remove(chosen)
    return sheet.Sheet(
        RULE, SOURCE, seats, names, state.papers.valid, state.papers.blank, None, tuple(stages), tuple(winners)
    )
