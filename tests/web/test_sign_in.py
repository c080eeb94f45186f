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


def test_who_was_signed_out_in_the_middle_of_a_form_is_told_that_nothing_was_recorded(pages: Any) -> None:
    from django.test import Client

    tab = Client(headers={"host": "localhost", "referer": "http://localhost/ballots/e-open/"})
    answer = tab.post("/ballots/e-open/", {"place-m-0010": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fballots%2Fe-open%2F")

    assert "nothing was recorded" in tab.get(answer["Location"]).content.decode()


def test_wrong_passwords_for_one_member_lock_her_out_and_nobody_else(sign_in: Any) -> None:
    from django.test import Client

    phrase = {"password1": "a road of their own", "password2": "a road of their own"}
    for member in ("m-0008", "m-0011"):
        assert sign_in(member).post("/accounts/password/set/", phrase).status_code == 302
    tried = [
        Client(headers={"host": "localhost"})
        .post("/accounts/login/", {"login": "m-0008", "password": f"wrong {n}"})
        .status_code
        for n in range(14)
    ]
    right = {"password": "a road of their own"}
    first = Client(headers={"host": "localhost"}).post("/accounts/login/", {"login": "m-0008", **right})
    other = Client(headers={"host": "localhost"}).post("/accounts/login/", {"login": "m-0011", **right})

    assert 302 not in tried
    assert (first.status_code == 302, other.status_code == 302) == (False, True)
