"""A member signs in and is then erased: prints what is left of her in the folder, as JSON.

Run as a program by ``test_erasing.py``, because a process serves one federation.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from past import Hand
from small import founded

from comitia.clerk.clerk import Clerk
from comitia.federation import moment


def places(home: Path, words: list[str]) -> list[str]:
    """Return the files of a folder in which a word stands."""
    bodies = {p.relative_to(home).as_posix(): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}
    return sorted(f"{word} in {name}" for name, body in bodies.items() for word in words if word.encode() in body)


if __name__ == "__main__":
    home = Path(sys.argv[1])
    with Clerk.create(home, "small.example/log", time=Hand("2026-01-05T08:00:00Z")) as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.people.add("m-0009", "Ada Quincunx", "ada@quincunx.example")
        (home / "outbox").mkdir()
        (home / "outbox" / "m-0009.eml").write_text("To: ada@quincunx.example\n")
        root = clerk.root().hex()
    os.environ["COMITIA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comitia.web.settings"
    from django.test import Client

    import comitia.web.asgi  # noqa: F401
    from comitia.web import clerkroom

    token = clerkroom.clerk().people.invite("m-0009", until=moment.after(clerkroom.now(), days=1))
    browser = Client(headers={"host": "localhost"})
    browser.post(f"/join/{token}/")
    from django.contrib.auth.models import User

    User.objects.filter(username="m-0009").update(email="ada@quincunx.example", first_name="Quincunx")
    inside = browser.get("/me/").status_code
    words = ["Quincunx", "quincunx.example"]
    before = places(home, words)
    said = subprocess.run(
        [sys.executable, "-m", "comitia", "erase", "m-0009", "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    print(
        json.dumps(
            {
                "signed in": inside,
                "before": bool(before),
                "code": said.returncode,
                "said": said.stdout.splitlines()[:1],
                "left": places(home, words),
                "signed in after": browser.get("/me/").status_code,
                "same root": root in said.stdout,
                "again": subprocess.run(
                    [sys.executable, "-m", "comitia", "erase", "m-0999", "--home", str(home)],
                    capture_output=True,
                    text=True,
                    check=False,
                ).stderr.replace(str(home), "HOME"),
            }
        )
    )
