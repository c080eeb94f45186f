"""The small federation under a charter with every way of deciding, and steps on a motion's road in one line each."""

import copy
import json
from collections.abc import Mapping
from functools import cache

import small as small_federation
from small import Small, publish, seated

from comitia.federation import acts, moment, motions, standing
from comitia.federation.state import Division, Motion

VOTE = """
procedure = "vote"
notice_days = 0
voting_days = 3
base = "for_against"
more_than = "1/2"
abstentions = "counted"
quorum = "0"
no_counts_to_quorum = true
silence = "absent"
delay_days = 0
amendments = "as_moved"
amendment_depth = 2
effect = "none"
article = "23"
"""
HOUSES = 'movers = ["member"]\ndecided_by = ["committees-house", "unions-house"]\n'
HOUSE = 'movers = ["member"]\ndecided_by = ["committees-house"]\n'
COMMITTEE = 'movers = ["committee"]\ndecided_by = ["committee"]\n'
ASSEMBLY = 'movers = ["assembly"]\ndecided_by = ["assembly"]\n'
PLAIN = 'tie = "fails"\nreadings = 1\nexits = []\n'
OTHER = """
notice_days = 0
voting_days = 3
quorum = "0"
silence = "absent"
readings = 1
exits = []
delay_days = 0
amendments = "none"
effect = "none"
article = "48"
"""


def _matter(name: str, *parts: str) -> str:
    return f'\n[matter.{name}]\nname = "{name}"\n' + "".join(parts)


def _shared(text: str, **new: str) -> str:
    lines = [line for line in text.splitlines() if line.partition(" ")[0] not in new]
    return "\n".join(lines + [f"{key} = {value}" for key, value in new.items()]) + "\n"


EXTRA = "".join(
    (
        '\n[exit.mediation]\nway = "conciliation"\nbody = "conciliation"\ndays = 2\nbase = "filled"\n',
        'at_least = "1/2"\narticle = "22"\n',
        '\n[exit.overriding]\nway = "veto"\ndays = 2\nbase = "filled"\nthresholds = ["1/2", "2/3"]\narticle = "22"\n',
        _matter("read-twice", VOTE, HOUSES, 'tie = "fails"\nreadings = 2\nreading_days = 2\n'
                'exits = ["second-reading", "congress"]\n'),
        _matter("mediated", VOTE, HOUSES, 'tie = "fails"\nreadings = 1\n'
                'exits = ["mediation", "overriding", "congress"]\n'),
        _matter("overridden", VOTE, HOUSES, 'tie = "fails"\nreadings = 1\nexits = ["overriding"]\n'),
        _matter("chaired", VOTE, HOUSE, 'tie = "chair"\nreadings = 1\nexits = []\n'),
        _matter("chaired-assembly", VOTE, ASSEMBLY, 'tie = "chair"\nreadings = 1\nexits = []\n'),
        _matter("chaired-union", VOTE, 'movers = ["member"]\ndecided_by = ["unions-house"]\n',
                'tie = "chair"\nreadings = 1\nexits = []\n'),
        _matter("plain", VOTE, COMMITTEE, PLAIN),
        _matter("conflicted", _shared(VOTE, quorum="3", abstentions='"not_counted"'), COMMITTEE, PLAIN,
                "abstentions_count_to_quorum = false\n"),
        _matter("ordered", _shared(VOTE, amendments='"furthest_first"'), COMMITTEE, PLAIN),
        _matter("one-deep", _shared(VOTE, amendment_depth="1"), COMMITTEE, PLAIN),
        _matter("by-member", VOTE, 'movers = ["member"]\ndecided_by = ["committee"]\n', PLAIN),
        _matter("plain-assembly", VOTE, ASSEMBLY, PLAIN),
        _matter("mixed", VOTE, 'movers = ["member"]\ndecided_by = ["committees-house", "general-assembly"]\n', PLAIN,
                'alternatives = "instant_runoff"\n'),
        _matter("delayed", _shared(VOTE, delay_days="5"), COMMITTEE, PLAIN,
                'affects = "workplace"\nappeal = "delayed-district"\nappeal_days = 4\n'),
        _matter("delayed-district", _shared(VOTE, delay_days="5"),
                'movers = ["district", "committee"]\ndecided_by = ["district"]\n', PLAIN,
                'affects = "workplace"\nappeal = "delayed-houses"\nappeal_days = 4\n'),
        _matter("delayed-houses", VOTE, HOUSES, PLAIN, 'affects = "workplace"\n'),
        _matter("by-groups", VOTE, 'movers = ["member"]\ndecided_by = ["assembly"]\n', PLAIN,
                'groups = { turnout = "1/2", approval_more_than = "1/2", groups_at_least = "2/3" }\n'),
        *(_matter(f"choice-{rule.replace('_', '-')}", VOTE, COMMITTEE, PLAIN, f'alternatives = "{rule}"\n')
          for rule in ("plurality", "approval", "instant_runoff", "scottish")),
        _matter("consensus", 'procedure = "consensus"\ndemand = { blocks = 0, aside = "1/3" }\n', OTHER, COMMITTEE),
        _matter("consensus-assembly", 'procedure = "consensus"\ndemand = { blocks = 0, aside = "1/3" }\n', OTHER,
                ASSEMBLY),
        _matter("gradients", 'procedure = "gradients"\n',
                'demand = { level = 4, share = "2/3", bad = 7, opposed = "1/10" }\n', OTHER, COMMITTEE),
        _matter("gradients-assembly", 'procedure = "gradients"\n',
                'demand = { level = 4, share = "2/3", bad = 7, opposed = "1/10" }\n', OTHER, ASSEMBLY),
        _matter("consent-assembly", 'procedure = "consent"\n', _shared(OTHER, quorum='"1/2"'),
                'quorum_base = "members"\n', ASSEMBLY),
        _matter("sense-committee", 'procedure = "sense_check"\n', OTHER, COMMITTEE),
        '\n[[permission]]\nacts = ["vote_split", "casting_vote_given"]\nby = ["committees-house", "secretary",',
        ' "committee"]\narticle = "20"\n',
    )
)  # fmt: skip
CHAIRS = (("kind.assembly", "committee"), ("kind.committees-house", "secretary"))


