"""What the pictures share: text that is escaped, measured and wrapped, and the frame with its title and description."""

from dataclasses import dataclass
from html import escape

# Mean width of a letter as a share of the font's size; generous, so that labels never run into each other.
LETTER = 0.6
SIZE = 15


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a picture: an id, unique on its page; a title; a sentence; width and height in units."""

    id: str
    title: str
    description: str
    width: float
    height: float


def number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def width_of(text: str, size: float = SIZE) -> float:
    """Return how wide a text is drawn, at most, in units."""
    return len(text) * size * LETTER


def wrapped(text: str, letters: int) -> tuple[str, ...]:
    """Return a text in lines of so many letters, broken between words (a longer word keeps a line of its own)."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def shortened(text: str, letters: int) -> str:
    """Return a text cut to so many letters."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return a text element; ``kind`` is its class."""
    named = f' class="{escape(kind)}"' if kind else ""
    return f'<text x="{number(x)}" y="{number(y)}"{named}>{escape(words)}</text>'


def linked(href: str, inside: str) -> str:
    """Return what is drawn as a link, or as it is where there is nowhere to go."""
    return f'<a href="{escape(href)}">{inside}</a>' if href else inside


def framed(frame: Frame, parts: list[str], kind: str) -> str:
    """Return the whole picture; its least width on a page comes from the class that its width chooses."""
    wide = "narrow" if frame.width <= 420 else "middle" if frame.width <= 760 else "broad"
    # An image has no links inside: a picture with links is a group, so that a screen reader reaches them.
    role = "group" if any("<a " in part for part in parts) else "img"
    box = f"0 0 {number(frame.width)} {number(frame.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn {wide} {escape(kind)}" role="{role}" viewBox="{box}" '
        f'aria-labelledby="{frame.id}-title {frame.id}-desc">'
        f'<title id="{frame.id}-title">{escape(frame.title)}</title>'
        f'<desc id="{frame.id}-desc">{escape(frame.description)}</desc>' + "".join(parts) + "</svg>"
    )
