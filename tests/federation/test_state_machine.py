"""Whatever happens, lawful or not: a refusal changes nothing, and the acts alone lead to the same federation again.

``Living`` begins with an elected federation and lets anything happen to it. ``Walking`` begins where one act of the
rule book is just about to be done (``authority.py``), for each act in turn, and goes on from there with that act, the
same by others, the same with other fields, and the acts of all other beginnings: so that every act of the rule book is
both done and refused in the run, which the last test demands.
"""

import copy
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ClassVar, get_type_hints

import authority
import authority_elsewhere
import msgspec
import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from small import CHARTER, Small, facts, publish, seated
from test_any_act import any_act, values

from comitia.federation import acts, moment, standing
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import replay

BODIES = ("committee/mill", "committee/farm", "assembly/mill", "committees-house", "unions-house", "board")
MATTERS = ("resolution-committee", "consent-committee", "advice-committee", "resolution-assembly", "sense-assembly",
           "levies", "charter", "admissibility-committee", "emergency")  # fmt: skip
NUMBERS = st.integers(0, 30)


class Living(RuleBasedStateMachine):
    """A small federation to which anything may be handed in, in any order."""

    @initialize()
    def begin(self) -> None:
        self.small: Small = copy.deepcopy(seated())

    @property
    def state(self) -> object:
        return self.small.state

    def hand_in(self, act: acts.AnyAct) -> None:
        """Hand an act in; if it is refused, nothing has changed."""
        leaf = acts.encode(act)
        assert acts.encode(acts.decode(leaf)) == leaf
        before = facts(copy.deepcopy(self.small.state))
        try:
            self.small.do(act)
        except Refused as refused:
            assert refused.article and refused.reason
            assert facts(self.small.state) == before

    def member(self, number: int) -> str:
        return f"m-{number % 24 + 1:04}"

    def one(self, of: dict[str, object], number: int) -> str:
        return sorted(of)[number % len(of)] if of else "none"

    @rule(days=st.integers(0, 9))
    def time_passes(self, days: int) -> None:
        self.small.wait(days)

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        act = data.draw(any_act(self.small.at))
        try:
            acts.encode(act)
        except Exception:
            return
        self.hand_in(act)

    @rule(who=NUMBERS, matter=st.sampled_from(MATTERS), body=st.sampled_from(BODIES), about=NUMBERS)
    def somebody_moves(self, who: int, matter: str, body: str, about: int) -> None:
        small = self.small
        sitting = sorted(standing.sitting(small.state, body, small.at)) or [self.member(who)]
        subject = self.one(small.state.motions, about) if matter.startswith("admissibility") else ""
        figures = small.blob(CHARTER.replace("term_limit = 3", "term_limit = 4")) if matter == "charter" else ""
        act = acts.MotionMoved(
            at=small.at, by=sitting[who % len(sitting)], body=body, motion=f"m-{small.state.size}", matter=matter,
            title="T", text=small.blob("One.\nTwo.\nThree.\n"), subject=subject,
            figures="39" if matter.startswith("admissibility") else figures,
        )  # fmt: skip
        if matter == "resolution-committee":
            act = msgspec.structs.replace(act, affects=(f"workplace/{body.partition('/')[2]}",))
        self.hand_in(act)

    @rule(which=NUMBERS, first=st.integers(0, 4), last=st.integers(0, 4), taken=st.booleans())
    def somebody_amends(self, which: int, first: int, last: int, taken: bool) -> None:
        small = self.small
        name = self.one(small.state.motions, which)
        by = small.state.motions[name].by if name in small.state.motions else "m-0001"
        amendment = f"a-{small.state.size}"
        self.hand_in(
            acts.AmendmentMoved(
                at=small.at, by=by, amendment=amendment, motion=name, first=first, last=last, lines=("Uno.",)
            )
        )
        if taken:
            self.hand_in(acts.AmendmentAccepted(at=small.at, by=by, amendment=amendment))

    @rule(which=NUMBERS, stage=st.sampled_from(["houses", "exit"]), days=st.integers(2, 14))
    def a_division_opens(self, which: int, stage: str, days: int) -> None:
        small = self.small
        name = self.one(small.state.motions, which)
        by = small.state.motions[name].by if name in small.state.motions else "m-0001"
        closes = moment.after(small.at, days=days)
        self.hand_in(acts.DivisionOpened(at=small.at, by=by, motion=name, closes_at=closes, stage=stage))

    @rule(which=NUMBERS, choice=st.sampled_from(["for", "against", "abstain"]), all_of=st.booleans())
    def seats_vote(self, which: int, choice: str, all_of: bool) -> None:
        small = self.small
        name = self.one(small.state.motions, which)
        of = small.state.motions.get(name)
        for body in of.divisions[-1].bodies if of and of.divisions else ():
            for term in standing.filled(small.state, body, small.at)[: None if all_of else 1]:
                self.hand_in(
                    acts.VoteCast(at=small.at, by=term.member, body=body, motion=name, seat=term.seat, choice=choice)
                )

    @rule(which=NUMBERS, number=st.integers(0, 8))
    def members_vote_and_it_is_counted(self, which: int, number: int) -> None:
        small = self.small
        name = self.one(small.state.ballots, which)
        of = small.state.ballots.get(name)
        if of is None or of.published:
            return
        for member in sorted(of.electorate)[:number]:
            self.hand_in(acts.VoteTaken(at=small.at, by=member, ballot=name, member=member))
        small.at = max(small.at, of.closes_at)
        try:
            publish(small, name, ['"for"'] * len(of.voted))
        except Refused:
            return

    @rule(which=NUMBERS)
    def a_result_is_noted(self, which: int) -> None:
        small = self.small
        name = self.one(small.state.motions, which)
        of = small.state.motions.get(name)
        if of and of.divisions:
            small.at = max(small.at, of.divisions[-1].closes_at)
        self.hand_in(acts.DivisionClosed(at=small.at, by="clerk", motion=name))

    @rule(who=NUMBERS, body=st.sampled_from(BODIES[:4]))
    def a_recall_is_asked_for_and_signed(self, who: int, body: str) -> None:
        small = self.small
        seats = standing.filled(small.state, body, small.at)
        seat = seats[who % len(seats)].seat if seats else "committee/mill:1"
        name = f"r-{small.state.size}"
        self.hand_in(acts.RecallPetitioned(at=small.at, by=self.member(who), recall=name, seat=seat, reason="absent"))
        for number in range(0, 24, 3):
            self.hand_in(acts.PetitionSigned(at=small.at, by=self.member(number + who), recall=name))
        closes = moment.after(small.at, days=7)
        self.hand_in(acts.RecallOpened(at=small.at, by=self.member(who), recall=name, closes_at=closes))

    @rule(who=NUMBERS)
    def somebody_resigns_objects_or_leaves(self, who: int) -> None:
        small, member = self.small, self.member(who)
        for term in standing.seats_of(small.state, member, small.at)[:1]:
            self.hand_in(acts.SeatResigned(at=small.at, by=member, seat=term.seat))
        name = self.one(small.state.motions, who)
        self.hand_in(
            acts.ObjectionRaised(at=small.at, by=member, objection=f"o-{small.state.size}", motion=name, reason="no")
        )
        if who > 27:
            self.hand_in(acts.MemberLeft(at=small.at, by=member, member=member))

    def teardown(self) -> None:
        if not hasattr(self, "small"):
            return
        again = replay(self.small.done, self.small.blobs)
        assert facts(again.state) == facts(self.small.state)


