"""Where a sealed ballot stands, for anyone: keys given, tokens asked for, ballots cast, and what it waits for."""

from dataclasses import dataclass

from comitia.federation import sealing
from comitia.federation.state import Ballot


@dataclass(frozen=True, slots=True)
class SealedStanding:
    """The counts of a sealed ballot, none of which says how anyone voted.

    Attributes:
        asking_until, casting_from: the ends of the windows.
        issuers, tellers, boxes: who has given a key; tellers as member and body.
        number, needed: how many tellers there are, and how many open the ballot.
        asked, answered: tokens asked for, and those that every issuer has answered.
        owed: how many answers issuers still owe.
        sealed: one-time keys that cast. voids: tokens made void. revealed: keys of tellers.
        waits: what it waits for; "" once it is published.
    """

    asking_until: str
    casting_from: str
    issuers: tuple[str, ...]
    tellers: tuple[tuple[str, str], ...]
    boxes: tuple[str, ...]
    number: int
    needed: int
    asked: int
    answered: int
    owed: int
    sealed: int
    voids: int
    revealed: int
    waits: str


def of_ballot(of: Ballot, at: str) -> SealedStanding:
    """Return where a sealed ballot stands at a moment.

    Raises:
        Refused: it is not sealed.
    """
    to = sealing.sealed(of)
    on = to.course
    asked = len(on.requests) if on else 0
    done = [set(each) for each in on.answered] if on else [set[int]()]
    return SealedStanding(
        asking_until=sealing.requests_until(of),
        casting_from=sealing.casts_from(of),
        issuers=tuple(sorted(body for body, _ in to.issuers.values())),
        tellers=tuple((member, body) for member, (body, _) in to.tellers.items()),
        boxes=tuple(sorted(to.boxes)),
        number=to.rule.number,
        needed=to.rule.needed,
        asked=asked,
        answered=len(set.intersection(*done)),
        owed=sum(asked - len(each) for each in done),
        sealed=len(on.last) if on else 0,
        voids=len(on.voids) if on else 0,
        revealed=len(on.revealed) if on else 0,
        waits=_waits(of, at),
    )


def _waits(of: Ballot, at: str) -> str:
    to = sealing.sealed(of)
    if of.published:
        return ""
    if to.course is None:
        missing = [kind for kind in to.rule.issuers if kind not in to.issuers]
        left = to.rule.number - len(to.tellers)
        if missing:
            return f"the keys of {' and '.join(missing)}"
        return f"the keys of {left} more tellers" if left else "an elector who fixes the keys"
    if at < of.closes_at:
        return "voters"
    left = to.rule.needed - len(to.course.revealed)
    return f"the keys of {left} more tellers, who open it" if left > 0 else "the count"
