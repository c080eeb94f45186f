"""Where a mirror is pulled from: a web server that serves a record's files, a folder, or a clerk's own record."""

import base64
import http.client
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from comitia.record.pulling import NotPulled, Source

SECONDS = 20.0
TRIES = 3


class Folder:
    """A record in a folder: an export, a mirror, a stick."""

    def __init__(self, path: Path) -> None:
        """Take the folder's path."""
        self._path = path

    def fetch(self, path: str, largest: int) -> bytes | None:
        """See ``pulling.Source``."""
        try:
            with (self._path / path).open("rb") as file:
                body = file.read(largest + 1)
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise NotPulled(path, f"it cannot be read: {fault.strerror}") from fault
        return _short_enough(path, body, largest)


class Files:
    """A record's files in memory, by path."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take the files."""
        self._files = files

    def fetch(self, path: str, largest: int) -> bytes | None:
        """See ``pulling.Source``."""
        return self._files.get(path)


class Website:
    """A record behind a web server, asked over one connection that is kept open.

    A name and a password in the address are sent as HTTP basic authentication. Redirects are not followed.
    """

    def __init__(self, url: str) -> None:
        """Take the address of the folder that holds ``checkpoint``."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise NotPulled(url, "this is no address of a record; give http:// or https:// and a folder, or a path")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=SECONDS)
        self._folder = parts.path.rstrip("/")
        self._headers = {"User-Agent": "comitia-mirror", "Accept-Encoding": "identity"}
        if parts.username is not None:
            pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            self._headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        self._shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{self._folder}"

    def fetch(self, path: str, largest: int) -> bytes | None:
        """See ``pulling.Source``."""
        where = f"{self._shown}/{path}"
        for left in reversed(range(TRIES)):
            try:
                self._connection.request("GET", f"{self._folder}/{path}", headers=self._headers)
                answer = self._connection.getresponse()
                body = answer.read(largest + 1)
            except (OSError, http.client.HTTPException) as fault:
                self._connection.close()
                if not left:
                    raise NotPulled(where, f"the server cannot be asked ({fault or type(fault).__name__})") from fault
                continue
            if answer.status in (404, 410):
                answer.read()
                return None
            if answer.status != 200:
                self._connection.close()
                raise NotPulled(where, f"the server answered {answer.status} {answer.reason}")
            # read(n) says nothing of a body that was cut off.
            if answer.length and len(body) <= largest:
                self._connection.close()
                if not left:
                    raise NotPulled(where, "the server's answer broke off")
                continue
            return _short_enough(where, body, largest)
        raise AssertionError(where)


def source(place: str) -> Source:
    """Return the source at an address or a path.

    Raises:
        NotPulled: neither an address nor a folder.
    """
    if "://" in place:
        return Website(place)
    if not Path(place).is_dir():
        raise NotPulled(place, "there is no such folder; give a folder, or an address that begins with http")
    return Folder(Path(place))


def _short_enough(where: str, body: bytes, largest: int) -> bytes:
    if len(body) > largest:
        raise NotPulled(where, f"it has more than the {largest:,} bytes that such a file may have")
    return body
