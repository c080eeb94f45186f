"""Exports of the programs that workplaces keep their books in, as an economy: recipes, work centres, stock, orders.

A ``Program`` says which columns its exports have (``odoo.py``, ``erpnext.py``); which export a file is, is seen by its
columns. A document is its first row and the rows below whose own columns are all blank, as both programs write it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from comitia.plan import units
from comitia.plan.tables.draft import Drafting, text_of
from comitia.plan.tables.sheets import NotASheet, Sheet

ZERO, ONE = Fraction(0), Fraction(1)
Columns = Mapping[str, tuple[str, ...]]
# Fields that name a document; a row that repeats one goes on with that document.
NAMED = ("id", "reference", "order")
# Places in Odoo's list of stock that are not in the house.
ELSEWHERE = ("virtual locations", "partners", "physical locations/inter")
MINUTES = 60
TRADE = "workers"
# What is assumed where no calendar says it.
HOURS_A_WEEK = 40
DAYS_A_WEEK = 5


@dataclass(frozen=True)
class Export:
    """One export: fields by our name, each with the headers it may have (in small letters).

    ``own`` are the fields of the document itself; the others belong to its lines. ``needs`` must be there for a file to
    be taken for this export.
    """

    kind: str
    columns: Columns
    own: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True)
class Program:
    """A program and its exports, the most telling first."""

    name: str
    exports: tuple[Export, ...]


@dataclass(frozen=True)
class Season:
    """What no export says: the workplace, and how many weeks the plan is for; empty and 0: guess."""

    workplace: str
    weeks: int


@dataclass(frozen=True)
class Found:
    """A sheet that is an export of a program."""

    sheet: Sheet
    program: Program
    export: Export
    headers: Mapping[str, tuple[str, ...]]

    def cell(self, cells: Mapping[str, str], name: str) -> str:
        """Return the first of a field's columns that is filled."""
        return next((cells[header] for header in self.headers[name] if cells.get(header)), "")


def recognise(sheet: Sheet, programs: Sequence[Program]) -> Found | None:
    """Return which export of which program a sheet is, or None."""
    low = {column.casefold(): column for column in sheet.columns}
    for program in programs:
        for export in program.exports:
            there = {name: tuple(low[h] for h in known if h in low) for name, known in export.columns.items()}
            headers = {name: found for name, found in there.items() if found}
            if export.needs <= headers.keys():
                return Found(sheet, program, export, headers)
    return None


@dataclass(frozen=True)
class Line:
    """A row of an export by our names, and the document it belongs to."""

    found: Found
    row: int
    given: Mapping[str, str]
    document: int

    def get(self, name: str) -> str:
        """Return a field, empty where the export does not have it."""
        return self.given.get(name, "")


def lines(found: Found) -> Iterator[Line]:
    """Yield every row with its document's own fields filled in."""
    own: dict[str, str] = {}
    document = 0
    for row, cells in found.sheet.rows:
        given = {name: found.cell(cells, name) for name in found.headers}
        head = {name: value for name, value in given.items() if name in found.export.own}
        known = any(head.get(name) and head[name] == own.get(name) for name in NAMED)
        if any(head.values()) and not known:
            own, document = head, row
        yield Line(found, row, {**given, **own}, document)


def add(drafting: Drafting, given: Sequence[Found], season: Season) -> None:
    """Add what the exports say to the draft.

    Raises:
        NotASheet: a cell that cannot be used, or a unit that does not convert; where, and what to do.
    """
    for found in given:
        drafting.taken.append(f"{found.sheet.place}: {found.export.kind} of {found.program.name}")
    by_kind: dict[str, list[Found]] = {}
    for found in given:
        by_kind.setdefault(found.export.kind, []).append(found)
    work = _Work(drafting, season, {}, {}, {}, {})
    for kind, take in (
        ("products", _products), ("stock", _stock), ("bills of materials", _recipes), ("work centres", _centres),
        ("orders", _orders),
    ):  # fmt: skip
        for found in by_kind.get(kind, ()):
            take(work, found)
    _finish(work)


