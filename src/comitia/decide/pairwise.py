"""How many papers prefer the one candidate to the other, for every pair: what Condorcet's rules count with."""

from collections.abc import Sequence

from comitia.decide import papers as piles, profile as profiles

Matrix = list[list[int]]


def preferences(profile: profiles.Profile) -> Matrix:
    """Return N: N[a][b] papers prefer a (row) to b (column); candidates who withdrew have none.

    A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not. It has no
    preference among candidates of one rank, nor among those whom it does not rank.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    standing = profiles.standing(profile)
    papers, equal = piles.sort_with_equal(profile)
    found = papers.preferences(standing)
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
    papers, equal = piles.sort_with_equal(profile)
    return papers.valid + sum(weight for weight, _ in equal), papers.blank


def over_text(names: Sequence[str], preferred: Matrix, one: int, others: Sequence[int]) -> str:
    """Say how one candidate fares against others: ``11 to 10 over A, 9 to 12 over C``."""
    return ", ".join(f"{preferred[one][c]} to {preferred[c][one]} over {names[c]}" for c in others)
