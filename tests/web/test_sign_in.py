"""Signing in: the link works once, a look at it does not use it up, and nobody else gets in."""

from typing import Any

from comitia.federation import moment


def test_pages_ask_everybody_to_sign_in(pages: Any) -> None:
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    for path in ("/", "/bodies/", "/motions/m-open/", "/ballots/e-open/", "/me/"):
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_a_link_shown_is_not_used_up_and_a_link_used_is_refused(pages: Any) -> None:
    from django.test import Client

    from comitia.web import clerkroom

    token = clerkroom.clerk().people.invite("m-0005", until=moment.after(clerkroom.now(), days=1))
    browser = Client(headers={"host": "localhost"})
    assert [browser.get(f"/join/{token}/").status_code for _ in range(3)] == [200, 200, 200]
    assert browser.post(f"/join/{token}/")["Location"] == "/"
    assert "Member 05" in browser.get("/me/").content.decode()

    other = Client(headers={"host": "localhost"}).post(f"/join/{token}/")
    assert other.status_code == 410
    assert "it was used at" in other.content.decode()


def test_nobody_signs_herself_up(pages: Any) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    form = {"username": "m-0099", "password1": "correct horse battery", "password2": "correct horse battery"}
    Client(headers={"host": "localhost"}).post("/accounts/signup/", form)

    assert not User.objects.filter(username="m-0099").exists()


def test_a_member_sets_a_password_and_comes_in_with_it(sign_in: Any) -> None:
    from django.test import Client

    phrase = {"password1": "a road of their own", "password2": "a road of their own"}
    assert sign_in("m-0006").post("/accounts/password/set/", phrase).status_code == 302
    browser = Client(headers={"host": "localhost"})
    answer = browser.post("/accounts/login/", {"login": "m-0006", "password": "a road of their own"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/me/").status_code == 200


def test_an_account_without_a_member_behind_it_is_turned_away(pages: Any) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.create_user("m-7777"), backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get("/")["Location"] == "/accounts/login/"


def test_every_page_forbids_inline_script_and_style(sign_in: Any) -> None:
    policy = sign_in("m-0001").get("/")["Content-Security-Policy"]

    assert {"script-src 'self'", "style-src 'self'", "default-src 'none'"} <= {p.strip() for p in policy.split(";")}
