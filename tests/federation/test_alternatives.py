import pytest
from deciding import amendment, assembled, ballot, close, decide, move, open_, opening, sitting, vote
from small import Small, refusal, refused

from comitia.federation import acts, alternatives, standing
from comitia.federation.rulebook import replay
from comitia.federation.state import Motion

MILL = "committee/mill"


@pytest.fixture
def small() -> Small:
    return assembled()


def beside(small: Small, name: str, motion: str = "m", *, text: str = "", by: str = "") -> acts.AlternativeMoved:
    """Return another text on the question of a motion."""
    author = by or sitting(small, MILL)[1]
    return acts.AlternativeMoved(
        at=small.at, by=author, alternative=name, motion=motion, title=name, text=small.blob(text or f"{name}\n")
    )


def question(small: Small, rule: str = "instant-runoff") -> Motion:
    """Return a motion of the mill's committee with two alternatives."""
    of = move(small, "m", f"choice-{rule}", "m\n", body=MILL)
    small.do(beside(small, "n"))
    small.do(beside(small, "o"))
    return of


def rank(small: Small, *rankings: tuple[str, ...], name: str = "m", body: str = MILL) -> None:
    """Let the seats of a body rank the texts, in order."""
    for term, ranking in zip(standing.filled(small.state, body, small.at), rankings, strict=False):
        small.do(ranked(small, term.seat, term.member, ranking, name))


def ranked(small: Small, seat: str, by: str, ranking: tuple[str, ...], name: str = "m") -> acts.RankingCast:
    """Return a seat's order of preference."""
    return acts.RankingCast(at=small.at, by=by, body=seat.partition(":")[0], motion=name, seat=seat, ranking=ranking)


def test_the_text_that_is_chosen_goes_to_the_vote(small: Small) -> None:
    of = question(small)
    assert alternatives.texts(of) == ("m", "n", "o")
    running = open_(small, "m")
    assert running.reading == 0
    rank(small, ("m",), ("m", "n"), ("n", "o"), ("n",), ("o", "n"))
    assert close(small, "m") == ""
    assert (of.chosen, of.lines) == ("n", ("n",))
    assert of.choice_sheet is not None
    assert [of.choice_sheet.candidates[w] for w in of.choice_sheet.winners] == ["n"]

    assert decide(small, "m", {MILL: ("for", "for", "against")}) == "carried"
    assert of.lines == ("n",)
    assert [d.reading for d in of.divisions] == [0, 1]
    assert replay(small.done, small.blobs).state.motions["m"] == of


def test_the_motions_own_text_may_be_chosen(small: Small) -> None:
    of = question(small)
    open_(small, "m")
    rank(small, ("m", "n", "o"), ("m",), ("n",))
    close(small, "m")

    assert (of.chosen, of.lines) == ("", ("m",))


def test_where_nobody_ranks_the_lot_falls_on_one_of_the_texts(small: Small) -> None:
    of = question(small)
    open_(small, "m")
    close(small, "m")

    assert of.choice_sheet is not None
    assert of.choice_sheet.valid == 0


@pytest.mark.parametrize(
    ("rule", "papers", "chosen"),
    [
        ("plurality", (("m",), ("o",), ("o",), ("n",)), "o"),
        ("approval", (("m", "n"), ("n", "o"), ("n",), ("o",)), "n"),
        ("scottish", (("m", "o"), ("o", "m"), ("o",), ("n", "o")), "o"),
    ],
)
def test_the_counting_rule_is_the_charters(
    small: Small, rule: str, papers: tuple[tuple[str, ...], ...], chosen: str
) -> None:
    of = question(small, rule)
    open_(small, "m")
    rank(small, *papers)
    close(small, "m")

    assert of.chosen == chosen


def test_seats_rank_in_the_open_and_an_assembly_in_secret(small: Small) -> None:
    of = move(small, "m", "mixed", "m\n")
    small.do(beside(small, "n", by="m-0001"))
    open_(small, "m")
    rank(small, ("m",), ("m",), ("m",), body="committees-house")
    ballot(small, "m", "general-assembly", ["n"], ["n"], ["n", "m"], ["n"], [])
    close(small, "m")

    assert of.chosen == "n"
    assert of.choice_sheet is not None
    assert (of.choice_sheet.valid, of.choice_sheet.blank) == (7, 1)


def test_a_ranking_names_the_texts_each_once_and_no_more_than_the_rule_counts(small: Small) -> None:
    for rule, paper, said in (
        ("instant-runoff", ("x",), "x is none of the texts: m, n, o"),
        ("instant-runoff", ("n", "n"), "names each text once"),
        ("plurality", ("n", "o"), "this choice is for one text"),
        ("approval", ("o", "n"), "in the order they were moved in"),
    ):
        again = assembled()
        question(again, rule)
        open_(again, "m")
        term = standing.filled(again.state, MILL, again.at)[0]
        assert said in refused(again, ranked(again, term.seat, term.member, paper))


def test_texts_are_ranked_in_a_choice_and_voted_on_in_a_vote(small: Small) -> None:
    question(small)
    term = standing.filled(small.state, MILL, small.at)[0]
    open_(small, "m")
    wrong = acts.VoteCast(at=small.at, by=term.member, body=MILL, motion="m", seat=term.seat, choice="for")
    assert "a choice among texts is open on m; rank them" in refused(small, wrong)
    rank(small, ("m",))
    close(small, "m")
    open_(small, "m")

    assert "no choice among texts is open on m" in refused(small, ranked(small, term.seat, term.member, ("n",)))
    vote(small, "m", MILL, "for")
    assert close(small, "m") == "carried"


def test_an_alternative_is_another_text_moved_in_time_by_who_may_vote_or_move(small: Small) -> None:
    of = question(small)
    baker = sitting(small, "committee/bakery")[0]

    assert "is among those to choose from already" in refused(small, beside(small, "p", text="n\n"))
    assert "there is an alternative 'n' already" in refused(small, beside(small, "n"))
    assert f"{baker} cannot move" in refused(small, beside(small, "p", by=baker))
    move(small, "plain", "plain", "x\n", body=MILL)
    assert "sets no count among texts" in refused(small, beside(small, "p", "plain"))
    open_(small, "m")
    assert "before the first division opens" in refused(small, beside(small, "p"))
    close(small, "m")
    decide(small, "m", {MILL: ("for",)})
    assert of.outcome == "carried"
    assert "is decided already" in refused(small, beside(small, "p"))


def test_an_amendment_and_a_motion_in_a_block_have_no_alternatives(small: Small) -> None:
    for name in ("m", "k"):
        move(small, name, "choice-plurality", f"{name}\n", body=MILL)
    small.do(amendment(small, "a", "m", 1, 1, "y"))
    assert "an amendment has no alternatives" in refused(small, beside(small, "n", "a"))
    small.do(acts.BlockFormed(at=small.at, by=sitting(small, MILL)[0], block="both", motions=("m", "k")))

    assert "is voted on in the block both" in refused(small, beside(small, "n"))


def test_amendments_are_decided_before_the_choice(small: Small) -> None:
    of = question(small)
    small.do(amendment(small, "a", "m", 1, 1, "m, better"))
    assert "amendments come first: a" in refused(small, opening(small, "m"))
    decide(small, "a", {MILL: ("for",)})
    open_(small, "m")
    rank(small, ("m",))
    close(small, "m")

    assert of.lines == ("m, better",)
    found = refusal(small, amendment(small, "b", "m", 1, 1, "z"))
    assert found.reason == "amendments are moved before the division opens"