Living.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip
TestLiving = Living.TestCase


DONE: Counter[str] = Counter()
REFUSED: Counter[str] = Counter()
SHIPPED = {word: partial(authority.example, word) for word in authority.EXAMPLES}
OTHERS = {f"{word} elsewhere": partial(authority.example_elsewhere, word) for word in authority_elsewhere.EXAMPLES}
STARTS: dict[str, Callable[[], authority.Example]] = {**SHIPPED, **OTHERS}
WORDS = tuple(authority.EXAMPLES)


class Walking(RuleBasedStateMachine):
    """A federation in which one act is about to be done, and then anything."""

    start: ClassVar[str] = ""
    begun: ClassVar[bool] = False

    @initialize(before=st.lists(st.sampled_from(WORDS), max_size=3))
    def begin(self, before: list[str]) -> None:
        pristine, self.example = STARTS[self.start]()
        self.small = copy.copy(pristine)
        self.small.blobs = dict(pristine.blobs)
        self.small.federation = copy.deepcopy(pristine.federation)
        self.small.federation.state.blobs = self.small.blobs
        self.small.done = list(pristine.done)
        self.hand_in(authority.by_actor(self.example, "m-9999"))
        # The first time it is done as it stands; later, after other acts.
        for word in before if type(self).begun else ():
            self.another_act_is_tried(word)
        type(self).begun = True
        self.hand_in(self.example)

    def hand_in(self, act: acts.AnyAct) -> None:
        """Hand an act in, dated now; if it is refused, nothing has changed."""
        act = msgspec.structs.replace(act, at=max(act.at, self.small.at))
        try:
            leaf = acts.encode(act)
        except ValueError:
            return
        assert acts.encode(acts.decode(leaf)) == leaf
        before = facts(copy.deepcopy(self.small.state))
        word = acts.word(act)
        try:
            self.small.do(act)
        except Refused as refused:
            REFUSED[word] += 1
            assert refused.article and refused.reason
            assert facts(self.small.state) == before
        else:
            DONE[word] += 1
            self.small.at = act.at
            assert facts(self.small.state) != before

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.small.wait(days)

    @rule(kind=st.sampled_from(authority.ACTORS), word=st.sampled_from(WORDS))
    def somebody_else_tries_it(self, kind: str, word: str) -> None:
        if self.small.state.size and self.start in WORDS:
            act = authority.example(word)[1]
            self.small.blobs.update(authority.example(word)[0].blobs)
            # In the long run terms lapse, and of some kinds there is nobody left.
            with suppress(authority.Vacant):
                self.hand_in(authority.by_actor(act, authority.actor(self.small, kind, act)))

    @rule(word=st.sampled_from(WORDS))
    def another_act_is_tried(self, word: str) -> None:
        other, act = authority.example(word)
        self.small.blobs.update(other.blobs)
        self.hand_in(act)

    @rule(data=st.data())
    def it_is_tried_with_another_field(self, data: st.DataObject) -> None:
        hints = get_type_hints(type(self.example))
        field = data.draw(st.sampled_from([f for f in self.example.__struct_fields__ if f not in ("at", "v", "sigs")]))
        self.hand_in(msgspec.structs.replace(self.example, **{field: data.draw(values(hints[field]))}))

    @rule()
    def it_is_tried_again(self) -> None:
        self.hand_in(self.example)

    def teardown(self) -> None:
        if hasattr(self, "small") and self.small.state.size:
            again = replay(self.small.done, self.small.blobs)
            assert facts(again.state) == facts(self.small.state)


def walked(start: str, *, examples: int, steps: int) -> None:
    """Run the machine that begins with an act."""
    machine = type("Walking", (Walking,), {"start": start, "begun": False})
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet)
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.parametrize("start", STARTS)
def test_from_every_act_on_a_refusal_changes_nothing_and_a_replay_is_the_same(start: str) -> None:
    walked(start, examples=2, steps=8)


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_from_every_act_on_a_long_way(start: str) -> None:
    walked(start, examples=5, steps=20)


def test_every_act_was_both_done_and_refused_by_the_machines(request: pytest.FixtureRequest) -> None:
    ran = {item.name for item in request.session.items}
    if not all(f"{test_from_every_act_on_a_refusal_changes_nothing_and_a_replay_is_the_same.__name__}[{s}]" in ran
               for s in STARTS):  # fmt: skip
        pytest.skip("some of the machines were not chosen to run")

    assert sorted(set(acts.BY_WORD) - set(REFUSED)) == []
    assert sorted(set(acts.BY_WORD) - set(DONE)) == sorted(authority_elsewhere.NOBODY)
