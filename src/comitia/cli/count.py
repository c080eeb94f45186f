"""``comitia count``: count a ballot file by a named rule, show every stage, and answer what is asked about it."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comitia.cli import count_shown, count_terms
from comitia.cli.count_terms import Terms, TermWrong
from comitia.decide import ballot_file, gathering, pairwise, profile, rules, sheet, ties
from comitia.decide.explanation import account, comparison, course, journey, margins, page, why_not
from comitia.decide.explanation.account import Account, Travelled
from comitia.decide.gathering import BallotFileWrong

UNREADABLE = (BallotFileWrong, profile.ProfileWrong, profile.EqualRanks)
# Further counts are spent on a question as the papers are many: some seconds at most.
TRIES, LEAST_TRIES, READ = 600, 30, 600_000
# With more different papers a page says only what was asked by name.
PAGE = 20_000

_TERMS, _ASKED, _WRITTEN = "How it is counted", "What else to tell", "What to write"
File = Annotated[Path, typer.Argument(help="A ballot file, plain or gzipped, its format told by content.")]
RuleName = Annotated[
    str, typer.Option("--rule", help=f"The counting rule: {', '.join(count_terms.NAMES)}.", rich_help_panel=_TERMS)
]
Seats = Annotated[int | None, typer.Option("--seats", help="Seats; else as the file says.", rich_help_panel=_TERMS)]
Seed = Annotated[
    str | None, typer.Option("--seed", help="Public seed of the lot, in hexadecimal.", rich_help_panel=_TERMS)
]
TermsFile = Annotated[
    Path | None,
    typer.Option(
        "--terms",
        help="A TOML file: quotas for groups, marks, vacancy, draws by hand, re-opening; rule debian's default option.",
        rich_help_panel=_TERMS,
    ),
]
Why = Annotated[
    list[str] | None, typer.Option("--why", help="Why this candidate was not elected.", rich_help_panel=_ASKED)
]
HowClose = Annotated[
    bool, typer.Option("--margin", help="How few papers would have to differ.", rich_help_panel=_ASKED)
]
Paper = Annotated[
    str | None,
    typer.Option("--ballot", help="How the paper on this line, or of this id, travelled.", rich_help_panel=_ASKED),
]
Compare = Annotated[
    str | None, typer.Option("--compare", help="The same papers under this rule.", rich_help_panel=_ASKED)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a machine-readable answer.", rich_help_panel=_WRITTEN)]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write the sheet with all answers as a page.", rich_help_panel=_WRITTEN)
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Write the papers again: .blt, .abif, .csv or .json.", rich_help_panel=_WRITTEN),
]
Home = Annotated[Path | None, typer.Option("--home", help="Where a federation lives; a count reads nothing from it.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a count: candidates by name or number, a paper by line or identity, another rule."""

    why: tuple[str, ...] = ()
    margin: bool = False
    paper: str | None = None
    compare: str | None = None
    everybody: bool = False


def wrong(reason: str) -> typer.Exit:
    """Print a reason and return the exit for wrong use."""
    typer.echo(reason, err=True)
    return typer.Exit(2)


def read_bytes(file: Path) -> bytes:
    """Return what a file holds, unpacked if it is gzipped.

    Raises:
        typer.Exit: with 2, when it cannot be read; the reason is printed.
    """
    try:
        raw = file.read_bytes()
        return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    except (OSError, EOFError, zlib.error) as fault:
        raise wrong(f"{file} cannot be read: {fault}. Give the path of a ballot file.") from fault


def read_lot(seed: str | None, raw: bytes) -> ties.Lot:
    """Return the lot of a seed, or, without one, of the ballot file itself, which anybody who votes could bend.

    Raises:
        typer.Exit: with 2, when the seed is not hexadecimal; the reason is printed.
    """
    if seed is None:
        return ties.Lot(hashlib.sha256(raw).digest())
    try:
        return ties.Lot(bytes.fromhex(seed))
    except ValueError as fault:
        raise wrong(f"--seed {seed} is not hexadecimal: expected pairs of 0-9 and a-f, such as 00ff17.") from fault


