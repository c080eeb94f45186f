"""Faults of silence and of quorums: silence read in two ways, quorums never met, votes that do harm by being cast."""

from collections.abc import Iterator
from fractions import Fraction

from comitia.charter.fault import Fault, at, is_seated, quoted, seats_known
from comitia.charter.structure import Charter, Kind, Matter

_HALF = Fraction(1, 2)
_FIXED = ("members", "seats", "filled")
"""Bases that are the same whoever comes."""

_BINDING = ("charter", "merger", "dissolution")
"""Effects that bind for good those who were not there."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of silence and quorum, matter by matter and between the matters of one body."""
    for matter in charter.matters.values():
        deciding = tuple(charter.kinds[k] for k in matter.decided_by if k in charter.kinds)
        yield from _silence(matter)
        yield from _unsaid(matter)
        yield from _quorum(charter, matter, deciding)
        yield from _absence(matter)
        yield from _few(charter, matter, deciding)
    yield from _two_silences(charter)


def _silence(matter: Matter) -> Iterator[Fault]:
    abstaining = matter.abstentions_count_to_quorum is not False
    if matter.quorum > 0 and (matter.silence == "consents" or (matter.silence == "abstains" and abstaining)):
        takes = "abstaining" if matter.silence == "abstains" else "consent"
        yield at(
            matter,
            "silence-contradicts",
            reason=f"“{matter.name}”: silence counts as {takes}, so those who are silent take part, and the quorum "
            "is always "
            "met.",
            harm="Three of fifty vote; forty-seven who know nothing of it are counted as present.",
            repair='Use silence = "absent", or quorum = "0" and say that there is none.',
        )
    if matter.silence == "abstains" and abstaining and not matter.no_counts_to_quorum:
        yield at(
            matter,
            "silence-contradicts",
            reason=f"“{matter.name}”: those who are silent count to the quorum, those who vote against do not.",
            harm="Opponents who speak are not there; opponents who sleep are.",
            repair="Let votes against count to the quorum: no_counts_to_quorum = true.",
        )
    if matter.silence == "consents" and matter.procedure == "vote":
        yield at(
            matter,
            "silence-carries",
            reason=f"“{matter.name}”: whoever is silent is counted as voting for it.",
            harm="It is moved on the day before the holidays, and carried by those who were away.",
            repair='Use silence = "absent" here and wherever the same body decides, or procedure = "consent", in which '
            "one reasoned objection is enough.",
        )


def _unsaid(matter: Matter) -> Iterator[Fault]:
    if matter.quorum > 0 and matter.abstentions_count_to_quorum is None:
        yield at(
            matter,
            "abstentions-unsaid",
            reason=f"“{matter.name}” has a quorum, and nothing says whether who abstains counts to it; here she does.",
            harm="Five sit: two vote for, three abstain. One half says that it is carried, the other that there was no "
            "quorum.",
            repair="Set abstentions_count_to_quorum = true, or false where those who abstain shall not help it.",
        )


def _two_silences(charter: Charter) -> Iterator[Fault]:
    first: dict[str, Matter] = {}
    for matter in charter.matters.values():
        # A sense check decides nothing, and with advice the mover decides: nobody's silence is counted there.
        if matter.procedure in ("sense_check", "advice"):
            continue
        for name in matter.decided_by:
            other = first.setdefault(name, matter)
            if other.silence != matter.silence:
                yield at(
                    matter,
                    "silence-contradicts",
                    reason=f"“{matter.name}”: in “{name}” silence is {matter.silence} here, but {other.silence} for "
                    f"“{other.name}”.",
                    harm="The same people, silent in the same way, are present on one motion and absent on the next.",
                    repair="Choose one meaning of silence for each body.",
                )


def _is_single(kind: Kind) -> bool:
    return kind.seats is not None and kind.seats.fixed == 1 and not kind.constituencies


