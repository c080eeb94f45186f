from fractions import Fraction

import lived
from small import Small

from comitia.watch import assembly_overdue

GUESTS = """
[kind.guests]
name = "congress of guests"
plural = "congresses of guests"
form = "elected"
each = ""
electors = "provincial-conference"
election = "by-list"
nominated_by = "provincial-secretary"
constituencies = true
office = false
seats = 2
term_days = 365
term_limit = 0
incompatible = []
mandate = "free"
report_days = 0
recall = ""
weights = "equal"
article = "5"
"""


def test_a_year_and_a_half_after_it_was_filled_the_congress_is_overdue(party: Small) -> None:
    later = lived.view(party, "2027-07-13T08:00:00Z")
    lapsed, *overdue = assembly_overdue.readings(later)
    congress = next(r for r in overdue if r.body == "congress")

    # All eighteen seats lapsed, those of the secretaries, of 240 days, first.
    assert (lapsed.count, lapsed.of) == (18, 18)
    assert lapsed.sentence == "18 of 18 seats lapsed without an election since, the first 314 days ago."
    assert (congress.value, congress.acts) == (Fraction(546, 365), (107,))
    assert congress.sentence == "The congress was last filled 546 days ago, for 365 days."


def test_no_term_is_overdue_while_all_run(party: Small) -> None:
    lapsed, *_ = assembly_overdue.readings(lived.view(party))

    assert (lapsed.count, lapsed.sentence) == (0, "No term is overdue; 18 seats were looked at.")


def test_two_guests_beside_one_delegate() -> None:
    life = lived.party_life(closed=False, added=GUESTS)
    life.elect("guests", "provincial-conference/tula", (20, 21), by="m-0004")
    found = assembly_overdue.readings(lived.view(life.small))
    (guests,) = [r for r in found if r.figure.name == "guests per delegate"]

    assert (guests.body, guests.value, guests.count, guests.of) == ("congress", 2, 2, 1)
    assert guests.sentence == "2 without a vote sit beside 1 with one in the congress."
    assert guests.acts == (life.small.state.size - 1,)
