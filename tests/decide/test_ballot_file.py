"""Formats are told by what stands in a file; what is written is read again; any other bytes bring the one error."""

import pytest
from hypothesis import example, given, settings, strategies as st

from comitia.decide import ballot_file, packed, scottish_dat, voter_rows
from comitia.decide.gathering import BallotFileWrong, Gathered, Unwritable
from comitia.decide.marks import Reading
from comitia.decide.profile import BallotFile, Profile

DAT = "10 Hill Town\n2 3 2 5\nVera, Ind\nKarl, Lab\nAda, SNP\n4 0 2 1\n1 1 0 0\n"


def test_a_scottish_dat_file_is_read() -> None:
    expected = BallotFile(Profile(("Vera, Ind", "Karl, Lab", "Ada, SNP"), ((1, (0,)), (4, (2, 1)))), 2, "10 Hill Town")
    assert ballot_file.parse(DAT.encode()) == expected


def test_a_blt_file_is_read_whatever_its_encoding() -> None:
    expected = BallotFile(Profile(("Renée",), ((1, (0,)),)), 1, "")
    for encoding in ("utf-8", "utf-8-sig", "latin-1"):
        assert ballot_file.parse("# papers\n1 1\n1 1 0\n0\nRenée\n".encode(encoding)) == expected


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"hello\nworld\n", b"two 1\n", b"\x00\xff\x1f\x8b" * 100])
def test_another_file_is_refused_with_what_was_found(raw: bytes) -> None:
    with pytest.raises(BallotFileWrong, match="expected a ballot file to start like one"):
        ballot_file.parse(raw)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (DAT.replace("4 0 2 1", "4 0 3 1"), "line 6: expected a plain ranking (rank 2 is skipped; say how"),
        (
            DAT.replace("4 0 2 1", "4 0 1 1"),
            "line 6: expected a plain ranking (rank 1 names several candidates; say how",
        ),
        (DAT.replace("4 0 2 1", "4 0 2"), "line 6: expected the number of papers and 3 ranks, each from 0 to 3"),
        (DAT.replace("4 0 2 1", "4 0 4 1"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("4 0 2 1", "4 0 x 1"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("4 0 2 1", "0 0 2 1"), "line 6: expected the number of papers and 3 ranks"),
        (DAT.replace("2 3 2 5", "2 3 2 6"), "line 2: expected the totals of the lines below, 2 rankings on 5 papers"),
        (DAT.replace("2 3 2 5", "0 3 2 5"), "line 2: expected seats, candidates, distinct rankings and papers as four"),
        ("W\n2 3 2 5\nVera\n", "line 4: expected 3 names of candidates, one a line, found 'the end of the file'"),
    ],
)
def test_a_malformed_dat_file_gets_one_error_with_its_line(wrong: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(wrong.encode())
    assert str(refused.value).startswith(said)


def test_skipped_and_equal_ranks_of_a_dat_file_are_read_as_asked() -> None:
    skipped = ballot_file.parse(DAT.replace("4 0 2 1", "4 0 3 1").encode(), Reading(skipped="skip"))
    equal = ballot_file.parse(DAT.replace("4 0 2 1", "4 0 1 1").encode(), Reading(overvoted="equal"))

    assert skipped.profile.ballots == ((1, (0,)), (4, (2, 1)))
    assert equal.profile.equal == ((4, ((1, 2),)),)


def test_a_dat_file_that_ends_after_its_title_is_refused() -> None:
    with pytest.raises(BallotFileWrong, match="line 2: expected seats, candidates, distinct rankings and papers"):
        scottish_dat.read(b"10 Hill Town\n", Gathered())


def test_a_paper_of_a_dat_file_is_found_by_its_line() -> None:
    assert ballot_file.paper(DAT.encode(), 6) == ((2,), (1,))


def test_a_ward_of_more_than_nine_candidates_is_read() -> None:
    names = "".join(f"c{n}\n" for n in range(10))
    found = ballot_file.parse(f"W\n1 10 2 4\n{names}3 0 0 0 0 0 0 0 0 0 1\n1 1 0 0 0 0 0 0 0 0 2\n".encode())

    assert found.profile.ballots == ((1, (0, 9)), (3, (9,)))


NAMES = st.lists(st.text("abc #0\"',;é", max_size=6).map(lambda name: f"x{name}x"), min_size=1, max_size=5, unique=True)


@st.composite
def files(draw: st.DrawFn) -> BallotFile:
    """Return a ballot file that every format can hold."""
    names = draw(NAMES)
    orders = st.permutations(range(len(names)))
    strict = orders.flatmap(lambda order: st.integers(0, len(order)).map(lambda length: tuple(order[:length])))
    papers = draw(st.dictionaries(strict.map(packed.key), st.integers(1, 10**6), max_size=6))
    equal: list[tuple[int, tuple[tuple[int, ...], ...]]] = []
    if len(names) > 1:
        cut = st.tuples(orders, st.integers(2, len(names)))
        ranks = cut.map(lambda given: (tuple(sorted(given[0][: given[1]])), *((one,) for one in given[0][given[1] :])))
        equal = [
            (weight, ranked) for ranked, weight in sorted(draw(st.dictionaries(ranks, st.integers(1, 99))).items())
        ]
    scale = draw(st.sampled_from([1, 1, 4, 10]))
    if scale > 1:
        # The least scale that makes whole numbers of all weights is what a reader finds.
        papers[""] = papers.get("", 0) * scale + 1
    return BallotFile(
        Profile(
            tuple(names), packed.of(papers), draw(st.frozensets(st.integers(0, len(names) - 1))), tuple(equal)
        ),
        draw(st.integers(1, 9)), draw(st.sampled_from(["", "T", "the \"T\", 2: > [x]"])), scale=scale,
    )  # fmt: skip


@given(files(), st.sampled_from([".blt", ".abif", ".csv", ".json"]))
@settings(max_examples=200)
def test_what_is_written_is_read_again(file: BallotFile, suffix: str) -> None:
    text = ballot_file.format(file, suffix, seats=file.seats)

    assert ballot_file.parse(text.encode(), Reading(overvoted="equal")) == file


def test_a_csv_file_of_comments_alone_is_refused() -> None:
    with pytest.raises(BallotFileWrong, match="a header with a column for each candidate or rank"):
        voter_rows.read(b"# seats: 2\n", Gathered())


def test_csv_without_a_number_of_seats_says_none() -> None:
    file = BallotFile(Profile(("A", "B"), ((1, (1,)),)), None, "")
    assert ballot_file.format(file, ".csv", seats=None) == "papers,A,B\n1,,1\n"


@pytest.mark.parametrize(
    ("suffix", "name"),
    [(".blt", "A\nB"), (".abif", "A\nB"), (".abif", "A]"), (".csv", "A\nB"), (".csv", ""), (".csv", " A"),
     (".csv", "Rank 1"), (".csv", "id")],
)  # fmt: skip
def test_a_name_that_a_format_cannot_hold_is_refused(suffix: str, name: str) -> None:
    file = BallotFile(Profile((name,), ()), 1, "")
    with pytest.raises(Unwritable, match="cannot hold"):
        ballot_file.format(file, suffix, seats=1)


def test_what_cannot_be_written_at_all_is_refused() -> None:
    twice = BallotFile(Profile(("A", "A"), ()), 1, "")
    for suffix, seats in ((".csv", 1), (".blt", None)):
        with pytest.raises(Unwritable):
            ballot_file.format(twice, suffix, seats=seats)
    with pytest.raises(Unwritable):
        ballot_file.format(BallotFile(Profile((), ()), 1, ""), ".csv", seats=1)
    with pytest.raises(ballot_file.FormatUnknown, match=r"expected .blt, .abif, .csv, .json"):
        ballot_file.format(twice, ".soi", seats=1)


STARTS = [
    b"2 1\n3 1 2 0\n0\nA\nB\n",
    DAT.encode(),
    b"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n3: 1,{2}\n",
    b"# NUMBER ALTERNATIVES: 1\n# NUMBER CATEGORIES: 2\n# ALTERNATIVE NAME 1: A\n3: {1},{}\n",
    b"2\n1,A\n2,B\n3,3,1\n3,1,2\n",
    b'{"seats": 1}\n=A:[Vera]\n3: A>B\n',
    b"papers,A,B\n3,1,2\n",
    b"# seats: 1\nRank 1,Rank 2\nA,B\n",
    b'{"candidates": ["A"], "ballots": [\n{"papers": "1", "ranking": [[1]]}]}',
]
WORDS = [b"", b"\n", b" ", b",", b"0", b"1", b"-", b"=", b">", b"{", b"}", b"[", b'"', b":", b"#", b"/", b"[]"]
WORDS += [b"9" * 30, b"1" * 7, b"\x00", b"\xff"]


@given(st.sampled_from(STARTS), st.data())
@settings(max_examples=400)
def test_a_damaged_file_brings_nothing_but_the_one_error(whole: bytes, data: st.DataObject) -> None:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.sampled_from(WORDS))
    readings = Reading(skipped="stop", repeated="skip", overvoted="equal") if data.draw(st.booleans()) else Reading()
    try:
        found = ballot_file.parse(bytes(raw), readings)
    except BallotFileWrong as refused:
        assert 1 <= refused.line <= bytes(raw).count(b"\n") + bytes(raw).count(b"\r") + 2
    else:
        assert all(weight > 0 for weight, _ in (*found.profile.ballots, *found.profile.equal))


