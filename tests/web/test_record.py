# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The record: its checkpoint, its acts, the proof of one act, the download that a verifier accepts."""

import hashlib
from pathlib import Path

from season_home import SignIn, clerk, enter, season_folder, seen

from comitia.clerk.clerk import Clerk
from comitia.record import cosignature, merkle, mirror, note, receipt, witness
from comitia.record.cosignature import CosigningKey
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


def test_a_receipt_and_the_acts_bytes_can_be_kept(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("board")
    proof_of, body = (browser.get(f"/record/7/{name}").content for name in ("receipt", "act.json"))

    assert body == clerk.leaf(7)
    assert receipt.check(proof_of, body, note.parse_vkey(clerk.vkey)).size == clerk.federation.state.size
    assert [browser.get(f"/record/99999999/{name}").status_code for name in ("receipt", "act.json")] == [404, 404]


def test_the_page_says_who_cosigned_the_record_and_what_the_quorum_lacks(clerk: Clerk, enter: SignIn) -> None:
    keys = {name: CosigningKey(f"{name}.example", "ed25519", name.encode() * 16) for name in ("w1", "w2")}
    lines = [f"witness {name} {cosignature.format_vkey(cosignature.cosigner_key(key))}" for name, key in keys.items()]
    clerk.home.policy.write_text("\n".join([*lines, "group both all w1 w2", "quorum both", ""]))
    signed = clerk.checkpoint()
    first, second = (
        cosignature.cosign(note.parse(signed).text, key, at=1_767_600_000 + n) for n, key in enumerate(keys.values())
    )
    browser = enter("board")

    assert "No other body's witness has cosigned this record." in seen(browser, "/record/")
    clerk.home.cosigned.write_bytes(witness.with_cosignatures(signed, [first]))
    half = seen(browser, "/record/")
    clerk.home.cosigned.write_bytes(witness.with_cosignatures(signed, [first, second]))
    whole = seen(browser, "/record/")
    clerk.home.policy.write_text("quorum nobody\n")
    broken = seen(browser, "/record/")

    size = clerk.federation.state.size
    assert "<b>The quorum is missing:</b> too few witnesses vouch for the checkpoint: both has 1 of 2" in half
    assert "<dt>w2</dt><dd>has not cosigned</dd>" in half
    assert f"The quorum vouches for the first {size} acts." in whole
    assert whole.count(f"cosigned {size} acts, ") == 2
    assert "the policy, line 1: &#x27;nobody&#x27; is no witness" in broken
    clerk.home.policy.unlink()
    clerk.home.cosigned.unlink()
