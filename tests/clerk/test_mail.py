import socket
from pathlib import Path

import pytest
from small_server import SmallServer

from comitia.clerk import mail
from comitia.clerk.home import Home


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
    with SmallServer() as server:
        (tmp_path / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {server.port}\nsender = "c@x.example"\nsecurity = "none"\n'
        )
        assert mail.send(Home(tmp_path), mails(), progress=quiet) == 1

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
