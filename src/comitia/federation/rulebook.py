"""The rule book: ``Federation.apply`` decides every act, before it is recorded and again when anyone replays it.

There is no other way to change a federation's state, and no author whose acts are not asked about.
"""

from collections.abc import Iterable, Mapping
from typing import assert_never

from comitia.federation import (
    acts,
    alternatives,
    amendments,
    ballots,
    blocks,
    currents,
    deliveries,
    divisions,
    effects,
    elections,
    emergency,
    figures,
    founding,
    hands,
    leaving,
    mandates,
    moment,
    moving,
    outcomes,
    positions,
    recalls,
    refounding,
    rights,
    sealing,
    seasons,
    seating,
    signatures,
    talking,
)
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, State


class Federation:
    """A federation as its acts have made it."""

    def __init__(self, blobs: Mapping[str, bytes]) -> None:
        """Begin before the first act; ``blobs`` finds texts and tables by their SHA-256."""
        self.state = State(blobs)

    def apply(self, act: acts.AnyAct) -> None:
        """Check an act against the charter and the state, then carry it out, whole or not at all.

        Raises:
            Refused: the act is not lawful; nothing has changed.
        """
        state = self.state
        # Acts come many to a moment: the moment of the last one was checked with it.
        if act.at != state.moment:
            moment.check_moment(act.at)
        refuse_unless(
            act.at >= state.moment, "record", f"the act is dated {act.at}, before the last one ({state.moment})"
        )
        founded = isinstance(act, acts.FederationFounded)
        refuse_unless(founded or state.size > 0, "record", "the first act of a record founds the federation")
        signatures.check_vouched(state, act)
        # Decisions whose delay is over hold from their own moment, whatever becomes of this act.
        effects.settle(state, act.at)
        _carry_out(state, act)
        effects.settle(state, act.at)
        state.size += 1
        state.moment = act.at


def replay(stored: Iterable[acts.AnyAct], blobs: Mapping[str, bytes]) -> Federation:
    """Return the federation that follows from these acts.

    Raises:
        Refused: an act that does not hold; ``facts["act"]`` is its index.
    """
    federation = Federation(blobs)
    for index, act in enumerate(stored):
        try:
            federation.apply(act)
        except Refused as refused:
            refused.facts["act"] = index
            raise
    return federation


