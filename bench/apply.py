"""Acts decided per second by the rule book alone: `Federation.apply`, without store, bytes or member keys.

A federation of 100 workplaces and 10,000 members elects its committees and both houses, decides in assemblies and in
houses, and declares its numbers. The acts are made once; then they are applied again, from the first, and timed. The
peer is decoding the same acts from their bytes into typed structs (msgspec), which any replay must do before it can
decide anything: the ratio says how much of a replay is politics. The limit is a call of Python and a change of a table.
Seconds are the processor's, so that a busy machine changes them little.

    .venv/bin/python bench/apply.py [--members 10000] [--motions 12]
"""

import argparse
import gc
import hashlib
import json
import time
from collections import defaultdict
from importlib.resources import files

import msgspec

from comitia.federation import acts, moment, standing
from comitia.federation.rulebook import Federation

START = "2026-01-05T08:00:00Z"
WORKPLACES, TRADES, LOCALITIES = 100, 20, 10


def blob_hash(text: bytes) -> str:
    """Return the name of a blob."""
    return hashlib.sha256(text).hexdigest()


class Life:
    """A federation that lives, and the acts of its life."""

    def __init__(self, members: int) -> None:
        """Found it and let everybody join."""
        self.blobs: dict[str, bytes] = {}
        self.federation = Federation(self.blobs)
        self.done: list[acts.AnyAct] = []
        self.at = START
        self.members = [f"m-{n}" for n in range(members)]
        self._found()

    def do(self, act: acts.AnyAct) -> None:
        """Apply an act and keep it."""
        self.federation.apply(act)
        self.done.append(act)

    def blob(self, text: bytes) -> str:
        """Keep a text and return its hash."""
        self.blobs[blob_hash(text)] = text
        return blob_hash(text)

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.at = moment.after(self.at, days=days)

    def _found(self) -> None:
        charter = self.blob((files("comitia.charter") / "shipped" / "co-op-federation.toml").read_bytes())
        founders = tuple(self.members[:3])
        founder = founders[0]
        self.do(
            acts.FederationFounded(
                at=self.at, by=founder, name="Bench", zone="UTC", charter=charter, vkey="", founders=founders
            )
        )
        groups = [("workplace", f"w-{n}") for n in range(WORKPLACES)] + [("trade", f"t-{n}") for n in range(TRADES)]
        for roll, group in groups + [("locality", f"l-{n}") for n in range(LOCALITIES)]:
            self.do(acts.GroupRegistered(at=self.at, by=founder, roll=roll, group=group, name=group))
        for n, member in enumerate(self.members):
            placed = {"workplace": f"w-{n % WORKPLACES}", "trade": f"t-{n % TRADES}", "locality": f"l-{n % LOCALITIES}"}
            self.do(acts.MemberJoined(at=self.at, by=founder, member=member, commitment="0" * 64, groups=placed))

    def elect(self, body: str, constituencies: list[str]) -> None:
        """Fill the seats of a body, one election for each constituency, all of them at once."""
        seed = "5eed"
        lot = hashlib.sha256(seed.encode()).hexdigest()
        until = moment.after(self.at, days=7)
        closes = moment.after(until, days=7)
        state = self.federation.state
        running = []
        for constituency in constituencies:
            of = body if "/" not in body else f"{body.partition('/')[0]}/{constituency.partition('/')[2]}"
            name = f"e-{len(state.ballots)}"
            electors = sorted(standing.electors(state, constituency, self.at))
            self.do(
                acts.ElectionOpened(
                    at=self.at, by=electors[0], body=of, election=name, constituency=constituency, vacant_only=False,
                    nominations_until=until, closes_at=closes, lot=lot,
                )
            )  # fmt: skip
            seats = len(state.elections[name].seats)
            # Those who sit elsewhere stand aside: bodies exclude each other.
            free = [e for e in electors if not state.holders.get(e)] or electors
            for candidate in free[: seats + 2]:
                self.do(acts.CandidateNominated(at=self.at, by=candidate, election=name, candidate=candidate))
            running.append((name, electors))
        self.at = until
        for name, electors in running:
            for elector in electors:
                self.do(acts.VoteTaken(at=self.at, by=elector, ballot=name, member=elector))
        self.at = closes
        for name, electors in running:
            standing_ = list(state.elections[name].nominators)
            choices = [json.dumps(standing_[n % len(standing_) :][:3]) for n in range(len(electors))]
            self.publish(name, choices, seed)

    def publish(self, name: str, choices: list[str], seed: str = "") -> None:
        """Publish the choices of a closed ballot."""
        text = "".join(line + "\n" for line in sorted(choices)).encode()
        self.do(
            acts.BallotsPublished(
                at=self.at, by="clerk", ballot=name, choices=self.blob(text), number=len(choices), seed=seed
            )
        )

    def decide_all(self, number: int) -> None:
        """Let the general assembly decide a motion, in secret."""
        name = f"all-{number}"
        text = self.blob(b"We shall do it.\n")
        mover = self.members[number]
        self.do(
            acts.MotionMoved(
                at=self.at, by=mover, body="general-assembly", motion=name, matter="resolution-general",
                title="A resolution", text=text,
            )
        )  # fmt: skip
        self.wait(3)
        closes = moment.after(self.at, days=5)
        self.do(acts.DivisionOpened(at=self.at, by=mover, motion=name, closes_at=closes))
        ballot = next(iter(self.federation.state.motions[name].divisions[-1].ballots.values()))
        for member in self.members:
            self.do(acts.VoteTaken(at=self.at, by=member, ballot=ballot, member=member))
        self.at = closes
        self.publish(ballot, ['"for"' if n % 3 else '"against"' for n in range(len(self.members))])
        self.do(acts.DivisionClosed(at=self.at, by="clerk", motion=name))

    def decide_jointly(self, number: int) -> None:
        """Let both houses decide a motion, in the open."""
        name = f"joint-{number}"
        state = self.federation.state
        houses = {h: standing.filled(state, h, self.at) for h in ("committees-house", "unions-house")}
        mover = houses["committees-house"][0].member
        text = self.blob(b"Both houses shall do it.\n")
        self.do(
            acts.MotionMoved(
                at=self.at, by=mover, body="committees-house", motion=name, matter="levies", title="A levy", text=text
            )
        )
        self.wait(7)
        closes = moment.after(self.at, days=5)
        self.do(acts.DivisionOpened(at=self.at, by=mover, motion=name, closes_at=closes))
        for house, terms in houses.items():
            for n, term in enumerate(terms):
                choice = "for" if n % 4 else "against"
                self.do(
                    acts.VoteCast(
                        at=self.at, by=term.member, body=house, motion=name, seat=term.seat, choice=choice
                    )
                )  # fmt: skip
        self.at = closes
        self.do(acts.DivisionClosed(at=self.at, by="clerk", motion=name))