# Of each format: what stands before the papers, a line of papers, what stands behind, and lines that say nothing.
LINES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "blt": (
        "2 1\n",
        "3 1 2 0\n",
        '0\n"A"\n"B"\n',
        ("3 1 2\n", "3 1 9 0\n", "x 1 0\n", "3 1 1 0\n", "0 1 0\n", "1 1=2\n"),
    ),
    "dat": ("Ward\n1 2 {lines} {papers}\nA\nB\n", "3 1 2\n", "", ("3 1\n", "3 1 9\n", "x 1 2\n", "0 1 2\n", "3 1 1\n")),
    "abif": (
        "=A:[Vera]\n=B:[Karl]\n",
        "3: A > B\n",
        "",
        ("3: A >\n", "3 A\n", "0: A\n", "3: A B\n", "3: A > A\n", "=A:[C]\n"),
    ),
    "preflib": (
        "# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n",
        "3: 1,{2}\n",
        "",
        ("3: 1,9\n", "3 1,2\n", "x: 1\n", "3: {1\n", "3: 1,1\n"),
    ),
    "preflib before 2022": (
        "2\n1,A\n2,B\n{papers},{papers},{lines}\n",
        "3,1,2\n",
        "",
        ("3,1,9\n", "x,1\n", "3;1\n", "3,1,1\n"),
    ),
    "categories": (
        "# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 2\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n",
        "3: {1},{2}\n",
        "",
        ("3: {1},{2},{}\n", "3: {9},{}\n", "{1},{2}\n"),
    ),
    "csv by candidate": (
        "# seats: 1\npapers,A,B\n",
        "3,1,2\n",
        "",
        ("3,1\n", "3,1,9\n", "x,1,2\n", "3,1,1\n", "3,,2\n"),
    ),
    "csv by rank": (
        "id,Rank 1,Rank 2\n",
        "a7,A,B\n",
        "",
        ("a7,A\n", "a7,A,B,C\n", "a7,A,A\n", "a7,A=B,\n", 'a7,"A,B\n'),
    ),
    "json": (
        '{"candidates": ["A", "B"], "ballots": [\n',
        '{"papers": "3", "ranking": [[1], [2]]},\n',
        '{"papers": "1", "ranking": []}\n]}\n',
        (
            '{"papers": "3", "ranking": [[9]]},\n',
            '{"papers": "x", "ranking": [[1]]},\n',
            '{"papers": 3, "ranking": []},\n',
            '{"papers": "3", "ranking": [[1], [1]]},\n',
            '{"papers" "3"},\n',
            '{"ranking": []},\n',
        ),
    ),
}


