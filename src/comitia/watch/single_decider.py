"""I19, matters that one person decides: by the charter's words, and among what was decided.

Source: the return to one-man management, S. A. Smith, Red Petrograd (1983), p. 241. A body of one seat decides alone;
so does whoever a matter lets decide after advice.
"""

from comitia.charter.structure import Charter, Kind, Matter
from comitia.watch import answers
from comitia.watch.indicator import Indicator, Reading, share
from comitia.watch.view import View

MATTERS = Indicator(
    "I19", "matters decided by one person", "matters of a body of one seat, or of one person after advice / matters",
    "0 to 1", "one-man management, Smith 1983", "some matters of one person are small", "share",
)  # fmt: skip
DIVISIONS = Indicator(
    "I19", "decisions by one person", "decisions of a term by one person / decisions of a term", "0 to 1",
    "one-man management, Smith 1983", "what offices decide without a motion is not in the record", "share",
)  # fmt: skip


def is_single(kind: Kind | None) -> bool:
    """Return whether a body has one seat."""
    return kind is not None and kind.seats is not None and kind.seats.fixed == 1 and not kind.constituencies


def decides_alone(charter: Charter, matter: Matter) -> bool:
    """Return whether one person decides a matter."""
    if matter.procedure == "advice":
        return True
    return bool(matter.decided_by) and all(is_single(charter.kinds.get(kind)) for kind in matter.decided_by)


def readings(view: View) -> tuple[Reading, ...]:
    """Return both for the federation."""
    alone = [m for m in view.rules.matters.values() if decides_alone(view.rules, m)]
    taken = [row for row in view.decided if decides_alone(view.rules, row.motion.on)]
    named = ", ".join(m.name for m in alone[:6])
    # The change of the charter that made it so: the last one before which fewer matters were one person's.
    acts: tuple[int, ...] = ()
    for before, after in zip(view.charters, view.charters[1:], strict=False):
        counts = [sum(decides_alone(c, m) for m in c.matters.values()) for c in (before.charter, after.charter)]
        acts = (*acts, after.act) if counts[1] > counts[0] else acts
    articles = tuple(dict.fromkeys(m.article for m in alone)) or answers.matters(view.rules, "charter")
    whole = len(view.rules.matters)
    return (
        share(
            MATTERS, "", (len(alone), whole),
            f"{len(alone)} of {whole} matters are decided by one person{': ' + named if named else ''}.",
            acts=acts, articles=articles,
        ),
        share(
            DIVISIONS, "", (len(taken), len(view.decided)),
            f"{len(taken)} of {len(view.decided)} decisions in the last {view.days()} days were taken by one person.",
            acts=tuple(row.act for row in taken), articles=articles,
        ),
    )  # fmt: skip
