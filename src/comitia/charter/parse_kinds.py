"""Reading the kinds of bodies: who sits, how the seats are filled, and how their holders are recalled."""

from collections.abc import Mapping
from fractions import Fraction

from comitia.charter import checking, keys, reading
from comitia.charter.reading import Table
from comitia.charter.structure import Candidacy, Form, Kind, Recall, Seats


def kinds(tables: Mapping[str, Table], elections: Mapping[str, Table], recalls: Mapping[str, Table]) -> dict[str, Kind]:
    """Return the kinds by id.

    Args:
        tables: ``[kind.ID]`` by id; ``elections`` and ``recalls`` are the shared tables they name.

    Raises:
        WrongCharter: at the first key that is unknown, missing or of the wrong form.
    """
    for shared in elections.values():
        checking.check(shared, keys.ELECTION)
    known = {name: _recall(table) for name, table in recalls.items()}
    return {name: _kind(name, table, elections, known) for name, table in tables.items()}


def _recall(table: Table) -> Recall:
    checking.check(table, keys.RECALL)
    by = reading.one_of(table, "by", keys.DECIDERS)
    question = reading.one_of(table, "question", keys.QUESTIONS)
    # A quota of her own electors keeps her: there is no threshold beside it, and these values mean nothing there.
    threshold, strict = reading.threshold(table) if by == "electors" else (Fraction(1, 2), True)
    return Recall(
        petition=reading.fraction(table, "petition"),
        window_days=reading.whole(table, "window_days"),
        voting_days=reading.whole(table, "voting_days"),
        base=reading.one_of(table, "base", keys.BASES) if by == "electors" else "for_against",
        threshold=threshold,
        strict=strict,
        quorum=reading.fraction(table, "quorum"),
        tie_protects=by == "electors" and question == "recall" and reading.yes(table, "tie_protects"),
        article=reading.text(table, "article"),
        line=table.line,
        question=question,
        by=by,
    )


def _kind(name: str, table: Table, elections: Mapping[str, Table], recalls: Mapping[str, Recall]) -> Kind:
    form = reading.one_of(table, "form", keys.FORMS)
    checking.check_keys(table, keys.KIND[form].names)
    whole = checking.with_shared(table, keys.KIND[form], elections) if form == "elected" else table
    checking.check(whole, keys.KIND[form])
    seated = form in ("elected", "appointed")
    elected = form == "elected"
    return Kind(
        id=name,
        name=reading.text(whole, "name"),
        plural=reading.text(whole, "plural"),
        form=form,
        each="" if form == "joint" else reading.name_of(whole, "each", empty=True),
        electors=reading.name_of(whole, "electors", empty=True) if elected else "",
        constituencies=elected and reading.yes(whole, "constituencies"),
        houses=reading.texts(whole, "houses") if form == "joint" else (),
        office=seated and reading.yes(whole, "office"),
        seats=_seats(whole) if seated else None,
        rule=reading.one_of(whole, "rule", keys.RULES) if elected else None,
        nomination_days=reading.whole(whole, "nomination_days") if elected else 0,
        voting_days=reading.whole(whole, "voting_days") if elected else 0,
        nomination=reading.whole(whole, "nomination") if elected else 0,
        term_days=reading.whole(whole, "term_days") if seated else 0,
        term_limit=reading.whole(whole, "term_limit") if seated else 0,
        incompatible=reading.texts(whole, "incompatible") if seated else (),
        mandate=reading.one_of(whole, "mandate", keys.MANDATES) if seated else None,
        report_days=reading.whole(whole, "report_days") if seated else 0,
        recall=_recall_of(whole, form, recalls),
        article=reading.text(whole, "article"),
        line=whole.line,
        candidacy=_candidacy(whole) if elected else None,
        appointed_by=reading.texts(whole, "appointed_by") if form == "appointed" else (),
        weights=reading.one_of(whole, "weights", keys.WEIGHTS) if seated else "equal",
        split_votes="split_votes" in whole.values and reading.yes(whole, "split_votes"),
        chair=reading.name_or_none(whole, "chair"),
        meeting_days=reading.whole_or_none(whole, "meeting_days"),
        convened_by=reading.one_of(whole, "convened_by", keys.CONVENORS)
        if "meeting_days" in whole.values
        else "nobody",
    )


def _recall_of(table: Table, form: Form, recalls: Mapping[str, Recall]) -> Recall | None:
    """Return the recall that a kind names, or None where it names none: nobody can remove who sits."""
    name = reading.name_or_none(table, "recall") if form in ("elected", "appointed") else ""
    if not name:
        return None
    if name not in recalls:
        known = ", ".join(recalls) or "there is none"
        raise reading.wrong(table, "recall", expected=f"a declared recall: {known}", found=f"“{name}”")
    return recalls[name]


def _seats(table: Table) -> Seats:
    given = next(key for key in ("seats", "seats_per_members", "seats_total") if key in table.values)
    number = reading.whole(table, given)
    if given == "seats":
        return Seats(fixed=number, per_members=None)
    least, most = reading.whole_or_none(table, "seats_least"), reading.whole_or_none(table, "seats_most")
    if 0 < most < least:
        raise reading.wrong(table, "seats_most", expected=f"at least seats_least, {least}, or 0", found=str(most))
    if given == "seats_per_members":
        return Seats(None, number, least=least, most=most)
    if not reading.yes(table, "constituencies"):
        expected = "constituencies = true, among which so many seats are shared"
        raise reading.wrong(table, "seats_total", expected=expected, found="constituencies = false")
    rule = reading.one_of(table, "apportionment", keys.APPORTIONMENTS)
    return Seats(None, None, number, rule, least, most)


def _candidacy(table: Table) -> Candidacy:
    by_list = "list_rule" in table.values
    acting_by = reading.name_or_none(table, "acting_by")
    return Candidacy(
        candidates=reading.name_of(table, "candidates"),
        nominated_by=reading.name_or_none(table, "nominated_by"),
        gate=reading.name_or_none(table, "gate"),
        renewal_days=reading.whole(table, "renewal_days"),
        turnout=reading.fraction(table, "turnout"),
        pause_days=reading.whole(table, "pause_days"),
        renewed_in=reading.whole(table, "renewed_in"),
        by_election_days=reading.whole(table, "by_election_days"),
        acting_by=acting_by,
        acting_days=reading.whole_or_none(table, "acting_days"),
        list_rule=reading.one_of(table, "list_rule", keys.APPORTIONMENTS) if by_list else None,
    )
