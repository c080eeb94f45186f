"""CSV with one voter a row: a column for each candidate, or for each rank."""

import pytest

from comitia.decide import ballot_file
from comitia.decide.gathering import BallotFileWrong
from comitia.decide.marks import Reading
from comitia.decide.profile import BallotFile, Profile

BY_CANDIDATE = '# title: Committee\n# seats: 2\n# remark\n\nPapers,Vera,Karl,"Lund, Ada"\n5,2,1,\n1,,0,-\n\n2.5,1,1,\n'
BY_RANK = "Ballot;1st choice;2nd choice\na7;Karl;Vera\na8;Karl=Vera;\na9;Ada;\n"


def test_a_column_for_each_candidate_is_read() -> None:
    found = ballot_file.parse(BY_CANDIDATE.encode(), Reading(overvoted="equal"))

    assert found == BallotFile(
        Profile(("Vera", "Karl", "Lund, Ada"), ((2, ()), (10, (1, 0))), equal=((5, ((0, 1),)),)),
        2,
        "Committee",
        scale=2,
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_column_for_each_rank_is_read(mark: str) -> None:
    raw = BY_RANK.replace(";", mark).encode()
    found = ballot_file.parse(raw, Reading(overvoted="stop"))

    assert found == BallotFile(Profile(("Karl", "Vera", "Ada"), ((1, ()), (1, (0, 1)), (1, (2,)))), None, "")
    assert ballot_file.paper(raw, "a7", Reading(overvoted="stop")) == ((0,), (1,))


def test_one_column_may_be_the_only_rank() -> None:
    assert ballot_file.parse(b"choice 1\nA\n\nB\nA\n").profile == Profile(("A", "B"), ((2, (0,)), (1, (1,))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# seats: 1\n", "line 1: expected a ballot file to start like one"),
        ("# seats: none\nA,B\n", "line 1: expected seats as numbers from 1 on, found '# seats: none'"),
        ("# withdrawn: 3\nA,B\n", "line 1: expected withdrawn candidates from 1 to 2, found '3'"),
        ("papers,id\n1,2\n", "line 1: expected a column for each candidate, or for each rank, found 'papers,id'"),
        ("rank 1,rank 3\nA,B\n", "line 1: expected ranks from 1 on, one column each, in order, found 'rank 1,rank 3'"),
        ("A,A\n1,2\n", "line 1: expected the name of a candidate in each column, each a different one, found 'A,A'"),
        ("A,B\n1\n", "line 2: expected 2 cells, as in the header; there are 1, found '1'"),
        ("A,B\n1,x\n", "line 2: expected a rank from 1 to 2, or nothing, in field 2, found '1,x'"),
        ("papers,A,B\n0,1,2\n", "line 2: expected a number of papers above 0 in field 1, found '0,1,2'"),
        ('A,B\n1,2\n1,"2\n', "line 3: expected cells parted by one mark, with quotes around what holds it"),
        ("A,B\n1,1\n", "line 2: expected a plain ranking (rank 1 names several candidates; say how"),
        ("A,B,C\n1,3,\n", "line 2: expected a plain ranking (rank 2 is skipped; say how"),
    ],
)
def test_a_malformed_file_gets_one_error_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(text.encode())
    assert str(refused.value).startswith(said)
