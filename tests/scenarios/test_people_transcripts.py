"""Transcripts of elections, recall, currents, leaving, refounding: what is done after ``>``, and what comes of it.

A refusal, or what is asked for, stands below a step, two blanks in. The first line says in which federation: ``valley``
(``tests/federation/people.py``: a bakery of four, m-0001 to m-0004; a farm of three, to m-0007; a mill of eight, to
m-0015), ``valley with secret currents``, or ``harvest`` (an adopted plan and stocks). COMITIA_TRANSCRIPTS=write writes
what is seen now.
"""

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from people import CHARTER, begun, elected, opened, published
from small import Small
from test_elections import board_elected
from test_leaving import leave_with_all, with_stock
from test_refounding import NEW

from comitia.books import balance
from comitia.books.journal import Kind
from comitia.federation import acts, awaiting, candidacy, leaving, moment, refounding, standing, vacancies
from comitia.federation.refusal import Refused

HERE = Path(__file__).parent / "people"
WRITE = os.environ.get("COMITIA_TRANSCRIPTS") == "write"


def commitment(name: str) -> str:
    """Return what stands for a member whose name is not to be seen: a hash of the word given."""
    return hashlib.sha256(name.encode()).hexdigest()


def elects(small: Small, who: str, body: str, electing: str) -> None:
    """Hold an election in which everybody ranks these candidates in this order."""
    if body == "board":
        elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
        board_elected(small, who.split(", "))
        return
    elected(small, body, electing, who.split(", "))


def sits(small: Small, body: str) -> str:
    """Say who holds each seat of a body, how and until when."""
    lines = []
    for seat in standing.seats(small.state, body):
        term = standing.term(small.state, seat.id, small.at)
        lines.append(f"{seat.id}: {term.member}, {term.origin}, until {term.until}" if term else f"{seat.id}: vacant")
    return "\n".join(lines)


def passes(small: Small, days: str) -> None:
    """Let days pass."""
    small.wait(int(days))


def petitions(small: Small, by: str, seat: str, name: str, reason: str) -> None:
    """Open a petition."""
    small.do(acts.RecallPetitioned(at=small.at, by=by, recall=name, seat=seat, reason=reason))


def signs(small: Small, by: str, name: str) -> str:
    """Sign a petition or a call."""
    if name in small.state.refoundings:
        small.do(acts.RefoundingSigned(at=small.at, by=by, refounding=name))
        signed = refounding.progress(small.state, small.state.refoundings[name])
        return f"{signed.have} of {signed.electors} members have signed; {signed.needed} are needed"
    small.do(acts.PetitionSigned(at=small.at, by=by, recall=name))
    of = small.state.recalls[name]
    return f"{len(of.signatures)} of {len(of.electorate)} electors have signed"


def opens(small: Small, by: str, name: str) -> None:
    """Open the vote on a petition or a call."""
    closes = moment.after(small.at, days=3)
    if name in small.state.refoundings:
        small.do(acts.RefoundingOpened(at=small.at, by=by, refounding=name, closes_at=closes))
        return
    small.do(acts.RecallOpened(at=small.at, by=by, recall=name, closes_at=closes))


def votes(small: Small, name: str, choices: str) -> str:
    """Let electors vote in secret, ``5 for, 3 against``; publish, and say what came of it."""
    words = [word for number, word in re.findall(r"(\d+) (\S+?)(?:,|$)", choices) for _ in range(int(number))]
    ballot = small.state.ballots[name]
    small.at = max(small.at, ballot.opens_at)
    for member in sorted(ballot.electorate)[: len(words)]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=name, member=member))
    small.at = ballot.closes_at
    listed = ballot.purpose == "election"
    choices_ = [("[" + ",".join(f'"{w}"' for w in word.split(">")) + "]") if listed else f'"{word}"' for word in words]
    small.do(published(small, name, choices_))
    made = small.state.recalls.get(name) or small.state.refoundings.get(name) or small.state.elections[name]
    assert made.verdict is not None
    return made.verdict.sentence


def resigns(small: Small, by: str, seat: str) -> None:
    """Give a seat up."""
    small.do(acts.SeatResigned(at=small.at, by=by, seat=seat))


def acts_in(small: Small, by: str, member: str, seat: str, body: str) -> None:
    """Name who acts in a vacant seat."""
    small.do(acts.ActingNamed(at=small.at, by=by, body=body, seat=seat, member=member))


