"""Files read in bulk say the same as files read line by line."""

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import ballot_file, packed, plain_lines
from comitia.decide.gathering import BallotFileWrong
from comitia.decide.profile import BallotFile, Profile


def head(body: str) -> str:
    candidates = 12
    names = "".join(f"c{n}\n" for n in range(candidates))
    return f"{candidates} 2\n{body}0\n{names}"


RANKINGS = st.permutations(range(1, 13)).flatmap(lambda order: st.integers(0, 12).map(lambda length: order[:length]))


@given(st.lists(st.tuples(st.sampled_from([1, 1, 1, 2, 30]), RANKINGS)), st.booleans())
def test_plain_lines_say_the_same_in_bulk(papers: list[tuple[int, list[int]]], single: bool) -> None:
    lines = "".join(" ".join(map(str, (1 if single else weight, *ranked, 0))) + "\n" for weight, ranked in papers)
    in_bulk = ballot_file.parse(head(lines).encode())

    # A comment makes a file not plain; every line is then read by itself.
    assert in_bulk == ballot_file.parse(head("# by hand\n" + lines).encode())
    if papers:
        assert plain_lines.blt(head(lines).encode(), 5, candidates=12) is not None
    assert plain_lines.blt(head("# by hand\n" + lines).encode(), 5, candidates=12) is None


@pytest.mark.parametrize("candidates", [21, 60])
def test_a_candidate_named_twice_among_many_is_left_to_the_reader_of_lines(candidates: int) -> None:
    names = "".join(f"c{n}\n" for n in range(candidates))
    for line, plain in (("1 21 3 2 0\n", True), ("1 21 3 21 0\n", False)):
        raw = f"{candidates} 2\n{line}0\n{names}".encode()
        assert (plain_lines.blt(raw, 5, candidates=candidates) is not None) is plain


def test_a_letter_where_a_number_should_stand_is_left_to_the_reader_of_lines() -> None:
    assert plain_lines.blt(b"2 1\n1 A 2 0\n0\nA\nB\n", 4, candidates=2) is None


TOKENS = st.sampled_from(["1", "2", "12", "13", "100", "0", "10", "", " ", "9", "x", "1\n1", "07"])


@given(st.lists(st.lists(TOKENS, max_size=5), min_size=1, max_size=4), st.sampled_from(["1", "1", "3", "x"]))
@settings(max_examples=400)
def test_odd_lines_are_never_read_otherwise_in_bulk(lines: list[list[str]], weight: str) -> None:
    body = "".join(" ".join((weight, *tokens, "0")) + "\n" for tokens in lines)
    found: list[object] = []
    for text in (head(body), head("# by hand\n" + body)):
        try:
            found.append(ballot_file.parse(text.encode()))
        except BallotFileWrong as refused:
            found.append(refused.expected)
    assert found[0] == found[1]


@given(st.lists(st.sampled_from(["A", "AB", "B", ""]), max_size=40))
def test_single_papers_are_put_together_however_many_are_alike(keys: list[str]) -> None:
    many = keys * 3
    expected = packed.of({key: many.count(key) for key in many})

    assert packed.of_single(list(many)) == expected
    assert packed.of_single(list(dict.fromkeys(keys))) == packed.of(dict.fromkeys(keys, 1))


@pytest.mark.parametrize("lines", ["4 0 2 1\n1 1 0 0\n", "4 0 2 1\n", ""])
def test_a_dat_file_says_the_same_in_bulk(lines: str) -> None:
    found = plain_lines.dat(lines.rstrip("\n"), candidates=3)
    papers = sum(int(line.split()[0]) for line in lines.splitlines())
    text = f"W\n1 3 {lines.count(chr(10))} {papers}\nA\nB\nC\n" + lines.replace("4 0", "4  0")

    assert found is not None
    assert found == (lines.count("\n"), papers, ballot_file.parse(text.encode()).profile.ballots)
    for wrong in ("1 0 3 1", "1 0 2", "x", "1 A 0 0"):
        assert plain_lines.dat(lines + wrong, candidates=3) is None
    assert plain_lines.dat(lines, candidates=61) is None


@given(st.lists(st.tuples(st.integers(1, 300), RANKINGS), max_size=8), st.booleans())
def test_a_dat_file_of_twelve_candidates_says_the_same_in_bulk(papers: list[tuple[int, list[int]]], odd: bool) -> None:
    lines = [
        " ".join(map(str, (weight, *(ranking.index(c) + 1 if c in ranking else 0 for c in range(1, 13)))))
        for weight, ranking in papers
    ]
    names = "".join(f"c{n}\n" for n in range(12))
    total = sum(weight for weight, _ in papers) + (odd and bool(papers))
    text = f"W\n2 12 {len(lines)} {total}\n{names}" + "".join(f"{line}\n" for line in lines)
    found: list[object] = []
    # Two spaces make a line not plain; every line is then read by itself.
    for given_text in (text, text.replace("2 12", "2  12")):
        try:
            found.append(ballot_file.parse(given_text.encode()))
        except BallotFileWrong as refused:
            found.append(refused.expected)
    assert found[0] == found[1]
    if not odd:
        assert isinstance(found[0], BallotFile)
        assert (
            found[0].profile.ballots
            == packed.pack(
                Profile(found[0].profile.candidates, tuple((w, tuple(c - 1 for c in ranking)) for w, ranking in papers))
            ).ballots
        )
