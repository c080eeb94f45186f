"""BLT in its dialects, and one error with its line for each malformed file."""

import pytest

from comitia.decide import ballot_file, blt
from comitia.decide.gathering import BallotFileWrong, Gathered
from comitia.decide.marks import STRICT, Reading
from comitia.decide.profile import BallotFile, Profile

FILE = '3 2\n-3\n5 1 2 0\n1 2 - 1 0\n(a7) 2 0\n2 0\n0\n"Vera "V""\nKarl #2\n"Ada" # withdrew\n"Committee"\n'
SKIPPED = "papers that skip a preference (-); it is passed over, as the format says"


def parsed(text: str, reading: Reading = STRICT) -> BallotFile:
    return ballot_file.parse(text.encode(), reading)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file_of_many_dialects_is_read(ending: str) -> None:
    assert parsed(FILE.replace("\n", ending)) == BallotFile(
        Profile(
            ('Vera "V"', "Karl #2", "Ada"), ((2, ()), (5, (0, 1)), (1, (1,)), (1, (1, 0))), frozenset({2})
        ),
        2,
        "Committee",
        notes=(SKIPPED,),
    )  # fmt: skip


def test_equal_lines_are_put_together_and_a_title_may_be_absent() -> None:
    assert parsed("2 1\n1 2 0\n1 2 0\n0\nA\nB\n") == BallotFile(Profile(("A", "B"), ((2, (1,)),)), 1, "")


@pytest.mark.parametrize("said", ["-1 -2", "-1\n-2", "[withdrawn 1 2]", "[nick a b c]\n[withdrawn a b]"])
def test_withdrawn_candidates_are_said_in_several_ways(said: str) -> None:
    assert parsed(f"3 1\n{said}\n1 3 0\n0\nA\nB\nC").profile.withdrawn == frozenset({0, 1})


def test_papers_may_call_candidates_by_their_nicks() -> None:
    found = parsed("2 1\n[nick a 1]\n2 a 2 0\n1 1 0\n0\nA\nB\nT\n")

    # A nick that is another candidate's number stays the number.
    assert found == BallotFile(Profile(("A", "B"), ((1, (0,)), (2, (0, 1)))), 1, "T")


def test_what_no_rule_reads_is_noted() -> None:
    found = parsed("2 1\n[tie 2 1]\n[undeclared 2]\n[droop quiet]\n1 1 0\n0\nA\nB\n")

    assert found.notes == (
        "an order for ties ([tie ...]), which is not followed: ties are broken by the rule and a public seed",
        "candidates who were written in ([undeclared]): 2; they stand like the others",
        "an option [droop ...] for another program, which is not read",
    )


def test_equal_preferences_and_decimal_weights_are_read() -> None:
    found = parsed("3 1\n1.5 2=1 3 0\n0.25 3 0\n2 1 0\n0\nA\nB\nC\n")

    # In quarters of a paper: the least that makes whole numbers of all.
    assert found == BallotFile(
        Profile(("A", "B", "C"), ((8, (0,)), (1, (2,))), equal=((6, ((0, 1), (2,))),)), 1, "", scale=4
    )


@pytest.mark.parametrize(
    ("reading", "profile"),
    [
        (Reading(overvoted="skip"), Profile(("A", "B", "C"), ((1, (2,)),))),
        (Reading(overvoted="stop"), Profile(("A", "B", "C"), ((1, ()),))),
        (Reading(overvoted="equal"), Profile(("A", "B", "C"), (), equal=((1, ((0, 1), (2,))),))),
    ],
)
def test_equal_preferences_are_read_as_asked(reading: Reading, profile: Profile) -> None:
    assert parsed("3 1\n1 2=1 3 0\n0\nA\nB\nC\n", reading).profile == profile


def test_spoilt_papers_are_counted_apart() -> None:
    found = parsed("2 1\n3 1 1 0\n2 2 0\n0\nA\nB\n", Reading(repeated="spoilt"))

    assert (found.spoilt, found.profile.ballots) == (3, ((2, (1,)),))


@pytest.mark.parametrize("end", ["0\n", ""])
def test_the_closing_0_may_be_missing_before_names(end: str) -> None:
    for name in ('"A"', "A"):
        assert parsed(f"1 1\n4 1 0\n{end}{name}\n").profile == Profile(("A",), ((4, (0,)),))


def test_a_source_and_a_remark_may_follow_the_title() -> None:
    assert parsed('1 1\n4 1 0\n0\n"A"\n"T"\n"by hand"\n"twice"\n').title == "T"


PAPERS = "papers as 'how many, preferences, 0'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 0\n", "line 1: expected at least one candidate and one seat, found '2 0'"),
        ("9 1\n", "line 1: expected no more candidates than the 2 lines of the file can name, found '9 1'"),
        ("2 1\n-3\n", "line 2: expected withdrawn candidates from 1 to 2, found '-3'"),
        ("2 1\n[withdrawn]\n", "line 2: expected withdrawn candidates from 1 to 2, found '[withdrawn]'"),
        ("2 1\n[nick a a]\n", "line 2: expected 2 different names, one for each candidate, found '[nick a a]'"),
        ("2 1\n3 1 2\n0\nA\nB\n", f"line 2: expected {PAPERS}, found '3 1 2'"),
        ("2 1\n[tie\n0\nA\nB\n", f"line 2: expected {PAPERS}, found '[tie'"),
        ("2 1\n-1.5 1 0\n0\nA\nB\n", f"line 2: expected {PAPERS}, found '-1.5 1 0'"),
        ("2 1\n1 1 1 0\n0\nA\nB\n", "line 2: expected a plain ranking (rank 2 names a candidate again; say how that "
                                   "is to be read: repeated = skip, stop, spoilt), found '1 1 1 0'"),
        ("2 1\n\n1 3 0\n0\nA\nB\n", "line 3, column 3: expected candidates from 1 to 2, then 0, found '1 3 0'"),
        ("2 1\n0 1 0\n0\nA\nB\n", f"line 2: expected {PAPERS}, how many above 0, found '0 1 0'"),
        ("2 1\n1 1 0\n", "line 3: expected a line '0' after the papers, then the names, found 'the end of the file'"),
        ("3 1\n-1\n", "line 3: expected a line '0' after the papers, then the names, found 'the end of the file'"),
        ("2 1\n1 1 0\n0\nA\n", "line 5: expected 2 names, then a title or nothing, found '1 lines'"),
        ("2 1\n1 1 0\n0\nA\nB\nT\nX\nY\nZ\n", "line 9: expected 2 names, then a title or nothing, found '6 lines'"),
    ],
)  # fmt: skip
def test_a_malformed_file_gets_one_error_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        parsed(text)
    assert str(refused.value) == said


def test_a_paper_is_found_by_its_line_and_by_its_identity() -> None:
    raw = FILE.encode()

    assert ballot_file.paper(raw, 4) == ((1,), (0,))
    assert ballot_file.paper(raw, "(a7)") == ((1,),)
    assert ballot_file.paper(raw, 99) is None
    assert ballot_file.paper(b"2 1\n1 1 1 0\n0\nA\nB\n", 2, Reading(repeated="spoilt")) == ()


@pytest.mark.parametrize("raw", [b"", b"# a comment\n", b"two 1\n"])
def test_a_file_without_its_first_line_is_refused(raw: bytes) -> None:
    with pytest.raises(BallotFileWrong, match="expected the numbers of candidates and seats"):
        blt.read(raw, Gathered())