@dataclass
class _Product:
    unit: str
    stock: Fraction
    price: Fraction | None


@dataclass
class _Work:
    drafting: Drafting
    season: Season
    products: dict[str, _Product]
    centres: dict[str, Fraction]
    minutes: dict[tuple[str, str], tuple[Fraction, Found, int]]
    needs: dict[tuple[str, str], Fraction]

    def product(self, line: Line, name: str, unit: str) -> tuple[str, str]:
        """Return the id and the unit of a product, declared by its first mention."""
        sheet, row = line.found.sheet, line.row
        id_ = self.drafting.id(sheet, row, line.get(name))
        if id_ not in self.products:
            counted = line.get(unit)
            if not counted:
                told = f"{id_} is counted in pieces: no unit is given"
                self.drafting.guess(sheet, row, told, f"Export the column of units ({unit}) too, or set products.unit.")
            meant = units.is_guessed(counted) if counted else ""
            if meant:
                told = f"the {counted} that {id_} is counted in is {meant}"
                self.drafting.guess(sheet, row, told, f"Say what it is: --unit '{counted}=AMOUNT UNIT'.")
            self.products[id_] = _Product(counted or "Units", ZERO, None)
        return id_, self.products[id_].unit

    def quantity(self, line: Line, name: str, unit: str, counted: str) -> Fraction:
        """Return a quantity of a line in the unit that its product is counted in."""
        sheet, row = line.found.sheet, line.row
        if name not in line.found.headers:
            told = " or ".join(repr(header) for header in line.found.export.columns[name])
            raise NotASheet(sheet.path, row, f"the column of the {name} is missing; export it too: {told}", sheet.name)
        quantity = self.drafting.number(sheet, row, line.found.headers[name][0], line.get(name))
        given = line.get(unit)
        if not given or given == counted:
            return quantity
        return self.drafting.converted(sheet, row, quantity, given, counted)

    def workplace(self, line: Line) -> str:
        """Return the workplace: the one asked for, else the company of the row, else a guess."""
        if self.season.workplace:
            return self.season.workplace
        if line.get("company"):
            return self.drafting.id(line.found.sheet, line.row, line.get("company"))
        told = "every recipe belongs to the workplace 'workplace'"
        self.drafting.guess(line.found.sheet, 0, told, "Say which it is: --workplace NAME.")
        return "workplace"


def _products(work: _Work, found: Found) -> None:
    for line in lines(found):
        if not line.get("product") or line.row != line.document:
            continue
        id_, _ = work.product(line, "product", "unit")
        if line.get("price"):
            price = work.drafting.number(found.sheet, line.row, found.headers["price"][0], line.get("price"))
            work.products[id_].price = price
        if line.get("quantity"):
            work.products[id_].stock += work.drafting.number(
                found.sheet, line.row, found.headers["quantity"][0], line.get("quantity")
            )


def _stock(work: _Work, found: Found) -> None:
    for line in lines(found):
        if not line.get("product") or not line.get("quantity") or line.row != line.document:
            continue
        if line.get("location").casefold().startswith(ELSEWHERE):
            told = f"what is at {line.get('location')} is no stock of the house"
            work.drafting.guess(found.sheet, 0, told, "Add it to products.stock where it is.")
            continue
        if line.get("quantity").lstrip().startswith("-"):
            told = f"the stock of {line.get('product')} is below 0 ({line.get('quantity')}); 0 was taken"
            work.drafting.guess(found.sheet, line.row, told, "Count it, and set products.stock.")
            work.product(line, "product", "unit")
            continue
        id_, unit = work.product(line, "product", "unit")
        work.products[id_].stock += work.quantity(line, "quantity", "unit", unit)


def _recipes(work: _Work, found: Found) -> None:
    documents: dict[int, list[Line]] = {}
    for line in lines(found):
        documents.setdefault(line.document, []).append(line)
    for document in documents.values():
        _recipe(work, document)


