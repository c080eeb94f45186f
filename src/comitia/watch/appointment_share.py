"""Appointment share: how many of the seats held were filled from above, or carried over, instead of elected.

Source: Daniels' circular flow of power. A seat carried over from before the founding counts as not elected until an
election confirms it.
"""

from comitia.federation import standing
from comitia.federation.state import State
from comitia.watch.indicator import Reading

NAME = "appointment share"


def readings(state: State, at: str) -> tuple[Reading, ...]:
    """Return the reading for the federation, then one for each body with a seat that was not filled by election."""
    per_body = [_reading(state, body.id, at) for body in standing.bodies(state) if body.kind.form == "elected"]
    terms = [t for b in standing.bodies(state) if b.kind.form == "elected" for t in standing.filled(state, b.id, at)]
    not_elected = [t for t in terms if t.origin != "elected"]
    whole = _say(state, "", len(not_elected), len(terms), tuple(t.act for t in not_elected))
    return (whole, *(r for r in per_body if r.count))


def _reading(state: State, body: str, at: str) -> Reading:
    terms = standing.filled(state, body, at)
    not_elected = [t for t in terms if t.origin != "elected"]
    return _say(state, body, len(not_elected), len(terms), tuple(t.act for t in not_elected))


def _say(state: State, body: str, count: int, of: int, acts: tuple[int, ...]) -> Reading:
    where = body or "the federation"
    if not of:
        sentence = f"No seat of {where} is filled."
    elif not count:
        sentence = f"All {of} filled seats of {where} were filled by election."
    else:
        sentence = f"{count} of {of} filled seats of {where} were not filled by election (appointed or carried over)."
    kinds = standing.charter(state).kinds
    articles = (
        (kinds[body.partition("/")[0]].article,) if body else (standing.charter(state).procedures.founding_article,)
    )
    return Reading(
        "I1",
        NAME,
        "seats held by appointment or carried over / seats held",
        "0 to 1",
        "Daniels, circular flow of power",
        body,
        count,
        of,
        "share",
        sentence,
        acts,
        articles,
    )
