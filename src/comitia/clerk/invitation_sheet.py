"""Invitations on paper: a page to print and cut up, a card for each member with her link as a QR code.

A link signs in whoever has it: the file is readable by its owner alone, and is to be destroyed once it is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import segno

STYLE = (
    "@page{margin:12mm}body{font:11pt/1.35 sans-serif;margin:0}ul{display:grid;grid-template-columns:1fr 1fr;gap:0;"
    "list-style:none;margin:0;padding:0}li{border:1px dashed #888;padding:6mm;break-inside:avoid;display:grid;"
    "grid-template-columns:1fr 34mm;gap:4mm}svg{width:34mm;height:34mm}b{font-size:13pt}code{font-size:8pt;"
    "word-break:break-all;grid-column:1/-1}"
)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: who, her name, the link that signs her in once."""

    member: str
    name: str
    link: str


def sheet(federation: str, cards: Sequence[Card], *, days: int) -> str:
    """Return the sheet as HTML that needs nothing from anywhere.

    Args:
        federation: its name.
        cards: one for each member, in the order of printing.
        days: how long the links are valid.
    """
    made = "\n".join(_card(federation, card, days) for card in cards)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(federation)}: invitations</title>'
        f"<style>{STYLE}</style></head><body><ul>\n{made}\n</ul></body></html>\n"
    )


def _card(federation: str, card: Card, days: int) -> str:
    # Error correction M: a crease or a stain on paper does no harm.
    code = segno.make(card.link, error="m").svg_inline(border=2, omitsize=True, title=f"sign-in link of {card.member}")
    return (
        f"<li><div><b>{escape(card.name)}</b><br>member {escape(card.member)} of {escape(federation)}<br>Point your "
        f"phone's camera at the square and press “Sign in”. It works once, within {days} days.</div>{code}"
        f"<code>{escape(card.link)}</code></li>"
    )
