"""The last chapters: what nobody may do, an order declined, a strike, a recall, and what is left open."""

from decimal import Decimal

from comitia.cli.demo import cast as people
from comitia.cli.demo.cast import Cast
from comitia.cli.demo.telling import SEASON, STRIKERS, Say, Told, decimal, draft_plan, move_adoption, shortages
from comitia.cli.demo.valley import Valley
from comitia.federation import acts, moment, seasons, standing
from comitia.federation.refusal import Refused


def never(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """Two acts that no charter of this kind allows: labour commanded, a committee merged from above."""
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    tries: tuple[acts.AnyAct, ...] = (
        acts.WorkAssigned(at=cast.at, by=board, body="board", member="m-0007", workplace="foundry", task="night shift"),
        acts.BodyMerged(
            at=cast.at, by=board, body="board", bodies=("committee/mill",), into="committee/bakery", decisions=()
        ),
    )
    for act in tries:
        try:
            cast.clerk.submit(act)
        except Refused as refused:
            told.refused.append(str(refused))
            tell(f"The board tries {acts.word(act)}: {refused}.")


def decline(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """A workplace declines an order, a union withdraws hours: both lawful.

    The plan is computed anew and shows who falls short.
    """
    state = cast.clerk.federation.state
    adopted = seasons.adopted(state, SEASON)
    assert adopted is not None
    rows = state.seasons[SEASON].figures
    run = max(
        (r for r in adopted.solution.runs if rows["activities"][r.activity,].row[1] == "textiles"), key=lambda r: r.runs
    )
    body = "committee/textiles"
    by = standing.filled(state, body, cast.at)[0].member
    half = decimal(run.runs / 2)
    cast.clerk.submit(
        acts.OrderDeclined(
            at=cast.at,
            by=by,
            body=body,
            season=SEASON,
            activity=run.activity,
            runs=format(half, "f"),
            reason="two looms are down until the tool shop has parts",
        )
    )
    first = draft_plan(cast, "fullest")
    key = ("drivers", "transport")
    hours = (Decimal(rows["hours"][key].row[2]) * Decimal("0.6")).quantize(Decimal("1"))
    body = "union/drivers"
    by = standing.filled(state, body, cast.at)[0].member
    cast.clerk.submit(
        acts.HoursWithdrawn(
            at=cast.at,
            by=by,
            body=body,
            season=SEASON,
            trade="drivers",
            workplace=key[1],
            hours=format(hours, "f"),
            overtime="0",
            reason="strike for two drivers in each lorry at night",
        )
    )
    second = draft_plan(cast, "fullest")
    tell(f"Textiles decline half of {run.activity}; computed anew: {shortages(first)}.")
    tell(
        f"The drivers of the transport co-operative strike with two fifths of their hours; computed anew: "
        f"{shortages(second)}."
    )


def recall(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """A delegate is recalled by her own electors; a by-election is called."""
    state = cast.clerk.federation.state
    seat = next(
        s
        for s in standing.seats(state, "unions-house")
        if s.constituency == f"trade-assembly/{STRIKERS}" and standing.term(state, s.id, cast.at)
    )
    electorate = sorted(standing.electors(state, seat.constituency, cast.at))
    holder = standing.term(state, seat.id, cast.at)
    assert holder is not None
    stranger = next(m for m in sorted(state.members) if m not in electorate)
    try:
        cast.clerk.submit(
            acts.RecallPetitioned(
                at=cast.at, by=stranger, recall="recall-0", seat=seat.id, reason="we are the majority"
            )
        )
    except Refused as refused:
        told.refused.append(str(refused))
    cast.clerk.submit(
        acts.RecallPetitioned(
            at=cast.at, by=electorate[0], recall="recall-1", seat=seat.id, reason="she has not reported to us"
        )
    )
    rule = standing.body(state, seat.body).kind.recall
    assert rule is not None
    need = -(-len(electorate) * rule.petition.numerator // rule.petition.denominator)
    cast.clerk.submit_all([acts.PetitionSigned(at=cast.at, by=m, recall="recall-1") for m in electorate[1 : need + 1]])
    closes = moment.after(cast.at, days=rule.voting_days)
    cast.clerk.submit(acts.RecallOpened(at=cast.at, by=electorate[0], recall="recall-1", closes_at=closes))
    votes = [
        (
            acts.VoteTaken(at=cast.at, by=m, ballot="recall-1", member=m),
            "for" if cast.luck.random() < 0.75 else "against",
        )
        for m in electorate
        if cast.luck.random() < 0.8
    ]
    cast.luck.shuffle(votes)
    cast.clerk.vote_all(votes)
    cast.wait_until(closes)
    cast.clerk.publish("recall-1")
    told.recalled = holder.member
    found = state.recalls["recall-1"].verdict
    assert found is not None
    tell(
        f"{cast.clerk.people.name(holder.member)} is recalled from {seat.id} by her own electors alone: "
        f"{found.sentence}"
    )


def open_matters(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """What is left open for whoever looks at the pages: a by-election, a motion under way, a plan to adopt anew."""
    state = cast.clerk.federation.state
    seat = next(
        s
        for s in standing.seats(state, "unions-house")
        if s.constituency == f"trade-assembly/{STRIKERS}" and not standing.term(state, s.id, cast.at)
    )
    election = people.open_elections(cast, [("unions-house", seat.constituency)], vacant_only=True)[0]
    electorate = sorted(standing.electors(state, seat.constituency, cast.at))
    stand = [m for m in electorate if not standing.seats_of(state, m, cast.at)][:3]
    cast.clerk.submit_all([acts.CandidateNominated(at=cast.at, by=m, election=election, candidate=m) for m in stand])
    motion = move_adoption(cast, state.drafts[state.seasons[SEASON].drafts[-1]])
    cast.wait_until(state.elections[election].nominations_until)
    people.open_division(cast, motion)
    people.vote(cast, motion, {}, turnout=0.5)
    running = state.motions[motion].divisions[-1]
    told.delegate = next(
        t.member for b in running.bodies for t in standing.filled(state, b, cast.at) if t.seat not in running.votes
    )
    told.member = next(m for m in electorate if m != told.delegate and m not in stand)
    cast.wait(1)
    tell(f"Left open: a by-election for {seat.id}, and the vote on {motion}.")
