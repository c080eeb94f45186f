"""The terms of a count beside its rule, in a TOML file of their own: quotas for groups, a vacancy, draws by hand.

    by_hand = ["Clara", 3]        whom lots drawn before witnesses fell on, in the order in which the count asks
    vacated = "Anna"              count back for the seat of this candidate
    consenting = ["Clara", 4]     who stands for it; all who were not elected without it
    reopening = "RON"             the candidate that re-opens nominations when elected
    default = "none of these"     rule debian: the default option
    quorum = 12                   rule debian: papers above the default option
    ratios = {"Plan B" = "3"}     rule debian: the option needs 3:1
    [marks]                       marks on papers that are no plain ranking: skip, stop, spoilt (or equal)
    skipped = "skip"
    repeated = "stop"
    overvoted = "spoilt"
    [[dimension]]                 quotas for groups of candidates
    name = "gender"
    [[dimension.group]]
    name = "women"
    candidates = ["Anna", "Clara"]
    least = 1
    most = 2

Candidates are named as in the ballot file, or by their number there from 1.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import msgspec

from comitia.decide import constraints, marks, profile as profiles, reopening, rules, sheet, ties
from comitia.decide.count import countback, debian, stv_scottish, wigm

NAMES = (*rules.RULES, debian.RULE)
# Rules of which the papers that elected somebody, and what stayed of them, are known.
ELECTING = {stv_scottish.RULE: stv_scottish.papers_electing, wigm.RULE: wigm.papers_electing}
UNLAWFUL = (
    constraints.ConstraintsWrong,
    constraints.Infeasible,
    countback.NobodyConsents,
    debian.TermsWrong,
    reopening.NotStanding,
    ties.HandNeeded,
    ties.HandWrong,
)
Who = int | str


class TermWrong(Exception):
    """A term that cannot be read or does not fit the rule: ``reason`` in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How marks are read that are no plain ranking; absent ones are refused."""

    skipped: marks.Policy | None = None
    repeated: marks.Policy | None = None
    overvoted: marks.EqualPolicy | None = None


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quota for a group of candidates; ``most`` absent is no limit."""

    name: str
    candidates: tuple[Who, ...]
    least: int = 0
    most: int | None = None


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups of which a candidate belongs to one at most."""

    name: str
    group: tuple[Group, ...]


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The terms as the file says them."""

    by_hand: tuple[Who, ...] | None = None
    vacated: Who | None = None
    consenting: tuple[Who, ...] | None = None
    reopening: Who | None = None
    default: Who | None = None
    quorum: int | None = None
    ratios: dict[str, str] = {}
    marks: Marks = Marks()
    dimension: tuple[Dimension, ...] = ()


def read(file: Path) -> Terms:
    """Return what a file of terms says.

    Raises:
        TermWrong: a file that cannot be read, or that says something else.
    """
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Terms)
    except OSError as fault:
        raise TermWrong(f"{file} cannot be read: {fault}") from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise TermWrong(f"{file} says no terms of a count: {fault}; comitia count --help names them") from fault


def reading(terms: Terms) -> marks.Reading:
    """Return how marks are read that are no plain ranking."""
    return marks.Reading(terms.marks.skipped, terms.marks.repeated, terms.marks.overvoted)


def place(names: Sequence[str], who: Who) -> int:
    """Return the position of a candidate given by name or by number from 1.

    Raises:
        TermWrong: nobody of that name or number stands on the papers.
    """
    if who in names:
        return names.index(str(who))
    number = int(who) if isinstance(who, int) or who.isdecimal() else 0
    if not 1 <= number <= len(names):
        some = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        raise TermWrong(f"there is no candidate {who}: expected a name of the ballot file ({some}) or a number from 1")
    return number - 1


def _places(names: Sequence[str], several: Sequence[Who]) -> tuple[int, ...]:
    return tuple(place(names, who) for who in several)


