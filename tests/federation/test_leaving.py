import copy
from decimal import Decimal
from fractions import Fraction

import pytest
from deciding import move as moved
from harvest import declare, declared, drafted
from people import CHARTER, begun, carried, elected, of
from small import Small, refusal, refused
from test_seasons import adopt

from comitia.books import balance
from comitia.books.journal import Account, Kind, product_unit
from comitia.federation import acts, figures, leaving, leaving_numbers, moment, standing
from comitia.federation.state import Figure


def announced(small: Small, by: str, group: str, decision: str = "", name: str = "go") -> acts.LeavingAnnounced:
    return acts.LeavingAnnounced(at=small.at, by=by, leaving=name, group=group, decision=decision)


def completed(small: Small, by: str, name: str = "go") -> acts.LeavingCompleted:
    return acts.LeavingCompleted(at=small.at, by=by, leaving=name)


def joined(small: Small, by: str, name: str = "go") -> acts.LeavingJoined:
    return acts.LeavingJoined(at=small.at, by=by, leaving=name)


def stock(small: Small, group: str, product: str, kind: Kind = Kind.STOCK) -> Fraction:
    return small.state.journal.balance(Account(group, kind, product_unit(product)))


@pytest.fixture
def small() -> Small:
    """A federation in which the farm has a committee and a delegate."""
    made = begun()
    elected(made, "committee/farm", "assembly/farm", ["m-0005", "m-0006"])
    elected(made, "house", "assembly/farm", ["m-0006"])
    return made


def test_a_workplace_leaves_by_its_own_decision_when_its_notice_is_over(small: Small) -> None:
    carried(small, "leave", "leaving", "assembly/farm", subject="workplace/farm")
    small.do(announced(small, "m-0005", "workplace/farm", "leave"))
    until = moment.after(small.at, days=30)
    assert small.state.leavings["go"].leaves_at == until
    assert "runs until" in refused(small, completed(small, "m-0005"))
    small.at = until
    waiting = moved(small, "end", "dissolution", "No committee.\n", body="assembly/farm", subject="committee/farm")
    small.do(completed(small, "m-0006"))

    assert waiting.outcome == "inadmissible"
    assert small.state.leavings["go"].members == of("farm")
    assert [small.state.members[m].left for m in of("farm")] == [until] * 3
    assert standing.find_body(small.state, "assembly/farm") is None
    assert standing.find_body(small.state, "committee/farm") is None
    assert "house:farm:1" not in {s.id for s in standing.seats(small.state, "house")}
    assert [t.ended_by for ts in small.state.terms.values() for t in ts] == ["left"] * 3
    assert small.state.groups["workplace", "farm"].closed == until
    act = acts.MemberJoined(
        at=small.at, by="m-0001", member="m-0100", commitment="0" * 64, groups={"workplace": "farm"}
    )
    assert refusal(small, act).article == "1"
    again = announced(small, "m-0001", "workplace/farm", name="again")
    assert "is no group of this federation" in refused(small, again)
    assert "was completed in act" in refused(small, completed(small, "clerk"))


def test_a_seat_of_somebody_from_elsewhere_ends_with_the_constituency() -> None:
    small = begun(
        CHARTER.replace(
            'nomination = 1\ncandidates = "electors"\nrenewal', 'nomination = 1\ncandidates = "members"\nrenewal'
        )
    )
    elected(small, "house", "assembly/farm", ["m-0001"])
    carried(small, "leave", "leaving", "assembly/farm", subject="workplace/farm")
    small.do(announced(small, "m-0005", "workplace/farm", "leave"))
    small.wait(30)
    small.do(completed(small, "clerk"))

    assert [(t.member, t.ended_by) for t in small.state.terms["house:farm:1"]] == [("m-0001", "dissolved")]
    assert standing.seats_of(small.state, "m-0001", small.at) == ()


