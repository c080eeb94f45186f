"""Three workplaces, three products: from declared numbers to an adopted plan, deliveries and a strike."""

import copy
from decimal import Decimal

import msgspec
import pytest
from authority import example
from harvest import DECLARED, declare, declared, drafted, sitter
from small import Small, refused

from comitia.books import balance
from comitia.federation import acts, claims, figures, moment, seasons, standing
from comitia.federation.refusal import Refused
from comitia.plan import economy


@pytest.fixture(scope="module")
def _declared() -> Small:
    return declared()


@pytest.fixture
def small(_declared: Small) -> Small:
    return copy.deepcopy(_declared)


def adopt(small: Small, draft: str) -> None:
    """Carry a draft in both houses."""
    board, motion = sitter(small, "board"), f"adopt-{draft}"
    plan = small.state.drafts[draft].plan
    cut = any(u.tier == 1 for u in small.state.drafts[draft].solution.unmet)
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=board,
            body="board",
            motion=motion,
            matter="plan-cut" if cut else "plan",
            title="Plan",
            text=small.blob("We adopt it.\n"),
            subject=draft,
            figures=plan,
        )
    )
    small.wait(7)
    closes = moment.after(small.at, days=5)
    small.do(acts.DivisionOpened(at=small.at, by=board, motion=motion, closes_at=closes))
    for house in small.state.motions[motion].divisions[0].bodies:
        for t in standing.filled(small.state, house, small.at):
            small.do(acts.VoteCast(at=small.at, by=t.member, body=house, motion=motion, seat=t.seat, choice="for"))
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))


def test_every_number_of_the_economy_has_the_body_and_the_act_that_declared_it(small: Small) -> None:
    on = figures.economy_of(small.state, "s")

    assert {body for body, _ in on.owners.values()} == {body for body, _, _ in DECLARED}
    assert economy.owner_of(on, "hours", "bakers", "")[0] == "union/bakers"


def test_a_plan_on_other_figures_than_those_in_force_is_refused(small: Small) -> None:
    act = drafted(small, "d")
    small.do(declare(small, "union/bakers", "hours", (("bakers", "", "390", "0"),)))

    assert "other figures than those in force" in refused(small, act)


def test_a_plan_with_one_changed_figure_is_refused(small: Small) -> None:
    act = drafted(small, "d")
    forged = small.blobs[act.plan].replace(b"\nbake,300\n", b"\nbake,299\n")
    assert forged != small.blobs[act.plan]
    plan = small.blob(forged.decode())
    changed = acts.PlanDrafted(
        at=act.at, by=act.by, body=act.body, season="s", draft="d", variant="fullest", economy=act.economy, plan=plan
    )

    assert "does not hold" in refused(small, changed)


def test_the_plan_bakes_what_both_councils_need(small: Small) -> None:
    act = drafted(small, "d")
    small.do(act)
    solution = small.state.drafts["d"].solution

    assert {r.activity: r.runs for r in solution.runs} == {"bake": 300, "grind": 30, "grow": 3}
    assert solution.unmet == ()


def test_the_adopted_plan_gives_orders_that_may_be_declined_with_a_reason(small: Small) -> None:
    small.do(drafted(small, "d"))
    early = acts.OrderDeclined(
        at=small.at,
        by=sitter(small, "committee/bakery"),
        body="committee/bakery",
        season="s",
        activity="bake",
        runs="100",
        reason="the oven is cold",
    )
    assert "no plan of s is adopted" in refused(small, early)
    adopt(small, "d")
    assert small.state.seasons["s"].adopted == "d"
    miller = sitter(small, "committee/mill")
    other = acts.OrderDeclined(
        at=small.at, by=miller, body="committee/mill", season="s", activity="bake", runs="0", reason="for them"
    )
    assert "declines its own orders" in refused(small, other)
    baker = sitter(small, "committee/bakery")
    small.do(
        acts.OrderDeclined(
            at=small.at, by=baker, body="committee/bakery", season="s", activity="bake", runs="150", reason="cold oven"
        )
    )
    small.do(drafted(small, "again"))

    assert [(u.council, u.quantity) for u in small.state.drafts["again"].solution.unmet] == [
        ("hilltown", 500),
        ("riverbend", 1000),
    ]


def test_a_union_withdraws_hours_of_its_own_trade_only(small: Small) -> None:
    small.do(drafted(small, "d"))
    adopt(small, "d")
    grower = sitter(small, "union/growers")
    strike = acts.HoursWithdrawn(
        at=small.at,
        by=grower,
        body="union/growers",
        season="s",
        trade="growers",
        workplace="",
        hours="0",
        overtime="0",
        reason="wages of the hands",
    )
    small.do(strike)
    small.do(drafted(small, "again"))
    # The wheat in stock still gives a hundredth of the need.
    assert sum(u.quantity for u in small.state.drafts["again"].solution.unmet) == 2900
    more = acts.HoursWithdrawn(
        at=small.at,
        by=grower,
        body="union/growers",
        season="s",
        trade="growers",
        workplace="",
        hours="50",
        overtime="0",
        reason="x",
    )
    assert "a withdrawal leaves less" in refused(small, more)


