from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.charter import faults, parse
from comitia.charter.parse import WrongCharter
from comitia.charter.structure import Candidacy, Exit, Kind, Matter, Never, Number, Permission, Recall, Roll, Seats


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if line.startswith(start))


def refusal(text: str) -> WrongCharter:
    with pytest.raises(WrongCharter) as caught:
        parse.parse(text, file="ours.toml")
    return caught.value


def test_a_committee_is_read_with_its_seats_recall_and_line(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")

    assert charter.kinds["committee"] == Kind(
        id="committee",
        name="committee",
        plural="committees",
        form="elected",
        each="workplace",
        electors="assembly",
        constituencies=False,
        houses=(),
        office=False,
        seats=Seats(fixed=5, per_members=None),
        rule="scottish",
        nomination_days=7,
        voting_days=7,
        nomination=1,
        term_days=365,
        term_limit=3,
        incompatible=(),
        mandate="free",
        report_days=90,
        candidacy=Candidacy("members", renewal_days=60),
        recall=Recall(
            petition=Fraction(1, 10),
            window_days=30,
            voting_days=7,
            base="for_against",
            threshold=Fraction(1, 2),
            strict=True,
            quorum=Fraction(1, 3),
            tie_protects=True,
            article="19",
            line=line_of(shipped, "[recall.by-electors]"),
        ),
        article="6",
        line=line_of(shipped, "[kind.committee]"),
    )


def test_a_matter_takes_the_keys_of_its_way_and_keeps_its_own(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")

    assert charter.matters["plan-cut"] == Matter(
        id="plan-cut",
        name="adopting a plan that cuts essential needs",
        movers=("committees-house", "unions-house", "councils-conference", "board"),
        decided_by=("committees-house", "unions-house", "councils-conference"),
        notice_days=7,
        voting_days=5,
        base="for_against",
        threshold=Fraction(1, 2),
        strict=True,
        quorum=Fraction(1, 2),
        quorum_base="filled",
        no_counts_to_quorum=True,
        tie="fails",
        silence="absent",
        abstentions="counted",
        amendments="none",
        exits=(
            Exit(
                "conciliation",
                "joint",
                "conciliation",
                0,
                "filled",
                Fraction(2, 3),
                True,
                (),
                "28",
                charter.matters["plan-cut"].line,
            ),
        ),
        delay_days=0,
        effect="plan-cut",
        article="28",
        line=line_of(shipped, "[matter.plan-cut]"),
    )


def test_rolls_numbers_permissions_and_what_is_never_done_carry_their_lines(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")

    assert charter.rolls["district"] == Roll(
        id="district",
        name="district",
        plural="districts",
        gathers=("workplace", "locality"),
        article="2",
        line=line_of(shipped, "[roll.district]"),
    )
    assert charter.numbers["hours"] == Number(
        file="hours", owner="union", article="25", line=line_of(shipped, 'files = ["hours"]') - 1
    )
    assert charter.permissions["order_declined"] == Permission(
        act="order_declined", by=("committee",), article="31", line=line_of(shipped, 'acts = ["order_declined"]') - 1
    )
    assert charter.never["labour-command"] == Never(
        id="labour-command", acts=("work_assigned",), article="37", line=line_of(shipped, "[never.labour-command]")
    )


def test_the_shipped_charter_knows_two_houses_and_entrenches_what_limits_them(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")

    assert charter.houses == ("committees-house", "unions-house")
    assert [m.id for m in charter.matters.values() if m.entrenched] == ["amend-entrenched"]
    assert [n for n in ("10", "11", "12", "19", "35", "36", "40", "45") if not charter.articles[n].entrenched] == []


def test_an_unknown_key_is_refused_with_the_nearest_known_one(shipped: str) -> None:
    wrong = refusal(shipped.replace("voting_days = 14\n", "votting_days = 14\n"))

    assert (wrong.file, wrong.key, wrong.expected) == (
        "ours.toml",
        "way.entrenched.votting_days",
        "“voting_days”, the nearest known key",
    )
    assert wrong.line == line_of(shipped, "voting_days = 14")
    assert str(wrong) == (
        f"ours.toml, line {wrong.line}, way.entrenched.votting_days: expected “voting_days”, the nearest known key, "
        "found the unknown key “votting_days”. Change this line and check the charter again."
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "article"),
    [
        ('electors = "assembly"\n', "", "kind.committee.electors", "6"),
        ('rule = "scottish"\n', 'rule = "first past"\n', "kind.committee.rule", "6"),
        ("term_days = 365\n", "", "kind.committee.term_days", "6"),
        ("term_days = 365\n", "term_days = 0\n", "kind.committee.term_days", "6"),
        ('mandate = "free"\n', "", "kind.committee.mandate", "6"),
        ("seats = 5\n", "seats = 5\nseats_per_members = 20\n", "kind.committee.seats", "6"),
        ("seats = 5\n", "", "kind.committee.seats", "6"),
        ('recall = "by-electors"\n', 'recall = "by-board"\n', "kind.committee.recall", "6"),
        ('quorum = "1/3"\ntie_protects', "quorum = 0.33\ntie_protects", "recall.by-electors.quorum", "19"),
        ('quorum = "1/3"\ntie_protects', 'quorum = "4/3"\ntie_protects', "recall.by-electors.quorum", "19"),
        ('petition = "1/10"', 'petition = "1/0"', "recall.by-electors.petition", "19"),
        ('effect = "plan"\n', 'effect = "decree"\n', "matter.plan.effect", "27"),
        ('effect = "plan"\n', 'effect = "plan"\nentrenched = true\n', "matter.plan.entrenched", "27"),
        ('deadlock_more_than = "2/3"\neffect', "effect", "", ""),
        ('title = "The rolls"\n', "", "article.2.title", "2"),
        ("entrenched = true", 'entrenched = "yes"', "article.1.entrenched", "1"),
        ('acts = ["key_registered"]', 'acts = ["member_joined"]', "permission.2.acts", "3"),
        ('files = ["hours"]', 'files = ["products"]', "number.1.files", "25"),
        ('tie = "fails"', 'tie = "chairman"', "matter.resolution-assembly.tie", "23"),
        ("founders = 3", "founders = -1", "procedures.founders", ""),
        ('name = "Charter', 'name = ""\nnome = "Charter', "nome", ""),
    ],
)
def test_a_wrong_value_is_refused_with_its_key_and_article(
    shipped: str, old: str, new: str, key: str, article: str
) -> None:
    text = shipped.replace(old, new, 1)
    assert text != shipped
    if not key:
        # The way of deciding has the key as well: leaving the matter's own out leaves a lawful charter.
        assert parse.parse(text, file="ours.toml").matters["plan-cut"].exits[0].threshold == Fraction(2, 3)
        return
    wrong = refusal(text)

    assert (wrong.key, wrong.article) == (key, article)


def test_a_missing_key_of_a_way_is_told_for_the_matter_that_needs_it(shipped: str) -> None:
    wrong = refusal(shipped.replace('silence = "absent"\n', "", 1))

    assert (wrong.key, wrong.article, wrong.line) == (
        "matter.resolution-assembly.silence",
        "23",
        line_of(shipped, "[matter.resolution-assembly]") - 1,
    )


def test_a_file_that_is_no_toml_is_refused_with_its_line() -> None:
    wrong = refusal('name = "x"\nhouses = [\n')

    assert (wrong.line, wrong.expected) == (3, "TOML")
    assert refusal('name = "x"\nname = "y"\n').line == 2


def test_an_empty_file_is_refused() -> None:
    assert refusal("").expected == "tables such as [recall.some-id]"


def test_a_group_that_is_not_a_table_is_refused(shipped: str) -> None:
    text = "roll = 3\n" + shipped.replace("[roll.", "[rolls.")

    assert refusal(text).expected == "“roll”, the nearest known key"
    assert refusal("roll = 3\n").key == "recall"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_charter_with_any_line_spoilt_is_read_or_refused_with_a_line(shipped: str, data: st.DataObject) -> None:
    rows = shipped.split("\n")
    place = data.draw(st.integers(0, len(rows) - 1))
    values = ["1", '""', "[]", "[1]", "{}", "true", "1979-05-27", '"1/0"', '["x", "x"]', '"""\n[b]\n"""']
    spoilt = f"{rows[place].split('=')[0]}= {data.draw(st.sampled_from(values))}"
    rows[place : place + 1] = data.draw(st.sampled_from([[], [spoilt], [rows[place]] * 2, [rows[place][:5]]]))
    text = "\n".join(rows)
    try:
        faults.find_faults(parse.parse(text, file="ours.toml"))
    except WrongCharter as wrong:
        assert 1 <= wrong.line <= text.count("\n") + 1
