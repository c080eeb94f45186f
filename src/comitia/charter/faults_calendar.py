"""Faults of time: what never lapses, fast appointment inside slow election, vacancies, reports, meetings, notice."""

from collections.abc import Iterator

from comitia.charter.fault import Fault, at, choosers_above, quoted, roots
from comitia.charter.structure import Candidacy, Charter, Kind, Matter

_YEAR = 366
"""Longest time, in days, for which a seat may stay vacant before it counts as lost to its electors."""

_LIFE = 3653
"""A term of ten years or more (in days) ends with a working life, not with a mandate."""

_BINDING = ("charter", "merger", "dissolution", "leaving")
"""Effects that bind those who were not there, and that nobody should find decided overnight."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of terms, vacancies, reports, readings and notice."""
    for kind in charter.kinds.values():
        yield from _meetings(charter, kind)
        if kind.form in ("elected", "appointed"):
            yield from _term(kind)
            yield from _reports(kind)
            yield from _fast(charter, kind)
        if kind.candidacy:
            yield from _vacancy(charter, kind, kind.candidacy)
    for matter in charter.matters.values():
        yield from _days(matter)


def _term(kind: Kind) -> Iterator[Fault]:
    if kind.term_days == 0 or kind.term_days >= _LIFE:
        yield at(
            kind,
            "term-never-lapses",
            reason=f"A seat of the {kind.name} does not lapse"
            + (f" for {kind.term_days} days, ten years or more." if kind.term_days else "."),
            harm="She was elected by people of whom half have left since, and still speaks for them.",
            repair="Set term_days to 365, or to a few years at the most.",
        )


def _reports(kind: Kind) -> Iterator[Fault]:
    if kind.report_days == 0:
        yield at(
            kind,
            "no-longest-interval",
            reason=f"No time is set within which the {kind.name} must report to those who filled its seats.",
            harm="The board meets its electors when it is re-elected, and tells them what suits that day.",
            repair="Set report_days to the longest time between two reports, for instance 90.",
        )
    elif 0 < kind.term_days < kind.report_days:
        yield at(
            kind,
            "no-longest-interval",
            reason=f"The {kind.name} must report every {kind.report_days} days, but sits for {kind.term_days}.",
            harm="Every term is over before its first report is due.",
            repair=f"Set report_days to {max(1, kind.term_days // 4)}.",
        )


def _meetings(charter: Charter, kind: Kind) -> Iterator[Fault]:
    """Yield where nothing says how often a body that decides must meet, or where saying it helps nobody."""
    asked = [matter for matter in charter.matters.values() if kind.id in matter.decided_by]
    if kind.office or not asked:
        return
    if kind.meeting_days == 0:
        yield from _no_interval(charter, kind, {name for matter in asked for name in matter.movers})
        return
    if 0 < kind.term_days < kind.meeting_days:
        yield at(
            kind,
            "no-longest-interval",
            reason=f"The {kind.name} must meet every {kind.meeting_days} days, but sits for {kind.term_days}.",
            harm="A whole term may pass without a meeting, and everybody has kept the rules.",
            repair=f"Set meeting_days to {max(1, kind.term_days // 4)}.",
        )
    yield from _no_remedy(charter, kind)


def _no_interval(charter: Charter, kind: Kind, named: set[str]) -> Iterator[Fault]:
    movers = {name for name in named if name == "member" or name in charter.kinds}
    people = {"member", kind.id, *kind.houses, *(k.id for k in charter.kinds.values() if k.form == "all")}
    if not movers & people and movers:
        yield at(
            kind,
            "no-longest-interval",
            reason=f"Only {quoted(tuple(sorted(movers)))} may put a motion to the {kind.name}, and no time is set "
            "within which that must happen.",
            harm="The congress is due in spring; those who must face it call it in the autumn of the year after.",
            repair='Let it, or any member, move what it decides: movers = ["member"].'
            if charter.language == 1
            else _meet(kind),
        )
    # Language 1 had no word for the interval.
    elif charter.language > 1:
        yield at(
            kind,
            "no-longest-interval",
            reason=f"No longest time between two meetings of the {kind.name} is set.",
            harm="A year passes without a vote, for nobody had to see to it; what it should have decided was settled "
            "elsewhere.",
            repair=_meet(kind),
        )


