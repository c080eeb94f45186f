"""Invitations on a sheet: a card for each member, whose square is her link, which signs her in once."""

import re
from html import unescape
from pathlib import Path

import segno
from small import founded
from typer.testing import CliRunner

from comitia.clerk.clerk import Clerk
from comitia.clerk.people import InvitationFault
from comitia.cli.main import _app
from comitia.cli.new import invite


def test_a_sheet_has_a_card_for_each_member_and_each_link_signs_in_once(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "sheet.html"
    with Clerk.create(home, "small.example/log") as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.people.add("m-0001", "Ada <Lovelace> & Co")
    words = ["--by", "sheet", "--home", str(home), "--out", str(out), "--site", "https://ours.example"]
    said = CliRunner().invoke(_app(invite), [*words, "--member", "m-0001", "--member", "m-0002"])

    assert said.exit_code == 0, said.output
    assert said.output.startswith(f"2 cards in {out}: print it, cut it up, and destroy the file")
    assert out.stat().st_mode & 0o077 == 0
    text = out.read_text()
    assert "<b>Ada &lt;Lovelace&gt; &amp; Co</b>" in text
    cards = re.findall(r"<li>.*?</li>", text, re.DOTALL)
    links = [unescape(found) for found in re.findall(r"<code>([^<]+)</code>", text)]
    for card, link in zip(cards, links, strict=True):
        square = re.search(r' d="([^"]+)"', card)
        expected = re.search(r' d="([^"]+)"', segno.make(link, error="m").svg_inline(border=2))
        assert square is not None
        assert expected is not None
        assert square[1] == expected[1]
    with Clerk.open(home) as clerk:
        token = links[0].rstrip("/").rpartition("/")[2]
        assert links[0] == f"https://ours.example/join/{token}/"
        assert clerk.people.redeem(token, at=clerk.now()) == "m-0001"
        try:
            clerk.people.redeem(token, at=clerk.now())
        except InvitationFault as fault:
            assert "used" in str(fault)
        else:
            raise AssertionError("a link signed in twice")

    again = CliRunner().invoke(_app(invite), [*words, "--member", "m-0001"])
    assert "is there already" in str(again.exception)
