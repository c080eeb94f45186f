"""All that is told of one count: the sheet and the answers that were asked for, as one value and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from comitia.decide import profile as profiles, sheet
from comitia.decide.explanation import margins
from comitia.decide.explanation.comparison import Comparison
from comitia.decide.explanation.journey import Step
from comitia.decide.explanation.margins import Margin
from comitia.decide.explanation.why_not import WhyNot


@dataclass(frozen=True, slots=True)
class Travelled:
    """One paper: what it ranks, where it stood in the file, and its steps (none where papers have no place)."""

    where: str
    ranks: profiles.Ranks
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A count and what is told of it.

    Attributes:
        title: of the election; "" for none.
        withdrawn: who did not stand.
        margin, travelled, compared: None where it was not asked for.
        preferred: how many papers prefer the one to the other, where the rule compares candidates two by two.
        notes: sentences on the papers that belong to the sheet.
        recount: how anybody counts the same papers again.
    """

    title: str
    counted: sheet.Sheet
    withdrawn: frozenset[int] = frozenset()
    why_not: tuple[WhyNot, ...] = ()
    margin: Margin | None = None
    travelled: Travelled | None = None
    compared: Comparison | None = None
    preferred: Sequence[Sequence[int]] | None = None
    notes: tuple[str, ...] = ()
    recount: str = ""


def answer(of: Account) -> dict[str, object]:
    """Return the sheet as a JSON value, and beside its keys those of what else was asked for.

    ``why_not`` is a list, ``closest_margin``, ``travelled`` and ``compared`` are objects; candidates by position from
    1, figures as exact text.
    """
    found = sheet.answer(of.counted)
    if of.why_not:
        found["why_not"] = [_why_not(one) for one in of.why_not]
    if of.margin:
        found["closest_margin"] = _margin(of.margin, of.counted)
    if of.travelled:
        found["travelled"] = _travelled(of.travelled)
    if of.compared:
        found["compared"] = {
            "rule": of.compared.other,
            "both": [c + 1 for c in of.compared.both],
            "only_here": [c + 1 for c in of.compared.only_rule],
            "only_there": [c + 1 for c in of.compared.only_other],
            "sentence": of.compared.sentence,
        }
    return found


def _why_not(one: WhyNot) -> dict[str, object]:
    return {
        "candidate": one.candidate + 1,
        "stage": one.stage,
        "had": sheet.exact_text(one.had),
        "behind": [c + 1 for c in one.behind],
        "by": sheet.exact_text(one.by),
        "further_papers": one.further,
        "sentence": one.sentence,
    }


def _margin(margin: Margin, counted: sheet.Sheet) -> dict[str, object]:
    change = margin.change
    return {
        "least": margin.least,
        "most": margin.most,
        "exact": margin.exact,
        "change": None
        if change is None
        else {
            "papers": change.papers,
            "preferring": change.source + 1,
            "changed_to": change.to + 1,
            "winners": [c + 1 for c in sorted(change.winners)],
        },
        "sentence": margins.sentence(margin, counted),
    }


def _travelled(paper: Travelled) -> dict[str, object]:
    return {
        "paper": paper.where,
        "ranks": [[c + 1 for c in rank] for rank in paper.ranks],
        "steps": [
            {
                "stage": step.stage,
                "shares": [{"candidate": c + 1, "share": sheet.exact_text(share)} for c, share in step.shares],
                "spent": sheet.exact_text(step.spent),
                "lost": sheet.exact_text(step.lost),
            }
            for step in paper.steps
        ],
    }
