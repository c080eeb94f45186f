"""I26, personalisation: the share of what the centre did that one person did.

The centre are the bodies that execute (I8) and have no groups. Acts beside voting count. Source: the item of
personalisation in the V-Party data set, carried over to acts.
"""

from bisect import bisect_right

import numpy as np

from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.noting import is_executive
from comitia.watch.view import View

SHARE = Indicator(
    "I26", "personalisation", "most acts of one person for the centre / acts for the centre, in a term", "0 to 1",
    "V-Party, personalisation of the party", "a secretary signs for all by duty: compare with the body's past", "share",
)  # fmt: skip


def readings(view: View) -> tuple[Reading, ...]:
    """Return the share for the federation."""
    spoken = view.ledger.spoken
    low, high = bisect_right(spoken.at, view.since()), bisect_right(spoken.at, view.at)
    central = {k.id for k in view.seated_kinds if not k.each and is_executive(view.rules, k)}
    codes = np.array([n for body, n in spoken.bodies.numbers.items() if body in central], dtype=np.int64)
    own = np.isin(np.asarray(spoken.body[low:high], dtype=np.int64), codes)
    # Who opens an election of a body does it for the electors, not for the body.
    own &= np.asarray(spoken.word[low:high], dtype=np.int64) != spoken.words.numbers.get("election_opened", -1)
    who = np.asarray(spoken.who[low:high], dtype=np.int64)[own]
    articles = tuple(dict.fromkeys(n for kind in sorted(central) for n in answers.seats(view.rules, kind)))
    if not who.size:
        return (share(SHARE, "", (0, 0), f"The centre did nothing in the last {view.days()} days.", articles=articles),)
    counts = np.bincount(who)
    most = int(counts.argmax())
    person = list(spoken.people.numbers)[most]
    number = int(counts[most])
    sentence = f"{person} did {number} of the {who.size} acts done for the centre in the last {view.days()} days."
    acts = tuple(int(n) for n in np.asarray(spoken.act[low:high], dtype=np.int64)[own][who == most])
    return (share(SHARE, "", (number, int(who.size)), sentence, acts=acts, articles=articles),)
