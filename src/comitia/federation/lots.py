"""Lots of an election: from the seed that was committed when it opened, or drawn by hand before two witnesses.

An election is opened with the hash of a seed, or without one. Without one a tie that no rule breaks stops the count
until somebody has drawn a lot before two members who do not stand, and the act that publishes the choices says on whom
it fell.
"""

from collections.abc import Callable, Container, Sequence

import msgspec

from comitia.decide import sheet, ties
from comitia.federation import acts
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot

Count = Callable[[ties.Breaking], sheet.Sheet]


def drawn(act: acts.BallotsPublished) -> tuple[str, ...]:
    """Return on whom lots by hand fell."""
    return () if act.drawn is msgspec.UNSET else act.drawn


def witnesses(act: acts.BallotsPublished) -> tuple[str, ...]:
    """Return before whom lots were drawn by hand."""
    return () if act.witnesses is msgspec.UNSET else act.witnesses


def check_witnessed(act: acts.BallotsPublished, of: Ballot, article: str, *, free: Container[str] | None) -> None:
    """Raise unless lots by hand are said only where they are drawn so, and two members who do not stand saw them.

    Args:
        free: the members who do not stand; None where no lot of the ballot is drawn by hand.

    Raises:
        Refused: they do not fit.
    """
    chosen, saw = drawn(act), witnesses(act)
    if free is None:
        refuse_unless(
            not chosen and not saw,
            article,
            f"no lot of {of.id} is drawn by hand: leave out who was drawn and who saw it",
        )
        return
    apart = len(saw) == len(set(saw)) == 2 and all(one in free for one in saw)
    refuse_unless(
        apart if chosen else not saw,
        article,
        f"a lot by hand is drawn before two different members who do not stand in {of.id}; name both with whom it fell "
        f"on, and nobody where no lot was drawn",
    )


def counted(count: Count, chosen: Sequence[str], names: Sequence[str], article: str) -> sheet.Sheet:
    """Return a count whose lots fell by hand on those named, in this order.

    Raises:
        Refused: a lot is still to be drawn, fell on somebody who does not tie, or was not asked for.
    """
    unknown = [one for one in chosen if one not in names]
    refuse_unless(not unknown, article, f"a lot fell on {', '.join(unknown)}, who stands on no paper of this ballot")
    places = tuple(names.index(one) for one in chosen)
    try:
        found = count(ties.Hand(places))
    except ties.HandNeeded as needed:
        tied = sheet.names_text(names, needed.tied)
        raise Refused(
            article,
            f"{tied} tie and no rule parts them: draw one of them before two members who do not stand, and publish "
            f"the choices with whom the lot fell on and who saw it (lots given so far: {needed.given})",
            {"tied": [names[place] for place in needed.tied], "given": needed.given},
        ) from None
    except ties.HandWrong as wrong:
        raise Refused(
            article,
            f"lot {wrong.number} fell on {names[wrong.choice]}, but those who tie there are "
            f"{sheet.names_text(names, wrong.tied)}",
        ) from None
    if places:
        # The count with one lot less would ask for it.
        try:
            count(ties.Hand(places[:-1]))
        except ties.HandNeeded:
            return found
        raise Refused(article, f"the count asks for fewer than the {len(places)} lots given: leave out the last")
    return found
