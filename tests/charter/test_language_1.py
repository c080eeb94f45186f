"""What language 1 left unsaid is written out, and never changes; its faults stand on its own lines."""

import hashlib
from fractions import Fraction

import pytest

from comitia.charter import faults, parse
from comitia.charter.parse import WrongCharter
from comitia.charter.structure import Candidacy, Currents, Exit, Kind, Matter, Recall, Seats


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if line.startswith(start))


def refusal(text: str) -> WrongCharter:
    with pytest.raises(WrongCharter) as caught:
        parse.parse(text, file="ours.toml")
    return caught.value


def test_the_first_season_s_charter_is_kept_byte_for_byte(first: str) -> None:
    assert hashlib.sha256(first.encode()).hexdigest() == (
        "a923558737e82e68439e579b8e838dcc2a023c1f43380c642ff0ad1b7484f65c"
    )


def test_a_committee_is_elected_from_its_electors_and_nobody_else_is_meant(first: str) -> None:
    charter = parse.parse(first, file="first")

    assert charter.language == 1
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
        candidacy=Candidacy("electors", renewal_days=60),
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
            line=line_of(first, "[recall.by-electors]"),
        ),
        article="6",
        line=line_of(first, "[kind.committee]"),
    )
    assert {name: kind.candidacy.candidates for name, kind in charter.kinds.items() if kind.candidacy} == {
        **dict.fromkeys(("committee", "union", "council", "district"), "electors"),
        **dict.fromkeys(("committees-house", "unions-house", "councils-conference"), "electors"),
        **dict.fromkeys(("board", "secretary", "tellers"), "members"),
    }


def test_a_deadlock_leads_to_the_joint_body_which_decides_alone(first: str) -> None:
    charter = parse.parse(first, file="first")
    line = line_of(first, "[matter.plan-cut]")

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
        abstentions_count_to_quorum=True,
        exits=(
            Exit("plan-cut-conciliation", "joint", "conciliation", 0, "filled", Fraction(2, 3), True, (), "28", line),
        ),
        delay_days=0,
        effect="plan-cut",
        article="28",
        line=line,
    )
    assert {m.amendments for m in charter.matters.values() if m.effect in ("none", "building")} == {"as_moved"}
    assert {m.amendments for m in charter.matters.values() if m.effect not in ("none", "building")} == {"none"}
    assert {m.exits for m in charter.matters.values() if m.effect == "charter"} == {()}


def test_refounding_has_a_share_and_no_vote_and_a_minority_has_no_way_to_leave(first: str) -> None:
    charter = parse.parse(first, file="first")

    assert charter.procedures.refounding is None
    assert (charter.procedures.refounding_share, charter.procedures.refounding_article) == (Fraction(1, 5), "45")
    assert charter.procedures.leaving_least == 0
    assert charter.currents == Currents(1, "open", "36", line_of(first, 'acts = ["current_formed"') - 1)
    assert not any(roll.required for roll in charter.rolls.values())


def test_without_a_permission_to_form_one_there_are_no_currents(first: str) -> None:
    text = first.replace('acts = ["current_formed", "minority_report_filed"]', 'acts = ["minority_report_filed"]')

    assert parse.parse(text, file="first").currents is None


def test_the_first_season_s_charter_can_still_be_carried_out(first: str) -> None:
    broken = {"undeclared", "article-not-written", "unknown-act"}

    assert [f for f in faults.find_faults(parse.parse(first, file="first")) if f.name in broken] == []


