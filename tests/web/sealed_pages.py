"""The pages of a sealed ballot, as its electors see them: while keys are given, tokens asked for, and after the close.

Run as a program by ``test_sealed_pages.py``, because a process serves one federation: prints what it saw as JSON.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import sealed
from past import Hand, shifted
from sealed import Sealing

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment


def write(home: Path, found: Sealing, by: timedelta) -> None:
    """Write a federation to a folder, all its moments later by so much."""
    done = [shifted(act, by) for act in found.small.done]
    with Clerk.create(home, "small.example/log", time=Hand(done[-1].at)) as clerk:
        done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
        clerk.submit_all(done, blobs=found.small.blobs)
        clerk.people.add_all([(m, f"Member {m[-2:]}", "") for m in found.small.state.members])


def browse(home: Path, member: str) -> tuple[object, dict[str, object]]:
    """Return a browser in which a member is signed in, and what she sees."""
    os.environ["COMITIA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comitia.web.settings"
    from django.test import Client

    import comitia.web.asgi  # noqa: F401
    from comitia.web import clerkroom

    token = clerkroom.clerk().people.invite(member, until=moment.after(clerkroom.now(), days=1))
    browser = Client(headers={"host": "localhost"})
    browser.post(f"/join/{token}/")
    return browser, {}


def running(home: Path) -> dict[str, object]:
    """Show a ballot from its opening to the voter's answered request."""
    found = sealed.recall()
    voter, other = found.electors[:2]
    write(home, found, moment.parse(clock()) - moment.parse(found.small.at) - timedelta(hours=1))
    browser, said = browse(home, voter)
    from comitia.web import clerkroom

    taken = clerkroom.clerk().federation
    live = Sealing(found.small, "r")
    live.small.federation, live.small.at = taken, clerkroom.now()

    def text() -> str:
        return " ".join(browser.get("/ballots/r/").content.decode().split())  # type: ignore[attr-defined]

    def hand(act: acts.AnyAct) -> None:
        clerkroom.clerk().submit(msgspec.structs.replace(act, at=""), blobs=live.small.blobs)

    said["no form"] = "Cast my vote" not in text() and "This ballot is sealed" in text()
    said["waits for keys"] = "It waits for the keys of committees-house and unions-house." in text()
    said["posted"] = browser.post("/ballots/r/", {"choice": "for"}).status_code  # type: ignore[attr-defined]
    for place in range(len(sealed.ISSUERS)):
        hand(live.issuer_key(place))
    for place in range(len(sealed.TELLERS)):
        hand(live.teller_key(place))
    hand(live.fixing())
    said["asked to ask"] = f"comitia ballot ask r --by {voter} --wallet FILE" in text()
    hand(live.request(voter))
    said["waits for issuers"] = "issuers still have to answer" in text()
    for place in range(len(sealed.ISSUERS)):
        hand(live.answer(place, voter))
    said["told to cast"] = f"comitia ballot cast r CHOICE --by {voter} --wallet FILE --box FOLDER" in text()
    said["no count"] = "Count now" not in text()
    hand(live.request(other))
    said["owed"] = '<td class="n">2</td>' in text().partition("answers that issuers owe")[2][:40]
    return said


def closed(home: Path) -> dict[str, object]:
    """Show a ballot after its close: before it can be opened, and counted by a member."""
    found = sealed.recall().fixed()
    a, b, c = found.electors[:3]
    found.voted({a: "for", b: "against", c: "for"}).closed()
    found.do(found.reveal(0))
    write(home, found, timedelta())
    browser, said = browse(home, a)
    from comitia.web import clerkroom

    def text() -> str:
        return " ".join(browser.get("/ballots/r/").content.decode().split())  # type: ignore[attr-defined]

    said["waits for tellers"] = "the keys of 1 more tellers, who open it" in text() and "Count now" not in text()
    clerkroom.clerk().submit(msgspec.structs.replace(found.reveal(1), at=""))
    said["countable"] = "Count now" in text()
    said["counted"] = browser.post("/ballots/r/count/").status_code  # type: ignore[attr-defined]
    said["choices"] = "3 votes, published in act" in text()
    said["recall"] = "3</b> of 8 have voted" in browser.get("/recalls/r/").content.decode()  # type: ignore[attr-defined]
    return said


if __name__ == "__main__":
    print(json.dumps({"running": running, "closed": closed}[sys.argv[1]](Path(sys.argv[2]))))
