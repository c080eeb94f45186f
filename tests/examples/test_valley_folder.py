"""The invented Valley Federation: its folders are complete and agree with one another."""

import csv
import runpy
from collections import Counter
from decimal import Decimal
from pathlib import Path

VALLEY = Path(__file__).parents[2] / "examples" / "valley"

Row = dict[str, str]


def rows(path: str) -> list[Row]:
    with (VALLEY / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(roll: str) -> set[str]:
    return {row["id"] for row in rows("groups.csv") if row["roll"] == roll}


def test_members_csv_is_what_its_script_writes() -> None:
    written = (VALLEY / "members.csv").read_text(encoding="utf-8")

    assert runpy.run_path(str(VALLEY / "make_members.py"))["csv_text"]() == written


def test_twelve_workplaces_six_trades_four_localities_and_two_districts_stand() -> None:
    groups = rows("groups.csv")

    assert Counter(row["roll"] for row in groups) == {"workplace": 12, "trade": 6, "locality": 4, "district": 2}
    assert len({row["id"] for row in groups}) == 24
    assert {row["within"] for row in groups if row["roll"] in ("workplace", "locality")} == {
        f"district/{name}" for name in ids("district")
    }
    assert {row["within"] for row in groups if row["roll"] in ("trade", "district")} == {""}


def test_two_hundred_and_forty_members_belong_to_a_workplace_a_trade_and_a_locality() -> None:
    members = rows("members.csv")

    assert [row["member"] for row in members] == [f"m-{number:04d}" for number in range(1, 241)]
    assert len({row["name"] for row in members}) == 240
    assert {row["workplace"] for row in members} == ids("workplace")
    assert {row["trade"] for row in members} == ids("trade")
    assert {row["locality"] for row in members} == ids("locality")
    assert sorted(Counter(row["workplace"] for row in members).values()) == [
        10, 12, 12, 16, 17, 18, 18, 20, 24, 26, 32, 35,
    ]  # fmt: skip


def test_the_hours_that_a_union_offers_are_those_of_its_members() -> None:
    members = Counter(row["trade"] for row in rows("members.csv"))
    offered = {row["trade"]: Decimal(row["hours"]) for row in rows("economy/hours.csv") if row["workplace"] == ""}

    assert offered == {trade: Decimal(430 * count) for trade, count in members.items()}


def test_every_activity_belongs_to_a_workplace_and_uses_trades_that_have_members_there() -> None:
    members = {(row["workplace"], row["trade"]) for row in rows("members.csv")}
    for folder in ("economy", "revision"):
        workplaces = {row["activity"]: row["workplace"] for row in rows(f"{folder}/activities.csv")}

        assert set(workplaces.values()) <= ids("workplace")
        for row in rows(f"{folder}/labour.csv"):
            assert row["activity"] not in workplaces or (workplaces[row["activity"]], row["trade"]) in members


def test_every_product_is_made_or_bought_and_used_needed_sold_or_kept() -> None:
    flows = rows("economy/flows.csv")
    products = rows("economy/products.csv")
    got = {row["product"] for row in flows if Decimal(row["quantity"]) > 0}
    got |= {row["product"] for row in products if row["buy_price"]}
    used = {row["product"] for row in flows if Decimal(row["quantity"]) < 0}
    used |= {row["product"] for row in rows("economy/needs.csv")}
    used |= {row["product"] for row in products if row["sell_price"] or row["closing_stock"] not in ("", "0")}
    named = {row["product"] for row in products}

    assert (got, used) == (named, named)


def test_every_workplace_depends_on_another_and_another_or_a_council_on_it() -> None:
    workplaces = {row["activity"]: row["workplace"] for row in rows("economy/activities.csv")}
    needed = {row["product"] for row in rows("economy/needs.csv")}
    makers: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {}
    for row in rows("economy/flows.csv"):
        table = makers if Decimal(row["quantity"]) > 0 else users
        table.setdefault(row["product"], set()).add(workplaces[row["activity"]])
    links = {(maker, user) for product in makers for maker in makers[product] for user in users.get(product, set())}
    links = {(maker, user) for maker, user in links if maker != user}

    assert {user for _, user in links} == ids("workplace")
    for workplace in ids("workplace"):
        made = {product for product, found in makers.items() if workplace in found}
        assert made & needed or any(maker == workplace for maker, _ in links)
    assert {user for maker, user in links if maker == "power"} == ids("workplace") - {"power"}


def test_no_council_spends_more_than_its_claim_before_or_after_the_revision() -> None:
    claims = {row["council"]: Decimal(row["hours"]) for row in rows("economy/claims.csv")}
    worth: dict[tuple[str, str, str], Decimal] = {}
    for folder in ("economy", "revision"):
        for row in rows(f"{folder}/needs.csv"):
            key = (row["council"], row["product"], row["tier"])
            worth[key] = Decimal(row["worth"]) * Decimal(row["quantity"])
        spent = {c: sum(value for key, value in worth.items() if key[0] == c) for c in claims}

        assert all(spent[council] <= claims[council] for council in claims)
        assert set(claims) == ids("locality")


def test_every_product_and_limit_has_one_keeper() -> None:
    keepers = [(row["file"], row["key"]) for row in rows("keepers.csv")]
    named = [("products", row["product"]) for row in rows("economy/products.csv")]
    named += [("limits", row["limit"]) for row in rows("economy/limits.csv")]

    assert keepers == named
    bodies = {f"committee/{w}" for w in ids("workplace")} | {f"council/{c}" for c in ids("locality")}
    assert {row["body"] for row in rows("keepers.csv")} <= bodies