def test_a_minority_leaves_when_enough_have_joined_it(small: Small) -> None:
    small.do(announced(small, "m-0005", "workplace/farm"))
    assert "leaves with go already" in refused(small, joined(small, "m-0005"))
    assert "is not of workplace/farm" in refused(small, joined(small, "m-0001"))
    assert "leaves with the minority go already" in refused(
        small, announced(small, "m-0005", "workplace/farm", name="x")
    )
    alone = copy.deepcopy(small)
    alone.wait(30)
    assert "was over at" in refused(alone, joined(alone, "m-0006"))
    assert "1 of workplace/farm leave; a minority needs 2" in refused(alone, completed(alone, "m-0005"))
    small.do(joined(small, "m-0006"))
    small.do(joined(small, "m-0007"))
    small.do(acts.MemberLeft(at=small.at, by="m-0006", member="m-0006"))
    assert leaving.leavers(small.state, small.state.leavings["go"]) == ("m-0005", "m-0007")
    small.wait(30)
    assert "does not leave with go" in refused(small, completed(small, "m-0001"))
    small.do(completed(small, "m-0005"))
    assert small.state.leavings["go"].members == ["m-0005", "m-0007"]
    assert small.state.groups["workplace", "farm"].closed == ""
    assert standing.find_body(small.state, "assembly/farm") is not None


def test_only_those_who_leave_say_so_and_nobody_hinders_them(small: Small) -> None:
    assert "is not of workplace/farm" in refused(small, announced(small, "m-0001", "workplace/farm"))
    assert "is no group" in refused(small, announced(small, "m-0001", "workplace/moon"))
    assert "is no decision in force" in _no_decision(small)
    small.do(announced(small, "m-0005", "workplace/farm"))
    assert "there is a leaving 'go' already" in refused(small, announced(small, "m-0006", "workplace/farm"))
    small.do(announced(small, "m-0006", "workplace/farm", name="other"))
    small.do(announced(small, "m-0008", "workplace/mill", name="elsewhere"))
    assert "nobody has announced" in refused(small, joined(small, "m-0007", name="x"))


def _no_decision(small: Small) -> str:
    trial = copy.deepcopy(small)
    carried(trial, "mill-leaves", "leaving", "assembly/mill", subject="workplace/farm")
    return refused(trial, announced(trial, "m-0005", "workplace/farm", "mill-leaves"))


def test_a_decision_that_was_not_voted_on_is_none(small: Small) -> None:
    text = small.blob("We go.\n")
    small.do(
        acts.MotionMoved(
            at=small.at,
            by="m-0005",
            body="assembly/farm",
            motion="leave",
            matter="leaving",
            title="Leave",
            text=text,
            subject="workplace/farm",
        )
    )

    assert "is no decision in force" in refused(small, announced(small, "m-0005", "workplace/farm", "leave"))


def test_when_all_leave_nobody_needs_to_join_and_no_second_notice_is_given(small: Small) -> None:
    carried(small, "leave", "leaving", "assembly/farm", subject="workplace/farm")
    small.do(announced(small, "m-0005", "workplace/farm", name="few"))
    small.do(announced(small, "m-0005", "workplace/farm", "leave"))

    assert "nobody needs to join" in refused(small, joined(small, "m-0006"))
    assert "has announced already" in refused(small, announced(small, "m-0006", "workplace/farm", name="x"))


def test_where_the_charter_sets_no_number_no_minority_leaves_and_without_an_article_nobody_does() -> None:
    small = begun(CHARTER.replace("leaving_least = 2", "leaving_least = 0"))
    assert "lets no minority leave" in refused(small, announced(small, "m-0005", "workplace/farm"))
    lines = [line for line in CHARTER.splitlines() if not line.startswith("leaving_")]
    small = begun("\n".join(lines))
    assert "does not say how a group leaves" in refused(small, announced(small, "m-0005", "workplace/farm"))


