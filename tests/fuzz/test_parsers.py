"""Every parser, thrown bytes at: it reads them, or says in its own words why not; it never fails otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from parsers import PARSERS, Parser

import fuzz

# Of each parser in the slow test, by a fuzzer that follows which branches it reaches.
SECONDS = 6


def named(parser: Parser) -> str:
    return parser.name


def changed(seeds: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """Return a strategy for bytes near to good ones: a piece taken out, put in, doubled, or from another place."""

    @st.composite
    def near(draw: st.DrawFn) -> bytes:
        raw = draw(st.sampled_from(seeds))
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(raw)))
            end = min(len(raw), start + draw(st.integers(0, 40)))
            piece = draw(st.one_of(st.just(raw[start:end] * 2), st.binary(max_size=6), st.sampled_from(seeds)))
            raw = raw[:start] + piece[: draw(st.integers(0, 80))] + raw[end:]
        return raw

    return st.one_of(near(), st.binary(max_size=200))


@pytest.mark.parametrize("parser", PARSERS, ids=named)
def test_a_parser_reads_its_seeds_or_refuses_them_in_its_words(parser: Parser) -> None:
    for seed in (*parser.seeds, b"", b"\0" * 70_000, b"[" * 70_000, b"\xff\xfe" * 100):
        try:
            parser.parse(seed)
        except parser.faults as fault:
            assert str(fault)


@pytest.mark.parametrize("parser", PARSERS, ids=named)
def test_a_parser_of_changed_bytes_reads_them_or_refuses_them_in_its_words(parser: Parser) -> None:
    @settings(deadline=None)
    @given(changed(parser.seeds))
    def throw(raw: bytes) -> None:
        try:
            parser.parse(raw)
        except parser.faults as fault:
            assert str(fault)

    throw()


@pytest.mark.slow
@pytest.mark.parametrize("parser", PARSERS, ids=named)
def test_a_fuzzer_that_follows_branches_finds_no_other_fault(parser: Parser, tmp_path: Path) -> None:
    try:
        packages = fuzz.installed()
    except fuzz.NotInstalled as why:
        pytest.skip(str(why))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(parser.seeds):
        (corpus / str(number)).write_bytes(seed)
    program = Path(__file__).with_name("fuzz_one.py")
    found = subprocess.run(
        [sys.executable, str(program), parser.name, f"-max_total_time={SECONDS}", "-max_len=8192", str(corpus)],
        env={"PYTHONPATH": str(packages), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    crashes = [path.read_bytes() for path in tmp_path.glob("crash-*")]
    assert (found.returncode, crashes) == (0, []), found.stderr[-3000:]
    assert "DONE" in found.stderr
