"""A federation whose charter uses what the shipped one does not: gates, lists, appointments, quotas, turns, acting."""

from small import Small, name

from comitia.federation import acts, moment, standing

START = "2026-01-05T08:00:00Z"
SIZES = {"bakery": 4, "farm": 3, "mill": 8}

CHARTER = """
language = 2
name = "Charter of the people of a valley"
houses = ["house"]

[article.1]
title = "Rolls"
text = "Every member stands on the roll of workplaces."
entrenched = false
[article.2]
title = "Bodies"
text = "Who sits where."
entrenched = false
[article.3]
title = "The house"
text = "Seven delegates, shared among the workplaces."
entrenched = false
[article.4]
title = "Recall"
text = "Those who filled a seat recall its holder."
entrenched = true
[article.5]
title = "Currents"
text = "Two members form one; nobody forbids it."
entrenched = true
[article.6]
title = "Refounding"
text = "The members found anew."
entrenched = true
[article.7]
title = "Leaving"
text = "Nobody hinders who leaves."
entrenched = true
[article.8]
title = "Emergency"
text = "A week, once."
entrenched = true
[article.9]
title = "Own consent"
text = "No body is merged or dissolved from above."
entrenched = true
[article.10]
title = "Beginning, motions, corrections"
text = "How it works."
entrenched = false
[article.11]
title = "No command over labour"
text = "Nobody is ordered to work."
entrenched = true

[roll.workplace]
name = "workplace"
plural = "workplaces"
gathers = []
required = true
article = "1"
[roll.trade]
name = "trade"
plural = "trades"
gathers = []
required = false
article = "1"
[roll.branch]
name = "branch"
plural = "branches"
gathers = ["workplace"]
required = false
article = "1"

[kind.assembly]
name = "assembly"
plural = "assemblies"
form = "all"
each = "workplace"
article = "2"
[kind.everybody]
name = "general assembly"
plural = "general assemblies"
form = "all"
each = ""
article = "2"

[kind.committee]
name = "committee"
plural = "committees"
form = "elected"
each = "workplace"
electors = "assembly"
constituencies = false
office = false
seats = 2
election = "plain"
term_days = 360
term_limit = 2
incompatible = []
mandate = "free"
report_days = 90
recall = "ordinary"
weights = "equal"
article = "2"

[kind.house]
name = "house"
plural = "houses"
form = "elected"
each = ""
electors = "assembly"
constituencies = true
office = false
seats_total = 7
apportionment = "sainte_lague"
seats_least = 1
election = "plain"
term_days = 360
term_limit = 0
incompatible = ["bureau"]
mandate = "imperative"
report_days = 90
recall = "quota"
weights = "members"
article = "3"

[kind.board]
name = "board"
plural = "boards"
form = "elected"
each = ""
electors = "everybody"
constituencies = false
office = false
seats = 4
election = "screened"
term_days = 360
term_limit = 0
incompatible = []
mandate = "free"
report_days = 90
recall = "confidence"
weights = "equal"
article = "2"

[kind.screeners]
name = "bench of screeners"
plural = "benches of screeners"
form = "elected"
each = ""
electors = "everybody"
constituencies = false
office = true
seats = 2
election = "plain"
term_days = 360
term_limit = 0
incompatible = []
mandate = "free"
report_days = 90
recall = "ordinary"
weights = "equal"
article = "2"

[kind.conference]
name = "conference"
plural = "conferences"
form = "elected"
each = ""
electors = "everybody"
constituencies = false
office = false
seats = 5
election = "lists"
term_days = 360
term_limit = 0
incompatible = []
mandate = "free"
report_days = 90
recall = "quota"
weights = "equal"
article = "2"

[kind.delegation]
name = "delegation"
plural = "delegations"
form = "elected"
each = ""
electors = "everybody"
constituencies = false
office = false
seats = 1
election = "put-up"
term_days = 360
term_limit = 0
incompatible = []
mandate = "free"
report_days = 90
recall = "ordinary"
weights = "equal"
article = "2"

[kind.bureau]
name = "bureau"
plural = "bureaus"
form = "appointed"
each = ""
appointed_by = ["house", "bureau"]
office = true
seats = 2
term_days = 100
term_limit = 0
incompatible = []
mandate = "free"
report_days = 30
recall = "ordinary"
weights = "equal"
article = "2"

[election.plain]
rule = "scottish"
nomination_days = 3
voting_days = 3
nomination = 1
candidates = "electors"
renewal_days = 30
turnout = "0"
pause_days = 100
renewed_in = 1
by_election_days = 0

[election.screened]
rule = "scottish"
nomination_days = 3
voting_days = 3
nomination = 2
candidates = "members"
gate = "screeners"
renewal_days = 0
turnout = "1/3"
pause_days = 0
renewed_in = 2
by_election_days = 30
acting_by = "committee"
acting_days = 20

[election.lists]
rule = "list"
list_rule = "sainte_lague"
nomination_days = 3
voting_days = 3
nomination = 1
candidates = "electors"
renewal_days = 0
turnout = "0"
pause_days = 0
renewed_in = 1
by_election_days = 0

[election.put-up]
rule = "instant_runoff"
nomination_days = 3
voting_days = 3
nomination = 1
candidates = "committee"
nominated_by = "house"
renewal_days = 0
turnout = "0"
pause_days = 0
renewed_in = 1
by_election_days = 0

[recall.ordinary]
petition = "1/4"
window_days = 10
voting_days = 3
question = "recall"
by = "electors"
base = "for_against"
more_than = "1/2"
quorum = "1/3"
tie_protects = true
article = "4"

[recall.confidence]
petition = "1/5"
window_days = 10
voting_days = 3
question = "confidence"
by = "electors"
base = "for_against"
more_than = "1/2"
quorum = "1/3"
article = "4"

[recall.quota]
petition = "1/4"
window_days = 10
voting_days = 3
question = "recall"
by = "own_quota"
quorum = "1/3"
article = "4"

[way.plain]
procedure = "vote"
notice_days = 0
voting_days = 3
base = "for_against"
more_than = "1/2"
abstentions = "not_counted"
quorum = "1/3"
quorum_base = "members"
no_counts_to_quorum = true
tie = "fails"
silence = "absent"
readings = 1
exits = []
amendments = "none"
delay_days = 0

[matter.leaving]
name = "leaving the federation"
way = "plain"
movers = ["assembly"]
decided_by = ["assembly"]
effect = "leaving"
article = "7"
[matter.emergency]
name = "giving the emergency power back"
way = "plain"
movers = ["member"]
decided_by = ["everybody"]
effect = "emergency"
article = "8"
[matter.dissolution]
name = "dissolving one's own body"
way = "plain"
movers = ["assembly", "everybody"]
decided_by = ["assembly", "everybody"]
effect = "dissolution"
article = "9"
[matter.merger]
name = "merging one's own body"
way = "plain"
movers = ["assembly"]
decided_by = ["assembly"]
effect = "merger"
article = "9"
[matter.charter]
name = "changing the charter"
way = "plain"
movers = ["member"]
decided_by = ["everybody"]
delay_days = 30
effect = "charter"
entrenched = false
article = "10"
[matter.entrenched]
name = "changing an entrenched article"
way = "plain"
movers = ["member"]
decided_by = ["everybody"]
at_least = "9/10"
base = "members"
effect = "charter"
entrenched = true
article = "10"
[matter.resolution]
name = "resolution"
way = "plain"
movers = ["member"]
decided_by = ["everybody"]
effect = "none"
article = "10"

[[permission]]
acts = ["federation_founded", "officer_carried_over", "member_joined", "group_registered", "member_left"]
by = ["member"]
article = "10"
[[permission]]
acts = ["election_opened"]
by = ["elector"]
article = "2"
[[permission]]
acts = ["candidate_nominated", "candidacy_withdrawn", "seat_resigned"]
by = ["member"]
article = "2"
[[permission]]
acts = ["candidate_screened"]
by = ["screeners", "committee"]
article = "2"
[[permission]]
acts = ["seat_appointed"]
by = ["house", "bureau", "committee"]
article = "2"
[[permission]]
acts = ["acting_named"]
by = ["committee", "screeners"]
article = "2"
[[permission]]
acts = ["vote_taken"]
by = ["elector"]
article = "2"
[[permission]]
acts = ["ballots_published"]
by = ["clerk"]
article = "2"
[[permission]]
acts = ["recall_petitioned", "petition_signed", "recall_opened"]
by = ["elector"]
article = "4"
[[permission]]
acts = ["current_formed", "platform_published"]
by = ["member"]
article = "5"
[[permission]]
acts = ["current_joined", "current_left"]
by = ["member", "clerk"]
article = "5"
[[permission]]
acts = ["refounding_called", "refounding_signed", "refounding_opened"]
by = ["member", "clerk"]
article = "6"
[[permission]]
acts = ["leaving_announced", "leaving_joined", "leaving_completed"]
by = ["member", "clerk"]
article = "7"
[[permission]]
acts = ["emergency_declared"]
by = ["board", "committee"]
article = "8"
[[permission]]
acts = ["body_merged", "body_dissolved"]
by = ["elector", "committee"]
article = "9"
[[permission]]
acts = ["motion_moved", "division_opened", "minority_report_filed"]
by = ["member"]
article = "10"
[[permission]]
acts = ["division_closed"]
by = ["member", "clerk"]
article = "10"

[never.forbidding-currents]
acts = ["current_forbidden"]
article = "5"
[never.labour-command]
acts = ["work_assigned"]
article = "11"

[currents]
least = 2
membership = "open"
article = "5"

[refounding]
share = "1/5"
window_days = 10
voting_days = 3
base = "members"
more_than = "1/2"
quorum = "1/2"
article = "6"

[procedures]
founding_article = "10"
founders = 2
carried_over_days = 60
correction_article = "10"
leaving_article = "7"
leaving_notice_days = 30
leaving_least = 2
emergency_article = "8"
emergency_days = 7
emergency_by = ["board"]
"""