def _recipe(work: _Work, document: list[Line]) -> None:
    """Add one bill of materials as an activity: a run makes the quantity that the bill is for."""
    head, drafting = document[0], work.drafting
    sheet = head.found.sheet
    if not head.get("product"):
        raise NotASheet(sheet.path, head.row, "the bill names no product; export that column too", sheet.name)
    product, unit = work.product(head, "product", "unit")
    made = work.quantity(head, "quantity", "unit", unit) if head.get("quantity") else ONE
    if not head.get("quantity"):
        drafting.guess(sheet, head.row, f"a run makes 1 {unit} of {product}", "Export the quantity of the bill too.")
    activity = _activity(work, head, product)
    workplace = work.workplace(head)
    drafting.add("activities", activity=activity, workplace=workplace)
    flows: dict[str, Fraction] = {product: made}
    for line in document:
        for name, sign in (("input", -1), ("by-product", 1)):
            if line.get(name):
                other, counted = work.product(line, name, f"{name} unit")
                amount = work.quantity(line, f"{name} quantity", f"{name} unit", counted)
                flows[other] = flows.get(other, ZERO) + sign * amount
        _operation(work, line, activity)
    for other, amount in flows.items():
        if amount:
            drafting.add("flows", activity=activity, product=other, quantity=text_of(amount))


def _activity(work: _Work, head: Line, product: str) -> str:
    """Return an id for the activity of a bill: its reference, or make-PRODUCT, with a number where it is taken."""
    name = work.drafting.id(head.found.sheet, head.row, head.get("reference") or f"make-{product}")
    taken = {row["activity"] for row in work.drafting.rows.get("activities", ())}
    count = 2
    while name in taken:
        name = f"{name.rstrip('0123456789').rstrip('-')}-{count}"
        count += 1
    return name


def _operation(work: _Work, line: Line, activity: str) -> None:
    minutes = line.get("minutes")
    if not minutes:
        return
    sheet, row = line.found.sheet, line.row
    took = work.drafting.number(sheet, row, line.found.headers["minutes"][0], minutes)
    centre = line.get("centre")
    if not centre:
        told = (
            f"the operation {line.get('operation') or minutes} of {activity} needs no machine: it names no work centre"
        )
        work.drafting.guess(sheet, row, told, "Export the work centre of the operation too.")
    name = work.drafting.id(sheet, row, centre) if centre else ""
    before, *_ = work.minutes.get((activity, name), (ZERO,))
    work.minutes[activity, name] = (before + took, line.found, row)
    told = "an operation's minutes are for one whole bill of materials, and one person works as long as the work centre"
    work.drafting.guess(sheet, 0, told, "Correct labour.hours and machine_use.hours where it is otherwise.")


def _centres(work: _Work, found: Found) -> None:
    for line in lines(found):
        if not line.get("centre") or line.row != line.document:
            continue
        sheet, row = found.sheet, line.row
        name = work.drafting.id(sheet, row, line.get("centre"))
        weeks = _weeks(work, found)
        given = line.get("hours a week")
        by_day = line.get("hours a day")
        if given:
            hours = work.drafting.number(sheet, row, found.headers["hours a week"][0], given)
        elif by_day:
            hours = work.drafting.number(sheet, row, found.headers["hours a day"][0], by_day) * DAYS_A_WEEK
            told = f"{name} works {DAYS_A_WEEK} days a week"
            work.drafting.guess(sheet, row, told, "Correct machines.hours and hours.hours where it is otherwise.")
        else:
            hours = Fraction(HOURS_A_WEEK)
            told = f"{name} works {HOURS_A_WEEK} hours a week: no calendar is given"
            work.drafting.guess(sheet, row, told, "Export the working hours too, or correct machines.hours.")
        for share, of in (("capacity", ONE), ("efficiency", Fraction(100))):
            if line.get(share):
                hours *= work.drafting.number(sheet, row, found.headers[share][0], line.get(share)) / of
        work.centres[name] = work.centres.get(name, ZERO) + hours * weeks


