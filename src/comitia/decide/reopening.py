"""Re-open nominations: a candidate on the paper whose election leaves the places below it vacant.

Source: the practice of student unions in Britain, as the National Union of Students describes it in its "Model Ruling
on RON and STV": once it has been elected, "to deem all other unfilled places unelected and to move to a by-election".
The same ruling calls that a distortion for several seats and prescribes something else (the surplus passes to a further
RON candidate, and as many places stay vacant as RON is elected to); that rule is not this one.

1  RON stands like any candidate and is counted like any by the rule in force.
2  When it is elected the count ends; who was elected before it stays elected.
3  Of those elected in the same stage, those with more votes stay elected; those with as many or fewer do not.
4  The places left, RON's among them, stay vacant, and nominations are opened again.
"""

from dataclasses import replace

from comitia.decide import sheet


class NotStanding(Exception):
    """A re-opening that is not on the paper: ``position`` as given."""

    def __init__(self, position: int, candidates: int) -> None:
        super().__init__(
            f"candidate {position + 1} is not one of the {candidates} on the paper: which is the re-opening?"
        )
        self.position = position


def stopped(counted: sheet.Sheet, reopening: int) -> sheet.Sheet:
    """Return a count as it ends where re-open nominations is elected; the same count where it is not.

    Args:
        counted: a whole count by a rule that elects stage by stage, or in one stage by votes.
        reopening: position of the candidate "re-open nominations".

    Raises:
        NotStanding: it is not on the paper.
    """
    if not 0 <= reopening < len(counted.candidates):
        raise NotStanding(reopening, len(counted.candidates))
    at = next((n for n, stage in enumerate(counted.stages) if reopening in stage.elected), None)
    if at is None:
        return counted
    stage = counted.stages[at]
    # 3
    ahead = tuple(c for c in stage.elected if stage.totals[c] > stage.totals[reopening])
    before = tuple(c for earlier in counted.stages[:at] for c in earlier.elected)
    winners = before + ahead
    vacant = counted.seats - len(winners)
    name = counted.candidates[reopening]
    kept = sheet.names_text(counted.candidates, winners)
    # 2, 4
    said = f" {name} is elected: the count ends, {kept} elected, {vacant} to be nominated for again."
    last = replace(stage, elected=ahead, sentence=stage.sentence + said)
    return replace(counted, stages=(*counted.stages[:at], last), winners=winners)
