"""A table of a charter file against the list of its keys: what is unknown, missing, misplaced or of the wrong form.

``check`` goes over a table before ``parse`` gives its values their types. ``with_shared`` writes a shared table out in
each table that takes its forms.
"""

import difflib
from collections.abc import Mapping
from typing import assert_never

from comitia.charter import key as forms, reading
from comitia.charter.reading import Table, WrongCharter


def check(table: Table, form: forms.TableForm) -> None:
    """Refuse what the form of a table does not allow: an unknown, missing or misplaced key, or a wrong value.

    Raises:
        WrongCharter: at the first such key, in the order of the form: keys on which others hang go first.
    """
    check_keys(table, form.names)
    for key in sorted(form.keys, key=lambda k: bool(k.where)):
        belongs = all(condition.holds(table.values) for condition in key.where)
        if key.name not in table.values:
            if belongs and not (key.optional or key.group or form.partial):
                raise reading.missing(table, key.name, forms.in_words(key.value))
        elif not (belongs or key.idle or form.partial):
            raise _misplaced(table, key)
        else:
            _check_value(table, key.name, key.value)
    for group in dict.fromkeys(k.group for k in form.keys if k.group):
        _check_rivals(table, [k for k in form.keys if k.group == group], demanded=not form.partial)


def _misplaced(table: Table, key: forms.Key) -> WrongCharter:
    where = next(w for w in key.where if not w.holds(table.values))
    if where.test == "is":
        told = " or ".join(f'{where.on} = "{word}"' for word in where.among)
        found = reading.shown(table.values[where.on]) if where.on in table.values else f"no {where.on}"
    else:
        told = f"{where.on} {where.test} {' or '.join(map(reading.shown, where.among))}".rstrip()
        found = reading.shown(table.values.get(where.on, f"no {where.on}"))
    return reading.wrong(table, key.name, expected=f"this key only where {told}", found=found)


def _check_rivals(table: Table, rivals: list[forms.Key], *, demanded: bool) -> None:
    names = [key.name for key in rivals]
    given = [name for name in names if name in table.values]
    belong = demanded and all(condition.holds(table.values) for condition in rivals[0].where)
    if len(given) > 1 or (belong and not given):
        told = f"exactly one of {', '.join(names[:-1])} and {names[-1]}"
        found = ("both" if len(given) == 2 else "all of them") if given else "neither"
        raise reading.wrong(table, given[0] if given else names[0], expected=told, found=found)


def _check_value(table: Table, key: str, value: forms.Value) -> None:
    match value:
        case forms.Text(empty):
            reading.text(table, key, empty=empty)
        case forms.Id(empty):
            reading.name_of(table, key, empty=empty)
        case forms.Texts():
            reading.texts(table, key)
        case forms.Whole(least, most):
            reading.whole(table, key, least=least, most=most)
        case forms.Yes():
            reading.yes(table, key)
        case forms.Share():
            reading.fraction(table, key)
        case forms.Shares():
            reading.rising(table, key)
        case forms.ShareOrPeople():
            reading.share_or_people(table, key)
        case forms.Word(words, empty):
            reading.one_of(table, key, (*words, "") if empty else words)
        case forms.Inner(on, within_forms):
            chosen = within_forms.get(str(table.values.get(on, "")))
            within = reading.inner(table, key)
            # In a shared table the key on which the form hangs may be missing: whoever takes it checks it.
            if chosen is not None:
                check(within, chosen)
        case _:
            assert_never(value)


def with_shared(table: Table, form: forms.TableForm, shared: Mapping[str, Table]) -> Table:
    """Return a table with the keys of the shared table that it names; a key of its own goes before the shared one.

    Its own key also displaces the shared key's rival (``at_least`` a shared ``more_than``) and what hung on the shared
    key's value (``procedure = "consent"`` the shared ``base``).

    Raises:
        WrongCharter: it names a shared table that is not declared.
    """
    if form.shared not in table.values:
        return table
    name = reading.name_of(table, form.shared)
    if name not in shared:
        known = ", ".join(shared) or "there is none"
        raise reading.wrong(table, form.shared, expected=f"a declared {form.shared}: {known}", found=f"“{name}”")
    source, own = shared[name], table.values
    groups = {key.group for key in form.keys if key.group and key.name in own}
    taken = {
        key.name: source.values[key.name]
        for key in form.keys
        if key.name in source.values
        and key.name not in own
        and key.group not in groups
        and all(w.holds(own) for w in key.where if w.on in own)
    }
    places = {(*table.path, k): source.places.get((*source.path, k), source.line) for k in taken}
    return Table(table.file, table.path, {**own, **taken}, {**table.places, **places})


def check_keys(table: Table, known: tuple[str, ...]) -> None:
    """Refuse a key that the charter language does not have.

    Raises:
        WrongCharter: naming the nearest known key.
    """
    for key in table.values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            told = f"“{near[0]}”, the nearest known key" if near else "one of " + ", ".join(known)
            raise reading.wrong(table, key, expected=told, found=f"the unknown key “{key}”")