def told(counted: sheet.Sheet, papers: profile.Profile, asked: Asked, *, count: course.Count, lot: ties.Lot) -> Account:
    """Return what was asked about a count, but for the paper and the other rule.

    Raises:
        TermWrong: a candidate who is not there, or who was elected.
    """
    tries = max(LEAST_TRIES, min(TRIES, READ // max(1, len(papers.ballots))))
    losers = why_not.losers(counted, papers.withdrawn)
    about = [count_terms.place(counted.candidates, who) for who in asked.why]
    for c in about:
        if c not in losers:
            what = "was elected" if c in counted.winners else "had withdrawn"
            raise TermWrong(f"--why {counted.candidates[c]}: she {what}; expected somebody who stood in vain")
    asks_all = asked.everybody and counted.rule != "countback" and len(papers.ballots) <= PAGE
    whys = tuple(
        why_not.why_not(papers, counted, c, why_not.further_papers(papers, count, c, lot))
        for c in (losers if asks_all else about)
    )
    margin = margins.closest(papers, counted, count, lot, tries=tries) if asked.margin or asks_all else None
    preferred = pairwise.preferences(papers) if counted.rule in course.COMPARING else None
    return Account("", counted, papers.withdrawn, whys, margin, preferred=preferred)


def travelled(
    raw: bytes, found: profile.BallotFile, counted: sheet.Sheet, *, wanted: str, terms: Terms, count: course.Count
) -> Travelled:
    """Return how one paper travelled, given by its line or its identity.

    Raises:
        TermWrong: there is no such paper.
    """
    reading = count_terms.reading(terms)
    ranks = ballot_file.paper(raw, int(wanted), reading) if wanted.isdecimal() else None
    where = f"on line {wanted}"
    if ranks is None:
        ranks, where = ballot_file.paper(raw, wanted, reading), wanted
    if ranks is None:
        raise TermWrong(f"--ballot {wanted}: expected the number of a line that holds papers, or the id of a paper")
    return Travelled(where, ranks, journey.journey(found.profile, counted, ranks, count))


def compared(
    counted: sheet.Sheet, papers: profile.Profile, terms: Terms, *, rule: str, lot: ties.Lot
) -> comparison.Comparison:
    """Return what another rule would change; quotas for groups go with it where it keeps them.

    Raises:
        TermWrong: no such rule.
    """
    if rule not in rules.RULES:
        raise TermWrong(f"--compare {rule}: expected one of {', '.join(rules.RULES)}")
    kept = terms.dimension if rule in rules.CONSTRAINED else ()
    other = count_terms.counted(
        rule, papers, Terms(reopening=terms.reopening, dimension=kept), seats=counted.seats, lot=lot
    )
    return comparison.compare(counted, other)


def written(file: Path, text: str) -> None:
    """Write a file and say so, apart from the answer.

    Raises:
        typer.Exit: with 2, when it cannot be written; the reason is printed.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise wrong(f"{file} cannot be written: {fault}.") from fault
    typer.echo(f"Written: {file}", err=True)


def again(rule: str, terms: Terms, seats: int, tick: Callable[[], object]) -> course.Count:
    """Return the same count for any papers, ticking each time."""

    def count(papers: profile.Profile, lot: ties.Breaking) -> sheet.Sheet:
        tick()
        return count_terms.counted(rule, papers, terms, seats=seats, lot=lot)

    return count


def notes_on(found: profile.BallotFile) -> tuple[str, ...]:
    """Return sentences on what the file says beside its papers."""
    notes = [f"The file has {note}." for note in found.notes]
    if found.scale > 1:
        notes.append(f"Weights in the file have decimals: {found.scale} papers are counted for each.")
    return tuple(notes)


def account_of(
    file: Path, rule: str, terms: Terms, asked: Asked, *, seats: int | None, seed: str | None
) -> tuple[Account, profile.BallotFile]:
    """Return the count of a file and what was asked about it, showing how many further counts it takes."""
    raw = read_bytes(file)
    found = ballot_file.parse(raw, count_terms.reading(terms))
    places, papers = found.seats if seats is None else seats, found.profile
    if places is None:
        raise wrong(f"{file} does not say how many seats there are: give --seats.")
    lot = read_lot(seed, raw)
    breaking = count_terms.breaking(terms, papers.candidates, lot)
    counted = count_terms.carried_out(rule, papers, terms, seats=places, lot=breaking)
    if terms.vacated is not None and (asked.why or asked.margin or asked.paper or asked.compare):
        raise TermWrong("--why, --margin, --ballot and --compare ask about an election, and vacated about a vacancy")
    columns = (SpinnerColumn(), TextColumn("counted again {task.completed:.0f} times"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        count = again(rule, terms, places, lambda: bar.advance(task))
        of = told(counted, papers, asked, count=count, lot=lot)
        paper = None
        if asked.paper is not None:
            paper = travelled(raw, found, counted, wanted=asked.paper, terms=terms, count=count)
        other = None if asked.compare is None else compared(counted, papers, terms, rule=asked.compare, lot=lot)
    line = f"comitia count {file.name} --rule {rule} --seats {places}"
    line += (f" --seed {seed}" if seed else "") + (" --terms FILE" if terms != Terms() else "")
    line += f" (SHA-256 of the papers: {hashlib.sha256(raw).hexdigest()})"
    notes = notes_on(found)
    return replace(of, title=found.title, travelled=paper, compared=other, notes=notes, recount=line), found


def count(
    file: File,
    rule: RuleName,
    seats: Seats = None,
    seed: Seed = None,
    terms: TermsFile = None,
    why: Why = None,
    margin: HowClose = False,
    ballot: Paper = None,
    compare: Compare = None,
    as_json: AsJson = False,
    html: Html = None,
    out: Out = None,
    home: Home = None,
) -> None:
    """Count a ballot file by a named rule and show every stage. Exit 0 counted, 2 wrong use or an unreadable file."""
    if rule not in count_terms.NAMES:
        raise wrong(f"There is no counting rule {rule}: expected one of {', '.join(count_terms.NAMES)}.")
    asked = Asked(tuple(why or ()), margin, ballot, compare, everybody=html is not None)
    try:
        given = Terms() if terms is None else count_terms.read(terms)
        of, found = account_of(file, rule, given, asked, seats=seats, seed=seed)
        papers = None if out is None else ballot_file.format(found, out.suffix, seats=of.counted.seats)
    except UNREADABLE as fault:
        raise wrong(f"{file}, {fault}.") from fault
    except sheet.SeatsWrong as fault:
        raise wrong(f"{fault}; give another --seats or another --rule.") from fault
    except (TermWrong, *count_terms.UNLAWFUL) as fault:
        raise wrong(f"{fault}.") from fault
    except (ballot_file.FormatUnknown, gathering.Unwritable) as fault:
        raise wrong(f"--out {out}: {fault}.") from fault
    if as_json:
        typer.echo(json.dumps(account.answer(of), ensure_ascii=False))
    else:
        count_shown.show(of, found, seed_given=seed is not None)
    if html is not None:
        written(html, page.html(of))
    if out is not None and papers is not None:
        written(out, papers)
