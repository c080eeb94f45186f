"""At which stage an election is, in the words that lists use."""

from dataclasses import dataclass
from typing import Literal

from comitia.federation.state import Election, State


@dataclass(frozen=True, slots=True)
class Stage:
    """An election's stage, and the moment at which it ends or, where it is counted or waits, ended."""

    name: Literal["nominations", "voting", "closed", "counted"]
    until: str

    @property
    def sentence(self) -> str:
        """Return the words before the moment."""
        match self.name:
            case "nominations":
                return "candidates are wanted; nominations close"
            case "voting":
                return "voting closes"
            case "closed":
                return "to be counted; voting is"
            case "counted":
                return "counted; voting is"


def stage(state: State, election: Election, at: str) -> Stage:
    """Return the stage of an election at a moment."""
    closes = state.ballots[election.ballot].closes_at
    if election.sheet is not None:
        return Stage("counted", closes)
    if at < election.nominations_until:
        return Stage("nominations", election.nominations_until)
    return Stage("voting" if at < closes else "closed", closes)
