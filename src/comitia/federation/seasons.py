"""The season: opening, drafts with their certificates, orders declined, hours withdrawn, closing."""

from decimal import Decimal, InvalidOperation

from comitia.federation import acts, figures, moment, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Draft, Figure, Season, State
from comitia.plan import certificate, economy, packing


def open_season(state: State, act: acts.SeasonOpened) -> None:
    """Begin a season of planning."""
    check_permitted(state, act)
    check_new_id(act.season, act.season in state.seasons, "a season")
    moment.check_moment(act.declarations_until)
    moment.check_moment(act.ends_at)
    refuse_unless(
        act.at < act.declarations_until < act.ends_at,
        "record",
        "declarations end after the opening and before the season does",
    )
    state.seasons[act.season] = Season(act.season, act.name, act.at, act.declarations_until, act.ends_at, state.size)


def draft(state: State, act: acts.PlanDrafted) -> None:
    """Put a draft plan before the federation; anyone may who can show its certificate."""
    check_permitted(state, act)
    of = figures.season(state, act.season)
    check_new_id(act.draft, act.draft in state.drafts, "a draft")
    packed = state.blobs.get(act.plan)
    if packed is None:
        raise Refused("record", f"the draft is missing: no blob {act.plan}")
    try:
        on = figures.economy_of(state, act.season)
        solution = packing.unpack(packed)
        refuse_unless(
            economy.economy_hash(on) == act.economy,
            "record",
            "the draft was computed on other figures than those in force; somebody revised a number since, "
            "compute it again",
        )
        checked = certificate.check(on, solution)
    except (economy.EconomyFault, packing.NotAPlan, certificate.DoesNotHold) as fault:
        raise Refused("record", f"the draft does not hold: {fault}") from fault
    refuse_unless(
        checked.variant == act.variant,
        "record",
        f"the certificate is for the variant {checked.variant}, the act says {act.variant}",
    )
    state.drafts[act.draft] = Draft(
        act.draft, of.id, act.variant, act.economy, act.plan, act.by, act.at, state.size, solution, checked, on
    )
    of.drafts.append(act.draft)


def _number(text: str, what: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    refuse_unless(found.is_finite() and found >= 0, "record", f"{what} {text!r} is not a number of 0 or more")
    return found


def decline(state: State, act: acts.OrderDeclined) -> None:
    """A workplace declines an order above so many runs; its capacity is now that, and the plan is computed anew."""
    of = figures.season(state, act.season)
    article = standing.charter(state).procedures.decline_article
    check_permitted(state, act)
    row = of.figures.get("activities", {}).get((act.activity,))
    if row is None or row.body != act.body:
        raise Refused(article, f"{act.activity!r} is no activity of {act.body}; a workplace declines its own orders")
    refuse_unless(standing.sits_in(state, act.by, act.body, act.at), article, f"{act.by} does not sit in {act.body}")
    refuse_unless(
        bool(of.adopted), article, f"no plan of {of.id} is adopted; until then the workplace revises its own numbers"
    )
    refuse_unless(bool(act.reason.strip()), article, "an order is declined with a reason")
    _number(act.runs, "runs")
    columns = economy.COLUMNS["activities"]
    named = dict(zip(columns, row.row, strict=True)) | {"runs": act.runs}
    of.figures["activities"][act.activity,] = Figure(tuple(named[c] for c in columns), act.body, state.size)
    of.refusals.append((state.size, act.body, f"declined {act.activity} above {act.runs} runs", act.reason))


def withdraw_hours(state: State, act: acts.HoursWithdrawn) -> None:
    """A union withdraws hours of its trade, as the charter lets it (strike)."""
    of = figures.season(state, act.season)
    article = standing.charter(state).procedures.overtime_article
    check_permitted(state, act)
    key = (act.trade, act.workplace)
    row = of.figures.get("hours", {}).get(key)
    if row is None or row.body != act.body:
        raise Refused(
            article,
            f"the hours of {act.trade} {'in ' + act.workplace if act.workplace else ''} are no number of {act.body}",
        )
    refuse_unless(standing.sits_in(state, act.by, act.body, act.at), article, f"{act.by} does not sit in {act.body}")
    refuse_unless(bool(act.reason.strip()), article, "hours are withdrawn with a reason")
    columns = economy.COLUMNS["hours"]
    named = dict(zip(columns, row.row, strict=True))
    less = _number(act.hours, "hours") <= Decimal(named["hours"] or 0)
    less = less and _number(act.overtime or "0", "overtime") <= Decimal(named["overtime"] or 0)
    refuse_unless(
        less,
        article,
        f"the hours in force are {named['hours']} and {named['overtime'] or 0} overtime; a withdrawal leaves less",
    )
    named |= {"hours": act.hours, "overtime": act.overtime}
    of.figures["hours"][key] = Figure(tuple(named[c] for c in columns), act.body, state.size)
    of.refusals.append((state.size, act.body, f"withdrew hours of {act.trade}: {act.hours} remain", act.reason))


def close(state: State, act: acts.SeasonClosed) -> None:
    """End a season."""
    check_permitted(state, act)
    of = figures.season(state, act.season)
    refuse_unless(act.at >= of.ends_at, "record", f"the season {of.id} lasts until {of.ends_at}")
    of.closed = True


def adopted(state: State, name: str) -> Draft | None:
    """Return the adopted draft of a season, or None."""
    found = state.seasons[name].adopted
    return state.drafts[found] if found else None
