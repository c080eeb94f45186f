"""Election by lists: votes go to lists, seats to lists in proportion, a list's seats to its candidates in their order.

Source: as named by the charter; the apportionment rule is an argument (``decide/apportionment.py``). In our words:

1  A paper names one list, or none (blank).
2  The seats are apportioned to the lists by their votes.
3  A tie over the last seats is broken by lot among the lists that tie.
4  A list's seats go to its candidates in the order of the list.
5  A list that has fewer candidates than seats leaves the rest to the others: the seats are apportioned anew among the
   lists that still have candidates, without what it took.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from comitia.decide import sheet, ties
from comitia.decide.apportionment import Apportionment

RULE = "list"
SOURCE = "list election"

Apportioning = Callable[..., Apportionment]


def count(
    votes: Mapping[str, int],
    lists: Mapping[str, Sequence[str]],
    *,
    seats: int,
    apportion: Apportioning,
    lot: ties.Breaking,
) -> sheet.Sheet:
    """Return the whole count of a list election, one stage for each list in the order of its votes.

    Args:
        votes: papers by list; "" are blank papers.
        lists: candidates of each list, in its order; every candidate on one list.
        apportion: a rule of ``decide/apportionment.py``.
        lot: public seed for ties.

    Raises:
        SeatsWrong: no seat to fill.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    named = {name: votes.get(name, 0) for name in lists}
    got, tie = _apportioned(named, lists, seats=seats, apportion=apportion, lot=lot)
    candidates = tuple(one for people in lists.values() for one in people)
    place = {one: n for n, one in enumerate(candidates)}
    totals = tuple(Fraction(named[name]) for name, people in lists.items() for _ in people)
    stages: list[sheet.Stage] = []
    winners: list[int] = []
    for name in sorted(lists, key=lambda one: (-named[one], list(lists).index(one))):
        # 4
        elected = tuple(place[one] for one in lists[name][: got[name]])
        said = f"the list {name} has {named[name]} votes and {got[name]} of {seats} seats"
        said += f": {sheet.names_text(candidates, elected)}" if elected else ""
        lines = [sheet.tie_sentence(tie, tuple(lists)), said] if tie and not stages else [said]
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(lines) + "."
        stages.append(sheet.Stage(totals, elected, (), (), Fraction(0), tie if not stages else None, sentence))
        winners += elected
    valid = sum(named.values())
    blank = votes.get("", 0)
    return sheet.Sheet(RULE, SOURCE, seats, candidates, valid, blank, None, tuple(stages), tuple(winners))


def _apportioned(
    votes: Mapping[str, int],
    lists: Mapping[str, Sequence[str]],
    *,
    seats: int,
    apportion: Apportioning,
    lot: ties.Breaking,
) -> tuple[dict[str, int], ties.Tie | None]:
    """Return the seats of each list, and the tie over the last of them if there was one."""
    got = dict.fromkeys(lists, 0)
    open_ = dict(votes)
    left = seats
    tie: ties.Tie | None = None
    while left and sum(open_.values()):
        # 2
        found = apportion(open_, seats=left)
        share = dict(found.seats)
        if found.undecided:
            # 3
            order = list(lists)
            tie = ties.draw_places([order.index(name) for name in found.tied], found.undecided, lot=lot)
            for chosen in tie.chosen:
                share[order[chosen]] += 1
        short = [name for name in open_ if share[name] > len(lists[name])]
        # 5
        for name in short or list(open_):
            got[name] = min(share[name], len(lists[name]))
            left -= got[name]
            del open_[name]
        if not short:
            break
    return got, tie