def begun(charter: str = CHARTER, *, sizes: dict[str, int] | None = None, vkey: str = "people+0+0") -> Small:
    """Return a federation of workplaces of these sizes, members numbered through them, nobody elected."""
    small = Small(at=START)
    small.do(
        acts.FederationFounded(
            at=small.at,
            by="m-0001",
            name="People",
            zone="UTC",
            charter=small.blob(charter),
            vkey=vkey,
            founders=("m-0001", "m-0002"),
        )
    )
    number = 0
    for group, size in (sizes or SIZES).items():
        small.do(
            acts.GroupRegistered(at=small.at, by="m-0001", roll="workplace", group=group, name=group.title(), within="")
        )
        for _ in range(size):
            number += 1
            small.do(joined(small, f"m-{number:04}", {"workplace": group}))
    return small


def joined(small: Small, member: str, groups: dict[str, str]) -> acts.MemberJoined:
    """Return the act by which a member is entered."""
    return acts.MemberJoined(at=small.at, by="m-0001", member=member, commitment="0" * 64, groups=groups)


def of(group: str) -> list[str]:
    """Return the members of a workplace."""
    first = 1
    for name_, size in SIZES.items():
        if name_ == group:
            return [f"m-{n:04}" for n in range(first, first + size)]
        first += size
    raise KeyError(group)


