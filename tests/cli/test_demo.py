import random
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comitia.clerk.clerk import Clerk
from comitia.clerk.verification import DoesNotHold, verify
from comitia.clerk.watched import Watched
from comitia.cli.demo import story, valley
from comitia.cli.demo.cast import Cast, DemoClock
from comitia.cli.demo.command import STORY_DAYS, demo
from comitia.cli.demo.telling import Told
from comitia.federation import awaiting, moment, seasons, standing
from comitia.watch import indicators

EXAMPLE = Path(__file__).parents[2] / "examples" / "valley"


@dataclass(frozen=True)
class Lived:
    """The season as lived: the clerk, what was told, and the export."""

    clerk: Clerk
    told: Told
    out: Path
    at: str


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("valley")
    clock = DemoClock("2026-03-01T08:00:00Z")
    clerk = Clerk.create(folder / "home", "valley.example/log", time=clock)
    charter = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
    cast = Cast(clerk, clock, random.Random(1921))
    told = story.live(cast, valley.read(EXAMPLE), charter, say=lambda line: None, progress=lambda title: None)
    clerk.export(folder / "export")
    return Lived(clerk, told, folder / "export", clock.moment)


def test_the_first_draft_is_lost_in_the_unions_house_and_the_second_is_carried(lived: Lived) -> None:
    motions = {m.id: m.outcome for m in lived.clerk.federation.state.motions.values() if m.id.startswith("plan-")}

    assert motions == {"plan-1": "deadlock", "plan-2": "carried", "plan-3": ""}


def test_the_adopted_plan_meets_every_essential_and_planned_need(lived: Lived) -> None:
    draft = seasons.adopted(lived.clerk.federation.state, "spring")

    assert draft is not None
    assert {u.tier for u in draft.solution.unmet} <= {3}


def test_bound_delegates_voted_as_their_electors_told_them(lived: Lived) -> None:
    state = lived.clerk.federation.state
    votes = state.motions["plan-1"].divisions[0].votes

    assert len(state.mandates) == 3
    assert {votes[seat][0] for seat, _ in state.mandates} == {"against"}


def test_what_was_declined_and_withdrawn_is_lawful_and_planned_anew_with_who_falls_short(lived: Lived) -> None:
    state = lived.clerk.federation.state
    season = state.seasons["spring"]
    short = {d: sum(u.tier > 0 for u in state.drafts[d].solution.unmet) for d in season.drafts}

    assert [(body, reason) for _, body, _, reason in season.refusals] == [
        ("committee/textiles", "two looms are down until the tool shop has parts"),
        ("union/drivers", "strike for two drivers in each lorry at night"),
    ]
    assert short["draft-3"] < short["draft-4"] < short["draft-5"]


def test_unlawful_acts_of_the_story_are_refused_with_their_articles(lived: Lived) -> None:
    articles = [line.partition(":")[0] for line in lived.told.refused]

    assert articles == [
        "refused under article 25",
        "refused under article 37",
        "refused under article 40",
        "refused under article 19",
    ]


def test_the_books_balance_in_every_unit(lived: Lived) -> None:
    from comitia.books import balance

    sums = balance.trial_balance(lived.clerk.federation.state.journal, lived.at).sums

    assert len(sums) > 100
    assert set(sums.values()) == {0}


def test_a_short_delivery_stays_in_transit(lived: Lived) -> None:
    state = lived.clerk.federation.state
    differing = [d for d in state.deliveries.values() if d.received is not None and d.received != d.quantity]

    assert [(d.product, d.remark) for d in differing] == [
        ("wheat-flour", "sacks burst on the road; a tenth is missing")
    ]


def test_the_recalled_delegate_holds_no_seat_in_that_house(lived: Lived) -> None:
    state = lived.clerk.federation.state

    assert not [t for t in standing.filled(state, "unions-house", lived.at) if t.member == lived.told.recalled]


def test_something_awaits_the_member_and_the_delegate_whose_links_are_printed(lived: Lived) -> None:
    state = lived.clerk.federation.state

    def tasks(member: str) -> set[str]:
        return {a.task for a in awaiting.awaits(state, member, lived.at)}

    assert "ballot" in tasks(lived.told.member)
    assert "division" in tasks(lived.told.delegate)


def test_the_watch_sees_that_the_unions_house_refused_the_board(lived: Lived) -> None:
    readings = indicators.readings(Watched(lived.clerk).view())
    said = {(r.figure.name, r.body): r.sentence for r in readings}
    refused = "days since a house last refused the executive"

    assert said["appointment share", ""].endswith("filled in the last 365 days were filled by their electors.")
    assert said[refused, "committees-house"].startswith(
        "The committees' house has never refused an executive body, in 3"
    )
    assert "it has refused 1 of 3 of their motions" in said[refused, "unions-house"]


def test_the_record_of_the_season_verifies_and_replays_to_the_same_state(lived: Lived) -> None:
    found = verify(lived.out, key=lived.clerk.vkey)

    assert found.size == lived.clerk.federation.state.size
    assert found.federation.state.motions == lived.clerk.federation.state.motions
    assert found.federation.state.terms == lived.clerk.federation.state.terms


def test_many_flipped_bytes_are_each_named(lived: Lived) -> None:
    luck = random.Random(7)
    paths = sorted(p for p in lived.out.rglob("*") if p.is_file())
    for path in luck.sample(paths, 40):
        body = path.read_bytes()
        offset = luck.randrange(len(body))
        flipped = bytearray(body)
        flipped[offset] ^= 1 << luck.randrange(8)
        path.write_bytes(bytes(flipped))
        try:
            with pytest.raises(DoesNotHold) as caught:
                verify(lived.out, key=lived.clerk.vkey)
            assert caught.value.act is not None or str(path.relative_to(lived.out)) in caught.value.where
        finally:
            path.write_bytes(body)


def test_an_extra_file_is_refused(lived: Lived) -> None:
    extra = lived.out / "tile" / "extra"
    extra.write_bytes(b"")
    with pytest.raises(DoesNotHold, match="extra"):
        verify(lived.out)
    extra.unlink()


def test_the_story_ends_on_the_day_it_is_told(lived: Lived) -> None:
    assert lived.at == moment.after("2026-03-01T08:00:00Z", days=STORY_DAYS)


def test_the_demo_prints_what_was_told_word_for_word(lived: Lived, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(demo)
    printed = CliRunner().invoke(app, ["--no-serve", "--home", str(tmp_path)])
    told = [" ".join(line.split()) for line in lived.told.lines]

    assert printed.exit_code == 0
    assert [line for line in told if line not in " ".join(printed.output.split())] == []
    # A house that carried what another lost stands in brackets.
    assert any("[not carried]" in line for line in told)