def with_stock() -> Small:
    """Return the small federation with an adopted plan and stocks in its books."""
    small = declared()
    # The mill also has flour in stock, counted in tenths of a kilogram.
    small.do(declare(small, "committee/mill", "products", (("flour", "kg", "1", "100.5", "0", "0", "", ""),)))
    small.do(declare(small, "committee/mill", "machines", (("stones", "mill", "100"),)))
    small.do(declare(small, "committee/mill", "machine_use", (("grind", "stones", "1"),)))
    small.do(declare(small, "council/hilltown", "limits", (("water", "m3", "1000"),)))
    small.do(declare(small, "council/hilltown", "limit_use", (("grind", "water", "1"), ("grow", "water", "2"))))
    small.do(declare(small, "union/bakers", "hours", (("bakers", "mill", "40", "0"),)))
    small.do(drafted(small, "d"))
    adopt(small, "d")
    return small


@pytest.fixture(scope="module")
def _adopted() -> Small:
    return with_stock()


@pytest.fixture
def adopted(_adopted: Small) -> Small:
    """The small federation with an adopted plan and stocks in its books."""
    return copy.deepcopy(_adopted)


def members(small: Small, roll: str, group: str) -> list[str]:
    return sorted(small.state.groups[roll, group].members)


def minority(small: Small, group: str, who: list[str]) -> None:
    small.do(announced(small, who[0], group))
    for member in who[1:]:
        small.do(joined(small, member))
    small.wait(30)
    small.do(completed(small, who[0]))


def test_a_minority_takes_its_share_of_the_stock_by_head_rounded_down(adopted: Small) -> None:
    small = adopted
    before = stock(small, "workplace/mill", "flour")
    assert (before, len(members(small, "workplace", "mill"))) == (Fraction("100.5"), 8)
    minority(small, "workplace/mill", members(small, "workplace", "mill")[-3:])

    # 100.5 * 3/8 is 37.6875: 37.6 in tenths.
    assert stock(small, "workplace/mill", "flour", Kind.OUTSIDE) == Fraction("37.6")
    assert stock(small, "workplace/mill", "flour") == Fraction("62.9")
    assert set(balance.trial_balance(small.state.journal, small.at).sums.values()) == {Fraction(0)}


def test_a_group_that_leaves_takes_all_its_stock_and_its_numbers_are_withdrawn(adopted: Small) -> None:
    small = adopted
    leave_with_all(small, "assembly/mill", "leaving", "workplace/mill")
    rows = {file: sorted(table) for file, table in small.state.seasons["s"].figures.items()}

    assert stock(small, "workplace/mill", "flour", Kind.OUTSIDE) == Fraction("100.5")
    assert stock(small, "workplace/mill", "flour") == 0
    assert rows["activities"] == [("bake",), ("grow",)]
    assert rows["flows"] == [("bake", "bread"), ("bake", "flour"), ("grow", "wheat")]
    assert (rows["machines"], rows["machine_use"], rows["limit_use"]) == ([], [], [("grow", "water")])
    assert rows["hours"] == [("bakers", ""), ("growers", "")]
    # The bakery still uses flour: it stays as a name of which nothing is in stock.
    flour = small.state.seasons["s"].figures["products"]["flour",]
    assert flour.row == ("flour", "kg", "1", "0", "0", "0", "", "")
    assert small.state.seasons["s"].refusals[-1][1:3] == (
        "committee/mill",
        "left: its orders and numbers are withdrawn",
    )
    assert figures.economy_of(small.state, "s").products["flour"].stock == 0


def leave_with_all(small: Small, body: str, matter: str, group: str) -> None:
    """Have a group decide to leave, by the shipped charter, and complete it."""
    mover = sorted(standing.sitting(small.state, body, small.at))[0]
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=mover,
            body=body,
            motion="leave",
            matter=matter,
            title="Leave",
            text=small.blob("We go.\n"),
            subject=group,
        )
    )
    small.wait(14)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion="leave", closes_at=moment.after(small.at, days=7)))
    running = small.state.motions["leave"].divisions[-1]
    for ballot in running.ballots.values():
        voters = sorted(small.state.ballots[ballot].electorate)
        for member in voters:
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
        small.at = running.closes_at
        text = small.blob('"for"\n' * len(voters))
        small.do(
            acts.BallotsPublished(at=small.at, by="clerk", ballot=ballot, choices=text, number=len(voters), seed="")
        )
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="leave"))
    small.do(announced(small, mover, group, "leave"))
    small.wait(30)
    small.do(completed(small, mover))


