"""Small records made by hand, for the indicators: a free federation, and a party whose secretaries are put up."""

from datetime import timedelta
from pathlib import Path

import msgspec
from life import Life, number
from past import Hand, shifted
from small import SEED, Small, elect, name, publish, seated

from comitia.clerk.clerk import Clerk, clock
from comitia.federation import acts, moment
from comitia.record import checkpoint, merkle, note, tiles
from comitia.watch import noting
from comitia.watch.view import View

CARRIED_OVER = """
founding_article = "10"
founders = 3
carried_over_days = 365
"""

FACTORY_COMMITTEES = """
[kind.factory-committee]
name = "factory committee"
plural = "factory committees"
form = "elected"
each = "cell"
electors = "cell"
election = "by-list"
constituencies = false
office = false
seats = 2
term_days = 365
term_limit = 0
incompatible = []
mandate = "free"
report_days = 0
recall = ""
weights = "equal"
article = "3"
"""

CURRENTS = """
[article.12]
title = "Currents"
text = "Ten members may form a current and publish a platform."
entrenched = false

[currents]
least = 10
membership = "open"
article = "12"

[[permission]]
acts = ["current_formed", "current_joined", "current_left", "platform_published"]
by = ["member"]
article = "12"
"""

BAN = """
[article.12]
title = "Unity"
text = "All groups with a platform are dissolved."
entrenched = false
"""

_GROUPS = """
[never.groups]
acts = ["current_formed", "current_joined", "platform_published"]
article = "9"
"""


def view(small: Small, at: str = "") -> View:
    """Return what a record says at a moment, or at its last act."""
    return View(noting.fold(small.done, small.state), at or small.at)


def free() -> Small:
    """Return a federation of 24 members in which all seats were filled by election, each by its own electors."""
    return seated()


Groups = tuple[tuple[str, str, str], ...]


def party(*, closed: bool = True, added: str = "") -> Small:
    """Return the small record of ``party_life``."""
    return party_life(closed=closed, added=added).small


def party_life(
    *, closed: bool = True, added: str = "", changes: tuple[tuple[str, str], ...] = (),
    committee: tuple[int, ...] = (1, 2, 3), more: Groups = (),
) -> Life:  # fmt: skip
    """Return a party of 40 members in two cells, one district and one province, with its centre.

    Three carried-over secretaries appoint, who is appointed puts up the only candidates, the congress elects three put
    up by the political bureau, and these elect the bureau and the secretariat: the circle is closed. Without ``closed``
    it ends before the central committee elects, and without a ``committee`` before the congress is elected. ``more``
    groups are entered for the delegate to the congress.
    """
    groups = (("province", "tula", ""), ("district", "north", "province/tula"), ("cell", "arms", "district/north"),
              ("cell", "rail", "district/north"), *more)  # fmt: skip
    life = Life("party-statutes-1922", founders=3, groups=groups, added=CARRIED_OVER + added, changes=changes)
    life.join(1, 8, cell="arms")
    life.join(9, 9, cell="arms", **{roll: group for roll, group, _ in more})
    life.join(10, 10, cell="arms")
    life.join(11, 40, cell="rail")
    for seat in (1, 2, 3):
        life.carry_over(f"secretariat:{seat}", seat)
        life.carry_over(f"politburo:{seat}", seat)
    life.appoint("provincial-secretary/tula:1", 4, by=1, body="secretariat")
    life.appoint("district-secretary/north:1", 5, by=4, body="provincial-secretary/tula")
    for cell, member in (("arms", 6), ("rail", 7)):
        life.elect("district-conference/north", f"cell/{cell}", (member,), by=number(5))
    life.elect("provincial-conference/tula", "district-conference/north", (8,), by=number(4))
    if committee:
        life.elect("congress", "provincial-conference/tula", (9,), by=number(4))
        life.elect("central-committee", "congress", committee, by=number(1))
    if closed:
        life.elect("politburo", "central-committee", (1, 2, 3), by=number(1))
        life.elect("secretariat", "central-committee", (1, 2, 3), by=number(1))
    return life


def twice_put_up() -> Life:
    """Return the closed party after the conferences and the congress were filled a second time as the first."""
    life = party_life(closed=False)
    for days in (330, 0):
        life.small.wait(days)
    life.appoint("provincial-secretary/tula:1", 4, by=1, body="secretariat")
    life.appoint("district-secretary/north:1", 5, by=4, body="provincial-secretary/tula")
    for cell, member in (("arms", 6), ("rail", 7)):
        life.elect("district-conference/north", f"cell/{cell}", (member,), by=number(5))
    life.elect("provincial-conference/tula", "district-conference/north", (8,), by=number(4))
    life.elect("congress", "provincial-conference/tula", (9,), by=number(4))
    return life


def party_with_currents() -> Small:
    """Return the party before its centre is closed, under statutes that still allow currents."""
    return party_life(closed=False, added=CURRENTS, changes=((_GROUPS, ""),)).small


def committee_of(people: int) -> Life:
    """Return the party with a central committee of so many, put up by the bureau, none of them among the first ten."""
    return party_life(closed=False, committee=tuple(range(11, 11 + people)))


TRADES = """
[roll.trade]
name = "trade"
plural = "trades"
gathers = []
required = false
article = "1"

[matter.labour]
name = "terms of labour"
way = "majority"
movers = ["congress"]
decided_by = ["congress"]
effect = "none"
affects = "trade"
article = "8"
"""

