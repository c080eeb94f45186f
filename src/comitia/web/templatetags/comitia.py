"""Filters: a moment in words and in the federation's zone, a member's name, a body's or seat's name, an article."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import parse_accept_lang_header

from comitia.decide import sentence
from comitia.decide.verdict import Decision, Verdict
from comitia.federation import moment, standing, talking
from comitia.web import clerkroom, names

register = template.Library()
_BASES = {
    "members": "all members",
    "seats": "all seats",
    "filled": "the seats filled",
    "present": "those present",
    "cast": "the votes cast",
    "for_against": "the votes for and against",
}
_SEAT = re.compile(r"\b[a-z][a-z0-9-]*(?:/[a-z0-9-]+)?:(?:[a-z0-9-]+:)?\d+\b")
_MEMBER = re.compile(r"\bm-\d+\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _local(text: str) -> datetime:
    try:
        zone = ZoneInfo(clerkroom.state().zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return moment.parse(text).astimezone(zone)


@register.filter
def when(text: str) -> SafeString | str:
    """Return a moment like ``Tue 24 Nov 2026, 18:00``, marked up with its exact time."""
    if not text:
        return ""
    local = _local(text)
    said = f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
    return format_html('<time datetime="{}">{}</time>', text, said)


@register.filter
def day(text: str) -> SafeString | str:
    """Return the day of a moment like ``24 Nov 2026``."""
    if not text:
        return ""
    local = _local(text)
    return format_html('<time datetime="{}">{}</time>', text, f"{local.day} {local:%b %Y}")


@register.filter
def soon(text: str) -> SafeString | str:
    """Return a deadline in words first: ``tomorrow at 18:00``, ``in 5 days, Sat 28 Nov``."""
    if not text:
        return ""
    local, now = _local(text), _local(clerkroom.now())
    days = (local.date() - now.date()).days
    if local <= now:
        said = f"over since {local.day} {local:%b %Y}"
    elif local - now < timedelta(hours=1):
        said = f"in {max(1, int((local - now).total_seconds() // 60))} minutes"
    elif days == 0:
        said = f"today at {local:%H:%M}"
    elif days == 1:
        said = f"tomorrow at {local:%H:%M}"
    else:
        said = f"in {days} days, {local:%a} {local.day} {local:%b} at {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', text, said)


@register.filter
def person(member: str) -> str:
    """Return what a member is called on a page."""
    return names.said(member)


@register.filter
def body_name(name: str) -> str:
    """Return a body's name, or the names of several joined by commas."""
    found = (standing.find_body(clerkroom.state(), one) for one in name.split(",") if one)
    return ", ".join(b.name if b else name for b in found)


@register.filter
def seat_name(seat: str) -> str:
    """Return a seat like ``Committee of Mill, seat 2``."""
    body, _, rest = seat.partition(":")
    constituency, _, number = rest.rpartition(":")
    where = f" for {constituency}" if constituency else ""
    return f"{body_name(body)}{where}, seat {number}"


@register.filter
def words(name: str) -> str:
    """Return a name of the record in plain words: ``motion_moved`` as ``motion moved``."""
    return name.replace("_", " ")


@register.simple_tag
def article(number: str) -> SafeString:
    """Return a link to an article of the charter."""
    if number == "record":
        return format_html('<a href="{}">the record\'s rules</a>', "/charter/#record")
    return format_html('<a href="/charter/#article-{}">article {}</a>', number, number)


@register.filter
def kind_name(kind: str) -> str:
    """Return the charter's name of a kind of body."""
    found = standing.charter(clerkroom.state()).kinds.get(kind)
    return found.name if found else kind


@register.filter
def kind_plural(kind: str) -> str:
    """Return the charter's name of several bodies of a kind."""
    found = standing.charter(clerkroom.state()).kinds.get(kind)
    return found.plural if found else kind


@register.filter
def minus(number: int, other: int) -> int:
    """Return the difference of two counts."""
    return number - other


@register.filter
def seat_short(seat: str) -> str:
    """Return a seat within its body: ``seat 2``, or ``mill 2`` where each electing body has seats of its own."""
    rest = seat.partition(":")[2]
    constituency, _, number = rest.rpartition(":")
    return f"{constituency} {number}" if constituency else f"seat {number}"


@register.simple_tag
def act_path(index: int) -> str:
    """Return the address of an act in the record."""
    try:
        return reverse("act", args=[index])
    except NoReverseMatch:
        return "/"


@register.filter
def named(sentence: str) -> str:
    """Return a sentence with names in the place of numbers: of seats, and of members who are known by name."""
    seats = _SEAT.sub(lambda found: seat_name(found.group()), sentence)
    return _MEMBER.sub(lambda found: names.said(found.group()), seats)


@register.filter
def cell(text: str) -> SafeString | str:
    """Return a cell of a list as it is read: a moment in words, names in the place of numbers."""
    return when(text) if _MOMENT.fullmatch(text) else named(text)


@register.filter
def mentions(text: str) -> SafeString:
    """Return what a member wrote, escaped, with whom it mentions called as others call her."""
    parts = talking.MENTION.split(text.strip())
    # Every second part is the number of a mention.
    pairs = (
        (part, f"@{names.said(who)}" if who else "") for part, who in zip(parts[::2], [*parts[1::2], ""], strict=True)
    )
    return format_html_join("", "{}<b>{}</b>", pairs)


@register.filter
def at(found: Mapping[str, str], key: str) -> str:
    """Return what a mapping holds under a key, or ""."""
    return found.get(key, "")


@register.filter
def base_words(base: str) -> str:
    """Return of what a share is taken, in words."""
    return _BASES.get(base, base)


@register.simple_tag(takes_context=True)
def spoken(context: template.RequestContext, verdict: Verdict | Decision) -> SafeString:
    """Return a verdict's whole sum in the language that the reader's browser asks for, names in place of numbers."""
    asked = context["request"].headers.get("Accept-Language", "")
    wanted = (code.split("-")[0] for code, _ in parse_accept_lang_header(asked))
    language = next((code for code in wanted if code in sentence.BOOKS), "en")
    return format_html('<span lang="{}">{}</span>', language, named(sentence.sentence(verdict, language)))
