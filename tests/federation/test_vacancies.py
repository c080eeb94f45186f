import copy

from people import begun, elected, opened
from small import Small
from test_elections import board_elected

from comitia.federation import acts, awaiting, moment, vacancies


def ready() -> Small:
    """A federation whose board has four seats filled and whose mill has a committee."""
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    board_elected(small, ["m-0001", "m-0002", "m-0003", "m-0004"])
    return small


def test_a_seat_that_nobody_ever_held_is_no_vacancy() -> None:
    assert vacancies.vacancies(begun().state, "2026-01-05T08:00:00Z") == ()


def test_a_vacancy_has_its_days_and_is_overdue_after_them_unless_an_election_is_open() -> None:
    small = ready()
    small.do(acts.SeatResigned(at=small.at, by="m-0001", seat="board:1"))
    since, due = small.at, moment.after(small.at, days=30)
    small.do(acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="board:1", member="m-0005"))
    small.do(acts.SeatResigned(at=small.at, by="m-0008", seat="committee/mill:1"))
    found = vacancies.vacancies(small.state, small.at)

    assert found == (
        vacancies.Vacancy("committee/mill:1", "committee/mill", "assembly/mill", since, "", "", ""),
        vacancies.Vacancy("board:1", "board", "everybody", since, due, "m-0005", ""),
    )
    assert vacancies.overdue(small.state, small.at) == ()
    assert [v.seat for v in vacancies.overdue(small.state, due)] == ["board:1"]
    small.at = due
    awaited = [a for a in awaiting.awaits(small.state, "m-0006", small.at) if a.task == "by-election"]
    assert [(a.id, a.body, a.until) for a in awaited] == [("board:1", "board", due)]
    small.do(opened(small, "board", "everybody", vacant_only=True))
    assert vacancies.overdue(small.state, small.at) == ()
    assert vacancies.vacancies(small.state, small.at)[1].election == small.done[-1].election  # type: ignore[union-attr]


def test_a_term_that_lapsed_is_a_vacancy_from_its_end() -> None:
    small = ready()
    end = small.state.terms["board:2"][0].until

    assert [v.since for v in vacancies.vacancies(small.state, end) if v.seat == "board:2"] == [end]


def test_who_may_open_a_by_election_is_what_the_charter_says() -> None:
    small = ready()
    small.do(acts.SeatResigned(at=small.at, by="m-0001", seat="board:1"))
    vacancy = vacancies.vacancies(small.state, small.at)[-1]
    charter = small.state.charter
    assert charter is not None
    by = {}
    for words in (("elector",), ("member",), ("screeners",), ()):
        trial = copy.deepcopy(small.state)
        assert trial.charter is not None
        object.__setattr__(trial.charter.permissions["election_opened"], "by", words)
        by[words] = [vacancies.may_open(trial, vacancy, m, small.at) for m in ("m-0006", "m-0014", "m-0099")]

    assert by == {
        ("elector",): [True, True, False],
        ("member",): [True, True, False],
        ("screeners",): [False, True, False],
        (): [False, False, False],
    }
    trial = copy.deepcopy(small.state)
    assert trial.charter is not None
    object.__setattr__(trial.charter, "permissions", {})
    assert not vacancies.may_open(trial, vacancy, "m-0006", small.at)