def opened(small: Small, body: str, constituency: str, *, vacant_only: bool = False) -> acts.ElectionOpened:
    """Return the act that opens an election, by an elector, with the shortest times."""
    kind = standing.body(small.state, body).kind
    nominations = moment.after(small.at, days=kind.nomination_days)
    return acts.ElectionOpened(
        at=small.at,
        by=min(standing.electors(small.state, constituency, small.at), default="m-0001"),
        body=body,
        election=f"e-{len(small.state.ballots) + 1}",
        constituency=constituency,
        vacant_only=vacant_only,
        nominations_until=nominations,
        closes_at=moment.after(nominations, days=kind.voting_days),
        lot=name(b"5eed"),
    )


def vote(small: Small, ballot: str, choices: list[str]) -> None:
    """Let as many electors as there are choices vote, then publish the choices; the moment is the close."""
    found = small.state.ballots[ballot]
    small.at = max(small.at, found.opens_at)
    for member in sorted(found.electorate)[: len(choices)]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = found.closes_at
    small.do(published(small, ballot, choices))


def published(small: Small, ballot: str, choices: list[str]) -> acts.BallotsPublished:
    """Return the act that publishes these choices."""
    seed = "5eed" if small.state.ballots[ballot].lot else ""
    text = small.blob("".join(c + "\n" for c in sorted(choices)))
    return acts.BallotsPublished(at=small.at, by="clerk", ballot=ballot, choices=text, number=len(choices), seed=seed)


def elected(small: Small, body: str, constituency: str, candidates: list[str]) -> str:
    """Hold an election in which every elector ranks the candidates in this order; return its id."""
    opening = opened(small, body, constituency)
    small.do(opening)
    for candidate in candidates:
        small.do(acts.CandidateNominated(at=small.at, by=candidate, election=opening.election, candidate=candidate))
    ranking = "[" + ",".join(f'"{c}"' for c in candidates) + "]"
    vote(small, opening.election, [ranking] * len(small.state.ballots[opening.election].electorate))
    return opening.election


def carried(small: Small, motion: str, matter: str, body: str, *, subject: str = "", figures: str = "") -> None:
    """Move a motion in a body of all and have it carried by everybody there; the moment is the close."""
    mover = min(standing.sitting(small.state, body, small.at))
    text = small.blob(f"{motion}\n")
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=mover,
            body=body,
            motion=motion,
            matter=matter,
            title=motion.title(),
            text=text,
            subject=subject,
            figures=figures,
        )
    )
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion=motion, closes_at=moment.after(small.at, days=3)))
    running = small.state.motions[motion].divisions[-1]
    for ballot in running.ballots.values():
        for member in sorted(small.state.ballots[ballot].electorate):
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = running.closes_at
    for ballot in running.ballots.values():
        small.do(published(small, ballot, ['"for"'] * len(small.state.ballots[ballot].voted)))
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))
