"""Secret ballots: who may vote, who has voted, and what is published at the close.

No act links a member to a choice: ``vote_taken`` marks the voter, ``ballots_published`` brings all choices at once,
sorted by bytes (spec/record.md, secret ballot in its interim form).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from comitia.charter.structure import CountingRule
from comitia.decide import rules
from comitia.federation import acts, candidacy, lots, positions, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, Motion, Sealed, State

Choices = tuple[object, ...]
WORDS = ("for", "against", "abstain")


def ballot(state: State, name: str) -> Ballot:
    """Return the ballot of that id.

    Raises:
        Refused: there is none.
    """
    found = state.ballots.get(name)
    if found is None:
        raise Refused("record", f"there is no ballot {name!r}")
    return found


def article(state: State, of: Ballot) -> str:
    """Return the article under which a ballot is held: as the charter had it when it was opened."""
    match of.purpose:
        case "election":
            # An election in which nobody stood is kept no longer than its ballot.
            found = state.elections.get(of.id)
            return (candidacy.kind_of(found) if found else standing.body(state, of.body).kind).article
        case "recall":
            recall = state.recalls[of.id].rule
            assert recall is not None
            return recall.article
        case "motion" | "alternatives":
            return _motion(state, of).on.article
        case "refounding":
            refounding = state.refoundings[of.id].rule
            assert refounding is not None
            return refounding.article
    assert_never(of.purpose)


def _motion(state: State, of: Ballot) -> Motion:
    return state.motions[of.id.partition("@")[0]]


def take_vote(state: State, act: acts.VoteTaken) -> None:
    """Mark a member as having voted."""
    of = ballot(state, act.ballot)
    check_permitted(state, act, of.electorate)
    under = article(state, of)
    refuse_unless(act.at >= of.opens_at, under, f"voting in {of.id} opens at {of.opens_at}")
    refuse_unless(act.at < of.closes_at, under, f"voting in {of.id} closed at {of.closes_at}")
    refuse_unless(
        act.member in of.electorate,
        under,
        f"{act.member} is not among the {len(of.electorate)} electors of {of.id}, who were counted when it opened",
    )
    refuse_unless(
        act.member not in of.voted, under, f"{act.member} has voted in {of.id} already (act {of.voted.get(act.member)})"
    )
    if of.sealed is not None:
        _check_sealed(act, of, of.sealed)
    if act.channel == "online":
        refuse_unless(act.by == act.member and not act.tellers, under, "an online vote is cast by the member herself")
    else:
        _check_tellers(state, act, of, under)
        of.paper += 1
    of.voted[act.member] = state.size


def _check_sealed(act: acts.VoteTaken, of: Ballot, to: Sealed) -> None:
    """Raise unless a vote in a sealed ballot is on paper, and the voter holds no token."""
    article = to.rule.article
    refuse_unless(act.channel == "paper", article, f"choices in {of.id} are sealed: ask for a token (token_requested)")
    refuse_unless(
        to.course is None or act.member not in to.course.asked,
        article,
        f"{act.member} has asked for a token of {of.id}; she casts with that",
    )


def _check_tellers(state: State, act: acts.VoteTaken, of: Ballot, under: str) -> None:
    """Raise unless two tellers, neither of them the voter, vouch for a paper vote."""
    tellers = set(act.tellers)
    permitted = standing.charter(state).permissions["vote_taken"].by
    elected = {
        t for t in tellers if any(b.partition("/")[0] in permitted for b in standing.bodies_of(state, t, act.at))
    }
    refuse_unless(
        len(tellers) == 2 and act.by in tellers and act.member not in tellers and tellers <= of.electorate | elected,
        under,
        "a paper vote is entered by one of two tellers, electors or elected tellers, neither of them the voter",
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """What a ballot paper may bear: its names and the rule that counts them; without a rule it bears one of them.

    ``most`` is how many names the rule counts, 0 where it counts all.
    """

    ballot: str
    article: str
    rule: CountingRule | None
    names: tuple[str, ...]
    most: int = 0

    @property
    def form(self) -> Literal["word", "one", "names", "ranking"]:
        """What a voter does: choose a word, name one, name several without order, or rank."""
        if self.rule is None:
            return "word"
        if self.rule in ("plurality", "list"):
            return "one"
        return "names" if self.rule in rules.NAMING else "ranking"


def paper(state: State, of: Ballot) -> Paper:
    """Return the paper of a ballot."""
    counted = rule(state, of)
    said = names(state, of) if counted is not None else WORDS
    # Who decides by consent, consensus or gradients takes a position.
    if of.purpose == "motion":
        said = positions.allowed(_motion(state, of))
    most = 1 if counted in ("plurality", "list") else 0
    if counted == "block":
        most = len(state.elections[of.id].seats) if of.purpose == "election" else 1
    return Paper(of.id, article(state, of), counted, said, most)


def check_choice(state: State, of: Ballot, choice: object) -> None:
    """Raise unless this is a choice that the ballot offers: a ranking of its names, or for, against, abstain.

    Raises:
        Refused: another form, an unknown name, one ranked twice, or more than the counting rule counts.
    """
    check_paper(paper(state, of), choice)


def line_of(choice: object) -> bytes:
    """Return a choice as the one line that stands for it among those published, without its end."""
    return json.dumps(choice, separators=(",", ":")).encode()


def check_paper(on: Paper, choice: object) -> None:
    """Raise unless a paper offers this choice.

    Raises:
        Refused: as ``check_choice``.
    """
    if on.rule is None:
        refuse_unless(choice in on.names, on.article, f"a vote in {on.ballot} is one of {', '.join(on.names)}")
        return
    if not isinstance(choice, list) or not all(isinstance(c, str) for c in choice):
        raise Refused(
            on.article, "a ranking is a list of candidates, first preference first; an empty list is a blank vote"
        )
    ranked: list[str] = [str(c) for c in choice]
    unknown = [c for c in ranked if c not in on.names]
    refuse_unless(not unknown, on.article, f"{', '.join(unknown)} does not stand in {on.ballot}")
    refuse_unless(len(set(ranked)) == len(ranked), on.article, "a ranking names each candidate once")
    # What a rule does not count must not be on the paper: an order or further names could mark whose it is.
    what = "list" if on.rule == "list" else "candidate"
    few = f"one {what}; name one" if on.most == 1 else f"{on.most} candidates at most; name no more"
    refuse_unless(
        not on.most or len(ranked) <= on.most, on.article, f"this vote is for {few}, or none for a blank vote"
    )
    if on.form == "names":
        order = [c for c in on.names if c in set(ranked)]
        refuse_unless(ranked == order, on.article, "candidates are named in the order in which they stand")


def rule(state: State, of: Ballot) -> CountingRule | None:
    """Return the rule by which a ballot is counted; None where it is for, against or abstain."""
    match of.purpose:
        case "election":
            return candidacy.kind_of(state.elections[of.id]).rule
        case "alternatives":
            return _motion(state, of).on.alternatives
        case "recall" | "motion" | "refounding":
            return None
    assert_never(of.purpose)


def names(state: State, of: Ballot) -> tuple[str, ...]:
    """Return what a paper may name: candidates, the lists of a list election, or a motion and its alternatives."""
    if of.purpose == "alternatives":
        motion = _motion(state, of)
        return (motion.id, *motion.alternatives)
    if rule(state, of) == "list":
        return tuple(candidacy.lists(state, state.elections[of.id]))
    return candidates(state, of.id)


def candidates(state: State, election: str) -> tuple[str, ...]:
    """Return who stands, in the order of nomination: nominated as the charter asks, admitted, and not withdrawn."""
    return candidacy.candidates(state, state.elections[election])


def closing(state: State, act: acts.BallotsPublished) -> Ballot:
    """Return the ballot whose choices are published, once it is closed and its lot is as committed.

    Raises:
        Refused: before the close, published before, another seed, or a lot without witnesses.
    """
    check_permitted(state, act)
    of = ballot(state, act.ballot)
    under = article(state, of)
    refuse_unless(not of.published, under, f"the choices of {of.id} were published in act {of.published_act}")
    refuse_unless(act.at >= of.closes_at, under, f"{of.id} is open until {of.closes_at}; nothing is published before")
    # Only elections draw lots; their seed was committed before the first vote.
    refuse_unless(
        act.seed == "" if not of.lot else hashlib.sha256(act.seed.encode()).hexdigest() == of.lot,
        under,
        "the seed of the lot is not the one that was committed when the ballot opened",
    )
    by_hand = of.purpose == "election" and not of.lot
    free = standing.all_members(state).difference(candidates(state, of.id)) if by_hand else None
    lots.check_witnessed(act, of, under, free=free)
    return of


def opened(state: State, act: acts.BallotsPublished, of: Ballot, sealed: Sequence[bytes]) -> Choices:
    """Return the choices of a ballot after checking what was published against the register and the seals.

    Args:
        of: the ballot.
        sealed: the lines that its seals gave; none where it is not sealed.

    Raises:
        Refused: a missing blob, a wrong number or order, a line that no seal and no paper gave, an invalid choice.
    """
    under = article(state, of)
    text = state.blobs.get(act.choices)
    if text is None:
        raise Refused("record", f"the choices are missing: no blob {act.choices}")
    lines = text.split(b"\n")[:-1]
    refuse_unless(
        text == b"".join(line + b"\n" for line in sorted(lines)),
        under,
        "the choices must be sorted by bytes, one a line",
    )
    voted = len(of.voted) + len(sealed)
    refuse_unless(
        len(lines) == act.number == voted,
        under,
        f"{voted} members voted, but {len(lines)} choices are published (the act says {act.number})",
    )
    refuse_unless(
        Counter(sealed) <= Counter(lines), under, "what was opened from the seals is not among the choices published"
    )
    on = paper(state, of)
    try:
        choices = tuple(json.loads(line) for line in lines)
    except ValueError:
        raise Refused(under, "a choice is one line of JSON: a word, or a list of names") from None
    for choice in choices:
        check_paper(on, choice)
    return choices


def note_published(state: State, of: Ballot, act: acts.BallotsPublished) -> None:
    """Write down that the choices of a ballot are public."""
    of.published, of.seed, of.published_act = act.choices, act.seed, state.size
    of.drawn, of.witnesses = lots.drawn(act), lots.witnesses(act)


def tally(choices: Choices) -> tuple[int, int, int]:
    """Return how many voted for, against and abstained."""
    return choices.count("for"), choices.count("against"), choices.count("abstain")
