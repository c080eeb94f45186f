"""``comitia new`` and ``comitia invite``: a federation of one's own, from a charter and two tables.

Everything is read and checked first; nothing is written before all of it holds, and then in one commit.
"""

import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import Progress

from comitia.charter import faults, parse
from comitia.charter.structure import Charter
from comitia.clerk import mail, roster, stores
from comitia.clerk.clerk import Clerk, blob_hash
from comitia.clerk.home import Home
from comitia.clerk.invitation_sheet import Card, sheet
from comitia.clerk.people import commitment
from comitia.federation import acts, moment, standing

SHIPPED = "co-op-federation"
LINK_DAYS = 30
SHEET = Path("invitations.html")
Way = Literal["print", "sheet", "mail", "none"]


class NotBegun(Exception):
    """Why no federation was begun; the folder is as it was."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join((*reasons, "Nothing was written.")))


def new(
    home: Annotated[Path | None, typer.Option(help="folder in which the federation will live")] = None,
    name: Annotated[str | None, typer.Option(help="the federation's name")] = None,
    members: Annotated[
        Path | None, typer.Option(help="members.csv: member, name, contact, workplace, trade, locality")
    ] = None,
    bodies: Annotated[Path | None, typer.Option(help="bodies.csv: roll, id, name, within")] = None,
    charter: Annotated[str | None, typer.Option(help="a charter file, or the name of the shipped one")] = None,
    founders: Annotated[str | None, typer.Option(help="numbers of the founding members, joined by commas")] = None,
    carry_over: Annotated[
        list[str] | None, typer.Option(help="a sitting officer: SEAT=MEMBER, for instance secretary:1=m-0002")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="time zone, for instance Europe/Vienna")] = None,
    database: Annotated[
        str | None, typer.Option(help="keep the record in this PostgreSQL database, such as postgresql://host/name")
    ] = None,
    invite: Annotated[str, typer.Option(help="sign-in links: print, sheet, mail (or outbox), none")] = "none",
    site: Annotated[str, typer.Option(help="address of the pages, for the links")] = "http://localhost:8000",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check everything, write nothing")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask before writing")] = False,
) -> None:
    """Begin a federation: a handful of questions, two tables, one commit."""
    folder = home or Path(_ask("Folder for the federation", "home"))
    called = name or _ask("Name of the federation", "")
    text, rules = _charter(charter or _ask("Charter: a file, or the shipped one", SHIPPED))
    tables = [
        p or Path(_ask(f"Table of {what}", f"{what}.csv")) for p, what in ((bodies, "bodies"), (members, "members"))
    ]
    read = roster.read(rules, (tables[0].name, _bytes(tables[0])), (tables[1].name, _bytes(tables[1])))
    who = founders or _ask(
        "Founding members, by number", ",".join(m.member for m in read.members[: rules.procedures.founders])
    )
    signed = tuple(n.strip() for n in who.split(",") if n.strip())
    _check(folder, read, (rules, signed))
    for warning in read.warnings:
        typer.echo(f"note: {warning.sentence}", err=True)
    typer.echo(_plan(called, rules, read, signed))
    if dry_run:
        typer.echo("Dry run: nothing was written.")
        return
    if not yes and sys.stdin.isatty() and not typer.confirm("Begin?"):
        raise typer.Exit(0)
    when = zone or "UTC"
    _begin(folder, (called, when, text), read, (signed, tuple(carry_over or ())), database=database)
    typer.echo(f"{called} is founded in {folder}. Open its pages: ./comitia serve --home {folder}")
    if invite != "none":
        _invite(folder, [m.member for m in read.members], _way(invite), site=site)


def _ask(question: str, usual: str) -> str:
    if not sys.stdin.isatty():
        raise NotBegun([f"{question}: no answer is given, and nobody can be asked; give it as an option (see --help)"])
    return str(typer.prompt(question, default=usual or None))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NotBegun([f"{path} cannot be read: {fault.strerror}"]) from fault


def _charter(said: str) -> tuple[bytes, Charter]:
    shipped = files("comitia.charter") / "shipped" / f"{said}.toml"
    body = shipped.read_bytes() if shipped.is_file() else _bytes(Path(said))
    try:
        rules = parse.parse(body.decode(), file=said)
    except (UnicodeDecodeError, parse.WrongCharter) as fault:
        raise NotBegun([str(fault)]) from fault
    found = [f"{said}, line {f.line}, article {f.article}: {f.reason}. {f.repair}" for f in faults.find_faults(rules)]
    if found:
        raise NotBegun(found)
    return body, rules


def _check(folder: Path, read: roster.Roster, founding: tuple[Charter, tuple[str, ...]]) -> None:
    rules, signed = founding
    reasons = [f.sentence for f in read.faults]
    if stores.exist(Home(folder)):
        reasons.append(f"{folder} holds a federation already; choose another folder")
    known = {m.member for m in read.members}
    reasons += [f"founder {n} is not in the table of members" for n in signed if n not in known]
    if len(set(signed)) < rules.procedures.founders:
        article = rules.procedures.founding_article
        reasons.append(f"{len(set(signed))} founders are named; article {article} asks for {rules.procedures.founders}")
    if reasons:
        raise NotBegun(reasons)


def _plan(name: str, rules: Charter, read: roster.Roster, signed: tuple[str, ...]) -> str:
    counts = []
    for roll in rules.rolls.values():
        number = sum(g.roll == roll.id for g in read.groups)
        counts.append(f"{number} {(roll.name if number == 1 else roll.plural).lower()}")
    rest = f"{len(signed)} founders; {len(rules.articles)} articles, no fault"
    return f"{name}: {len(read.members)} members, {', '.join(counts)}; {rest}."


def _begin(
    folder: Path,
    named: tuple[str, str, bytes],
    read: roster.Roster,
    officers: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    database: str | None,
) -> None:
    name, zone, text = named
    signed, carried = officers
    fresh = not folder.exists()
    origin = f"{''.join(c if c.isalnum() else '-' for c in name.lower()).strip('-') or 'federation'}/comitia"
    clerk = Clerk.create(folder, origin, database=database)
    try:
        at = clerk.now()
        persons = clerk.people.add_all([(m.member, m.name, m.contact) for m in read.members])
        made: list[acts.AnyAct] = [
            acts.FederationFounded(
                at=at, by=signed[0], name=name, zone=zone, charter=blob_hash(text), vkey=clerk.vkey, founders=signed
            )
        ]
        made += [
            acts.GroupRegistered(at=at, by=signed[0], roll=g.roll, group=g.id, name=g.name, within=g.within)
            for g in read.groups
        ]
        made += [
            acts.MemberJoined(
                at=at, by=signed[0], member=m.member, commitment=commitment(p.name, p.contact, p.salt), groups=m.groups
            )
            for m, p in zip(read.members, persons, strict=True)
        ]
        for officer in carried:
            seat, _, member = officer.partition("=")
            made.append(acts.OfficerCarriedOver(at=at, by=signed[0], seat=seat, member=member))
        clerk.submit_all(made, blobs={blob_hash(text): text})
    except BaseException:
        clerk.close()
        _undo(folder, fresh)
        raise
    clerk.close()


def _undo(folder: Path, fresh: bool) -> None:
    """Leave the folder as it was: gone if we made it, else without our files."""
    if fresh:
        shutil.rmtree(folder)
        return
    home = Home(folder)
    shutil.rmtree(home.keys)
    for path in (*folder.glob("*.sqlite3*"), *folder.glob(home.database.name)):
        path.unlink()


def _way(said: str) -> Way:
    match said:
        case "print" | "sheet" | "mail" | "none":
            return said
        case _:
            raise typer.BadParameter(f"{said!r} is no way to invite; choose print, sheet, mail or none")


def invite(
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    member: Annotated[list[str] | None, typer.Option(help="a member's number; all members if not given")] = None,
    way: Annotated[
        str, typer.Option("--by", help="print, sheet (with QR codes), or mail (into the outbox without a mail.toml)")
    ] = "print",
    site: Annotated[str, typer.Option(help="address of the pages, for the links")] = "http://localhost:8000",
    out: Annotated[Path, typer.Option(help="for --by sheet: the file to print, new")] = SHEET,
) -> None:
    """Make one-use sign-in links, valid for thirty days: printed, on a sheet to cut up, mailed, or in the outbox."""
    _invite(home, list(member or ()), _way(way), site=site, out=out)


def _invite(folder: Path, members: list[str], way: Way, *, site: str, out: Path = SHEET) -> None:
    if way == "sheet" and out.exists():
        raise NotBegun([f"{out} is there already, and may hold links that are still good; name another file"])
    with Clerk.open(folder) as clerk:
        present = standing.all_members(clerk.federation.state)
        unknown = [m for m in members if m not in present]
        if unknown:
            raise NotBegun([f"{', '.join(unknown)} is not a member of {clerk.federation.state.name}"])
        wanted = members or sorted(present)
        tokens = clerk.people.invite_all(wanted, until=moment.after(clerk.now(), days=LINK_DAYS))
        links = {m: f"{site.rstrip('/')}/join/{token}/" for m, token in tokens.items()}
        if way == "print":
            for who, link in links.items():
                typer.echo(f"{who}\t{clerk.people.name(who)}\t{link}")
        elif way == "sheet":
            cards = [Card(who, clerk.people.name(who), link) for who, link in links.items()]
            out.touch(mode=0o600)
            out.write_text(sheet(clerk.federation.state.name, cards, days=LINK_DAYS), encoding="utf-8")
            typer.echo(
                f"{len(cards)} cards in {out}: print it, cut it up, and destroy the file; each link signs in once"
            )
        elif way == "mail":
            _mail(clerk, links)


def _mail(clerk: Clerk, links: dict[str, str]) -> None:
    state = clerk.federation.state
    server = mail.find_server(clerk.home)
    # In the outbox the sender is filled in by whoever sends it.
    sender = server.sender if server else "comitia@localhost"
    mails = []
    for member, link in links.items():
        person = clerk.people.person(member)
        if person is None or not person.contact:
            typer.echo(f"{member} has no contact; her link: {link}")
            continue
        text = (
            f"{person.name},\n\nyou are member {member} of {state.name}. This link signs you in, once, within "
            f"{LINK_DAYS} days:\n\n"
            f"{link}\n\nWhat you vote in a secret ballot is not linked to your number on the record.\n"
        )
        made = mail.message(person.contact, f"{state.name}: your sign-in link", text, sender=sender)
        mails.append((member, made))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sending", total=len(mails))
        number = mail.send(clerk.home, mails, progress=lambda done, of: bar.update(task, completed=done))
    where = "mailed" if server else f"laid into {clerk.home.outbox}"
    typer.echo(f"{number} links {where}")
