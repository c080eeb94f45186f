"""Acts of a story told in the past, moved so that it ends now, and written to a folder that a server reads."""

import re
from datetime import timedelta
from pathlib import Path

import msgspec
from small import Small

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Hand:
    """A clock that is set by hand."""

    def __init__(self, at: str) -> None:
        self.at = at

    def __call__(self) -> str:
        return self.at


def shifted(act: acts.AnyAct, by: timedelta) -> acts.AnyAct:
    """Return the act with all its moments later by so much."""
    later = {
        name: moment.format(moment.parse(value) + by)
        for name in act.__struct_fields__
        if isinstance(value := getattr(act, name), str) and MOMENT.fullmatch(value)
    }
    return msgspec.structs.replace(act, **later)


def write(home: Path, small: Small, *, election: str = "", secret: str = "") -> None:
    """Write a federation to a folder, so that its last act lies an hour behind the present.

    Args:
        election: one whose lot is to come from a seed of the clerk's.
        secret: a ballot whose votes, all for, wait with the clerk to be counted.
    """
    by = moment.parse(clock()) - moment.parse(small.at) - timedelta(hours=1)
    done = [shifted(act, by) for act in small.done]
    hand = Hand(moment.after(clock(), days=-900))
    with Clerk.create(home, "small.example/log", time=hand) as clerk:
        done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
        # The seed of this election's lot lies with the clerk that opened it.
        done = [
            msgspec.structs.replace(a, lot=clerk.lot(election))
            if isinstance(a, acts.ElectionOpened) and a.election == election
            else a
            for a in done
        ]
        batch: list[acts.AnyAct] = []
        for act in done:
            hand.at = act.at
            if isinstance(act, acts.VoteTaken) and act.ballot == secret:
                clerk.submit_all(batch, blobs=small.blobs)
                batch = []
                clerk.vote(act, "for")
            else:
                batch.append(act)
        clerk.submit_all(batch, blobs=small.blobs)
        clerk.people.add_all([(m, f"Member {m[-2:]}", "") for m in small.state.members])