def _meet(kind: Kind) -> str:
    days = max(1, kind.term_days // 4) if kind.term_days else 365
    return f'Set meeting_days to {days}, and write convened_by = "electors"; or as long as its people can wait.'


def _no_remedy(charter: Charter, kind: Kind) -> Iterator[Fault]:
    """Yield where its people may move when the interval is over, but not by the permissions."""
    if kind.convened_by == "nobody":
        yield at(
            kind,
            "interval-without-remedy",
            reason=f"The {kind.name} must meet every {kind.meeting_days} days, and where it does not, nobody else may "
            "put a motion to it.",
            harm="The time is over. Everybody knows the article, and everybody waits for those who broke it.",
            repair='Write convened_by = "electors": whoever sits in it or fills its seats.',
        )
        return
    people = {kind.id, *roots(kind)} if kind.convened_by == "electors" else {"member"}
    for act in ("motion_moved", "division_opened"):
        permission = charter.permissions.get(act)
        if permission and not {"member", "elector"} & set(permission.by) and not people <= set(permission.by):
            yield at(
                permission,
                "power-without-permission",
                reason=f"Where the {kind.name} has not met for {kind.meeting_days} days, {kind.convened_by} may move "
                f"what it decides; but {act} is permitted to others alone.",
                harm="The time is over, the members stand before the door, and those who keep them waiting hold the "
                "key.",
                repair=f"Add “elector” to the permission for {act}.",
            )


def _loops(charter: Charter, filler: str, filled: Kind) -> bool:
    """Return whether those who fill a seat are themselves filled by way of it."""
    return filler in charter.kinds and filled.id in choosers_above(charter, charter.kinds[filler])


def _fast(charter: Charter, kind: Kind) -> Iterator[Fault]:
    """Yield where seats are filled faster than those who fill them can be replaced, and fill these in their turn.

    A chain of elections brings the same change round to the top after a whole term; by then the top has appointed
    everybody who elects it. Two people of a secretariat are enough to close the circle within one term.
    """
    rule = kind.candidacy
    ways = [(name, kind.term_days, "appoints", "term_days") for name in kind.appointed_by]
    if rule and rule.acting_by:
        ways.append((rule.acting_by, rule.acting_days, "names who acts in", "acting_days"))
    for name, days, does, key in ways:
        if not _loops(charter, name, kind) or name == kind.id:
            continue
        filler = charter.kinds[name]
        repair = (
            f'Take acting_by = "{name}" out and acting_days with it, or name a body there that the {kind.name} does '
            "not help to fill."
        )
        if key == "term_days":
            repair = f"Let the own electors of the {kind.name} fill its seats, or let term_days be {filler.term_days}."
        if 0 < days < filler.term_days:
            yield at(
                kind,
                "fast-inside-slow",
                reason=f"The {filler.name} {does} the {kind.name} for {days} days at a time, and is itself filled by "
                "way of "
                f"it, once in {filler.term_days} days.",
                harm=f"Before its own term is over, the {filler.name} has put its people wherever its electors sit.",
                repair=repair,
            )


def _vacancy(charter: Charter, kind: Kind, rule: Candidacy) -> Iterator[Fault]:
    if rule.acting_by and rule.acting_days >= kind.term_days:
        yield at(
            kind,
            "acting-outlasts-term",
            reason=f"Somebody named acts in a seat of the {kind.name} for {rule.acting_days} days, and who is "
            "elected sits "
            f"for {kind.term_days}.",
            harm="Who is named for the time being serves as long as who is elected, and nobody bothers to elect.",
            repair=f"Set acting_days to {max(1, kind.term_days // 6)} or less, and by_election_days likewise.",
        )
    # Language 1 let the electors open an election for a vacant seat at any time.
    if charter.language > 1 and rule.by_election_days == 0 and kind.term_days > _YEAR:
        yield at(
            kind,
            "vacancy-stays",
            reason=f"A vacant seat of the {kind.name} is filled at the next ordinary election, up to "
            f"{kind.term_days} days "
            "later.",
            harm="The delegate of the turners dies in spring; for years they have nobody in the house.",
            repair="Set by_election_days to 30.",
        )


def _days(matter: Matter) -> Iterator[Fault]:
    if matter.readings > 1 and matter.reading_days == 0:
        yield at(
            matter,
            "readings-at-once",
            reason=f"“{matter.name}”: its {matter.readings} readings may be held one straight after the other.",
            harm="The second reading is there to think again, and is over before anybody has left the room.",
            repair="Set reading_days to the days between two readings, for instance 7.",
        )
    if matter.effect in _BINDING and matter.notice_days == 0:
        yield at(
            matter,
            "no-notice",
            reason=f"“{matter.name}”: voting may open at the moment at which it is moved.",
            harm="A rule for everybody is changed by those who happen to be awake; the debate begins afterwards.",
            repair="Set notice_days to 7 or more.",
        )
    for step in matter.exits:
        if step.way == "second_reading" and step.days == 0:
            yield at(
                step,
                "readings-at-once",
                reason="The second reading may follow the first at once.",
                harm="The same people vote the same way within the hour, and the way out is used up.",
                repair="Set days to 3 or more.",
            )
