"""Faults of sealed ballots: issuers or tellers in one hand, tellers of whom none may be missing, words of no ballot."""

from collections.abc import Iterator

from comitia.charter.fault import Fault, at, quoted
from comitia.charter.structure import Charter, SealedBallots

BALLOTS = ("election", "recall", "motion", "refounding")
LEAST_ISSUERS = LEAST_NEEDED = 2


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of the table ``[sealed_ballots]``; none where the charter has none."""
    rule = charter.sealed
    if rule is None:
        return
    unknown = tuple(one for one in rule.ballots if one not in BALLOTS)
    if unknown or not rule.ballots:
        yield at(
            rule,
            "sealed-unknown",
            reason=f"Ballots to be sealed are {quoted(unknown) or 'none'}; there are {quoted(BALLOTS)}.",
            harm="Members believe that their choices are sealed, and the clerk keeps them.",
            repair="Write ballots with words of these, or take [sealed_ballots] out.",
        )
    yield from _issuers(charter, rule)
    if rule.needed < LEAST_NEEDED:
        yield at(
            rule,
            "sealed-in-one-hand",
            reason="One teller alone opens a ballot.",
            harm="She reads every choice on the first day, and tells those who are close to her how it stands.",
            repair="Set needed to 2.",
        )
    elif rule.needed >= rule.number:
        yield at(
            rule,
            "sealed-without-spare",
            reason=f"Of {rule.number} tellers {rule.needed} are needed to open a ballot.",
            harm="One of them falls ill, or does not like how it went, and nobody ever learns what was decided.",
            repair=f"Set number to {rule.needed + 1}.",
        )


def _issuers(charter: Charter, rule: SealedBallots) -> Iterator[Fault]:
    if len(rule.issuers) < LEAST_ISSUERS:
        yield at(
            rule,
            "sealed-in-one-hand",
            reason=f"{quoted(rule.issuers) or 'Nobody'} alone issues the right to cast a ballot.",
            harm="It issues as many as it likes to itself, for members who stayed at home.",
            repair="Name two issuers or more, of different houses.",
        )
    many = tuple(name for name in rule.issuers if name in charter.kinds and charter.kinds[name].each)
    if many:
        yield at(
            rule,
            "sealed-by-many",
            reason=f"Of {quoted(many)} there is a body for every group, and an issuer is one body.",
            harm="Nobody knows whose key a ballot has, and each says that it is another's.",
            repair="Name kinds of which the federation has one body each, for instance the houses.",
        )
