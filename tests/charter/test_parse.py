from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.charter import faults, keys, parse
from comitia.charter.parse import WrongCharter
from comitia.charter.structure import (
    Advice,
    Candidacy,
    Consensus,
    Currents,
    Exit,
    Gradients,
    GroupShare,
    Kind,
    Matter,
    Never,
    Number,
    Permission,
    Procedures,
    Recall,
    Refounding,
    Roll,
    Seats,
)


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if line.startswith(start))


def refusal(text: str) -> WrongCharter:
    with pytest.raises(WrongCharter) as caught:
        parse.parse(text, file="ours.toml")
    return caught.value


def test_a_committee_is_read_with_its_seats_election_recall_and_line(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")

    assert charter.language == 2
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
        meeting_days=90,
        convened_by="electors",
        candidacy=Candidacy("electors", renewal_days=60, pause_days=365, by_election_days=30),
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


def test_a_house_is_read_with_its_apportionment_gate_weights_and_who_acts(everything: str) -> None:
    house = parse.parse(everything, file="everything").kinds["house"]

    assert house.seats == Seats(None, None, 41, "sainte_lague", least=1, most=5)
    assert house.candidacy == Candidacy(
        candidates="electors",
        nominated_by="meeting",
        gate="court",
        renewal_days=30,
        turnout=Fraction(1, 4),
        pause_days=365,
        renewed_in=2,
        by_election_days=60,
        acting_by="house",
        acting_days=90,
        list_rule="dhondt",
    )
    assert (house.rule, house.weights, house.split_votes, house.chair) == ("list", "members", True, "speaker")


def test_a_kind_s_own_keys_go_before_the_shared_election_s(everything: str) -> None:
    speaker = parse.parse(everything, file="everything").kinds["speaker"]

    assert (speaker.rule, speaker.nomination) == ("instant_runoff", 5)
    assert speaker.candidacy == Candidacy(
        "electors", renewal_days=30, turnout=Fraction(1, 4), pause_days=365, renewed_in=2, by_election_days=60
    )


def test_an_appointed_body_is_read_with_whom_appoints_it_and_may_have_no_recall(everything: str) -> None:
    kinds = parse.parse(everything, file="everything").kinds

    assert kinds["clerks"] == Kind(
        id="clerks",
        name="clerk's office",
        plural="clerk's offices",
        form="appointed",
        each="shop",
        electors="",
        constituencies=False,
        houses=(),
        office=True,
        seats=Seats(fixed=2, per_members=None),
        rule=None,
        nomination_days=0,
        voting_days=0,
        nomination=0,
        term_days=365,
        term_limit=0,
        incompatible=(),
        mandate="free",
        report_days=365,
        recall=None,
        article="1",
        line=line_of(everything, "[kind.clerks]"),
        appointed_by=("speaker",),
    )
    assert kinds["court"].appointed_by == ("house", "court")
    assert [name for name, kind in kinds.items() if kind.recall] == ["house", "speaker", "court"]


def test_recalls_ask_for_confidence_or_leave_her_to_her_own_quota(everything: str) -> None:
    kinds = parse.parse(everything, file="everything").kinds

    assert kinds["speaker"].recall == Recall(
        petition=Fraction(1, 5),
        window_days=30,
        voting_days=7,
        base="for_against",
        threshold=Fraction(1, 2),
        strict=True,
        quorum=Fraction(0),
        tie_protects=False,
        article="1",
        line=line_of(everything, "[recall.confidence]"),
        question="confidence",
    )
    assert kinds["house"].recall == Recall(
        petition=Fraction(1, 10),
        window_days=30,
        voting_days=7,
        base="for_against",
        threshold=Fraction(1, 2),
        strict=True,
        quorum=Fraction(1, 3),
        tie_protects=False,
        article="1",
        line=line_of(everything, "[recall.own-quota]"),
        by="own_quota",
    )


def test_a_matter_takes_the_keys_of_its_way_and_keeps_its_own(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")
    second = Exit(
        "second-reading",
        "second_reading",
        "",
        3,
        "filled",
        Fraction(0),
        False,
        (),
        "22",
        line_of(shipped, "[exit.second-reading]"),
    )
    alone = Exit(
        "conciliation",
        "joint",
        "conciliation",
        0,
        "filled",
        Fraction(2, 3),
        True,
        (),
        "28",
        line_of(shipped, "[exit.conciliation]"),
    )

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
        exits=(second, alone),
        delay_days=0,
        effect="plan-cut",
        article="28",
        line=line_of(shipped, "[matter.plan-cut]"),
    )


def test_what_a_matter_says_otherwise_displaces_what_hung_on_the_shared_key(everything: str) -> None:
    matters = parse.parse(everything, file="everything").matters
    decision = matters["decision"]

    assert [(m.id, m.procedure, m.demand) for m in matters.values()] == [
        ("decision", "vote", None),
        ("appeal", "vote", None),
        ("referendum", "vote", None),
        ("agreement", "consensus", Consensus(0, Fraction(1, 3))),
        ("temperature", "gradients", Gradients(4, Fraction(2, 3), 7, Fraction(1, 10))),
        ("advice", "advice", Advice(1)),
        ("consent", "consent", None),
        ("sense", "sense_check", None),
    ]
    assert (decision.readings, decision.reading_days, decision.amendments, decision.amendment_depth) == (
        2,
        14,
        "furthest_first",
        2,
    )
    assert (decision.alternatives, decision.affects, decision.appeal, decision.appeal_days) == (
        "scottish",
        "shop",
        "appeal",
        10,
    )
    referendum = matters["referendum"]
    assert (referendum.readings, referendum.reading_days, referendum.amendments, referendum.amendment_depth) == (
        1,
        0,
        "none",
        1,
    )
    assert (referendum.threshold, referendum.strict, referendum.alternatives) == (Fraction(3, 5), False, None)
    assert referendum.groups == GroupShare(Fraction(1, 2), Fraction(1, 2), True, Fraction(2, 3), False)
    assert (matters["appeal"].appeal, matters["appeal"].appeal_days, matters["appeal"].quorum) == ("", 0, 40)


def test_the_ways_out_of_a_deadlock_follow_one_another(everything: str) -> None:
    exits = parse.parse(everything, file="everything").matters["decision"].exits

    assert [(e.id, e.way, e.body, e.days, e.base, e.threshold, e.strict, e.thresholds) for e in exits] == [
        ("again", "second_reading", "", 7, "filled", Fraction(0), False, ()),
        ("mediation", "conciliation", "both", 1, "cast", Fraction(1, 2), False, ()),
        ("together", "joint", "both", 0, "filled", Fraction(2, 3), True, ()),
        ("over-the-court", "veto", "", 30, "seats", Fraction(0), False, (Fraction(3, 5), Fraction(2, 3))),
    ]


def test_the_body_that_decides_alone_is_found_among_the_ways_out(everything: str, shipped: str) -> None:
    exits = parse.parse(everything, file="everything").matters["decision"]

    assert exits.alone == exits.exits[2]
    assert parse.parse(shipped, file="shipped").matters["charter"].alone is None


def test_a_procedure_that_is_left_out_grants_nothing(everything: str) -> None:
    charter = parse.parse(everything, file="everything")
    anew = Refounding(Fraction(1, 4), 90, 30, "for_against", Fraction(2, 3), False, Fraction(0), "1")

    assert charter.procedures == Procedures(
        founders=5,
        carried_over_days=30,
        founding_article="1",
        correction_article="",
        refounding_share=Fraction(1, 4),
        refounding_article="1",
        leaving_notice_days=0,
        leaving_article="",
        emergency_days=0,
        emergency_by=(),
        emergency_article="",
        building_ceiling=Fraction(0),
        building_article="",
        inspection_days=0,
        inspection_article="",
        claim_basis="none",
        claims_article="",
        distribution="none",
        distribution_article="",
        overtime_article="",
        decline_article="",
        line=line_of(everything, "[procedures]"),
        refounding=anew,
        leaving_least=0,
    )
    assert charter.currents == Currents(1, "secret", "1", line_of(everything, "[currents]"))


def test_a_charter_without_currents_refounding_or_any_shared_table_is_read(everything: str) -> None:
    start, end = everything.index("[currents]"), everything.index("[procedures]")
    charter = parse.parse(everything[:start] + everything[end:], file="everything")

    assert (charter.currents, charter.procedures.refounding) == (None, None)
    assert (charter.procedures.refounding_share, charter.procedures.refounding_article) == (Fraction(0), "")


def test_the_smallest_charter_has_no_rolls_ways_numbers_or_exits() -> None:
    text = """
language = 2
name = "Two friends"
houses = []
[article.1]
title = "All"
text = "All decide."
entrenched = false
[kind.all]
name = "meeting"
plural = "meetings"
form = "all"
each = ""
article = "1"
[matter.anything]
name = "anything"
movers = ["member"]
decided_by = ["all"]
effect = "none"
procedure = "consent"
notice_days = 0
voting_days = 1
delay_days = 0
quorum = 2
silence = "consents"
readings = 1
exits = []
amendments = "none"
article = "1"
[[permission]]
acts = ["motion_moved"]
by = ["member"]
article = "1"
[procedures]
"""
    charter = parse.parse(text, file="friends.toml")

    assert (charter.rolls, charter.numbers, charter.never, charter.matters["anything"].exits) == ({}, {}, {}, ())
    wrong = refusal(text.replace("exits = []", 'exits = ["congress"]'))
    assert (wrong.key, wrong.expected) == ("matter.anything.exits", "declared exits: there is none")
    elected = (
        '[kind.chair]\nname = "chair"\nplural = "chairs"\nform = "appointed"\neach = ""\nappointed_by = ["all"]\n'
        'office = true\nseats = 1\nterm_days = 1\nterm_limit = 0\nincompatible = []\nmandate = "free"\n'
        'report_days = 0\nweights = "equal"\narticle = "1"\nrecall = "any"\n[matter.'
    )
    wrong = refusal(text.replace("[matter.", elected))
    assert (wrong.key, wrong.expected) == ("kind.chair.recall", "a declared recall: there is none")
    wrong = refusal(text.replace('movers = ["member"]', 'way = "plain"\nmovers = ["member"]'))
    assert (wrong.key, wrong.expected) == ("matter.anything.way", "a declared way: there is none")


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
    assert charter.rolls["trade"].required
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
    rights = ("4", "10", "11", "12", "19", "35", "36", "40", "45", "47")

    assert charter.houses == ("committees-house", "unions-house")
    assert [m.id for m in charter.matters.values() if m.entrenched] == ["amend-entrenched"]
    assert [n for n in rights if not charter.articles[n].entrenched] == []


def test_an_unknown_key_is_refused_with_the_nearest_known_one(shipped: str) -> None:
    wrong = refusal(shipped.replace('voting_days = 14\nbase = "filled"\n', 'votting_days = 14\nbase = "filled"\n'))
    line = line_of(shipped, "[way.entrenched]") + 4

    assert (wrong.file, wrong.line, wrong.key) == ("ours.toml", line, "way.entrenched.votting_days")
    assert str(wrong) == (
        f"ours.toml, line {line}, way.entrenched.votting_days: expected “voting_days”, the nearest known key, "
        "found the unknown key “votting_days”. Change this line and check the charter again."
    )


WRONG = [
    # The top of the file.
    ("language = 2", "language = 3", "language", "", "a whole number from 2 to 2"),
    ('name = "Everything"\n', "", "name", "", "a text that is not empty"),
    ('houses = ["house"]', 'houses = "house"', "houses", "", "a list of texts"),
    ("[roll.shop]\n", "[rolls.shop]\n", "rolls", "", "“roll”, the nearest known key"),
    ("[currents]\n", "[[currents]]\n", "currents", "", "a table, for instance { … = … }"),
    ("[procedures]\n", "[[procedures]]\n", "procedures", "", "the table [procedures]"),
    ("[[permission]]\n", "[permission]\n", "permission", "", "tables [[permission]]"),
    # Articles, rolls, permissions.
    ('title = "All of it"\n', "", "article.1.title", "1", "a text that is not empty"),
    ("entrenched = true\n", 'entrenched = "yes"\n', "article.1.entrenched", "1", "true or false"),
    ("required = true\n", "", "roll.shop.required", "1", "true or false"),
    ('acts = ["motion_moved", "vote_cast"]', 'acts = ["vote_cast", "vote_cast"]', "permission.0.acts", "1",
     "each entry once"),
    ('files = ["trade_limit"]', 'files = ["products"]', "number.1.files", "1", "each file with one owner"),
    ('owner = "house"', 'owner = "The House"', "number.1.owner", "1", "an id of small letters, digits and hyphens"),
    # Kinds.
    ('form = "all"', 'form = "everybody"', "kind.meeting.form", "1", "one of all, elected, appointed, joint"),
    ('each = "shop"\nchair', "chair", "kind.meeting.each", "1", "an id of small letters, digits and hyphens"),
    ("seats_total = 41\n", "seats_total = 41\nseats = 3\n", "kind.house.seats_least", "1",
     "this key only where seats is absent"),
    ("seats_total = 41\n", "seats_total = 41\nseats_per_members = 3\n", "kind.house.seats_per_members", "1",
     "exactly one of seats, seats_per_members and seats_total"),
    ('seats_total = 41\napportionment = "sainte_lague"\n', "", "kind.house.seats", "1",
     "exactly one of seats, seats_per_members and seats_total"),
    ('apportionment = "sainte_lague"\n', "", "kind.house.apportionment", "1",
     "one of " + ", ".join(keys.APPORTIONMENTS)),
    ("seats_total = 41\n", "seats_per_members = 41\n", "kind.house.apportionment", "1",
     "this key only where seats_total stands"),
    ("seats_least = 1\n", "seats_least = 6\n", "kind.house.seats_most", "1", "at least seats_least, 6, or 0"),
    ("constituencies = true\n", "constituencies = false\n", "kind.house.seats_total", "1",
     "constituencies = true, among which so many seats are shared"),
    ('election = "by-list"\n', 'election = "by-lot"\n', "kind.house.election", "1", "a declared election: by-list"),
    ('weights = "members"\n', "", "kind.house.weights", "1", "one of equal, members"),
    ('recall = ""\n', 'recall = "by-all"\n', "kind.stewards.recall", "1",
     "a declared recall: own-quota, confidence, together"),
    ('recall = ""\n', "", "kind.stewards.recall", "1", "an id of small letters, digits and hyphens"),
    ('candidates = "house"\n', "", "kind.stewards.candidates", "1", "an id of small letters, digits and hyphens"),
    ('acting_by = "house"\n', "", "kind.house.acting_days", "1", 'this key only where acting_by is not “”'),
    ("acting_days = 90\n", "", "kind.house.acting_days", "1", "a whole number from 1 to 36,525"),
    ('list_rule = "dhondt"\n', "", "kind.house.list_rule", "1", "one of " + ", ".join(keys.APPORTIONMENTS)),
    ('rule = "list"\n', 'rule = "lot"\n', "election.by-list.rule", "",
     "one of " + ", ".join(keys.RULES)),
    # Recalls.
    ('by = "own_quota"\n', 'by = "own_quota"\nbase = "cast"\n', "recall.own-quota.base", "1",
     'this key only where by = "electors"'),
    ('by = "own_quota"\n', 'by = "electors"\n', "recall.own-quota.base", "1",
     "one of members, seats, filled, present, cast, for_against"),
    ('question = "confidence"\n', 'question = "confidence"\ntie_protects = true\n', "recall.confidence.tie_protects",
     "1", 'this key only where question = "recall"'),
    ('base = "members"\nat_least = "2/3"\n', 'base = "members"\n', "recall.together.more_than", "1",
     "exactly one of more_than and at_least"),
    ('petition = "1/10"', 'petition = "1/00"', "recall.own-quota.petition", "1",
     'a share between 0 and 1 written as text, for instance "1/2"'),
    # Exits.
    ('way = "second_reading"\n', 'way = "third_reading"\n', "exit.again.way", "1",
     "one of second_reading, conciliation, joint, veto"),
    ('days = 7\narticle', 'days = 7\nbody = "both"\narticle', "exit.again.body", "1", "one of way, days, article"),
    ('thresholds = ["3/5", "2/3"]', 'thresholds = ["2/3", "3/5"]', "exit.over-the-court.thresholds", "1",
     'a list of shares that rise, for instance ["2/3", "3/4"]'),
    ('thresholds = ["3/5", "2/3"]', "thresholds = []", "exit.over-the-court.thresholds", "1",
     'a list of shares that rise, for instance ["2/3", "3/4"]'),
    ('thresholds = ["3/5", "2/3"]', 'thresholds = "3/5"', "exit.over-the-court.thresholds", "1",
     'a list of shares that rise, for instance ["2/3", "3/4"]'),
    ('thresholds = ["3/5", "2/3"]', 'thresholds = ["3/5", 1]', "exit.over-the-court.thresholds", "1",
     'a list of shares that rise, for instance ["2/3", "3/4"]'),
    # Ways and matters.
    ('procedure = "vote"\n', "", "matter.decision.procedure", "1",
     "one of vote, consent, consensus, gradients, sense_check, advice"),
    ('procedure = "consent"\n', 'procedure = "consent"\nbase = "cast"\n', "matter.consent.base", "1",
     'this key only where procedure = "vote"'),
    ("demand = { pieces = 1 }\n", "", "matter.advice.demand", "1", "a table, for instance { … = … }"),
    ("demand = { pieces = 1 }", "demand = { parts = 1 }", "matter.advice.demand.parts", "1", "one of pieces"),
    ("demand = { pieces = 1 }", "demand = {}", "matter.advice.demand.pieces", "1",
     "a whole number from 0 to 1,000,000,000"),
    ("level = 4", "level = 9", "matter.temperature.demand.level", "1", "a whole number from 1 to 8"),
    ('turnout = "1/2", ', "", "matter.referendum.groups.turnout", "1",
     'a share between 0 and 1 written as text, for instance "1/2"'),
    ('at_least = "3/5"\n', 'at_least = "3/5"\nmore_than = "1/2"\n', "matter.referendum.more_than", "1",
     "exactly one of more_than and at_least"),
    ("quorum = 40\n", "quorum = -1\n", "matter.appeal.quorum", "1",
     'a share written as text, for instance "1/2", or a whole number of people'),
    ('quorum_base = "members"\n', "", "matter.decision.quorum_base", "1", "one of members, filled, seats"),
    ("readings = 1\n", "readings = 1\nreading_days = 3\n", "matter.referendum.reading_days", "1",
     "this key only where readings is not 1"),
    ("reading_days = 14\n", "", "matter.decision.reading_days", "1", "a whole number from 0 to 36,525"),
    ("appeal_days = 10\n", "", "matter.decision.appeal_days", "1", "a whole number from 1 to 36,525"),
    ('alternatives = "scottish"\n', 'alternatives = "list"\n', "way.plain.alternatives", "",
     "one of " + ", ".join(keys.CHOOSING) + ', ""'),
    ('entrenched = true\narticle', "article", "matter.referendum.entrenched", "1", "true or false"),
    ('exits = ["again", ', 'exits = ["once-more", ', "matter.decision.exits", "1",
     "declared exits: again, mediation, together, over-the-court"),
    ('way = "plain"\n', 'way = "special"\n', "matter.decision.way", "1", "a declared way: plain"),
    ("term_days = 365\n", "term_days = 99999999\n", "kind.speaker.term_days", "1", "a whole number from 1 to 36,525"),
    ("quorum = 40\n", "quorum = 4000000000\n", "matter.appeal.quorum", "1",
     'a share written as text, for instance "1/2", or a whole number of people'),
    ('title = "All of it"\n', 'title = "All \\u202eof it"\n', "article.1.title", "1", "words as they are read aloud"),
    # Procedures.
    ("founders = 5\n", "founders = -1\n", "procedures.founders", "", "a whole number from 0 to 1,000,000,000"),
    ("founders = 5\n", "", "procedures.founders", "", "a whole number from 0 to 1,000,000,000"),
    ('founding_article = "1"\n', "", "procedures.founders", "", "this key only where founding_article stands"),
    ('base = "for_against"\nat_least', 'base = "filled"\nat_least', "refounding.base", "1",
     "one of members, cast, for_against"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "article", "expected"), WRONG)
def test_a_wrong_value_is_refused_with_its_key_article_and_what_was_expected(
    everything: str, old: str, new: str, key: str, article: str, expected: str
) -> None:
    text = everything.replace(old, new, 1)
    assert text != everything
    wrong = refusal(text)

    assert (wrong.key, wrong.article, wrong.expected) == (key, article, expected)
    assert 1 <= wrong.line <= text.count("\n") + 1


def test_an_act_permitted_twice_is_refused_with_the_line_of_the_first(shipped: str) -> None:
    wrong = refusal(shipped.replace('acts = ["key_registered"]', 'acts = ["member_joined"]'))
    line = line_of(shipped, 'acts = ["member_joined"]') - 1

    assert (wrong.key, wrong.found) == ("permission.2.acts", f"“member_joined” again; it stands on line {line} already")


def test_a_missing_key_of_a_way_is_told_for_the_matter_that_needs_it(shipped: str) -> None:
    wrong = refusal(shipped.replace('silence = "absent"\n', "", 1))

    assert (wrong.key, wrong.article, wrong.line) == (
        "matter.resolution-assembly.silence",
        "23",
        line_of(shipped, "[matter.resolution-assembly]") - 1,
    )


def test_a_wrong_key_of_a_shared_table_stands_on_its_own_line(everything: str) -> None:
    wrong = refusal(
        everything.replace('demand = { blocks = 0, aside = "1/3" }\n', "").replace(
            "readings = 2\n", "readings = 2\ndemand = 3\n"
        )
    )

    assert (wrong.key, wrong.line) == ("way.plain.demand", line_of(everything, "readings = 2") + 1)


def test_what_a_shared_way_demands_is_checked_where_a_matter_says_its_procedure(everything: str) -> None:
    way = '[way.plain]\nprocedure = "vote"\n'
    consensus = '[way.agreed]\ndemand = { blocks = 2, aside = "1/4" }\n\n' + way
    text = everything.replace(way, consensus).replace('procedure = "consensus"\n', "")
    text = text.replace('demand = { blocks = 0, aside = "1/3" }\n', "")
    rest = everything[everything.index("notice_days = 7\nvoting_days = 7\ndelay_days") : everything.index("[matter.")]
    rest = "".join(f"{row}\n" for row in rest.split("\n") if row.partition(" ")[0] not in VOTE_ONLY)
    own = text.replace(
        '[matter.agreement]\nname = "agreement"\nway = "plain"\n',
        f'[matter.agreement]\nname = "agreement"\nway = "agreed"\nprocedure = "consensus"\n{rest}',
    )

    assert parse.parse(own, file="ours.toml").matters["agreement"].demand == Consensus(2, Fraction(1, 4))
    wrong = refusal(own.replace("blocks = 2", "bricks = 2"))
    assert (wrong.key, wrong.expected) == ("matter.agreement.demand.bricks", "“blocks”, the nearest known key")


VOTE_ONLY = ("base", "more_than", "abstentions", "no_counts_to_quorum", "abstentions_count_to_quorum", "tie")


def test_a_file_that_is_no_toml_is_refused_with_its_line() -> None:
    wrong = refusal('name = "x"\nhouses = [\n')

    assert (wrong.line, wrong.expected) == (3, "TOML")
    assert refusal('name = "x"\nname = "y"\n').line == 2


DEEP = "tables and lists that lie at most eight deep in each other"
UNREADABLE = [
    ("a = 1\nb = " + "[" * 5000 + "]" * 5000, 2, DEEP, "deeper ones"),
    ("a." * 50_000 + "b = 1", 1, DEEP, "deeper ones"),
    ("a = 1\n\nb = " + "9" * 5000, 3, "a number of a few digits", "one of a thousand or more"),
    ("\ufeffa = 1", 1, "TOML in UTF-8 without a byte order mark", "a byte order mark before the text"),
    ("#" * 250_001, 1, "a charter of at most 250,000 characters", "250,001"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "expected", "found"), UNREADABLE, ids=lambda value: str(value)[:20])
def test_a_text_on_which_a_parser_would_break_is_refused_with_its_line(
    text: str, line: int, expected: str, found: str
) -> None:
    wrong = refusal(text)

    assert (wrong.line, wrong.expected, wrong.found) == (line, expected, found)


def test_a_value_is_shown_without_the_characters_that_nobody_sees(everything: str) -> None:
    assert refusal(everything.replace('form = "all"', 'form = "\\u001b[31mall"', 1)).found == "“\\u001b[31mall”"


def test_an_empty_file_is_refused() -> None:
    assert refusal("").expected == "tables such as [recall.some-id]"
    assert refusal("language = 2\nname = 'x'\nhouses = []\n").expected == "tables such as [article.1]"
    assert refusal("language = 2\nname = 'x'\nhouses = []\narticle = 3\n").found == "3"


def test_a_group_that_is_not_a_table_is_refused(everything: str) -> None:
    assert refusal(everything.replace("[roll.shop]", "[roll]\nshop = 3\n[roll.other]")).key == "roll.shop"
    wrong = refusal(everything.replace("[roll.shop]", '[roll."The Shop"]'))
    assert (wrong.key, wrong.expected) == ("roll.The Shop", "an id of small letters, digits and hyphens")
    assert refusal("roll = 3\n").key == "recall"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_charter_with_any_line_spoilt_is_read_or_refused_with_a_line(
    shipped: str, everything: str, data: st.DataObject
) -> None:
    rows = data.draw(st.sampled_from([shipped, everything])).split("\n")
    place = data.draw(st.integers(0, len(rows) - 1))
    values = ["1", '""', "[]", "[1]", "{}", "true", "1979-05-27", '"1/0"', '["x", "x"]', '"""\n[b]\n"""']
    spoilt = f"{rows[place].split('=')[0]}= {data.draw(st.sampled_from(values))}"
    rows[place : place + 1] = data.draw(st.sampled_from([[], [spoilt], [rows[place]] * 2, [rows[place][:5]]]))
    text = "\n".join(rows)
    try:
        faults.find_faults(parse.parse(text, file="ours.toml"))
    except WrongCharter as wrong:
        assert 1 <= wrong.line <= text.count("\n") + 1


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_charter_without_one_of_its_lines_says_something_else_or_is_refused(
    shipped: str, data: st.DataObject
) -> None:
    rows = shipped.split("\n")
    said = [n for n, row in enumerate(rows) if row.strip() and not row.startswith("#")]
    place = data.draw(st.sampled_from(said))
    text = "\n".join(rows[:place] + rows[place + 1 :])
    try:
        assert parse.parse(text, file="ours.toml") != parse.parse(shipped, file="ours.toml")
    except WrongCharter as wrong:
        assert 1 <= wrong.line <= text.count("\n") + 1