def test_a_draft_that_cuts_essential_needs_must_be_carried_by_the_councils_too(small: Small) -> None:
    small.do(declare(small, "union/growers", "hours", (("growers", "", "10", "0"),)))
    small.do(drafted(small, "short"))
    act = acts.MotionMoved(
        at=small.at,
        by=sitter(small, "board"),
        body="board",
        motion="m",
        matter="plan",
        title="Plan",
        text=small.blob("We adopt it.\n"),
        subject="short",
        figures=small.state.drafts["short"].plan,
    )

    assert "refused under article 28" in refused(small, act)


def test_what_is_made_sent_and_received_stands_in_balanced_books(small: Small) -> None:
    small.do(drafted(small, "d"))
    adopt(small, "d")
    at, season = small.at, "s"
    farmer, miller = sitter(small, "committee/farm"), sitter(small, "committee/mill")
    small.do(acts.RunReported(at=at, by=farmer, body="committee/farm", season=season, activity="grow", runs="1"))
    small.do(
        acts.HoursReported(
            at=at, by=farmer, body="committee/farm", season=season, workplace="farm", trade="growers", hours="9.5"
        )
    )
    small.do(
        acts.DeliverySent(
            at=at,
            by=farmer,
            body="committee/farm",
            delivery="d-1",
            season=season,
            product="wheat",
            sender="farm",
            to="workplace/mill",
            quantity="600",
        )
    )
    silent = acts.DeliveryReceived(at=at, by=miller, body="committee/mill", delivery="d-1", quantity="590")
    assert "says why" in refused(small, silent)
    stranger = acts.DeliveryReceived(at=at, by=farmer, body="committee/farm", delivery="d-1", quantity="600")
    assert "reports for its own workplace" in refused(small, stranger)
    small.do(
        acts.DeliveryReceived(at=at, by=miller, body="committee/mill", delivery="d-1", quantity="590", remark="wet")
    )
    found = balance.trial_balance(small.state.journal, at)
    rows = {(r.account.body, str(r.account.kind)): r.balance for r in found.rows if r.account.unit == "product:wheat"}

    assert set(found.sums.values()) == {0}
    assert rows == {
        ("workplace/farm", "stock"): 500,
        ("workplace/farm", "in_transit"): 10,
        ("workplace/farm", "opening"): -100,
        ("workplace/farm", "process"): -1000,
        ("workplace/mill", "stock"): 590,
    }


def test_claims_name_councils_of_this_federation(small: Small) -> None:
    good = small.blob("council,hours\nhilltown,100\n")
    bad = small.blob("council,hours\nnowhere,100\n")

    assert claims.parse(small.state, good, "26") == {"hilltown": Decimal(100)}
    with pytest.raises(Refused, match="line 2: 'nowhere'"):
        claims.parse(small.state, bad, "26")


def test_a_withdrawn_row_that_others_refer_to_is_refused(small: Small) -> None:
    farmer = sitter(small, "committee/farm")
    act = acts.FiguresWithdrawn(
        at=small.at, by=farmer, body="committee/farm", season="s", file="products", keys=(("wheat",),)
    )

    assert "still used in flows" in refused(small, act)


def test_a_recipe_in_another_unit_is_refused_with_its_row(small: Small) -> None:
    act = declare(small, "committee/mill", "flows", (("grind", "wheat", "-1", "t"),))

    assert "flows, row 1: wheat is counted in kg, not in t" in refused(small, act)


def test_numbers_are_not_declared_after_the_deadline(small: Small) -> None:
    small.wait(31)

    assert "were declared until" in refused(small, declare(small, "union/bakers", "hours", (("bakers", "", "1", "0"),)))


def test_a_season_is_closed_at_its_end_and_not_before(small: Small) -> None:
    board = sitter(small, "board")
    act = acts.SeasonClosed(at=small.at, by=board, body="board", season="s")
    assert "lasts until" in refused(small, act)
    small.wait(121)
    small.do(acts.SeasonClosed(at=small.at, by=board, body="board", season="s"))

    assert seasons.adopted(small.state, "s") is None
    assert small.state.seasons["s"].closed


def test_a_draft_on_numbers_that_make_no_economy_yet_is_refused_and_so_are_runs_that_are_no_number() -> None:
    small, act = example("plan_drafted")
    alone = msgspec.structs.replace(act, season="empty")
    ends = moment.after(small.at, days=90)
    small.do(
        acts.SeasonOpened(
            at=small.at,
            by=act.by,
            body="board",
            season="empty",
            name="E",
            declarations_until=ends,
            ends_at=moment.after(ends, days=1),
        )
    )
    assert refused(small, alone)
    assert "the draft is missing" in refused(small, msgspec.structs.replace(act, plan="0" * 64))

    late, declined = example("order_declined")
    for runs in ("many", "-1", "NaN"):
        assert "is not a number of 0 or more" in refused(late, msgspec.structs.replace(declined, runs=runs))


def test_a_union_withdraws_no_hours_but_its_own() -> None:
    small, act = example("hours_withdrawn")

    assert "are no number of union/bakers" in refused(small, msgspec.structs.replace(act, trade="drivers"))