def within(terms: Terms, names: Sequence[str]) -> constraints.Constraints:
    """Return the quotas for groups."""
    return tuple(
        constraints.Dimension(
            one.name,
            tuple(
                constraints.Group(
                    g.name, frozenset(_places(names, g.candidates)), g.least, len(names) if g.most is None else g.most
                )
                for g in one.group
            ),
        )
        for one in terms.dimension
    )


def breaking(terms: Terms, names: Sequence[str], lot: ties.Lot) -> ties.Breaking:
    """Return what breaks ties: the choices by hand if there are any, else the lot."""
    return lot if terms.by_hand is None else ties.Hand(_places(names, terms.by_hand))


def _by_debian(profile: profiles.Profile, terms: Terms, lot: ties.Breaking) -> sheet.Sheet:
    if terms.default is None:
        raise TermWrong("the rule debian needs the default option: give default in --terms")
    names = profile.candidates
    ratios: dict[int, Fraction] = {}
    for who, ratio in terms.ratios.items():
        try:
            ratios[place(names, who)] = Fraction(ratio)
        except (ValueError, ZeroDivisionError) as fault:
            raise TermWrong(f'ratios of {who}: expected S as in S:1, such as "3" or "3/2", found {ratio!r}') from fault
    return debian.count(profile, terms=debian.Terms(place(names, terms.default), terms.quorum or 0, ratios), lot=lot)


def _vacancy(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    if rule not in ELECTING:
        raise TermWrong(f"a countback needs the papers that elected somebody: expected --rule {' or '.join(ELECTING)}")
    assert terms.vacated is not None
    names, quotas = profile.candidates, within(terms, profile.candidates)
    before = rules.CONSTRAINED[rule](profile, seats=seats, lot=lot, within=quotas)
    elected = place(names, terms.vacated)
    if elected not in before.winners:
        raise TermWrong(f"vacated: {names[elected]} was not elected, so no seat of hers is vacant")
    free = [c for c in profiles.standing(profile) if c not in before.winners]
    consenting = free if terms.consenting is None else _places(names, terms.consenting)
    barred = next((c for c in consenting if c not in free), None)
    if barred is not None:
        raise TermWrong(f"consenting: expected candidates who stood and were not elected, found {names[barred]}")
    papers = ELECTING[rule](profile, elected, seats=seats, lot=lot, within=quotas)
    return countback.count(names, papers, vacating=elected, consenting=consenting, lot=lot)


def carried_out(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the count by a rule of ``NAMES`` under the terms, which must fit the rule and be used up.

    Raises:
        TermWrong: a term that does not fit the rule.
        the errors of ``UNLAWFUL``, and those of the rule.
    """
    if rule != debian.RULE and (terms.default is not None or terms.quorum is not None or terms.ratios):
        raise TermWrong(f"the rule {rule} knows no default, quorum or ratios; they belong to --rule debian")
    if terms.consenting is not None and terms.vacated is None:
        raise TermWrong("consenting says who stands for a vacancy: give vacated too")
    if terms.dimension and rule not in rules.CONSTRAINED:
        raise TermWrong(f"the rule {rule} keeps no quotas for groups: expected one of {', '.join(rules.CONSTRAINED)}")
    found = counted(rule, profile, terms, seats=seats, lot=lot)
    if isinstance(lot, ties.Hand) and lot.choices:
        # The count with one choice less would ask for it.
        try:
            counted(rule, profile, terms, seats=seats, lot=ties.Hand(lot.choices[:-1]))
        except ties.HandNeeded:
            pass
        else:
            raise TermWrong("by_hand has more choices than there are ties; leave out the last")
    return found


def counted(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the same for any papers, however many choices by hand are left over."""
    if terms.vacated is not None:
        found = _vacancy(rule, profile, terms, seats=seats, lot=lot)
    elif rule == debian.RULE:
        found = _by_debian(profile, terms, lot)
    elif terms.dimension:
        found = rules.CONSTRAINED[rule](profile, seats=seats, lot=lot, within=within(terms, profile.candidates))
    else:
        found = rules.RULES[rule](profile, seats=seats, lot=lot)
    again = terms.reopening
    return found if again is None else reopening.stopped(found, place(profile.candidates, again))