def _weeks(work: _Work, found: Found) -> int:
    if work.season.weeks:
        return work.season.weeks
    told = "the plan is for 13 weeks"
    work.drafting.guess(found.sheet, 0, told, "Say for how many it is: --weeks N.")
    return 13


def _orders(work: _Work, found: Found) -> None:
    for line in lines(found):
        if not line.get("product") or not line.get("quantity"):
            continue
        product, unit = work.product(line, "product", "unit")
        customer = line.get("customer")
        council = work.drafting.id(found.sheet, line.row, customer) if customer else "orders"
        if not customer:
            work.drafting.guess(found.sheet, line.row, "the order is a need of 'orders'", "Export the customer too.")
        key = (council, product)
        work.needs[key] = work.needs.get(key, ZERO) + work.quantity(line, "quantity", "unit", unit)
        told = "what is ordered is a planned need (tier 2), and one unit is worth 1 hour of common labour"
        work.drafting.guess(found.sheet, 0, told, "Councils set needs.tier and needs.worth.")


def _finish(work: _Work) -> None:
    """Write products, machines, hours and needs, now that all files have spoken."""
    drafting = work.drafting
    made = {row["product"] for row in drafting.rows.get("flows", ()) if not row["quantity"].startswith("-")}
    for id_, product in work.products.items():
        buy = product.price if id_ not in made else None
        price = text_of(buy) if buy else ""
        drafting.add("products", product=id_, unit=product.unit, stock=text_of(product.stock), buy_price=price)
        if id_ not in made and not buy:
            told = f"nobody makes {id_}, and it is not bought: only its stock of {text_of(product.stock)} is there"
            drafting.guess(None, 0, told, "Set products.buy_price and trade_limit.cash, or add its recipe.")
        elif buy:
            told = f"{id_} can be bought at {price}, as the list of products says"
            drafting.guess(None, 0, told, "Set trade_limit.cash: with no cash nothing is bought.")
    workplaces = {row["activity"]: row["workplace"] for row in drafting.rows.get("activities", ())}
    where = {centre: workplaces[activity] for (activity, centre) in work.minutes if centre}
    for (activity, centre), (minutes, found, row) in work.minutes.items():
        hours = text_of(minutes / MINUTES)
        if centre:
            drafting.add("machine_use", activity=activity, machine=centre, hours=hours)
            if centre not in work.centres:
                told = f"{centre} works {HOURS_A_WEEK} hours a week: no list of work centres names it"
                drafting.guess(found.sheet, row, told, "Export the work centres too, or correct machines.hours.")
                work.centres[centre] = Fraction(HOURS_A_WEEK * _weeks(work, found))
    people: dict[str, Fraction] = {}
    for centre, hours_ in work.centres.items():
        place = where.get(centre) or work.season.workplace or next(iter(workplaces.values()), "workplace")
        drafting.add("machines", machine=centre, workplace=place, hours=text_of(hours_))
        people[place] = people.get(place, ZERO) + hours_
    _people(work, workplaces, people)
    for (council, product_), quantity in work.needs.items():
        drafting.add("needs", council=council, product=product_, tier="2", quantity=text_of(quantity), worth="1")


def _people(work: _Work, workplaces: Mapping[str, str], people: dict[str, Fraction]) -> None:
    drafting = work.drafting
    labour: dict[str, Fraction] = {}
    for (activity, _), (minutes, *_) in work.minutes.items():
        labour[activity] = labour.get(activity, ZERO) + minutes / MINUTES
    for activity, hours in labour.items():
        drafting.add("labour", activity=activity, trade=TRADE, hours=text_of(hours))
    for place in dict.fromkeys([*people, *(workplaces[activity] for activity in labour)]):
        drafting.add("hours", trade=TRADE, workplace=place, hours=text_of(people.get(place, ZERO)), overtime="0")
        told = f"at {place} everybody is of one trade, '{TRADE}', and offers as many hours as the work centres"
        drafting.guess(None, 0, told, "Unions set hours; split the trade in labour and hours where there are several.")
