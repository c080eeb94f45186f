"""What ``comitia count`` can be told beside the rule: quotas for groups, choices by hand, a vacancy, a default."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from comitia.decide import constraints, profile as profiles, reopening, rules, sheet, ties
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


class TermWrong(Exception):
    """An option that cannot be read or does not fit the rule: ``reason`` in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Terms:
    """The options as given: candidates by their number in the file from 1, "" and None where an option was left out."""

    by_hand: str | None = None
    within: Path | None = None
    default: int | None = None
    quorum: int | None = None
    ratios: Sequence[str] = ()
    vacated: int | None = None
    consenting: str | None = None
    reopening: int | None = None


def positions(text: str, option: str) -> tuple[int, ...]:
    """Return the positions from 0 of candidates given by number from 1, separated by commas.

    Raises:
        TermWrong: something else than numbers from 1.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise TermWrong(f"{option} {text}: expected the numbers of candidates from 1, separated by commas, such as 3,1")
    return tuple(int(part) - 1 for part in parts)


def read_constraints(file: Path, names: Sequence[str]) -> constraints.Constraints:
    """Return the quotas for groups that a TOML file states.

    Raises:
        TermWrong: a file that cannot be read, or one that says something else than groups of candidates.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise TermWrong(f"{file} cannot be read: {fault}") from fault
    try:
        return tuple(_dimension(one, names) for one in said["dimension"])
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise TermWrong(
            f"{file} does not say quotas for groups: {fault}; expected [[dimension]] with a name, and in it "
            "[[dimension.group]] with name, candidates (their names), least and most"
        ) from fault


def _dimension(said: Mapping[str, object], names: Sequence[str]) -> constraints.Dimension:
    groups = said["group"]
    assert isinstance(groups, list)
    return constraints.Dimension(str(said["name"]), tuple(_group(one, names) for one in groups))


def _group(said: Mapping[str, object], names: Sequence[str]) -> constraints.Group:
    members = said["candidates"]
    if not isinstance(members, list) or not all(isinstance(one, str) for one in members):
        raise TypeError(f"the candidates of {said['name']} are no list of names")
    strangers = [one for one in members if one not in names]
    if strangers:
        raise ValueError(f"{strangers[0]} does not stand")
    least, most = said.get("least", 0), said.get("most", len(names))
    if not isinstance(least, int) or not isinstance(most, int):
        raise TypeError(f"least and most of {said['name']} are no whole numbers")
    return constraints.Group(str(said["name"]), frozenset(names.index(one) for one in members), least, most)


def breaking(terms: Terms, lot: ties.Lot) -> ties.Breaking:
    """Return what breaks ties: the choices by hand if there are any, else the lot."""
    return lot if terms.by_hand is None else ties.Hand(positions(terms.by_hand, "--by-hand"))


def _ratios(given: Sequence[str]) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for text in given:
        number, _, ratio = text.partition("=")
        try:
            (position,) = positions(number, "--ratio")
            found[position] = Fraction(ratio)
        except (ValueError, ZeroDivisionError) as fault:
            raise TermWrong(f"--ratio {text}: expected an option and its ratio, such as 2=3 for 3:1") from fault
    return found


def _by_debian(profile: profiles.Profile, terms: Terms, lot: ties.Breaking) -> sheet.Sheet:
    if terms.default is None:
        raise TermWrong("the rule debian needs --default, the number of the default option")
    asked = debian.Terms(terms.default - 1, terms.quorum or 0, _ratios(terms.ratios))
    return debian.count(profile, terms=asked, lot=lot)


def _vacancy(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    if rule not in ELECTING:
        raise TermWrong(f"a countback needs the papers that elected somebody: expected --rule {' or '.join(ELECTING)}")
    assert terms.vacated is not None
    within = read_constraints(terms.within, profile.candidates) if terms.within else ()
    before = rules.CONSTRAINED[rule](profile, seats=seats, lot=lot, within=within)
    elected = terms.vacated - 1
    if elected not in before.winners:
        raise TermWrong(f"--vacated {terms.vacated}: that candidate was not elected, so no seat of hers is vacant")
    free = [c for c in profiles.standing(profile) if c not in before.winners]
    consenting = free if terms.consenting is None else positions(terms.consenting, "--consenting")
    barred = next((c for c in consenting if c not in free), None)
    if barred is not None:
        raise TermWrong(f"--consenting {barred + 1}: expected candidates who stood and were not elected")
    papers = ELECTING[rule](profile, elected, seats=seats, lot=lot, within=within)
    return countback.count(profile.candidates, papers, vacating=elected, consenting=consenting, lot=lot)


def carried_out(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the count by a rule of ``NAMES`` under the terms.

    Raises:
        TermWrong: an option that does not fit the rule.
        the errors of ``UNLAWFUL``, and those of the rule.
    """
    if rule != debian.RULE and (terms.default is not None or terms.quorum is not None or terms.ratios):
        raise TermWrong(f"the rule {rule} knows no --default, --quorum or --ratio; they belong to --rule debian")
    if terms.consenting is not None and terms.vacated is None:
        raise TermWrong("--consenting says who stands for a vacancy: give --vacated too")
    if terms.within is not None and rule not in rules.CONSTRAINED:
        raise TermWrong(f"the rule {rule} keeps no quotas for groups: expected one of {', '.join(rules.CONSTRAINED)}")
    counted = _counted(rule, profile, terms, seats=seats, lot=lot)
    if isinstance(lot, ties.Hand) and lot.choices:
        # The count with one choice less would ask for it.
        try:
            _counted(rule, profile, terms, seats=seats, lot=ties.Hand(lot.choices[:-1]))
        except ties.HandNeeded:
            pass
        else:
            raise TermWrong(f"--by-hand {terms.by_hand}: more choices than there are ties; leave out the last")
    return counted if terms.reopening is None else reopening.stopped(counted, terms.reopening - 1)


def _counted(rule: str, profile: profiles.Profile, terms: Terms, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    if terms.vacated is not None:
        return _vacancy(rule, profile, terms, seats=seats, lot=lot)
    if rule == debian.RULE:
        return _by_debian(profile, terms, lot)
    if terms.within is not None:
        within = read_constraints(terms.within, profile.candidates)
        return rules.CONSTRAINED[rule](profile, seats=seats, lot=lot, within=within)
    return rules.RULES[rule](profile, seats=seats, lot=lot)