@pytest.mark.parametrize(
    ("old", "new", "key", "article"),
    [
        ('electors = "assembly"\n', "", "kind.committee.electors", "6"),
        ('form = "elected"\n', 'form = "appointed"\n', "kind.committee.form", "6"),
        ('rule = "scottish"\n', 'rule = "list"\n', "kind.committee.rule", "6"),
        ('rule = "scottish"\n', 'rule = "scottish"\nweights = "equal"\n', "kind.committee.weights", "6"),
        ("term_days = 365\n", "term_days = 0\n", "kind.committee.term_days", "6"),
        ("seats = 5\n", "seats = 5\nseats_per_members = 20\n", "kind.committee.seats", "6"),
        ('recall = "by-electors"\n', 'recall = "by-board"\n', "kind.committee.recall", "6"),
        ('recall = "by-electors"\n', 'recall = ""\n', "kind.committee.recall", "6"),
        ('tie_protects = true\n', 'tie_protects = true\nby = "electors"\n', "recall.by-electors.by", "19"),
        ('plural = "trades"\n', 'plural = "trades"\nrequired = true\n', "roll.trade.required", "2"),
        ('quorum = "1/3"\ntie_protects', "quorum = 0.33\ntie_protects", "recall.by-electors.quorum", "19"),
        ('quorum = "1/3"\nquorum_base', "quorum = 40\nquorum_base", "matter.resolution-assembly.quorum", "23"),
        ('effect = "plan"\n', 'effect = "leaving"\n', "matter.plan.effect", "27"),
        ('effect = "plan"\n', 'effect = "plan"\nentrenched = true\n', "matter.plan.entrenched", "27"),
        ('effect = "plan"\n', 'effect = "plan"\nreadings = 2\n', "matter.plan.readings", "27"),
        ('tie = "fails"', 'tie = "stands"', "matter.resolution-assembly.tie", "23"),
        ('silence = "absent"', 'silence = "consents"', "matter.resolution-assembly.silence", "23"),
        ('silence = "absent"\n', "", "matter.resolution-assembly.silence", "23"),
        ('deadlock = "falls"\n', "", "matter.resolution-assembly.deadlock", "23"),
        ('deadlock = "falls"', 'deadlock = "congress"', "matter.resolution-assembly.deadlock_more_than", "23"),
        ('deadlock = "congress"\n', 'deadlock = "falls"\n', "matter.resolution.deadlock_more_than", "22"),
        ('deadlock_more_than = "2/3"', 'deadlock_more_than = "4/3"', "matter.resolution.deadlock_more_than", "22"),
        ('deadlock = "falls"\n', 'deadlock = "falls"\ngroups = 1\n', "way.assembly.groups", ""),
        ('way = "assembly"', 'way = "assemblies"', "matter.resolution-assembly.way", "23"),
        ("leaving_notice_days = 30\n", "", "procedures.leaving_notice_days", ""),
        ("leaving_notice_days = 30\n", "leaving_notice_days = 30\nleaving_least = 3\n", "procedures.leaving_least", ""),
        ('refounding_share = "1/5"\n', "", "procedures.refounding_share", ""),
        ("[procedures]\n", "[procedure]\n", "procedure", ""),
    ],
)  # fmt: skip
def test_a_fault_of_language_1_stands_under_its_own_key_and_line(
    first: str, old: str, new: str, key: str, article: str
) -> None:
    text = first.replace(old, new, 1)
    assert text != first
    wrong = refusal(text)
    rows = text.split("\n")
    found = {rows[wrong.line - 1].split("=")[0].strip(), rows[wrong.line - 1].strip()}

    assert (wrong.key, wrong.article) == (key, article)
    assert {key.rpartition(".")[2], f"[{key.rpartition('.')[0]}]", f"[{key}]"} & found


def test_procedures_stand_in_one_table(first: str) -> None:
    wrong = refusal(first.replace("[procedures]", "[[procedures]]"))

    assert (wrong.key, wrong.expected, wrong.line) == (
        "procedures",
        "the table [procedures]",
        line_of(first, "[procedures]"),
    )


def test_a_table_of_language_2_asks_for_the_key_that_says_so(first: str) -> None:
    wrong = refusal(first + "\n[currents]\nleast = 1\n")

    assert (wrong.key, wrong.line) == ("currents", first.count("\n") + 2)
    assert wrong.expected == "language = 2 at the top of the file, for language 1 has no such table"


def test_an_own_share_takes_the_place_of_the_shared_one(first: str) -> None:
    text = first.replace('way = "houses"\n', 'way = "houses"\nat_least = "3/5"\n')
    plan = parse.parse(text, file="first").matters["plan"]

    assert (plan.threshold, plan.strict) == (Fraction(3, 5), False)


def test_a_matter_may_say_everything_itself(first: str) -> None:
    way = first[first.index("[way.assembly]\n") + len("[way.assembly]\n") : first.index("[way.seats]")]
    text = first.replace('way = "assembly"\n', way, 1)
    own = parse.parse(text, file="first").matters["resolution-assembly"]

    assert own == parse.parse(first, file="first").matters["resolution-assembly"]
