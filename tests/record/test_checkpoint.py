import pytest

from comitia.record import checkpoint, note
from comitia.record.checkpoint import Checkpoint, CheckpointFault
from comitia.record.note import NoteFault, SigningKey

KEY = SigningKey("mill.example/record", bytes(range(32)))
HEAD = Checkpoint("mill.example/record", 12, bytes(32))


def signed(text: str) -> bytes:
    return note.format(note.sign(text, (KEY,)))


def test_a_checkpoint_has_three_lines_and_is_read_back() -> None:
    raw = checkpoint.sign(HEAD, KEY)

    assert raw.decode().split("\n")[:4] == [
        "mill.example/record",
        "12",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "",
    ]
    assert checkpoint.parse(raw) == HEAD
    assert checkpoint.check(raw, note.verifier_key(KEY)) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "mill.example/record\n12\n",
        "mill.example/record\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n",
        "mill.example/record\n012\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "mill.example/record\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "mill.example/record\n１２\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "mill.example/record\n12\nAAAA\n",
        "mill.example/record\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointFault):
        checkpoint.parse(signed(text))


def test_a_key_of_another_name_neither_signs_nor_checks() -> None:
    other = SigningKey("other.example", bytes(range(32)))

    with pytest.raises(CheckpointFault, match="the key is named"):
        checkpoint.sign(HEAD, other)
    with pytest.raises(CheckpointFault, match="the checkpoint is of"):
        checkpoint.check(checkpoint.sign(HEAD, KEY), note.verifier_key(other))
    with pytest.raises(NoteFault, match="carries no signature"):
        checkpoint.check(checkpoint.sign(HEAD, KEY), note.VerifierKey(KEY.name, bytes(32)))
