"""The peers' own Python, which other slow tests and the benchmarks ask."""

import peers
import pytest


@pytest.mark.slow
def test_the_peers_answer_in_their_own_environment() -> None:
    program = (
        "import json, sys, pref_voting, abcvoting, votekit, votelib, apportionment, demplan\n"
        "print('a line of theirs')\n"
        "print(json.dumps([json.load(sys.stdin), sys.prefix.endswith('peers')]))"
    )
    try:
        assert peers.answer(program, {"asked": [1, 2]}) == [{"asked": [1, 2]}, True]
    except peers.NotInstalled as why:
        pytest.skip(str(why))
