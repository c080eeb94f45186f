"""Faults of permissions: acts that nobody may do, powers given and not permitted, members' rights in others' hands."""

import difflib
from collections.abc import Iterator

from comitia.charter import faults_acts
from comitia.charter.fault import Fault, Spot, at, is_cut_off, is_seated, quoted
from comitia.charter.structure import Charter, Kind, Permission

_RIGHTS = {
    "member_left": "leaving",
    "leaving_announced": "leaving as a group",
    "leaving_joined": "leaving with a minority",
    "inspection_demanded": "inspection",
    "current_formed": "forming a current",
    "minority_report_filed": "a minority report",
    "refounding_called": "calling for a refounding",
    "refounding_signed": "signing for a refounding",
    "refounding_opened": "opening the vote on a refounding",
    "recall_petitioned": "asking for a recall",
    "petition_signed": "signing for a recall",
    "recall_opened": "opening the vote on a recall",
}
"""Acts that are a member's own, or an elector's, and for which she needs nobody's leave."""

_BY_ELECTORS = ("recall_petitioned", "petition_signed", "recall_opened")

_DOORS = {
    "motion_moved": "nothing is put to the vote",
    "division_opened": "no vote is opened",
    "election_opened": "no election is opened",
}
"""Acts through which everything must pass, and what does not happen without them."""


def find(charter: Charter) -> Iterator[Fault]:
    """Yield the faults of permissions, and of what is permitted and forbidden at once."""
    yield from _acts(charter)
    yield from _unknown(charter)
    yield from _votes(charter)
    yield from _powers(charter)
    yield from _rights(charter)
    yield from _doors(charter)


def _acts(charter: Charter) -> Iterator[Fault]:
    forbidden = {act: never for never in charter.never.values() for act in never.acts}
    called_for = faults_acts.called_for(charter)
    for act in faults_acts.ACTS:
        permission = charter.permissions.get(act)
        if act in forbidden and permission is not None:
            never = forbidden[act]
            yield at(
                permission,
                "permitted-and-forbidden",
                reason=f"{act} is permitted by article {permission.article} and forbidden by article {never.article}.",
                harm="Two members quote two articles at each other, and both are right.",
                repair="Take it out of one of the two.",
            )
        # Language 1 said of every act who may do it, or that nobody may.
        needed = charter.language > 1 and act in called_for and act != "current_formed"
        if act in forbidden and permission is None and needed:
            never = forbidden[act]
            yield at(
                never,
                "needed-and-forbidden",
                reason=f"Article {never.article} forbids {act}, without which what other articles promise cannot be "
                "done.",
                harm="The right stands in one article and is taken back in another; she is refused with the second.",
                repair=f"Take {act} out of [never.{never.id}], and name in a [[permission]] who may do it.",
            )
        given = permission is not None and permission.by
        if act not in forbidden and not given and (act in called_for or permission is not None):
            yield at(
                permission or Spot(1, ""),
                "act-without-permission",
                reason=f"Nobody may do {act}, and no article forbids it either.",
                harm="It is found out on the day when it is needed.",
                repair="Name it in a [[permission]] with those who may do it, or forbid it under [never].",
            )


def _unknown(charter: Charter) -> Iterator[Fault]:
    named = (
        *((p.act, Spot(p.line, p.article)) for p in charter.permissions.values()),
        *((act, Spot(n.line, n.article)) for n in charter.never.values() for act in n.acts),
    )
    for act, spot in named:
        if act not in faults_acts.ACTS:
            near = difflib.get_close_matches(act, faults_acts.ACTS, n=1)
            yield at(
                spot,
                "unknown-act",
                reason=f"There is no act “{act}”.",
                harm="What the article permits or forbids never happens under that name.",
                repair=f"Write “{near[0]}”." if near else "See the list of acts in the reference.",
            )


