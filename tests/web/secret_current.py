"""A federation whose currents are secret, served to a browser of its own: joined, left, and what it leaves behind.

Run as a program by ``test_secret_currents.py``, because a process serves one federation: prints what it saw as JSON.
"""

import json
import os
import re
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
from past import Hand, shifted
from people import CHARTER, begun

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment


def build(home: Path) -> None:
    """Write the federation, with one current of two, to a folder."""
    small = begun(CHARTER.replace('membership = "open"', 'membership = "secret"'))
    formed = acts.CurrentFormed(at=small.at, by="m-0001", current="c", name="Opposition", members=("m-0001", "m-0002"))
    small.do(formed)
    by = moment.parse(clock()) - moment.parse(small.at) - timedelta(hours=1)
    done = [shifted(act, by) for act in small.done]
    with Clerk.create(home, "small.example/log", time=Hand(done[-1].at)) as clerk:
        done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
        clerk.submit_all(done, blobs=small.blobs)
        clerk.people.add_all([(m, f"Member {m[-2:]}", "") for m in small.state.members])


def seen(home: Path) -> dict[str, object]:
    """Let a member join and leave, and say what came of it and where her word lies."""
    from django.test import Client

    import comitia.web.asgi  # noqa: F401
    from comitia.web import clerkroom

    def signed_in(member: str) -> Client:
        token = clerkroom.clerk().people.invite(member, until=moment.after(clerkroom.now(), days=1))
        browser = Client(headers={"host": "localhost"})
        browser.post(f"/join/{token}/")
        return browser

    browser, founder, state = signed_in("m-0009"), signed_in("m-0001"), clerkroom.state()
    before = state.size
    joined = browser.post("/rights/currents/c/join/")
    word = re.search(r'receipt">([0-9a-f]{32})<', joined.content.decode())
    assert word is not None, joined.content.decode()
    leaf = clerkroom.clerk().leaf(before).decode()
    told = browser.get("/rights/").content.decode()
    on_disk = [str(p) for p in home.rglob("*") if p.is_file() and word[1].encode() in p.read_bytes()]
    again = founder.post("/rights/currents/c/join/").status_code
    stranger = Client(headers={"host": "localhost"}).post("/rights/currents/c/join/")
    wrong = browser.post("/rights/currents/c/leave/", {"word": "0" * 32}).status_code
    other = founder.post("/rights/currents/c/leave/", {"word": word[1]}).status_code
    hidden = len(state.currents["c"].hidden)
    left = browser.post("/rights/currents/c/leave/", {"word": word[1]}).status_code
    leaves = b"".join(clerkroom.clerk().leaves(before)).decode()
    return {
        "by": json.loads(leaf)["by"], "named in the acts": "m-0009" in leaves, "word on disk": on_disk,
        "joined": joined.status_code, "cached": joined.headers.get("Cache-Control", ""),
        "unnamed shown": "3 members, 1 of them unnamed" in " ".join(told.split()),
        "named again": again, "stranger": stranger.status_code, "wrong word": wrong,
        "founder left in her own name": other, "hidden before": hidden, "left": left,
        "hidden": len(state.currents["c"].hidden), "members": sorted(state.currents["c"].members),
    }  # fmt: skip


if __name__ == "__main__":
    where = Path(sys.argv[1])
    build(where)
    os.environ["COMITIA_HOME"] = str(where)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comitia.web.settings"
    print(json.dumps(seen(where)))
