"""The one clerk of this process, and how a page hands an act over.

All pages of a process share one clerk. A page is made while nobody else changes the state: ``ONE`` is held from the
view's beginning to its end (middleware), so that no table grows while a page walks through it.
"""

import threading
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec
from django.conf import settings

from comitia.clerk.clerk import Clerk
from comitia.clerk.watched import Watched
from comitia.federation import acts, founding
from comitia.federation.refusal import Refused
from comitia.federation.state import State
from comitia.record.canonical import NotCanonical

ONE = threading.RLock()


@cache
def _opened() -> Clerk:
    return Clerk.open(settings.HOME.path)


def clerk() -> Clerk:
    """Return the clerk of the federation that this process serves."""
    with ONE:
        return _opened()


@lru_cache(maxsize=1)
def _watched(of: Clerk) -> Watched:
    return Watched(of)


def watched() -> Watched:
    """Return the ledger of the record, kept up between pages; read it only while making a page."""
    return _watched(clerk())


def state() -> State:
    """Return what holds at the last act; read it only while making a page."""
    return clerk().federation.state


def now() -> str:
    """Return the moment with which an act taken in now is stamped."""
    return clerk().now()


def submit(act: acts.AnyAct, *, blobs: Mapping[str, bytes] | None = None) -> int:
    """Hand an act to the clerk, stamped with the present moment, and return its number.

    Raises:
        Refused: the rule book does not allow it, or its text has no place in the record.
        StoreFault: it could not be written.
    """
    # The clerk stamps it when its turn comes: acts of other processes may come first.
    try:
        return clerk().submit(msgspec.structs.replace(act, at=""), blobs=blobs)
    except NotCanonical as fault:
        raise Refused("record", f"what you wrote cannot enter the record ({fault}); shorten it") from fault


def vote(ballot: str, member: str, choice: object) -> int:
    """Hand a member's secret vote to the clerk and return the number of the act that marks her.

    Raises:
        Refused: she may not vote, has voted, or the ballot does not offer this choice.
    """
    return clerk().vote(acts.VoteTaken(at="", by=member, ballot=ballot, member=member), choice)


def lot(election: str) -> str:
    """Return the commitment to the seed of an election's lot.

    Raises:
        Refused: the id could not name an election; no file is made for it.
    """
    founding.check_new_id(election, election in state().ballots, "an election")
    return clerk().lot(election)