def _votes(charter: Charter) -> Iterator[Fault]:
    """Yield the bodies that decide but may not vote, or in which some houses sit without a vote."""
    for matter in charter.matters.values():
        act = "position_taken" if matter.procedure in ("consensus", "gradients") else "vote_cast"
        if matter.procedure in ("consent", "sense_check", "advice"):
            continue
        votes = charter.permissions.get(act)
        for kind in (charter.kinds[k] for k in matter.decided_by if k in charter.kinds):
            silent = _silent(charter, kind, votes)
            if silent:
                part = "" if silent == (kind.id,) else f", in which {quoted(silent)} sit without a vote"
                yield at(
                    matter,
                    "nobody-may-vote",
                    reason=f"“{matter.name}”: the {kind.name} must carry it{part}, but the permission for {act} "
                    "leaves out "
                    f"{quoted(silent)}.",
                    harm=f"The division of the {kind.name} closes without their votes, and what they want falls.",
                    repair=f"Add {quoted(silent)} to the permission for {act}.",
                )


def _silent(charter: Charter, kind: Kind, votes: Permission | None) -> tuple[str, ...]:
    if not is_seated(kind):
        return ()
    seats = kind.houses if kind.form == "joint" else (kind.id,)
    return tuple(name for name in seats if name in charter.kinds and (votes is None or name not in votes.by))


def _powers(charter: Charter) -> Iterator[Fault]:
    """Yield the powers that a table gives to a body and that no permission lets it use."""
    for kind in charter.kinds.values():
        rule = kind.candidacy
        powers = [("seat_appointed", name, "fill its seats") for name in kind.appointed_by]
        if rule:
            powers += [
                ("candidate_screened", rule.gate, "admit its candidates"),
                ("candidate_nominated", rule.nominated_by, "put up its candidates"),
                ("acting_named", rule.acting_by, "name who acts in its seats"),
            ]
        if kind.chair and any(m.tie == "chair" and kind.id in m.decided_by for m in charter.matters.values()):
            powers.append(("casting_vote_given", kind.chair, "give its casting vote"))
        if kind.split_votes:
            powers.append(("vote_split", kind.id, "divide its votes"))
        for act, name, does in powers:
            holder = charter.kinds.get(name)
            if holder and not _lets(charter, act, holder):
                yield at(
                    kind,
                    "power-without-permission",
                    reason=f"{kind.name.capitalize()}: the {holder.name} is to {does}, but may not do {act}.",
                    harm="The article names who does it, and on the day nobody may.",
                    repair=f"Add “{holder.id}” to the permission for {act}.",
                )


def _lets(charter: Charter, act: str, holder: Kind) -> bool:
    permission = charter.permissions.get(act)
    if permission is None:
        return False
    # Where all members sit there are no seats: its people act as members.
    own = {holder.id} if is_seated(holder) else {holder.id, "elector"}
    return bool({"member", *own} & set(permission.by))


def _own(charter: Charter, by: tuple[str, ...]) -> bool:
    """Return whether members or electors may do it themselves; secret acts are entered by the clerk for them."""
    return any(name in ("member", "elector", "clerk") or not _seats(charter, name) for name in by)


def _seats(charter: Charter, name: str) -> bool:
    return name not in charter.kinds or is_seated(charter.kinds[name])


def _rights(charter: Charter) -> Iterator[Fault]:
    for act, right in _RIGHTS.items():
        permission = charter.permissions.get(act)
        if permission and permission.by and not _own(charter, permission.by):
            yield at(
                permission,
                "right-in-others-hands",
                reason=f"The right of {right} is in the hands of {quoted(permission.by)}: no member may do {act} "
                "herself.",
                harm="She asks those against whom the right was written, and they say: not now.",
                repair=f'Permit {act} to "{"elector" if act in _BY_ELECTORS else "member"}".',
            )


def _doors(charter: Charter) -> Iterator[Fault]:
    for act, harm in _DOORS.items():
        permission = charter.permissions.get(act)
        if not permission or not permission.by or _own(charter, permission.by):
            continue
        kinds = [charter.kinds[name] for name in permission.by if name in charter.kinds]
        if kinds and all(kind.office or is_cut_off(charter, kind) for kind in kinds):
            yield at(
                permission,
                "chokepoint",
                reason=f"Only {quoted(tuple(kind.id for kind in kinds))} may do {act}: without it {harm}.",
                harm="It has no vote and needs none: it leaves undone what it does not like.",
                repair=f'Add "member" or "elector" to the permission for {act}.',
            )