INTERESTS = """
[roll.interest]
name = "interest"
plural = "interests"
gathers = []
required = false
article = "1"
"""


def militarised() -> Small:
    """Return the party whose congress decided on the terms of the railwaymen, with nobody of the trade."""
    small = party_life(closed=False, added=TRADES, more=(("trade", "rail", ""),)).small
    votes = {"congress:tula:1": "for"}
    decide(small, "command", number(9), "congress", "labour", votes, affects=("trade/rail",))
    return small


def registered() -> Small:
    """Return the party whose delegate to the congress stands on a register of interests, for a bank."""
    return party_life(closed=False, added=INTERESTS, more=(("interest", "bank", ""),)).small


_CONGRESS = """electors = "provincial-conference"
election = "by-list"
nominated_by = "provincial-secretary"
"""

_SCREENING = """
[[permission]]
acts = ["candidate_screened"]
by = ["secretariat"]
article = "5"
"""

_NOMINATING = 'by = ["district-secretary", "provincial-secretary", "politburo", "central-committee"]'


def gated() -> Small:
    """Return the party whose congress is filled through a gate: three stand, the secretariat admits one of them."""
    changes = (
        (_CONGRESS, _CONGRESS.replace("nominated_by", "gate").replace('= "provincial-secretary"', '= "secretariat"')),
        (_NOMINATING, 'by = ["member"]'),
    )
    small = party_life(closed=False, added=_SCREENING, changes=changes, committee=()).small
    until = moment.after(small.at, days=1)
    closes = moment.after(until, days=1)
    small.do(
        acts.ElectionOpened(
            at=small.at, by=number(4), body="congress", election="c", constituency="provincial-conference/tula",
            vacant_only=False, nominations_until=until, closes_at=closes, lot=name(SEED.encode()),
        )
    )  # fmt: skip
    for n in (20, 21, 22):
        small.do(acts.CandidateNominated(at=small.at, by=number(n), election="c", candidate=number(n)))
        small.do(
            acts.CandidateScreened(
                at=small.at, by=number(1), body="secretariat", election="c", candidate=number(n), admitted=n == 20,
                reason="Known to us.",
            )
        )  # fmt: skip
    small.at = until
    small.do(acts.VoteTaken(at=small.at, by=number(8), ballot="c", member=number(8)))
    small.at = closes
    publish(small, "c", [f'["{number(20)}"]'], seed=SEED)
    return small


def change_charter(small: Small, motion: str, old: str, new: str) -> None:
    """Let the congress of the party put another text of the statutes in force."""
    text = small.blobs[small.state.charter_hash].decode()
    assert old in text
    small.do(
        acts.MotionMoved(
            at=small.at, by=number(9), body="congress", motion=motion, matter="statutes", title=motion,
            text=small.blob(f"{motion}\n"), figures=small.blob(text.replace(old, new)),
        )
    )  # fmt: skip
    vote(small, motion, number(9), {"congress:tula:1": "for"})


def again(small: Small, body: str, constituency: str, candidates: list[str], *, days: int = 0) -> None:
    """Let days pass, then elect once more."""
    small.wait(days)
    elect(small, body, constituency, candidates)


def decide(
    small: Small, motion: str, by: str, body: str, matter: str, votes: dict[str, str], *, affects: tuple[str, ...] = ()
) -> None:
    """Move, divide and close a motion decided in the open; ``votes`` maps a seat to its choice."""
    small.do(
        acts.MotionMoved(
            at=small.at, by=by, body=body, motion=motion, matter=matter, title=motion, text=small.blob(f"{motion}\n"),
            affects=affects or msgspec.UNSET,
        )
    )  # fmt: skip
    vote(small, motion, by, votes)


def vote(small: Small, motion: str, by: str, votes: dict[str, str]) -> None:
    """Divide on a motion in the open and close the division."""
    state = small.state
    on = state.motions[motion].on
    small.wait(on.notice_days)
    closes = moment.after(small.at, days=on.voting_days)
    small.do(acts.DivisionOpened(at=small.at, by=by, motion=motion, closes_at=closes))
    for seat, choice in votes.items():
        holder = next(t for t in reversed(state.terms[seat])).member
        small.do(
            acts.VoteCast(
                at=small.at, by=holder, body=seat.partition(":")[0], motion=motion, seat=seat,
                choice=choice,  # type: ignore[arg-type]
            )
        )  # fmt: skip
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))


def export(small: Small, folder: Path) -> Path:
    """Write a small record as an export, signed by a key of its own."""
    leaves = [acts.encode(act) for act in small.done]
    key = note.SigningKey("small.example/log", bytes(32))
    head = checkpoint.Checkpoint(key.name, len(leaves), merkle.tree_of(leaves).root_hash())
    for path, body in tiles.files(leaves, checkpoint.sign(head, key), small.blobs):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


def home(party: Small, folder: Path) -> Path:
    """Write a small record to a federation's own folder, its last act an hour before the present."""
    later = moment.parse(clock()) - moment.parse(party.at) - timedelta(hours=1)
    done = [shifted(act, later) for act in party.done]
    with Clerk.create(folder, "small.example/log", time=Hand(done[-1].at)) as clerk:
        done[0] = msgspec.structs.replace(done[0], vkey=clerk.vkey)
        clerk.submit_all(done, blobs=party.blobs)
    return folder
