"""What a body would gain by declaring other numbers than its own true ones, others' numbers as they are.

A council gains when more of what it truly needs is met, in its own worth; what it gets beyond that is of no use to it.
A workplace gains when it works fewer hours, or keeps something back: material that its recipes do not need, output
that it did not declare, counted at the labour embodied; what it promised and does not have counts against it in the
same way, and is taken to be delivered in the end. A trade gains when it works fewer hours. What the others lose
is worth of their needs, in hours. Computed in floats, from a plan of the true numbers and one of the false ones
(DESIGN section 7, Truthfulness); among equally good plans it is the solver's choice which one is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from comitia.plan import labour, levels, periods, rounds
from comitia.plan.economy import Economy
from comitia.plan.model import ZERO

# The mechanisms that can be asked: the variants, and rounds between committees and the centre.
ROUNDS = "rounds"
TOLERANCE = 1e-4
# A gain below this share is a solver's last digit.
NOTHING = 1e-4
# What a body of each kind can misdeclare; the words stand in sentences: "10 % more NEEDS".
LIES: Mapping[str, tuple[str, ...]] = {
    "council": ("needs", "needs at the same claim"),
    "workplace": ("capacity", "hours a run", "material a run", "output a run"),
    "trade": ("hours",),
}


class ClaimSpent(Exception):
    """A false declaration that the claim of the council refuses."""

    def __init__(self, council: str, spent: Fraction, claim: Fraction) -> None:
        self.council, self.spent, self.claim = council, spent, claim
        super().__init__(f"the needs of {council} would be worth {float(spent):g} hours, its claim is {float(claim):g}")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that owns numbers: its kind (council, workplace, trade) and its name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Lie:
    """What is misdeclared (``LIES``), and by which factor; "needs at the same claim" divide their worth by it."""

    what: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan brings: worth of true needs met by council, true hours by workplace and trade, what is kept back."""

    useful: Mapping[str, float]
    hours: Mapping[str, float]
    worked: Mapping[str, float]
    kept: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a lie brings its body, in hours and as a share of what it has by the truth, and what the others lose."""

    body: Body
    lie: Lie
    hours: float
    share: float
    others_lose: float


def bodies(economy: Economy) -> tuple[Body, ...]:
    """Return every body of an economy that owns numbers which can be misdeclared."""
    councils = dict.fromkeys(n.council for n in economy.needs.values())
    workplaces = dict.fromkeys(a.workplace for a in economy.activities.values())
    trades = dict.fromkeys(_plain(economy, trade) for trade, _ in economy.hours)
    named = (("council", councils), ("workplace", workplaces), ("trade", trades))
    return tuple(Body(kind, name) for kind, names in named for name in names if name)


def _plain(economy: Economy, id: str) -> str:
    return periods.without_mark(id)[0] if economy.periods else id


def told(economy: Economy, body: Body, lie: Lie) -> Economy:
    """Return the economy with the false numbers of a body in place of its true ones.

    Raises:
        ClaimSpent: the claim that the houses adopted does not allow them.
    """
    f = lie.factor
    places = {a.id for a in economy.activities.values() if body.kind == "workplace" and a.workplace == body.name}
    match lie.what:
        case "needs" | "needs at the same claim":
            by = 1 if lie.what == "needs" else 1 / f
            needs = {
                key: replace(n, quantity=n.quantity * f, worth=n.worth * by) if n.council == body.name else n
                for key, n in economy.needs.items()
            }
            _check_claim(
                economy, body.name, sum(n.worth * n.quantity for n in needs.values() if n.council == body.name)
            )
            return replace(economy, needs=needs)
        case "capacity":
            runs = {
                key: replace(a, runs=a.runs * f) if key in places and a.runs is not None else a
                for key, a in economy.activities.items()
            }
            machines = {
                key: replace(m, hours=m.hours * f) if m.workplace == body.name else m
                for key, m in economy.machines.items()
            }
            return replace(economy, activities=runs, machines=machines)
        case "hours a run":
            return replace(economy, labour={k: h * f if k[0] in places else h for k, h in economy.labour.items()})
        case "material a run":
            used = {k: q * f if k[0] in places and q < 0 else q for k, q in economy.flows.items()}
            return replace(economy, flows=used)
        case "output a run":
            made = {k: q * f if k[0] in places and q > 0 else q for k, q in economy.flows.items()}
            return replace(economy, flows=made)
        case "hours":
            hours = {
                key: replace(h, hours=h.hours * f, overtime=h.overtime * f)
                if _plain(economy, h.trade) == body.name
                else h
                for key, h in economy.hours.items()
            }
            return replace(economy, hours=hours)
        case _:
            raise ValueError(f"{lie.what!r} cannot be misdeclared; choose one of {', '.join(map(str, LIES.values()))}")


def _check_claim(economy: Economy, council: str, spent: Fraction | int) -> None:
    claims = {key: hours for key, hours in economy.claims.items() if _plain(economy, key) == council}
    if economy.claims and spent > sum(claims.values()):
        raise ClaimSpent(council, Fraction(spent), sum(claims.values(), ZERO))


def outcome(economy: Economy, mechanism: str, declared: Economy | None = None) -> Outcome:
    """Return what the plan for the declared numbers brings by the true ones.

    Args:
        economy: the true numbers.
        mechanism: a variant, or ``ROUNDS``.
        declared: the numbers that were declared; None: the true ones.

    Raises:
        NotSolved: the solver found no plan.
        Boundless: in rounds, an activity that nothing limits.
    """
    false = declared or economy
    runs, unmet = _planned(false, mechanism)
    values = _embodied(economy) if false.flows != economy.flows else {}
    useful: dict[str, float] = {}
    for key, n in economy.needs.items():
        delivered = float(false.needs[key].quantity) - unmet.get(key, 0.0)
        useful[n.council] = useful.get(n.council, 0.0) + float(n.worth) * min(max(delivered, 0.0), float(n.quantity))
    hours: dict[str, float] = {}
    worked: dict[str, float] = {}
    for (activity, trade), h in economy.labour.items():
        amount, place = float(h) * runs.get(activity, 0.0), economy.activities[activity].workplace
        hours[place] = hours.get(place, 0.0) + amount
        worked[_plain(economy, trade)] = worked.get(_plain(economy, trade), 0.0) + amount
    kept: dict[str, float] = {}
    for (activity, product), quantity in economy.flows.items():
        more = float(quantity - false.flows[activity, product]) * runs.get(activity, 0.0)
        place = economy.activities[activity].workplace
        kept[place] = kept.get(place, 0.0) + more * values.get(product, 0.0)
    return Outcome(useful, hours, worked, kept)


def _embodied(economy: Economy) -> Mapping[str, float]:
    return labour.of_economy(economy).hours


def _planned(economy: Economy, mechanism: str) -> tuple[dict[str, float], dict[tuple[str, str, int], float]]:
    """Return runs by activity, and what is unmet of each need."""
    if mechanism == ROUNDS:
        *_, last = rounds.rounds(economy, tolerance=TOLERANCE)
        runs = {r.activity: float(r.runs) for r in last.plan.runs}
        return runs, {(u.council, u.product, u.tier): float(u.quantity) for u in last.plan.unmet if u.tier}
    found = levels.of_variant(economy, mechanism, lambda _: None)
    named = list(zip(found.posed.built.variables, map(float, found.z), strict=True))
    runs = {v.key[0]: value for v, value in named if v.kind == "runs"}
    return runs, {(v.key[0], v.key[1], int(v.key[2])): value for v, value in named if v.kind == "unmet"}


def gain(economy: Economy, mechanism: str, body: Body, lie: Lie, truth: Outcome | None = None) -> Gain:
    """Return what a lie brings its body and takes from the others.

    Args:
        economy: the true numbers.
        mechanism: a variant, or ``ROUNDS``.
        body: who lies.
        lie: of the kind of the body.
        truth: the outcome by the truth, where it is known already.

    Raises:
        ClaimSpent: the claim refuses the lie.
        NotSolved: the solver found no plan.
    """
    declared = told(economy, body, lie)
    true = truth or outcome(economy, mechanism)
    false = outcome(economy, mechanism, declared)
    match body.kind:
        case "council":
            got = false.useful[body.name] - true.useful[body.name]
            needs = (n for n in economy.needs.values() if n.council == body.name)
            whole = sum(float(n.worth * n.quantity) for n in needs)
        case "workplace":
            whole = true.hours.get(body.name, 0.0)
            got = whole - false.hours.get(body.name, 0.0) + false.kept.get(body.name, 0.0)
        case _:
            whole = true.worked.get(body.name, 0.0)
            got = whole - false.worked.get(body.name, 0.0)
    others = sum(true.useful[c] - false.useful[c] for c in true.useful if (body.kind, body.name) != ("council", c))
    return Gain(body, lie, got, got / whole if whole else 0.0, others)


def around(
    economy: Economy, mechanism: str, body: Body, share: Fraction = Fraction(1, 10)
) -> tuple[tuple[Lie, Gain | None], ...]:
    """Return what every number of a body would bring it, declared so much less and so much more; None: refused.

    Raises:
        NotSolved: the solver found no plan.
    """
    truth = outcome(economy, mechanism)
    found: list[tuple[Lie, Gain | None]] = []
    for what in LIES[body.kind]:
        for factor in (1 - share, 1 + share):
            lie = Lie(what, factor)
            try:
                found.append((lie, gain(economy, mechanism, body, lie, truth)))
            except ClaimSpent:
                found.append((lie, None))
    return tuple(found)


def sentence(found: Sequence[tuple[Lie, Gain | None]]) -> str:
    """Return in a sentence what would bring a body most, and what that would cost the others."""
    told = [one for _, one in found if one is not None]
    best = max(told, key=lambda g: g.share, default=None)
    percent = f"{abs(float(found[0][0].factor) - 1):.0%}".replace("%", " %") if found else ""
    if best is None or best.share <= NOTHING:
        return f"Declared {percent} more or less than is true, none of these numbers would bring you anything."
    hours = f"{best.hours:,.4g} hours ({best.share:.1%})".replace("%", " %")
    match best.body.kind:
        case "council":
            brings = f"would bring you needs worth {hours} more"
        case "workplace":
            brings = f"would leave you {hours}, in less work or in what you keep back"
        case _:
            brings = f"would leave you {hours} less to work"
    others = f"{abs(best.others_lose):,.4g} hours of worth"
    if best.others_lose > NOTHING * abs(best.hours):
        brings += f"; it would take {others} from {'the others' if best.body.kind == 'council' else 'the councils'}"
    return f"Of all that you could misdeclare by {percent}, {words(best.lie)} {brings}."


def words(lie: Lie) -> str:
    """Return a lie in words: more needs, fewer hours a run, less capacity."""
    if lie.factor > 1:
        return f"more {lie.what}"
    return f"{'fewer' if lie.what.startswith(('needs', 'hours')) else 'less'} {lie.what}"
