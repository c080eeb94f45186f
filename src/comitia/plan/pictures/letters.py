"""Lines over rounds drawn in letters, for a terminal: the same two lines as ``lines.py``, on the same scale."""

from collections.abc import Sequence
from math import isfinite

WIDTH, HEIGHT = 64, 12
VALUE, BOUND, BOTH = "*", "o", "@"


def rounds(course: Sequence[tuple[int, float, float]]) -> tuple[str, ...]:
    """Return the gap round by round as lines of text: (round, value of the best plan so far, bound).

    Several rounds share a column where there are more of them than columns; the last of them is drawn.
    """
    finite = [of for of in course if isfinite(of[1]) and isfinite(of[2])]
    if not finite:
        return ()
    low, high = min(min(v, b) for _, v, b in finite), max(max(v, b) for _, v, b in finite)
    columns = min(WIDTH, len(finite))
    value: list[int] = [0] * columns
    bound: list[int] = [0] * columns
    for n, (_, v, b) in enumerate(finite):
        at = n * columns // len(finite)
        value[at], bound[at] = _height(v, low, high), _height(b, low, high)
    ends = {0: f"{low:,.6g}", HEIGHT - 1: f"{high:,.6g}"}
    room = max(map(len, ends.values()))
    drawn = [
        f"{ends.get(y, ''):>{room}} |{''.join(_letter(y, v, b) for v, b in zip(value, bound, strict=True))}".rstrip()
        for y in range(HEIGHT - 1, -1, -1)
    ]
    first, last = str(finite[0][0]), str(finite[-1][0])
    axis = f"{first}{last:>{max(columns - len(first), len(last) + 1)}}" if len(finite) > 1 else first
    return (*drawn, f"{'':>{room}} +{'-' * columns}", f"{'round':>{room}}  {axis}")


def _height(figure: float, low: float, high: float) -> int:
    return round((figure / 2 - low / 2) / (high / 2 - low / 2) * (HEIGHT - 1)) if high / 2 > low / 2 else 0


def _letter(y: int, value: int, bound: int) -> str:
    if value == bound == y:
        return BOTH
    return VALUE if value == y else BOUND if bound == y else " "
