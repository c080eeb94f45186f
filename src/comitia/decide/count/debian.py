"""Debian's rule: Condorcet with a default option, a quorum for each option, and supermajorities.

Source: Constitution for the Debian Project, appendix A.5 of version 1.8 and later (2022), which was A.6 of versions 1.1
(2003) to 1.7; the numbers are those of A.6, the quotes those of 1.7. In our words, with the wording where it decides:

1    Each paper ranks options; "Not all options need be ranked. Ranked options are considered preferred to all unranked
     options." Options may be ranked equally, and those not ranked are equal to one another.
2    Quorum R: "any options other than the default option which do not receive at least R votes ranking that option
     above the default option are dropped from consideration".
3    "Any (non-default) option which does not defeat the default option by its required majority ratio is dropped from
     consideration." 3.1: V(A, B) is the number of papers that prefer A to B. 3.2: A defeats the default option D by a
     ratio N "if V(A,D) is greater or equal to N * V(D,A) and V(A,D) is strictly greater than V(D,A)". 3.3: "If a
     supermajority of S:1 is required for A, its majority ratio is S; otherwise, its majority ratio is 1."
4    Among the options not dropped, "An option A defeats an option B, if V(A,B) is strictly greater than V(B,A)."
5    A transitively defeats C where A defeats C, or A defeats some B that transitively defeats C.
6    An option A is in the Schwartz set "if for all options B, either A transitively defeats B, or B does not
     transitively defeat A."
7    While there are defeats between options of the Schwartz set, "we drop the weakest such defeats from the list of
     pairwise defeats, and return to step 5". 7.1: (A, X) is weaker than (B, Y) where V(A, X) is less than V(B, Y), or
     "V(A,X) is equal to V(B,Y) and V(X,A) is greater than V(Y,B)". 7.2: "There may be more than one such defeat."
8    Without defeats within it, the winner is in the Schwartz set; of several, "the elector with the casting vote
     chooses which of those options wins."

Here the casting vote of 8 is by lot or by hand, an event on the sheet; ``ties.Hand`` is whoever has it. The totals are
the papers that prefer each option to the default option; the default option's are 0. The winner may be the default
option.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.decide import pairwise, profile as profiles, properties, sheet, ties
from comitia.decide.pairwise import Matrix

RULE = "debian"
SOURCE = "Constitution for the Debian Project 1.7, A.6 (A.5 since 1.8)"
PROPERTIES: frozenset[properties.Property] = frozenset()

Defeat = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the decision asks for.

    Attributes:
        default: position of the default option ("none of the above", "further discussion").
        quorum: R, in papers; 0 where none is asked for.
        ratios: S of the options that need a supermajority of S:1, by position.
    """

    default: int
    quorum: int = 0
    ratios: Mapping[int, Fraction] = field(default_factory=dict)


class TermsWrong(Exception):
    """Terms that fit no count: ``reason`` in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the terms of the decision do not hold: {reason}")
        self.reason = reason


def _check_terms(profile: profiles.Profile, terms: Terms) -> None:
    if terms.default not in profiles.standing(profile):
        raise TermsWrong(f"the default option {terms.default + 1} is not one of the options that stand")
    if terms.quorum < 0:
        raise TermsWrong(f"a quorum of {terms.quorum} papers, expected 0 or more")
    low = next((c for c, ratio in terms.ratios.items() if ratio < 1), None)
    if low is not None:
        raise TermsWrong(f"option {low + 1} needs a ratio of {terms.ratios[low]}, expected 1 or more")
    if terms.default in terms.ratios:
        raise TermsWrong(f"the default option {terms.default + 1} needs no ratio")


def _dropped(profile: profiles.Profile, preferred: Matrix, terms: Terms) -> dict[int, str]:
    """Return the options dropped by 2 and 3, each with the reason."""
    names, default, found = profile.candidates, terms.default, {}
    for a in profiles.standing(profile):
        if a == default:
            continue
        for_it, against = preferred[a][default], preferred[default][a]
        ratio = terms.ratios.get(a, Fraction(1))
        # 2
        if for_it < terms.quorum:
            found[a] = f"{names[a]} is dropped, ranked above {names[default]} by {for_it}, fewer than {terms.quorum}"
        # 3.2
        elif not (for_it >= ratio * against and for_it > against):
            found[a] = f"{names[a]} is dropped, {for_it} to {against} over {names[default]}, {ratio}:1 being needed"
    return found


def _schwartz(options: set[int], defeats: set[Defeat]) -> set[int]:
    # 5
    reached = {a: {b for x, b in defeats if x == a} for a in options}
    for via in options:
        for a in options:
            if via in reached[a]:
                reached[a] |= reached[via]
    # 6
    return {a for a in options if all(b in reached[a] or a not in reached[b] for b in options if b != a)}


def count(profile: profiles.Profile, *, terms: Terms, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a decision by Debian's rule.

    Args:
        terms: default option, quorum and supermajorities.
        lot: what stands for the casting vote.

    Raises:
        TermsWrong: the default option does not stand, or a quorum or ratio that means nothing.
        ProfileWrong: a paper that cannot be counted.
    """
    _check_terms(profile, terms)
    names = profile.candidates
    preferred = pairwise.preferences(profile)
    dropped = _dropped(profile, preferred, terms)
    options = set(profiles.standing(profile)) - set(dropped)
    totals = tuple(Fraction(row[terms.default]) for row in preferred)
    valid, blank = pairwise.papers_counted(profile)
    said = [f"{valid} valid papers are compared pair by pair", *dropped.values()]
    stages: list[sheet.Stage] = []

    def close(elected: tuple[int, ...], excluded: tuple[int, ...], tie: ties.Tie | None) -> None:
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(said) + "."
        stages.append(sheet.Stage(totals, elected, excluded, (), Fraction(0), tie, sentence))

    close((), tuple(dropped), None)
    # 4
    defeats = {(a, b) for a in options for b in options if preferred[a][b] > preferred[b][a]}
    while True:
        within = _schwartz(options, defeats)
        inside = {(a, b) for a, b in defeats if a in within and b in within}
        if not inside:
            break
        # 7
        weakest = min((preferred[a][b], -preferred[b][a]) for a, b in inside)
        gone = sorted((a, b) for a, b in inside if (preferred[a][b], -preferred[b][a]) == weakest)
        defeats -= set(gone)
        said = [f"{sheet.names_text(names, sorted(within))} defeat one another in a circle"]
        said += [f"the weakest defeat, {pairwise.over_text(names, preferred, a, [b])}, is dropped" for a, b in gone]
        close((), (), None)
    # 8
    winner, tie = min(within), None
    if len(within) > 1:
        tie, _ = ties.by_draw("election", sorted(within), lot=lot, number=0)
        winner = tie.chosen[0]
    said = [] if tie is None else [sheet.tie_sentence(tie, names)]
    direct = pairwise.over_text(names, preferred, winner, sorted(options - {winner}))
    said.append(f"{names[winner]} wins" + (f": {direct}" if direct else ""))
    close((winner,), (), tie)
    return sheet.Sheet(RULE, SOURCE, 1, names, valid, blank, None, tuple(stages), (winner,))
