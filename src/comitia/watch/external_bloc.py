"""I25, blocs: seats of a deciding body held by one organisation, and outcomes that one bloc settled by itself.

An organisation is a current whose members are named, or a group of a roll on which no body of the charter stands (a
register of declared interests). A division was predetermined if all of the bloc who voted did so alike, they were more
than half of those who voted, and it went their way. Source: bodies used as a facade; the figures are our own.
"""

from collections.abc import Mapping
from fractions import Fraction

from comitia.watch import answers, appointment_reach, effective_currents
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.ledger import Decided
from comitia.watch.view import View

BLOC = Indicator(
    "I25", "largest bloc", "seats held by members of one declared organisation / filled seats of the body", "0 to 1",
    "our own; through the councils and in their name", "interests that nobody declared are not seen", "share",
)  # fmt: skip
PREDETERMINED = Indicator(
    "I25", "predetermined outcomes", "divisions that one bloc, voting as one and in the majority, settled / divisions",
    "0 to 1", "our own; UAW Administration Caucus", "a majority that agrees need not have been told to", "share",
)  # fmt: skip


def blocs(view: View) -> dict[str, frozenset[str]]:
    """Return the declared organisations and their members."""
    found = {name: frozenset(people) for name, people in effective_currents.members_of_currents(view).items()}
    standing = {kind.each for kind in view.rules.kinds.values()}
    gathered = {roll for r in view.rules.rolls.values() for roll in r.gathers}
    for roll in view.rules.rolls.values():
        if roll.id in standing or roll.id in gathered or roll.gathers:
            continue
        for group, people in view.members_by_group(roll.id).items():
            found[f"{roll.id}/{group}"] = frozenset(people)
    return found


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for each of the highest bodies, and for those without groups that decided in the term."""
    known = blocs(view)
    decided = {body for row in view.decided for body, _ in row.spoken if "/" not in body}
    bodies = dict.fromkeys((*appointment_reach.highest(view), *sorted(decided)))
    return tuple(one for body in bodies if body in view.by_kind for one in _body(view, body, known))


def _body(view: View, body: str, known: dict[str, frozenset[str]]) -> tuple[Reading, Reading]:
    held = [f for f in view.by_kind[body] if f.body == body]
    sizes = {name: sum(f.term.member in people for f in held) for name, people in known.items()}
    most = max(sizes, key=lambda name: (sizes[name], name), default="")
    articles = answers.motions(view.rules)
    where = view.plural(body)
    count = sizes.get(most, 0)
    acts = tuple(sorted({f.act for f in held if f.term.member in known.get(most, ())}))
    sentence = (
        f"{count} of {len(held)} filled seats of {where} are held by members of {most}."
        if count
        else f"No declared organisation holds a seat of {where}."
    )
    settled, rows = [], [(row, dict(row.spoken)[body]) for row in view.decided if body in dict(row.spoken)]
    for row, said in rows:
        if any(_settles(people, said, carried_in(row, body)) for people in known.values()):
            settled.append(row.act)
    return (
        share(BLOC, body, (count, len(held)), sentence, acts=acts, articles=articles),
        share(
            PREDETERMINED, body, (len(settled), len(rows)),
            f"{len(settled)} of {len(rows)} divisions of {where} were settled by one bloc that voted as one.",
            acts=tuple(settled), articles=articles,
        ),
    )  # fmt: skip


def carried_in(row: Decided, body: str) -> bool:
    """Return whether one of the bodies that decided carried a division."""
    verdict = row.division.verdict
    return verdict is not None and verdict.verdicts[row.division.bodies.index(body)].carried


def _settles(people: frozenset[str], said: Mapping[str, str], carried: bool) -> bool:
    own = {choice for member, choice in said.items() if member in people}
    number = sum(member in people for member in said)
    return own == {"for" if carried else "against"} and Fraction(number, len(said)) > Fraction(1, 2)
