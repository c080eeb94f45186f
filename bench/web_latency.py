"""Latency of pages and votes with 50 signed-in people at once, on loopback, against the real server.

One run prints all figures side by side: the home page of the demo's members, one secret vote each, and as the limit of
both the smallest file that the same server gives out (`/static/mark.svg`). Votes wait for the disk: one commit each.

    .venv/bin/python bench/web_latency.py [--clients 50] [--pages 10]
"""

import argparse
import http.cookiejar
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from comitia.clerk.clerk import Clerk, blob_hash, clock
from comitia.federation import acts, moment

MEMBERS = 240
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Client:
    """A signed-in person's browser."""

    address: str
    opener: urllib.request.OpenerDirector

    def get(self, path: str) -> tuple[str, float]:
        """Return the page and the seconds it took."""
        begun = time.perf_counter()
        with self.opener.open(self.address + path, timeout=60) as answer:
            text = answer.read().decode()
        return text, time.perf_counter() - begun

    def post(self, path: str, given: dict[str, str], form: str) -> float:
        """Send a form that was read before; return the seconds until the page that follows it is there."""
        found = TOKEN.search(form)
        assert found is not None
        body = urllib.parse.urlencode({**given, "csrfmiddlewaretoken": found[1]}).encode()
        begun = time.perf_counter()
        request = urllib.request.Request(self.address + path, body, {"Referer": self.address + path})
        with self.opener.open(request, timeout=60) as answer:
            answer.read()
        return time.perf_counter() - begun


def build(home: Path) -> list[str]:
    """Write a federation of one workplace in which everybody may vote; return the members."""
    at = moment.after(clock(), days=-10)
    charter = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_bytes()
    members = [f"m-{n:04}" for n in range(1, MEMBERS + 1)]
    text = b"We repair the road.\n"
    groups = (("district", "valley", ""), ("workplace", "mill", "district/valley"), ("trade", "millers", ""))
    with Clerk.create(home, "bench.example/log", time=lambda: at) as clerk:
        founding = acts.FederationFounded(
            at=at,
            by=members[0],
            name="Bench",
            zone="UTC",
            charter=blob_hash(charter),
            vkey=clerk.vkey,
            founders=tuple(members[:3]),
        )
        made: list[acts.AnyAct] = [founding]
        for roll, group, within in (*groups, ("locality", "hilltown", "district/valley")):
            made.append(
                acts.GroupRegistered(at=at, by=members[0], roll=roll, group=group, name=group.title(), within=within)
            )
        placed = {"workplace": "mill", "trade": "millers", "locality": "hilltown"}
        for member in members:
            commitment = sha256(member.encode()).hexdigest()
            made.append(acts.MemberJoined(at=at, by=members[0], member=member, commitment=commitment, groups=placed))
        made.append(
            acts.MotionMoved(
                at=at,
                by=members[0],
                body="assembly/mill",
                motion="road",
                matter="resolution-assembly",
                title="The road",
                text=blob_hash(text),
            )
        )
        clerk.submit_all(made, blobs={blob_hash(charter): charter, blob_hash(text): text})
        clerk.people.add_all([(m, f"Member {m}", "") for m in members])
    with Clerk.open(home) as clerk:
        closes = moment.after(clerk.now(), days=30)
        clerk.submit(acts.DivisionOpened(at=clerk.now(), by=members[0], motion="road", closes_at=closes))
    return members


def signed_in(address: str, token: str) -> Client:
    """Return a client that came in by a link."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    client = Client(address, opener)
    form, _ = client.get(f"/join/{token}/")
    client.post(f"/join/{token}/", {}, form)
    return client


def figures(name: str, seconds: list[float], whole: float) -> str:
    """Return a line of the table."""
    marks = statistics.quantiles(seconds, n=100)
    each = f"p50 {marks[49] * 1000:7.1f} ms   p95 {marks[94] * 1000:7.1f} ms"
    return f"{name:<34} {len(seconds):5} requests   {each}   {len(seconds) / whole:7.0f} a second"


def measured(name: str, clients: list[Client], work: Any) -> str:
    """Let all clients work at once and return the line."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        found = [s for each in pool.map(work, clients) for s in each]
    return figures(name, found, time.perf_counter() - begun)


def await_start(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the first page is there; end the run if it does not come."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/charter/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise SystemExit(f"the server gave no page in 20 s (it {'runs' if server.poll() is None else 'has ended'})")


def run(home: Path, number: int, pages: int) -> list[str]:
    """Serve the folder and return the lines of the table."""
    members = build(home)[:number]
    with Clerk.open(home) as clerk:
        tokens = clerk.people.invite_all(members, until=moment.after(clerk.now(), days=1))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "comitia", "serve", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        await_start(address, server)
        clients = [signed_in(address, tokens[m]) for m in members]
        forms = {id(c): c.get("/ballots/road/")[0] for c in clients}
        vote = {"choice": "for"}
        return [
            measured("a static file (the limit)", clients, lambda c: [c.get("/static/mark.svg")[1] for _ in range(5)]),
            measured("home page", clients, lambda c: [c.get("/")[1] for _ in range(pages)]),
            measured(
                "a secret vote and its receipt", clients, lambda c: [c.post("/ballots/road/", vote, forms[id(c)])]
            ),
        ]
    finally:
        server.terminate()
        server.wait(timeout=30)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--pages", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in run(Path(folder), min(given.clients, MEMBERS), given.pages):
            print(line)


if __name__ == "__main__":
    main()
