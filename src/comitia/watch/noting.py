"""How an act is taken down in the ledger: which acts say what, and from where in the state the settled facts come."""

from array import array
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from comitia.charter.structure import Charter, Kind
from comitia.decide.sheet import Sheet
from comitia.federation import acts, candidacy, positions, standing
from comitia.federation.state import Choice, Division, Election, Motion, State, Term
from comitia.watch.ledger import Counted, Decided, Ended, Filling, Happened, Ledger, Numbered, Polled, note_charters


def fold(taken: Iterable[acts.AnyAct], state: State) -> Ledger:
    """Return the ledger of a whole record, with the state at its end."""
    ledger = Ledger()
    go_on(ledger, taken, state)
    return ledger


def go_on(ledger: Ledger, taken: Iterable[acts.AnyAct], state: State) -> None:
    """Take further acts down, with the state after the last of them or later; the first has the index ``size``."""
    find = _NOTES.get
    index = ledger.size
    for act in taken:
        if len(state.charters) != len(ledger.charters):
            note_charters(ledger, state)
        notes = find(type(act))
        if notes is not None:
            notes(ledger, index, act, state)
        index += 1
    ledger.size = index


def is_executive(charter: Charter, kind: Kind | None) -> bool:
    """Return whether a kind of body executes: an office, appointed, or elected as one by delegates or other bodies.

    Assemblies, bodies elected by an assembly, houses of delegates and joint bodies are none.
    """
    if kind is None or kind.form in ("all", "joint") or kind.id in charter.houses:
        return False
    if kind.office or kind.form == "appointed":
        return True
    electors = charter.kinds.get(kind.electors)
    return electors is not None and electors.form != "all" and not kind.constituencies


def _speak(ledger: Ledger, index: int, act: acts.AnyAct, _state: State) -> None:
    spoken = ledger.spoken
    spoken.at.append(act.at)
    spoken.act.append(index)
    spoken.who.append(spoken.people[act.by])
    spoken.body.append(spoken.bodies[act.body])
    spoken.word.append(spoken.words[acts.word(act)])


def _term_of(state: State, seat: str, index: int) -> Term | None:
    for term in reversed(state.terms.get(seat, [])):
        if term.act == index:
            return term
        if term.act < index:
            return None
    return None


def _seated(
    ledger: Ledger, index: int, act: acts.OfficerCarriedOver | acts.SeatAppointed | acts.ActingNamed, state: State
) -> None:
    term = _term_of(state, act.seat, index)
    if term is None:
        return
    body = act.seat.partition(":")[0]
    above = "" if term.origin == "carried over" else act.body
    kind = body.partition("/")[0]
    ledger.fillings.append(Filling(act.at, index, term, body, kind, term.origin, above, (), False))
    _speak(ledger, index, act, state)


def _nominated(ledger: Ledger, index: int, act: acts.CandidateNominated, state: State) -> None:
    ledger.nominated.setdefault((act.election, act.candidate), set()).add(act.body)
    _speak(ledger, index, act, state)


def _published(ledger: Ledger, index: int, act: acts.BallotsPublished, state: State) -> None:
    of = state.ballots[act.ballot]
    carried = False
    if of.purpose == "recall":
        petition = next((r for r in state.recalls.values() if r.ballot == of.id), None)
        carried = petition is not None and petition.outcome == "carried"
    ledger.ballots.append(Polled(act.at, index, of.purpose, of.body, of.turnout, len(of.electorate), carried))
    election = state.elections.get(act.ballot) if of.purpose == "election" else None
    if election is None or election.sheet is None:
        return
    above = _put_up_by(ledger, election, act.at)
    kind = candidacy.kind_of(election)
    ledger.counted.append(_counted(act.at, index, election, state))
    contested = len(election.sheet.candidates) > len(election.seats)
    electing = tuple(e for e in election.constituency.split(",") if e)
    for seat in election.seats:
        term = _term_of(state, seat, index)
        if term is not None:
            ledger.fillings.append(
                Filling(act.at, index, term, election.body, kind.id, "elected", above, electing, contested)
            )


