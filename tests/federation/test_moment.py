import pytest

from comitia.federation import moment
from comitia.federation.refusal import Refused


@pytest.mark.parametrize("text", ["1917-06-01T00:00:00Z", "2026-05-01T08:00:00Z", "9500-12-31T23:59:59Z"])
def test_a_moment_and_the_end_of_the_longest_term_after_it_are_moments(text: str) -> None:
    moment.check_moment(text)

    assert moment.parse(moment.after(text, days=36525)) > moment.parse(text)


@pytest.mark.parametrize("text", ["2026-02-30T08:00:00Z", "2026-05-01 08:00", "2026-05-01T08:00:00+02:00", ""])
def test_another_form_or_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="write it like 2026-05-01T08:00:00Z"):
        moment.check_moment(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_moment_from_which_no_term_could_be_counted_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="lies outside the years 1500 to 9500"):
        moment.check_moment(text)