def lived(members: int, motions: int) -> Life:
    """Return a federation that has lived."""
    life = Life(members)
    assemblies = [f"assembly/w-{n}" for n in range(WORKPLACES)]
    life.elect("committee/x", assemblies)
    life.elect("committees-house", assemblies)
    life.elect("unions-house", [f"trade-assembly/t-{n}" for n in range(TRADES)])
    for number in range(motions):
        life.decide_all(number)
        life.decide_jointly(number)
    return life


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--motions", type=int, default=12)
    given = parser.parse_args()
    life = lived(given.members, given.motions)
    leaves = [acts.encode(act) for act in life.done]
    gc.collect()
    gc.freeze()
    federation = Federation(life.blobs)
    began = time.process_time()
    for act in life.done:
        federation.apply(act)
    taken = time.process_time() - began
    decoder = msgspec.json.Decoder(acts.AnyAct)
    began = time.process_time()
    for leaf in leaves:
        decoder.decode(leaf)
    decoded = time.process_time() - began
    number = len(life.done)
    print(f"{'decided by the rule book':34}{number / taken:12,.0f} acts/s   of {number:,} acts")
    print(f"{'peer: decoded into typed structs':34}{number / decoded:12,.0f} acts/s   ratio {taken / decoded:.1f}")
    by_word: dict[str, list[float]] = defaultdict(list)
    federation = Federation(life.blobs)
    for act in life.done:
        began = time.process_time()
        federation.apply(act)
        by_word[acts.word(act)].append(time.process_time() - began)
    for word, times in sorted(by_word.items(), key=lambda pair: -sum(pair[1])):
        share = sum(times) / sum(sum(t) for t in by_word.values())
        print(f"  {word:32}{len(times):10,}   {sum(times) / len(times) * 1e6:10,.1f} us each   {share:6.1%}")


if __name__ == "__main__":
    main()
