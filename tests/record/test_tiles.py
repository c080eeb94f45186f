import pytest

from comitia.record import merkle, tiles


def named(size: int) -> dict[str, int]:
    """Return the paths of a log of so many acts with the length of each file; every leaf is one byte."""
    return {path: len(body) for path, body in tiles.files([b"x"] * size, b"note\n", {})}


def test_the_paths_are_those_of_tlog_tiles() -> None:
    assert [tiles.tile_path("tile/0", number, 256) for number in (0, 999, 1000, 1234067)] == [
        "tile/0/000",
        "tile/0/999",
        "tile/0/x001/000",
        "tile/0/x001/x234/067",
    ]
    assert tiles.tile_path("tile/entries", 1234067, 5) == "tile/entries/x001/x234/067.p/5"


def test_an_empty_log_has_only_its_checkpoint() -> None:
    assert named(0) == {"checkpoint": 5}


def test_a_log_of_256_acts_has_full_tiles_and_a_partial_one_above() -> None:
    assert named(256) == {"checkpoint": 5, "tile/0/000": 8192, "tile/1/000.p/1": 32, "tile/entries/000": 768}


def test_a_log_of_70_000_acts_has_the_tiles_that_the_specification_counts() -> None:
    files = named(70_000)
    full = [path for path in files if path.startswith("tile/0/") and ".p/" not in path]

    assert len(full) == 273
    assert {
        path: length // 32 for path, length in files.items() if not path.startswith("tile/entries") and ".p/" in path
    } == {
        "tile/0/273.p/112": 112,
        "tile/1/001.p/17": 17,
        "tile/2/000.p/1": 1,
    }
    assert files["tile/1/000"] == 8192


def test_a_hash_in_an_upper_tile_is_the_root_of_the_tile_below() -> None:
    leaves = [b"%d" % number for number in range(600)]
    files = dict(tiles.files(leaves, b"note\n", {}))

    assert files["tile/1/000.p/2"] == merkle.root_hash(leaves[:256]) + merkle.root_hash(leaves[256:512])
    assert files["tile/0/002.p/88"] == b"".join(map(merkle.leaf_hash, leaves[512:]))


def test_entries_follow_their_length_and_blobs_their_hash() -> None:
    hashed, unnamed = "ab" + "0" * 62, "cd" + "0" * 62
    leaf = b'["%b"]' % hashed.encode()

    assert list(tiles.files([leaf, b""], b"note\n", {hashed: b"body", unnamed: b"another"}))[2:] == [
        ("tile/entries/000.p/2", b"\0\x44" + leaf + b"\0\0"),
        (f"blob/sha256/ab/{hashed}", b"body"),
    ]


def test_an_entry_of_65_536_bytes_is_refused() -> None:
    with pytest.raises(tiles.EntryTooLarge, match=r"act 1 has 65,536 bytes; an entry has at most 65,535: use a blob"):
        list(tiles.files([b"{}", b"x" * 65_536], b"note\n", {}))
