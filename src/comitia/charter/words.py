"""Words in which the rules of a charter are said: people, bases, shares, days, lists."""

from fractions import Fraction

from comitia.charter.structure import Apportionment, Base, Charter, CountingRule

PEOPLE = {"member": "any member", "elector": "the electors concerned", "clerk": "the clerk"}
BASES: dict[Base, str] = {
    "members": "all members",
    "seats": "all seats",
    "filled": "the seats filled",
    "present": "those present",
    "cast": "the votes cast, abstentions among them",
    "for_against": "the votes for and against",
}
RULES: dict[CountingRule, str] = {
    "plurality": "by most votes",
    "approval": "by approval",
    "instant_runoff": "by instant runoff",
    "scottish": "by single transferable vote",
    "meek": "by single transferable vote (Meek)",
    "schulze": "by pairwise comparison (Schulze)",
    "list": "from lists",
    "wigm": "by single transferable vote (exact WIGM)",
    "ers97": "by single transferable vote (ERS97)",
    "block": "by most votes, as many on a paper as seats",
    "schulze_margins": "by pairwise comparison (Schulze, margins)",
    "ranked_pairs": "by pairwise comparison (ranked pairs)",
    "borda": "by points for places (Borda)",
    "borda_modified": "by points for places (modified Borda)",
    "pav": "by proportional approval",
    "phragmen": "by proportional approval (Phragmén)",
    "equal_shares_phragmen": "by equal shares (completed by Phragmén)",
    "equal_shares_add_one": "by equal shares (completed by add-one)",
    "equal_shares_utilitarian": "by equal shares (completed by approval)",
}
APPORTIONMENTS: dict[Apportionment, str] = {
    "sainte_lague": "Sainte-Laguë",
    "dhondt": "D'Hondt",
    "largest_remainder": "largest remainders",
    "droop_remainder": "largest remainders of Droop quotas",
    "huntington_hill": "Huntington-Hill",
    "adams": "Adams",
}


def share(threshold: Fraction, *, strict: bool) -> str:
    """Return ``more than 1/2`` or ``at least 2/3``."""
    return f"{'more than' if strict else 'at least'} {threshold}"


def one(charter: Charter, name: str) -> str:
    """Return a kind of body, or people of a permission, with its article."""
    kind = charter.kinds.get(name)
    return f"the {kind.name}" if kind else PEOPLE.get(name, name)


def bare(charter: Charter, name: str) -> str:
    """Return a kind of body without its article."""
    return one(charter, name).removeprefix("the ")


def listed(charter: Charter, names: tuple[str, ...]) -> str:
    """Return kinds of bodies and people, separated by commas."""
    if not names:
        return "nobody"
    return ", ".join(one(charter, name) for name in names)


def joined(names: list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def days(number: int) -> str:
    """Return a time in days, or a year."""
    if number == 365:
        return "a year"
    return f"{number} day" if number == 1 else f"{number} days"


def every(number: int) -> str:
    """Return how often something comes round."""
    return "year" if number == 365 else "day" if number == 1 else f"{number} days"


def terms(number: int) -> str:
    """Return a number of terms."""
    return "one term" if number == 1 else f"{number} terms in a row"


def seats(number: int) -> str:
    """Return a number of seats."""
    return f"{number} seat" if number == 1 else f"{number} seats"


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]
