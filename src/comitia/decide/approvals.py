"""Papers that approve: whom each names, without order; equal sets together."""

from dataclasses import dataclass

from comitia.decide import profile as profiles


@dataclass(frozen=True, slots=True)
class Approvals:
    """Valid papers: (how many, positions named, sorted), by their sets; blank ones apart."""

    papers: tuple[tuple[int, tuple[int, ...]], ...]
    valid: int
    blank: int


def approvals(profile: profiles.Profile) -> Approvals:
    """Return the papers of a profile as sets of the candidates whom they name; withdrawn candidates passed over.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    strict, equal = profiles.merged_with_equal(profile)
    named: dict[tuple[int, ...], int] = {}
    for weight, ranking in strict:
        approved = tuple(sorted(ranking))
        named[approved] = named.get(approved, 0) + weight
    for weight, ranks in equal:
        approved = tuple(sorted(c for rank in ranks for c in rank))
        named[approved] = named.get(approved, 0) + weight
    blank = named.pop((), 0)
    papers = tuple((weight, approved) for approved, weight in sorted(named.items()))
    return Approvals(papers, sum(weight for weight, _ in papers), blank)


def votes(papers: Approvals, candidates: int) -> list[int]:
    """Return by how many papers each candidate is approved."""
    found = [0] * candidates
    for weight, approved in papers.papers:
        for c in approved:
            found[c] += weight
    return found