def charter() -> str:
    """Return the shipped charter with further matters, chairs, and a house whose seats weigh their members."""
    text = small_federation.CHARTER
    text = text.replace('acts = ["vote_split", "casting_vote_given"]', "acts = []")
    for table, office in CHAIRS:
        text = text.replace(f"[{table}]\n", f'[{table}]\nchair = "{office}"\n')
    return text + EXTRA


def weighed(text: str) -> str:
    """Return a charter in which the committees' house weighs its seats by members, and seats may split their vote."""
    head, table, rest = text.partition("[kind.committees-house]\n")
    return head + table + "split_votes = true\n" + rest.replace('weights = "equal"', 'weights = "members"', 1)


@cache
def _under(text: str) -> Small:
    before = small_federation.CHARTER
    small_federation.CHARTER = text
    try:
        return seated()
    finally:
        small_federation.CHARTER = before


def assembled(*, weights: bool = False) -> Small:
    """Return a federation of one's own under that charter, every body elected."""
    text = charter()
    return copy.deepcopy(_under(weighed(text) if weights else text))


def sitting(small: Small, body: str) -> list[str]:
    """Return who sits in a body, in order."""
    return sorted(standing.sitting(small.state, body, small.at))


def move(small: Small, name: str, matter: str, text: str, *, body: str = "", **more: object) -> Motion:
    """Move a motion for a body, by the first who sits in it; by the first member without one."""
    by = more.pop("by", None) or (sitting(small, body)[0] if body else "m-0001")
    fields = {"title": name, "motion": name, "matter": matter, "text": small.blob(text), "body": body, **more}
    small.do(acts.MotionMoved(at=small.at, by=by, **fields))  # type: ignore[arg-type]
    return small.state.motions[name]


def amendment(small: Small, name: str, motion: str, first: int, last: int, *lines: str) -> acts.AmendmentMoved:
    """Return an amendment by the first who decides the motion."""
    of = small.state.motions[motion]
    bodies = motions.deciding_bodies(small.state, of)
    return acts.AmendmentMoved(
        at=small.at, by=sitting(small, bodies[0])[0], amendment=name, motion=motion, first=first, last=last, lines=lines
    )


def opening(small: Small, name: str, *, stage: str = "houses", days: int = 5) -> acts.DivisionOpened:
    """Return the opening of the next division on a motion, by its mover."""
    of = small.state.motions[name]
    closes = moment.after(small.at, days=days)
    return acts.DivisionOpened(at=small.at, by=of.by, motion=name, closes_at=closes, stage=stage)  # type: ignore[arg-type]


def open_(small: Small, name: str, *, stage: str = "houses") -> Division:
    """Open the next division on a motion."""
    small.do(opening(small, name, stage=stage))
    return small.state.motions[name].divisions[-1]


def vote(small: Small, name: str, body: str, *choices: str) -> None:
    """Let the seats of a house vote in the open, in the order of the seats."""
    for term, choice in zip(standing.filled(small.state, body, small.at), choices, strict=False):
        act = acts.VoteCast(
            at=small.at,
            by=term.member,
            body=term.seat.partition(":")[0],
            motion=name,
            seat=term.seat,
            choice=choice,  # type: ignore[arg-type]
        )
        small.do(act)


def ballot(small: Small, name: str, body: str, *choices: object) -> None:
    """Let members of an assembly vote in secret; what they said is published when time has passed (``close``)."""
    running = small.state.motions[name].divisions[-1]
    of = small.state.ballots[running.ballots[body]]
    for member, _ in zip(sorted(of.electorate), choices, strict=False):
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=of.id, member=member))
    waiting = small.waiting.setdefault(of.id, [])
    waiting += [json.dumps(c, separators=(",", ":")) for c in choices]


def closing(small: Small, name: str, *, by: str = "clerk") -> acts.DivisionClosed:
    """Return the close of the division on a motion."""
    return acts.DivisionClosed(at=small.at, by=by, motion=name)


def published(small: Small, name: str) -> None:
    """Let the time of voting pass and publish the ballots."""
    running = small.state.motions[name].divisions[-1]
    small.at = max(small.at, running.closes_at)
    for of in [b for b in running.ballots.values() if not small.state.ballots[b].published]:
        publish(small, of, small.waiting.get(of, []))


def close(small: Small, name: str, *, by: str = "clerk") -> str:
    """Let the time of voting pass, publish the ballots and note the result; return the outcome."""
    published(small, name)
    small.do(closing(small, name, by=by))
    return small.state.motions[name].outcome


def decide(small: Small, name: str, votes: Mapping[str, tuple[str, ...]], *, stage: str = "houses") -> str:
    """Open, vote, close: the votes are those of each body's seats, or of an assembly's members in secret."""
    running = open_(small, name, stage=stage)
    for body, choices in votes.items():
        if body in running.ballots:
            ballot(small, name, body, *choices)
        else:
            vote(small, name, body, *choices)
    return close(small, name)
