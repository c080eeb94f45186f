"""PrefLib's files of today and of before 2022: orders with and without equal ranks, categories, totals."""

import pytest

from comitia.decide import ballot_file
from comitia.decide.gathering import BallotFileWrong
from comitia.decide.profile import BallotFile, Profile

HEAD = """# FILE NAME: 1.toi
# TITLE: Dublin North
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 12
# a remark
# ALTERNATIVE NAME 1: Vera
# ALTERNATIVE NAME 2: Karl: the elder
# ALTERNATIVE NAME 3: Ada
"""
NEW = HEAD + "7: 1,{2, 3}\n4: 3\n1:\n"
OLD = "3\n1,Vera\n2,Lund, Karl\n3,Ada\n12,12,2\n7,1,{2,3}\n5,3\n"


def test_a_file_of_today_is_read() -> None:
    names = ("Vera", "Karl: the elder", "Ada")
    expected = Profile(names, ((1, ()), (4, (2,))), equal=((7, ((0,), (1, 2))),))
    assert ballot_file.parse(NEW.encode()) == BallotFile(expected, None, "Dublin North")


def test_a_file_of_before_2022_is_read() -> None:
    expected = Profile(("Vera", "Lund, Karl", "Ada"), ((5, (2,)),), equal=((7, ((0,), (1, 2))),))
    assert ballot_file.parse(OLD.encode()) == BallotFile(expected, None, "")


@pytest.mark.parametrize(
    ("categories", "ballots", "equal"),
    [
        # Yes and no: only the yes counts.
        ("2", ((5, (1,)),), ((7, ((0, 2),)),)),
        # With a third category, the second is a rank.
        ("3", ((5, (1, 2)),), ((7, ((0, 2), (1,))),)),
    ],
)
def test_categories_are_ranks_and_the_last_is_no_rank(categories: str, ballots: object, equal: object) -> None:
    text = HEAD.replace("toi", "cat").replace("# a remark", f"# NUMBER CATEGORIES: {categories}")
    found = ballot_file.parse((text + "7: {1,3},2\n5: 2,3\n").encode()).profile

    assert (found.ballots, found.equal) == (ballots, equal)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEW.replace("VOTERS: 12", "VOTERS: 13"), "line 5: expected the papers below to be as many, and they are 12"),
        (NEW.replace("VOTERS: 12", "VOTERS: x"), "line 5: expected the number of voters as a whole number"),
        (
            NEW.replace("ALTERNATIVES: 3", "ALTERNATIVES: 4"),
            "line 4: expected as many names, numbered from 1; there are 3",
        ),
        (NEW.replace("TYPE: toi", "TYPE: soi"), "line 10: expected strict orders, as the file says that it is soi"),
        (NEW.replace("4: 3", "4: 4"), "line 11: expected candidates from 1 to 3, found '4: 4'"),
        (NEW.replace("4: 3", "4: 1,,3"), "line 11: expected an order such as 1,{2,3},4, found '4: 1,,3'"),
        (NEW.replace("4: 3", "4 3"), "line 11: expected papers as 'how many: order', found '4 3'"),
        (NEW.replace("# a remark", "# NUMBER CATEGORIES: 1"), "line 10: expected at most 1 categories"),
        (OLD.replace("2,Lund", "9,Lund"), "line 3: expected '2,name', found '9,Lund, Karl'"),
        (OLD.replace("12,12,2", "12,12"), "line 5: expected 'voters,papers,distinct papers', found '12,12'"),
        ("3\n1,Vera\n", "line 3: expected 3 lines 'number,name', then 'voters,papers,distinct papers'"),
        ("# NUMBER ALTERNATIVES: 0\n", "line 1: expected the number of candidates"),
    ],
)
def test_a_malformed_file_gets_one_error_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(text.encode())
    assert str(refused.value).startswith(said)
