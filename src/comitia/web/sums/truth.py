"""What a body would gain by declaring otherwise than is true, by the latest draft's rule and the others' numbers.

Worked out once for each draft and body, and kept while this process lives: a draft's numbers never change.
"""

from dataclasses import dataclass

from comitia.federation.state import Draft
from comitia.plan import highs, truthfulness
from comitia.plan.truthfulness import Body
from comitia.web.sums import offers
from comitia.web.sums.figures import figure, percent

_Key = tuple[str, str, Body]
_KNOWN: dict[_Key, "Truth"] = {}
# Drafts of a season are a handful, bodies some dozens; more than that is of seasons long over.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Truth:
    """The sentence, and a row for every lie: what is declared, what it brings, how much that is, what others lose."""

    sentence: str
    rows: tuple[tuple[str, str, str, str], ...]


def body_of(draft: Draft, name: str) -> Body | None:
    """Return who a body is in the economy of a draft; None where it owns no number there."""
    kind, _, group = name.partition("/")
    found = Body(offers.OWN.get(kind, ""), group)
    return found if found in truthfulness.bodies(draft.on) else None


def known(draft: Draft, name: str) -> Truth | None:
    """Return what is known already of a body, None where it has still to be worked out."""
    body = body_of(draft, name)
    return _KNOWN.get((draft.economy, draft.variant, body)) if body else None


def worked_out(draft: Draft, body: Body) -> Truth:
    """Return what a body would gain, worked out where it is not known: some seconds for a large body."""
    key = (draft.economy, draft.variant, body)
    if key not in _KNOWN:
        if len(_KNOWN) >= MOST:
            _KNOWN.clear()
        _KNOWN[key] = _of(draft, body)
    return _KNOWN[key]


def _of(draft: Draft, body: Body) -> Truth:
    try:
        found = truthfulness.around(draft.on, draft.variant, body)
    except highs.NotSolved as fault:
        return Truth(f"This could not be worked out: {fault}.", ())
    whole = sum(float(n.worth * n.quantity) for n in draft.on.needs.values())
    rows = []
    for lie, gain in found:
        said = f"{lie.what}, {percent(abs(lie.factor - 1))} {'more' if lie.factor > 1 else 'less'}"
        if gain is None:
            rows.append((said, "refused: the claim is spent", "", ""))
        else:
            # What is a solver's last digit is nothing.
            some = abs(gain.share) > truthfulness.NOTHING
            lost = gain.others_lose if abs(gain.others_lose) > truthfulness.NOTHING * whole else 0
            rows.append((said, figure(gain.hours if some else 0), percent(gain.share if some else 0), figure(lost)))
    return Truth(truthfulness.sentence(found), tuple(rows))
