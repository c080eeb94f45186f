"""A show of hands in an assembly, counted by two tellers, in the place of its secret ballot.

Two different people who hold seats of the kinds that the charter's permission names vouch for the numbers. Once anybody
has voted in secret, hands are not counted; once hands were counted, nobody votes in secret.
"""

from comitia.federation import acts, motions, positions, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Hands, State


def count(state: State, act: acts.HandVoteCounted) -> None:
    """Enter a show of hands in the assembly for which the act is done."""
    check_permitted(state, act)
    of = motions.motion(state, act.motion)
    article = of.on.article
    running = motions.open_division(of, act.at)
    refuse_unless(
        running.reading > 0 and positions.present(of) in ("vote", "sense_check"),
        article,
        f"hands are counted in a vote for and against; {positions.present(of) if running.reading else 'a choice'} is "
        f"open",
    )
    name = running.ballots.get(act.body, "")
    counted = running.hands.get(act.body)
    refuse_unless(counted is None, article, f"hands were counted in act {counted.act if counted else ''}")
    refuse_unless(bool(name), article, f"{act.body or 'no body'} is no assembly that votes on {of.id}")
    ballot = state.ballots[name]
    asked = ballot.sealed.course.requests if ballot.sealed is not None and ballot.sealed.course is not None else []
    voting = len(ballot.voted) + len(asked)
    refuse_unless(not voting, article, f"{voting} have voted in {name} in secret; it stays secret")
    permission = standing.charter(state).permissions["hand_vote_counted"]
    tellers = set(act.tellers)
    for teller in sorted(tellers):
        held = {
            standing.body(state, t.seat.partition(":")[0]).kind.id for t in standing.seats_of(state, teller, act.at)
        }
        refuse_unless(
            bool(held & set(permission.by)),
            permission.article,
            f"{teller} is no teller; hands are counted by those who sit in {', '.join(permission.by)}",
        )
    refuse_unless(
        len(act.tellers) == len(tellers) == 2 and act.by in tellers,
        permission.article,
        "two different tellers vouch for a count of hands, and one of them enters it",
    )
    members, votes = len(ballot.electorate), (act.in_favour, act.against, act.abstaining)
    refuse_unless(
        min(votes) >= 0 and sum(votes) <= act.present <= members,
        article,
        f"{act.present} present of {members}, {sum(votes)} hands: no more hands than present, nor present than members",
    )
    running.hands[act.body] = Hands(act.present, *votes, tuple(sorted(tellers)), state.size)
    # The secret ballot that nobody used is closed, and there are no choices to publish.
    del running.ballots[act.body]
    ballot.closes_at = act.at
