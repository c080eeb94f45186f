import socket
from email.message import EmailMessage
from pathlib import Path

import certificates
import pytest
from post_server import Post
from small_server import SmallServer

from comitia.clerk import mail
from comitia.clerk.home import Home


def quiet(done: int, of: int) -> None:
    """Show no progress."""


def mails() -> list[tuple[str, EmailMessage]]:
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
    with pytest.raises(mail.MailFault, match="1 mails lie in"):
        mail.send(Home(tmp_path), mails(), progress=quiet)

    assert (tmp_path / "outbox" / "m-1.eml").exists()


def test_one_mail_that_is_refused_holds_up_none_of_the_others(tmp_path: Path) -> None:
    many = [
        (f"m-{n}", mail.message(f"m-{n}@x.example", "Link", "Here it is.\n", sender="c@x.example")) for n in range(5)
    ]
    with Post({"m-1@x.example": ["rcpt 550 nobody here"], "m-3@x.example": ["451 later"]}) as post:
        (tmp_path / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {post.port}\nsender = "c@x.example"\nsecurity = "none"\n'
        )
        with pytest.raises(mail.MailFault, match="2 mails lie in"):
            mail.send(Home(tmp_path), many, progress=quiet)

    assert [to for to, _ in post.taken] == ["m-0@x.example", "m-2@x.example", "m-4@x.example"]
    assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == ["m-1.eml", "m-3.eml"]


def test_a_server_that_breaks_off_leaves_what_it_did_not_take_and_nothing_else(tmp_path: Path) -> None:
    many = [
        (f"m-{n}", mail.message(f"m-{n}@x.example", "Link", "Here it is.\n", sender="c@x.example")) for n in range(3)
    ]
    with Post({"m-1@x.example": ["break off"]}) as post:
        (tmp_path / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {post.port}\nsender = "c@x.example"\nsecurity = "none"\n'
        )
        with pytest.raises(mail.MailFault, match="2 mails lie in"):
            mail.send(Home(tmp_path), many, progress=quiet)

    assert [to for to, _ in post.taken] == ["m-0@x.example"]
    assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == ["m-1.eml", "m-2.eml"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_is_trusted_with_the_password_only_if_its_certificate_is_signed_by_somebody_we_trust(
    tmp_path: Path, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text("open sesame\n")
    certificate = certificates.self_signed(tmp_path, "localhost")
    with Post(secured=certificate, security=security) as post:
        (tmp_path / "mail.toml").write_text(
            f'host = "localhost"\nport = {post.port}\nsender = "c@x.example"\nsecurity = "{security}"\n'
            'user = "post"\npassword_file = "password"\n'
        )
        with pytest.raises(mail.MailFault, match="certificate verify failed"):
            mail.send(Home(tmp_path), mails(), progress=quiet)
        assert (post.taken, post.signed_in) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert mail.send(Home(tmp_path), mails(), progress=quiet) == 1

    assert [to for to, _ in post.taken] == ["a@x.example"]
    assert post.signed_in == [("post", "open sesame")]


@pytest.mark.parametrize("text", ["ada@x.example", " ada@x.example\n", '"Ada L"@x.example', "ada@[192.0.2.1]"])
def test_a_mail_address_is_taken(text: str) -> None:
    assert mail.address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@x.example",
        "a@b, c@d",
        "Ada <a@b>",
        "a@b\nBcc: c@d",
        "a b@c",
        "a\x00@b",
        "a@b\x85c",
        "0171 23",
    ],
)
def test_what_is_no_mail_address_is_said_to_be_none(text: str) -> None:
    with pytest.raises(mail.MailFault, match="this is no mail address"):
        mail.address(text)


def test_settings_that_lack_a_line_say_which(tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text('host = "x"\n')
    with pytest.raises(mail.MailFault, match="'sender' is missing"):
        mail.find_server(Home(tmp_path))
