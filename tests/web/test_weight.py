"""The pages listed here, with styles and scripts, fit a slow line: under 60 kB as the test client gets them."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from test_browser import PATHS

MOST = 60_000
ROOMS = ("/season/", "/workplace/", "/books/", "/watch/", "/drill/", "/record/", "/record/0/")
NEEDED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def sent(browser: Any, path: str) -> bytes:
    """Return the bytes of an answer as they go over the line."""
    return body(browser.get(path, headers={"accept-encoding": "gzip"}))


@pytest.mark.parametrize("path", [*PATHS, *ROOMS])
def test_a_page_with_its_styles_and_scripts_is_under_60_kb(path: str, sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0007")
    page = sent(browser, path)
    text = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
    parts = {each: len(sent(browser, each)) for each in sorted(set(NEEDED.findall(text)))}

    assert len(page) + sum(parts.values()) < MOST, (len(page), parts)


def test_pages_and_styles_are_sent_packed_to_who_takes_them_so(sign_in: Callable[[str], Any]) -> None:
    browser = sign_in("m-0007")
    for path in ("/charter/", "/static/comitia.css"):
        packed = browser.get(path, headers={"accept-encoding": "gzip"})
        plain = browser.get(path)
        assert (packed.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == ("gzip", None), path
        assert len(body(packed)) < len(body(plain)) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]
