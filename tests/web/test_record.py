# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The record: its checkpoint, its acts, the proof of one act, the download that a verifier accepts."""

import hashlib
from pathlib import Path

from season_home import SignIn, clerk, enter, season_folder, seen

from comitia.clerk.clerk import Clerk
from comitia.record import merkle, mirror
from comitia.web.sums import proof


def test_the_list_is_newest_first_and_can_be_searched(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("board")
    last = clerk.federation.state.size - 1
    text = seen(browser, "/record/")

    assert f"{last + 1} acts, root" in text and clerk.root().hex() in text
    assert text.index(f"/record/{last}/") < text.index(f"/record/{last - 1}/")
    found = seen(browser, "/record/?q=delivery+sent")
    assert "1 act with “delivery sent”" in found and "d-1, s" in found
    assert "No act has these words." in seen(browser, "/record/?q=zeppelin")
    assert seen(browser, "/record/?page=999999999") and seen(browser, "/record/?page=x")


def test_an_act_is_shown_with_its_bytes_and_a_proof_that_leads_to_the_root(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("board")
    for index in (0, 7, clerk.federation.state.size - 1):
        text = seen(browser, f"/record/{index}/")
        assert "Checked: this act is number" in text
        assert hashlib.sha256(b"\0" + clerk.leaf(index)).hexdigest() in text
        assert clerk.root().hex() in text
    assert browser.get("/record/99999999/").status_code == 404


def test_the_steps_end_at_the_root_for_every_act_of_every_small_tree() -> None:
    for size in range(1, 20):
        tree = merkle.tree_of([bytes([n]) for n in range(size)])
        for index in range(size):
            up = tree.inclusion_proof(index)
            steps = proof.steps(tree.leaf_hash(index), up, index=index, size=size)
            assert len(steps) == len(up)
            top = steps[-1].joined if steps else tree.leaf_hash(index).hex()
            assert top == tree.root_hash().hex()


def test_the_download_is_the_record_as_the_verifier_takes_it(clerk: Clerk, enter: SignIn, tmp_path: Path) -> None:
    answer = enter("board").get("/record/export.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    (tmp_path / "record.zip").write_bytes(answer.content)

    read = mirror.read(tmp_path / "record.zip", key=clerk.vkey)

    assert read.leaves == clerk.leaves()
    assert read.checkpoint.root == clerk.root()
