"""A federation lived under an example charter, act by act, and told as it goes: what is done, and what is refused."""

import json
from pathlib import Path

from small import SEED, Small, name, publish

from comitia.charter.structure import Kind
from comitia.federation import acts, candidacy, moment, standing
from comitia.federation.refusal import Refused

EXAMPLES = Path(__file__).parents[2] / "examples" / "charters"


def number(n: int) -> str:
    """Return the n-th member's number."""
    return f"m-{n:04}"


class Life:
    """One federation under one example charter, and its story so far."""

    def __init__(
        self, charter: str, *, founders: int, groups: tuple[tuple[str, str, str], ...] = (), added: str = "",
        changes: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        self.small, self.told = Small(), [f"; A federation under {charter}.toml."]
        text = (EXAMPLES / f"{charter}.toml").read_text("utf-8") + added
        for old, new in changes:
            text = text.replace(old, new)
        if added:
            self.say(f"Written below it: {' '.join(added.split())}")
        self.do(
            f"{founders} found it",
            acts.FederationFounded(
                at=self.small.at, by=number(1), name=charter, zone="UTC", charter=self.small.blob(text),
                vkey="life+0+0", founders=tuple(number(n) for n in range(1, founders + 1)),
            ),
        )  # fmt: skip
        for roll, group, within in groups:
            self.small.do(
                acts.GroupRegistered(at=self.at, by=number(1), roll=roll, group=group, name=group, within=within)
            )

    @property
    def at(self) -> str:
        """The present moment."""
        return self.small.at

    def say(self, text: str) -> None:
        """Tell something that no act says."""
        self.told.append(text)

    def join(self, first: int, last: int, **groups: str) -> None:
        """Enter members from one number to another into groups."""
        for n in range(first, last + 1):
            self.small.do(
                acts.MemberJoined(at=self.at, by=number(1), member=number(n), commitment="0" * 64, groups=groups)
            )
        where = f" into {', '.join(groups.values())}" if groups else ""
        self.say(f"{number(first)} to {number(last)} join{where}")

    def do(self, what: str, act: acts.AnyAct) -> None:
        """Do an act and tell it, or tell why it is refused."""
        try:
            self.small.do(act)
        except Refused as refused:
            self.say(f"{what}: refused, article {refused.article}: {refused.reason}")
        else:
            self.say(what)

    def carry_over(self, seat: str, member: int) -> None:
        """Enter a sitting officer."""
        act = acts.OfficerCarriedOver(at=self.at, by=number(1), seat=seat, member=number(member))
        self.do(f"{number(member)} is carried over in {seat}", act)

    def appoint(self, seat: str, member: int, *, by: int, body: str) -> None:
        """Fill a seat by appointment."""
        act = acts.SeatAppointed(at=self.at, by=number(by), body=body, seat=seat, member=number(member))
        self.do(f"{body} appoints {number(member)} to {seat}", act)

    def elect(self, body: str, constituency: str, members: tuple[int, ...], *, by: str, admits: int = 0) -> None:
        """Hold an election in which everybody votes for these members in this order.

        Args:
            by: who opens it, and puts the candidates up where they may not stand themselves.
            admits: who speaks for the gate, where there is one.
        """
        kind, election = standing.body(self.small.state, body).kind, f"e-{len(self.small.state.ballots) + 1}"
        nominations = moment.after(self.at, days=kind.nomination_days)
        opening = acts.ElectionOpened(
            at=self.at, by=by, body=body, election=election, constituency=constituency, vacant_only=False,
            nominations_until=nominations, closes_at=moment.after(nominations, days=kind.voting_days),
            lot=name(SEED.encode()),
        )  # fmt: skip
        self.do(f"{by} opens an election of {body} by {constituency}", opening)
        if election not in self.small.state.ballots:
            return
        for n in members:
            self._nominate(election, kind, number(n), by)
            if kind.candidacy and kind.candidacy.gate and admits:
                self.do(
                    f"{number(admits)}, for the {kind.candidacy.gate}, admits {number(n)}",
                    acts.CandidateScreened(
                        at=self.at, by=number(admits), body=kind.candidacy.gate, election=election,
                        candidate=number(n), admitted=True, reason="nothing against her",
                    ),
                )  # fmt: skip
        self._count(election, [number(n) for n in members])
        seated = [f"{t.member} in {t.seat}" for t in standing.filled(self.small.state, body, self.at)]
        self.say(f"  sitting: {', '.join(seated) or 'nobody'}")

    def _nominate(self, election: str, kind: Kind, candidate: str, by: str) -> None:
        rules = kind.candidacy
        assert rules is not None
        put_up_by = next(
            (b for b in standing.bodies_of(self.small.state, by, self.at) if b.partition("/")[0] == rules.nominated_by),
            "",
        )
        who = [by] if rules.nominated_by else [candidate, *sorted(self._electors(election) - {candidate})]
        for nominator in who[: max(1, kind.nomination + 1 if kind.nomination > 1 else 1)]:
            self.small.do(
                acts.CandidateNominated(
                    at=self.at, by=nominator, body=put_up_by, election=election, candidate=candidate
                )
            )
        self.say(f"  {candidate} stands" if not put_up_by else f"  {by}, for {put_up_by}, puts up {candidate}")

    def _electors(self, ballot: str) -> frozenset[str]:
        return self.small.state.ballots[ballot].electorate

    def _count(self, election: str, names: list[str]) -> None:
        state = self.small.state
        of = state.ballots[election]
        self.small.at = max(self.at, of.opens_at)
        for member in sorted(of.electorate):
            self.small.do(acts.VoteTaken(at=self.at, by=member, ballot=election, member=member))
        self.small.at = of.closes_at
        choice = json.dumps(names, separators=(",", ":"))
        rule = candidacy.kind_of(state.elections[election]).rule
        if rule == "plurality":
            choice = json.dumps(names[:1], separators=(",", ":"))
        publish(self.small, election, [choice] * len(of.electorate), seed=SEED)

    def move(self, motion: str, matter: str, *, by: int, body: str, figures: str = "", subject: str = "") -> None:
        """Move a motion."""
        act = acts.MotionMoved(
            at=self.at, by=number(by), body=body, motion=motion, matter=matter, title=motion, subject=subject,
            figures=figures, text=self.small.blob(f"{motion}\n"),
        )  # fmt: skip
        self.do(f"{number(by)} moves “{motion}” ({matter})", act)

    def divide(self, motion: str, *, by: int, closing: int = 0, **votes: tuple[int, int, int]) -> str:
        """Open the division, vote for, against and abstaining in each body, close it; return the outcome.

        In a body that takes positions, the last number is of those who stand aside, and against are those who block.
        """
        of = self.small.state.motions[motion]
        self.small.wait(of.on.notice_days)
        closes = moment.after(self.at, days=of.on.voting_days)
        self.do(
            f"{number(by)} opens the vote on “{motion}”",
            acts.DivisionOpened(at=self.at, by=number(by), motion=motion, closes_at=closes),
        )
        if not of.divisions:
            return of.outcome
        for body, numbers in votes.items():
            self._vote(motion, body.replace("__", "/").replace("_", "-"), numbers)
        self.small.at = closes
        for body, ballot in of.divisions[-1].ballots.items():
            waiting = self.small.waiting.get(ballot, [])
            publish(self.small, ballot, waiting)
            self.say(f"  {body}: {len(waiting)} of {len(self._electors(ballot))} voted")
        by_whom = number(closing) if closing else "clerk"
        self.small.do(acts.DivisionClosed(at=self.at, by=by_whom, motion=motion))
        self.say(f"  “{motion}” is {of.outcome}")
        return of.outcome

    def _vote(self, motion: str, body: str, numbers: tuple[int, int, int]) -> None:
        of = self.small.state.motions[motion]
        running = of.divisions[-1]
        words = ("for", "block", "aside") if of.on.procedure == "consensus" else ("for", "against", "abstain")
        said = [word for word, n in zip(words, numbers, strict=True) for _ in range(n)]
        self.say(f"  {body}: " + ", ".join(f"{n} {word}" for word, n in zip(words, numbers, strict=True)))
        if body in running.ballots:
            ballot = self.small.state.ballots[running.ballots[body]]
            for member, choice in zip(sorted(ballot.electorate), said, strict=False):
                self.small.do(acts.VoteTaken(at=self.at, by=member, ballot=ballot.id, member=member))
                self.small.waiting.setdefault(ballot.id, []).append(json.dumps(choice))
            return
        for term, choice in zip(standing.filled(self.small.state, body, self.at), said, strict=False):
            self.small.do(
                acts.VoteCast(
                    at=self.at, by=term.member, body=body, motion=motion, seat=term.seat,
                    choice=choice,  # type: ignore[arg-type]
                )
            )  # fmt: skip
