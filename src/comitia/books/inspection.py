"""The right of inspection: a demand, its deadline, its answer; a demand left unanswered shows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Demand:
    """What a member asked of a body, in which act; ``deadline`` is the moment by which the body owes an answer."""

    act: int
    at: str
    by: str
    body: str
    text: str
    deadline: str


@dataclass(frozen=True)
class Answer:
    """The body's answer to a demand, in which act, with the hash of what it laid open."""

    act: int
    at: str
    demand: int
    blob: str


@dataclass(frozen=True)
class Waiting:
    """The deadline has not passed."""

    until: str


@dataclass(frozen=True)
class Answered:
    """The body answered in time."""

    act: int


@dataclass(frozen=True)
class AnsweredLate:
    """The body answered after the deadline."""

    act: int
    deadline: str


@dataclass(frozen=True)
class Unanswered:
    """The deadline has passed without an answer."""

    since: str


Standing = Waiting | Answered | AnsweredLate | Unanswered


class NotAMoment(Exception):
    """A moment is not written YYYY-MM-DDTHH:MM:SSZ."""

    def __init__(self, text: str) -> None:
        """Keep the text that was given."""
        self.text = text
        super().__init__(f"'{text}' is not a moment: expected YYYY-MM-DDTHH:MM:SSZ.")


def deadline(at: str, days: int) -> str:
    """Return the moment a whole number of days after another.

    Raises:
        NotAMoment: ``at`` is not a moment.
    """
    try:
        moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAMoment(at) from error
    return (moment + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def standing(demand: Demand, answer: Answer | None, at: str) -> Standing:
    """Return how a demand stands at the moment one asks; an answer on the deadline is in time."""
    if answer is not None and answer.at <= at:
        return Answered(answer.act) if answer.at <= demand.deadline else AnsweredLate(answer.act, demand.deadline)
    return Waiting(demand.deadline) if at <= demand.deadline else Unanswered(demand.deadline)
