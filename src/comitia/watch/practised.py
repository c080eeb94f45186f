"""The charter as practised: the charter in force, with the lines changed that the record shows to be otherwise done.

The rule of inference is explicit, reads nothing but acts, and can be contested line by line:

1. A post counts as appointed by a body if in its last two fillings it was appointed by that body, or only as many
   stood as there were seats and that body put all of them up. A kind of body is written as appointed where more than
   half of its posts that were filled twice count as appointed.
2. A term is written as long as the middle one of the times between the last two fillings of each post, where that is
   more than a month longer than the charter's term.

It informs and accuses nobody. Informal power leaves no act: who decides beforehand who shall stand is seen only where
an act says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from comitia.charter import keys, lines, parse
from comitia.charter.structure import Charter, Kind
from comitia.watch import answers
from comitia.watch.last_refusal import days_between
from comitia.watch.ledger import Filling
from comitia.watch.view import View

_GRACE_DAYS = 31


@dataclass(frozen=True, slots=True)
class Inference:
    """What the record says of one kind of body against one line of the charter.

    Attributes:
        posts, otherwise: posts that were filled twice, and those of them that were filled otherwise than written.
        once: posts filled only once so far, and then from above; they count for nothing yet.
        by: the kind of body that appoints or puts up.
        days: the term as practised, in days.
        acts: the fillings from which it is inferred.
        line: of the charter in force; ``written`` and ``practised`` are its text and what stands in its place.
        stands: whether the practised charter takes it up.
    """

    kind: str
    what: Literal["appointed", "term"]
    posts: int
    otherwise: int
    once: int
    by: str
    days: int
    acts: tuple[int, ...]
    line: int
    written: str
    practised: str
    articles: tuple[str, ...]
    stands: bool

    def sentence(self, view: View) -> str:
        """Say what was inferred and from what."""
        where = view.plural(self.kind)
        if self.what == "term":
            return (
                f"The {self.otherwise} posts of {where} filled twice were filled {self.days} days apart in the middle, "
                f"for a term of {self.written.partition('=')[2].strip()} days."
            )
        once = f"{self.once} {'more ' if self.posts else ''}were filled so once, and count for nothing yet."
        if not self.posts:
            return f"No post of {where} was filled twice; {once}"
        said = (
            f"{self.otherwise} of {self.posts} posts of {where} filled twice count as appointed: in their last two "
            f"fillings those whom {view.plural(self.by)} appointed or put up stood alone."
        )
        return f"{said} {once}" if self.once else said


def infer(view: View, text: str) -> tuple[Inference, ...]:
    """Return what the record shows to be done otherwise than a charter's text says, kind by kind.

    Args:
        text: the charter in force at the moment.
    """
    places = lines.lines_of(text)
    found: list[Inference] = []
    for kind in view.seated_kinds:
        seats = [rows for seat, rows in view.by_seat.items() if seat.partition(":")[0].partition("/")[0] == kind.id]
        if kind.form == "elected":
            found += _appointed(view, kind, seats, places)
        found += _term(view, kind, seats, places)
    return tuple(found)


def _appointed(
    view: View, kind: Kind, seats: list[list[Filling]], places: Mapping[lines.Path, int]
) -> tuple[Inference, ...]:
    twice = [rows[-2:] for rows in seats if len(rows) > 1]
    counted = [pair for pair in twice if pair[0].above and pair[0].above == pair[1].above]
    once = sum(len(rows) == 1 and bool(rows[0].above) for rows in seats)
    if not counted and not once:
        return ()
    by = Counter(pair[1].above.partition("/")[0] for pair in counted)
    by = by or Counter(rows[0].above.partition("/")[0] for rows in seats if rows[0].above)
    above = min(by, key=lambda k: (-by[k], k))
    acts = tuple(sorted({f.act for pair in counted for f in pair}))
    line = places.get(("kind", kind.id, "form"), kind.line)
    stands = 2 * len(counted) > len(twice) and above in view.rules.kinds
    articles = answers.seats(view.rules, kind.id)
    return (
        Inference(
            kind.id, "appointed", len(twice), len(counted), once, above, 0, acts, line, 'form = "elected"',
            f'form = "appointed"  (by {above})', articles, stands,
        ),
    )  # fmt: skip


def _term(
    view: View, kind: Kind, seats: list[list[Filling]], places: Mapping[lines.Path, int]
) -> tuple[Inference, ...]:
    pairs = [rows[-2:] for rows in seats if len(rows) > 1]
    # A term that was cut short, or renewed before it was over, says nothing of terms that run too long.
    gaps = sorted(days_between(a.at, b.at) for a, b in pairs)
    middle = gaps[(len(gaps) - 1) // 2] if gaps else 0
    if middle <= kind.term_days + _GRACE_DAYS:
        return ()
    line = places.get(("kind", kind.id, "term_days"), kind.line)
    acts = tuple(sorted({f.act for pair in pairs for f in pair}))
    articles = answers.seats(view.rules, kind.id)
    return (
        Inference(
            kind.id, "term", len(pairs), len(pairs), 0, "", middle, acts, line, f"term_days = {kind.term_days}",
            f"term_days = {middle}", articles, True,
        ),
    )  # fmt: skip


_HEAD = """\
# PRACTISED, not adopted: “{name}” as the record shows it to be practised on {day}, after act {acts}.
# Inferred from acts alone, by the rule of comitia.watch.practised; {changed} lines differ from the charter in force.
# Each change names the acts that it is read from. It can be contested: name an act among them that was read wrongly, or
# one that is missing; whoever sits may also have an election contested, or a motion moved under the article named.
# Informal power leaves no act. A low number says what is possible, not what is likely, and accuses nobody.
"""


def charter_text(view: View, text: str, found: tuple[Inference, ...]) -> str:
    """Return the practised charter as a TOML text in the charter language, each change with its inference above it.

    Args:
        text: the charter in force; ``found`` is what ``infer`` says of it.

    Raises:
        WrongCharter: the text that comes of it is no charter; a fault of this module.
    """
    standing = [one for one in found if one.stands]
    rows = text.split("\n")
    above: dict[int, list[str]] = {}
    for one in standing:
        _comment(view, one, above)
        if one.what == "appointed":
            _write_appointed(view, one, text, rows)
        else:
            rows[one.line - 1] = f"{one.practised}  # written: {one.written}"
    numbered = (line for n, row in enumerate(rows, start=1) for line in (*above.get(n, ()), row))
    head = _HEAD.format(name=view.rules.name, day=view.at[:10], acts=view.ledger.size - 1, changed=len(standing))
    aside = [f"# Seen, and not written below: {one.sentence(view)}" for one in found if not one.stands]
    made = head + "".join(f"{line}\n" for line in aside) + "\n" + "\n".join(numbered)
    made += _permission(view.rules, standing)
    parse.parse(made, file="the practised charter")
    return made


def _comment(view: View, one: Inference, above: dict[int, list[str]]) -> None:
    acts = ", ".join(map(str, one.acts[:12])) + (f" and {len(one.acts) - 12} more" if len(one.acts) > 12 else "")
    above.setdefault(one.line, []).extend(
        (
            f"# PRACTISED (written, line {one.line}: {one.written}).",
            f"# Inferred: {one.sentence(view)}",
            f"# From acts {acts}. Contest it by these acts; article {', '.join(one.articles) or 'none'} answers it.",
        )
    )


def _write_appointed(view: View, one: Inference, text: str, rows: list[str]) -> None:
    elected, appointed = (set(keys.KIND[form].names) for form in ("elected", "appointed"))
    places = lines.lines_of(text)
    per_body = Counter(f.body for f in view.latest.values() if f.kind == one.kind)
    seats = max(per_body.values(), default=1)
    for key in elected - appointed:
        line = places.get(("kind", one.kind, key))
        if line is not None:
            _strike(rows, line)
    rows[one.line - 1] = f'form = "appointed"  # written: {one.written}\nappointed_by = ["{one.by}"]'
    if ("kind", one.kind, "seats") not in places:
        rows[one.line - 1] += f"\nseats = {seats}  # as many as are filled in the largest of these bodies"


def _strike(rows: list[str], line: int) -> None:
    """Turn an assignment into a comment, over as many lines as its brackets go."""
    depth = 0
    for at in range(line - 1, len(rows)):
        depth += rows[at].count("[") - rows[at].count("]")
        rows[at] = f"# written: {rows[at]}"
        if depth <= 0:
            return


def _permission(rules: Charter, standing: list[Inference]) -> str:
    by = sorted({one.by for one in standing if one.what == "appointed"})
    if not by or "seat_appointed" in rules.permissions:
        return ""
    article = next(one.articles[0] for one in standing if one.what == "appointed" and one.articles)
    named = ", ".join(f'"{kind}"' for kind in by)
    return (
        "\n# PRACTISED: nobody may appoint by the charter in force; those named below put up the only candidates.\n"
        f'[[permission]]\nacts = ["seat_appointed"]\nby = [{named}]\narticle = "{article}"\n'
    )
