"""Transcripts of motions: what is done after ``>``, in plain words, and what comes of it, to the letter.

``| …`` gives the lines of a text. Where an act is refused, or a result noted, the answer stands below, two blanks in.
The federation is small: three workplaces, three trades, every body elected (``tests/federation/deciding.py``). Run with
COMITIA_TRANSCRIPTS=write to write what is seen now.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from deciding import assembled, ballot, opening, published, sitting
from small import Small, elect

from comitia.federation import acts, positions, standing
from comitia.federation.refusal import Refused

HERE = Path(__file__).parent / "motions"
WRITE = os.environ.get("COMITIA_TRANSCRIPTS") == "write"


def someone(small: Small, name: str) -> str:
    """Return a member: by number, or ``2nd of committee/mill`` who sits there."""
    found = re.fullmatch(r"(\d)(?:st|nd|rd|th) of (\S+)", name)
    return sitting(small, found[2])[int(found[1]) - 1] if found else name


def moves(small: Small, text: str, who: str, name: str, matter: str, body: str) -> None:
    """Move a motion; ``about X``, ``under article N``, ``against X``, ``touching X`` follow the body."""
    body, _, rest = body.partition(" ")
    found = dict(re.findall(r"(about|article|against|touching) (\S+)", rest))
    more: dict[str, object] = {"subject": found.get("about", ""), "figures": found.get("article", "")}
    if "against" in found:
        more["appeals"] = found["against"]
    if "touching" in found:
        more["affects"] = tuple(found["touching"].split("+"))
    by = someone(small, who)
    small.do(
        acts.MotionMoved(
            at=small.at, by=by, body=body, motion=name, matter=matter, title=name, text=small.blob(text), **more
        )  # type: ignore[arg-type]
    )


def amends(small: Small, text: str, who: str, motion: str, name: str, first: str, last: str) -> None:
    """Move an amendment."""
    lines = tuple(text.splitlines())
    small.do(
        acts.AmendmentMoved(
            at=small.at,
            by=someone(small, who),
            amendment=name,
            motion=motion,
            first=int(first),
            last=int(last),
            lines=lines,
        )
    )


def takes_in(small: Small, text: str, who: str, name: str) -> None:
    """The mover takes an amendment in."""
    small.do(acts.AmendmentAccepted(at=small.at, by=someone(small, who), amendment=name))


def proposes(small: Small, text: str, who: str, name: str, motion: str) -> None:
    """Move an alternative text."""
    by = someone(small, who)
    small.do(
        acts.AlternativeMoved(at=small.at, by=by, alternative=name, motion=motion, title=name, text=small.blob(text))
    )


def opens(small: Small, text: str, motion: str) -> None:
    """Open the next division on a motion, in a deadlock or not."""
    stage = "exit" if small.state.motions[motion].outcome == "deadlock" else "houses"
    small.do(opening(small, motion, stage=stage))


def votes(small: Small, text: str, body: str, motion: str, choices: str) -> None:
    """The seats of a body vote in the open, in order; ``-`` is silent."""
    for term, choice in zip(standing.filled(small.state, body, small.at), choices.split(), strict=False):
        if choice == "-":
            continue
        house = term.seat.partition(":")[0]
        given = {"at": small.at, "by": term.member, "body": house, "motion": motion, "seat": term.seat}
        if small.state.motions[motion].divisions[-1].reading == 0:
            small.do(acts.RankingCast(ranking=tuple(choice.split(">")), **given))  # type: ignore[arg-type]
        elif positions.is_positions(small.state.motions[motion]):
            small.do(acts.PositionTaken(position=choice, reason="see the minutes", **given))  # type: ignore[arg-type]
        else:
            small.do(acts.VoteCast(choice=choice, **given))  # type: ignore[arg-type]


def votes_in_secret(small: Small, text: str, body: str, motion: str, choices: str) -> None:
    """Members of an assembly vote in secret: ``3 for, 2 against``."""
    papers = [word for number, word in re.findall(r"(\d+) (\w+)", choices) for _ in range(int(number))]
    ballot(small, motion, body, *papers)


def shows_hands(small: Small, text: str, body: str, motion: str, numbers: str) -> None:
    """Two tellers count hands: ``6 present, 4 for, 1 against, 1 abstaining``."""
    present, in_favour, against, abstaining = (int(n) for n in re.findall(r"\d+", numbers))
    tellers = tuple(sitting(small, "tellers")[:2])
    small.do(
        acts.HandVoteCounted(
            at=small.at,
            by=tellers[0],
            body=body,
            motion=motion,
            tellers=tellers,
            present=present,
            in_favour=in_favour,
            against=against,
            abstaining=abstaining,
        )
    )


def objects(small: Small, text: str, who: str, motion: str, name: str, reason: str) -> None:
    """Object with a reason."""
    by = someone(small, who)
    small.do(acts.ObjectionRaised(at=small.at, by=by, objection=name, motion=motion, reason=reason))


def takes_back(small: Small, text: str, who: str, what: str, name: str) -> None:
    """Take a motion, an amendment or an objection back."""
    by = someone(small, who)
    match what:
        case "motion":
            small.do(acts.MotionWithdrawn(at=small.at, by=by, motion=name))
        case "amendment":
            small.do(acts.AmendmentWithdrawn(at=small.at, by=by, amendment=name))
        case _:
            small.do(acts.ObjectionWithdrawn(at=small.at, by=by, objection=name))


def advises(small: Small, text: str, who: str, motion: str) -> None:
    """Advise the mover."""
    small.do(acts.AdviceGiven(at=small.at, by=someone(small, who), motion=motion, text=small.blob(text)))


def blocks(small: Small, text: str, who: str, names: str, block: str) -> None:
    """Put motions together."""
    small.do(acts.BlockFormed(at=small.at, by=someone(small, who), block=block, motions=tuple(names.split("+"))))


def splits(small: Small, text: str, who: str, name: str, block: str) -> None:
    """Ask for a motion by itself."""
    small.do(acts.BlockSplit(at=small.at, by=someone(small, who), block=block, motion=name))


def waits(small: Small, text: str, days: str) -> None:
    """Let days pass."""
    small.wait(int(days))


def elects(small: Small, text: str, body: str, electing: str) -> None:
    """Elect a seat of a body by one of those who fill it."""
    elect(small, body, electing, sitting(small, electing)[:1])


def appoints_tellers(small: Small, text: str) -> None:
    """Elect the tellers."""
    taken = {*sitting(small, "board"), *sitting(small, "secretary")}
    elect(small, "tellers", "congress", [m for m in sorted(small.state.members) if m not in taken][-3:])


def notes(small: Small, text: str, motion: str, by: str = "clerk") -> str:
    """Let the time of voting pass, publish the ballots, note the result and say it."""
    published(small, motion)
    small.do(acts.DivisionClosed(at=small.at, by=someone(small, by), motion=motion))
    of = small.state.motions[motion]
    running = of.divisions[-1]
    if running.verdict is None:
        assert of.choice_sheet is not None
        return f"chosen: {of.chosen or of.id}. {of.choice_sheet.stages[-1].sentence}"
    return f"{running.verdict.sentence}\n{motion}: {of.outcome or 'to the next reading'}"


def reads(small: Small, text: str, motion: str) -> str:
    """Say the text of a motion as it stands."""
    return "\n".join(f"| {line}" for line in small.state.motions[motion].lines)


def asks(small: Small, text: str, motion: str) -> str:
    """Say how a motion stands."""
    of = small.state.motions[motion]
    decided = {a: small.state.amendments[a].outcome or "waiting" for a in of.amendments}
    rests = f", rests until {of.suspended} is decided" if of.suspended and of.outcome in ("", "carried") else ""
    said = "; ".join(f"amendment {a}: {outcome}" for a, outcome in decided.items())
    return f"{motion}: {of.outcome or 'not decided'}{rests}" + (f"; {said}" if said else "")


Step = Callable[..., str | None]
WHO = r"(m-\d{4}|\d\w\w of \S+)"
STEPS: tuple[tuple[str, Step], ...] = (
    (WHO + r" moves (\S+) under (\S+) for (.+)", moves),
    (WHO + r" amends (\S+) as (\S+), lines (\d+) to (\d+)", amends),
    (WHO + r" takes in (\S+)", takes_in),
    (WHO + r" proposes (\S+) instead of (\S+)", proposes),
    (r"voting on (\S+) opens", opens),
    (r"(\S+) votes on (\S+): (.+)", votes),
    (r"(\S+) votes in secret on (\S+): (.+)", votes_in_secret),
    (r"(\S+) shows hands on (\S+): (.+)", shows_hands),
    (WHO + r" objects to (\S+) as (\S+): (.+)", objects),
    (WHO + r" takes back the (motion|amendment|objection) (\S+)", takes_back),
    (WHO + r" advises on (\S+)", advises),
    (WHO + r" puts (\S+) together as (\S+)", blocks),
    (WHO + r" asks for (\S+) by itself, out of (\S+)", splits),
    (r"(\d+) days? pass", waits),
    (r"(\S+) is elected by (\S+)", elects),
    (r"tellers are elected", appoints_tellers),
    (r"the result of (\S+) is noted(?: by " + WHO + ")?", notes),
    (r"the text of (\S+) is read", reads),
    (r"how does (\S+) stand\?", asks),
)


def done(small: Small, line: str, text: str) -> str:
    """Do one step and return what is answered."""
    for pattern, step in STEPS:
        found = re.fullmatch(pattern, line)
        if found:
            try:
                return step(small, text, *(g for g in found.groups() if g is not None)) or ""
            except Refused as refused:
                return str(refused)
    raise AssertionError(f"no step reads: {line}")


def played(transcript: str) -> str:
    """Return the transcript as it is seen now."""
    small = assembled()
    out: list[str] = []
    blocks_of = re.split(r"(?m)^(?=> )", transcript)
    for part in blocks_of:
        if not part.startswith("> "):
            out.append(part)
            continue
        head, *rest = part.splitlines()
        given = [line for line in rest if line.startswith("| ")]
        after = [line for line in rest if not line.startswith(("| ", "  "))]
        answer = done(small, head[2:], "".join(line[2:] + "\n" for line in given))
        out.append("\n".join([head, *given, *(f"  {line}" for line in answer.splitlines()), *after]) + "\n")
    return "".join(out)


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda p: p.stem)
def test_a_delegate_reads_what_the_transcript_says(path: Path) -> None:
    now = played(path.read_text(encoding="utf-8"))
    if WRITE:
        path.write_text(now, encoding="utf-8")

    assert now == path.read_text(encoding="utf-8")
