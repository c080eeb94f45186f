"""How many papers prefer the one candidate to the other, for every pair: what Condorcet's rules count with."""

from collections.abc import Sequence

from comitia.decide import profile as profiles

Matrix = list[list[int]]


def preferences(profile: profiles.Profile) -> Matrix:
    """Return N: N[a][b] papers prefer a (row) to b (column); candidates who withdrew have none.

    A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not. It has no
    preference among candidates of one rank, nor among those whom it does not rank.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    size = len(profile.candidates)
    standing = profiles.standing(profile)
    found = [[0] * size for _ in range(size)]
    strict, equal = profiles.merged_with_equal(profile)
    for weight, ranking in strict:
        unranked = [c for c in standing if c not in ranking]
        for place, one in enumerate(ranking):
            row = found[one]
            for other in (*ranking[place + 1 :], *unranked):
                row[other] += weight
    for weight, ranks in equal:
        behind = set(standing)
        for rank in ranks:
            behind.difference_update(rank)
            for one in rank:
                for other in behind:
                    found[one][other] += weight
    return found


def papers_counted(profile: profiles.Profile) -> tuple[int, int]:
    """Return how many papers rank anybody who stands, and how many do not."""
    strict, equal = profiles.merged_with_equal(profile)
    blank = sum(weight for weight, ranking in strict if not ranking)
    return sum(weight for weight, _ in (*strict, *equal)) - blank, blank


def over_text(names: Sequence[str], preferred: Matrix, one: int, others: Sequence[int]) -> str:
    """Say how one candidate fares against others: ``11 to 10 over A, 9 to 12 over C``."""
    return ", ".join(f"{preferred[one][c]} to {preferred[c][one]} over {names[c]}" for c in others)