def vacant(small: Small) -> str:
    """Say which seats are vacant, and until when they are to be filled."""
    found = []
    for of in vacancies.vacancies(small.state, small.at):
        due = f", due by {of.due}" if of.due else ""
        acting = f", {of.acting} acts" if of.acting else ""
        late = ", overdue" if of.is_overdue(small.at) else ""
        running = f", election {of.election} is open" if of.election else ""
        found.append(f"{of.seat} vacant since {of.since}{due}{acting}{running}{late}")
    return "\n".join(found) or "none"


def awaits(small: Small, member: str) -> str:
    """Say what awaits a member."""
    return "\n".join(f"{a.text}, by {a.until}" for a in awaiting.awaits(small.state, member, small.at)) or "nothing"


def calls_election(small: Small, name: str, body: str, electing: str) -> None:
    """Open an election by its first elector."""
    act = opened(small, body, electing)
    small.do(acts.ElectionOpened(**{f: getattr(act, f) for f in act.__struct_fields__} | {"election": name}))


def stands(small: Small, by: str, name: str, rest: str) -> None:
    """Say that one stands, supports another or is entered on a list."""
    who = re.search(r"supporting (m-\d+)", rest)
    current = re.search(r"for the current (\S+)", rest)
    more = {"current": current[1]} if current else {}
    small.do(acts.CandidateNominated(at=small.at, by=by, election=name, candidate=who[1] if who else by, **more))


def screens(small: Small, by: str, verb: str, member: str, name: str, reason: str) -> None:
    """Admit a candidate or do not."""
    small.do(
        acts.CandidateScreened(
            at=small.at,
            by=by,
            body="screeners",
            election=name,
            candidate=member,
            admitted=verb == "admits",
            reason=reason,
        )
    )


def ballot_names(small: Small, name: str) -> str:
    """Say who stands on the ballot, and why the others do not."""
    election = small.state.elections[name]
    said = [(c, candidacy.missing(small.state, election, c)) for c in election.nominators]
    return "\n".join(f"{c} {why or 'stands'}" for c, why in said)


def calls(small: Small, by: str, name: str, charter: str) -> None:
    """Call on all members to found anew."""
    text = {"without screeners": NEW, "as it is": CHARTER}[charter]
    small.do(acts.RefoundingCalled(at=small.at, by=by, refounding=name, charter=small.blob(text)))


def forms(small: Small, members: str, name: str) -> None:
    """Form a current."""
    named = tuple(members.split(", "))
    small.do(acts.CurrentFormed(at=small.at, by=named[0], current=name, name=name, members=named))


def joins(small: Small, by: str, verb: str, name: str, word: str = "") -> str:
    """Join or leave a current, or join a minority that leaves."""
    secret = commitment(word) if word else ""
    if name in small.state.leavings:
        small.do(acts.LeavingJoined(at=small.at, by=by, leaving=name))
        return ""
    change = acts.CurrentJoined if verb == "joins" else acts.CurrentLeft
    small.do(change(at=small.at, by=by, current=name, commitment=secret))
    of = small.state.currents[name]
    return f"{name}: {', '.join(sorted(of.members))} named, {len(of.hidden)} not named"


def tells(small: Small, by: str, name: str, text: str) -> None:
    """Publish a platform."""
    small.do(acts.PlatformPublished(at=small.at, by=by, current=name, text=small.blob(text + "\n")))


def forbids(small: Small, by: str, body: str, name: str) -> None:
    """Try to forbid a current."""
    small.do(acts.CurrentForbidden(at=small.at, by=by, body=body, current=name))


def announces(small: Small, by: str, name: str, group: str) -> None:
    """Begin a minority that leaves."""
    small.do(acts.LeavingAnnounced(at=small.at, by=by, leaving=name, group=group, decision=""))


def completes(small: Small, by: str, name: str) -> str:
    """Complete a leaving, and say who is gone."""
    small.do(acts.LeavingCompleted(at=small.at, by=by, leaving=name))
    return f"{', '.join(small.state.leavings[name].members)} have left"


def who_leaves(small: Small, name: str) -> str:
    """Say who would leave now."""
    return ", ".join(leaving.leavers(small.state, small.state.leavings[name]))


