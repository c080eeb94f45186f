"""Secret ballots: who may vote, who has voted, and what is published at the close.

No act links a member to a choice: ``vote_taken`` marks the voter, ``ballots_published`` brings all choices at once,
sorted by bytes (spec/record.md, secret ballot in its interim form).
"""

import hashlib
import json

from comitia.federation import acts, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, State

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
    """Return the article under which a ballot is held."""
    match of.purpose:
        case "election":
            return standing.body(state, of.body).kind.article
        case "recall":
            rule = standing.body(state, of.body).kind.recall
            assert rule is not None
            return rule.article
        case "motion":
            return standing.charter(state).matters[state.motions[of.id.partition("@")[0]].matter].article


def take_vote(state: State, act: acts.VoteTaken) -> None:
    """Mark a member as having voted."""
    of = ballot(state, act.ballot)
    check_permitted(state, act, of.electorate)
    rule = article(state, of)
    refuse_unless(act.at >= of.opens_at, rule, f"voting in {of.id} opens at {of.opens_at}")
    refuse_unless(act.at < of.closes_at, rule, f"voting in {of.id} closed at {of.closes_at}")
    refuse_unless(
        act.member in of.electorate,
        rule,
        f"{act.member} is not among the {len(of.electorate)} electors of {of.id}, who were counted when it opened",
    )
    refuse_unless(
        act.member not in of.voted, rule, f"{act.member} has voted in {of.id} already (act {of.voted.get(act.member)})"
    )
    match act.channel:
        case "online":
            refuse_unless(
                act.by == act.member and not act.tellers, rule, "an online vote is cast by the member herself"
            )
        case "paper":
            # Two tellers, neither of them the voter, vouch for a paper vote.
            tellers = set(act.tellers)
            permitted = standing.charter(state).permissions["vote_taken"].by
            trusted = of.electorate | {
                t
                for t in tellers
                if any(s.seat.partition(":")[0] in permitted for s in standing.seats_of(state, t, act.at))
            }
            refuse_unless(
                len(tellers) == 2 and act.by in tellers and act.member not in tellers and tellers <= trusted,
                rule,
                "a paper vote is entered by one of two tellers, electors or elected tellers, neither of them the voter",
            )
            of.paper += 1
    of.voted[act.member] = state.size


def check_choice(state: State, of: Ballot, choice: object) -> None:
    """Raise unless this is a choice that the ballot offers: a ranking of its candidates, or for, against, abstain.

    Raises:
        Refused: another form, an unknown candidate, or one ranked twice.
    """
    rule = article(state, of)
    if of.purpose != "election":
        refuse_unless(choice in WORDS, rule, f"a vote in {of.id} is one of {', '.join(WORDS)}")
        return
    election = state.elections[of.id]
    standing_now = set(candidates(state, of.id))
    if not isinstance(choice, list) or not all(isinstance(c, str) for c in choice):
        raise Refused(rule, "a ranking is a list of candidates, first preference first; an empty list is a blank vote")
    names: list[str] = [str(c) for c in choice]
    unknown = [c for c in names if c not in standing_now]
    refuse_unless(not unknown, rule, f"{', '.join(unknown)} does not stand in {election.id}")
    refuse_unless(len(set(names)) == len(names), rule, "a ranking names each candidate once")
    # What a rule does not count must not be on the paper: an order or further names could mark whose it is.
    match standing.body(state, of.body).kind.rule:
        case "plurality":
            refuse_unless(len(names) <= 1, rule, "this vote is for one candidate; name one, or none for a blank vote")
        case "approval":
            order = [c for c in candidates(state, of.id) if c in set(names)]
            refuse_unless(names == order, rule, "approved candidates are named in the order in which they stand")
        case "scottish" | None:
            pass


def candidates(state: State, election: str) -> tuple[str, ...]:
    """Return who stands, in the order of nomination: nominated by enough electors and not withdrawn."""
    found = state.elections[election]
    need = standing.body(state, found.body).kind.nomination
    return tuple(c for c, by in found.nominators.items() if len(by) >= need and c not in found.withdrawn)


def opened(state: State, act: acts.BallotsPublished) -> tuple[Ballot, Choices]:
    """Return the ballot and its choices after checking what was published against the register.

    Raises:
        Refused: before the close, a missing blob, a wrong number or order, an invalid choice, another seed.
    """
    check_permitted(state, act)
    of = ballot(state, act.ballot)
    rule = article(state, of)
    refuse_unless(not of.published, rule, f"the choices of {of.id} were published in act {of.published_act}")
    refuse_unless(act.at >= of.closes_at, rule, f"{of.id} is open until {of.closes_at}; nothing is published before")
    # Only elections draw lots; their seed was committed before the first vote.
    refuse_unless(
        act.seed == "" if not of.lot else hashlib.sha256(act.seed.encode()).hexdigest() == of.lot,
        rule,
        "the seed of the lot is not the one that was committed when the ballot opened",
    )
    text = state.blobs.get(act.choices)
    if text is None:
        raise Refused("record", f"the choices are missing: no blob {act.choices}")
    lines = text.split(b"\n")[:-1]
    refuse_unless(
        text == b"".join(line + b"\n" for line in sorted(lines)),
        rule,
        "the choices must be sorted by bytes, one a line",
    )
    refuse_unless(
        len(lines) == act.number == len(of.voted),
        rule,
        f"{len(of.voted)} members voted, but {len(lines)} choices are published (the act says {act.number})",
    )
    choices = tuple(json.loads(line) for line in lines)
    for choice in choices:
        check_choice(state, of, choice)
    return of, choices


def note_published(state: State, of: Ballot, act: acts.BallotsPublished) -> None:
    """Write down that the choices of a ballot are public."""
    of.published, of.seed, of.published_act = act.choices, act.seed, state.size


def tally(choices: Choices) -> tuple[int, int, int]:
    """Return how many voted for, against and abstained."""
    return choices.count("for"), choices.count("against"), choices.count("abstain")
