"""The season of the invented Valley Federation, chapter by chapter; every line of it is acts that the rule book accepted.

``live`` calls ``say`` with what happens, and ``progress`` with how far it is. Nothing here goes round the clerk.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from comitia.cli.demo import cast as people
from comitia.cli.demo.cast import Cast, Paper
from comitia.cli.demo.valley import Row, Valley, declarations
from comitia.clerk.clerk import blob_hash
from comitia.clerk.people import commitment
from comitia.federation import acts, moment, seasons, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Draft

SEASON = "spring"
STRIKERS = "metalworkers"
Say = Callable[[str], None]
Progress = Callable[[str], None]


@dataclass(slots=True)
class Told:
    """What the story's later chapters and the tests ask about."""

    lines: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    member: str = ""
    delegate: str = ""
    secretary: str = ""
    recalled: str = ""


def live(cast: Cast, valley: Valley, charter: str, *, say: Say, progress: Progress) -> Told:
    """Let the federation live its season and return what was told."""
    told = Told()

    def tell(line: str) -> None:
        told.lines.append(line)
        say(line)

    for title, chapter in CHAPTERS:
        progress(title)
        chapter(cast, valley, charter, tell, told)
    return told


def found(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The founding: charter, groups, members, officers carried over."""
    clerk = cast.clerk
    text = charter.encode()
    persons = clerk.people.add_all([(m["member"], m["name"], "") for m in valley.members])
    founders = tuple(m["member"] for m in valley.members[:12])
    made: list[acts.AnyAct] = [
        acts.FederationFounded(
            at=cast.at,
            by=founders[0],
            name="Valley Federation (invented)",
            zone="Europe/Vienna",
            charter=blob_hash(text),
            vkey=clerk.vkey,
            founders=founders,
        )
    ]
    for g in valley.groups:
        within = f"district/{g['district']}" if g["district"] else ""
        made.append(
            acts.GroupRegistered(
                at=cast.at, by=founders[0], roll=g["roll"], group=g["id"], name=g["name"], within=within
            )
        )
    for m, p in zip(valley.members, persons, strict=True):
        groups = {roll: m[roll] for roll in ("workplace", "trade", "locality")}
        made.append(
            acts.MemberJoined(
                at=cast.at,
                by=founders[0],
                member=m["member"],
                commitment=commitment(p.name, p.contact, p.salt),
                groups=groups,
            )
        )
    clerk.submit_all(made, blobs={blob_hash(text): text})
    clerk.submit(acts.OfficerCarriedOver(at=cast.at, by=founders[0], seat="secretary:1", member=founders[1]))
    told.secretary = founders[1]
    state = clerk.federation.state
    tell(
        f"{len(state.members)} members of {sum(r == 'workplace' for r, _ in state.groups)} workplaces, "
        f"{sum(r == 'trade' for r, _ in state.groups)} trades and {sum(r == 'locality' for r, _ in state.groups)} localities "
        f"found the federation under a charter of {len(standing.charter(state).articles)} articles. The old secretary is carried over."
    )


def elections(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The base elects committees, unions, councils, and delegates; the congress elects its officers."""
    state = cast.clerk.federation.state

    def constituencies(*kinds: str) -> list[tuple[str, str]]:
        found = []
        for body in standing.bodies(state):
            if body.kind.id in kinds:
                for constituency in dict.fromkeys(s.constituency for s in standing.seats(state, body.id)):
                    found.append((body.id, constituency))
        return found

    rounds = (
        constituencies("committee", "union", "council", "committees-house"),
        constituencies("unions-house", "district"),
        constituencies("councils-conference"),
        constituencies("board"),
        constituencies("secretary", "tellers"),
    )
    held = [people.elect(cast, wanted) for wanted in rounds]
    votes = sum(len(state.ballots[e].voted) for ids in held for e in ids)
    tell(
        f"{sum(map(len, held))} elections, {votes} secret votes: 12 committees, 6 unions, 4 councils, and delegates to "
        f"{len(standing.filled(state, 'committees-house', cast.at))} seats of the committees' house and "
        f"{len(standing.filled(state, 'unions-house', cast.at))} of the unions' house. No act links a member to a choice."
    )
    told.secretary = standing.filled(state, "secretary", cast.at)[0].member


def declare(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The board opens the season; every body declares its own numbers; the houses adopt the claims."""
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    until = moment.after(cast.at, days=42)
    cast.clerk.submit(
        acts.SeasonOpened(
            at=cast.at,
            by=board,
            body="board",
            season=SEASON,
            name="Spring season",
            declarations_until=until,
            ends_at=moment.after(until, days=91),
        )
    )
    number = _declare(cast, declarations(valley.declared, valley.declared))
    claims = _table(valley.declared["claims"], ("council", "hours"))
    people.move(
        cast,
        Paper(
            cast.name("claims"),
            "claims",
            "The claims of the localities",
            "Each locality's claim, by the number of its members.\n",
            SEASON,
            claims,
        ),
        by=board,
        body="board",
    )
    sentence = people.divide(cast, "claims-1", {})
    season = state.seasons[SEASON]
    owners = {f.body for table in season.figures.values() for f in table.values()}
    tell(f"The board opens the spring season. {len(owners)} bodies declare {number} numbers, each its own.")
    tell(f"Claims: {sentence}")


def _declare(cast: Cast, wanted: list[tuple[str, str, tuple[tuple[str, ...], ...]]]) -> int:
    state = cast.clerk.federation.state
    made: list[acts.AnyAct] = []
    for body, file, rows in wanted:
        by = standing.filled(state, body, cast.at)[0].member
        made.append(acts.FiguresDeclared(at=cast.at, by=by, body=body, season=SEASON, file=file, rows=rows))
    cast.clerk.submit_all(made)
    return sum(len(rows) for _, _, rows in wanted)


def _table(rows: tuple[Row, ...], columns: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[c] for c in columns] for row in rows)
    return out.getvalue().encode()


def _draft(cast: Cast, variant: str) -> Draft:
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    name = cast.name("draft")
    cast.clerk.draft_plan(
        acts.PlanDrafted(
            at=cast.at, by=board, body="board", season=SEASON, draft=name, variant=variant, economy="", plan=""
        )
    )
    return state.drafts[name]


def _move_adoption(cast: Cast, draft: Draft) -> str:
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    cut = any(u.tier == 1 and u.quantity > 0 for u in draft.solution.unmet)
    motion = cast.name("plan")
    text = f"The federation adopts the draft {draft.id} ({draft.variant}) for the spring season.\nIts figures are bound by their hash.\n"
    paper = Paper(
        motion, "plan-cut" if cut else "plan", f"Adopt {draft.id} as the plan of the spring season", text, draft.id
    )
    packed = state.blobs[draft.plan]
    people.move(
        cast, Paper(paper.motion, paper.matter, paper.title, paper.text, paper.subject, packed), by=board, body="board"
    )
    return motion


def _shortages(draft: Draft) -> str:
    short = [u for u in draft.solution.unmet if u.quantity > 0]
    if not short:
        return "every need is met"
    first = min(u.tier for u in short)
    named = [f"{u.product} in {u.council}" for u in sorted(short, key=lambda u: u.tier) if u.tier == first]
    tiers = ", ".join(
        f"{sum(u.tier == t for u in short)} of tier {t}" for t in (1, 2, 3) if any(u.tier == t for u in short)
    )
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"{len(short)} needs fall short ({tiers}), first {', '.join(named[:3])}{more}"


def first_draft(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """A first draft, short of bread and leaning on overtime that the metalworkers refuse; the unions' house votes it down."""
    state = cast.clerk.federation.state
    draft = _draft(cast, "fullest")
    tell(f"First draft ({draft.variant}), certified: {_shortages(draft)}.")
    motion = _move_adoption(cast, draft)
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


def second_draft(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """Bodies revise their own numbers, and only theirs; a second draft is adopted by both houses."""
    state = cast.clerk.federation.state
    try:
        _declare(cast, [("committee/bakery", "hours", (("metalworkers", "", "1", "9999"),))])
    except Refused as refused:
        told.refused.append(str(refused))
        tell(f"The bakery tries to declare the metalworkers' overtime: {refused}.")
    _declare(cast, declarations(valley.revised, valley.declared))
    drafts = [_draft(cast, variant) for variant in ("lightest", "fullest")]
    chosen = drafts[-1]
    tell(
        f"Eight bodies revise their own numbers. Second draft: {_shortages(chosen)}; {len(drafts)} variants lie side by side."
    )
    motion = _move_adoption(cast, chosen)
    sentence = people.divide(cast, motion, {})
    assert seasons.adopted(state, SEASON) is not None, sentence
    tell(f"Adoption: {sentence}")


def work(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """Runs, hours, deliveries and receipts under the adopted plan, one of them short."""
    state = cast.clerk.federation.state
    adopted = seasons.adopted(state, SEASON)
    assert adopted is not None
    cast.wait(7)
    made: list[acts.AnyAct] = []
    where = {a["activity"]: a["workplace"] for f in (valley.declared, valley.revised) for a in f.get("activities", ())}
    for run in adopted.solution.runs:
        done = _week(run.runs)
        if done > 0:
            made.append(
                _as_committee(
                    cast,
                    where[run.activity],
                    lambda by, body, r=run, d=done: acts.RunReported(
                        at=cast.at, by=by, body=body, season=SEASON, activity=r.activity, runs=format(d, "f")
                    ),
                )
            )
    cast.clerk.submit_all(made)
    cast.wait(1)
    flows = [
        a
        for a in adopted.solution.allocation
        if a.from_kind == "workplace" and a.to_kind in ("workplace", "council") and a.from_ != a.to
    ]
    sent: list[acts.AnyAct] = []
    for flow in flows:
        quantity = _week(flow.quantity)
        if quantity > 0:
            name = cast.name("delivery")
            sent.append(
                _as_committee(
                    cast,
                    flow.from_,
                    lambda by, body, f=flow, n=name, q=quantity: acts.DeliverySent(
                        at=cast.at,
                        by=by,
                        body=body,
                        delivery=n,
                        season=SEASON,
                        product=f.product,
                        sender=f.from_,
                        to=f"{f.to_kind}/{f.to}",
                        quantity=format(q, "f"),
                    ),
                )
            )
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
        f"First week: {len(made)} runs reported, {len(sent)} deliveries, {len(received)} receipts. {short.sender} sent "
        f"{short.quantity} of {short.product} to {short.to}, {short.received} arrived; the rest stays in transit, in sight of all."
    )


def _decimal(number: Fraction) -> Decimal:
    """Return a figure with two decimals."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.01"))


def _week(number: Fraction) -> Decimal:
    """Return the part of a season's figure that falls on one of its thirteen weeks."""
    return _decimal(number / 13)


def _as_committee(cast: Cast, workplace: str, make: Callable[[str, str], acts.AnyAct]) -> acts.AnyAct:
    body = f"committee/{workplace}"
    return make(standing.filled(cast.clerk.federation.state, body, cast.at)[0].member, body)


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
    """A workplace declines an order, a union withdraws hours: both lawful; the plan is computed anew and shows who falls short."""
    state = cast.clerk.federation.state
    adopted = seasons.adopted(state, SEASON)
    assert adopted is not None
    rows = state.seasons[SEASON].figures
    run = max(
        (r for r in adopted.solution.runs if rows["activities"][r.activity,].row[1] == "textiles"), key=lambda r: r.runs
    )
    body = "committee/textiles"
    by = standing.filled(state, body, cast.at)[0].member
    half = _decimal(run.runs / 2)
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
    first = _draft(cast, "fullest")
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
    second = _draft(cast, "fullest")
    tell(f"Textiles decline half of {run.activity}; computed anew: {_shortages(first)}.")
    tell(
        f"The drivers of the transport co-operative strike with two fifths of their hours; computed anew: {_shortages(second)}."
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
    tell(
        f"{cast.clerk.people.name(holder.member)} is recalled from {seat.id} by her own electors alone: {state.recalls['recall-1'].sentence}"
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
    motion = _move_adoption(cast, state.drafts[state.seasons[SEASON].drafts[-1]])
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


Chapter = Callable[[Cast, Valley, str, Say, Told], None]
CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("founding", found),
    ("elections at the base", elections),
    ("numbers declared by their owners", declare),
    ("the first draft", first_draft),
    ("the second draft", second_draft),
    ("work and deliveries", work),
    ("what nobody may do", never),
    ("an order declined, a strike", decline),
    ("a recall", recall),
    ("what is left open", open_matters),
)
