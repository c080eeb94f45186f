"""Planned against realised, per workplace: runs, deliveries, hours."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comitia.books.journal import Journal, Kind, Transaction

Subject = Literal["runs", "sent", "received", "hours"]
Place = tuple[str, Subject, str]


@dataclass(frozen=True)
class Orders:
    """What an adopted plan asks of one workplace for the whole season.

    ``runs`` by activity; ``deliveries`` by (sender, receiver, product), those that the workplace sends and those that
    it receives; ``hours`` by trade. Bodies are named as in the accounts.
    """

    runs: Mapping[str, Fraction]
    deliveries: Mapping[tuple[str, str, str], Fraction]
    hours: Mapping[str, Fraction]


@dataclass(frozen=True, order=True)
class Deviation:
    """One ordered or unordered thing of a workplace: what the plan says and what the books say.

    ``key`` is the activity, the trade, or ``other body|product``; ``difference`` is realised less planned.
    """

    workplace: str
    subject: Subject
    key: str
    planned: Fraction
    realised: Fraction
    difference: Fraction


def deviations(orders: Mapping[str, Orders], journal: Journal) -> tuple[Deviation, ...]:
    """Return planned and realised side by side for every workplace, also where they agree, in order of name.

    What was realised without an order is planned 0. Only workplaces named in ``orders`` are reported; what a delivery
    posted at the sender is ``sent``, at the receiver ``received``, so a difference between them shows in both.
    """
    realised = _realised(journal)
    planned: defaultdict[Place, Fraction] = defaultdict(Fraction)
    for workplace, order in orders.items():
        for activity, runs in order.runs.items():
            planned[workplace, "runs", activity] += runs
        for trade, hours in order.hours.items():
            planned[workplace, "hours", trade] += hours
        for (sender, receiver, product), quantity in order.deliveries.items():
            if sender == workplace:
                planned[workplace, "sent", f"{receiver}|{product}"] += quantity
            if receiver == workplace:
                planned[workplace, "received", f"{sender}|{product}"] += quantity
    places = sorted(planned.keys() | {place for place in realised if place[0] in orders})
    zero = Fraction()
    figures = [(place, planned.get(place, zero), realised.get(place, zero)) for place in places]
    return tuple(Deviation(*place, plan, real, real - plan) for place, plan, real in figures)


def _realised(journal: Journal) -> dict[Place, Fraction]:
    sums: defaultdict[Place, Fraction] = defaultdict(Fraction)
    for transaction in journal:
        for posting in transaction.postings:
            body, other = posting.account.body, posting.counterpart
            unit_kind, _, name = posting.account.unit.partition(":")
            match posting.account.kind:
                case Kind.RUNS:
                    sums[body, "runs", name] += posting.quantity
                case Kind.PROCESS if unit_kind == "hours":
                    sums[body, "hours", name] += posting.quantity
                case Kind.STOCK if other != body and _is_sending(transaction, body):
                    sums[body, "sent", f"{other}|{name}"] -= posting.quantity
                case Kind.STOCK | Kind.CONSUMED if other != body:
                    sums[body, "received", f"{other}|{name}"] += posting.quantity
    return dict(sums)


def _is_sending(transaction: Transaction, body: str) -> bool:
    """Say whether a transaction moves what a body sends; its reversal does too, with the signs turned."""
    return any(
        (p.account.kind is Kind.IN_TRANSIT and p.account.body == body)
        or (p.account.kind is Kind.CONSUMED and p.account.body != body)
        for p in transaction.postings
    )
