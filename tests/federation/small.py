"""A federation of three workplaces, small enough to reason about, built by acts alone."""

import copy
import dataclasses
import hashlib
from dataclasses import dataclass, field
from importlib.resources import files

import pytest

from comitia.federation import acts, moment, standing
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation
from comitia.federation.state import State

CHARTER = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
START = "2026-01-05T08:00:00Z"
WORKPLACES = ("bakery", "farm", "mill")
TRADES = ("bakers", "drivers", "growers")
LOCALITIES = ("hilltown", "riverbend")
SEED = "5eed"


def name(body: bytes) -> str:
    """Return the blob's hash."""
    return hashlib.sha256(body).hexdigest()


@dataclass
class Small:
    """The federation, its blobs, the acts so far and the present moment."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    done: list[acts.AnyAct] = field(default_factory=list)
    at: str = START
    waiting: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.federation = Federation(self.blobs)

    @property
    def state(self) -> State:
        return self.federation.state

    def do(self, act: acts.AnyAct) -> acts.AnyAct:
        """Apply an act and keep it."""
        self.federation.apply(act)
        self.done.append(act)
        return act

    def blob(self, text: str) -> str:
        """Keep a text and return its hash."""
        self.blobs[name(text.encode())] = text.encode()
        return name(text.encode())

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.at = moment.after(self.at, days=days)


def founded(members: int = 24, *, vkey: str = "small+0+0", charter: str = "") -> Small:
    """Return a federation with groups and members but nobody elected."""
    small = Small()
    founders = tuple(f"m-{n:04}" for n in range(1, 4))
    text = small.blob(charter or CHARTER)
    small.do(
        acts.FederationFounded(
            at=small.at, by="m-0001", name="Small", zone="UTC", charter=text, vkey=vkey, founders=founders
        )
    )
    groups = [("district", "valley", "")]
    groups += [("workplace", w, "district/valley") for w in WORKPLACES]
    groups += [("trade", t, "") for t in TRADES]
    groups += [("locality", place, "district/valley") for place in LOCALITIES]
    for roll, group, within in groups:
        small.do(
            acts.GroupRegistered(at=small.at, by="m-0001", roll=roll, group=group, name=group.title(), within=within)
        )
    for n in range(members):
        placed = {"workplace": WORKPLACES[n % 3], "trade": TRADES[n // 3 % 3], "locality": LOCALITIES[n % 2]}
        small.do(
            acts.MemberJoined(at=small.at, by="m-0001", member=f"m-{n + 1:04}", commitment="0" * 64, groups=placed)
        )
    return small


def facts(state: State) -> dict[str, object]:
    """Return everything a state says, to be compared with ``==``."""
    found: dict[str, object] = {f.name: getattr(state, f.name) for f in dataclasses.fields(state)}
    found["journal"] = tuple(state.journal)
    return found


def elect(small: Small, body: str, constituency: str, candidates: list[str], *, vacant_only: bool = False) -> str:
    """Hold an election in which everybody ranks the candidates in the order given; return its id."""
    election = f"e-{len(small.state.ballots) + 1}"
    kind = standing.body(small.state, body).kind
    nominations = moment.after(small.at, days=kind.nomination_days)
    closes = moment.after(nominations, days=kind.voting_days)
    electorate = sorted(standing.electors(small.state, constituency, small.at))
    small.do(
        acts.ElectionOpened(
            at=small.at,
            by=electorate[0],
            body=body,
            election=election,
            constituency=constituency,
            vacant_only=vacant_only,
            nominations_until=nominations,
            closes_at=closes,
            lot=name(SEED.encode()),
        )
    )
    for candidate in candidates:
        small.do(acts.CandidateNominated(at=small.at, by=candidate, election=election, candidate=candidate))
    small.at = nominations
    ranking = "[" + ",".join(f'"{c}"' for c in candidates) + "]"
    for member in electorate:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=election, member=member))
    small.at = closes
    publish(small, election, [ranking] * len(electorate), seed=SEED)
    return election


def publish(small: Small, ballot: str, choices: list[str], *, seed: str = "") -> None:
    """Publish these choices, each a line of JSON."""
    text = "".join(c + "\n" for c in sorted(choices))
    small.do(
        acts.BallotsPublished(
            at=small.at, by="clerk", ballot=ballot, choices=small.blob(text), number=len(choices), seed=seed
        )
    )


def seated(*, vkey: str = "small+0+0", charter: str = "") -> Small:
    """Return a federation with committees, unions, councils, both houses and the board elected."""
    small = founded(vkey=vkey, charter=charter)
    for kind, electing in (("committee", "assembly"), ("union", "trade-assembly"), ("council", "locality-assembly")):
        for body in [b for b in standing.bodies(small.state) if b.kind.id == kind]:
            constituency = f"{electing}/{body.group}"
            elect(small, body.id, constituency, sorted(standing.electors(small.state, constituency, small.at))[:5])
    taken: set[str] = set()
    for house in ("committees-house", "unions-house"):
        for constituency in dict.fromkeys(s.constituency for s in standing.seats(small.state, house)):
            free = sorted(standing.electors(small.state, constituency, small.at) - taken)
            elect(small, house, constituency, free[:1])
            taken.add(free[0])
    outside = sorted(standing.all_members(small.state) - taken)
    elect(small, "board", "congress", outside[:7])
    elect(small, "secretary", "congress", outside[7:8])
    return small


def refusal(small: Small, act: acts.AnyAct) -> Refused:
    """Return the refusal of an act, after checking that it changed nothing."""
    before = facts(copy.deepcopy(small.state))
    with pytest.raises(Refused) as caught:
        small.federation.apply(act)
    assert facts(small.state) == before
    return caught.value


def refused(small: Small, act: acts.AnyAct) -> str:
    """Return why an act is refused, after checking that it changed nothing."""
    return str(refusal(small, act))
