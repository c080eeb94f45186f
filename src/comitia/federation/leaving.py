"""Leaving: a group by its own decision, or a minority of it, goes with its share of the stock; nobody can hinder it.

It is announced, the charter's notice runs, and whoever leaves completes it. Those who leave are members no more and
their seats fall vacant. A whole group is closed: it has no body any more, its numbers are withdrawn from open seasons
(``leaving_numbers.py``), and all its stock goes with it. A minority takes its share of the stock by head. Everybody has
a copy of the record anyway: it is an export away.
"""

from fractions import Fraction
from math import floor

from comitia.books import transactions
from comitia.books.journal import Kind
from comitia.books.transactions import Voucher
from comitia.federation import acts, founding, leaving_numbers, moment, motions, seating, standing, under_way
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Group, Leaving, State


def leaving(state: State, name: str) -> Leaving:
    """Return the announcement of that id.

    Raises:
        Refused: there is none.
    """
    found = state.leavings.get(name)
    if found is None:
        raise Refused("record", f"nobody has announced to leave as {name!r}")
    return found


def _article(state: State) -> str:
    return standing.charter(state).procedures.leaving_article or "record"


def _group(state: State, name: str) -> Group:
    roll, _, group = name.partition("/")
    found = state.groups.get((roll, group))
    if found is None or found.closed:
        raise Refused(_article(state), f"{name!r} is no group of this federation; a group is named roll/group")
    return found


def announce(state: State, act: acts.LeavingAnnounced) -> None:
    """A group says that it leaves, by its own decision; or a member of it begins a minority that does."""
    rules = standing.charter(state).procedures
    article = _article(state)
    group = _group(state, act.group)
    check_permitted(state, act, frozenset(group.members))
    refuse_unless(bool(rules.leaving_article), article, "the charter does not say how a group leaves")
    founding.check_new_id(act.leaving, act.leaving in state.leavings, "a leaving")
    refuse_unless(
        act.by in group.members, article, f"{act.by} is not of {act.group}; its own members say that they leave"
    )
    for other in state.leavings.values():
        if other.group == act.group and other.completed < 0:
            refuse_unless(not other.decision, article, f"{act.group} has announced already that it leaves: {other.id}")
            refuse_unless(
                bool(act.decision) or act.by not in other.members,
                article,
                f"{act.by} leaves with the minority {other.id} already",
            )
    if act.decision:
        _check_own_decision(state, act, group)
    else:
        refuse_unless(
            rules.leaving_least > 0, article, "the charter lets no minority leave by itself; the group decides"
        )
    leaves_at = moment.after(act.at, days=rules.leaving_notice_days)
    joined = [] if act.decision else [act.by]
    state.leavings[act.leaving] = Leaving(
        act.leaving, act.group, act.decision, joined, act.at, leaves_at, state.size, least=rules.leaving_least
    )


def _check_own_decision(state: State, act: acts.LeavingAnnounced, group: Group) -> None:
    decision = motions.motion(state, act.decision)
    kinds = standing.charter(state).kinds.values()
    own = {standing.body_id(k, group.id) for k in kinds if k.form == "all" and k.each == group.roll}
    decided = set(decision.divisions[-1].bodies) if decision.divisions else set()
    refuse_unless(
        decision.on.effect == "leaving"
        and not decision.amends
        and decision.subject == act.group
        and bool(own & decided)
        and motions.is_in_force(state, decision),
        _article(state),
        f"{act.decision} is no decision in force of the assembly of {act.group} to leave",
    )


def join(state: State, act: acts.LeavingJoined) -> None:
    """A member of the group joins the minority that leaves."""
    of = leaving(state, act.leaving)
    article = _article(state)
    roll, _, name = of.group.partition("/")
    members = state.groups[roll, name].members
    check_permitted(state, act, frozenset(members))
    refuse_unless(not of.decision, article, f"all of {of.group} leaves, by its own decision; nobody needs to join")
    refuse_unless(act.by in members, article, f"{act.by} is not of {of.group}")
    refuse_unless(act.by not in of.members, article, f"{act.by} leaves with {of.id} already")
    refuse_unless(act.at < of.leaves_at, article, f"the notice of {of.id} was over at {of.leaves_at}")
    of.members.append(act.by)


def leavers(state: State, of: Leaving) -> tuple[str, ...]:
    """Return who leaves, as things stand: all members of the group, or those of the minority who are still in it."""
    roll, _, name = of.group.partition("/")
    present = state.groups[roll, name].members
    return tuple(sorted(present)) if of.decision else tuple(m for m in of.members if m in present)


def complete(state: State, act: acts.LeavingCompleted) -> None:
    """The notice is over: they go, and what is theirs goes with them."""
    of = leaving(state, act.leaving)
    article = _article(state)
    who = leavers(state, of)
    check_permitted(state, act, frozenset(who))
    refuse_unless(of.completed < 0, article, f"{of.id} was completed in act {of.completed}")
    refuse_unless(
        act.by in who or act.by == "clerk",
        article,
        f"{act.by} does not leave with {of.id}; they complete it themselves",
    )
    refuse_unless(act.at >= of.leaves_at, article, f"the notice of {of.id} runs until {of.leaves_at}")
    refuse_unless(
        bool(of.decision) or len(who) >= of.least,
        article,
        f"{len(who)} of {of.group} leave; a minority needs {of.least} to take its share with it",
    )
    roll, _, name = of.group.partition("/")
    group = state.groups[roll, name]
    _take_stock_out(state, act, of, Fraction(len(who), max(1, len(group.members))))
    for member in who:
        founding.depart(state, member, act.at)
    of.members, of.completed = list(who), state.size
    if of.decision:
        under_way.keep_seats(state, standing.charter(state))
        group.closed = act.at
        seating.end_lost_seats(state, act.at)
        under_way.end_with_bodies(state)
        leaving_numbers.withdraw(state, group)


def _take_stock_out(state: State, act: acts.LeavingCompleted, of: Leaving, share: Fraction) -> None:
    """Post the stock that goes with them out of the group's accounts; a share is rounded down to what can be handed."""
    quantities: dict[str, Fraction] = {}
    for account in state.journal.accounts():
        held = state.journal.balance(account)
        if account.body == of.group and account.kind is Kind.STOCK and held > 0:
            product = account.unit.partition(":")[2]
            step = 10 ** leaving_numbers.decimals(state, product)
            quantities[product] = held if share == 1 else Fraction(floor(held * share * step), step)
    voucher = Voucher(state.size, act.at, f"stock that leaves with {of.id}")
    out = transactions.stock_left(voucher, of.group, quantities=quantities)
    if out.postings:
        state.journal.post(out)
