import pytest
from people import CHARTER, begun, elected, opened, published, vote
from small import Small, refused
from test_candidacy import stands

from comitia.federation import acts, ballots
from comitia.federation.state import Alternative


def ballot(rule: str, *, standing: tuple[str, ...] = ("m-0005", "m-0006")) -> Small:
    """Return a federation in which the farm votes on its committee by a counting rule; two stand."""
    small = begun(CHARTER.replace('[election.plain]\nrule = "scottish"', f'[election.plain]\nrule = "{rule}"'))
    small.do(opened(small, "committee/farm", "assembly/farm"))
    for candidate in standing:
        small.do(stands(small, "e-1", candidate))
    small.at = small.state.ballots["e-1"].opens_at
    return small


def taken(small: Small, by: str, member: str = "", **fields: object) -> acts.VoteTaken:
    return acts.VoteTaken(at=small.at, by=by, ballot="e-1", member=member or by, **fields)  # type: ignore[arg-type]


def choice(rule: str, text: str) -> str:
    """Return why a choice is refused under a counting rule."""
    small = ballot(rule)
    small.do(taken(small, "m-0005"))
    small.at = small.state.ballots["e-1"].closes_at
    return refused(small, published(small, "e-1", [text]))


def test_a_paper_bears_what_its_rule_counts_and_nothing_more() -> None:
    assert "this vote is for one candidate" in choice("plurality", '["m-0005","m-0006"]')
    assert "in the order in which they stand" in choice("approval", '["m-0006","m-0005"]')
    assert "in the order in which they stand" in choice("phragmen", '["m-0006","m-0005"]')
    assert "names each candidate once" in choice("scottish", '["m-0006","m-0006"]')
    assert "does not stand in e-1" in choice("scottish", '["m-0007"]')
    assert "a ranking is a list of candidates" in choice("meek", '"m-0005"')
    assert "a ranking is a list of candidates" in choice("schulze", "[1]")


def test_a_block_vote_names_as_many_as_there_are_seats() -> None:
    small = ballot("block", standing=("m-0005", "m-0006", "m-0007"))
    assert ballots.paper(small.state, small.state.ballots["e-1"]) == ballots.Paper(
        "e-1", "2", "block", ("m-0005", "m-0006", "m-0007"), 2
    )
    small.do(taken(small, "m-0005"))
    small.at = small.state.ballots["e-1"].closes_at
    three = published(small, "e-1", ['["m-0005","m-0006","m-0007"]'])
    assert "this vote is for 2 candidates at most; name no more" in refused(small, three)
    small.do(published(small, "e-1", ['["m-0005","m-0006"]']))
    assert small.state.elections["e-1"].elected == ("m-0005", "m-0006")


def test_every_rule_counts_the_papers_that_it_takes() -> None:
    for rule in ("plurality", "approval", "scottish", "meek", "schulze"):
        small = ballot(rule)
        vote(small, "e-1", ['["m-0005"]'] * 3)
        assert small.state.elections["e-1"].elected[0] == "m-0005"


@pytest.mark.parametrize(
    ("rule", "form"), [("scottish", "ranking"), ("approval", "names"), ("plurality", "one"), ("block", "names")]
)
def test_a_paper_says_what_its_voter_does(rule: str, form: str) -> None:
    small = ballot(rule)
    assert ballots.paper(small.state, small.state.ballots["e-1"]).form == form


def test_a_paper_without_a_rule_asks_for_a_word() -> None:
    assert ballots.Paper("b", "1", None, ballots.WORDS).form == "word"


def test_an_elector_votes_once_while_the_ballot_is_open() -> None:
    small = ballot("scottish")
    small.do(taken(small, "m-0005"))

    assert "has voted in e-1 already" in refused(small, taken(small, "m-0005"))
    assert "is cast by the member herself" in refused(small, taken(small, "m-0006", "m-0007"))
    assert "there is no ballot 'x'" in refused(
        small, acts.VoteTaken(at=small.at, by="m-0006", ballot="x", member="m-0006")
    )
    assert "is open until" in refused(small, published(small, "e-1", ["[]"]))
    small.at = small.state.ballots["e-1"].closes_at
    assert "closed at" in refused(small, taken(small, "m-0006"))
    early = begun()
    early.do(opened(early, "committee/farm", "assembly/farm"))
    assert "opens at" in refused(early, taken(early, "m-0005"))


def test_who_was_no_elector_at_the_opening_does_not_vote() -> None:
    small = begun(CHARTER.replace('acts = ["vote_taken"]\nby = ["elector"]', 'acts = ["vote_taken"]\nby = ["member"]'))
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.at = small.state.ballots["e-1"].opens_at

    assert "is not among the 3 electors" in refused(small, taken(small, "m-0001"))


def test_the_choices_are_published_once_sorted_and_as_many_as_voted() -> None:
    small = ballot("scottish")
    small.do(taken(small, "m-0005"))
    small.at = small.state.ballots["e-1"].closes_at
    right = published(small, "e-1", ["[]"])

    def wrong(**changes: object) -> acts.BallotsPublished:
        fields = {f: getattr(right, f) for f in right.__struct_fields__} | changes
        return acts.BallotsPublished(**fields)  # type: ignore[arg-type]

    assert "no blob" in refused(small, wrong(choices="0" * 64))
    assert "the seed of the lot" in refused(small, wrong(seed="other"))
    assert "1 members voted, but 2 choices" in refused(small, wrong(choices=small.blob("[]\n[]\n"), number=2))
    assert "sorted by bytes" in refused(small, wrong(choices=small.blob('["m-0005"]\n["m-0003"]\n')))
    small.do(right)
    assert "were published in act" in refused(small, right)


def test_a_paper_among_alternatives_names_the_motion_and_its_alternatives() -> None:
    small = begun()
    elected(small, "committee/farm", "assembly/farm", ["m-0005"])
    text = small.blob("x\n")
    small.do(
        acts.MotionMoved(
            at=small.at, by="m-0001", body="everybody", motion="m", matter="resolution", title="M", text=text
        )
    )
    small.do(acts.DivisionOpened(at=small.at, by="m-0001", motion="m", closes_at="2026-02-01T08:00:00Z"))
    (name,) = small.state.motions["m"].divisions[-1].ballots.values()
    of = small.state.ballots[name]
    assert ballots.paper(small.state, of) == ballots.Paper(name, "10", None, ballots.WORDS)
    of.purpose = "alternatives"
    object.__setattr__(small.state.motions["m"].on, "alternatives", "approval")
    small.state.alternatives["n"] = Alternative("n", "m", "N", text, "m-0002", 1)
    small.state.motions["m"].alternatives.append("n")

    assert ballots.paper(small.state, of) == ballots.Paper(name, "10", "approval", ("m", "n"))
