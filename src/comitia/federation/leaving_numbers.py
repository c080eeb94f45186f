"""The numbers of a group that has left: they are withdrawn from every open season, and the plan is computed anew.

A row goes if its owner is gone, or speaks of the group's own workplace, or of an activity or machine that went. What
others still use stays as a name without a quantity: a product of which nothing is in stock, a trade that offers no
hours. Its owner is gone, so another body of the kind that owns the file may revise it (``figures.py``).
"""

from comitia.federation import figures, standing
from comitia.federation.state import Figure, Group, Season, State
from comitia.plan import economy

_WORKPLACE = "workplace"
# What remains of a row that others still use: these columns say nothing any more.
_EMPTIED = {"products": ("stock", "closing_stock", "worth"), "hours": ("hours", "overtime")}
_USED_IN = {"products": (("flows", "product"), ("needs", "product")), "hours": (("labour", "trade"),)}


def decimals(state: State, product: str) -> int:
    """Return with how many decimals a product is counted, as last declared; nine where nobody said."""
    for season in reversed(state.seasons.values()):
        figure = season.figures.get("products", {}).get((product,))
        if figure is not None:
            said = figure.row[economy.COLUMNS["products"].index("decimals")]
            return int(said) if said else 9
    return 9


def withdraw(state: State, group: Group) -> None:
    """Withdraw the numbers of a group that has left from the seasons that are open."""
    for season in state.seasons.values():
        if season.closed:
            continue
        owners = {f.body for table in season.figures.values() for f in table.values()}
        gone = {b for b in owners if standing.find_body(state, b) is None}
        _withdraw_rows(state, season, group, gone)
        if group.roll == "locality":
            season.claims.pop(group.id, None)
        for body in sorted(gone):
            season.refusals.append((state.size, body, "left: its orders and numbers are withdrawn", ""))


def _withdraw_rows(state: State, season: Season, group: Group, gone: set[str]) -> None:
    for file, table in season.figures.items():
        if file not in _USED_IN:
            _drop(table, [k for k, f in table.items() if f.body in gone])
    if group.roll == _WORKPLACE:
        table = season.figures.get("hours", {})
        _drop(table, [k for k in table if k[1] == group.id])
    # Rows of others that speak of what went: the use of a limit by an activity, of a machine, of a limit.
    for (file, column), target in figures.REFERS.items():
        if target in ("activities", "machines", "limits"):
            at = economy.COLUMNS[file].index(column)
            table, known = season.figures.get(file, {}), season.figures.get(target, {})
            _drop(table, [k for k, f in table.items() if (f.row[at],) not in known])
    for file, uses in _USED_IN.items():
        table = season.figures.get(file, {})
        used = {f.row[economy.COLUMNS[o].index(c)] for o, c in uses for f in season.figures.get(o, {}).values()}
        theirs = [k for k, f in table.items() if f.body in gone]
        _drop(table, [k for k in theirs if k[0] not in used])
        for key in [k for k in theirs if k[0] in used]:
            table[key] = _emptied(file, table[key], state.size)


def _drop(table: dict[figures.Key, Figure], keys: list[figures.Key]) -> None:
    for key in keys:
        del table[key]


def _emptied(file: str, figure: Figure, act: int) -> Figure:
    columns = economy.COLUMNS[file]
    row = tuple("0" if c in _EMPTIED[file] else v for c, v in zip(columns, figure.row, strict=True))
    return Figure(row, figure.body, act)
