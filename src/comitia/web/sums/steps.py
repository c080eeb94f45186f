"""A season as a line of steps, each with its date, and which of them goes on now."""

from dataclasses import dataclass
from typing import Literal

from comitia.federation.state import Motion, Season, State


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name, its moment if it has one, and whether it is over, goes on now, or is to come."""

    title: str
    moment: str
    standing: Literal["over", "now", "to come"]


def adoption_motions(state: State, season: Season) -> tuple[Motion, ...]:
    """Return the motions to adopt one of the season's drafts, in the order in which they were moved."""
    return tuple(m for m in state.motions.values() if m.subject in season.drafts and not m.amends)


def steps(state: State, season: Season, at: str) -> tuple[Step, ...]:
    """Return the steps of a season; after the adoption they are those of the adopted draft."""
    motions = adoption_motions(state, season)
    if season.adopted:
        motions = tuple(m for m in motions if m.subject == season.adopted)
    voting = [m for m in motions if m.divisions]
    drafts = [season.adopted] if season.adopted else season.drafts
    adopted = next((m.effect_at for m in motions if m.outcome == "carried"), "") if season.adopted else ""
    done = [
        ("Opened", season.opened, True),
        ("Numbers declared until", season.declarations_until, at >= season.declarations_until),
        ("Draft computed", state.drafts[drafts[-1]].at if drafts else "", bool(drafts)),
        ("Before the houses", voting[-1].divisions[-1].opens_at if voting else "", bool(voting)),
        ("Adopted", adopted, bool(season.adopted)),
        ("Work and deliveries until", season.ends_at, at >= season.ends_at),
        ("Closed", "", season.closed),
    ]
    # A draft may be adopted before the last number is due: then the declarations are no longer what is waited for.
    if season.adopted:
        done = [(title, moment, over or n < 5) for n, (title, moment, over) in enumerate(done)]
    now = next((n for n, (_, _, over) in enumerate(done) if not over), len(done))
    return tuple(
        Step(title, moment, "over" if n < now else "now" if n == now else "to come")
        for n, (title, moment, _) in enumerate(done)
    )