def leaves_whole(small: Small, group: str) -> str:
    """Let a workplace decide to leave, wait for its notice, and complete it."""
    leave_with_all(small, f"assembly/{group}", "leaving", f"workplace/{group}")
    return f"{', '.join(small.state.leavings['go'].members)} have left"


def stock(small: Small, group: str) -> str:
    """Say what stands in the books of a workplace."""
    rows = [r for r in balance.accounts_of(small.state.journal, group) if r.account.kind in (Kind.STOCK, Kind.OUTSIDE)]
    return "\n".join(f"{r.account.unit} {r.account.kind}: {float(r.balance):g}" for r in rows)


def enters(small: Small, member: str) -> None:
    """Enter a member into the mill."""
    groups = {"workplace": "mill", "trade": "bakers", "locality": "hilltown"}
    by = standing.filled(small.state, "secretary", small.at)[0].member
    small.do(acts.MemberJoined(at=small.at, by=by, body="secretary", member=member, commitment="0" * 64, groups=groups))


WHO = r"(m-\d{4}|clerk)"
Step = Callable[..., str | None]
STEPS: tuple[tuple[str, Step], ...] = (
    (r"([m\-\d, ]+) (?:is|are) elected to (\S+) by (\S+)", elects),
    (r"who sits in (\S+)\?", sits),
    (r"(\d+) days? pass", passes),
    (WHO + r" petitions against the holder of (\S+) as (\S+): (.+)", petitions),
    (WHO + r" signs (\S+)", signs),
    (WHO + r" opens the vote on (\S+)", opens),
    (r"the vote on (\S+): (.+)", votes),
    (WHO + r" resigns from (\S+)", resigns),
    (WHO + r" names (m-\d+) to act in (\S+), for (\S+)", acts_in),
    (r"which seats are vacant\?", vacant),
    (r"what awaits (m-\d+)\?", awaits),
    (r"the election (\S+) of (\S+) by (\S+) is opened", calls_election),
    (WHO + r" stands in ([^\s,]+)(.*)", stands),
    (WHO + r" (admits|turns down) (m-\d+) in (\S+): (.+)", screens),
    (r"who stands on the ballot of (\S+)\?", ballot_names),
    (WHO + r" calls all members as (\S+) to a charter (.+)", calls),
    (r"(m-[m\-\d, ]+) form the current (\S+)", forms),
    (WHO + r" (joins|leaves) (\S+)(?: under the word (\S+))?", joins),
    (WHO + r" tells all members for (\S+): (.+)", tells),
    (WHO + r" forbids, for (\S+), the current (\S+)", forbids),
    (WHO + r" announces as (\S+) that a minority of (\S+) leaves", announces),
    (WHO + r" completes (\S+)", completes),
    (r"who leaves with (\S+)\?", who_leaves),
    (r"the assembly of (\S+) decides to leave, and after its notice leaves", leaves_whole),
    (r"what stands in the books of (\S+)\?", stock),
    (r"the secretary enters (m-\d+) into the mill", enters),
)


def done(small: Small, line: str) -> str:
    """Do one step and return what is answered."""
    for pattern, step in STEPS:
        found = re.fullmatch(pattern, line)
        if found:
            try:
                return step(small, *(g for g in found.groups() if g is not None)) or ""
            except Refused as refused:
                return str(refused)
    raise AssertionError(f"no step reads: {line}")


def federation(first: str) -> Small:
    """Return the federation that the first line names."""
    match first:
        case "; valley":
            return begun()
        case "; valley with secret currents":
            return begun(CHARTER.replace('membership = "open"', 'membership = "secret"'))
        case "; harvest":
            return with_stock()
    raise AssertionError(f"the first line names no federation: {first}")


def played(transcript: str) -> str:
    """Return the transcript as it is seen now."""
    out: list[str] = []
    small = federation(transcript.partition("\n")[0])
    for line in transcript.splitlines():
        if line.startswith("  "):
            continue
        out.append(line)
        if line.startswith("> "):
            out += [f"  {answer}" for answer in done(small, line[2:]).splitlines()]
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda p: p.stem)
def test_a_delegate_reads_what_the_transcript_says(path: Path) -> None:
    now = played(path.read_text(encoding="utf-8"))
    if WRITE:
        path.write_text(now, encoding="utf-8")

    assert now == path.read_text(encoding="utf-8")
