"""The middle chapters: two drafts, the decision, the work and the deliveries under the adopted plan."""

from decimal import Decimal
from fractions import Fraction

from comitia.cli.demo import cast as people
from comitia.cli.demo.cast import Cast, Paper
from comitia.cli.demo.chapters_base import declare_rows
from comitia.cli.demo.telling import SEASON, STRIKERS, Say, Told, decimal, draft_plan, move_adoption, shortages
from comitia.cli.demo.valley import Declaration, Valley, declarations
from comitia.federation import acts, seasons, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Draft


def first_draft(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """A first draft, short of bread and leaning on overtime that the metalworkers refuse.

    The unions' house votes it down.
    """
    state = cast.clerk.federation.state
    draft = draft_plan(cast, "fullest")
    tell(f"First draft ({draft.variant}), certified: {shortages(draft)}.")
    motion = move_adoption(cast, draft)
    _talk(cast, motion)
    # The metalworkers instruct their delegates, seat by seat, by a secret vote of their own assembly.
    assembly = f"trade-assembly/{STRIKERS}"
    seats = [
        s.id
        for s in standing.seats(state, "unions-house")
        if s.constituency == assembly and standing.term(state, s.id, cast.at)
    ]
    for seat in seats:
        mover = min(standing.sitting(state, assembly, cast.at))
        decision = cast.name("mandate")
        text = f"against {motion}\nOur trade works no overtime this season; the draft counts on it.\n"
        people.move(
            cast,
            Paper(decision, "mandate-trade", f"Instruct {seat} to vote against {motion}", text, seat),
            by=mover,
            body=assembly,
        )
        people.divide(cast, decision, {assembly: "for"})
        cast.clerk.submit(
            acts.MandateGiven(
                at=cast.at, by=mover, body=assembly, seat=seat, motion=motion, instruction="against", decision=decision
            )
        )
    sentence = people.divide(cast, motion, {"unions-house": "against"})
    tell(f"The metalworkers refuse overtime and bind their {len(seats)} delegates. {sentence}")


def _talk(cast: Cast, motion: str) -> None:
    """Let members speak beside the draft, where the charter has talking."""
    state = cast.clerk.federation.state
    if standing.charter(state).talking is None:
        return
    smith, other = (sorted(standing.sitting(state, f"trade-assembly/{STRIKERS}", cast.at))[n] for n in (0, 1))
    asked = people.say(cast, f"motion/{motion}", "Whose evenings is this overtime? Nobody asked us.", by=smith)
    mover = state.motions[motion].by
    answer = f"@{smith} Nobody's, if you refuse it: the draft shows what falls short then. Say it in your assembly."
    people.say(cast, f"motion/{motion}", answer, by=mover, answers=asked)
    people.say(cast, f"motion/{motion}", "We will.", by=other, answers=asked)


def second_draft(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """Bodies revise their own numbers, and only theirs; a second draft is adopted by both houses."""
    state = cast.clerk.federation.state
    try:
        declare_rows(cast, [Declaration("committee/bakery", "hours", (("metalworkers", "", "1", "9999"),))])
    except Refused as refused:
        told.refused.append(str(refused))
        tell(f"The bakery tries to declare the metalworkers' overtime: {refused}.")
    declare_rows(cast, declarations(valley, valley.revised))
    drafts = [draft_plan(cast, variant) for variant in ("lightest", "fullest")]
    chosen = drafts[-1]
    tell(
        f"Eight bodies revise their own numbers. Second draft: {shortages(chosen)}; {len(drafts)} variants lie "
        f"side by side."
    )
    motion = move_adoption(cast, chosen)
    sentence = people.divide(cast, motion, {})
    assert seasons.adopted(state, SEASON) is not None, sentence
    tell(f"Adoption: {sentence}")


def work(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """Runs, hours, deliveries and receipts under the adopted plan, one of them short."""
    state = cast.clerk.federation.state
    adopted = seasons.adopted(state, SEASON)
    assert adopted is not None
    cast.wait(7)
    made = _first_week(cast, valley, adopted)
    cast.clerk.submit_all(made)
    cast.wait(1)
    sent = _deliveries(cast, adopted)
    cast.clerk.submit_all(sent)
    short = next(d for d in state.deliveries.values() if d.product == "wheat-flour" and d.to == "workplace/bakery")
    received: list[acts.AnyAct] = []
    waiting = list(state.deliveries.values())
    for delivery in waiting[:-3]:
        kind, _, group = delivery.to.partition("/")
        body = f"committee/{group}" if kind == "workplace" else f"council/{group}"
        by = standing.filled(state, body, cast.at)[0].member
        quantity = (
            (delivery.quantity * Decimal("0.9")).quantize(Decimal("0.01"))
            if delivery.id == short.id
            else delivery.quantity
        )
        remark = "sacks burst on the road; a tenth is missing" if delivery.id == short.id else ""
        received.append(
            acts.DeliveryReceived(
                at=cast.at, by=by, body=body, delivery=delivery.id, quantity=format(quantity, "f"), remark=remark
            )
        )
    cast.clerk.submit_all(received)
    tell(
        f"First week: {len(made)} reports of runs and hours, {len(sent)} deliveries, {len(received)} receipts. "
        f"{short.sender} sent "
        f"{short.quantity} of {short.product} to {short.to}, {short.received} arrived; the rest stays in transit, "
        f"in sight of all."
    )


def _week(number: Fraction) -> Decimal:
    """Return the part of a season's figure that falls on one of its thirteen weeks."""
    return decimal(number / 13)


def _committee(cast: Cast, workplace: str) -> tuple[str, str]:
    """Return one who sits in a workplace's committee, and the committee."""
    body = f"committee/{workplace}"
    return standing.filled(cast.clerk.federation.state, body, cast.at)[0].member, body


def _first_week(cast: Cast, valley: Valley, adopted: Draft) -> list[acts.AnyAct]:
    where = {a["activity"]: a["workplace"] for f in (valley.declared, valley.revised) for a in f.get("activities", ())}
    made: list[acts.AnyAct] = []
    for run in adopted.solution.runs:
        done = _week(run.runs)
        if done > 0:
            by, body = _committee(cast, where[run.activity])
            made.append(
                acts.RunReported(
                    at=cast.at, by=by, body=body, season=SEASON, activity=run.activity, runs=format(done, "f")
                )
            )
    trades = {(row["activity"], row["trade"]): row["hours"] for row in valley.declared["labour"]}
    worked: dict[tuple[str, str], Decimal] = {}
    runs = {r.activity: _week(r.runs) for r in adopted.solution.runs}
    for (activity, trade), hours in trades.items():
        key = (where[activity], trade)
        worked[key] = worked.get(key, Decimal(0)) + runs.get(activity, Decimal(0)) * Decimal(hours)
    for (workplace, trade), total in sorted(worked.items()):
        if total > 0:
            by, body = _committee(cast, workplace)
            made.append(
                acts.HoursReported(
                    at=cast.at,
                    by=by,
                    body=body,
                    season=SEASON,
                    workplace=workplace,
                    trade=trade,
                    hours=format(total.quantize(Decimal("0.1")), "f"),
                )
            )
    return made


def _deliveries(cast: Cast, adopted: Draft) -> list[acts.AnyAct]:
    sent: list[acts.AnyAct] = []
    for flow in adopted.solution.allocation:
        between = flow.from_kind == "workplace" and flow.to_kind in ("workplace", "council") and flow.from_ != flow.to
        quantity = _week(flow.quantity)
        if between and quantity > 0:
            by, body = _committee(cast, flow.from_)
            sent.append(
                acts.DeliverySent(
                    at=cast.at,
                    by=by,
                    body=body,
                    delivery=cast.name("delivery"),
                    season=SEASON,
                    product=flow.product,
                    sender=flow.from_,
                    to=f"{flow.to_kind}/{flow.to}",
                    quantity=format(quantity, "f"),
                )
            )
    return sent
