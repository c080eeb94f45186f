import socket
import threading
from pathlib import Path

import pytest

from comitia.clerk import mail
from comitia.clerk.home import Home


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


def quiet(done: int, of: int) -> None:
    """Show no progress."""


def mails() -> list[tuple[str, object]]:
    return [("m-1", mail.message("a@x.example", "Link", "Ada,\n\nhere it is.\n", sender="c@x.example"))]


def test_without_a_server_mail_lies_in_the_outbox_for_its_owner_only(tmp_path: Path) -> None:
    assert mail.send(Home(tmp_path), mails(), progress=quiet) == 1
    laid = tmp_path / "outbox" / "m-1.eml"

    assert "here it is." in laid.read_text()
    assert laid.stat().st_mode & 0o077 == 0


def test_a_server_that_mail_toml_names_takes_the_mail(tmp_path: Path) -> None:
    server = SmallServer()
    (tmp_path / "mail.toml").write_text(
        f'host = "127.0.0.1"\nport = {server.port}\nsender = "c@x.example"\nsecurity = "none"\n'
    )
    assert mail.send(Home(tmp_path), mails(), progress=quiet) == 1
    server.thread.join(5)

    assert len(server.taken) == 1
    assert "To: a@x.example" in server.taken[0]


def test_a_server_that_does_not_answer_leaves_all_mail_in_the_outbox(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    (tmp_path / "mail.toml").write_text(
        f'host = "127.0.0.1"\nport = {port}\nsender = "c@x.example"\nsecurity = "none"\n'
    )
    with pytest.raises(mail.MailFault, match="all mails lie in"):
        mail.send(Home(tmp_path), mails(), progress=quiet)

    assert (tmp_path / "outbox" / "m-1.eml").exists()


def test_settings_that_lack_a_line_say_which(tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text('host = "x"\n')
    with pytest.raises(mail.MailFault, match="'sender' is missing"):
        mail.find_server(Home(tmp_path))
