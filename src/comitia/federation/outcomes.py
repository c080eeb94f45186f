"""After a decision: what was decided and why, in a member's words, when it is looked at again, and minority reports.

A statement is given once, by the mover or by whoever sits in the bodies that decided. A minority report is bound to the
text as it was decided; who files it in the name of a current belongs to it.
"""

import msgspec

from comitia.federation import acts, moment, motions
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import MinorityReport, Motion, State


def is_decided(of: Motion) -> bool:
    """Return whether a motion has come to its end."""
    return of.outcome not in ("", "deadlock")


def state_outcome(state: State, act: acts.OutcomeStated) -> None:
    """Say what was decided and why, and on which day it shall be looked at again, if it shall."""
    of = motions.motion(state, act.motion)
    article = of.on.article
    bodies = of.divisions[-1].bodies if of.divisions else motions.deciding_bodies(state, of)
    concerned = motions.sitting(state, bodies, act.at) | {of.by}
    check_permitted(state, act, concerned)
    refuse_unless(
        act.by in concerned or act.by == "clerk",
        article,
        f"{act.by} neither moved {of.id} nor sits in {', '.join(bodies)}",
    )
    refuse_unless(is_decided(of), article, f"{of.id} is not decided yet; its outcome is stated afterwards")
    refuse_unless(not of.stated, article, f"the outcome was stated in act {of.stated_act}; a correction names that act")
    refuse_unless(act.text in state.blobs, "record", f"the text is missing: no blob {act.text}")
    if act.review_at:
        moment.check_moment(act.review_at)
        refuse_unless(act.review_at > act.at, article, f"the review on {act.review_at} is not later than the statement")
    of.stated, of.review_at, of.stated_act = act.text, act.review_at, state.size


def file_minority_report(state: State, act: acts.MinorityReportFiled) -> None:
    """Attach a minority report to a motion that was decided."""
    check_permitted(state, act)
    of = motions.motion(state, act.motion)
    refuse_unless(bool(of.outcome), of.on.article, "a minority report is attached once the motion is decided")
    refuse_unless(act.text in state.blobs, "record", f"the text is missing: no blob {act.text}")
    adopted = motions.text_hash(of)
    refuse_unless(
        act.adopted is msgspec.UNSET or act.adopted == adopted,
        "record",
        f"the report is bound to the text {act.adopted}, but the motion as decided reads {adopted}",
    )
    current = "" if act.current is msgspec.UNSET else act.current
    if current:
        found = state.currents.get(current)
        if found is None:
            raise Refused("record", f"there is no current {current!r}")
        # Whose membership is secret files without naming the current, or is named in it by her own will.
        refuse_unless(act.by in found.members, of.on.article, f"{act.by} is not named as a member of {found.name}")
    of.minority_reports.append(MinorityReport(act.by, act.text, adopted, current, state.size))