def _put_up_by(ledger: Ledger, election: Election, at: str) -> str:
    """Return the body that put up the only candidates of an election, or "".

    An assembly, or a body that elects these seats itself, puts nobody up from above; neither does whoever stands by
    herself, for no body. Where a gate left no more candidates than there are
    seats, and kept others out, the choice was the gate's.
    """
    assert election.sheet is not None
    if len(election.sheet.candidates) > len(election.seats):
        return ""
    own = {"", *election.constituency.split(",")}
    by: set[str] = set()
    for candidate in election.sheet.candidates:
        bodies = ledger.nominated.get((election.id, candidate), {""})
        if any(body in own or _is_assembly(ledger, body, at) for body in bodies):
            by.clear()
            break
        by |= bodies
    if by:
        return min(by)
    kept_out = any(not admitted for admitted, _, _ in election.screened.values())
    return candidacy.rules_of(candidacy.kind_of(election)).gate if kept_out else ""


def _is_assembly(ledger: Ledger, body: str, at: str) -> bool:
    kind = ledger.kind(body.partition("/")[0], at)
    return kind is None or kind.form == "all"


def _counted(at: str, index: int, election: Election, state: State) -> Counted:
    assert election.sheet is not None
    sheet, of = election.sheet, state.ballots[election.ballot]
    held = [t for t in (_before(state, seat, index) for seat in election.seats) if t is not None]
    again = {t.member for t in held} & set(sheet.candidates)
    rules = candidacy.rules_of(candidacy.kind_of(election))
    lists: dict[str, int] = {}
    for member in election.elected:
        if member in election.currents:
            lists[election.currents[member]] = lists.get(election.currents[member], 0) + 1
    return Counted(
        at, index, election.body, election.body.partition("/")[0], len(election.seats), len(sheet.candidates),
        len(of.electorate), of.turnout, election.elected, margin(sheet), len(again),
        len(again - set(election.elected)), len(election.nominators),
        sum(not admitted for admitted, _, _ in election.screened.values()), rules.gate, tuple(sorted(lists.items())),
    )  # fmt: skip


def _before(state: State, seat: str, index: int) -> Term | None:
    """Return the last term of a seat before the one that an act began."""
    return next((t for t in reversed(state.terms.get(seat, [])) if t.act < index), None)


def margin(sheet: Sheet) -> Fraction | None:
    """Return the least lead of an elected candidate over one who was not, at the last stage, per valid paper.

    None where nobody who stood was left out, or no paper was valid.
    """
    lost = [n for n in range(len(sheet.candidates)) if n not in sheet.winners]
    if not lost or not sheet.winners or not sheet.valid or not sheet.stages:
        return None
    totals = sheet.stages[-1].totals
    if len(totals) != len(sheet.candidates):
        return None
    return (min(totals[n] for n in sheet.winners) - max(totals[n] for n in lost)) / sheet.valid


def _closed(ledger: Ledger, index: int, act: acts.DivisionClosed, state: State) -> None:
    of = state.motions[act.motion]
    running = next((d for d in of.divisions if d.closed_act == index), None)
    _speak(ledger, index, act, state)
    if running is None or running.verdict is None:
        return
    charter = ledger.rules(act.at)
    mover = of.body.partition("/")[0]
    executive = is_executive(charter, ledger.kind(mover, act.at))
    ledger.decided.append(
        Decided(act.at, index, of, running, mover, executive, running.verdict.carried, _spoken(state, of, running))
    )


def _spoken(state: State, of: Motion, running: Division) -> tuple[tuple[str, dict[str, Choice]], ...]:
    found: dict[str, dict[str, Choice]] = {}
    said: list[tuple[str, Choice]] = [(seat, choice) for seat, (choice, _) in running.votes.items()]
    said += [(seat, positions.as_choice(of, taken[0])) for seat, taken in running.positions.items()]
    for seat, split in running.splits.items():
        parts: dict[Choice, Fraction] = {
            "for": split.in_favour, "against": split.against, "abstain": split.abstaining
        }  # fmt: skip
        said.append((seat, max(parts, key=lambda choice: parts[choice])))
    for seat, choice in said:
        # Voting is over before the close of voting: who held the seat just then is who spoke.
        term = standing.term(state, seat, running.opens_at) or standing.term(state, seat, running.closes_at)
        if term is not None:
            found.setdefault(seat.partition(":")[0], {})[term.member] = choice
    return tuple(found.items())