@pytest.mark.parametrize("kind", LINES)
@given(st.data(), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=60)
def test_the_one_line_that_is_wrong_is_the_line_of_the_error(
    kind: str, data: st.DataObject, before: int, after: int
) -> None:
    head, line, tail, spoilt = LINES[kind]
    number = before + after + 1
    head = head.replace("{lines}", str(number)).replace("{papers}", str(3 * number))
    wrong = data.draw(st.sampled_from(spoilt))
    raw = head + line * before + wrong + line * after + tail
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(raw.encode())

    assert refused.value.line == head.count("\n") + before + 1, str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kind", LINES)
@given(st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=20)
def test_a_paper_of_any_format_is_found_by_its_line(kind: str, before: int, after: int) -> None:
    head, line, tail, _ = LINES[kind]
    number = before + after + 1
    head = head.replace("{lines}", str(number)).replace("{papers}", str(3 * number))
    raw = (head + line * number + tail).encode()
    ranks = ((0,),) if kind == "categories" else ((0,), (1,))

    assert ballot_file.paper(raw, head.count("\n") + before + 1) == ranks
    assert ballot_file.paper(raw, head.count("\n")) is None
    assert ballot_file.paper(raw, "a7") == (ranks if kind == "csv by rank" else None)


@given(st.binary(max_size=60))
@example(b"[" * 5000)
@example(b'{"ballots":' + b"[" * 100_000)
def test_any_bytes_bring_nothing_but_the_one_error(raw: bytes) -> None:
    try:
        ballot_file.parse(raw)
    except BallotFileWrong as refused:
        assert refused.line >= 1
