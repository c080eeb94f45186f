import pytest
from people import CHARTER, begun, carried, elected
from small import Small, facts, refusal, refused
from test_elections import board_elected

from comitia.federation import acts, emergency, moment


@pytest.fixture
def small() -> Small:
    """A federation with a board, which has the emergency power."""
    made = begun()
    elected(made, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(made, "committee/mill", "assembly/mill", ["m-0008"])
    board_elected(made, ["m-0001", "m-0002"])
    return made


def declared(
    small: Small, name: str = "flood", *, by: str = "m-0001", body: str = "board", days: int = 7
) -> acts.AnyAct:
    text = small.blob("The mill is evacuated.\n")
    until = moment.after(small.at, days=days)
    return acts.EmergencyDeclared(at=small.at, by=by, body=body, emergency=name, text=text, until=until)


def test_a_measure_is_shown_lapses_by_itself_and_changes_nothing_else(small: Small) -> None:
    before = facts(small.state)
    small.do(declared(small))
    after = facts(small.state)
    found = small.state.emergencies["flood"]

    assert {k for k in after if after[k] != before[k]} == {"size"}
    assert (found.body, found.until) == ("board", moment.after(small.at, days=7))
    assert emergency.in_force(small.state, small.at) == (found,)
    assert emergency.in_force(small.state, found.until) == ()


def test_one_use_spends_the_power_until_a_motion_gives_it_back(small: Small) -> None:
    small.do(declared(small))
    small.wait(30)
    assert "one use spends it" in refused(small, declared(small, "fire"))
    carried(small, "back", "emergency", "everybody", subject="flood")
    assert emergency.given_back(small.state, small.state.emergencies["flood"]) == "back"
    small.do(declared(small, "fire"))
    assert small.state.emergencies["flood"].renewed_by == "back"
    assert "act" in refused(small, declared(small, "storm"))


def test_only_the_body_that_the_charter_names_and_only_within_its_days(small: Small) -> None:
    assert "speaks for no body that has an emergency power (board)" in refused(
        small, declared(small, by="m-0008", body="committee/mill")
    )
    assert refusal(small, declared(small, by="m-0003")).article == "8"
    assert "ends within 7 days" in refused(small, declared(small, days=8))
    assert "ends within 7 days" in refused(small, declared(small, days=0))
    missing = acts.EmergencyDeclared(
        at=small.at, by="m-0001", body="board", emergency="x", text="0" * 64, until=moment.after(small.at, days=1)
    )
    assert "is missing" in refused(small, missing)
    small.do(declared(small))
    assert "there is an emergency 'flood' already" in refused(small, declared(small))


def test_without_an_article_on_emergencies_nobody_has_the_power() -> None:
    lines = [line for line in CHARTER.splitlines() if not line.startswith("emergency_")]
    small = begun("\n".join(lines))
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])

    assert "(none has)" in refused(small, declared(small, by="m-0008", body="committee/mill"))