def test_another_owner_of_the_file_revises_a_number_whose_owner_is_gone(adopted: Small) -> None:
    small = adopted
    season = small.state.seasons["s"]
    leave_with_all(small, "assembly/mill", "leaving", "workplace/mill")
    season.declarations_until = moment.after(small.at, days=10)
    bought = ("flour", "kg", "1", "0", "0", "0", "2", "")
    small.do(declare_by(small, "committee/bakery", "products", bought))

    assert season.figures["products"]["flour",].body == "committee/bakery"
    baker = declare_by(small, "committee/bakery", "products", ("wheat", "kg", "0", "1", "0", "0", "", ""))
    assert "only committee/farm revises it" in refused(small, baker)


def declare_by(small: Small, body: str, file: str, row: tuple[str, ...]) -> acts.FiguresDeclared:
    return acts.FiguresDeclared(
        at=small.at,
        by=standing.filled(small.state, body, small.at)[0].member,
        body=body,
        season="s",
        file=file,
        rows=(row,),
    )


def test_a_locality_that_leaves_takes_its_claim_and_its_needs_with_it(adopted: Small) -> None:
    small = adopted
    season = small.state.seasons["s"]
    season.claims = {"hilltown": Decimal(10), "riverbend": Decimal(20)}
    leave_of_all(small, "locality", "riverbend")

    assert season.claims == {"hilltown": Decimal(10)}
    assert sorted(season.figures["needs"]) == [("hilltown", "bread", "1")]
    # The bakery and the mill went with nobody: their products are still declared.
    assert sorted(season.figures["products"]) == [("bread",), ("flour",), ("wheat",)]


def leave_of_all(small: Small, roll: str, group: str) -> None:
    """Let a whole group be gone, as a completed leaving makes it."""
    small.state.groups[roll, group].closed = small.at
    leaving_numbers.withdraw(small.state, small.state.groups[roll, group])


def test_a_trade_that_others_use_stays_without_hours_and_a_closed_season_stays_as_it_was(adopted: Small) -> None:
    small = adopted
    old = copy.deepcopy(small.state.seasons["s"])
    old.closed = True
    small.state.seasons = {"old": old, **small.state.seasons}
    leave_of_all(small, "trade", "bakers")
    season = small.state.seasons["s"]

    assert season.figures["hours"]["bakers", ""].row == ("bakers", "", "0", "0")
    assert season.figures["hours"]["bakers", "mill"].row == ("bakers", "mill", "0", "0")
    assert old.figures["hours"]["bakers", ""].row == ("bakers", "", "400", "20")


def test_a_product_nobody_uses_any_more_goes_with_its_workplace(adopted: Small) -> None:
    small = adopted
    leave_of_all(small, "workplace", "bakery")

    # Bread is still needed; nobody makes it.
    assert sorted(small.state.seasons["s"].figures["flows"]) == [
        ("grind", "flour"),
        ("grind", "wheat"),
        ("grow", "wheat"),
    ]
    assert sorted(small.state.seasons["s"].figures["products"]) == [("bread",), ("flour",), ("wheat",)]
    leave_of_all(small, "workplace", "farm")
    leave_of_all(small, "workplace", "mill")
    assert sorted(small.state.seasons["s"].figures["products"]) == [("bread",)]


def test_a_product_is_counted_with_as_many_decimals_as_were_last_declared(adopted: Small) -> None:
    small = adopted
    later = copy.deepcopy(small.state.seasons["s"])
    later.figures = {"products": {}}
    small.state.seasons["later"] = later

    assert leaving_numbers.decimals(small.state, "flour") == 1
    assert leaving_numbers.decimals(small.state, "gold") == 9
    later.figures["products"]["flour",] = Figure(("flour", "kg", "", "", "", "", "", ""), "committee/mill", 0)
    assert leaving_numbers.decimals(small.state, "flour") == 9
