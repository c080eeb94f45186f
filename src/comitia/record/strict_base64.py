"""Base64 (RFC 4648 section 4) with one text for each byte string: padded, no blanks, no spare bits."""

import base64
import binascii


class NotBase64(Exception):
    """A text is not the base64 of any bytes, or not the one text that is."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"not strict base64: {text[:80]!r}")


def encode(raw: bytes) -> str:
    """Return the base64 text of bytes."""
    return base64.b64encode(raw).decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes of a base64 text.

    Raises:
        NotBase64: ``encode`` would not write this text.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotBase64(text) from None
    if encode(raw) != text:
        raise NotBase64(text)
    return raw
