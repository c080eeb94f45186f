"""The last step that single-stage rules share: the candidates with the most votes take the seats, ties by lot."""

from collections.abc import Sequence
from fractions import Fraction

from comitia.decide import profile as profiles, sheet, ties


def fill(
    profile: profiles.Profile, votes: Sequence[Fraction | int], *, seats: int, lot: ties.Breaking, said: str
) -> tuple[sheet.Stage, tuple[int, ...]]:
    """Return the one stage of such a count and the winners in the order of their votes.

    Where several tie for the last seats, a lot is drawn among them. Candidates who withdrew take no seat; fewer
    candidates than seats are all elected, and seats stay vacant.

    Args:
        votes: by position.
        said: how the votes were counted, for the sentence of the stage.
    """
    order = sorted(profiles.standing(profile), key=lambda c: (-votes[c], c))
    tie: ties.Tie | None = None
    winners = order[:seats]
    if len(order) > seats and votes[order[seats - 1]] == votes[order[seats]]:
        level = votes[order[seats]]
        safe = [c for c in order if votes[c] > level]
        tied = [c for c in order if votes[c] == level]
        tie = ties.draw_places(tied, seats - len(safe), lot=lot)
        winners = safe + list(tie.chosen)
    names = [f"{profile.candidates[c]} is elected with {sheet.exact_text(votes[c])}" for c in winners]
    ties_said = [] if tie is None else [sheet.tie_sentence(tie, profile.candidates)]
    sentence = "Stage 1: " + "; ".join([said, *ties_said, *names]) + "."
    totals = tuple(Fraction(number) for number in votes)
    return sheet.Stage(totals, tuple(winners), (), (), Fraction(0), tie, sentence), tuple(winners)