def _carry_out(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.FederationFounded():
            founding.found(state, act)
        case acts.GroupRegistered():
            founding.register_group(state, act)
        case acts.MemberJoined():
            founding.join(state, act)
        case acts.MemberLeft():
            founding.leave(state, act)
        case acts.KeyRegistered():
            founding.register_key(state, act)
        case acts.OfficerCarriedOver():
            seating.carry_over(state, act)
        case acts.SeatAppointed():
            seating.appoint(state, act)
        case acts.ActingNamed():
            seating.name_acting(state, act)
        case acts.SeatResigned():
            seating.resign(state, act)
        case acts.CorrectionMade():
            founding.correct(state, act)
        case acts.WorkAssigned() | acts.CurrentForbidden():
            _refuse_for_ever(state, act)
        case _:
            _carry_out_decision(state, act)


def _carry_out_decision(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.ElectionOpened():
            elections.open_election(state, act)
        case acts.CandidateNominated():
            elections.nominate(state, act)
        case acts.CandidateScreened():
            elections.screen(state, act)
        case acts.CandidacyWithdrawn():
            elections.withdraw(state, act)
        case acts.VoteTaken():
            ballots.take_vote(state, act)
        case acts.BallotsPublished():
            _publish(state, act)
        case acts.BallotKeyGiven():
            sealing.give_key(state, act)
        case acts.BallotSealed():
            sealing.fix_keys(state, act)
        case acts.TokenRequested():
            sealing.request(state, act)
        case acts.TokenIssued():
            sealing.issue(state, act)
        case acts.CastsPublished():
            sealing.publish_casts(state, act)
        case acts.TokenVoided():
            sealing.void(state, act)
        case acts.TellerKeyRevealed():
            sealing.reveal(state, act)
        case acts.BallotRepeated():
            sealing.repeat(state, act)
        case acts.WordsSaid():
            talking.say(state, act)
        case acts.WordsSetAside():
            talking.set_aside(state, act)
        case acts.SettingAsideAppealed():
            talking.appeal(state, act)
        case acts.AppealVoted():
            talking.vote(state, act)
        case acts.RecallPetitioned():
            recalls.petition(state, act)
        case acts.PetitionSigned():
            recalls.sign(state, act)
        case acts.RecallOpened():
            recalls.open_vote(state, act)
        case _:
            _carry_out_motion(state, act)


def _carry_out_motion(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.MotionMoved():
            moving.move(state, act)
        case acts.MotionWithdrawn():
            moving.withdraw(state, act)
        case acts.AmendmentMoved():
            amendments.amend(state, act)
        case acts.AmendmentAccepted():
            amendments.accept(state, act)
        case acts.AmendmentWithdrawn():
            amendments.withdraw(state, act)
        case acts.AlternativeMoved():
            alternatives.move_alternative(state, act)
        case acts.BlockFormed():
            blocks.form_block(state, act)
        case acts.BlockSplit():
            blocks.split(state, act)
        case acts.MandateGiven():
            mandates.give(state, act)
        case acts.OutcomeStated():
            outcomes.state_outcome(state, act)
        case acts.MinorityReportFiled():
            outcomes.file_minority_report(state, act)
        case _:
            _carry_out_division(state, act)


def _carry_out_division(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.DivisionOpened():
            divisions.open_division(state, act)
        case acts.VoteCast():
            divisions.cast(state, act)
        case acts.VoteSplit():
            divisions.split(state, act)
        case acts.PositionTaken():
            positions.take(state, act)
        case acts.RankingCast():
            alternatives.rank(state, act)
        case acts.ObjectionRaised():
            positions.object_to(state, act)
        case acts.ObjectionWithdrawn():
            positions.withdraw_objection(state, act)
        case acts.AdviceGiven():
            positions.advise(state, act)
        case acts.HandVoteCounted():
            hands.count(state, act)
        case acts.CastingVoteGiven():
            divisions.give_casting_vote(state, act)
        case acts.DivisionClosed():
            divisions.close(state, act)
        case _:
            _carry_out_rights(state, act)


def _carry_out_rights(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.ReportGiven():
            rights.report(state, act)
        case acts.BodyMerged():
            rights.merge(state, act)
        case acts.BodyDissolved():
            rights.dissolve(state, act)
        case acts.InspectionDemanded():
            rights.demand(state, act)
        case acts.InspectionAnswered():
            rights.answer(state, act)
        case acts.CurrentFormed():
            currents.form(state, act)
        case acts.CurrentJoined():
            currents.join(state, act)
        case acts.CurrentLeft():
            currents.leave(state, act)
        case acts.PlatformPublished():
            currents.publish_platform(state, act)
        case acts.LeavingAnnounced():
            leaving.announce(state, act)
        case acts.LeavingJoined():
            leaving.join(state, act)
        case acts.LeavingCompleted():
            leaving.complete(state, act)
        case acts.RefoundingCalled():
            refounding.call(state, act)
        case acts.RefoundingSigned():
            refounding.sign(state, act)
        case acts.RefoundingOpened():
            refounding.open_vote(state, act)
        case acts.EmergencyDeclared():
            emergency.declare(state, act)
        case _:
            _carry_out_season(state, act)


def _carry_out_season(state: State, act: acts.AnyAct) -> None:
    match act:
        case acts.SeasonOpened():
            seasons.open_season(state, act)
        case acts.FiguresDeclared():
            figures.declare(state, act)
        case acts.FiguresWithdrawn():
            figures.withdraw(state, act)
        case acts.PlanDrafted():
            seasons.draft(state, act)
        case acts.OrderDeclined():
            seasons.decline(state, act)
        case acts.HoursWithdrawn():
            seasons.withdraw_hours(state, act)
        case acts.RunReported():
            deliveries.report_run(state, act)
        case acts.HoursReported():
            deliveries.report_hours(state, act)
        case acts.DeliverySent():
            deliveries.send(state, act)
        case acts.DeliveryReceived():
            deliveries.receive(state, act)
        case acts.StockTaken():
            deliveries.take_stock(state, act)
        case acts.GoodsBought() | acts.GoodsSold():
            deliveries.trade(state, act)
        case acts.SeasonClosed():
            seasons.close(state, act)
        case _:
            raise AssertionError(f"no rule for {act!r}")


def _publish(state: State, act: acts.BallotsPublished) -> None:
    of = ballots.closing(state, act)
    lines, spoilt = sealing.choices(state, of) if of.sealed is not None else ([], 0)
    choices = ballots.opened(state, act, of, lines)
    _enter(state, act, of, choices)
    if of.sealed is not None:
        of.sealed.spoilt = spoilt


def _enter(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    match of.purpose:
        case "election":
            elections.publish(state, act, of, choices)
        case "recall":
            recalls.publish(state, act, of, choices)
        case "motion" | "alternatives":
            divisions.publish(state, act, of, choices)
        case "refounding":
            refounding.publish(state, act, of, choices)
        case _:
            assert_never(of.purpose)


def _refuse_for_ever(state: State, act: acts.WorkAssigned | acts.CurrentForbidden) -> None:
    check_permitted(state, act)
    # A charter that allowed these would need them carried out; no charter of this version can.
    raise Refused("record", f"no rule of this version carries out {acts.word(act)}")