def _quorum(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    if isinstance(matter.quorum, int):
        yield from _quorum_of_people(charter, matter, deciding)
        return
    seated = tuple(kind.name for kind in deciding if is_seated(kind))
    if seated and matter.quorum > 0 and matter.quorum_base == "members":
        yield at(
            matter,
            "quorum-never-met",
            reason=f"“{matter.name}”: the quorum is counted on members, but only seats vote in {quoted(seated)}.",
            harm=f"With 200 members and 12 seats, a quorum of {matter.quorum} asks for more people than can be "
            "present.",
            repair='Count it on the seats filled: quorum_base = "filled".',
        )
    if matter.quorum == 1 and not all(_is_single(kind) for kind in deciding):
        yield at(
            matter,
            "quorum-never-met",
            reason=f"“{matter.name}”: everybody must take part.",
            harm="One person who is ill, or stays away on purpose, stops every decision.",
            repair='Ask for a share that comes to votes, for instance quorum = "1/2".',
        )


def _quorum_of_people(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    for kind in deciding:
        seats = seats_known(charter, kind)
        if seats is not None and (matter.quorum > seats or matter.quorum == seats > 1):
            asks = "all" if matter.quorum == seats else f"{matter.quorum} people, more than the"
            yield at(
                matter,
                "quorum-never-met",
                reason=f"“{matter.name}”: the quorum is {asks} {seats} seats of the {kind.name}.",
                harm="One vacant seat, or one person who stays away on purpose, stops every decision.",
                repair=f'Use quorum = "1/2" with quorum_base = "filled", or at the most {seats // 2 + 1} people.',
            )


def _absence(matter: Matter) -> Iterator[Fault]:
    """Yield where those against do better by staying away, or where the quorum is a hidden majority.

    A quorum that is no larger than the majority itself asks for nothing more; one above one half lets a minority that
    stays away undo a majority that came.
    """
    if matter.procedure != "vote" or isinstance(matter.quorum, int):
        return
    asked = max(_HALF, matter.threshold if matter.base in _FIXED else Fraction(0))
    if matter.quorum <= asked or matter.quorum == 1:
        return
    if matter.no_counts_to_quorum:
        reason = f"the quorum is {matter.quorum}, votes against help it, and those against do better to stay away"
        harm = "Sixty of a hundred come and want it. Had the forty others come to vote against it, it were carried."
    else:
        reason = (
            f"the quorum is {matter.quorum} without the votes against: it is a majority that the article does not name"
        )
        harm = "More than half want it and say so, and it is said that there was no quorum."
    yield at(
        matter,
        "absence-beats-no",
        reason=f"“{matter.name}”: {reason}.",
        harm=harm,
        repair=f'Use quorum = "{asked}" or less, or ask for the majority you mean: base = "filled", at_least = '
        f'"{matter.quorum}".',
    )


def _few(charter: Charter, matter: Matter, deciding: tuple[Kind, ...]) -> Iterator[Fault]:
    """Yield where fewer decide for good than the majority of those who usually come, as far as the charter says it."""
    if matter.effect not in _BINDING or (matter.procedure == "vote" and matter.base in _FIXED):
        return
    names = tuple(kind.name for kind in deciding)
    base = "filled" if all(is_seated(kind) for kind in deciding) else "members"
    if names and matter.quorum == 0:
        yield at(
            matter,
            "few-decide",
            reason=f"“{matter.name}”: there is no quorum, and the majority is one of those who come to "
            f"{quoted(names)}.",
            harm="Three come on a summer evening, two of them change the charter of four hundred.",
            repair=f'Set quorum = "1/2" and quorum_base = "{base}", or count the majority on all: base = "{base}".',
        )
    for kind in deciding:
        turnout = _usual(charter, kind)
        if isinstance(matter.quorum, Fraction) and 0 < matter.quorum < turnout / 2:
            yield at(
                matter,
                "few-decide",
                reason=f"“{matter.name}”: its quorum is {matter.quorum}, less than half of the {turnout} who must vote "
                f"in an election by the {kind.name}.",
                harm="A minority of those who come to elect a committee is enough to change the charter.",
                repair=f'Set quorum = "{turnout / 2}" or more.',
            )


def _usual(charter: Charter, kind: Kind) -> Fraction:
    """Return the largest share of an assembly that an election by it asks for: so many are known to come."""
    asked = (k.candidacy.turnout for k in charter.kinds.values() if k.candidacy and k.electors == kind.id)
    return max(asked, default=Fraction(0)) if not is_seated(kind) else Fraction(0)