def _merged(ledger: Ledger, index: int, act: acts.BodyMerged, state: State) -> None:
    decided = _carriers(state, act.decisions)
    for body in act.bodies:
        if body != act.into:
            ledger.ended.append(Ended(act.at, index, body, act.into, decided))
    _speak(ledger, index, act, state)


def _dissolved(ledger: Ledger, index: int, act: acts.BodyDissolved, state: State) -> None:
    ledger.ended.append(Ended(act.at, index, act.dissolves, "", _carriers(state, (act.decision,))))
    _speak(ledger, index, act, state)


def _carriers(state: State, decisions: tuple[str, ...]) -> tuple[str, ...]:
    found = (state.motions[name].divisions[-1].bodies for name in decisions if name in state.motions)
    return tuple(body for bodies in found for body in bodies)


def _registered(ledger: Ledger, index: int, act: acts.GroupRegistered, _state: State) -> None:
    ledger.groups.append(Happened(act.at, index, act.roll, act.by, act.group))


def _joined(ledger: Ledger, index: int, act: acts.MemberJoined, _state: State) -> None:
    ledger.joined.append(Happened(act.at, index, act.member, act.by))
    for roll, group in act.groups.items():
        column = ledger.placed.setdefault(roll, array("q"))
        # Whoever is on no group of a roll is -1 there: the columns stay as long as the list of members.
        column.extend([-1] * (len(ledger.joined) - 1 - len(column)))
        column.append(ledger.places.setdefault(roll, Numbered())[group])


def _kept(rows: str, what: str) -> Callable[[Ledger, int, Any, State], None]:
    """Return a note that keeps an act's moment, whom it is about (its field ``what``) and by whom."""

    def note(ledger: Ledger, index: int, act: Any, state: State) -> None:
        getattr(ledger, rows).append(Happened(act.at, index, getattr(act, what), act.by, act.body))
        _speak(ledger, index, act, state)

    return note


def _current_formed(ledger: Ledger, index: int, act: acts.CurrentFormed, state: State) -> None:
    ledger.currents += [Happened(act.at, index, act.current, member, "joined") for member in act.members]
    _speak(ledger, index, act, state)


def _current_changed(word: str) -> Callable[[Ledger, int, Any, State], None]:
    def note(ledger: Ledger, index: int, act: Any, _state: State) -> None:
        who = act.commitment or act.by
        ledger.currents.append(Happened(act.at, index, act.current, who, word))

    return note


def _figures(ledger: Ledger, index: int, act: Any, state: State) -> None:
    # Hours are a union's terms; the hours of a run, in the file labour, are a committee's technique.
    if act.file == "hours":
        ledger.labour.append(Happened(act.at, index, act.file, act.by, act.body))
    _speak(ledger, index, act, state)


_SILENT = (
    acts.FederationFounded, acts.GroupRegistered, acts.MemberJoined, acts.KeyRegistered, acts.VoteTaken, acts.VoteCast,
    acts.BallotsPublished, acts.PositionTaken, acts.RankingCast, acts.VoteSplit,
)  # fmt: skip

_NOTES: dict[type, Callable[[Ledger, int, Any, State], None]] = {
    **{kind: _speak for kind in acts.BY_WORD.values() if kind not in _SILENT},
    acts.GroupRegistered: _registered,
    acts.MemberJoined: _joined,
    acts.MemberLeft: _kept("left", "member"),
    acts.OfficerCarriedOver: _seated,
    acts.SeatAppointed: _seated,
    acts.ActingNamed: _seated,
    acts.CandidateNominated: _nominated,
    acts.BallotsPublished: _published,
    acts.DivisionClosed: _closed,
    acts.BodyMerged: _merged,
    acts.BodyDissolved: _dissolved,
    acts.RecallPetitioned: _kept("recalls", "seat"),
    acts.CurrentFormed: _current_formed,
    acts.CurrentJoined: _current_changed("joined"),
    acts.CurrentLeft: _current_changed("left"),
    acts.PlatformPublished: _kept("platforms", "current"),
    acts.MinorityReportFiled: _kept("reports", "motion"),
    acts.FiguresDeclared: _figures,
    acts.FiguresWithdrawn: _figures,
}
