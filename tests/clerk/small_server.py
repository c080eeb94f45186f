"""A real mail server, as small as can be."""

import socket
import threading
from typing import Self


class SmallServer:
    """A mail server on loopback that takes one connection and keeps what it was sent."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.taken: list[str] = []
        self.thread = threading.Thread(target=self._talk, daemon=True)
        self.thread.start()

    def _talk(self) -> None:
        link, _ = self.listening.accept()
        with link, link.makefile("rwb") as talk:

            def say(line: bytes) -> None:
                talk.write(line + b"\r\n")
                talk.flush()

            say(b"220 small")
            body: list[str] = []
            inside = False
            for raw in talk:
                line = raw.decode().rstrip("\r\n")
                if inside:
                    if line == ".":
                        self.taken.append("\n".join(body))
                        body, inside = [], False
                        say(b"250 kept")
                    else:
                        body.append(line)
                    continue
                match line[:4].upper():
                    case "DATA":
                        inside = True
                        say(b"354 go on")
                    case "QUIT":
                        say(b"221 bye")
                        return
                    case _:
                        say(b"250 fine")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *gone: object) -> None:
        self.thread.join(5)
        self.listening.close()
