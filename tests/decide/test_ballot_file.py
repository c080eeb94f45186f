"""Formats are told by what stands in a file, and Scottish ``.dat`` files are checked against their own totals."""

import pytest

from comitia.decide import ballot_file, scottish_dat
from comitia.decide.profile import BallotFile, Profile

DAT = "10 Hill Town\n2 3 2 5\nVera, Ind\nKarl, Lab\nAda, SNP\n4 0 2 1\n1 1 0 0\n"


def test_a_scottish_dat_file_is_read() -> None:
    expected = BallotFile(Profile(("Vera, Ind", "Karl, Lab", "Ada, SNP"), ((4, (2, 1)), (1, (0,)))), 2, "10 Hill Town")
    assert ballot_file.parse(DAT.encode()) == expected


def test_a_blt_file_is_read_whatever_its_encoding() -> None:
    expected = BallotFile(Profile(("Renée",), ((1, (0,)),)), 1, "")
    for encoding in ("utf-8", "utf-8-sig", "latin-1"):
        assert ballot_file.parse("# papers\n1 1\n1 1 0\n0\nRenée\n".encode(encoding)) == expected


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"hello\nworld\n", b"\x00\xff\x1f\x8b" * 100])
def test_another_file_is_refused_with_what_was_found(raw: bytes) -> None:
    with pytest.raises(ballot_file.FormatUnknown, match="this starts like no ballot file, found"):
        ballot_file.parse(raw)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            DAT.replace("4 0 2 1", "4 0 3 1"),
            "line 6: expected the number of papers and 3 ranks, each from 1 on given once",
        ),
        (DAT.replace("4 0 2 1", "4 0 1 1"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("4 0 2 1", "4 0 2"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("4 0 2 1", "4 0 x 1"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("2 3 2 5", "2 3 2 6"), "line 2: expected the totals of the lines below, 2 rankings on 5 papers"),
        (DAT.replace("2 3 2 5", "0 3 2 5"), "line 2: expected seats, candidates, distinct rankings and papers as four"),
        ("W\n2 3 2 5\nVera\n", "line 4: expected 3 names of candidates, one a line, found 'the end of the file'"),
    ],
)
def test_a_malformed_dat_file_gets_one_error_with_its_line(wrong: str, said: str) -> None:
    with pytest.raises(scottish_dat.DatWrong) as refused:
        ballot_file.parse(wrong.encode())
    assert str(refused.value).startswith(said)


def test_a_dat_file_that_ends_after_its_title_is_refused_with_its_line() -> None:
    with pytest.raises(scottish_dat.DatWrong, match="line 2"):
        scottish_dat.parse("10 Hill Town\n")
