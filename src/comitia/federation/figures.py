"""The season's numbers: rows of the economy folder, each declared by the body that owns it.

The economy is the union of the rows in force, the owners' table says whose each row is and which act declared it. The
centre owns no number: a row is refused unless the charter gives its file to the kind of body that declares it, and the
row is about that body's own workplace, trade or locality.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from comitia.federation import acts, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Figure, Season, State
from comitia.plan import economy

Key = tuple[str, ...]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# Columns that are numbers; the others are ids, or words (unit).
NUMBERS = frozenset(
    (
        "decimals",
        "stock",
        "closing_stock",
        "worth",
        "buy_price",
        "sell_price",
        "runs",
        "quantity",
        "hours",
        "overtime",
        "cash",
        "tier",
    )
)
# Which file must have declared the id in a column first (file, column) -> file.
REFERS = {
    ("flows", "activity"): "activities",
    ("flows", "product"): "products",
    ("labour", "activity"): "activities",
    ("machine_use", "activity"): "activities",
    ("machine_use", "machine"): "machines",
    ("needs", "product"): "products",
    ("limit_use", "activity"): "activities",
    ("limit_use", "limit"): "limits",
}


def season(state: State, name: str) -> Season:
    """Return the season of that id.

    Raises:
        Refused: there is none, or it is closed.
    """
    found = state.seasons.get(name)
    if found is None or found.closed:
        raise Refused("record", f"there is no open season {name!r}")
    return found


def declare(state: State, act: acts.FiguresDeclared) -> None:
    """Enter rows of one file."""
    of = season(state, act.season)
    body, article = _owner(state, act.file, act.body)
    check_permitted(state, act, standing.sitting(state, act.body, act.at))
    refuse_unless(
        standing.sits_in(state, act.by, act.body, act.at),
        article,
        f"{act.by} does not sit in {act.body}, whose numbers these are",
    )
    refuse_unless(
        act.at < of.declarations_until,
        article,
        f"numbers of {of.id} were declared until {of.declarations_until}; what changed since is said by declining "
        f"an order or withdrawing hours",
    )
    refuse_unless(bool(act.rows), "record", "the act declares no row")
    columns = economy.COLUMNS[act.file]
    seen: set[Key] = set()
    for number, row in enumerate(act.rows, 1):
        where = f"{act.file}, row {number}"
        refuse_unless(
            len(row) == len(columns), "record", f"{where}: expected columns {', '.join(columns)}; got {len(row)} values"
        )
        named = dict(zip(columns, row, strict=True))
        key = tuple(named[c] for c in economy.KEYS[act.file])
        refuse_unless(key not in seen, "record", f"{where}: {'|'.join(key)} is named twice")
        seen.add(key)
        _check_values(of, act.file, named, where)
        _check_own(of, act.file, named, body, article)
        old = of.figures.get(act.file, {}).get(key)
        # Who owned a row may have left; then another body that owns this file may revise it.
        if old is not None and old.body != act.body and standing.find_body(state, old.body) is not None:
            raise Refused(
                article,
                f"{where}: {'|'.join(key)} is a number of {old.body} (act {old.act}); only {old.body} revises it",
            )
    table = of.figures.setdefault(act.file, {})
    for row in act.rows:
        named = dict(zip(columns, row, strict=True))
        table[tuple(named[c] for c in economy.KEYS[act.file])] = Figure(row, act.body, state.size)


def _owner(state: State, file: str, name: str) -> tuple[standing.Body, str]:
    rule = standing.charter(state).numbers.get(file)
    if rule is None or file not in economy.COLUMNS:
        raise Refused("record", f"there is no file {file!r} whose numbers a body declares; see the economy folder")
    body = standing.body(state, name)
    refuse_unless(
        body.kind.id == rule.owner,
        rule.article,
        f"numbers of {file} belong to the {rule.owner} concerned, not to {name}",
    )
    return body, rule.article


def _check_values(of: Season, file: str, named: Mapping[str, str], where: str) -> None:
    for column, value in named.items():
        if column in NUMBERS:
            _check_number(value, column, where, negative=False)
        elif column in economy.KEYS[file] and not (column == "workplace" and value == ""):
            refuse_unless(
                bool(_ID.fullmatch(value)),
                "record",
                f"{where}: {value!r} is no id (column {column}); use a-z, 0-9, hyphens",
            )
        target = REFERS.get((file, column))
        if target is not None:
            known = (value,) in of.figures.get(target, {})
            refuse_unless(known, "record", f"{where}: {column} {value!r} is not declared; declare it in {target} first")
    if file == "flows" and named["unit"]:
        unit = of.figures["products"][named["product"],].row[1]
        refuse_unless(
            named["unit"] == unit, "record", f"{where}: {named['product']} is counted in {unit}, not in {named['unit']}"
        )


def _check_number(value: str, column: str, where: str, *, negative: bool) -> None:
    if value == "":
        return
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    refuse_unless(
        number.is_finite(), "record", f"{where}: {column} {value!r} is not a number; write decimal text like 12.5"
    )
    # Only a flow has a sign: made is positive, used up is negative.
    refuse_unless(number >= 0 or column == "quantity", "record", f"{where}: {column} is {value}; it cannot be negative")


def _check_own(of: Season, file: str, named: Mapping[str, str], body: standing.Body, article: str) -> None:
    about = ""
    match file:
        case "activities" | "machines":
            about = named["workplace"]
        case "flows" | "labour" | "machine_use" | "limit_use":
            about = of.figures["activities"][named["activity"],].row[1]
        case "hours":
            about = named["trade"]
        case "needs" | "claims":
            about = named["council"]
        case _:
            return
    # limit_use belongs to the body that set the limit, whatever workplace it binds.
    if file != "limit_use" and about != body.group:
        raise Refused(article, f"{body.id} declares numbers of {about!r}, which are not its own")


def withdraw(state: State, act: acts.FiguresWithdrawn) -> None:
    """Take rows back."""
    of = season(state, act.season)
    _, article = _owner(state, act.file, act.body)
    check_permitted(state, act, standing.sitting(state, act.body, act.at))
    refuse_unless(standing.sits_in(state, act.by, act.body, act.at), article, f"{act.by} does not sit in {act.body}")
    refuse_unless(
        act.at < of.declarations_until, article, f"numbers of {of.id} were declared until {of.declarations_until}"
    )
    table = of.figures.get(act.file, {})
    for key in act.keys:
        figure = table.get(key)
        refuse_unless(
            figure is not None and figure.body == act.body,
            article,
            f"{'|'.join(key)} is no number of {act.body} in {act.file}",
        )
        _check_unused(of, act.file, key)
    for key in act.keys:
        del table[key]


def _check_unused(of: Season, file: str, key: Key) -> None:
    for (other, column), target in REFERS.items():
        if target != file:
            continue
        at = economy.COLUMNS[other].index(column)
        for figure in of.figures.get(other, {}).values():
            if figure.row[at] == key[0]:
                raise Refused(
                    "record",
                    f"{key[0]!r} is still used in {other} by {figure.body} (act {figure.act}); withdraw that row first",
                )


def rows_in_force(of: Season) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every file as the economy folder has them, owners and claims included."""
    files: dict[str, list[dict[str, str]]] = {}
    owners: list[dict[str, str]] = []
    for file, table in of.figures.items():
        columns = economy.COLUMNS[file]
        for key, figure in table.items():
            files.setdefault(file, []).append(dict(zip(columns, figure.row, strict=True)))
            owners.append({"file": file, "key": "|".join(key), "body": figure.body, "act": str(figure.act)})
    if of.claims:
        files["claims"] = [{"council": c, "hours": str(h)} for c, h in of.claims.items()]
    files["owners"] = owners
    return files


def economy_of(state: State, name: str) -> economy.Economy:
    """Return the economy of a season as declared so far.

    Raises:
        Refused: there is no such season.
        EconomyFault: the rows do not make an economy yet; it names file and row.
    """
    found = state.seasons.get(name)
    if found is None:
        raise Refused("record", f"there is no season {name!r}")
    return economy.from_rows(rows_in_force(found))
